"""Treated with respect: the label, the paradox, what waits for tenants, and only approved words outside the team."""

from __future__ import annotations

import pytest
from incoming_records import small_records
from judged_survey import judged_incoming

from analysis.model import Mention, Reading, Redacted, Tone
from analysis.model.told import Told
from data.language import load_language
from data.quotes import Quotes
from data.readings import Readings
from data.stigma import published_figures
from data.store import Store
from data.voices import unread
from tests.dashboard.pages.test_respect import said

RESPECT = "treated-with-respect"
TOLD = {"respect-part": "Told"}
LABEL = "Locally designed, not a validated scale, not yet agreed with tenants."
BY_STAFF = Told(("landlord_staff",), ("disrespect",), ((4, 10),))


@pytest.fixture
def landlord(home):
    """Renters who were asked, each with a comment; the first of every four tells of being judged."""

    def publish(answers=80, teams=(), telling=20):
        store = Store(home / "landlord", "real")
        generation = store.publish(judged_incoming(answers))
        readings = Readings(store.readings_folder, load_language().version)
        found = unread(generation, readings.select(), 1000)
        spoken = (Mention("fairness_stigma", "negative"),)
        told = [BY_STAFF if place < telling else None for place in range(len(found))]
        readings.keep(
            [
                Reading(key, Redacted(text), Tone("negative", -0.5), spoken, False, "test", told=each)
                for (key, _, text), each in zip(found, told, strict=True)
            ]
        )
        generation.close()
        if teams:
            store.publish(small_records(sha256="b" * 64, teams=teams)).close()
        return store, readings, [key for (key, _, _) in found]

    return publish


def everything(page):
    shown = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.info, *page.text]
    return " ".join(each.value.replace("\\", "").replace("⁠", "") for each in shown)


def downloads(page):
    return [each.proto.label for each in page.get("download_button")]


def test_the_label_the_paradox_and_the_support_stand_on_the_page(draw, landlord):
    landlord()
    page = draw(RESPECT)
    assert not page.exception
    words = everything(page)
    assert LABEL in words and "Samaritans" in words
    assert "Of the tenants who agree that they are treated fairly and with respect (TP08), 34% felt judged" in words
    assert "33% felt judged or treated worse for living in social housing (" in words
    assert "Skipped or not said: 2." in words


def test_every_figure_of_the_module_carries_the_label(draw, landlord):
    landlord()
    page = draw(RESPECT)
    captions = [each.value.replace("\\", "") for each in page.caption]
    assert sum("locally designed, not a validated scale" in each for each in captions) >= 4


def test_what_others_published_is_context_with_its_sample_and_never_74_per_cent_of_tenants(draw, landlord):
    landlord()
    words = everything(draw(RESPECT))
    assert "about 620 answered this" in words and "never a target" in " ".join(e.label for e in draw(RESPECT).expander)
    assert "74%" not in words and "74 %" not in words
    assert not [each for each in published_figures() if not (each.when and each.sample and each.asked and each.source)]


def test_shared_owners_are_told_which_questions_are_not_theirs(draw, landlord):
    landlord()
    words = everything(draw(RESPECT, group="LCHO"))
    assert "felt judged or treated worse for living" not in words and "Not put to this tenure group" in words
    assert "were made to feel embarrassed about living in their home (" in words


def test_until_tenants_have_seen_them_nothing_can_be_saved_and_no_estate_is_shown(draw, landlord, home):
    landlord()
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text("[stigma]\ntenants_see_results_first = 2199-01-01\n", encoding="utf-8")
    page = draw(RESPECT, **{"judged-answer": "ST01 Felt judged"})
    assert not page.exception
    assert "Tenants see results first on 1 January 2199" in everything(page)
    assert "held back until tenants have seen the results first" in everything(page)
    assert not downloads(page)
    told = draw(RESPECT, **TOLD)
    assert not downloads(told) and not told.exception


def test_an_answer_by_estate_stands_in_the_order_of_names(draw, landlord):
    landlord()
    page = draw(RESPECT, **{"judged-answer": "ST01 Felt judged"})
    table = next(t.value for t in page.table if "Estate" in t.value.columns)
    assert [name.replace("\\", "") for name in table["Estate"]] == ["Ash Court", "Beech Row"]


def test_a_patch_among_the_characteristics_is_never_offered(draw, landlord):
    landlord()
    assert draw(RESPECT).selectbox(key="by").options == ["Estate", "Tenure", "Length of tenancy"]


def test_inside_the_team_the_words_it_was_read_from_are_marked(draw, landlord):
    landlord()
    page = draw(RESPECT, **TOLD)
    assert not page.exception
    assert page.text[0].value.startswith("the ⟦repair⟧ was quick")
    assert "25% of the comments tell of being judged" in everything(page)


def test_outside_the_team_only_approved_quotes_are_shown(draw, landlord):
    store, readings, keys = landlord()
    quotes = Quotes(store.folder, readings)
    mine = quotes.put_forward(keys[0], "public", "Ann", consent="asked, and agreed")
    waiting = quotes.put_forward(keys[1], "public", "Ann", consent="asked, and agreed")
    for who in ("Ann", "Bo"):
        mine = quotes.approve(mine.quote_id, who, mine.digest)
    page = draw(RESPECT, audience="public", **TOLD)
    assert [each.value for each in page.text] == [mine.words]
    assert waiting.words not in everything(page)


def test_asked_and_told_are_beside_each_other_with_their_bases_in_words(draw, landlord):
    landlord()
    page = draw(RESPECT, **TOLD)
    headings = [" ".join(t.value.columns).replace("\\", "") for t in page.table]
    assert any("Asked: of 26 tenants who said yes" in each and "Told: of 20 comments" in each for each in headings)
    assert "Two different things are set side by side" in everything(page)


def test_the_sample_draws_both_parts(draw, sample):
    for part in ("Asked", "Told"):
        page = draw(RESPECT, **{"respect-part": part})
        assert not page.exception
    assert said(draw(RESPECT)).count("felt judged") >= 2
