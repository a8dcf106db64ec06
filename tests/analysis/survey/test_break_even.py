"""How satisfied the silent would have to be: by hand, at the ends of the margin, and never beyond what is possible."""

from __future__ import annotations

import pytest

from analysis.model import Estimate
from analysis.survey.break_even import break_even

FIGURE = Estimate(0.72, 0.69, 0.75, 900)
HILLSIDE = (("estate", "Hillside"),)


def line(number, target=0.70, figure=FIGURE):
    (found,) = break_even(figure, target, 1_000, [("group", HILLSIDE, number)])
    return found


def test_the_break_even_by_hand():
    """300 of 1,000 homes silent, the others at 72%: 0.70 = 0.72 × 0.7 + q × 0.3, so q = 0.196 / 0.3."""
    found = line(300)
    assert found.needed == pytest.approx(0.196 / 0.3)
    assert (found.worst, found.best) == (pytest.approx(0.504), pytest.approx(0.804))


def test_the_range_is_the_break_even_at_the_ends_of_the_figures_margin():
    found = line(300)
    assert found.needed_low == pytest.approx((0.70 - 0.75 * 0.7) / 0.3)
    assert found.needed_high == pytest.approx((0.70 - 0.69 * 0.7) / 0.3)


def test_at_the_break_even_the_figure_is_the_value():
    found = line(437, target=0.68)
    assert found.needed * found.share + 0.72 * (1 - found.share) == pytest.approx(0.68)


def test_a_few_silent_homes_cannot_carry_the_figure_across_whatever_they_say():
    found = line(10)  # a hundredth of the homes: at worst 71.3%
    assert (found.needed, found.needed_low) == (None, 0.0)
    assert found.worst > 0.70


def test_nobody_silent_and_nothing_known_say_nothing():
    assert break_even(FIGURE, 0.7, 1_000, [("group", HILLSIDE, 0)]) == ()
    withheld = Estimate(None, None, None, 4, withheld="fewer than 10 answers")
    assert break_even(withheld, 0.7, 1_000, [("unanswered", (), 900)]) == ()
