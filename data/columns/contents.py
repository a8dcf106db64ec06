"""What a column holds, from a sample of its cells: answers, codes, yes or no, dates, free text, personal details."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.columns.spellings import answer_code, given_names, places, whole_number, yes_or_no

MOST = 0.8  # share of the cells that settles what a column holds
MOST_NAMES = 0.5  # share of cells that are names of people; a list of names never holds all
FEW = 5  # distinct values up to which names could be of houses or teams
SOME_PERSONAL = 0.3  # share of cells with personal details that makes the whole column personal

_EMAIL = re.compile(r"^(.*[\s<(:])?[^@\s]+@[^@\s]+\.[a-z]{2,}\W*$", re.IGNORECASE)
_IP = re.compile(r"^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}$", re.IGNORECASE)
_PHONE = re.compile(r"^'?(?:\+44|0044|\(?0)[\d\s()-]{8,14}\d$|^7\d{9}$")
_NI = re.compile(r"^[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(.*[\s,])?[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\.?$", re.IGNORECASE)  # ends with a postcode
_DATE = re.compile(
    r"^\d{4}-\d{1,2}-\d{1,2}([ T].*)?$|^\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})( .*)?$"
    r"|^([A-Za-z]{3,9},? )?\d{1,2}(st|nd|rd|th)?[ -][A-Za-z]{3,9}[ -]\d{2,4}( .*)?$"
    r"|^[A-Za-z]{3,9} \d{1,2}(st|nd|rd|th)?,? \d{4}( .*)?$|^20\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$"
)
_NUMERIC = re.compile(r"^-?\d+([.]\d+)?([eE][+-]?\d+)?$")

PERSONAL = {
    "E-mail": _EMAIL,
    "IP address": _IP,
    "Phone": _PHONE,
    "National Insurance number": _NI,
    "Address": _ADDRESS,
}


@dataclass(frozen=True)
class Contents:
    """What a sample of a column holds. ``kind``: scale, number, yes_no, date, text, category, personal or empty."""

    kind: str
    values: tuple[str, ...]  # distinct, in order of first appearance
    filled: int
    personal: str = ""  # what kind of personal detail

    @property
    def distinct(self) -> int:
        return len(self.values)


def contents_of(cells: Sequence[str | None]) -> Contents:
    """What these cells of one column hold."""
    filled = Counter(cell.strip() for cell in cells if cell and cell.strip())
    values = tuple(filled)
    if not filled:
        return Contents("empty", (), 0)
    for kind, pattern in PERSONAL.items():
        if _share(filled, lambda cell, pattern=pattern: bool(pattern.match(cell))) >= SOME_PERSONAL:  # type: ignore[misc]  # default binds the loop's pattern
            return Contents("personal", values, filled.total(), kind)
    if len(values) > FEW and _share(filled, _is_name) >= MOST_NAMES:
        return Contents("personal", values, filled.total(), "Name")
    return Contents(_kind(filled, values), values, filled.total())


def _is_name(cell: str) -> bool:
    """Whether a cell is a person's name: "Aisha Khan", "Khan, Aisha", "Mrs Khan"; "Victoria Court" is a place."""
    words = re.findall(r"[^\W\d_][^\W\d_'’-]*", cell.lower())
    short = 2 <= len(words) <= 4 and not re.search(r"\d", cell)
    return short and not places().intersection(words) and bool(given_names().intersection(words))


def _kind(filled: Counter[str], values: Sequence[str]) -> str:
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("yes_no", lambda cell: yes_or_no(cell) is not None),
        ("scale", lambda cell: answer_code(cell)[0]),
        ("date", lambda cell: bool(_DATE.match(cell))),
        ("number", lambda cell: bool(_NUMERIC.match(cell))),
    )
    for kind, test in tests:
        if _share(filled, test) >= MOST:
            return kind
    return "text" if _is_text(filled, values) else "category"


def _is_text(filled: Counter[str], values: Sequence[str]) -> bool:
    words = sum(len(value.split()) for value in values) / len(values)
    various = len(values) > filled.total() * 0.2 and (len(values) > 5 or words >= 5.5)
    return words >= 4 and various


def _share(filled: Counter[str], test: Callable[[str], bool]) -> float:
    return sum(count for cell, count in filled.items() if test(cell)) / filled.total()


def answers_like(contents: Contents) -> bool:
    """Whether a column could hold the answers of a measure: words of a scale, or few whole numbers."""
    if contents.kind in ("scale", "empty", "yes_no"):
        return contents.kind != "yes_no"
    if contents.kind == "number":
        return contents.distinct <= 25 and all(whole_number(value) is not None for value in contents.values)
    return contents.kind == "category" and any(answer_code(value)[0] for value in contents.values)
