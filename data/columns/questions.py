"""What is read in a file's values, and what only the analyst can say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.model import Ask
from data.columns.codebooks import Codebook
from data.columns.days import Order, order_of, parsed
from data.columns.items import (
    TICK_MEANINGS,
    YES_NO_MEANINGS,
    ItemsRead,
    is_agreement,
    is_item_field,
    item_label,
    items_meant,
    option_titles,
)
from data.columns.mapping import DATE_ORDERS, NONE_OF_THESE, REPEATS, SPLITS
from data.columns.mapping import Mapping as Said
from data.columns.meanings import (
    AGE_MEANINGS,
    FIVE,
    FIVE_DIRECTIONS,
    TEN_DIRECTIONS,
    Meant,
    Values,
    answers_meant,
    check_ages_said,
    labels_of,
    methods_meant,
    number_in,
    tenures_meant,
    yes_no_meant,
)
from data.columns.recognition import Recognised
from data.columns.resolution import Resolved, is_measure
from data.columns.spellings import EVERY, HOLD_BACK, fields, not_recorded, usual_missing, whole_number
from data.registers import measures, reporting_year_of, reporting_years, tenure_spellings

FREQUENT_CELLS, FREQUENT_SHARE = 5, 0.01  # an unknown answer as frequent as this is asked about, not held back
MOST_ASKED = 12  # unknown values of one column that are asked about one by one
A_YEAR = r"\d{2}"  # in a quarter's name: "Q1 2024/25"
FILTERS = ("repair_12m", "complaint_12m", "communal")
BOXES = (
    "very satisfied",
    "fairly satisfied",
    "neither satisfied nor dissatisfied",
    "fairly dissatisfied",
    "very dissatisfied",
)
AGREEMENT = ("strongly agree", "agree", "neither agree nor disagree", "disagree", "strongly disagree")
OTHER_MEANINGS = ("not applicable", "refused", "not asked", "blank", HOLD_BACK)


@dataclass(frozen=True)
class Understood:
    """What the values of a file mean under a mapping; what is not settled is in the parts' ``unknown``."""

    answers: dict[str, Meant[int | None]]
    yes_no: dict[str, Meant[bool]]  # the filters and may_attribute
    tenure: Meant[tuple[str, str]]
    method: Meant[str]
    days: dict[str, Mapping[str, date]] = field(default_factory=dict)  # "date" and "dob": text -> day
    orders: dict[str, Order] = field(default_factory=dict)
    items: ItemsRead = field(default_factory=ItemsRead)


def understood(
    values: Mapping[str, Values],
    mapping: Said,
    place: Resolved,
    books: tuple[Codebook, ...],
    wordings: Sequence[str] = (),
) -> Understood:
    """The meaning of every value: ``values`` holds those of each mapped field that has meanings to settle."""

    def called(name: str) -> tuple[str, ...]:
        position = place.fields.get(name)
        wording = wordings[position] if position is not None and position < len(wordings) else ""
        return (*([place.headings[position], wording] if position is not None else []), name)

    def labels(name: str) -> tuple[dict[str, str], str]:
        return labels_of(books, *called(name))

    check_ages_said(mapping)
    orders = {name: order_of(values[name], mapping.dates) for name in ("date", "dob") if name in values}
    return Understood(
        answers={
            code: answers_meant(code, held, mapping, *labels(code)) for code, held in values.items() if is_measure(code)
        },
        yes_no={
            name: yes_no_meant(name, values[name], mapping, labels(name)[0], place.heading(name))
            for name in (*FILTERS, "may_attribute")
            if name in values
        },
        tenure=tenures_meant(values.get("tenure", {}), mapping, _named_labels(labels("tenure")[0])),
        method=methods_meant(values.get("method", {}), mapping, _named_labels(labels("method")[0])),
        days={name: parsed(values[name], order.settled) for name, order in orders.items()},
        orders=orders,
        items=items_meant(values, mapping, called, books),
    )


def _named_labels(labels: dict[str, str]) -> dict[str, str]:
    """Labels of a column of names; those of a scale of satisfaction, said of every column, are no names."""
    return {code: words for code, words in labels.items() if words.casefold() not in BOXES}


def questions(
    read: Understood, values: Mapping[str, Values], mapping: Said, place: Resolved, recognised: Recognised
) -> tuple[Ask, ...]:
    """Everything still open, in the order in which it is best answered."""
    return (
        *_rivals(recognised, mapping),
        *_candidates(recognised, mapping),
        *_directions(read),
        *_answers(read, values),
        *_items(read, values),
        *([] if _open("tenure", recognised, mapping) else _tenures(read, values, place)),
        *_yes_no(read, values, place),
        *_ages(values, mapping),
        *_dates(read),
        *([] if _open("date", recognised, mapping) else _waves(read, values, mapping, place)),
    )


def _rivals(recognised: Recognised, mapping: Said) -> list[Ask]:
    taken = set(mapping.headings())
    asks = []
    for name, readings in recognised.rivals.items():
        free = [reading.column.heading for reading in readings if reading.column.heading not in taken]
        if name not in mapping.columns and len(free) > 1:
            several = "Several columns could be it."
            asks.append(Ask(f"columns.{name}", f"Which column is {_called(name)}?", several, (*free, NONE_OF_THESE)))
    return asks


def _candidates(recognised: Recognised, mapping: Said) -> list[Ask]:
    why = "No column is it for certain, and without it the figures would be wrong or missing."
    return [
        Ask(f"columns.{name}", f"Which column is {_called(name)}, if any?", why, (*headings, NONE_OF_THESE))
        for name in recognised.candidates
        if (headings := _open(name, recognised, mapping))
    ]


def _open(name: str, recognised: Recognised, mapping: Said) -> list[str]:
    """Headings of the columns that may be this field, where neither the analyst nor what is known has settled it."""
    known = {"date": bool(mapping.wave.fieldwork or mapping.waves), "tenure": "tenure" in mapping.values}
    if name in mapping.columns or known.get(name):
        return []
    taken = set(mapping.headings())
    return [column.heading for column in recognised.candidates.get(name, ()) if column.heading not in taken]


def _called(name: str) -> str:
    """What a person calls a field."""
    if name in fields():
        return f"'{fields()[name].label}'"
    if is_item_field(name):
        return f"'{item_label(name)}' ({name})"
    titles = {measure.code: measure.title for measure in measures(reporting_years()[-1])}
    return f"'{titles[name]}' ({name})"


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def _directions(read: Understood) -> list[Ask]:
    """One question for all columns on the same scale; a second scale is asked column by column."""
    by_scale: dict[str, list[str]] = {}
    for code, meant in read.answers.items():
        if meant.scale:
            by_scale.setdefault(meant.scale, []).append(code)
    asks = []
    for place, (scale, codes) in enumerate(sorted(by_scale.items(), key=lambda item: -len(item[1]))):
        for keys in [(EVERY, codes)] if place == 0 else [(code, [code]) for code in codes]:
            asks.append(_direction(keys[0], keys[1], scale, read))
    return asks


def _direction(key: str, codes: Sequence[str], scale: str, read: Understood) -> Ask:
    whys = dict.fromkeys(read.answers[code].why for code in codes if read.answers[code].why)
    mixed = any(read.answers[code].mixed for code in codes)
    why = "The file does not say which end is good" + (f": {'; '.join(whys)}." if whys else ".")
    why += " Some cells hold words and some numbers." if mixed else ""
    columns = ", ".join(codes)
    if scale == FIVE:
        return Ask(
            f"direction.{key}",
            f"Answers are numbers 1 to 5 ({columns}). Is 5 the best answer, or 1?",
            why,
            FIVE_DIRECTIONS,
        )
    what = (
        f"Answers are numbers 1 to 10 ({columns}). Which end is best, and do they fold into the five boxes in pairs "
        "(9–10, 7–8, 5–6, 3–4, 1–2)?"
    )
    return Ask(
        f"direction.{key}",
        what,
        why + " The five boxes are the regulator's; folding is a choice to be stated.",
        TEN_DIRECTIONS,
    )


def _answers(read: Understood, values: Mapping[str, Values]) -> list[Ask]:
    """Unknown answers: those that are frequent, and numbers that code books use for "don't know" and the like."""
    found: dict[str, list[tuple[str, int]]] = {}
    for code, meant in read.answers.items():
        open_values = [value for value in meant.unknown if value in meant.codes or frequent(value, values[code])]
        for value in sorted(open_values, key=lambda each: -values[code][each])[:MOST_ASKED]:
            found.setdefault(whole_number(value) or value.strip(), []).append((code, values[code][value]))
    asks = []
    for value, places in found.items():
        key = places[0][0] if len(places) == 1 else EVERY
        counts = ", ".join(f"{code} {count:,} times" for code, count in places)
        asks.append(
            Ask(
                f"values.{key}.{value}",
                f"What does the answer '{value}' mean?",
                f"Found in {counts}.",
                (*BOXES, *OTHER_MEANINGS),
            )
        )
    return asks


def frequent(value: str, values: Values) -> bool:
    """Whether an unknown value is too common in its column to be a slip."""
    return values[value] >= FREQUENT_CELLS and values[value] >= FREQUENT_SHARE * sum(values.values())


def _items(read: Understood, values: Mapping[str, Values]) -> list[Ask]:
    """What stands in the columns of the questions about being judged and is no answer of theirs."""
    asks = []
    for table, meanings in ((read.items.single, YES_NO_MEANINGS), (read.items.ticks, TICK_MEANINGS)):
        for name, meant in table.items():
            offered = (*AGREEMENT, *OTHER_MEANINGS) if is_agreement(name) else meanings
            for value, count in list(meant.unknown.items())[:MOST_ASKED]:
                on_scale = meant.scale and number_in(meant.scale, whole_number(value) or "")
                if not on_scale and (value in meant.codes or frequent(value, values[name])):
                    what = f"'{item_label(name)}' ({name}): what does '{value.strip()}' mean?"
                    asks.append(Ask(f"values.{name}.{value.strip()}", what, f"{count:,} responses have it.", offered))
            if meant.scale:
                asks.append(_item_direction(name, meant))
    for name, several in read.items.several.items():
        answered = sum(values[name].values())
        for part, count in sorted(several.unknown.items(), key=lambda each: -each[1])[:MOST_ASKED]:
            if part in several.numbers or count >= max(FREQUENT_CELLS, FREQUENT_SHARE * answered):
                what = f"'{item_label(name)}' ({name}): which answer is '{part}'?"
                why = f"{count:,} responses name it, and it is no option of the register."
                asks.append(Ask(f"values.{name}.{part}", what, why, option_titles(name)))
    return asks


def _item_direction(name: str, meant: Meant[int | None]) -> Ask:
    """Which end of a scale of agreement is which: of an item about being judged, "best" is the most agreement."""
    what = f"'{item_label(name)}' ({name}): which number is 'strongly agree'? It stands in the place of 'best'."
    why = "The file does not say which end is agreement" + (f": {meant.why}." if meant.why else ".")
    return Ask(f"direction.{name}", what, why, FIVE_DIRECTIONS if meant.scale == FIVE else TEN_DIRECTIONS)


# ── Who, how and when ────────────────────────────────────────────────────────────────────────────


def _tenures(read: Understood, values: Mapping[str, Values], place: Resolved) -> list[Ask]:
    held = values.get("tenure", {})
    options = tuple(dict.fromkeys(label for label, _ in tenure_spellings().values()))
    if "tenure" not in place.fields:
        if read.tenure.unknown:
            why = "No column says so. Rented and low cost ownership homes are never counted together."
            return [Ask("values.tenure.*", "Which tenure are all the homes in this file?", why, options)]
        return []
    return [
        Ask(
            f"values.tenure.{value.strip()}",
            f"Which tenure is '{value.strip()}'?",
            f"{count:,} responses; the register does not know it.",
            (*options, HOLD_BACK),
        )
        for value, count in list(read.tenure.unknown.items())[: 3 * MOST_ASKED]
        if frequent(value, held)
    ]


def _yes_no(read: Understood, values: Mapping[str, Values], place: Resolved) -> list[Ask]:
    return [
        Ask(
            f"values.{name}.{value.strip()}",
            f"'{place.heading(name)}': does '{value.strip()}' mean yes or no to '{fields()[name].label}'?",
            f"{count:,} responses have it.",
            ("yes", "no", HOLD_BACK),
        )
        for name, meant in read.yes_no.items()
        for value, count in list(meant.unknown.items())[:MOST_ASKED]
        if frequent(value, values[name])
    ]


def _ages(values: Mapping[str, Values], mapping: Said) -> list[Ask]:
    """A number that code books use for "not known" and that is frequent among the ages."""
    ages = values.get("age", {})
    said = mapping.values.get("age", {})
    return [
        Ask(
            f"values.age.{whole_number(value)}",
            f"Is the age {value} an age, or does it mean 'not recorded'?",
            f"{count:,} responses have it, more than any age is likely to.",
            AGE_MEANINGS,
        )
        for value, count in ages.items()
        if whole_number(value) in usual_missing()
        and int(value.split(".")[0]) >= 88
        and whole_number(value) not in said
        and frequent(value, ages)
    ]


def _dates(read: Understood) -> list[Ask]:
    open_orders = [order for order in read.orders.values() if order.open]
    why = "; ".join(dict.fromkeys(order.why for order in open_orders))
    return [Ask("dates", "Do dates stand day first or month first?", why + ".", DATE_ORDERS)] if open_orders else []


def _waves(read: Understood, values: Mapping[str, Values], mapping: Said, place: Resolved) -> list[Ask]:
    if "wave" in place.fields or (mapping.wave.split == SPLITS[0] and "quarter" in place.fields):
        return _dates_of_each(values, mapping, place)
    quarters = [value for value in values.get("quarter", {}) if not not_recorded(value)]
    if len(quarters) > 1 and not mapping.wave.split and not mapping.wave.name:
        why = f"'{place.heading('quarter')}' holds {', '.join(sorted(quarters)[:8])}."
        return [Ask("wave.split", "Is each quarter a wave of its own, or the file one wave?", why, SPLITS)]
    asks = []
    days = read.days.get("date", {}).values()
    first_and_last = mapping.wave.fieldwork or ((min(days).isoformat(), max(days).isoformat()) if days else None)
    if not first_and_last and not any(order.open for order in read.orders.values()):
        asks.append(_fieldwork("wave.fieldwork", "this survey"))
    years = {reporting_year_of(date.fromisoformat(day)) for day in first_and_last or ()}
    if not mapping.wave.name and len(years) != 1 and not any(order.open for order in read.orders.values()):
        why = "Its dates lie in more than one reporting year." if years else "Neither dates nor a column say so."
        asks.append(Ask("wave.name", "What is this wave called?", why, tuple(sorted(years))))
    return asks


def _dates_of_each(values: Mapping[str, Values], mapping: Said, place: Resolved) -> list[Ask]:
    if "date" in place.fields:
        return []
    named = values.get("wave", {})
    if "wave" not in place.fields and not mapping.wave.name and any(not re.search(A_YEAR, wave) for wave in named):
        why = "Next year's quarters have the same names, and waves of one name replace each other."
        return [Ask("wave.name", "Which year are these quarters of?", why)]
    return [
        _fieldwork(f"waves.{wave.strip()}.fieldwork", f"wave '{wave.strip()}'")
        for wave in named
        if wave.strip() and not mapping.facts_of(wave.strip()).fieldwork
    ]


def _fieldwork(key: str, of: str) -> Ask:
    why = 'No dates could be read. Give the first and last day, such as ["2024-05-01", "2024-06-30"].'
    return Ask(key, f"When was the fieldwork of {of}?", why)


def repeated(count: int, mapping: Said) -> tuple[Ask, ...]:
    """The question which of two different responses under one respondent number is kept."""
    if not count or mapping.repeated_respondents:
        return ()
    why = f"{count:,} respondent numbers stand over different answers."
    return (Ask("repeated_respondents", "Which response of a repeated respondent is kept?", why, REPEATS),)
