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


def test_more_checked_than_there_were_leaves_no_number_outstanding():
    assert one(said=entry(12, 10)).outstanding is None
    assert one(said=entry(10, 10)).outstanding == 0


def test_a_rate_divided_by_too_few_homes_is_pointed_out():
    found = one("CH01_1", entry(42, 800, "CH01_1"), homes={"combined": 1_000}, unit="per 1,000 homes")
    assert "800 homes and the list of homes has 1,000" in found.warnings[0]
    assert not one(said=entry(700, 800), homes={"combined": 1_000}).warnings  # not every home has gas


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (("CH01_1", 100, 1_000), ("CH02_1", 30, 40), "40 complaints made; CH01_1 has 100"),
        (("NM01_1", 5, 1_000), ("NM01_2", 9, 1_000), "larger than that of NM01_1, 5"),
        (("NM01_1", 5, 1_000), ("NM01_2", 1, 900), "900 homes and NM01_1 by 1,000"),
    ],
)
def test_measures_that_belong_together_are_held_against_each_other(first, second, message):
    both = {(code, "LCRA"): entry(a, b, code, "LCRA") for code, a, b in (first, second)}
    measures = [measure(code, "%" if code.startswith("CH02") else "per 1,000 homes", ("LCRA",)) for code, _ in both]
    above, found = management_figures("2025/26", measures, both, {}, {})
    assert not above.warnings and len(found.warnings) == 1 and message in found.warnings[0]
