"""Finding comments by their words or their meaning: an index of the redacted texts, kept beside the store.

What a search may give is what ``data/voices.py`` may give: never the words of a handful of people.
"""

from data.searching.asked import EVERY_CHANNEL, Found, Hit, Search
from data.searching.index import forget_index
from data.searching.searcher import Choice, Searcher

__all__ = ["EVERY_CHANNEL", "Choice", "Found", "Hit", "Search", "Searcher", "forget_index"]
