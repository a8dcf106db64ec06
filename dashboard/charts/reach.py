"""Homes that answered or were heard from, group by group: counted, so that there is no interval to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.model import Contactable, Group, HeardHomes, Reach
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import NOTHING, answer_share, count
from dashboard.words.silence import (
    CHANNEL_NAMES,
    OUTCOMES,
    STATE_NAMES,
    chance_words,
    counted,
    group_of_homes,
    heard_beside,
    heard_words,
    part,
    reach_words,
    tenths,
)

DRAWN = 10  # the quietest; a chart of every estate would not be looked at, and the table has them all
READ = 60  # rows of a table on the page; the file has every one


def reach_dots(found: Sequence[Reach], title: str, caption: str, source: str, of: str) -> Chart:
    """A dot for each of the ten quietest groups: answers per home. The rest, and the small, stand in the table."""
    shown = [each for each in found if each.share is not None][:DRAWN]
    marks = tuple(Mark(_named(each.group), each.share, None, None, reach_words(each)) for each in shown)
    return _dots(marks, "Answers per home", title, caption, source, _reach_table(found, of))


def heard_dots(found: Sequence[HeardHomes], title: str, caption: str, source: str, of: str) -> Chart:
    """A dot for each of the ten least heard groups, beside everyone: homes heard from through any channel."""
    marks = [Mark(_named(each.group), each.share, None, None, heard_words(each)) for each in found]
    shown = tuple(mark for mark in marks[1:] if mark.value is not None)[:DRAWN]
    everyone = replace(marks[0], words=heard_beside(found[0])) if marks and marks[0].value is not None else None
    return _dots(shown, "Homes heard from", title, caption, source, _heard_table(found, of), everyone)


def outcomes_table(outcomes: Mapping[str, int]) -> Table:
    """What became of everybody invited, most first."""
    invited = sum(outcomes.values())
    rows = tuple(
        (OUTCOMES.get(name, name), count(n), answer_share(n / invited, n, invited)) for name, n in outcomes.items()
    )
    return Table(
        headings=("Outcome", "Invited", "Share"),
        rows=rows,
        file_headings=("outcome", "invited", "share"),
        file_rows=tuple((name, n, n / invited) for name, n in outcomes.items()),
    )


def contactable_table(found: Sequence[Contactable], of: str) -> Table:
    """How tenancies can be reached, everyone first."""
    return Table(
        headings=(of, "Tenancies", "E-mail", "Mobile", "Portal", "None known", "Note"),
        rows=tuple((_named(each.group), *map(counted, _numbers(each)), each.withheld or "") for each in found),
        file_headings=(of.lower(), "tenancies", "e-mail", "mobile", "portal", "none known", "why not shown"),
        file_rows=tuple((_named(each.group), *_numbers(each), each.withheld) for each in found),
    )


def _numbers(found: Contactable) -> tuple[int | None, ...]:
    return (found.tenancies, found.email, found.mobile, found.portal, found.none_known)


def _named(group: Group) -> str:
    return group_of_homes(group)


def _dots(
    marks: tuple[Mark, ...],
    name: str,
    title: str,
    caption: str,
    source: str,
    table: Table,
    everyone: Mark | None = None,
) -> Chart:
    beside = f" {everyone.label}: {everyone.words}." if everyone else ""
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series(name, "main", marks),),
        alt=f"Dots: {title}. {extremes(marks)}{beside} The table has every figure.",
        caption=caption,
        source=source,
        table=table,
        reference=everyone,
    )


def _reach_table(found: Sequence[Reach], of: str) -> Table:
    return Table(
        headings=(of, "Homes", "Invited", "Answered", "Usual", "By chance alone", "Of the homes", "Verdict"),
        rows=tuple(_reach_row(each) for each in found[:READ]),
        file_headings=(
            *(of.lower(), "homes", "invited", "answered", "expected", "tail probability", "after Holm"),
            *("answers per home", "response", "verdict", "state", "note"),
        ),
        file_rows=tuple(_reach_file_row(each) for each in found),
    )


def _reach_row(each: Reach) -> tuple[str, ...]:
    """A row as read; of a handful of homes not even how many answered is told."""
    few = bool(each.withheld and each.homes)
    return (
        _named(each.group),
        count(each.homes),
        NOTHING if few else counted(each.issued),
        NOTHING if few else count(each.answered),
        NOTHING if few or each.expected is None else tenths(each.expected),
        NOTHING if few else chance_words(each.tail),
        NOTHING if each.share is None else part(each.answered, each.homes),
        each.withheld or (STATE_NAMES[each.state] if each.verdict is None else each.verdict.value),
    )


def _reach_file_row(each: Reach) -> tuple[Cell, ...]:
    few = bool(each.withheld and each.homes)
    numbers = (each.issued, each.answered, each.expected, each.tail, each.adjusted, each.share, each.response)
    told = (None,) * len(numbers) if few else numbers
    verdict = None if few or each.verdict is None else each.verdict.value
    return (_named(each.group), each.homes, *told, verdict, None if few else STATE_NAMES[each.state], each.withheld)


def _heard_table(found: Sequence[HeardHomes], of: str) -> Table:
    channels = list(found[0].channels) if found else []
    named = [CHANNEL_NAMES[channel] for channel in channels]
    more = ("silent", "only_wrong", "spoken_to")
    return Table(
        headings=(of, "Homes", "Heard from", "Share", "Silent", "Only when wrong", "Spoken to by plan", *named, "Note"),
        rows=tuple(
            (
                _named(each.group),
                count(each.homes),
                counted(each.heard),
                NOTHING if each.share is None else answer_share(each.share, each.heard, each.homes),
                *(counted(getattr(each, name)) for name in more),
                *(counted(each.channels.get(channel)) for channel in channels),
                each.withheld or "",
            )
            for each in found[:READ]
        ),
        file_headings=(of.lower(), "homes", "heard", "share", *more, *channels, "why not shown"),
        file_rows=tuple(
            (
                _named(each.group),
                each.homes,
                each.heard,
                each.share,
                *(getattr(each, name) for name in more),
                *(each.channels.get(channel) for channel in channels),
                each.withheld,
            )
            for each in found
        ),
    )
