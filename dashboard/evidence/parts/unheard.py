"""Who was not heard from: groups without an answer, homes silent everywhere, how wrong the figure could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import Audience, HowWrong, Question, Reach, ReachOfPeople, Unheard, Verdict
from dashboard import unheard as silent
from dashboard import words
from dashboard.charts.chart import Table
from dashboard.charts.how_wrong import break_even_dots, parts_table
from dashboard.charts.reach import heard_dots, outcomes_table, reach_dots
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import once
from dashboard.evidence.material import Material
from dashboard.evidence.recorded import about_a_few
from dashboard.how import unheard as how
from dashboard.unheard import MONTHS, Looked, looked_at
from dashboard.words import how_wrong as wrong
from dashboard.words import silence as said
from dashboard.words.audiences import beside

BY = ("estate",)
CROSSED = ("estate", "age_band")  # the crossing looked at for groups improbably quiet
SHORT = ("tsm", "stairs")  # packs that tell of it shortly
NAMED = 8  # groups named one by one; the figures have the others
NO_HOMES = (
    "No list of homes is held, so how many homes stand behind each answer, and which are silent, is not known. What "
    "can still be said is what became of those who were invited."
)
NO_SAMPLE = "No issued sample is held for this survey, so who was invited is not known."
FEW_INVITED = "What became of those invited is not told: fewer than {n} were."
NO_HOMES_OF_THESE = "The list of homes has no home of these tenures and estates."
NO_ANSWERS = "The survey has no answers of a tenure group that the measures are of."
OF_PEOPLE = "By ethnicity, disability and the like, in aggregate only"
NO_PEOPLE = f"{OF_PEOPLE}. {said.NONE_HELD}"
NOT_SAID = "Answers do not say the estate, and no issued sample says who was invited: quiet groups cannot be told."
NONE_CROSSED = "No group of estate and age band is quieter than chance allows."
OF_RECORDS = "records joined to the list of homes; counted, not estimated: there is no margin"
WITHOUT_FEW = "a dash stands for fewer than {n} homes, or for a number that would tell of so few"
OF_HOMES = "homes from the list of homes; the figure as among the measures"
FROM_OUTCOMES = "Outcomes as the issued sample records them."
PEOPLE_HEADINGS = ("Of the tenant", "Group", "Tenancies", "Answers", "Usual", "Verdict")
PEOPLE_FILE_HEADINGS = ("characteristic", "group", "tenancies", "answers", "expected", "verdict", "note")


def blocks(material: Material) -> tuple[Block, ...]:
    """Each tenure group apart, what holds of all of them once; shortly in the packs for tenants, and to the public."""
    if not material.groups:
        return (Paragraph(NO_ANSWERS),)
    held = bool(material.generation.held_rows()["homes"])
    told: list[Block] = [] if held else [Paragraph(NO_HOMES)]
    for group in material.groups:
        asked = material.question(group)
        told.append(Heading(words.sentence_case(words.group_of(group)), 2))
        if not held:
            told += _outcomes(material, asked, silent.outcomes(asked, material.generation, material.smallest_base))
            continue
        told += _of_group(material, looked_at(asked, material.roll, material.generation, material.smallest_base))
    return once(told, *EXPLAINED, *_of_the_list(told))


EXPLAINED = (wrong.READING, wrong.UNSEEN, said.HEARING, NO_PEOPLE)


def _of_the_list(told: Sequence[Block]) -> tuple[str, ...]:
    """Notes on the list of homes and on channels: where they are in the same words, they hold of every group."""
    return tuple(block.text for block in told if isinstance(block, Note))


def _of_group(material: Material, looked: Looked) -> Iterator[Block]:
    found = silent.unheard(looked, BY, material.today)
    if not found.listed.homes:
        yield Paragraph(NO_HOMES_OF_THESE)
        return
    missed = silent.how_wrong(looked, BY, material.today)
    short = material.asked.kind in SHORT or material.asked.audience is Audience.PUBLIC or about_a_few(material)
    named = () if short else _silent(found.reach)
    yield Paragraph(" ".join([f"{said.headline(found.reach, BY)}.", *named]) if found.counted_by else NOT_SAID)
    yield from (Note(sentence) for sentence in said.list_of(found.listed, looked.question.wave)[1:])
    if not short:
        yield from _groups(material, looked, found)
    yield from _outcomes(material, looked.question, dict(found.outcomes))
    yield from _alike(material, looked.question, missed)
    yield from _how_wrong(material, looked.question, missed, short)
    if not short:
        yield from _heard(material, looked.question, found)
        yield from _people(material, looked.question)


def _is_drawn(material: Material, asked: Question) -> bool:
    """Whether the chart of the quiet is printed: of every group in a long pack, in a short one of the first."""
    return material.in_full or asked.tenure_group == material.groups[0]


def _is_long(material: Material, asked: Question) -> bool:
    """Whether what few read is printed: in a long pack of the first group; of others the workbook has it."""
    return material.in_full and asked.tenure_group == material.groups[0]


# ── Groups ───────────────────────────────────────────────────────────────────────────────────────


def _groups(material: Material, looked: Looked, found: Unheard) -> Iterator[Block]:
    """The quiet groups by name, a chart of the quietest, and the crossings that are quieter than chance allows."""
    if not found.counted_by:
        return
    yield from _named(found.reach)
    if unlisted := said.unlisted(found.reach):
        yield Paragraph(unlisted)
    title = f"Answers per home, the quietest first, {said.divided_by(BY)}"
    source = f"homes from the list of homes; answers by {how.BY[found.counted_by]}; {said.COUNTED}"
    chart = reach_dots(found.reach, title, _about(material, looked.question), source, said.WAYS[BY[0]])
    if chart.labels:
        key = f"unheard-{looked.group.lower()}-estates"
        made, shares = how.of_reach(found, looked.question), ("answers per home", "response")
        yield Figure(key, chart, shares, made, printed=_is_drawn(material, looked.question))
    crossed = silent.unheard(looked, CROSSED, material.today)
    quiet = [each for each in crossed.reach if each.homes and not each.withheld and each.verdict is Verdict.REAL]
    heading = f"By {said.way_of(CROSSED).removeprefix('group of ')}, quieter than chance allows"
    yield from _one_by_one(heading, quiet)
    if crossed.counted_by and not quiet:
        yield Paragraph(NONE_CROSSED)


def _named(reach: Sequence[Reach]) -> Iterator[Block]:
    """Those nobody was invited from and those quieter than chance allows, each once; those without an answer stand in
    the headline."""
    there = [each for each in reach if each.homes]
    if small := said.too_small([each for each in there if each.state == "silent" and each.withheld]):
        yield Paragraph(small)
    for heading, groups in (
        ("Nobody was invited: not sampled is not silent", [each for each in there if each.state == "not sampled"]),
        ("Quieter than chance allows", [each for each in there if each.answered and each.verdict is Verdict.REAL]),
    ):
        yield from _one_by_one(heading, [each for each in groups if not each.withheld])
        if small := said.too_small([each for each in groups if each.withheld]):
            yield Paragraph(small)


def _silent(reach: Sequence[Reach]) -> tuple[str, ...]:
    """The groups without an answer by name, as far as they are few and may be named."""
    groups = [each for each in reach if each.homes and each.state == "silent" and not each.withheld]
    return (_by_name(groups),) if groups else ()


def _one_by_one(heading: str, groups: Sequence[Reach]) -> Iterator[Block]:
    """Groups of one kind in a paragraph, by name as far as they are few."""
    if groups:
        yield Paragraph(f"{heading}. {_by_name(groups)}")


def _by_name(groups: Sequence[Reach]) -> str:
    named = "; ".join(said.quiet_group(each) for each in groups[:NAMED])
    others = len(groups) - NAMED
    more = f" And {words.people(others, 'more is', 'more are')} not named here." if others > 0 else ""
    return f"{named}.{more}"


def _outcomes(material: Material, asked: Question, outcomes: dict[str, int]) -> Iterator[Block]:
    """What became of those who were invited: a table in a long pack, a sentence in a short one."""
    if not outcomes:
        yield Paragraph(NO_SAMPLE)
        return
    if asked.audience is not Audience.INTERNAL and sum(outcomes.values()) < material.smallest_base:
        yield Paragraph(FEW_INVITED.format(n=material.smallest_base))
        return
    key, about = f"unheard-{asked.tenure_group.lower()}-outcomes", (_about(material, asked), FROM_OUTCOMES)
    if not material.in_full:
        yield Paragraph(said.outcomes_said(outcomes))
    title, table = "Outcome of everybody invited", outcomes_table(outcomes)
    yield TableBlock(key, title, table, about, ("share",), how.of_outcomes(asked), printed=material.in_full)


# ── How wrong the figure could be ────────────────────────────────────────────────────────────────


def _alike(material: Material, asked: Question, found: HowWrong) -> Iterator[Block]:
    """How alike those who answered are to those invited, and what weights can do about it."""
    yield Heading("Are those who answered like those who were asked?", 3)
    told = [*wrong.alike(found.representativity), *wrong.weights_can(found)]
    yield Paragraph(" ".join(each for each in told if each != wrong.UNSEEN))
    yield Paragraph(wrong.UNSEEN)
    if found.representativity.parts:
        key, about = f"unheard-{asked.tenure_group.lower()}-alike", (_about(material, asked), wrong.INDICATORS)
        title, table = "What has to do with who answered", parts_table(found.representativity)
        yield TableBlock(key, title, table, about, how=how.of_alike(found, asked), printed=_is_long(material, asked))


def _how_wrong(material: Material, asked: Question, found: HowWrong, short: bool) -> Iterator[Block]:
    """How satisfied the silent would have to be for the figure to be another; drawn in a long pack."""
    yield Heading("How wrong the figure could be", 3)
    value = found.figure.value
    if found.withheld or value is None:
        yield Paragraph(f"Not shown: {found.withheld}.")
        return
    rests = f"{found.measure.code} {found.measure.title}: {wrong.rests(found.figure, found.homes, found.answered)}"
    yield Paragraph(" ".join(filter(None, (rests, wrong.held_against(found), wrong.put_to_some(found)))))
    lines = [line for line in found.lines if not (short and line.group)]
    drawn = material.in_full and not short
    if not drawn:
        yield from (Paragraph(wrong.break_even_words(line, value, found.target)) for line in lines)
    yield Paragraph(wrong.READING)
    if not short:
        key, made = f"unheard-{asked.tenure_group.lower()}-break-even", how.of_how_wrong(found, asked)
        chart = break_even_dots(found, _about(material, asked), OF_HOMES)
        shares = ("share of homes", "break-even", "low", "high", "worst", "best")
        yield Figure(key, chart, shares, made, printed=drawn)


# ── Every channel, and what people are ───────────────────────────────────────────────────────────


def _heard(material: Material, asked: Question, found: Unheard) -> Iterator[Block]:
    """Homes heard from through any channel, only when something was wrong, or never."""
    everyone = found.heard[0]
    yield Heading(f"Heard through any channel in {words.people(MONTHS, 'month', 'months')}", 3)
    lines = (
        f"{said.silent_headline(everyone, found.months)}.",
        said.only_wrong_words(everyone),
        said.spoken_to_words(everyone, found.channels),
    )
    yield Paragraph(" ".join(filter(None, lines)))
    yield Note(said.HEARING)
    yield Note(said.channels_loaded(found.channels, found.begun, found.ended))
    title = f"Homes heard from, the least heard first, {said.divided_by(BY)}"
    about = _about(material, asked, words.period(found.begun, found.ended))
    outside = asked.audience is not Audience.INTERNAL
    source = f"{OF_RECORDS}; {WITHOUT_FEW.format(n=material.smallest_base)}" if outside else OF_RECORDS
    chart = heard_dots(found.heard, title, about, source, said.WAYS[BY[0]])
    if chart.labels:
        key = f"unheard-{asked.tenure_group.lower()}-channels"
        yield Figure(key, chart, ("share",), how.of_heard(found, asked), printed=_is_long(material, asked))


def _people(material: Material, asked: Question) -> Iterator[Block]:
    """Answers beside tenancies by special category: in aggregate, and only to whom that may be told."""
    found = silent.reach_of_people(asked, material.generation, material.smallest_base, material.today)
    if not found:
        yield Paragraph(NO_PEOPLE)
        return
    yield Heading(OF_PEOPLE, 3)
    hidden = [f"{each.title}. {said.of_people_words(each)}" for each in found if each.withheld]
    yield Paragraph(" ".join(filter(None, (said.people_said(found), *hidden))))
    known = " ".join(f"{each.title}. {said.of_people_words(each)}" for each in found if not each.withheld)
    told = [each for each in found if each.groups]
    if told:
        key = f"unheard-{asked.tenure_group.lower()}-people"
        about = (_about(material, asked), said.OF_TENANCIES, said.AGGREGATE, known)
        title = "Answers per tenancy, by what is known of the tenant"
        yield TableBlock(key, title, _people_table(told), about, how=how.of_people(asked), printed=material.in_full)


def _people_table(found: Sequence[ReachOfPeople]) -> Table:
    pairs = [(each.title, group) for each in found for group in each.groups]
    return Table(
        headings=PEOPLE_HEADINGS,
        rows=tuple((title, *_people_row(group)) for title, group in pairs),
        file_headings=PEOPLE_FILE_HEADINGS,
        file_rows=tuple(
            (
                *(title, said.group_of_homes(group.group), group.homes),
                *((None, None) if group.withheld else (group.answered, group.expected)),
                None if group.withheld or group.verdict is None else group.verdict.value,
                group.withheld,
            )
            for title, group in pairs
        ),
    )


def _people_row(group: Reach) -> tuple[str, ...]:
    few = bool(group.withheld)
    return (
        said.group_of_homes(group.group),
        words.count(group.homes),
        words.NOTHING if few else words.count(group.answered),
        words.NOTHING if few or group.expected is None else said.tenths(group.expected),
        said.how_sure(group),
    )


def _about(material: Material, asked: Question, when: str = "") -> str:
    """The line printed beside a figure: the survey (or the months looked back), the tenure group, the estates."""
    estates = tuple(pair for pair in asked.filters if pair[0] == "estate")
    labels = {dimension.key: dimension.label for dimension in material.generation.dimensions}
    shown = Question(when or asked.wave, asked.tenure_group, asked.scope, filters=estates)
    return words.shown_for(shown, labels) + beside(asked.audience) + (" · invented data" if material.invented else "")
