"""The figures of a document as CSV: a file for each chart or table, unrounded, what they are of on the last line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Document, Figure, TableBlock
from dashboard.evidence.letters import readable
from dashboard.evidence.making import NAME, TITLE, making

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that letters are in UTF-8


def as_csv(document: Document) -> Mapping[str, bytes]:
    """Each set of figures as a CSV, by file name, in reading order; last, where any tells it, how each was made.

    A cell of text is never run as a formula.
    """
    files = {f"{block.key}.csv": _file(block.table, name, block) for name, block in document.sheets()}
    made = making(document)
    return files if made is None else {**files, f"{NAME}.csv": _written(made, f"{TITLE}.")}


def _file(table: Table, name: str, block: Figure | TableBlock) -> bytes:
    return _written(table, _about(name, block.title, block.about))


def _written(table: Table, about: str) -> bytes:
    return (MARK + _plain(table).as_csv(readable(about))).encode()


def _about(name: str, title: str, about: tuple[str, ...]) -> str:
    return ". ".join(part.rstrip(".") for part in (f"{name}: {title}", *about)) + "."


def _plain(table: Table) -> Table:
    """The same table with nothing in its texts but what can be read."""
    rows = tuple(tuple(readable(cell) if isinstance(cell, str) else cell for cell in row) for row in table.file_rows)
    return replace(table, file_headings=tuple(map(readable, table.file_headings)), file_rows=rows)
