from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import Survey
from analysis.survey import variance
from analysis.survey.design import Sample, Units, sample_of, with_residuals
from analysis.survey.estimates import distributions, shares
from analysis.survey.intervals import METHODS, intervals
from analysis.survey.tallies import BLANK, Cells, cells_of, tally, the_rest


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
        p, spread = row_by_row(rows, (rows["estate"] == dict(estimate.group)["estate"]).to_numpy(), sizes)
        assert estimate.value == pytest.approx(p, abs=1e-12)
        assert estimate.se**2 == pytest.approx(spread, abs=1e-12)


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


@OFTEN
@given(rows=people(), known=st.booleans())
def test_what_estates_and_strata_are_called_does_not_matter(rows, known):
    called = {"Ash": "10", "Elm": "9", "north": "Ñ", "south": "a b", "east": "2"}  # in another order too
    moved = rows.assign(estate=rows["estate"].map(called), stratum=rows["stratum"].map(called))
    sizes = SIZES if known else {}
    old = shares(by_estate(rows, sizes), [measure()], ("estate",), smallest_base=1)
    new = shares(by_estate(moved, {called[k]: v for k, v in sizes.items()}), [measure()], ("estate",), smallest_base=1)
    named = {dict(each.group)["estate"]: each for each in new}
    for each in old:
        same = named[called[dict(each.group)["estate"]]]
        assert (same.base, same.method, same.withheld) == (each.base, each.method, each.withheld)
        for field in () if each.withheld else ("value", "se", "low", "high", "effective_base"):
            assert getattr(same, field) == pytest.approx(getattr(each, field), abs=1e-12)


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


# ── Raked weights and clusters, against the definition from rows ─────────────────────────────────

MARGINS = ("age", "kind")


def influence(rows: pd.DataFrame, inside: np.ndarray, margins: tuple[str, ...]) -> np.ndarray:
    """Each row's z: w(y-p)/W in the group and 0 outside; after raking w times its residual on the margins."""
    y, w = (rows["TP01"] >= 4).fillna(False).to_numpy(dtype=float), rows["weight"].to_numpy()
    d = inside & rows["TP01"].between(1, 5).fillna(False).to_numpy(dtype=bool)
    p = (w * y * d).sum() / (w * d).sum()
    u = np.where(d, (y - p) / (w * d).sum(), 0.0)
    if not margins:
        return w * u
    x = pd.get_dummies(rows[list(margins)].astype(str)).to_numpy(dtype=float)
    root = np.sqrt(rows["base_weight"].to_numpy())
    return w * (u - x @ np.linalg.lstsq(x * root[:, None], u * root, rcond=None)[0])


def covariances(z: np.ndarray, units: pd.Series, stratum: pd.Series, sizes: dict[str, int]) -> np.ndarray:
    """Covariance matrix of the columns of z summed over units, by the definition."""
    table = pd.DataFrame(z).groupby([stratum.to_numpy(), units.to_numpy()]).sum()
    total = np.zeros((z.shape[1], z.shape[1]))
    for name, part in table.groupby(level=0):
        n = len(part)
        f = min(n / sizes[name], 1.0) if name in sizes else 0.0
        centred, scale = (part - part.mean(), n / (n - 1)) if n > 1 else (part, 1.0)
        total += (1 - f) * scale * (centred.T @ centred).to_numpy()
    return total


@st.composite
def weighed_people(draw) -> pd.DataFrame:
    rows = draw(people())
    n = len(rows)
    more = {
        "base_weight": st.floats(0.5, 2),
        "age": st.sampled_from(["young", "old"]),
        "kind": st.sampled_from(["flat", "house", "bungalow"]),
        "cluster": st.integers(0, 4),
    }
    drawn = {name: draw(st.lists(values, min_size=n, max_size=n)) for name, values in more.items()}
    return rows.assign(**drawn)


@OFTEN
@given(rows=weighed_people())
def test_after_raking_counted_cells_give_the_variance_and_covariance_of_residuals_from_rows(rows):
    survey = counted(rows, dims=("estate",), populations=SIZES, margins=MARGINS)
    cells, sample = cells_of(survey, ["TP01"], ("estate",)), sample_of(survey)
    counts = tally(cells, len(cells.groups), sample)
    groups = [dict(group)["estate"] for group in cells.groups]
    asked = [g for g in groups if rows.loc[rows["estate"] == g, "TP01"].between(1, 5).fillna(False).any()]
    z = np.stack([influence(rows, (rows["estate"] == g).to_numpy(), MARGINS) for g in asked], axis=1)
    expected = covariances(z, pd.Series(range(len(rows))), rows["stratum"], SIZES)
    place = [groups.index(g) for g in asked]
    assert variance.share_variance(counts, sample)[place] == pytest.approx(np.diag(expected), abs=1e-10)
    if len(asked) == 2:
        found = variance.covariance(counts, sample, np.array(place[:1]), np.array(place[1:]))
        assert found == pytest.approx(expected[0, 1], abs=1e-10)


@OFTEN
@given(
    rows=weighed_people(),
    raked=st.booleans(),
    method=st.sampled_from(METHODS),
    level=st.sampled_from([0.5, 0.95, 0.999]),
)
def test_after_raking_and_in_clusters_too_an_interval_holds_its_share_by_every_method(rows, raked, method, level):
    for cells, sample in (cells_and_sample(rows, raked), clustered(rows, MARGINS if raked else ())):
        counts = tally(cells, len(cells.groups), sample)
        p, found = variance.share(counts), intervals(counts, sample, level, method)
        asked = counts.total(counts.n) > 0
        assert ((found.low >= 0) & (found.low <= p) & (p <= found.high) & (found.high <= 1))[asked].all()
        assert (variance.share_variance(counts, sample)[asked] >= 0).all()


@OFTEN
@given(rows=weighed_people(), raked=st.booleans())
def test_the_five_answers_add_up_and_each_interval_and_that_of_the_net_score_holds_its_value(rows, raked):
    survey = counted(rows, dims=("estate",), populations=SIZES, margins=MARGINS if raked else ())
    for found in distributions(survey, [measure()], ("estate",), smallest_base=1):
        if found.withheld:
            continue
        assert sum(found.shares) == pytest.approx(1, abs=1e-12)
        ends = zip(found.low, found.shares, found.high, strict=True)
        assert all(0 <= low <= share <= high <= 1 for low, share, high in ends)
        assert -1 <= found.net_low <= found.net <= found.net_high <= 1


def cells_and_sample(rows: pd.DataFrame, raked: bool) -> tuple[Cells, Sample]:
    survey = counted(rows, dims=("estate",), populations=SIZES, margins=MARGINS if raked else ())
    return cells_of(survey, ["TP01"], ("estate",)), sample_of(survey)


@OFTEN
@given(rows=weighed_people(), raked=st.booleans())
def test_clusters_count_as_units_raked_or_not(rows, raked):
    cells, sample = clustered(rows, MARGINS if raked else ())
    counts = tally(cells, 2, sample)
    groups = [g for g in ("Ash", "Elm") if rows.loc[rows["estate"] == g, "TP01"].between(1, 5).fillna(False).any()]
    if not groups:
        return
    margins = MARGINS if raked else ()
    z = np.stack([influence(rows, (rows["estate"] == g).to_numpy(), margins) for g in groups], axis=1)
    expected = covariances(z, rows["stratum"] + rows["cluster"].astype(str), rows["stratum"], SIZES)
    place = [("Ash", "Elm").index(g) for g in groups]
    assert variance.share_variance(counts, sample)[place] == pytest.approx(np.diag(expected), abs=1e-10)
    if len(groups) == 2:
        found = variance.covariance(counts, sample, np.array([0]), np.array([1]))
        assert found == pytest.approx(expected[0, 1], abs=1e-10)


def clustered(rows: pd.DataFrame, margins: tuple[str, ...]) -> tuple[Cells, Sample]:
    """Rows as cells of one respondent each, in clusters within strata."""
    stratum, strata = pd.factorize(rows["stratum"])
    cluster, clusters = pd.factorize(rows["stratum"] + rows["cluster"].astype(str))
    of = np.array([stratum[np.argmax(cluster == c)] for c in range(len(clusters))])
    cell = rows.groupby(list(MARGINS)).ngroup().to_numpy()
    w, one = rows["weight"].to_numpy(), np.ones(len(rows))
    answers = rows["TP01"].astype("Float64").fillna(BLANK).astype(int).to_numpy()
    estate = (rows["estate"] == "Elm").to_numpy().astype(int)
    base = rows["base_weight"].to_numpy()
    cells = Cells((("Ash",), ("Elm",)), estate, stratum, answers, one, w, w**2, cell, base, cluster)
    sizes = np.array([float(SIZES.get(name, np.nan)) for name in strata])
    sample = Sample(np.bincount(of, minlength=len(strata)).astype(float), sizes, of)
    if not margins:
        return cells, sample
    levels = rows.assign(cell=cell).groupby("cell")[list(MARGINS)].first()
    age, kind = pd.factorize(levels["age"]), pd.factorize(levels["kind"])
    columns = np.stack([age[0], kind[0] + len(age[1])], axis=1)
    return cells, with_residuals(sample, Units(columns, stratum, cell, one, w, w**2, base, cluster))


@OFTEN
@given(rows=weighed_people(), raked=st.booleans())
def test_everyone_else_is_the_whole_less_the_group(rows, raked):
    survey = counted(rows, dims=("estate",), populations=SIZES, margins=MARGINS if raked else ())
    cells, sample = cells_of(survey, ["TP01"], ("estate",)), sample_of(survey)
    whole = tally(replace(cells, share=np.zeros_like(cells.share)), 1, sample)
    counts = tally(cells, len(cells.groups), sample)
    rest = the_rest(counts, whole, len(cells.groups))
    for at, group in enumerate(cells.groups):
        others = np.flatnonzero([other != group for other in cells.groups])
        if len(others) == 1:
            assert rest.total(rest.n)[at] == counts.total(counts.n)[others[0]]
            expected = variance.share_variance(counts, sample)[others[0]]
            assert variance.share_variance(rest, sample)[at] == pytest.approx(expected, abs=1e-10, nan_ok=True)


@OFTEN
@given(rows=weighed_people(), raked=st.booleans())
def test_covariances_of_totals_are_those_of_rows(rows, raked):
    survey = counted(rows, dims=("estate",), populations=SIZES, margins=MARGINS if raked else ())
    cells, sample = cells_of(survey, ["TP01"], ("estate",)), sample_of(survey)
    boxes = tally(cells, len(cells.groups), sample, dict.fromkeys((5, 4, 3, 2, 1), 1.0))
    answered = rows["TP01"].between(1, 5).fillna(False).to_numpy(dtype=float)
    groups = [dict(group)["estate"] for group in cells.groups]
    u = np.stack([answered * (rows["estate"] == g).to_numpy() for g in groups], axis=1)
    if raked:
        x = pd.get_dummies(rows[list(MARGINS)].astype(str)).to_numpy(dtype=float)
        root = np.sqrt(rows["base_weight"].to_numpy())[:, None]
        u = u - x @ np.linalg.lstsq(x * root, u * root, rcond=None)[0]
    z = rows["weight"].to_numpy()[:, None] * u
    expected = covariances(z, pd.Series(range(len(rows))), rows["stratum"], SIZES)
    assert variance.totals_covariance(boxes, sample) == pytest.approx(expected, abs=1e-8)
