"""The pack in words, on a page: how satisfied, what surely moved, how that compares, who was not heard, what is not
known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import Comparison, Findings, Measure, Verdict
from dashboard import sector, unheard, words
from dashboard.evidence.about import told_rows
from dashboard.evidence.blocks import Block, Heading, Paragraph
from dashboard.evidence.material import Material
from dashboard.evidence.parts.changes import changes_of
from dashboard.evidence.parts.management import figures_of
from dashboard.evidence.parts.measures import OVERALL
from dashboard.words import silence
from dashboard.words.evidence import (
    NOT_ALIKE,
    homes_answered,
    measures_asked_differently,
    moved_in_all,
    not_given,
    not_told,
    other_year,
    since_short,
    standing,
    stands_at,
    stands_out,
)
from data.registers import provisional_note, reporting_years
from data.sector import shipped_years

BY = ("estate",)
NO_MEASURES = "None of the measures was put to this tenure group in this survey."
NO_GROUPS = "The survey has no answers of renters or shared owners, so there is nothing to sum up."
NO_OVERALL = "Overall satisfaction was not asked."
NO_HOMES = (
    "No list of homes is held, so how many homes stand behind the answers, and which said nothing, cannot be told."
)
NOT_ANSWERED = (
    "What those think who did not answer. The ranges say how far a figure could be off because some were asked and not "
    "others; they allow for nobody who was asked and kept silent."
)
NO_CAUSE = "Why a figure is what it is. Groups that differ, and measures that go together, say where to look."
RANDOM = "People were asked until quotas were full: the ranges and the margin treat them as a random sample."


def blocks(material: Material) -> tuple[Block, ...]:
    """Each tenure group in a few sentences, then what cannot be said."""
    if not material.groups:
        return (Paragraph(NO_GROUPS),)
    found = [material.findings(group) for group in material.groups]
    told = [block for each in found for block in _of_group(material, each)]
    return (*told, Heading("What cannot be said", 2), *(Paragraph(text) for text in _cannot_be_said(material, found)))


def _of_group(material: Material, found: Findings) -> Iterator[Block]:
    group = words.sentence_case(words.group_of(found.question.tenure_group))
    rows = told_rows(found)
    overall = next((row for row in rows if row[0].code == OVERALL), None)
    if overall is None:
        yield Heading(group, 2)
        yield Paragraph(_joined(NO_OVERALL, *_more(material, found)) if rows else NO_MEASURES)
        return
    measure, estimate = overall
    moved = found.changes.get(OVERALL)
    yield Heading(f"{group}: {words.headline(estimate, None, words.yes_word(measure))}", 2)
    since = since_short(moved, found.earlier) if estimate.value is not None else ""
    sample = () if found.question.filters else words.sample_sentences(found.sample)[1:]  # it is the landlord's
    if first := _joined(since, words.rests_on(estimate), *sample):
        yield Paragraph(first)
    yield from (Paragraph(text) for text in _more(material, found) if text)


def _more(material: Material, found: Findings) -> tuple[str, ...]:
    """What moved, the highest and the lowest, the sector, who was not heard from; "" where there is nothing to say."""
    rows, changed = told_rows(found), changes_of(found)
    moved = moved_in_all(changed, found.earlier.name) if found.earlier is not None and changed else ""
    ends = _joined(stands_out(rows, highest=True), stands_out(rows, highest=False))
    return (moved, ends, _beside(found), _heard(material, found))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _beside(found: Findings) -> str:
    """Where the measures stand among landlords; nothing of a part of the landlord, which is not what others report."""
    year = shipped_years()[0]
    rows = [] if found.question.filters else sector.beside_sector(found, year)
    rows = [row for row in rows if found.question.tenure_group in row[0].tenures]
    claims = sector.claims(rows)
    overall = next((stands_at(m, f, claims[m.code]) for m, _, f in rows if m.code == OVERALL and claims[m.code]), "")
    return _joined(standing(rows, claims, year), overall)


def _heard(material: Material, found: Findings) -> str:
    """How many homes answered and which estates said nothing; nothing where the homes are not known."""
    if not material.generation.held_rows()["homes"]:
        return ""
    looked = unheard.looked_at(found.question, material.roll, material.generation, material.smallest_base)
    seen = unheard.unheard(looked, BY, material.today)
    if not seen.listed.homes:
        return ""
    quiet = f"{silence.headline(seen.reach, BY)}." if seen.counted_by and not found.question.filters else ""
    told = homes_answered(looked.answered, seen.listed.homes, material.asked.audience, material.smallest_base)
    return _joined(told, quiet)


# ── What cannot be said ──────────────────────────────────────────────────────────────────────────


def _cannot_be_said(material: Material, every: Sequence[Findings]) -> Iterator[str]:
    """What a reader might take the pack to say and it does not, each in a sentence with its reason."""
    yield NOT_ANSWERED
    for found in every:
        yield from _of_this_group(found)
    if not material.generation.held_rows()["homes"]:
        yield NO_HOMES
    yield from _of_records(material)
    if any(found.wave.sample_kind == "quota" for found in every):
        yield RANDOM
    beside = [found for found in every if not found.question.filters]
    years = dict.fromkeys(other_year(each.wave.reporting_year, shipped_years()[0]) for each in beside)
    yield _joined(NO_CAUSE, NOT_ALIKE, *years)
    provisional = {measure.year: None for found in every for measure in found.measures if measure.provisional}
    yield from (provisional_note(year) for year in provisional)


def _of_this_group(found: Findings) -> Iterator[str]:
    group = words.group_of(found.question.tenure_group)
    hidden = [(measure.code, estimate.withheld) for measure, estimate in told_rows(found) if estimate.withheld]
    for reason, codes in words.counted_reasons(hidden).items():
        yield not_told(group, codes, reason)
    differently = _asked_differently(changes_of(found))
    if differently and found.earlier is not None:
        yield measures_asked_differently(group, differently, found.earlier.name)


def _asked_differently(rows: Sequence[tuple[Measure, Comparison]]) -> list[str]:
    return [measure.code for measure, each in rows if each.verdict is Verdict.DIFFERENTLY]


def _of_records(material: Material) -> Iterator[str]:
    """The management measures that nobody entered and no file gives."""
    year = material.wave.reporting_year
    if year in reporting_years() and not material.asked.filters:
        figures = figures_of(material)
        missing = sorted({figure.measure.code for figure in figures if figure.numerator is None})
        if missing:
            yield not_given(missing, len({figure.measure.code for figure in figures}), year)
