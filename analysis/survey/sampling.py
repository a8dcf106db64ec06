"""The regulator's own sums: margin of error and the smallest sample it asks for, by size of landlord.

Source: RSH Tenant Survey Requirements and the 2023/24 and 2024/25 data releases, whose published figures these formulas
reproduce (docs/method/intervals.md). The regulator's margin takes p = 0.5 and z = 1.96 and ignores weighting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.model import SampleCheck

Z = 1.96
P = 0.5


@dataclass(frozen=True)
class AccuracyBand:
    """Landlords up to a size, and the margin of error (a fraction) the regulator asks of them."""

    households: float
    inclusive: bool
    margin: float

    def holds(self, population: int) -> bool:
        return population <= self.households if self.inclusive else population < self.households


BANDS = (
    AccuracyBand(2_500, True, 0.05),
    AccuracyBand(10_000, False, 0.04),
    AccuracyBand(25_000, False, 0.03),
    AccuracyBand(math.inf, True, 0.02),
)


def accuracy_target(population: int, bands: tuple[AccuracyBand, ...] = BANDS) -> float:
    """The margin of error (a fraction) the regulator asks of a landlord with this many households of the tenure."""
    return next(band.margin for band in bands if band.holds(population))


def required_sample(population: int, target: float | None = None) -> float:
    """The smallest sample for that margin, before rounding: n0 / (1 + n0/N) with n0 = z² p(1-p) / e².

    Not the textbook n0 / (1 + (n0-1)/N): the regulator's published figures follow this one. 0 for no households.
    """
    if population <= 0:
        return 0.0
    simple = Z**2 * P * (1 - P) / (accuracy_target(population) if target is None else target) ** 2
    return simple / (1 + simple / population)


def margin_of_error(responses: int, population: int | None) -> float | None:
    """The regulator's margin of error, a fraction: z √(p(1-p)/n · (N-n)/(N-1)).

    Without a population there is no finite population correction. None where nobody answered, or where more answered
    than there are households.
    """
    if responses <= 0 or (population is not None and responses > population):
        return None
    if population is None:
        return Z * math.sqrt(P * (1 - P) / responses)
    if responses == population:
        return 0.0
    return Z * math.sqrt(P * (1 - P) / responses * (population - responses) / (population - 1))


def sample_check(tenure_group: str, responses: int, population: int | None, census: bool = False) -> SampleCheck:
    """Whether the survey is as large as the regulator asks, for one tenure group (LCRA and LCHO apart).

    ``census`` (every household was asked) never turns a "not met" into "met": it is said in the note beside it.
    """
    margin = margin_of_error(responses, population)
    if population is None:
        note = (
            "The number of households is not known, so there is no finite population correction and no required sample."
        )
        return SampleCheck(tenure_group, responses, None, margin, None, None, None, note)
    if responses > population:
        note = "More answers than households: check the number of households."
        return SampleCheck(tenure_group, responses, population, None, None, None, None, note)
    target = accuracy_target(population)
    required = math.ceil(required_sample(population, target))
    met = responses >= required
    note = _note(met, census, small=target == BANDS[0].margin)
    return SampleCheck(tenure_group, responses, population, margin, target, required, met, note)


def _note(met: bool, census: bool, small: bool) -> str:
    if not census:
        return ""
    said = "Every household was asked (a census)."
    if not met and small:
        said += " The regulator accepts a census from a landlord of this size that cannot reach its margin."
    return said
