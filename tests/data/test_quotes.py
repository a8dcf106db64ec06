"""Quotes: two different people behind the same words, no estate in public, nothing of health or accusation outside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.model import Reading, Redacted, Tone
from data.corrections import CannotCorrect, Corrections
from data.generation import NotHeld
from data.ledger import Ledger
from data.quotes import CannotQuote, Quotes
from data.readings import Readings

WORDS = "The lift on Ash Court is mended. [name] was kind."
LIFT = (("estate", "Ash Court"), ("tenure", "General needs"))
ASKED = "asked, and agreed"
ESTATES = ("Ash Court", "Elm Rise")


def reading(key, text, sensitive=False, flags=()):
    return Reading(key, Redacted(text), Tone("positive", 0.5), (), sensitive, "v1", flags=flags)


@pytest.fixture
def readings(tmp_path):
    held = Readings(tmp_path / "readings", "v1")
    held.keep(
        [
            reading("lift", WORDS),
            reading("asthma", "My asthma is worse", True),
            reading("next-door", "He deals next door", flags=("accusation",)),
        ]
    )
    return held


@pytest.fixture
def quotes(tmp_path, readings):
    return Quotes(tmp_path, readings)


def approved_by(quotes, quote, *people):
    for who in people:
        quote = quotes.approve(quote.quote_id, who, quote.digest)
    return quote


def test_two_different_people_must_approve_the_same_words(quotes):
    quote = quotes.put_forward("lift", "board", "Jo", place=LIFT)
    assert (quote.state, quote.words, quotes.approved("board")) == ("waiting for two people", WORDS, ())
    quote = approved_by(quotes, quote, "Ann Lee")
    assert quote.state == "waiting for a second person"
    with pytest.raises(CannotQuote, match="second, different person"):
        quotes.approve(quote.quote_id, " ann  LEE ", quote.digest)
    quote = approved_by(quotes, quote, "Bo")
    assert (quote.state, quote.approved_by, quote.place) == ("approved", ("Ann Lee", "Bo"), LIFT[:1])
    assert quotes.approved("board") == (quote,)


def test_a_paraphrase_needs_another_person_and_takes_earlier_approvals_away(quotes):
    quote = approved_by(quotes, quotes.put_forward("lift", "team", "Jo"), "Ann")
    before = quote.digest
    quote = quotes.paraphrase(quote.quote_id, "Bo", "A tenant was glad of  a mended lift")
    assert (quote.words, quote.paraphrased) == ("A tenant was glad of a mended lift", True)
    assert (quote.state, quote.approved_by) == ("waiting for a second person", ("Bo",))
    with pytest.raises(CannotQuote, match="Read them again"):
        quotes.approve(quote.quote_id, "Ann", before)
    with pytest.raises(CannotQuote, match="different person"):
        quotes.approve(quote.quote_id, "BO", quote.digest)
    assert approved_by(quotes, quote, "Ann").state == "approved"


@pytest.mark.parametrize("key", ["asthma", "next-door"])
@pytest.mark.parametrize("purpose", ["board", "public"])
def test_health_and_accusation_do_not_leave_the_team_and_the_reason_is_given(key, purpose, quotes):
    with pytest.raises(CannotQuote, match="health or accuse somebody"):
        quotes.put_forward(key, purpose, "Jo", consent=ASKED)
    assert quotes.queue() == ()
    assert approved_by(quotes, quotes.put_forward(key, "team", "Jo"), "Ann", "Bo").state == "approved"


def test_a_public_quote_has_no_estate_beside_it_nor_in_it(quotes):
    with pytest.raises(CannotQuote, match="names the estate Ash Court"):
        quotes.put_forward("lift", "public", "Jo", place=LIFT, consent=ASKED, estates=ESTATES)
    quote = quotes.put_forward(
        "lift", "public", "Jo", part="[name] was kind.", place=LIFT, consent=ASKED, estates=ESTATES
    )
    assert (quote.words, quote.place, quote.consent) == ("[name] was kind.", (), ASKED)
    with pytest.raises(CannotQuote, match="names the estate Elm Rise"):
        quotes.paraphrase(quote.quote_id, "Bo", "Somebody on elm rise was kind", estates=ESTATES)


def test_a_public_quote_says_how_it_stands_with_the_persons_leave(quotes):
    with pytest.raises(CannotQuote, match="whether the person was asked"):
        quotes.put_forward("lift", "public", "Jo", part="was kind")
    assert quotes.put_forward("lift", "board", "Jo", consent=ASKED).consent == ""


@pytest.mark.parametrize("words", ["Ring Mrs Patel on 07700 900123", "Write to jo@example.org"])
def test_a_paraphrase_with_a_personal_detail_is_refused_without_repeating_it(words, quotes):
    quote = quotes.put_forward("lift", "team", "Jo")
    with pytest.raises(CannotQuote, match="personal detail") as refused:
        quotes.paraphrase(quote.quote_id, "Bo", words)
    assert not any(each in str(refused.value) for each in ("Patel", "07700", "example"))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"purpose": "press"}, "not for 'press'"),
        ({"part": "The lift is broken"}, "as it is shown"),
        ({"part": "."}, "Choose a part"),
        ({"who": " "}, "name is needed"),
    ],
)
def test_what_means_nothing_is_refused(asked, why, quotes):
    said = {"text_key": "lift", "purpose": "team", "who": "Jo", **asked}
    with pytest.raises((CannotQuote, CannotCorrect), match=why):
        quotes.put_forward(**said)
    with pytest.raises(NotHeld, match="has been read"):
        quotes.put_forward("elsewhere", "team", "Jo")


def test_the_same_words_are_not_put_forward_twice(quotes):
    quote = quotes.put_forward("lift", "team", "Jo")
    with pytest.raises(CannotQuote, match="in the queue"):
        quotes.put_forward("lift", "team", "Ann")
    quotes.withdraw(quote.quote_id, "Ann")
    assert quotes.put_forward("lift", "team", "Ann").state == "waiting for two people"


def test_a_quote_is_withdrawn_for_good(quotes):
    quote = approved_by(quotes, quotes.put_forward("lift", "team", "Jo"), "Ann", "Bo")
    quote = quotes.withdraw(quote.quote_id, "Cy", "the person asked for it")
    assert (quote.state, quote.reason) == ("withdrawn", "by Cy: the person asked for it")
    assert quotes.approved("team") == ()
    for again in (
        lambda: quotes.approve(quote.quote_id, "Di", quote.digest),
        lambda: quotes.paraphrase(quote.quote_id, "Di", "glad"),
        lambda: quotes.withdraw(quote.quote_id, "Di"),
    ):
        with pytest.raises(CannotQuote, match="withdrawn"):
            again()
    with pytest.raises(CannotQuote, match="Say why"):
        quotes.withdraw(quotes.put_forward("asthma", "team", "Jo").quote_id, "Di", "she said so")


# ── What is found out later ──────────────────────────────────────────────────────────────────────


def test_an_approved_quote_is_held_back_once_more_is_taken_out_of_the_comment(quotes, readings, tmp_path):
    quote = approved_by(quotes, quotes.put_forward("lift", "board", "Jo"), "Ann", "Bo")
    Corrections(tmp_path, readings).hide("lift", "Ash Court", "address", "Jo")
    quote = quotes.quote(quote.quote_id)
    assert (quote.state, quote.words) == ("held back", "")
    assert "put it forward again" in quote.reason
    assert quotes.approved("board") == ()
    assert quotes.put_forward("lift", "board", "Jo").words == "The lift on [address] is mended. [name] was kind."


def test_an_approved_quote_is_held_back_once_another_reader_flags_the_comment(quotes, tmp_path):
    outside = approved_by(quotes, quotes.put_forward("lift", "board", "Jo"), "Ann", "Bo")
    inside = approved_by(quotes, quotes.put_forward("lift", "team", "Jo"), "Ann", "Bo")
    anew = Readings(tmp_path / "readings", "v2")
    anew.keep([reading("lift", WORDS, flags=("health",))])
    after = Quotes(tmp_path, anew)
    assert "does not leave the team" in after.quote(outside.quote_id).reason
    assert after.quote(inside.quote_id).state == "approved"
    with pytest.raises(CannotQuote, match="held back"):
        after.approve(outside.quote_id, "Cy", outside.digest)


def test_what_may_go_to_the_public_may_go_to_the_board(quotes):
    quote = quotes.put_forward("lift", "public", "Jo", part="was kind", consent=ASKED)
    approved_by(quotes, quote, "Ann", "Bo")
    assert [len(quotes.approved(purpose)) for purpose in ("team", "board", "public")] == [1, 1, 1]
    approved_by(quotes, quotes.put_forward("lift", "team", "Jo"), "Ann", "Bo")
    assert [len(quotes.approved(purpose)) for purpose in ("team", "board", "public")] == [2, 1, 1]


def test_everything_stands_in_the_ledger_and_no_words_do(quotes, tmp_path):
    quote = quotes.put_forward("lift", "team", "Jo", place=LIFT)
    quote = quotes.paraphrase(quote.quote_id, "Ann", "Glad of a lift")
    approved_by(quotes, quote, "Bo")
    quotes.withdraw(quote.quote_id, "Cy")
    lines = Ledger(tmp_path).entries()
    assert [(line.action, line.detail["who"]) for line in reversed(lines)] == [
        ("put quote forward", "Jo"),
        ("paraphrase quote", "Ann"),
        ("approve quote", "Bo"),
        ("withdraw quote", "Cy"),
    ]
    assert not any(word in str(line.detail) for line in lines for word in ("lift is", "kind", "Glad", "Ash Court"))


def test_the_same_person_in_two_windows_at_once_is_one_person(tmp_path, readings):
    quote = Quotes(tmp_path, readings).put_forward("lift", "team", "Jo")

    def approve(_):
        try:
            Quotes(tmp_path, readings).approve(quote.quote_id, "Ann", quote.digest)
        except CannotQuote:
            return

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(approve, range(6)))
    assert Quotes(tmp_path, readings).quote(quote.quote_id).approved_by == ("Ann",)
