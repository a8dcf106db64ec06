"""Tables of weights: every measure weighted beside unweighted, and the levels before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Estimate, Measure
from dashboard.charts.chart import Cell, Table
from dashboard.words import NOTHING, signed
from data.weighing import Characteristic, Prepared

MEASURED = ("Measure", "Unweighted", "Weighted", "Points")
LEVELS = ("Characteristic", "Level", "Homes", "Answers", "After weighting")


def beside_unweighted(rows: Sequence[tuple[Measure, Estimate]]) -> Table:
    """Each measure without weights and with them, and the difference in points."""
    read, filed = [], []
    for measure, estimate in rows:
        plain, weighted = estimate.unweighted, estimate.value
        name = f"{measure.code} {measure.title}"
        if plain is None or weighted is None:
            read.append((name, NOTHING, NOTHING, estimate.withheld or NOTHING))
        else:
            read.append((name, _tenth(plain), _tenth(weighted), signed(weighted - plain)))
        difference = None if plain is None or weighted is None else weighted - plain
        filed.append((measure.code, measure.title, plain, weighted, difference, estimate.told_base))
    headings = ("measure", "title", "unweighted", "weighted", "difference", "base")
    return Table(MEASURED, tuple(read), headings, tuple(filed))


def before_and_after(prepared: Prepared, found: Sequence[Characteristic]) -> Table:
    """Each level's share of homes, of answers, and of answers once weighted."""
    how, levels = prepared.weighing, prepared.cells
    weight = prepared.rows.groupby("calibration")["weight"].sum()
    answers = {each.key: {level.name: level.answers for level in each.levels} for each in found}
    read: list[tuple[str, ...]] = []
    filed: list[tuple[Cell, ...]] = []
    for place, margin in enumerate(how.margins):
        homes, after = sum(margin.targets.values()), _sums(weight.to_dict(), levels, place)
        counted = _counted_as(answers.get(margin.variable, {}), margin.merged)
        for level, target in _counted_as(margin.targets, margin.merged).items():
            part = (target / homes, counted.get(level, 0) / how.base, after.get(level, 0.0) / homes)
            read.append((margin.label, level, *(_tenth(share) for share in part)))
            filed.append((margin.variable, level, *part))
    return Table(LEVELS, tuple(read), ("characteristic", "level", "homes", "answers", "weighted"), tuple(filed))


def _sums(weight: dict[int, float], levels: Sequence[Sequence[str]], place: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for cell, each in enumerate(levels):
        found[each[place]] = found.get(each[place], 0.0) + weight.get(cell, 0.0)
    return found


def _counted_as(numbers: Mapping[str, float], merged: Mapping[str, str]) -> dict[str, float]:
    """Numbers of levels, those that are counted as another added to it."""
    found: dict[str, float] = {}
    for level, number in numbers.items():
        name = merged.get(level, level)
        found[name] = found.get(name, 0.0) + float(number)
    return found


def _tenth(share: float) -> str:
    """A share to a tenth of a point, so that a small effect can be read.

    >>> _tenth(0.7126)
    '71.3%'
    """
    return f"{share:.1%}"
