"""Many files of letters read with the register in use: what was found, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import syllapy

from analysis.letters.reading import gathered, read_letter, redacted_name
from analysis.letters.suggesting import Suggest
from analysis.model import Problem
from analysis.model.letters import TEMPLATE, LetterRead, LettersRead
from data.language import load_redaction
from data.letters.files import read_file
from data.letters.register import load_letter_words
from data.letters.templates import Template, template_of

Progress = Callable[[int], None]  # how many letters have been read


@dataclass(frozen=True)
class Given:
    """A file to read, and its own name where the path is a temporary one."""

    path: Path
    name: str = ""


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, as syllapy counts; its list comes with the package."""
    return int(syllapy.count(word))


def read_letters(
    files: Iterable[Given],
    kind: str = "",
    column: str = "",
    templates: Sequence[Template] = (),
    progress: Progress = lambda _: None,
    suggest: Suggest | None = None,
) -> LettersRead:
    """Every letter of these files, templates before replies. A file that cannot be read is a problem; others go on.

    Raises SettingsError where the landlord's own register cannot be followed.
    """
    words, redaction = load_letter_words(), load_redaction()
    read: list[LetterRead] = []
    problems: list[Problem] = []
    for file in files:
        found = read_file(file.path, file.name, kind, column)
        problems += [replace(each, file=redacted_name(each.file, redaction)) for each in found.problems]
        for letter in found.letters:
            row = template_of(letter.name, templates) if letter.kind == TEMPLATE else None
            owner, volume = (row.owner, row.volume) if row else ("", None)
            read.append(read_letter(letter, words, redaction, syllables, owner, volume, suggest))
            progress(len(read))
    return gathered(read, problems)
