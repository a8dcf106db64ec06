"""Reading any file and measuring the reader, as somebody at a keyboard does."""

from __future__ import annotations

import csv
import json

import pytest

from dashboard.cli import main

GIVEN = [
    {"id": "1", "channel": "sms", "question": "", "text": "I can smell gas in the kitchen, call Dave on 07700 900123",
     "sentiment": "negative", "topics": [{"topic": "building_safety", "polarity": "negative"}], "stigma": None,
     "hazard": {"kinds": ["gas_co"], "severity": "emergency", "vulnerable": False},
     "pii": [{"kind": "person", "text": "Dave"}, {"kind": "phone", "text": "07700 900123"}], "hard": ""},
    {"id": "2", "question": "What could we do better?", "text": "Nothing", "sentiment": "positive", "topics": [],
     "stigma": None, "hazard": None, "pii": []},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "given.jsonl").write_text("\n".join(json.dumps(row) for row in GIVEN), encoding="utf-8")
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("way", [[], ["--words-alone"]], ids=["meaning", "words"])
def test_the_scores_come_as_json_and_the_predictions_in_the_same_form(folder, capsys, way):
    code, out, _ = run(
        capsys, "text", "evaluate", "given.jsonl", "--predictions", "found.jsonl", "--json", *way
    )  # fmt: skip
    said = json.loads(out)
    assert code == 0
    assert said["hazard"]["emergency_recall"] == 1.0 and said["hazard"]["emergency_n"] == 1
    assert said["redaction"]["by_kind"]["phone"] == {"recall": 1.0, "n": 1}
    assert said["redaction"]["clean_untouched"] == 1.0
    # By nltk 3.10's analyser: no word of the first is in VADER's lexicon, and "nothing" is not either.
    assert said["vader"]["sentiment"] == {"accuracy": 0.0, "macro_f1": 0.0, "n": 2}
    found = [json.loads(line) for line in (folder / "found.jsonl").read_text().splitlines()]
    assert [row["id"] for row in found] == ["1", "2"]
    assert found[0]["hazard"]["kinds"][0] == "gas_co" and found[1]["sentiment"] == "positive"
    assert all(detail["text"] in found[0]["text"] for detail in found[0]["pii"])


def test_a_code_that_no_register_knows_is_told_with_the_nearest_one_and_the_rest_is_scored(folder, capsys):
    row = {**GIVEN[0], "topics": [{"topic": "building_saftey", "polarity": "negative"}]}
    row["hazard"] = {**GIVEN[0]["hazard"], "kinds": ["gas_co", "dragons"]}
    (folder / "odd.jsonl").write_text("\n".join(json.dumps(one) for one in (row, row)), encoding="utf-8")
    code, out, err = run(capsys, "text", "evaluate", "odd.jsonl", "--words-alone", "--json")
    assert code == 0 and json.loads(out)["hazard"]["recall"] == 1.0
    assert '"building_saftey" is no code of topics here (2×, first in comment 1)' in err
    assert "did you mean 'building_safety'?" in err and '"dragons" is no code of hazards' in err


def test_a_cell_with_a_lone_return_in_it_is_one_cell(folder, capsys):
    (folder / "letters.csv").write_bytes(b'id,note,words\r\n1,"a\rb","cold\rflat"\r\n2,c,"warm"\r\n')
    code, _, _ = run(capsys, "text", "read", "letters.csv", "--column", "words", "--out", "o.csv", "--words-alone")
    with (folder / "o.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert code == 0 and [row["note"] for row in rows] == ["a\rb", "c"]


def test_details_are_given_as_they_were_written_where_tidying_changed_them(folder, capsys):
    row = {**GIVEN[0], "text": "call  Dave\u00a0Smith\u200b on ０７７００ 900123 \u2019", "pii": [], "hazard": None}
    (folder / "odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    run(capsys, "text", "evaluate", "odd.jsonl", "--predictions", "found.jsonl", "--words-alone")
    found = json.loads((folder / "found.jsonl").read_text())
    assert {"phone"} <= {detail["kind"] for detail in found["pii"]}
    assert all(detail["text"] in row["text"] for detail in found["pii"])


@pytest.mark.parametrize(
    "line, said",
    [
        ("{", "line 3: this is not JSON"),
        ('{"text": "x"}', "line 3: 'topics' is missing"),
        (json.dumps({**GIVEN[1], "sentiment": "good"}), "line 3: 'sentiment' is \"good\""),
        (json.dumps({**GIVEN[0], "pii": [{"kind": "person", "text": "Zed"}]}), "line 3: a person under 'pii'"),
    ],
)
def test_a_line_that_is_no_labelled_comment_is_named(folder, capsys, line, said):
    with (folder / "given.jsonl").open("a") as file:
        file.write("\n" + line)
    code, out, err = run(capsys, "text", "evaluate", "given.jsonl", "--words-alone")
    assert code == 1 and said in err and not out


def test_any_csv_is_read_with_its_comments_redacted(folder, capsys):
    (folder / "c.csv").write_text(
        "ref,asked,words\n1,What do we do well?,Dave was brilliant\n2,,\n3,,rats in the loft\n"
    )
    code, _, err = run(
        capsys, "text", "read", "c.csv", "--column", "words", "--question", "asked", "--out", "o.csv", "--words-alone"
    )
    rows = list(csv.DictReader((folder / "o.csv").open()))
    assert code == 0 and "redacted" in err
    assert [row["ref"] for row in rows] == ["1", "2", "3"]
    assert "Dave" not in rows[0]["words"] and rows[0]["read_tone"] == "positive"
    assert rows[1]["read_set_aside"] and rows[1]["read_tone"] == ""
    assert "pests" in rows[2]["read_topics"]


def test_a_column_that_is_not_there_is_named(folder, capsys):
    (folder / "c.csv").write_text("ref,words\n1,hello\n")
    code, _, err = run(capsys, "text", "read", "c.csv", "--column", "text", "--out", "o.csv", "--words-alone")
    assert code == 2 and "text" in err and not (folder / "o.csv").exists()


def test_a_labelled_file_is_never_written_over(folder, capsys):
    before = (folder / "given.jsonl").read_text()
    code, _, err = run(capsys, "text", "evaluate", "given.jsonl", "--predictions", "given.jsonl", "--words-alone")
    assert code == 2 and "--replace" in err and (folder / "given.jsonl").read_text() == before


def test_empty_lines_of_one_column_are_empty_comments(folder, capsys):
    (folder / "c.csv").write_text("comment\nDamp\n\nGood\n")
    run(capsys, "text", "read", "c.csv", "--column", "comment", "--out", "o.csv", "--words-alone")
    rows = list(csv.DictReader((folder / "o.csv").open()))
    assert [bool(row["read_set_aside"]) for row in rows] == [False, True, False]


def test_nothing_is_found_in_what_is_set_aside(folder, capsys):
    (folder / "c.csv").write_text("ref,comment\n1,Flat 9 Tower House\n2,12345678\n")
    run(capsys, "text", "read", "c.csv", "--column", "comment", "--out", "o.csv", "--words-alone")
    rows = list(csv.DictReader((folder / "o.csv").open()))
    assert all(row["read_set_aside"] and not row["read_topics"] and not row["read_danger"] for row in rows)
