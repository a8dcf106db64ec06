"""What people made of the readings, from the command line: scores, corrections and quotes, as words and as JSON."""

from __future__ import annotations

import json

import pytest
from small_survey import small_incoming

from analysis.checking import Labels
from analysis.model import Mention, Reading, Redacted, Tone
from dashboard.actions import readings_of
from dashboard.cli import main
from data.blind import Blind
from data.corrections import Corrections
from data.quotes import Quotes
from data.settings import HOME_VARIABLE
from data.store import Store
from data.voices import unread


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Forty comments, each read as criticism about pests."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    made = Store(tmp_path / "landlord", "real")
    held = made.publish(small_incoming())
    readings = readings_of(made)
    readings.keep(
        [
            Reading(key, Redacted(f"read {text}"), Tone("negative", -0.5), (Mention("pests", "negative"),), False, "v")
            for key, _, text in unread(held, readings.select(), 100)
        ]
    )
    held.close()
    return made


def key(store):
    return sorted(readings_of(store).known())[0]


def told(capsys, *arguments):
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def answer_all(store, who, labels):
    blind = Blind(store.folder, readings_of(store))
    while (shown := blind.next_for(who)) is not None:
        blind.answer(shown.text_key, who, labels)


def test_a_check_is_drawn_and_scored(store, capsys):
    document = told(capsys, "check", "--draw", "40", "--seed", "7", "--by", "Ann")
    assert (document["drawn"], document["checked"], document["agreement"]) == (40, 0, None)
    answer_all(store, "Ann", Labels("negative", {"pests": "negative"}))
    answer_all(store, "Bo", Labels("negative", {"pests": "positive", "asb_noise": "negative"}))
    document = told(capsys, "check")
    assert set(document) == {
        "generation", "invented", "drawn", "checked", "by", "unsure", "tone", "topics", "by_topic", "danger", "told",
        "slices", "agreement",
    }  # fmt: skip
    assert document["by"] == [{"name_as_given": "Ann", "comments": 40}, {"name_as_given": "Bo", "comments": 40}]
    assert document["tone"]["right"]["value"] == 1
    pests = document["by_topic"]["pests"]
    assert (pests["precision"]["base"], pests["right"], pests["wrong"], pests["missed"]) == (40, 40, 0, 0)
    assert pests["recall"]["low"] < 1
    assert document["slices"]["tenure"]["General needs"]["checked"] == 40
    assert document["agreement"]["names_as_given"] == ["Ann", "Bo"]
    assert document["agreement"]["tone"]["withheld"].startswith("both always said the same")
    assert document["agreement"]["topics"]["f1"]["value"] == pytest.approx(2 / 3)


def test_in_words_every_figure_has_its_range_and_base(store, capsys):
    main(["check", "--draw", "40", "--by", "Ann"])
    answer_all(store, "Ann", Labels("negative", {"pests": "negative"}))
    capsys.readouterr()
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "40 of 40 comments drawn have been checked: Ann 40 (names as given)." in said
    assert "Pests: of those found right 100% (91% to 100%, 40 comments)" in said
    assert "Tenure, General needs: tone right 100%" in said


def test_corrections_are_listed_and_taken_back(store, capsys):
    corrections = Corrections(store.folder, readings_of(store))
    one = corrections.correct(key(store), "tone", "mixed", "Jo")
    corrections.hide(key(store), "quick", "person", "Jo\x1b[2J")
    document = told(capsys, "corrections")
    assert [each["what"] for each in document["corrections"]] == ["redaction", "tone"]
    assert "quick" not in json.dumps(document)
    assert main(["corrections", "--take-back", str(one.n), "--by", "Ann"]) == 0
    said = capsys.readouterr().out
    assert f"{one.n}: The tone: negative became mixed. Jo (name as given)" in said
    assert "Taken back by Ann (name as given)." in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["corrections", "--take-back", "9", "--by", "Ann"], 2, "no correction 9"),
        (["check", "--draw", "10"], 1, "name is needed"),
        (["check", "--draw", "0", "--by", "Ann"], 1, "not 0"),
    ],
)
def test_what_means_nothing_is_refused(arguments, code, why, store, capsys):
    assert main(arguments) == code
    assert why in capsys.readouterr().err


def test_quotes_are_listed_and_those_for_a_purpose(store, capsys):
    quotes = Quotes(store.folder, readings_of(store))
    quote = quotes.put_forward(key(store), "board", "Jo")
    document = told(capsys, "quotes")
    assert [(each["state"], each["purpose"]) for each in document["quotes"]] == [("waiting for two people", "board")]
    assert told(capsys, "quotes", "--for", "board") == {"quotes": []}
    for who in ("Ann", "Bo"):
        quotes.approve(quote.quote_id, who, quote.digest)
    assert main(["quotes", "--for", "board"]) == 0
    said = capsys.readouterr().out
    assert quote.words in said
    assert "Ann and Bo stand behind it" in said
    assert main(["quotes", "--for", "public"]) == 0
    assert "No quote may be used for the public now." in capsys.readouterr().out


def test_an_empty_home_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["check"]) == 1
    assert "Take a file in first" in capsys.readouterr().err
    assert main(["corrections"]) == 0
    assert main(["quotes"]) == 0


def test_corrections_are_applied_again_once_comments_were_read(store, capsys):
    readings = readings_of(store)
    Corrections(store.folder, readings).correct(key(store), "tone", "mixed", "Jo")
    readings.corrected.unlink()
    assert main(["label"]) == 0
    assert readings.corrected.exists()
