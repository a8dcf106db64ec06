"""The tenant perception measures: in words, as dots with ranges, and as a table with base, margin and method."""

from __future__ import annotations

from analysis.adequacy import filtered_margin
from analysis.model import Estimate, Findings, Measure
from dashboard import words
from dashboard.charts import intervals
from dashboard.charts.chart import Cell, Table
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how.measures import of_measures

NOTHING_TO_SAY = "There is nothing to say here: {why}."
OVERALL = "TP01"
MEASURE_HEADINGS = ("Measure", "Share", "Could be", "Answers", "Regulator's margin", "Method")
MEASURE_FILE_HEADINGS = (
    *("measure", "title", "share", "low", "high", "answers", "worth about", "regulator's margin", "method", "note"),
)
MEASURE_SHARES = ("share", "low", "high", "regulator's margin")
HOW_COUNTED = (
    "Each share counts the two best of the five answers out of everybody who gave one of the five. The range beside it "
    "is a 95% interval: the share among everybody could well lie anywhere in it. The regulator's margin is its own sum "
    "and takes every answer as one of a random sample and ignores weighting; for a question that only some are asked "
    "it is worked out from those alone."
)


def blocks(material: Material) -> tuple[Block, ...]:
    """The tenant perception measures of each tenure group, apart."""
    found = [material.findings(group) for group in material.groups]
    return tuple(block for each in found for block in (*_group_heading(each), *measures(each)))


def _group_heading(found: Findings) -> tuple[Block, ...]:
    return (Heading(words.sentence_case(words.group_of(found.question.tenure_group)), 2),)


def measures(found: Findings) -> tuple[Block, ...]:
    """The tenant perception measures: in words, as dots with ranges, and as a table with base, margin and method."""
    rows = [
        (measure, found.headline[measure.code])
        for measure in found.measures
        if measure.code in found.headline and found.question.tenure_group in measure.tenures
    ]
    if not rows:
        why = f"none of the measures was asked of {words.group_of(found.question.tenure_group)} in {found.wave.name}"
        return (Paragraph(NOTHING_TO_SAY.format(why=why)),)
    about = (words.shown_for(found.question, {d.key: d.label for d in found.dimensions}), _source(found))
    title = "Share satisfied on each measure, and how far each could be off"
    chart = intervals.measure_dots(rows, title, *about)
    made, key = of_measures(found), f"measures-{found.question.tenure_group.lower()}"
    return (
        *_in_words(found),
        *(Note(f"{measure.code}: {estimate.caution}.") for measure, estimate in rows if estimate.caution),
        *((Figure(f"{key}-shares", chart, ("share", "low", "high"), made),) if chart.labels else ()),
        *_not_shown(rows),
        TableBlock(f"{key}-table", f"{title}, with margins", _table(found, rows), about, MEASURE_SHARES, made),
        Heading("How these were counted", 3),
        Paragraph(HOW_COUNTED),
        *(Paragraph(sentence) for sentence in words.sample_sentences(found.sample)),
        *(Note(note) for note in found.notes),
    )


def _source(found: Findings) -> str:
    invented = " Invented data: no real landlord's." if found.wave.invented else ""
    provisional = sorted({measure.year for measure in found.measures if measure.provisional})
    rules = f" Provisional rules for {', '.join(provisional)}, carried from an earlier year." if provisional else ""
    return f"{words.survey_sentence(found.wave)}{rules}{invented}"


def _in_words(found: Findings) -> tuple[Block, ...]:
    """Overall satisfaction in words, what moved, and what it rests on."""
    measure = next((measure for measure in found.measures if measure.code == OVERALL), None)
    if measure is None or OVERALL not in found.headline:
        return ()
    estimate, moved = found.headline[OVERALL], found.changes.get(OVERALL)
    said = (
        f"{words.headline(estimate, moved, words.yes_word(measure))}.",
        words.since(moved, found.earlier),
        words.rests_on(estimate),
    )
    return tuple(Paragraph(sentence) for sentence in said if sentence)


def _not_shown(rows: list[tuple[Measure, Estimate]]) -> tuple[Block, ...]:
    hidden = [(f"{measure.code} {measure.title}", found.withheld) for measure, found in rows if found.withheld]
    return tuple(
        Paragraph(f"Not shown ({reason}): {', '.join(names)}.")
        for reason, names in words.counted_reasons(hidden).items()
    )


def _table(found: Findings, rows: list[tuple[Measure, Estimate]]) -> Table:
    return Table(
        headings=MEASURE_HEADINGS,
        rows=tuple(_row(found, measure, estimate) for measure, estimate in rows),
        file_headings=MEASURE_FILE_HEADINGS,
        file_rows=tuple(_file_row(found, measure, estimate) for measure, estimate in rows),
    )


def _row(found: Findings, measure: Measure, estimate: Estimate) -> tuple[str, ...]:
    margin = _margin(found, measure, estimate)
    return (
        f"{measure.code} {measure.title}",
        words.share_of(estimate),
        words.interval(estimate.low, estimate.high),
        words.told(estimate.told_base),
        words.NOTHING if margin is None else words.margin(margin),
        words.sentence_case(estimate.withheld or estimate.method),
    )


def _file_row(found: Findings, measure: Measure, estimate: Estimate) -> tuple[Cell, ...]:
    return (
        measure.code,
        measure.title,
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.told_base,
        None if estimate.withheld else estimate.effective_base,
        _margin(found, measure, estimate),
        estimate.method,
        estimate.withheld or estimate.caution or "",
    )


def _margin(found: Findings, measure: Measure, estimate: Estimate) -> float | None:
    """The regulator's margin: the survey's, or that of the people asked where only some are; None where not told."""
    sample, fallen = found.sample, found.distributions.get(measure.code, ())[:1]
    if estimate.withheld or not measure.filter_field:
        return None if estimate.withheld else sample.margin
    if not fallen or fallen[0].not_asked is None or not sample.population:
        return None
    asked = sample.responses - fallen[0].not_asked
    return filtered_margin(fallen[0].base, asked, sample.responses, sample.population)
