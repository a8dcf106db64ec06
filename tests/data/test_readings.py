from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analysis.model import Danger, Mention, Reading, Redacted, Strength, Told, Tone
from data.readings import COLUMNS, Readings


def reading(key, text="damp [name]"):
    return Reading(
        key,
        Redacted(text, {"person": 1}),
        Tone("negative", -0.5, ("damp",)),
        (Mention("damp_mould", "negative", ("damp",)),),
        True,
        "v1",
    )


@pytest.fixture
def readings(tmp_path):
    return Readings(tmp_path / "readings", "v1")


def rows(readings, what="*"):
    return duckdb.connect().execute(f"select {what} from ({readings.select()}) order by all").fetchall()


def test_nothing_read_yet_still_has_every_column(readings):
    described = duckdb.connect().execute(f"describe {readings.select()}").fetchall()
    assert [name for name, *_ in described] == [*COLUMNS, "corrected"]
    assert rows(readings) == []


def test_a_reading_comes_back_as_it_was_kept(readings):
    readings.keep([reading("k1")])
    what = "text_key, redacted, redactions, tone, score, tone_reasons, sensitive, topics"
    ((key, redacted, redactions, tone, score, reasons, sensitive, topics),) = rows(readings, what)
    assert (key, redacted, tone, score, sensitive) == ("k1", "damp [name]", "negative", -0.5, True)
    assert redactions == [{"kind": "person", "n": 1}]
    assert reasons == ["damp"]
    assert topics == [
        {"topic": "damp_mould", "polarity": "negative", "reasons": ["damp"], "spans": [], "confidence": 1.0}
    ]


def test_danger_judgement_and_strengths_come_back_with_their_places(readings):
    told = Told(("landlord_staff",), ("disrespect",), ((5, 9),), ("spoke down",), 0.7)
    danger = Danger(("gas_co",), "emergency", True, ((0, 3),), ("gas",), 0.9)
    strength = Strength("groups", (10, 14), ("gardening club",))
    whole = replace(
        reading("k1"), danger=danger, told=told, strengths=(strength,), flags=("health",), set_aside="blank"
    )
    readings.keep([whole])
    ((found, judged, strengths, flags, aside),) = rows(readings, "danger, told, strengths, flags, set_aside")
    assert (found["kinds"], found["severity"], found["vulnerable"]) == (["gas_co"], "emergency", True)
    assert (judged["sources"], judged["spans"]) == (["landlord_staff"], [{"from": 5, "to": 9}])
    assert strengths == [{"kind": "groups", "from": 10, "to": 14, "reasons": ["gardening club"]}]
    assert (flags, aside) == (["health"], "blank")


def test_the_empty_and_the_full_have_the_same_types(readings):
    con = duckdb.connect()
    before = con.execute(f"describe {readings.select()}").fetchall()
    readings.keep([reading("k1")])
    assert con.execute(f"describe {readings.select()}").fetchall() == before


def test_no_comment_is_kept_twice_by_two_labellers(readings):
    other = Readings(readings.root, "v1")
    assert readings.keep([reading("a"), reading("b")]) == 2
    assert other.keep([reading("b"), reading("c")]) == 1
    assert readings.keep([reading("c"), reading("d")]) == 1
    assert rows(readings, "text_key") == [("a",), ("b",), ("c",), ("d",)]
    assert readings.known() == {"a", "b", "c", "d"}


def test_a_folder_with_brackets_and_quotes_in_its_name_is_read(tmp_path):
    readings = Readings(tmp_path / "it's [new] data*" / "readings", "v1")
    readings.keep([reading("a")])
    assert rows(readings, "text_key") == [("a",)]


def test_the_fingerprint_changes_with_every_part_and_reader(readings):
    empty = readings.fingerprint()
    readings.keep([reading("a")])
    assert len({empty, readings.fingerprint(), Readings(readings.root, "v2").fingerprint()}) == 3


def test_what_another_version_read_can_be_forgotten(readings):
    old = Readings(readings.root, "v0")
    old.keep([reading("a")])
    readings.keep([reading("a")])
    readings.forget_other_versions()
    assert (old.parts(), len(readings.parts())) == ([], 1)


def test_a_version_that_is_no_folder_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="version"):
        Readings(tmp_path, "../elsewhere")


def test_a_labeller_killed_while_writing_leaves_no_part_and_no_lock(readings):
    script = textwrap.dedent(f"""
        import os, signal
        import data.readings as r
        from analysis.model import Reading, Redacted, Tone
        r.pq.write_table = lambda table, path: (path.write_bytes(b"PAR1half"), os.kill(os.getpid(), signal.SIGKILL))
        one = Reading("a", Redacted("x"), Tone("neutral", 0.0), (), False, "v1")
        r.Readings(r.Path({str(readings.root)!r}), "v1").keep([one])
    """)
    killed = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -9
    assert readings.parts() == []
    assert readings.keep([reading("a")]) == 1
    assert not list(readings.folder.glob(".*.unfinished"))
