"""The management measures: both numbers into a figure, and what does not fit with what else is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.model import Counted, Entry, ManagementFigure, ManagementMeasure
from analysis.model.management import NOT_APPLICABLE_REASON

PER_THOUSAND = "per 1,000 homes"
NOT_GIVEN = "neither entered nor counted"
APART = 0.02  # of the counted number: more than this between what is typed and what is counted is pointed out
BEYOND_STOCK = 1.02  # times the homes there are
EVERY_HOME = ("NM01", "CH01")  # divided by every home of the group, not only by those a rule applies to
PARTS_OF = {"NM01_2": "NM01_1"}  # cases that are counted in the other too
MADE = {"CH02_1": "CH01_1", "CH02_2": "CH01_2"}  # divided by the complaints that are the other's numerator


def value_of(measure: ManagementMeasure, numerator: float, denominator: float) -> float | None:
    """The figure in the measure's own unit; None where there is nothing in the denominator: never nought.

    >>> from analysis.model import ManagementMeasure
    >>> rate = ManagementMeasure("CH01_1", "", "", "", "per 1,000 homes", "context", ("LCRA",), "2025/26", False, "")
    >>> value_of(rate, 42, 1000), value_of(rate, 0, 0)
    (42.0, None)
    """
    if denominator <= 0:
        return None
    return numerator / denominator * (1000 if measure.unit == PER_THOUSAND else 100)


def management_figures(
    year: str,
    measures: Sequence[ManagementMeasure],
    entries: Mapping[tuple[str, str], Entry],
    counted: Mapping[tuple[str, str], Counted],
    homes: Mapping[str, int],
) -> tuple[ManagementFigure, ...]:
    """Every value of a year in the regulator's order, by measure and tenure group.

    What somebody entered goes before what was counted, and a difference between them is pointed out. ``homes``: the
    homes there are, by tenure group and "combined"; empty where no list is held.
    """
    found = {
        (measure.code, group): _figure(
            year, measure, group, entries.get((measure.code, group)), counted.get((measure.code, group)), homes
        )
        for measure in measures
        for group in measure.tenures
    }
    return tuple(replace(f, warnings=(*f.warnings, *_with_others(f, found))) for f in found.values())


def _with_others(figure: ManagementFigure, found: Mapping[tuple[str, str], ManagementFigure]) -> Iterator[str]:
    """What does not fit with another measure: its number of complaints made, its homes, the cases it is part of."""
    code = figure.measure.code
    of, made = (found.get((each.get(code, ""), figure.tenure_group)) for each in (PARTS_OF, MADE))
    if figure.numerator is None or figure.denominator is None:
        return
    above, below = figure.numerator, figure.denominator
    if of is not None and of.numerator is not None and of.denominator is not None:
        name = of.measure.code
        if above > of.numerator:
            yield f"The numerator, {above:,.0f}, is larger than that of {name}, {of.numerator:,.0f}."
        if below != of.denominator:
            yield f"It is divided by {below:,.0f} homes and {name} by {of.denominator:,.0f}."
    if made is not None and made.numerator is not None and below != made.numerator:
        yield f"The denominator is {below:,.0f} complaints made; {made.measure.code} has {made.numerator:,.0f}."


def _figure(
    year: str,
    measure: ManagementMeasure,
    group: str,
    entry: Entry | None,
    counted: Counted | None,
    homes: Mapping[str, int],
) -> ManagementFigure:
    used = entry or counted
    if used is None:
        return ManagementFigure(measure, group, year, None, None, None, withheld=NOT_GIVEN)
    value = value_of(measure, used.numerator, used.denominator)
    source = f"entered by {entry.by} on {entry.at[:10]}" if entry else counted.source if counted else ""
    safety = measure.code.startswith("BS") and value is not None and used.numerator <= used.denominator
    return ManagementFigure(
        measure,
        group,
        year,
        used.numerator,
        used.denominator,
        value,
        source,
        None if value is not None else NOT_APPLICABLE_REASON,
        used.denominator - used.numerator if safety else None,
        counted.parts if counted and not entry else None,
        tuple(_misfits(measure, group, entry, counted, homes)),
        entry,
    )


def _misfits(
    measure: ManagementMeasure, group: str, entry: Entry | None, counted: Counted | None, homes: Mapping[str, int]
) -> Iterator[str]:
    """What does not fit: a part larger than its whole, more homes than there are, another number than is counted."""
    used = entry or counted
    assert used is not None
    if measure.unit != PER_THOUSAND and used.numerator > used.denominator:
        yield f"The numerator, {used.numerator:,.0f}, is larger than the denominator, {used.denominator:,.0f}."
    stock = homes.get(group)
    of_homes = measure.code.startswith(("RP01", "BS", "NM", "CH01"))
    beyond = stock and used.denominator > stock * BEYOND_STOCK
    short = stock and measure.code.startswith(EVERY_HOME) and used.denominator < stock / BEYOND_STOCK
    if of_homes and (beyond or short):
        yield f"The denominator is {used.denominator:,.0f} homes and the list of homes has {stock:,}."
    if entry is None or counted is None:
        return
    for name in ("numerator", "denominator"):
        typed, found = getattr(entry, name), getattr(counted, name)
        if abs(typed - found) > APART * max(found, 1):
            yield f"The {name} entered is {typed:,.0f}; {counted.source} gives {found:,.0f}."
