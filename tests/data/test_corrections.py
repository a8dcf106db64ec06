"""What people put right: applied at once, kept with who and when, undone, and never a word put back."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import duckdb
import pytest

from analysis.model import Danger, Mention, Reading, Redacted, Strength, Told, Tone
from data.corrections import CannotCorrect, Corrections, choices
from data.generation import NotHeld
from data.language import LABELLED, REFERENCE
from data.ledger import Ledger
from data.readings import Readings

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
WORDS = "Ask [name] or Sam Odell, Sam Odell knows of the damp"


def reading(key="k1", text=WORDS, confidence=0.9):
    return Reading(
        key,
        Redacted(text),
        Tone("negative", -0.5, ("Sam",), confidence),
        (Mention("damp_mould", "negative", ("damp",), ((46, 50),)),),
        False,
        "v1",
        danger=Danger(("damp_mould",), "significant", False, ((46, 50),), ("damp",)),
        told=Told(("landlord_staff",), ("disrespect",), ((4, 10),), ("Sam",)),
        strengths=(Strength("skills", (0, 3), ("Sam",)),),
    )


@pytest.fixture
def readings(tmp_path):
    held = Readings(tmp_path / "readings", "v1")
    held.keep([reading(), reading("k2", "fine, thanks"), reading("k3", "hm", confidence=0.2)])
    return held


@pytest.fixture
def corrections(tmp_path, readings):
    return Corrections(tmp_path, readings)


def shown(readings, what, key="k1"):
    ((found,),) = (
        duckdb.connect().execute(f"select {what} from ({readings.select()}) where text_key = '{key}'").fetchall()
    )
    return found


def test_a_tone_is_put_right_at_once_and_is_sure(corrections, readings):
    corrections.correct("k3", "tone", "mixed", "Jo  Bloggs", NOW)
    assert (shown(readings, "tone", "k3"), shown(readings, "confidence", "k3")) == ("mixed", 1.0)
    assert shown(readings, "corrected", "k3") == ["tone"]
    assert (shown(readings, "tone"), shown(readings, "corrected")) == ("negative", [])


def test_what_the_reader_was_not_sure_of_can_be_confirmed(corrections, readings):
    one = corrections.correct("k3", "tone", "negative", "Jo")
    assert (one.before, one.after, shown(readings, "confidence", "k3")) == ("unsure", "negative", 1.0)


def test_topics_are_put_right_each_with_its_polarity(corrections, readings):
    corrections.correct("k1", "topics", {"repairs_time": "negative", "damp_mould": "neutral"}, "Jo")
    found = [(topic["topic"], topic["polarity"]) for topic in shown(readings, "topics")]
    assert found == [("damp_mould", "neutral"), ("repairs_time", "negative")]
    corrections.correct("k1", "topics", {}, "Jo")
    assert shown(readings, "topics") == []


def test_a_danger_and_being_judged_are_taken_away_and_given(corrections, readings):
    corrections.correct("k1", "danger", None, "Jo")
    corrections.correct("k1", "told", None, "Jo")
    assert (shown(readings, "danger"), shown(readings, "told")) == (None, None)
    corrections.correct("k2", "danger", {"kinds": ["gas_co"], "severity": "emergency", "vulnerable": True}, "Jo")
    corrections.correct("k2", "told", {"sources": ["self"], "forms": ["concealment"]}, "Jo")
    danger, told = shown(readings, "danger", "k2"), shown(readings, "told", "k2")
    assert (danger["kinds"], danger["severity"], danger["vulnerable"]) == (["gas_co"], "emergency", True)
    assert (told["sources"], told["forms"]) == (["self"], ["concealment"])
    assert shown(readings, "corrected", "k2") == ["danger", "told"]


def test_who_when_before_and_after_stand_in_the_ledger(corrections, tmp_path):
    corrections.correct("k1", "tone", "mixed", "Jo Bloggs", NOW)
    (line,) = Ledger(tmp_path).of("correct reading")
    assert (line.at, dict(line.detail)) == (
        "2026-11-29T09:00:00+00:00",
        {"text_key": "k1", "what": "tone", "who": "Jo Bloggs", "before": "negative", "after": "mixed"},
    )


def test_the_last_word_stands_and_taking_it_back_leads_to_the_one_before(corrections, readings):
    first = corrections.correct("k1", "tone", "mixed", "Jo")
    second = corrections.correct("k1", "tone", "neutral", "Sam")
    corrections.take_back(second.n, "Ann")
    assert shown(readings, "tone") == "mixed"
    corrections.take_back(first.n, "Ann")
    assert (shown(readings, "tone"), shown(readings, "corrected")) == ("negative", [])
    assert not readings.corrected.exists()
    assert [(one.after, one.taken_back_by) for one in corrections.history("k1")] == [
        ("neutral", "Ann"),
        ("mixed", "Ann"),
    ]
    with pytest.raises(CannotCorrect, match="taken back before, by Ann"):
        corrections.take_back(first.n, "Ann")
    with pytest.raises(NotHeld, match="no correction 99"):
        corrections.take_back(99, "Ann")


@pytest.mark.parametrize(
    ("what", "after", "why"),
    [
        ("tone", "cross", "no tone 'cross'"),
        ("tone", "negative", "says so already"),
        ("topics", {"dragons": "negative"}, "no topic 'dragons'"),
        ("topics", {"pests": "bad"}, "no polarity 'bad'"),
        ("topics", "pests", "names with their values"),
        ("danger", {"kinds": [], "severity": "emergency"}, "at least one danger"),
        ("danger", {"kinds": ["fire"], "severity": "dire"}, "no severity 'dire'"),
        ("told", {"sources": ["aliens"], "forms": ["disrespect"]}, "no source 'aliens'"),
        ("score", 1, "'score' cannot be put right"),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_is_kept(what, after, why, corrections, readings):
    with pytest.raises(CannotCorrect, match=why):
        corrections.correct("k1", what, after, "Jo")
    assert (corrections.history(), readings.corrected.exists()) == ((), False)


@pytest.mark.parametrize("who", ["", "  ", "x" * 81])
def test_a_correction_has_a_name(who, corrections):
    with pytest.raises(CannotCorrect, match="name is needed"):
        corrections.correct("k1", "tone", "mixed", who)


def test_a_text_nobody_has_read_cannot_be_put_right(corrections):
    with pytest.raises(NotHeld, match="has been read"):
        corrections.correct("k9", "tone", "mixed", "Jo")


# ── Redactions ───────────────────────────────────────────────────────────────────────────────────


def test_a_name_that_slipped_through_is_taken_out_everywhere(corrections, readings):
    corrections.hide("k1", "sam odell", "person", "Jo")
    assert shown(readings, "redacted") == "Ask [name] or [name], [name] knows of the damp"
    assert shown(readings, "corrected") == ["redaction"]


def test_no_reason_and_no_place_repeats_what_was_taken_out(corrections, readings):
    corrections.hide("k1", "Sam Odell", "person", "Jo")
    row = {what: shown(readings, what) for what in ("tone_reasons", "clauses", "topics", "danger", "told", "strengths")}
    assert "Sam" not in json.dumps(row)
    assert row["topics"] == [
        {"topic": "damp_mould", "polarity": "negative", "reasons": [], "spans": [], "confidence": 1.0}
    ]
    assert (row["danger"]["kinds"], row["told"]["forms"]) == (["damp_mould"], ["disrespect"])
    assert (shown(readings, "tone"), row["strengths"][0]["kind"]) == ("negative", "skills")


def test_no_file_of_people_holds_the_words_that_were_taken_out(corrections, tmp_path, readings):
    corrections.hide("k1", "Sam Odell", "person", "Jo")
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != readings.folder]
    assert {"ledger.sqlite", "corrections.sqlite", "corrected.parquet"} <= {path.name for path in kept}
    assert not [path.name for path in kept if b"Odell" in path.read_bytes()]
    said = sqlite3.connect(tmp_path / "ledger.sqlite").execute("select detail from entries").fetchall()
    assert "damp" not in said[0][0]


@pytest.mark.parametrize("after", ["Ask Priya or Sam Odell, Sam Odell knows of the damp", "anything else", None, 4])
def test_nothing_may_be_put_back_or_written_in(after, corrections):
    with pytest.raises(CannotCorrect, match="nothing may be put back"):
        corrections.correct("k1", "redaction", after, "Jo")


def test_words_that_do_not_stand_there_are_refused(corrections):
    with pytest.raises(CannotCorrect, match="do not stand in the comment"):
        corrections.hide("k1", "Priya", "person", "Jo")
    with pytest.raises(CannotCorrect, match="no mark for 'pet'"):
        corrections.hide("k1", "Sam", "pet", "Jo")


def test_a_second_taking_out_leaves_the_first(corrections, readings):
    first = corrections.hide("k1", "Sam Odell", "person", "Jo")
    second = corrections.hide("k1", "damp", "reference", "Jo")
    corrections.take_back(first.n, "Jo")
    assert shown(readings, "redacted") == "Ask [name] or [name], [name] knows of the [reference]"
    corrections.take_back(second.n, "Jo")
    assert shown(readings, "redacted") == WORDS  # as the reader left it, and no more than that


def test_what_is_in_the_ledger_holds_however_it_was_broken_off(corrections, readings, tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Corrections, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            corrections.hide("k1", "Sam Odell", "person", "Jo")
    assert shown(readings, "redacted") == WORDS  # not applied yet, and not lost
    Corrections(tmp_path, readings).apply()
    assert "Sam Odell" not in shown(readings, "redacted")


# ── Another version of the reader ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("read_anew", "shown_then"),
    [
        (WORDS, "Ask [name] or [name], [name] knows of the damp"),
        ("Ask [name] or [name], [name] knows of the damp", "Ask [name] or [name], [name] knows of the damp"),
        ("Ask [name] or Sam Odell, Sam Odell knows of [address]", "Ask [name] or [name], [name] knows of [address]"),
    ],
)
def test_corrections_outlive_the_reader_and_nothing_either_took_out_comes_back(
    read_anew, shown_then, corrections, tmp_path
):
    corrections.hide("k1", "Sam Odell", "person", "Jo")
    corrections.correct("k1", "tone", "mixed", "Jo")
    anew = Readings(tmp_path / "readings", "v2")
    anew.keep([reading(text=read_anew)])
    anew.forget_other_versions()
    Corrections(tmp_path, anew).apply()
    assert shown(anew, "redacted") == shown_then
    assert (shown(anew, "tone"), shown(anew, "corrected")) == ("mixed", ["tone", "redaction"])


def test_many_people_at_once_each_leave_their_correction(tmp_path, readings):
    def put_right(n):
        Corrections(tmp_path, readings).correct(f"k{1 + n % 3}", "topics", {"pests": "neutral"}, f"Person {n}")

    def attempt(n):
        try:
            put_right(n)
        except CannotCorrect:  # somebody said the same a moment before
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        kept = sum(pool.map(attempt, range(24)))
    assert kept == len(Corrections(tmp_path, readings).history()) == 3
    assert {shown(readings, "topics[1].topic", key) for key in ("k1", "k2", "k3")} == {"pests"}
    assert Ledger(tmp_path).broken_at() is None


def test_who_has_to_wait_too_long_is_told_so(corrections, tmp_path, monkeypatch):
    monkeypatch.setattr("data.notebook.PATIENCE", 0.05)
    corrections.correct("k1", "tone", "mixed", "Jo")
    other = sqlite3.connect(tmp_path / "corrections.lock", isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(CannotCorrect, match="Try again"):
        corrections.correct("k1", "tone", "neutral", "Jo")
    other.close()
    assert len(corrections.history()) == 1


def test_every_choice_has_words_and_the_labels_are_those_of_the_labelled_comments():
    known = choices()
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert {topic["topic"] for row in rows for topic in row["topics"]} <= set(known.topics)
    assert {kind for row in rows if row["hazard"] for kind in row["hazard"]["kinds"]} <= set(known.dangers)
    assert {form for row in rows if row["stigma"] for form in row["stigma"]["form"]} <= set(known.forms)
    assert {source for row in rows if row["stigma"] for source in row["stigma"]["source"]} <= set(known.sources)
    stigma = tomllib.loads((REFERENCE / "stigma.toml").read_text(encoding="utf-8"))
    assert {code for code, row in stigma.items() if row.get("kind") == "source"} == set(known.sources)
    assert {code for code, row in stigma.items() if row.get("kind") == "form"} == set(known.forms)
    assert (len(known.dangers), known.marks["person"]) == (13, "[name]")
