"""Offers: a home stands beside one only by the tenant's leave twice over, and never against a refusal."""

from __future__ import annotations

from contextlib import closing

import duckdb
import pytest
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Question, Reading, Redacted, Strength, Tone
from analysis.text.reading import text_key
from data.assets import Assets, Words
from data.generation import Generation, NotHeld
from data.ledger import Ledger
from data.offers import AGREED, DECLINED, HOW, NoLeave, OfferBook, attributable
from data.readings import Readings
from tests.support.small_survey import QUESTION

ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)
NAMED = (1, 2, 3, 4)  # offers of tenants who said that their answers may be attributed; 5 and 6 did not
PEOPLE = [
    {"reference": "P3", "home": "Ash CourtLCRA3", "do_not_contact": True},
    {"reference": "P4", "home": "Ash CourtLCRA4", "objects": True},
]


@pytest.fixture
def held(tmp_path):
    """Six offers: two that may be asked about, one barred from contact, one who objects, two not attributed."""
    homes = homes_on("Ash Court", 8)
    changes = ["update responses set may_attribute = true, household = 'Ash CourtLCRA' || respondent "
               f"where respondent in {NAMED}"]  # fmt: skip
    generation = generation_of(tmp_path / "store", {"homes": homes, "people": PEOPLE}, *changes)
    # A home is written beside a response when a generation is merged with its list of homes.
    path = generation.path
    generation.close()
    with duckdb.connect(str(path)) as con:
        con.execute(f"update responses set home = 'Ash CourtLCRA' || respondent where respondent in {NAMED}")
    generation = Generation(path)
    readings = Readings(tmp_path / "readings", "v1")
    readings.keep([_read(n) for n in range(1, 41)])
    yield generation, readings.select(), OfferBook(tmp_path / "book")
    generation.close()


def _read(n: int) -> Reading:
    text = f"the repair was quick, number {n}"
    strengths = (Strength("skills"),) if n <= 6 else ()
    return Reading(
        text_key(QUESTION, text), Redacted(text), Tone("positive", 0.5), (), False, "v1", strengths=strengths
    )


def test_offers_are_counted_by_what_may_be_done_with_them(held):
    generation, readings, book = held
    found = book.counted(generation, ASKED, readings)
    assert (found.found, found.unattributed, found.left_out, found.not_asked) == (6, 2, 2, 2)
    assert (found.agreed, found.declined, found.linked) == (0, 0, 0)


def test_no_home_is_told_before_consent_is_recorded_and_only_of_those_who_agree(held):
    generation, readings, book = held
    seen = book.seen(generation, ASKED, readings)
    assert len(seen.every) == 6 and len(seen.to_ask) == 2 and seen.to_follow_up == ()
    first, second = seen.to_ask
    book.record_consent(generation, first, AGREED, HOW[0], "Jo")
    book.record_consent(generation, second, DECLINED, HOW[1], "Jo")
    seen = book.seen(generation, ASKED, readings)
    assert seen.to_ask == ()
    assert [each.comment_id for each in seen.to_follow_up] == [first]
    assert seen.to_follow_up[0].home in ("Ash CourtLCRA1", "Ash CourtLCRA2")


def test_consent_cannot_be_recorded_where_attribution_was_not_allowed_or_contact_is_refused(held):
    generation, readings, book = held
    seen = book.seen(generation, ASKED, readings)
    for comment in set(seen.every) - set(seen.to_ask):
        with pytest.raises(NoLeave, match="cannot be traced"):
            book.record_consent(generation, comment, AGREED, HOW[0], "Jo")
    with pytest.raises(NoLeave, match="how it is known"):
        book.record_consent(generation, seen.to_ask[0], AGREED, "I think so", "Jo")
    assert not book.recorded()


def test_an_offer_is_not_followed_up_at_a_home_whose_tenant_has_moved_out(held):
    """Ash CourtLCRA1 was let anew after its tenant wrote; at Ash CourtLCRA2 the same tenant still lives."""
    generation, readings, book = held
    path = generation.path
    generation.close()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into people (reference, home, start_day, end_day) values "
            "('P1', 'Ash CourtLCRA1', date '2020-01-01', date '2024-08-31'), "
            "('P9', 'Ash CourtLCRA1', date '2024-09-15', null), ('P2', 'Ash CourtLCRA2', date '2020-01-01', null)"
        )
    with closing(Generation(path)) as later:
        seen = book.seen(later, ASKED, readings)
        assert list(attributable(later, list(seen.every)).values()) == ["Ash CourtLCRA2"]
        assert len(seen.to_ask) == 1
        counted = book.counted(later, ASKED, readings)
        assert (counted.found, counted.left_out, counted.not_asked) == (6, 3, 1)


def test_consent_is_taken_back_and_the_home_with_it(held):
    generation, readings, book = held
    (first, _) = book.seen(generation, ASKED, readings).to_ask
    book.record_consent(generation, first, AGREED, HOW[0], "Jo")
    entry = book.recorded()[first].consent_entry
    book.take_back(entry, "Bo")
    assert book.seen(generation, ASKED, readings).to_follow_up == ()
    with pytest.raises(NotHeld):
        book.take_back(entry, "Bo")


def test_an_offer_is_linked_to_an_asset_whoever_made_it_and_the_ledger_holds_no_home(held, tmp_path):
    generation, readings, book = held
    asset = Assets(tmp_path / "book").add(Words("group", "Choir", ""), "Jo", ())
    every = book.seen(generation, ASKED, readings).every
    for comment in every:
        book.link(comment, asset.asset_id, "Jo")
    assert book.linked() == {asset.asset_id: 6}
    assert book.counted(generation, ASKED, readings).linked == 6
    assert "LCRA" not in str(Ledger(tmp_path / "book").entries())
    Assets(tmp_path / "book").withdraw(asset.asset_id, "Jo")
    assert book.linked() == {}
    with pytest.raises(NotHeld, match="taken out"):
        book.link(every[0], asset.asset_id, "Jo")
