"""Strengths, gaps and fair outcomes from the command line: JSON that holds, and a list of assets all or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_survey import small_incoming

from analysis.model import Mention, Reading, Redacted, Strength, Tone
from dashboard.cli import main
from data.assets import Assets
from data.language import load_language
from data.readings import Readings
from data.settings import HOME_VARIABLE
from data.store import Store
from data.voices import unread

GOOD = "kind,name,estate,about\nhall,Tenants' hall,Ash Court,Room for sixty\ngroup,Choir,,\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """40 tenants of two estates; every fourth tells of an offer, and all speak ill of repairs."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store(tmp_path / "landlord", "real")
    incoming = small_incoming()
    incoming.connection.execute("update responses set TP02 = TP01")
    generation = store.publish(incoming)
    readings = Readings(store.readings_folder, load_language().version)
    readings.keep([_read(key, text) for key, _, text in unread(generation, readings.select(), 100)])
    generation.close()
    return tmp_path


def _read(key: str, text: str) -> Reading:
    offers = (Strength("skills"),) if int(text.split()[-1]) % 4 == 0 else ()
    ill = (Mention("repairs_quality", "negative"),)
    return Reading(key, Redacted(text), Tone("negative", -0.5), ill, False, "test", strengths=offers)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_strengths_have_base_interval_places_and_offers_without_a_home(home, capsys):
    found = told(capsys, "strengths", "--by", "estate")
    (survey,) = found["surveys"]
    kinds = {each["kind"]: each for each in survey["strengths"]}
    assert list(kinds) == ["neighbours", "skills", "groups", "place", "staff"]
    assert (kinds["skills"]["value"], kinds["skills"]["base"], kinds["skills"]["telling"]) == (0.25, 40, 10)
    assert kinds["skills"]["low"] < 0.25 < kinds["skills"]["high"]
    assert [place["place"] for place in kinds["skills"]["places"]] == ["Ash Court", "Beech Row"]
    assert survey["offers"]["found"] == survey["offers"]["may_not_be_traced"] == 10
    (outside,) = told(capsys, "strengths", "--audience", "public")["surveys"]
    assert outside["offers"] is None


def test_strengths_are_not_told_by_patch(home, capsys):
    assert main(["strengths", "--by", "c_patch"]) == 2
    assert "only by estate, tenure, age_band" in capsys.readouterr().err


def test_a_list_of_assets_comes_in_whole(home, capsys):
    (home / "assets.csv").write_text(GOOD, encoding="utf-8")
    found = told(capsys, "strengths", "--assets", str(home / "assets.csv"), "--who", "Jo")
    assert [(each["kind"], each["name"], each["estate"], each["by"]) for each in found["assets"]] == [
        ("group", "Choir", None, "Jo"), ("hall", "Tenants' hall", "Ash Court", "Jo"),
    ]  # fmt: skip


def test_of_a_bad_list_nothing_is_kept_and_every_fault_is_told(home, capsys):
    (home / "assets.csv").write_text(GOOD + "dragon,Lair,,\nhall,Hut,Elm Rise,\n", encoding="utf-8")
    assert main(["strengths", "--assets", str(home / "assets.csv"), "--who", "Jo"]) == 1
    said = capsys.readouterr().err
    assert "row 4, kind 'dragon'" in said and "row 5, estate 'Elm Rise'" in said and "Nothing was kept" in said
    assert not Assets(home / "landlord").every()
    assert main(["strengths", "--assets", str(home / "nowhere.csv")]) == 2


def test_gaps_have_both_shares_and_the_interval(home, capsys):
    (survey,) = told(capsys, "gaps", "--estates")["score_words"]
    everyone = next(each for each in survey["gaps"] if each["measure"] == "TP02" and not each["group"])
    assert (everyone["score"]["value"], everyone["words"]["value"]) == (0.75, 0.0)
    assert everyone["gap"]["difference"] == 0.75 and everyone["gap"]["low"] < 0.75 <= everyone["gap"]["high"]
    estates = [each["group"].get("estate") for each in survey["gaps"] if each["measure"] == "TP02" and each["group"]]
    assert estates == ["Ash Court", "Beech Row"]
    (outside,) = told(capsys, "gaps", "--estates", "--audience", "public")["score_words"]
    assert outside["withheld"] and not any(each["group"] for each in outside["gaps"])


def test_fair_outcomes_tell_what_is_held_and_refuse_an_outcome_that_is_not_there(home, capsys):
    (survey,) = told(capsys, "fair-outcomes", "--outcome", "TP01")["fair_outcomes"]
    assert {row["outcome"] for row in survey["rows"]} == {"TP01"}
    held = {each["characteristic"]: each for each in survey["held"]}
    assert held["ethnicity"]["state"] == "not held" and held["ethnicity"]["without_it"]
    assert held["tenure"]["answers_known"] == 40
    assert main(["fair-outcomes", "--outcome", "TP99"]) == 2
    assert "There is no outcome TP99" in capsys.readouterr().err
