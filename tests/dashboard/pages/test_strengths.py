"""Strengths on the page: five kinds apart, no praise of one officer, offers by leave only, a register to be undone."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from small_survey import small_incoming

from analysis.model import Reading, Redacted, Strength, Tone
from dashboard import strengths as strong
from dashboard.cli import main
from data.assets import Assets, Words
from data.language import load_language
from data.ledger import Ledger
from data.readings import Readings
from data.registers import strength_titles
from data.settings import read_settings
from data.store import Store
from data.voices import unread

PAGE, PART, OFFERS = "what-tenants-say", {"spoken-part": "Strengths"}, {"spoken-part": "Offers and assets"}
PATCHES = (
    "alter table responses add column c_patch varchar default 'North'; "
    "insert into dimensions values ('c_patch', 'Patch', 'Housing officer', false)"
)
KINDS = ("neighbours", "skills", "groups", "place", "staff")


def read(key: str, text: str) -> Reading:
    """Number n tells of the n-th kind, one after another, for the first thirty; the rest tell of none."""
    n = int(text.split()[-1])
    strengths = (Strength(KINDS[n % 5]),) if n <= 30 else ()
    return Reading(
        key, Redacted(f"words of {n}"), Tone("positive", 0.5, (), 0.9), (), False, "test", strengths=strengths
    )


@pytest.fixture
def told(home: Path):
    """Publishes a survey of eighty, those up to a number traced to a home, and reads its comments."""

    def publish(*changes: str, traced: int = 0) -> Path:
        store = Store(home / "landlord", "real")
        incoming = small_incoming(answers=80)
        for change in (*changes, f"update responses set may_attribute = respondent <= {traced}"):
            incoming.connection.execute(change)
        generation = store.publish(incoming)
        incoming.connection.close()
        path = generation.path
        generation.close()
        with duckdb.connect(str(path)) as con:
            con.execute("update responses set home = 'H' || respondent where may_attribute")
        generation = store.current()
        readings = Readings(store.readings_folder, load_language().version)
        readings.keep([read(key, text) for key, _, text in unread(generation, readings.select(), 10_000)])
        generation.close()
        return home / "landlord"

    return publish


def said(page) -> str:
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def shown(page) -> list[str]:
    return [element.value for element in page.text]


def pressed(page, key: str):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def test_all_five_kinds_are_told_apart_with_their_base_though_nobody_told_of_one(draw, told):
    told(
        "update comments set text = 'number 31', text_key = md5(text_key) where respondent % 5 = 2 and respondent < 31"
    )
    text = said(draw(PAGE, **PART))
    for title in strength_titles().values():
        assert f"{title}: " in text
    assert "Neighbours look out for each other: 8% (" in text and "80 comments)" in text
    assert "Groups and things done together: 0% (0% to" in text  # nobody told of these
    assert "do not add up to a whole" in text


def test_a_strength_is_told_by_place_over_time_and_in_its_words(draw, told):
    told()
    page = draw(PAGE, **PART, strength="Love of the place")
    assert not page.exception
    assert [header.value for header in page.header][:5] == [
        "Five kinds of strength", "Place by place", "Over time", "Read the words", "How this was made",
    ]  # fmt: skip
    assert {int(text.split()[-1]) % 5 for text in shown(page)} == {3}
    assert "There is only one survey with comments, so nothing can be said to move." in said(page)


def test_praise_of_staff_is_never_told_by_patch_nor_under_a_filter_of_one(draw, told, capsys):
    told(PATCHES)
    page = draw(PAGE, **PART, strength="Staff who made a difference")
    assert page.selectbox(key="by").options == ["Estate", "Tenure"]
    assert main(["strengths", "--where", "c_patch=North", "--json"]) == 0
    (survey,) = json.loads(capsys.readouterr().out)["surveys"]
    assert survey["withheld"] == "how tenants speak is never told by patch, team or officer"
    assert survey["strengths"] == []


def test_an_estate_of_two_officers_has_no_strengths_told_and_no_praise_under_its_filter(draw, told, monkeypatch):
    told()
    monkeypatch.setattr(strong.answers, "few_staffed", lambda generation, scope: frozenset({"Ash Court"}))
    staff = {"strength": "Staff who made a difference"}
    assert "Not shown, fewer than three staff serve it: Ash Court." in said(draw(PAGE, **PART, **staff))
    page = draw(PAGE, **PART, **staff, estate=["Ash Court"])
    assert "fewer than three staff serve Ash Court" in said(page) and not shown(page)


def test_a_comment_that_thanks_staff_names_no_place(draw, told):
    told()
    captions = [c.value for c in draw(PAGE, **PART, strength="Staff who made a difference").caption]
    assert not any("Ash Court" in c or "Beech Row" in c for c in captions if c.startswith("Positive"))
    captions = [c.value for c in draw(PAGE, **PART, strength="Love of the place").caption]
    assert any("Ash Court" in c or "Beech Row" in c for c in captions if c.startswith("Positive"))


def test_offers_are_a_number_until_consent_is_recorded_and_only_then_a_home_is_told(draw, told):
    folder = told(traced=10)  # 1 and 6 are offers of those who allowed it; 11, 16, 21 and 26 of others
    page = draw(PAGE, **OFFERS)
    assert "6 comments tell of skills or time" in said(page) and "never listed with a home: 4" in said(page)
    assert "home H" not in said(page)
    page.session_state["ask-list"] = True
    page.text_input(key="strengths-who").set_value("Jo").run()
    assert sorted(shown(page)) == ["words of 1", "words of 6"]
    asked = next(b.key for b in page.button if b.label == "Agreed to be asked about it")
    page = pressed(page, asked)
    assert "home H" in said(page) and "Jo, as given" in said(page)
    (line,) = Ledger(folder).of("record offer consent")
    assert "H1" not in json.dumps(dict(line.detail)) and "H6" not in json.dumps(dict(line.detail))
    back = next(b.key for b in page.button if b.label == "Take the consent back")
    assert "home H" not in said(pressed(page, back))


def test_outside_the_landlord_no_offer_asset_or_word_is_told(draw, told):
    folder = told(traced=10)
    Assets(folder).add(Words("hall", "Tenants' hall", ""), "Jo", ())
    for part in (PART, OFFERS):
        page = draw(PAGE, **part, audience="public")
        assert not page.exception and not shown(page) and "Tenants' hall" not in said(page)


def test_an_asset_is_added_and_undone_on_the_page_with_a_name_as_given(draw, told):
    told()
    page = draw(PAGE, **OFFERS)
    page.session_state["add-asset"] = True
    page.text_input(key="strengths-who").set_value("Jo").run()
    page.text_input(key="new-asset-name").set_value("Tenants' hall")
    page.selectbox(key="new-asset-estate").set_value("Ash Court")
    next(b for b in page.button if b.label == "Add it").click().run()
    assert not page.exception
    (asset,) = strong.assets_in_use(read_settings()).standing()
    assert (asset.words.name, asset.words.estate, asset.by) == ("Tenants' hall", "Ash Court", "Jo")
    assert "Tenants' hall is in the register." in said(page)
    page.session_state[f"asset-{asset.asset_id}-fold"] = True
    pressed(page.run(), f"asset-{asset.asset_id}-undo")
    assert not strong.assets_in_use(read_settings()).standing()


def test_without_a_name_nothing_is_kept_and_the_page_says_so(draw, told):
    told()
    page = draw(PAGE, **OFFERS)
    page.session_state["add-asset"] = True
    page.run()
    page.text_input(key="new-asset-name").set_value("Tenants' hall")
    next(b for b in page.button if b.label == "Add it").click().run()
    assert "A name is needed" in said(page)
    assert not strong.assets_in_use(read_settings()).every()


def test_the_register_is_there_without_comments_too(draw, told):
    folder = told("delete from comments")
    Assets(folder).add(Words("hall", "Tenants' hall", ""), "Jo", ())
    page = draw(PAGE)
    assert not page.exception and "Tenants' hall" in said(page)


def test_at_a_glance_nothing_is_told_of_an_estate_that_two_serve(draw, told, monkeypatch):
    told()
    monkeypatch.setattr(strong.answers, "few_staffed", lambda generation, scope: frozenset({"Ash Court"}))
    assert "Staff who made a difference" in drawn(draw(PAGE))
    page = draw(PAGE, estate=["Ash Court"])
    assert not drawn(page)
    assert "fewer than three staff serve Ash Court" in said(page)


def drawn(page) -> list[str]:
    """The names of the rows of every table of figures."""
    return [str(name).replace("\\", "") for table in page.table for name in table.value.iloc[:, 0]]
