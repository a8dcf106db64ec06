from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import Survey
from analysis.survey.estimates import shares


def row_by_row(people: pd.DataFrame, inside: np.ndarray, sizes: dict[str, int] | None) -> tuple[float, float]:
    """Share and variance from rows, by the definition: all of a stratum keep a place, 0 outside the group."""
    y, w = (people["TP01"] >= 4).fillna(False).to_numpy(dtype=float), people["weight"].to_numpy()
    d = inside & people["TP01"].between(1, 5).fillna(False).to_numpy(dtype=bool)
    p = (w * y * d).sum() / (w * d).sum()
    z = np.where(d, w * (y - p) / (w * d).sum(), 0.0)
    total = 0.0
    for stratum, place in people.groupby("stratum").indices.items():
        n = len(place)
        f = min(n / sizes[stratum], 1.0) if sizes and stratum in sizes else 0.0
        centre, scale = (z[place].mean(), n / (n - 1)) if n > 1 else (0.0, 1.0)
        total += (1 - f) * scale * ((z[place] - centre) ** 2).sum()
    return p, total


@st.composite
def people(draw) -> pd.DataFrame:
    n = draw(st.integers(12, 60))
    return pd.DataFrame(
        {
            "TP01": pd.array(
                draw(st.lists(st.sampled_from([5, 4, 3, 2, 1, 0, -1, -2, None]), min_size=n, max_size=n)),
                dtype="Int8",
            ),
            "stratum": draw(st.lists(st.sampled_from(["north", "south", "east"]), min_size=n, max_size=n)),
            "estate": draw(st.lists(st.sampled_from(["Ash", "Elm"]), min_size=n, max_size=n)),
            "weight": draw(st.lists(st.floats(0.1, 10), min_size=n, max_size=n)),
        }
    )


OFTEN = settings(max_examples=60, deadline=None)
SIZES = {"north": 70, "south": 200}


def by_estate(rows: pd.DataFrame, sizes: dict[str, int] | None) -> Survey:
    return counted(rows, dims=("estate",), populations=sizes)


@OFTEN
@given(rows=people(), known=st.booleans())
def test_counted_cells_give_the_share_and_variance_of_the_rows(rows, known):
    sizes = SIZES if known else None
    for estimate in shares(by_estate(rows, sizes), [measure()], ("estate",), smallest_base=1):
        if estimate.withheld:
            continue
        p, variance = row_by_row(rows, (rows["estate"] == dict(estimate.group)["estate"]).to_numpy(), sizes)
        assert estimate.value == pytest.approx(p, abs=1e-12)
        assert estimate.se**2 == pytest.approx(variance, abs=1e-12)


@OFTEN
@given(rows=people())
def test_an_interval_lies_within_0_and_1_and_holds_its_share(rows):
    for estimate in shares(by_estate(rows, SIZES), [measure()], ("estate",), smallest_base=1):
        if not estimate.withheld:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
            assert estimate.se >= 0
            assert estimate.effective_base <= estimate.base + 1e-9


@OFTEN
@given(rows=people(), seed=st.integers(0, 1000), scale=st.floats(0.01, 100))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_matters(rows, seed, scale):
    moved = rows.sample(frac=1, random_state=seed).assign(weight=lambda table: table["weight"] * scale)
    for old, new in zip(
        shares(by_estate(rows, SIZES), [measure()], smallest_base=1),
        shares(by_estate(moved, SIZES), [measure()], smallest_base=1),
        strict=True,
    ):
        for field in ("value", "se", "low", "high", "effective_base"):
            assert getattr(old, field) == pytest.approx(getattr(new, field), abs=1e-9)


def test_a_stratum_with_one_respondent_is_measured_about_the_overall_share():
    # 10 in A (5 yes), 1 in B (yes): p = 6/11. A: 10/9 · (Σz² - (Σz)²/10); B: z² about 0.
    rows = pd.DataFrame({"TP01": [5] * 5 + [1] * 5 + [5], "stratum": ["A"] * 10 + ["B"], "weight": 1.0})
    p = 6 / 11
    z_yes, z_no = (1 - p) / 11, -p / 11
    by_hand = 10 / 9 * (5 * z_yes**2 + 5 * z_no**2 - (5 * z_yes + 5 * z_no) ** 2 / 10) + z_yes**2
    assert shares(counted(rows), [measure()])[0].se ** 2 == pytest.approx(by_hand, rel=1e-12)


def test_a_stratum_whose_every_home_answered_adds_no_error():
    rows = pd.DataFrame({"TP01": [5, 1] * 10, "stratum": ["A"] * 10 + ["B"] * 10, "weight": 1.0})
    half = shares(counted(rows, populations={"A": 10, "B": 1000}), [measure()])[0].se
    both = shares(counted(rows, populations={"A": 1000, "B": 1000}), [measure()])[0].se
    assert half == pytest.approx(both / 2**0.5, rel=1e-2)
