"""The log of requests from the command line."""

from __future__ import annotations

import json

import pytest

from dashboard.cli import main
from data.settings import HOME_VARIABLE

ADD = ("add", "Satisfaction by ethnic group", "--kind", "inspection", "--owner", "Compliance", "--by", "Jo")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


def run(capsys, *arguments):
    code = main(["requests", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def listed(capsys):
    return json.loads(run(capsys, "list", "--json")[1])["requests"]


def test_a_request_is_added_sent_and_taken_back(capsys):
    code, _, err = run(capsys, *ADD, "--asked", "2026-11-02", "--due", "2099-01-01")
    assert code == 0 and "Request 1 is kept. Due 1 January 2099" in err
    run(capsys, "sent", "1", "--file", "minutes.pdf", "--on", "2026-11-20", "--by", "Ann")
    (one,) = listed(capsys)
    assert one["state"] == "sent" and one["due"] == "2099-01-01"
    assert one["sent"] == [
        {"on": "2026-11-20", "by": "Ann", "figures": [], "files": ["minutes.pdf"], "pack": None, "seal": None}
    ]
    code, _, err = run(capsys, "undo", "1", "--by", "Jo")
    assert code == 0 and "what Ann (name as given) did last: send" in err
    assert listed(capsys)[0]["state"] == "to be answered"


def test_an_overdue_request_ends_the_list_with_one(capsys):
    assert run(capsys, "list") == (0, "No request is held.\n", "")
    run(capsys, *ADD, "--asked", "2024-01-02", "--due", "2024-02-01")
    code, out, _ = run(capsys, "list")
    assert code == 1 and "Overdue: it was due 1 February 2024" in out
    assert run(capsys, "close", "1", "--why", "withdrawn", "--by", "Jo")[0] == 0
    assert run(capsys, "list")[0] == 0


def test_without_a_day_or_a_pack_there_is_it_says_what_to_do(capsys):
    code, _, err = run(capsys, *ADD)
    assert code == 1 and "Give the day it is due" in err
    run(capsys, *ADD, "--due", "2099-01-01")
    code, _, err = run(capsys, "sent", "1", "--pack", "7", "--by", "Jo")
    assert code == 2 and "There is no pack 7" in err
    assert run(capsys, "undo", "9", "--by", "Jo")[0] == 2


def test_personal_details_and_signs_of_a_terminal_do_not_leave(capsys):
    question = "Ring 07700 900123\x1b[2J about damp"
    run(capsys, "add", question, "--kind", "other", "--owner", "A", "--by", "J", "--due", "2099-01-01")
    for out in (run(capsys, "list")[1], run(capsys, "list", "--json")[1]):
        assert "900123" not in out and "\x1b" not in out
