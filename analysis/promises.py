"""What was promised in replies to complaints: overdue, due soon, kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from analysis.calendar import date_or_none
from analysis.model import Promise

SOON = 7  # calendar days: a promise due within them is "due soon"
COLUMNS = ("reference", "stage", "promise_due", "promise_done", "estate", "promise")
STATES = ("overdue", "due soon", "due later", "no date", "kept late", "kept")  # in the order they are told


def promises(rows: pd.DataFrame, today: date, soon: int = SOON) -> tuple[Promise, ...]:
    """What replies promised, the longest overdue first, then what is due next, then what was kept.

    A row is a stage whose reply held a promise: ``promise`` (its words, already redacted, or empty), ``promise_due``,
    ``promise_done``.
    """
    found = [_promise(row, today, soon) for row in rows.reindex(columns=COLUMNS).to_dict("records")]
    return tuple(sorted(found, key=lambda p: (STATES.index(p.state), p.due or date.max, p.reference)))


def _promise(row: dict[Any, Any], today: date, soon: int) -> Promise:
    by, done = date_or_none(row["promise_due"]), date_or_none(row["promise_done"])
    state, days = _standing(by, None if done and done > today else done, today, soon)
    words = _text(row.get("promise")) or ""
    return Promise(str(row["reference"]), int(row["stage"]), state, by, done, days, _text(row["estate"]), words)


def _standing(by: date | None, done: date | None, today: date, soon: int) -> tuple[str, int | None]:
    if done:
        late = (done - by).days if by else None
        return ("kept late", late) if late and late > 0 else ("kept", None if late is None else -late)
    if by is None:
        return "no date", None
    left = (by - today).days
    if left < 0:
        return "overdue", -left
    return ("due soon" if left <= soon else "due later"), left


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
