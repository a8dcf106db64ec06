"""The complaints look-alikes: a case system with child cases, and a housing system's report."""

from __future__ import annotations

import pytest

from data.columns.mapping import mapping_of
from data.intake import look


@pytest.fixture(scope="module")
def cases(take):
    return take("04_complaints_export.xlsx", "complaints")


@pytest.fixture(scope="module")
def report(take):
    return take("05_complaints_report.csv", "complaints")


def test_a_second_stage_that_is_a_child_case_belongs_to_its_parents_complaint(cases):
    assert cases.count("complaints", "stage = 1") == cases.planted["stage_1"]
    assert cases.count("complaints", "stage = 2") == cases.planted["stage_2"]
    orphans = "stage = 2 and complaint not in (select reference from complaints where stage = 1)"
    assert cases.count("complaints", orphans) == 0
    assert cases.count("complaints", "stage = 2 and reference <> complaint") == cases.planted["stage_2"]


def test_a_complaint_was_made_when_received_and_not_when_the_case_was_typed_in(cases):
    assert cases.incoming.file.mapping["columns"]["made"] == "Date Received"
    assert "Created On" not in cases.incoming.file.mapping["columns"].values()


def test_with_created_on_alone_the_day_made_is_asked(files):
    said = mapping_of({"columns": {"ignore": ["Date Received"]}})
    proposal = look(files.path("04_complaints_export.xlsx"), holds="complaints", answers=said)
    assert [ask.key for ask in proposal.asks] == ["columns.made"]


def test_each_stage_has_the_days_of_its_own_columns(cases):
    assert cases.count("complaints", "stage = 2 and (acknowledged is null or responded is null)") == 0
    assert cases.count("complaints", "stage = 2 and acknowledged < made") == 0
    assert cases.count("complaints", "stage = 1 and extended_to is not null") == cases.planted["extended"]


def test_a_description_in_html_is_read_as_words(cases):
    texts = [text for (text,) in cases.rows("select text from complaints")]
    assert len(texts) == 72
    assert not [text for text in texts if "<" in text or "&amp;" in text or "&nbsp;" in text]
    assert any("four weeks & the bin store stinks" in text for text in texts)


def test_acknowledged_before_made_and_made_in_the_future_are_listed(cases):
    assert cases.problems("acknowledged_before_made") == cases.planted["acknowledged_before_made"]
    found = cases.rows("select value from problems where rule = 'date_in_future'")
    assert found == [("2027-03-01",)]


def test_refused_and_withdrawn_complaints_and_their_way_in_are_told(cases):
    first = "stage = 1 and "
    assert cases.count("complaints", first + "refused") == cases.planted["refused"]
    assert cases.count("complaints", first + "withdrawn") == cases.planted["withdrawn"]
    assert cases.count("complaints", "route <> 'normal'") == cases.planted["not_normal"]


def test_what_a_reply_promised_has_its_day(cases):
    assert cases.count("complaints", "promise is not null and promise_due is not null") == cases.planted["promises"]


def test_a_customers_name_and_the_systems_own_columns_are_not_kept(cases):
    assert cases.incoming.file.dropped["Customer"] == 72
    columns = {
        name for (name,) in cases.rows("select column_name from duckdb_columns() where table_name = 'complaints'")
    }
    assert not columns & {"customer", "owner", "case_title"}


def test_a_report_is_read_below_its_title_rows(report):
    assert report.incoming.file.header_row == report.planted["title_rows"] + 1


def test_a_case_closed_and_opened_again_is_one_with_its_last_answer(report):
    assert report.count("complaints", "stage = 1") == report.planted["stage_1"]
    assert report.count("complaints", "stage = 2") == report.planted["stage_2"]
    again = "stage = 1 and responded >= DATE '2026-10-21'"  # closed again in the last days before the export
    assert report.count("complaints", again) == report.planted["closed_and_reopened"]


def test_a_target_date_is_not_the_answer(report):
    assert report.incoming.file.mapping["columns"]["responded"] == "Date Closed"
    assert "Target Date" not in report.incoming.file.mapping["columns"].values()
