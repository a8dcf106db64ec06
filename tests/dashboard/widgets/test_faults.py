"""A fault is told with its remedy, and never with anybody's words."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest


def foreseen() -> None:
    from dashboard.widgets.faults import faults_told
    from data.generation import StoreError

    with faults_told():
        raise StoreError("Written by a newer Tenant Voice. Update <b>it</b>.")


def unforeseen() -> None:
    from dashboard.widgets.faults import faults_told

    with faults_told():
        raise ValueError("could not read 'Dave at number 9 shouts'")


def test_a_foreseen_fault_says_its_remedy_as_text():
    page = AppTest.from_function(foreseen).run()
    assert not page.exception
    assert "newer Tenant Voice" in page.error[0].value
    assert "<b>" not in page.error[0].value


def test_an_unforeseen_fault_tells_its_place_to_the_log_and_no_words_to_anyone(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(unforeseen).run()
    assert not page.exception
    assert "What you have loaded is unchanged" in page.error[0].value
    logged = [record.getMessage() for record in caplog.records if record.name == "tenant_voice"]
    assert len(logged) == 1 and logged[0].startswith("ValueError at ")
    assert "Dave" not in caplog.text
