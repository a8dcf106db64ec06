"""Complaints of the reporting year: how many, how many in time, what about; what was never offered; what was learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from analysis.complaints import GIVES_AWAY
from analysis.model import OUTSIDE, Complaints, Due, Promise, Rate, Timeliness
from dashboard import answers, words
from dashboard.charts.chart import Cell, Table
from dashboard.charts.handling import handled_bars
from dashboard.charts.unoffered import unoffered_dots
from dashboard.charts.volumes import volume_bars, volume_months
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.recorded import about_a_few, asked_of_records, recorded, year_line
from dashboard.how.complaints import of_in_time, of_rates, of_the_report, of_unoffered
from dashboard.words import complaints as said
from dashboard.words import owed
from dashboard.words import unoffered as contacted
from data.contacts_read import ContactsRead
from data.packs import pack_kind
from data.packs.complaint_report import complaint_report

Counted = TypeVar("Counted", Rate, Timeliness)
ANNUAL = "complaints"  # the pack that has to hold what the Code asks
CATEGORY, MONTH = "category", "month"
NOT_HELD = (
    "No complaints are held, so there is nothing to tell here: how many there were is not known, and is not nought."
)
NOT_OVER = (
    "{period} is not over on {day}: {rates} count the complaints made so far and are not scaled up, so they are not "
    "yet the figures to publish."
)
STATED = ("CH01", "CH02")
NOT_OF_A_PART = "What is overdue and promised is told of the whole landlord only, outside the landlord."
NONE_OVERDUE = "No complaint is overdue, and none is due in the next 7 days."
ALL_RESIDENTS = "Every resident, leaseholders too"
OMBUDSMANS = (
    "Two totals, which must not be taken for each other. CH01 and CH02 are of renters and shared owners, each apart. "
    "The Ombudsman's report is of every resident: leaseholders and others outside the measures are in it."
)
TOTAL_LEFT_OUT = (
    "Where its total is left out here, leaseholders' complaints are so few that it would tell them; the Ombudsman can "
    "have it from the landlord."
)
ONE_ROW_A_STAGE = (
    "Stage one and stage two are counted apart: a complaint taken to stage two is in both. No one rate is of every "
    "resident."
)
NOTHING_OF_IT = "Nothing of it."
WITH_RANGES = (
    "What was read in contacts has a range: how far luck could move the share, not how often the reader was wrong."
)
REPORT_HEADINGS = ("What the Code asks", "In this document", "To be written by the landlord")
REPORT_FILE_HEADINGS = ("what the Code asks", "in this document", "to be written by the landlord")
FOR_THE_REPORT = (
    "These are the landlord's own figures for its annual complaints performance and service improvement report: for "
    "its governing body, its tenants and the Housing Ombudsman. What the report has to hold beside them, and the "
    "landlord has to write, stands at the end of this part."
)
PROMISES_THERE = "Whether promises made in replies were kept stands in the part on safety."
QUALITY, SAFETY = "quality", "safety"  # parts that tell what is provisional, and of promises
OF_LEARNING = (
    "What was changed because of complaints is not recorded here: the landlord's files say what complaints were about "
    "and what was promised, not what was learnt. It is for the landlord to write, in its own words."
)
RATE_HEADINGS = ("Whose complaints", "Stage", "Complaints", "Homes", "Per 1,000 homes", "Note")
RATE_FILE_HEADINGS = ("group", "stage", "measure", "complaints", "homes", "for every 1,000 homes", "why not shown")
TIME_HEADINGS = ("Whose complaints", "Stage", "Made", "In time", "Without an extension", "Within an extension", "Note")
TIME_FILE_HEADINGS = (
    *("group", "stage", "measure", "made", "without extension", "within extension", "not due yet", "late", "overdue"),
    *("withdrawn", "dates at odds", "acknowledged in time", "median working days", "share in time"),
    *("share without extension", "share within extension", "share of those due", "why not shown"),
)
TIME_SHARES = ("share in time", "share without extension", "share within extension", "share of those due")


def blocks(material: Material) -> tuple[Block, ...]:
    """Complaints made in the reporting year of the wave, as known on the day of the pack."""
    first = tuple(_for_the_report(material))
    if not material.generation.held_rows()["complaints"]:
        return (*first, Paragraph(NOT_HELD), *_annual_report(material))
    found = {group: _counted(material, group) for group in material.asked.groups}
    one = next(iter(found.values()))
    contacts = tuple(_never_offered(material))
    ranges = (WITH_RANGES,) if any(isinstance(block, Figure) for block in contacts) else ()
    return (
        *first,
        *_opening(material, one),
        *(_in_short(material, one) if first else ()),
        *_rates(material, one),
        *_in_time(material, one),
        *_volumes(material, found),
        *_owed_now(material),
        *contacts,
        *_learning(material),
        Heading("How complaints are counted", 2),
        Paragraph(
            " ".join((*_notes(one), *ranges, *(() if QUALITY in material.asked.sections else (said.STAGE_TWO,))))
        ),
        *_annual_report(material),
    )


def _notes(found: Complaints) -> list[str]:
    """How they were counted, without what was set aside, which is told with the counts."""
    aside = {f"Set aside, {reason}: {number:,}." for reason, number in found.set_aside.items()}
    return [note for note in found.notes if note not in aside]


def _for_the_report(material: Material) -> Iterator[Block]:
    """In the annual pack: what it is, and for whom."""
    if pack_kind(material.asked.kind).key == ANNUAL:
        yield Paragraph(FOR_THE_REPORT)


def _in_short(material: Material, found: Complaints) -> Iterator[Block]:
    """The published measures in words, group by group."""
    yield Heading("The year in short", 2)
    for group in material.asked.groups:
        rates, timed = _of(found.rates, group), _of(found.timeliness, group)
        yield Paragraph(_told_of(group, (*map(said.rate_line, rates), *map(said.in_time_line, timed))))


def _counted(material: Material, group: str) -> Complaints:
    of = recorded(material)
    return answers.answer_complaints(
        material.generation,
        of.period,
        of.scope,
        material.today,
        material.smallest_base,
        group,
        of.tenures,
        material.asked.audience,
    )


def _opening(material: Material, found: Complaints) -> Iterator[Block]:
    yield Paragraph(
        f"Complaints made from {words.period(found.begun, found.ended)}, as known on "
        f"{words.british_date(found.as_of)}. {said.NEITHER_GOOD_NOR_BAD}"
    )
    if found.as_of < found.ended:
        yield Note(
            NOT_OVER.format(
                period=words.period(found.begun, found.ended),
                day=words.british_date(found.as_of),
                rates=" and ".join(STATED),
            )
        )


# ── How many ─────────────────────────────────────────────────────────────────────────────────────


def _rates(material: Material, found: Complaints) -> Iterator[Block]:
    yield Heading("How many complaints there were", 2)
    total_told = all(rate.count is not None for rate in _every_resident(found))
    yield Paragraph(OMBUDSMANS if total_told else f"{OMBUDSMANS} {TOTAL_LEFT_OUT}")
    yield TableBlock(
        "complaints-rates",
        "Complaints by stage: the published measures, and the total for the Ombudsman",
        _rates_table(material, found),
        (year_line(material), said.SOURCE, ONE_ROW_A_STAGE),
        how=of_rates(found, asked_of_records(material)),
    )
    mine = [each for group in material.asked.groups for each in _of(found.timeliness, group)]
    if told := " ".join(filter(None, (said.set_aside(found.set_aside), _withdrawn(mine)))):
        yield Paragraph(told)


def _withdrawn(found: Sequence[Timeliness]) -> str:
    gone = sum(each.withdrawn or 0 for each in found)
    return f"Withdrawn before an answer, and counted all the same: {words.count(gone)}." if gone else ""


def _rates_table(material: Material, found: Complaints) -> Table:
    mine = [rate for group in material.asked.groups for rate in _of(found.rates, group)]
    rows = [(_group(rate), rate) for rate in (*mine, *found.outside)]
    rows += [(ALL_RESIDENTS, rate) for rate in _every_resident(found)]
    said_of = _noted(RATE_HEADINGS, tuple(_rate_row(name, rate) for name, rate in rows))
    return Table(
        *said_of,
        file_headings=RATE_FILE_HEADINGS,
        file_rows=tuple(_rate_file_row(name, rate) for name, rate in rows),
    )


def _every_resident(found: Complaints) -> Iterator[Rate]:
    """The Ombudsman's total of each stage, a count and never a rate; none where a part of it is withheld, which could
    else be worked out."""
    for stage in said.STAGES:
        parts = [rate for rate in (*found.rates, *found.outside) if rate.stage == stage]
        withheld = GIVES_AWAY if any(rate.count is None for rate in parts) else None
        total = None if withheld else sum(rate.count or 0 for rate in parts)
        yield Rate("", stage, (), total, None, None, withheld or _beside_the_total(found))


def _beside_the_total(found: Complaints) -> str | None:
    unknown = found.set_aside.get("tenure not recorded", 0)
    return f"{words.count(unknown)} more are of a tenure not recorded" if unknown else None


def _noted(
    headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and rows without the last column, of notes, where no row has one."""
    if any(row[-1] for row in rows):
        return headings, rows
    return headings[:-1], tuple(row[:-1] for row in rows)


def _rate_row(name: str, rate: Rate) -> tuple[str, ...]:
    count, homes = (words.NOTHING if n is None else words.count(n) for n in (rate.count, rate.homes))
    return (name, said.stage(rate.stage, rate.code), count, homes, said.per_thousand(rate), rate.withheld or "")


def _rate_file_row(name: str, rate: Rate) -> tuple[Cell, ...]:
    return (name, rate.stage, rate.code, rate.count, rate.homes, rate.per_thousand, rate.withheld)


# ── In time ──────────────────────────────────────────────────────────────────────────────────────


def _in_time(material: Material, found: Complaints) -> Iterator[Block]:
    yield Heading("Answered in the Code's time", 2)
    shown = [each for group in material.asked.groups for each in _of(found.timeliness, group)]
    everyone = [*shown, *(each for each in found.outside_timeliness if each.made)]
    made = of_in_time(found, asked_of_records(material))
    about = (year_line(material), said.SOURCE)
    table = _in_time_table(everyone)
    yield TableBlock("complaints-in-time", "Complaints answered in the Code's time", table, about, TIME_SHARES, made)
    for group in (*material.asked.groups, OUTSIDE):
        yield from _became(material, group, _of(everyone, group), found)


def _became(material: Material, group: str, found: Sequence[Timeliness], every: Complaints) -> Iterator[Block]:
    """What became of the complaints of one group; a chart where there are as many as a share is told for."""
    enough = [each for each in found if each.made >= material.smallest_base]
    timing = [sentence for each in enough for sentence in said.timing(each)]
    if timing and _at_length(material):
        yield Paragraph(_told_of(group, timing))
    told = [each for each in found if each.withheld is None and each.made >= words.SMALL_BASE]
    if told:
        title = f"What became of the complaints of {words.group_of(group)}, by stage"
        chart = handled_bars(found, title, year_line(material, group), said.SOURCE)
        how = of_in_time(every, asked_of_records(material, group))
        yield Figure(f"complaints-{group.lower()}-became", chart, TIME_SHARES, how, _at_length(material))


def _in_time_table(found: Sequence[Timeliness]) -> Table:
    return Table(
        *_noted(TIME_HEADINGS, tuple(_time_row(each) for each in found)),
        file_headings=TIME_FILE_HEADINGS,
        file_rows=tuple(_time_file_row(each) for each in found),
    )


def _time_row(found: Timeliness) -> tuple[str, ...]:
    made = words.NOTHING if found.withheld and found.made else words.count(found.made)
    without, within = found.without_extension, found.within_extension
    both = None if without is None or within is None else without + within
    parts = ((found.share, both), (found.share_without, without), (found.share_within, within))
    told = (words.NOTHING if s is None or n is None else _part(s, n, found.made) for s, n in parts)
    return (_group(found), said.stage(found.stage, found.code), made, *told, found.withheld or "")


def _part(share: float, number: int, made: int) -> str:
    """A published share to a tenth, as the page tells it; of fewer than thirty "7 of 10"."""
    counted = f"{words.count(number)} of {words.count(made)}"
    return counted if made < words.SMALL_BASE else words.exact_percent(share)


def _time_file_row(found: Timeliness) -> tuple[Cell, ...]:
    made = None if found.withheld and found.made else found.made
    return (
        _group(found), found.stage, found.code, made, found.without_extension, found.within_extension,
        found.not_yet_due, found.late, found.overdue, found.withdrawn, found.at_odds, found.acknowledged_in_time,
        found.median_days, found.share, found.share_without, found.share_within, found.share_of_due, found.withheld,
    )  # fmt: skip


# ── What about, and when ─────────────────────────────────────────────────────────────────────────


def _volumes(material: Material, found: Mapping[str, Complaints]) -> Iterator[Block]:
    """Stage one complaints of each group by topic and by month, or that there are too few."""
    yield Heading("What complaints were about, and when", 2)
    for group, each in found.items():
        ways = [way for way in (CATEGORY, MONTH) if any(r.per_thousand is not None for r in _first_stage(each, way))]
        for way in ways:
            yield from _volume(material, group, each, way)
        if not ways:
            why = _why_none(each)
            yield Paragraph(f"{_whose(group)}: not shown by topic or by month: {why}.")
    if any(rate.stage == 2 for each in found.values() for rate in each.volumes[CATEGORY]):
        yield Paragraph("Stage two complaints are not told by topic or month here: most would be a handful.")


def _volume(material: Material, group: str, found: Complaints, way: str) -> Iterator[Block]:
    """One group's stage one complaints divided one way, and what of it is not shown."""
    rates = _first_stage(found, way)
    caption, how = year_line(material, group), of_rates(found, asked_of_records(material, group))
    title = f"{said.volume_title(1, way)}: {words.group_of(group)}"
    if way == MONTH:
        homes, ended = next((r.homes for r in rates if r.homes), None), min(found.ended, found.as_of)
        over = "" if found.as_of >= found.ended else said.NOT_OVER
        chart = volume_months(rates, found.begun, ended, homes, title, caption + over, said.SOURCE)
        yield Figure(f"complaints-{group.lower()}-months", chart, how=how, printed=_at_length(material))
    else:
        chart = volume_bars(rates, way, title, caption, said.SOURCE)
        yield Figure(f"complaints-{group.lower()}-topics", chart, how=how)
    hidden = [(said.level(way, rate.group[-1][1]), rate.withheld) for rate in rates if rate.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        yield Paragraph(f"Not shown ({reason}): {words.listed(names, most=12)}.")


def _first_stage(found: Complaints, way: str) -> list[Rate]:
    return [rate for rate in found.volumes[way] if rate.stage == 1]


def _at_length(material: Material) -> bool:
    """Whether further charts are printed: in a pack in full, and in the one that is of nothing else."""
    return material.in_full or pack_kind(material.asked.kind).key == ANNUAL


def _why_none(found: Complaints) -> str:
    reasons = [rate.withheld for way in (CATEGORY, MONTH) for rate in found.volumes[way] if rate.withheld]
    return next(iter(reasons), "none was made")


# ── Overdue, never offered, learnt ───────────────────────────────────────────────────────────────


def _owed_now(material: Material) -> Iterator[Block]:
    yield Heading(f"Overdue on {words.british_date(material.today)}", 2)
    if about_a_few(material):
        yield Paragraph(NOT_OF_A_PART)
        return
    of = recorded(material)
    due = answers.complaints_due(material.generation, of.scope, material.today, tenures=of.tenures)
    overdue = sum(each.overdue for each in due)
    yield Paragraph(owed.complaints_owed(overdue, len(due) - overdue) or NONE_OVERDUE)
    if overdue:
        late = [each for each in due if each.overdue]
        told = [f"{said.stage(stage).lower()} {words.count(n)}" for stage in said.STAGES if (n := _at(late, stage))]
        yield Paragraph(f"Of those overdue: {', '.join(told)}. They are of every tenure, whenever they were made.")


def _at(late: Sequence[Due], stage: int) -> int:
    return sum(each.stage == stage for each in late)


def _never_offered(material: Material) -> Iterator[Block]:
    yield Heading(contacted.TITLE, 2)
    of = recorded(material)
    found = answers.never_offered(
        material.generation,
        material.readings,
        of.period,
        of.scope,
        material.today,
        material.smallest_base,
        of.tenures,
        material.asked.audience,
        ContactsRead(material.folder).said(),
    )
    if not found.contacts:
        yield Paragraph(contacted.NO_CONTACTS)
        return
    yield Paragraph(" ".join(contacted.told(found)))
    yield Note(contacted.CODE_OUTSIDE)
    shown = [] if found.withheld or found.unread == found.contacts else list(found.by.get("channel", ()))
    if any(each.value is not None for each in shown):
        chart = unoffered_dots(shown, "channel", year_line(material))
        how = of_unoffered(found, asked_of_records(material))
        yield Figure("complaints-unoffered", chart, ("share", "low", "high"), how, _at_length(material))


def _learning(material: Material) -> Iterator[Block]:
    yield Heading("What was promised, and what was learnt", 2)
    if about_a_few(material):
        yield Paragraph(NOT_OF_A_PART)
    elif SAFETY in material.asked.sections:
        yield Paragraph(PROMISES_THERE)
    else:
        of = recorded(material)
        found = answers.promises_made(material.generation, of.scope, material.today, tenures=of.tenures)
        yield from (Paragraph(sentence) for sentence in _promises(found))
    yield Paragraph(OF_LEARNING)


def _promises(found: Sequence[Promise]) -> Iterator[str]:
    if not found:
        yield "No promises made in replies are held, so whether they were kept is not known."
        return
    yield owed.ONLY_FROM_REPLIES
    yield owed.promises_kept(found)


# ── The annual report ────────────────────────────────────────────────────────────────────────────


def _annual_report(material: Material) -> Iterator[Block]:
    """In the annual pack: what the Code asks of the report, and what the landlord has to write itself."""
    if pack_kind(material.asked.kind).key != ANNUAL:
        return
    asked = complaint_report()
    yield Heading("What the annual report has to hold", 2)
    yield Paragraph(asked.published)
    if asked.note:
        yield Note(asked.note)
    rows = tuple((item.title, item.told or NOTHING_OF_IT, item.belongs) for item in asked.items)
    table = Table(REPORT_HEADINGS, rows, REPORT_FILE_HEADINGS, rows)
    about, made = (f"Source: {asked.source}.",), of_the_report(asked.source)
    yield TableBlock("complaints-report", "What the Code asks of the report, and who writes it", table, about, how=made)


def _of(found: Sequence[Counted], tenure_group: str) -> list[Counted]:
    return [each for each in found if ("tenure_group", tenure_group) in each.group]


def _group(found: Rate | Timeliness) -> str:
    return _whose(dict(found.group).get("tenure_group", ""))


def _told_of(tenure_group: str, sentences: Iterable[str]) -> str:
    return f"{_whose(tenure_group)}. {' '.join(sentences)}"


def _whose(tenure_group: str) -> str:
    return words.GROUP_NAMES.get(tenure_group, tenure_group)
