from __future__ import annotations

import pytest

from analysis.management import management_figures
from analysis.model import Counted, Entry, ManagementMeasure


def measure(code: str, unit: str = "%", tenures: tuple[str, ...] = ("combined",)) -> ManagementMeasure:
    return ManagementMeasure(code, code, "", "", unit, "high", tenures, "2025/26", False, "")


def entry(numerator: float, denominator: float, code: str = "BS01", group: str = "combined") -> Entry:
    return Entry("2025/26", code, group, numerator, denominator, "Sam", "2026-05-01T09:00:00+00:00")


def one(code="BS01", said=None, counted=None, homes=None, unit="%", group="combined"):
    keyed = {(code, group): said} if said else {}
    found = {(code, group): counted} if counted else {}
    return management_figures("2025/26", [measure(code, unit, (group,))], keyed, found, homes or {})[0]


def test_a_figure_is_both_its_numbers_and_safety_checks_tell_homes_outstanding():
    found = one(said=entry(9_990, 10_000))
    assert (found.value, found.outstanding, found.source) == (99.9, 10, "entered by Sam on 2026-05-01")


def test_nothing_in_the_denominator_is_not_applicable_and_never_nought():
    found = one(said=entry(0, 0))
    assert found.value is None and found.withheld.startswith("not applicable")


def test_rates_are_for_every_thousand_homes():
    assert one("CH01_1", entry(42, 1_000, "CH01_1"), unit="per 1,000 homes").value == pytest.approx(42)


def test_what_is_counted_is_used_where_nothing_is_entered_with_extensions_apart():
    found = one("CH02_1", counted=Counted(365, 426, "the complaints held", (329, 36)))
    assert found.parts == (329, 36) and found.value == pytest.approx(85.68, abs=0.01)


def test_what_is_entered_goes_before_and_a_difference_is_pointed_out():
    found = one("CH02_1", entry(400, 426, "CH02_1"), Counted(365, 426, "the complaints held", (329, 36)))
    assert found.numerator == 400 and found.parts is None
    assert found.warnings == ("The numerator entered is 400; the complaints held gives 365.",)


def test_a_part_larger_than_its_whole_and_more_homes_than_there_are_are_pointed_out():
    assert "larger than the denominator" in one(said=entry(11, 10)).warnings[0]
    assert "the list of homes has 9,000" in one(said=entry(9_000, 10_000), homes={"combined": 9_000}).warnings[0]
    assert not one(said=entry(9_000, 9_100), homes={"combined": 9_000}).warnings


def test_neither_entered_nor_counted_is_said():
    assert one().withheld == "neither entered nor counted"
