"""Figures from the command line: JSON that holds, tenure groups apart, a clear word where something is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_survey import small_incoming

from analysis.model import Danger, Mention, Reading, Redacted, Strength, Tone
from dashboard.cli import main
from data.language import load_language
from data.readings import Readings
from data.settings import HOME_VARIABLE
from data.store import Store
from data.voices import unread


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """40 tenants of two estates, 30 of them satisfied, among 400 homes."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    Store(tmp_path / "landlord", "real").publish(small_incoming())
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_measure_carries_base_interval_and_sample_check(home, capsys):
    (survey,) = told(capsys, "measures")["surveys"]
    first = survey["measures"][0]
    assert (first["code"], first["value"], first["base"], first["withheld"]) == ("TP01", 0.75, 40, None)
    assert first["low"] < 0.75 < first["high"]
    assert first["distribution"]["counts"] == [0, 30, 0, 0, 10]
    assert survey["sample"]["required"] == 196  # by hand: 384.16 / (1 + 384.16 / 400) = 195.98, rounded up
    assert survey["measures"][1]["withheld"] == "not asked in 2024"


def test_in_words_every_change_has_its_verdict(home, capsys):
    later = small_incoming("2025")
    later.connection.execute("update waves set fieldwork_from = '2025-05-01', fieldwork_to = '2025-06-30'")
    later.connection.execute("update responses set date = '2025-05-01'")
    Store(home / "landlord", "real").publish(later)
    assert main(["measures", "--wave", "2025", "--compared-with", "2024"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("TP01")]
    assert line.endswith("0.0 points (−18.5 to +18.5): could be chance")


def test_by_estate_each_has_its_own_figure_and_a_filter_narrows_it(home, capsys):
    (survey,) = told(capsys, "measures", "--by", "estate")["surveys"]
    assert [(g["group"]["estate"], g["base"]) for g in survey["measures"][0]["groups"]] == [
        ("Ash Court", 20),
        ("Beech Row", 20),
    ]
    (narrowed,) = told(capsys, "measures", "--where", "estate=Ash Court")["surveys"]
    assert narrowed["measures"][0]["base"] == 20


def test_for_the_public_what_could_give_a_few_away_is_withheld(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    survey = small_incoming(answers=125)
    survey.connection.execute(
        "update responses set estate = case when respondent <= 4 then 'Cedar' when respondent <= 24 then 'Birch' "
        "when respondent <= 64 then 'Ash' else 'Dell' end"
    )
    Store(tmp_path / "landlord", "real").publish(survey).close()

    def groups(*more):
        (found,) = told(capsys, "measures", "--by", "estate", *more)["surveys"]
        return found, {group["group"]["estate"]: group for group in found["measures"][0]["groups"]}

    inside, each = groups()
    assert (inside["audience"], each["Birch"]["base"], each["Ash"]["caution"]) == ("internal", 20, None)
    assert "could be worked out" in each["Birch"]["caution"]
    assert any("Birch" in said for said in inside["disclosed"])
    for audience in ("regulator", "public"):
        outside, each = groups("--audience", audience)
        assert outside["audience"] == audience
        assert {name for name, group in each.items() if group["value"] is None} == {"Birch", "Cedar"}
        assert each["Birch"]["base"] is each["Cedar"]["base"] is None
    (narrowed,) = told(
        capsys, "measures", "--audience", "public", "--where", "estate=Ash", "--where", "estate=Birch"
    )["surveys"]  # fmt: skip
    assert narrowed["measures"][0]["value"] is None
    assert narrowed["measures"][0]["distribution"]["base"] is None


def test_for_the_public_comments_of_a_few_are_not_even_counted(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    survey = small_incoming()
    survey.connection.execute("update responses set estate = 'Cedar' where respondent <= 4")
    Store(tmp_path / "landlord", "real").publish(survey).close()
    asked = ("voices", "--where", "estate=Cedar")
    assert told(capsys, *asked)["voices"][0]["comments"] == 4
    (heard,) = told(capsys, *asked, "--audience", "public")["voices"]
    assert (heard["withheld"], heard["comments"]) == ("it could give away what a few people said", None)
    assert main([*asked, "--audience", "public"]) == 0
    assert "for the public: it could give away what a few people said" in capsys.readouterr().out


def test_what_is_not_there_is_refused_by_name(home, capsys):
    for arguments, word in (
        (["measures", "--wave", "1999"], "The waves held are: 2024"),
        (["measures", "--by", "ward"], "This store has"),
        (["measures", "--tenure-group", "LCHO"], "no LCHO answers"),
        (["measures", "--where", "estate"], "WHAT=VALUE"),
        (["measures", "--where", "estate=Ash Cort"], "The values there are: Ash Court, Beech Row"),
        (["voices", "--where", "ward=North"], "This store has"),
    ):
        assert main(arguments) == 2
        assert word in capsys.readouterr().err


def test_a_way_of_dividing_that_this_store_does_not_hold_is_refused(home, capsys):
    # Every survey has a method for each answer, but not every store divides people by it.
    assert main(["measures", "--by", "method"]) == 2
    assert "There is no way to divide by 'method'" in capsys.readouterr().err


def test_an_empty_home_has_no_figures(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["measures", "--json"]) == 2
    ended = capsys.readouterr()
    assert ended.out == "" and "Nothing is held" in ended.err


def test_comments_are_counted_once_they_have_been_read(home, capsys):
    (before,) = told(capsys, "voices")["voices"]
    assert (before["comments"], before["unread"], before["withheld"]) == (40, 40, "fewer than 10 comments")
    assert told(capsys, "label") == {"read": 40, "already_read": 0}
    (after,) = told(capsys, "voices", "--by", "estate")["voices"]
    assert (after["comments"], after["unread"], after["withheld"]) == (40, 0, None)
    assert sum(share["value"] for share in after["tones"].values()) == pytest.approx(1)
    assert [group["group"] for group in after["groups"]] == [{"estate": "Ash Court"}, {"estate": "Beech Row"}]


def test_strengths_what_rises_and_what_is_to_be_read_besides_are_told_with_the_voices(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store(tmp_path / "landlord", "real")
    readings = Readings(store.readings_folder, load_language().version)
    for wave, ill in (("2024", 20), ("2025", 120)):
        survey = small_incoming(wave, 200, sha256=wave * 16)
        survey.connection.execute("update comments set text_key = md5(wave || text_key)")
        for table, day in (("responses", "date"), ("waves", "fieldwork_from"), ("waves", "fieldwork_to")):
            survey.connection.execute(f"update {table} set {day} = {day} + interval ({int(wave) - 2024}) year")
        held = store.publish(survey)
        numbered = [(key, int(text.split()[-1])) for key, _, text in unread(held, readings.select(), 1000)]
        readings.keep([read(key, n, n <= ill) for key, n in numbered])
        held.close()
    (heard,) = told(capsys, "voices", "--wave", "2025", "--compared-with", "2024")["voices"]
    assert [(one["topic"], one["verdict"]) for one in heard["moved"]] == [("damp_mould", "real change")]
    assert [(one["title"], one["value"]) for one in heard["strengths"]] == [("Love of the place", 1 / 199)]
    assert heard["besides"] == {"emergencies": 1, "significant": 0, "in_no_topic": 79, "set_aside": {"blank": 1}}
    assert told(capsys, "voices", "--wave", "2025", "--audience", "public")["voices"][0]["besides"] is None
    assert main(["voices", "--wave", "2025", "--compared-with", "2024"]) == 0
    assert "Rising since 2024: Damp and mould" in capsys.readouterr().out


def read(key: str, n: int, ill: bool) -> Reading:
    """What is read in the words of one person: damp where ``ill``; 1 tells of a strength, 2 of danger, 200 is blank."""
    return Reading(
        key,
        Redacted(f"words {n}"),
        Tone("negative" if ill else "positive", 0.1),
        (Mention("damp_mould", "negative"),) if ill else (),
        False,
        "test",
        set_aside="blank" if n == 200 else "",
        danger=Danger(("fire",), "emergency", False) if n == 2 else None,
        strengths=(Strength("place"),) if n == 1 else (),
    )


def test_the_calculator_needs_no_store(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "none"))
    file = tmp_path / "a.csv"
    file.write_text("q\n" + "4\n" * 30 + "1\n" * 10 + "9\n" * 5, encoding="utf-8")
    (estimate,) = told(capsys, "estimate", str(file), "--column", "q", "--yes", "4,5", "--leave-out", "9")["estimates"]
    assert (estimate["value"], estimate["base"], estimate["group"]) == (0.75, 40, {})
    assert not (tmp_path / "none").exists()
