"""Beside every figure on every page stands how it was made: by a name of its own, in plain words, made when opened."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dashboard import pages
from dashboard.pages import PAGES, files, measures, places, respect, silence, spoken
from dashboard.widgets.how import ASKS

PARTS = (
    *(("how-are-we-doing", {"measures-part": part}) for part in measures.PARTS),
    *(("where-and-for-whom", {"places-part": part}) for part in places.PARTS),
    *(("what-tenants-say", {"spoken-part": part}) for part in spoken.PARTS),
    *(
        ("treated-with-respect", {"respect-part": part, "told-of": of})
        for part in respect.PARTS
        for of in respect.TOLD_OF
    ),
    *(("who-we-have-not-heard-from", {"silence-part": part}) for part in silence.PARTS),
    *(("data-and-packs", {"part": part}) for part in files.PARTS[1:]),
    *((page.path, {}) for page in PAGES),
)
# Lists of records and of what people did: what each row is stands in it, and nothing in them was worked out.
LISTS = {"approach.py": 1, "joins.py": 1, "lists.py": 2, "sector.py": 1, "told.py": 1, "twentytwo.py": 1}


def labels(page) -> list[str]:
    """What the buttons that tell how a figure was made are called."""
    every = [block.proto.popover.label for block in page.get("popover")]
    return [label.replace("\\", "") for label in every if label.startswith(ASKS)]


@pytest.mark.parametrize(("path", "address"), PARTS, ids=lambda given: str(given))
def test_every_chart_tells_how_it_was_made_by_a_name_of_its_own(path, address, draw, sample):
    page = draw(path, **address)
    assert not page.exception
    told = labels(page)
    assert len(set(told)) == len(told)
    assert len(told) >= len(page.get("plotly_chart"))


def test_what_it_tells_is_made_only_when_it_is_opened(draw, sample):
    page = draw("how-are-we-doing")
    closed = "\n".join(element.value for element in page.markdown)
    assert "Files it stands on" not in closed
    page.session_state["measures-how"] = True
    opened = "\n".join(element.value for element in page.run().markdown).replace("\\", "")
    for said in (
        "**What was asked or counted**",
        "TP05: Thinking about the condition of the property or building you live in",
        "**Left out**",
        "Not applicable, don't know, refused and blank",
        "**Files it stands on**",
        "rows in",
    ):
        assert said in opened


def test_a_caveat_is_not_among_what_is_left_out_and_each_file_stands_once(draw, sample):
    page = draw("how-are-we-doing")
    page.session_state["measures-how"] = True
    opened = next(each.value for each in page.run().markdown if "Files it stands on" in each.value).replace("\\", "")
    left_out, besides = (opened.split(f"**{heading}**")[1].split("**")[0] for heading in ("Left out", "Also to know"))
    assert "Provisional" in besides and "Provisional" not in left_out
    files = opened.split("**Files it stands on**")[1].split("\n\n")[1:]
    assert files and len(set(files)) == len(files)


def test_no_page_draws_figures_in_a_table_without_telling_how_they_were_made():
    """``table`` alone is for lists; a page that has one more of it has figures without how they were made."""
    folder = Path(pages.__file__).parent
    found = {
        path.name: sum(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "table"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
        for path in sorted(folder.glob("*.py"))
    }
    assert {name: calls for name, calls in found.items() if calls} == LISTS
