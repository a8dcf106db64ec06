"""CH01, CH02 and volumes of complaints, reckoned by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from complaint_rows import CODE, ENGLAND, complaint, homes, table

from analysis.complaints import complaints, rate
from analysis.model import Audience

BEGUN, ENDED, AS_OF = date(2025, 4, 1), date(2026, 3, 31), date(2026, 11, 25)
HOMES = homes(LCRA=2000, LCHO=400, outside=100)


def counted(rows, **more):
    asked = {"homes": HOMES, "begun": BEGUN, "ended": ENDED, "days": ENGLAND, "clocks": CODE, "as_of": AS_OF, **more}
    return complaints(rows, **asked)


def made(number, day="2025-06-02", **said):
    return [complaint(day, reference=f"{day}{said}{n}", **said) for n in range(number)]


def by_group(rates):
    return {(dict(r.group)["tenure_group"], r.stage): (r.code, r.count, r.per_thousand) for r in rates}


def test_rates_are_complaints_made_for_every_1000_homes_of_the_kind_and_leaseholders_are_a_second_total():
    rows = table(
        *made(50), *made(10, stage=2), *made(4, tenure_group="LCHO"), *made(3, tenure_group="outside"),
        *made(7, "2025-03-31"), *made(7, "2026-04-01"), *made(2, "2026-03-31"), *made(1, tenure_group=None),
    )  # fmt: skip
    found = counted(rows)
    assert by_group(found.rates) == {
        ("LCRA", 1): ("CH01_1", 52, 26.0),  # 52 ÷ 2,000
        ("LCRA", 2): ("CH01_2", 10, 5.0),
        ("LCHO", 1): ("CH01_1", 4, 10.0),  # few, but the landlord has to publish it
        ("LCHO", 2): ("CH01_2", 0, 0.0),
    }
    assert by_group(found.outside) == {("outside", 1): ("", 3, 30.0), ("outside", 2): ("", 0, 0.0)}
    assert found.set_aside["tenure not recorded"] == 1
    assert "no margin of error" in found.rates[0].margin and "no count or share of them has a margin" in found.notes[0]


def test_refused_and_service_requests_are_set_aside_and_withdrawn_ones_are_counted():
    found = counted(
        table(*made(5, refused=True), *made(4, record_type="service request"), *made(3, withdrawn=True), *made(8))
    )
    assert found.rates[0].count == 11
    assert (found.set_aside["refused"], found.set_aside["service requests"]) == (5, 4)
    assert any("refused: 5" in note for note in found.notes)
    assert (found.timeliness[0].made, found.timeliness[0].withdrawn) == (11, 3)


def test_ch02_has_both_parts_and_each_group_apart():
    in_time = {"acknowledged": "2025-06-02", "responded": "2025-06-16"}
    longer = {"acknowledged": "2025-06-02", "extended_to": "2025-06-30", "responded": "2025-06-30"}
    rows = table(*made(6, **in_time), *made(2, **longer), *made(2), *made(1, tenure_group="outside", **in_time))
    first, second, owners, _ = counted(rows).timeliness
    assert (first.code, first.made, first.share_without, first.share_within, first.share) == (
        "CH02_1",
        10,
        0.6,
        0.2,
        0.8,
    )
    assert (second.code, second.withheld) == ("CH02_2", "no stage two complaints were made")
    assert owners.withheld == "no stage one complaints were made"
    assert counted(rows).outside_timeliness[0].share == 1.0


def test_volumes_by_estate_topic_route_and_month_withhold_a_handful():
    rows = table(
        *made(12, category="repairs", route="normal"),
        *made(10, "2025-07-01", category="damp", estate="Beech Row", route="MP or councillor"),
        *made(9, "2025-07-02", category=None),
    )
    where = pd.DataFrame(
        [("LCRA", "Ash Court", "General needs", 600), ("LCRA", "Beech Row", "General needs", 400),
         ("LCRA", "Cedar Way", "Sheltered", 50), ("LCRA", "Tiny Yard", "Sheltered", 9)],
        columns=["tenure_group", "estate", "tenure", "homes"],
    )  # fmt: skip
    found = counted(rows, homes=where).volumes

    def first_stage(way):
        return {dict(r.group)[way]: (r.count, r.per_thousand, r.withheld) for r in found[way] if r.stage == 1}

    assert first_stage("estate") == {
        "Ash Court": (21, 35.0, None),
        "Beech Row": (10, 25.0, None),
        "Cedar Way": (0, 0.0, None),
        "Tiny Yard": (None, None, "fewer than 10 homes"),
    }
    assert first_stage("category")["not recorded"] == (None, None, "fewer than 10")
    assert first_stage("category")["repairs"][0] == 12
    assert list(first_stage("month")) == ["2025-06", "2025-07"]
    assert first_stage("month")["2025-07"][0] == 19
    assert first_stage("route")["MP or councillor"][0] == 10


@pytest.mark.parametrize("few", [{"Beech Row": 3}, {"Beech Row": 3, "Cedar": 4}])
def test_inside_what_could_be_worked_out_from_the_total_is_pointed_out(few):
    rows = [row for estate, number in few.items() for row in made(number, estate=estate)]
    found = counted(table(*made(30), *rows))
    assert any("could be worked out from the total and the others" in note for note in found.notes)
    assert not any("could be worked out" in note for note in counted(table(*made(30))).notes)


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_outside_a_handful_has_company_and_one_reason(audience):
    rows = table(*made(30), *made(3, estate="Beech Row"), *made(12, estate="Cedar"), *made(40, estate="Dell"))
    where = pd.DataFrame(
        [("LCRA", estate, "General needs", 100) for estate in ("Ash Court", "Beech Row", "Cedar", "Dell")],
        columns=["tenure_group", "estate", "tenure", "homes"],
    )
    inside, found = counted(rows, homes=where), counted(rows, homes=where, audience=audience)
    told = {r.group[0][1]: (r.count, r.withheld) for r in found.volumes["estate"] if r.stage == 1}
    assert {name for name, (number, _) in told.items() if number is None} == {"Beech Row", "Cedar"}
    assert {reason for _, reason in told.values() if reason} == {"it could give away a few people"}
    assert {r.count for r in inside.volumes["estate"] if r.stage == 1} == {30, 12, 40, None}
    assert not any("could be worked out" in note for note in found.notes)


@pytest.mark.parametrize(
    ("count", "kept", "withheld", "per_thousand"),
    [(12, 0, "no homes of this kind are held", None), (12, 9, "fewer than 10 homes", None),
     (9, 100, "fewer than 10", None), (0, 100, None, 0.0), (25, 1000, None, 25.0)],
)  # fmt: skip
def test_a_rate_is_told_or_the_reason_it_is_not(count, kept, withheld, per_thousand):
    found = rate(count, kept, 10)
    assert (found.withheld, found.per_thousand) == (withheld, per_thousand)


def test_a_part_of_a_landlord_withholds_a_handful_in_the_measures_too():
    found = counted(table(*made(4)), whole=False, smallest_base=10)
    assert found.rates[0].withheld == "fewer than 10"
    assert found.timeliness[0].withheld == "fewer than 10 stage one complaints"


def test_outside_a_handful_of_leaseholders_is_not_told_for_no_measure_asks_for_it():
    rows = table(*made(12, tenure_group="outside"), *made(3, stage=2, tenure_group="outside"), *made(4))
    inside, outside = counted(rows), counted(rows, audience=Audience.PUBLIC)
    assert [rate.count for rate in inside.outside] == [12, 3]
    assert [(rate.count, rate.withheld) for rate in outside.outside] == [(12, None), (None, "fewer than 10")]
    assert outside.outside_timeliness[1].withheld == "fewer than 10 stage two complaints"
    assert outside.rates[0].count == 4, "the published measures are told however few"
    without = counted(table(*made(4)), homes=homes(LCRA=2000), audience=Audience.PUBLIC)
    assert [rate.count for rate in without.outside] == [0, 0], "none is none, where no leaseholder's home is held"


def test_a_part_of_a_year_and_days_without_bank_holidays_are_said():
    notes = " ".join(counted(table(), begun=date(2022, 4, 1), ended=date(2022, 9, 30)).notes)
    assert "less than a reporting year" in notes and "Bank holidays are held for 2025 to 2026" in notes
    assert "less than a reporting year" not in " ".join(counted(table()).notes)


def test_outside_a_handful_set_aside_of_a_part_of_the_landlord_is_not_told():
    rows = table(*made(3, refused=True), *made(12, record_type="service request"), *made(20))
    inside = counted(rows, whole=False)
    outside = counted(rows, whole=False, audience=Audience.PUBLIC)
    assert (inside.set_aside["refused"], inside.set_aside["service requests"]) == (3, 12)
    assert outside.set_aside == {"service requests": 12, "stage not recorded": 0, "tenure not recorded": 0}
    assert not any("refused: 3" in note for note in outside.notes)
    assert counted(rows, audience=Audience.PUBLIC).set_aside["refused"] == 3, "the whole landlord's are published"
