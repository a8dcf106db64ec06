"""Personal details that people type where a category or a reference belongs: they do not pass the door."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.text.redaction import redact
from data.language import load_redaction

SHAPED = r"@|\d[\d ()-]{8,}"  # values that may hold an e-mail address or a telephone number
NAMES_SOMEBODY = r"[[:alpha:]]{2} +[[:alpha:]]{2}"  # a reference of words: "Mrs Joan Smith", or "ASH COURT"


def without_details(values: Iterable[str], shaped_only: bool = False) -> dict[str, str]:
    """The values that hold names, addresses, e-mail addresses or numbers, each with those taken out.

    ``shaped_only``: of names of places only e-mail addresses and telephone numbers count, since they look like
    addresses. A name alone, without another word, cannot be told from a category.

    >>> without_details(["Repairs", "Rang Mrs Joan Smith, joan@example.com"])
    {'Rang Mrs Joan Smith, joan@example.com': 'Rang Mrs [name], [e-mail]'}
    >>> without_details(["1-12 Ash Court"], shaped_only=True)
    {}
    """
    rules = load_redaction()
    may = (value for value in values if re.search(SHAPED if shaped_only else rf"{SHAPED}|[^\W\d] +[^\W\d]|\d", value))
    redacted = ((value, redact(value.strip(), rules).text) for value in may)
    return {value: said for value, said in redacted if said != value.strip()}


def are_personal(references: Iterable[str]) -> list[str]:
    """The references that are an e-mail address, or a person's name and no number.

    >>> are_personal(["joan@example.com", "Mrs Joan Smith", "ASH COURT", "07700900123"])
    ['joan@example.com', 'Mrs Joan Smith']
    """
    rules = load_redaction()
    return [
        each
        for each in references
        if "@" in each or (_words(each) and redact(each.strip(), rules).text != each.strip())
    ]


def _words(reference: str) -> bool:
    return not any(sign.isdigit() for sign in reference)
