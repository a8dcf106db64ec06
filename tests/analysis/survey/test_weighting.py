from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import Margin
from analysis.survey.estimates import shares
from analysis.survey.weighting import CannotWeigh, design_effect, rake, rerake, trim, weigh

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
OFTEN = settings(max_examples=60, deadline=None)


def answers(**levels: list[str]) -> pd.DataFrame:
    return pd.DataFrame(levels)


PEOPLE = answers(
    tenure=["general"] * 6 + ["older"] * 4,
    kind=["flat", "house", "flat", "house", "flat", "flat", "house"] + ["flat"] * 3,
)
TENURE, KIND = Margin("tenure", {"general": 500, "older": 500}), Margin("kind", {"flat": 600, "house": 400})


# ── What raking promises ─────────────────────────────────────────────────────────────────────────


@st.composite
def respondents(draw) -> tuple[pd.DataFrame, list[Margin], np.ndarray]:
    """Rows with every combination of levels, targets from other weights of the same rows (so that they can be met)."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    every = np.stack(np.meshgrid(*(range(size) for size in sizes)), -1).reshape(-1, len(sizes))
    more = draw(st.lists(st.sampled_from(range(len(every))), max_size=30))
    rows = np.concatenate([every, every[more]]) if more else every
    table = pd.DataFrame({f"m{k}": [f"L{v}" for v in rows[:, k]] for k in range(len(sizes))})
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    true, base = random.uniform(1, 20, len(rows)), random.uniform(0.5, 2, len(rows))
    margins = [Margin(name, pd.Series(true).groupby(table[name]).sum().to_dict()) for name in table]
    return table, margins, base


@OFTEN
@given(made=respondents())
def test_every_margin_is_met_and_every_weight_positive(made):
    table, margins, base = made
    weights, how = weigh(table, margins, base)
    assert how.converged and how.discrepancy < 1e-10
    assert (weights > 0).all()
    for margin in margins:
        found = pd.Series(weights).groupby(table[margin.variable]).sum()
        homes = sum(margin.targets.values())
        assert found.to_dict() == pytest.approx(dict(margin.targets), abs=1e-9 * homes)


@OFTEN
@given(made=respondents(), seed=st.integers(0, 1000), scale=st.floats(0.01, 100))
def test_neither_row_order_nor_level_names_nor_the_scale_of_base_weights_matter(made, seed, scale):
    table, margins, base = made
    weights, _ = weigh(table, margins, base)
    order = np.random.default_rng(seed).permutation(len(table))
    renamed = [Margin(m.variable, {f"x {level}": homes for level, homes in m.targets.items()}) for m in margins[::-1]]
    moved, _ = weigh(("x " + table).iloc[order].reset_index(drop=True), renamed, base[order] * scale)
    assert moved == pytest.approx(weights[order], rel=1e-6)


@OFTEN
@given(made=respondents(), bounds=st.tuples(st.floats(0.1, 0.7), st.floats(1.5, 4)))
def test_trimmed_weights_keep_their_bounds_and_meet_the_margins_or_say_that_they_do_not(made, bounds):
    table, margins, base = made
    weights, how = weigh(table, margins, base, bounds)
    assert bounds[0] - 1e-6 <= how.smallest <= how.largest <= bounds[1] + 1e-6
    assert how.converged == (how.discrepancy < 1e-10)
    assert how.converged or (how.notes and how.residual)
    assert weights.sum() == pytest.approx(sum(margins[0].targets.values()))


def test_by_hand_one_margin_is_homes_over_answers():
    weights, how = weigh(PEOPLE, [TENURE])
    assert weights.tolist() == pytest.approx([500 / 6] * 6 + [125] * 4)
    assert how.design_effect == pytest.approx(10 * (6 * (500 / 6) ** 2 + 4 * 125**2) / 1000**2)
    assert how.effective_base == pytest.approx(10 / how.design_effect)
    assert (how.largest, how.smallest) == pytest.approx((1.25, 5 / 6))


def test_levels_merged_are_met_together():
    three = Margin("tenure", {"general": 500, "older": 300, "supported": 200}, merged={"supported": "older"})
    weights, how = weigh(PEOPLE, [three])
    assert how.converged and weights[6:].sum() == pytest.approx(500)


def test_level_that_is_nowhere_needs_no_answers():
    weights, how = weigh(PEOPLE, [Margin("tenure", {"general": 500, "older": 500, "sold": 0})])
    assert how.converged and (weights > 0).all()


# ── What cannot be weighed, by name and with the remedy ──────────────────────────────────────────


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ([], "No characteristic"),
        ([Margin("age", {"old": 1})], "no 'age' among the answers. There are: tenure, kind"),
        (
            [Margin("tenure", {"general": 500, "older": 300, "supported": 200}, "Tenure")],
            "Nobody who answered is from Tenure 'supported', which has 200 homes. Merge it with 'older'",
        ),
        ([Margin("tenure", {"general": 500})], "4 answers are from tenure 'older', which has no homes"),
        ([Margin("tenure", {"general": 500, "older": 0})], "4 answers are from tenure 'older', which has no homes"),
        ([TENURE, Margin("kind", {"flat": 700, "house": 400})], "tenure adds up to 1,000 homes and kind to 1,100"),
        ([Margin("tenure", {"general": 500, "older": -1})], "must be 0 or more"),
        ([Margin("tenure", {"general": 500, "older": float("nan")})], "must be 0 or more"),
        ([Margin("tenure", {"general": 500, "older": 1e300})], "no more than 1,000,000,000,000"),
        ([Margin("tenure", {"general": 0, "older": 0})], "No level of tenure has any homes"),
    ],
)
def test_what_cannot_be_weighed_is_refused_by_name(margins, message):
    with pytest.raises(CannotWeigh, match=message.replace(".", r"\.")):
        weigh(PEOPLE, margins)


WRONG = [(0.0, "is 0"), (-1.0, "is -1"), (np.nan, "is missing"), (np.inf, "is inf")]


@pytest.mark.parametrize(("weight", "what"), WRONG)
def test_base_weights_must_be_above_nought(weight, what):
    base = np.ones(10)
    base[3] = weight
    with pytest.raises(CannotWeigh, match=rf"row 4 {what}\. Every"):
        weigh(PEOPLE, [TENURE], base)
    base[7:9] = 0
    with pytest.raises(CannotWeigh, match=f"row 4 {what}, and 2 more are missing, nought or negative"):
        weigh(PEOPLE, [TENURE], base)


def test_totals_that_differ_by_rounding_are_one_total():
    weights, how = weigh(PEOPLE, [TENURE, Margin("kind", {"flat": 600.0005, "house": 400})])
    assert how.converged and not how.notes
    assert weights.sum() == pytest.approx(1000, rel=1e-9)


def test_contradicting_totals_are_scaled_only_where_that_is_asked_for_and_it_is_said():
    kind = Margin("kind", {"flat": 54, "house": 36})
    with pytest.raises(CannotWeigh, match="tenure adds up to 1,000 homes and kind to 90"):
        weigh(PEOPLE, [TENURE, kind])
    weights, how = weigh(PEOPLE, [TENURE, kind], scale=True)
    assert weights == pytest.approx(weigh(PEOPLE, [TENURE, KIND])[0], rel=1e-9)
    assert how.converged and how.notes == ("kind adds up to 90 homes and was scaled to the 1,000 of tenure.",)


def test_a_margin_without_any_homes_is_never_scaled():
    with pytest.raises(CannotWeigh, match="No level of kind has any homes"):
        weigh(PEOPLE, [TENURE, Margin("kind", {"flat": 0, "house": 0})], scale=True)


def test_a_blank_level_is_refused_with_how_many_there_are():
    with pytest.raises(CannotWeigh, match="1 respondents have no tenure"):
        weigh(answers(tenure=["general", None]), [TENURE])


@pytest.mark.parametrize("bounds", [(1.2, 3), (0.3, 0.9), (-1, 3), (0, np.inf), (np.nan, 3)])
def test_bounds_must_leave_room_for_the_mean(bounds):
    with pytest.raises(CannotWeigh, match="the mean itself is 1"):
        weigh(PEOPLE, [TENURE], bounds=bounds)


def test_margins_that_cannot_both_hold_are_flagged_with_the_level_that_is_off():
    # Every flat is general and every house is older, but there are 600 flats and 500 general homes.
    rows = answers(tenure=["general"] * 5 + ["older"] * 5, kind=["flat"] * 5 + ["house"] * 5)
    weights, how = weigh(rows, [TENURE, KIND])
    assert not how.converged and how.discrepancy == pytest.approx(0.1)
    assert "The weights do not fit: tenure" in how.notes[0] and "merge it with another level" in how.notes[0]
    assert (weights > 0).all()


def test_where_margins_cannot_hold_weights_fade_and_never_vanish():
    # No old person lives in a house, and there are more houses than young people: the young in flats fade to nothing.
    rows = answers(age=["old", "young", "young"] * 4, kind=["flat", "flat", "house"] * 4)
    margins = [Margin("age", {"old": 700, "young": 300}), Margin("kind", {"flat": 500, "house": 500})]
    weights, how = weigh(rows, margins)
    assert not how.converged and how.notes
    assert (weights > 0).all() and (weights**2 > 0).all()
    assert np.isfinite([design_effect(weights[1:2]), how.design_effect, how.effective_base]).all()


# ── Trimming ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_cut_off_is_shared_equally_by_those_not_cut():
    # 10 is cut to 5; the 5 cut off go to the other four, 1.25 each
    assert trim(np.array([1.0, 1, 1, 1, 10]), 0.5, 5.0).tolist() == pytest.approx([2.25] * 4 + [5])


def test_cutting_goes_on_until_none_is_outside():
    # 9 is cut to 4; sharing 5 among four takes the 3 to 4.25, which is cut in turn
    found = trim(np.array([3.0, 1, 1, 1, 9]), 0.5, 4.0)
    assert found.max() <= 4 and found.sum() == pytest.approx(15)


def test_where_every_weight_is_cut_what_is_left_goes_to_those_with_room():
    # 10 is cut to 6 and 0.1 raised to 1; of the 10.1 there are 3.1 left, which only the small one has room for
    assert trim(np.array([0.1, 10.0]), 1, 6).tolist() == pytest.approx([4.1, 6])


@OFTEN
@given(
    weights=st.lists(st.floats(0.01, 100), min_size=2, max_size=40),
    bounds=st.tuples(st.floats(0, 0.95), st.floats(1.05, 5)),
)
def test_trimming_keeps_the_sum_and_the_bounds(weights, bounds):
    given_weights = np.array(weights)
    low, high = (bound * given_weights.mean() for bound in bounds)
    found = trim(given_weights, low, high)
    assert found.sum() == pytest.approx(given_weights.sum(), rel=1e-9)
    assert low * (1 - 1e-8) <= found.min() and found.max() <= high * (1 + 1e-8)


def test_bounds_that_no_weights_can_keep_are_refused():
    with pytest.raises(CannotWeigh, match="Widen the bounds"):
        trim(np.array([1.0, 1, 1, 10]), 0.5, 2.0)


# ── Replicates ───────────────────────────────────────────────────────────────────────────────────


def test_replicates_raked_at_once_are_those_raked_one_at_a_time():
    random = np.random.default_rng(3)
    columns = np.array([[0, 2], [0, 3], [1, 2], [1, 3]])
    targets = np.array([500.0, 500, 600, 400])
    counts = random.integers(5, 30, (7, 4)).astype(float)
    together = rerake(counts, columns, targets, 1e-12)
    codes = [columns[:, 0], columns[:, 1] - 2]
    assert together.converged.all()
    for each, factors in zip(counts, together.factors, strict=True):
        alone = rake(codes, [targets[:2], targets[2:]], each, 1e-12).weights
        assert each * factors == pytest.approx(alone, rel=1e-8)


def test_a_replicate_without_anybody_of_a_level_or_that_does_not_settle_is_flagged():
    columns = np.array([[0, 2], [0, 3], [1, 2], [1, 3]])
    targets = np.array([500.0, 500, 600, 400])
    nobody_older, contradictory = [5.0, 5, 0, 0], [5.0, 0, 0, 5]
    found = rerake(np.array([[5.0, 6, 7, 8], nobody_older, contradictory]), columns, targets)
    assert found.converged.tolist() == [True, False, False]
    assert np.isfinite(found.factors).all()


def test_the_bootstrap_of_a_raked_share_agrees_with_its_linearised_error():
    random = np.random.default_rng(11)
    n = 1500
    rows = pd.DataFrame({"tenure": random.choice(["general", "older"], n, p=[0.7, 0.3])})
    rows["kind"] = random.choice(["flat", "house"], n)
    chance = np.where(rows["tenure"] == "older", 0.85, 0.55)
    rows["TP01"] = np.where(random.random(n) < chance, 5, 2)
    weights, _ = weigh(
        rows, [Margin("tenure", {"general": 5000, "older": 5000}), Margin("kind", {"flat": 4000, "house": 6000})]
    )
    survey = counted(rows.assign(weight=weights), margins=("tenure", "kind"))
    (found,) = shares(survey, [measure()])
    cell = rows.groupby(["tenure", "kind", "TP01"]).ngroup().to_numpy()
    firsts = rows.groupby(cell).first()
    columns = np.stack([firsts["tenure"].eq("older"), 2 + firsts["kind"].eq("house")], axis=1).astype(int)
    counts = random.multinomial(n, np.bincount(cell) / n, size=800).astype(float)
    replicate = counts * rerake(counts, columns, np.array([5000.0, 5000, 4000, 6000])).factors
    yes = firsts["TP01"].to_numpy() == 5
    bootstrapped = (replicate @ yes / replicate.sum(axis=1)).std(ddof=1)
    assert bootstrapped == pytest.approx(found.se, rel=0.08)


# ── R ────────────────────────────────────────────────────────────────────────────────────────────

R_MARGINS = {
    "m3": ("area", "tenure", "age"),
    "m4": ("area", "tenure", "age", "ethnicity"),
    "m6": ("area", "tenure", "age", "ethnicity", "property_type", "tenancy_length"),
}


@pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")
@pytest.mark.parametrize("name", R_MARGINS)
def test_raked_and_trimmed_weights_agree_with_r(name):
    rows, targets = (pd.read_csv(FIXTURE / "data" / f"{table}.csv") for table in ("respondents", "margins"))
    expected = pd.read_csv(FIXTURE / "out" / "landlord_weights_v45.csv")
    diagnostics = json.loads((FIXTURE / "out" / "landlord_rake_v45.json").read_text())[name]
    by = targets.groupby("variable")
    margins = [Margin(v, by.get_group(v).set_index("level")["N"].to_dict()) for v in R_MARGINS[name]]
    weights, how = weigh(rows, margins, rows["base_weight"].to_numpy())
    assert weights == pytest.approx(expected[name], rel=1e-9)
    assert how.design_effect == pytest.approx(diagnostics["deff_kish"], rel=1e-9)
    assert how.effective_base == pytest.approx(diagnostics["neff"], rel=1e-9)
    cut = trim(expected[name].to_numpy(), diagnostics["lower"], diagnostics["upper"])
    assert cut == pytest.approx(expected[f"{name}_trimstrict"], rel=1e-9)
    assert design_effect(cut) == pytest.approx(diagnostics["deff_trimstrict"], rel=1e-9)
