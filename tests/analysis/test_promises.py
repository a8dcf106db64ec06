"""What was promised in replies, by hand."""

from __future__ import annotations

from datetime import date

from complaint_rows import complaint, table

from analysis.promises import promises


def test_promises_are_overdue_due_soon_later_or_kept_with_their_days_the_longest_overdue_first():
    said = (
        ("week late", "2026-11-18", None),
        ("in a week", "2026-12-02", None),
        ("in eight days", "2026-12-03", None),
        ("today", "2026-11-25", None),
        ("month late", "2026-10-26", None),
        ("kept early", "2026-11-20", "2026-11-10"),
        ("kept late", "2026-11-10", "2026-11-12"),
        ("kept, no date", None, "2026-11-12"),
        ("no date", None, None),
        ("done tomorrow, says the file", "2026-11-24", "2026-11-26"),
    )
    rows = [complaint("2026-09-01", reference=name, promise_due=by, promise_done=done) for name, by, done in said]
    found = [(p.reference, p.state, p.days) for p in promises(table(*rows), date(2026, 11, 25))]
    assert found == [
        ("month late", "overdue", 30),
        ("week late", "overdue", 7),
        ("done tomorrow, says the file", "overdue", 1),
        ("today", "due soon", 0),
        ("in a week", "due soon", 7),
        ("in eight days", "due later", 8),
        ("no date", "no date", None),
        ("kept late", "kept late", 2),
        ("kept early", "kept", 10),
        ("kept, no date", "kept", None),
    ]
