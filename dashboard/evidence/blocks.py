"""What a document is made of: headings, paragraphs, charts, tables, quotes and notes, before anybody writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.charts.chart import Chart, Table
from dashboard.how import How

DEEPEST = 3  # of headings
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class CannotWrite(ValueError):
    """What of a document cannot be written, and what to do; nothing has been written then."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins a section."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise CannotWrite("A heading has no words. Give it some: readers find their way by headings.")
        if not 1 <= self.level <= DEEPEST:
            raise CannotWrite(f"The heading '{self.text}' has level {self.level}. Levels are 1 to {DEEPEST}.")


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True)
class Note:
    """What a reader must know before relying on what stands beside it."""

    text: str


@dataclass(frozen=True)
class Quote:
    """A tenant's words, redacted and approved, and who they are from as far as that may be told."""

    text: str
    who: str


@dataclass(frozen=True)
class Figure:
    """A chart with its words for those who cannot see it. ``key`` finds its entry in the manifest.

    ``shares`` names the file headings of its table that hold fractions of one; ``how`` tells how it was made. One that
    is not ``printed`` stands in the workbook and the CSV files alone.
    """

    key: str
    chart: Chart
    shares: tuple[str, ...] = ()
    how: How | None = None
    printed: bool = True

    def __post_init__(self) -> None:
        _check_key(self.key, "figure")
        if not self.chart.alt.strip():
            raise CannotWrite(
                f"The figure '{self.key}' ({self.chart.title}) has no words for those who cannot see it. Give its "
                "chart an alt text."
            )
        _check_table(self.key, self.chart.table, self.shares)

    @property
    def table(self) -> Table:
        """The figures behind the chart."""
        return self.chart.table

    @property
    def title(self) -> str:
        """What the figure is called."""
        return self.chart.title

    @property
    def about(self) -> tuple[str, ...]:
        """What the figures are of, and where they are from."""
        return tuple(filter(None, (self.chart.caption, self.chart.source)))


@dataclass(frozen=True)
class TableBlock:
    """A table with a title. ``about`` says what its figures are of and where they are from; for the rest see Figure."""

    key: str
    title: str
    table: Table
    about: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    how: How | None = None
    printed: bool = True

    def __post_init__(self) -> None:
        _check_key(self.key, "table")
        if not self.title.strip():
            raise CannotWrite(f"The table '{self.key}' has no title. Give it one.")
        _check_table(self.key, self.table, self.shares)


Block = Heading | Paragraph | Note | Quote | Figure | TableBlock


@dataclass(frozen=True)
class Document:
    """A document: its blocks in reading order and what stands on its cover.

    ``made`` is the moment it says it was made, handed in so that the same document can be made again; ``facts`` are
    what the figures are of, for the cover; ``marks`` are what nobody may miss, each in a few words, for every page, and
    in a sentence, for the cover; ``imprint`` is its small print; ``stem`` names its files. ``appendix`` is the heading
    of the part that tells how figures were made, to which each of them leads; ``brief``: a page or two, without a cover
    and contents.
    """

    title: str
    subtitle: str
    author: str
    made: datetime
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    imprint: str = ""
    stem: str = "document"
    language: str = "en-GB"
    appendix: str = ""
    brief: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise CannotWrite("The document has no title. Give it one: a screen reader reads it first.")
        if self.made.utcoffset() is None:
            raise CannotWrite(f"{self.made} has no time zone. Give one: 2026-11-29T12:00:00+00:00.")
        _check_key(self.stem, "document")
        _check_levels(self.headings)
        twice = [key for key, n in Counter(block.key for block in self.keyed).items() if n > 1]
        if twice:
            raise CannotWrite(f"Two figures or tables are called '{twice[0]}'. Give each a name of its own.")
        if any(block.key == "how" for block in self.keyed):
            raise CannotWrite("No figure can be called 'how': that is the file that tells how figures were made.")
        if self.appendix and self.appendix not in [heading.text for heading in self.headings]:
            raise CannotWrite(f"There is no part '{self.appendix}' to tell how figures were made.")

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The charts in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @property
    def printed(self) -> tuple[Block, ...]:
        """The blocks of the PDF and the Word file, in reading order: without the figures kept as data alone."""
        return tuple(block for block in self.blocks if is_printed(block))

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def keyed(self) -> tuple[Figure | TableBlock, ...]:
        """Charts and tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure | TableBlock))

    def named(self) -> Iterator[tuple[str, Figure | TableBlock]]:
        """Every chart and table under the name it is printed with: "Figure 2", "Table 1"."""
        return named(self.blocks)

    def sheets(self) -> Iterator[tuple[str, Figure | TableBlock]]:
        """The charts and tables whose figures are kept as files, each set of figures once, in reading order."""
        tables = [block.table for block in self.tables]
        for name, block in self.named():
            if isinstance(block, TableBlock) or block.table not in tables:
                yield name, block


def is_printed(block: Block) -> bool:
    """Whether a block stands in the PDF and the Word file, and not in the workbook and CSV alone."""
    return block.printed if isinstance(block, Figure | TableBlock) else True


def named(blocks: Iterable[Block]) -> Iterator[tuple[str, Figure | TableBlock]]:
    """The charts and tables among blocks that begin a document, under the names they are printed with there.

    Those that are not printed are called "Data 1" and so on, so that no number of a printed one is left out.
    """
    counted: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Figure | TableBlock):
            kind = ("Figure" if isinstance(block, Figure) else "Table") if block.printed else "Data"
            counted[kind] += 1
            yield f"{kind} {counted[kind]}", block


def _check_key(key: str, of: str) -> None:
    if not _ID.fullmatch(key):
        raise CannotWrite(
            f"'{key}' cannot name a {of}: use small letters, figures and single hyphens, as 'measures-2'."
        )


def _check_table(key: str, table: Table, shares: tuple[str, ...]) -> None:
    for headings, rows in ((table.headings, table.rows), (table.file_headings, table.file_rows)):
        if not headings or not all(heading.strip() for heading in headings):
            raise CannotWrite(f"The table of '{key}' has a column without a heading. Give every column one.")
        if len(set(headings)) < len(headings):
            raise CannotWrite(f"The table of '{key}' has two columns of one heading: {', '.join(headings)}.")
        for number, row in enumerate(rows, start=1):
            if len(row) != len(headings):
                raise CannotWrite(f"Row {number} of '{key}' has {len(row)} cells for {len(headings)} headings.")
    unknown = [name for name in shares if name not in table.file_headings]
    if unknown:
        raise CannotWrite(f"'{key}' has no column '{unknown[0]}'. It has {', '.join(table.file_headings)}.")


def _check_levels(headings: tuple[Heading, ...]) -> None:
    """A screen reader's user takes a level left out for a part that is missing."""
    above = 0
    for heading in headings:
        if heading.level > above + 1:
            raise CannotWrite(
                f"The heading '{heading.text}' has level {heading.level} after level {above}. Leave no level out."
            )
        above = heading.level
