"""More taken out of a redacted text by a person, and never anything put back.

A mark stands where words were: "[name]". Which marks there are is handed in; any other bracket is the tenant's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

TAKEN_OUT = "[taken out]"  # stands where words were hidden and no mark says what they were
_TOKEN = r"\w+|\s+|[^\w\s]"


class NotThere(ValueError):
    """Words to take out do not stand in the text; the message never repeats them."""


def hidden(text: str, words: str, mark: str, marks: Collection[str]) -> str:
    """The text with every place where the words stand, whatever their capitals, replaced by the mark.

    >>> hidden("Ask Jo Bloggs, jo  bloggs knows", "Jo Bloggs", "[name]", ["[name]"])
    'Ask [name], [name] knows'

    Raises NotThere where they stand nowhere outside a mark, or hold no letter and no figure.
    """
    parts = words.split()
    if not any(letter.isalnum() for letter in words):
        raise NotThere("Say which words to take out: a name, an address, a number.")
    found = re.compile(r"(?<!\w)" + r"\s+".join(re.escape(part) for part in parts) + r"(?!\w)", re.IGNORECASE)
    pieces = [piece if piece in marks else found.sub(mark, piece) for piece in _by_mark(text, marks)]
    after = "".join(pieces)
    if after == text:
        raise NotThere("Those words do not stand in the comment as it is shown. Copy them from it, whole words.")
    return after


def only_hides(before: str, after: str, marks: Collection[str]) -> bool:
    """Whether every word left in ``after`` stands in ``before`` too, in the same order: nothing was put back.

    >>> only_hides("Ask Jo at 4", "Ask [name] at 4", ["[name]"]), only_hides("Ask [name]", "Ask Jo", ["[name]"])
    (True, False)
    """
    left = iter(_words(before, marks))
    return all(any(word == other for other in left) for word in _words(after, marks))


def both_hidden(one: str, other: str, marks: Collection[str]) -> str:
    """What two redactions of the same text both left: whatever either took out is out.

    >>> both_hidden("Ask [name] or Sam at 4", "Ask Jo or [name] at 4", ["[name]"])
    'Ask [name] or [name] at 4'
    """
    ours, theirs = _tokens(one, marks), _tokens(other, marks)
    pieces = []
    for kind, start, end, begin, stop in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces += ours[start:end]
        else:
            pieces.append(_instead(ours[start:end], theirs[begin:stop], marks))
    return "".join(pieces)


def _instead(ours: list[str], theirs: list[str], marks: Collection[str]) -> str:
    """What stands where two texts differ: their marks, with the space around them; no word that only one has."""
    either = ours + theirs
    there = list(dict.fromkeys(token for token in either if token in marks))
    if not there and not any(_is_word(token, marks) for token in either):
        return "".join(ours)  # only spaces or stops differ
    before = " " if any(side and side[0].isspace() for side in (ours, theirs)) else ""
    after = " " if any(side and side[-1].isspace() for side in (ours, theirs)) else ""
    return before + (" ".join(there) or TAKEN_OUT) + after


def _words(text: str, marks: Collection[str]) -> list[str]:
    return [token for token in _tokens(text, marks) if _is_word(token, marks)]


def _is_word(token: str, marks: Collection[str]) -> bool:
    return token not in marks and token[0].isalnum()


def _tokens(text: str, marks: Collection[str]) -> list[str]:
    return re.findall("|".join([*_escaped(marks), _TOKEN]), text)


def _by_mark(text: str, marks: Collection[str]) -> Iterator[str]:
    """The text in pieces, each a mark or what stands between two."""
    yield from (piece for piece in re.split(f"({'|'.join(_escaped(marks))})", text) if piece)


def _escaped(marks: Collection[str]) -> list[str]:
    return [re.escape(mark) for mark in sorted({*marks, TAKEN_OUT}, key=len, reverse=True)]
