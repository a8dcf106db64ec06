"""Personal details as they stand in the text before it was tidied: to check redaction against what people marked."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher

from analysis.text.redaction import RedactionRules, details
from analysis.text.tidy import tidy

COMPARED = 6_000  # characters of a text that tidying changed which are laid beside it; comparing takes their square


def details_as_written(text: str, rules: RedactionRules) -> tuple[tuple[str, str], ...]:
    """(kind, exact substring of the text) of every detail that redaction takes out, in order of place."""
    plain = tidy(text)
    spans = details(plain, rules)
    if not spans:
        return ()
    if plain == text:
        return tuple((span.kind, text[span.start : span.end]) for span in spans)
    back = _Back(text, plain)
    found = ((span.kind, back.words(span.start, span.end)) for span in spans)
    return tuple((kind, words) for kind, words in found if words)


class _Back:
    """From places in a tidied text to places in the text as it was written."""

    def __init__(self, text: str, plain: str) -> None:
        self.text, self.plain = text, plain
        pair = SequenceMatcher(None, plain[:COMPARED], text[: 2 * COMPARED], autojunk=False)
        self.blocks = pair.get_matching_blocks()[:-1]
        self.starts = [block.a for block in self.blocks]

    def words(self, start: int, end: int) -> str:
        """What stood there; "" where it cannot be told."""
        words = self.plain[start:end]
        if words in self.text:
            return words
        return self.text[self._place(start) : self._place(end - 1) + 1].strip()

    def _place(self, at: int) -> int:
        if not self.blocks:
            return 0
        block = self.blocks[max(0, bisect_right(self.starts, at) - 1)]
        return block.b + at - block.a
