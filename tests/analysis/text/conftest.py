from __future__ import annotations

import pytest

from data.language import load_language


@pytest.fixture(scope="session")
def language():
    """The registers as shipped: what a word means is tested with the words that are used."""
    return load_language()
