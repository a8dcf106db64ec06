"""What moved in the measures since the earlier survey, with its verdict and why; and from each survey to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import WHOLE_LANDLORD, Audience, Comparison, Findings, Measure, Verdict
from dashboard import answers, words
from dashboard.charts import intervals
from dashboard.charts.chart import Cell, Table
from dashboard.charts.ways import within_method_table
from dashboard.evidence.about import about_of, key_of, told_rows
from dashboard.evidence.blocks import Block, Figure, Heading, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how.measures import of_surveys
from dashboard.how.survey import of_changes, of_one_way
from dashboard.words.evidence import named

Moved = Sequence[tuple[Measure, Comparison]]

NO_EARLIER = "There is no earlier survey to compare with."
MOST_SURVEYS = 4  # side by side on a page; the file has every one
SHARES = ("difference", "low", "high")
CHANGES_FILE = (
    *("measure", "title", "before", "before low", "before high", "answers before"),
    *("now", "now low", "now high", "answers now", *SHARES, "verdict", "because", "households in both"),
)
CHANGES_SHARES = ("before", "before low", "before high", "now", "now low", "now high", *SHARES)
SURVEYS_FILE = (
    *("survey", "measure", "title", "share", "low", "high", "answers", "note"),
    *("compared with", "difference", "difference low", "difference high", "verdict", "because"),
)
SURVEYS_SHARES = ("share", "low", "high", "difference", "difference low", "difference high")


def changes_of(found: Findings) -> list[tuple[Measure, Comparison]]:
    """The change of each measure that was put to this tenure group, in the regulator's order."""
    return [(measure, found.changes[measure.code]) for measure, _ in told_rows(found) if measure.code in found.changes]


def moved(found: Findings, in_full: bool = True) -> tuple[Block, ...]:
    """What moved since the earlier survey: counted, named where it is real, with reasons; ``in_full`` as a table.

    A short pack draws the changes where one of them is real.
    """
    rows = changes_of(found)
    if found.earlier is None or not rows:
        return (Heading("What moved", 3), Paragraph(NO_EARLIER)) if told_rows(found) else ()
    since, key, about = found.earlier.name, key_of(found), about_of(found)
    about = (f"{about[0]} · compared with {since}", about[1])
    title = f"Change of each measure since {since}, in percentage points"
    chart = intervals.changes(rows, since, title, *about)
    drawn = not in_full and any(each.verdict is Verdict.REAL for _, each in rows)
    return (
        Heading(f"What moved since {since}", 3),
        Paragraph(" ".join((_counted(rows), *_reason_of_all(rows)))),
        *(
            Paragraph(f"{named(measure)}: {words.since(each, found.earlier)}")
            for measure, each in rows
            if each.verdict is Verdict.REAL
        ),
        *(Paragraph(said) for said in _reasons(rows)),
        *(
            (Figure(f"{key}-changes", chart, ("change", "low", "high"), of_changes(found), drawn),)
            if chart.labels
            else ()
        ),
        TableBlock(
            f"{key}-changes-table",
            f"Each measure in {since} and {found.wave.name}",
            _changes_table(rows, since, found),
            about,
            CHANGES_SHARES,
            of_changes(found),
            in_full,
        ),
        *_within_one_way(found, rows, since, about, in_full),
    )


def _counted(rows: Moved) -> str:
    """How many measures moved, could be chance and so on; that none surely moved is said first."""
    counted = words.verdict_count([each for _, each in rows])
    real = any(each.verdict is Verdict.REAL for _, each in rows)
    return counted if real else f"No measure surely rose or fell. {counted}"


def _reason_of_all(rows: Moved) -> tuple[str, ...]:
    """The reason for the verdict where it is one for all measures and no real change is among them."""
    reasons = {(each.verdict, each.why) for _, each in rows}
    alike = len(reasons) == 1 and len(rows) > 1 and rows[0][1].verdict is not Verdict.REAL
    return (rows[0][1].why,) if alike and rows[0][1].why else ()


def _reasons(rows: Moved) -> Iterator[str]:
    """Why each verdict but that of a real change was given, told once for all it is true of, where reasons differ."""
    if _reason_of_all(rows):
        return
    told = [(measure.code, f"{each.verdict.value}\n{each.why}") for measure, each in rows if each.why]
    for said, codes in words.counted_reasons(told).items():
        verdict, why = said.split("\n", 1)
        if verdict != Verdict.REAL.value:
            yield f"{words.sentence_case(verdict)} ({', '.join(codes)}). {why}"


def _changes_table(rows: Moved, before: str, found: Findings) -> Table:
    inside = found.question.audience is Audience.INTERNAL
    return Table(
        headings=("Measure", before, found.wave.name, "Difference", "Verdict"),
        rows=tuple(
            (
                named(measure),
                words.in_words(each.before),
                words.in_words(each.after),
                words.change(each),
                each.verdict.value,
            )
            for measure, each in rows
        ),
        file_headings=CHANGES_FILE,
        file_rows=tuple(_changes_file_row(measure, each, inside) for measure, each in rows),
    )


def _changes_file_row(measure: Measure, each: Comparison, inside: bool) -> tuple[Cell, ...]:
    """A row for the files; how many households answered both times, which may be a handful, is told inside only."""
    sides = [(e.value, e.low, e.high, e.told_base) for e in (each.before, each.after)]
    moved_by = (each.difference, each.low, each.high, each.verdict.value, each.why, each.repeats if inside else None)
    return (measure.code, measure.title, *sides[0], *sides[1], *moved_by)


def _within_one_way(
    found: Findings, rows: Moved, since: str, about: tuple[str, str], in_full: bool
) -> tuple[Block, ...]:
    """Where people were asked differently: the change within each way of asking."""
    codes = [measure.code for measure, each in rows if each.verdict is Verdict.DIFFERENTLY]
    within = [(m, each) for m, _ in rows if m.code in codes for each in found.within_method.get(m.code, ())]
    if not within:
        return ()
    title = f"Change since {since} among those asked in the same way both times"
    table = within_method_table(within, since)
    key = f"{key_of(found)}-one-way-table"
    return (TableBlock(key, title, table, about, ("change", "low", "high"), of_one_way(found, codes), in_full),)


# ── Survey by survey ─────────────────────────────────────────────────────────────────────────────


def survey_by_survey(material: Material, group: str) -> tuple[Block, ...]:
    """Every survey up to the pack's, where there are more than two: shares side by side, and from each to the next."""
    every = surveys_told(material, group)
    if len(every) < 3 or all(estimate.value is None for _, estimate in told_rows(every[-1])):
        return ()
    key, last = key_of(every[-1]), every[-1]
    shown = every[-MOST_SURVEYS:]
    about = (
        f"Shown for: {', '.join(each.wave.name for each in shown)} · {words.GROUP_NAMES.get(group, group)}",
        about_of(last)[1],
    )
    made = of_surveys(every)
    blocks: list[Block] = [
        Heading("Survey by survey", 3),
        *(Paragraph(said) for said in _really_moved(every)),
        TableBlock(
            f"{key}-surveys-table",
            "Each measure, survey by survey",
            _shares_table(shown, every),
            about,
            SURVEYS_SHARES,
            made,
            material.in_full,
        ),
        TableBlock(
            f"{key}-steps-table",
            "From each survey to the next",
            _steps_table(shown),
            about,
            SHARES,
            made,
            False,
        ),
    ]
    return tuple(blocks)


def surveys_told(material: Material, group: str) -> list[Findings]:
    """Findings of each survey of a tenure group up to the pack's own; none where that is a period of several."""
    names = [wave.name for wave in material.generation.waves if group in material.generation.tenure_groups(wave.name)]
    if material.asked.wave not in names:
        return []
    until = names[: names.index(material.asked.wave) + 1]
    return [material.findings(group, wave=name, compared_with=_before(material, name, group)) for name in until]


def _before(material: Material, name: str, group: str) -> str | None:
    return answers.latest_question(material.generation, WHOLE_LANDLORD, name, group).compared_with


def _really_moved(every: Sequence[Findings]) -> Iterator[str]:
    """What really moved, and where people were asked differently, between surveys before the pack's own."""
    for found in every[:-1]:
        if found.earlier is None:
            continue
        rows = changes_of(found)
        counted = words.verdict_count([each for _, each in rows])
        real = [f"{m.code} {words.change(each)}" for m, each in rows if each.verdict is Verdict.REAL]
        surely = f"surely moved: {'; '.join(real)}" if real else "no measure surely rose or fell"
        yield f"From {found.earlier.name} to {found.wave.name} {surely}. {counted}"


def _shares_table(shown: Sequence[Findings], every: Sequence[Findings]) -> Table:
    """A row a measure and a column a survey; last how people were asked. The file has every survey, a row each."""
    measures = [measure for measure, _ in told_rows(shown[-1])]
    asked = ("How people answered", *(words.methods(found.wave) for found in shown))
    rows = [(named(measure), *(_share(found, measure) for found in shown)) for measure in measures]
    return Table(
        headings=("Measure", *(found.wave.name for found in shown)),
        rows=(*rows, asked),
        file_headings=SURVEYS_FILE,
        file_rows=tuple(_survey_row(found, measure) for found in every for measure, _ in told_rows(found)),
    )


def _share(found: Findings, measure: Measure) -> str:
    estimate = found.headline.get(measure.code)
    return words.NOTHING if estimate is None else words.in_words(estimate)


def _survey_row(found: Findings, measure: Measure) -> tuple[Cell, ...]:
    e, each = found.headline[measure.code], found.changes.get(measure.code)
    own = (found.wave.name, measure.code, measure.title, e.value, e.low, e.high, e.told_base)
    note = e.withheld or e.caution or ""
    if each is None or found.earlier is None:
        return (*own, note, "", None, None, None, "", "")
    return (*own, note, found.earlier.name, each.difference, each.low, each.high, each.verdict.value, each.why)


def _steps_table(shown: Sequence[Findings]) -> Table:
    """A row a measure and a column for each survey since the one before it."""
    steps = [found for found in shown if found.earlier is not None]
    measures = [measure for measure, _ in told_rows(shown[-1])]
    rows = [(measure, found, found.changes.get(measure.code)) for measure in measures for found in steps]
    cells = {(measure.code, found.wave.name): _step(each) for measure, found, each in rows}
    return Table(
        headings=("Measure", *(f"{found.earlier.name} to {found.wave.name}" for found in steps if found.earlier)),
        rows=tuple((named(m), *(cells[m.code, found.wave.name] for found in steps)) for m in measures),
        file_headings=("measure", "title", "from", "to", *SHARES, "verdict", "because"),
        file_rows=tuple(
            (
                m.code,
                m.title,
                found.earlier.name if found.earlier else "",
                found.wave.name,
                each.difference,
                each.low,
                each.high,
                each.verdict.value,
                each.why,
            )
            for m, found, each in rows
            if each is not None
        ),
    )


def _step(each: Comparison | None) -> str:
    if each is None:
        return words.NOTHING
    return each.verdict.value if each.difference is None else f"{words.change(each)}: {each.verdict.value}"
