"""The parts a pack may be made of. To add one: a function in ``parts/`` and a row here; nothing else knows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.evidence.blocks import Block, Heading
from dashboard.evidence.captions import nothing
from dashboard.evidence.material import Material
from dashboard.evidence.parts import (
    approach,
    brief,
    complaints,
    fair,
    glossary,
    lineage,
    management,
    measures,
    method,
    places,
    quality,
    regulator_return,
    requests,
    respect,
    safety,
    spoken,
    strengths,
    summary,
    unheard,
    withheld,
)

Blocks = Callable[[Material], tuple[Block, ...]]


@dataclass(frozen=True)
class Section:
    """A part of a pack: what names it, its heading, the blocks it makes, and the ready-made packs that have it.

    ``packs``: keys of data/reference/packs.toml; parts stand in a pack in the order of SECTIONS. ``files``: further
    files it adds to the archive, by name; ``after``: blocks it makes of those before it in the document.
    """

    key: str
    title: str
    blocks: Blocks
    packs: tuple[str, ...] = ()
    files: Callable[[Material], Mapping[str, bytes]] | None = None
    after: Callable[[Material, tuple[Block, ...]], tuple[Block, ...]] | None = None

    def of(self, material: Material, before: tuple[Block, ...] = ()) -> tuple[Block, ...]:
        """The heading and the blocks; a part with nothing to say says so. ``before``: blocks of the parts before."""
        made = (*self.blocks(material), *(self.after(material, before) if self.after else ()))
        return (Heading(self.title), *(made or nothing("no figures")))


EVERY = ("tsm", "regulator", "board", "complaints", "stairs")  # but the estate brief, which has two pages

SECTIONS: tuple[Section, ...] = (
    Section("summary", "In short", summary.blocks, ("tsm", "regulator", "board", "stairs")),
    Section(
        "measures", "What tenants said, measure by measure", measures.blocks, ("tsm", "regulator", "board", "stairs")
    ),
    Section(
        "management",
        "The management measures, from the landlord's own records",
        management.blocks,
        ("tsm", "regulator", "board", "stairs"),
    ),
    Section("approach", "Summary of approach", approach.blocks, ("tsm", "regulator", "stairs")),
    Section(
        "return",
        "The regulator's return",
        regulator_return.blocks,
        ("tsm", "regulator"),
        files=regulator_return.files,
    ),
    Section("fair", "Fair outcomes: who is served how well", fair.blocks, ("regulator", "board")),
    Section("places", "Where and for whom: results by place and group", places.blocks, ("regulator", "board")),
    Section("spoken", "What tenants say", spoken.blocks, ("regulator", "board")),
    Section("respect", "Treated with respect", respect.blocks, ("regulator", "board"), respect.files),
    Section("strengths", "Strengths tenants tell of", strengths.blocks, ("regulator", "board")),
    Section("unheard", "Who we have not heard from", unheard.blocks, ("tsm", "regulator", "board")),
    Section(
        "complaints",
        "Complaints: performance and learning",
        complaints.blocks,
        ("regulator", "board", "complaints", "stairs"),
    ),
    Section("safety", "Safety: hazards, repairs and promises", safety.blocks, ("regulator", "board")),
    Section("quality", "How good the data are, and known issues", quality.blocks, ("regulator", "board")),
    Section("requests", "Requests for evidence and information, and what was sent", requests.blocks, ("regulator",)),
    Section("brief", "What tenants of this estate say", brief.blocks, ("estate",)),
    Section("withheld", "What was withheld, and why", withheld.blocks, EVERY),
    Section(
        "method", "How figures are made", method.blocks, ("tsm", "regulator", "board", "stairs"), after=method.after
    ),
    Section(
        "glossary",
        "What the words mean",
        glossary.blocks,
        ("tsm", "regulator", "board", "complaints", "stairs"),
        after=glossary.after,
    ),
    Section(
        "lineage",
        "How each figure was made",
        lineage.nothing,
        ("tsm", "regulator", "board", "complaints", "stairs"),
        after=lineage.after,
    ),
)


def section(key: str) -> Section:
    """The part of that key. Raises KeyError for one there is not."""
    return next(each for each in SECTIONS if each.key == key)


def ready_made(kind: str) -> tuple[str, ...]:
    """The keys of the parts a ready-made pack has, in order."""
    return tuple(each.key for each in SECTIONS if kind in each.packs)
