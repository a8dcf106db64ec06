"""The invented landlord's files of records: as many as they should be, and as a landlord's systems would have them."""

from __future__ import annotations

from hashlib import md5

import pandas as pd
import pytest

from data import demo
from data.demo.texts import corpus
from data.merging import layout

TABLES = {table.name: table for table in (*layout.PLACES, *layout.RECORDS)}
# The median landlord, rented homes, 2024/25: repairs done within the landlord's own target.
IN_TARGET = {"emergency": 0.953, "routine": 0.813}


def test_every_kind_of_file_has_the_columns_the_store_keeps(made):
    assert set(made) == set(TABLES)
    for name, table in made.items():
        assert list(table.columns) == [column for column, _ in TABLES[name].columns], name


def test_there_are_three_years_of_records(landlord, made):
    stages = made["complaints"].query("record_type == 'complaint'")["stage"].value_counts()
    assert stages[1] == 1_500
    assert 0.10 < stages[2] / stages[1] < 0.18
    assert (len(made["contacts"]), len(made["repairs"]), len(made["hazards"])) == (3_000, 30_000, 260)
    assert made["complaints"]["made"].min() < pd.Timestamp("2023-12-01")
    assert made["contacts"]["day"].max() <= pd.Timestamp("2026-10-31")
    assert made["complaints"]["made"].max() <= pd.Timestamp(landlord.records.as_of)


def test_the_household_of_some_contacts_in_words_complains_within_ten_days(made):
    contacts, complaints = made["contacts"], made["complaints"].query("stage == 1")
    worded = contacts[contacts["text"].notna() & contacts["home_ref"].notna()]
    both = worded.merge(complaints[complaints["home_ref"].notna()], on="home_ref")
    followed = both[(both["made"] - both["day"]).dt.days.between(0, 14)]
    assert 0.2 < followed["reference_x"].nunique() / len(worded) < 0.5


def test_the_homes_are_those_surveyed_and_others_outside_the_measures(made):
    homes = made["homes"]
    counts = homes.query("dwelling")["tenure_group"].value_counts().to_dict()
    assert counts == {"LCRA": 10_500, "LCHO": 1_500, "outside": 240}
    assert not homes.loc[homes["property_type"].isin(["Garage", "Shop"]), "dwelling"].any()
    assert 100 < (homes["occupied"] == False).sum() < 300  # noqa: E712 - missing is neither


def test_some_tenures_changed_and_the_last_is_the_homes_own(made):
    changes = made["home_tenures"]
    assert changes["home"].nunique() == 36 and len(changes) == 72
    now = changes[changes["to_day"].isna()].merge(made["homes"], on="home", suffixes=("_then", ""))
    assert (now["tenure_then"] == now["tenure"]).all()
    assert set(changes.loc[changes["to_day"].notna(), "tenure_group"]) == {"LCRA", "LCHO"}


def test_joint_tenants_are_two_rows_and_two_in_five_economic_statuses_are_not_known(made):
    people = made["people"]
    tenants = people.groupby("tenancy_ref")["lead"].agg(["size", "sum"])
    assert (tenants["sum"] == 1).all() and set(tenants["size"]) == {1, 2}
    assert (tenants["size"] == 2).mean() == pytest.approx(0.21, abs=0.02)
    assert people["economic_status"].isna().mean() == pytest.approx(0.40, abs=0.015)
    assert people["do_not_contact"].sum() > 100 and people["objects"].sum() > 100
    assert 0.05 < (people["language"] != "English").mean() < 0.12
    assert people.groupby("home_ref")["tenancy_ref"].nunique().max() == 2


def test_the_issued_sample_says_what_became_of_everyone_asked(landlord, made):
    sample = made["sample"]
    assert set(sample["outcome"]) == set(landlord.records.sample.given)
    assert not sample.duplicated(["wave", "home_ref"]).any()
    rates = sample.assign(yes=sample["outcome"] == "complete").groupby("tenure_group")["yes"].mean()
    assert rates.to_dict() == pytest.approx({"LCRA": 0.27, "LCHO": 0.30}, abs=0.001)


def test_those_who_may_be_named_in_the_survey_are_complete_in_the_sample(landlord, made):
    answered = demo.tables(landlord)["responses"].dropna(subset="household")
    complete = made["sample"].query("outcome == 'complete'")
    both = answered.merge(complete, left_on=["wave", "household"], right_on=["wave", "home_ref"])
    assert len(both) == len(answered)
    assert (both["method_x"] == both["method_y"]).all()


def test_repairs_are_done_in_target_as_often_as_by_the_median_landlord(made):
    repairs = made["repairs"].query("not cancelled and due < '2026-11-01' and estate != 'Thimble Green'")
    in_target = (repairs["completed"] <= repairs["due"]).groupby(repairs["priority"]).mean()
    for priority, share in IN_TARGET.items():
        assert in_target[priority] == pytest.approx(share, abs=0.015)


def test_communal_jobs_are_raised_on_a_block(made):
    communal = made["repairs"].query("communal")
    assert len(communal) > 1_000
    assert communal["home_ref"].isin(made["homes"]["block"].dropna()).all()


def test_rent_arrears_campaigns_and_wrong_parties_are_not_listening(made):
    contacts = made["contacts"]
    campaigns = contacts["campaign"].notna()
    assert campaigns.sum() > 100 and not contacts.loc[campaigns, "listening"].any()
    assert not contacts.loc[contacts["outcome"] == "Wrong party", "listening"].any()
    worded = contacts["text"].notna()
    assert (contacts.loc[worded, "direction"] == "in").all() and contacts.loc[worded, "listening"].all()


def test_teams_have_five_or_more_and_the_smaller_one_was_left_out():
    (file,) = demo.demo_files(kinds={"teams"})
    with file.incoming.connection as teams:
        assert teams.execute("select count(*), min(officers) from teams").fetchone() == (8, 5)
    assert file.incoming.file.left_out == {"team_too_small": 1}
    assert (file.incoming.file.rows_in, file.incoming.file.rows_kept) == (9, 8)
    file.incoming.close()


def test_every_labelled_text_is_in_the_sample_and_there_are_1800_of_them(landlord, made):
    used = set(demo.tables(landlord)["comments"]["text"])
    for name in ("complaints", "contacts", "hazards"):
        texts = made[name]["text"].dropna()
        assert texts.value_counts().max() <= 2, name
        used |= set(texts)
    assert used == {text["text"] for text in corpus()}
    assert len(used) >= 1_800


def test_half_of_the_complaints_and_contacts_have_words_and_keys_that_readings_go_by(made):
    for name, kind in (("complaints", "complaint"), ("contacts", "contact")):
        first = made[name].query("stage == 1") if name == "complaints" else made[name]
        assert first["text"].notna().mean() == pytest.approx(0.5, abs=0.03)
        worded = first[first["text"].notna()].iloc[0]
        assert worded["text_key"] == md5(f"{kind}\x1f{worded['text']}".encode(), usedforsecurity=False).hexdigest()
        assert (first["text_key"].notna() == first["text"].notna()).all()
    assert made["complaints"].query("stage == 2")["text"].isna().all()
