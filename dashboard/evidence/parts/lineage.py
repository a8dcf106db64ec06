"""How each printed figure was made: what holds for several once, the files once, then every chart and table once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.model import Audience
from dashboard import words
from dashboard.evidence.basis import files_behind
from dashboard.evidence.blocks import Block, Figure, Heading, Paragraph, TableBlock, named
from dashboard.evidence.material import Material
from dashboard.how import Behind, How
from dashboard.how.told import ASKED, BASE, FILES, LEFT_OUT, SUMS, WHO, file_named, lines
from dashboard.how.told import BESIDES as TO_KNOW
from data.generation import Kept

NO_FIGURES = "This document has no charts and no tables, so there is nothing to tell of how they were made."
FIRST = (
    "Every printed chart and table stands here once, part by part, with the reference that is printed under it; those "
    "made in the same way stand together. What holds for several of them is a note, told once."
)
IN_FULL = (
    "Each figure by itself, with no notes to follow, is in csv/how.csv and on the sheet “How this was made” of the "
    "workbook; manifest.json has unrounded values and whole checksums."
)
IN_SHORT = (
    "Here is the first sentence of each, but for what else is to be known; all of it, figure by figure, is in "
    "csv/how.csv and on the sheet “How this was made” of the workbook. manifest.json has unrounded values and whole "
    "checksums."
)
BESIDES = "Kept as data alone and told of there only: {n}."
ELSEWHERE = "{codes}: in full in {where}."
HOW_FILE = "csv/how.csv"
NOT_SAID = "How it was made is not recorded."
SUM = "SHA-256 is a sum over every byte of a file: any change to the file would change it. Its beginning is given here."
BY_PART = "Figure by figure"
CODES, NOTES, OF_FILES = "Questions and measures in full", "Notes", "Files"
SHORT = 12  # characters of a SHA-256: enough to tell the files of a landlord apart
FEW = 8  # ways of making figures that are told in full even in a short pack
MOST_FILES = 4  # of one kind that are named
SAYS = {
    ASKED: "Counted",
    WHO: "Asked of",
    BASE: "Out of",
    LEFT_OUT: "Left out",
    SUMS: "Worked out",
    TO_KNOW: "Also to know",
}

_CODE = re.compile(r"([A-Z]{2}\d{2}(?:_\d)?)(?:: | )(?=\S)")
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z0-9“])")

Row = tuple[str, frozenset[str]]  # the name of a printed table, and every word of one of its rows
Said = tuple[str, str]  # the heading something is told under, and one sentence


@dataclass(frozen=True)
class Alike:
    """Charts and tables made in the same way: their names as printed, their ids, and how."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    how: How | None
    part: str = ""  # the heading of the part the first of them stands in


def after(material: Material, before: tuple[Block, ...]) -> tuple[Block, ...]:
    """How each printed figure of the blocks before was made."""
    groups = alike(before)
    rows = _printed_rows(before)
    besides = sum(not block.printed for _, block in named(before))
    if not groups:
        return (Paragraph(NO_FIGURES),)
    more = BESIDES.format(n=words.people(besides, "figure", "figures")) if besides else ""
    full = material.in_full or len(groups) <= FEW
    first = " ".join(filter(None, (FIRST, IN_FULL if full else IN_SHORT, more)))
    return (Paragraph(first), *_told(material, groups, rows, full))


def nothing(material: Material) -> tuple[Block, ...]:
    """No blocks of its own: everything it says is of the parts before it."""
    return ()


def alike(before: Sequence[Block]) -> tuple[Alike, ...]:
    """The printed charts and tables, those made in the same way together, in the order of the first of each."""
    parts = _parts(before)
    found: dict[How | None, list[tuple[str, Figure | TableBlock]]] = {}
    for name, block in named(before):
        if block.printed:
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


def _parts(before: Sequence[Block]) -> dict[str, str]:
    """The heading of the part that each chart and table stands in, by id."""
    found, heading = {}, ""
    for block in before:
        if isinstance(block, Heading) and block.level == 1:
            heading = block.text
        elif isinstance(block, Figure | TableBlock):
            found[block.key] = heading
    return found


def _told(material: Material, groups: Sequence[Alike], rows: Sequence[Row], full: bool) -> Iterator[Block]:
    """Each group of figures under the heading of its part, then what they point to."""
    made = tuple(dict.fromkeys(each.how for each in groups if each.how is not None))
    coded, files = _coded(made), _Files(material, made)
    notes = _notes(made, coded, full)
    part = None
    yield Heading(BY_PART, 2)
    for each in groups:
        if each.part != part:
            part = each.part
            yield Heading(part or material.asked.wave, 3)
        yield Paragraph(
            f"{named_together(each.names)} ({', '.join(each.ids)}): {_how(each.how, coded, notes, files, full)}"
        )
    for heading, told in (
        (CODES, tuple(_in_full(coded, rows, full))),
        (NOTES, tuple(_as_notes(notes))),
        (OF_FILES, files.told(full)),
    ):
        if told:
            yield Heading(heading, 2)
            yield from map(Paragraph, told)


def _how(how: How | None, coded: Mapping[str, str], notes: Mapping[Said, int], files: _Files, full: bool) -> str:
    """What is of these figures alone in words, and the rest by code and by number."""
    if how is None:
        return NOT_SAID
    said = _said(how, full)
    codes = dict.fromkeys(code for each in said if (code := _code_of(each, coded)))
    alone = [each for each in said if not _code_of(each, coded) and each not in notes]
    numbers = sorted({notes[each] for each in said if each in notes})
    return " ".join(
        filter(
            None,
            (
                f"{_runs(list(codes), tuple(coded.values()))}." if codes else "",
                in_words(alone),
                f"{_numbered('Note', numbers)}." if numbers else "",
                files.of(how),
            ),
        )
    )


def in_words(said: Iterable[Said]) -> str:
    """Sentences under what each is of, said once for those that follow one another.

    >>> in_words([("Who was asked", "Renters."), ("Out of", "Homes."), ("Out of", "Not garages.")])
    'Asked of: Renters. Out of: Homes. Not garages.'
    """
    told, last = [], ""
    for heading, sentence in said:
        told.append(sentence if heading == last else f"{SAYS[heading]}: {sentence}")
        last = heading
    return " ".join(told)


# ── What is told once ────────────────────────────────────────────────────────────────────────────


def _said(how: How, full: bool = True) -> tuple[Said, ...]:
    """What is told of a figure but its files, sentence by sentence; a question or measure stays whole.

    In short (not ``full``) it is every question and measure, or the first sentence, of what it is told under; what
    else is to be known is not told.
    """
    found: list[Said] = []
    for heading, told in lines(how):
        if heading != FILES and (full or heading != TO_KNOW):
            split = [[each] if _CODE.match(each) else _SENTENCE.split(_ended(each)) for each in told]
            said = [sentence for sentences in split for sentence in sentences]
            found += [(heading, each) for n, each in enumerate(said) if full or n == 0 or _CODE.match(each)]
    return tuple(found)


def _coded(made: Sequence[How]) -> dict[str, str]:
    """Each question and measure in full with its code, those of one kind together; one code stands for one wording."""
    found: dict[str, str] = {}
    asked = dict.fromkeys(sentence for how in made for heading, sentence in _said(how) if heading == ASKED)
    for sentence in sorted(asked, key=lambda each: ":" not in each[: each.find(" ")]):  # exact questions before titles
        code = _CODE.match(sentence)
        if code and code[1] not in found.values():
            found[sentence] = code[1]
    kinds = list(dict.fromkeys(code[:2] for code in found.values()))
    return dict(sorted(found.items(), key=lambda each: (kinds.index(each[1][:2]), each[1])))


def _in_full(coded: Mapping[str, str], rows: Sequence[Row], full: bool) -> Iterator[str]:
    """Each question and measure in full, or where it is: a printed table with all its words; in short, for measures of
    records, the file that tells how figures were made.
    """
    stand: dict[str, list[str]] = {}
    for sentence, code in coded.items():
        said = frozenset(_WORD.findall(sentence))
        where = next((name for name, row in rows if code in row and said <= row), "")
        if not where and not full and not sentence.startswith(f"{code}: "):
            where = HOW_FILE
        stand.setdefault(where, []).append(code if where else sentence)
    yield from stand.pop("", ())
    every = tuple(coded.values())
    yield from (ELSEWHERE.format(codes=_runs(codes, every), where=where) for where, codes in stand.items())


def _printed_rows(before: Sequence[Block]) -> tuple[Row, ...]:
    return tuple(
        (name, frozenset(_WORD.findall(" ".join(row))))
        for name, block in named(before)
        if isinstance(block, TableBlock) and block.printed
        for row in block.table.rows
    )


def _code_of(said: Said, coded: Mapping[str, str]) -> str:
    """The code of what was asked or counted, where that code stands with its wording; else ""."""
    code = _CODE.match(said[1]) if said[0] == ASKED else None
    return code[1] if code and code[1] in coded.values() else ""


def _notes(made: Sequence[How], coded: Mapping[str, str], full: bool) -> dict[Said, int]:
    """What holds for several, numbered in the order it is come upon; what always goes together has one number."""
    where: dict[Said, list[int]] = {}
    for n, how in enumerate(made):
        for each in dict.fromkeys(_said(how, full)):
            where.setdefault(each, []).append(n)
    several = {each: tuple(found) for each, found in where.items() if len(found) > 1 and not _code_of(each, coded)}
    numbers = {found: n for n, found in enumerate(dict.fromkeys(several.values()), start=1)}
    return {each: numbers[found] for each, found in several.items()}


def _as_notes(notes: Mapping[Said, int]) -> Iterator[str]:
    for number in sorted(set(notes.values())):
        said = [each for each, of in notes.items() if of == number]
        order = list(SAYS)
        yield f"Note {number}. {in_words(sorted(said, key=lambda each: order.index(each[0])))}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


class _Files:
    """The files behind some figures, each set of one kind with a number of its own."""

    def __init__(self, material: Material, made: Sequence[How]) -> None:
        self._material = material
        self._held = material.generation.files() if any(how.behind for how in made) else ()
        self._numbers: dict[tuple[int, ...], int] = {}
        self._kinds: dict[tuple[int, ...], str] = {}
        for how in made:
            for behind in how.behind:
                found = self._behind(behind)
                if found:
                    self._numbers.setdefault(found, len(self._numbers) + 1)
                    self._kinds.setdefault(found, file_named((behind[0], None)))

    def of(self, how: How) -> str:
        """The files a figure stands on, by number; what has no file by what it is called."""
        found = {behind: self._behind(behind) for behind in how.behind}
        numbers = sorted({self._numbers[files] for files in found.values() if files})
        others = dict.fromkeys(file_named((holds, None)) for (holds, _), files in found.items() if not files)
        more = (f"Also from: {words.listed(list(others), len(others))}.",) if others else ()
        return " ".join((*((f"{_numbered('File', numbers)}.",) if numbers else ()), *more))

    def told(self, full: bool) -> tuple[str, ...]:
        """Each set of files under its number, each file by the beginning of its SHA-256; in short in one paragraph."""
        said = (*self._each(), *((SUM,) if self._numbers else ()))
        return said if full or not said else (" ".join(said),)

    def _each(self) -> Iterator[str]:
        for found, number in self._numbers.items():
            more = f" and {words.count(len(found) - MOST_FILES)} more" if len(found) > MOST_FILES else ""
            named_ = "; ".join(self._named(self._held[n]) for n in found[:MOST_FILES])
            yield f"File {number}. {self._kinds[found]}: {named_}{more}"

    def _behind(self, behind: Behind) -> tuple[int, ...]:
        return tuple(files_behind(self._material.generation, (behind,)))

    def _named(self, file: Kept) -> str:
        """A file by its name, which the public is not given, and the beginning of its SHA-256."""
        name = "" if self._material.asked.audience is Audience.PUBLIC else f"{file.name}, "
        return f"{name}SHA-256 {file.sha256[:SHORT]}…"


# ── Names and numbers ────────────────────────────────────────────────────────────────────────────


def named_together(names: Sequence[str]) -> str:
    """Charts and tables by name, numbers that follow one another as a range.

    >>> named_together(("Figure 1", "Figure 2", "Figure 3", "Table 2", "Table 5"))
    'Figures 1 to 3; Tables 2 and 5'
    """
    kinds: dict[str, list[int]] = {}
    for name in names:
        kind, _, number = name.partition(" ")
        kinds.setdefault(kind, []).append(int(number))
    return "; ".join(_numbered(kind, found) for kind, found in kinds.items())


def _numbered(kind: str, numbers: Sequence[int]) -> str:
    places = tuple(map(str, range(max(numbers) + 1)))
    return f"{kind}{'s' if len(numbers) > 1 else ''} {_runs(list(map(str, sorted(numbers))), places)}"


def _runs(chosen: Sequence[str], every: Sequence[str]) -> str:
    """Some of a list, three or more of one kind that follow one another in it as a range.

    >>> _runs(["TP01", "TP02", "TP03", "TP05"], ["TP01", "TP02", "TP03", "TP05", "TP06"])
    'TP01 to TP05'
    """
    places = {each: n for n, each in enumerate(every)}
    runs: list[list[str]] = []
    for each in sorted(chosen, key=lambda each: places[each]):
        last = runs[-1][-1] if runs else ""
        if last and places[each] == places[last] + 1 and _letters(each) == _letters(last):
            runs[-1].append(each)
        else:
            runs.append([each])
    told = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _letters(code: str) -> str:
    return code.rstrip("0123456789_")
