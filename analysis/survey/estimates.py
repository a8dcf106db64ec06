"""Shares and distributions of closed questions, each with how sure we are, or the reason it is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.model import Distribution, Estimate, Group, Measure, Survey
from analysis.survey import variance
from analysis.survey.intervals import intervals
from analysis.survey.tallies import (
    ANSWERS,
    FIVE_ANSWERS,
    Cells,
    Floats,
    Strata,
    Tally,
    added_up,
    cells_of,
    strata_of,
    tally,
)

SMALLEST_BASE = 10  # shown at all
FEWEST_TO_JUDGE = 30  # below it a share reads "7 of 10" and no change is judged (USERS.md)
TENURE_WORDS = {"LCRA": "tenants who rent (LCRA)", "LCHO": "shared owners (LCHO)"}

Label = tuple[str, Group]  # measure code and group


def shares(
    survey: Survey,
    measures: Sequence[Measure],
    by: tuple[str, ...] = (),
    smallest_base: int = SMALLEST_BASE,
    level: float = 0.95,
) -> list[Estimate]:
    """The share that count as yes (top two of five answers) for each measure and each group, measure by measure.

    ``by=()`` is everyone in the cells. Not applicable, refused, not asked and blank are outside the base. Withheld,
    with the reason, where the measure was not asked or fewer than ``smallest_base`` answered. Raises ValueError for a
    breakdown the survey was not counted by. Source of the rule: RSH Tenant Survey Requirements.
    """
    codes = [measure.code for measure in measures]
    cells, strata = cells_of(survey, codes, by), strata_of(survey)
    counted = tally(cells, len(codes) * len(cells.groups), len(strata.n))
    labels = [(code, group) for code in codes for group in cells.groups]
    return estimates_from(counted, strata, labels, smallest_base, level=level, reasons=_reasons(survey, measures))


def distributions(
    survey: Survey, measures: Sequence[Measure], by: tuple[str, ...] = (), smallest_base: int = SMALLEST_BASE
) -> list[Distribution]:
    """How the five answers fell for each measure and group, best first, and how many are outside the base and why."""
    codes = [measure.code for measure in measures]
    cells = cells_of(survey, codes, by)
    labels = [(code, group) for code in codes for group in cells.groups]
    people = _by_answer(cells, cells.n, len(labels)).astype(np.int64)
    weight = _by_answer(cells, cells.w, len(labels))[:, : len(FIVE_ANSWERS)]
    whole = weight.sum(axis=1, keepdims=True)
    fractions = np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
    reasons = _reasons(survey, measures)
    rows = zip(labels, people.tolist(), fractions.tolist(), strict=True)
    return [_distribution(label, n, part, smallest_base, reasons.get(label[0])) for label, n, part in rows]


def plain_share(
    yes: int,
    base: int,
    smallest_base: int = SMALLEST_BASE,
    of: str = "answers",
    measure: str = "",
    group: Group = (),
    level: float = 0.95,
) -> Estimate:
    """A share of an unweighted count without strata or population, such as the comments that are positive.

    ``of`` says what is counted, for the reason where it is withheld: "fewer than 10 comments".
    """
    return plain_shares([(measure, group)], [yes], [base], smallest_base, of, level)[0]


def plain_shares(
    labels: Sequence[Label],
    yes: Sequence[int],
    base: Sequence[int],
    smallest_base: int = SMALLEST_BASE,
    of: str = "answers",
    level: float = 0.95,
) -> list[Estimate]:
    """Many plain shares at once, in the order of the labels; far quicker than one at a time."""
    each = np.arange(len(labels), dtype=np.int64)
    said, asked = np.asarray(yes, dtype=np.float64), np.asarray(base, dtype=np.float64)
    counted = Tally(len(labels), each, each, asked, asked, asked, said, said, said)
    unknown = Strata(n=asked, population=np.full(len(labels), np.nan))
    return estimates_from(counted, unknown, labels, smallest_base, of, level)


def estimates_from(
    counted: Tally,
    strata: Strata,
    labels: Sequence[Label],
    smallest_base: int = SMALLEST_BASE,
    of: str = "answers",
    level: float = 0.95,
    reasons: Mapping[str, str] | None = None,
) -> list[Estimate]:
    """Estimates of a tally, one a label in the tally's order; ``reasons`` withhold a measure whatever its base."""
    ends = intervals(counted, strata, level)
    columns = (
        counted.total(counted.n),
        counted.total(counted.yes_n),
        variance.effective_base(counted),
        variance.share(counted),
        np.sqrt(variance.share_variance(counted, strata)),
        ends.low,
        ends.high,
    )
    rows = zip(labels, *(column.tolist() for column in columns), ends.method, strict=True)
    found = []
    for (code, group), base, yes, worth, value, se, low, high, method in rows:
        reason = (reasons or {}).get(code) or too_few(int(base), smallest_base, of)
        if reason:
            found.append(withheld(reason, int(base), code, group, worth if base else None))
        else:
            found.append(Estimate(value, low, high, int(base), se, worth, int(yes), method, None, code, group))
    return found


def withheld(reason: str, base: int, measure: str = "", group: Group = (), worth: float | None = None) -> Estimate:
    """An estimate that is not shown, and why."""
    return Estimate(None, None, None, base=base, effective_base=worth, withheld=reason, measure=measure, group=group)


def too_few(base: int, smallest_base: int, of: str = "answers") -> str | None:
    """The reason to withhold a share of this many answers, or None."""
    if base == 0:
        return f"no {of}"
    return f"fewer than {smallest_base} {of}" if base < smallest_base else None


def _reasons(survey: Survey, measures: Sequence[Measure]) -> dict[str, str]:
    """Why a measure has no figure here, by code: this tenure group is not asked it, or this wave did not ask it."""
    asked = set(survey.cells["measure"].unique())
    reasons = {}
    for measure in measures:
        if survey.tenure_group not in measure.tenures:
            who = TENURE_WORDS.get(survey.tenure_group, survey.tenure_group)
            reasons[measure.code] = f"not asked of {who}"
        elif asked and measure.code not in asked:
            reasons[measure.code] = f"not asked in {survey.wave.name}"
    return reasons


def _by_answer(cells: Cells, values: Floats, shares: int) -> Floats:
    """Sums by share and answer, answers in the order of ANSWERS."""
    place = len(FIVE_ANSWERS) - cells.answer  # ANSWERS runs from 5 down by ones
    return added_up(cells.share * len(ANSWERS) + place, values, shares * len(ANSWERS)).reshape(shares, len(ANSWERS))


def _distribution(
    label: Label, people: list[int], fractions: list[float], smallest_base: int, reason: str | None
) -> Distribution:
    """One distribution from the people at each answer (in the order of ANSWERS) and the fractions at the five."""
    counts, outside = tuple(people[: len(FIVE_ANSWERS)]), people[len(FIVE_ANSWERS) :]
    base = sum(counts)
    why = reason or too_few(base, smallest_base)
    if why:
        return Distribution(*label, None, None, base, None, None, None, None, withheld=why)
    not_applicable, refused, not_asked, blank = outside
    return Distribution(*label, tuple(fractions), counts, base, not_applicable, refused, not_asked, blank)
