"""How the columns of a table share a page's width, and which of them hold figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.charts.chart import Table
from dashboard.evidence.letters import readable

NOTHING = "Nothing to show."
NARROWEST, AROUND = 4, 3  # letters a column has at least, and room beside them
UNBROKEN = 18  # letters that stay on one line: a word, a range in brackets
ACROSS, ACROSS_SMALL, FEW = 104, 114, 5  # letters a row of a page holds, of a table of more than a few columns too
MOST_TOGETHER, MOST_COLUMNS, MOST_LETTERS = 10, 7, 60  # of a table that stays on one page
HEADING_LINES = 2.5
_RANGE = r"(?:under |over )?[−+]?[\d.,]+%? (?:to|of) [−+]?[\d.,]+%?"
_PIECES = re.compile(rf"[^\s(]*\([^)]*\)[^\s(]*|{_RANGE}|\S+")
_FIGURE_LIKE = re.compile(r"(?:[−+±<]?\d|–$|under |over ).{0,17}")


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
    """How many letters wide each column is: as its longest cell where all have room, else each longest cell takes about
    as many lines as the next one's.

    No column is narrower than its longest word or range in brackets, within reason. Of many rows the longest few are
    not looked at.

    >>> widths_of(Table(("Place", "Share"), (("Ash Court", "68% to 74%"),), ("p",), ()))
    [12, 13]
    """
    columns = [[readable(cell) for cell in column] for column in zip(table.headings, *rows_of(table), strict=True)]
    least = [_least(column, figures) for column, figures in zip(columns, figures_of(table), strict=True)]
    asked = [max(low, _long(column[1:])) for low, column in zip(least, columns, strict=True)]
    room = (ACROSS if len(columns) <= FEW else ACROSS_SMALL) - AROUND * len(columns)
    return [AROUND + wide for wide in _shared(least, asked, room)]


def _long(cells: Sequence[str]) -> int:
    """The letters of a cell as long as nine in ten of them at most."""
    return sorted(map(len, cells))[-(len(cells) // 10) - 1]


def unbroken(cell: str) -> str:
    """A cell whose short ranges in brackets stay on one line.

    >>> unbroken("+1 point (−3 to +5)") == "+1 point (−3\\N{NO-BREAK SPACE}to\\N{NO-BREAK SPACE}+5)"
    True
    """
    return _PIECES.sub(lambda found: _kept(found[0]), cell)


def pieces_of(cell: str) -> list[str]:
    """What of a cell stays on one line: its words and its short ranges.

    >>> pieces_of("Ash Court 68% to 74%")
    ['Ash', 'Court', '68% to 74%']
    """
    return [
        piece for found in _PIECES.findall(cell) for piece in ([found] if len(found) <= UNBROKEN else found.split())
    ]


def _kept(piece: str) -> str:
    return piece.replace(" ", "\N{NO-BREAK SPACE}") if len(piece) <= UNBROKEN else piece


def _shared(least: Sequence[int], asked: Sequence[int], room: int) -> list[int]:
    """What each column gets: what it asks for over as many lines as it takes for the row to hold every column."""
    for tenths in range(10, 10 * max(asked) + 1):
        given = [max(low, -(-10 * wide // tenths)) for low, wide in zip(least, asked, strict=True)]
        if sum(given) <= room:
            return given
    return list(least)


def fits_a_page(table: Table) -> bool:
    """Whether a table is so short that it need not be broken over two pages."""
    few = len(table.rows) <= MOST_TOGETHER and len(table.headings) <= MOST_COLUMNS
    return few and all(len(cell) <= MOST_LETTERS for row in (table.headings, *table.rows) for cell in row)


def _least(column: Sequence[str], figures: bool) -> int:
    """The letters of what stays on one line: a word, a range, a cell of figures; a heading stands on few lines."""
    heading, *cells = column
    kept = (cell if figures else piece for cell in cells for piece in (_PIECES.findall(cell) or [""]))
    words = (*heading.split(), *kept)
    return max(
        NARROWEST, min(UNBROKEN, int(len(heading) / HEADING_LINES)), *(min(UNBROKEN, len(word)) for word in words)
    )
