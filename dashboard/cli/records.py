"""Commands about records: complaints against the Code, and what needs a person this week."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, TypeVar

from analysis.model import WHOLE_LANDLORD, Complaints, Question, Rate, ThisWeek, Timeliness
from dashboard import actions
from dashboard.answers import answer_complaints, levels_of, record_periods, scope_of, this_week
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_audience, add_json, tell, tell_json
from dashboard.cli.figures import VALUES_SHOWN, filters_of, held_in
from dashboard.words import british_date, listed, owed
from dashboard.words import complaints as said
from dashboard.words import week as weekly
from dashboard.words.quality import alert_line
from data.generation import Generation
from data.quality import Alert, alerts
from data.settings import Settings

Counted = TypeVar("Counted", Rate, Timeliness)
WEEK = timedelta(days=7)
GROUPS = ("LCRA", "LCHO", "outside")
NARROWED_BY = ("estate", "tenure")


def complaints_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--period", metavar="NAME", help="a period or a wave's reporting year (default: the year to date)")
    own.add_argument("--tenure-group", choices=GROUPS, default="LCRA", help="whose the volumes are (default: LCRA)")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="an estate or a tenure")
    add_audience(own)
    add_json(own)


def of_complaints(options: argparse.Namespace, settings: Settings) -> int:
    """CH01 and CH02 of both tenure groups, leaseholders' as a second total, and volumes every way."""
    store, held = held_in(settings)
    today = actions.today(settings)
    period = options.period or _latest_period(held, today)
    scope, tenures = scope_of(_narrowed(options.where, held))
    found = answer_complaints(
        held, period, scope, today, settings.smallest_base, options.tenure_group, tenures, options.audience
    )
    if options.json:
        tell_json(
            {"generation": held.number, "invented": store.kind == "sample", "period": period, **_complaints(found)}
        )
    else:
        _print_complaints(found)
    return DONE


def this_week_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--since", metavar="DATE", type=date.fromisoformat, help="what is new since (default: 7 days ago)")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="an estate or a tenure")
    add_json(own)


def of_this_week(options: argparse.Namespace, settings: Settings) -> int:
    """What needs a person now and what is new; 1 where a complaint, a promise or something of the data is overdue."""
    store, held = held_in(settings)
    today = actions.today(settings)
    scope, tenures = scope_of(_narrowed(options.where, held))
    found = this_week(held, scope, today, options.since or today - WEEK, tenures)
    to_see_to = alerts(held, actions.owners_in_use(settings).charges(), today)
    if options.json:
        invented = store.kind == "sample"
        tell_json({"generation": held.number, "invented": invented, **_week(found, to_see_to)})
    else:
        _print_week(found, to_see_to)
    overdue = any(each.overdue for each in found.due) or any(alert.overdue for alert in to_see_to)
    return PROBLEMS if overdue or any(each.state == "overdue" for each in found.promises) else DONE


def _latest_period(held: Generation, today: date) -> str:
    periods = record_periods(held, WHOLE_LANDLORD, today)
    if not periods:
        raise Failure("No complaints are held. Take the file in with `take-in FILE --as complaints`.", PROBLEMS)
    return periods[0].name


def _narrowed(where: list[str], held: Generation) -> Question:
    """The question these filters say. Raises Failure for a way or a value that is not there."""
    filters = filters_of(where)
    for key, values in filters:
        if key not in NARROWED_BY:
            raise Failure(f"Records are narrowed by {' and '.join(NARROWED_BY)}, not by {key}.", USAGE)
        there = levels_of(held, key)
        for value in values:
            if value not in there:
                raise Failure(f"No home's {key} is '{value}'. There are: {listed(there, VALUES_SHOWN)}.", USAGE)
    return Question("", "LCRA", WHOLE_LANDLORD, filters=filters)


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _complaints(found: Complaints) -> Mapping[str, Any]:
    return {
        "begun": found.begun,
        "ended": found.ended,
        "as_of": found.as_of,
        "tenure_group": found.tenure_group,
        "rates": [_counted(each) for each in found.rates],
        "timeliness": [_counted(each) for each in found.timeliness],
        "leaseholders": {
            "rates": [_counted(each) for each in found.outside],
            "timeliness": [_counted(each) for each in found.outside_timeliness],
        },
        "volumes": {way: [_counted(each) for each in rates] for way, rates in found.volumes.items()},
        "set_aside": dict(found.set_aside),
        "notes": list(found.notes),
    }


def _counted(found: Rate | Timeliness) -> Mapping[str, Any]:
    return {**asdict(found), "group": dict(found.group)}


def _week(found: ThisWeek, to_see_to: tuple[Alert, ...]) -> Mapping[str, Any]:
    return {
        "today": found.today,
        "complaints": [asdict(each) for each in found.due],
        "hazards": [asdict(each) for each in found.hazards],
        "promises": [asdict(each) for each in found.promises],
        "alerts": [asdict(each) for each in to_see_to],
        "new": dict(found.new),
        "newest": dict(found.newest),
    }


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


def _print_complaints(found: Complaints) -> None:
    for name, rates, handled in (
        *((said.made_by(group), _of(found.rates, group), _of(found.timeliness, group)) for group in GROUPS[:2]),
        (said.made_by("outside"), found.outside, found.outside_timeliness),
    ):
        tell(name)
        for rate in rates:
            tell(f"  {said.rate_line(rate)}")
        for each in handled:
            tell(f"  {said.in_time_line(each)}")
    for note in found.notes:
        tell(note)


def _of(found: Sequence[Counted], tenure_group: str) -> list[Counted]:
    return [each for each in found if dict(each.group)["tenure_group"] == tenure_group]


def _print_week(found: ThisWeek, to_see_to: tuple[Alert, ...]) -> None:
    late = sum(each.overdue for each in found.due)
    overdue = sum(each.state == "overdue" for each in found.promises)
    told = (
        (owed.complaints_owed(late, len(found.due) - late), map(owed.due_row, found.due)),
        (owed.hazards_open(each.severity for each in found.hazards), map(owed.hazard_row, found.hazards)),
        (owed.promises_owed(overdue, len(found.promises) - overdue), map(owed.promise_row, found.promises)),
    )
    tell(f"As on {british_date(found.today)}.")
    if not to_see_to and not any(sentence for sentence, _ in told):
        tell(weekly.NOTHING_NEEDED)
    for sentence, rows in told:
        if sentence:
            tell(sentence)
            for row in rows:
                tell("  " + " · ".join(row))
    for alert in to_see_to:
        tell(alert_line(alert))
    tell(f"New: {weekly.new_line(found.new) or weekly.NOTHING_NEW}")
