"""How good the data are, from the command line: words, CSV, JSON, and each owner's list by e-mail."""

from __future__ import annotations

import csv
import io
import json

import pytest
from incoming_records import small_homes, small_records
from mail_server import mail_server
from small_survey import small_incoming

from dashboard.cli import main
from data.owners import Owners
from data.settings import HOME_VARIABLE
from data.store import Store

REPAIR = {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-404"}


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A home with a survey, five homes, and a repair at a home that is not among them; taken in just now."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store(tmp_path / "landlord", "real")
    for incoming in (small_incoming(), small_homes(), small_records(sha256="c" * 64, repairs=[REPAIR])):
        store.publish(incoming).close()
    return store


def test_an_empty_home_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["quality"]) == 1
    assert "Take a file in first" in capsys.readouterr().err


def test_nothing_overdue_ends_with_nought_and_says_whose_everything_is(store, capsys):
    assert main(["quality"]) == 0
    told = capsys.readouterr().out
    assert "Repairs (head of repairs): 1 row, last taken in" in told
    assert "Complaints (complaints officer): Never taken in." in told
    assert "head of repairs: 1 to see to" in told


def test_the_json_is_as_the_guide_has_it(store, capsys):
    assert main(["quality", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"generation", "invented", "kinds", "alerts", "owners", "trend", "lineage"}
    kinds = {kind["kind"]: kind for kind in told["kinds"]}
    assert len(kinds) == 9
    assert set(kinds["repairs"]) == {
        "kind", "label", "owner", "email", "rows", "taken", "next_due", "late", "missed", "scores",
    }  # fmt: skip
    assert kinds["repairs"]["scores"]["joinability"] == 0
    assert kinds["homes"]["scores"]["joinability"] is None
    assert [line["generation"] for line in told["trend"]] == [1, 2, 3]
    assert {origin["sha256"] for origin in told["lineage"]} == {"0" * 64, "b" * 64, "c" * 64}


def test_the_list_is_csv_with_a_line_an_alert(store, capsys):
    assert main(["quality", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["owner"], row["rows"]) for row in rows if row["subject"] == "repairs"] == [("head of repairs", "1")]


def test_each_owner_with_an_address_gets_their_list_and_the_others_are_named(store, tmp_path, capsys):
    Owners(store.folder).change("repairs", "Ada", "ada@example.org", "month", 10)
    Owners(store.folder).change("homes", "Bea", "bea@example.org", "month", 10)  # has nothing to see to
    with mail_server() as server:
        host, port = server.server_address[:2]
        (tmp_path / "settings.toml").write_text(
            f'[mail]\nserver = "{host}"\nport = {port}\nsender = "voice@example.org"\nsecurity = "none"\n'
        )
        assert main(["quality", "--send"]) == 0
        (kept,) = server.letters
    assert "To: ada@example.org" in kept
    assert "Rows name a home or tenancy that is not in the list of homes." in kept.replace("=\n", "").replace("\n", " ")
    assert "P-404" not in kept
    assert "1 message sent." in capsys.readouterr().err


def test_without_a_mail_server_nothing_is_sent_and_the_setting_is_named(store, capsys):
    assert main(["quality", "--send"]) == 1
    assert "[mail]" in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_a_problem_and_is_named(store, tmp_path, capsys):
    Owners(store.folder).change("repairs", "Ada", "ada@example.org", "month", 10)
    (tmp_path / "settings.toml").write_text(
        '[mail]\nserver = "127.0.0.1"\nport = 1\nsender = "voice@example.org"\nsecurity = "none"\n'
    )
    assert main(["quality", "--send"]) == 1
    assert "127.0.0.1, port 1" in capsys.readouterr().err
