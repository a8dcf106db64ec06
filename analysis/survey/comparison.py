"""Two waves, or two groups: is the difference real, could it be chance, or can we not tell?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from analysis.model import Comparison, Estimate, Group, MethodShift, Verdict, Wave
from analysis.survey.estimates import FEWEST_TO_JUDGE
from analysis.survey.intervals import mover
from analysis.survey.tallies import NOT_RECORDED

# A mix of methods that moves by more than a tenth makes two waves "asked differently". Our house rule, not the
# regulator's: the way of asking alone moves overall satisfaction by about 15 points (docs/method/comparison.md).
LARGEST_SHIFT_TENTHS = 1

OUR_RULE = "This limit is our house rule, not the regulator's."
REST = "the rest"
NORMAL = NormalDist()
ALPHA = 0.05  # the share of wrong "real changes" that is borne with

Key = tuple[str, Group]  # measure code and group
Covariances = Mapping[Key, tuple[float, int]]  # of the two shares, and how many households answered both times
NO_REPEATS: tuple[float, int] = (0.0, 0)


def changes(
    before: Iterable[Estimate],
    after: Iterable[Estimate],
    earlier: Wave,
    later: Wave,
    fewest: int = FEWEST_TO_JUDGE,
    covariances: Covariances | None = None,
    asked_alike: bool = False,
) -> dict[Key, Comparison]:
    """Every estimate of the later wave that the earlier one also has, compared; by measure code and group.

    ``asked_alike``: those compared were all asked in the same way, so that a shift in methods says nothing of them.
    """
    known = {(estimate.measure, estimate.group): estimate for estimate in before}
    common, waves = covariances or {}, _waves(earlier, later, asked_alike)
    return {
        key: _change(known[key], new, waves, fewest, *common.get(key, NO_REPEATS))
        for new in after
        if (key := (new.measure, new.group)) in known
    }


def compare(
    before: Estimate,
    after: Estimate,
    earlier: Wave,
    later: Wave,
    fewest: int = FEWEST_TO_JUDGE,
    covariance: float = 0.0,
    repeats: int = 0,
    asked_alike: bool = False,
) -> Comparison:
    """The change of a share between two waves, with one of the four verdicts and its reason.

    In this order: too few to say (either is withheld or has under ``fewest`` answers; no difference is then given),
    asked differently (the mix of methods moved by more than 10 points), and else real change exactly when the interval
    of the difference leaves out nought. ``covariance`` of the two shares comes from ``repeats`` households that
    answered both times. Raises ValueError where the two are not of one measure and group.
    """
    if (before.measure, before.group) != (after.measure, after.group):
        raise ValueError(
            f"{before.measure} of {before.group} cannot be compared with {after.measure} of {after.group}."
        )
    return _change(before, after, _waves(earlier, later, asked_alike), fewest, covariance, repeats)


def contrast(before: Estimate, after: Estimate, covariance: float = 0.0, fewest: int = FEWEST_TO_JUDGE) -> Comparison:
    """Two groups of one survey, ``after`` less ``before``: too few to say, real, or could be chance."""
    few = _too_few(before, after, fewest)
    if few is not None:
        return _not_judged(before, after, f"{_named(few.group)}: {_why_few(few, fewest)}.")
    difference, low, high = difference_interval(before, after, covariance)
    p = p_value(difference, low, high)
    verdict = _verdict(p)
    why = _why_gap(verdict, difference, before.group)
    return Comparison(before, after, difference, low, high, verdict, why, p=p, adjusted=p)


def difference_interval(before: Estimate, after: Estimate, covariance: float = 0.0) -> tuple[float, float, float]:
    """After minus before, low end and high end (fractions).

    Newcombe's square-and-add (1998, method 10), with the correlation of the two shares where they are not independent
    (MOVER, Zou & Donner 2008): weights, strata and finite populations already in the intervals of the two are in this
    one too. Raises ValueError on a withheld share.
    """
    was, now = _ends(before), _ends(after)
    scale = (before.se or 0.0) * (after.se or 0.0)
    correlation = min(max(covariance / scale, -1.0), 1.0) if scale > 0 else 0.0
    value, low, high = (float(end) for end in mover(now, was, correlation))
    return value, low, high


def p_value(difference: float, low: float, high: float, level: float = 0.95) -> float:
    """How often chance alone would give a difference as large, from the half of its interval that faces nought.

    Below 1 - level exactly where the interval leaves out nought. Source: Bland & Altman 2011, BMJ 343:d2304.
    """
    if difference == 0:
        return 1.0
    facing = difference - low if difference > 0 else high - difference
    if facing <= 0:
        return 0.0
    return 2 * NORMAL.cdf(-abs(difference) / facing * NORMAL.inv_cdf((1 + level) / 2))


def judged_together(compared: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The same comparisons with the verdicts of a family looked at together, in the order given.

    Benjamini & Hochberg (1995) over those that can be judged. Of m, R of them real, every interval is widened to hold
    at 1 - R·alpha/m, R at least 1 (Benjamini & Yekutieli 2005), so that it leaves out nought exactly where the verdict
    is real.
    """
    ps = [each.p for each in compared if _can_be_judged(each) and each.p is not None]
    if not ps:
        return tuple(compared)
    from statsmodels.stats.multitest import multipletests

    adjusted = multipletests(ps, alpha=ALPHA, method="fdr_bh")[1].tolist()
    level = 1 - max(sum(q <= ALPHA for q in adjusted), 1) * ALPHA / len(ps)
    rest = iter(adjusted)
    return tuple(_in_family(e, next(rest), len(ps), level) if _can_be_judged(e) else e for e in compared)


def of_known_groups(compared: Iterable[Comparison]) -> list[Comparison]:
    """Without those whose answers do not say which group they are from: they are no group to judge."""
    return [each for each in compared if all(level != NOT_RECORDED for _, level in each.after.group)]


def method_shift(earlier: Wave, later: Wave) -> MethodShift | None:
    """The method whose share of the answers moved most, where that is by more than 10 points; else None.

    None also where either wave does not say how people were asked. Counted in whole answers, so that exactly 10 points
    is not "more than 10" by a rounding error.
    """
    was, now = sum(earlier.methods.values()), sum(later.methods.values())
    if not was or not now:
        return None
    moves = {
        method: later.methods.get(method, 0) * was - earlier.methods.get(method, 0) * now
        for method in sorted({*earlier.methods, *later.methods})
    }
    most = max(moves, key=lambda method: abs(moves[method]))
    if abs(moves[most]) * 10 <= was * now * LARGEST_SHIFT_TENTHS:
        return None
    return MethodShift(most, _share_of(most, earlier.methods), _share_of(most, later.methods))


def _share_of(method: str, methods: Mapping[str, int]) -> float:
    return methods.get(method, 0) / sum(methods.values())


def _ends(estimate: Estimate) -> tuple[float, float, float]:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        raise ValueError(f"This share is withheld ({estimate.withheld}), so it has no difference.")
    return estimate.value, estimate.low, estimate.high


def _too_few(before: Estimate, after: Estimate, fewest: int) -> Estimate | None:
    """The first of two shares that cannot be judged, if either cannot."""
    for estimate in (before, after):
        if estimate.withheld or estimate.base < fewest:
            return estimate
    return None


def _why_few(estimate: Estimate, fewest: int) -> str:
    return estimate.withheld or f"fewer than {fewest} answers"


# ── The verdict ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Waves:
    """Two waves, and how the ways of asking moved between them."""

    earlier: Wave
    later: Wave
    shift: MethodShift | None


def _waves(earlier: Wave, later: Wave, asked_alike: bool) -> _Waves:
    return _Waves(earlier, later, None if asked_alike else method_shift(earlier, later))


def _change(
    before: Estimate, after: Estimate, waves: _Waves, fewest: int, covariance: float, repeats: int
) -> Comparison:
    few = _too_few(before, after, fewest)
    if few is not None:
        name = (waves.earlier if few is before else waves.later).name
        return _not_judged(before, after, f"{name}: {_why_few(few, fewest)}.")
    difference, low, high = difference_interval(before, after, covariance)
    if waves.shift:
        why = _differently(waves.shift, waves.earlier, waves.later)
        verdict = Verdict.DIFFERENTLY
        return Comparison(before, after, difference, low, high, verdict, why, waves.shift, repeats=repeats)
    p = p_value(difference, low, high)
    verdict = _verdict(p)
    why = _why_change(verdict, difference, waves.earlier, waves.later)
    return Comparison(before, after, difference, low, high, verdict, why, p=p, adjusted=p, repeats=repeats)


def _not_judged(before: Estimate, after: Estimate, why: str) -> Comparison:
    return Comparison(before, after, None, None, None, Verdict.TOO_FEW, why)


def _can_be_judged(compared: Comparison) -> bool:
    return compared.verdict in (Verdict.REAL, Verdict.CHANCE)


def _verdict(p: float) -> Verdict:
    return Verdict.REAL if p < ALPHA else Verdict.CHANCE


def _in_family(compared: Comparison, adjusted: float, family: int, level: float) -> Comparison:
    """The comparison as one of a family; its reason follows its new verdict."""
    assert compared.difference is not None and compared.low is not None and compared.high is not None
    wider = NORMAL.inv_cdf((1 + level) / 2) / NORMAL.inv_cdf((1 + compared.level) / 2)
    verdict = Verdict.REAL if adjusted <= ALPHA else Verdict.CHANCE
    return replace(
        compared,
        low=max(compared.difference - (compared.difference - compared.low) * wider, -1.0),
        high=min(compared.difference + (compared.high - compared.difference) * wider, 1.0),
        level=level,
        adjusted=adjusted,
        family=family,
        verdict=verdict,
        why=_of_family(compared, verdict, family),
    )


def _of_family(compared: Comparison, verdict: Verdict, family: int) -> str:
    if compared.verdict is Verdict.REAL and verdict is Verdict.CHANCE:
        return f"Among {family} compared at once, a difference of this size is to be expected now and then by chance."
    return compared.why


def _differently(shift: MethodShift, earlier: Wave, later: Wave) -> str:
    direction = "more" if shift.after > shift.before else "fewer"
    return (
        f"People were asked in other ways: {direction} answers came by {shift.method.lower()} in {later.name} than in "
        f"{earlier.name}, and the way of asking alone moves what people say. {OUR_RULE}"
    )


def _why_change(verdict: Verdict, difference: float, earlier: Wave, later: Wave) -> str:
    if verdict is Verdict.REAL:
        way = "rise" if difference > 0 else "fall"
        why = f"The {way} is larger than chance alone would give."
    else:
        why = "A difference of this size could come from who happened to answer."
    silent = [wave.name for wave in (earlier, later) if not sum(wave.methods.values())]
    if silent:
        why += f" How people were asked is not recorded for {' or '.join(silent)}, so that cannot be ruled out."
    return why


def _why_gap(verdict: Verdict, difference: float, other: Group) -> str:
    if verdict is Verdict.REAL:
        way = "higher" if difference > 0 else "lower"
        return f"It is {way} than {_named(other)} by more than chance alone would give."
    return "A difference of this size could come from who happened to answer."


def _named(group: Group) -> str:
    return ", ".join(level for _, level in group) or "everyone"
