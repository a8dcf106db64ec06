"""A small landlord as parts of a pack see it: a survey, what was read in its comments, and what was kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from analysis.model import Audience, Mention, Reading, Redacted, Tone
from analysis.model.told import Strength, Told
from dashboard import packs
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.material import Material
from data.generation import Generation
from data.readings import Readings
from data.settings import Settings
from data.voices import unread

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
DAMP = (Mention("damp_mould", "negative"),)


def read(key: str, text: str, tone: str = "negative", **more: object) -> Reading:
    """What a reader read in one comment: criticism of damp, unless a test says otherwise."""
    said = {"mentions": DAMP, "sensitive": False, "reader": "v1", **more}
    return Reading(key, Redacted(text), Tone(tone, -0.5, (), 0.9), **said)


def readings_of(folder: Path, generation: Generation, reading: Callable[[str, str], Reading | None] = read) -> Readings:
    """What was read in every comment of a generation; None leaves one unread."""
    kept = Readings(folder / "readings", "v1")
    found = [reading(key, text) for key, _, text in unread(generation, kept.select(), 1_000)]
    kept.keep([each for each in found if each is not None])
    return kept


def material_of(
    folder: Path,
    generation: Generation,
    readings: Readings,
    audience: Audience = Audience.INTERNAL,
    settings: Settings | None = None,
    estate: str = "",
) -> Material:
    """What a part of a pack is made from."""
    asked = packs.asked_for(generation, "board", CLOCK, audience=audience, estate=estate)
    return Material(asked, generation, readings, settings or Settings(folder), folder)


def said(blocks: Sequence[Block]) -> str:
    """Every sentence of some blocks, one a line."""
    return "\n".join(block.text for block in blocks if isinstance(block, Heading | Paragraph | Note | Quote))


def keyed(blocks: Sequence[Block]) -> dict[str, Figure | TableBlock]:
    """The charts and tables of some blocks, by their keys."""
    return {block.key: block for block in blocks if isinstance(block, Figure | TableBlock)}


def quotes_in(blocks: Sequence[Block]) -> list[Quote]:
    """The quotes of some blocks."""
    return [block for block in blocks if isinstance(block, Quote)]


def judged(key: str, text: str) -> Reading:
    """A comment that tells of being judged by staff."""
    return read(key, text, told=Told(("landlord_staff",), ("disrespect",), ()))


def strong(key: str, text: str, kind: str = "neighbours") -> Reading:
    """A comment that tells of a strength."""
    return read(key, text, "positive", strengths=(Strength(kind),))
