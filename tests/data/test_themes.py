"""Themes of a store: found once, kept, told with intervals and quotes; what people say of them stands over them."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import WHOLE_LANDLORD, Mention, Reading, Redacted, Tone
from analysis.text.reading import text_key
from analysis.themes import AGAINST, FOR
from data.generation import NotHeld
from data.readings import Readings
from data.searching import Search, Searcher
from data.store import Store
from data.themes import Kept, look, tell, texts_of
from data.vectors import Vectors, vector_key

SUBJECTS = (
    ("The black mould on the bedroom wall is back", "damp_mould", "negative"),
    ("Our lift was stuck on the ground floor", "building_safety", "negative"),
    ("There are rats in the bin store again", "pests", "negative"),
    ("Fresh paint and a repaired lift, what a difference", "repairs_quality", "positive"),
    ("Such a tidy garden with flowers by the grass", "communal_cleaning", "positive"),
)
PEOPLE = 400
WIDTH = 384
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
EVERYBODY = Search(WHOLE_LANDLORD, wave="2024", tenure_group="LCRA")


def said(n):
    text, topic, tone = SUBJECTS[n % 5]
    return f"{text}, number {n}", topic, tone


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four hundred who wrote of five things, eighty of each; all but number 400 are read."""
    folder = tmp_path_factory.mktemp("themes")
    Store(folder, "real").publish(small_incoming(answers=PEOPLE)).close()
    kept = Readings(folder / "readings", "v1")
    kept.keep(
        [
            Reading(
                text_key(QUESTION, f"the repair was quick, number {n}"),
                Redacted(said(n)[0]),
                Tone(said(n)[2], 0.5),
                (Mention(said(n)[1], said(n)[2]),),
                n % 2 == 0,
                "v1",
            )
            for n in range(1, PEOPLE)
        ]
    )
    rng = np.random.default_rng(1)
    directions = np.eye(WIDTH, dtype=np.float32)[[n % 5 for n in range(1, PEOPLE)]]
    directions[:, 1] += np.array([1.0 if n % 5 == 3 else 0 for n in range(1, PEOPLE)])  # praise of the lift is near it
    meant = directions + rng.normal(0, 0.03, directions.shape).astype(np.float32)
    meant /= np.linalg.norm(meant, axis=1, keepdims=True)
    Vectors(folder / "vectors", "m").keep([vector_key(said(n)[0]) for n in range(1, PEOPLE)], meant)
    return folder


@pytest.fixture
def searcher(folder):
    held = Store(folder, "real").current()
    yield Searcher(held, Readings(folder / "readings", "v1"), folder, Vectors(folder / "vectors", "m"))
    held.close()


@pytest.fixture
def kept(tmp_path, searcher):
    """Themes looked for and kept, in a folder of the test's own."""
    themes = Kept(tmp_path)
    look(searcher, themes, "2026-11-29")
    return themes


def by_word(told, word):
    (found,) = [theme for theme in told.themes if word in " ".join(theme.telling)]
    return found


def test_a_theme_has_its_share_of_the_comments_read_with_an_interval(searcher, kept):
    told = tell(searcher, kept, EVERYBODY, 10)
    assert (told.comments, told.by, told.why) == (399, "meaning", "")
    assert [theme.side for theme in told.themes] == [AGAINST] * 3 + [FOR] * 2
    mould = by_word(told, "mould")
    assert (mould.share.yes, mould.share.base) == (79, 399)
    # Wilson's interval of 79 of 399 by hand, z = 1.96: (0.1619, 0.2400)
    assert (mould.share.low, mould.share.high) == (pytest.approx(0.162, abs=0.002), pytest.approx(0.240, abs=0.002))
    assert told.none.yes == 0
    assert (mould.topic, mould.topic_part) == ("damp_mould", 1.0)


def test_quotes_are_near_the_middle_and_one_sounds_the_other_way(searcher, kept):
    told = tell(searcher, kept, EVERYBODY, 10)
    lift = by_word(told, "ground")
    assert len(lift.typical) == 1  # all alike: quoted once
    assert "stuck" in lift.typical[0].text
    assert not lift.typical[0].sensitive
    assert "repaired lift" in lift.dissent.text
    assert by_word(told, "mould").dissent is None


def test_the_comments_of_a_theme_can_be_read_and_searched(searcher, kept):
    told = tell(searcher, kept, EVERYBODY, 10)
    mould, rats = by_word(told, "mould").key, by_word(told, "rats").key
    within = texts_of(searcher, kept, mould)
    found = searcher.find(EVERYBODY, 10, 100, within=within)
    assert len(found.hits) == 79
    assert all("mould" in hit.comment.text for hit in found.hits)
    assert not searcher.find(Search(WHOLE_LANDLORD, "rats"), 10, within=within).hits
    kept.merge(rats, mould, "Ann", NOON)
    assert texts_of(searcher, kept, mould).sum() == 79 + 80
    assert not texts_of(searcher, kept, rats).any()


def test_looking_again_keeps_every_theme_and_what_people_said(searcher, kept):
    before = kept.themes()
    kept.rename(before[0].key, "Mould that comes back", "Ann", NOON)
    assert look(searcher, kept, "2026-12-29").new == ()
    assert [theme.key for theme in kept.themes()] == [theme.key for theme in before]
    assert tell(searcher, kept, EVERYBODY, 10).themes[0].given in ("Ann", "")
    assert len(kept.said()) == 1
    look(searcher, kept, "2026-12-29", anew=True)
    assert kept.said() == ()


def test_a_narrower_choice_is_told_of_its_own_comments(searcher, kept):
    ash = Search(WHOLE_LANDLORD, wave="2024", tenure_group="LCRA", filters=(("estate", ("Ash Court",)),))
    assert tell(searcher, kept, ash, 10).comments == 199
    few = tell(searcher, kept, ash, 300)
    assert (few.themes, few.comments) == ((), 0)


def test_a_theme_renamed_merged_or_hidden_stays_so_until_it_is_taken_back(searcher, kept):
    told = tell(searcher, kept, EVERYBODY, 10)
    mould, rats, lift = (by_word(told, word).key for word in ("mould", "rats", "ground"))
    name = kept.rename(mould, "  Mould that  comes back ", "Ann", NOON)
    merged = kept.merge(rats, mould, "Bola", NOON)
    hidden = kept.hide(lift, "Ann", NOON)
    now = tell(searcher, kept, EVERYBODY, 10)
    one = by_word(now, "mould")
    assert (one.title, one.given, one.share.yes) == ("Mould that comes back", "Ann", 79 + 80)
    assert len(one.merged) == 1
    assert {theme.key for theme in now.themes if theme.side == AGAINST} == {mould}
    assert now.hidden == 1
    for each in (name, merged, hidden):
        assert kept.take_back(each.n, "Cy", NOON).back_by == "Cy"
    again = tell(searcher, kept, EVERYBODY, 10)
    assert [(t.key, t.title, t.share.yes) for t in again.themes] == [(t.key, t.title, t.share.yes) for t in told.themes]
    assert [(each.who, each.what, each.back_by) for each in kept.said()] == [
        ("Ann", "rename", "Cy"), ("Bola", "merge", "Cy"), ("Ann", "hide", "Cy")
    ]  # fmt: skip


def test_what_means_nothing_is_refused(kept):
    against = [theme.key for theme in kept.themes() if theme.side == AGAINST]
    (praise, *_) = [theme.key for theme in kept.themes() if theme.side == FOR]
    with pytest.raises(NotHeld, match="There is no theme 'x'"):
        kept.hide("x", "Ann")
    with pytest.raises(ValueError, match="Say who you are"):
        kept.hide(praise, " ")
    with pytest.raises(ValueError, match="1 to 80"):
        kept.rename(praise, "", "Ann")
    with pytest.raises(ValueError, match="kept apart"):
        kept.merge(praise, against[0], "Ann")
    kept.merge(against[0], against[1], "Ann")
    with pytest.raises(ValueError, match="already"):
        kept.merge(against[1], against[0], "Ann")
    with pytest.raises(ValueError, match="already"):
        kept.merge(against[0], against[2], "Ann")
    with pytest.raises(NotHeld, match="number 9"):
        kept.take_back(9, "Ann")


def test_without_meanings_themes_are_made_of_words_and_another_model_says_so(folder, searcher, tmp_path, kept):
    held = Store(folder, "real").current()
    by_words = Searcher(held, Readings(folder / "readings", "v1"), folder)
    own = Kept(tmp_path / "own")
    assert tell(by_words, own, EVERYBODY, 10).why == "No themes have been looked for yet."
    look(by_words, own, "2026-11-29")
    told = tell(by_words, own, EVERYBODY, 10)
    assert told.by == "words"
    assert by_word(told, "mould").share.yes == 79
    assert "another sentence model" in tell(by_words, kept, EVERYBODY, 10).why
    assert "another sentence model" in look(by_words, kept, "2026-11-29").reasons[AGAINST]
    held.close()
