"""Requests: what is kept of them, whose day it is, what was sent, and that nothing is lost by putting it right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from data.corrections import CannotCorrect
from data.generation import NotHeld
from data.ledger import Ledger
from data.packs.requests import (
    CLOSED,
    OPEN,
    SENT,
    CannotRequest,
    Requests,
    due_by_rule,
    question_to_show,
    request_kinds,
)

ASKED, DUE = date(2026, 11, 2), date(2026, 11, 20)
QUESTION = "Satisfaction by ethnic group, with the answers behind each share"


@pytest.fixture
def requests(tmp_path):
    return Requests(tmp_path)


def added(requests, **changed):
    said = {"question": QUESTION, "kind": "inspection", "asked": ASKED, "owner": "Compliance", "who": "Jo", "due": DUE}
    return requests.add(**{**said, **changed})


def test_a_request_is_kept_with_its_day_and_owner(requests):
    one = added(requests)
    assert (one.number, one.question, one.due, one.owner, one.state) == (1, QUESTION, DUE, "Compliance", OPEN)
    assert not one.by_rule and not one.overdue(DUE) and one.overdue(date(2026, 11, 21))
    assert added(requests).number == 2


# 30 calendar days, for requests made from 1 April 2027: the register names its sources.
@pytest.mark.parametrize(
    ("kind", "asked", "due"),
    [
        ("stairs", date(2027, 4, 1), date(2027, 5, 1)),
        ("stairs", date(2028, 1, 31), date(2028, 3, 1)),
        ("stairs", date(2027, 3, 31), None),
        ("inspection", date(2027, 6, 1), None),
        ("other", date(2027, 6, 1), None),
    ],
)
def test_a_rule_sets_the_day_of_a_stairs_request_from_april_2027_and_of_no_other(kind, asked, due):
    assert due_by_rule(kind, asked) == due


def test_a_rule_that_sets_a_day_names_where_it_is_from():
    assert all(kind.sources and kind.since for kind in request_kinds() if kind.days)


def test_a_day_set_by_rule_may_be_left_out_and_may_be_given(requests):
    assert added(requests, kind="stairs", asked=date(2027, 4, 1), due=None).by_rule
    early = added(requests, kind="stairs", asked=date(2027, 4, 1), due=date(2027, 4, 20))
    assert early.due == date(2027, 4, 20) and not early.by_rule


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": "  "}, "what is asked"),
        ({"question": "x" * 4001}, "4,000 letters"),
        ({"owner": ""}, "owner is needed"),
        ({"due": None}, "Give the day"),
        ({"kind": "stairs", "due": None}, "before 1 April 2027"),
        ({"due": date(2026, 11, 1)}, "before it was asked"),
        ({"kind": "foi"}, "inspection, stairs, other"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(requests, changed, said):
    with pytest.raises(CannotRequest, match=said):
        added(requests, **changed)
    assert requests.all() == ()


def test_without_a_name_nothing_is_kept(requests):
    with pytest.raises(CannotCorrect):
        added(requests, who=" ")
    assert requests.all() == ()


def test_what_was_sent_is_kept_beside_it_each_time(requests):
    added(requests)
    requests.send(1, "Jo", DUE, ["measures-lcra-table", "measures-lcra-table"], [], 3, "ab" * 32)
    one = requests.send(1, "Ann", DUE, files=["minutes.pdf"])
    assert one.state == SENT and not one.overdue(date(2027, 1, 1))
    first, second = one.sent
    assert (first.figures, first.pack, first.seal, first.who) == (("measures-lcra-table",), 3, "ab" * 32, "Jo")
    assert (second.files, second.pack) == (("minutes.pdf",), 0)


def test_nothing_is_sent_of_nothing_nor_before_it_was_asked(requests):
    added(requests)
    with pytest.raises(CannotRequest, match="what was sent"):
        requests.send(1, "Jo", DUE, [" "])
    with pytest.raises(CannotRequest, match="before it was asked"):
        requests.send(1, "Jo", date(2026, 11, 1), pack=1)
    assert requests.request(1).state == OPEN


def test_a_change_stays_beside_what_was_said_before_and_is_taken_back(requests):
    added(requests)
    requests.change(1, "Ann", QUESTION, "inspection", ASKED, "Housing", date(2026, 11, 27))
    assert (requests.request(1).owner, requests.request(1).due) == ("Housing", date(2026, 11, 27))
    taken = requests.undo(1, "Jo")
    assert taken.action == "change" and taken.taken_back_by == "Jo"
    assert (requests.request(1).owner, requests.request(1).due) == ("Compliance", DUE)
    assert [line.changed["owner"] for line in requests.history(1)] == ["Housing", "Compliance"]


def test_taking_everything_back_takes_the_request_away_and_its_number_is_not_given_again(requests):
    added(requests)
    requests.undo(1, "Jo")
    assert requests.all() == () and len(requests.history(1)) == 1
    with pytest.raises(NotHeld):
        requests.undo(1, "Jo")
    with pytest.raises(NotHeld):
        requests.request(1)
    assert added(requests).number == 2


def test_saying_the_same_again_changes_nothing(requests):
    added(requests)
    with pytest.raises(CannotRequest, match="already"):
        requests.change(1, "Ann", QUESTION, "inspection", ASKED, "Compliance", DUE)


def test_a_request_is_closed_with_a_reason_and_opened_again(requests):
    added(requests)
    with pytest.raises(CannotRequest, match="why"):
        requests.close(1, "Jo", " ")
    assert requests.close(1, "Jo", "withdrawn by the regulator").state == CLOSED
    assert not requests.request(1).overdue(date(2027, 1, 1))
    assert requests.open_again(1, "Jo").state == OPEN


def test_those_to_be_answered_come_first_by_their_day(requests):
    added(requests, due=date(2026, 12, 9))
    added(requests, due=date(2026, 11, 9))
    added(requests, due=date(2026, 11, 4))
    requests.send(3, "Jo", DUE, pack=1)
    assert [one.number for one in requests.all()] == [2, 1, 3]


def test_the_log_is_told_as_it_stood_at_a_moment(requests):
    first, later = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (2, 9))
    added(requests, now=first)
    requests.send(1, "Jo", DUE, pack=1, now=later)
    requests.undo(1, "Jo", now=datetime(2026, 11, 12, tzinfo=UTC))
    assert requests.all(first)[0].state == OPEN
    assert requests.all(later)[0].state == SENT, "what was taken back after the moment stood then"
    assert requests.all()[0].state == OPEN
    assert requests.all(datetime(2026, 11, 1, tzinfo=UTC)) == ()


def test_the_log_says_when_it_was_last_written_in(requests):
    assert requests.last_written() is None
    added(requests, now=datetime(2026, 11, 2, 9, tzinfo=UTC))
    requests.undo(1, "Jo", now=datetime(2026, 11, 12, tzinfo=UTC))
    assert requests.last_written() == datetime(2026, 11, 12, tzinfo=UTC), "taking back is writing"


def test_words_of_a_question_are_never_in_the_ledger(requests, tmp_path):
    added(requests, question="Repairs of Margaret Holloway, 12 Ash Court")
    requests.send(1, "Jo", DUE, pack=1)
    told = repr(Ledger(tmp_path).entries())
    assert "Holloway" not in told and "Ash Court" not in told and "'request': 1" in told


def test_personal_details_recognised_are_taken_out_before_a_question_leaves():
    shown = question_to_show("Call  me on 07700 900123 or write to jo@example.org about damp")
    assert "900123" not in shown and "example.org" not in shown and "damp" in shown


def test_many_at_once_each_have_a_number_of_their_own(requests):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: added(requests).number, range(16)))
    assert sorted(numbers) == list(range(1, 17))
