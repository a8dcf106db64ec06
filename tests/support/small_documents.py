"""Small documents for tests of writers: every block there is, and texts that try to be more than text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from charts_of_every_kind import chart_of

from dashboard.charts.chart import Kind, Table
from dashboard.evidence.blocks import Block, Document, Figure, Heading, Note, Paragraph, Quote, TableBlock

CLOCK = datetime(2026, 11, 29, 12, 0, 7, tzinfo=UTC)
LONG_NAME = "Upper Longwater and Nether Wallop Garden Estate with " + "Very-Long-Terraces " * 13 + "North"
NASTY = (
    "#set text(red) $x^2$ *bold* _it_ `raw` @ref <label> [#panic()] \\ // comment",
    '<w:p>&amp;</w:p> <!-- --> ]]> "quoted" \'single\'',
    "=HYPERLINK(\"http://x\",\"y\")",
    "+44 161 496 0000",
    "-1+1",
    "@SUM(A1)",
    "[click](http://example.org) and $$note$$ and $$",
    "שלום, שכונה 12",
    "شارع الأمل",
    "Fixed 🏠 at last 👩‍👧 👍🏽",
    "Bell\x07, null\x00, escape\x1b[31m, turn\u202eback, half\ud800",
    "山田団地",
    "a" * 300,
)  # fmt: skip


def document(*blocks: Block, **named: object) -> Document:
    """A document of these blocks."""
    cover = {
        "title": "Tenant satisfaction measures",
        "subtitle": "What tenants said, and how sure we can be",
        "author": "An invented landlord",
        "made": CLOCK,
        "facts": (("Survey", "2025"), ("Tenants", "Renters (LCRA)")),
        "marks": (("Invented data", "No real landlord's."), ("Provisional rules", "Carried from the year before.")),
        "imprint": "Made from generation 000001.",
        "stem": "board",
    }
    return Document(blocks=blocks, **{**cover, **named})


def as_kept(row: Sequence[object]) -> list[object]:
    """Cells as workbooks keep them: numbers to fourteen figures."""
    return [f"{cell:.14g}" if isinstance(cell, int | float) else cell for cell in row]


def rows_table(rows: int, name: str = "Estate") -> Table:
    """A table of so many estates."""
    numbers = range(1, rows + 1)
    return Table(
        headings=("Estate", "Share", "Answers", "Note"),
        rows=tuple((f"{name} {n}", f"{n % 100}%", f"{10 * n:,}", "could be chance") for n in numbers),
        file_headings=("estate", "share", "answers", "note"),
        file_rows=tuple((f"{name} {n}", (n % 100) / 100, 10 * n, "could be chance") for n in numbers),
    )


def whole_document() -> Document:
    """A document with every block and every kind of chart."""
    return document(
        Heading("Summary"),
        Paragraph("Seven in ten were satisfied."),
        Note("Provisional rules."),
        Quote("The repair was quick.", "A tenant, 2025"),
        Heading("Every chart"),
        *_every_chart(),
        Heading("Estates"),
        Heading("One by one", 2),
        TableBlock("estates", "Every estate", rows_table(6), ("Shown for: 2025",), ("share",)),
        Heading("Nothing here"),
        Paragraph("There is nothing to say here: no figures."),
    )


def _every_chart() -> Iterator[Block]:
    for number, kind in enumerate(Kind):
        yield Paragraph(f"Before chart {number}.")
        yield Figure(f"chart-{number}", chart_of(kind))


def nasty_document() -> Document:
    """A document whose every text tries to be more than text."""
    return document(
        *(block for text in NASTY for block in (Heading(text), Paragraph(text), Quote(text, text), Note(text))),
        Figure("dots", chart_of(Kind.INTERVALS, NASTY)),
        Figure("bars", chart_of(Kind.ANSWERS, NASTY)),
        Figure("months", chart_of(Kind.MONTHS, NASTY)),
        TableBlock(
            "table", NASTY[0],
            Table(("Name", NASTY[0]), tuple((text, text) for text in NASTY),
                  ("name", NASTY[6]), tuple((text, text) for text in NASTY)),
            NASTY,
        ),
        title=NASTY[0], subtitle=NASTY[1], author=NASTY[8], facts=tuple((text, text) for text in NASTY),
    )  # fmt: skip
