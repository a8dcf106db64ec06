"""What stands under each printed figure: what it is of and where from, in full once, then only what differs."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.evidence.blocks import Document, Figure, Heading, TableBlock

AS_UNDER = "As under {name}"
REST_AS_UNDER = "The rest as under {name}"
ONE_LINE = 60  # letters


def beneath(document: Document) -> dict[str, tuple[str, ...]]:
    """The lines under each printed chart and table by its key.

    Within a part, lines that stood under an earlier figure in full are not said again: the figure is named instead. The
    workbook and the CSV files have all of them with every figure.
    """
    return dict(_lines(document))


def on_one_line(lines: tuple[str, ...]) -> bool:
    """Whether lines are so short that they stand on one, with the reference."""
    return sum(map(len, lines)) < ONE_LINE


def _lines(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = {block.key: name for name, block in document.named()}
    full: tuple[str, tuple[str, ...]] = ("", ())  # the last figure of this part with all its lines, and they
    for block in document.printed:
        if isinstance(block, Heading) and block.level == 1:
            full = ("", ())
        elif isinstance(block, Figure | TableBlock):
            told = _told(block.about, *full)
            if told == block.about:
                full = (names[block.key], block.about)
            yield block.key, told


def _told(about: tuple[str, ...], name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """The lines that differ from those under the figure of that name, and that the rest are as there.

    >>> _told(("Shown for: B", "Survey"), "Figure 1", ("Shown for: A", "Survey"))
    ('Shown for: B', 'The rest as under Figure 1')
    """
    if not name or not about or len(about) != len(before):
        return about
    new = tuple(line for line, old in zip(about, before, strict=True) if line != old)
    if len(new) == len(about):
        return about
    return (*new, (REST_AS_UNDER if new else AS_UNDER).format(name=name))
