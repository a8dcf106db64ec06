"""Texts that a file, a mail program or a web form has spoilt: letters read in the wrong code, entities, tags, files."""

from __future__ import annotations

import html
import re

MOST_TIMES = 4  # a text may have been spoilt more than once on its way
FILE = " [file] "

# What the bytes 80 to BF, the second and later bytes of a letter in UTF-8, look like when read as Windows-1252.
_LATER = "".join(bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(0x80, 0xC0))
_LATER += "".join(map(chr, range(0x80, 0xA0)))
_MISREAD = re.compile(f"[\u00c2-\u00f4][{re.escape(_LATER)}]{{1,3}}")
_HALF = re.compile("\u00e2\u20ac(?=[\\s.,!?)]|\\Z)")  # a closing quote whose last byte was dropped
_UNKNOWN = re.compile("(?<=[A-Za-z])\ufffd(?=[A-Za-z])")
_ASKED = re.compile(
    r"\b((?:do|ca|wo|did|is|was|could|would|should|does|have|has|had|are|were|ai)n)\?(t)\b"
    r"|\b(i|you|we|they|it|he|she|that)\?(ve|ll|re|m|d|s)\b(?=\s[a-z])",
    re.IGNORECASE,
)
_EXCEL = re.compile(r"_x000[dD9]_")

_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNSEEN = re.compile(
    r"<(style|script|head)\b[^>]{0,2000}>.{0,20000}?</\1\s*>|<!--.{0,5000}?-->", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTES = r"(?:\s{1,9}[\w:-]{1,40}\s?=[^<>]{0,2000})?\s?/?>"  # so that "a <b and c> d" is no tag
_BLOCK = re.compile(
    rf"</?(?:br|p|div|li|ul|ol|tr|table|tbody|thead|h[1-6]|hr|blockquote|pre|section|article|header|footer|title|body|html)"
    rf"{_ATTRIBUTES}",
    re.IGNORECASE,
)
_CELL = re.compile(rf"</?(?:td|th|img|input|button|label|option|select|form){_ATTRIBUTES}", re.IGNORECASE)
_INLINE = re.compile(
    rf"</?(?:a|b|i|u|s|em|strong|font|span|small|big|sup|sub|center|code|mark|meta|link|base|o:p|st1:\w{{1,20}}|v:\w{{1,20}}|w:\w{{1,20}})"
    rf"{_ATTRIBUTES}",
    re.IGNORECASE,
)
# A file put into the text: a long run without a space, of small and capital letters and figures.
_BLOB = re.compile(
    r"(?:data:[\w/+.-]{1,60};base64,)?(?<![\w:/.%@?=&-])"
    r"(?=[A-Za-z0-9+/]{0,60}[a-z])(?=[A-Za-z0-9+/]{0,60}[A-Z])(?=[A-Za-z0-9+/]{0,60}\d)"
    r"[A-Za-z0-9+/]{60,}={0,2}(?:\s[A-Za-z0-9+/]{60,}={0,2})*(?:\s[A-Za-z0-9+/]{1,76}={1,2}(?![\w=]))?"
)


def mend(text: str) -> str:
    """The words as they were written, where a file or a program spoilt them on the way; no word is lost.

    >>> mend("I donâ€™t &amp;amp; wonâ€™t pay Â£5<br/>more <b>rent</b>, ok <3")
    'I don’t & won’t pay £5\\nmore rent, ok <3'
    """
    for _ in range(MOST_TIMES):
        before = text
        if not text.isascii():
            text = _UNKNOWN.sub("'", _HALF.sub("”", _MISREAD.sub(_read_again, text)))
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if "<" in text:
            text = _INLINE.sub("", _CELL.sub(" ", _BLOCK.sub("\n", _UNSEEN.sub(" ", text))))
        if text == before:
            break
    if "?" in text:
        text = _ASKED.sub(lambda found: "'".join(part for part in found.groups() if part), text)
    if "_x000" in text:
        text = _EXCEL.sub(" ", text)
    return _BLOB.sub(FILE, text) if len(text) >= 60 else text


def _read_again(found: re.Match[str]) -> str:
    """Letters read in the wrong code, read in the right one; as they stand where they make no letter there."""
    try:
        return b"".join(_byte(sign) for sign in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _byte(sign: str) -> bytes:
    return bytes([ord(sign)]) if ord(sign) < 0x100 else sign.encode("cp1252")
