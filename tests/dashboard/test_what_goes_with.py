"""What goes with overall satisfaction, on every road: from the store, on the page, in words, from the command line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Audience, Driver, Drivers, Question, Scope
from dashboard.answers import what_goes_with
from dashboard.charts.chart import Kind
from dashboard.charts.drivers import driver_dots
from dashboard.cli import main
from dashboard.drawing.on_screen import draw
from dashboard.look import LIGHT
from data.settings import HOME_VARIABLE
from data.store import Store

LCRA = Question("2024", "LCRA", WHOLE_LANDLORD)
# TP04 follows TP01 but for every third person; TP05 goes round by itself; every other person had no repair.
CHANGES = (
    "update responses set TP01 = 1 + (respondent * 7) % 5, weight = 1 + respondent % 3",
    "update responses set TP04 = case when respondent % 3 = 0 then 1 + (respondent // 4) % 5 else TP01 end",
    "update responses set TP05 = 1 + (respondent // 5) % 5",
    "update responses set TP02 = case when respondent % 2 = 0 then -2 else TP01 end",
)
TITLES = {"TP04": "Home is well maintained", "TP05": "Home is safe", "TP02": "Repairs"}
PROVEN = Driver("TP04", 0.8, 0.7, 0.9, 0.8, 1, 1, 1, 0.9, 0.6, 1.2, True)
UNPROVEN = Driver("TP05", 0.2, 0.1, 0.3, 0.2, 2, 2, 2, 0.1, -0.1, 0.3, False, "it may go either way")
FOUND = Drivers("TP01", 200, 300, 0.5, (PROVEN, UNPROVEN), {"TP02": "only 50% answered it"})


@pytest.fixture
def store(tmp_path, monkeypatch):
    """240 tenants of two estates."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    incoming = small_incoming(answers=240)
    for change in CHANGES:
        incoming.connection.execute(change)
    held = Store(tmp_path / "landlord", "real")
    held.publish(incoming).close()
    return held


@pytest.fixture
def generation(store):
    held = store.current()
    yield held
    held.close()


def test_measures_are_set_beside_overall_satisfaction(generation):
    found = what_goes_with(LCRA, generation, 10)
    assert (found.outcome, found.base, found.answered, found.withheld) == ("TP01", 240, 240, None)
    assert [(driver.measure, driver.proven) for driver in found.drivers] == [("TP04", True), ("TP05", False)]
    assert any("Weights are in every figure" in note for note in found.notes)


def test_what_is_asked_of_some_or_of_nobody_is_left_out_with_its_reason(generation):
    found = what_goes_with(LCRA, generation, 10)
    assert found.left_out["TP02"].startswith("only 50% of those who answered TP01")
    assert found.left_out["TP06"] == "not asked in 2024"
    assert set(found.left_out) == {f"TP{n:02d}" for n in (2, 3, 6, 7, 8, 9, 10, 11, 12)}


def test_scope_and_filters_bind_and_too_few_are_said(generation):
    ash = replace(LCRA, scope=Scope("a patch", ("Ash Court",)))
    assert what_goes_with(ash, generation, 10).base == 120
    few = replace(LCRA, filters=(("estate", ("Ash Court",)), ("c_area", ("South",))))
    assert what_goes_with(few, generation, 10).withheld == "no answers"
    assert what_goes_with(LCRA, generation, 300).withheld == "fewer than 300 answers"


def test_outside_the_landlord_it_is_told_of_everyone_only(generation):
    outside = replace(LCRA, audience=Audience.PUBLIC)
    assert what_goes_with(outside, generation, 10).withheld is None
    part = what_goes_with(replace(outside, filters=(("estate", ("Ash Court",)),)), generation, 10)
    assert part.withheld == "outside the landlord it is told of everyone only"
    assert (part.base, part.answered, part.drivers) == (0, 0, ())


def test_a_survey_that_did_not_ask_overall_satisfaction_says_so(tmp_path):
    incoming = small_incoming()
    incoming.connection.execute("update responses set TP01 = null, TP04 = 4")
    held = Store(tmp_path / "other", "real").publish(incoming)
    assert what_goes_with(LCRA, held, 10).withheld == "TP01 was not asked in 2024"
    held.close()


def test_an_unproven_measure_is_drawn_hollow_and_what_is_left_out_stands_in_the_table():
    chart = driver_dots(FOUND, TITLES, "t", "c", "s")
    assert chart.kind is Kind.SHARED_OUT
    assert chart.labels == ("TP04 Home is well maintained", "TP05 Home is safe")
    assert [mark.small for mark in chart.series[0].marks] == [False, True]
    assert list(draw(chart, LIGHT).data[0].marker.color) == [LIGHT.main, LIGHT.page]
    assert chart.table.rows[1] == (
        "TP05 Home is safe", "20%", "10% to 30%", "2nd", "either way", "not proven: it may go either way",
    )  # fmt: skip
    assert chart.table.rows[2] == ("TP02 Repairs", "–", "–", "–", "–", "left out: only 50% answered it")
    rows = list(csv.reader(io.StringIO(chart.table.as_csv("about"))))
    assert [len(row) for row in rows[:4]] == [13] * 4
    assert rows[1][:4] == ["TP04 Home is well maintained", "0.8", "0.7", "0.9"]


def test_the_scale_ends_at_the_next_tenth_above_the_highest_range():
    small = replace(FOUND, drivers=(replace(PROVEN, share=0.25, low=0.2, high=0.31), replace(UNPROVEN, high=0.28)))
    figure = draw(driver_dots(small, TITLES, "t", "c", "s"), LIGHT)
    assert tuple(figure.layout.xaxis.range) == (0, 0.4)


def test_no_sentence_says_that_one_thing_causes_another(generation, store, capsys):
    assert main(["drivers"]) == 0
    told = capsys.readouterr()
    assert "Home is well maintained goes with overall satisfaction." in told.out
    assert "not proven" in told.out
    for word in ("cause", "drives", "leads to", "because of"):
        assert word not in (told.out + told.err).lower()


def test_the_command_line_gives_every_figure_as_json(generation, store, capsys):
    assert main(["drivers", "--json"]) == 0
    (survey,) = json.loads(capsys.readouterr().out)["surveys"]
    assert (survey["wave"], survey["outcome"], survey["base"]) == ("2024", "TP01", 240)
    found = what_goes_with(LCRA, generation, 10)
    assert survey["explained"] == pytest.approx(found.explained, abs=1e-15)
    assert [driver["low"] for driver in survey["drivers"]] == [driver.low for driver in found.drivers]
    assert main(["drivers", "--where", "estate=Nowhere"]) == 2
