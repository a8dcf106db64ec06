"""What was withheld and why: figures by reason, quotes nobody approved, what tenants are to see first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.model import Audience
from dashboard import words
from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Block, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.quoted import purpose_of
from dashboard.given import COMMENTS, PEOPLE
from dashboard.how.withheld import of_withheld
from dashboard.stigma import HELD_BACK, standing
from data.quotes import APPROVED, WITHDRAWN, Quotes

NOTHING = (
    "Nothing of surveys and comments was withheld: every figure of them that the parts of this document asked for is "
    "told in it."
)
BESIDE_THEM = "What is withheld of complaints, repairs, hazards and homes is said beside each of their figures."
ONE_REASON = (
    "A figure that could give away what a few people said is withheld, with everything made of it: its range, its "
    "change, its answers. One reason stands for all of them. Which are small, and which are withheld only because a "
    "small one could be worked out from them, is not said, as that would narrow both down."
)
TOGETHER = (
    "All tables of what people said in this document were looked at together, those of earlier surveys and of periods "
    "that share answers too, so that none can be used to work out what a few people said that another withholds. How "
    "many answered from a place is a count of its own, told wherever it is no handful and gives none away."
)
INSIDE = (
    "This document is for the landlord's own people. Figures that could give a few people away are shown, each with "
    "a caution, and counted here. It is not to be passed on as it is: choose the regulator or the public as who will "
    "see it, and they are withheld."
)
SPECIAL = "Special category data is never told to the public, nor what is near it."
HEADINGS = ("Figures", "Tenants", "Surveys", "Asked for", "Not told", "Why")
FILE_HEADINGS = ("figures", "tenants", "surveys", "asked for", "not told", "why")
REASON_HEADINGS = ("Why", "Tenants", "Figures", "Of what")
REASON_FILE_HEADINGS = ("why", "tenants", "figures", "of what")
TITLE = "Figures withheld, and those shown with a caution"
CAUTION = "shown, with a caution: {why}"
BEING_JUDGED, MEASURES = "Being judged", "Measures"


@dataclass(frozen=True)
class Row:
    """Figures of one kind, divided one way, that were not told (or told with a caution) for one reason."""

    figures: str
    group: str
    waves: tuple[str, ...]
    asked: int
    gone: int
    why: str


def blocks(material: Material) -> tuple[Block, ...]:
    """What this document does not tell, or tells with a caution: of figures, quotes, and parts."""
    rows = rows_of(material)
    inside = material.asked.audience is Audience.INTERNAL
    first = (Paragraph(INSIDE),) if inside else (Paragraph(ONE_REASON), Paragraph(TOGETHER))
    told = _told(material, rows) if rows else (Paragraph(NOTHING),)
    more = [*_quotes(material), *_held_back(material), *_special(material)]
    return (*first, *told, Paragraph(BESIDE_THEM), *([Heading("Besides figures", 2), *map(Note, more)] if more else []))


def withheld_of(material: Material) -> list[dict[str, str | int | list[str]]]:
    """The same as plain rows, for the manifest: figures, whose, of which surveys, how many of how many, and why."""
    return [
        {
            "figures": row.figures, "tenure_group": row.group, "waves": list(row.waves), "asked_for": row.asked,
            "not_told": row.gone, "why": row.why,
        }
        for row in rows_of(material)
    ]  # fmt: skip


def rows_of(material: Material) -> list[Row]:
    """Figures not told, or told with a caution, by what they are of and why, in the order of the document."""
    asked: dict[tuple[str, str], int] = {}
    gone: dict[tuple[str, str, str], tuple[int, dict[str, None]]] = {}
    for figures, group, wave, why in _noted(material):
        asked[figures, group] = asked.get((figures, group), 0) + 1
        if why:
            n, waves = gone.get((figures, group, why), (0, {}))
            gone[figures, group, why] = n + 1, {**waves, wave: None}
    return [
        Row(figures, group, tuple(waves), asked[figures, group], n, why)
        for (figures, group, why), (n, waves) in gone.items()
    ]


def _noted(material: Material) -> Iterator[tuple[str, str, str, str]]:
    """Each figure asked for: what it is of, whose, in which survey, and why it is not told as it is ("": it is)."""
    labels = {each.key: each.label.lower() for each in material.generation.dimensions}
    filtered = {key for key, _ in material.asked.filters}
    for (((wave, group, _), name), view), (why, caution) in material.given.standing.items():
        if name == PEOPLE:  # withheld and told as the comments they wrote
            continue
        by = " and ".join(labels.get(key, key) for key, _ in view if key not in filtered)
        kind = words.sentence_case(COMMENTS) if name == COMMENTS else BEING_JUDGED if name[:2] == "ST" else MEASURES
        yield (
            f"{kind}, {f'by {by}' if by else 'everyone'}",
            group,
            wave,
            why or (CAUTION.format(why=caution) if caution else ""),
        )


def _told(material: Material, rows: list[Row]) -> tuple[Block, ...]:
    """How many were not told for each reason, of whom; and in the workbook the same survey by survey, way by way."""
    waves = tuple(dict.fromkeys(wave for row in rows for wave in row.waves))
    invented = " Invented data: no real landlord's." if material.invented else ""
    about, made = (f"Each figure counted once, whatever number of times it is printed.{invented}",), of_withheld(waves)
    return (
        TableBlock("withheld-reasons", TITLE, _by_reason(rows), about, how=made),
        TableBlock("withheld-figures", f"{TITLE}, way by way", _in_full(rows), about, how=made, printed=False),
    )


def _by_reason(rows: list[Row]) -> Table:
    """A row for each reason and tenure group, the most frequent reason first, with what the figures are of."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        of = found.setdefault((row.why, row.group), {})
        of[row.figures] = of.get(row.figures, 0) + row.gone
    whole: Counter[str] = Counter()
    for (why, _), of in found.items():
        whole[why] += sum(of.values())
    several = sorted(found.items(), key=lambda each: (-whole[each[0][0]], each[0][0], -sum(each[1].values())))
    told = [(why, group, sum(of.values()), _of_what(of)) for (why, group), of in several]
    return Table(
        REASON_HEADINGS,
        tuple(
            (words.sentence_case(why), words.sentence_case(words.group_of(group)), words.count(n), of)
            for why, group, n, of in told
        ),
        REASON_FILE_HEADINGS,
        tuple(told),
    )


def _of_what(of: dict[str, int]) -> str:
    """What figures are of, the most first, each kind named once.

    >>> _of_what({"Measures, by estate": 101, "Comments, by estate": 11, "Measures, by block": 3926})
    'Measures: by block 3,926, by estate 101. Comments: by estate 11.'
    """
    kinds: dict[str, list[str]] = {}
    for figures, n in sorted(of.items(), key=lambda each: -each[1]):
        kind, _, way = figures.partition(", ")
        kinds.setdefault(kind, []).append(f"{way} {words.count(n)}")
    return " ".join(f"{kind}: {', '.join(ways)}." for kind, ways in kinds.items())


def _in_full(rows: list[Row]) -> Table:
    printed = tuple(
        (row.figures, words.sentence_case(words.group_of(row.group)), ", ".join(row.waves), words.count(row.asked),
         words.count(row.gone), words.sentence_case(row.why))
        for row in rows
    )  # fmt: skip
    filed = tuple((row.figures, row.group, ", ".join(row.waves), row.asked, row.gone, row.why) for row in rows)
    return Table(HEADINGS, printed, FILE_HEADINGS, filed)


# ── Besides figures ──────────────────────────────────────────────────────────────────────────────


def _quotes(material: Material) -> Iterator[str]:
    """How many quotes wait for approval, or have it for fewer readers than these."""
    quotes = Quotes(material.folder, material.read)
    purpose = purpose_of(material.asked.audience)
    usable = {quote.quote_id for quote in quotes.approved(purpose)}
    open_ones = [quote for quote in quotes.queue() if quote.state != WITHDRAWN and quote.quote_id not in usable]
    waiting = sum(quote.state != APPROVED for quote in open_ones)
    if waiting:
        yield f"Quotes put forward not approved by two people yet, or held back: {words.count(waiting)}."
    if len(open_ones) > waiting:
        other = words.count(len(open_ones) - waiting)
        yield f"Quotes approved, but not for readers such as these, and so not used: {other}."


def _held_back(material: Material) -> Iterator[str]:
    agreed = standing(material.settings.stigma, material.today)
    if agreed.held_back and material.asked.audience is not Audience.INTERNAL:
        yield f"Answers to the questions on being judged are {HELD_BACK}."


def _special(material: Material) -> Iterator[str]:
    if material.asked.audience is Audience.PUBLIC:
        yield SPECIAL
