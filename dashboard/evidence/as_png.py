"""The charts of a document as pictures, for a writer that cannot draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.charts.chart import Chart
from dashboard.drawing.in_typst import drawn
from dashboard.evidence.blocks import Document
from dashboard.evidence.typesetting import pictures, setting

SHARP = 200  # dots an inch


@dataclass(frozen=True)
class Picture:
    """A chart, or some of its rows, as PNG, with its words for those who cannot see it."""

    png: bytes
    alt: str


def charts_as_pictures(document: Document, dots_an_inch: int = SHARP) -> dict[str, tuple[Picture, ...]]:
    """The pictures of each chart by the figure's key; a chart of many rows is several, all on one scale."""
    asked = [(figure.key, *part) for figure in document.figures if figure.printed for part in _parts(figure.chart)]
    if not asked:
        return {}
    made = pictures("pictures.typ", {**setting(document), "pictures": [drawing for *_, drawing in asked]}, dots_an_inch)
    found: dict[str, tuple[Picture, ...]] = {}
    for (key, alt, _), png in zip(asked, made, strict=True):
        found[key] = (*found.get(key, ()), Picture(png, alt))
    return found


def _parts(chart: Chart) -> Iterator[tuple[str, dict[str, Any]]]:
    """The alt text and the drawing of each part of a chart."""
    drawing = drawn(chart)
    rows, most = len(drawing["rows"]), drawing["most"]
    if rows <= most or drawing["way"] not in ("dots", "bars"):
        yield chart.alt, {"chart": drawing, "first": 0, "last": rows}
        return
    parts = -(-rows // most)
    for part in range(parts):
        first, last = part * most, min((part + 1) * most, rows)
        yield f"Part {part + 1} of {parts}. {chart.alt}", {"chart": drawing, "first": first, "last": last}
