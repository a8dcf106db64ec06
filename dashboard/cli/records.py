"""Commands about records: complaints against the Code, and what needs a person this week."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any, TypeVar

from analysis.model import (
    WHOLE_LANDLORD,
    Audience,
    Comment,
    Complaints,
    Estimate,
    Question,
    Rate,
    ThisWeek,
    Timeliness,
    Unoffered,
)
from dashboard import actions
from dashboard.answers import (
    answer_complaints,
    levels_of,
    never_offered,
    never_offered_words,
    record_periods,
    scope_of,
    this_week,
)
from dashboard.cli.command import (
    DONE,
    PROBLEMS,
    USAGE,
    Failure,
    add_audience,
    add_json,
    day,
    printable,
    tell,
    tell_json,
)
from dashboard.cli.figures import VALUES_SHOWN, filters_of, held_in
from dashboard.words import british_date, in_words, listed, owed
from dashboard.words import complaints as said
from dashboard.words import unoffered as contacted
from dashboard.words import week as weekly
from dashboard.words.quality import alert_line
from data.contacts_read import ContactsRead
from data.generation import Generation
from data.quality import Alert, alerts
from data.settings import Settings
from data.store import Store

Counted = TypeVar("Counted", Rate, Timeliness)
WEEK = timedelta(days=7)
GROUPS = ("LCRA", "LCHO", "outside")
NARROWED_BY = ("estate", "tenure")


def complaints_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--period", metavar="NAME", help="a period or a wave's reporting year (default: the year to date)")
    own.add_argument("--tenure-group", choices=GROUPS, default="LCRA", help="whose the volumes are (default: LCRA)")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="an estate or a tenure")
    own.add_argument(
        "--unoffered", action="store_true", help="dissatisfaction told in contacts and never offered a complaint"
    )
    own.add_argument("--most", metavar="N", type=int, default=20, help="contacts to read at most (default: 20)")
    add_audience(own)
    add_json(own)


def of_complaints(options: argparse.Namespace, settings: Settings) -> int:
    """CH01 and CH02 of both tenure groups, leaseholders' as a second total, and volumes every way."""
    store, held = held_in(settings)
    today = actions.today(settings)
    period = options.period or _latest_period(held, today)
    scope, tenures = scope_of(_narrowed(options.where, held))
    if options.unoffered:
        return _of_unoffered(options, settings, store, held, period)
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


def _of_unoffered(options: argparse.Namespace, settings: Settings, store: Store, held: Generation, period: str) -> int:
    """How much dissatisfaction in contacts no complaint followed, and the contacts to read, redacted, newest first."""
    scope, tenures = scope_of(_narrowed(options.where, held))
    readings, base = actions.readings_of(store).select(), settings.smallest_base
    by_people = ContactsRead(store.folder).said()
    today = actions.today(settings)
    found = never_offered(held, readings, period, scope, today, base, tenures, options.audience, by_people)
    inside = options.audience is Audience.INTERNAL
    read = never_offered_words(found, held, readings, scope, base, max(options.most, 0)) if inside else []
    if options.json:
        invented = store.kind == "sample"
        tell_json({"generation": held.number, "invented": invented, "period": period, **_unoffered(found, read)})
        return DONE
    for line in contacted.told(found):
        tell(line)
    for way, shares in found.by.items():
        tell(contacted.title(way))
        for share in shares:
            tell(f"  {share.group[0][1]}: {in_words(share, *contacted.CONTACTS)}")
    tell(contacted.to_read(found))
    states = {each.comment_id: contacted.state(each) for each in found.to_read}
    for comment in read:
        tell(f"  {comment.when}, {states[comment.comment_id]}: {printable(comment.text)}")
    for note in found.notes:
        tell(note)
    return DONE


def this_week_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--since", metavar="DATE", type=day, help="what is new since (default: 7 days ago)")
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


def _unoffered(found: Unoffered, read: Sequence[Comment]) -> Mapping[str, Any]:
    """Figures, then the contacts to read: those whose words may be shown have them, redacted."""
    said_by = {comment.comment_id: comment for comment in read}
    waiting = [
        {**asdict(each), "text": said_by[each.comment_id].text, "place": dict(said_by[each.comment_id].place)}
        for each in found.to_read
        if each.comment_id in said_by
    ]
    told = [each.name for each in fields(found) if each.name not in ("by", "to_read", "share")]
    figures = {name: getattr(found, name) for name in told}
    return {
        **figures,
        "share": _estimate(found.share),
        "by": {way: [_estimate(share) for share in shares] for way, shares in found.by.items()},
        "to_read": {"n": len(found.to_read), "still_in_time": sum(not e.late for e in found.to_read), "shown": waiting},
    }


def _estimate(share: Estimate) -> Mapping[str, Any]:
    return {
        **dict(share.group),
        "value": share.value,
        "low": share.low,
        "high": share.high,
        "contacts": share.told_base,
        "without_complaint": share.yes,
        "withheld": share.withheld,
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
