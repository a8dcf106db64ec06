"""The sample is loaded by itself once, and never again after someone has taken it away."""

from __future__ import annotations

from data.settings import Settings
from tools.first_start import used_before


def test_an_empty_home_has_not_been_used(tmp_path):
    assert not used_before(Settings(tmp_path))


def test_a_home_with_either_landlord_has_been_used_even_when_emptied(tmp_path):
    for name in ("sample", "landlord"):
        (tmp_path / name / name).mkdir(parents=True)
        assert used_before(Settings(tmp_path / name))
