"""Findings tell the whole story of a question: headline, changes, groups, sample and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.findings import Divided, find
from analysis.model import WHOLE_LANDLORD, Dimension, Measure, Overlap, Question, Survey, Verdict, Wave

BOXES = ("Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied")


def measure(code: str, *tenures: str) -> Measure:
    return Measure(
        code=code,
        title=code,
        wording="",
        scale=BOXES,
        counts_as_yes=BOXES[:2],
        offers_not_applicable=False,
        filter_field=None,
        filter_question=None,
        tenures=tenures or ("LCRA", "LCHO"),
        better="high",
        year="2024/25",
        provisional=False,
        source="",
    )


def survey(name: str, satisfied: int, dissatisfied: int, sample_kind: str = "random", **more: object) -> Survey:
    """Two estates alike, all by telephone, 5,000 homes."""
    rows = [
        (estate, "LCRA", "TP01", answer, n, float(n), float(n))
        for estate in ("Ash", "Beech")
        for answer, n in ((4, satisfied // 2), (1, dissatisfied // 2))
    ]
    wave = Wave(
        name,
        date(2024, 5, 1),
        date(2024, 6, 30),
        "2024/25",
        sample_kind=sample_kind,
        populations={"LCRA": 5000},
        methods={"telephone": satisfied + dissatisfied},
    )
    cells = pd.DataFrame(rows, columns=["estate", "stratum", "measure", "answer", "n", "w", "ww"])
    strata = pd.DataFrame({"stratum": ["LCRA"], "n": [satisfied + dissatisfied], "population": [5000.0]})
    return replace(Survey(wave, "LCRA", ("estate",), cells, strata), **more)


def findings(now: Survey, before: Survey | None = None, group: str = "LCRA"):
    asked = Question(now.wave.name, group, WHOLE_LANDLORD, before.wave.name if before else None, breakdown="estate")
    measures = (measure("TP01"), measure("TP02", "LCRA"))
    return find(asked, now, before, measures, (Dimension("estate", "Estate"),), 10, ("a note",))


def test_the_headline_is_the_share_of_the_top_two_answers():
    found = findings(survey("2024", 300, 100))
    assert found.headline["TP01"].value == 0.75
    assert found.headline["TP01"].base == 400
    assert [estimate.value for estimate in found.groups["TP01"]] == [0.75, 0.75]


def test_a_large_move_is_a_real_change_and_a_small_one_could_be_chance():
    earlier = survey("2023", 200, 200)
    assert findings(survey("2024", 300, 100), earlier).changes["TP01"].verdict is Verdict.REAL
    assert findings(survey("2024", 204, 196), earlier).changes["TP01"].verdict is Verdict.CHANCE


def test_a_measure_asked_in_neither_wave_has_a_reason_and_no_change():
    found = findings(survey("2024", 300, 100), survey("2023", 200, 200))
    assert found.headline["TP02"].withheld == "not asked in 2024"
    assert "TP02" not in found.changes


def test_the_sample_is_checked_against_the_regulators_rule():
    sample = findings(survey("2024", 300, 100)).sample
    # by hand: n0 = 0.25 × 1.96² / 0.04² = 600.25, and 600.25 / (1 + 600.25 / 5000) = 535.9
    assert (sample.responses, sample.population, sample.required, sample.met) == (400, 5000, 536, False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sample_kind": "quota"}, "the margin treats this as a random sample"),
        ({"sample_kind": ""}, "How people were chosen is not recorded"),
        ({"strata": pd.DataFrame({"stratum": ["LCRA"], "n": [400], "population": [None]})}, "no correction is made"),
    ],
)
def test_what_the_reader_must_know_is_said(changed, said):
    notes = findings(survey("2024", 300, 100, **changed)).notes
    assert any(said in note for note in notes)
    assert "a note" in notes


def test_what_holds_of_the_earlier_wave_alone_is_said_with_its_name():
    # A change rests on both: here the earlier wave was a quota sample, of more answers than homes, and weighted.
    now, before = survey("2024", 300, 100), survey("2023", 200, 200, "quota")
    crowded = before.strata.assign(population=[300.0])
    before = replace(before, strata=crowded, cells=before.cells.assign(ww=before.cells["ww"] * 1.2))
    notes = findings(now, before).notes
    assert "2023: This was a quota sample: the margin treats this as a random sample." in notes
    assert any(note.startswith("2023: More answers than homes are recorded for: LCRA.") for note in notes)
    assert any(note.startswith("2023: Figures are weighted with the weights in the file.") for note in notes)
    assert not any(note.startswith("2023") for note in findings(now, survey("2023", 200, 200)).notes)


def test_of_a_withheld_group_not_even_the_blanks_are_told():
    whole = survey("2024", 300, 100)
    tiny = pd.DataFrame([("Cedar", "LCRA", "TP01", 0, 2, 2.0, 2.0)], columns=whole.cells.columns)
    found = findings(replace(whole, cells=pd.concat([whole.cells, tiny]))).distributions["TP01"]
    (cedar,) = [each for each in found if each.group == (("estate", "Cedar"),)]
    assert cedar.withheld and cedar.not_applicable is None and cedar.blank is None


def test_weights_are_named_only_where_they_differ():
    plain = survey("2024", 300, 100)
    assert any("not weighted" in note for note in findings(plain).notes)
    weighed = replace(plain, cells=plain.cells.assign(ww=plain.cells["ww"] * 1.2))
    assert any("weighted with the weights in the file" in note for note in findings(weighed).notes)


def asked_otherwise(survey: Survey, **methods: int) -> Survey:
    """The same answers, by method instead of estate."""
    cells = survey.cells.rename(columns={"estate": "method"})
    cells = cells.assign(method=cells["method"].map({"Ash": "telephone", "Beech": "internet"}))
    return replace(survey, wave=replace(survey.wave, methods=methods), dims=("method",), cells=cells)


def test_every_question_about_groups_and_changes_is_answered_at_once():
    before, now = survey("2023", 200, 200), survey("2024", 300, 100)
    later, earlier = (
        asked_otherwise(now, telephone=350, internet=50),
        asked_otherwise(before, telephone=200, internet=200),
    )
    now, before = replace(now, wave=later.wave), replace(before, wave=earlier.wave)
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, "2023", breakdown="estate")
    divided = Divided(earlier=before, method=later, earlier_method=earlier)
    found = find(asked, now, before, (measure("TP01"),), (), 10, (), divided)
    assert found.changes["TP01"].verdict is Verdict.DIFFERENTLY
    assert [each.verdict for each in found.within_method["TP01"]] == [Verdict.REAL, Verdict.REAL]
    assert [each.verdict for each in found.group_changes["TP01"]] == [Verdict.DIFFERENTLY, Verdict.DIFFERENTLY]
    assert [each.verdict for each in found.against_rest["TP01"]] == [Verdict.CHANCE, Verdict.CHANCE]
    assert found.associations["TP01"].p == pytest.approx(1)


def test_a_breakdown_that_only_this_wave_knows_has_gaps_and_no_moves():
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, "2023", breakdown="estate")
    found = find(asked, survey("2024", 300, 100), survey("2023", 200, 200), (measure("TP01"),), (), 10)
    assert found.against_rest["TP01"] and not found.group_changes and not found.within_method


def test_households_that_answered_twice_make_the_change_more_certain():
    before, now = survey("2023", 200, 200), survey("2024", 240, 160)
    cells = [("TP01", 4, 4, 190, 190.0), ("TP01", 1, 1, 150, 150.0)]
    overlap = Overlap((), pd.DataFrame(cells, columns=["measure", "before", "after", "n", "ww"]))
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, "2023")
    alone, linked = (
        find(asked, now, before, (measure("TP01"),), (), 10, (), Divided(overlap=each)).changes["TP01"]
        for each in (None, overlap)
    )
    assert (alone.repeats, linked.repeats) == (0, 340)
    assert linked.high - linked.low < 0.6 * (alone.high - alone.low)


def of_six(by: str) -> Survey:
    """Six estates of 20 answers, 6 to 16 of them satisfied; a question may divide them by any name."""
    rows = [
        (f"Place {at}", "LCRA", "TP01", answer, n, float(n), float(n))
        for at in range(6)
        for answer, n in ((4, 6 + 2 * at), (1, 14 - 2 * at))
    ]
    cells = pd.DataFrame(rows, columns=[by, "stratum", "measure", "answer", "n", "w", "ww"])
    strata = pd.DataFrame({"stratum": ["LCRA"], "n": [120], "population": [600.0]})
    return replace(survey("2024", 60, 60), dims=(by,), cells=cells, strata=strata)


def divided_by(by: str, **divided: object):
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, breakdown=by)
    return find(asked, of_six(by), None, (measure("TP01"),), (), 10, (), Divided(**divided))


def test_estates_are_drawn_towards_their_mean_and_the_homes_that_answered_are_fact():
    first = (("estate", "Place 0"),)
    drawn = divided_by("estate", homes={first: 20}).small_areas["TP01"]
    assert drawn.method == "beta-binomial"
    assert (drawn.areas[0].value, drawn.areas[0].shrinkage, drawn.areas[0].homes) == (0.3, 0.0, 20)
    assert all(0 < area.shrinkage < 1 for area in drawn.areas[1:])


def test_groups_of_people_are_never_drawn_towards_the_others():
    assert divided_by("estate").small_areas
    assert not divided_by("age_band").small_areas
