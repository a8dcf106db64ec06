"""What the regulator publishes about every landlord: one year of the sector, as imported from its workbook."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

SECTOR_GROUPS = ("LCRA", "LCHO", "Combined")  # three sets of perception results, never mixed
COLLECTION_METHODS = ("Telephone", "Internet", "Face to face", "Postal", "SMS", "Other")
NO_PREDOMINANT_METHOD = "No predominant method"
COUNCIL, PROVIDER = "Council", "Private registered provider"
GROUP_SIZES = ("<5,000", "5,000-40,000", ">40,000")  # homes owned, LCRA and LCHO together

# Why a published cell holds no number. The letters are the regulator's own.
FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "X": "left blank by the landlord",
        "Z": "not required of this landlord",
        "S": "suppressed by the regulator: fewer than 50 surveys by this method",
        "E": "excluded by the regulator",
        "U": "not applicable: nothing in the denominator",
    }
)

FIVE = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied")
MEASURE_COLUMNS = (
    *("landlord", "tenure_group", "measure", "share", "flag"),
    *FIVE,
    *("base", "yes", "na", "filter_yes", "filter_no", "filter_share"),
)
METHOD_COLUMNS = ("landlord", "tenure_group", "method", "measure", "share", "n", "flag")
MANAGEMENT_COLUMNS = (
    *("landlord", "tenure_group", "measure", "value", "numerator", "denominator", "flag"),
    *("without_extension", "with_extension"),
)


@dataclass(frozen=True)
class SectorLandlord:
    """One landlord as published in one year. An empty text is "not stated"; merged landlords state no size or region.

    ``excluded`` holds the regulator's reason by what it left out: "perception" or "management".
    """

    code: str
    name: str
    type: str  # COUNCIL or PROVIDER, spelled out from LARP, LA or PRP
    region: str = ""
    group_size: str = ""  # one of GROUP_SIZES
    supported_housing: bool | None = None  # is more than 30% of the rented stock supported housing?
    merged: bool = False  # the regulator says it merged during the year, and states neither size nor region
    excluded: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class SectorSurvey:
    """How one landlord asked one tenure group, as published. ``margin`` is in points (2.9), None where not given.

    ``required_sample`` is as published (unrounded in 2024/25, rounded up in 2023/24). ``unweighted`` holds the five
    counts of TP01 before weighting, where the landlord weighted and gave them.
    """

    landlord: str  # code
    tenure_group: str  # one of SECTOR_GROUPS
    population: int | None
    required_sample: float | None
    sample: int | None
    margin: float | None
    methods: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # COLLECTION_METHODS -> responses
    census: bool | None = None
    weighted: bool | None = None
    weighting: tuple[str, ...] = ()  # the characteristics weighted on
    main_method: str = ""  # over half of responses, or NO_PREDOMINANT_METHOD; "" is not stated
    left_out: int | None = None  # tenants excluded from the sample frame
    unweighted: tuple[float, ...] | None = None
    unweighted_share: float | None = None  # TP01 before weighting, 0 to 1, as published
    remark: str = ""  # the regulator's own note about this landlord's results

    def method_share(self, method: str) -> float | None:
        """The share of responses collected by one method, 0 to 1; None where no responses by method are given."""
        total = sum(self.methods.values())
        return self.methods.get(method, 0) / total if total else None


@dataclass(frozen=True)
class SectorMeasure:
    """One perception result: a row of ``SectorYear.measures`` as a value.

    ``share`` is the published figure, 0 to 1. ``counts`` are the five answers, best first; where the survey was
    weighted they are weighted and need not be whole. ``base`` is their sum, ``yes`` the sum of the best two: None
    where a count is missing. ``flag`` is one of ``FLAGS`` or "".
    """

    landlord: str
    tenure_group: str
    measure: str
    share: float | None
    base: float | None = None
    yes: float | None = None
    counts: tuple[float, ...] | None = None
    na: float | None = None
    filter_yes: float | None = None
    filter_no: float | None = None
    flag: str = ""


@dataclass(frozen=True)
class MethodResult:
    """TP01 of one landlord by one collection method: a row of ``SectorYear.methods``. ``n`` is responses."""

    landlord: str
    tenure_group: str
    method: str
    measure: str
    share: float | None
    n: int | None
    flag: str = ""


@dataclass(frozen=True)
class SectorYear:
    """One reporting year of the whole sector. The long lists are tables, a row each:

    ``measures`` (MEASURE_COLUMNS): perception results; ``share`` 0 to 1, the counts of the five, ``base`` their sum,
    ``yes`` the best two, ``filter_share`` 0 to 1: who passed the filter, as published. ``methods`` (METHOD_COLUMNS):
    TP01 by collection method. ``management`` (MANAGEMENT_COLUMNS): ``value`` as published, a percentage or a rate for
    every 1,000 homes; ``tenure_group`` is "LCRA", "LCHO" or "Combined" for CH01 and CH02, "LCRA" for RP01 and RP02,
    "" for the others; the two extension columns are of CH02. Missing numbers are NaN, with the reason in ``flag``.

    ``notes`` say what was found otherwise than expected and what was not found.
    """

    year: str  # "2024/25"
    source: str  # file name
    sha256: str
    published: str  # the title in the workbook: "Tenant Satisfaction Measures 2025 - Dataset"
    landlords: Mapping[str, SectorLandlord]  # by code
    surveys: Mapping[tuple[str, str], SectorSurvey]  # by (code, tenure group)
    measures: pd.DataFrame
    methods: pd.DataFrame
    management: pd.DataFrame
    notes: tuple[str, ...] = ()

    def results(self, landlord: str, tenure_group: str) -> tuple[SectorMeasure, ...]:
        """The perception results of one landlord and tenure group, measure by measure; empty where it has none."""
        table = self.measures
        mine = table[(table.landlord == landlord) & (table.tenure_group == tenure_group)]
        return tuple(_measure(row) for row in mine.to_dict("records"))

    def results_by_method(self, landlord: str, tenure_group: str) -> tuple[MethodResult, ...]:
        """TP01 of one landlord and tenure group by collection method; empty where nothing was collected."""
        table = self.methods
        mine = table[(table.landlord == landlord) & (table.tenure_group == tenure_group)]
        return tuple(
            MethodResult(
                landlord, tenure_group, row["method"], row["measure"], _known(row["share"]), int(row["n"]), row["flag"]
            )
            for row in mine.to_dict("records")
        )


def _known(number: float) -> float | None:
    """A number of a table, or None where it is missing there."""
    return None if math.isnan(number) else number


def _measure(row: Mapping[Hashable, Any]) -> SectorMeasure:
    return SectorMeasure(
        landlord=row["landlord"],
        tenure_group=row["tenure_group"],
        measure=row["measure"],
        share=_known(row["share"]),
        base=_known(row["base"]),
        yes=_known(row["yes"]),
        counts=None if math.isnan(row["base"]) else tuple(row[answer] for answer in FIVE),
        na=_known(row["na"]),
        filter_yes=_known(row["filter_yes"]),
        filter_no=_known(row["filter_no"]),
        flag=row["flag"],
    )


@dataclass(frozen=True)
class Headline:
    """A figure of the regulator's own headline report: what it is of whom, and the percentage it published.

    ``what`` is "median" (of landlords), "satisfied" or "dissatisfied" (of everybody who answered, pooled) or "main
    method" (the share of returns mainly collected by the method ``of``). ``published`` None: nothing to hold it to.
    """

    what: str
    group: str
    of: str
    published: float | None = None


@dataclass(frozen=True)
class Disagreement:
    """A published figure that does not follow from the published counts, in the unit it is published in."""

    part: (
        str  # "margin", "required_sample", "percentages", "filters", "unweighted", "management", "counts", "headlines"
    )
    landlord: str
    name: str
    tenure_group: str
    measure: str
    published: float | None
    recomputed: float | None
    why: str = ""


@dataclass(frozen=True)
class Recount:
    """Everything of one kind that was published and computed anew: how many figures, and those that do not agree."""

    part: str
    rows: int
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def agree(self) -> int:
        return self.rows - len(self.disagreements)


@dataclass(frozen=True)
class SectorFigures:
    """Quartiles of one measure among landlords alike, from one year: percentages or rates for every 1,000 homes.

    ``cut`` says what the landlords have in common, ``group`` its value: ("region", "North"), ("region and type",
    "North, Council"), ("all", "all"). ``n`` landlords; quartiles by linear interpolation.
    """

    year: str
    tenure_group: str
    cut: str
    group: str
    measure: str
    n: int
    lower: float
    median: float
    upper: float
