"""Where the next calls should go, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import CallCell, CallPlan
from dashboard.words.shares import NOTHING, people, percent
from dashboard.words.silence import group_of_homes, homes, tenths
from dashboard.words.surveys import listed


def plan_headline(found: CallPlan) -> str:
    """How many calls, and what they should bring.

    >>> plan_headline(CallPlan(("estate",), (), 100, 100, 19.2, 0.015, (), {}))
    '100 calls, which should bring about 19 answers'
    >>> plan_headline(CallPlan(("estate",), (), 100, 60, None, None, (), {}))
    '60 calls: there are no more homes to call'
    >>> plan_headline(CallPlan(("estate",), (), 100, 60, 11.6, None, (), {}))
    '60 calls, which should bring about 12 answers: there are no more homes to call'
    """
    if found.withheld:
        return f"No calls can be proposed: {found.withheld}"
    calls = people(found.calls, "call", "calls")
    if found.expected is not None:
        calls = f"{calls}, which should bring about {people(round(found.expected), 'answer', 'answers')}"
    return f"{calls}: there are no more homes to call" if found.calls < found.asked_for else calls


def what_for(found: CallPlan) -> Iterator[str]:
    """What the calls are for, and what they can and cannot do."""
    coverage = sum(cell.for_coverage for cell in found.cells)
    precision = found.calls - coverage
    if found.quiet:
        named = listed([group_of_homes(group) for group in found.quiet], 6)
        yield f"For those too quiet to be shown ({named}): {people(coverage, 'call', 'calls')}."
    yield f"To where an answer narrows the figure of all homes most: {people(precision, 'call', 'calls')}."
    if found.narrower is not None:
        yield (
            f"The answers to be expected would make the figure's margin {_narrower(found.narrower)} narrower; hearing "
            "from the quiet is worth more than that."
        )
    else:
        yield "How many answers they bring is not known: no issued sample says how readily people answer."
    yield from found.notes


def _narrower(part: float) -> str:
    """A part of a margin.

    >>> _narrower(0.024), _narrower(0.003)
    ('2%', 'under 1%')
    """
    return percent(part) if part >= 0.01 else "under 1%"


def left_out_words(found: CallPlan) -> str:
    """Who is not to be called; "" where nobody is known to be.

    >>> left_out_words(CallPlan((), (), 0, 0, None, None, (), {"empty": 171, "the tenant has died": None}))
    'Left out of the numbers: empty 171 homes; the tenant has died, too few homes to be told.'
    """
    told = [
        f"{why} {homes(number)}" if number is not None else f"{why}, too few homes to be told"
        for why, number in found.left_out.items()
    ]
    return f"Left out of the numbers: {'; '.join(told)}." if told else ""


def why_there(cell: CallCell) -> str:
    """What calls to a group are for.

    >>> why_there(CallCell((), 40, 38, 0, 7, 0.1, 0.7, 7, 0)), why_there(CallCell((), 40, 38, 9, 3, 0.3, 0.9, 0, 3))
    ('to be heard at all', 'to narrow the figure')
    """
    if cell.for_coverage and cell.for_precision:
        return "both"
    return "to be heard at all" if cell.for_coverage else "to narrow the figure" if cell.for_precision else ""


def expected_words(cell: CallCell) -> str:
    """How many answers calls to a group should bring, to a tenth.

    >>> expected_words(CallCell((), 40, 38, 0, 7, 0.1, 0.72)), expected_words(CallCell((), 40, 38, 0, 7, None, None))
    ('0.7', '–')
    """
    return NOTHING if cell.expected is None else tenths(cell.expected)


def cell_words(cell: CallCell) -> str:
    """One group to call, in a line.

    >>> cell_words(CallCell((("estate", "Ash Court"), ("tenure", "any")), 40, 38, 0, 7, 0.1, 0.72, 7, 0))
    'Ash Court: 7 calls of 38 homes that may be called, 0 answers so far; to be heard at all'
    """
    may = homes(cell.may_be_called)
    so_far = people(cell.answers, "answer", "answers")
    return (
        f"{group_of_homes(cell.group)}: {people(cell.calls, 'call', 'calls')} of {may} that may be called, {so_far} "
        f"so far; {why_there(cell)}"
    )
