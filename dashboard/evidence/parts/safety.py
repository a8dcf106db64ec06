"""Safety: hazards by severity and their clocks, what is open, what the law asks, repairs, promises made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.cases import SEVERITIES
from analysis.model import HazardClock, Promise, Repairs
from dashboard import answers, words
from dashboard.charts.chart import Cell, Table
from dashboard.charts.volumes import repair_months
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.recorded import about_a_few, asked_of_records, recorded, records_line, year_line
from dashboard.how import safety as how
from dashboard.words import complaints as counted
from dashboard.words import owed
from dashboard.words import safety as said
from data.fairness import record_outcomes
from data.hazard_law import hazard_law

QUALITY = "quality"  # the part that tells what is provisional
NOT_OF_A_PART = "Told of the whole landlord only, outside the landlord: of a part it could be about a few homes."
NO_HAZARDS = "No hazard cases are held, so how many there were is not known, and is not nought."
NONE_OPEN = "No hazard case is open in the landlord's tracker."
NONE_REPORTED = "No hazard case is recorded as reported in this time."
NO_REPAIRS = "No repairs are held, so how many there were is not known."
NO_PROMISES = "No promises made in replies are held, so whether they were kept is not known."
SOURCE_HAZARDS = "Hazards as the landlord's own tracker has them."
SOURCE_PROMISES = "Promises as the landlord recorded them in replies to complaints."
WITHOUT_NAMES = "Counts only: no home, no tenant and no words of a promise stand in this document."
TARGET_HEADINGS = ("Priority", "Completed with a target day", "By their target day", "Share")


def blocks(material: Material) -> tuple[Block, ...]:
    """Hazards and repairs of the reporting year of the wave; what is open and promised on the day of the pack."""
    if about_a_few(material):
        return (Paragraph(NOT_OF_A_PART), *_law(material))
    held = material.generation.held_rows()
    return (
        Note(said.NOT_THE_SYSTEM_OF_RECORD),
        Heading("Hazards", 2),
        *(_hazards(material) if held["hazards"] else (Paragraph(NO_HAZARDS),)),
        *_law(material),
        Heading("Repairs", 2),
        *(_repairs(material) if held["repairs"] else (Paragraph(NO_REPAIRS),)),
        Heading("Promises", 2),
        *_promises(material),
    )


def _when(material: Material) -> str:
    """The period in words: the reporting year of the wave, as far as it is gone."""
    of = recorded(material)
    return f"{words.period(of.begun, of.ended)}, as known on {words.british_date(material.today)}"


# ── Hazards ──────────────────────────────────────────────────────────────────────────────────────


def _hazards(material: Material) -> Iterator[Block]:
    of, asked = recorded(material), asked_of_records(material)
    found = answers.hazards_counted(material.generation, of.period, of.scope, of.tenures)
    about = (year_line(material), SOURCE_HAZARDS)
    if found:
        total = counted.hazards_counted(sum(each.opened for each in found), sum(each.closed for each in found))
        yield Paragraph(f"From {_when(material)}. {total}")
        rows = tuple((owed.severity(e.severity), words.count(e.opened), words.count(e.closed)) for e in found)
        plainly = tuple((each.severity, each.opened, each.closed) for each in found)
        table = Table(counted.HAZARD_HEADINGS, rows, counted.HAZARD_HEADINGS, plainly)
        made = how.of_hazards(asked)
        yield TableBlock("safety-hazards", "Hazard cases by severity", table, about, (), made, material.in_full)
        yield from _clocks(material, about)
    else:
        yield Paragraph(NONE_REPORTED)
    yield from _open(material)


def _clocks(material: Material, about: tuple[str, ...]) -> Iterator[Block]:
    """How many were looked into and made safe in time, of renters."""
    of, outcomes = recorded(material), record_outcomes()
    found = answers.hazards_in_time(material.generation, of.period, of.scope, material.today, of.tenures)
    titles = {each.outcome: outcomes[each.outcome].title for each in found}
    yield Paragraph(said.RENTERS_ONLY)
    table = _clock_table(found, titles)
    asked = asked_of_records(material, "LCRA")
    made = how.of_clocks(tuple(outcomes[each.outcome] for each in found), asked)
    yield TableBlock("safety-clocks", "Hazards of renters looked into and made safe in time", table, about, (), made)


def _clock_table(found: Sequence[HazardClock], titles: dict[str, str]) -> Table:
    return Table(
        headings=said.CLOCK_HEADINGS,
        rows=tuple(
            (titles[each.outcome], words.count(each.due), words.count(each.in_time), said.in_time(each))
            for each in found
        ),
        file_headings=("what", "cases whose time is up", "in time"),
        file_rows=tuple((titles[each.outcome], each.due, each.in_time) for each in found),
    )


def _open(material: Material) -> Iterator[Block]:
    """What is open on the day of the pack, whenever it was reported."""
    of = recorded(material)
    found = answers.hazards_open(material.generation, of.scope, material.today, of.tenures)
    yield Heading(f"Open on {words.british_date(material.today)}", 3)
    if not found:
        yield Paragraph(NONE_OPEN)
        return
    yield Paragraph(owed.hazards_open(case.severity for case in found))
    told = [said.open_row(key, found) for key in SEVERITIES if any(case.severity == key for case in found)]
    table = Table(said.OPEN_HEADINGS, tuple(map(said.open_words, told)), said.OPEN_FILE_HEADINGS, tuple(told))
    about = (records_line(material, words.british_date(material.today)), SOURCE_HAZARDS, said.OWN_DAY)
    made = how.of_open_cases(asked_of_records(material))
    yield TableBlock("safety-open", "Hazard cases that are open", table, about, how=made)


def _law(material: Material) -> Iterator[Block]:
    """What Awaab's Law asks, and what of it is only expected; its steps in a pack in full, else in the workbook."""
    law = hazard_law()
    if material.in_full or about_a_few(material):
        yield Heading("What Awaab's Law asks", 2)
        yield Paragraph(f"{law.scope} {law.aware}")
    about, made = (f"Source: {law.source}.",), how.of_the_law(law.source)
    phases = _as_read(said.PHASE_HEADINGS, tuple(map(said.phase_row, law.phases)))
    yield TableBlock("safety-law-phases", "Which hazards, from when", phases, about, (), made, material.in_full)
    if QUALITY not in material.asked.sections:
        yield from (Note(words_of) for phase in law.phases if (words_of := said.expected(phase)))
    steps = _as_read(said.STEP_HEADINGS, tuple(map(said.step_row, law.steps)))
    title = "What is to be done, and within how long"
    yield TableBlock("safety-law-steps", title, steps, about, (), made, material.in_full)


def _as_read(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(headings, rows, tuple(heading.lower() for heading in headings), rows)


# ── Repairs ──────────────────────────────────────────────────────────────────────────────────────


def _repairs(material: Material) -> Iterator[Block]:
    of, asked = recorded(material), asked_of_records(material)
    found = answers.repairs_done(material.generation, of.period, of.scope, material.today, of.tenures)
    yield Paragraph(f"From {_when(material)}. {counted.repairs_counted(found)}")
    about = (year_line(material), counted.REPAIRS)
    made = how.of_repairs(asked)
    if found.targets:
        title = "Repairs completed by their target day"
        yield TableBlock("safety-repairs-targets", title, _targets(found), about, ("share",), made)
    if found.months:
        over = counted.NOT_OVER if of.ended > material.today else ""
        chart = repair_months(found.months, "Repairs raised and completed, by month", about[0] + over, about[1])
        yield Figure("safety-repairs-months", chart, how=made, printed=material.in_full)


def _targets(found: Repairs) -> Table:
    rows: list[tuple[str, ...]] = []
    plainly: list[tuple[Cell, ...]] = []
    for each in found.targets:
        share = words.answer_share(each.in_time / each.timed, each.in_time, each.timed)
        name = words.sentence_case(each.priority)
        rows.append((name, words.count(each.timed), words.count(each.in_time), share))
        plainly.append((each.priority, each.timed, each.in_time, each.in_time / each.timed))
    names = ("priority", "completed with a target day", "by their target day", "share")
    return Table(TARGET_HEADINGS, tuple(rows), names, tuple(plainly))


# ── Promises ─────────────────────────────────────────────────────────────────────────────────────


def _promises(material: Material) -> Iterator[Block]:
    of = recorded(material)
    found = answers.promises_made(material.generation, of.scope, material.today, tenures=of.tenures)
    if not found:
        yield Paragraph(NO_PROMISES)
        return
    yield Paragraph(f"{_due(found)} {owed.promises_kept(found)} {owed.ONLY_FROM_REPLIES} {WITHOUT_NAMES}")
    states = said.promise_states(found)
    rows = tuple((name, words.count(n)) for name, n in states)
    table = Table(said.PROMISE_HEADINGS, rows, ("state", "promises"), states)
    about = (records_line(material, words.british_date(material.today)), SOURCE_PROMISES)
    made = how.of_promises(asked_of_records(material))
    title = "Promises made in replies, and whether they were kept"
    yield TableBlock("safety-promises", title, table, about, (), made, material.in_full)


def _due(found: Sequence[Promise]) -> str:
    states = [promise.state for promise in found]
    return owed.promises_owed(states.count("overdue"), states.count("due soon")) or owed.NO_PROMISE_DUE
