"""How satisfied those who did not answer would have to be for a figure to cross a value, and the worst and the best."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.model import BreakEven, Estimate, Group

UNANSWERED, SILENT, GROUP = "unanswered", "silent", "group"


def break_even(
    figure: Estimate, target: float, homes: int, silent: Iterable[tuple[str, Group, int]]
) -> tuple[BreakEven, ...]:
    """One line for each lot of silent homes: ``silent`` has who they are, their group and their number.

    The figure stands for every home but these: were a share s of the homes satisfied at q, the whole would be
    p (1 - s) + q s. It is at the target where q = (target - p (1 - s)) / s. Nothing is told where the figure is
    withheld.
    """
    if figure.value is None or not homes:
        return ()
    return tuple(_line(figure, target, homes, *each) for each in silent if 0 < each[2] <= homes)


def _line(figure: Estimate, target: float, homes: int, who: str, group: Group, number: int) -> BreakEven:
    value, share = figure.value or 0.0, number / homes
    ends = [_needed(p, target, share) for p in (figure.high, figure.low) if p is not None]
    low, high = (min(ends), max(ends)) if len(ends) == 2 else (None, None)
    needed = _needed(value, target, share)
    return BreakEven(
        who=who,
        group=group,
        homes=number,
        share=share,
        needed=needed if 0 <= needed <= 1 else None,
        needed_low=None if low is None else min(max(low, 0.0), 1.0),
        needed_high=None if high is None else min(max(high, 0.0), 1.0),
        worst=value * (1 - share),
        best=value * (1 - share) + share,
    )


def _needed(value: float, target: float, share: float) -> float:
    """How satisfied the silent must be for the whole to be at the target.

    >>> round(_needed(0.72, 0.70, 0.5), 2), round(_needed(0.72, 0.70, 0.05), 2)
    (0.68, 0.32)
    """
    return (target - value * (1 - share)) / share
