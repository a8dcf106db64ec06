"""What was surveyed: waves, ways of dividing respondents, counted surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import pandas as pd


@dataclass(frozen=True)
class Wave:
    """One survey as it was carried out. Populations are households per tenure group; absent means not known."""

    name: str
    fieldwork_from: date
    fieldwork_to: date
    reporting_year: str  # "2024/25"
    collector: str = ""  # who collected the answers
    sample_kind: str = ""  # "census", "random", "quota" or "" (not stated)
    populations: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    methods: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # counted responses by method
    invented: bool = False


@dataclass(frozen=True)
class Dimension:
    """A way of dividing respondents: key as stored, label as shown, heading as it stood in the file."""

    key: str
    label: str
    heading: str = ""
    special_category: bool = False


@dataclass(frozen=True)
class Margin:
    """A characteristic that weights are made to fit: how many homes there are at each of its levels.

    ``merged`` says which levels of the answers are counted as another, such as one that nobody answered from.
    """

    variable: str  # a dimension key: "tenure", "estate", "age_band", "c_…"
    targets: Mapping[str, float]
    label: str = ""
    merged: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Weighing:
    """How the weights of one wave and tenure group were made, and what they cost in certainty.

    ``discrepancy`` is the largest |sum of weights − target| ÷ homes over all levels, and ``residual`` says by level
    what trimming left of it. ``design_effect`` (Kish) is n·Σw²/(Σw)², ``effective_base`` n ÷ that. ``largest`` and
    ``smallest`` are weights over the mean weight; ``bounds`` what they were trimmed to, ``trimmed`` the share of
    respondents whose weight was cut.
    """

    wave: str
    tenure_group: str
    margins: tuple[Margin, ...]
    base: int
    iterations: int
    converged: bool
    discrepancy: float
    design_effect: float
    effective_base: float
    largest: float
    smallest: float
    trimmed: float = 0.0
    bounds: tuple[float, float] | None = None
    residual: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""  # where the targets are from: "the list of homes as at 2026-11-01", "typed"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calibration:
    """What the variance needs to know of raked weights: who is alike on every margin, and everybody's weights.

    ``cells``: a row per calibration cell with ``calibration`` (its number) and the level of each margin, a column for
    each variable. ``units``: a row per (stratum, calibration) with ``n``, ``w``, ``ww`` and ``base`` (the sum of the
    weights before raking) of ALL counted respondents, whatever the filters.
    """

    weighing: Weighing
    cells: pd.DataFrame
    units: pd.DataFrame


@dataclass(frozen=True)
class Overlap:
    """Households that answered in both of two waves, counted: what makes two samples not independent.

    ``cells``: a row per (dimensions of the later wave…, measure, before, after) with ``n`` households and ``ww``, the
    sum of the product of their two weights; ``before`` and ``after`` are answers as in a Survey, both among the five.
    """

    dims: tuple[str, ...]
    cells: pd.DataFrame


@dataclass(frozen=True)
class Survey:
    """One wave and one tenure group, already counted: what every statistic starts from.

    ``cells``: a row per (dimensions asked for…, stratum, measure, answer) with ``n`` respondents, ``w`` the sum of
    their weights and ``ww`` the sum of squared weights; ``answer`` is 5..1, 0 not applicable, -1 refused, -2 not
    asked, missing for blank. Only respondents inside the filters and scope are in it.
    ``strata``: a row per stratum with ``stratum``, ``n`` (ALL counted respondents, whatever the filters: the variance
    needs them) and ``population`` (households; missing where not known, then no finite population correction).
    ``calibration`` is there where the weights were raked: then cells are divided by ``calibration`` too and have
    ``base``, the sum of the weights before raking. ``taken_as_given`` says so where weights were made here and the
    variance cannot know how: of a period, or where answers came in since; "" else.
    """

    wave: Wave
    tenure_group: str
    dims: tuple[str, ...]
    cells: pd.DataFrame
    strata: pd.DataFrame
    calibration: Calibration | None = None
    taken_as_given: str = ""
