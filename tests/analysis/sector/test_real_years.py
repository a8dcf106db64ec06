"""The two years the regulator has published, where they are beside the checkout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.sector.methods import method_effects
from analysis.sector.moves import moves
from analysis.sector.peers import peers
from analysis.sector.standing import standings
from analysis.watch.funnel import funnel
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


@pytest.mark.slow
def test_more_than_half_of_landlords_cannot_be_sure_of_their_quartile(later):
    code = next(code for code, group in later.surveys if group == "LCRA")
    every = peers(later, code, "LCRA", ())
    unsure = [len(standings(later, code, "LCRA", every, ("TP01",))[0].claim) > 1 for code in every.landlords]
    assert len(unsure) == 353
    assert np.mean(unsure) == pytest.approx(0.53, abs=0.015)


def test_most_moves_of_more_than_a_point_cannot_be_told_from_noise(earlier, later):
    overall = [m for m in moves(earlier, later, pairs(earlier, later, {}), "LCRA") if m.measure == "TP01"]
    moved = [m for m in overall if abs(m.after - m.before) > 0.01]
    noise = [m for m in moved if m.low is not None and m.low <= 0 <= m.high]
    assert len(noise) / len(moved) == pytest.approx(0.56, abs=0.005)


def test_the_funnel_has_246_landlords_outside_before_and_9_after_overdispersion(later):
    table = later.measures
    mine = table[(table.tenure_group == "LCRA") & (table.measure == "TP01") & table.share.notna()]
    found = funnel(list(mine.landlord), mine.yes.to_numpy(dtype=float), mine.base.to_numpy(dtype=float))
    assert (len(found.points), found.outside_plain, found.outside) == (353, 246, 9)
    assert found.phi == pytest.approx(35.0, abs=0.2)


def test_the_internet_scores_a_median_of_15_points_below_the_telephone_in_the_same_landlord(later):
    landlords, _, median, _ = method_effects(later, "LCRA")["Internet"]
    assert landlords == 132
    assert median == pytest.approx(-0.149, abs=0.002)
