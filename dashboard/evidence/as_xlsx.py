"""A document's figures as a workbook by the government's good practice (gptables): cover, contents, notes, and one
tidy table a sheet, numbers as numbers, nothing that could be run."""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

import gptables
import pandas as pd

from dashboard import words
from dashboard.charts.chart import Cell, Table
from dashboard.evidence.archive import rewritten
from dashboard.evidence.blocks import Document, Figure, TableBlock
from dashboard.evidence.letters import readable
from dashboard.evidence.making import TITLE, making

NOT_TOLD = "[x]"
NOTE_COLUMN = "note"
# gptables acts on some signs in data: two dollars name a note, brackets make a link, a cell without a Latin letter is
# refused. A private sign, which no text of ours can hold, keeps it from that and is taken out of the file again.
_GUARD = "\ue000a"
_GUARD_BYTES = _GUARD.encode()
_ACTED_ON = re.compile(r"(?<=\])(?=\()|(?<=\$)(?=\$)")
_LATIN = re.compile(r"[A-Za-z0-9]")
_A4 = 9  # as Excel numbers paper
COVER, COVER_LETTERS = 110, 95  # how wide the cover is, and letters of a row of it
LARGER, BESIDE = 1.15, 2  # our letters beside Excel's usual ones, and room beside a column's
NARROWEST, WIDE_HEADING, WIDEST = 7, 22, 60  # letters of a column
_LONGEST = 32_000  # letters of a cell
_NUMBERS_TO_TEXT = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_SHARE, _WHOLE = {"num_format": "0.0%"}, {"num_format": "#,##0"}
NOTES = {
    "shares": "Shares are kept unrounded as fractions of one and shown as percentages; click a cell to see all of it.",
    "untold": f"{NOT_TOLD} means not told or not applicable: where a figure is withheld, its row says why.",
    "weights": (
        "Shares are weighted where the survey is, and counts (answers, counted as yes) are of people as they are: one "
        "count by the other need not give the share."
    ),
    "ranges": "Where a column is called low or high it is an end of a 95% interval.",
}
_UNTOLD = "untold"
_REFERRED = " ".join(f"$${name}$$" for name in NOTES)


def as_xlsx(document: Document) -> bytes:
    """The figures of a document as a workbook; made twice it is the same to the byte."""
    packed = io.BytesIO()
    sheets = {name: _sheet(name, block) for name, block in document.sheets()}
    made = making(document)
    if sheets and made is not None:
        sheets[TITLE] = _making_sheet(made)
    notes = pd.DataFrame({"reference": [*NOTES], "Note text": [_guarded(note) for note in NOTES.values()]})
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No note text provided")  # a document without figures needs no notes
        warnings.simplefilter("ignore", DeprecationWarning)  # how gptables calls pandas
        book = gptables.produce_workbook(
            packed,
            sheets,
            cover=_cover(document),
            contentsheet_label="Contents" if sheets else None,
            contentsheet_options={"column_names": ["Sheet", "What it holds"]} if sheets else None,
            notes_table=notes if sheets else None,
            auto_width={name: False for name, _ in document.sheets()},  # set below: gptables measures every letter
            workbook_options={**_NUMBERS_TO_TEXT, "in_memory": True},
        )
    for name, block in document.sheets():
        for column, wide in enumerate(_widths(block)):
            book.get_worksheet_by_name(name).set_column(column, column, wide)
    for sheet in book.worksheets():  # on paper: sideways, as wide as the page
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
    book.set_properties(
        {
            "title": readable(document.title)[:255],
            "subject": readable(document.subtitle)[:255],
            "author": readable(document.author)[:255],
            "created": document.made.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )
    book.close()
    return rewritten(packed.getvalue(), document.made, _unguarded)


def _unguarded(name: str, content: bytes) -> bytes:
    return content.replace(_GUARD_BYTES, b"") if name.endswith(".xml") else content


def _cover(document: Document) -> gptables.Cover:
    intro = [document.subtitle, document.author, *(f"{mark}. {sentence}" for mark, sentence in document.marks)]
    facts = [f"{name}: {said}" for name, said in document.facts]
    about = [*facts, f"Made on {words.british_date(document.made.date())}.", document.imprint]
    return gptables.Cover(
        cover_label="Cover",
        title=_guarded(document.title),
        intro=list(_in_lines(intro)),
        about=list(_in_lines(about)),
        width=COVER,
    )


def _in_lines(texts: Iterable[str]) -> Iterator[str]:
    """Texts in rows none of which needs two lines: how high a row is, is not told in the file."""
    for text in texts:
        yield from map(_guarded, textwrap.wrap(text, COVER_LETTERS))


def _widths(block: Figure | TableBlock) -> Iterator[float]:
    """How wide each column is, in letters of the usual size: as what is seen in it, within reason."""
    table, shares = _shown(block), _shares(block)
    columns = list(zip(*table.file_rows, strict=True)) or [()] * len(table.file_headings)
    for heading, cells in zip(table.file_headings, columns, strict=True):
        longest = max((len(_seen(cell, heading in shares)) for cell in cells), default=0)
        yield BESIDE + LARGER * min(WIDEST, max(longest, NARROWEST, min(len(heading), WIDE_HEADING)))


def _seen(cell: Cell, share: bool) -> str:
    """A cell about as it is seen."""
    if share and isinstance(cell, int | float):
        return f"{cell:.1%}"
    return f"{cell:,.6g}" if isinstance(cell, float) else str(cell)


def _sheet(name: str, block: Figure | TableBlock) -> gptables.GPTable:
    table = _shown(block)
    headings = [_guarded(heading) for heading in table.file_headings]
    rows = [[_cell(cell) for cell in row] for row in table.file_rows] or [["Nothing to show", *_untold(headings)]]
    frame = pd.DataFrame(rows, columns=headings, dtype=object)
    return gptables.GPTable(
        table=frame,
        table_name=name.replace(" ", "_").lower(),
        title=_guarded(f"{name}: {block.title}"),
        subtitles=[_guarded(line) for line in block.about],
        instructions=" ".join((f"This sheet holds one table. Reference: {block.key}.", *_made_where(block), _REFERRED)),
        index_columns={1: 0},
        additional_formatting=list(_formats(block, rows)),
    )


def _made_where(block: Figure | TableBlock) -> Iterator[str]:
    if block.how is not None:
        yield f"The sheet '{TITLE}' tells how under this reference."


def _making_sheet(made: Table) -> gptables.GPTable:
    """How every figure was made, a row each."""
    frame = pd.DataFrame(
        [[_cell(cell) for cell in row] for row in made.file_rows],
        columns=[words.sentence_case(heading) for heading in made.file_headings],
        dtype=object,
    )
    return gptables.GPTable(
        table=frame,
        table_name="how_this_was_made",
        title=TITLE,
        subtitles=[
            "What was asked or counted, of whom, out of what, what was left out, by which sum, what else is to be "
            "known, from which files"
        ],
        instructions=f"This sheet holds one table: a row for each figure, by its reference. $${_UNTOLD}$$",
        index_columns={1: 0},
    )


def _untold(headings: list[str]) -> list[str]:
    return [NOT_TOLD] * (len(headings) - 1)


def _cell(cell: Cell) -> object:
    """A cell as kept: numbers as numbers, nothing as a sign that says so."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return NOT_TOLD
    if isinstance(cell, str):
        return _guarded(cell) if cell.strip() else NOT_TOLD
    return cell


def _shown(block: Figure | TableBlock) -> Table:
    """The table as its sheet has it: headings begin with a capital, a column of notes that holds none is left out.

    >>> told = Table(("A", "Note"), (("x", ""),), ("name", "note"), (("x", None),))
    >>> _shown(TableBlock("t", "T", told)).file_headings
    ('Name',)
    """
    table = block.table
    kept = [
        n
        for n, heading in enumerate(table.file_headings)
        if heading.lower() != NOTE_COLUMN
        or not table.file_rows
        or any(_cell(row[n]) != NOT_TOLD for row in table.file_rows)
    ]
    return replace(
        table,
        file_headings=tuple(words.sentence_case(table.file_headings[n]) for n in kept),
        file_rows=tuple(tuple(row[n] for n in kept) for row in table.file_rows),
    )


def _shares(block: Figure | TableBlock) -> tuple[str, ...]:
    return tuple(map(words.sentence_case, block.shares))


def _guarded(text: str) -> str:
    """Text that gptables acts on no sign of."""
    line = _ACTED_ON.sub(_GUARD, readable(text)[:_LONGEST])
    return line if _LATIN.search(line) else f"{line}{_GUARD}"


def _formats(block: Figure | TableBlock, rows: list[list[object]]) -> Iterator[dict[str, object]]:
    """Shares as percentages, counts with their thousands."""
    shares = _shares(block)
    for column, heading in enumerate(_shown(block).file_headings):
        numbers = [row[column] for row in rows if isinstance(row[column], int | float)]
        if heading in shares:
            yield {"column": {"columns": [column], "format": _SHARE}}
        elif numbers and all(isinstance(number, int) or number > 100 for number in numbers):
            yield {"column": {"columns": [column], "format": _WHOLE}}
