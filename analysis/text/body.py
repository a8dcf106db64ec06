"""What of a message is its writer's own words: without headers, signature, disclaimers and what the telephone added.

The rest is blanked, not cut out, so that every place in the text stays where it is. Nothing here hides anything: the
whole text is redacted and kept; this only says what is read for meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_SIGNATURE = 10  # lines after "Kind regards"
_WORDS_IN_LINE = 8  # of a signature

_HEADER = re.compile(
    r"(?m)^(?:from|sent|to|cc|bcc|date|importance|reply-to|attachments?)\s?:[^\n]{0,300}$", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?m)^(subject\s?:\s?(?:(?:re|fw|fwd)\s?:\s?){0,5})", re.IGNORECASE)
_ADDED = re.compile(
    r"\bsent (?:from|via|using) (?:my|the|an?|yahoo|outlook|samsung|mail)\b[^\n.]{0,60}"
    r"|\bget outlook for \w{3,8}\b|\byahoo mail[^\n]{0,20} on android\b"
    r"|-{2,}\s?(?:original|forwarded) message\s?-{2,}|\bbegin forwarded message:",
    re.IGNORECASE,
)
_DISCLAIMS = re.compile(
    r"(?:this|the) (?:e-?mail|message|communication|transmission)(?:,? (?:and|including|together with) [^.\n]{0,80})?"
    r" (?:is|are|may|contains?|and any|has been|was|should|from) [^.\n]{0,40}"
    r"(?:confidential|privileged|intended|scanned|viruses|legally|copyright|originated)"
    r"|intended (?:recipient|addressee|solely|only) |not the (?:intended|named) (?:recipient|addressee)"
    r"|received (?:this|it) (?:e-?mail |message |transmission )?in error"
    r"|consider the environment before|think before you print|automated (?:e-?mail|message|response)\b"
    r"|e-?mail originated from outside|external (?:sender|e-?mail)\b[^.\n]{0,40}(?:caution|links|attachments)"
    r"|caution: (?:this )?e-?mail|\bregistered (?:office\b|in england|under the co-operative)|registered charity n"
    r"|company (?:registration )?n(?:o|umber)\b|authorised and regulated by|(?:^|\n)\s?disclaimer\b"
    r"|confidentiality notice"
    r"|any views or opinions (?:expressed|presented)|unauthorised (?:use|disclosure|copying)|virus[- ]free\b"
    r"|avast antivirus",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]{1,2000}(?:[.!?]+(?=\s|$)|\n|$)?|[.!?]+|\n")
_CLOSING = re.compile(
    r"(?m)^[ \t]*(?:(?:kind|kindest|best|warm|warmest|with|many) )?(?:kind )?(?:regards|wishes)\b[^\w\n]*[^\n]{0,40}$"
    r"|^[ \t]*yours (?:sincerely|faithfully|truly|etc)\b[^\n]{0,40}$"
    r"|^[ \t]*(?:many )?(?:thanks|thank you|cheers|ta)(?: in advance| again| and regards)?[ ,.!]*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[(?:name|address|postcode|phone|e-mail|account name|reference|file)\]")
_CONTACT = re.compile(
    r"\b(?:tel|mob|mobile|phone|direct|dd|e-?mail|web|www|http|fax|ext)\b|www\.|https?:", re.IGNORECASE
)

_ONE_LINE_SIGNS = ("mail", "message", "[file]", "sent from", "outlook", "registered ")
_FEWEST_BEFORE = 3  # words before a closing, for what follows to be a signature: "Many thanks" may be all there is


def body(text: str) -> str:
    """A redacted text with headers, signature, disclaimers and pasted files blanked, its places as they were.

    >>> body("The lift is out.\\nKind regards\\n[name]\\nTenant").rstrip()
    'The lift is out.'
    """
    lower = text.lower()
    if "\n" not in text and not any(sign in lower for sign in _ONE_LINE_SIGNS):
        return text
    spans = sorted(_spans(text))
    if not spans:
        return text
    pieces, at = [], 0
    for start, end in spans:
        if end > max(start, at):
            pieces += [text[at:start], " " * (end - max(start, at))]
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    headers = [found.span() for found in _HEADER.finditer(text)]
    if len(headers) > 1:
        yield from headers
        yield from (found.span(1) for found in _SUBJECT.finditer(text))
    yield from (found.span() for found in _ADDED.finditer(text))
    yield from (found.span() for found in re.finditer(r"\[file\]", text))
    yield from (found.span() for found in _SENTENCE.finditer(text) if _DISCLAIMS.search(found[0]))
    for found in _CLOSING.finditer(text):
        if len(text[: found.start()].split()) >= _FEWEST_BEFORE:
            thanks = "regards" not in found[0].lower() and "yours" not in found[0].lower()
            yield found.end() if thanks else found.start(), _signature_end(text, found.end())


def _signature_end(text: str, start: int) -> int:
    """Where the signature after a closing ends: with the closing, where what follows is none."""
    at = start
    for line in text[start + 1 :].split("\n")[:LONGEST_SIGNATURE] if start < len(text) else ():
        if not _signs(line):
            break
        at += 1 + len(line)
    return at


def _signs(line: str) -> bool:
    """Whether a line is part of a signature: names, titles and ways to reach somebody, no sentence."""
    words = _MARK.sub("", line).split()
    if not words:
        return True
    if len(words) > _WORDS_IN_LINE or line.lower().startswith(("ps", "p.s")):
        return False
    if _CONTACT.search(line):
        return True
    if _MARK.search(line) and len(words) <= 2:
        return True
    small = [word for word in words if word[0].islower() and word not in ("of", "and", "for", "the", "at", "in", "to")]
    return not small and not line.rstrip().endswith(("!", "?"))
