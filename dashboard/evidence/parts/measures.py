"""The tenant perception measures: shares with base, margin and method; what moved; survey by survey; the sector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.adequacy import filtered_margin
from analysis.model import Distribution, Estimate, Findings, Measure
from dashboard import words
from dashboard.charts import intervals
from dashboard.charts.chart import Cell, Table
from dashboard.evidence.about import about_of, key_of, told_rows
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import nothing
from dashboard.evidence.material import Material
from dashboard.evidence.parts.changes import moved, survey_by_survey
from dashboard.evidence.parts.sector import CLAIMED, beside_others
from dashboard.how.measures import of_measures
from dashboard.words.evidence import asked_of_some, since_short

PUBLISHES = "tsm"  # a short pack that prints margins and methods all the same: they are published with the measures
OVERALL = "TP01"
MEASURE_HEADINGS = ("Measure", "Share", "Could be", "Answers", "Worth about", "Regulator's margin", "Method")
MEASURE_FILE_HEADINGS = (
    *("measure", "title", "share", "low", "high", "answers", "worth about", "regulator's margin", "method", "note"),
)
MEASURE_SHARES = ("share", "low", "high", "regulator's margin")
TITLE = "Share satisfied on each measure, and how far each could be off"
OF_THE_WHOLE = "The regulator's margin is of the whole landlord's survey, so none is given for a part of it."
HOW_COUNTED = (
    "Each share counts the two best of the five answers out of everybody who gave one of the five. The range beside it "
    "is a 95% interval: the share among everybody could well lie anywhere in it. Worth about says how many equally "
    "counted answers the weighted ones are worth. The regulator's margin is its own sum and takes every answer as one "
    "of a random sample and ignores weighting; for a question that only some are asked it is worked out from those "
    "alone, for every other from all who answered the survey."
)


def blocks(material: Material) -> tuple[Block, ...]:
    """The tenant perception measures of each tenure group, apart: shares, what moved, survey by survey, the sector."""
    every = tuple(material.findings(group) for group in material.groups)
    return (*(block for group in material.groups for block in _of_group(material, group)), *how_counted(every))


def _of_group(material: Material, group: str) -> Iterator[Block]:
    found = material.findings(group)
    yield Heading(words.sentence_case(words.group_of(group)), 2)
    yield from measures(found, material.in_full or material.asked.kind == PUBLISHES)
    yield from moved(found, material.in_full)
    yield from survey_by_survey(material, group)
    yield from beside_others(found)


def measures(found: Findings, with_margins: bool = True) -> tuple[Block, ...]:
    """The measures asked: in words, as dots with ranges, and, printed ``with_margins``, as a table."""
    rows = told_rows(found)
    if not rows:
        why = f"none of the measures was asked of {words.group_of(found.question.tenure_group)} in {found.wave.name}"
        return nothing(why)
    about, made, key = about_of(found), of_measures(found), key_of(found)
    chart = intervals.measure_dots(rows, TITLE, *about)
    return (
        *in_words(found),
        *(Note(" ".join(found.disclosed)) for _ in found.disclosed[:1]),
        *(Note(f"{measure.code}: {estimate.caution}.") for measure, estimate in rows if estimate.caution),
        *((Figure(f"{key}-shares", chart, ("share", "low", "high"), made),) if chart.labels else ()),
        *_not_shown(rows),
        *_not_asked(found),
        TableBlock(
            f"{key}-table", f"{TITLE}, with margins", _table(found, rows), about, MEASURE_SHARES, made, with_margins
        ),
        *(Paragraph(said) for said in asked_of_some([measure for measure, _ in rows], _fallen(found))),
    )


def how_counted(every: Sequence[Findings]) -> tuple[Block, ...]:
    """How shares were counted and, of each tenure group, whether enough answered and what else must be known."""
    told = [found for found in every if told_rows(found)]
    if not told:
        return ()
    return (
        Heading("How these were counted", 2),
        Paragraph(HOW_COUNTED),
        *(Paragraph(CLAIMED) for _ in told[:1] if not told[0].question.filters),
        *(Paragraph(_answered(found)) for found in told),
        *(Note(note) for note in dict.fromkeys(note for found in told for note in found.notes)),
    )


def _answered(found: Findings) -> str:
    """How a tenure group answered, and whether enough of it did."""
    group = words.sentence_case(words.group_of(found.question.tenure_group))
    return " ".join((f"{group}: answered by {_methods(found)}.", *_large_enough(found)))


def _methods(found: Findings) -> str:
    return words.methods(found.wave).lower()


def in_words(found: Findings) -> tuple[Paragraph, ...]:
    """Overall satisfaction in words, what it rests on, and what moved; nothing where it was not asked.

    Why a change is judged as it is stands with all changes.
    """
    measure = next((measure for measure in found.measures if measure.code == OVERALL), None)
    if measure is None or OVERALL not in found.headline:
        return ()
    estimate, moved = found.headline[OVERALL], found.changes.get(OVERALL)
    said = (
        f"{measure.title}: {words.headline(estimate, None, words.yes_word(measure))}. {words.rests_on(estimate)}",
        since_short(moved, found.earlier),
        " ".join(map(words.within_method, found.within_method.get(OVERALL, ()))),
    )
    return tuple(Paragraph(sentence) for sentence in said if sentence)


def _not_shown(rows: list[tuple[Measure, Estimate]]) -> tuple[Block, ...]:
    hidden = [(f"{measure.code} {measure.title}", found.withheld) for measure, found in rows if found.withheld]
    return tuple(
        Paragraph(f"Not shown ({reason}): {', '.join(names)}.")
        for reason, names in words.counted_reasons(hidden).items()
    )


def _not_asked(found: Findings) -> tuple[Block, ...]:
    group = found.question.tenure_group
    names = [f"{m.code} {m.title}" for m in found.measures if group not in m.tenures]
    return (Paragraph(f"Not asked of {words.group_of(group)}: {', '.join(names)}."),) if names else ()


def _large_enough(found: Findings) -> tuple[str, ...]:
    """Whether enough answered for the regulator, which asks it of the whole landlord."""
    return (OF_THE_WHOLE,) if found.question.filters else words.sample_sentences(found.sample)


def _fallen(found: Findings) -> dict[str, Distribution]:
    """How the answers of everyone fell, by measure."""
    return {code: each[0] for code, each in found.distributions.items() if each}


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
        words.worth_alone(estimate),
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
    """The regulator's margin: the survey's, or that of the people asked where only some are; None where not told.

    Nor is it told of a part of the landlord: it is a margin of the whole survey.
    """
    if found.question.filters:
        return None
    sample, fallen = found.sample, found.distributions.get(measure.code, ())[:1]
    if estimate.withheld or not measure.filter_field:
        return None if estimate.withheld else sample.margin
    if not fallen or fallen[0].not_asked is None or not sample.population:
        return None
    asked = sample.responses - fallen[0].not_asked
    return filtered_margin(fallen[0].base, asked, sample.responses, sample.population)
