"""The survey look-alikes: an agency's workbook and three makers of online surveys."""

from __future__ import annotations

import pytest

ONLINE = ("03_own_survey_qualtrics.csv", "03_own_survey_forms.xlsx", "03_own_survey_surveymonkey.csv")
PERSONAL = ("IPAddress", "RecipientEmail", "Email", "Name", "IP Address", "Email Address", "RecipientLastName")
EACH = pytest.mark.parametrize("name", ONLINE)


@pytest.fixture(scope="module")
def agency(take):
    return take("01_agency_workbook.xlsx", "survey")


@pytest.fixture(scope="module")
def online(take):
    return {name: take(name, "survey") for name in ONLINE}


def test_labels_are_read_where_the_codes_sheet_runs_the_other_way(agency):
    assert agency.incoming.file.sheet == "Labels"
    assert agency.count("responses", "TP01 = 5 and tenure_group = 'LCRA'") == agency.planted["very_satisfied"]
    assert agency.count("responses", "TP01 = 1 and tenure_group = 'LCRA'") == agency.planted["very_dissatisfied"]


def test_the_codes_sheet_alone_gives_the_same_answers_once_the_direction_is_said(take):
    said = {"wave": {"split": "whole file"}, "sheet": "Codes", "direction": {"*": "1 is best"}}
    said["values"] = {"*": {"6": "not applicable", "7": "refused"}}
    codes = take("01_agency_workbook.xlsx", "survey", said)
    assert codes.count("responses", "TP01 = 5 and tenure_group = 'LCRA'") == codes.planted["very_satisfied"]
    assert codes.count("responses", "TP01 = -1 and tenure_group = 'LCRA'") == codes.planted["unable"]


def test_the_base_row_at_the_bottom_is_left_out_and_counted(agency):
    assert agency.count("responses") == agency.planted["LCRA"] + agency.planted["LCHO"]
    assert agency.incoming.file.rows_in - agency.incoming.file.rows_kept == agency.planted["base_rows"]


def test_unable_to_answer_said_by_telephone_is_no_answer(agency):
    assert agency.count("responses", "TP01 = -1 and tenure_group = 'LCRA'") == agency.planted["unable"]
    assert agency.count("responses", "TP01 = -1 and method <> 'Telephone'") == 0


def test_each_tenure_group_has_the_weight_of_its_own_column(agency):
    assert agency.count("responses", "tenure_group = 'LCHO' and weight = 1") == agency.planted["LCHO"]
    assert agency.count("responses", "tenure_group = 'LCRA' and weight between 0.7 and 1.4") == agency.planted["LCRA"]


def test_the_home_is_known_only_of_those_who_said_it_may_be(agency):
    assert agency.count("responses", "household is not null") == agency.planted["may_attribute"]
    assert agency.count("responses", "household is not null and not may_attribute") == 0


@EACH
def test_an_online_survey_has_its_answers_and_words_and_no_heading_among_them(online, name):
    survey = online[name]
    assert survey.count("responses") == 60
    assert survey.count("responses", "TP01 = 5 and tenure_group = 'LCRA'") == survey.planted["very_satisfied"]
    assert survey.count("responses", "tenure_group = 'LCRA'") == survey.planted["LCRA"]
    assert survey.count("comments") == survey.planted["comments"]


@EACH
def test_addresses_of_computers_people_and_mail_are_dropped_at_the_door(online, name):
    dropped = online[name].incoming.file.dropped
    assert [dropped[heading] for heading in PERSONAL if heading in dropped] != []
    assert set(dropped.values()) == {60}
    kept = "select column_name from duckdb_columns() where column_name ilike '%mail%' or column_name ilike '%address%'"
    assert online[name].rows(kept) == []
    for table in ("responses", "comments"):
        assert "example.org" not in str(online[name].rows(f"select * from {table}"))


def test_three_rows_of_headings_are_headings_and_the_second_has_the_wording(online):
    qualtrics = online["03_own_survey_qualtrics.csv"].incoming.file
    assert qualtrics.rows_in == qualtrics.rows_kept == 60
    assert qualtrics.mapping["columns"]["TP01"] == "Q1"
