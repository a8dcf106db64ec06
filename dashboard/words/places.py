"""Places and groups of people: which stand apart, how far few answers are drawn, what moved. Never a league table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Association, Comparison, Group, SmallArea, SmallAreas, Verdict, Wave
from analysis.survey.smallareas import NO_DIFFERENCE
from dashboard.words.changes import change
from dashboard.words.shares import NOTHING, SMALL_BASE, count, interval, percent, share_of

SEVERAL: Mapping[str, str] = {"estate": "estates", "tenure": "tenures", "age_band": "age bands"}
ONE: Mapping[str, str] = {"estate": "estate", "tenure": "tenure", "age_band": "age band"}
CHANCE_ALONE = 0.05  # an association below it is more than chance: the same 1 in 20 as for verdicts
JUDGED_TOGETHER = (
    "Looking at many at once finds some gaps by luck; that is allowed for here, so that of the gaps named no more than "
    "about 1 in 20 should be luck."
)
NOT_DRAWN = "None is drawn towards the others"


def several(key: str) -> str:
    """What the groups of a breakdown are called.

    >>> several("estate"), several("c_ethnicity")
    ('estates', 'groups')
    """
    return SEVERAL.get(key, "groups")


def some(number: int, key: str) -> str:
    """So many groups of a breakdown.

    >>> some(1, "estate"), some(12, "age_band"), some(2, "c_area")
    ('1 estate', '12 age bands', '2 groups')
    """
    return f"{count(number)} {ONE.get(key, 'group') if number == 1 else several(key)}"


def named(group: Group) -> str:
    """The group's own name.

    >>> named((("estate", "Ash Court"),))
    'Ash Court'
    """
    return ", ".join(level for _, level in group)


# ── Which stand apart ────────────────────────────────────────────────────────────────────────────


def differ(found: Association | None, key: str, one_does: bool = False) -> str:
    """Whether the share who say yes differs between groups at all, in one sentence.

    "" where a group is told to stand apart (``one_does``) though the groups together do not differ: one odd group among
    many may.

    >>> differ(Association("TP01", "estate", 900, 3.2, (11.0, 880.0), 0.001), "estate")
    'The shares differ between estates by more than chance would make them differ.'
    >>> differ(Association("TP01", "estate", 900, 1.0, (11.0, 880.0), 0.4), "estate")
    'Taken together, the shares differ between estates no more than chance could make them differ.'
    >>> differ(Association("TP01", "tenure", 20, None, None, None, "fewer than 30 answers"), "tenure")
    'Whether the shares differ between tenures at all cannot be said: fewer than 30 answers.'
    """
    if found is None:
        return ""
    if found.p is None:
        return f"Whether the shares differ between {several(key)} at all cannot be said: {found.withheld}."
    if found.p < CHANCE_ALONE:
        return f"The shares differ between {several(key)} by more than chance would make them differ."
    if one_does:
        return ""
    return f"Taken together, the shares differ between {several(key)} no more than chance could make them differ."


def gap(found: Comparison, said: str) -> str:
    """A group that stands apart from everyone else, with the difference and its range.

    >>> from analysis.model import Estimate
    >>> ash = Estimate(0.52, 0.43, 0.61, base=120, group=(("estate", "Ash"),))
    >>> rest = Estimate(0.73, 0.70, 0.76, base=900)
    >>> gap(Comparison(rest, ash, -0.21, -0.31, -0.11, Verdict.REAL, ""), "satisfied")
    'Ash: 52% satisfied, against 73% of everyone else: −21.0 points (−31.0 to −11.0).'
    """
    here, rest = share_of(found.after), share_of(found.before)
    return f"{named(found.after.group)}: {here} {said}, against {rest} of everyone else: {change(found)}."


def gaps_counted(found: Sequence[Comparison], key: str) -> str:
    """How many stand apart and of how many the gap could be chance, and that looking at many is allowed for.

    >>> from analysis.model import Estimate
    >>> few = Estimate(None, None, None, base=4, withheld="fewer than 10 answers")
    >>> gaps_counted([Comparison(few, few, None, None, None, Verdict.TOO_FEW, "")] * 2, "estate")
    'Too few answers to judge any estate against the rest.'
    """
    real, chance = (sum(each.verdict is word for each in found) for word in (Verdict.REAL, Verdict.CHANCE))
    if not real and not chance:
        return f"Too few answers to judge any {ONE.get(key, 'group')} against the rest."
    stands = f"{some(real, key)} {'stands' if real == 1 else 'stand'} apart from everyone else"
    if not real:
        stands = f"No {ONE.get(key, 'group')} stands apart from everyone else"
    rest = f"; of {some(chance, key)} the gap could be chance" if chance else ""
    return f"{stands}{rest}.{f' {JUDGED_TOGETHER}' if real and real + chance > 1 else ''}"


def too_few_to_say(found: Sequence[Comparison]) -> str:
    """The groups that are shown but have too few answers to be judged, by name; nothing where there is none.

    >>> from analysis.model import Estimate
    >>> elm = Estimate(0.7, 0.4, 0.9, base=20, yes=14, group=(("estate", "Elm"),))
    >>> too_few_to_say([Comparison(elm, elm, None, None, None, Verdict.TOO_FEW, "fewer than 30 answers")])
    'Fewer than 30 answers, so not judged: Elm.'
    """
    unjudged = [each.after for each in found if each.verdict is Verdict.TOO_FEW and not each.after.withheld]
    names = sorted(named(estimate.group) for estimate in unjudged)
    return f"Fewer than {SMALL_BASE} answers, so not judged: {', '.join(names)}." if names else ""


# ── How far few answers are drawn ────────────────────────────────────────────────────────────────


def how_drawn(found: SmallAreas) -> str:
    """What drawing is and where to, in two sentences; or why nothing is drawn.

    >>> how_drawn(SmallAreas("TP01", "estate", "beta-binomial", 0.714, 0.05, ()))
    'A few answers can be far off by luck, so each share is also drawn towards what is usual among the estates, 71%: \
the fewer answered, the further. Both stand here, with how much its own answers count for in the drawn one.'
    >>> how_drawn(SmallAreas("TP01", "estate", "beta-binomial", None, None, (), "fewer than 5 estates"))
    'None is drawn towards the others: fewer than 5 estates.'
    """
    if found.mean is None or found.withheld:
        return f"{NOT_DRAWN}: {found.withheld}."
    usual = f"what is usual among the {several(found.by)}, {percent(found.mean)}"
    if not found.between:
        return (
            f"The {several(found.by)} differ no more than chance could make them differ. Each is therefore drawn all "
            f"the way to {usual}; the range says how far it may still be off."
        )
    return (
        f"A few answers can be far off by luck, so each share is also drawn towards {usual}: the fewer answered, the "
        "further. Both stand here, with how much its own answers count for in the drawn one."
    )


def more_of(found: SmallAreas) -> tuple[str, ...]:
    """What else is to be known of drawing; that nothing differs is said where it is told how it is drawn."""
    return tuple(note for note in found.notes if note != NO_DIFFERENCE)


def own_weight(area: SmallArea) -> str:
    """How much a group's own answers count for in its drawn share.

    >>> from analysis.model import Estimate
    >>> direct = Estimate(0.5, 0.3, 0.7, base=20, yes=10)
    >>> own_weight(SmallArea((), direct, 0.6, 0.5, 0.7, 0.6)), own_weight(SmallArea((), direct, 0.5, 0.5, 0.5, 0.0))
    ('40%', 'all of it')
    """
    if area.shrinkage is None:
        return NOTHING
    return "all of it" if area.shrinkage <= 0 else percent(1 - area.shrinkage)


def side_by_side(area: SmallArea) -> str:
    """A share as counted, how much of the drawn one it makes, and the drawn one; short enough for a telephone.

    >>> from analysis.model import Estimate
    >>> direct = Estimate(0.5, 0.3, 0.7, base=20, yes=10)
    >>> side_by_side(SmallArea((), direct, 0.6, 0.5, 0.72, 0.6))
    '10 of 20 (own answers count 40%); drawn 60% (50% to 72%)'
    >>> large = Estimate(0.5, 0.45, 0.55, base=200, yes=100)
    >>> side_by_side(SmallArea((), large, 0.52, 0.47, 0.57, 0.1))
    '50% of 200 (own answers count 90%); drawn 52% (47% to 57%)'
    """
    if area.value is None:
        return share_of(area.direct)
    counted = share_of(area.direct)
    if area.direct.base >= SMALL_BASE:
        counted += f" of {count(area.direct.base)}"
    if area.shrinkage == 0:
        return f"{counted}: every home answered"
    own = "" if area.shrinkage is None else f" (own answers count {percent(1 - area.shrinkage)})"
    return f"{counted}{own}; drawn {percent(area.value)} ({interval(area.low, area.high)})"


def ranks(area: SmallArea) -> str:
    """The places a group may well hold from the highest share to the lowest: always a range, even of one place.

    >>> from analysis.model import Estimate
    >>> direct = Estimate(0.5, 0.3, 0.7, base=20, yes=10)
    >>> ranks(SmallArea((), direct, 0.6, 0.5, 0.72, 0.6, rank=(3, 21)))
    '3rd to 21st'
    >>> ranks(SmallArea((), direct, 0.6, 0.5, 0.72, 0.6, rank=(24, 24)))
    '24th to 24th'
    """
    return NOTHING if area.rank is None else " to ".join(_ordinal(end) for end in area.rank)


def _ordinal(number: int) -> str:
    """A place in a row.

    >>> [_ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th']
    """
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


# ── What moved ───────────────────────────────────────────────────────────────────────────────────


def moves_counted(found: Sequence[Comparison], key: str) -> str:
    """How many groups have each verdict, in one line.

    >>> from analysis.model import Estimate
    >>> now = Estimate(0.7, 0.6, 0.8, base=90)
    >>> moves_counted([Comparison(now, now, 0.0, -0.1, 0.1, Verdict.CHANCE, "")] * 3, "estate")
    'Could be chance: 3 estates.'
    """
    told = [(word, sum(each.verdict is word for each in found)) for word in Verdict]
    return " ".join(f"{word.value.capitalize()}: {some(number, key)}." for word, number in told if number)


def moves(found: Sequence[Comparison], earlier: Wave) -> tuple[str, ...]:
    """A sentence for each group that really moved, and one for all that were asked differently."""
    real = [each for each in found if each.verdict is Verdict.REAL]
    lines = [f"{named(each.after.group)}: {change(each)} since {earlier.name}. {each.why}" for each in real]
    differently = {each.why: None for each in found if each.verdict is Verdict.DIFFERENTLY}
    return (*lines, *(f"Asked differently: {why}" for why in differently))
