"""Who is counted in a measure: one tenure group, one answer a household, inside the scope and the filters."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Question, Scope
from dashboard.answers import answer
from data.store import Store

LCRA, LCHO = (Question("2024", group, WHOLE_LANDLORD) for group in ("LCRA", "LCHO"))


@pytest.fixture
def published(tmp_path):
    """Of 40 people: 4 shared owners, 2 leaseholders, 3 second answers of a household, 1 without an estate."""
    incoming = small_incoming()
    for change in (
        "update responses set tenure_group = 'LCHO', stratum = 'LCHO', TP01 = 1 where respondent <= 4",
        "update responses set tenure_group = 'outside', stratum = 'outside', TP01 = 1 where respondent in (5, 6)",
        "update responses set counts = false, TP01 = 1 where respondent in (7, 8, 9)",
        "update responses set estate = null where respondent = 10",
    ):
        incoming.connection.execute(change)
    return Store(tmp_path, "real").publish(incoming)


def people(survey):
    return int(survey.cells["n"].sum()) if len(survey.cells) else 0


def test_tenure_groups_are_never_mixed_and_those_outside_are_in_neither(published):
    assert (people(published.survey(LCRA)), people(published.survey(LCHO))) == (31, 4)
    assert published.responses("2024") == {"LCRA": 31, "LCHO": 4, "outside": 2}
    assert published.tenure_groups("2024") == ("LCRA", "LCHO")


def test_a_second_answer_of_a_household_is_in_no_figure_stratum_or_sample(published):
    survey = published.survey(LCRA)
    assert survey.strata[["stratum", "n"]].to_dict("records") == [{"stratum": "LCRA", "n": 31}]
    assert dict(survey.wave.methods) == {"telephone": 31}
    found = answer(LCRA, published, 10)
    # Of respondents 10 to 40 every fourth says "very dissatisfied": 12, 16 … 40, eight of 31.
    assert (found.headline["TP01"].base, found.headline["TP01"].yes, found.sample.responses) == (31, 23, 31)
    assert published.household_repeats("2024") == 3
    assert any("household" in note and "3" in note for note in found.notes)


def test_those_whose_place_is_not_recorded_are_a_group_of_their_own_and_can_be_asked_for(published):
    by_estate = published.survey(LCRA, ("estate",)).cells.groupby("estate")["n"].sum()
    assert by_estate.to_dict() == {"Ash Court": 15, "Beech Row": 15, "not recorded": 1}
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("not recorded",)),))
    assert people(published.survey(asked)) == 1


def test_two_filters_both_bind_and_the_values_of_one_are_alternatives(published):
    either = (("estate", ("Ash Court", "Beech Row")), ("tenure", ("General needs",)))
    neither = (("estate", ("Ash Court",)), ("tenure", ("Sheltered",)))
    assert people(published.survey(Question("2024", "LCRA", WHOLE_LANDLORD, filters=either))) == 30
    assert people(published.survey(Question("2024", "LCRA", WHOLE_LANDLORD, filters=neither))) == 0


def test_a_scope_binds_levels_and_cells_whatever_the_filters_ask(published):
    patch = Scope("a patch", ("Ash Court",))
    assert published.levels("estate", patch) == ("Ash Court",)
    asked = Question("2024", "LCRA", patch, filters=(("estate", ("Beech Row",)),))
    assert people(published.survey(asked)) == 0


@pytest.mark.parametrize("read", ["levels", "cells"])
def test_no_reading_of_rows_has_a_scope_by_default(published, read):
    missing = SimpleNamespace(levels=("estate",), cells=((), (), ("TP01",)))
    with pytest.raises(TypeError, match="scope"):
        getattr(published, read)(*getattr(missing, read))
    with pytest.raises(TypeError, match="scope"):
        Question("2024", "LCRA")
