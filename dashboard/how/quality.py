"""How figures of the data's quality were made."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.how import How
from dashboard.words.quality import HOW_SCORED

NOBODY = "The files the landlord brought in; nobody was asked a question."


def of_files(kinds: Sequence[str]) -> How:
    """How files and their scores were counted."""
    return How(
        counted=("Rows held of each kind of file, the day it last came in, and whether a due date has passed since.",),
        who=NOBODY,
        base="Every file of this generation of the data.",
        sums=HOW_SCORED,
        behind=tuple((kind, None) for kind in kinds),
    )


def of_faults(kinds: Sequence[str]) -> How:
    """How faults that stand were counted."""
    return How(
        counted=("Files that are late, faults that stand in the files in use, and references that join to no home.",),
        who=NOBODY,
        base="Rows with the fault; where none is given, the fault is of the whole file.",
        sums="Counted by file and rule, never with a value from a file.",
        behind=tuple((kind, None) for kind in kinds),
    )


def of_rows(kinds: Sequence[str]) -> How:
    """How rows taken in, kept and left out were counted."""
    return How(
        counted=("Rows of each file as it came in, rows kept of it, and rows left out by each rule.",),
        who=NOBODY,
        base="Rows of the file as it came in.",
        sums="Counted when the file was taken in, and kept with the data.",
        behind=tuple((kind, None) for kind in kinds),
    )


def of_joins(kinds: Sequence[str]) -> How:
    """How rows that join to a home were counted."""
    return How(
        counted=("Rows of each kind of file by how they joined to a home on the list of homes.",),
        who=NOBODY,
        base="Every row of the file; rows that name no home cannot join, which is no fault of the list.",
        sums="Counted, never with a reference to a home or a tenancy.",
        behind=(*((kind, None) for kind in kinds if kind != "homes"), ("homes", None)),
    )
