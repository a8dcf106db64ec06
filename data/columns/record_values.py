"""What the values of a file of records mean, and what only the analyst can say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from analysis.model import Ask
from data.columns.days import Order, RecordDays, days_meant, order_of
from data.columns.faults import MappingFault, fault
from data.columns.kinds import Kind, RecordField
from data.columns.mapping import DATE_ORDERS
from data.columns.mapping import Mapping as Said
from data.columns.meanings import Meant, Values, tenures_meant
from data.columns.questions import MOST_ASKED, frequent
from data.columns.resolution import Resolved
from data.columns.spellings import (
    BLANK,
    EVERY,
    HOLD_BACK,
    age_band_spelled,
    method_of,
    not_recorded,
    tenure_spelled,
    whole_number,
    without_code,
    yes_or_no,
)
from data.registers import plain_spelling, tenure_spellings

NOT_RECORDED = "not recorded"  # an answers file's word for a value that says nothing
NEVER_WAS = ("never", "not cancelled")


@dataclass(frozen=True)
class RecordValues:
    """The meaning of every value under a mapping: choices and yes or no by field, days, tenures; and what is open."""

    choices: dict[str, Meant[str]] = field(default_factory=dict)
    flags: dict[str, Meant[bool]] = field(default_factory=dict)
    tenure: Meant[tuple[str, str]] = field(default_factory=lambda: Meant({}))
    days: dict[str, RecordDays] = field(default_factory=dict)
    order: Order = field(default_factory=lambda: Order(""))


def record_values(values: Mapping[str, Values], mapping: Said, of: Kind) -> RecordValues:
    """What every value means; ``values`` holds those of each mapped field whose values have meanings.

    Raises MappingFault where the analyst's word for a value is none that may stand there.
    """
    filled = {name: {v: n for v, n in held.items() if v != BLANK} for name, held in values.items()}
    dates = {name: held for name, held in filled.items() if name in of.holding("date", "dob")}
    order = order_of((text for held in dates.values() for text in held if not not_recorded(text)), mapping.dates)
    choices, flags = {}, {}
    for each in of.fields:
        held = filled.get(each.key)
        if held is None:
            continue
        if each.holds in ("choice", "method", "age_band"):
            choices[each.key] = _choices_meant(each, held, mapping)
        elif each.holds in ("yes_no", "flag", "cancelled", "presence"):
            flags[each.key] = _flags_meant(each, held, mapping)
    tenures = values.get("tenure", {}) if EVERY in mapping.values.get("tenure", {}) else filled.get("tenure", {})
    return RecordValues(
        choices=choices,
        flags=flags,
        tenure=tenures_meant({v: n for v, n in tenures.items() if v == BLANK or not not_recorded(v)}, mapping, {}),
        days={name: days_meant(held, order.settled) for name, held in dates.items()},
        order=order,
    )


def _said(each: RecordField, value: str, mapping: Said) -> str | None:
    table = mapping.values.get(each.key, {})
    plain = value.strip().rstrip(";").strip()
    return next((table[key] for key in (value, plain, whole_number(plain) or plain) if key in table), None)


def _choices_meant(each: RecordField, held: Values, mapping: Said) -> Meant[str]:
    known: dict[str, str] = {}
    unknown: dict[str, int] = {}
    back = set()
    meant = _meaning(each)
    for value, count in held.items():
        said = _said(each, value, mapping)
        if said is not None:
            _check_said(each, value, said)
        if said == HOLD_BACK:
            back.add(value)
        elif said == NOT_RECORDED or (said is None and not_recorded(value) and meant(value) is None):
            continue
        elif said is not None:
            known[value] = said
        elif (found := meant(value.strip().rstrip(";"))) is not None:
            known[value] = found
        else:
            unknown[value] = count
    return Meant(known, unknown, frozenset(back))


def _meaning(each: RecordField) -> Callable[[str], str | None]:
    """What the register says a value of this field means."""
    if each.holds == "method":
        return lambda value: method_of(value) or value.strip()
    if each.holds == "age_band":
        return lambda value: age_band_spelled(value) or value.strip()
    spelled = {plain_spelling(word): meaning for meaning, words in each.values.items() for word in (meaning, *words)}

    def meaning(value: str) -> str | None:
        number = whole_number(value)
        several = (value, number or "", without_code(value), value.split(" - ")[0])
        return next((spelled[plain] for text in several if (plain := plain_spelling(text)) in spelled), None)

    return meaning


def _check_said(each: RecordField, value: str, said: str) -> None:
    allowed = (*each.values, NOT_RECORDED, HOLD_BACK)
    if each.holds == "choice" and said not in allowed:
        expected = " or ".join(f'"{word}"' for word in allowed)
        where = f"values.{each.key}.{value}"
        raise MappingFault(fault("answers_unknown", "the answers", column=where, value=said, expected=expected))


def _flags_meant(each: RecordField, held: Values, mapping: Said) -> Meant[bool]:
    """Yes and no. Of a flag any other words are its description, so they are a yes; a date in a column of
    cancellations says that it happened."""
    known: dict[str, bool] = {}
    unknown: dict[str, int] = {}
    back = set()
    yes, no = ({plain_spelling(word) for word in words} for words in (each.yes, each.no))
    for value, count in held.items():
        said = _said(each, value, mapping)
        if said == HOLD_BACK:
            back.add(value)
            continue
        if said == NOT_RECORDED or (said is None and not_recorded(value)):
            continue
        plain = plain_spelling(said or value)
        answer = yes_or_no(said or value)
        if plain in yes or answer == "yes":
            known[value] = True
        elif plain in no or answer == "no" or plain in NEVER_WAS or plain in ("none", "0", "nil"):
            known[value] = False
        elif each.holds in ("flag", "cancelled"):
            known[value] = True
        else:
            unknown[value] = count
    return Meant(known, unknown, frozenset(back))


# ── What is still open ───────────────────────────────────────────────────────────────────────────


def value_questions(
    read: RecordValues, values: Mapping[str, Values], mapping: Said, place: Resolved, of: Kind
) -> tuple[Ask, ...]:
    """What frequent values mean that the registers do not know, the order of days and months, the wave's name."""
    asks: list[Ask] = []
    for name, meant in read.choices.items():
        asks += _asked(of.field_of(name), meant.unknown, values[name], (*of.field_of(name).values, NOT_RECORDED))
    for name, flags in read.flags.items():
        if of.field_of(name).holds != "presence":
            asks += _asked(of.field_of(name), flags.unknown, values[name], ("yes", "no", NOT_RECORDED))
    if "tenure" in place.fields:
        labels = tuple(dict.fromkeys(label for label, _ in tenure_spellings().values()))
        unknown = {value: n for value, n in read.tenure.unknown.items() if value != BLANK}
        asks += _asked(of.field_of("tenure"), unknown, values["tenure"], labels)
    if read.order.open:
        asks.append(Ask("dates", "Do dates stand day first or month first?", read.order.why + ".", DATE_ORDERS))
    if of.merge == "by wave" and "wave" not in place.fields and not mapping.wave.name:
        why = "No column says so. It is the name the survey's own file is published under."
        asks.append(Ask("wave.name", "Which survey wave was this sample issued for?", why))
    return tuple(asks)


def _asked(each: RecordField, unknown: Mapping[str, int], held: Values, options: tuple[str, ...]) -> list[Ask]:
    often = [value for value in unknown if frequent(value, held)][:MOST_ASKED]
    return [
        Ask(
            f"values.{each.key}.{value.strip()}",
            f"'{each.label}': what does '{value.strip()}' mean?",
            f"{unknown[value]:,} rows have it; the register does not know it.",
            (*options, HOLD_BACK),
        )
        for value in often
    ]


def tenure_for_all(mapping: Said) -> tuple[str, str] | None:
    """The tenure the analyst said every row has, with its group, or None."""
    return tenure_spelled(mapping.values.get("tenure", {}).get(EVERY, ""))


def day_range(read: RecordValues, name: str) -> tuple[date, date] | None:
    """The first and last day of a field, or None where no day could be read."""
    days = read.days[name].known.values() if name in read.days else ()
    return (min(days), max(days)) if days else None


def is_lost_number(text: str) -> bool:
    """Whether a reference was turned into a rounded number by a spreadsheet.

    >>> is_lost_number("1.00023E+11"), is_lost_number("100023336956")
    (True, False)
    """
    return bool(re.fullmatch(r"\s*\d(\.\d+)?[eE]\+?\d+\s*", text))
