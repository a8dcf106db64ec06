"""The pages, in reading order. A page is a row here: its title, its address and the function that draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.pages import complaints, files, measures, places, promises, respect, silence, spoken, week


class Page(NamedTuple):
    """One page: the question it answers, its address, and how it is drawn."""

    title: str
    path: str
    show: Callable[[], None]


PAGES = (
    Page("This week", "this-week", week.show),
    Page("How are we doing", "how-are-we-doing", measures.show),
    Page("Where and for whom", "where-and-for-whom", places.show),
    Page("What tenants say", spoken.PATH, spoken.show),
    Page("Treated with respect", "treated-with-respect", respect.show),
    Page("Who we have not heard from", "who-we-have-not-heard-from", silence.show),
    Page("Safety and complaints", "safety-and-complaints", complaints.show),
    Page("Promises, decisions, meetings", "promises-decisions-meetings", promises.show),
    Page("Data and packs", "data-and-packs", files.show),
)
