from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.text.tidy import CUT, LONGEST, tidy
from analysis.text.tokens import tokens


def test_spaces_quotes_hyphens_and_digits_become_plain():
    assert tidy("call\u00a0me on ０７７００‑９００１２３, it’s “Dave”") == 'call me on 07700-900123, it\'s "Dave"'


def test_what_cannot_be_seen_is_taken_out():
    assert tidy("D\u200ba\u00adv\u2060e\ufeff") == "Dave"


def test_digits_of_other_scripts_become_ours():
    assert tidy("٠٧٧٠٠ ٩٠٠١٢٣") == "07700 900123"


def test_line_breaks_stay_and_blank_lines_go():
    assert tidy(" Thanks \r\n\r\n  Dave ") == "Thanks\nDave"


def test_a_very_long_text_is_cut_at_a_space_with_a_note():
    cut = tidy("word " * LONGEST)
    assert cut.endswith("word" + CUT)
    assert len(cut) <= LONGEST + len(CUT)


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


def test_a_possessive_is_left_outside_its_word():
    assert [(t.word, t.gap) for t in tokens("Mr Dhillon's flat")] == [("Mr", ""), ("Dhillon", " "), ("flat", "'s ")]
