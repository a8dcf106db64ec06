"""Colours by number: axe cannot see into a chart, so contrast is counted here (WCAG 2.2: 3 to 1 for what is drawn)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboard.look import DARK, LIGHT, contrast, letters_on

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def test_black_on_white_is_21_to_1():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the grey WCAG just fails


@BOTH
def test_text_reads_on_the_page(palette):
    assert contrast(palette.text, palette.page) >= 7
    assert contrast(palette.reference, palette.page) >= 4.5


@BOTH
def test_dots_lines_and_outlines_stand_out_from_the_page(palette):
    for colour in (palette.main, palette.earlier, palette.outline):
        assert contrast(colour, palette.page) >= 3


@BOTH
def test_neighbouring_answers_can_be_told_apart(palette):
    for one, next_to_it in pairwise(palette.answers):
        assert contrast(one, next_to_it) >= 3
    for one, next_to_it in pairwise(palette.tones):
        assert contrast(one, next_to_it) >= 3
    for one, next_to_it in pairwise(palette.parts):
        assert contrast(one, next_to_it) >= 3


@BOTH
def test_the_number_in_every_bar_reads(palette):
    for colour in (*palette.answers, *palette.tones, *palette.parts):
        assert contrast(letters_on(colour), colour) >= 4.5
