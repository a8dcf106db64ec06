"""Labels sheets: what the codes of a workbook mean, where another of its sheets says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.columns.spellings import answer_code, labelled_code, plain_heading, whole_number

EVERY_COLUMN = ""


@dataclass(frozen=True)
class Codebook:
    """What one sheet says the codes mean: per column (plain heading), or for every column under ""."""

    sheet: str
    labels: dict[str, dict[str, str]]  # column -> {code: words}

    def of(self, *headings: str) -> dict[str, str]:
        """The labels of a column known by any of these headings, else those said of every column."""
        for heading in headings:
            if found := self.labels.get(plain_heading(heading)):
                return found
        return self.labels.get(EVERY_COLUMN, {})


def codebook_of(sheet: str, rows: Iterable[Sequence[str]]) -> Codebook | None:
    """The codes and labels on a sheet, or None where it holds none.

    Read: cells such as "5 = Very satisfied", and a code beside its words, after a column's name if there is one.
    """
    labels: dict[str, dict[str, str]] = {}
    column = EVERY_COLUMN
    for row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        pairs, names = _pairs(filled)
        if names and (not pairs or len(names) == 1):
            column = _column(names[0])
        for code, words in pairs:
            labels.setdefault(column, {})[code] = words
    labels = {name: said for name, said in labels.items() if len(said) >= 2}
    return Codebook(sheet, labels) if labels else None


def _pairs(cells: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """(code, words) pairs in a row, and the cells that are neither."""
    pairs, names, place = [], [], 0
    while place < len(cells):
        cell = cells[place]
        after = cells[place + 1] if place + 1 < len(cells) else ""
        parts = [labelled_code(part) or _equal(part) for part in re.split(r"\s*[,;|\n]\s*(?=-?\d{1,3}\s*[=–-])", cell)]
        if all(parts):
            pairs += [part for part in parts if part]
        elif (code := whole_number(cell)) is not None and after and whole_number(after) is None:
            pairs.append((code, after))
            place += 1
        elif answer_code(cell)[0] and (code := whole_number(after)) is not None:
            pairs.append((code, cell))
            place += 1
        else:
            names.append(cell)
        place += 1
    return pairs, names


def _equal(text: str) -> tuple[str, str] | None:
    found = re.match(r"^\s*(-?\d{1,3})\s*=\s*(.+?)\s*$", text)
    return (found[1], found[2]) if found else None


def _column(name: str) -> str:
    """The column a name stands for; a general title such as "Satisfaction scale" or "Code" is every column."""
    plain = plain_heading(name)
    return EVERY_COLUMN if re.search(r"\b(scale|codes?|labels?|values?|all questions|key)\b", plain) else plain
