"""How each figure was made: every chart and table of the document once, those made alike together, with their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.model import Audience
from dashboard import words
from dashboard.evidence.basis import files_behind
from dashboard.evidence.blocks import Block, Figure, Heading, Paragraph, TableBlock, named
from dashboard.evidence.material import Material
from dashboard.how import Behind, How
from dashboard.how.told import ASKED, FILES, lines
from data.generation import Kept

NO_FIGURES = "This document has no charts and no tables, so there is nothing to tell of how they were made."
FIRST = (
    "Every chart and table of this document stands here once, under the name it is printed with and the name that "
    "finds it in the manifest; those made in the same way stand together. A question is given in its exact words where "
    "it comes first, and by its code after that; what was told of an earlier figure is not told twice. A file is given "
    "by the beginning of its SHA-256, a sum over every byte of it: the manifest has all of it, and any change to the "
    "file would change it."
)
NOT_SAID = "How it was made is not recorded."
SHORT = 12  # characters of a SHA-256: enough to tell the files of a landlord apart
MOST_FILES = 4  # of one kind in one line
BEFORE = "as worded above"


@dataclass(frozen=True)
class Alike:
    """Charts and tables made in the same way: their names as printed, their ids, and how."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    how: How | None
    part: str = ""  # the heading of the part the first of them stands in


def after(material: Material, before: tuple[Block, ...]) -> tuple[Block, ...]:
    """How each figure of the blocks before was made."""
    groups = alike(before)
    if not groups:
        return (Paragraph(NO_FIGURES),)
    return (Paragraph(FIRST), *(block for block in _told(material, groups)))


def nothing(material: Material) -> tuple[Block, ...]:
    """No blocks of its own: everything it says is of the parts before it."""
    return ()


def alike(before: Sequence[Block]) -> tuple[Alike, ...]:
    """The charts and tables, those made in the same way together, in the order of the first of each."""
    parts = _parts(before)
    found: dict[How | None, list[tuple[str, Figure | TableBlock]]] = {}
    for name, block in named(before):
        found.setdefault(None if block.how is None else replace(block.how, asked=None), []).append((name, block))
    return tuple(
        Alike(
            tuple(name for name, _ in several),
            tuple(block.key for _, block in several),
            how,
            parts[several[0][1].key],
        )
        for how, several in found.items()
    )


def _told(material: Material, groups: Sequence[Alike]) -> Iterator[Block]:
    """Each group under its names: what is new of it in full, and of the rest where it was told."""
    worded: set[str] = set()
    first: dict[tuple[str, tuple[str, ...]], str] = {}  # what was told under a heading: of which figure first
    part = None
    for each in groups:
        if each.part != part:
            part = each.part
            yield Heading(f"In “{part}”", 2)
        yield Heading(named_together(each.names), 3)
        ids = f"In the manifest: {', '.join(each.ids)}."
        if each.how is None:
            yield Paragraph(f"{ids} {NOT_SAID}")
            continue
        told = lines(each.how)
        again = [(first[line], line[0]) for line in told if line in first]
        yield Paragraph(" ".join((ids, *_as_before(again))))
        for heading, said in (line for line in told if line not in first):
            if heading == FILES:
                said = tuple(_file(material, of) for of in each.how.behind)
            elif heading == ASKED:
                said = _once(said, worded)
            yield Paragraph(f"{heading}: {' '.join(map(_sentence, said))}")
        for line in told:
            first.setdefault(line, each.names[0])


def _as_before(again: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What was told of an earlier figure already, one sentence for each of those."""
    for name in dict.fromkeys(name for name, _ in again):
        headings = [heading[0].lower() + heading[1:] for of, heading in again if of == name]
        yield f"As for {name}: {words.listed(headings, len(headings))}."


def _parts(before: Sequence[Block]) -> dict[str, str]:
    """The heading of the part that each chart and table stands in, by id."""
    found, heading = {}, ""
    for block in before:
        if isinstance(block, Heading) and block.level == 1:
            heading = block.text
        elif isinstance(block, Figure | TableBlock):
            found[block.key] = heading
    return found


def _once(said: Sequence[str], worded: set[str]) -> tuple[str, ...]:
    """Questions in their exact words the first time; those that came before by their codes, together."""
    new = tuple(each for each in said if each not in worded)
    codes = [each.partition(":")[0] for each in said if each in worded and ":" in each]
    again = [each for each in said if each in worded and ":" not in each]
    worded.update(said)
    return (*new, *again, *([f"{words.listed(codes, len(codes))}, {BEFORE}"] if codes else []))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def named_together(names: Sequence[str]) -> str:
    """Charts and tables by name, numbers that follow one another as a range.

    >>> named_together(("Figure 1", "Figure 2", "Figure 3", "Table 2", "Table 5"))
    'Figures 1 to 3; Tables 2 and 5'
    """
    kinds: dict[str, list[int]] = {}
    for name in names:
        kind, _, number = name.partition(" ")
        kinds.setdefault(kind, []).append(int(number))
    return "; ".join(f"{kind}{'s' if len(found) > 1 else ''} {_ranges(found)}" for kind, found in kinds.items())


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _file(material: Material, behind: Behind) -> str:
    """A kind of file with the files of it that a figure stands on, each by the beginning of its SHA-256."""
    held = material.generation.files()
    files = [held[number] for number in files_behind(material.generation, (behind,))]
    kind = lines(How((), "", "", "", behind=(behind,)))[-1][1][0]
    if not files:
        return kind
    more = f" and {words.count(len(files) - MOST_FILES)} more" if len(files) > MOST_FILES else ""
    return f"{kind} ({', '.join(_named(material, file) for file in files[:MOST_FILES])}{more})"


def _named(material: Material, file: Kept) -> str:
    """A file by its name, which the public is not given, and the beginning of its SHA-256."""
    name = "" if material.asked.audience is Audience.PUBLIC else f"{file.name}, "
    return f"{name}SHA-256 {file.sha256[:SHORT]}…"
