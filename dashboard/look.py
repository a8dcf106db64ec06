"""Colours for a light and a dark page, and the sizes of letters. Contrast is tested by number."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Public Sans, sans-serif"
TEXT_SIZE = 16  # pixels, in charts
SMALLEST_TEXT = 12  # pixels; a number that would be smaller stands in the table only
MARK_HEIGHT = 26  # pixels a row of a chart gives to its dot or bar
ROW_GAP = 22  # pixels between a row's mark and the next row's name
LINE_HEIGHT = 22  # pixels a line of a row's name takes
LINE_LETTERS = 40  # letters of a row's name that fit across a telephone


@dataclass(frozen=True)
class Palette:
    """One page's colours. ``answers``, ``tones`` and ``parts`` are in the order they are drawn, best first."""

    name: str
    page: str
    text: str
    quiet: str  # lines of the grid; never carries meaning
    outline: str
    main: str
    earlier: str
    reference: str
    answers: tuple[str, str, str, str, str]
    tones: tuple[str, str, str, str, str]  # positive, mixed, neutral, negative, unsure
    parts: tuple[str, str, str, str, str, str]  # in time, in more time, still to come, late, overdue, neither


# The Likert colours are interface.md §6's, computed so that neighbours differ by 3:1; main and earlier are from the
# Analysis Function palette (Crown Copyright, MIT).
LIGHT = Palette(
    name="light",
    page="#FFFFFF",
    text="#0B0C0C",
    quiet="#D9DDE1",
    outline="#8A8A8A",
    main="#12436D",
    earlier="#767676",
    reference="#801650",
    answers=("#12436D", "#4592C9", "#F3F2F1", "#DC6B3A", "#702610"),
    tones=("#12436D", "#8C8C8C", "#F3F2F1", "#DC6B3A", "#FFFFFF"),
    parts=("#12436D", "#4592C9", "#F3F2F1", "#DC6B3A", "#702610", "#A5A5A5"),
)
DARK = Palette(
    name="dark",
    page="#101820",
    text="#F4F6F8",
    quiet="#34414D",
    outline="#8A98A5",
    main="#8FC4EE",
    earlier="#9AA7B2",
    reference="#F0A8D0",
    answers=("#BFE0F7", "#2F78AD", "#1B2733", "#B8521F", "#F8D0BC"),
    tones=("#BFE0F7", "#6E7C89", "#1B2733", "#E08A5C", "#101820"),
    parts=("#BFE0F7", "#2F78AD", "#1B2733", "#B8521F", "#F8D0BC", "#5F6C78"),
)


def palette(theme: str | None) -> Palette:
    """The colours for a page that is "light" or "dark"; light where it is not known."""
    return DARK if theme == "dark" else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("#FFFFFF", "#000000"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def letters_on(colour: str) -> str:
    """Black or white: whichever reads better on a colour."""
    return max(("#0B0C0C", "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
