"""Letters out of files: a document is one letter, a column of a table one in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.letters.aside import Fields, with_signs
from analysis.model import Problem
from analysis.model.letters import REPLY, TEMPLATE, Letter, Paragraph
from data.columns.faults import UnreadableFile, fault
from data.letters.pdf import pdf_paragraphs
from data.letters.plain import text_of, text_paragraphs, web_paragraphs
from data.letters.safety import PDF, TABLE, WEB, WORD, letter_kind
from data.letters.word import word_paragraphs
from data.sources.files import Opened, open_file
from data.sources.loading import load
from data.sources.markup import LOOKS_MARKED_UP
from data.sources.safety import base_name

LONGEST = 500_000  # characters of one document: a long policy has about 100,000
COLUMNS_NAMED = 30
_MARKED_UP = re.compile(LOOKS_MARKED_UP)
_MARKDOWN = (".md", ".markdown")
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class FileRead:
    """The letters of one file, and what is wrong with it. A file that cannot be read has problems and no letters."""

    letters: tuple[Letter, ...]
    problems: tuple[Problem, ...] = ()
    guessed: int = 0  # how many letters' kind was worked out, not said


def read_file(path: Path, name: str = "", kind: str = "", column: str = "") -> FileRead:
    """The letters in a file. ``kind`` TEMPLATE or REPLY; "" has it worked out: what holds merge fields, or is a web
    page, is a template. Never raises for what is wrong with the file: that is a problem, and other files go on.
    """
    name = base_name(name or path.name)
    try:
        of = letter_kind(path, name)
        if of == TABLE:
            return _of_table(path, name, kind or REPLY, column)
        paragraphs, problems = _paragraphs(path, name, of)
    except UnreadableFile as unreadable:
        return FileRead((), unreadable.problems)
    except OSError as error:
        return FileRead((), (fault("letter_damaged", name, value=error.strerror or ""),))
    letter = Letter(name, kind or (TEMPLATE if of == WEB or has_fields(paragraphs) else REPLY), paragraphs)
    return FileRead((letter,), problems, guessed=not kind)


def columns_of(path: Path, name: str = "") -> tuple[str, ...]:
    """The columns of a table, or none where it is a document. Raises UnreadableFile."""
    name = base_name(name or path.name)
    if letter_kind(path, name) != TABLE:
        return ()
    with ExitStack() as stack:
        return open_file(path, stack, _nothing_alike, name).headings


def has_fields(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether any paragraph holds a merge field."""
    fields: Fields = {}
    return any(with_signs(each.text, fields) and fields for each in paragraphs)


def _paragraphs(path: Path, name: str, of: str) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    problems: tuple[Problem, ...] = ()
    if of == WORD:
        paragraphs = word_paragraphs(path, name)
    elif of == PDF:
        paragraphs, problems = pdf_paragraphs(path, name)
    else:
        text, problems = text_of(path, name)
        markdown = Path(name).suffix.lower() in _MARKDOWN
        paragraphs = web_paragraphs(text) if of == WEB else text_paragraphs(text, markdown=markdown)
    if not any(_WORDS.search(each.text) for each in paragraphs):
        raise UnreadableFile(fault("letter_empty", name))
    length = sum(len(each.text) for each in paragraphs)
    if length > LONGEST:
        limit = f"{LONGEST:,} letters and spaces"
        raise UnreadableFile(fault("letter_too_big", name, value=f"{length:,}", limit=limit))
    return paragraphs, problems


# ── A column of a table ──────────────────────────────────────────────────────────────────────────


def _of_table(path: Path, name: str, kind: str, column: str) -> FileRead:
    with ExitStack() as stack:
        opened = open_file(path, stack, _nothing_alike, name)
        place = _column(opened, name, column)
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as con:
            others = [at for at in range(len(opened.headings)) if at != place]  # so that an empty cell is no empty row
            loaded = load(opened, con, [place], others)
            rows = con.execute(f"select row, c{place} from raw where trim(c{place}) <> '' order by row").fetchall()
    letters = (Letter(name, kind, _cell(text), row) for row, text in rows)
    kept = tuple(each for each in letters if each.paragraphs)
    if not kept:
        return FileRead((), (fault("letter_empty", name, column=opened.headings[place]),))
    return FileRead(kept, tuple(loaded.problems))


def _column(opened: Opened, name: str, column: str) -> int:
    headings = opened.headings
    listed = ", ".join(headings[:COLUMNS_NAMED])
    if not column:
        if len(headings) == 1:
            return 0
        raise UnreadableFile(fault("letter_no_column", name, columns=listed))
    found = [at for at, heading in enumerate(headings) if heading.casefold() == " ".join(column.split()).casefold()]
    if not found:
        raise UnreadableFile(fault("letter_no_such_column", name, asked=column, columns=listed))
    return found[0]


def _cell(text: str) -> tuple[Paragraph, ...]:
    said = text[:LONGEST].replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return web_paragraphs(said) if _MARKED_UP.search(said) else text_paragraphs(said)


def _nothing_alike(_: Sequence[str]) -> int:
    return 0
