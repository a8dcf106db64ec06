"""Usual spellings of headings and answers, read from columns.toml and scales.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.model import NOT_APPLICABLE, NOT_ASKED, REFUSED
from data.registers import REFERENCE, plain_spelling, tenure_of

BLANK = "(blank)"  # how an answers file names an empty cell
EVERY = "*"  # how an answers file names every column or value
HOLD_BACK = "hold back"  # an answers file's word for: leave these rows out as faulty
MEANINGS = {"not applicable": NOT_APPLICABLE, "refused": REFUSED, "not asked": NOT_ASKED, "blank": None}
YES, NO = "yes", "no"

_LEADING_CODE = re.compile(r"^\s*-?\d{1,2}\s*[-–—.:=)]\s*(?=\D)")
_TRAILING_CODE = re.compile(r"\s*[(\[]\s*-?\d{1,2}\s*[)\]]\s*$")
_LABELLED_CODE = re.compile(r"^\s*(\d{1,2})\s*[-–—.:=)]\s*(\D.*)$|^\s*(\D.*?)\s*[(\[]\s*(\d{1,2})\s*[)\]]\s*$")
_NUMBER = re.compile(r"^\s*(-?\d{1,4})(?:\.0+)?\s*$")
_QUESTION_NUMBER = re.compile(r"^\s*q(?:uestion)?\s*\d{1,3}\s*[a-z]?(?:[_. ]\d{1,2})?\b[\s.:)\-–]*", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # InterviewDate
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,3}[a-z]?[.):]+\s*", re.IGNORECASE)
_AGES = re.compile(r"^\D{0,8}?(\d{1,3})\s*(?:-|–|—|to|and)\s*(\d{1,3})\D{0,12}$", re.IGNORECASE)
_OLDEST = re.compile(
    r"^\D{0,6}?(\d{2,3})\s*(?:\+|plus|(?:years )?(?:and|or) (?:over|above|older))\D{0,6}$",
    re.IGNORECASE,
)
_YOUNGEST = re.compile(r"^(?:under|below|less than|<)\s*(\d{2})\D{0,6}$", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """A field a column may hold, with its usual headings in order of choice."""

    key: str
    label: str
    spellings: tuple[str, ...]
    holds: str
    needs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    personal: bool = False


@cache
def fields() -> Mapping[str, Field]:
    """Every field but the measures, by key."""
    return {key: _field(key, row) for key, row in _columns()["field"].items()}


@cache
def measure_spellings() -> Mapping[str, Field]:
    """What the measures are called beside their prescribed wording, by code."""
    return {code: _field(code, {"label": code, "holds": "scale", **row}) for code, row in _columns()["measure"].items()}


@cache
def characteristics() -> Mapping[str, str]:
    """Headings of characteristics that are kept when found: plain heading -> label."""
    return _by_heading("characteristic")


@cache
def special_categories() -> Mapping[str, str]:
    """Headings of special category data: plain heading -> label."""
    return _by_heading("special")


@cache
def personal_headings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of whole plain headings of personal details, with what they are."""
    return tuple(
        (re.compile(pattern), kind) for kind, patterns in _columns()["personal"].items() for pattern in patterns
    )


@cache
def comment_heading() -> re.Pattern[str]:
    """What the heading of a comment column says."""
    return re.compile("|".join(_columns()["comment"]["patterns"]))


def plain_heading(heading: str) -> str:
    """A heading as spellings are compared: no question number, capitals, punctuation or underscores.

    >>> plain_heading("Q12a. Why do you say that?"), plain_heading("Age_Band"), plain_heading("InterviewDate")
    ('why do you say that', 'age band', 'interview date')
    """
    heading = _CAMEL.sub(" ", heading)
    text = _LIST_NUMBER.sub("", _QUESTION_NUMBER.sub("", heading.replace("_", " ")))
    text = text if re.search(r"[^\W\d]", text) else heading
    return plain_spelling(text.replace("_", " ").replace("D.O.B", "DOB"))


@cache
def given_names() -> frozenset[str]:
    """Given names that are hardly ever anything else, and titles, in small letters."""
    names = tomllib.loads((REFERENCE / "names.toml").read_text(encoding="utf-8"))
    return frozenset(names["given"].split()) | {"mr", "mrs", "ms", "miss", "dr"}


@cache
def places() -> frozenset[str]:
    """Words that name streets, buildings and homes, in small letters."""
    address = tomllib.loads((REFERENCE / "redaction.toml").read_text(encoding="utf-8"))["address"]
    return frozenset(f"{address['streets']} {address['units']}".split())


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def answer_code(text: str) -> tuple[bool, int | None]:
    """Whether the words of an answer are known, and its code: 5 best … 1, 0, -1, -2, or None for blank.

    >>> answer_code("Fairly satisfied;"), answer_code("5 - Very satisfied"), answer_code("Banana"), answer_code("4")
    ((True, 4), (True, 5), (False, None), (False, None))
    """
    codes = _answers()
    for spelling in (plain_spelling(text), plain_spelling(without_code(text))):
        if spelling in codes:
            return True, codes[spelling]
    return (True, None) if not re.search(r"\w", text) else (False, None)


def whole_number(text: str) -> str | None:
    """A whole number as text ("5", "5.0" and " 5 " are one), or None.

    >>> whole_number("5.0"), whole_number("five")
    ('5', None)
    """
    found = _NUMBER.match(text)
    return str(int(found[1])) if found else None


def labelled_code(text: str) -> tuple[str, str] | None:
    """The number and the words of "5 - Very satisfied" or "Very satisfied (5)".

    >>> labelled_code("Very satisfied (5)"), labelled_code("5")
    (('5', 'Very satisfied'), None)
    """
    found = _LABELLED_CODE.match(text)
    if not found:
        return None
    return (found[1], found[2].strip()) if found[1] else (found[4], found[3].strip())


def without_code(text: str) -> str:
    """An answer without a code before or after its words."""
    return _TRAILING_CODE.sub("", _LEADING_CODE.sub("", text))


def directions() -> Mapping[str, Mapping[str, int]]:
    """What may be said of a scale of numbers, with the box each number falls in."""
    directions: Mapping[str, Mapping[str, int]] = _scales()["directions"]
    return directions


def usual_missing() -> frozenset[str]:
    """Numbers that stand for "don't know" and the like in some code books."""
    return frozenset(_scales()["codes"]["usual_missing"])


def meaning_of(said: str) -> tuple[bool, int | None]:
    """The code of a meaning as an answers file gives it: a box in words, "not applicable" …, or a number 1 to 5."""
    if said in MEANINGS:
        return True, MEANINGS[said]
    if said in directions()["5 is best"]:
        return True, int(said)
    return answer_code(said)


def yes_or_no(text: str) -> str | None:
    """ "yes", "no", or None where the words are neither."""
    plain = _yes_no()
    return plain.get(plain_spelling(text)) or plain.get(plain_spelling(without_code(text)))


def method_of(text: str) -> str | None:
    """The method of collection a spelling means, or None."""
    return _methods().get(plain_spelling(text))


def tenure_spelled(text: str) -> tuple[str, str] | None:
    """The tenure and its group a spelling means, or None; a code before the words is left off."""
    return tenure_of(text) or tenure_of(without_code(text))


def not_recorded(text: str) -> bool:
    """Whether a value says that nothing is known."""
    return not re.search(r"\w", text) or plain_spelling(text) in _not_recorded()


def age_band_spelled(text: str) -> str | None:
    """An age band in its usual form, or None.

    >>> age_band_spelled("18 to 24"), age_band_spelled("85+"), age_band_spelled("Under 25"), age_band_spelled("old")
    ('18–24', '85+', 'Under 25', None)
    """
    text = text.strip().rstrip(";")
    if found := _AGES.match(text):
        return f"{int(found[1])}–{int(found[2])}"
    if found := _OLDEST.match(text):
        return f"{int(found[1])}+"
    if found := _YOUNGEST.match(text):
        return f"Under {int(found[1])}"
    return None


# ── Reading the registers ────────────────────────────────────────────────────────────────────────


def _field(key: str, row: Mapping[str, Any]) -> Field:
    return Field(
        key,
        row["label"],
        tuple(row["spellings"]),
        row["holds"],
        tuple(row.get("needs", ())),
        tuple(row.get("never", ())),
        tuple(row.get("unclear", ())),
        row.get("personal", False),
    )


def _by_heading(table: str) -> dict[str, str]:
    return {plain_heading(heading): label for label, headings in _columns()[table].items() for heading in headings}


@cache
def _columns() -> Mapping[str, Any]:
    return tomllib.loads((REFERENCE / "columns.toml").read_text(encoding="utf-8"))


@cache
def _scales() -> Mapping[str, Any]:
    return tomllib.loads((REFERENCE / "scales.toml").read_text(encoding="utf-8"))


@cache
def _answers() -> Mapping[str, int | None]:
    boxes = {plain_spelling(word): int(code) for code, words in _scales()["boxes"].items() for word in words}
    others = {
        plain_spelling(word): MEANINGS[meaning] for meaning, words in _scales()["others"].items() for word in words
    }
    return {spelling: code for spelling, code in {**others, **boxes}.items() if spelling}


@cache
def _yes_no() -> Mapping[str, str]:
    return {plain_spelling(word): answer for answer, words in _scales()["yes_no"].items() for word in words}


@cache
def _methods() -> Mapping[str, str]:
    return {plain_spelling(word): method for method, words in _scales()["methods"].items() for word in words}


@cache
def _not_recorded() -> frozenset[str]:
    return frozenset(plain_spelling(word) for word in _scales()["not_recorded"]["spellings"])
