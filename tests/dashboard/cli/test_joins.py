"""What does not join, from the command line: counted, listed, put right, taken back."""

from __future__ import annotations

import csv
import io
import json

import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from dashboard.cli import main
from data.ledger import Ledger
from data.settings import HOME_VARIABLE
from data.store import Store

REPAIRS = [
    {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-77"},
    {"reference": "r2", "raised": "2024-05-01", "home_ref": "P-404"},
    {"reference": "r3", "raised": "2024-05-01", "tenancy_ref": "T-9", "estate": "Lantern Moor"},
]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Five homes on Lanternmoor and Ash Court, and three repairs, two of them at references nobody knows."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store(tmp_path / "landlord", "real")
    repairs = small_records(name="jobs.csv", sha256="c" * 64, repairs=REPAIRS)
    repairs.facts = {"holds": "repairs", "rows_in": 3, "rows_kept": 3}
    for incoming in (small_incoming(estates=("Ash Court",)), small_homes(), repairs):
        store.publish(incoming).close()
    return store


def told(capsys, *arguments):
    code = main(["joins", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_joined_how_and_what_did_not(store, capsys):
    code, document = told(capsys)
    assert code == 1
    assert set(document) == {"generation", "invented", "joined", "unjoined", "estates"}
    assert document["joined"]["repairs"] == {"none": 2, "exact": 1}
    assert [(each["about"], each["reference"], each["row"]) for each in document["unjoined"]["repairs"]] == [
        ("home", "P-404", 3),
        ("tenancy", "T-9", 4),
    ]
    assert [(each["name"], each["offered"]) for each in document["estates"]] == [("Lantern Moor", "Lanternmoor")]


def test_in_words_each_reference_has_a_line(store, capsys):
    assert main(["joins", "--as", "repairs"]) == 1
    said = capsys.readouterr().out
    assert "Repairs: to no home we hold 2, exactly 1" in said
    assert "  Home P-404: 1 row, first row 3 of jobs.csv" in said
    assert "Survey" not in said


def test_as_csv_every_reference_has_a_line(store, capsys):
    assert main(["joins", "--csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["kind"], row["reference"]) for row in rows] == [("repairs", "P-404"), ("repairs", "T-9")]


def test_everything_is_put_right_and_taken_back(store, capsys):
    told(capsys, "--reference", "P-404", "--home", "P 78")
    told(capsys, "--about", "tenancy", "--reference", "T-9", "--home", "P-77")
    code, document = told(capsys, "--estate", "Lantern Moor", "--means", "Lanternmoor")
    assert (code, document["joined"]["repairs"], document["estates"]) == (0, {"exact": 2, "tenancy": 1}, [])
    _, document = told(capsys, "--reference", "P-404", "--take-back")
    assert document["joined"]["repairs"]["none"] == 1
    done = [entry.action for entry in Ledger(store.folder).entries()]
    assert done[:4] == ["take back", "settle estate", "confirm home", "confirm home"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--reference", "P-404", "--home", "P-405"], "There is no home 'P-405'"),
        (["--estate", "Lantern Moor", "--means", "Nowhere"], "There is no estate 'Nowhere'"),
        (["--reference", "P-404", "--take-back"], "Nothing has been said of home 'P-404'"),
        (["--reference", "P-404"], "--reference with --home"),
        (["--take-back"], "--reference with --home"),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_is_made_anew(arguments, why, store, capsys):
    assert main(["joins", *arguments]) == 2
    assert why in capsys.readouterr().err
    assert store.current().number == 3


def test_an_empty_home_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["joins"]) == 1
    assert "Take a file in first" in capsys.readouterr().err
