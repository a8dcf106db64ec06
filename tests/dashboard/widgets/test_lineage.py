"""Every figure leads back to its file: when taken in, rows in, kept, left out by rule, and its fingerprint."""

from __future__ import annotations

import pytest
import streamlit as st
from incoming_records import small_homes
from small_survey import small_incoming
from streamlit.testing.v1 import AppTest

from data.settings import HOME_VARIABLE
from data.store import Store


def behind() -> None:
    from dashboard.widgets.lineage import where_from

    where_from(("survey", "2024"), ("homes", None), ("repairs", None), ("survey", "2024"))


@pytest.fixture
def landlord(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    store = Store(tmp_path / "landlord", "real")
    survey = small_incoming(name="tsm <b>.csv")
    survey.facts = {"rows_in": 43, "rows_kept": 40, "left_out": {"base_row": 1, "blank_row": 2}, "profile": "agency"}
    for incoming in (survey, small_incoming(wave="2023", name="before.csv", sha256="1" * 64), small_homes()):
        store.publish(incoming).close()
    yield
    st.cache_resource.clear()


def test_each_file_stands_once_with_its_rows_and_what_was_left_out(landlord):
    page = AppTest.from_function(behind).run()
    assert not page.exception
    said = [element.value.replace("\\", "") for element in page.markdown]
    assert page.expander[0].label == "Where these figures come from"
    assert said[0] == "**Survey: tsm <b>.csv**"
    assert "43 rows in, 40 kept." in said[1]
    assert "the row is a total or base, not a respondent (1), the row is empty (2)" in said[1]
    assert said[1].endswith("Read by the mapping 'agency'.")
    assert "**Homes: homes.csv**" in said
    assert "Repairs: no file is held." in said
    assert not any("before.csv" in line for line in said)
    assert page.caption[0].value.replace("\\", "").endswith("0" * 64)
    assert "<b>" not in page.markdown[0].value.replace("\\<", "")
