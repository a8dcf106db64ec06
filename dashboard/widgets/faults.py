"""What a page says when something goes wrong: the remedy where we know it, and never a word of anybody's data."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from dashboard.words import plain
from data.generation import StoreError
from data.intake import IntakeError
from data.settings import SettingsError

LOG = logging.getLogger("tenant_voice")
UNFORESEEN = (
    "Something went wrong while this page was drawn. What you have loaded is unchanged. Reload the page; if it happens "
    "again, say so to whoever looks after Tenant Voice, with the line the server printed."
)


@contextmanager
def faults_told() -> Iterator[None]:
    """Tell a fault inside on the page. What we foresaw says its remedy; anything else is logged by its place only.

    This is the edge of the program, so it catches everything: Streamlit would print an error's own text, and that text
    may hold what a tenant wrote.
    """
    try:
        yield
    except (StoreError, SettingsError, IntakeError) as fault:
        st.error(plain(fault))
    except Exception as fault:
        LOG.error("%s at %s", type(fault).__name__, _places(fault))
        st.error(UNFORESEEN)


def _places(fault: Exception) -> str:
    """Where it happened, innermost last: file names and line numbers, no values."""
    return " > ".join(f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(fault.__traceback__))
