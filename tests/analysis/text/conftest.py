from __future__ import annotations

from dataclasses import replace

import pytest

from data.language import load_language


@pytest.fixture(scope="session")
def language():
    """The registers as shipped: what a word means is tested with the words that are used."""
    return load_language()


@pytest.fixture(scope="session")
def rules():
    """The same without heads: what the word lists alone make of a comment."""
    return replace(load_language(), heads=None)
