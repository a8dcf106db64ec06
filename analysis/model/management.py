"""The ten management measures, reported as fourteen values: what is divided by what, and where both are from."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model.asked import ManagementMeasure

NOT_APPLICABLE_REASON = "not applicable: there is nothing in the denominator"


@dataclass(frozen=True)
class Entry:
    """What somebody typed for one value: never a percentage, always both numbers. ``by`` is the name as given."""

    year: str  # "2025/26"
    code: str
    tenure_group: str  # "LCRA", "LCHO" or "combined"
    numerator: float
    denominator: float
    by: str
    at: str  # ISO date and time in UTC


@dataclass(frozen=True)
class Counted:
    """What the files that are held say for one value, and from what. ``parts`` are those of CH02: within the Code's
    times without and with an extension.
    """

    numerator: float
    denominator: float
    source: str
    parts: tuple[float, float] | None = None


@dataclass(frozen=True)
class ManagementFigure:
    """One value as it would be reported. ``value`` is a percentage or a rate for every 1,000 homes, None where
    ``withheld`` says why. ``outstanding`` are homes not yet checked (BS). ``warnings`` are what does not fit.
    ``entry`` is what somebody typed, where that is used; None where both numbers were counted from files.
    """

    measure: ManagementMeasure
    tenure_group: str
    year: str
    numerator: float | None
    denominator: float | None
    value: float | None
    source: str = ""
    withheld: str | None = None
    outstanding: float | None = None
    parts: tuple[float, float] | None = None
    warnings: tuple[str, ...] = ()
    entry: Entry | None = None
