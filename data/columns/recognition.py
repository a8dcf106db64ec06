"""Which column is which field: by code, by the prescribed wording, by near wording, by usual heading, by what it holds.

A column is taken for a field only when one reading stands out; where two columns could be the same field and the choice
would matter, both are handed back as rivals, to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from analysis.model import Measure
from data.columns.contents import Contents, answers_like
from data.columns.items import field_of, item_fields, item_label, open_options
from data.columns.spellings import (
    Field,
    characteristics,
    comment_heading,
    fields,
    measure_spellings,
    personal_headings,
    plain_heading,
    special_categories,
    tenure_spelled,
)
from data.registers import plain_spelling

BY_CODE, BY_WORDING, BY_HEADING, BY_NEAR, BY_CONTENT = 1.0, 0.98, 0.95, 0.8, 0.6
NEAR_ENOUGH = 80  # of 100, with the landlord's name taken out
MOST = 0.8  # of a column's values that must be tenures
MAY_BE_OVERLOOKED = ("date", "tenure", "weight")  # a column of these that is not recognised is asked about
CLEAR_LEAD = 4  # points by which the nearest wording must beat the next
PERSONAL, SPECIAL, COMMENT, CHARACTERISTIC = "personal", "special", "comments", "characteristics"

_CODE = re.compile(r"(?:^|\b|q)tp ?0?(\d{1,2})(?!\d)(.*)$")
_ABOUT_COMMENT = re.compile(r"^( ?[a-z]\b)? ?(.*\b)?(why|comments?|verbatim|reason|text|other|open|improve|feedback)\b")
_ABOUT_FILTER = re.compile(r"^( ?[a-z]\b)? ?(.*\b)?(filter|screener|routing)\b")
_LANDLORD = "landlordsname"
FILTER_OF = {"TP02": "repair_12m", "TP03": "repair_12m", "TP09": "complaint_12m", "TP10": "communal"}


@dataclass(frozen=True)
class Column:
    """A column as it stands in the file: heading, second row of wording if there is one, and a sample of its cells."""

    position: int
    heading: str
    wording: str
    contents: Contents

    @property
    def said(self) -> tuple[str, ...]:
        """What the column is called, plain: by its wording, then by its heading."""
        return tuple(dict.fromkeys(plain_heading(text) for text in (self.wording, self.heading) if text.strip()))


@dataclass(frozen=True)
class Reading:
    """What one column is taken for, why and how sure (0 to 1)."""

    column: Column
    field: str  # a field, a measure code, or one of PERSONAL, SPECIAL, COMMENT, CHARACTERISTIC
    label: str
    how: str
    sure: float


@dataclass(frozen=True)
class Recognised:
    """Every column that was recognised, the fields for which several columns are as likely, and those that no column
    is for certain but some may be."""

    readings: tuple[Reading, ...]
    rivals: dict[str, tuple[Reading, ...]]
    candidates: dict[str, tuple[Column, ...]] = field(default_factory=dict)


def recognise(columns: Sequence[Column], measures: Sequence[Measure]) -> Recognised:
    """What each column is; a field goes to one column only."""
    readings = [reading for column in columns if (reading := reading_of(column, measures))]
    chosen: list[Reading] = [reading for reading in readings if reading.field in (PERSONAL, SPECIAL)]
    rivals: dict[str, tuple[Reading, ...]] = {}
    by_field: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.field not in (PERSONAL, SPECIAL, COMMENT, CHARACTERISTIC):
            by_field.setdefault(reading.field, []).append(reading)
    for name, claims in by_field.items():
        best = _best(name, claims)
        if len(best) == 1:
            chosen.append(best[0])
        else:
            rivals[name] = tuple(best)
    chosen += _characteristics(readings)
    chosen += _comments(columns, readings, chosen)
    taken = {reading.column.position for reading in readings}
    left = [column for column in columns if column.position not in taken]
    missing = [key for key in (*(measure.code for measure in measures), *MAY_BE_OVERLOOKED) if key not in by_field]
    candidates = {key: found for key in missing if (found := _candidates(key, left, set(by_field)))}
    candidates |= _option_candidates(left, by_field)
    return Recognised(tuple(sorted(chosen, key=lambda reading: reading.column.position)), rivals, candidates)


def reading_of(column: Column, measures: Sequence[Measure]) -> Reading | None:
    """What one column is on its own, or None."""
    for reader in (
        _personal,
        _item,
        _comment,
        lambda column: _measure(column, measures),
        _field,
        _special,
        _characteristic,
    ):
        reading: Reading | None = reader(column)
        if reading:
            return reading
    return None


def _candidates(key: str, left: Sequence[Column], found: set[str]) -> tuple[Column, ...]:
    """Columns taken for nothing that may be this field, which without them would be counted wrongly or not at all."""
    if key == "date":
        return tuple(column for column in left if column.contents.kind == "date")
    if key == "tenure":
        return tuple(column for column in left if _share_of_tenures(column.contents) >= MOST)
    if key == "weight":
        weighed = bool(found & {"weight_LCRA", "weight_LCHO"})
        return () if weighed else tuple(c for c in left if c.contents.kind == "number" and _named(c, fields()[key]))
    return tuple(c for c in left if c.contents.kind in ("scale", "number", "category") and _may_measure(c, key))


def _may_measure(column: Column, code: str) -> bool:
    return answers_like(column.contents) and _named(column, measure_spellings()[code])


def _named(column: Column, field: Field) -> bool:
    return any(_fits(said, field) for said in column.said)


def _share_of_tenures(contents: Contents) -> float:
    known = sum(tenure_spelled(value) is not None for value in contents.values)
    return known / contents.distinct if contents.kind == "category" else 0.0


def _option_candidates(left: Sequence[Column], found: dict[str, list[Reading]]) -> dict[str, tuple[Column, ...]]:
    """Columns of an item's options that only number them: which is which is asked of every option not found."""
    open_columns: dict[str, list[Column]] = {}
    for column in left:
        if code := open_options(column.said):
            open_columns.setdefault(code, []).append(column)
    fields = [name for name in item_fields() if ":" in name and name not in found]
    return {name: tuple(open_columns[name[:4]]) for name in fields if name[:4] in open_columns}


# ── Personal details and special categories ──────────────────────────────────────────────────────


def _personal(column: Column) -> Reading | None:
    if column.contents.kind == "personal":
        kind = column.contents.personal
        return Reading(column, PERSONAL, kind, "what the cells hold", BY_CODE)
    for said in column.said:
        for pattern, kind in personal_headings():
            if pattern.fullmatch(said):
                return Reading(column, PERSONAL, kind, "usual heading", BY_HEADING)
    return None


def _special(column: Column) -> Reading | None:
    for said in column.said:
        label = special_categories().get(said) or _contained(said, special_categories())
        if label and column.contents.kind != "text":
            return Reading(column, SPECIAL, label, "usual heading", BY_HEADING)
    return None


def _contained(said: str, spellings: dict[str, str] | object) -> str | None:
    """The label of a longer spelling that stands whole within a heading: "what is your ethnic group please"."""
    held = special_categories()
    found = [spelling for spelling in held if len(spelling) >= 7 and re.search(rf"\b{re.escape(spelling)}\b", said)]
    return held[max(found, key=len)] if found else None


def _characteristic(column: Column) -> Reading | None:
    for said in column.said:
        if label := characteristics().get(said):
            return Reading(column, CHARACTERISTIC, label, "usual heading", BY_HEADING)
    return None


def _characteristics(readings: Sequence[Reading]) -> list[Reading]:
    """One column a label; a second one of the same label is left for the analyst."""
    first: dict[str, Reading] = {}
    for reading in readings:
        if reading.field == CHARACTERISTIC:
            first.setdefault(reading.label, reading)
    return list(first.values())


def _item(column: Column) -> Reading | None:
    """A question about being judged, or one option of one; its open text is a comment like any other."""
    found = field_of(column.said, column.contents)
    if found is None:
        return None
    name, how = found
    return Reading(column, name, item_label(name), how, BY_CODE if how.startswith("code") else BY_WORDING)


# ── Measures ─────────────────────────────────────────────────────────────────────────────────────


def _measure(column: Column, measures: Sequence[Measure]) -> Reading | None:
    codes = {measure.code for measure in measures}
    for said in column.said:
        found = _CODE.search(said)
        if found and (code := f"TP{int(found[1]):02d}") in codes:
            return _coded(column, code, found[2])
    if answers_like(column.contents) or column.contents.kind in ("number", "category"):
        for measure in measures:
            if any(_pattern(measure.wording).search(said) for said in column.said):
                return Reading(column, measure.code, measure.title, "prescribed wording", BY_WORDING)
    if not answers_like(column.contents):
        return None
    for measure in measures:
        if any(said in _headings(measure) for said in column.said):
            return Reading(column, measure.code, measure.title, "usual heading", BY_HEADING)
    return _near(column, measures)


def _coded(column: Column, code: str, rest: str) -> Reading | None:
    """A heading with a code: the measure itself, its filter question, or the comment on it."""
    if _ABOUT_FILTER.match(rest) or (column.contents.kind == "yes_no" and code in FILTER_OF):
        field = FILTER_OF.get(code)
        return Reading(column, field, fields()[field].label, "code", BY_CODE) if field else None
    if column.contents.kind == "text" or (_ABOUT_COMMENT.match(rest) and not answers_like(column.contents)):
        return Reading(column, COMMENT, column.heading.strip(), "code", BY_CODE)
    if _ABOUT_COMMENT.match(rest):
        return None
    return Reading(column, code, code, "code", BY_CODE)


def _near(column: Column, measures: Sequence[Measure]) -> Reading | None:
    scores = sorted(
        ((_nearness(column, measure), measure) for measure in measures), key=lambda pair: pair[0], reverse=True
    )
    (best, measure), (second, _) = scores[0], scores[1]
    if best >= NEAR_ENOUGH and best - second >= CLEAR_LEAD:
        return Reading(column, measure.code, measure.title, "near wording", BY_NEAR * best / 100)
    return None


def _nearness(column: Column, measure: Measure) -> float:
    spelled = measure_spellings()[measure.code]
    wordings = (plain_heading(measure.wording.replace("[landlord]", " ")), *_headings(measure))
    return max(
        (
            _alike(said, wording)
            for said in column.said
            if _fits(said, spelled) and len(said) >= 6
            for wording in wordings
        ),
        default=0.0,
    )


def _alike(said: str, wording: str) -> float:
    """How alike two wordings are, of 100: the same words in much the same order, or nearly all of them in another."""
    shared = fuzz.token_set_ratio(said, wording)
    return max(shared * 0.5 + fuzz.ratio(said, wording) * 0.2 + fuzz.partial_ratio(said, wording) * 0.3, shared * 0.9)


def _fits(said: str, field: Field) -> bool:
    return all(re.search(p, said) for p in field.needs) and not any(re.search(p, said) for p in field.never)


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    """A prescribed wording with any name in the landlord's place."""
    plain = plain_spelling(re.sub(r"\[landlord\](['’]s)?", f" {_LANDLORD} ", wording))
    return re.compile(re.escape(plain).replace(r"\ ", " ").replace(_LANDLORD, r"[\w ]{1,60}?"))


@cache
def _headings(measure: Measure) -> frozenset[str]:
    spelled = measure_spellings()[measure.code].spellings
    return frozenset(plain_heading(text) for text in (measure.title, *spelled))


# ── Other fields ─────────────────────────────────────────────────────────────────────────────────


def _field(column: Column) -> Reading | None:
    for said in column.said:
        for each in fields().values():
            if said in _order(each) and _may_hold(each, column.contents):
                return Reading(column, each.key, each.label, "usual heading", BY_HEADING)
    return _filter(column)


def _filter(column: Column) -> Reading | None:
    """A filter question by its wording: it holds yes and no, and the words of its own subject."""
    if column.contents.kind not in ("yes_no", "number", "category") or column.contents.distinct > 6:
        return None
    for asking in (each for each in fields().values() if each.holds == "yes_no"):
        asked = [said for said in column.said if asking.needs and _fits(said, asking)]
        if asked and (column.contents.kind == "yes_no" or re.search(r"^(has|have|did|do)\b", asked[0])):
            return Reading(column, asking.key, asking.label, "near wording", BY_NEAR)
    return None


@cache
def _order(field: Field) -> dict[str, int]:
    """A field's usual headings, plain, with their order of choice."""
    return {plain: place for place, plain in reversed(list(enumerate(map(plain_heading, field.spellings))))}


def _may_hold(field: Field, contents: Contents) -> bool:
    allowed = {
        "date": {"date", "number", "category", "empty"},
        "number": {"number", "category", "empty"},
        "yes_no": {"yes_no", "number", "category", "empty", "scale"},
        "category": {"category", "number", "yes_no", "scale", "empty", "date"},
    }
    return contents.kind in allowed.get(field.holds, {contents.kind})


def _best(field: str, claims: list[Reading]) -> list[Reading]:
    """The claims that are as good as any: surest first, then the register's order of choice."""
    claims = [claim for claim in claims if claim.column.contents.kind != "empty"] or claims
    surest = max(claim.sure for claim in claims)
    best = [claim for claim in claims if claim.sure == surest]
    if field not in fields() or len(best) == 1:
        return best
    places = {claim.column.position: _place(fields()[field], claim.column) for claim in best}
    return [claim for claim in best if places[claim.column.position] == min(places.values())]


def _place(field: Field, column: Column) -> int:
    return min((_order(field).get(said, len(field.spellings)) for said in column.said), default=len(field.spellings))


# ── Free text ────────────────────────────────────────────────────────────────────────────────────


def _comment(column: Column) -> Reading | None:
    """Free text, by what the cells hold; a heading alone is enough only where the cells are empty or words."""
    if column.contents.kind == "text":
        how = "heading and free text" if any(map(comment_heading().search, column.said)) else "holds free text"
        return Reading(column, COMMENT, column.heading.strip(), how, BY_HEADING if "heading" in how else BY_CONTENT)
    if column.contents.kind in ("category", "empty") and any(map(comment_heading().search, column.said)):
        return Reading(column, COMMENT, column.heading.strip(), "usual heading", BY_NEAR)
    return None


def _comments(columns: Sequence[Column], readings: Sequence[Reading], chosen: Sequence[Reading]) -> list[Reading]:
    """Comment columns under the question they answer: "TP01: Why do you say that?" where the heading alone is vague."""
    measured = {reading.column.position: reading for reading in chosen if re.fullmatch(r"TP\d\d", reading.field)}
    comments = []
    for reading in (reading for reading in readings if reading.field == COMMENT):
        question = _question(reading.column)
        before = [measured[place] for place in sorted(measured) if place < reading.column.position]
        vague = re.search(r"^why\b|why do you say|reason for|comments?$", plain_heading(question))
        if vague and before and not _CODE.search(plain_heading(question)):
            question = f"{before[-1].field}: {question}"
        comments.append(Reading(reading.column, COMMENT, question, reading.how, reading.sure))
    return comments


def _question(column: Column) -> str:
    said = column.wording if len(column.wording) > len(column.heading) else column.heading
    return re.sub(r"^\s*Q\w{1,5}[.:)]\s+", "", said).strip()
