"""What a search understands, and that an index answers as reading every text would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.searching import QueryError, found_in, places, plain, query, word_index

TEXTS = (
    "Black mould on the children's bedroom wall",
    "The mould was black, then they painted it",
    "Damp in both bedrooms; the window leaks",
    "No damp at all. Lovely neighbours",
    "[name] said the repair's done, but the boiler didn't work",
    "Ring back, please - the follow-ups never came",
    "",
)


def answers(asked):
    """The numbers of the texts found, by the index; checked against reading each text."""
    wanted = query(asked)
    found = word_index(TEXTS).holding(wanted).tolist()
    assert found == [found_in(wanted, text) for text in TEXTS]
    return [number for number, yes in enumerate(found) if yes]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("damp", [2, 3]),
        ("damp mould", []),
        ("damp OR mould", [0, 1, 2, 3]),
        ("damp AND window", [2]),
        ('"black mould"', [0]),
        ("black mould", [0, 1]),
        ("damp -window", [3]),
        ("damp NOT window", [3]),
        ("(damp OR mould) -(window OR painted)", [0, 3]),
        ("damp mould OR boiler", [4]),
        ("bedroom", [0, 2]),
        ("BEDROOMS", [0, 2]),
        ("child", [0]),
        ("childrens", [0]),
        ("didnt", [4]),
        ("didn’t", [4]),
        ("repairs", [4]),
        ("follow-up", [5]),
        ('"follow up"', [5]),
        ("neighb*", [3]),
        ('"no dam*"', [3]),
        ("name", []),
        ("zebra", []),
        ("zebra*", []),
        ('"wall the"', []),
        ("“black mould”", [0]),
        ("--damp", [2, 3]),
    ],
)
def test_a_search_finds_the_texts_it_should(asked, found):
    assert answers(asked) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "nothing to look for"),
        ("?!", "nothing to look for"),
        ('damp "black mould', 'before black mould is not closed. Add another "'),
        ('""', "no word between the quotation marks"),
        ("damp OR", "A word is missing"),
        ("OR damp", "A word is missing"),
        ("damp AND OR mould", "A word is missing"),
        ("(damp", "not closed. Add a )"),
        ("damp)", "never opened"),
        ("()", "A word is missing"),
        ("-damp", "only says what to leave out"),
        ("damp OR -mould", "only says what to leave out"),
        ("a*", "too short"),
        ("(" * 30 + "damp" + ")" * 30, "20 brackets"),
        ("damp " * 300, "1,000 characters"),
    ],
)
def test_a_search_that_cannot_be_understood_is_told_what_to_write(asked, told):
    with pytest.raises(QueryError, match=told.replace("(", r"\(").replace(")", r"\)").replace(".", r"\.")):
        query(asked)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("leak", "leaks"), ("box", "boxes"), ("battery", "batteries"), ("movie", "movies"), ("ache", "aches"),
        ("house", "houses"), ("shelf", "shelves"), ("bus", "buses"), ("gas", "gases"), ("person", "people"),
        ("glass", "glasses"), ("key", "keys"), ("tenant", "tenant's"), ("potato", "potatoes"), ("bush", "bushes"),
        ("size", "sizes"), ("TV", "TVs"), ("boss", "boss's"), ("woman", "women"), ("pie", "pies"),
    ],
)  # fmt: skip
def test_one_and_many_are_the_same_word(one, many):
    assert plain(one) == plain(many)


@pytest.mark.parametrize(("one", "other"), [("new", "news"), ("ha", "has"), ("it", "its"), ("gas", "glass")])
def test_words_that_only_look_like_a_plural_stay_apart(one, other):
    assert plain(one) != plain(other)


def test_the_words_found_are_shown_where_they_stand_and_words_left_out_are_not():
    text = "The lifts: no lift again. Stuck in the lift"
    shown = places(query('lift OR "stuck in" -stairs'), text)
    assert [text[start:end] for start, end in shown] == ["lifts", "lift", "Stuck", "in", "lift"]


WORDS = st.sampled_from(["damp", "damps", "mould", "The", "[name]", "lift's", "box", "boxes", ",", "é", "İ"])
SENTENCES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=6)
PARTS = st.recursive(
    st.sampled_from(["damp", "mould", '"damp the"', '"the lift box"', "bo*", '"da* mould"', "e"]),
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} -{pair[1]})"),
    ),
    max_leaves=6,
)


@given(SENTENCES, PARTS)
def test_the_index_answers_as_reading_every_text_would(texts, asked):
    try:
        wanted = query(asked)
    except QueryError as error:
        assert "leave out" in str(error)
        return
    assert word_index(texts).holding(wanted).tolist() == [found_in(wanted, text) for text in texts]
