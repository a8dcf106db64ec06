"""Alerts go by the landlord's own mail server, here a small one of the test's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from mail_server import MailServer, mail_server

from data.post import NotSent, letter, send


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_a_message_reaches_the_server_whole(server):
    told = letter(server.mail, "homes@example.org", "3 things to see to", ["Homes: 2 rows without an estate.", "."])
    assert send(server.mail, "", [told]) == 1
    (kept,) = server.letters
    assert "To: homes@example.org" in kept
    assert "Homes: 2 rows without an estate." in kept


def test_where_an_address_is_refused_the_fault_says_how_many_were_sent(server):
    letters = [letter(server.mail, to, "To see to", ["A line."]) for to in ("first@example.org", "refused@example.org")]
    with pytest.raises(NotSent, match="1 of 2 messages were sent"):
        send(server.mail, "", letters)


def test_a_server_that_does_not_answer_is_named_with_the_setting_to_look_at(server):
    nobody = replace(server.mail, port=1)
    with pytest.raises(NotSent, match=r"127\.0\.0\.1, port 1.*settings\.toml"):
        send(nobody, "", [letter(nobody, "a@example.org", "To see to", [])])


def test_a_line_break_cannot_slip_another_header_in(server):
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        letter(server.mail, "a@example.org\r\nBcc: all@example.org", "To see to", [])
