"""Texts that a system keeps as HTML, as the words a person would read."""

from __future__ import annotations

from html.parser import HTMLParser

import duckdb

_BREAKS = frozenset({"p", "br", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "td"})
_UNSEEN = frozenset({"script", "style"})
LOOKS_MARKED_UP = r"<[a-zA-Z/!][^>]*>|&(#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);"


def plain_text(text: str) -> str:
    """The words of a text in HTML, without tags, entities and what is never shown.

    >>> plain_text("<p>The lift is <b>out</b> again &amp; nobody rings.</p><style>p{}</style>")
    'The lift is out again & nobody rings.'
    >>> plain_text("temperature < 5 degrees")
    'temperature < 5 degrees'
    """
    reader = _Words()
    reader.feed(text)
    reader.close()
    return " ".join("".join(reader.words).split())


def plain_texts(con: duckdb.DuckDBPyConnection, position: int) -> dict[str, str]:
    """The texts of a column of ``raw`` that hold HTML, each with its words."""
    found = con.execute(
        f"select distinct c{position} from raw where regexp_matches(c{position}, $1)", [LOOKS_MARKED_UP]
    ).fetchall()
    return {text: plain_text(text) for (text,) in found}


class _Words(HTMLParser):
    """Gathers what stands between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that begins a line parts words."""
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """The end of a paragraph parts words too."""
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Words, unless they are a script or a style."""
        if not self._unseen:
            self.words.append(data)
