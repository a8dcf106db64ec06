"""The register of terms: each explained once, in whole sentences, and none by itself alone."""

from __future__ import annotations

import pytest

from data.packs.glossary import glossary, terms_in


def test_every_term_is_there_once():
    names = [term.name.casefold() for term in glossary()]
    assert len(names) == len(set(names)) and names == sorted(names)


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.name)
def test_a_term_says_what_it_means_in_sentences_and_is_found_by_every_word(term):
    assert term.means.endswith(".") and term.means[0].isupper()
    for word in term.words:
        assert term in terms_in([f"so {word}, they say"])


def test_a_word_within_another_is_no_term():
    assert terms_in(["overweight margins of a wavelength"]) == terms_in(["margins"])
    assert terms_in(["file lcra.csv"]) == ()
