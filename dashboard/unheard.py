"""Who has not been heard from: the one road from a question and a roll of homes to what any face may say of silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.calendar import months_after
from analysis.model import (
    WHOLE_LANDLORD,
    Audience,
    BreakEven,
    CallPlan,
    Contactable,
    Estimate,
    Group,
    HowWrong,
    Listed,
    Question,
    Reach,
    ReachOfPeople,
    Representativity,
    Scope,
    Silence,
    Unheard,
    Verdict,
)
from analysis.model.fair import Characteristic
from analysis.survey import calls as calling
from analysis.survey import representation
from analysis.survey.break_even import GROUP, SILENT, UNANSWERED, break_even
from analysis.survey.propensity import representativity
from dashboard.answers import OUTCOME, answer, asked_measures, strict_base
from data import fairness, records
from data.generation import Generation, NotHeld
from data.hearing import CHANNELS, hearing
from data.roll import Asked, Flags, Roll, answers_by, asked_of, joining, roll_of
from data.selection import NOT_RECORDED
from data.weighing import regulators_names

__all__ = [
    "Looked",
    "call_plan",
    "contactable",
    "how_alike",
    "how_wrong",
    "looked_at",
    "reach_of_people",
    "silence",
    "unheard",
]

MONTHS, CALLS = 12, 100
SAMPLE, ANSWERS, NEITHER = "sample", "answers", ""
COVERS = (0.8, 1.25)  # completes for each answer: within it the issued sample and the answers are one survey
MISSPELT = 0.2  # of the answers: beyond it the levels answers name are not those of the list
MOSTLY_UNKNOWN = 0.5  # of the homes: a characteristic fewer are known by tells groups apart by nothing
WAYS_OF_CALLING = ("estate", "tenure", "age_band", "length_of_tenancy")  # and no other (safeguard 9)
MOST_LINES = 8  # groups with a break-even line of their own


@dataclass(frozen=True)
class Looked:
    """A roll of homes with the question asked of it: whose homes, who was invited, and how answers are counted."""

    roll: Roll
    question: Question
    generation: Generation
    mine: Flags
    asked: Asked
    answered: int  # answers that count, of the tenure group and scope
    smallest_base: int

    @property
    def scope(self) -> Scope:
        """The question's scope within the estates it asks for; no other filter says anything about homes."""
        return narrowed(self.question)

    @property
    def group(self) -> str:
        """The tenure group asked about."""
        return self.question.tenure_group

    @cached_property
    def invited(self) -> int:
        """Invitations that join to a home of the list."""
        return int(self.asked.invited[self.mine].sum())

    @cached_property
    def complete(self) -> int:
        """Of those, the ones that were answered."""
        return int(self.asked.complete[self.mine].sum())

    def counted_by(self, by: Sequence[str]) -> tuple[str, pd.DataFrame]:
        """How answers are counted by a way of dividing homes, and homes, issued and answered counted so.

        In the issued sample where it is of this survey (as many completes as answers, within a quarter), since it
        knows every characteristic of the list; else by what the answers say; else in what there is of a sample.
        """
        invited = self.invited
        whole = invited and COVERS[0] * self.answered <= self.complete <= COVERS[1] * self.answered
        if not whole:
            own = self.own_words(by, OUTCOME)
            if own is not None:
                return ANSWERS, self._beside_homes(by, own)
        counted = self.roll.counted(by, self.mine, issued=self.asked.invited, answered=self.asked.complete)
        return (SAMPLE if invited else NEITHER), counted

    def own_words(self, by: Sequence[str], measure: str) -> pd.DataFrame | None:
        """Answers by what they say themselves; None where they do not, or in words the list does not have."""
        wave = self.question.wave
        own = answers_by(self.generation, wave, self.scope, self.group, self.roll, by, measure)
        if own is None or own.empty:
            return own
        for dim in by:
            said = own[own[dim] != NOT_RECORDED]
            known = said[dim].isin(self.roll.levels[dim])
            if said["answered"].sum() and said.loc[~known, "answered"].sum() > MISSPELT * said["answered"].sum():
                return None
        return own

    def _beside_homes(self, by: Sequence[str], own: pd.DataFrame) -> pd.DataFrame:
        homes = self.roll.counted(by, self.mine)
        both = homes.merge(own, on=list(by), how="outer").fillna({"homes": 0, "answered": 0})
        return both.assign(issued=0).astype({"homes": "int64", "answered": "int64"})

    @cached_property
    def outcomes(self) -> Mapping[str, int]:
        """What became of everybody invited, most first; empty without an issued sample."""
        return MappingProxyType(outcomes(self.question, self.generation, self.smallest_base))

    @cached_property
    def loaded(self) -> Mapping[str, bool]:
        """Whether anything of a channel is held; of channels that share a file, whether it tells them apart."""
        held = self.generation.held_rows()
        tables = [table for table, _, _ in CHANNELS.values()]
        rows = {"responses": held["survey"], **held}
        there = {channel: bool(rows[table]) for channel, (table, _, _) in CHANNELS.items()}
        told = set(records.contact_counts(self.generation, WHOLE_LANDLORD, ("channel",), listening=False)["channel"])
        named = {"portal": "portal", "visits": "visit"}
        return MappingProxyType(
            {
                channel: some and (tables.count(CHANNELS[channel][0]) == 1 or named.get(channel) in (None, *told))
                for channel, some in there.items()
            }
        )

    @cached_property
    def listed(self) -> Listed:
        """What the list of homes can and cannot say about the survey."""
        day, wave = records.homes_as_at(self.generation), self.generation.wave(self.question.wave)
        named, unjoined = joining(self.generation, self.question.wave, self.scope, self.group)
        return Listed(
            homes=int(self.mine.sum()),
            as_at=day,
            older=day is not None and day < wave.fieldwork_from,
            two_tenancies=int((self.roll.twice & self.mine).sum()),
            not_known=MappingProxyType({dim: self.not_known(dim) for dim in self.roll.codes}),
            named=named,
            unjoined=unjoined,
        )

    def not_known(self, dim: str) -> float:
        """The share of homes that do not say a characteristic."""
        blank = self.roll.levels[dim].index(NOT_RECORDED)
        return float((self.roll.codes[dim][self.mine] == blank).mean()) if self.mine.any() else 1.0


def looked_at(question: Question, roll: Roll, generation: Generation, smallest_base: int) -> Looked:
    """A question put to a roll. Of its filters only estates are used. Raises NotHeld for a wave that is not there."""
    scope, group = narrowed(question), question.tenure_group
    own = answers_by(generation, question.wave, scope, group, roll, (), OUTCOME)
    answered = 0 if own is None or own.empty else int(own["answered"].iloc[0])
    asked = asked_of(generation, question.wave, roll)
    return Looked(roll, question, generation, roll.mine(group, scope), asked, answered, smallest_base)


def narrowed(question: Question) -> Scope:
    """The scope of a question within the estates it asks for; no other filter says anything about homes."""
    estates = dict(question.filters).get("estate")
    if estates is None:
        return question.scope
    allowed = question.scope.estates
    return Scope(question.scope.name, tuple(e for e in estates if allowed is None or e in allowed))


def silence(
    question: Question,
    by: tuple[str, ...],
    generation: Generation,
    readings: str,
    smallest_base: int,
    today: date,
    months: int = MONTHS,
    target: float | None = None,
    measure: str = OUTCOME,
    calls: int = CALLS,
) -> Silence:
    """Everything about who has not been heard from, for the command line and the evidence pack.

    Raises NotHeld as each of its parts.
    """
    looked = looked_at(question, roll_of(generation, readings, today), generation, smallest_base)
    return Silence(
        unheard(looked, by, today, months),
        contactable(looked, by, today),
        how_wrong(looked, by, today, months, target, measure),
        call_plan(looked, calls),
        reach_of_people(question, generation, smallest_base, today),
    )


# ── By what people are, in aggregate only ────────────────────────────────────────────────────────


def reach_of_people(
    question: Question, generation: Generation, smallest_base: int, today: date
) -> tuple[ReachOfPeople, ...]:
    """Answers beside tenancies by each special category that is held, on the stricter base; none for anybody outside,
    under a filter, or of a part of the landlord, where two views would give a few people away.
    """
    if question.audience is not Audience.INTERNAL or question.filters or question.scope.estates is not None:
        return ()
    strict = [each for each in fairness.characteristics() if each.strict]
    found = [(each, fairness.tenancies_and_answers(generation, question, today, each)) for each in strict]
    held = fairness.held_of(generation, question, today).set_index("key")["tenancies"]
    fewest = strict_base(smallest_base)
    return tuple(
        _of_people(each, rows, int(held[each.key]), fewest) for each, rows in found if rows is not None and len(rows)
    )


def _of_people(of: Characteristic, rows: pd.DataFrame, tenancies: int, fewest: int) -> ReachOfPeople:
    known, answers = int(rows["homes"].sum()), int(rows["answered"].sum())
    if answers < fewest:
        why = f"fewer than {fewest} answers may be joined to a tenant of whom it is known"
        return ReachOfPeople(of.key, of.title, (), tenancies, known, answers, why)
    small = rows["homes"] < fewest
    if 0 < int(rows.loc[small, "homes"].sum()) < fewest:  # one small group would follow from the total
        small |= rows["homes"] == rows.loc[~small, "homes"].min()
    groups = representation.reach(rows[~small], (of.key,), False, fewest)
    return ReachOfPeople(of.key, of.title, groups, tenancies, known, answers)


# ── Groups and channels ──────────────────────────────────────────────────────────────────────────


def unheard(looked: Looked, by: tuple[str, ...], today: date, months: int = MONTHS) -> Unheard:
    """Who has not been heard from in a survey, and in the months to today, by one way of dividing homes or two.

    Raises NotHeld for another way of dividing homes.
    """
    begun = months_after(today, -months) + timedelta(days=1)
    outside = looked.question.audience is not Audience.INTERNAL
    counted_by, counted = looked.counted_by(by)
    return Unheard(
        by=by,
        counted_by=counted_by,
        reach=representation.reach(counted, by, counted_by == SAMPLE, looked.smallest_base, outside)
        if counted_by
        else (),
        outcomes=looked.outcomes,
        heard=representation.heard_homes(
            _heard(looked, by, begun, today), by, tuple(CHANNELS), looked.smallest_base, outside
        ),
        channels=looked.loaded,
        begun=begun,
        ended=today,
        months=months,
        listed=looked.listed,
    )


def outcomes(question: Question, generation: Generation, smallest_base: int) -> dict[str, int]:
    """What became of everybody invited to a survey of a tenure group, most first; empty without an issued sample.

    Outside the landlord those of a handful are told together.
    """
    every = records.sample_outcomes(generation, question.wave, narrowed(question), ("tenure_group", "outcome"))
    mine = every[every["tenure_group"] == question.tenure_group]
    mine = mine.sort_values(["n", "outcome"], ascending=[False, True])
    found = dict(zip(mine["outcome"], map(int, mine["n"]), strict=True))
    return found if question.audience is Audience.INTERNAL else representation.few_together(found, smallest_base)


def _heard(looked: Looked, by: Sequence[str], begun: date, today: date) -> pd.DataFrame:
    """Homes by how they were heard from: columns by…, homes, heard, only_wrong, spoken_to and each channel."""
    roll, heard = looked.roll, looked.roll.heard(begun)
    year = months_after(today, -int(hearing()["conversation"]["months"])) + timedelta(days=1)
    return roll.counted(
        by,
        looked.mine,
        heard=np.any(list(heard.values()), axis=0),
        only_wrong=roll.only_wrong(begun),
        spoken_to=roll.spoken_to(year),
        **heard,
    )


def contactable(looked: Looked, by: tuple[str, ...], today: date) -> tuple[Contactable, ...]:
    """How tenancies can be reached, everyone first, by the first of these ways that people are counted by; none without
    people."""
    outside = looked.question.audience is not Audience.INTERNAL
    if not looked.generation.held_rows()["people"]:
        return ()
    way = next((dim for dim in by if dim in records.PEOPLE_WAYS), None)
    dims = ("tenure_group", way) if way else ("tenure_group",)
    whole, counted = (
        records.people_counts(looked.generation, looked.scope, looked.smallest_base, today, each, outside)
        for each in (("tenure_group",), dims)
    )
    mine = looked.group
    return representation.contactable(
        whole[whole["tenure_group"] == mine], counted[counted["tenure_group"] == mine], way
    )


# ── How wrong the figure could be ────────────────────────────────────────────────────────────────


def how_wrong(
    looked: Looked,
    by: tuple[str, ...],
    today: date,
    months: int = MONTHS,
    target: float | None = None,
    measure: str = OUTCOME,
) -> HowWrong:
    """How satisfied the silent would have to be for a figure to cross a value, and how alike who answered is to who
    was asked.

    ``target`` is a fraction; none: the figure of the survey compared with or, without one, the next five in a hundred
    below. Raises NotHeld for a measure that was not asked.
    """
    question, generation = replace(looked.question, measures=(measure,), breakdown=None), looked.generation
    wave = generation.wave(question.wave)
    (asked,) = asked_measures(question, wave)
    found = answer(question, generation, looked.smallest_base)
    figure = found.headline.get(measure)
    if figure is None or measure not in generation.asked_in(wave.name):
        raise NotHeld(f"{measure} was not asked of this tenure group in {wave.name}.")
    before = found.changes[measure].before.value if measure in found.changes else None
    named, value = _target(target, before, question.compared_with, figure)
    groups = representation.reach(*_to_reach(looked, by)) if looked.counted_by(by)[0] else ()
    homes = int(looked.mine.sum())
    silent = [each for each in groups if each.homes and not each.answered]
    return HowWrong(
        measure=asked,
        figure=figure,
        target=value,
        target_is=named,
        homes=homes,
        answered=looked.answered,
        lines=_lines(looked, figure, value, homes, groups, today, months),
        representativity=how_alike(looked),
        weighted_by=_weighted_by(looked),
        silent_groups=len(silent),
        silent_homes=sum(each.homes for each in silent),
        withheld=_why_not(figure, homes, looked.answered),
    )


def _to_reach(looked: Looked, by: tuple[str, ...]) -> tuple[pd.DataFrame, tuple[str, ...], bool, int]:
    counted_by, counted = looked.counted_by(by)
    return counted, by, counted_by == SAMPLE, looked.smallest_base


def _target(target: float | None, before: float | None, earlier: str | None, figure: Estimate) -> tuple[str, float]:
    """What the figure is held against, and which survey it is from ("": chosen, or the next five below)."""
    if target is not None:
        return "", target
    if before is not None and earlier is not None:
        return earlier, before
    return "", float(np.ceil((figure.value or 0.5) * 20) - 1) / 20


def _why_not(figure: Estimate, homes: int, answered: int) -> str | None:
    if figure.withheld:
        return figure.withheld
    return representation.MORE_ANSWERS if answered > homes else None


def _lines(
    looked: Looked,
    figure: Estimate,
    target: float,
    homes: int,
    groups: Sequence[Reach],
    today: date,
    months: int,
) -> tuple[BreakEven, ...]:
    """A line for everyone who did not answer, for homes silent everywhere, and for each group surely quiet."""
    begun = months_after(today, -months) + timedelta(days=1)
    heard = np.any(list(looked.roll.heard(begun).values()), axis=0)
    nowhere = int((looked.mine & ~heard & (looked.asked.complete == 0)).sum())
    quiet = [each for each in groups if each.homes >= looked.smallest_base and _is_quiet(each)]
    silent: list[tuple[str, Group, int]] = [
        (UNANSWERED, (), homes - looked.answered),
        (SILENT, (), nowhere),
        *((GROUP, each.group, each.homes - each.answered) for each in quiet[:MOST_LINES]),
    ]
    return break_even(figure, target, homes, silent)


def _is_quiet(found: Reach) -> bool:
    return found.verdict is Verdict.REAL or (not found.answered and found.verdict is not None)


def how_alike(looked: Looked) -> Representativity:
    """How alike those who answered are to those in the issued sample; why that is not told where none is held."""
    if not looked.invited:
        return Representativity(0, 0, withheld="no issued sample is loaded for this survey")
    left_out = {dim: "most homes do not say it" for dim in WAYS_OF_CALLING if looked.not_known(dim) > MOSTLY_UNKNOWN}
    dims = [dim for dim in WAYS_OF_CALLING if dim not in left_out]
    counted = looked.roll.counted(dims, looked.mine, invited=looked.asked.invited, answered=looked.asked.complete)
    return representativity(counted, dims, MappingProxyType(left_out))


def _weighted_by(looked: Looked) -> tuple[str, ...]:
    weighing = looked.generation.weights.weighing(looked.question.wave, looked.group)
    return () if weighing is None else regulators_names(weighing)


# ── Where the next calls should go ───────────────────────────────────────────────────────────────


def call_plan(looked: Looked, calls: int = CALLS) -> CallPlan:
    """Where the next calls should go, by estate, tenure, age band and length of tenancy as far as homes say them."""
    dims = tuple(dim for dim in WAYS_OF_CALLING if looked.not_known(dim) <= MOSTLY_UNKNOWN)
    left_out = [dim for dim in WAYS_OF_CALLING if dim not in dims]
    notes = [
        f"{dim.replace('_', ' ')}: most homes do not say it, so calls are not told apart by it" for dim in left_out
    ]
    counted_by, answered = looked.counted_by(dims) if dims else (NEITHER, pd.DataFrame())
    if counted_by == NEITHER:
        said = [dim for dim in dims if looked.own_words((dim,), OUTCOME) is not None]
        notes += [f"{dim.replace('_', ' ')}: the answers do not say it" for dim in dims if dim not in said]
        dims = tuple(said)
        answered = looked.counted_by(dims)[1] if dims else answered
    if not dims:
        return calling.call_plan(pd.DataFrame(), (), calls, looked.smallest_base, _not_called(looked), notes)
    counted = looked.roll.counted(
        dims,
        looked.mine,
        may_be_called=looked.roll.may_be_called,
        invited=looked.asked.invited,
        complete=looked.asked.complete,
    )
    own = looked.own_words(dims, OUTCOME)
    yes = own[[*dims, "said", "yes"]] if own is not None else counted[list(dims)].assign(said=0, yes=0)
    counted = counted.merge(answered[[*dims, "answered"]], on=list(dims), how="left")
    counted = counted.merge(yes, on=list(dims), how="left").rename(columns={"answered": "answers"})
    counted = counted.fillna({"answers": 0, "said": 0, "yes": 0})
    return calling.call_plan(counted, dims, calls, looked.smallest_base, _not_called(looked), notes)


def _not_called(looked: Looked) -> dict[str, int | None]:
    """Homes left out of the calls, by the first reason that holds; a number too small to be told is None."""
    roll, mine = looked.roll, looked.mine
    barred = mine & roll.occupied & roll.barred
    found = {
        "empty": mine & ~roll.occupied,
        "not to be contacted": barred,
        "the tenant has died": mine & roll.occupied & ~roll.barred & roll.deceased,
    }
    counts = {reason: int(homes.sum()) for reason, homes in found.items()}
    return {reason: n if n >= looked.smallest_base else None for reason, n in counts.items() if n}
