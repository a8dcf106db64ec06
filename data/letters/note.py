"""The note for staff that goes with the list of findings, whenever it is handed on."""

from __future__ import annotations

from pathlib import Path

NOTE = Path(__file__).parents[1] / "reference" / "letters_note.md"


def staff_note() -> str:
    """The note as Markdown, with places for the landlord's own dates and roles."""
    return NOTE.read_text(encoding="utf-8")
