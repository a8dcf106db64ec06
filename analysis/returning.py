"""What should hold of figures before they are sent to the regulator: each looked at, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.management import value_of
from analysis.model import ManagementFigure, SampleCheck

NEAR = 1e-6  # of a count: what is left of it is a rounding error of sums
AGREE = 0.02  # two counts of the same may differ by so much of the larger
TWO_BEST = 2


@dataclass(frozen=True)
class MeasureReturned:
    """The numbers of one perception measure of one tenure group; weighted where the survey is.

    ``numerator`` those who gave one of the two best answers, ``denominator`` those who gave any of the five,
    ``answers`` the five best first, ``passed`` and ``stopped`` those who said yes and no to the question before it
    (None where there is none). ``share`` is the fraction found, ``base`` answers unweighted and ``unweighted`` how the
    five fell. Where ``withheld`` is a reason, the rest is None and ``base`` 0.
    """

    measure: str
    share: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    answers: tuple[float, ...] | None = None
    not_applicable: float | None = None
    passed: float | None = None
    stopped: float | None = None
    base: int = 0
    unweighted: tuple[int, ...] | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class Looked:
    """One thing looked at: which check, of whose figures and of which, whether it holds, and what was found."""

    check: str
    whose: str
    of: str
    holds: bool
    found: str = ""


def rounded(value: float, decimals: int) -> float:
    """A figure with so many decimals, as it would be printed.

    >>> rounded(71.25, 1), rounded(2 / 3 * 100, 1)
    (71.2, 66.7)
    """
    return float(f"{value:.{decimals}f}")


def survey_looked_at(
    sample: SampleCheck,
    methods: Mapping[str, int],
    measures: Sequence[MeasureReturned],
    homes: int | None,
    decimals: int,
) -> Iterator[Looked]:
    """The checks of one tenure group's survey. ``homes``: how many the list of homes has; None without a list."""
    whose = sample.tenure_group
    yield from _sample(sample, methods, homes)
    for each in measures:
        yield Looked("given", whose, each.measure, each.withheld is None, each.withheld or "")
        if each.withheld is None:
            yield from _measure(whose, each, sample.responses, decimals)
    yield from _same_repairs(whose, measures)


def _sample(sample: SampleCheck, methods: Mapping[str, int], homes: int | None) -> Iterator[Looked]:
    whose, population = sample.tenure_group, sample.population
    yield Looked("population", whose, "", population is not None, "it is not known" if population is None else "")
    if population is not None:
        found = f"{sample.responses:,} answers, {population:,} homes"
        yield Looked("responses", whose, "", sample.responses <= population, found)
        if homes is not None:
            agree = abs(homes - population) <= AGREE * max(homes, population)
            yield Looked("homes", whose, "", agree, f"{population:,} in the survey, {homes:,} in the list")
    if sample.required is not None and sample.met is not None:
        found = f"{sample.required:,} required, {sample.responses:,} achieved"
        yield Looked("required", whose, "", sample.met, found)
    by_method = sum(methods.values())
    found = f"{by_method:,} by method, {sample.responses:,} in all"
    yield Looked("methods", whose, "", by_method == sample.responses, found)


def _measure(whose: str, each: MeasureReturned, responses: int, decimals: int) -> Iterator[Looked]:
    code = each.measure
    yield Looked("base", whose, code, each.base <= responses, f"{each.base:,} answers of {responses:,}")
    if each.numerator is None or each.denominator is None:
        return
    found = f"{each.numerator:,.1f} of {each.denominator:,.1f}"
    yield Looked("above", whose, code, each.numerator <= each.denominator + NEAR, found)
    if each.answers is not None and each.share is not None and each.denominator > 0:
        # As they are sent: the portal works the figure out from the five answers, each already rounded.
        sent = [rounded(number, decimals) for number in each.answers]
        worked_out = rounded(sum(sent[:TWO_BEST]) / sum(sent) * 100, decimals)
        reported = rounded(each.share * 100, decimals)
        holds = abs(worked_out - reported) <= 10.0**-decimals + NEAR
        yield Looked("follows", whose, code, holds, f"{worked_out} from the five, {reported} here")
    if each.unweighted is not None:
        found = f"{sum(each.unweighted):,} together, {each.base:,} in all"
        yield Looked("adds", whose, code, sum(each.unweighted) == each.base, found)


def _same_repairs(whose: str, measures: Sequence[MeasureReturned]) -> Iterator[Looked]:
    """TP02 and TP03 stand behind one question, whether there was a repair: the return asks for its answers twice."""
    passed = {each.measure: each.passed for each in measures}
    service, time = passed.get("TP02"), passed.get("TP03")
    if service is not None and time is not None:
        agree = abs(service - time) <= AGREE * max(service, time)
        yield Looked("filter", whose, "", agree, f"{service:,.1f} before TP02, {time:,.1f} before TP03")


def records_looked_at(figures: Sequence[ManagementFigure], decimals: int) -> Iterator[Looked]:
    """The checks of the management measures."""
    for each in figures:
        code, whose = each.measure.code, each.tenure_group
        if each.numerator is None or each.denominator is None:
            yield Looked("both", whose, code, False, each.withheld or "")
            continue
        yield Looked("both", whose, code, True)
        found = f"{each.numerator:,.0f} of {each.denominator:,.0f}"
        if each.measure.unit == "%":
            yield Looked("above", whose, code, each.numerator <= each.denominator, found)
        worked_out = value_of(each.measure, each.numerator, each.denominator)
        if worked_out is not None and each.value is not None:
            holds = rounded(worked_out, decimals) == rounded(each.value, decimals)
            yield Looked("follows", whose, code, holds, found)
        if code.startswith("CH02"):
            yield _parts(each)
        others = [warning for warning in each.warnings if "larger than the denominator" not in warning]
        yield Looked("fits", whose, code, not others, " ".join(others))


def _parts(each: ManagementFigure) -> Looked:
    if each.parts is None:
        return Looked("parts", each.tenure_group, each.measure.code, False, "the two parts are not known")
    found = f"{sum(each.parts):,.0f} together, {each.numerator:,.0f} in all"
    return Looked("parts", each.tenure_group, each.measure.code, sum(each.parts) == each.numerator, found)
