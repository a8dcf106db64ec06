"""What the parts of a pack are made from, of a small generation and with nothing kept beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from data.generation import Generation
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)  # the small survey ended in June 2024


def small_material(
    generation: Generation,
    home: Path,
    kind: str = "board",
    audience: Audience = Audience.INTERNAL,
    estate: str = "",
    clock: datetime = CLOCK,
    wave: str | None = None,
) -> Material:
    """The material of a pack of this generation, on a day of its own."""
    asked = packs.asked_for(generation, kind, clock, wave, audience=audience, estate=estate)
    return Material(asked, generation, Readings(home / "readings", "1"), Settings(home), home)


def said(blocks: tuple[Block, ...]) -> str:
    """Every sentence of some blocks, a line each."""
    return "\n".join(block.text for block in blocks if isinstance(block, Heading | Paragraph | Note))


def table(blocks: tuple[Block, ...], key: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the figure or table of that key. Raises StopIteration where there is none."""
    return next(b for b in blocks if isinstance(b, Figure | TableBlock) and b.key == key).table.rows


def keys(blocks: tuple[Block, ...]) -> list[str]:
    """The keys of the figures and tables, in order."""
    return [block.key for block in blocks if isinstance(block, Figure | TableBlock)]


def keyed(blocks: tuple[Block, ...]) -> dict[str, Figure | TableBlock]:
    """Figures and tables by key."""
    return {block.key: block for block in blocks if isinstance(block, Figure | TableBlock)}
