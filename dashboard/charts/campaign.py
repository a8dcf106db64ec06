"""A contact campaign as tables: homes by what became of the last call, what is known now, lists, paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model.campaign import Called, CallList, Coverage, Knowledge, Matter, PaperList
from dashboard.charts.chart import Cell, Table, group_name
from dashboard.words import campaign as said
from dashboard.words import count
from data.campaign.campaigns import Change

ALL = "All homes on the list"


def called_table(everyone: Called, groups: Sequence[Called], way: str) -> Table:
    """Homes by what became of the last call: everyone, then group by group."""
    every = (everyone, *groups)
    file_rows: list[tuple[Cell, ...]] = [
        (
            group_name(each.group, ALL), each.homes, each.reached, each.not_reached, each.wrong_number, each.refused,
            each.to_call, each.set_aside, each.withheld,
        )
        for each in every
    ]  # fmt: skip
    return Table(
        (way, *said.CALLED_HEADINGS),
        tuple((group_name(each.group, ALL), *said.called_row(each)) for each in every if not each.withheld),
        (way.lower(), "homes", "reached", "not_reached", "wrong_number", "refused", "to_call", "set_aside", "withheld"),
        tuple(file_rows),
    )


def knowledge_table(found: Sequence[Knowledge], titles: Mapping[str, str]) -> Table:
    """Of the homes reached: of how many each field was known and confirmed, before and now."""
    return Table(
        said.KNOWLEDGE_HEADINGS,
        tuple(
            (
                titles[each.field],
                *(
                    said.part_of(number, each.base)
                    for number in (each.known_before, each.known_after, each.fresh_before, each.fresh_after)
                ),
            )
            for each in found
        ),
        ("field", "homes_reached", "known_before", "known_now", "confirmed_before", "confirmed_now"),
        tuple(
            (each.field, each.base, each.known_before, each.known_after, each.fresh_before, each.fresh_after)
            for each in found
        ),
    )


def coverage_table(found: Sequence[Coverage], way: str) -> Table:
    """Homes on the list heard from before, and with those reached: everyone, then group by group."""
    return Table(
        (way, *said.COVERAGE_HEADINGS),
        tuple(
            (
                group_name(each.group, ALL),
                count(each.homes),
                said.part_of(each.before, each.homes),
                said.part_of(each.after, each.homes),
            )
            for each in found
            if not each.withheld
        ),
        (way.lower(), "homes", "heard_before", "heard_now", "withheld"),
        tuple((group_name(each.group, ALL), each.homes, each.before, each.after, each.withheld) for each in found),
    )


def lists_table(found: Sequence[CallList]) -> Table:
    """Each caller's list, by name."""
    rows = tuple((each.caller, each.homes, each.to_call, each.on_paper) for each in found)
    return Table(
        said.LIST_HEADINGS,
        tuple((name, *map(count, numbers)) for name, *numbers in rows),
        ("caller_as_given", "homes", "to_call", "on_paper"),
        rows,
    )


def papers_table(found: Sequence[tuple[PaperList, str]]) -> Table:
    """Paper lists with their numbers, and how each stands."""
    return Table(
        said.PAPER_HEADINGS,
        tuple(said.paper_row(paper, number) for paper, number in found),
        ("list", "caller_as_given", "homes", "to_be_used_until", "state", "destroyed", "destroyed_by"),
        tuple(
            (
                number, paper.caller, paper.homes, paper.ends.isoformat(), paper.state, paper.destroyed,
                paper.destroyed_by,
            )
            for paper, number in found
        ),
    )  # fmt: skip


def told_table(found: Sequence[Matter], titles: Mapping[str, tuple[str, str]]) -> Table:
    """Matters where words, homes and callers do not belong: number, kind, moment, and who sees to it."""
    rows = tuple(said.told_row(each, *titles[each.kind]) for each in found)
    return Table(said.TOLD_HEADINGS, rows, ("number", "told_of", "when", "for"), rows)


def changes_table(found: Sequence[Change]) -> Table:
    """What is to go into the housing system."""
    rows = tuple(tuple(each) for each in found)
    return Table(Change._fields, rows, Change._fields, rows)
