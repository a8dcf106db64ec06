"""Whole respondents' answers leave the store within a scope, and with nothing that says who they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Question, Scope
from data.answered import answers_given
from data.generation import NotHeld
from data.store import Store

LCRA = Question("2024", "LCRA", WHOLE_LANDLORD)


@pytest.fixture
def published(tmp_path):
    """Of 40 people: 4 shared owners, 2 leaseholders, 3 second answers of a household; everyone says 5 to 1 of TP04."""
    incoming = small_incoming()
    for change in (
        "update responses set tenure_group = 'LCHO', stratum = 'LCHO' where respondent <= 4",
        "update responses set tenure_group = 'outside', stratum = 'outside' where respondent in (5, 6)",
        "update responses set counts = false where respondent in (7, 8, 9)",
        "update responses set TP04 = 1 + respondent % 5, weight = respondent",
        "update responses set TP02 = -2 where respondent = 10",
    ):
        incoming.connection.execute(change)
    return Store(tmp_path, "real").publish(incoming)


def test_only_counted_respondents_of_the_tenure_group_are_given_in_the_same_order_each_time(published):
    rows = answers_given(published, LCRA, ["TP01", "TP04"])
    assert rows["weight"].tolist() == list(range(10, 41))
    assert rows["TP04"].tolist() == [1 + n % 5 for n in range(10, 41)]
    assert len(answers_given(published, replace(LCRA, tenure_group="LCHO"), ["TP01"])) == 4


def test_nothing_is_given_but_weights_and_the_answers_asked_for(published):
    assert list(answers_given(published, LCRA, ["TP04"])) == ["weight", "TP04"]


def test_blank_is_missing_and_not_asked_is_told_apart(published):
    said = answers_given(published, LCRA, ["TP02"])["TP02"]
    assert said.iloc[0] == -2
    assert said.iloc[1:].isna().all()


def test_scope_and_filters_bind(published):
    ash, beech = Scope("a patch", ("Ash Court",)), (("estate", ("Beech Row",)),)
    assert len(answers_given(published, replace(LCRA, scope=ash), ["TP01"])) in (15, 16)
    assert answers_given(published, replace(LCRA, scope=ash, filters=beech), ["TP01"]).empty
    assert answers_given(published, replace(LCRA, scope=Scope("nobody", ())), ["TP01"]).empty


def test_what_is_not_held_is_refused_by_name(published):
    with pytest.raises(NotHeld, match="No answers are held to TP99"):
        answers_given(published, LCRA, ["TP99"])
    with pytest.raises(NotHeld, match="no way to divide by 'ward'"):
        answers_given(published, replace(LCRA, filters=(("ward", ("North",)),)), ["TP01"])
    with pytest.raises(NotHeld, match="no wave called '1999'"):
        answers_given(published, replace(LCRA, wave="1999"), ["TP01"])
