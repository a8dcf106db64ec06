"""Small survey files, invented for the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

TP01 = "Taking everything into account, how satisfied or dissatisfied are you with the service provided by Acorn Homes?"
HEADINGS = ("Serial", "UPRN", "Interview date", "Method", "Tenure", "Estate", TP01)
ROWS = (
    ("1", "900001", "2024-05-01", "CATI", "General needs", "Ash Court", "Very satisfied"),
    ("2", "900002", "2024-05-02", "Web", "Sheltered", "Elm Rise", "Fairly dissatisfied"),
    ("3", "900003", "2024-05-03", "CATI", "Shared ownership", "Ash Court", "Neither satisfied nor dissatisfied"),
)

Rows = Sequence[Sequence[str]]


@pytest.fixture
def survey_csv(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV of these rows, by default three faultless responses."""

    def write(
        rows: Rows = ROWS,
        headings: Sequence[str] = HEADINGS,
        *,
        name: str = "survey.csv",
        encoding: str = "utf-8",
        delimiter: str = ",",
        above: str = "",
    ) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
        path = tmp_path / name
        path.write_bytes((above + text.getvalue()).encode(encoding))
        return path

    return write


@pytest.fixture
def three_rows() -> list[list[str]]:
    """Three faultless responses, for a test to change."""
    return [list(row) for row in ROWS]
