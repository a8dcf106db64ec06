"""The pages, in reading order. A page is a row here: its title, its address and the function that draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.pages import files, measures, places, spoken


class Page(NamedTuple):
    """One page: the question it answers, its address, and how it is drawn."""

    title: str
    path: str
    show: Callable[[], None]


PAGES = (
    Page("How are we doing", "how-are-we-doing", measures.show),
    Page("Where and for whom", "where-and-for-whom", places.show),
    Page("What tenants say", "what-tenants-say", spoken.show),
    Page("Data and packs", "data-and-packs", files.show),
)
