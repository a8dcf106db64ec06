"""The parts a pack may be made of. To add one: a function in ``parts/`` and a row here; nothing else knows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.evidence.blocks import Block, Heading, Paragraph
from dashboard.evidence.material import Material
from dashboard.evidence.parts import approach, complaints, measures, requests, safety

NOTHING_TO_SAY = "There is nothing to say here: {why}."


@dataclass(frozen=True)
class Section:
    """A part of a pack: what names it, its heading, the blocks it makes, and the ready-made packs that have it.

    ``packs``: keys of data/reference/packs.toml; parts stand in a pack in the order of SECTIONS. ``files``: further
    files it adds to the archive, by name.
    """

    key: str
    title: str
    blocks: Callable[[Material], tuple[Block, ...]]
    packs: tuple[str, ...] = ()
    files: Callable[[Material], Mapping[str, bytes]] | None = None

    def of(self, material: Material) -> tuple[Block, ...]:
        """The heading and the blocks; a part with nothing to say says so."""
        return (Heading(self.title), *(self.blocks(material) or (Paragraph(NOTHING_TO_SAY.format(why="no figures")),)))


EVERY = ("tsm", "regulator", "board", "complaints", "stairs", "estate")

SECTIONS: tuple[Section, ...] = (
    Section(
        "measures", "What tenants said, measure by measure", measures.blocks, ("tsm", "regulator", "board", "stairs")
    ),
    Section("approach", "Summary of approach", approach.blocks, ("tsm", "regulator", "stairs")),
    Section(
        "complaints",
        "Complaints: performance and learning",
        complaints.blocks,
        ("regulator", "board", "complaints", "stairs"),
    ),
    Section("safety", "Safety: hazards, repairs and promises", safety.blocks, ("regulator", "board")),
    Section("requests", "Requests for evidence and information, and what was sent", requests.blocks, ("regulator",)),
)


def section(key: str) -> Section:
    """The part of that key. Raises KeyError for one there is not."""
    return next(each for each in SECTIONS if each.key == key)


def ready_made(kind: str) -> tuple[str, ...]:
    """The keys of the parts a ready-made pack has, in order."""
    return tuple(each.key for each in SECTIONS if kind in each.packs)
