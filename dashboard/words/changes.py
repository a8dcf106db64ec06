"""What moved and what may be made of it: the same four words everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, Distribution, Estimate, Measure, Verdict, Wave
from dashboard.words.shares import NOTHING, in_words, interval, people, share_of

MINUS = "\N{MINUS SIGN}"


def signed(points: float) -> str:
    """Percentage points with a sign, from a difference of shares.

    >>> signed(0.042), signed(-0.003), signed(0.0001)
    ('+4.2', '−0.3', '0.0')
    """
    text = f"{points * 100:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", MINUS)


def change(comparison: Comparison) -> str:
    """A change in points with its range; a dash where there is none to give.

    >>> before, after = Estimate(0.6, 0.5, 0.7, base=100), Estimate(0.642, 0.6, 0.7, base=100)
    >>> change(Comparison(before, after, 0.042, -0.003, 0.087, Verdict.CHANCE, ""))
    '+4.2 points (−0.3 to +8.7)'
    """
    if comparison.difference is None:
        return NOTHING
    if comparison.low is None or comparison.high is None:
        return f"{signed(comparison.difference)} points"
    return f"{signed(comparison.difference)} points ({signed(comparison.low)} to {signed(comparison.high)})"


def net(fell: Distribution) -> str:
    """The net score in points, the two best answers less the two worst, with its range; a dash where there is none.

    >>> fell = (0.5, 0.2, 0.12, 0.1, 0.08), (50, 20, 12, 10, 8)
    >>> net(Distribution("TP01", (), *fell, 100, 0, 0, 0, 0, net=0.52, net_low=0.478, net_high=0.561))
    '+52 (+48 to +56)'
    """
    ends = (fell.net, fell.net_low, fell.net_high)
    value, low, high = (NOTHING if end is None else _whole(end) for end in ends)
    return NOTHING if value == NOTHING else f"{value} ({low} to {high})"


def _whole(points: float) -> str:
    """Whole points with a sign.

    >>> _whole(-0.034), _whole(0.001)
    ('−3', '0')
    """
    text = f"{points * 100:+.0f}"
    return "0" if text in ("+0", "-0") else text.replace("-", MINUS)


def way_of_asking(moved: Comparison) -> str:
    """How the people of a change within one way of asking were asked.

    >>> one = Estimate(0.6, 0.5, 0.7, base=100, group=(("method", "Telephone"),))
    >>> way_of_asking(Comparison(one, one, 0.01, -0.03, 0.05, Verdict.CHANCE, ""))
    'telephone'
    """
    return ", ".join(level for _, level in moved.after.group).lower()


def within_method(moved: Comparison) -> str:
    """The change among those who were asked in one way.

    >>> before, after = (Estimate(x, 0.5, 0.7, base=100, group=(("method", "Telephone"),)) for x in (0.6, 0.61))
    >>> within_method(Comparison(before, after, 0.01, -0.03, 0.05, Verdict.CHANCE, "Chance could give this."))
    'Asked by telephone both times: +1.0 points (−3.0 to +5.0): could be chance. Chance could give this.'
    """
    points = f"{change(moved)}: " if moved.difference is not None else ""
    return f"Asked by {way_of_asking(moved)} both times: {points}{verdict(moved)}"


def yes_word(measure: Measure) -> str:
    """What a counted answer says: "satisfied", or "agree" where the scale is agreement."""
    return "agree" if measure.counts_as_yes and "agree" in measure.counts_as_yes[0].lower() else "satisfied"


def headline(estimate: Estimate, comparison: Comparison | None, said: str = "satisfied") -> str:
    """The one sentence at the top of a page.

    >>> now = Estimate(0.71, 0.68, 0.74, base=900)
    >>> headline(now, Comparison(now, now, 0.01, -0.03, 0.05, Verdict.CHANCE, ""))
    '71% satisfied (68% to 74%): could be chance'
    >>> headline(now, None)
    '71% satisfied (68% to 74%)'
    >>> headline(Estimate(None, None, None, base=3, withheld="fewer than 10 answers"), None)
    'Not shown: fewer than 10 answers'
    """
    if estimate.withheld or estimate.value is None:
        return in_words(estimate)
    sentence = f"{share_of(estimate)} {said} ({interval(estimate.low, estimate.high)})"
    return sentence if comparison is None else f"{sentence}: {comparison.verdict.value}"


def since(comparison: Comparison | None, earlier: Wave | None) -> str:
    """What moved since the earlier survey, and what may be made of it, in one sentence.

    >>> from datetime import date
    >>> now = Estimate(0.71, 0.68, 0.74, base=900)
    >>> wave = Wave("2024", date(2024, 4, 1), date(2024, 6, 30), "2024/25")
    >>> since(Comparison(now, now, 0.01, -0.03, 0.05, Verdict.CHANCE, "The range includes no change."), wave)
    '+1.0 points (−3.0 to +5.0) since 2024: could be chance. The range includes no change.'
    >>> since(None, None)
    'There is no earlier survey to compare with.'
    """
    if comparison is None or earlier is None:
        return "There is no earlier survey to compare with."
    moved = f"{change(comparison)} since {earlier.name}: " if comparison.difference is not None else ""
    return f"{moved}{verdict(comparison)}"


def verdict(comparison: Comparison) -> str:
    """The verdict, one of the same four everywhere, and its reason in a sentence of its own.

    >>> few = Estimate(None, None, None, base=4, withheld="fewer than 10 answers")
    >>> verdict(Comparison(few, few, None, None, None, Verdict.TOO_FEW, "2024: fewer than 10 answers."))
    'too few to say. 2024: fewer than 10 answers.'
    """
    return f"{comparison.verdict.value}. {comparison.why}".strip()


def verdict_count(comparisons: Sequence[Comparison]) -> str:
    """How many measures of each verdict there are, in one sentence.

    >>> now = Estimate(0.7, 0.6, 0.8, base=90)
    >>> rows = [Comparison(now, now, 0.1, 0.05, 0.15, Verdict.REAL, "")] * 2
    >>> verdict_count([*rows, Comparison(now, now, 0.0, -0.1, 0.1, Verdict.CHANCE, "")])
    'Real change: 2 measures. Could be chance: 1 measure.'
    """
    told = []
    for word in Verdict:
        number = sum(found.verdict is word for found in comparisons)
        if number:
            told.append(f"{word.value.capitalize()}: {people(number, 'measure', 'measures')}.")
    return " ".join(told)
