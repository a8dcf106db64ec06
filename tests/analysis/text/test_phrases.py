from __future__ import annotations

import pytest

from analysis.text.phrases import longest, matches, phrase_list, phrasebook


def found(text, *phrases):
    return [match.phrase.text for match in matches(text.split(), phrasebook({"it": phrases}))]


@pytest.mark.parametrize(
    "text, phrase",
    [
        ("the roof leaked", "leak*"),
        ("never turns up", "never turn* up"),
        ("spoke to us like dirt", "spoke ~ like dirt"),
        ("spoke like dirt", "spoke ~ like dirt"),
        ("waited 14 weeks", "waited # weeks"),
        ("waited three weeks", "waited # weeks"),
        ("no reply", "no reply|answer"),
    ],
)
def test_the_register_s_signs_are_understood(text, phrase):
    assert found(text, phrase) == [phrase]


@pytest.mark.parametrize(
    "text, phrase", [("spoke a b c d dirt", "spoke ~ dirt"), ("waited weeks", "waited # weeks"), ("lea k", "leak*")]
)
def test_what_does_not_fit_is_not_found(text, phrase):
    assert found(text, phrase) == []


def test_of_two_phrases_in_one_place_the_longer_is_kept():
    kept = longest(matches(["not", "good", "enough"], phrasebook({"a": ["good", "not good", "not good enough"]})))
    assert [match.phrase.text for match in kept] == ["not good enough"]


def test_a_phrase_may_stand_for_several_things():
    (match,) = matches(["leak"], phrasebook({"one": ["leak"], "two": ["leak"]}))
    assert match.phrase.meanings == ("one", "two")


@pytest.mark.parametrize("phrase", ["~ word", "le*"])
def test_a_phrase_that_cannot_be_looked_up_is_refused_by_name(phrase):
    with pytest.raises(ValueError, match="longer one"):
        phrasebook({"it": [phrase]})


def test_entries_are_parted_by_commas_over_lines():
    assert phrase_list("no heating,\n  no  hot water, ") == ("no heating", "no hot water")
