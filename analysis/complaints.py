"""Complaints counted: how many for every 1,000 homes, and what share was answered in the Code's time.

Definitions: Regulator of Social Housing, CH01 and CH02 (data dictionary of the TSM dataset 2024/25). A row of the
frames here is one stage of one complaint, with the columns of the table of complaints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.calendar import WorkingDays, as_days
from analysis.handling import AT_ODDS, SERVICE_REQUEST, STAGES, accepted, judged, timeliness, yes
from analysis.model import OUTSIDE, TENURE_GROUPS, Audience, Complaints, Group, Rate, StageClock, Timeliness
from analysis.survey.estimates import SMALLEST_BASE
from analysis.survey.suppression import Rule, withheld_levels

WAYS = ("category", "estate", "tenure", "route", "month")  # the ways complaints are counted
HOMES_BY = ("estate", "tenure")  # ways that homes are counted by too; the others divide by every home of the group
NOT_RECORDED = "not recorded"
NO_HOMES = "no homes of this kind are held"
GIVES_AWAY = "it could give away a few people"


def complaints(
    rows: pd.DataFrame,
    homes: pd.DataFrame,
    begun: date,
    ended: date,
    days: WorkingDays,
    clocks: Sequence[StageClock],
    as_of: date,
    tenure_group: str = "LCRA",
    smallest_base: int = SMALLEST_BASE,
    whole: bool = True,
    audience: Audience = Audience.INTERNAL,
) -> Complaints:
    """Everything counted about the complaints made from ``begun`` to ``ended``, as known on ``as_of``.

    ``homes`` has a row per tenure_group, estate and tenure with the number of ``homes``. The published measures are
    told however few complaints there are where ``whole`` (the whole landlord); anything narrower with fewer than
    ``smallest_base`` complaints or homes is withheld. Where a handful could be worked out from the total and the
    others, a note says so inside; for the regulator and the public the next smallest are withheld too, and so is a
    handful of leaseholders' and others' complaints, which no published measure asks for.
    """
    made = rows[_within(rows["made"], begun, ended)]
    counted = judged(accepted(made), days, clocks, as_of)
    fewest = 0 if whole else smallest_base
    mine, ours = counted[counted["tenure_group"] == tenure_group], homes[homes["tenure_group"] == tenure_group]
    few_outside = fewest if audience is Audience.INTERNAL else smallest_base
    aside = _set_aside(made)
    if audience is not Audience.INTERNAL:  # of a part of the landlord, a handful could be known by name
        aside = {reason: n for reason, n in aside.items() if n == 0 or n >= fewest}
    volumes, gives_away = {}, False
    for way in WAYS:
        ways = [_kept_apart(*each, way, smallest_base, audience) for each in _counted(mine, ours, way)]
        volumes[way] = tuple(found for rates, _ in ways for found in rates)
        gives_away |= any(alone for _, alone in ways)
    return Complaints(
        begun=begun,
        ended=ended,
        as_of=as_of,
        tenure_group=tenure_group,
        rates=tuple(_rates(counted, homes, TENURE_GROUPS, fewest)),
        timeliness=tuple(_timeliness(counted, TENURE_GROUPS, fewest)),
        outside=tuple(_rates(counted, homes, (OUTSIDE,), few_outside)),
        outside_timeliness=tuple(_timeliness(counted, (OUTSIDE,), few_outside)),
        volumes=MappingProxyType(volumes),
        set_aside=MappingProxyType(aside),
        notes=tuple(_notes(aside, counted, gives_away and audience is Audience.INTERNAL, begun, ended, days, clocks)),
    )


# ── For every 1,000 homes ────────────────────────────────────────────────────────────────────────


def rate(
    count: int, homes: int, smallest_base: int, code: str = "", stage: int | None = None, group: Group = ()
) -> Rate:
    """So many for every 1,000 homes; without homes, or with a handful of complaints or homes, the reason instead."""
    if not homes:
        return Rate(code, stage, group, count if count >= smallest_base or not count else None, 0, None, NO_HOMES)
    if homes < smallest_base:
        return Rate(code, stage, group, None, None, None, f"fewer than {smallest_base} homes")
    if 0 < count < smallest_base:
        return Rate(code, stage, group, None, homes, None, f"fewer than {smallest_base}")
    return Rate(code, stage, group, count, homes, count / homes * 1000)


def _rates(counted: pd.DataFrame, homes: pd.DataFrame, groups: Sequence[str], fewest: int) -> Iterator[Rate]:
    for group in groups:
        here = counted[counted["tenure_group"] == group]
        dwellings = int(homes.loc[homes["tenure_group"] == group, "homes"].sum())
        for stage in STAGES:
            code = f"CH01_{stage}" if group in TENURE_GROUPS else ""
            yield rate(int((here["stage"] == stage).sum()), dwellings, fewest, code, stage, (("tenure_group", group),))


Counted = list[tuple[str, int, int]]  # level, complaints, homes


def _counted(counted: pd.DataFrame, homes: pd.DataFrame, way: str) -> Iterator[tuple[int, Counted]]:
    """Complaints of each stage by one way of counting them; where homes are counted that way too, every level held."""
    levels = _levels(counted, way)
    every = int(homes["homes"].sum())
    at_home = homes.groupby(homes[way].fillna(NOT_RECORDED))["homes"].sum() if way in HOMES_BY else None
    for stage in STAGES:
        counts = levels[(counted["stage"] == stage).to_numpy()].value_counts()
        if at_home is not None:
            counts = counts.reindex(counts.index.union(at_home.index), fill_value=0)
        ordered = sorted(counts.items(), key=lambda pair: _order(way, pair))
        yield (
            stage,
            [(str(each), int(n), every if at_home is None else int(at_home.get(each, 0))) for each, n in ordered],
        )


def _kept_apart(
    stage: int, counted: Counted, way: str, smallest_base: int, audience: Audience
) -> tuple[list[Rate], bool]:
    """The rates of one stage by one way, and whether a handful could be worked out from the total and the others.

    Outside they cannot: the next smallest are withheld too, all for one reason.
    """
    rates = [rate(n, homes, smallest_base, "", stage, ((way, level),)) for level, n, homes in counted]
    few = np.array([found.count is None for found in rates], dtype=bool)
    complaints_made = np.array([[n] for _, n, _ in counted], dtype=np.int64).reshape(-1, 1)
    hidden = withheld_levels(complaints_made, Rule(smallest_base, yes=0), also=few)
    if audience is not Audience.INTERNAL:
        told = zip(rates, hidden, strict=True)
        rates = [replace(r, count=None, per_thousand=None, withheld=GIVES_AWAY) if gone else r for r, gone in told]
    return rates, bool((hidden & ~few).any())


def _levels(counted: pd.DataFrame, way: str) -> pd.Series:
    if way == "month":
        return counted["made"].dt.strftime("%Y-%m")
    return counted[way].astype(object).where(counted[way].notna(), NOT_RECORDED)


def _order(way: str, pair: tuple[object, int]) -> tuple[object, ...]:
    """Months in order of time, anything else the largest first."""
    level, count = pair
    return (str(level),) if way == "month" else (-int(count), str(level))


# ── In time ──────────────────────────────────────────────────────────────────────────────────────


def _timeliness(counted: pd.DataFrame, groups: Sequence[str], fewest: int) -> Iterator[Timeliness]:
    for group in groups:
        for stage in STAGES:
            here = counted[(counted["tenure_group"] == group) & (counted["stage"] == stage)]
            code = f"CH02_{stage}" if group in TENURE_GROUPS else ""
            yield timeliness(here, stage, fewest, code, (("tenure_group", group),))


# ── What the reader must know ────────────────────────────────────────────────────────────────────


def _set_aside(made: pd.DataFrame) -> dict[str, int]:
    request = made["record_type"].eq(SERVICE_REQUEST).fillna(False).astype(bool)
    mine = made[~request]
    taken = mine[~yes(mine["refused"])]
    return {
        "service requests": int(request.sum()),
        "refused": int(yes(mine["refused"]).sum()),
        "stage not recorded": int((~taken["stage"].isin(STAGES)).sum()),
        "tenure not recorded": int(accepted(made)["tenure_group"].isna().sum()),
    }


def _notes(
    aside: Mapping[str, int],
    counted: pd.DataFrame,
    gives_away: bool,
    begun: date,
    ended: date,
    days: WorkingDays,
    clocks: Sequence[StageClock],
) -> Iterator[str]:
    yield "Every complaint recorded is counted, not a sample, so no count or share of them has a margin of error."
    yield (
        "Counted by the day a complaint was made, whenever it was answered. Refused complaints and service requests "
        "are not counted; complaints later withdrawn were made and are. A stage two complaint counts on the day it "
        "was escalated."
    )
    yield (
        "In time: the reply came within the Code's working days of the acknowledgement (of the day that was due, where "
        "it came later or is not recorded), or within a permitted extension."
    )
    if (ended - begun).days < 364:
        yield "This is less than a reporting year, so the rates are not those to publish and are not scaled up."
    if days.years and any(year not in days.years for year in range(begun.year, ended.year + 1)):
        held = f"{days.years[0]} to {days.years[-1]}"
        yield f"Bank holidays are held for {held}; outside them only weekends are left out."
    if begun < min(clock.first_day for clock in clocks):
        yield "Complaints from before the Code of April 2024 are judged by its times."
    for reason, number in aside.items():
        if number:
            yield f"Set aside, {reason}: {number:,}."
    if odd := int((counted["end"] == AT_ODDS).sum()):
        yield f"Answered before they were made, says the file, and so not counted as in time: {odd:,}."
    if gives_away:
        yield (
            "What is withheld could be worked out from the total and the others. Do not pass the whole table on; for "
            "one that may be passed on, choose the regulator or the public as who will see it."
        )


def _within(dates: pd.Series, begun: date, ended: date) -> pd.Series:
    days = pd.Series(as_days(dates), index=dates.index)
    return (days >= pd.Timestamp(begun)) & (days <= pd.Timestamp(ended))
