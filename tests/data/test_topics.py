"""A landlord's own topics and words: added, read, and refused where they cannot be followed."""

from __future__ import annotations

import pytest

from analysis.text.reading import read
from data.language import load_language, reader_version
from data.registers import topic_belongings, topic_titles
from data.settings import SettingsError
from data.topics import topic_register

OWN = """
[pests]
keywords = "silverfish"
[bin_stores]
title = "Bin stores"
keywords = "bin store*, bin shed*"
unless = "new bin store*"
leaning = "negative"
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path))
    return tmp_path / "topics.toml"


def topics(text: str) -> set[str]:
    return {mention.topic for mention in read(text, "", load_language()).mentions}


def test_without_a_file_there_are_the_shipped_ones(own):
    assert len(topic_register()) == 27


def test_a_topic_and_words_of_their_own_are_read_at_once(own):
    before = reader_version()
    own.write_text(OWN, encoding="utf-8")
    assert topic_titles()["bin_stores"] == "Bin stores" and list(topic_titles())[-1] == "bin_stores"
    assert reader_version() != before  # everything is read again with them
    assert "bin_stores" in topics("The bin store is full of rubbish again and it stinks")
    assert "bin_stores" not in topics("Thank you for the new bin store")
    rules_alone = load_language().topics.keywords
    assert rules_alone and "silverfish" in topic_register()["pests"]["keywords"]


def test_taken_away_again_all_is_as_it_was(own):
    before = reader_version()
    own.write_text(OWN, encoding="utf-8")
    own.unlink()
    assert reader_version() == before and "bin_stores" not in topic_titles()


@pytest.mark.parametrize(
    "text, said",
    [
        ("[bin_stores", "not readable as TOML"),
        ('[Bins]\nkeywords = "bins"', r"\[Bins\] is no code"),
        ('[bin_stores]\nkeywords = "bins"', "has no title"),
        ('[pests]\nwords = "bugs"', "words is no entry"),
        ("[pests]\nkeywords = 3", "keywords is 3"),
        ('[pests]\nkeywords = "~ bugs"', "begins with a gap"),
        ('[pests]\nkeywords = "Bugs"', "capitals"),
        ('[pests]\nleaning = "bad"', "leaning is 'bad'"),
    ],
)
def test_what_cannot_be_followed_is_named(own, text, said):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_language()


def test_every_shipped_topic_says_where_it_belongs():
    belongings = topic_belongings()
    assert belongings["damp_mould"] == (("TP04",), "Property Condition")
    assert sum(bool(measures or category) for measures, category in belongings.values()) >= 24
