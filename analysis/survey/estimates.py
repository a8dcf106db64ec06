"""Shares and distributions of closed questions, each with how sure we are, or the reason it is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.model import Distribution, Estimate, Group, Measure, Survey
from analysis.survey import variance
from analysis.survey.design import Floats, Sample, sample_of
from analysis.survey.intervals import Intervals, Method, intervals, mover
from analysis.survey.tallies import (
    ANSWERS,
    FIVE_ANSWERS,
    NET_SCORES,
    TOP_TWO_SCORES,
    Cells,
    Scores,
    Tally,
    added_up,
    cells_of,
    tallies,
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
    method: Method = "auto",
) -> list[Estimate]:
    """The share that count as yes (top two of five answers) for each measure and each group, measure by measure.

    ``by=()`` is everyone in the cells. Not applicable, refused, not asked and blank are outside the base. Withheld,
    with the reason, where the measure was not asked or fewer than ``smallest_base`` answered. Raises ValueError for a
    breakdown the survey was not counted by. Source of the rule: RSH Tenant Survey Requirements.
    """
    codes = [measure.code for measure in measures]
    cells, sample = cells_of(survey, codes, by), sample_of(survey)
    counted = tally(cells, len(codes) * len(cells.groups), sample)
    labels = [(code, group) for code in codes for group in cells.groups]
    reasons = reasons_not_asked(survey, measures)
    return estimates_from(counted, sample, labels, smallest_base, level=level, reasons=reasons, method=method)


def distributions(
    survey: Survey, measures: Sequence[Measure], by: tuple[str, ...] = (), smallest_base: int = SMALLEST_BASE
) -> list[Distribution]:
    """How the five answers fell for each measure and group, best first, and how many are outside the base and why."""
    codes = [measure.code for measure in measures]
    cells, sample = cells_of(survey, codes, by), sample_of(survey)
    labels = [(code, group) for code in codes for group in cells.groups]
    people = _by_answer(cells, len(labels)).tolist()
    fallen = fall(cells, len(labels), sample)
    reasons = reasons_not_asked(survey, measures)
    rows = zip(labels, people, *fallen.rows(), strict=True)
    return [_distribution(label, smallest_base, reasons.get(label[0]), *row) for label, *row in rows]


@dataclass(frozen=True)
class Fall:
    """How the five answers fell in many shares: fractions best first with the ends of their intervals, and net scores.

    ``shares``, ``low`` and ``high`` are shares × 5, ``net`` is shares × 3: value, low, high.
    """

    shares: Floats
    low: Floats
    high: Floats
    net: Floats

    def rows(self) -> tuple[list[list[float]], ...]:
        """The four as lists, a row a share."""
        return self.shares.tolist(), self.low.tolist(), self.high.tolist(), self.net.tolist()


def fall(cells: Cells, shares: int, sample: Sample) -> Fall:
    """How the answers fell in each share; nan where nobody answered."""
    each: list[Scores] = [{answer: 1.0} for answer in FIVE_ANSWERS]
    *singles, top, bottom, net = tallies(cells, shares, sample, [*each, TOP_TWO_SCORES, {2: 1.0, 1: 1.0}, NET_SCORES])
    ends = [intervals(single, sample) for single in singles]
    return Fall(
        shares=np.stack([variance.share(single) for single in singles], axis=1),
        low=np.stack([each.low for each in ends], axis=1),
        high=np.stack([each.high for each in ends], axis=1),
        net=np.stack(_net(top, bottom, net, sample), axis=1),
    )


def _net(top: Tally, bottom: Tally, net: Tally, sample: Sample) -> tuple[Floats, Floats, Floats]:
    """The share of the two best less that of the two worst, with its interval from theirs and how they go together."""
    spreads = [variance.share_variance(each, sample) for each in (top, bottom, net)]
    scale = 2 * np.sqrt(spreads[0] * spreads[1])
    together = np.divide(spreads[0] + spreads[1] - spreads[2], scale, out=np.zeros_like(scale), where=scale > 0)
    best, worst = _with_ends(top, sample), _with_ends(bottom, sample)
    value, low, high = mover(best, worst, np.clip(together, -1, 1))
    return value, np.maximum(low, -1.0), np.minimum(high, 1.0)


def _with_ends(counted: Tally, sample: Sample) -> tuple[Floats, Floats, Floats]:
    ends: Intervals = intervals(counted, sample)
    return variance.share(counted), ends.low, ends.high


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
    counted = Tally(len(labels), each, each, asked, asked, asked, said, said, said, said, asked, asked)
    unknown = Sample(n=asked, population=np.full(len(labels), np.nan))
    return estimates_from(counted, unknown, labels, smallest_base, of, level)


def estimates_from(
    counted: Tally,
    sample: Sample,
    labels: Sequence[Label],
    smallest_base: int = SMALLEST_BASE,
    of: str = "answers",
    level: float = 0.95,
    reasons: Mapping[str, str] | None = None,
    method: Method = "auto",
) -> list[Estimate]:
    """Estimates of a tally, one a label in the tally's order; ``reasons`` withhold a measure whatever its base."""
    ends = intervals(counted, sample, level, method)
    columns = (
        counted.total(counted.n),
        counted.total(counted.yes_n),
        variance.effective_base(counted),
        variance.share(counted),
        np.sqrt(variance.share_variance(counted, sample)),
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


def reasons_not_asked(survey: Survey, measures: Sequence[Measure]) -> dict[str, str]:
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


def _by_answer(cells: Cells, shares: int) -> npt.NDArray[np.int64]:
    """Respondents by share and answer, answers in the order of ANSWERS."""
    place = cells.share * len(ANSWERS) + len(FIVE_ANSWERS) - cells.answer  # ANSWERS runs from 5 down by ones
    counted = added_up(place, cells.n, shares * len(ANSWERS))
    return counted.reshape(shares, len(ANSWERS)).astype(np.int64)


def _distribution(
    label: Label,
    smallest_base: int,
    reason: str | None,
    people: list[int],
    fractions: list[float],
    low: list[float],
    high: list[float],
    net: list[float],
) -> Distribution:
    """One distribution from the people at each answer (in the order of ANSWERS) and how the five fell."""
    counts, outside = tuple(people[: len(FIVE_ANSWERS)]), people[len(FIVE_ANSWERS) :]
    base = sum(counts)
    why = reason or too_few(base, smallest_base)
    if why:
        return Distribution(*label, None, None, base, None, None, None, None, withheld=why)
    not_applicable, refused, not_asked, blank = outside
    return Distribution(
        *label,
        tuple(fractions),
        counts,
        base,
        not_applicable,
        refused,
        not_asked,
        blank,
        low=tuple(low),
        high=tuple(high),
        net=net[0],
        net_low=net[1],
        net_high=net[2],
    )
