"""What people say after reading a contact: kept with a name, replaced, taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analysis.unoffered import CLEAR, OFFER
from data.contacts_read import ContactsRead
from data.corrections import CannotCorrect
from data.ledger import Ledger

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_the_latest_word_stands_and_both_are_in_the_ledger(tmp_path):
    kept = ContactsRead(tmp_path)
    kept.say("k1", OFFER, "Ada", NOON)
    kept.say("k1", CLEAR, " Bo  Lee ", NOON)
    assert [(one.answer, one.who, one.day) for one in kept.said().values()] == [(CLEAR, "Bo Lee", NOON.date())]
    assert len(Ledger(tmp_path).entries()) == 2


def test_what_was_said_can_be_taken_back_once(tmp_path):
    kept = ContactsRead(tmp_path)
    kept.say("k1", OFFER, "Ada", NOON)
    assert kept.take_back("k1", "Bo") and not kept.take_back("k1", "Bo")
    assert kept.said() == {}


def test_nothing_is_kept_without_a_name_or_with_another_answer(tmp_path):
    with pytest.raises(CannotCorrect):
        ContactsRead(tmp_path).say("k1", OFFER, " ")
    with pytest.raises(ValueError, match="Expected one of offered, not dissatisfied"):
        ContactsRead(tmp_path).say("k1", "ignored", "Ada")
    assert Ledger(tmp_path).entries() == []
