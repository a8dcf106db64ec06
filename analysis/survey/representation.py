"""Who answered against who lives there, and who has not been heard from. Every home is counted: there is no margin."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import Contactable, Group, HeardHomes, Reach, Verdict
from analysis.survey.suppression import Rule, withheld_levels

SILENT, NOT_SAMPLED, QUIET, HEARD = "silent", "not sampled", "quiet", "heard"
STATES = (SILENT, NOT_SAMPLED, QUIET, HEARD)  # in the order they are told
NOT_LISTED = "not in the list of homes"
GIVES_AWAY = "it would give away a group of few homes"
FEW_ANSWERED = "it could give away a handful of answers"
LEVEL = 0.05  # 1 in 20, the same as for every verdict
NEGLIGIBLE = 1e-18  # of a sum: what is left of it changes no digit
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MORE_ANSWERS = "more answers than homes in the list"
OTHER_OUTCOMES = "fewer"


def reach(
    counted: pd.DataFrame, by: Sequence[str], sampled: bool, smallest_base: int, outside: bool = False
) -> tuple[Reach, ...]:
    """Each group's homes, invitations and answers: those without an answer first, the least likely by chance before
    the others, then by how quiet; those of too few homes behind them, by name, so that their place tells nothing; names
    that no home has last.

    ``counted`` has by…, homes, issued, answered. Not sampled is not silent: where answers are counted in an issued
    sample (``sampled``), a group nobody of which was invited is told apart, and quietness is of those invited. Groups
    of fewer than ``smallest_base`` homes have no share; ``outside`` the landlord nor have those of fewer answers, and
    the next smallest, where a handful could be worked out from all of them.
    """
    rows = counted[[*by, "homes", "issued", "answered"]].reset_index(drop=True)
    answered = rows["answered"].to_numpy(np.int64)
    trials = rows["issued" if sampled else "homes"].to_numpy(np.int64)
    found = quieter(trials, answered, rows["homes"].to_numpy(np.int64) > 0)
    told = [
        _reach(
            tuple(zip(by, map(str, levels), strict=True)), homes, issued if sampled else None, n, quiet, smallest_base
        )
        for (*levels, homes, issued, n), quiet in zip(rows.itertuples(index=False, name=None), found, strict=True)
    ]
    return tuple(sorted(_without_few_answers(told, smallest_base) if outside else told, key=_silent_first))


def _without_few_answers(found: Sequence[Reach], fewest: int) -> list[Reach]:
    """Groups as they may be told outside: nothing of those whose answers are a handful, or would tell of one."""
    listed = np.array([each.homes > 0 for each in found], dtype=bool)
    answered = np.array([each.answered for each in found], dtype=np.int64) * listed
    small = np.array([each.withheld is not None for each in found], dtype=bool)
    few = withheld_levels(answered.reshape(-1, 1), Rule(fewest, yes=0), small)
    return [
        replace(each, share=None, response=None, withheld=each.withheld or FEW_ANSWERED) if hidden else each
        for each, hidden in zip(found, few, strict=True)
    ]


@dataclass(frozen=True)
class Quiet:
    """How quiet a group is against the others: answers expected, the exact tail, and the same with the allowance."""

    expected: float | None = None
    tail: float | None = None
    adjusted: float | None = None
    could_tell: bool = False  # whether even no answer at all would be unlikely by chance


def quieter(trials: Ints, answered: Ints, listed: Bools) -> tuple[Quiet, ...]:
    """How often chance alone would leave each group with so few answers, given how many answered in all.

    ``trials`` are homes (or homes invited), each answering at most once: were all as ready to answer, the answers of a
    group would follow the hypergeometric distribution exactly, whatever the readiness (the argument of Fisher's exact
    test). The allowance is Holm's (1979) over the groups in which silence could be told from chance (Tarone 1990): it
    holds however the groups depend on one another.
    """
    usable = listed & (trials > 0) & (answered <= trials)
    whole, all_answers = int(trials[usable].sum()), int(answered[usable].sum())
    if not all_answers:
        return tuple(Quiet() for _ in trials)
    expected = trials * (all_answers / whole)
    tail, at_zero = np.full(len(trials), np.nan), np.full(len(trials), np.nan)
    tail[usable] = lower_tail(answered[usable], whole, trials[usable], all_answers)
    at_zero[usable] = lower_tail(np.zeros(int(usable.sum()), np.int64), whole, trials[usable], all_answers)
    family = usable & (np.nan_to_num(at_zero, nan=1.0) <= LEVEL)
    adjusted = np.full(len(trials), np.nan)
    adjusted[family] = holm(tail[family])
    return tuple(
        Quiet(float(e), float(p), None if np.isnan(q) else float(q), bool(f)) if ok else Quiet()
        for e, p, q, f, ok in zip(expected, tail, adjusted, family, usable, strict=True)
    )


def lower_tail(x: Ints, whole: int, trials: Ints, drawn: int) -> Floats:
    """How often so few or fewer of ``trials`` would be among ``drawn`` of ``whole``: the hypergeometric distribution.

    Summed outwards from the likeliest number by the ratio of neighbours, so that no logarithm costs a digit.

    >>> lower_tail(np.array([0, 1]), 40, np.array([10, 10]), 4).round(6).tolist()
    [0.299869, 0.744119]
    """
    rest = whole - trials
    least, most = np.maximum(0, drawn - rest), np.minimum(drawn, trials)
    mode = np.clip((drawn + 1) * (trials + 1) // (whole + 2), least, most)
    below = np.where(mode <= x, 1.0, 0.0)
    every = np.ones(len(trials))
    for step in (-1, 1):
        k, term = mode.astype(np.float64), np.ones(len(trials))
        while True:
            if step < 0:
                ratio = k * (rest - drawn + k) / ((trials - k + 1) * (drawn - k + 1))
            else:
                ratio = (trials - k) * (drawn - k) / ((k + 1) * (rest - drawn + k + 1))
            term = term * np.maximum(ratio, 0.0)
            k += step
            every += term
            below += np.where(k <= x, term, 0.0)
            matters = (k > x) | (term > NEGLIGIBLE * below) if step < 0 else term > NEGLIGIBLE * every
            if not (matters & (term > 0)).any():
                break
    return np.minimum(below / every, 1.0)


def holm(p: Floats) -> Floats:
    """Probabilities allowing for all of them being looked at (Holm 1979).

    >>> holm(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    adjusted = np.empty(len(p))
    adjusted[order] = stepped
    return adjusted


def few_together(counted: Mapping[str, int], fewest: int) -> dict[str, int]:
    """Outcomes with their numbers, most first; those of fewer than ``fewest`` (and the next smallest until they are as
    many together) as one, last: how many died or share no language is not told of a handful.

    >>> few_together({"complete": 50, "refusal": 12, "deceased": 2}, 10), few_together({"complete": 50}, 10)
    ({'complete': 50, 'fewer': 14}, {'complete': 50})
    """
    told = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    small = 0
    while told and (told[-1][1] < fewest or 0 < small < fewest):
        small += told.pop()[1]
    return {**dict(told), **({OTHER_OUTCOMES: small} if small else {})}


def _reach(group: Group, homes: int, issued: int | None, answered: int, quiet: Quiet, smallest_base: int) -> Reach:
    withheld = _why_withheld(homes, answered, smallest_base)
    invited = issued or 0
    return Reach(
        group=group,
        homes=int(homes),
        issued=None if issued is None else int(issued),
        answered=int(answered),
        state=_state(issued, answered, smallest_base),
        share=None if withheld else answered / homes,
        response=answered / invited if not withheld and invited >= max(answered, 1) else None,
        withheld=withheld,
        expected=quiet.expected,
        tail=quiet.tail,
        adjusted=quiet.adjusted,
        verdict=_verdict(issued, quiet, withheld),
    )


def _verdict(issued: int | None, quiet: Quiet, withheld: str | None) -> Verdict | None:
    """Quieter than chance allows, or why that cannot be said; None for names that are not in the list."""
    if withheld in (NOT_LISTED, MORE_ANSWERS):
        return None
    if issued == 0:
        return Verdict.DIFFERENTLY
    if withheld or not quiet.could_tell or quiet.adjusted is None:
        return Verdict.TOO_FEW
    return Verdict.REAL if quiet.adjusted <= LEVEL else Verdict.CHANCE


def _state(issued: int | None, answered: int, smallest_base: int) -> str:
    if answered:
        return QUIET if answered < smallest_base else HEARD
    return NOT_SAMPLED if issued == 0 else SILENT


def _why_withheld(homes: int, answered: int, smallest_base: int) -> str | None:
    if not homes:
        return NOT_LISTED
    if answered > homes:
        return MORE_ANSWERS
    return f"fewer than {smallest_base} homes" if homes < smallest_base else None


def _silent_first(found: Reach) -> tuple[bool, bool, bool, int, float, int, Group]:
    """Not in the list last, too small before those; no answer first, silent before not sampled; then by how unlikely by
    chance."""
    unlisted, some = found.withheld == NOT_LISTED, found.answered > 0
    if found.withheld and not unlisted:
        return False, True, False, 0, 0.0, 0, found.group
    state = 0 if some else STATES.index(found.state)
    return unlisted, False, some, state, 1.0 if found.tail is None else found.tail, -found.homes, found.group


def heard_homes(
    counted: pd.DataFrame, by: Sequence[str], channels: Sequence[str], smallest_base: int, outside: bool = False
) -> tuple[HeardHomes, ...]:
    """Each group's homes and how many were heard from, everyone first and then the least heard.

    ``counted`` has by…, homes, heard, only_wrong, spoken_to and a column for each channel. Groups of fewer than
    ``smallest_base`` homes are withheld; ``outside`` the landlord so are those of which fewer were heard from, or not,
    and any count of fewer, each with the next smallest where a handful could be worked out from everyone.
    """
    numbers = ["homes", "heard", "only_wrong", "spoken_to", *channels]
    everyone = _heard((), counted[numbers].sum().tolist(), channels, smallest_base)
    groups = [
        _heard(tuple(zip(by, map(str, levels), strict=True)), row, channels, smallest_base)
        for levels, row in zip(
            counted[list(by)].itertuples(index=False, name=None), counted[numbers].to_numpy().tolist(), strict=True
        )
    ]
    if outside:
        groups = _without_handfuls(groups, counted, channels, smallest_base)
    return (everyone, *sorted(groups, key=lambda each: (each.share is None, each.share, each.group)))


def _without_handfuls(
    groups: Sequence[HeardHomes], counted: pd.DataFrame, channels: Sequence[str], fewest: int
) -> list[HeardHomes]:
    """Groups as they may be told outside: no count in them is of a handful of homes, or would tell of one."""
    rule = Rule(fewest, yes=0)
    number = {name: counted[name].to_numpy(np.int64) for name in ("homes", "heard", "only_wrong", "spoken_to")}
    gone = withheld_levels(number["homes"].reshape(-1, 1), rule)

    def hidden(counts: Ints) -> Bools:
        """What of one count is withheld besides ``gone``: nothing where neither a cell nor their sum is a handful."""
        each = np.append(counts, counts[gone].sum())
        few = bool(((each > 0) & (each < fewest)).any())
        return withheld_levels(counts.reshape(-1, 1), rule, gone) if few else np.zeros_like(gone)

    for heard in (number["heard"], number["homes"] - number["heard"]):
        gone = gone | hidden(heard)
    wrong = hidden(number["only_wrong"]) | hidden(number["heard"] - number["only_wrong"])
    spoken = hidden(number["spoken_to"])
    through = {channel: hidden(counted[channel].to_numpy(np.int64)) for channel in channels}
    return [
        HeardHomes(each.group, each.homes, None, None, MappingProxyType({}), each.withheld or GIVES_AWAY)
        if gone[at]
        else replace(
            each,
            channels=MappingProxyType({name: n for name, n in each.channels.items() if not through[name][at]}),
            only_wrong=None if wrong[at] else each.only_wrong,
            spoken_to=None if spoken[at] else each.spoken_to,
        )
        for at, each in enumerate(groups)
    ]


def _heard(group: Group, numbers: Sequence[int], channels: Sequence[str], smallest_base: int) -> HeardHomes:
    homes, heard, wrong, spoken, *through = (int(number) for number in numbers)
    if homes < smallest_base:
        return HeardHomes(group, homes, None, None, MappingProxyType({}), f"fewer than {smallest_base} homes")
    each = MappingProxyType(dict(zip(channels, through, strict=True)))
    return HeardHomes(group, homes, heard, heard / homes, each, None, wrong, spoken)


def contactable(everyone: pd.DataFrame, counted: pd.DataFrame, by: str | None) -> tuple[Contactable, ...]:
    """How tenancies can be reached, everyone first and then each group, those with most out of reach first.

    Both tables have tenancies, email, mobile, portal, none_known (missing where withheld) and withheld.
    """
    whole = [_contactable((), row) for row in everyone.to_dict("records")]
    groups = [] if by is None else [_contactable(((by, str(row[by])),), row) for row in counted.to_dict("records")]
    return (*whole, *sorted(groups, key=lambda each: (-(each.none_known or 0), each.group)))


def _contactable(group: Group, row: Mapping[Hashable, Any]) -> Contactable:
    tenancies, email, mobile, portal, none_known = (
        None if pd.isna(row[name]) else int(row[name])
        for name in ("tenancies", "email", "mobile", "portal", "none_known")
    )
    why = None if pd.isna(row["withheld"]) else str(row["withheld"])
    return Contactable(group, tenancies, email, mobile, portal, none_known, why)
