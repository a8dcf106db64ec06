"""Comments counted: shares of what was read, place by place, and nothing of a handful of people."""

from __future__ import annotations

import pandas as pd

from analysis.voices import hear

TITLES = {"repairs_time": "Repairs: how long they take"}


def tones(**counted: int | None) -> pd.DataFrame:
    return pd.DataFrame([{"tone": None if tone == "unread" else tone, "n": n} for tone, n in counted.items()])


def topics(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["topic", "polarity", "n"])


def people(n: int) -> pd.DataFrame:
    return pd.DataFrame({"n": [n]})


def test_shares_are_of_the_comments_read_and_the_unread_are_counted_apart():
    heard = hear(tones(positive=15, negative=5, unread=10), topics(), people(28), TITLES, 10)
    assert (heard.comments, heard.commenters, heard.unread) == (30, 28, 10)
    assert (heard.tones["positive"].value, heard.tones["positive"].base) == (0.75, 20)
    assert heard.tones["mixed"].value == 0.0


def test_a_theme_says_how_it_was_spoken_of_most_mentioned_first():
    said = topics(("asb_noise", "negative", 2), ("repairs_time", "negative", 6), ("repairs_time", "positive", 1))
    first, second = hear(tones(positive=20), said, people(20), TITLES, 10).themes
    assert (first.topic, first.title, first.share.yes, first.positive, first.negative, first.neutral) == (
        "repairs_time",
        "Repairs: how long they take",
        7,
        1,
        6,
        0,
    )
    assert (second.topic, second.title) == ("asb_noise", "asb_noise")


def test_few_comments_are_withheld_with_the_reason():
    heard = hear(tones(positive=9), topics(("asb_noise", "negative", 2)), people(9), TITLES, 10)
    assert heard.withheld == "fewer than 10 comments"
    assert heard.themes == ()
    assert [share.value for share in heard.tones.values()] == [None] * 5


def test_many_comments_of_few_people_are_withheld_too():
    heard = hear(tones(negative=25), topics(("asb_noise", "negative", 25)), people(4), TITLES, 10)
    assert heard.withheld == "fewer than 10 people commented"
    assert heard.themes == ()
    assert {share.withheld for share in heard.tones.values()} == {"fewer than 10 people commented"}


def test_each_place_has_voices_of_its_own_and_the_whole_is_their_sum():
    by_tone = pd.DataFrame(
        {"estate": ["Ash", "Ash", "Beech"], "tone": ["positive", "negative", "positive"], "n": [10, 10, 3]}
    )
    by_topic = pd.DataFrame({"estate": ["Ash"], "topic": ["asb_noise"], "polarity": ["negative"], "n": [4]})
    wrote = pd.DataFrame({"estate": ["Ash", "Beech"], "n": [20, 3]})
    heard = hear(by_tone, by_topic, wrote, TITLES, 10, by="estate")
    ash, beech = heard.groups[("estate", "Ash"),], heard.groups[("estate", "Beech"),]
    assert (heard.comments, ash.comments, beech.comments) == (23, 20, 3)
    assert ash.tones["positive"].value == 0.5
    assert beech.withheld == "fewer than 10 comments"


def test_a_topic_nobody_spoke_of_in_a_place_has_a_share_of_nought_there():
    by_tone = pd.DataFrame({"estate": ["Ash", "Beech"], "tone": ["positive", "positive"], "n": [20, 20]})
    by_topic = pd.DataFrame({"estate": ["Ash"], "topic": ["asb_noise"], "polarity": ["negative"], "n": [4]})
    wrote = pd.DataFrame({"estate": ["Ash", "Beech"], "n": [20, 20]})
    (theme,) = hear(by_tone, by_topic, wrote, TITLES, 10, by="estate").groups[("estate", "Beech"),].themes
    assert (theme.topic, theme.share.value, theme.share.base, theme.negative) == ("asb_noise", 0.0, 20, 0)


def test_no_comments_at_all_is_said_not_failed():
    empty = hear(tones().reindex(columns=["tone", "n"]), topics(), pd.DataFrame({"n": []}), TITLES, 10)
    assert (empty.comments, empty.withheld) == (0, "fewer than 10 comments")
