"""How the columns of a table share a page's width, and which of them hold figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.charts.chart import Table
from dashboard.evidence.letters import readable

NOTHING = "Nothing to show."
NARROWEST, WIDEST, AROUND = 5, 34, 4  # letters that decide how wide a column is, and room beside them
MOST_TOGETHER, MOST_COLUMNS, MOST_LETTERS = 16, 7, 40  # of a table that stays on one page
_FIGURE_LIKE = re.compile(r"(?:[−+±<]?\d|–$|under |over ).{0,24}")


def rows_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows as read; a table without any says so in one."""
    return table.rows or ((NOTHING, *("" for _ in table.headings[1:])),)


def figures_of(table: Table) -> list[bool]:
    """Whether each column holds figures and nothing else, which are set to the right; never the first.

    >>> figures_of(Table(("Place", "Share", "Note"), (("9", "62%", ""), ("1", "–", "few")), ("p",), ()))
    [False, True, False]
    """
    columns = list(zip(*table.rows, strict=True))
    return [
        n > 0 and bool(columns) and all(_FIGURE_LIKE.fullmatch(cell) for cell in columns[n])
        for n in range(len(table.headings))
    ]


def widths_of(table: Table) -> list[int]:
    """How wide each column is beside the others: its longest cell within reason, its longest word, room for figures.

    >>> widths_of(Table(("Place", "Share"), (("Ash Court", "68% to 74%"),), ("p",), ()))
    [13, 18]
    """
    columns = zip(table.headings, *rows_of(table), strict=True)
    return [
        _width(column) + (AROUND if figures else 0) for column, figures in zip(columns, figures_of(table), strict=True)
    ]


def fits_a_page(table: Table) -> bool:
    """Whether a table is so short that it need not be broken over two pages."""
    few = len(table.rows) <= MOST_TOGETHER and len(table.headings) <= MOST_COLUMNS
    return few and all(len(cell) <= MOST_LETTERS for row in (table.headings, *table.rows) for cell in row)


def _width(column: Sequence[str]) -> int:
    """A heading may stand on several lines, a word of it may not."""
    heading, *cells = (readable(cell) for cell in column)
    longest = max(len(text) for text in (*heading.split(), *cells))
    return AROUND + max(NARROWEST, min(WIDEST, longest))
