"""The filters offer waves and periods, and compare only with what is comparable."""

from __future__ import annotations

import pytest
import streamlit as st
from small_survey import small_incoming
from streamlit.testing.v1 import AppTest

from data.settings import HOME_VARIABLE
from data.store import Store

Q2, Q2_BEFORE = "July to September 2024 (Q2 2024/25)", "July to September 2023 (Q2 2023/24)"


def filtered() -> None:
    import streamlit as st

    from dashboard import session
    from dashboard.widgets.filters import filters

    asked = filters(session.generation())
    st.text(f"{asked.wave} against {asked.compared_with}")
    st.text(asked.audience.value)


@pytest.fixture
def rolling(tmp_path, monkeypatch):
    """One survey asked on the fifteenth of every month from July 2023 to September 2024."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    survey = small_incoming(wave="Rolling", answers=150)
    survey.connection.execute(
        "update responses set date = (date '2023-07-15' + to_months((respondent % 15)::int))::date"
    )
    survey.connection.execute("update waves set fieldwork_from = '2023-07-15', fieldwork_to = '2024-09-15'")
    Store(tmp_path / "landlord", "real").publish(survey).close()
    yield
    st.cache_resource.clear()


def drawn(**address: str) -> AppTest:
    page = AppTest.from_function(filtered)
    for name, value in address.items():
        page.query_params[name] = value
    page = page.run()
    assert not page.exception
    return page


def test_where_people_are_asked_through_the_year_periods_stand_beside_the_survey(rolling):
    chooser = drawn().selectbox(key="survey")
    assert chooser.label == "Survey or period"
    assert chooser.options[0] == "Rolling"
    assert {"12 months to 30 September 2024", Q2, Q2_BEFORE} <= set(chooser.options)


def test_a_quarter_is_offered_the_same_quarter_a_year_before_and_never_the_one_before_it(rolling):
    page = drawn(survey=Q2)
    assert page.selectbox(key="against").options == [Q2_BEFORE, "no other survey"]
    assert page.text[0].value == f"{Q2} against {Q2_BEFORE}"
    assert any("never with the quarter before" in caption.value for caption in page.caption)


def test_what_an_address_would_compare_with_is_left_out_where_it_is_no_change(rolling):
    page = drawn(survey=Q2, against="April to June 2024 (Q1 2024/25)")
    assert page.text[0].value == f"{Q2} against {Q2_BEFORE}"


def test_the_first_of_its_kind_is_compared_with_nothing(rolling):
    assert drawn(survey=Q2_BEFORE).text[0].value == f"{Q2_BEFORE} against None"


def test_figures_are_for_inside_unless_somebody_says_who_else_will_see_them(rolling):
    page = drawn()
    assert page.selectbox(key="audience").value == page.text[1].value == "internal"
    assert any("shown, with a warning" in caption.value for caption in page.caption)
    page = page.selectbox(key="audience").select("public").run()
    assert page.text[1].value == "public"
    assert any("are withheld" in caption.value for caption in page.caption)


def test_a_link_opens_with_who_will_see_it_and_what_is_nobody_is_inside(rolling):
    assert drawn(audience="regulator").text[1].value == "regulator"
    assert drawn(audience="everybody").text[1].value == "internal"
