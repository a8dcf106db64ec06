"""How far long work has got."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.words import plain


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[float, str], None]]:
    """A bar that follows the work done inside it; tell it a share from 0 to 1 and what is being done."""
    bar = st.progress(0.0, text=plain(what))

    def show(share: float, doing: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=plain(doing or what))

    try:
        yield show
    finally:
        bar.empty()
