"""The figures of a pack in sentences: what stands highest with care, what may be claimed, what cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Audience, Comparison, Distribution, Estimate, Measure, SectorFigures, Verdict, Wave
from dashboard.words.changes import change, verdict_count
from dashboard.words.places import some
from dashboard.words.shares import (
    NOTHING,
    SMALL_BASE,
    count,
    in_words,
    interval,
    number_word,
    people,
    percent,
    share_of,
)
from dashboard.words.silence import part
from dashboard.words.standing import quarters
from dashboard.words.surveys import listed

MOST_NAMED, MOST_GROUPS = 6, 30  # measures, and groups, in one sentence
Rows = Sequence[tuple[Measure, Estimate]]
Beside = Sequence[tuple[Measure, Estimate, SectorFigures]]


def named(measure: Measure) -> str:
    """A measure as documents name it: its code and title."""
    return f"{measure.code} {measure.title}"


def all_of(names: Sequence[str]) -> str:
    """Names in a row, the last behind "and"; the rest of many counted.

    >>> all_of(("TP01",)), all_of(("TP01", "TP02", "TP03"))
    ('TP01', 'TP01, TP02 and TP03')
    """
    if len(names) > MOST_NAMED or len(names) < 2:
        return listed(names, MOST_NAMED)
    return f"{', '.join(names[:-1])} and {names[-1]}"


# ── Highest and lowest ───────────────────────────────────────────────────────────────────────────


def stands_out(rows: Rows, highest: bool) -> str:
    """Which measure has the highest (or lowest) share, and which others may well have it; "" where none is told.

    >>> from analysis.model import Estimate
    >>> def measure(code, title):
    ...     return Measure(code, title, "", (), (), False, None, None, ("LCRA",), "high", "2025/26", False, "")
    >>> fair, safe = measure("TP08", "Fairness and respect"), measure("TP05", "Home is safe")
    >>> rows = [(fair, Estimate(0.74, 0.70, 0.78, 800)), (safe, Estimate(0.72, 0.68, 0.76, 800))]
    >>> print(stands_out(rows, True))
    Highest: TP08 Fairness and respect, 74% (70% to 78%, 800 tenants). By the ranges TP05 could be as high.
    >>> stands_out([], True)
    ''
    """
    told = [(measure, found) for measure, found in rows if found.value is not None]
    if len(told) < 2:
        return ""
    top, figure = (max if highest else min)(told, key=lambda row: row[1].value or 0.0)
    others = [m.code for m, found in told if m.code != top.code and _reaches(found, figure, highest)]
    side = "high" if highest else "low"
    care = f" By the ranges {all_of(others)} could be as {side}." if others else ""
    return f"{side.capitalize()}est: {named(top)}, {in_words(figure)}.{care}"


def _reaches(found: Estimate, end: Estimate, highest: bool) -> bool:
    """Whether a range reaches into that of the share at the end."""
    if found.low is None or found.high is None or end.low is None or end.high is None:
        return False
    return found.high >= end.low if highest else found.low <= end.high


NOT_ALIKE = (
    "The questions differ, and some are put to some tenants only, so a lower share on one need not be worse than a "
    "higher one on another."
)


# ── Beside other landlords ───────────────────────────────────────────────────────────────────────


def landlords(rows: Beside) -> str:
    """How many landlords the quartiles are of.

    >>> landlords([])
    'no landlords'
    """
    numbers = sorted({figures.n for _, _, figures in rows})
    if not numbers:
        return "no landlords"
    if numbers[0] == numbers[-1]:
        return f"{count(numbers[0])} landlords"
    return f"{count(numbers[0])} to {count(numbers[-1])} landlords"


def standing(rows: Beside, claims: Mapping[str, tuple[int, ...]], year: str) -> str:
    """On how many measures the quarter is sure, and which quarter that is; "" where nothing stands beside others.

    >>> from analysis.model import Estimate
    >>> def measure(code):
    ...     return Measure(code, "", "", (), (), False, None, None, ("LCRA",), "high", "2025/26", False, "")
    >>> others = SectorFigures("2024/25", "LCRA", "all", "all", "TP01", 353, 64.7, 71.8, 78.9)
    >>> rows = [(measure(code), Estimate(0.7, 0.6, 0.8, 90), others) for code in ("TP01", "TP02", "TP03")]
    >>> print(standing(rows, {"TP01": (2, 3), "TP02": (4,), "TP03": (4,)}, "2024/25"))
    Beside 353 landlords of 2024/25, 2 of 3 measures are sure of their quarter: bottom quarter TP02 and TP03. On the \
others more than one may be claimed.
    """
    told = [(measure.code, claims.get(measure.code, ())) for measure, _, _ in rows if claims.get(measure.code)]
    if not told:
        return ""
    sure: dict[tuple[int, ...], list[str]] = {}
    for code, claim in told:
        if len(claim) == 1:
            sure.setdefault(claim, []).append(code)
    number = sum(map(len, sure.values()))
    beside = f"Beside {landlords(rows)} of {year}"
    if not number:
        return f"{beside}, none of {number_word(len(told))} measures is sure of its quarter."
    which = "; ".join(f"{quarters(claim)} {all_of(codes)}" for claim, codes in sorted(sure.items()))
    some = f"{count(number)} of {count(len(told))} measures {'is' if number == 1 else 'are'} sure of "
    rest = " On the others more than one may be claimed." if number < len(told) else ""
    return f"{beside}, {some}{'its' if number == 1 else 'their'} quarter: {which}.{rest}"


def stands_at(measure: Measure, figures: SectorFigures, claim: tuple[int, ...]) -> str:
    """Where one measure stands, in one sentence.

    >>> overall = Measure("TP01", "Overall satisfaction", "", (), (), False, None, None, (), "high", "", False, "")
    >>> print(stands_at(overall, SectorFigures("2024/25", "LCRA", "all", "all", "TP01", 353, 64.7, 71.8, 78.9), (2, 3)))
    Overall satisfaction may claim the second or third quarter (median 71.8%, middle half 64.7% to 78.9%).
    """
    half = f"median {figures.median:.1f}%, middle half {figures.lower:.1f}% to {figures.upper:.1f}%"
    place = quarters(claim) if len(claim) in (4, 0) else f"the {quarters(claim)}"
    return f"{measure.title} may claim {place} ({half})."


def other_year(ours: str, theirs: str) -> str:
    """That other landlords' figures are of another year than ours; "" where they are not.

    >>> other_year("2026/27", "2024/25")
    'The figures of other landlords are of 2024/25, the newest there are here; ours are of 2026/27.'
    """
    if ours == theirs:
        return ""
    return f"The figures of other landlords are of {theirs}, the newest there are here; ours are of {ours}."


# ── In short ─────────────────────────────────────────────────────────────────────────────────────


def since_short(moved: Comparison | None, earlier: Wave | None) -> str:
    """The change since the earlier survey with its verdict, the reason left to where it is told at length.

    >>> since_short(None, None)
    'There is no earlier survey to compare with.'
    """
    if earlier is None:
        return "There is no earlier survey to compare with."
    if moved is None:
        return ""
    if moved.difference is None:
        return f"Since {earlier.name}: {moved.verdict.value}."
    return f"{change(moved)} since {earlier.name}: {moved.verdict.value}."


def moved_in_all(rows: Sequence[tuple[Measure, Comparison]], earlier: str) -> str:
    """What surely rose or fell since an earlier survey, and of how many measures that cannot be said.

    >>> one = Estimate(0.7, 0.6, 0.8, base=90)
    >>> def measure(code):
    ...     return Measure(code, "Overall", "", (), (), False, None, None, ("LCRA",), "high", "2025/26", False, "")
    >>> rows = [(measure("TP01"), Comparison(one, one, 0.0, -0.1, 0.1, Verdict.CHANCE, ""))]
    >>> moved_in_all(rows, "2024")
    'No measure surely rose or fell since 2024. Could be chance: 1 measure.'
    """
    real = [f"{named(measure)} {change(each)}" for measure, each in rows if each.verdict is Verdict.REAL]
    surely = (
        f"Since {earlier} surely moved: {'; '.join(real)}."
        if real
        else f"No measure surely rose or fell since {earlier}."
    )
    return f"{surely} {verdict_count([each for _, each in rows])}"


def heard_from(answered: int, there: int) -> str:
    """How many homes answered and for how many they speak.

    >>> heard_from(826, 10_500)
    '8% (826 of 10,500) of the homes answered and speak for the other 9,674.'
    """
    return f"{part(answered, there)} of the homes answered and speak for the other {count(max(there - answered, 0))}."


def homes_answered(answered: int, there: int, audience: Audience, fewest: int) -> str:
    """The same as an audience may have it: outside the landlord a handful of answers is not told.

    >>> homes_answered(1, 36, Audience.PUBLIC, 10)
    'How many homes answered is not told: it could give away a handful of answers.'
    >>> homes_answered(1, 36, Audience.INTERNAL, 10)
    '3% (1 of 36) of the homes answered and speak for the other 35.'
    """
    if audience is not Audience.INTERNAL and 0 < answered < fewest:
        return "How many homes answered is not told: it could give away a handful of answers."
    return heard_from(answered, there)


# ── Who was asked ────────────────────────────────────────────────────────────────────────────────


def asked_of_some(measures: Sequence[Measure], fallen: Mapping[str, Distribution]) -> tuple[str, ...]:
    """Whom the measures that only some are asked were asked of, a sentence for each question that decides it.

    >>> repairs = Measure(
    ...     "TP02", "Repairs", "", (), (), False, "repair_12m", "Have you had a repair?", ("LCRA",), "", "", False, ""
    ... )
    >>> fell = Distribution("TP02", (), (0.2,) * 5, (8,) * 5, 40, 3, 1, 20, 2)
    >>> asked_of_some([repairs], {"TP02": fell})
    ('TP02: put only to those who say yes to “Have you had a repair?”, 46 of 66 (70%).',)
    >>> asked_of_some([repairs], {})
    ('TP02: put only to those who say yes to “Have you had a repair?”.',)
    """
    questions: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.filter_field and measure.filter_question:
            questions.setdefault(measure.filter_question, []).append(measure)
    return tuple(
        f"{all_of([m.code for m in asked])}: put only to those who say yes to “{question}”"
        f"{_how_many(fallen.get(asked[0].code))}."
        for question, asked in questions.items()
    )


def _how_many(fell: Distribution | None) -> str:
    if fell is None or fell.withheld or fell.not_asked is None:
        return ""
    asked = fell.base + sum(number or 0 for number in (fell.not_applicable, fell.refused, fell.blank))
    every = asked + fell.not_asked
    return f", {count(asked)} of {count(every)}{f' ({percent(asked / every)})' if every >= SMALL_BASE else ''}"


# ── Many groups ──────────────────────────────────────────────────────────────────────────────────


def of_groups_named(reason: str, names: Sequence[str]) -> str:
    """The groups that are not shown for one reason: counted, and so many of them named.

    >>> of_groups_named("fewer than 10 answers", ["Ash Court", "Beech Row"])
    'Not shown, fewer than 10 answers: 2 groups (Ash Court, Beech Row).'
    """
    groups = people(len(names), "group", "groups")
    return f"Not shown, {reason}: {groups} ({listed(names, MOST_GROUPS)})."


def drawn_of(shown: int, there: int, key: str) -> str:
    """That a chart shows some of many groups, and which.

    >>> drawn_of(25, 600, "estate")
    'The chart shows 25 of 600 estates: those that surely stand apart, then those with most answers. The workbook has \
all.'
    """
    return (
        f"The chart shows {count(shown)} of {some(there, key)}: those that surely stand apart, then those with most "
        "answers. The workbook has all."
    )


def none_told(reason: str, number: int) -> str:
    """That no group of a way of dividing people may be shown.

    >>> none_told("it could give away what a few people said", 195)
    'None of the groups is shown: it could give away what a few people said (195 groups).'
    """
    return f"None of the groups is shown: {reason} ({people(number, 'group', 'groups')})."


def with_base(estimate: Estimate) -> str:
    """A figure with its range and base as short as can be, for many side by side.

    >>> with_base(Estimate(0.62, 0.58, 0.66, base=310)), with_base(Estimate(0.7, 0.4, 0.89, base=10, yes=7))
    ('62% (58% to 66%) of 310', '7 of 10 (40% to 89%)')
    >>> with_base(Estimate(None, None, None, base=9, withheld="fewer than 10 answers"))
    '–'
    """
    if estimate.withheld or estimate.value is None:
        return NOTHING
    counted_out = estimate.base < SMALL_BASE and estimate.yes is not None
    of = "" if counted_out else f" of {count(estimate.base)}"
    return f"{share_of(estimate)} ({interval(estimate.low, estimate.high)}){of}"


# ── What cannot be said ──────────────────────────────────────────────────────────────────────────


def not_told(group: str, codes: Sequence[str], reason: str) -> str:
    """The measures of a tenure group that are not told, and why.

    >>> not_told("shared owners (LCHO)", ["TP09", "TP10"], "fewer than 10 answers")
    'What shared owners (LCHO) said on TP09 and TP10: fewer than 10 answers.'
    """
    return f"What {group} said on {all_of(codes)}: {reason}."


def measures_asked_differently(group: str, codes: Sequence[str], earlier: str) -> str:
    """That a change cannot be told from a change in the way of asking.

    >>> measures_asked_differently("renters (LCRA)", ["TP01", "TP02"], "2024")
    'Whether TP01 and TP02 of renters (LCRA) rose or fell since 2024: people were asked in other ways.'
    """
    which = all_of(codes) if len(codes) <= MOST_NAMED else f"{number_word(len(codes))} measures"
    return f"Whether {which} of {group} rose or fell since {earlier}: people were asked in other ways."


def not_given(missing: Sequence[str], there: int, year: str) -> str:
    """The management measures that nobody entered and no file gives.

    >>> not_given(["BS01", "RP01"], 14, "2025/26")
    '2 of the 14 management figures of 2025/26 (BS01, RP01): no figure of them is held yet.'
    """
    which = f"{count(len(missing))} of the {count(there)} management figures of {year}"
    return f"{which} ({', '.join(missing)}): no figure of them is held yet."
