"""Each story told of the invented landlord is there to be found in its records."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from data.demo.stories import DAMP

NINE_MONTHS = pd.DateOffset(months=9)


def share_after(repairs: pd.DataFrame, estates, since) -> tuple[float, float, float]:
    """Routine repairs in target on these estates before and since, and the standard error of the difference."""
    due = repairs[(repairs["priority"] == "routine") & ~repairs["cancelled"] & (repairs["due"] < "2026-11-01")]
    due = due[due["estate"].isin(estates)]
    good = due["completed"] <= due["due"]
    before, after = good[due["raised"] < str(since)], good[due["raised"] >= str(since)]
    error = sqrt(before.var(ddof=0) / len(before) + after.var(ddof=0) / len(after))
    return float(before.mean()), float(after.mean()), error


@pytest.mark.parametrize(
    ("table", "field", "value", "day", "times"),
    [("repairs", "category", DAMP, "raised", 3), ("complaints", "category", DAMP, "made", 3),
     ("hazards", "kind", "Damp and mould growth", "reported", 6)],
)  # fmt: skip
def test_damp_grows_on_one_estate_over_the_last_nine_months(landlord, made, table, field, value, day, times):
    damp = made[table][(made[table][field] == value) & (made[table]["stage"] == 1 if table == "complaints" else True)]
    here = damp["estate"] == landlord.records.damp_cluster.estate
    began = pd.Timestamp(landlord.records.as_of) - NINE_MONTHS
    lately = damp[day] >= began
    before = damp[day].between(began - NINE_MONTHS, began)
    assert (here & lately).sum() >= times * max(1, (here & before).sum())
    elsewhere = (~here & lately).sum() / max(1, (~here & before).sum())
    assert elsewhere < (here & lately).sum() / max(1, (here & before).sum()) / 2


def test_one_estate_is_heard_no_more_but_is_repaired_as_before(landlord, made):
    silent = landlord.records.silent_estate
    since = pd.Timestamp(silent.since)
    year = pd.DateOffset(years=1)

    def counts(table: str, day: str) -> tuple[int, int]:
        days = made[table].loc[made[table]["estate"] == silent.estate, day]
        return int(days.between(since - year, since).sum()), int((days >= since).sum())

    complained_before = made["complaints"].query("stage == 1")
    complained_before = complained_before[complained_before["estate"] == silent.estate]["made"]
    assert (complained_before < since).sum() > 20 and (complained_before >= since).sum() == 0
    called_before, called_since = counts("contacts", "day")
    assert called_before > 20 and called_since <= 5
    repaired_before, repaired_since = counts("repairs", "raised")
    assert 0.75 < repaired_since / repaired_before < 1.35


def test_the_pilot_in_repairs_worked_and_nothing_else_moved(landlord, made):
    (pilot,) = (each for each in landlord.records.pilots if each.worked)
    before, after, error = share_after(made["repairs"], pilot.estates, pilot.since)
    assert after - before > 3 * error and after - before > 0.08
    others = {estate.name for estate in landlord.estates} - set(pilot.estates)
    before, after, error = share_after(made["repairs"], others, pilot.since)
    assert abs(after - before) < 3 * error


def test_the_pilot_in_complaints_changed_nothing(landlord, made):
    (pilot,) = (each for each in landlord.records.pilots if not each.worked)
    first = made["complaints"].query("stage == 1 and record_type == 'complaint' and responded.notna()")
    tried = first[first["estate"].isin(pilot.estates)]
    days = pd.Series(
        np.busday_count(
            tried["acknowledged"].to_numpy().astype("datetime64[D]"),
            tried["responded"].to_numpy().astype("datetime64[D]"),
        ),
        index=tried.index,
    )
    before, after = days[tried["made"] < str(pilot.since)], days[tried["made"] >= str(pilot.since)]
    assert len(before) > 50 and len(after) > 15
    assert abs(after.mean() - before.mean()) < 2.5 * sqrt(before.var() / len(before) + after.var() / len(after))


def test_this_week_has_complaints_due_overdue_and_new(landlord, made):
    as_of = np.datetime64(landlord.records.as_of)
    first = made["complaints"].query("stage == 1 and record_type == 'complaint'")
    waiting = first[first["responded"].isna() & ~first["withdrawn"] & ~first["refused"] & first["acknowledged"].notna()]
    ten_days = np.busday_offset(waiting["acknowledged"].to_numpy().astype("datetime64[D]"), 10, roll="forward")
    deadline = waiting["extended_to"].fillna(pd.Series(ten_days, index=waiting.index).astype("datetime64[s]"))
    assert 3 <= (deadline < as_of).sum() <= 20
    assert (deadline.between(as_of, as_of + np.timedelta64(7, "D"))).sum() >= 3
    assert (first["made"] >= as_of - np.timedelta64(7, "D")).sum() >= 5


def test_promises_are_overdue_and_most_are_kept(landlord, made):
    promised = made["complaints"].dropna(subset="promise")
    overdue = promised["promise_done"].isna() & (promised["promise_due"] < pd.Timestamp(landlord.records.as_of))
    assert 10 <= overdue.sum() <= 60
    assert promised["promise_done"].notna().mean() > 0.85
    assert promised["promise_due"].notna().all() and promised["responded"].notna().all()


def test_people_is_the_one_file_that_is_late(landlord):
    # Due each quarter: the one that closed on 30 September was due in October, before the sample's own day.
    late = [kind for kind, taken in landlord.records.taken.items() if str(taken) < "2026-09-30"]
    assert late == ["people"]


def test_every_story_names_estates_that_are_there(landlord):
    estates, records = {estate.name for estate in landlord.estates}, landlord.records
    told = {records.damp_cluster.estate, records.silent_estate.estate}
    told |= {name for pilot in records.pilots for name in pilot.estates}
    told |= {name for team in records.teams for name in team.estates}
    assert told <= estates
