"""Findings kept: what was decided, by whom, taken back; nothing of a letter but the sentences with a finding."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.generation import NotHeld
from data.ledger import Ledger
from data.letters.kept import CannotDecide, Letters
from data.letters.reading import Given, read_letters
from data.settings import HOME_VARIABLE

LETTER = "Dear Mrs Okafor,\n\nThank you for ringing about the lift.\n\nWe consider the matter closed.\n\nBe grateful.\n"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads a letter of this text."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))

    def done(text=LETTER, name="T01.txt", kind="template"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_letters([Given(tmp_path / name)], kind).letters

    return done


@pytest.fixture
def letters(tmp_path):
    return Letters(tmp_path / "store")


def one(letters):
    (kept,) = letters.held()
    return kept


def test_what_was_found_is_kept_and_told_templates_first(letters, read):
    letters.keep([*read(name="B.txt", kind="reply"), *read(name="Z.txt")], "Jo")
    kept = letters.held()
    assert [each.read.name for each in kept] == ["Z.txt", "B.txt"]
    assert kept[0].read == read(name="Z.txt")[0]
    assert kept[0].standing(kept[0].read.findings[0]).state == "to do"


def test_two_letters_of_one_name_are_refused_and_neither_is_kept(letters, read):
    with pytest.raises(CannotDecide, match="Read twice under one name"):
        letters.keep([*read(name="Z.txt"), *read("We consider the matter closed.\n", name="Z.txt")], "Jo")
    assert letters.held() == ()


def test_a_decision_is_kept_with_its_name_and_can_be_taken_back(letters, read, tmp_path):
    letters.keep(read(), "Jo")
    key = one(letters).read.findings[0].key
    letters.decide(key, "Ann", "wording agreed", owner="head of repairs")
    letters.decide(key, "Bo", "changed")
    now = one(letters).decided[key]
    assert (now.owner, now.state, now.who) == ("head of repairs", "changed", "Bo")
    letters.take_back(now.n, "Ann")
    assert one(letters).decided[key].state == "wording agreed"
    letters.take_back(one(letters).decided[key].n, "Ann")
    assert key not in one(letters).decided
    with pytest.raises(CannotDecide, match="taken back before"):
        letters.take_back(now.n, "Ann")
    with pytest.raises(NotHeld):
        letters.take_back(99, "Ann")
    assert Ledger(tmp_path / "store").broken_at() is None


@pytest.mark.parametrize(
    "said, why",
    [
        ({"who": " ", "state": "changed"}, "name is needed"),
        ({"who": "Jo", "state": "gone"}, "how far it is"),
        ({"who": "Jo", "state": "kept as it is"}, "Say why"),
        ({"who": "Jo", "state": "to do"}, "says so already"),
        ({"who": "Jo", "state": "changed", "owner": "Jane Whitlock"}, "Name a role, never a person"),
        ({"who": "Jo", "state": "changed", "action": "ring 07700 900123"}, "Name a role"),
        ({"who": "Jo", "state": "changed", "note": "x" * 301}, "more than 300"),
    ],
)
def test_a_decision_that_means_nothing_or_names_somebody_is_refused(letters, read, said, why):
    letters.keep(read(), "Jo")
    with pytest.raises(CannotDecide, match=why):
        letters.decide(one(letters).read.findings[0].key, **said)
    assert one(letters).decided == {}


def test_a_letter_read_again_takes_the_place_of_the_last_and_keeps_what_was_decided(letters, read):
    letters.keep(read(), "Jo")
    closed, grateful = one(letters).read.findings
    letters.decide(closed.key, "Ann", "changed")
    letters.keep(read("A new beginning.\n\nWe consider the matter closed.\n"), "Jo")
    (again,) = one(letters).read.findings
    assert one(letters).standing(again).state == "changed"
    with pytest.raises(NotHeld, match="read again since"):
        letters.decide(grateful.key, "Ann", "changed")


def test_a_letter_is_forgotten_to_the_last_sentence(letters, read, tmp_path):
    letters.keep(read(), "Jo")
    letters.forget(one(letters).read.key, "Jo")
    assert letters.held() == ()
    assert not [file for file in (tmp_path / "store").iterdir() if b"matter closed" in file.read_bytes()]
    with sqlite3.connect(tmp_path / "store" / "letters.sqlite") as notebook:
        assert notebook.execute("select count(*) from findings").fetchone() == (0,)
    with pytest.raises(NotHeld):
        letters.forget("nothing", "Jo")


def test_neither_the_ledger_nor_the_notebook_holds_a_name_or_what_was_not_found(letters, read, tmp_path):
    letters.keep(read(name="Reply to Mrs Okafor.txt"), "Jo")
    letters.decide(one(letters).read.findings[0].key, "Jo", "changed")
    held = b"".join(file.read_bytes() for file in (tmp_path / "store").iterdir())
    assert b"Okafor" not in held and b"ringing about the lift" not in held
    assert "matter closed" not in repr(Ledger(tmp_path / "store").entries())


def test_many_decide_at_once_and_nothing_is_lost(letters, read, tmp_path):
    letters.keep(read(), "Jo")
    key = one(letters).read.findings[0].key
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: letters.decide(key, f"P{n}", "changed", note=f"round {n}"), range(16)))
    assert sum(line.action == "decide letter wording" for line in Ledger(tmp_path / "store").entries()) == 16
    assert Ledger(tmp_path / "store").broken_at() is None
