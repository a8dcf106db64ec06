"""A home with a small survey in it, and a workshop whose workers are gone when the test is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.building import Workshop
from data.settings import HOME_VARIABLE, Settings
from data.store import Store
from tests.support.small_survey import small_incoming


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each begins a process of its own: `make test` does it, the quick gate leaves it out."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture
def store(home):
    held = Store(home / "landlord", "real")
    incoming = small_incoming()
    held.publish(incoming).close()
    incoming.connection.close()
    return held


@pytest.fixture
def workshop(home):
    made = Workshop(Settings(home))
    yield made
    made.close()
