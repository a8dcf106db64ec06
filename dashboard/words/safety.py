"""Hazards and their clocks, promises, and what Awaab's Law asks, as sentences and rows."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import HazardCase, HazardClock, Promise
from dashboard.words.owed import STATES, severity
from dashboard.words.shares import NOTHING, SMALL_BASE, count, people, percent
from dashboard.words.surveys import british_date
from data.hazard_law import Phase, Step

OPEN_HEADINGS = ("Severity", "Open", "Inspected", "Inspection overdue", "No day recorded", "Longest open")
OPEN_FILE_HEADINGS = ("severity", "open", "inspected", "inspection overdue", "no day recorded", "longest open, days")
CLOCK_HEADINGS = ("What", "Cases whose time is up", "In time", "Share")
PHASE_HEADINGS = ("Phase", "From", "Hazards", "State")
STEP_HEADINGS = ("What is to be done", "Within", "Of")
PROMISE_HEADINGS = ("State", "Promises")
NOT_THE_SYSTEM_OF_RECORD = (
    "Tenant Voice is not watched out of hours and is not the system of record: hazards are worked in the landlord's "
    "own systems, and this is what their last files said."
)
PHASE_STATES = {"in force": "In force", "expected": "Expected, not confirmed", "announced": "Announced, no day known"}
OWN_DAY = (
    "Overdue is by the day the landlord's own tracker gives for the inspection; cases without one are told apart. The "
    "law's clocks are not judged case by case here."
)
RENTERS_ONLY = (
    "Of renters only: shared owners and leaseholders are outside Awaab's Law, and a hazard there is still put right. "
    "Files hold days, where the law counts 24 hours, and the clock here begins on the day the tracker says reported."
)


def in_time(found: HazardClock) -> str:
    """The share of cases in time; of fewer than thirty "7 of 10".

    >>> in_time(HazardClock("hazards_seen", 72, 61)), in_time(HazardClock("hazards_safe", 8, 6))
    ('85% (61 of 72)', '6 of 8')
    >>> in_time(HazardClock("hazards_safe", 0, 0))
    '–'
    """
    if not found.due:
        return NOTHING
    counted = f"{count(found.in_time)} of {count(found.due)}"
    return counted if found.due < SMALL_BASE else f"{percent(found.in_time / found.due)} ({counted})"


def clock_line(title: str, found: HazardClock) -> str:
    """One clock as a sentence.

    >>> clock_line("Significant hazards looked into in ten working days", HazardClock("hazards_seen", 72, 61))
    'Significant hazards looked into in ten working days: 85% (61 of 72).'
    >>> clock_line("Hazards made safe in time", HazardClock("hazards_safe", 0, 0))
    'Hazards made safe in time: no case of which that can be said.'
    """
    return f"{title}: {in_time(found) if found.due else 'no case of which that can be said'}."


def open_row(key: str, found: Sequence[HazardCase]) -> tuple[str, int, int, int, int, int | None]:
    """The open cases of one severity: how many, how many inspected, how many overdue, and the longest open in days.

    >>> from datetime import date
    >>> one = HazardCase("H1", "emergency", "Damp", None, 9, date(2026, 11, 12), None, True, "Ash Court")
    >>> two = HazardCase("H2", "emergency", "Damp", None, 4, None, date(2026, 11, 12), False, "Ash Court")
    >>> open_row("emergency", [one, two])
    ('Emergency', 2, 1, 1, 0, 9)
    """
    mine = [case for case in found if case.severity == key]
    return (
        severity(key),
        len(mine),
        sum(case.inspected is not None for case in mine),
        sum(case.inspection_overdue for case in mine),
        sum(case.inspected is None and case.investigation_due is None for case in mine),
        max((case.days_open for case in mine if case.days_open is not None), default=None),
    )


def open_words(row: tuple[str, int, int, int, int, int | None]) -> tuple[str, ...]:
    """The same as read.

    >>> open_words(("Emergency", 2, 1, 1, 0, 9)), open_words(("Other", 1, 0, 0, 1, None))
    (('Emergency', '2', '1', '1', '0', '9 days'), ('Other', '1', '0', '0', '1', '–'))
    """
    name, *numbers, longest = row
    return (name, *map(_number, numbers), NOTHING if longest is None else people(longest, "day", "days"))


def _number(value: object) -> str:
    return count(value) if isinstance(value, int) else NOTHING


def promise_states(found: Sequence[Promise]) -> tuple[tuple[str, int], ...]:
    """How many promises stand in each state, overdue first.

    >>> promise_states([Promise("a", 1, "kept", None, None, None, None)])
    (('Kept', 1),)
    """
    states = [promise.state for promise in found]
    return tuple((name, states.count(key)) for key, name in STATES.items() if key in states)


def phase_row(found: Phase) -> tuple[str, ...]:
    """A phase of the law as a row.

    >>> from datetime import date
    >>> phase_row(Phase(3, date(2027, 1, 1), "announced", "all others", "", True))
    ('3', '2027', 'All others', 'Announced, no day known')
    """
    when = str(found.first_day.year) if found.only_year else british_date(found.first_day)
    hazards = found.hazards[:1].upper() + found.hazards[1:]
    return (str(found.number), when, hazards, PHASE_STATES[found.state])


def expected(found: Phase) -> str:
    """What stands beside a phase that nobody has confirmed; "" beside one in force.

    >>> from datetime import date
    >>> expected(Phase(2, date(2026, 11, 30), "expected", "cold", "The day: unofficial"))
    'Phase 2 is shown as expected on 30 November 2026 until somebody confirms the legislation. The day: unofficial.'
    """
    if found.state != "expected":
        return ""
    when = british_date(found.first_day)
    return (
        f"Phase {found.number} is shown as expected on {when} until somebody confirms the legislation. {found.source}."
    )


def step_row(found: Step) -> tuple[str, ...]:
    """A step of the law as a row.

    >>> step_row(Step("Emergency: investigate and make safe", 24, "hours", "becoming aware"))
    ('Emergency: investigate and make safe', '24 hours', 'becoming aware')
    """
    return (found.what, f"{found.limit} {found.unit}", found.since)
