"""What the words mean: the terms that the parts before this one use, from the register."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, Quote, TableBlock, is_printed
from dashboard.evidence.material import Material
from dashboard.how import How
from data.packs.glossary import Term, terms_in

NONE_USED = "This document uses no term that needs explaining."
HEADINGS = ("Term", "What it means")
ABOUT = ("The field's own terms, as far as this document uses them, explained in plain words.",)
MADE = How(
    counted=("Terms that occur in this document; nothing is counted here.",),
    who="Nobody was asked.",
    base="None: these are words, not figures.",
    sums="From the register of terms.",
)


def blocks(material: Material) -> tuple[Block, ...]:
    """Nothing by itself: which terms are used is known from the parts before."""
    return ()


def after(material: Material, before: tuple[Block, ...]) -> tuple[Block, ...]:
    """The terms that occur in the printed blocks before, or that none does."""
    found = terms_in(text for block in before if is_printed(block) for text in _texts(block))
    if not found:
        return (Paragraph(NONE_USED),)
    return (TableBlock("glossary-terms", "Terms used in this document", _table(found), ABOUT, how=MADE),)


def _table(found: tuple[Term, ...]) -> Table:
    rows = tuple((term.name, term.means) for term in found)
    return Table(HEADINGS, rows, tuple(heading.lower() for heading in HEADINGS), rows)


def _texts(block: Block) -> Iterator[str]:
    """What a reader sees of a block; not a tenant's words, which need no explaining."""
    if isinstance(block, Heading | Paragraph | Note):
        yield block.text
    elif isinstance(block, Figure | TableBlock):
        yield block.title
        yield from block.about
        yield from block.table.headings
        yield from (cell for row in block.table.rows for cell in row if isinstance(block, TableBlock))
    elif isinstance(block, Quote):
        yield block.who
