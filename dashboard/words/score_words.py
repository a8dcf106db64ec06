"""Scores beside words, as sentences: what the gap is, and how it is not to be misread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Verdict
from analysis.model.fair import ScoreWords
from dashboard.words.changes import change
from dashboard.words.shares import count, share_of
from dashboard.words.surveys import listed

WHAT = (
    "The share satisfied less the share of comments about it that speak well, of those that speak only well or only "
    "ill. Above nought the words are worse than the score; below it they are better."
)
NOT_A_FAULT = (
    "Words are nearly always worse than scores: people were asked what could be better, and those who are content "
    "write less. So the gap itself is no finding and has no target. Look at where it differs from elsewhere, then read."
)
NO_LEAGUE = (
    "Places stand by name, never by size. A place where few wrote is not a good one, and a gap is no score of "
    "anybody's work."
)
HOW_SURE = (
    "Many who ticked also wrote, so the range allows for both coming from the same people. Solid: real change, which "
    "here says that the gap is beyond chance, not that anything moved. Hollow: could be chance."
)
CLICK = "Click a mark to read its comments."
OF_PEOPLE = "Told on the stricter base, because it is about staff and about being judged."
NONE = "No measure that comments speak to was asked here, or nobody wrote about one."


def gap_line(found: ScoreWords, title: str) -> str:
    """One gap beside its two shares.

    >>> from analysis.model import Comparison, Estimate
    >>> words = Estimate(0.3, 0.2, 0.42, base=58, yes=17)
    >>> score = Estimate(0.74, 0.7, 0.78, base=567, yes=420)
    >>> gap = Comparison(words, score, 0.44, 0.29, 0.56, Verdict.REAL, "")
    >>> gap_line(ScoreWords("TP02", (), score, words, gap, None), "Repairs")
    'Repairs: 74% satisfied, 30% of 58 comments speak well: gap +44.0 points (+29.0 to +56.0): real change.'
    """
    if found.words.withheld:
        return f"{title}: not shown, {found.words.withheld}."
    comments = f"{count(found.words.base)} {'comment' if found.words.base == 1 else 'comments'}"
    well = f"{share_of(found.words)} of {comments} speak well"
    if found.words.base < 30:
        well = f"{share_of(found.words)} comments speak well"
    gap = (
        f"gap {change(found.gap)}: {found.gap.verdict.value}" if found.gap.difference is not None else "too few to say"
    )
    return f"{title}: {share_of(found.score)} satisfied, {well}: {gap}."


def judged(found: Sequence[ScoreWords], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Of which measures the words are worse or better than the score beyond chance, and of which nothing can be said.

    >>> from analysis.model import Comparison, Estimate
    >>> words = Estimate(0.3, 0.2, 0.42, base=58, yes=17)
    >>> gap = Comparison(words, words, 0.44, 0.29, 0.56, Verdict.REAL, "")
    >>> judged([ScoreWords("TP02", (), words, words, gap, None)], {"TP02": "TP02 Repairs"})
    ('Words worse than the score, beyond chance: TP02 Repairs.',)
    """
    sides: dict[str, list[str]] = {}
    for each in found:
        sides.setdefault(_side(each), []).append(titles[each.measure])
    return tuple(f"{side}: {listed(sides[side], len(sides[side]))}." for side in SIDES if side in sides)


WORSE, BETTER = "Words worse than the score, beyond chance", "Words better than the score, beyond chance"
CHANCE, FEW = "Could be chance", "Too few comments to say"
SIDES = (WORSE, BETTER, CHANCE, FEW)


def _side(each: ScoreWords) -> str:
    if each.gap.verdict is Verdict.REAL:
        return WORSE if (each.gap.difference or 0) > 0 else BETTER
    return CHANCE if each.gap.verdict is Verdict.CHANCE else FEW


def apart(found: Sequence[ScoreWords], titles: Mapping[str, str]) -> tuple[str, ...]:
    """The places whose gap differs from that of all others by more than chance, by name."""
    return tuple(
        f"{place(each)}, {titles[each.measure]}: words {'worse' if (each.usual.difference or 0) > 0 else 'better'} "
        f"beside the score than elsewhere, {change(each.usual)}."
        for each in found
        if each.usual is not None and each.usual.verdict is Verdict.REAL
    )


def counted(found: Sequence[ScoreWords]) -> str:
    """How many gaps of places could be judged against all others.

    >>> counted([])
    'No place has enough answers and comments to set its gap against the others.'
    """
    judged = [each.usual for each in found if each.usual is not None and each.usual.verdict is not Verdict.TOO_FEW]
    if not judged:
        return "No place has enough answers and comments to set its gap against the others."
    real = sum(each.verdict is Verdict.REAL for each in judged)
    return (
        f"{count(len(judged))} gaps of places were set against all others, judged together: {count(real)} differ "
        f"beyond chance, {count(len(judged) - real)} could be chance."
    )


def place(found: ScoreWords) -> str:
    """The place a gap is of."""
    return ", ".join(level for _, level in found.group) or "Everyone"


def gap_words(found: ScoreWords) -> str:
    """A gap beside its mark."""
    return f"{change(found.gap)}: {found.gap.verdict.value}"
