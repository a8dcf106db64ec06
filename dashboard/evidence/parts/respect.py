"""Treated with respect: each question about being judged on its own, what was told of it, and our own letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.model import Audience, Question, Verdict
from analysis.model.letters import LetterFinding
from analysis.model.stigma import SEVERAL, Agreement, Asked, ItemFound, Published, ToldFound
from analysis.stigma import PREVALENCE
from dashboard import stigma, words
from dashboard.charts.chart import Table
from dashboard.charts.letters import kinds_table
from dashboard.charts.stigma import answer_dots, beside_table, coded_dots, item_dots, over_time_dots
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.captions import INVENTED, NO_SURVEY, nothing, of_group, once, shown_for, source
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
FROM_WHOM = "sources"  # the question of several answers that a short pack draws
CONTEXT = 3  # figures of others that are printed; the rest stand in the workbook
PUBLISHED_TITLE = "What others have published of being judged"
PUBLISHED_HEADINGS = ("Study", "When", "Asked", "Of whom", "Found", "Why not directly comparable", "Source")
MOST_ROWS = {True: 30, False: 15}  # of a table that is printed, in a long pack and in a short one
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
    """How the questions stand with tenants; each tenure group, apart; what others published; then our own letters."""
    if why := _not_allowed(material):
        told = [block for group in material.groups for block in (of_group(group), Paragraph(why))]
        return (*_stands(material), *(told or nothing(NO_SURVEY)), *_letters(material))
    found = {group: _asked(material, group) for group in material.groups}
    heard = {group: _told(material, group) for group in material.groups}
    told = [block for group in found for block in (of_group(group), *_of(material, group, found, heard[group]))]
    return (
        *_stands(material),
        *(once(told, said.NOT_A_CONTRADICTION, CODED_BY_RULES) or nothing(NO_SURVEY)),
        *_quotes(material, heard),
        *_published(tuple(found.values())),
        *_letters(material),
    )


def files(material: Material) -> Mapping[str, bytes]:
    """The note for staff, where findings in letters are told: it goes wherever they go."""
    told = material.asked.audience is Audience.INTERNAL and Letters(material.folder).held()
    return {NOTE_FILE: staff_note().encode()} if told else {}


def _stands(material: Material) -> tuple[Block, ...]:
    """The label, the days, that every question may be skipped, that there is no score, and where somebody may turn."""
    stands, module = _agreed(material), stigma_module()
    first = said.sees_first(stands) if stands.sees_first else NO_DAY
    inside = f" {module.before_printing}" if material.asked.audience is Audience.INTERNAL else ""
    return (
        Note(f"{words.sentence_case(said.label(stands))}. {first} {module.skippable} {said.NO_SCORE}"),
        Note(f"{WHERE_TO_TURN.format(support=module.support)}{inside}"),
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


def _of(material: Material, group: str, found: Mapping[str, Asked], heard: ToldFound) -> tuple[Block, ...]:
    """One tenure group: what was asked, what was told, and of its notes those no group before it has."""
    before = [note for each in material.groups[: material.groups.index(group)] for note in found[each].notes]
    known = () if found[group].withheld else material.findings(group).notes  # of the survey: told among the measures
    notes = [note for note in found[group].notes if note not in (*before, *known)]
    return (
        *_answers(material, found[group], heard),
        *([Paragraph(" ".join(notes))] if notes and not found[group].withheld else []),
        *_comments(material, heard),
    )


def _is_drawn(material: Material, group: str) -> bool:
    """Whether the charts of a group are printed: of every group in a long pack, in a short one of the first."""
    return material.in_full or group == material.groups[0]


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


def _answers(material: Material, found: Asked, heard: ToldFound) -> tuple[Block, ...]:
    begun = Heading("What was asked", 3)
    if found.withheld:
        more = [Paragraph(said.NOT_ASKED_YET)] if found.withheld.startswith("not asked") else []
        return (begun, Paragraph(said.nothing_asked(found)), *more)
    several = [each for each in found.items if each.item.kind == SEVERAL and each.answers]
    one = [each for each in found.items if each.item.kind != SEVERAL and each.answers]
    return (
        begun,
        *_prevalence(found, one),
        *_paradox(found),
        *_one_answer(material, found, one),
        *(block for each in several for block in _several(material, found, each, heard)),
    )


def _paradox(found: Asked) -> tuple[Block, ...]:
    if found.paradox is None:
        return ()
    return (Paragraph(" ".join(said.paradox_lines(found.paradox))), Note(said.NOT_A_CONTRADICTION))


def _prevalence(found: Asked, items: Sequence[ItemFound]) -> tuple[Block, ...]:
    """The first question in words, with what moved and whom it rests on."""
    first = next((each for each in items if each.item.code == PREVALENCE), None)
    if first is None:
        return ()
    answer = first.answers[0]
    lines = (said.told_of(answer, first.item), said.moved_briefly(answer, found.earlier), said.base_of(first))
    return (Paragraph(" ".join(filter(None, lines))),)


def _one_answer(material: Material, found: Asked, items: Sequence[ItemFound]) -> tuple[Block, ...]:
    """Each question of one answer, as dots or in words, and what moved; never added up."""
    if not items:
        return ()
    title, how = "Each question on its own", made.of_items(found, items)
    chart = item_dots(items, title, _caption(material, found), source(found.wave))
    drawn = _is_drawn(material, found.question.tenure_group) and bool(chart.labels)
    others = [each for each in items if each.item.code != PREVALENCE]
    moved = [each for each in others if (change := each.answers[0].change) and change.verdict is Verdict.REAL]
    told = moved if drawn else others
    lines = [
        f"{said.told_of(each.answers[0], each.item)} "
        f"{said.moved_briefly(each.answers[0], found.earlier) if each in moved else ''}"
        for each in told
    ]
    still = said.nothing_moved([each.answers[0] for each in others], found.earlier)
    figures = [Figure(_key(found.question, "each"), chart, SHARES, how, printed=drawn)] if chart.labels else []
    return (*_sentences(*lines), *figures, *_sentences(still))


def _sentences(*lines: str) -> tuple[Block, ...]:
    """The lines that say something, as one paragraph; none where there are none."""
    told = " ".join(line.strip() for line in lines if line.strip())
    return (Paragraph(told),) if told else ()


def _several(material: Material, found: Asked, each: ItemFound, heard: ToldFound) -> tuple[Block, ...]:
    """One question of several answers: of those who answered it, how many chose each. In a long pack what stands beside
    what was told is printed there; a short one draws from whom it came."""
    item, key = each.item, _key(found.question, each.item.code.lower())
    title, how = f"{item.code} {item.title}", made.of_items(found, (each,))
    chart = answer_dots(each, title, _caption(material, found), source(found.wave))
    begun = f"{said.question_of(item)} {said.base_of(each)}".strip()
    if not chart.labels:
        why = each.withheld or next((a.share.withheld for a in each.answers if a.share.withheld), "no answers")
        return (Paragraph(begun), Paragraph(f"Not shown: {why}."))
    first = found.question.tenure_group == material.groups[0]
    drawn = item.aspect not in _beside(heard) if material.in_full else item.aspect == FROM_WHOM and first
    shown = drawn or material.in_full
    most = "" if shown else said.most_chosen([a.share for a in each.answers], [a.title for a in each.answers])
    chosen = f"Chosen most: {most}." if most else ""
    return (*_sentences(begun, chosen), Figure(key, chart, SHARES, how, printed=drawn))


def _beside(heard: ToldFound) -> list[str]:
    """Of what asked and told stand side by side."""
    return [] if heard.withheld else [name for name, rows in heard.beside.items() if any(row.asked for row in rows)]


def _published(found: Sequence[Asked]) -> tuple[Block, ...]:
    """What others published of the same: context behind a heading of its own, never a target; most of it as data."""
    aspects = {each.item.aspect for asked in found for each in asked.items}
    figures = [one for one in dict.fromkeys(f for asked in found for f in asked.published) if one.aspect in aspects]
    if not figures:
        return ()
    return (
        Heading(said.ELSEWHERE, 2),
        *(Paragraph(said.published_line(figure)) for figure in figures[:CONTEXT]),
        TableBlock(
            "respect-published", PUBLISHED_TITLE, published_table(figures), (said.ELSEWHERE,),
            how=made.of_published(figures), printed=False,
        ),
    )  # fmt: skip


def published_table(figures: Sequence[Published]) -> Table:
    """A row a figure: whose, when, what was asked of whom, what was found, and why it is not ours."""
    rows = tuple((f.study, f.when, f.asked, f.sample, f.found, f.caution, f.source) for f in figures)
    return Table(PUBLISHED_HEADINGS, rows, tuple(heading.lower() for heading in PUBLISHED_HEADINGS), rows)


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────


def _comments(material: Material, found: ToldFound) -> tuple[Block, ...]:
    """What tenants wrote of it unasked: how many, by whom it came and how, over time, beside what was asked."""
    begun = Heading("What was told", 3)
    if found.withheld:
        return (begun, Paragraph(f"{said.told_headline(found)}."))
    asked = found.question
    caption = f"{shown_for(material, asked)} · {said.label(_agreed(material))}"
    how = made.of_told(asked, material.wave)
    through = over_time_dots(
        found.waves, "Comments that tell of being judged, survey by survey", caption, spoken.SOURCE, "Survey"
    )
    sure = any(step.change is not None and step.change.verdict is Verdict.REAL for step in found.waves)
    several = len(through.labels) > 1
    return (
        begun,
        Paragraph(f"{said.told_headline(found)}. {said.last_step(found.waves)}".strip()),
        Note(CODED_BY_RULES),
        *(block for name in CODED for block in _coded(material, found, name, caption)),
        *([Figure(_key(asked, "over-time"), through, SHARES, how, printed=sure)] if several else []),
        *_side_by_side(material, found, caption),
    )


CODED = {  # of what: the key and the title of the chart, and what its rows are
    "sources": ("by-whom", "By whom, as told", "By whom"),
    "forms": ("how", "How, as told", "How"),
}


def _coded(material: Material, found: ToldFound, what: str, caption: str) -> tuple[Block, ...]:
    """By whom it came, or how: drawn in a long pack that does not print it beside what was asked, else in words."""
    name, title, of = CODED[what]
    rows = found.sources if what == "sources" else found.forms
    told = [row for row in rows if row.of_told.value is not None]
    if not told:
        return ()
    chart = coded_dots(rows, title, caption, spoken.SOURCE, of)
    drawn = (
        material.in_full and what not in _beside(found) and len(told) > 0 and told[0].of_told.base >= words.SMALL_BASE
    )
    most = said.most_chosen([row.of_told for row in told], [row.title for row in told])
    sentence = f"{title}, most often, of {words.people(told[0].of_told.base, *said.TELLING)}: {most}."
    how = made.of_told(found.question, material.wave)
    return (
        *([] if drawn or (material.in_full and what in _beside(found)) else [Paragraph(sentence)]),
        Figure(_key(found.question, name), chart, CODED_SHARES, how, printed=drawn),
    )


def _side_by_side(material: Material, found: ToldFound, caption: str) -> tuple[Block, ...]:
    """Asked and told beside each other with their two bases; nothing where it was not asked."""
    how, printed = made.of_both(found.question, material.wave), material.in_full
    about = (caption, source(material.wave), *([] if printed else [said.TWO_BASES]))
    tables = [
        TableBlock(
            _key(found.question, f"beside-{name}"), f"{said.SOURCES_OF[name]}: asked, and told",
            beside_table(found.beside[name], said.SOURCES_OF[name]), about, BESIDE_SHARES, how, printed,
        )
        for name in _beside(found)
    ]  # fmt: skip
    return (*([Paragraph(said.TWO_BASES)] if tables and printed else []), *tables)


def _quotes(material: Material, heard: Mapping[str, ToldFound]) -> tuple[Block, ...]:
    """Approved quotes that tell of being judged, each tenure group apart; that there are none, once."""
    told = {group: _quotes_of(material, group) for group, each in heard.items() if not each.withheld}
    found = {group: blocks for group, blocks in told.items() if any(isinstance(block, Quote) for block in blocks)}
    if not told:
        return ()
    if not found:
        return next(iter(told.values()))
    return (
        Heading("In their own words", 2),
        *(block for group, blocks in found.items() for block in (Heading(_name(group), 3), *blocks)),
    )


def _name(group: str) -> str:
    return words.sentence_case(words.group_of(group))


def _quotes_of(material: Material, group: str) -> tuple[Block, ...]:
    """Approved quotes of one group; outside the team of the whole landlord, whatever is chosen."""
    asked = stigma.quoted_from(material.question(group))
    return quoted(material, asked, voices.told_keys(material.generation, asked, material.readings))


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
    tables = tuple(
        TableBlock(key, title, table, about, how=of_wordings(), printed=len(table.rows) <= MOST_ROWS[material.in_full])
        for key, title, table in (
            ("respect-letters", WORDINGS, kinds_table(kept, kind_titles())),
            ("respect-letters-decided", DECIDED, decided_table(kept)),
        )
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
