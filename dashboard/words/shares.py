"""A share, its range and its base, as a person would say them."""

from __future__ import annotations

from analysis.model import Estimate, Measure

SMALL_BASE = 30  # under this a share is shown as "7 of 10": USERS.md
NOTHING = "–"
COMMENTS = ("comment", "comments")  # what a share of comments counts


def percent(share: float) -> str:
    """A share as a whole percentage, never rounded into none or all.

    >>> [percent(x) for x in (0.714, 0.0, 0.002, 0.998, 1.0)]
    ['71%', '0%', 'under 1%', 'over 99%', '100%']
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share:.0%}"


def exact_percent(share: float) -> str:
    """A share with the one decimal the regulator publishes.

    >>> exact_percent(0.7136)
    '71.4%'
    """
    return f"{share:.1%}"


def interval(low: float | None, high: float | None) -> str:
    """How low and how high the true share could well be.

    >>> interval(0.68, 0.742)
    '68% to 74%'
    """
    if low is None or high is None:
        return NOTHING
    return f"{percent(low)} to {percent(high)}"


def count(number: int) -> str:
    """A whole number with its thousands.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def told(number: int | None) -> str:
    """A whole number, or a dash where it is not told.

    >>> told(12345), told(None)
    ('12,345', '–')
    """
    return NOTHING if number is None else count(number)


def people(number: int, one: str = "tenant", many: str = "tenants") -> str:
    """How many people a figure rests on.

    >>> people(1310), people(1)
    ('1,310 tenants', '1 tenant')
    """
    return f"{count(number)} {one if number == 1 else many}"


def share_of(estimate: Estimate) -> str:
    """The share alone: a percentage, "7 of 10" on a small base, or a dash where it is withheld.

    >>> share_of(Estimate(0.62, 0.58, 0.66, base=310)), share_of(Estimate(0.7, 0.4, 0.9, base=10, yes=7))
    ('62%', '7 of 10')
    >>> share_of(Estimate(None, None, None, base=9, withheld="fewer than 10 answers"))
    '–'
    """
    if estimate.withheld or estimate.value is None:
        return NOTHING
    if estimate.base < SMALL_BASE and estimate.yes is not None:
        return f"{estimate.yes} of {estimate.base}"
    return percent(estimate.value)


def answer_share(share: float, said: int | None, base: int) -> str:
    """The share of one of the five answers: a percentage, or counted out on a small base.

    >>> answer_share(0.31, 9, 29), answer_share(0.31, 93, 300)
    ('9 of 29', '31%')
    """
    return f"{said} of {base}" if base < SMALL_BASE and said is not None else percent(share)


def in_words(estimate: Estimate, one: str = "tenant", many: str = "tenants") -> str:
    """A figure with its range and base, or why there is none.

    >>> in_words(Estimate(0.62, 0.58, 0.66, base=310))
    '62% (58% to 66%, 310 tenants)'
    >>> in_words(Estimate(0.7, 0.4, 0.89, base=10, yes=7))
    '7 of 10 (40% to 89%)'
    >>> in_words(Estimate(None, None, None, base=9, withheld="fewer than 10 answers"))
    'Not shown: fewer than 10 answers'
    >>> in_words(Estimate(0.62, 0.58, 0.66, base=310), *COMMENTS)
    '62% (58% to 66%, 310 comments)'
    """
    if estimate.withheld or estimate.value is None:
        return f"Not shown: {estimate.withheld or 'no answers'}"
    between = interval(estimate.low, estimate.high)
    if estimate.base < SMALL_BASE and estimate.yes is not None:
        return f"{share_of(estimate)} ({between})"
    return f"{share_of(estimate)} ({between}, {people(estimate.base, one, many)})"


def worth(estimate: Estimate) -> str:
    """What weighted answers are worth, in plain words; nothing where weighting costs little.

    >>> worth(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=843.2))
    'worth about 840 answers'
    >>> worth(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=1000.0))
    ''
    """
    if estimate.effective_base is None or estimate.effective_base > 0.98 * estimate.base:
        return ""
    return f"worth about {worth_alone(estimate)} answers"


def worth_alone(estimate: Estimate) -> str:
    """The same as a number alone, for a column of its own; a dash where it is not told.

    >>> worth_alone(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=843.2))
    '840'
    >>> worth_alone(Estimate(None, None, None, base=4, withheld="fewer than 10 answers"))
    '–'
    """
    if estimate.effective_base is None or estimate.withheld:
        return NOTHING
    nearest = 10 if estimate.effective_base >= 100 else 1
    return count(round(estimate.effective_base / nearest) * nearest)


def rests_on(estimate: Estimate) -> str:
    """What a figure rests on, in one sentence; nothing where not even that is told.

    >>> rests_on(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=843.2))
    'From the answers of 1,000 tenants, worth about 840 answers once weighted.'
    >>> rests_on(Estimate(None, None, None, base=0, withheld="it could give away what a few people said"))
    ''
    """
    if estimate.told_base is None:
        return ""
    value = worth(estimate)
    return f"From the answers of {people(estimate.base)}{f', {value} once weighted' if value else ''}."


def sentence_case(reason: str) -> str:
    """A reason at the start of a sentence.

    >>> sentence_case("fewer than 10 answers")
    'Fewer than 10 answers'
    """
    return reason[:1].upper() + reason[1:]


def number_word(number: int) -> str:
    """A small number as a word.

    >>> number_word(12), number_word(40)
    ('twelve', '40')
    """
    small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return small[number] if number < len(small) else count(number)


def counting_rule(measure: Measure) -> str:
    """Which answers count as yes, and which are left out."""
    neither = "not applicable or don't know, " if measure.offers_not_applicable else ""
    yes = " and ".join(measure.counts_as_yes).lower()
    return f"Counted: {yes}. Left out: {neither}refused and blank. Source: {measure.source}."
