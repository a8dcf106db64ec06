"""Fair outcomes: satisfaction and timeliness by what people are, each group against all others, judged as one family.

A gap says that outcomes differ between groups, never why. Records are all there are of a period, not a sample: their
intervals say how far a gap may come from which of many like cases fell in it (docs/method/fair-outcomes.md).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.calendar import WorkingDays, as_days
from analysis.handling import NOT_YET, WITHIN, WITHOUT, accepted, judged
from analysis.model import Comparison, Estimate, Group, Measure, StageClock, Survey, Verdict
from analysis.model.fair import Characteristic, FairRow, Holding, Outcome
from analysis.survey.comparison import Key, judged_together
from analysis.survey.design import Floats, Sample
from analysis.survey.estimates import FEWEST_TO_JUDGE, estimates_from, reasons_not_asked, shares, too_few, withheld
from analysis.survey.gaps import contrasts, each_against_rest
from analysis.survey.suppression import FEWEST_ALIKE, Flags, Rule, withheld_levels
from analysis.survey.tallies import NOT_RECORDED, Tally, in_reading_order, the_rest, together

MOSTLY = 0.5  # of those looked at: a characteristic known of fewer is mostly not known
HELD, MOSTLY_NOT, NOT_HELD = "held", "mostly not known", "not held"
GIVES_AWAY = "it would give away a group with few people"
FEW_PEOPLE = "fewer than {} tenants"
SIGNIFICANT, EMERGENCY = "significant", "emergency"
LOOK, MAKE_SAFE = (
    10,
    5,
)  # working days: to look into a significant hazard, and then to make it safe (domain: SI 2025/1042)


@dataclass(frozen=True)
class Floor:
    """The fewest of whom a figure may be told. ``hidden``: strict, or for outside: the next smallest is withheld where
    a handful could be worked out, and not even the number of a withheld group is told."""

    fewest: int
    hidden: bool

    @property
    def rule(self) -> Rule:
        """What may not be worked out."""
        return Rule(self.fewest, max(FEWEST_ALIKE, self.fewest), yes=1)


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def answer_rows(
    survey: Survey,
    measures: Sequence[Measure],
    outcomes: Mapping[str, Outcome],
    of: Characteristic,
    floor: Floor,
    leaks: Collection[tuple[str, str]] | None = None,
) -> Iterator[FairRow]:
    """Every measure by one characteristic, whose key the survey was counted by; gaps judged each by itself.

    ``leaks``: measure and level of what may not be told, where the rule of disclosure has said so already: other pages
    tell of the same groups, and two ways of withholding would together tell what each keeps.
    """
    by = of.key
    everyone = {found.measure: found for found in shares(survey, measures, (), 0)}
    groups = shares(survey, measures, (by,), 0)
    reasons = reasons_not_asked(survey, measures)
    cells = survey.cells
    of_all = each_against_rest(survey, measures, by, 0)
    of_known = each_against_rest(replace(survey, cells=cells[cells[by] != NOT_RECORDED]), measures, by, 0)
    for measure in measures:
        code = measure.code
        mine = [found for found in groups if found.measure == code]
        if code in reasons or not everyone[code].base:
            why = reasons.get(code, "no answers")
            yield FairRow(outcomes[code], of, withheld(why, 0, code), (), (), None, None, None, why)
            continue
        gaps = _Gaps(*([gap for gap in found.get(code, []) if gap.after.base] for found in (of_known, of_all)))
        there = [each for each in mine if each.base]
        hide = None if leaks is None else {level for measure_code, level in leaks if measure_code == code}
        yield _row(outcomes[code], of, everyone[code], there, gaps, floor, leaks=hide)


# ── Records ──────────────────────────────────────────────────────────────────────────────────────


def record_rows(
    units: pd.DataFrame, outcome: Outcome, every: Sequence[Characteristic], floors: Mapping[str, Floor]
) -> Iterator[FairRow]:
    """One outcome of records by each characteristic there is a column for; gaps judged each by itself.

    ``units`` has a row for each tenant (who may have several records): a column a characteristic, n and yes. Records of
    one tenant go together, so the variance is between tenants and not between records.
    """
    for of in every:
        if of.key in units.columns and of.key in floors:
            yield _of_units(units, outcome, of, floors[of.key])


def _of_units(units: pd.DataFrame, outcome: Outcome, of: Characteristic, floor: Floor) -> FairRow:
    if units.empty:
        why = f"no {outcome.many}"
        return FairRow(outcome, of, withheld(why, 0, outcome.key), (), (), None, None, None, why)
    levels, sums = _sums(units, of.key)
    sample = Sample(np.array([float(len(units))]), np.array([np.nan]))
    labels: list[Key] = [(outcome.key, ((of.key, name),)) for name in levels]
    whole = _tally(sums.sum(axis=1, keepdims=True))
    (everyone,) = estimates_from(whole, sample, [(outcome.key, ())], 0, outcome.many)
    groups = estimates_from(_tally(sums), sample, labels, 0, outcome.many)
    known = np.array([name != NOT_RECORDED for name in levels])
    gaps = _Gaps(*(_gaps_among(sums, labels, among, sample, outcome, of) for among in (known, np.ones_like(known))))
    people = dict(zip(levels, sums[UNITS].astype(int).tolist(), strict=True))
    return _row(outcome, of, everyone, groups, gaps, floor, people)


def _gaps_among(
    sums: Floats, labels: Sequence[Key], among: Flags, sample: Sample, outcome: Outcome, of: Characteristic
) -> list[Comparison]:
    """Each of some levels against the others of them."""
    named = [label for label, inside in zip(labels, among, strict=True) if inside]
    if not named:
        return []
    counted, whole = _tally(sums[:, among]), _tally(sums[:, among].sum(axis=1, keepdims=True))
    both = together(counted, the_rest(counted, whole, counted.shares))
    return contrasts(both, sample, named, of.key, 0, FEWEST_TO_JUDGE, outcome.many)


N, YES, UNITS, NN, NY, YY = range(6)  # rows of sums: records, of which yes, tenants, Σ n², Σ n·yes, Σ yes² over tenants


def _sums(units: pd.DataFrame, key: str) -> tuple[list[str], Floats]:
    """The levels of a characteristic in reading order, and the sums of each: 6 × levels."""
    codes, found = pd.factorize(units[key], use_na_sentinel=False)
    names = [NOT_RECORDED if pd.isna(name) else str(name) for name in found]
    levels = sorted(set(names), key=in_reading_order)
    place = np.array([levels.index(name) for name in names], dtype=np.int64)[codes]
    n, yes = units["n"].to_numpy(np.float64), units["yes"].to_numpy(np.float64)
    values = (n, yes, np.ones_like(n), n * n, n * yes, yes * yes)
    return levels, np.stack([np.bincount(place, weights=each, minlength=len(levels)) for each in values])


def _tally(sums: Floats) -> Tally:
    """Records counted in clusters, a cluster a tenant, in one stratum: a share for each column of sums."""
    size = sums.shape[1]
    share = np.arange(size, dtype=np.int64)
    return Tally(
        shares=size,
        share=share,
        stratum=np.zeros_like(share),
        n=sums[N],
        w=sums[N],
        ww=sums[NN],
        yes_n=sums[YES],
        yes_w=sums[YES],
        yes_ww=sums[NY],
        square_ww=sums[YY],
        units=sums[UNITS],
        alone_ww=sums[N],
    )


def complaint_units(
    rows: pd.DataFrame, stage: int, days: WorkingDays, clocks: Sequence[StageClock], as_of: date
) -> pd.DataFrame:
    """Complaints of one stage whose reply was due, counted by tenant: their characteristics, n, and yes (in time)."""
    found = judged(accepted(rows), days, clocks, as_of)
    due = found[(found["stage"] == stage) & (found["end"] != NOT_YET)]
    return _by_unit(due, due["end"].isin((WITHOUT, WITHIN)), rows)


def hazards_seen(rows: pd.DataFrame, days: WorkingDays, as_of: date) -> pd.DataFrame:
    """Significant hazards looked into, or that ought to be by now, counted by tenant: yes within ten working days."""
    here = rows[rows["severity"] == SIGNIFICANT]
    last, seen = days.after(as_days(here["reported"]), LOOK), as_days(here["inspected"])
    told = ~np.isnat(seen) | (last < np.datetime64(as_of, "D"))
    return _by_unit(here[told], pd.Series(~np.isnat(seen) & (seen <= last), index=here.index)[told], rows)


def hazards_safe(rows: pd.DataFrame, days: WorkingDays, as_of: date) -> pd.DataFrame:
    """Hazards that were made safe or ought to be by now, counted by tenant: yes in time.

    An emergency by the day after its report; a significant one five working days after it was looked into or, where
    nobody has looked, after the last day to.
    """
    here = rows[rows["severity"].isin((SIGNIFICANT, EMERGENCY))]
    reported, seen, safe = (as_days(here[name]) for name in ("reported", "inspected", "made_safe"))
    looked = np.where(np.isnat(seen), days.after(reported, LOOK), seen)
    urgent = (here["severity"] == EMERGENCY).to_numpy()
    last = np.where(urgent, reported + np.timedelta64(1, "D"), days.after(looked, MAKE_SAFE))
    told = ~np.isnat(safe) | (last < np.datetime64(as_of, "D"))
    return _by_unit(here[told], pd.Series(~np.isnat(safe) & (safe <= last), index=here.index)[told], rows)


def _by_unit(rows: pd.DataFrame, yes: pd.Series, every: pd.DataFrame) -> pd.DataFrame:
    """Records added up by tenant, with each tenant's characteristics (the columns before ``unit``)."""
    keys = list(every.columns[: list(every.columns).index("unit")])
    counted = rows.assign(n=1, yes=yes.astype(int)).groupby("unit", sort=True)
    return counted.agg({**dict.fromkeys(keys, "first"), "n": "sum", "yes": "sum"}).reset_index(drop=True)


# ── What may be told ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Gaps:
    """Each group against all others whose group is known, and against everyone else."""

    among_known: Sequence[Comparison]
    among_all: Sequence[Comparison]


def _row(
    outcome: Outcome,
    of: Characteristic,
    everyone: Estimate,
    groups: Sequence[Estimate],
    gaps: _Gaps,
    floor: Floor,
    people: Mapping[str, int] | None = None,
    leaks: Collection[str] | None = None,
) -> FairRow:
    """A row as it may be told: what is of a few is withheld, and with it what would give that away."""
    if floor.hidden and everyone.base < floor.fewest:
        why = f"fewer than {floor.fewest} {outcome.many}"
        return FairRow(outcome, of, withheld(why, 0, outcome.key), (), (), None, None, None, why)
    reasons = _reasons(groups, floor, outcome.many, people or {}, leaks)
    told = [_told(each, reason, floor) for each, reason in zip(groups, reasons, strict=True)]
    hidden = {_level(each): reason for each, reason in zip(groups, reasons, strict=True) if reason}
    unknown = next((each for each in told if _level(each) == NOT_RECORDED), None)
    known = [each for each in told if _level(each) != NOT_RECORDED]
    missing = next((each.base for each in groups if _level(each) == NOT_RECORDED), 0)
    # What is not told of those not known must not follow from the gaps: then they are among the others.
    chosen = gaps.among_all if NOT_RECORDED in hidden or unknown is None else gaps.among_known
    others = _people_besides(chosen, people)
    compared = [
        _compared(each, hidden, floor, people or {}, others) for each in chosen if _level(each.after) != NOT_RECORDED
    ]
    if len(compared) == 2:  # two groups: one gap told twice
        compared = [next((each for each in compared if each.difference is not None), compared[0])]
    counted = None if floor.hidden and NOT_RECORDED in hidden else everyone.base - missing
    return FairRow(outcome, of, everyone, tuple(known), tuple(compared), unknown, counted, everyone.base)


def _people_besides(gaps: Sequence[Comparison], people: Mapping[str, int] | None) -> dict[str, int]:
    """How many tenants the others of each group are; nothing where records are not of tenants."""
    if people is None:
        return {}
    levels = [_level(gap.after) for gap in gaps]
    whole = sum(people[level] for level in levels)
    return {level: whole - people[level] for level in levels}


def _reasons(
    groups: Sequence[Estimate],
    floor: Floor,
    many: str,
    people: Mapping[str, int],
    leaks: Collection[str] | None,
) -> list[str | None]:
    """Why each group is withheld, None where it may be told."""
    if leaks is not None:
        return [GIVES_AWAY if _level(each) in leaks else None for each in groups]
    few = [too_few(each.base, floor.fewest, many) for each in groups]
    persons = [
        FEW_PEOPLE.format(floor.fewest) if people.get(_level(each), floor.fewest) < floor.fewest else None
        for each in groups
    ]
    own = [one or other for one, other in zip(few, persons, strict=True)]
    if not floor.hidden:
        return own
    counts = np.array([[each.yes or 0, each.base - (each.yes or 0)] for each in groups], dtype=np.int64).reshape(-1, 2)
    also = np.array([reason is not None for reason in own], dtype=bool)
    gone = withheld_levels(counts, floor.rule, also=also)
    return [reason or (GIVES_AWAY if hide else None) for reason, hide in zip(own, gone, strict=True)]


def _told(found: Estimate, reason: str | None, floor: Floor) -> Estimate:
    if reason is None:
        return found
    return withheld(reason, 0 if floor.hidden else found.base, found.measure, found.group)


def _compared(
    found: Comparison,
    hidden: Mapping[str, str],
    floor: Floor,
    people: Mapping[str, int],
    others: Mapping[str, int],
) -> Comparison:
    """A gap as it may be told: none of a withheld group, none beside a few others who would be told by it, nor a
    judgement on fewer than thirty tenants' records."""
    level = _level(found.after)
    beside = min(found.before.base, others.get(level, floor.fewest))
    why = hidden.get(level) or (f"fewer than {floor.fewest} others" if beside < floor.fewest else None)
    if why:
        own = 0 if floor.hidden and level in hidden else found.after.base
        after = withheld(why, own, found.after.measure, found.after.group) if level in hidden else found.after
        before = withheld(why, 0, found.before.measure, found.before.group)
        return Comparison(before, after, None, None, None, Verdict.TOO_FEW, f"{level}: {why}.")
    if min(people.get(level, FEWEST_TO_JUDGE), others.get(level, FEWEST_TO_JUDGE)) < FEWEST_TO_JUDGE:
        reason = f"{level}: {FEW_PEOPLE.format(FEWEST_TO_JUDGE)}."
        return Comparison(found.before, found.after, None, None, None, Verdict.TOO_FEW, reason)
    return found


def _level(found: Estimate) -> str:
    group: Group = found.group
    return group[0][1] if group else ""


# ── All together ─────────────────────────────────────────────────────────────────────────────────


def one_family(rows: Sequence[FairRow]) -> tuple[tuple[FairRow, ...], int]:
    """The rows with every gap judged as one of all that are looked at, and how many those are."""
    verdicts = iter(judged_together([gap for row in rows for gap in row.gaps]))
    found = tuple(replace(row, gaps=tuple(next(verdicts) for _ in row.gaps)) for row in rows)
    family = max((gap.family for row in found for gap in row.gaps if gap.p is not None), default=0)
    return found, family


def holdings(held: pd.DataFrame, every: Sequence[Characteristic]) -> tuple[Holding, ...]:
    """How much is held of each characteristic (columns as ``data.fairness.held_of``), in their order."""
    rows = {str(row["key"]): row for row in held.to_dict("records")}
    return tuple(_holding(of, rows[of.key]) for of in every)


def _holding(of: Characteristic, row: Mapping[Hashable, Any]) -> Holding:
    tenancies, known = int(row["tenancies"]), int(row["tenancies_known"])
    answers, said = int(row["answers"]), int(row["answers_known"])
    shares_known = [n / whole for n, whole in ((known, tenancies), (said, answers)) if whole]
    state = HELD if max(shares_known, default=0.0) >= MOSTLY else MOSTLY_NOT
    if not known and not said:
        state = NOT_HELD
    return Holding(of, tenancies, known, answers, said, bool(row["from_homes"]), state)
