"""How wrong a figure could be for those who did not answer, as sentences that follow from the figures."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import BreakEven, Estimate, HowWrong, Representativity, Verdict
from dashboard.words.shares import count, exact_percent, interval, people, percent
from dashboard.words.silence import WAYS, group_of_homes, homes, part
from dashboard.words.surveys import listed

WHO = {
    "unanswered": "Every home that did not answer",
    "silent": "Homes heard from through no channel",
    "group": "No answer from",
}
READING = (
    "Every home that is not in a line is taken to be as satisfied as those who answered. The range comes from the "
    "figure's own margin. All dissatisfied and all satisfied are the worst and the best the figure could be."
)
INDICATORS = (
    "How much being readier or less ready to answer differs between the levels of a characteristic, by itself and "
    "among homes alike in the others. 0 is nothing; the parts do not add up."
)


def rests(figure: Estimate, homes_there: int, answered: int) -> str:
    """What share of the homes a figure rests on.

    >>> print(rests(Estimate(0.71, 0.68, 0.74, 820), 10_500, 826))
    71% (68% to 74%) of those who answered. 8% (826 of 10,500) of the homes did, and speak for the other 9,674.
    """
    share = f"{percent(figure.value or 0)} ({interval(figure.low, figure.high)}) of those who answered"
    silent = count(homes_there - answered)
    return f"{share}. {part(answered, homes_there)} of the homes did, and speak for the other {silent}."


def held_against(found: HowWrong) -> str:
    """What the figure is held against, and where that is from."""
    where = f"the figure of {found.target_is}" if found.target_is else "a value chosen"
    return f"Held against {exact_percent(found.target)}: {where}."


def put_to_some(found: HowWrong) -> str:
    """What is taken for granted where a question is put to some tenants only; "" where it is put to everyone."""
    if not found.measure.filter_field:
        return ""
    return (
        f"{found.measure.code} is put to some tenants only, and {people(found.figure.base)} answered it. How many of "
        "the silent it would be put to is not known: they are taken to be the same part as of those who answered."
    )


def who(line: BreakEven) -> str:
    """Whose silence a line is about.

    >>> who(BreakEven("group", (("estate", "Ash Court"),), 90, 0.1, None, None, None, 0.6, 0.7))
    'Ash Court, homes without an answer'
    """
    return f"{group_of_homes(line.group)}, homes without an answer" if line.group else WHO[line.who]


def needed_words(line: BreakEven) -> str:
    """How satisfied they would have to be, with the range the figure's own margin gives.

    >>> needed_words(BreakEven("group", (), 90, 0.1, 0.4, 0.25, 0.55, 0.6, 0.7))
    '40% (25% to 55%)'
    >>> needed_words(BreakEven("group", (), 90, 0.1, None, 0.0, 0.0, 0.6, 0.7))
    'nothing they could say'
    >>> needed_words(BreakEven("group", (), 90, 0.1, None, 0.0, 0.3, 0.6, 0.7))
    'nothing they could say (0% to 30%)'
    >>> needed_words(BreakEven("unanswered", (), 9_674, 0.92, 0.6992, 0.6966, 0.7021, 0.06, 0.98))
    '69.9% (69.7% to 70.2%)'
    """
    low, high = line.needed_low, line.needed_high
    if line.needed is None:
        return "nothing they could say" if low == high else f"nothing they could say ({interval(low, high)})"
    if low is not None and high is not None and percent(low) == percent(high):
        return f"{exact_percent(line.needed)} ({exact_percent(low)} to {exact_percent(high)})"
    return f"{percent(line.needed)} ({interval(low, high)})"


def break_even_words(line: BreakEven, value: float, target: float) -> str:
    """How satisfied these silent tenants would have to be for a figure to cross a value.

    >>> line = BreakEven("group", (("estate", "Ash Court"),), 330, 0.031, 0.4, 0.0, 1.0, 0.687, 0.719)
    >>> print(break_even_words(line, 0.71, 0.7))
    Ash Court, homes without an answer (330 homes): were fewer than 40% (0% to 100%) of them satisfied, the figure \
would be below 70.0%.
    >>> print(break_even_words(BreakEven("silent", (), 330, 0.031, None, 0.0, 0.3, 0.687, 0.719), 0.71, 0.65))
    Homes heard from through no channel (330 homes): whatever they would say, the figure stays above 65.0%, though at \
the low end of its margin it need not.
    """
    there, crossed = f"{who(line)} ({homes(line.homes)})", exact_percent(target)
    side = "above" if value >= target else "below"
    if line.needed is None:
        # The margin may reach further than the figure: then it is not sure that nothing they say could matter.
        sure = line.needed_low == line.needed_high
        but = "" if sure else f", though at the {'low' if value >= target else 'high'} end of its margin it need not"
        return f"{there}: whatever they would say, the figure stays {side} {crossed}{but}."
    few, other = ("fewer", "below") if value >= target else ("more", "above")
    needed = needed_words(line)
    return f"{there}: were {few} than {needed} of them satisfied, the figure would be {other} {crossed}."


UNSEEN = (
    "Nor can it repair what the list of homes does not say: language, work, trust, whether calls are screened. Only "
    "hearing from them can."
)


def alike(found: Representativity) -> Iterator[str]:
    """How alike those who answered are to those invited, in sentences.

    >>> list(alike(Representativity(0, 0, withheld="no issued sample is loaded for this survey")))
    ['Who answered cannot be set beside who was invited: no issued sample is loaded for this survey.']
    """
    if found.withheld or found.indicator is None or found.by_chance is None or found.most_bias is None:
        yield f"Who answered cannot be set beside who was invited: {found.withheld}."
        return
    yield (
        f"Of {people(found.invited, 'invited', 'invited')}, {part(found.answered, found.invited)} answered. On a scale "
        f"where 1 is exactly alike, those who answered are {found.indicator:.2f} like those invited; chance alone "
        f"would give about {found.by_chance:.2f} with as many groups."
    )
    if found.verdict is Verdict.CHANCE:
        yield "That they differ at all could be chance."
    else:
        yield (
            "That they differ is more than chance. At the very worst, if those readier to answer were as unlike the "
            f"others as can be, a share could be off by {found.most_bias * 100:.0f} points for it; how far it is "
            "cannot be known."
        )
    yield "There is no interval: the method gives none that holds for an estimated model."
    if found.left_out:
        yield f"Left out: {listed([f'{WAYS[dim].lower()} ({why})' for dim, why in found.left_out.items()])}."


def thousandths(number: float) -> str:
    """A part of the spread of propensities.

    >>> thousandths(0.0713)
    '0.071'
    """
    return f"{number:.3f}"


def weights_can(found: HowWrong) -> Iterator[str]:
    """What weighting can repair and what it cannot, as far as the figures say."""
    parts = [part for part in found.representativity.parts if part.verdict is Verdict.REAL]
    named = " and ".join(WAYS[part.variable].lower() for part in parts)
    if parts:
        yield (
            f"Weighting can repair what {named} {'has' if len(parts) == 1 else 'have'} to do with it, as far as those "
            "of a group who answered think as the others of it do: answers can be counted in the proportions of the "
            "homes."
        )
    elif found.representativity.withheld is None:
        yield "There is little for weighting to repair: no characteristic has surely to do with who answered."
    weighed = f"by {listed(found.weighted_by)}" if found.weighted_by else "as the file has it; nothing was weighed here"
    yield f"This survey is weighted {weighed}."
    if found.silent_groups:
        yield (
            f"Weighting cannot speak for {people(found.silent_groups, 'group', 'groups')} with "
            f"{homes(found.silent_homes)} and no answer at all: it only lets others speak for them."
        )
    yield UNSEEN
