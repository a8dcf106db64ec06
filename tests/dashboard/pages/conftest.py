"""Pages drawn without a browser, over homes made for the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.model import Mention, Reading, Redacted, Tone
from data.demo import demo_incoming
from data.language import load_language
from data.readings import Readings
from data.settings import HOME_VARIABLE
from data.store import Store
from data.voices import unread
from tests.support.small_survey import small_incoming

MANY = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drawing whole pages takes most of a second each: `make test` does it, the quick gate leaves it out."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


def drawn_page(path: str) -> None:
    """One page in its frame, as app.py draws it; AppTest takes this function's text."""
    from dashboard.pages import PAGES
    from dashboard.widgets.frame import frame

    frame()
    next(page for page in PAGES if page.path == path).show()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, and no memory of another test's."""
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def draw() -> Callable[..., AppTest]:
    """Draws a page by its path, with what stands in its address."""

    def drawn(path: str, **address: str | list[str]) -> AppTest:
        page = AppTest.from_function(drawn_page, args=(path,), default_timeout=60)
        for name, value in address.items():
            page.query_params[name] = value
        return page.run()

    return drawn


@pytest.fixture(scope="session")
def sample_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented landlord's store with its comments read, made once."""
    folder = tmp_path_factory.mktemp("made") / "sample"
    store = Store(folder, "sample")
    incoming = demo_incoming()
    generation = store.publish(incoming)
    incoming.close()
    readings = Readings(store.readings_folder, load_language().version)
    readings.keep([read_as_seen(key, text) for key, _, text in unread(generation, readings.select(), MANY)])
    generation.close()
    return folder


@pytest.fixture
def sample(home: Path, sample_made_once: Path) -> Path:
    """A home with the invented landlord in it."""
    shutil.copytree(sample_made_once, home / "sample")
    return home


@pytest.fixture
def small(home: Path) -> Callable[..., Path]:
    """Publishes a small survey as the landlord's own, its comments read where asked."""

    def publish(read: bool = True, **survey: object) -> Path:
        store = Store(home / "landlord", "real")
        incoming = small_incoming(**survey)
        generation = store.publish(incoming)
        incoming.connection.close()
        readings = Readings(store.readings_folder, load_language().version)
        if read:
            found = unread(generation, readings.select(), MANY)
            readings.keep([read_as_seen(key, text) for key, _, text in found])
        generation.close()
        return home

    return publish


def read_as_seen(key: str, text: str) -> Reading:
    """A reading that leaves the words as they are, so that a test can look for them."""
    sensitive = text.endswith("7")
    return Reading(
        key, Redacted(text), Tone("positive", 0.5, ("quick",)), (Mention("repairs", "positive"),), sensitive, "test"
    )
