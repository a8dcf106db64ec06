"""The look-alikes of homes, tenancies and people."""

from __future__ import annotations

import pytest

LISTED = "08_homes_and_people.xlsx"
AGREEMENTS = "08_tenancy_agreements.csv"
POLICY = "Appropriate policy document, 2026"


@pytest.fixture(scope="module")
def homes(take):
    return take(LISTED, "homes")


@pytest.fixture(scope="module")
def people(take):
    return take(LISTED, "people")


@pytest.fixture(scope="module")
def monitored(take):
    return take(LISTED, "people", policy_document=POLICY)


@pytest.fixture(scope="module")
def agreements(take):
    return take(AGREEMENTS, "people")


def test_a_home_of_joint_tenants_counts_once(homes):
    assert homes.count("homes") == homes.planted["homes"]
    assert homes.count("homes", "home in (select home from homes group by 1 having count(*) > 1)") == 0


def test_garages_are_kept_and_are_no_dwellings(homes):
    assert homes.count("homes", "not dwelling") == homes.planted["garages"]


def test_empty_homes_are_kept_and_marked(homes):
    assert homes.count("homes", "occupied = false") == homes.planted["empty"]


def test_a_uprn_that_a_spreadsheet_cut_short_is_left_empty_and_listed(homes):
    assert homes.count("homes", "uprn like '%E+%'") == 0
    assert homes.rows("select distinct value from problems where rule = 'lost_digits'") == [("1.00023E+11",)]
    assert homes.problems("lost_digits") == homes.planted["damaged_uprn"]
    assert homes.count("homes", "uprn is null and home not like '000%'") == 0


def test_the_address_is_kept_as_a_key_only(homes):
    assert homes.count("homes", "length(address_key) = 32") == homes.planted["homes"]
    assert "Thimbleford" not in str(homes.rows("select * from homes"))


def test_joint_tenants_are_two_people_of_one_tenancy(people):
    assert people.count("people") == people.planted["people"]
    joint = "tenancy_ref in (select tenancy_ref from people group by 1 having count(*) = 2)"
    assert people.count("people", joint) == 2 * people.planted["joint"]


def test_an_empty_home_is_nobody(people):
    assert people.count("people", "tenancy_ref is null") == 0


def test_of_mail_and_phone_only_that_there_is_one_is_kept(people):
    assert people.count("people", "email") == people.planted["e_mail"]
    assert people.count("people", "mobile") == people.planted["mobile"]
    assert "example.org" not in str(people.rows("select * from people"))
    assert "07700" not in str(people.rows("select * from people"))


def test_dates_of_birth_become_age_bands(people):
    assert people.count("people", "age_band is null") == 0
    assert people.rows("select column_name from duckdb_columns() where column_name = 'dob'") == []


def test_not_known_is_not_known_and_no_group_of_its_own(people):
    assert people.count("people", "preferred_channel is null") == people.planted["not_known_contact"]
    assert people.count("people", "preferred_channel = 'Not known'") == 0


def test_do_not_contact_is_read(people):
    refused = "select count(distinct tenancy_ref) from people where do_not_contact"
    assert people.rows(refused) == [(people.planted["do_not_contact"],)]


def test_ethnicity_and_disability_are_stored_only_where_a_policy_document_is_named(people, monitored):
    found = (
        "select column_name from duckdb_columns() where table_name = 'people' and column_name like 'c\\_%' escape '\\'"
    )
    special = {"c_ethnicity", "c_disability"}
    assert not special & {name for (name,) in people.rows(found)}
    assert special <= {name for (name,) in monitored.rows(found)}
    known = monitored.planted["people"] - monitored.planted["not_known_ethnicity"]
    assert monitored.count("people", "c_ethnicity not in ('Not known')") == known


def test_a_tenancy_that_ends_in_1900_has_not_ended(agreements):
    assert agreements.count("people", "end_day is null") == agreements.planted["blank_dates"]
    assert agreements.count("people") == 305


def test_two_tenancies_for_one_home_are_listed(agreements, people):
    assert agreements.problems("tenancies_overlap") == agreements.planted["two_tenancies"]
    assert people.problems("tenancies_overlap") == people.planted["two_tenancies"]
