"""Management measures as sentences: the figure with both its numbers, and nothing that calls volume good or bad."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import Entry, ManagementFigure, SectorFigures
from dashboard.words.shares import NOTHING, count, percent
from dashboard.words.surveys import GROUP_NAMES

PER_THOUSAND = "per 1,000 homes"
EVERYBODY = {**GROUP_NAMES, "combined": "Renters and shared owners together"}
NEUTRAL = "Neither many nor few is good news: few complaints or cases can mean that it is hard to report them."


def figure_words(found: ManagementFigure) -> str:
    """The figure in its own unit; the reason where there is none.

    >>> from analysis.model import ManagementMeasure
    >>> gas = ManagementMeasure("BS01", "Gas", "", "", "%", "high", ("combined",), "2025/26", False, "")
    >>> figure_words(ManagementFigure(gas, "combined", "2025/26", 9990, 10000, 99.9))
    '99.9%'
    >>> figure_words(ManagementFigure(gas, "combined", "2025/26", 0, 0, None, withheld="not applicable"))
    'not applicable'
    """
    if found.value is None:
        return found.withheld or NOTHING
    if found.measure.unit == PER_THOUSAND:
        return f"{found.value:.1f} for every 1,000 homes"
    return f"{found.value:.1f}%"


def numbers(found: ManagementFigure) -> str:
    """Both numbers.

    >>> from analysis.model import ManagementMeasure
    >>> gas = ManagementMeasure("BS01", "Gas", "", "", "%", "high", ("combined",), "2025/26", False, "")
    >>> numbers(ManagementFigure(gas, "combined", "2025/26", 9990, 10000, 99.9))
    '9,990 of 10,000'
    """
    if found.numerator is None or found.denominator is None:
        return NOTHING
    return f"{count(round(found.numerator))} of {count(round(found.denominator))}"


def more(found: ManagementFigure) -> Iterator[str]:
    """Homes outstanding, the parts of CH02, and what does not fit.

    >>> from analysis.model import ManagementMeasure
    >>> gas = ManagementMeasure("BS01", "Gas", "", "", "%", "high", ("combined",), "2025/26", False, "")
    >>> list(more(ManagementFigure(gas, "combined", "2025/26", 9990, 10000, 99.9, outstanding=10)))
    ['10 homes outstanding']
    """
    if found.outstanding is not None:
        yield f"{count(round(found.outstanding))} homes outstanding"
    if found.parts is not None:
        without, within = (count(round(part)) for part in found.parts)
        yield f"{without} without an extension, {within} within one"
    yield from found.warnings


def repairs_do_not_fit(wave: str, said: float, recorded: float) -> str:
    """That the survey and the repairs held tell different things.

    >>> repairs_do_not_fit("Autumn 2025", 0.69, 0.41)
    'In Autumn 2025 69% of renters said they had a repair; the repairs held are of 41% of their homes.'
    """
    return (
        f"In {wave} {percent(said)} of renters said they had a repair; the repairs held are of {percent(recorded)} of "
        "their homes."
    )


def entered(entry: Entry) -> tuple[str, str, str, str]:
    """One entry as a row: value, numbers, name as given, day.

    >>> entered(Entry("2025/26", "BS01", "combined", 9990.0, 10000.0, "Sam", "2026-05-01T10:00:00+00:00"))
    ('BS01 combined', '9,990 of 10,000', 'Sam', '2026-05-01')
    """
    both = f"{count(round(entry.numerator))} of {count(round(entry.denominator))}"
    return (f"{entry.code} {entry.tenure_group}", both, entry.by, entry.at[:10])


def sector_words(figures: SectorFigures | None) -> str:
    """The median and the middle half of landlords.

    >>> sector_words(SectorFigures("2024/25", "LCRA", "all", "all", "CH01_1", 353, 34.3, 53.9, 72.6))
    'median 53.9, middle half 34.3 to 72.6 (353 landlords, 2024/25)'
    """
    if figures is None:
        return NOTHING
    return (
        f"median {figures.median:.1f}, middle half {figures.lower:.1f} to {figures.upper:.1f} "
        f"({figures.n} landlords, {figures.year})"
    )
