"""The regulator's workbook of Tenant Satisfaction Measures, read into one year of the sector.

Sheets and columns are found by what they say, by ``data/reference/sector/workbook.toml``. Only columns the register
names are taken over: what it leaves, such as contractors and how to reach them, is never in a SectorYear.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from python_calamine import SheetTypeEnum

from analysis.model import Problem, SectorLandlord, SectorSurvey, SectorYear
from analysis.model.sector import COLLECTION_METHODS, FIVE, FLAGS, GROUP_SIZES, SECTOR_GROUPS
from data.columns.faults import UnreadableFile, short
from data.registers import management_measures, measures, reporting_years
from data.sources.regulator_headings import Columns, columns_of, method_named, plain, register
from data.sources.regulator_tables import Cells, management_table, measures_table, methods_table
from data.sources.safety import MACRO_ENDINGS, WORKBOOK_ENDINGS, base_name, kind_of
from data.sources.workbook import sheet_of, text_of, workbook

PERCEPTION, MANAGEMENT, NOT_INCLUDED, COVERAGE = "perception", "management", "not included", "coverage"
HEADER_WITHIN = 60  # rows: notes may stand above the headings
CODE_YEAR = re.compile(r"\d{4}/\d{2}")
MERGED = "merged during year"
DATA_OWNER = "data owner"


@dataclass(frozen=True)
class Sheet:
    """One sheet of landlords: what it holds, its columns, and a row of cells for each landlord by code."""

    name: str
    kind: str
    group: str  # the tenure group of a perception sheet
    columns: Columns
    rows: Mapping[str, Cells]
    absent: tuple[str, ...] = ()  # what such a sheet usually has and this one does not


def read_year(path: Path, name: str = "", year: str = "") -> SectorYear:
    """One year of the sector from the regulator's workbook. ``name`` is the file's own where ``path`` is temporary.

    ``year`` ("2024/25") answers where the workbook does not say clearly which it is of. Raises UnreadableFile, naming
    the sheet and the remedy, for another kind of file, a workbook of something else, a sheet or a column without
    which nothing can be said, and a landlord that stands twice. What is merely otherwise than expected stands in
    ``SectorYear.notes``.
    """
    name = base_name(name or path.name)
    if Path(name).suffix.lower() not in (*WORKBOOK_ENDINGS, *MACRO_ENDINGS):
        raise stopped("not_a_workbook", name)
    kind_of(path, name)
    cells = _cells_of(path, name)
    sheets = [sheet for title, rows in cells.items() if (sheet := _sheet(title, rows, name))]
    _check_sheets(sheets, tuple(cells), name)
    found, published = _year_of(cells), _published(cells)
    held = [sheet for sheet in sheets if sheet.kind in (PERCEPTION, MANAGEMENT)]
    notes = _Notes()
    landlords = _landlords(sheets, notes)
    return SectorYear(
        year=_agreed_year(found, year, name),
        source=name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        published=published,
        landlords=MappingProxyType(landlords),
        surveys=MappingProxyType(_surveys(held, notes)),
        measures=measures_table([(s.group, s.columns, s.rows) for s in held if s.kind == PERCEPTION]),
        methods=methods_table([(s.group, s.columns, s.rows) for s in held if s.kind == PERCEPTION]),
        management=management_table([(s.columns, s.rows) for s in held if s.kind == MANAGEMENT]),
        notes=(*_sheet_notes(sheets), *_cell_notes(held), *notes.said()),
    )


def stopped(rule: str, file: str, sheet: str = "", **words: object) -> UnreadableFile:
    """The error for a fault of the register; ``words`` fill its sentence."""
    said = register()["fault"][rule]
    what, remedy = (said[part].format(**words) for part in ("what", "remedy"))
    where = f"Sheet '{sheet}': " if sheet else ""
    return UnreadableFile(Problem(file, None, "", "", f"sector_{rule}", where + what, remedy, DATA_OWNER, "file"))


# ── Sheets ───────────────────────────────────────────────────────────────────────────────────────


def _cells_of(path: Path, name: str) -> dict[str, Sequence[Sequence[object]]]:
    book = workbook(path, name)
    titles = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return {title: sheet_of(book, title, name).to_python(skip_empty_area=False) for title in titles}


def _sheet(title: str, rows: Sequence[Sequence[object]], file: str) -> Sheet | None:
    """A sheet with a row of headings about landlords; None for one of another kind."""
    header = next((i for i, row in enumerate(rows[:HEADER_WITHIN]) if _is_header(row)), None)
    if header is None:
        return None
    columns = columns_of(rows[header])
    kind = _kind_of(columns)
    group = _group_of(title, columns, rows[header], file) if kind == PERCEPTION else ""
    absent = _absent(title, kind, group, columns, file)
    landlords = _by_code(title, kind, columns, rows[header + 1 :], header + 2, file)
    return Sheet(title, kind, group, columns, landlords, absent)


def _is_header(row: Sequence[object]) -> bool:
    said = {plain(cell) for cell in row if cell != ""}
    return {"landlord name", "landlord code"} <= said


def _kind_of(columns: Columns) -> str:
    if columns.of("share") or columns.of("count"):
        return PERCEPTION
    if columns.of("management"):
        return MANAGEMENT
    return NOT_INCLUDED if ("not_included", "reason") in columns else COVERAGE


def _group_of(title: str, columns: Columns, headings: Sequence[object], file: str) -> str:
    """LCRA, LCHO or Combined, by the sheet's name and the heading of its population, which may not disagree."""
    by_name = _groups_in(title.replace("_", " "))
    place = columns.places.get(("survey", "population"))
    by_heading = _groups_in(str(headings[place])) if place is not None else ()
    both = set(by_name) | set(by_heading)
    if len(both) != 1:
        words = {"by_name": _listed(by_name) or "neither", "by_heading": _listed(by_heading) or "neither"}
        raise stopped("tenure_unclear", file, title, **words)
    return both.pop()


def _groups_in(text: str) -> tuple[str, ...]:
    return tuple(group for group in SECTOR_GROUPS if re.search(rf"\b{group}\b", text, re.IGNORECASE))


def _absent(title: str, kind: str, group: str, columns: Columns, file: str) -> tuple[str, ...]:
    """What a sheet of this kind usually has and this one does not. Raises where nothing can be said without it."""
    if kind == PERCEPTION:
        missing = tuple(key for key in ("population", "sample") if ("survey", key) not in columns)
        if missing:
            raise stopped("column_missing", file, title, columns=_listed(missing))
        return tuple(name.replace("_", " ") for name in _absent_perception(group, columns))
    return tuple(_absent_management(columns)) if kind == MANAGEMENT else ()


def _absent_perception(group: str, columns: Columns) -> Iterator[str]:
    known = register()
    optional = ("supported_housing",) if group == "LCHO" else ()
    for table in ("survey", "landlord"):
        yield from (key for key in known[table] if (table, key) not in columns and key not in optional)
    yield from (f"responses by {m}" for m in COLLECTION_METHODS if ("method_responses", m) not in columns)
    counted = {key[1] for key in columns.places if key[0] == "count"}
    for measure in measures(reporting_years()[-1]):
        asked = group == "Combined" or group in measure.tenures
        if measure.code not in counted | columns.of("share").keys():
            yield from (measure.code,) if asked else ()
        elif ("share", measure.code) not in columns:
            yield f"share of {measure.code}"
        else:
            answers = (a for a in FIVE if ("count", measure.code, a) not in columns)
            yield from (f"{answer} of {measure.code}" for answer in answers)


def _absent_management(columns: Columns) -> Iterator[str]:
    for measure in management_measures(reporting_years()[-1]):
        for stock in SECTOR_GROUPS if "LCHO" in measure.tenures else ("",):
            for part in ("value", "numerator", "denominator"):
                if ("management", stock, measure.code, part) not in columns:
                    yield " ".join(filter(None, (stock, measure.code, part)))


def _by_code(
    title: str, kind: str, columns: Columns, rows: Iterable[Sequence[object]], first: int, file: str
) -> Mapping[str, Cells]:
    """The rows of landlords by code. Notes below the table have no code and are not rows of it."""
    place = columns.places.get(("landlord", "code"))
    if place is None:
        raise stopped("column_missing", file, title, columns="landlord code")
    found: dict[str, Cells] = {}
    for number, row in enumerate(rows, start=first):
        code = text_of(row[place]).strip().upper() if place < len(row) else ""
        if not code:
            continue
        if code in found:
            raise stopped("landlord_twice", file, title, code=code, rows=f"{found[code].number_in_sheet} and {number}")
        found[code] = Cells(number, row)
    if not found and kind in (PERCEPTION, MANAGEMENT):
        raise stopped("no_landlords", file, title)
    return MappingProxyType(found)


def _check_sheets(sheets: Sequence[Sheet], titles: Sequence[str], file: str) -> None:
    """Raises UnreadableFile where a sheet is missing that every year has, or two hold the same."""
    held = [(s.kind, s.group, s.name) for s in sheets if s.kind in (PERCEPTION, MANAGEMENT)]
    if not held:
        raise stopped("not_the_workbook", file, sheets=_listed(titles))
    counted = Counter((kind, group) for kind, group, _ in held)
    for (kind, group), times in counted.items():
        if times > 1:
            names = [name for k, g, name in held if (k, g) == (kind, group)]
            raise stopped("two_sheets", file, kind=_what(kind, group), sheets=_listed(names))
    wanted = ((PERCEPTION, "LCRA"), (PERCEPTION, "LCHO"), (MANAGEMENT, ""))
    if missing := [_what(*pair) for pair in wanted if pair not in counted]:
        raise stopped("sheet_missing", file, missing=_listed(missing), sheets=_listed(titles))


def _what(kind: str, group: str) -> str:
    return f"{group} perception results" if kind == PERCEPTION else "management information"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


# ── The year ─────────────────────────────────────────────────────────────────────────────────────


def _texts(cells: Mapping[str, Sequence[Sequence[object]]]) -> Iterator[str]:
    """What stands on sheets without a table of landlords: the introduction and the contents."""
    for rows in cells.values():
        if not any(_is_header(row) for row in rows[:HEADER_WITHIN]):
            yield from (cell for row in rows for cell in row if isinstance(cell, str) and cell)


def _year_of(cells: Mapping[str, Sequence[Sequence[object]]]) -> tuple[str, ...]:
    """The reporting years a workbook names: in its introduction, its title and the names of its sheets."""
    ends: set[int] = set()
    for text in _texts(cells):
        ends |= {int(end) for end in re.findall(r"1 April \d{4} to 31 March (\d{4})", text)}
        ends |= {int(end) for end in re.findall(r"Tenant Satisfaction Measures (20\d\d)\b(?!/)", text)}
    ends |= {2000 + int(end) for title in cells for end in re.findall(r"^TSM(\d\d)[ _]", title)}
    return tuple(f"{end - 1}/{end % 100:02}" for end in sorted(ends))


def _agreed_year(found: tuple[str, ...], given: str, file: str) -> str:
    if given and not _is_year(given):
        raise ValueError(f"'{given}' is not a reporting year. Write it as 2024/25.")
    if given and found and given not in found:
        raise stopped("other_year", file, found=_listed(found), given=given)
    if not given and len(found) != 1:
        raise stopped("year_unclear", file, found=_listed(found) or "none")
    return given or found[0]


def _is_year(text: str) -> bool:
    return bool(CODE_YEAR.fullmatch(text)) and (int(text[:4]) + 1) % 100 == int(text[5:])


def _published(cells: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """The title of the workbook with its version, as it says."""
    texts = list(_texts(cells))
    title = next((text for text in texts if text.startswith("Tenant Satisfaction Measures")), "")
    versions = [match[1] for text in texts if (match := re.match(r"\s*Version (\d+(?:\.\d+)*)", text))]
    return title + (f", version {versions[-1]}" if versions else "")


# ── Landlords and surveys ────────────────────────────────────────────────────────────────────────


class _Notes:
    """What was found otherwise than expected, once for each thing and place."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    def add(self, note: str) -> None:
        self._said[note] = None

    def said(self) -> tuple[str, ...]:
        return tuple(self._said)


def _landlords(sheets: Sequence[Sheet], notes: _Notes) -> dict[str, SectorLandlord]:
    """Every landlord on any sheet, with what the sheets say of it; the first sheet to say a thing is believed."""
    said: dict[str, dict[str, str]] = {}
    excluded: dict[str, dict[str, str]] = {}
    for sheet in sorted(sheets, key=lambda s: s.kind in (NOT_INCLUDED, COVERAGE)):
        fields = sheet.columns.of("landlord")
        for code, row in sheet.rows.items():
            mine = said.setdefault(code, {})
            for field, place in fields.items():
                text = row.text(place)
                if field not in ("remark", "code") and text and mine.setdefault(field, text) != text:
                    notes.add(_differs(sheet, code, field, mine[field], text)) if field != "name" else None
            if sheet.kind == NOT_INCLUDED:
                what = "management" if re.search(r"(?:^|[_ ])man", plain(sheet.name)) else "perception"
                excluded.setdefault(code, {})[what] = row.text(sheet.columns.places[("not_included", "reason")])
    return {code: _landlord(code, fields, excluded.get(code, {}), notes) for code, fields in sorted(said.items())}


def _differs(sheet: Sheet, code: str, field: str, first: str, other: str) -> str:
    return f"{sheet.name}: {code} has {field.replace('_', ' ')} '{short(other)}', another sheet '{short(first)}'."


def _landlord(code: str, said: Mapping[str, str], excluded: Mapping[str, str], notes: _Notes) -> SectorLandlord:
    size, region = said.get("group_size", ""), said.get("region", "")
    merged = MERGED in (size.lower(), region.lower())
    flag = {"yes": True, "no": False}.get(said.get("supported_housing", "").lower())
    return SectorLandlord(
        code=code,
        name=said.get("name", ""),
        type=_type(code, said.get("type", ""), notes),
        region="" if merged else region,
        group_size="" if merged else _size(code, size, notes),
        supported_housing=flag,
        merged=merged,
        excluded=MappingProxyType(dict(excluded)),
    )


def _type(code: str, text: str, notes: _Notes) -> str:
    found = next((name for name, spellings in register()["types"].items() if text.upper() in spellings), "")
    if text and not found:
        notes.add(f"The type '{short(text)}' of {code} is not known. It is read as not stated.")
    return found


def _size(code: str, text: str, notes: _Notes) -> str:
    bare = text.replace(",", "").replace(" ", "").replace("–", "-")
    found = next((size for size in GROUP_SIZES if size.replace(",", "") == bare), "")
    if text and not found:
        notes.add(f"The group size '{short(text)}' of {code} is not known. It is read as not stated.")
    return found


def _surveys(sheets: Sequence[Sheet], notes: _Notes) -> dict[tuple[str, str], SectorSurvey]:
    return {
        (code, sheet.group): _survey(code, sheet, row, notes)
        for sheet in sheets
        if sheet.kind == PERCEPTION
        for code, row in sheet.rows.items()
    }


def _survey(code: str, sheet: Sheet, row: Cells, notes: _Notes) -> SectorSurvey:
    columns = sheet.columns
    fields = columns.of("survey")
    whole = {key: row.whole(fields.get(key)) for key in ("population", "sample", "left_out")}
    method = row.text(fields.get("main_method"))
    main = method_named(method) if method else ""
    if method and not main:
        notes.add(f"{sheet.name}: the collection method '{short(method)}' is not known. It is read as not stated.")
    responses = {m: n for m, p in columns.of("method_responses").items() if (n := row.whole(p)) is not None}
    weighting = [row.text(p) for p in (*columns.of("weighting").values(), fields.get("other_weighting"))]
    unweighted = tuple(row.number(columns.places.get(("unweighted", "TP01", answer))) for answer in FIVE)
    share = row.number(fields.get("unweighted_share"))
    return SectorSurvey(
        landlord=code,
        tenure_group=sheet.group,
        population=whole["population"],
        required_sample=row.number(fields.get("required_sample")),
        sample=whole["sample"],
        margin=row.number(fields.get("margin")),
        methods=MappingProxyType(responses),
        census={"census": True, "sample": False}.get(row.text(fields.get("census")).lower()),
        weighted={"yes": True, "no": False}.get(row.text(fields.get("weighted")).lower()),
        weighting=tuple(dict.fromkeys(filter(None, weighting))),
        main_method=main,
        left_out=whole["left_out"],
        unweighted=None if None in unweighted else tuple(n for n in unweighted if n is not None),
        unweighted_share=share / 100 if share is not None and None not in unweighted else None,
        remark=row.text(columns.places.get(("landlord", "remark"))),
    )


# ── What to say of the reading ───────────────────────────────────────────────────────────────────


def _sheet_notes(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Columns not known, claimed twice, told by their place, and what was not found."""
    for sheet in sheets:
        if sheet.kind not in (PERCEPTION, MANAGEMENT):
            continue
        columns = sheet.columns
        for heading in columns.unknown:
            yield f"{sheet.name}: the column '{short(heading)}' is not known and was not read."
        for key in columns.doubled:
            yield f"{sheet.name}: two columns claim to be {key.replace('_', ' ')}. Neither was read."
        for heading in columns.by_place:
            yield f"{sheet.name}: '{heading}' does not name its answer; it was told by its place among the others."
        if sheet.absent:
            yield f"{sheet.name}: not found: {_listed(sheet.absent)}."
    present = {(sheet.kind, sheet.group) for sheet in sheets}
    if (PERCEPTION, "Combined") not in present:
        yield "No sheet of combined perception results was found."
    if (NOT_INCLUDED, "") not in present:
        yield "No sheet of landlords left out was found, so no reasons are held."


def _cell_notes(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Cells that should hold a number and hold something else, each named."""
    flags = " ".join(f"[{flag}]" for flag in FLAGS)
    for sheet in sheets:
        headings = {place: key for key, place in sheet.columns.places.items()}
        wanted = sorted(set(headings) - _texts_of(sheet.columns))
        for code, row in sheet.rows.items():
            for place in wanted:
                if (found := row.nonsense(place)) is not None:
                    where = f"{sheet.name}, row {row.number_in_sheet}, {' '.join(headings[place]).replace('_', ' ')}"
                    yield f"{where}: {code} has '{short(found)}', no number and none of {flags}. Read as missing."


def _texts_of(columns: Columns) -> set[int]:
    """The places of columns that hold words and not numbers."""
    worded = {("survey", key) for key in ("census", "main_method", "weighted", "other_weighting")}
    return {place for key, place in columns.places.items() if key[0] in ("landlord", "weighting") or key[:2] in worded}
