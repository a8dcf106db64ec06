"""Awaab's Law as its register has it; numbers from SI 2025/1042 and the guidance of 17 October 2025."""

from __future__ import annotations

from datetime import date

from data.hazard_law import hazard_law


def test_the_first_phase_is_in_force_and_the_second_only_expected():
    first, second, third = hazard_law().phases
    assert (first.state, first.first_day) == ("in force", date(2025, 10, 27))
    assert second.state == "expected" and "unofficial" in second.source
    assert third.state == "announced" and third.only_year


def test_the_steps_have_the_limits_of_the_law():
    limits = {step.what: (step.limit, step.unit) for step in hazard_law().steps}
    assert limits["Emergency: investigate and make safe"] == (24, "hours")
    assert limits["Significant: investigate"] == (10, "working days")
    assert limits["Written summary sent to the tenant"] == (3, "working days")
    assert limits["Significant: make safe"] == (5, "working days")
    assert limits["Further works physically begun, at the latest"] == (12, "weeks")


def test_shared_owners_are_outside_and_awareness_starts_the_clock():
    assert "Shared owners and long leaseholders are outside" in hazard_law().scope
    assert "potential hazard" in hazard_law().aware
