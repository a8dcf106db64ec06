"""What was found of a word, kept at hand: tenants write the same few thousand words, so most are looked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

MOST = 50_000  # words kept at hand
LONGEST = 200  # letters; a longer run of signs is seldom met again
Found = TypeVar("Found")


class Remembered(dict[str, Found], Generic[Found]):
    """Word → what ``find`` says of it; asked as a dict is, which costs no call where the word was met before."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Found:
        found = self._find(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
