"""Themes: found the same way every time, kept from month to month, refused where they are not worth showing."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from analysis.themes import AGAINST, FOR, NEITHER, belonging, find, space_of_meanings, space_of_words
from analysis.themes.finding import MOST, Theme

EMPTY = frozenset(["the", "and"])
SUBJECTS = {
    "mould": "black mould bedroom wall",
    "lift": "lift stuck ground floor",
    "rats": "rats bin store pest",
    "charge": "service charge letter account",
    "boiler": "boiler heating radiator cold",
    "grass": "grass garden flowers tidy",
}
WIDTH = 384


def comments(subjects, tone, n, start=0, spread=0.03, seed=1):
    """So many comments of each subject: keys, texts, tones and meanings near the subject's own direction."""
    rng = np.random.default_rng(seed)
    keys, texts, tones, vectors = [], [], [], []
    for subject in subjects:
        direction = np.eye(WIDTH)[list(SUBJECTS).index(subject)]
        for number in range(start, start + n):
            keys.append(f"{tone}{subject}{number:04}")
            texts.append(f"{SUBJECTS[subject]} word{chr(97 + number % 26)} number {number}")
            tones.append(tone)
            vectors.append(direction + rng.normal(0, spread, WIDTH))
    found = np.array(vectors, dtype=np.float32)
    return keys, texts, tones, found / np.linalg.norm(found, axis=1, keepdims=True)


def together(*sets):
    keys, texts, tones, vectors = zip(*sets, strict=True)
    return [*chain(*keys)], [*chain(*texts)], [*chain(*tones)], np.concatenate(vectors)


def looked(keys, texts, tones, places, **more):
    return find(keys, texts, tones, places.__getitem__, EMPTY, "2026-11-29", **more)


AUTUMN = together(
    comments(["mould", "lift", "rats", "charge"], "negative", 60), comments(["grass", "boiler"], "positive", 60)
)


def of(found, side):
    return [theme for theme in found.themes if theme.side == side]


def test_each_subject_becomes_a_theme_of_its_side_called_by_its_phrases():
    found = looked(*AUTUMN)
    assert len(of(found, AGAINST)) == 4
    for words in ("black mould", "lift stuck", "rats bin", "service charge"):
        assert any(set(words.split()) & set(" ".join(theme.telling).split()) for theme in of(found, AGAINST))
    assert len(of(found, FOR)) == 2
    assert len({theme.title for theme in found.themes}) == 6
    assert found.new == tuple(theme.key for theme in found.themes)
    assert found.reasons == {NEITHER: "0 different comments to look at; 60 are needed"}


def test_no_two_titles_share_a_phrase_where_it_can_be_helped():
    found = looked(
        *together(comments(["lift", "mould", "rats"], "negative", 60), comments(["grass", "boiler"], "positive", 60))
    )
    phrases = [phrase for theme in found.themes if theme.side == AGAINST for phrase in theme.title.lower().split(", ")]
    assert len(phrases) == len(set(phrases))


def test_praise_and_criticism_of_one_thing_stay_two_themes():
    found = looked(
        *together(comments(["boiler", "lift"], "negative", 60), comments(["boiler", "grass"], "positive", 60))
    )
    sides = {theme.side for theme in found.themes if "boiler" in " ".join(theme.telling)}
    assert sides == {AGAINST, FOR}


def test_the_same_comments_in_another_order_give_the_same_themes():
    keys, texts, tones, places = AUTUMN
    one = looked(*AUTUMN)
    order = np.random.default_rng(3).permutation(len(keys))
    other = looked([keys[i] for i in order], [texts[i] for i in order], [tones[i] for i in order], places[order])
    assert [(each.key, each.title) for each in one.themes] == [(each.key, each.title) for each in other.themes]
    assert all(np.array_equal(a.centre, b.centre) for a, b in zip(one.themes, other.themes, strict=True))


def test_copies_of_a_comment_and_comments_of_nothing_change_no_theme():
    keys, texts, tones, places = AUTUMN
    copies = [f"zz{n}" for n in range(200)]
    more = looked(
        keys + copies, texts + [texts[0].upper()] * 100 + ["12"] * 100, tones + ["negative"] * 200,
        np.concatenate([places, np.repeat(places[:1], 200, axis=0)]),
    )  # fmt: skip
    assert [theme.title for theme in more.themes] == [theme.title for theme in looked(*AUTUMN).themes]


def test_a_new_month_keeps_every_theme_and_adds_only_what_is_far_from_all():
    first = looked(*AUTUMN)
    winter = together(
        AUTUMN, comments(["mould", "lift"], "negative", 60, start=60, seed=2), comments(["boiler"], "negative", 60)
    )
    second = looked(*winter, held=first.themes, seen=frozenset(AUTUMN[0]))
    assert second.themes[: len(first.themes)] == first.themes
    (added,) = second.new
    assert added == f"{AGAINST}-5"
    assert "boiler" in " ".join(second.themes[-1].telling)


def test_looking_again_at_the_same_comments_adds_nothing():
    keys, texts, tones, places = together(AUTUMN, comments(["boiler"], "negative", 60))
    first = looked(*AUTUMN)
    assert looked(keys, texts, tones, places, held=first.themes, seen=frozenset(keys)).new == ()
    assert looked(*AUTUMN, held=first.themes, seen=frozenset(AUTUMN[0])).new == ()


def test_a_full_side_says_so_and_takes_no_more():
    full = tuple(
        Theme(f"{AGAINST}-{n}", AGAINST, str(n), (), "", np.eye(WIDTH, dtype=np.float32)[WIDTH - 1 - n])
        for n in range(MOST[AGAINST])
    )
    found = looked(*AUTUMN, held=full)
    assert len(of(found, AGAINST)) == MOST[AGAINST]
    assert "already" in found.reasons[AGAINST]


def test_no_more_than_twenty_five_themes_in_all():
    assert sum(MOST.values()) == 25


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (comments(["mould"], "negative", 30), "30 different comments"),
        (comments(["mould"], "negative", 120, spread=0.005), "two themes or more"),
        (together(comments(["mould"], "negative", 200), comments(["lift"], "negative", 30)), "more than half"),
        (comments(list(SUBJECTS), "negative", 60, spread=1.0), "near no theme|two themes or more|overlap"),
    ],
    ids=["few", "one subject", "one large", "noise"],
)
def test_a_set_that_is_not_worth_showing_is_refused_with_the_reason(made, reason):
    found = looked(*made)
    assert of(found, AGAINST) == []
    assert any(part in found.reasons[AGAINST] for part in reason.split("|"))


def test_a_comment_belongs_to_the_nearest_theme_of_its_own_side_or_to_none():
    themes = [
        Theme("against-1", AGAINST, "", (), "", np.eye(3, dtype=np.float32)[0]),
        Theme("for-1", FOR, "", (), "", np.eye(3, dtype=np.float32)[1]),
    ]
    nearness = np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.9], [0.3, 0.9], [0.9, 0.9]], dtype=np.float32)
    tones = ["negative", "positive", "mixed", "mixed", "unsure"]
    assert belonging(nearness, tones, themes).tolist() == [0, -1, -1, 0, -1]


# ── Where texts stand ────────────────────────────────────────────────────────────────────────────


def test_what_all_comments_have_in_common_tells_nothing():
    vectors = np.array([[1, 1, 0], [1, 0, 1]], dtype=np.float32)
    placed = space_of_meanings(vectors).place((), vectors)
    assert float(placed[0] @ placed[1]) == pytest.approx(-1)


def test_without_a_sentence_model_like_words_stand_near_one_another_and_new_texts_are_placed_alike():
    keys, texts, tones, _ = AUTUMN
    space = space_of_words(texts, 6)
    placed = space.place(texts)
    assert np.allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-5)
    assert np.allclose(space.place(texts[:5]), placed[:5], atol=1e-6)
    found = looked(keys, texts, tones, placed)
    assert len(of(found, AGAINST)) == 4
    assert not space.place(["zebra"]).any()
