"""What goes with an outcome: proven or not and why, what is left out and why, and when nothing is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.survey.drivers import (
    ALL_THE_SAME,
    EITHER_WAY,
    NO_MORE_THAN_CHANCE,
    NOT_SETTLED,
    _why_not_proven,
    drivers,
)

FOUR = ("TP04", "TP05", "TP06", "TP07")


def five(hidden: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(3.4 + 1.1 * hidden), 1, 5)


def respondents(n: int = 600, seed: int = 1) -> pd.DataFrame:
    """TP04 and TP05 go with TP01, TP05 less so; TP06 goes against it; TP07 has nothing to do with it."""
    hidden = np.random.default_rng(seed).normal(size=(5, n))
    outcome = 0.9 * hidden[0] + 0.45 * hidden[1] - 0.45 * hidden[2] + hidden[4]
    rows = dict(zip(FOUR, map(five, hidden[:4]), strict=True))
    return pd.DataFrame({"TP01": five(outcome / 1.5), **rows})


def by_measure(found):
    return {driver.measure: driver for driver in found.drivers}


def test_the_one_that_goes_with_it_most_comes_first_and_the_parts_add_up_to_one():
    found = drivers(respondents(), "TP01", FOUR)
    assert [driver.rank for driver in found.drivers] == [1, 2, 3, 4]
    assert found.drivers[0].measure == "TP04"
    assert found.drivers[-1].measure == "TP07"
    assert sum(driver.share for driver in found.drivers) == pytest.approx(1, abs=1e-12)
    assert sum(driver.johnson for driver in found.drivers) == pytest.approx(1, abs=1e-12)
    assert 0 < found.explained < 1
    assert (found.base, found.answered, found.withheld) == (600, 600, None)


def test_a_driver_is_proven_with_its_direction_and_noise_is_shown_as_unproven():
    told = by_measure(drivers(respondents(), "TP01", FOUR))
    assert told["TP04"].proven
    assert told["TP04"].direction_low > 0
    assert told["TP06"].proven  # it goes the other way
    assert told["TP06"].direction_high < 0
    assert not told["TP07"].proven
    assert told["TP07"].why == EITHER_WAY
    assert told["TP07"].direction_low <= 0 <= told["TP07"].direction_high


def test_why_a_driver_is_not_proven():
    assert _why_not_proven(0.1, 0.3, 0.2, 0.01) == ""
    assert _why_not_proven(-0.1, 0.3, 0.2, 0.01) == EITHER_WAY
    assert _why_not_proven(0.1, 0.3, 0.01, 0.01) == NO_MORE_THAN_CHANCE
    assert _why_not_proven(None, None, 0.2, 0.01) == NOT_SETTLED


def test_of_measures_that_have_nothing_to_do_with_it_hardly_ever_one_is_proven():
    """Over 60 invented surveys of eight such measures; at 95% one by one every third survey would have one."""
    generator = np.random.default_rng(3)
    proven = 0
    for seed in range(60):
        rows = pd.DataFrame(five(generator.normal(size=(200, 9))), columns=[f"TP{n:02d}" for n in range(1, 10)])
        found = drivers(rows, "TP01", list(rows.columns[1:]), replicates=100, seed=seed)
        proven += any(driver.proven for driver in found.drivers)
    assert proven <= 6


def test_weights_and_their_scale():
    rows = respondents()
    weights = pd.Series(np.random.default_rng(5).uniform(0.5, 2, len(rows)), rows.index)
    plain, one, many = (drivers(rows, "TP01", FOUR, w) for w in (None, weights, weights * 40))
    assert [d.share for d in one.drivers] == pytest.approx([d.share for d in many.drivers], abs=1e-12)
    assert [d.low for d in one.drivers] == pytest.approx([d.low for d in many.drivers], abs=1e-12)
    assert one.explained != pytest.approx(plain.explained, abs=1e-6)
    assert any("Weights are in every figure" in note for note in one.notes)
    assert not any("Weights are in every figure" in note for note in plain.notes)


def test_weights_that_are_all_alike_change_nothing():
    rows = respondents()
    assert drivers(rows, "TP01", FOUR, pd.Series(3.0, rows.index)).drivers[0].direction == pytest.approx(
        drivers(rows, "TP01", FOUR).drivers[0].direction, abs=1e-9
    )


def test_what_is_outside_the_five_answers_is_no_answer_and_only_whole_respondents_are_used():
    rows = respondents()
    rows.loc[:9, "TP04"] = 0
    rows.loc[10:19, "TP05"] = -1
    rows.loc[20:29, "TP06"] = np.nan
    rows.loc[30:34, "TP01"] = 0
    found, without = drivers(rows, "TP01", FOUR), drivers(rows.iloc[35:], "TP01", FOUR)
    assert (found.base, found.answered) == (565, 595)
    assert by_measure(found)["TP04"].share == pytest.approx(by_measure(without)["TP04"].share, abs=1e-12)
    assert any("565 of the 595" in note for note in found.notes)


def test_a_measure_that_most_are_not_asked_is_left_out_and_costs_nobody_else():
    rows = respondents().assign(TP02=4.0, TP03=4.0)
    rows.loc[200:, "TP02"] = -2  # no repair in twelve months
    rows.loc[200:, "TP03"] = np.nan
    found = drivers(rows, "TP01", (*FOUR, "TP02", "TP03"))
    assert found.left_out["TP02"] == (
        "only 33% of those who answered TP01 answered it, since most others are not asked it"
    )
    assert found.left_out["TP03"] == "only 33% of those who answered TP01 answered it"
    assert found.base == 600


def test_a_measure_that_nobody_answered_or_that_does_not_vary_is_left_out():
    found = drivers(respondents().assign(TP08=np.nan, TP10=5.0), "TP01", (*FOUR, "TP08", "TP10"))
    assert found.left_out["TP08"] == "nobody who answered TP01 answered it"
    assert found.left_out["TP10"] == ALL_THE_SAME
    assert len(found.drivers) == 4


def test_of_two_measures_that_say_the_same_the_second_is_left_out():
    rows = respondents()
    found = drivers(rows.assign(TP08=rows["TP04"]), "TP01", (*FOUR, "TP08"))
    assert found.left_out == {"TP08": "its answers follow from those to TP04"}


def test_a_measure_that_several_others_give_is_left_out():
    rows = respondents()
    found = drivers(rows.assign(TP08=(rows["TP04"] + rows["TP05"]) / 2), "TP01", (*FOUR, "TP08"))
    assert found.left_out == {"TP08": "its answers follow from those to TP04, TP05, TP06, TP07"}


def test_fewer_than_a_hundred_whole_respondents_are_too_few():
    assert drivers(respondents(99), "TP01", FOUR).withheld == "fewer than 100 answered TP01 and every measure beside it"
    assert drivers(respondents(100), "TP01", FOUR).withheld is None


def test_ten_respondents_a_driver_are_needed():
    rows = respondents(140)
    more = {f"c_{n}": five(np.random.default_rng(50 + n).normal(size=140)) for n in range(11)}
    found = drivers(rows.assign(**more), "TP01", (*FOUR, *more))
    assert found.withheld == "fewer than 150 answered TP01 and every measure beside it"
    assert (found.base, found.explained, found.drivers) == (140, None, ())


def test_fewer_than_the_smallest_base_are_withheld():
    assert drivers(respondents(9), "TP01", FOUR).withheld == "fewer than 10 answers"
    assert drivers(respondents(150), "TP01", FOUR, smallest_base=200).withheld == "fewer than 200 answers"


def test_an_outcome_that_does_not_vary_or_that_nobody_answered_is_withheld():
    assert drivers(respondents().assign(TP01=5.0), "TP01", FOUR).withheld == ALL_THE_SAME
    assert drivers(respondents().assign(TP01=np.nan), "TP01", FOUR).withheld == "no answers"


def test_nothing_left_to_set_beside_it_is_said():
    rows = respondents().assign(TP04=np.nan, TP05=4.0)
    found = drivers(rows, "TP01", ("TP04", "TP05"))
    assert found.withheld == "no measure can be set beside TP01"
    assert set(found.left_out) == {"TP04", "TP05"}


def test_a_measure_that_settles_the_outcome_is_said_to_have_no_direction_that_can_be_worked_out():
    rows = respondents()
    found = drivers(rows.assign(TP08=rows["TP01"]), "TP01", ("TP08",))
    (only,) = found.drivers
    assert only.share == 1
    assert (only.direction, only.proven, only.why) == (None, False, NOT_SETTLED)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan])
def test_weights_that_are_not_above_nought_are_refused(bad):
    rows = respondents(120)
    with pytest.raises(ValueError, match="weight above nought"):
        drivers(rows, "TP01", FOUR, pd.Series([bad] + [1.0] * 119, rows.index))


def test_a_column_that_is_not_there_and_too_many_candidates_are_refused():
    rows = respondents(120)
    with pytest.raises(ValueError, match="no column TP99"):
        drivers(rows, "TP01", ("TP99",))
    with pytest.raises(ValueError, match="up to 15"):
        drivers(rows.assign(**{f"c{n}": 1 for n in range(16)}), "TP01", [f"c{n}" for n in range(16)])
    with pytest.raises(ValueError, match="as the outcome only"):
        drivers(rows, "TP01", ("TP01", "TP04"))


def test_the_order_of_rows_and_of_candidates_changes_no_share():
    rows = respondents()
    one = by_measure(drivers(rows, "TP01", FOUR))
    other = by_measure(drivers(rows.sample(frac=1, random_state=1), "TP01", FOUR[::-1]))
    for name in FOUR:
        assert one[name].share == pytest.approx(other[name].share, abs=1e-12)
        assert one[name].direction == pytest.approx(other[name].direction, abs=1e-6)
