"""What is wrong with a file, and what only the analyst can say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault of one file: where, what was found, the rule in plain words, how to put it right, who owns it.

    ``row`` counts as a spreadsheet does (the first line of the file is 1); None where the fault is the column's or
    the file's. ``stops`` is "file", "row" or "" (a warning).
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str
    what: str
    remedy: str
    owner: str
    stops: str


@dataclass(frozen=True)
class Ask:
    """Something only the analyst can say. ``key`` is the place in an answers file, e.g. ``direction.TP01``."""

    key: str
    what: str
    why: str
    options: tuple[str, ...] = ()
