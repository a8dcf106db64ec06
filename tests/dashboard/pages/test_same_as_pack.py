"""A number in a pack is the number on the page: every row of the pack's charts stands in a table of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from complaint_rows import complaint
from small_records import generation_of, homes_on

from dashboard import packs, session
from dashboard.evidence.blocks import Block, Figure, Paragraph, TableBlock
from dashboard.evidence.sections import section
from dashboard.words import WORD_JOINER
from data.settings import Settings
from data.store import Store

PAGES = {
    "measures": ("how-are-we-doing", {"measures-part": "The twelve"}),
    "spoken": ("what-tenants-say", {"spoken-part": "At a glance"}),
    "complaints": ("safety-and-complaints", {"counted-by": "category"}),
}
SAME = {
    "measures": ("measures-lcra-shares", "measures-lcra-changes"),
    "spoken": ("spoken-lcra-topics", "spoken-lcra-moved"),
    "complaints": ("complaints-lcra-became", "complaints-lcra-topics"),
}


def blocks_of(part: str, folder: Path, home: Path) -> tuple[Block, ...]:
    """The blocks of one part of a board pack of renters, as known today."""
    settings, store = Settings(home), Store(folder, "sample" if folder.name == "sample" else "real")
    generation = store.current()
    clock = datetime.combine(session.today(), time(12), UTC)
    asked = packs.asked_for(generation, "board", clock, groups=("LCRA",))
    made = section(part).blocks(packs.material_of(asked, generation, store, settings))
    generation.close()
    return made


@pytest.fixture
def told(request, home) -> Callable[[str], tuple[Block, ...]]:
    """Blocks of the invented landlord; those of complaints are of a small one with forty of them."""

    def blocks(part: str) -> tuple[Block, ...]:
        if part != "complaints":
            request.getfixturevalue("sample")
            return blocks_of(part, home / "sample", home)
        days = [(f"C{n}", f"2024-0{4 + n % 5}-{10 + n % 9}", ("Repairs", "Staff")[n % 2]) for n in range(40)]
        made = [
            complaint(day, reference=name, complaint=name, category=about, responded=day) for name, day, about in days
        ]
        homes = [{**each, "row": row} for row, each in enumerate(homes_on("Ash Court", 200), start=1)]
        generation_of(home / "landlord", {"complaints": made, "homes": homes}).close()
        return blocks_of(part, home / "landlord", home)

    return blocks


def plainly(cell: object) -> str:
    return str(cell).replace("\\", "").replace(WORD_JOINER, "").replace("&#36;", "$")


@pytest.mark.parametrize("part", PAGES)
def test_every_row_of_the_packs_charts_stands_on_the_page(part, told, draw):
    path, address = PAGES[part]
    figures = {block.key: block for block in told(part) if isinstance(block, Figure | TableBlock)}
    page = draw(path, **address)
    assert not page.exception
    on_page = {tuple(map(plainly, row)) for table in page.table for row in table.value.to_numpy()}
    assert set(SAME[part]) <= set(figures), sorted(figures)
    for key in SAME[part]:
        rows = {tuple(map(plainly, row)) for row in figures[key].table.rows}
        assert rows and rows <= on_page, (key, sorted(rows - on_page)[:3])


def test_sentences_of_the_headline_are_the_same(told, draw):
    first, *_ = (block.text for block in told("measures") if isinstance(block, Paragraph))
    page = draw("how-are-we-doing")
    said = [plainly(element.value) for element in (*page.header, *page.markdown)]
    share, *_ = first.removeprefix("Overall satisfaction: ").partition(". ")
    assert share and any(each.startswith(share) for each in said)
