"""What the values of a column mean, by the analyst's word, its labels sheet, or the registers; and what is still open.

Values come as they stand in the file, each with how often it occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from data.columns.codebooks import Codebook
from data.columns.faults import MappingFault, fault
from data.columns.mapping import Mapping as Said
from data.columns.spellings import (
    BLANK,
    EVERY,
    HOLD_BACK,
    answer_code,
    directions,
    fields,
    labelled_code,
    meaning_of,
    method_of,
    not_recorded,
    plain_heading,
    tenure_spelled,
    usual_missing,
    whole_number,
    yes_or_no,
)

Values = Mapping[str, int]  # value as in the file -> how many cells
Meaning = TypeVar("Meaning")
FIVE, TEN = "five", "ten"
MANY_FRACTIONS = 0.1  # of the cells
NOT_RECORDED, AN_AGE = AGE_MEANINGS = ("not recorded", "an age")
FIVE_DIRECTIONS = ("5 is best", "1 is best")
TEN_DIRECTIONS = ("10 is best, in pairs", "1 is best of 10, in pairs")


@dataclass(frozen=True)
class Meant(Generic[Meaning]):
    """The values of one column that are settled, and those that are not. ``scale``: numbers whose direction is open."""

    known: dict[str, Meaning]
    unknown: dict[str, int] = field(default_factory=dict)
    held: frozenset[str] = frozenset()  # values the analyst said to hold back
    codes: frozenset[str] = frozenset()  # unknown numbers that code books use for "don't know" and the like
    scale: str = ""
    mixed: bool = False
    why: str = ""


def said_of(mapping: Said, column: str, value: str) -> str | None:
    """What the analyst said a value means: for this column first, then for every column. 4 and 4.0 are one."""
    for table in (mapping.values.get(column, {}), mapping.values.get(EVERY, {})):
        for spelling in (value, value.strip(), whole_number(value) or value, value.strip().rstrip(";")):
            if spelling in table:
                return table[spelling]
    return None


# ── Answers of a measure ─────────────────────────────────────────────────────────────────────────


def answers_meant(code: str, values: Values, mapping: Said, labels: Mapping[str, str], why: str) -> Meant[int | None]:
    """The answer codes of a measure's values. ``labels`` come from a labels sheet; ``why`` says if sheets disagree.

    Raises MappingFault where the analyst's words are not an answer or a direction.
    """
    known: dict[str, int | None] = {}
    numbers: dict[str, str] = {}  # value -> its whole number
    unknown: dict[str, int] = {}
    held = set()
    for value, count in values.items():
        said = said_of(mapping, code, value)
        if said == HOLD_BACK:
            held.add(value)
        elif said is not None:
            known[value] = _answer_said(code, value, said)
        elif (found := answer_code(value))[0]:
            known[value] = found[1]
        elif number := whole_number(value):
            numbers[value] = number
        else:
            unknown[value] = count
    direction = mapping.direction.get(code) or _fitting(mapping.direction.get(EVERY, ""), numbers.values())
    worded = any(answer is not None and answer > 0 for answer in known.values())
    labelled = {**labels, **dict(filter(None, map(labelled_code, values)))}
    scale = _place_numbers(code, numbers, direction, labelled, known)
    left = {value: number for value, number in numbers.items() if value not in known}
    on_scale = scale and not _fractions(values)
    in_scale = {value for value in left if on_scale and number_in(scale, left[value])}
    outside = {value: values[value] for value in left if value not in in_scale}
    codes = frozenset(value for value in outside if left[value] in usual_missing())
    mixed = worded and any(number in directions()["5 is best"] for number in numbers.values())
    return Meant(known, {**unknown, **outside}, frozenset(held), codes, scale if in_scale else "", mixed, why)


def _place_numbers(
    code: str, numbers: Mapping[str, str], direction: str, labels: Mapping[str, str], known: dict[str, int | None]
) -> str:
    """Put the numbers that are settled into ``known``; the scale the others are on."""
    scale = _scale(numbers.values())
    if direction and direction not in directions():
        raise MappingFault(
            fault(
                "answers_unknown",
                "the answers",
                column=f"direction.{code}",
                value=direction,
                expected=" or ".join(f'"{each}"' for each in directions()),
            )
        )
    ends = {number: answer_code(words) for number, words in labels.items()}
    placed = direction or _direction_of(scale, ends)
    for value, number in numbers.items():
        if not direction and ends.get(number, (False,))[0]:
            known[value] = ends[number][1]
        elif placed and number in directions()[placed]:
            known[value] = directions()[placed][number]
    return scale


def _direction_of(scale: str, ends: Mapping[str, tuple[bool, int | None]]) -> str:
    """The direction that labelled ends settle: "1 - Very dissatisfied" and "5 - Very satisfied". A ten-point scale
    says which end is good that way but not how it folds into five, so that is still asked."""
    if scale != FIVE:
        return ""
    boxes = {number: code for number, (found, code) in ends.items() if found and number in directions()["5 is best"]}
    fitting = [each for each in FIVE_DIRECTIONS if all(directions()[each][n] == box for n, box in boxes.items())]
    return fitting[0] if len(fitting) == 1 and len(boxes) >= 2 else ""


def _fractions(values: Values) -> bool:
    """Whether many values are fractions: then 1 is the whole (100 %), not the end of a scale."""
    count = sum(count for value, count in values.items() if re.fullmatch(r"0?\.\d+", value.strip()))
    return count > MANY_FRACTIONS * sum(values.values())


def _scale(numbers: object) -> str:
    held = set(numbers)  # type: ignore[call-overload]  # any collection of texts
    if "10" in held or len(held & {"6", "7", "8", "9"}) >= 2:
        return TEN
    return FIVE if held & set(directions()["5 is best"]) else ""


def number_in(scale: str, number: str) -> bool:
    """Whether a number lies on the scale."""
    return number in directions()[FIVE_DIRECTIONS[0] if scale == FIVE else TEN_DIRECTIONS[0]]


def _fitting(direction: str, numbers: object) -> str:
    """A direction said of every column, where it is one for this column's scale."""
    if direction and direction not in directions():
        return direction
    allowed = {FIVE: FIVE_DIRECTIONS, TEN: TEN_DIRECTIONS}.get(_scale(numbers), ())
    return direction if direction in allowed else ""


def _answer_said(code: str, value: str, said: str) -> int | None:
    found, answer = meaning_of(said)
    if not found:
        expected = (
            '"very satisfied" … "very dissatisfied", "not applicable", "refused", "not asked", "blank" or "hold back"'
        )
        raise MappingFault(
            fault("answers_unknown", "the answers", column=f"values.{code}.{value}", value=said, expected=expected)
        )
    return answer


# ── Labels sheets ────────────────────────────────────────────────────────────────────────────────


def labels_of(books: tuple[Codebook, ...], *headings: str) -> tuple[dict[str, str], str]:
    """What the labels sheets say of a column, and how they disagree. Nothing is taken from sheets that disagree."""
    said = {book.sheet: labels for book in books if (labels := book.of(*headings))}
    merged: dict[str, str] = {}
    for sheet, labels in said.items():
        for code, words in labels.items():
            if code in merged and answer_code(merged[code]) != answer_code(words):
                other = next(each for each, theirs in said.items() if code in theirs and each != sheet)
                return {}, f"sheet '{other}' says {code} is '{said[other][code]}', sheet '{sheet}' says '{words}'"
            merged[code] = words
    return merged, ""


# ── Other fields ─────────────────────────────────────────────────────────────────────────────────


def tenures_meant(values: Values, mapping: Said, labels: Mapping[str, str]) -> Meant[tuple[str, str]]:
    """The tenure and group of each value; a blank is a value too.

    Raises MappingFault where the analyst names a tenure the register does not know.
    """
    expected = "a tenure of data/reference/tenures.toml, such as General needs or Shared ownership"
    _check_said("tenure", mapping, lambda said: tenure_spelled(said) is not None, expected)
    blank = mapping.values.get("tenure", {}).get(EVERY, BLANK)
    meant = _meant(
        "tenure", {value: n for value, n in values.items() if value != BLANK}, mapping, labels, tenure_spelled
    )
    if BLANK not in values:
        return meant
    said = mapping.values.get("tenure", {}).get(BLANK, blank)
    if said == HOLD_BACK:
        return replace(meant, held=meant.held | {BLANK})
    tenure = tenure_spelled(said)
    if tenure:
        return replace(meant, known={**meant.known, BLANK: tenure})
    return replace(meant, unknown={**meant.unknown, BLANK: values[BLANK]})


def yes_no_meant(
    field: str, values: Values, mapping: Said, labels: Mapping[str, str], heading: str = ""
) -> Meant[bool]:
    """Yes and no; "don't know" and refusals count as no. Under a heading such as "Anonymous?" a yes may mean no, so
    there only the analyst's word settles either. Raises MappingFault where the analyst says neither."""

    def known(value: str) -> bool | None:
        if answer := yes_or_no(value):
            return answer == "yes"
        return False if not_recorded(value) or value.casefold() == "not applicable" or _unsure(value) else None

    _check_said(field, mapping, lambda said: known(said) is not None, '"yes" or "no"')
    meant = _meant(field, values, mapping, labels, known)
    if not any(re.search(pattern, plain_heading(heading)) for pattern in fields()[field].unclear):
        return meant
    said = mapping.values.get(field, {})
    unclear = {v: n for v, n in values.items() if yes_or_no(v) and v.strip() not in said and v not in meant.held}
    return replace(
        meant,
        known={v: yes for v, yes in meant.known.items() if v not in unclear},
        unknown={**meant.unknown, **unclear},
    )


def methods_meant(values: Values, mapping: Said, labels: Mapping[str, str]) -> Meant[str]:
    """The methods of collection as the register calls them. Raises MappingFault where the analyst names another."""
    _check_said("method", mapping, lambda said: method_of(said) is not None, "a method of data/reference/scales.toml")
    return _meant("method", values, mapping, labels, method_of)


def check_ages_said(mapping: Said) -> None:
    """Raises MappingFault where the analyst says of an age anything but that it is one or is not recorded."""
    _check_said("age", mapping, lambda said: said in AGE_MEANINGS, " or ".join(f'"{each}"' for each in AGE_MEANINGS))


def _check_said(field: str, mapping: Said, means: Callable[[str], bool], expected: str) -> None:
    for value, said in mapping.values.get(field, {}).items():
        if said != HOLD_BACK and not means(said):
            raise MappingFault(
                fault("answers_unknown", "the answers", column=f"values.{field}.{value}", value=said, expected=expected)
            )


def _unsure(value: str) -> bool:
    found, code = answer_code(value)
    return found and code is not None and code <= 0


def _meant(
    name: str,
    values: Values,
    mapping: Said,
    labels: Mapping[str, str],
    known: Callable[[str], Meaning | None],
) -> Meant[Meaning]:
    settled: dict[str, Meaning] = {}
    unknown: dict[str, int] = {}
    held = set()
    for value, count in values.items():
        plain = value.strip().rstrip(";")
        said = mapping.values.get(name, {}).get(plain) or mapping.values.get(name, {}).get(whole_number(plain) or plain)
        if said == HOLD_BACK:
            held.add(value)
            continue
        meaning = known(said or labels.get(whole_number(plain) or "", plain))
        if meaning is None:
            unknown[value] = count
        else:
            settled[value] = meaning
    return Meant(settled, unknown, frozenset(held))
