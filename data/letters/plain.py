"""The paragraphs of plain text, Markdown and web pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from analysis.model import Problem
from analysis.model.letters import Paragraph
from data.columns.faults import fault
from data.sources.delimited import encoding_of

_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "nav", "svg", "select"})
_APART = frozenset(
    {"p", "br", "div", "li", "tr", "td", "th", "ul", "ol", "table", "section", "article", "header", "footer", "main",
     "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "blockquote", "figcaption", "button", "label", "form", "hr", "pre"}
)  # fmt: skip
_MARK = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)|^\s{0,3}(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$"
)
_INLINE = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`")
_LINK = re.compile(r"!?\[([^\]\n]{1,200})\]\([^)\n]{1,500}\)")


def text_of(path: Path, name: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file in whatever code it is, and what is to be said of letters that cannot be told."""
    raw = path.read_bytes()
    encoding = encoding_of(path, name)
    text = raw.decode(encoding, errors="replace").replace("\0", "\ufffd").removeprefix("\ufeff")
    broken = text.count("\ufffd")
    problems = (fault("letter_broken_text", name, places=f"{broken:,}"),) if broken else ()
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def text_paragraphs(text: str, place: str = "line", markdown: bool = False) -> tuple[Paragraph, ...]:
    """Paragraphs parted by empty lines, and lists by their lines; each says the line it begins on.

    Lines that begin with ">" are somebody else's words, as in mail and Markdown.
    """
    found: list[Paragraph] = []
    begun, quoted, at = "", False, 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        said = line.strip()
        theirs = said.startswith(">")
        said = said.lstrip("> ")
        item = bool(_MARK.match(line)) or said.startswith(("•", "\uf0b7"))
        if begun and (not said or item or theirs != quoted or _ends_alone(begun)):
            found.append(Paragraph(f"{place} {at}", begun, quoted))
            begun = ""
        if said:
            said = _plain_markdown(said) if markdown else said
            begun, quoted, at = (f"{begun} {said}", quoted, at) if begun else (said, theirs, number)
    return tuple(each for each in found if each.text.strip())


def _ends_alone(before: str) -> bool:
    """Whether a short line is a paragraph by itself: a salutation or a closing."""
    return len(before) < 60 and before.lower().startswith(("dear ", "yours ", "kind regards"))


def _plain_markdown(line: str) -> str:
    return _INLINE.sub("", _LINK.sub(r"\1", _MARK.sub("", line))).replace("|", " ").strip()


def web_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a web page that a person sees; of a <blockquote> it is kept that it quotes."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    reader.part()
    return tuple(reader.found)


class _Page(HTMLParser):
    """Gathers what stands between the tags, a paragraph for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._quoting = 0
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins; what is never seen begins."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _APART:
            self.part()
        self._quoting += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        if tag in _APART:
            self.part()
        self._quoting -= tag == "blockquote" and self._quoting > 0

    def handle_data(self, data: str) -> None:
        """Words, unless they are never seen."""
        if self._unseen:
            return
        if not self._words and data.strip():
            self._line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        if self._words or data.strip():
            self._words.append(data)

    def part(self) -> None:
        """What was gathered is a paragraph."""
        said = " ".join("".join(self._words).split())
        if said:
            self.found.append(Paragraph(f"line {self._line}", said, bool(self._quoting)))
        self._words.clear()
