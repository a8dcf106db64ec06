"""Treated with respect: each question about being judged on its own, what was told of it, and our own letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.model import Audience, Question
from analysis.model.letters import LetterFinding
from analysis.model.stigma import SEVERAL, Agreement, Asked, ItemFound, ToldFound
from analysis.stigma import PREVALENCE
from dashboard import stigma, words
from dashboard.charts.chart import Table
from dashboard.charts.letters import kinds_table
from dashboard.charts.stigma import answer_dots, beside_table, coded_dots, item_dots, over_time_dots
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import INVENTED, NO_SURVEY, nothing, of_group, shown_for, source
from dashboard.evidence.material import Material
from dashboard.evidence.quoted import quoted
from dashboard.how import respect as made
from dashboard.how.letters import of_wordings
from dashboard.letters import kind_titles
from dashboard.words import letters as letter_words
from dashboard.words import spoken
from dashboard.words import stigma as said
from data import voices
from data.letters.kept import KeptLetter, Letters
from data.letters.note import staff_note
from data.stigma import stigma_module

SHARES = ("share", "low", "high", "change", "change low", "change high")
CODED_SHARES = ("share of telling", "low of telling", "high of telling", "share of all", "low of all", "high of all")
BESIDE_SHARES = ("share asked", "low asked", "high asked", "share told", "low told", "high told")
NO_DAY = "No day is set yet on which tenants see results first."
WHERE_TO_TURN = "Where somebody may turn: {support}"
NO_LETTERS = "No letters of ours have been read."
NOTE_FILE = "note-for-staff.md"
NOTE_GOES_WITH = (
    "The note for staff that goes with these findings, wherever they go, stands beside this document: {file}."
)
LETTERS_ABOUT = "Our own letters, as read and decided by {day}"
WORDINGS = "Wordings to look at, by kind"
DECIDED = "Wordings by kind: whose they are, what is to be done, and how far it is"
DECIDED_HEADINGS = ("Kind of wording", "Owner", "Action", "State", "Wordings")
NOBODY_YET = "nobody yet"
CODED_BY_RULES = (
    "Comments are coded by rules and a model that can be wrong. A tenant who tells of a stereotype does not hold it: "
    "the code marks what was told, never the teller. The range beside a share is its 95% interval."
)


def blocks(material: Material) -> tuple[Block, ...]:
    """How the questions stand with tenants; each tenure group, apart; then our own letters."""
    told = [block for group in material.groups for block in (of_group(group), *_of(material, group))]
    return (*_stands(material), *(told or nothing(NO_SURVEY)), *_letters(material))


def files(material: Material) -> Mapping[str, bytes]:
    """The note for staff, where findings in letters are told: it goes wherever they go."""
    told = material.asked.audience is Audience.INTERNAL and Letters(material.folder).held()
    return {NOTE_FILE: staff_note().encode()} if told else {}


def _stands(material: Material) -> tuple[Block, ...]:
    """The label, the days, that every question may be skipped, that there is no score, and where somebody may turn."""
    stands, module = _agreed(material), stigma_module()
    first = said.sees_first(stands) if stands.sees_first else NO_DAY
    return (
        Note(f"{words.sentence_case(said.label(stands))}. {first}"),
        Paragraph(f"{module.skippable} {said.NO_SCORE}"),
        Note(WHERE_TO_TURN.format(support=module.support)),
        *([Note(module.before_printing)] if material.asked.audience is Audience.INTERNAL else []),
    )


def _agreed(material: Material) -> Agreement:
    return stigma.standing(material.settings.stigma, material.today)


def _asked(material: Material, group: str) -> Asked:
    """What was answered, as it may leave the page."""
    return stigma.asked(
        material.question(group), material.generation, material.settings.stigma, material.smallest_base,
        material.today, export=True,
    )  # fmt: skip


def _told(material: Material, group: str) -> ToldFound:
    return stigma.told(
        material.question(group), material.generation, material.readings, material.settings.stigma,
        material.smallest_base, material.today, export=True, heard_in=material.listen, quarters=False,
    )  # fmt: skip


def _of(material: Material, group: str) -> tuple[Block, ...]:
    if why := _not_allowed(material):
        return (Paragraph(why),)
    found = _asked(material, group)
    return (*_answers(material, found), *_comments(material, group, _told(material, group)), *_published(found))


def _not_allowed(material: Material) -> str:
    """Why being judged is not told by what the pack is narrowed to; "" where it may be."""
    ways = {way.key for way in stigma.ways_of(material.generation)}
    others = [key for key, _ in material.asked.filters if key not in ways]
    return f"Not shown: being judged is not told by {', '.join(others)}." if others else ""


def _key(asked: Question, what: str) -> str:
    return f"respect-{asked.tenure_group.lower()}-{what}"


def _caption(material: Material, found: Asked) -> str:
    """Whose answers a figure shows, and the label, which stands on every export."""
    return f"{shown_for(material, found.question)} · {said.label(found.agreement)}"


# ── Asked ────────────────────────────────────────────────────────────────────────────────────────


def _answers(material: Material, found: Asked) -> tuple[Block, ...]:
    begun = Heading("What was asked", 3)
    if found.withheld:
        more = [Paragraph(said.NOT_ASKED_YET)] if found.withheld.startswith("not asked") else []
        return (begun, Paragraph(said.nothing_asked(found)), *more)
    several = [each for each in found.items if each.item.kind == SEVERAL and each.answers]
    one = [each for each in found.items if each.item.kind != SEVERAL and each.answers]
    return (
        begun,
        *_paradox(found),
        *_prevalence(found, one),
        *_one_answer(material, found, one),
        *(block for each in several for block in _several(material, found, each)),
        *([Paragraph(" ".join(found.notes))] if found.notes else []),
    )


def _paradox(found: Asked) -> tuple[Block, ...]:
    if found.paradox is None:
        return ()
    return (*(Paragraph(line) for line in said.paradox_lines(found.paradox)), Note(said.NOT_A_CONTRADICTION))


def _prevalence(found: Asked, items: Sequence[ItemFound]) -> tuple[Block, ...]:
    """The first question in words, with what moved and whom it rests on."""
    first = next((each for each in items if each.item.code == PREVALENCE), None)
    if first is None:
        return ()
    answer = first.answers[0]
    lines = (said.told_of(answer, first.item), said.moved(answer, found.earlier), said.base_of(first))
    return tuple(Paragraph(line) for line in lines if line)


def _one_answer(material: Material, found: Asked, items: Sequence[ItemFound]) -> tuple[Block, ...]:
    """Each question of one answer: in words, and as dots; never added up."""
    if not items:
        return ()
    title, how = "Each question on its own", made.of_items(found, items)
    chart = item_dots(items, title, _caption(material, found), source(found.wave))
    others = [each for each in items if each.item.code != PREVALENCE]
    lines = [
        f"{said.told_of(each.answers[0], each.item)} {said.moved_briefly(each.answers[0], found.earlier)}"
        for each in others
    ]
    drawn = [Figure(_key(found.question, "each"), chart, SHARES, how)] if chart.labels else []
    return (*(Paragraph(line.strip()) for line in lines), *drawn)


def _several(material: Material, found: Asked, each: ItemFound) -> tuple[Block, ...]:
    """One question of several answers: of those who answered it, how many chose each."""
    item, key = each.item, _key(found.question, each.item.code.lower())
    title, how = f"{item.code} {item.title}", made.of_items(found, (each,))
    chart = answer_dots(each, title, _caption(material, found), source(found.wave))
    begun = Paragraph(f"{said.question_of(item)} {said.base_of(each)}".strip())
    if not chart.labels:
        why = each.withheld or next((a.share.withheld for a in each.answers if a.share.withheld), "no answers")
        return (begun, Paragraph(f"Not shown: {why}."))
    return (begun, Figure(key, chart, SHARES, how))


def _published(found: Asked) -> tuple[Block, ...]:
    """What others published of the same: context behind a heading of its own, never a target."""
    aspects = {each.item.aspect for each in found.items}
    lines = [said.published_line(figure) for figure in found.published if figure.aspect in aspects]
    return (Heading(said.ELSEWHERE, 3), *(Paragraph(line) for line in lines)) if lines else ()


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────


def _comments(material: Material, group: str, found: ToldFound) -> tuple[Block, ...]:
    """What tenants wrote of it unasked: how many, by whom it came and how, over time, beside what was asked."""
    begun = (Heading("What was told", 3), Paragraph(f"{said.told_headline(found)}."))
    if found.withheld:
        return begun
    asked = found.question
    caption = f"{shown_for(material, asked)} · {said.label(_agreed(material))}"
    how = made.of_told(asked, material.wave)
    coded = [
        Figure(_key(asked, name), coded_dots(rows, title, caption, spoken.SOURCE, of), CODED_SHARES, how)
        for name, rows, title, of in (
            ("by-whom", found.sources, "By whom, as told", "By whom"),
            ("how", found.forms, "How, as told", "How"),
        )
        if any(row.of_told.value is not None for row in rows)
    ]
    through = over_time_dots(
        found.waves, "Comments that tell of being judged, survey by survey", caption, spoken.SOURCE, "Survey"
    )
    return (
        *begun,
        Note(CODED_BY_RULES),
        *coded,
        *([Figure(_key(asked, "over-time"), through, SHARES, how)] if len(through.labels) > 1 else []),
        *_side_by_side(material, found, caption),
        *_quotes(material, group),
    )


def _side_by_side(material: Material, found: ToldFound, caption: str) -> tuple[Block, ...]:
    """Asked and told beside each other with their two bases; nothing where it was not asked."""
    how = made.of_both(found.question, material.wave)
    tables = [
        TableBlock(
            _key(found.question, f"beside-{name}"), f"{said.SOURCES_OF[name]}: asked, and told",
            beside_table(rows, said.SOURCES_OF[name]), (caption, source(material.wave)), BESIDE_SHARES, how,
        )
        for name, rows in found.beside.items()
        if any(row.asked for row in rows)
    ]  # fmt: skip
    return (Paragraph(said.TWO_BASES), *tables) if tables else ()


def _quotes(material: Material, group: str) -> tuple[Block, ...]:
    """Approved quotes that tell of being judged; outside the team of the whole landlord, whatever is chosen."""
    asked = stigma.quoted_from(material.question(group))
    keys = voices.told_keys(material.generation, asked, material.readings)
    return (Heading("In their own words", 3), *quoted(material, asked, keys))


# ── Our own letters ──────────────────────────────────────────────────────────────────────────────


def _letters(material: Material) -> tuple[Block, ...]:
    """What was found in our own letters, counted; only for the landlord's own people. Never who wrote one."""
    begun = (Heading(letter_words.TITLE, 2),)
    if material.asked.audience is not Audience.INTERNAL:
        return (*begun, Paragraph(letter_words.OUTSIDE))
    kept = Letters(material.folder).held()
    if not kept:
        return (*begun, Paragraph(NO_LETTERS))
    read = [each.read for each in kept]
    lines = (letter_words.read_sentence(read), letter_words.found_sentence(read), letter_words.sent_sentence(read))
    invented = f" {INVENTED}" if material.invented else ""
    about = (f"{LETTERS_ABOUT.format(day=words.british_date(material.today))}.{invented}",)
    tables = (
        TableBlock("respect-letters", WORDINGS, kinds_table(kept, kind_titles()), about, how=of_wordings()),
        TableBlock("respect-letters-decided", DECIDED, decided_table(kept), about, how=of_wordings()),
    )
    return (
        *begun,
        Paragraph(letter_words.ABOUT),
        *(Paragraph(line) for line in lines if line),
        *(tables if any(each.findings for each in read) else ()),
        Note(letter_words.LIMITS),
        Note(NOTE_GOES_WITH.format(file=NOTE_FILE)),
    )


def decided_table(kept: Sequence[KeptLetter]) -> Table:
    """How many wordings of each kind are whose, what is to be done, and how far it is; no letter, no words."""
    titles = kind_titles()
    order = {kind: place for place, kind in enumerate(titles)}
    counted = Counter(_standing(each, finding) for each in kept for finding in each.read.findings)
    rows = sorted(counted.items(), key=lambda pair: (order.get(pair[0][0], len(order)), -pair[1], pair[0]))
    cells = tuple((titles.get(kind, kind), owner, action, state, n) for (kind, owner, action, state), n in rows)
    shown = tuple((*map(str, row[:-1]), words.count(row[-1])) for row in cells)
    return Table(DECIDED_HEADINGS, shown, tuple(heading.lower() for heading in DECIDED_HEADINGS), cells)


def _standing(letter: KeptLetter, finding: LetterFinding) -> tuple[str, str, str, str]:
    now = letter.standing(finding)
    return finding.kind, now.owner or NOBODY_YET, now.action, now.state
