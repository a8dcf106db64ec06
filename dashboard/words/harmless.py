"""Text from a file, made harmless for the place it is shown in."""

from __future__ import annotations

import re
from html import escape

WORD_JOINER = "\N{WORD JOINER}"

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_RUNS = ("=", "+", "-", "@", "\t", "\r")  # signs a spreadsheet takes for the start of a formula
_WOULD_LINK = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: object) -> str:
    r"""Text from a file for a place that reads markdown (labels, options, tables): shown as it is, never acted on.

    Every sign markdown could act on is escaped, and a joiner without width is set where an address, an emoji or
    an icon would be recognised even in escaped text.

    >>> print(plain("a_b <i>"))
    a\_b \<i\>
    """
    line = " ".join(str(text).split())
    return _PUNCTUATION.sub(r"\\\1", _WOULD_LINK.sub(WORD_JOINER, line))


def for_chart(text: object) -> str:
    """Text from a file for Plotly, which would act on tags and entities: shown as it is.

    >>> for_chart("<b>Ash & Birch</b>")
    '&lt;b&gt;Ash &amp; Birch&lt;/b&gt;'
    """
    return escape(" ".join(str(text).split()), quote=False)


def for_cell(value: object) -> object:
    """A value for a CSV or spreadsheet: text that a spreadsheet would run as a formula is kept as text.

    >>> for_cell('=HYPERLINK("http://x")'), for_cell(-3.5), for_cell(" +1"), for_cell("Ash")
    ('\\'=HYPERLINK("http://x")', -3.5, "' +1", 'Ash')
    """
    if not isinstance(value, str):
        return value
    first = value.lstrip(" \"'\u00a0")[:1]
    return f"'{value}" if first in _RUNS or value[:1] in _RUNS else value
