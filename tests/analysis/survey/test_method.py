"""What the reader is told of how a figure was made: nothing that bears on it stays unsaid."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from counted_surveys import counted, measure

from analysis.model import Survey
from analysis.survey.estimates import shares
from analysis.survey.method import method_notes


def survey(**sizes: int) -> Survey:
    """Strata of so many answers each, satisfied and not by turns, of 100 homes each."""
    rows = [(name, 5 if at % 2 else 1) for name, n in sizes.items() for at in range(n)]
    people = pd.DataFrame(rows, columns=["stratum", "TP01"]).assign(weight=1.0)
    return counted(people, populations=dict.fromkeys(sizes, 100))


def told(found: Survey) -> str:
    return " ".join(method_notes(found))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("quota", "This was a quota sample: the margin treats this as a random sample."),
        ("", "How people were chosen is not recorded"),
        ("random", None),
    ],
)
def test_how_people_were_chosen(kind, words):
    found = survey(near=40)
    said = told(replace(found, wave=replace(found.wave, sample_kind=kind)))
    assert words in said if words else "random sample" not in said


def test_a_stratum_with_a_single_answer_is_named():
    assert "Only one answer came from: far." in told(survey(near=40, far=1))
    assert "Only one answer" not in told(survey(near=40, far=2))


def test_more_answers_than_homes_are_named_and_the_number_of_homes_is_not_relied_on():
    # 160 answers of a recorded 100 homes: a slip, and no census whose every difference would be real.
    found = survey(all=160)
    (estimate,) = shares(found, [measure()])
    (unknown,) = shares(counted(pd.DataFrame({"TP01": [5, 1] * 80})), [measure()])
    assert (estimate.low, estimate.high, estimate.method) == (unknown.low, unknown.high, "Wilson")
    assert "More answers than homes are recorded for: all." in told(found)
    assert "More answers" not in told(survey(all=100))


def test_exactly_as_many_answers_as_homes_are_everyone():
    (estimate,) = shares(survey(all=100), [measure()])
    assert estimate.low == estimate.high and estimate.method == "everyone answered"


def test_homes_that_are_not_known_are_said_not_to_be():
    found = counted(pd.DataFrame({"TP01": [5, 1] * 20}))
    assert "The number of households is not known" in told(found)
    assert "The number of households is not known" not in told(survey(near=40))


def test_whether_answers_are_weighted():
    rows = pd.DataFrame({"TP01": [5, 1] * 20, "stratum": "all", "weight": [0.5, 1.5] * 20})
    assert "Figures are not weighted" in told(survey(near=40))
    assert "weighted with the weights in the file" in told(counted(rows))


@pytest.mark.parametrize("settled", [True, False])
def test_weights_made_here_say_what_they_are_worth_and_whether_they_fit(settled):
    people = pd.DataFrame({"TP01": [5, 1] * 20, "age": ["old", "young"] * 20, "stratum": "all", "weight": 1.0})
    found = counted(people, margins=("age",))
    how = replace(
        found.calibration.weighing,
        base=40,
        effective_base=31.4,
        source="the list of homes",
        converged=settled,
        discrepancy=0.031,
        notes=("Age was scaled.",) if settled else ("The weights do not fit: Age 'old' comes to 3.10% too few.",),
    )
    said = told(replace(found, calibration=replace(found.calibration, weighing=how)))
    assert "weighted to the number of homes by age (the list of homes)" in said
    assert "The 40 answers are worth about 31 unweighted ones." in said and all(note in said for note in how.notes)
    alone = told(replace(found, calibration=replace(found.calibration, weighing=replace(how, notes=()))))
    assert ("The weights do not fit every number of homes: the largest gap is 3.10% of the homes." in alone) != settled
