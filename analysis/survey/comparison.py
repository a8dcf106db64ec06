"""Two waves, or two groups: is the difference real, could it be chance, or can we not tell?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from analysis.model import Comparison, Estimate, Group, MethodShift, Verdict, Wave
from analysis.survey.estimates import FEWEST_TO_JUDGE

# A mix of methods that moves by more than a tenth makes two waves "asked differently". Our house rule, not the
# regulator's: the way of asking alone moves overall satisfaction by about 15 points (docs/method/comparison.md).
LARGEST_SHIFT_TENTHS = 1

OUR_RULE = "This limit is our house rule, not the regulator's."


def changes(
    before: Iterable[Estimate],
    after: Iterable[Estimate],
    earlier: Wave,
    later: Wave,
    fewest: int = FEWEST_TO_JUDGE,
) -> dict[tuple[str, Group], Comparison]:
    """Every estimate of the later wave that the earlier one also has, compared; by measure code and group."""
    known = {(estimate.measure, estimate.group): estimate for estimate in before}
    return {
        (new.measure, new.group): compare(known[new.measure, new.group], new, earlier, later, fewest)
        for new in after
        if (new.measure, new.group) in known
    }


def compare(before: Estimate, after: Estimate, earlier: Wave, later: Wave, fewest: int = FEWEST_TO_JUDGE) -> Comparison:
    """The change of a share between two waves, with one of the four verdicts and its reason.

    In this order: too few to say (either is withheld or has under ``fewest`` answers; no difference is then given),
    asked differently (the mix of methods moved by more than 10 points), and else real change exactly when the interval
    of the difference leaves out nought. Raises ValueError where the two are not of one measure and group.
    """
    if (before.measure, before.group) != (after.measure, after.group):
        raise ValueError(
            f"{before.measure} of {before.group} cannot be compared with {after.measure} of {after.group}."
        )
    why = _too_few(before, earlier, fewest) or _too_few(after, later, fewest)
    if why:
        return Comparison(before, after, None, None, None, Verdict.TOO_FEW, why)
    difference, low, high = difference_interval(before, after)
    shift = method_shift(earlier, later)
    if shift:
        why = _differently(shift, earlier, later)
        return Comparison(before, after, difference, low, high, Verdict.DIFFERENTLY, why, shift)
    verdict = Verdict.REAL if low > 0 or high < 0 else Verdict.CHANCE
    return Comparison(before, after, difference, low, high, verdict, _by_size(verdict, difference, earlier, later))


def difference_interval(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    """After minus before, low end and high end (fractions), for two independent samples.

    Newcombe's square-and-add (1998, method 10; Zou & Donner 2008 as MOVER) on the intervals of the two shares, so that
    weights, strata and finite populations already in those are in this one too. Raises ValueError on a withheld share.
    """
    value, low, high = _ends(before)
    new_value, new_low, new_high = _ends(after)
    difference = new_value - value
    return (
        difference,
        difference - math.hypot(new_value - new_low, high - value),
        difference + math.hypot(new_high - new_value, value - low),
    )


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


def _too_few(estimate: Estimate, wave: Wave, fewest: int) -> str | None:
    if estimate.withheld:
        return f"{wave.name}: {estimate.withheld}."
    if estimate.base < fewest:
        return f"{wave.name}: fewer than {fewest} answers."
    return None


def _differently(shift: MethodShift, earlier: Wave, later: Wave) -> str:
    direction = "more" if shift.after > shift.before else "fewer"
    return (
        f"People were asked in other ways: {direction} answers came by {shift.method.lower()} in {later.name} than in "
        f"{earlier.name}, and the way of asking alone moves what people say. {OUR_RULE}"
    )


def _by_size(verdict: Verdict, difference: float, earlier: Wave, later: Wave) -> str:
    if verdict is Verdict.REAL:
        way = "rise" if difference > 0 else "fall"
        why = f"The {way} is larger than chance alone would give."
    else:
        why = "A difference of this size could come from who happened to answer."
    silent = [wave.name for wave in (earlier, later) if not sum(wave.methods.values())]
    if silent:
        why += f" How people were asked is not recorded for {' or '.join(silent)}, so that cannot be ruled out."
    return why
