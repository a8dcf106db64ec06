"""The regulator's return: each figure with both its numbers, rounded as asked, and what was checked before it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.model import Audience, ManagementFigure
from analysis.returning import Looked, rounded
from dashboard import words
from dashboard.charts.chart import Cell, Table
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_xlsx import as_xlsx
from dashboard.evidence.blocks import Block, Document, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.returned import (
    FOR_A_PERSON,
    REPAIRS,
    Filled,
    Return,
    SurveyReturned,
    from_where,
    measure_of,
    returned,
)
from dashboard.evidence.whose import landlord_of, named_for
from dashboard.how import How
from dashboard.how.returned import SUMS, of_fields, of_records, of_survey
from dashboard.words import management as of_management
from dashboard.words.outward import outward
from data import registers
from data.packs.returned import RECORDS, Place, return_rules

PREPARED = (
    "The figures as they are prepared for the regulator, in the order of its published data dictionary of {year}. The "
    "return itself is made by the landlord on the regulator's portal."
)
TOLD_BEFORE = "The management measures stand with both numbers in the part of their own."
FILES = "return/return.xlsx", "return/return.csv"
NO_SURVEY = "No survey with answers that a measure counts is held, so only the landlord's own records are told."
HOW_ROUNDED = (
    "Percentages and rates have one decimal, as the regulator's dataset of {year} has them; the files keep each figure "
    "before rounding beside it. Where a survey is weighted its numbers are weighted counts, with one decimal."
)
ALL_FIELDS = (
    "Every field of the return, {n} of them, stands in {xlsx} and {csv} with its name, data point and question as "
    "published: {filled} are filled in, {person} are for the landlord to fill in, and {none} have no figure, for the "
    "reason beside them."
)
SAMPLE_HEADINGS, SAMPLE_FILE_HEADINGS = ("Field", "Value"), ("field", "value", "note")
MEASURE_HEADINGS = ("Measure", "Numerator", "Denominator", "Reported", "Answers, unweighted")
MEASURE_FILE_HEADINGS = ("measure", "title", "numerator", "denominator", "reported", "answers unweighted", "note")
RECORD_HEADINGS = ("Measure", "Whose", "Numerator", "Denominator", "Reported")
RECORD_FILE_HEADINGS = ("measure", "title", "whose", "numerator", "denominator", "reported", "unit", "from", "note")
DOUBTFUL_HEADINGS = ("What should hold", "Of", "What was found")
CHECK_HEADINGS = ("What should hold", "Of", "What was found", "What to do")
PASSED_HEADINGS = ("What should hold", "Of")
FIELD_HEADINGS = (
    *("number", "part", "whose", "field", "name in the return", "data point", "question", "value", "unit"),
    *("numerator", "denominator", "before rounding", "answers unweighted", "note"),
)
OF_THE_SAMPLE = ("population", "required", "sample", "margin", "census", "method", "main_method", "weighted")
FOR_PEOPLE = ("person", "census", "characteristic", *REPAIRS)  # kinds of field to fill in that are no measure's number
DOUBTFUL = "What is missing or doubtful"
PASSED, FAILED = "Passed", "Not passed"
EXACTLY = 6  # decimals of a figure before rounding: further ones say nothing


def blocks(material: Material) -> tuple[Block, ...]:
    """The return of the survey's reporting year, of the whole landlord."""
    made, rules = returned(material), return_rules()
    provisional = registers.provisional_note(made.year)
    public, inside = (material.asked.audience is each for each in (Audience.PUBLIC, Audience.INTERNAL))
    return (
        Note(rules.note if inside else PREPARED.format(year=rules.dictionary)),
        *((Note(provisional),) if provisional else ()),
        *_not_over(made),
        Paragraph(f"The return of {made.year}. {HOW_ROUNDED.format(year=rules.dictionary)}"),
        *(() if public else (Paragraph(_result(made.checks, inside)),)),
        Paragraph(_all_fields(made)),
        *((Paragraph(NO_SURVEY),) if not made.surveys else ()),
        *(block for group, survey in made.surveys.items() for block in _survey(made, group, survey)),
        *_records(material, made),
        *_checks(material, made),
        *(() if public else _for_a_person(made)),
    )


def _not_over(made: Return) -> Iterator[Note]:
    for look in made.checks:
        if look.check == "over" and not look.holds:
            yield Note(f"The year is not over: {look.found}. The landlord's own records are told as far as they go.")


def files(material: Material) -> Mapping[str, bytes]:
    """The return as a workbook (its fields and its checks, a sheet each) and its fields as a CSV."""
    made, rules = returned(material), return_rules()
    provisional = registers.provisional_note(made.year)
    audience = material.asked.audience
    note, provisional = outward(rules.note, audience), outward(provisional, audience)
    about = tuple(filter(None, (note, provisional)))
    fields = TableBlock(
        "return-fields", f"Every field of the return of {made.year}", _fields(made), about, (), _how(made)
    )
    document = Document(
        title=f"Tenant Satisfaction Measures: the return of {made.year}",
        subtitle=f"{material.asked.wave} · {note}",
        author=landlord_of(material),
        made=material.asked.clock,
        blocks=named_for((fields, _every_check(made, audience)), material),
        facts=(("Source of the order of fields", rules.source), *((("Note", provisional),) if provisional else ())),
        stem="return",
    )
    return {FILES[0]: as_xlsx(document), FILES[1]: as_csv(document)["return-fields.csv"]}


# ── The survey ───────────────────────────────────────────────────────────────────────────────────


def _survey(made: Return, group: str, survey: SurveyReturned) -> Iterator[Block]:
    found, key = survey.found, f"return-{group.lower()}"
    yield Heading(f"From the survey: {words.group_of(group)}", 2)
    about = (words.shown_for(found.question, {}), words.survey_sentence(found.wave))
    mine = [row for row in made.fields if row.group == group and row.field.kind in OF_THE_SAMPLE]
    rows = tuple((row.label, _shown(row) if row.value is not None else words.sentence_case(row.note)) for row in mine)
    file_rows = tuple((row.label, row.value, row.note) for row in mine)
    sample = Table(SAMPLE_HEADINGS, rows, SAMPLE_FILE_HEADINGS, file_rows)
    yield TableBlock(f"{key}-sample", "The survey itself", sample, about, (), of_survey(found, SUMS))
    table = Table(
        MEASURE_HEADINGS,
        tuple(_measure_row(row, survey) for row in _shares(made, group)),
        MEASURE_FILE_HEADINGS,
        tuple(_measure_file_row(row, survey) for row in _shares(made, group)),
    )
    numbers = "weighted counts" if survey.weighted else "counts: nothing is weighted"
    title = "The measures of the survey, with both numbers"
    yield TableBlock(f"{key}-measures", title, table, (*about, f"Both numbers are {numbers}."), (), of_survey(found))


def _shares(made: Return, group: str) -> list[Filled]:
    return [row for row in made.fields if row.group == group and row.field.kind == "share"]


def _shown(row: Filled) -> str:
    """A value as printed, with its unit."""
    if row.value is None:
        return words.NOTHING
    if isinstance(row.value, str):
        return row.value
    if row.unit == "points":
        return words.margin(row.value / 100)
    number = words.count(row.value) if isinstance(row.value, int) else f"{row.value:,.1f}"
    return f"{number}%" if row.unit == "%" else f"{number} {row.unit}".strip()


def _measure_row(row: Filled, survey: SurveyReturned) -> tuple[str, ...]:
    each, measure = survey.measures[row.field.measure], measure_of(survey.found, row.field.measure)
    named = f"{measure.code} {measure.title}"
    if each.withheld:
        return (named, words.NOTHING, words.NOTHING, words.sentence_case(each.withheld), words.NOTHING)
    return (named, _number(row.numerator), _number(row.denominator), _shown(row), words.count(each.base))


def _measure_file_row(row: Filled, survey: SurveyReturned) -> tuple[Cell, ...]:
    each, measure = survey.measures[row.field.measure], measure_of(survey.found, row.field.measure)
    both = tuple(None if n is None else rounded(n, return_rules().decimals) for n in (row.numerator, row.denominator))
    answers = None if each.withheld else each.base
    return (measure.code, measure.title, *both, row.value, answers, each.withheld or "")


def _number(number: float | None) -> str:
    """A count, with one decimal where it is none."""
    if number is None:
        return words.NOTHING
    return f"{number:,.0f}" if abs(number - round(number)) < 1e-9 else f"{number:,.1f}"


# ── The landlord's own records ───────────────────────────────────────────────────────────────────


def _records(material: Material, made: Return) -> tuple[Block, ...]:
    """The management measures; a short pack that tells of them in a part of their own prints them there alone."""
    audience = material.asked.audience
    printed = material.in_full or "management" not in material.asked.sections
    table = Table(
        RECORD_HEADINGS,
        tuple(
            (
                f"{each.measure.code} {each.measure.title}",
                of_management.EVERYBODY.get(each.tenure_group, each.tenure_group),
                _number(each.numerator),
                _number(each.denominator),
                words.sentence_case(of_management.figure_words(each)),
            )
            for each in made.records
        ),
        RECORD_FILE_HEADINGS,
        tuple(
            (
                *(each.measure.code, each.measure.title, each.tenure_group, each.numerator, each.denominator),
                None if each.value is None else rounded(each.value, return_rules().decimals),
                *(each.measure.unit, from_where(each, audience), each.withheld or ""),
            )
            for each in made.records
        ),
    )
    about = (f"Reporting year {made.year}, the whole landlord.", of_management.NEUTRAL)
    title = "The management measures, with both numbers"
    return (
        Heading("From the landlord's own records", 2),
        *(() if printed else (Paragraph(TOLD_BEFORE),)),
        TableBlock("return-records", title, table, about, (), of_records(made.records), printed),
        *(Paragraph(text) for text in (*_sources(material, made.records), *_parts(made.records)) if printed),
        *(Paragraph(text) for text in _repairs(made) if printed),
    )


def _sources(material: Material, records: Sequence[ManagementFigure]) -> Iterator[str]:
    """Where the numbers are from, measures of one source together."""
    named = [(each.measure.code, from_where(each, material.asked.audience)) for each in records]
    for source, codes in words.counted_reasons((code, source) for code, source in named if source).items():
        yield f"{', '.join(dict.fromkeys(codes))}: {source}."


def _repairs(made: Return) -> Iterator[str]:
    """How many responsive repairs there were, where repairs are held."""
    told = [row for row in made.fields if row.field.kind in REPAIRS and row.value is not None]
    if told:
        yield f"{'; '.join(f'{row.label}: {_shown(row)}' for row in told)}. From {told[0].note}."


def _parts(records: Sequence[ManagementFigure]) -> Iterator[str]:
    """The two parts of CH02, which the return asks for apart."""
    for each in records:
        if each.parts is not None:
            without, within = (words.count(round(part)) for part in each.parts)
            yield (
                f"{each.measure.code}, {words.group_of(each.tenure_group)}: {without} answered in time without an "
                f"extension, {within} within one."
            )


# ── What was checked ─────────────────────────────────────────────────────────────────────────────


def _result(checks: Sequence[Looked], inside: bool) -> str:
    failed = sum(not look.holds for look in checks)
    if not failed:
        return f"All {words.count(len(checks))} checks passed."
    told = "what was found and what to do" if inside else "what was found"
    return (
        f"{words.count(len(checks))} checks were made and {words.count(failed)} did not pass; each stands below with "
        f"{told}."
    )


def _checks(material: Material, made: Return) -> Iterator[Block]:
    """What did not pass, inside each with what to do; then what did. The public is told what is missing or doubtful."""
    failed = tuple(_rows(made.checks, False))
    public = material.asked.audience is Audience.PUBLIC
    if failed or not public:
        yield Heading(DOUBTFUL if public else "What was checked", 2)
    if failed and material.asked.audience is Audience.INTERNAL:
        yield _checks_of(made, "return-not-passed", "Checks that did not pass, and what to do", CHECK_HEADINGS, failed)
    elif failed:
        yield _checks_of(made, "return-not-passed", DOUBTFUL, DOUBTFUL_HEADINGS, _without_remedy(failed))
    if public:
        return
    passed = tuple(_passed(made.checks))
    yield _checks_of(made, "return-passed", "Checks that passed", PASSED_HEADINGS, passed, material.in_full)


def _every_check(made: Return, audience: Audience) -> TableBlock:
    """Each check once for each tenure group, those that did not pass first; remedies stay inside, and the public is
    told only what is missing or doubtful."""
    failed = [(FAILED, *row) for row in _rows(made.checks, False)]
    passed = [(PASSED, *row) for row in _rows(made.checks, True)]
    title, headings, rows = "What was checked, those that did not pass first", CHECK_HEADINGS, (*failed, *passed)
    if audience is Audience.PUBLIC:
        doubtful = _without_remedy(tuple(_rows(made.checks, False)))
        return _checks_of(made, "return-checks", DOUBTFUL, DOUBTFUL_HEADINGS, doubtful)
    if audience is not Audience.INTERNAL:
        headings, rows = DOUBTFUL_HEADINGS, _without_remedy(rows)
    return _checks_of(made, "return-checks", title, ("Result", *headings), rows)


def _without_remedy(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """What to do is for whoever does it, and for nobody else."""
    return tuple(row[:-1] for row in rows)


def _checks_of(
    made: Return,
    key: str,
    title: str,
    headings: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    printed: bool = True,
) -> TableBlock:
    table = Table(headings, rows, tuple(heading.lower() for heading in headings), rows)
    return TableBlock(key, title, table, ("Looked at before the figures are sent.",), (), _how(made), printed)


def _by_check(checks: Sequence[Looked]) -> Iterator[tuple[str, str, str, list[Looked]]]:
    """Each check of each tenure group there is: what should hold, the remedy, whose it is, and what was looked at."""
    for key, (what, remedy) in return_rules().checks.items():
        for whose in dict.fromkeys(look.whose for look in checks):
            mine = [look for look in checks if (look.check, look.whose) == (key, whose)]
            if mine:
                yield what, remedy, words.sentence_case(of_management.EVERYBODY.get(whose, whose)), mine


def _rows(checks: Sequence[Looked], holding: bool) -> Iterator[tuple[str, ...]]:
    """The checks of a tenure group that all hold, or of those that do not what was found and what to do."""
    for what, remedy, whose, mine in _by_check(checks):
        failed = [look for look in mine if not look.holds]
        if holding and not failed:
            yield (what, _counted(whose, mine), _alone(mine), words.NOTHING)
        elif failed and not holding:
            of = f"{whose}: {len(failed)} of {len(mine)} measures" if len(mine) > 1 else whose
            yield (what, of, _found(failed), remedy)


def _passed(checks: Sequence[Looked]) -> Iterator[tuple[str, ...]]:
    """Each check that passed in one row, whosever it is."""
    told: dict[str, list[tuple[str, list[Looked]]]] = {}
    for what, _, whose, mine in _by_check(checks):
        if all(look.holds for look in mine):
            told.setdefault(what, []).append((whose, mine))
    for what, each in told.items():
        yield (what, "; ".join(_counted(whose, mine) for whose, mine in each))


def _counted(whose: str, mine: Sequence[Looked]) -> str:
    return f"{whose}, {words.count(len(mine))} measures" if len(mine) > 1 else whose


def _alone(passed: Sequence[Looked]) -> str:
    """What was found where one thing was looked at; of several that all passed nothing is told one by one."""
    return (passed[0].found if len(passed) == 1 else "") or words.NOTHING


def _found(failed: Sequence[Looked]) -> str:
    """What was found, those alike together."""
    alike = words.counted_reasons((look.of, look.found) for look in failed)
    told = []
    for found, names in alike.items():
        named = ", ".join(filter(None, names))
        told.append(": ".join(filter(None, (named, found.rstrip(".")))))
    return words.sentence_case("; ".join(told))


# ── Every field ──────────────────────────────────────────────────────────────────────────────────


def _all_fields(made: Return) -> str:
    person = sum(FOR_A_PERSON in row.note for row in made.fields if row.value is None)
    filled = sum(row.value is not None for row in made.fields)
    return ALL_FIELDS.format(
        n=len(made.fields), xlsx=FILES[0], csv=FILES[1], filled=filled, person=person,
        none=len(made.fields) - filled - person,
    )  # fmt: skip


def _for_a_person(made: Return) -> Iterator[Block]:
    """The fields nobody but the landlord knows, and the measures whose numbers nobody has given."""
    wanted = [row for row in made.fields if row.value is None and FOR_A_PERSON in row.note]
    if not wanted:
        return
    yield Heading("For the landlord to fill in", 2)
    named = dict.fromkeys(row.label for row in wanted if row.field.kind in FOR_PEOPLE)
    yield Paragraph(f"The return asks for these too, and no file that is held says them: {'; '.join(named)}.")
    missing = dict.fromkeys(row.field.measure for row in wanted if row.field.part == RECORDS and row.field.measure)
    if missing:
        yield Paragraph(f"Numbers that nobody has given yet: {', '.join(missing)}.")


def _fields(made: Return) -> Table:
    rows = tuple(_field_row(number, row) for number, row in enumerate(made.fields, start=1))
    return Table(FIELD_HEADINGS, rows, FIELD_HEADINGS, rows)


def _field_row(number: int, row: Filled) -> tuple[Cell, ...]:
    place = row.field.places.get(row.group) or next(iter(row.field.places.values()), Place())
    whose = of_management.EVERYBODY.get(row.group, row.group)
    exact = None if row.exact is None else rounded(row.exact, EXACTLY)
    where = (row.field.part, whose, row.label, place.name, place.point, place.question)
    both = tuple(None if n is None else rounded(n, return_rules().decimals) for n in (row.numerator, row.denominator))
    return (number, *where, row.value, row.unit, *both, exact, row.answers, row.note)


def _how(made: Return) -> How:
    return of_fields([survey.found for survey in made.surveys.values()], made.records)
