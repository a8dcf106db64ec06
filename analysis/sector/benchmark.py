"""Our own figure beside the quartiles of landlords alike: which quarter it may claim, given its own uncertainty."""

from __future__ import annotations

from analysis.model import Estimate, SectorFigures


def claim(estimate: Estimate, figures: SectorFigures) -> tuple[int, ...]:
    """The quarters of landlords that an interval reaches into, 1 the top; () where the estimate is withheld.

    The quartiles are taken as they are published: only our own uncertainty is in it, so that it claims a little more
    than a standing among landlords drawn together does.

    >>> figures = SectorFigures("2024/25", "LCRA", "all", "all", "TP01", 353, 64.7, 71.8, 78.9)
    >>> claim(Estimate(0.71, 0.69, 0.73, base=900), figures), claim(Estimate(0.85, 0.83, 0.87, base=900), figures)
    ((2, 3), (1,))
    """
    if estimate.low is None or estimate.high is None:
        return ()
    best, worst = _quarter(100 * estimate.high, figures), _quarter(100 * estimate.low, figures)
    return tuple(range(best, worst + 1))


def _quarter(percentage: float, figures: SectorFigures) -> int:
    cuts = (figures.upper, figures.median, figures.lower)
    return 1 + sum(percentage < cut for cut in cuts)
