"""Small estates: drawn as far as their answers are few, the answered homes as fact, and never silent about why not."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom

from analysis.model import Estimate, SmallAreas
from analysis.survey import smallareas
from analysis.survey.estimates import plain_share, plain_shares
from analysis.survey.smallareas import (
    ALL_ALIKE,
    NO_DIFFERENCE,
    ONE_EACH,
    TOO_FEW_PLACES,
    UNSETTLED,
    small_areas,
    unseen_yes,
    weights_differ,
)

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
AGAINST_R = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")

ANSWERS = [(2, 10), (9, 12), (14, 20), (20, 40), (11, 12), (30, 60), (8, 20), (25, 30)]


def place(number: int) -> tuple[tuple[str, str], ...]:
    return (("estate", f"Estate {number}"),)


def estates(answers=ANSWERS, smallest_base: int = 1) -> tuple[list[Estimate], Estimate]:
    """Estimates of estates with (yes, base), and of everyone."""
    yes, base = zip(*answers, strict=True)
    labels = [("TP01", place(number)) for number in range(len(answers))]
    return plain_shares(labels, yes, base, smallest_base), plain_share(sum(yes), sum(base), 1, measure="TP01")


def drawn(answers=ANSWERS, **options) -> SmallAreas:
    options.setdefault("smallest_base", 1)
    return small_areas(*estates(answers), **options)


# ── What is drawn ────────────────────────────────────────────────────────────────────────────────


def test_shrinkage_is_the_weight_on_the_mean():
    found = drawn()
    for area in found.areas:
        own = area.direct.value
        assert area.value == pytest.approx(area.shrinkage * found.mean + (1 - area.shrinkage) * own, rel=1e-12)
    precision = found.mean * (1 - found.mean) / found.between**2 - 1
    assert [a.shrinkage for a in found.areas] == pytest.approx([precision / (precision + n) for _, n in ANSWERS])


def test_the_places_come_in_the_order_given_with_their_own_estimates():
    given, whole = estates()
    found = small_areas(given[::-1], whole, smallest_base=1)
    assert [area.direct for area in found.areas] == given[::-1]
    assert (found.measure, found.by, found.method) == ("TP01", "estate", "beta-binomial")


@AGAINST_R
def test_every_estate_is_drawn_as_in_r():
    expected = json.loads((FIXTURE / "out" / "smallarea.json").read_text())["betabin"]
    with (FIXTURE / "data" / "estates.csv").open() as file:
        answers = [(int(row["x"]), int(row["n"])) for row in csv.DictReader(file)]
    found = drawn(answers)
    assert [area.value for area in found.areas] == pytest.approx(expected["post_mean"], abs=2e-6)
    assert found.mean == pytest.approx(expected["mu"], abs=2e-6)


def test_weighted_places_are_drawn_by_what_their_answers_are_worth():
    given, whole = estates()
    halved = [replace(each, effective_base=each.base / 2) for each in given]
    plain, weighed = (small_areas(each, whole, smallest_base=1, weighted=True) for each in (given, halved))
    assert weighed.method == "Fay-Herriot"
    assert all(a.shrinkage < b.shrinkage for a, b in zip(plain.areas, weighed.areas, strict=True))


def test_weights_differ_where_any_place_shown_is_worth_less_than_its_answers():
    given, _ = estates()
    assert not weights_differ(given)
    heavy = replace(given[0], effective_base=given[0].base * 0.9)
    assert weights_differ([heavy, *given])
    assert not weights_differ([replace(heavy, withheld="fewer than 10 answers"), *given])


def test_the_interval_is_wider_than_were_the_model_known():
    found = drawn()
    precision = found.mean * (1 - found.mean) / found.between**2 - 1
    for area, (yes, base) in zip(found.areas, ANSWERS, strict=True):
        known = beta(yes + found.mean * precision, base - yes + (1 - found.mean) * precision)
        assert known.mean() == pytest.approx(area.value, rel=1e-9)
        assert area.low < known.ppf(0.025) < known.ppf(0.975) < area.high


def test_intervals_hold_the_true_share_about_as_often_as_they_say():
    random = np.random.default_rng(20261129)
    held, plugged = [], []
    for _ in range(60):
        true = random.beta(58, 25, 25)  # mean 0.7, standard deviation 0.05
        base = random.integers(10, 41, 25)
        yes = random.binomial(base, true)
        found = drawn(list(zip(yes.tolist(), base.tolist(), strict=True)))
        held += [area.low <= share <= area.high for area, share in zip(found.areas, true, strict=True)]
        spread = np.array([area.value for area in found.areas])
        precision = found.mean * (1 - found.mean) / found.between**2 - 1 if found.between else np.inf
        error = 1.96 * np.sqrt(spread * (1 - spread) / (base + precision + 1))
        plugged += (np.abs(spread - true) <= error).tolist()
    assert 0.92 <= np.mean(held) <= 0.97
    assert np.mean(plugged) < 0.8  # what comes of taking the model for known


# ── Homes that answered are fact ─────────────────────────────────────────────────────────────────


def test_where_homes_are_known_those_who_answered_count_as_fact():
    endless, counted = drawn(), drawn(homes={place(3): 50})
    model, area = endless.areas[3], counted.areas[3]
    assert area.homes == 50
    assert area.value == pytest.approx((20 + 10 * model.value) / 50, rel=1e-12)
    assert area.shrinkage == pytest.approx(model.shrinkage * 10 / 50, rel=1e-12)
    assert area.high - area.low <= 10 / 50
    assert 20 / 50 <= area.low <= area.high <= 30 / 50
    assert counted.areas[2] == replace(endless.areas[2], rank=counted.areas[2].rank)


def test_an_estate_where_every_home_answered_is_fact():
    area = drawn(homes={place(0): 10}).areas[0]
    assert (area.value, area.low, area.high, area.shrinkage, area.homes) == (0.2, 0.2, 0.2, 0.0, 10)


def test_weighted_places_where_every_home_answered_are_the_count_itself():
    given, whole = estates()
    given[0] = replace(given[0], value=0.3)  # weighted; but nobody is left to stand for
    area = small_areas(given, whole, {place(0): 10}, weighted=True, smallest_base=1).areas[0]
    assert (area.value, area.low, area.high, area.shrinkage) == (0.2, 0.2, 0.2, 0.0)


def test_very_many_homes_are_as_if_they_were_endless():
    endless, counted = drawn().areas[5], drawn(homes={place(5): 100_000}).areas[5]
    assert counted.value == pytest.approx(endless.value, abs=1e-3)
    assert (counted.low, counted.high) == pytest.approx((endless.low, endless.high), abs=2e-3)


def test_more_answers_than_homes_are_said_and_not_relied_on():
    found = drawn(homes={place(3): 39, place(0): 40})
    assert found.areas[3].homes is None
    assert found.areas[3].value == pytest.approx(drawn().areas[3].value)
    assert any("More people answered than the list has homes" in note and "Estate 3" in note for note in found.notes)
    assert not any("Estate 0" in note for note in found.notes)


@pytest.mark.parametrize(("people", "a", "b"), [(1, 3.0, 2.0), (7, 0.4, 9.0), (300, 40.0, 15.0), (4000, 2.0, 1e-3)])
def test_how_many_of_the_unseen_say_yes_is_beta_binomial(people, a, b):
    expected = betabinom(people, a, b).ppf([0.025, 0.975])
    assert unseen_yes(people, a, b, 0.025) == tuple(expected.astype(int))


def test_nobody_unseen_says_nothing():
    assert unseen_yes(0, 3.0, 2.0, 0.025) == (0, 0)


# ── Ranks ────────────────────────────────────────────────────────────────────────────────────────


def test_a_rank_is_a_range_and_the_same_each_time():
    found = drawn()
    assert found == drawn()
    assert all(1 <= best <= worst <= len(ANSWERS) for best, worst in (area.rank for area in found.areas))
    assert any(best < worst for best, worst in (area.rank for area in found.areas))
    assert found != drawn(seed=1)


def test_places_that_are_far_apart_have_ranks_that_do_not_meet():
    found = drawn([(10, 400), (100, 400), (200, 400), (300, 400), (390, 400)])
    assert [area.rank for area in found.areas] == [(5, 5), (4, 4), (3, 3), (2, 2), (1, 1)]


def test_places_that_are_alike_may_hold_any_rank():
    found = drawn([(14, 20)] * 6)
    assert all(area.rank == (1, 6) for area in found.areas)


def test_equal_facts_share_their_ranks():
    answers = [(10, 20), (10, 20), (1, 20), (2, 20), (3, 20)]
    found = drawn(answers, homes={place(number): 20 for number in range(5)})
    assert [area.rank for area in found.areas] == [(1, 2), (1, 2), (5, 5), (4, 4), (3, 3)]


def test_ranks_agree_with_a_plain_simulation():
    found = drawn()
    random = np.random.default_rng(5)
    shares = []
    for area in found.areas:
        # a normal of the same width: close enough to check the ranks within one place
        spread = (area.high - area.low) / 3.92
        shares.append(random.normal((area.low + area.high) / 2, spread, 20_000))
    ranks = (-np.array(shares)).argsort(axis=0).argsort(axis=0) + 1
    for area, row in zip(found.areas, ranks, strict=True):
        assert np.abs(np.quantile(row, [0.025, 0.975]) - area.rank).max() <= 1


# ── Withheld, and degenerate ─────────────────────────────────────────────────────────────────────


def test_a_place_with_few_answers_stays_withheld_and_its_answers_are_used_for_nothing():
    without = small_areas(*estates())
    for yes in (0, 9):
        found = small_areas(*estates([*ANSWERS, (yes, 9)], smallest_base=10))
        last = found.areas[-1]
        assert last.withheld == last.direct.withheld == "fewer than 10 answers"
        assert (last.value, last.low, last.high, last.shrinkage, last.rank) == (None,) * 5
        assert found.areas[:-1] == without.areas
        assert any("their answers are not used" in note for note in found.notes)


def test_a_place_under_the_smallest_base_is_withheld_though_its_estimate_is_not():
    found = small_areas(*estates(), smallest_base=12)
    assert found.areas[0].withheld == "fewer than 12 answers"
    assert found.areas[1].withheld is None


def test_answers_without_a_place_are_no_place():
    given, whole = estates()
    given.append(replace(given[0], group=(("estate", "not recorded"),)))
    found = small_areas(given, whole, smallest_base=1)
    assert found.areas[-1].withheld == "which group they belong to is not recorded"
    assert found.areas[:-1] == drawn().areas


def nothing_is_drawn(found: SmallAreas, reason: str) -> None:
    assert found.withheld == reason
    assert (found.mean, found.between) == (None, None)
    assert all(area.value is None and area.rank is None and area.withheld == reason for area in found.areas)
    assert all(area.direct.value is not None for area in found.areas)


def test_of_fewer_than_five_places_none_is_drawn():
    nothing_is_drawn(drawn(ANSWERS[:4]), TOO_FEW_PLACES)
    assert drawn(ANSWERS[:5]).withheld is None


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("share", [0, 1])
def test_where_everybody_said_the_same_nothing_is_drawn(share, weighted):
    nothing_is_drawn(drawn([(n * share, n) for n in (10, 12, 20, 15, 30)], weighted=weighted), ALL_ALIKE)


@pytest.mark.parametrize("weighted", [False, True])
def test_one_answer_each_tells_nothing_of_places(weighted):
    nothing_is_drawn(drawn([(1, 1), (0, 1), (1, 1), (1, 1), (0, 1)], weighted=weighted), ONE_EACH)


def test_a_search_that_does_not_settle_is_said(monkeypatch):
    monkeypatch.setattr(smallareas, "beta_binomial", lambda yes, base: None)
    nothing_is_drawn(drawn(), UNSETTLED)


def test_a_measure_that_was_not_asked_draws_nothing():
    given, whole = estates()
    hidden = [replace(e, value=None, low=None, high=None, yes=None, withheld="not asked in 2025") for e in given]
    found = small_areas(hidden, replace(whole, withheld="not asked in 2025"))
    assert found.withheld == "not asked in 2025"


def test_no_places_at_all_are_too_few():
    assert small_areas([], estates()[1]).withheld == TOO_FEW_PLACES


@pytest.mark.parametrize("weighted", [False, True])
def test_places_that_differ_no_more_than_chance_are_drawn_all_the_way_and_it_is_said(weighted):
    found = drawn([(14, 20), (21, 30), (7, 10), (28, 40), (15, 20)], weighted=weighted)
    assert found.between == 0
    assert NO_DIFFERENCE in found.notes
    assert all(area.shrinkage == pytest.approx(1) for area in found.areas)
    assert all(area.value == pytest.approx(found.mean) for area in found.areas)
    assert all(area.high - area.low > 0.05 for area in found.areas)  # that they differ is not ruled out


def test_one_huge_place_keeps_its_own_share():
    found = drawn([*ANSWERS, (300_000, 1_000_000)])
    assert found.areas[-1].shrinkage < 1e-4
    assert found.areas[-1].value == pytest.approx(0.3, abs=1e-4)
    assert found.areas[0].shrinkage > 0.1


def test_all_or_nothing_in_some_places_is_drawn_off_the_ends():
    found = drawn([(0, 10), (10, 10), (12, 15), (9, 14), (20, 30), (11, 20)])
    assert 0 < found.areas[0].value < found.areas[1].value < 1
    assert 0 <= found.areas[0].low < found.areas[0].high <= 1


def test_estimates_of_two_measures_or_breakdowns_are_refused():
    given, whole = estates()
    for other in (replace(given[0], measure="TP02"), replace(given[0], group=(("tenure", "Supported"),)), whole):
        with pytest.raises(ValueError, match="one measure and one breakdown"):
            small_areas([*given, other], whole)


def test_estimates_without_counts_are_refused_with_the_remedy():
    given, whole = estates()
    with pytest.raises(ValueError, match="Take the estimates from `shares`"):
        small_areas([replace(each, yes=None) for each in given], whole)
    with pytest.raises(ValueError, match="what its answers are worth"):
        small_areas([replace(each, effective_base=None) for each in given], whole, weighted=True)


answered = st.lists(
    st.integers(1, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base), st.integers(0, 40))),
    min_size=5,
    max_size=15,
)


@settings(deadline=None, max_examples=60)
@given(answered, st.booleans(), st.booleans())
def test_whatever_the_answers_an_interval_holds_its_value_and_the_value_lies_between(rows, weighted, known):
    answers = [(yes, base) for yes, base, _ in rows]
    homes = {place(i): base + more for i, (_, base, more) in enumerate(rows)} if known else None
    found = drawn(answers, weighted=weighted, homes=homes)
    assume(not found.withheld)
    for area in found.areas:
        assert 0 <= area.low <= area.value <= area.high <= 1
        assert min(area.direct.value, found.mean) - 1e-9 <= area.value <= max(area.direct.value, found.mean) + 1e-9
        assert 0 <= area.shrinkage <= 1 + 1e-9
        assert 1 <= area.rank[0] <= area.rank[1] <= len(rows)
