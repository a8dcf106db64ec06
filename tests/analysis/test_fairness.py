"""Fair outcomes: against all others whose group is known, in clusters of tenants, and none of a few."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure

from analysis.calendar import WorkingDays
from analysis.fairness import (
    GIVES_AWAY,
    Floor,
    answer_rows,
    complaint_units,
    hazards_safe,
    hazards_seen,
    holdings,
    one_family,
    record_rows,
)
from analysis.model import StageClock, Verdict
from analysis.model.fair import Characteristic, Outcome

AGE = Characteristic("age", "Age", True, False)
TP01 = Outcome("TP01", "TP01", "tenant", "tenants", "satisfied")
REPAIRS = Outcome("repairs", "Repairs", "repair", "repairs", "done in target")
OPEN, STRICT = Floor(10, False), Floor(20, True)
DAYS = WorkingDays((date(2025, 12, 25), date(2025, 12, 26)))
CLOCKS = (StageClock(1, 5, 10, 10, date(2024, 4, 1), "test"), StageClock(2, 5, 20, 20, date(2024, 4, 1), "test"))


def people(**groups: tuple[int, int]) -> pd.DataFrame:
    """Each group's satisfied and not; "unknown" is not recorded."""
    rows = [(name, 5) for name, (yes, _) in groups.items() for _ in range(yes)]
    rows += [(name, 2) for name, (_, no) in groups.items() for _ in range(no)]
    table = pd.DataFrame(rows, columns=["age", "TP01"])
    return table.assign(age=table["age"].replace("unknown", "not recorded"))


def row_of(table: pd.DataFrame, floor: Floor = OPEN):
    survey = counted(table, dims=("age",))
    (row,) = answer_rows(survey, [measure()], {"TP01": TP01}, AGE, floor)
    return row


def test_a_group_stands_against_all_others_whose_group_is_known():
    row = row_of(people(old=(90, 10), young=(50, 50), middle=(60, 40), unknown=(0, 100)))
    gaps = {gap.after.group[0][1]: gap for gap in row.gaps}
    assert (gaps["old"].before.yes, gaps["old"].before.base) == (110, 200)
    assert gaps["old"].difference == pytest.approx(0.9 - 0.55)
    assert (row.unknown.value, row.known, row.base) == (0.0, 300, 400)
    assert "not recorded" not in gaps and all(g.group[0][1] != "not recorded" for g in row.groups)
    assert row.known_share == pytest.approx(0.75)


def test_a_few_of_whom_it_is_not_known_are_among_the_others_so_that_nobody_can_work_them_out():
    row = row_of(people(old=(90, 10), young=(50, 50), unknown=(1, 3)))
    assert row.gaps[0].before.base == 104
    assert row.unknown.withheld == "fewer than 10 tenants"


def test_no_gap_tells_of_a_few_others():
    # Known are only Polish (5) and English: English against all others known would be the five.
    for floor in (OPEN, STRICT):
        row = row_of(people(english=(60, 40), polish=(2, 3), unknown=(50, 50)), floor)
        assert all(gap.difference is None and gap.before.base == 0 for gap in row.gaps), floor


def test_where_the_unknown_are_withheld_for_company_they_are_among_the_others():
    # Polish (5) is withheld, with the unknown (30), the next smallest: what is left of English and Welsh against all
    # known would tell of both.
    row = row_of(people(english=(60, 40), welsh=(30, 20), polish=(2, 3), unknown=(15, 15)), STRICT)
    assert row.unknown.withheld == GIVES_AWAY and row.known is None
    told = {gap.after.group[0][1]: gap for gap in row.gaps}
    assert told["english"].before.base == 85 and told["welsh"].before.base == 135


def test_two_groups_have_one_gap_and_it_is_not_counted_twice():
    row = row_of(people(no=(80, 20), yes=(50, 50)))
    assert len(row.gaps) == 1
    (judged,), family = one_family([row])
    assert family == 1 and judged.gaps[0].verdict is Verdict.REAL


def test_the_more_gaps_are_looked_at_the_more_a_gap_must_show():
    row = row_of(people(old=(80, 20), young=(66, 34), middle=(70, 30)))
    alone, many = one_family([row])[0][0], one_family([row] * 40)[0][0]
    old = [next(g for g in each.gaps if g.after.group[0][1] == "old") for each in (alone, many)]
    assert old[1].family == 120 and old[0].family == 3
    assert old[1].high - old[1].low > old[0].high - old[0].low


def test_strict_groups_of_few_are_withheld_with_company_and_without_their_number():
    row = row_of(people(english=(200, 100), polish=(9, 5), urdu=(18, 12), welsh=(20, 15)), STRICT)
    told = {each.group[0][1]: each for each in row.groups}
    assert told["polish"].withheld == "fewer than 20 tenants" and told["polish"].base == 0
    assert told["urdu"].withheld == GIVES_AWAY  # or everyone less the others would be the fourteen
    assert told["english"].withheld is None and told["welsh"].withheld is None
    hidden = [gap for gap in row.gaps if gap.after.group[0][1] in ("polish", "urdu")]
    assert all(gap.difference is None and gap.after.base == gap.before.base == 0 for gap in hidden)


def test_strict_groups_that_all_say_the_same_are_not_told():
    row = row_of(people(english=(200, 100), polish=(25, 0), urdu=(20, 15)), STRICT)
    assert {e.group[0][1] for e in row.groups if e.withheld} >= {"polish"}


# ── Records ──────────────────────────────────────────────────────────────────────────────────────


def units(**groups: tuple[int, int, int]) -> pd.DataFrame:
    """Each group's tenants: how many, records of each, and how many of each are in time."""
    return pd.DataFrame(
        [(name, n, yes) for name, (many, n, yes) in groups.items() for _ in range(many)], columns=["age", "n", "yes"]
    )


def test_records_of_one_tenant_go_together():
    # 40 tenants with 10 repairs each, half of them all in time: 400 repairs, and worth 40 answers.
    half = pd.concat(
        [units(old=(20, 10, 10)), units(old=(20, 10, 0)), units(young=(400, 1, 1)), units(young=(400, 1, 0))]
    )
    (row,) = record_rows(half.reset_index(drop=True), REPAIRS, [AGE], {"age": OPEN})
    old, young = row.groups
    assert (old.base, young.base) == (400, 800)
    # By hand: each tenant's z is ±5/400; 40 of them: Σ z² = 40 · (5/400)², times 840/839.
    assert old.se == pytest.approx((40 * (5 / 400) ** 2 * 840 / 839) ** 0.5)
    assert young.se == pytest.approx((800 * (0.5 / 800) ** 2 * 840 / 839) ** 0.5)
    (gap,) = row.gaps
    assert gap.verdict is Verdict.CHANCE and gap.difference == pytest.approx(0.0)


def test_many_records_of_few_tenants_are_not_told_and_not_judged():
    table = pd.concat([units(old=(5, 40, 20)), units(mid=(25, 10, 5)), units(young=(200, 2, 1))]).reset_index(drop=True)
    (row,) = record_rows(table, REPAIRS, [AGE], {"age": OPEN})
    told = {each.group[0][1]: each.withheld for each in row.groups}
    assert told == {"old": "fewer than 10 tenants", "mid": None, "young": None}
    verdicts = {gap.after.group[0][1]: gap.verdict for gap in row.gaps}
    assert verdicts["mid"] is Verdict.TOO_FEW and verdicts["young"] is Verdict.CHANCE


def complaint(unit: int, made: str, responded: str | None, stage: int = 1) -> dict[str, object]:
    return {"age": "old", "unit": unit, "stage": stage, "made": pd.Timestamp(made), "acknowledged": pd.Timestamp(made),
            "extended_to": pd.NaT, "responded": pd.Timestamp(responded) if responded else pd.NaT, "refused": False,
            "withdrawn": False, "record_type": "complaint"}  # fmt: skip


def test_complaints_not_yet_due_are_left_out_and_overdue_ones_are_late():
    rows = pd.DataFrame(
        [
            complaint(0, "2025-06-02", "2025-06-16"),  # ten working days
            complaint(0, "2025-06-02", "2025-06-17"),  # eleven
            complaint(1, "2025-06-02", None),  # overdue
            complaint(2, "2025-06-25", None),  # not yet due
        ]
    )
    found = complaint_units(rows, 1, DAYS, CLOCKS, date(2025, 6, 30))
    assert found[["n", "yes"]].to_numpy().tolist() == [[2, 1], [1, 0]]
    assert found["age"].tolist() == ["old", "old"]


def hazard(severity: str, reported: str, inspected: str | None, safe: str | None) -> dict[str, object]:
    days = [pd.Timestamp(day) if day else pd.NaT for day in (inspected, safe)]
    return {"age": "old", "unit": 0, "reported": pd.Timestamp(reported), "severity": severity, "inspected": days[0],
            "made_safe": days[1]}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "seen", "safe"),
    [
        (("significant", "2025-06-02", "2025-06-16", "2025-06-23"), 1, 1),  # 10 and 5 working days
        (("significant", "2025-06-02", "2025-06-17", "2025-06-25"), 0, 0),  # 11 and 6
        (("significant", "2025-06-02", None, None), 0, 0),  # nobody looked, and it is late July
        (("significant", "2025-07-24", None, None), None, None),  # not due yet
        (("emergency", "2025-06-06", None, "2025-06-07"), None, 1),  # the next day, a Saturday
        (("emergency", "2025-06-06", None, "2025-06-08"), None, 0),
        (("not recorded", "2025-06-06", "2025-06-07", "2025-06-08"), None, None),
    ],
)
def test_hazards_are_judged_by_their_own_clocks(case, seen, safe):
    rows, today = pd.DataFrame([hazard(*case)]), date(2025, 7, 31)
    for found, expected in ((hazards_seen(rows, DAYS, today), seen), (hazards_safe(rows, DAYS, today), safe)):
        assert found["yes"].tolist() == ([] if expected is None else [expected])


def test_what_is_held_of_few_is_mostly_not_known_and_of_nobody_not_held():
    held = pd.DataFrame(
        {"key": ["age"] * 3, "tenancies": 100, "tenancies_known": [0, 30, 60], "answers": 50,
         "answers_known": [0, 10, 5], "from_homes": True}
    )  # fmt: skip
    states = [holdings(held.iloc[[at]], [AGE])[0].state for at in range(3)]
    assert states == ["not held", "mostly not known", "held"]


def test_no_gap_is_found_where_there_is_none_more_often_than_one_in_twenty():
    random, found = np.random.default_rng(5), 0
    for _ in range(200):
        table = pd.DataFrame({"age": random.choice(["a", "b", "c", "d"], 400), "TP01": random.choice([5, 2], 400)})
        (row,), _ = one_family([row_of(table)])
        found += any(gap.verdict is Verdict.REAL for gap in row.gaps)
    assert found <= 20  # of 200: 5% is 10, and more than 20 has a chance under one in 500
