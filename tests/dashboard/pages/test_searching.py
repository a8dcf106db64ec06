"""Two parts of What tenants say: looking for comments, and the themes among them."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.model import Mention, Reading, Redacted, Tone
from dashboard import actions, searching
from dashboard.words import WORD_JOINER
from data.language import load_language
from data.readings import Readings
from data.settings import read_settings
from data.store import Store
from data.voices import unread

PAGE = "what-tenants-say"
SEARCH, THEMES = {"spoken-part": "Search"}, {"spoken-part": "Themes"}
SUBJECTS = (
    "The black mould on the bedroom wall is back",
    "Our lift was stuck on the ground floor",
    "There are rats in the <b>bin</b> store again",
)


@pytest.fixture
def written(small):
    """A hundred and fifty who complained of three things, read; there is no sentence model."""
    home = small(read=False, answers=150)
    (home / "settings.toml").write_text('model_folder = "nowhere"\n', encoding="utf-8")
    store = Store(home / "landlord", "real")
    held = store.current()
    kept = Readings(store.readings_folder, load_language().version)
    kept.keep(
        [
            Reading(
                key,
                Redacted(f"{SUBJECTS[n % 3]}, number {n}"),
                Tone("negative", -0.5),
                (Mention("listening", "negative"),),
                False,
                "test",
            )
            for n, (key, _, _) in enumerate(unread(held, kept.select(), 1_000))
        ]
    )
    held.close()
    return home


@pytest.fixture
def themed(written):
    """Themes were looked for already."""
    settings = read_settings()
    held = actions.store_in_use(settings).current()
    found = searching.look_for_themes(settings, held, date(2026, 11, 29))
    held.close()
    assert len(found.themes) == 3
    return settings


def shown(page):
    return [element.value for element in page.text]


def told(page):
    """The sentences of a page, without the signs that keep markdown from acting on them."""
    found = [element.value for kind in (page.markdown, page.caption, page.warning) for element in kind]
    return " ".join(found).replace("\\", "").replace(WORD_JOINER, "")


# ── Search ───────────────────────────────────────────────────────────────────────────────────────


def test_comments_with_the_words_are_shown_as_text_with_what_was_found(written, draw):
    page = draw(PAGE, **SEARCH)
    page.text_input(key="search-words").set_value("rat").run()
    assert not page.exception
    assert len(shown(page)) == 20
    assert all(text.startswith("There are rats in the <b>bin</b> store") for text in shown(page))
    assert "Found in surveys, LCRA: 50" in told(page)
    assert "found: rats" in told(page)
    assert "Not looked through" not in told(page)
    page.button(key="search-more").click().run()
    assert len(shown(page)) == 40
    page.text_input(key="search-words").set_value("mould").run()
    assert len(shown(page)) == 20


def test_a_search_that_cannot_be_understood_says_what_to_write(written, draw):
    page = draw(PAGE, **SEARCH)
    page.text_input(key="search-words").set_value('"black mould').run()
    assert not page.exception
    assert "is not closed" in told(page)


def test_without_the_model_a_search_by_meaning_says_so(written, draw):
    page = draw(PAGE, **SEARCH)
    page.text_input(key="search-words").set_value("vermin").run()
    page.radio(key="search-how").set_value("something like this").run()
    assert "only words can be searched" in told(page)
    assert shown(page) == []


def test_everything_held_may_be_searched_and_what_is_looked_for_stays_out_of_the_address(written, draw):
    page = draw(PAGE, **SEARCH)
    page.radio(key="search-where").set_value("everything held").run()
    page.text_input(key="search-words").set_value("lift").run()
    assert not page.exception
    assert "Found in surveys" in told(page)
    assert not any("lift" in str(value) for value in page.query_params.values())


# ── Themes ───────────────────────────────────────────────────────────────────────────────────────


def test_themes_are_looked_for_with_a_click(written, draw):
    page = draw(PAGE, **THEMES)
    assert "No themes have been looked for yet." in told(page)
    page.button(key="look-for-themes").click().run()
    assert not page.exception
    assert [fold.label for fold in page.expander if "150 comments" in fold.label] != []
    assert page.success[0].value.replace("\\", "").startswith("New themes: 3")


def test_a_theme_opens_with_its_quotes_as_text(themed, draw):
    page = draw(PAGE, **THEMES)
    page.session_state["theme-against-1"] = True
    page.run()
    assert not page.exception
    assert len(shown(page)) == 1
    assert "In no theme" in told(page)


def test_a_theme_is_renamed_on_the_page_and_the_name_is_text(themed, draw):
    searching.rename_theme(themed, "against-1", "Back *again* <i>", "Ann")
    page = draw(PAGE, **THEMES)
    assert not page.exception
    assert any(r"Back \*again\* \<i\>" in fold.label for fold in page.expander)


@pytest.mark.parametrize("part", [SEARCH, THEMES], ids=["search", "themes"])
def test_words_are_for_the_landlords_own_people(themed, draw, part):
    page = draw(PAGE, **part, audience="public")
    assert not page.exception
    assert shown(page) == []
    assert not any("against-" in str(fold.label) for fold in page.expander)


@pytest.mark.parametrize("part", [SEARCH, THEMES], ids=["search", "themes"])
def test_both_draw_with_the_sample(sample, draw, part):
    assert not draw(PAGE, **part).exception
