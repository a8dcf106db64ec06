"""The register as it is shipped, and a letter read with it."""

from __future__ import annotations

import pytest

from analysis.letters.reading import read_letter
from analysis.model.letters import Letter, Paragraph
from data.language import load_redaction
from data.letters.reading import syllables
from data.letters.register import load_letter_words
from data.settings import HOME_VARIABLE


@pytest.fixture(autouse=True)
def _no_register_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


@pytest.fixture
def words():
    return load_letter_words()


@pytest.fixture
def read(words):
    """Reads paragraphs as one letter."""

    def done(*paragraphs: str | Paragraph, kind: str = "reply", name: str = "a.docx", owner: str = ""):
        told = [Paragraph(f"paragraph {n}", p) if isinstance(p, str) else p for n, p in enumerate(paragraphs, 1)]
        return read_letter(Letter(name, kind, tuple(told)), words, load_redaction(), syllables, owner)

    return done
