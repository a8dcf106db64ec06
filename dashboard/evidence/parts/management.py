"""The ten management measures of the year: both numbers, where they are from, what does not fit and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.calendar import year_end
from analysis.model import Audience, ManagementFigure, SectorFigures
from dashboard import management, sector, words
from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Block, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how.management import of_management
from dashboard.words import management as said
from dashboard.words.standing import SOURCE
from data.management import Entries
from data.registers import provisional_note, reporting_years

NOTHING_TO_SAY = "There is nothing to say here: the rules of {year}, by which these measures are counted, are not held."
KEY = "management"
HEADINGS = ("Measure", "Whose homes", "Figure", "Both numbers", "Median of landlords", "Middle half")
FILE_HEADINGS = (
    *("measure", "title", "whose", "year", "numerator", "denominator", "value", "unit", "from", "not told because"),
    *("outstanding", "without an extension", "within an extension", "what does not fit"),
)
SECTOR_FILE = ("measure", "title", "whose", "value", "unit", "lower quartile", "median", "upper quartile", "landlords")
OF_ALL = (
    "The landlord reports these from its own records, for all its homes: they are counts of everything, so there is no "
    "margin, and no choice of place or group changes them."
)
OTHERS = "Other landlords' figures are of {years}, the newest there are here."
ENTER = "Both numbers of each can be entered under How are we doing, All 22."
MISSING = "Not told for {year}: {names}. Neither entered nor counted from a file."
NOT_PUBLISHED = "There is no figure of {year} yet for: {names}."
PART_OF_A_YEAR = (
    "{year} ends on {end}: what is counted from files is of the year so far. Rates for every 1,000 homes are not "
    "scaled up, so they cannot be set against another landlord's of a whole year."
)
BY_HAND = "entered from the landlord's own records on {day}"
NONE_GIVEN = "No figure of {year} has been entered, and no file that is held gives one."


def blocks(material: Material) -> tuple[Block, ...]:
    """Every value of the wave's reporting year with both its numbers, and what other landlords have."""
    year = material.wave.reporting_year
    if year not in reporting_years():
        return (Paragraph(NOTHING_TO_SAY.format(year=year)),)
    figures = figures_of(material)
    given = any(figure.numerator is not None for figure in figures)
    about = (f"Shown for: {year} · the whole landlord", _source(material))
    beside = _beside_others(figures)
    return (
        Paragraph(OF_ALL),
        *_of_the_year(material, figures),
        *(() if given else (Paragraph(NONE_GIVEN.format(year=year)),)),
        *(Paragraph(f"{said.NEUTRAL} {OTHERS.format(years=_years(beside))}") for _ in beside[:1]),
        TableBlock(
            f"{KEY}-table",
            f"The ten management measures, {year}",
            _table(figures, dict(beside)),
            (*about, *((SOURCE,) if beside else ())),
            (),
            of_management(figures, beside=bool(beside)),
            given,
        ),
        *_missing(material, figures),
        *(Paragraph(each) for each in _sources(figures)),
        *(Paragraph(each) for each in _parts(figures)),
        *(Note(each) for each in _warnings(figures)),
        *_beside(figures, beside, about),
        *_divided(figures, about, material.in_full),
    )


def figures_of(material: Material) -> tuple[ManagementFigure, ...]:
    """Every value of the wave's reporting year, as known on the day of the pack.

    For the public without the name of whoever entered one: it is nobody's business outside.
    """
    entries, year = Entries(material.folder), material.wave.reporting_year
    figures = management.figures_as_at(entries, material.generation, year, material.today)
    if material.asked.audience is not Audience.PUBLIC:
        return figures
    return tuple(replace(f, source=BY_HAND.format(day=f.entry.at[:10])) if f.entry else f for f in figures)


def _source(material: Material) -> str:
    invented = " Invented data: no real landlord's." if material.invented else ""
    return f"From the landlord's own records, as known on {words.british_date(material.today)}.{invented}"


def _of_the_year(material: Material, figures: Sequence[ManagementFigure]) -> Iterator[Block]:
    year, ends = material.wave.reporting_year, year_end(material.wave.fieldwork_to)
    if material.today < ends:
        yield Paragraph(PART_OF_A_YEAR.format(year=year, end=words.british_date(ends)))
    if any(figure.measure.provisional for figure in figures):
        yield Note(provisional_note(year))


def _table(figures: Sequence[ManagementFigure], beside: Mapping[tuple[str, str], SectorFigures]) -> Table:
    """A row for each figure there is, beside other landlords'; the file has those that nobody gave too."""
    return Table(
        headings=HEADINGS,
        rows=tuple(
            (
                _named(figure),
                _whose(figure),
                words.sentence_case(said.figure_words(figure)),
                said.numbers(figure),
                *_others(beside.get(_key(figure))),
            )
            for figure in figures
            if figure.numerator is not None
        ),
        file_headings=FILE_HEADINGS,
        file_rows=tuple(
            (
                figure.measure.code,
                figure.measure.title,
                figure.tenure_group,
                figure.year,
                figure.numerator,
                figure.denominator,
                figure.value,
                figure.measure.unit,
                figure.source,
                figure.withheld,
                figure.outstanding,
                *(figure.parts or (None, None)),
                " ".join(figure.warnings),
            )
            for figure in figures
        ),
    )


def _missing(material: Material, figures: Sequence[ManagementFigure]) -> Iterator[Block]:
    """The measures without a figure, by name; inside also how to give one."""
    names = dict.fromkeys(_named_whole(figure, figures) for figure in figures if figure.numerator is None)
    if names:
        said_so = NOT_PUBLISHED if material.asked.audience is Audience.PUBLIC else MISSING
        inside = f" {ENTER}" if material.asked.audience is Audience.INTERNAL else ""
        yield Paragraph(f"{said_so.format(year=figures[0].year, names='; '.join(names))}{inside}")


def _sources(figures: Sequence[ManagementFigure]) -> Iterator[str]:
    """Where the numbers are from, measures of one source together."""
    from_where = ((figure.measure.code, figure.source) for figure in figures if figure.source)
    for source, codes in words.counted_reasons(from_where).items():
        yield f"{', '.join(dict.fromkeys(codes))}: {source}."


def _parts(figures: Sequence[ManagementFigure]) -> Iterator[str]:
    """Homes outstanding, and complaints answered within the Code's times with and without an extension."""
    told = [
        f"{_short(figure)}: {sentence}."
        for figure in figures
        for sentence in said.more(figure)
        if sentence not in figure.warnings
    ]
    yield from filter(None, (" ".join(told),))


def _warnings(figures: Sequence[ManagementFigure]) -> Iterator[str]:
    for figure in figures:
        for sentence in figure.warnings:
            yield f"{_short(figure)}: {sentence}"


# ── Beside other landlords, and what is divided by what ──────────────────────────────────────────


Beside = Sequence[tuple[tuple[str, str], SectorFigures]]


def _beside_others(figures: Sequence[ManagementFigure]) -> list[tuple[tuple[str, str], SectorFigures]]:
    """What other landlords have, for each figure there is of our own, by measure and tenure group."""
    found = sector.beside_management(figures)
    return [(_key(each), found[_key(each)]) for each in figures if each.value is not None and _key(each) in found]


def _years(beside: Beside) -> str:
    return words.listed(sorted({others.year for _, others in beside}))


def _others(figures: SectorFigures | None) -> tuple[str, str]:
    if figures is None:
        return words.NOTHING, words.NOTHING
    return f"{figures.median:.1f}", f"{figures.lower:.1f} to {figures.upper:.1f}"


def _beside(figures: Sequence[ManagementFigure], beside: Beside, about: tuple[str, str]) -> Iterator[Block]:
    """How many landlords and which quartiles: kept beside, for the page has the median and the middle half."""
    if not beside:
        return
    ours, years = {_key(figure): figure for figure in figures}, _years(beside)
    yield TableBlock(
        f"{KEY}-sector-table",
        f"The management measures beside all landlords, {years}",
        _beside_table([(ours[key], others) for key, others in beside]),
        (f"{about[0]} · beside all landlords, {years}, as published", f"{about[1]} {SOURCE}"),
        (),
        of_management(figures, beside=True),
        False,
    )


def _beside_table(rows: Sequence[tuple[ManagementFigure, SectorFigures]]) -> Table:
    return Table(
        headings=("Measure", "Whose homes", "Ours", "Median", "Middle half", "Landlords"),
        rows=tuple(
            (
                _named(figure),
                _whose(figure),
                said.figure_words(figure),
                f"{others.median:.1f}",
                f"{others.lower:.1f} to {others.upper:.1f}",
                words.count(others.n),
            )
            for figure, others in rows
        ),
        file_headings=SECTOR_FILE,
        file_rows=tuple(
            (
                figure.measure.code,
                figure.measure.title,
                figure.tenure_group,
                figure.value,
                figure.measure.unit,
                others.lower,
                others.median,
                others.upper,
                others.n,
            )
            for figure, others in rows
        ),
    )


def _divided(figures: Sequence[ManagementFigure], about: tuple[str, str], printed: bool) -> Iterator[Block]:
    measures = tuple({figure.measure.code: figure.measure for figure in figures}.values())
    rows = tuple((f"{m.code} {m.title}", m.numerator, m.denominator, m.unit) for m in measures)
    headings = ("Measure", "Counted", "Divided by", "Told as")
    if printed:
        yield Heading("What is divided by what", 2)
    yield TableBlock(
        f"{KEY}-rules-table",
        "What each management measure counts",
        Table(headings, rows, tuple(map(str.lower, headings)), rows),
        (about[0], _rules(figures)),
        (),
        of_management(figures),
        printed,
    )


def _rules(figures: Sequence[ManagementFigure]) -> str:
    return f"Source: {words.listed(sorted({figure.measure.source for figure in figures}))}."


def _key(figure: ManagementFigure) -> tuple[str, str]:
    return figure.measure.code, figure.tenure_group


def _named(figure: ManagementFigure) -> str:
    return f"{figure.measure.code} {figure.measure.title}"


def _named_whole(figure: ManagementFigure, figures: Sequence[ManagementFigure]) -> str:
    """A measure by name, and whose homes where only some tenure groups lack a figure of it."""
    given = any(each.numerator is not None for each in figures if each.measure == figure.measure)
    return f"{_named(figure)} ({figure.tenure_group})" if given else _named(figure)


def _whose(figure: ManagementFigure) -> str:
    return said.EVERYBODY.get(figure.tenure_group, figure.tenure_group)


def _short(figure: ManagementFigure) -> str:
    """A measure in a sentence: its code, and whose homes where it is reported for several."""
    several = len(figure.measure.tenures) > 1
    return f"{figure.measure.code} ({figure.tenure_group})" if several else figure.measure.code
