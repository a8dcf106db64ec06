from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.body import body

SIGNED = "The lift is out again.\nKind regards\n[name]\nHousing Officer\nTel: [phone]\nSent from my iPhone"
SMALL_PRINT = (
    "Boiler off again. This email and any attachments are confidential and may be privileged. "
    "If you are not the intended recipient please delete it. Nobody has rung."
)


def said(text: str) -> str:
    return " ".join(body(text).split())


@pytest.mark.parametrize(
    "text, own",
    [
        (SIGNED, "The lift is out again."),
        (SMALL_PRINT, "Boiler off again. Nobody has rung."),
        ("From: [name]\nSent: 3 Feb\nSubject: RE: no kitchen\nStill no kitchen.", "no kitchen Still no kitchen."),
        ("Please fix it\nThanks\n[name]\nRegistered office: 1 High Street.", "Please fix it Thanks"),
        ("see [file] for the mould", "see for the mould"),
    ],
)
def test_only_the_writers_own_words_are_read(text, own):
    assert said(text) == own


@pytest.mark.parametrize(
    "text",
    [
        "Many thanks",
        "Many thanks\nThe boiler is still broken and nobody came",
        "The gate is open\nThanks\nboiler still broken",
        "I was charged in error, please refund me by email",
        "please do not reply to this message with another template",
        "the message was that nobody would come",
        "Sent from pillar to post",
    ],
)
def test_what_the_writer_says_is_never_taken_for_small_print(text):
    assert body(text) == text


@given(st.text(alphabet="ab \n.:[]", max_size=200), st.sampled_from(["", SIGNED, SMALL_PRINT]))
def test_every_place_stays_where_it_was(text, more):
    whole = text + "\n" + more
    assert len(body(whole)) == len(whole)
    assert all(new == old or new == " " for new, old in zip(body(whole), whole, strict=True))
