"""What each column of a sheet of the regulator's workbook holds, told from its heading by the register."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from analysis.model.sector import FIVE
from data.registers import REFERENCE

Key = tuple[str, ...]
TAG = re.compile(
    r"\((?P<family>tp|bs|rp|nm|ch)\s?(?P<number>\d\d)[\s_.]*(?:\(?(?:pt|part)?\s?(?P<part>[12])\)?)?\s*"
    r"(?P<role>numerator|denominator|responses)?\s*\)"
)
STOCK = re.compile(r"^(lcra|lcho|combined) - ")
STAGES = {"one": "1", "two": "2"}
ANSWERS = (*FIVE, "na")


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet: place by key, such as ("survey", "sample") or ("count", "TP05", "na").

    ``unknown`` are headings nobody knows, ``doubled`` keys that more than one column claims (none of them is read),
    ``by_place`` those told by their place among the answers and not by their words.
    """

    places: Mapping[Key, int]
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    by_place: tuple[str, ...] = ()

    def __contains__(self, key: Key) -> bool:
        return key in self.places

    def of(self, *start: str) -> dict[str, int]:
        """The columns whose keys begin like this, by the last part of the key."""
        return {key[-1]: place for key, place in self.places.items() if key[: len(start)] == start}


@cache
def register() -> Mapping[str, Any]:
    """How the workbook is recognised, from its register."""
    return MappingProxyType(tomllib.loads((REFERENCE / "sector" / "workbook.toml").read_text(encoding="utf-8")))


def plain(heading: object) -> str:
    """A heading without capitals, odd spaces and footnote numbers.

    >>> plain("Required minimum  sample size2,3"), plain("... by survey method - Telephone6"), plain("x (BS05)5 ")
    ('required minimum sample size', '... by survey method - telephone', 'x (bs05)')
    """
    text = unicodedata.normalize("NFKC", str(heading)).replace("\u200b", "").replace("’", "'").replace("‘", "'")
    text = " ".join(text.lower().split())
    text = re.sub(r"\)\s*\d(?:,\d)*$", ")", text)
    return re.sub(r"(?<=[a-z])\d(?:,\d)*(?=$| %)", "", text)


def tag_of(heading: str) -> tuple[str, str]:
    """The measure a plain heading is tagged with, and its part in it: "", "numerator", "denominator" or "responses".

    >>> tag_of("lcra - number of homes (ch01 1 denominator)"), tag_of("proportion … (tp05)"), tag_of("landlord name")
    (('CH01_1', 'denominator'), ('TP05', ''), ('', ''))
    """
    found = TAG.search(heading)
    if not found:
        return "", ""
    measure = (found["family"] + found["number"]).upper()
    return measure + (f"_{found['part']}" if found["part"] else ""), found["role"] or ""


def columns_of(headings: Sequence[object]) -> Columns:
    """What the columns under these headings hold. A key that two columns claim is nobody's."""
    claimed: dict[Key, list[int]] = {}
    unknown: list[int] = []
    for place, heading in enumerate(headings):
        text = plain(heading)
        key = _key_of(text) if text else ("left",)
        if key is None:
            unknown.append(place)
        elif key != ("left",):
            claimed.setdefault(key, []).append(place)
    doubled = tuple(" ".join(key) for key, places in claimed.items() if len(places) > 1)
    held = {key: places[0] for key, places in claimed.items() if len(places) == 1}
    by_place = _by_place(held, headings, unknown)
    return Columns(
        MappingProxyType(held),
        tuple(str(headings[place]) for place in unknown),
        doubled,
        tuple(str(headings[place]) for place in by_place),
    )


def method_named(text: str) -> str:
    """The collection method a text names, as one of ours; "" where it names none."""
    return next((name for name, pattern in register()["methods"].items() if re.search(pattern, plain(text))), "")


def _key_of(text: str) -> Key | None:
    """What a plain heading stands for; ("left",) where it is known and left alone, None where nobody knows it."""
    known = register()
    if any(re.search(pattern, text) for pattern in known["left"]["patterns"]):
        return ("left",)
    for table in ("landlord", "survey", "not_included"):
        for name, pattern in known[table].items():
            if re.search(pattern, text):
                return (table, name)
    return _one_of_several(text, known["several"])


def _one_of_several(text: str, patterns: Mapping[str, str]) -> Key | None:
    for name in ("method_responses", "method_share"):
        if found := re.search(patterns[name], text):
            method = method_named(found[1])
            return (name, method) if method else None
    if re.search(patterns["weighting"], text):
        return ("weighting", re.sub(r"\D", "", text))
    if re.search(patterns["unweighted"], text):
        return _answer("unweighted", "TP01", text)
    for name in ("without_extension", "with_extension"):
        if (found := re.search(patterns[name], text)) and (stock := STOCK.match(text)):
            return (name, _stock(stock[1]), f"CH02_{STAGES[found[1]]}")
    measure, role = tag_of(text)
    if measure.startswith("TP") or not measure:
        return _perception(text, measure, role, patterns)
    return _management(text, measure, role, patterns)


def _perception(text: str, measure: str, role: str, patterns: Mapping[str, str]) -> Key | None:
    if measure and (role == "responses" or re.search(patterns["filter_share"], text)):
        return ("filter_share", measure)
    if measure and re.search(patterns["share"], text):
        return ("share", measure)
    if re.search(patterns["answer"], text):
        owner = measure or next((m for m, p in register()["untagged"].items() if re.search(p, text)), "")
        return _answer("count", owner, text) if owner else None
    return None


def _answer(table: str, measure: str, text: str) -> Key | None:
    answers = register()["answers"]
    filters = [name for name in answers if name.startswith("filter")]
    for name in (*filters, *(name for name in answers if name not in filters)):
        if re.search(answers[name], text):
            return (table, measure, name)
    return None


def _management(text: str, measure: str, role: str, patterns: Mapping[str, str]) -> Key | None:
    if not re.search(patterns["management"], text):
        return None
    stock = STOCK.match(text)
    return ("management", _stock(stock[1]) if stock else "", measure, role or "value")


def _stock(said: str) -> str:
    return "Combined" if said == "combined" else said.upper()


def _by_place(held: dict[Key, int], headings: Sequence[object], unknown: list[int]) -> list[int]:
    """Give a tagged column without words for its answer the one answer its measure lacks, where it stands for it.

    The workbook of 2023/24 leaves "very satisfied" out of one heading. The places taken, which are unknown no more.
    """
    taken = []
    for place in list(unknown):
        text = plain(headings[place])
        measure, _ = tag_of(text)
        if not measure.startswith("TP") or not re.search(register()["several"]["answer"], text):
            continue
        missing = [answer for answer in FIVE if ("count", measure, answer) not in held]
        if len(missing) == 1 and _stands_beside(held, measure, missing[0], place):
            held[("count", measure, missing[0])] = place
            unknown.remove(place)
            taken.append(place)
    return taken


def _stands_beside(held: Mapping[Key, int], measure: str, answer: str, place: int) -> bool:
    at = ANSWERS.index(answer)
    beside = [(other, step) for step in (-1, 1) if 0 <= (other := at + step) < len(ANSWERS)]
    found = [(held.get(("count", measure, ANSWERS[other])), step) for other, step in beside]
    return any(where is not None for where, _ in found) and all(
        where is None or where == place + step for where, step in found
    )
