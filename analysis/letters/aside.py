"""What of a letter is not read: what its lawyers said, who signed it, and merge fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.letters.register import LetterWords
from analysis.model.letters import Paragraph
from analysis.text.clauses import clauses
from analysis.text.phrases import matches

SHORT = 12  # words: more is no line of a signature
AFTER_CLOSING = 8  # lines that a signature may have
_FIELD = re.compile(r"«[^»\n]{1,60}»|\{\{[^}\n]{1,60}\}\}|<<[^<>\n]{1,60}>>|\[[^\[\]\n]{1,60}\]|\{[A-Z][\w .]{0,40}\}")
_OURS = re.compile("[\ue000-\uf8ff]")
_FIRST, _MOST = 0xE000, 6_000
_WORD = re.compile(r"[^\W_]+")
Fields = dict[str, str]  # a sign that stands for a field → the field as the letter has it


def privileged(paragraphs: Sequence[Paragraph], words: LetterWords) -> str:
    """The first words that say a letter is between the landlord and its lawyers, or "" where there are none."""
    for paragraph in paragraphs:
        for clause in clauses(paragraph.text):
            others = matches(clause.lower, words.privileged_unless)
            cleared = {at for other in others for at in range(other.first, other.last)}
            for match in matches(clause.lower, words.privileged):
                if cleared.isdisjoint(range(match.first, match.last)):
                    return " ".join(clause.lower[match.first : match.last])
    return ""


def unsigned(paragraphs: Sequence[Paragraph], words: LetterWords) -> tuple[Paragraph, ...]:
    """The paragraphs without signatures and without lines that say who wrote or handled it."""
    return tuple(_unsigned(paragraphs, words))


def _unsigned(paragraphs: Sequence[Paragraph], words: LetterWords) -> Iterator[Paragraph]:
    signing = 0
    for paragraph in paragraphs:
        said = _WORD.findall(paragraph.text.lower())
        if signing and len(said) <= SHORT:
            signing -= 1
            continue
        signing = 0
        if closed := _closing(paragraph.text, words.closings):
            signing = AFTER_CLOSING
            if before := paragraph.text[: closed.start()].strip():
                yield replace(paragraph, text=before)
            continue
        if len(said) <= SHORT and _names_author(paragraph.text, words.author_lines):
            continue
        yield paragraph


def _closing(text: str, closings: frozenset[str]) -> re.Match[str] | None:
    """Where a letter is signed: a closing that begins the paragraph or a sentence, and little after it."""
    either = "|".join(sorted((re.escape(each) for each in closings), key=len, reverse=True))
    for match in re.finditer(rf"(?:^|(?<=[.!?]\s))(?:{either})\b", text, re.IGNORECASE):
        rest = _WORD.findall(text[match.end() :])
        ends = text[match.end() : match.end() + 1] in ("", ",", ".", " ", "\n")
        if ends and len(rest) <= 2 * SHORT and (len(match[0].split()) > 1 or len(rest) <= 3):
            return match
    return None


def _names_author(text: str, author_lines: frozenset[str]) -> bool:
    head, colon, _ = text.partition(":")
    return bool(colon) and " ".join(head.lower().split()) in author_lines


# ── Merge fields ─────────────────────────────────────────────────────────────────────────────────


def with_signs(text: str, fields: Fields) -> str:
    """The text with one sign in place of each merge field: no rule reads it and redaction leaves it whole."""

    def sign(match: re.Match[str]) -> str:
        if len(fields) >= _MOST:
            return " "
        mark = chr(_FIRST + len(fields))
        fields[mark] = match[0]
        return mark

    return _FIELD.sub(sign, _OURS.sub(" ", text))


def with_fields(text: str, fields: Fields, *places: int) -> tuple[str, list[int]]:
    """The text with its merge fields again, and where these places are in it."""
    if not fields or not _OURS.search(text):
        return text, list(places)
    pieces: list[str] = []
    moved = list(places)
    for at, sign in enumerate(text):
        whole = fields.get(sign, sign)
        pieces.append(whole)
        if len(whole) > 1:
            moved = [now + len(whole) - 1 if place > at else now for now, place in zip(moved, places, strict=True)]
    return "".join(pieces), moved
