from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.watch.funnel import dispersion, funnel, scores

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey" / "out" / "funnel.json"


def chance(seed: int = 1, tau: float = 0.0, units: int = 200):
    random = np.random.default_rng(seed)
    n = random.integers(50, 800, units).astype(float)
    true = np.sin(np.arcsin(np.sqrt(0.7)) + tau * random.standard_normal(units)) ** 2
    return [f"U{at}" for at in range(units)], random.binomial(n.astype(int), true).astype(float), n


def test_where_only_chance_is_at_work_hardly_any_unit_lies_outside():
    found = funnel(*chance())
    assert found.phi < 1.3 and found.outside <= 2 and found.outside_plain <= 3


def test_units_that_differ_anyway_are_allowed_for():
    found = funnel(*chance(tau=0.1))
    assert found.phi > 3 and found.tau == pytest.approx(0.1, rel=0.35)
    assert found.outside_plain > 20 > found.outside


def test_limits_narrow_with_size_and_hold_the_target():
    found = funnel(["small", "large"], np.array([7.0, 700]), np.array([10.0, 1000]))
    small, large = found.points
    assert small.low < large.low < found.target < large.high < small.high


def test_a_unit_far_off_lies_outside_on_its_side():
    names, yes, n = chance()
    yes[0] = 0.2 * n[0]
    assert funnel(names, yes, n).points[0].outside == -1


def test_shares_of_0_and_1_have_limits_too():
    found = funnel(["none", "all", "half"], np.array([0.0, 40, 20]), np.array([40.0, 40, 40]))
    assert all(0 <= point.low <= point.high <= 1 for point in found.points)


def test_no_units_or_one_without_answers_is_refused():
    for n in ([], [10.0, 0.0]):
        with pytest.raises(ValueError, match="at least one answer"):
            funnel(["a"] * len(n), np.array(n) * 0.5, np.array(n))


@pytest.mark.skipif(not FIXTURE.is_file(), reason="shared/fixtures/r_survey is not beside the checkout")
@pytest.mark.parametrize("kind", ["estates", "landlords"])
def test_dispersion_agrees_with_funnelplotr(kind):
    expected = json.loads(FIXTURE.read_text())[kind]
    yes, n = (np.array(expected[name], dtype=float) for name in ("x", "n"))
    z = scores(yes, n, expected["target"])
    phi, tau = dispersion(z, n)
    assert z == pytest.approx(np.array(expected["z"]), abs=1e-10)
    assert (phi, tau**2) == pytest.approx((expected["phi"], expected["tau2"]), rel=1e-10)
    found = funnel([""] * len(n), yes, n, expected["target"])
    assert [point.low for point in found.points] == pytest.approx(expected["od998"]["lo"], abs=1e-7)
    assert [point.high for point in found.points] == pytest.approx(expected["od998"]["hi"], abs=1e-7)
