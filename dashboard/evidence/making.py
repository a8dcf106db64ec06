"""How every figure of a document was made, as one table: for the workbook and as a file beside the others."""

from __future__ import annotations

from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Document
from dashboard.how.told import HEADINGS, lines

NAME = "how"  # of the file; no figure may be called so
TITLE = "How this was made"
FILE_HEADINGS = ("reference", "name", "title", *(heading.lower() for heading in HEADINGS))


def making(document: Document) -> Table | None:
    """A row for every figure that tells how it was made, in reading order; None where none does."""
    rows = []
    for name, block in document.named():
        if block.how is not None:
            told = {heading: " ".join(said) for heading, said in lines(block.how)}
            rows.append((block.key, name, block.title, *(told.get(heading, "") for heading in HEADINGS)))
    return Table(FILE_HEADINGS, tuple(rows), FILE_HEADINGS, tuple(rows)) if rows else None
