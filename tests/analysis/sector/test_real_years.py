"""The two years the regulator has published, where they are beside the checkout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from analysis.model import Verdict
from analysis.sector.comparing import compare_landlord
from analysis.sector.methods import by_method, method_effects
from analysis.sector.moves import moves
from analysis.sector.peers import peers
from analysis.sector.standing import standings
from analysis.watch.funnel import funnel
from data.registers import management_measures
from data.sector_matches import pairs
from data.sources.regulator import read_year

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "rsh_tsm"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared/data/rsh_tsm is not beside the checkout")


@pytest.fixture(scope="module")
def earlier():
    return read_year(FOLDER / "2024_TSM_Full_Data_v1.1_FINAL.xlsx")


@pytest.fixture(scope="module")
def later():
    return read_year(FOLDER / "2025_TSM_Full_Data_v1.0_FINAL.xlsx")


def overall(year, group="LCRA"):
    """Every landlord's overall satisfaction that is published."""
    table = year.measures
    return table[(table.tenure_group == group) & (table.measure == "TP01") & (table.base > 0)]


def test_the_interval_of_188_of_353_landlords_holds_a_quartile(later):
    """The share of 53 % as it was first counted: Wald's interval of all who were asked, with the finite population."""
    mine = overall(later)
    surveys = [later.surveys[code, "LCRA"] for code in mine.landlord]
    n, homes = (np.array([getattr(each, name) for each in surveys], dtype=float) for name in ("sample", "population"))
    p = mine.share.to_numpy(dtype=float)
    reach = 1.96 * np.sqrt(p * (1 - p) / n * (homes - n) / (homes - 1))
    quartiles = np.quantile(p, [0.25, 0.5, 0.75])[:, None]
    assert int(((p - reach < quartiles) & (quartiles < p + reach)).any(axis=0).sum()) == 188


@pytest.mark.slow
def test_more_than_half_of_landlords_cannot_be_sure_of_their_quartile(later):
    """By ranks, where the others' uncertainty counts too, it is 54 %: 190 of 353, give or take the draws."""
    every = peers(later, overall(later).landlord.iloc[0], "LCRA", ())
    found = [standings(later, code, "LCRA", every, ("TP01",))[0] for code in every.landlords]
    assert len(found) == 353
    assert sum(len(each.claim) > 1 for each in found) == pytest.approx(190, abs=4)


def test_most_moves_of_more_than_a_point_cannot_be_told_from_noise(earlier, later):
    found = [m for m in moves(earlier, later, pairs(earlier, later, {}), "LCRA") if m.measure == "TP01"]
    moved = [m for m in found if abs(m.after - m.before) > 0.01]
    noise = [m for m in moved if m.low is not None and m.low <= 0 <= m.high]
    assert (len(found), len(moved), len(noise)) == (348, 279, 156)  # 56 %


def test_of_all_348_landlords_67_have_a_real_change(earlier, later):
    found = [m for m in moves(earlier, later, pairs(earlier, later, {}), "LCRA") if m.measure == "TP01"]
    counted = Counter(m.verdict for m in found)
    assert counted == {Verdict.REAL: 67, Verdict.CHANCE: 173, Verdict.DIFFERENTLY: 108}
    assert sum("weighted in" in m.why for m in found if m.verdict is not Verdict.DIFFERENTLY) > 10


def test_the_funnel_has_246_landlords_outside_before_and_9_after_overdispersion(later):
    mine = overall(later)
    found = funnel(list(mine.landlord), mine.yes.to_numpy(dtype=float), mine.base.to_numpy(dtype=float))
    assert (len(found.points), found.outside_plain, found.outside) == (353, 246, 9)
    assert found.phi == pytest.approx(35.0, abs=0.2)


@pytest.mark.parametrize(("held", "landlords", "points"), [("earlier", 119, -13.6), ("later", 132, -14.85)])
def test_the_internet_scores_far_below_the_telephone_in_the_same_landlord(request, held, landlords, points):
    found = method_effects(request.getfixturevalue(held), "LCRA")["Internet"]
    assert found.landlords == landlords
    assert 100 * found.median == pytest.approx(points, abs=0.01)
    assert 0.05 < found.spread < 0.12


BY_METHOD = {
    "earlier": {"Telephone": (74.0, 275), "Internet": (61.5, 182), "Postal": (77.6, 89), "Face to face": (74.5, 30)},
    "later": {"Telephone": (73.8, 294), "Internet": (60.3, 175), "Postal": (78.8, 70), "Face to face": (81.2, 34)},
}


@pytest.mark.parametrize("held", BY_METHOD)
def test_medians_by_method_are_those_found_before(request, held):
    year = request.getfixturevalue(held)
    told = {each.method: each for code in year.landlords for each in _by_method(year, code)}
    found = {method: (round(100 * told[method].median, 1), told[method].among) for method in BY_METHOD[held]}
    assert found == {method: (pytest.approx(median, abs=0.051), n) for method, (median, n) in BY_METHOD[held].items()}


def _by_method(year, code):
    return by_method(year, code, "LCRA") if (code, "LCRA") in year.surveys else ()


def test_any_landlord_sees_all_22_measures_at_once(earlier, later):
    code = next(code for code, each in later.landlords.items() if each.name == "Leeds City Council")
    matched = pairs(earlier, later, {})
    found = compare_landlord(later, code, "LCRA", None, earlier, matched, management_measures("2024/25"))
    assert (found.sample.responses, found.sample.required, found.sample.met) == (2709, 2295, True)
    assert (len(found.standings), len(found.moves), len(found.management)) == (12, 12, 14)
    safety = [each for each in found.management if each.measure.startswith("BS")]
    assert all(each.outstanding is not None and each.rank is None for each in safety)
    assert all(each.rank is None for each in found.management if each.better == "context")


def test_a_landlord_is_compared_within_its_time(earlier, later):
    code, matched = overall(later).landlord.iloc[0], pairs(earlier, later, {})
    compare_landlord(later, code, "LCRA", None, earlier, matched)
    start = perf_counter()
    compare_landlord(later, code, "LCRA", peers(later, code, "LCRA", ()), earlier, matched)
    assert perf_counter() - start < 1.2  # 0.4 s asked for the standing alone, on a machine of its own
