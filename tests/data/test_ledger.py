"""The ledger only grows, and shows where it was tampered with."""

from __future__ import annotations

import sqlite3

import pytest

from data.ledger import Ledger


def test_what_was_done_is_kept_newest_first(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.record("publish", {"file": "a.csv"})
    ledger.record("undo", {"generation": 1})
    assert [(entry.n, entry.action, dict(entry.detail)) for entry in ledger.entries()] == [
        (2, "undo", {"generation": 1}),
        (1, "publish", {"file": "a.csv"}),
    ]
    assert ledger.broken_at() is None


def test_an_empty_ledger_is_whole(tmp_path):
    assert Ledger(tmp_path).entries() == []
    assert Ledger(tmp_path).broken_at() is None


def test_a_line_cannot_be_changed_or_taken_out(tmp_path):
    Ledger(tmp_path).record("publish", {})
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    for statement in ("update entries set action = 'x'", "delete from entries"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            connection.execute(statement)


def test_tampering_is_found_at_its_line(tmp_path):
    ledger = Ledger(tmp_path)
    for n in range(5):
        ledger.record("publish", {"n": n})
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("drop trigger no_change")
    connection.execute("update entries set detail = '{}' where n = 3")
    connection.commit()
    assert ledger.broken_at() == 3
