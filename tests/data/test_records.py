"""Records are read within a scope, counted by what may be told, and never word for word."""

from __future__ import annotations

import inspect
from datetime import date

import pytest
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Scope
from data import records
from data.generation import NotHeld
from data.language import load_language
from data.records import (
    complaint_rows,
    contact_counts,
    hazard_rows,
    homes_by,
    homes_with_repairs,
    new_since,
    newest,
    people_counts,
    promise_rows,
    repair_counts,
    sample_outcomes,
    special_counts,
)

NOBODY, ASH = Scope("nobody"), Scope("a patch", ("Ash Court",))
TODAY = date(2026, 11, 25)


def complaint(reference, made, **said):
    return {"reference": reference, "complaint": reference, "stage": 1, "made": made, "estate": "Ash Court",
            "text": "Mr Smith at 12 Ash Court", "promise": "call Mr Smith", **said}  # fmt: skip


def repair(number, **said):
    return {"reference": f"R{number}", "estate": "Ash Court", "raised": "2026-10-01", "priority": "routine", **said}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    rows = {
        "homes": [
            *homes_on("Ash Court", 12), *homes_on("Beech Row", 5), *homes_on("Beech Row", 3, "LCHO"),
            *homes_on("Cedar Way", 4), *homes_on("Ash Court", 2, "outside", dwelling=False),
        ],
        "complaints": [
            complaint("C1", "2026-10-01", promise_due="2026-11-01"),
            complaint("C2", "2026-10-02", promise=None, estate="Beech Row"),
            complaint("C2", "2026-11-02", promise=None, estate="Beech Row", stage=2),
        ],
        "contacts": [
            {"reference": "K1", "day": "2026-10-05", "channel": "telephone", "estate": "Ash Court", "listening": True},
            {"reference": "K2", "day": "2026-10-06", "channel": "telephone", "estate": "Ash Court", "listening": False},
            {"reference": "K3", "day": "2026-11-06", "channel": "letter", "estate": "Beech Row"},
        ],
        "repairs": [
            repair(1, due="2026-10-10", completed="2026-10-10"),
            repair(2, due="2026-10-10", completed="2026-10-11"),
            repair(3, due="2026-10-10", completed="2026-10-09", cancelled=True),
            repair(4, completed="2026-10-09"),
            repair(5, due="2026-10-10"),
            repair(6, raised="2026-11-03", estate="Beech Row", priority="emergency"),
        ],
        "hazards": [
            {"reference": "H1", "reported": "2026-11-01", "severity": "significant", "estate": "Ash Court"},
            {"reference": "H2", "reported": "2026-11-20", "severity": "emergency", "estate": "Beech Row"},
            {"reference": "H3", "reported": "2026-11-01", "severity": "emergency", "made_safe": "2026-11-02"},
        ],
        "sample": [
            {"wave": "2024", "reference": f"S{n}", "estate": estate, "tenure_group": "LCRA", "outcome": outcome}
            for n, (estate, outcome) in enumerate(
                [("Ash Court", "complete"), ("Ash Court", "no reply"), ("Cedar Way", "no reply")]
            )
        ],
        "people": [
            {"reference": f"P{n}", "tenancy_ref": f"T{n // 2}", "estate": "Ash Court", "email": n % 2 == 0,
             "mobile": n == 0, "c_ethnic": "Group A" if n < 25 else "Group B"}
            for n in range(40)
        ] + [{"reference": "P99", "tenancy_ref": "T99", "estate": "Beech Row", "end_day": "2026-01-01"}],
    }  # fmt: skip
    generation = generation_of(tmp_path_factory.mktemp("records"), rows, special=("c_ethnic",))
    yield generation
    generation.close()


def test_every_reading_of_records_takes_a_scope_without_a_default():
    public = [f for name, f in vars(records).items() if inspect.isfunction(f) and f.__module__ == records.__name__]
    read = [
        f for f in public if not f.__name__.startswith("_") and f.__name__ not in ("homes_as_at", "special_columns")
    ]
    assert len(read) == 13
    for function in read:
        assert inspect.signature(function).parameters["scope"].default is inspect.Parameter.empty


def test_a_scope_that_names_nothing_sees_nothing_and_a_patch_sees_its_own(held):
    assert len(complaint_rows(held, NOBODY)) == len(hazard_rows(held, NOBODY)) == len(homes_by(held, NOBODY)) == 0
    assert complaint_rows(held, ASH)["reference"].tolist() == ["C1"]
    assert int(homes_by(held, ASH)["homes"].sum()) == 12
    assert contact_counts(held, NOBODY, ()).to_dict("records") in ([], [{"n": 0}])
    assert homes_with_repairs(held, NOBODY, "LCRA", date(2020, 1, 1), date(2030, 1, 1)) == 0


def test_no_row_of_a_record_holds_words_or_a_home(held):
    for frame in (complaint_rows(held, WHOLE_LANDLORD), promise_rows(held, ASH), hazard_rows(held, WHOLE_LANDLORD)):
        assert not {"text", "home", "home_ref", "tenancy_ref", "uprn_ref"} & set(frame.columns)
        assert "Smith" not in frame.to_string()


def test_complaints_of_a_period_are_those_made_in_it(held):
    found = complaint_rows(held, WHOLE_LANDLORD, date(2026, 10, 2), date(2026, 11, 1))
    assert found[["reference", "stage"]].values.tolist() == [["C2", 1]]


def test_promises_are_the_stages_that_hold_one_and_their_words_leave_redacted_or_not_at_all(held):
    found = promise_rows(held, WHOLE_LANDLORD)
    assert found[["reference", "promise"]].values.tolist() == [["C1", ""]]
    told = promise_rows(held, WHOLE_LANDLORD, load_language().redaction)["promise"].tolist()
    assert len(told) == 1 and told[0].startswith("call ") and "Smith" not in told[0]


def test_homes_are_dwellings_by_group_and_place(held):
    found = homes_by(held, WHOLE_LANDLORD, ("tenure_group", "estate"))
    counts = {(g, e): n for g, e, n in found.itertuples(index=False)}
    assert counts == {("LCRA", "Ash Court"): 12, ("LCRA", "Beech Row"): 5, ("LCHO", "Beech Row"): 3,
                      ("LCRA", "Cedar Way"): 4}  # fmt: skip


def test_arrears_campaigns_are_no_listening(held):
    found = contact_counts(held, WHOLE_LANDLORD, ("channel",))
    assert dict(found.itertuples(index=False)) == {"telephone": 1, "letter": 1}
    every = contact_counts(held, WHOLE_LANDLORD, ("month",), listening=False)
    assert sorted(every["n"]) == [1, 2]


def test_repairs_in_time_are_of_those_completed_with_a_target_day(held):
    found = repair_counts(held, ASH, ("estate",)).iloc[0]
    assert tuple(found[["n", "cancelled", "completed", "timed", "in_time"]]) == (5, 1, 3, 2, 1)
    months = repair_counts(held, WHOLE_LANDLORD, ("month",))
    assert sorted(months["n"]) == [1, 5]


def test_open_hazards_are_told_emergencies_first(held):
    assert hazard_rows(held, WHOLE_LANDLORD, open_only=True)["reference"].tolist() == ["H2", "H1"]


def test_how_people_can_be_reached_is_counted_by_running_tenancy(held):
    found = people_counts(held, WHOLE_LANDLORD, 10, TODAY).iloc[0]
    assert (found["tenancies"], found["email"], found["mobile"], found["none_known"]) == (20, 20, 1, 0)
    few = people_counts(held, WHOLE_LANDLORD, 21, TODAY).iloc[0]
    assert few["withheld"] == "fewer than 21 tenancies" and few.isna()["email"]


def test_outside_a_handful_of_tenancies_cannot_be_worked_out_from_their_tenure_group(tmp_path):
    people = [
        {"reference": f"{estate}{n}", "tenancy_ref": f"{estate}{n}", "estate": estate, "tenure_group": group}
        for estate, number, group in (
            ("Ash", 15, "LCRA"), ("Beech", 12, "LCRA"), ("Cedar", 3, "LCRA"), ("Dell", 11, "LCHO"), ("Elm", 20, "LCHO"),
        )
        for n in range(number)
    ]  # fmt: skip
    generation = generation_of(tmp_path, {"people": people})
    dims = ("tenure_group", "estate")
    inside, outside = (
        people_counts(generation, WHOLE_LANDLORD, 10, TODAY, dims, each).set_index("estate")["withheld"].dropna()
        for each in (False, True)
    )
    generation.close()
    assert dict(inside) == {"Cedar": "fewer than 10 tenancies"}
    assert dict(outside) == {**inside, "Beech": "it would give away a group with few people"}


def test_special_categories_are_counted_above_a_stricter_minimum_and_never_divided_or_read_by_row(held):
    # 25 and 15 people: the 15 are too few, and the 25 would give them away.
    found = special_counts(held, "c_ethnic", WHOLE_LANDLORD, TODAY)
    assert found["people"].isna().all()
    assert found["withheld"].tolist() == ["it would give away a group with few people", "fewer than 20 people"]
    with pytest.raises(NotHeld, match="c_ethnic"):
        people_counts(held, WHOLE_LANDLORD, 10, TODAY, ("c_ethnic",))
    with pytest.raises(NotHeld, match="No special category 'estate'"):
        special_counts(held, "estate", WHOLE_LANDLORD, TODAY)
    lax = special_counts(held, "c_ethnic", WHOLE_LANDLORD, TODAY, fewest=1)
    assert lax["people"].isna().all()


def test_outcomes_of_the_issued_sample(held):
    found = sample_outcomes(held, "2024", WHOLE_LANDLORD)
    assert dict(found.itertuples(index=False)) == {"complete": 1, "no reply": 2}


def test_what_is_new_is_dated_later_than_what_was_newest(held):
    marks = newest(held, WHOLE_LANDLORD)
    assert marks["repairs"] == date(2026, 11, 3)
    assert not any(new_since(held, WHOLE_LANDLORD, marks).values())
    found = new_since(held, WHOLE_LANDLORD, date(2026, 10, 31))
    assert found == {"responses": 0, "complaints": 1, "contacts": 1, "repairs": 1, "hazards": 3, "comments": 0}
    assert new_since(held, WHOLE_LANDLORD, {})["comments"] == 40


def test_a_way_that_is_not_counted_by_is_refused_with_those_there_are(held):
    with pytest.raises(NotHeld, match="month, channel"):
        contact_counts(held, WHOLE_LANDLORD, ("text",))
