"""Open hazard cases in the order somebody has to look at them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.cases import open_cases


def case(reference, severity, reported, **said):
    blank = dict.fromkeys(("kind", "investigation_due", "inspected", "made_safe", "estate"))
    return {**blank, "reference": reference, "severity": severity, "reported": reported, **said}


def test_open_hazards_are_emergencies_first_then_the_longest_open():
    rows = pd.DataFrame(
        [
            case("other", None, None),
            case("new", "significant", "2026-11-20", investigation_due="2026-12-04"),
            case("old", "significant", "2026-11-02", investigation_due="2026-11-16"),
            case("seen", "significant", "2026-11-03", investigation_due="2026-11-17", inspected="2026-11-10"),
            case("danger", "emergency", "2026-11-24"),
            case("done", "emergency", "2026-11-01", made_safe="2026-11-02"),
        ]
    )
    found = open_cases(rows, date(2026, 11, 25))
    assert [(c.reference, c.days_open, c.inspection_overdue) for c in found] == [
        ("danger", 1, False),
        ("old", 23, True),
        ("seen", 22, False),
        ("new", 5, False),
        ("other", None, False),
    ]
    assert found[-1].severity == "not recorded"
