"""The summary of approach: all eleven items, what is counted of each, what the landlord said, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import Audience, Question
from dashboard import words
from dashboard.approach import ALIKE, FEW, Counted, ItemTold, Summary, counted_of, summary
from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Block, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how.approach import of_items, of_levels
from dashboard.words import approach as said_of
from data.packs.approach import Approach, Said, approach_note

NO_SURVEY = "There is nothing to say here: no survey with answers that a measure counts is held."
WHAT_IT_IS = (
    "The regulator asks that those who read the results can see how they were come by. What can be counted from what "
    "is held is filled in here, for renters and shared owners apart; the rest is what the landlord said of it."
)
ITEM_HEADINGS = ("Item", "Counted here", "Said by the landlord")
PUBLISHES = "tsm"  # a short pack that prints who answered beside all homes: it is published with the measures
NOT_SAID_YET = "The landlord has not said this yet."
LEVEL_HEADINGS = ("Characteristic", "Level", "Of the answers", "Of the homes", "Apart")
LEVEL_FILE_HEADINGS = ("characteristic", "level", "of the answers", "of the homes", "apart", "note")
MANY = 12  # levels of a characteristic that a page shows: of more, those furthest apart


def blocks(material: Material) -> tuple[Block, ...]:
    """All eleven items, in order."""
    asked = [material.question(group, filters=()) for group in material.groups]
    if not asked:
        return (Note(approach_note()), Paragraph(NO_SURVEY))
    counted = [counted_with(material, question) for question in asked]
    found = summary(material.asked.wave, counted, Approach(material.folder), material.generation)
    return (
        Note(approach_note()),
        Paragraph(WHAT_IT_IS),
        Paragraph(said_of.still_to_say([_named(told) for told in found.open])),
        _items(material, found, asked),
        *(block for told in found.items for block in _item(material, told, found, asked)),
    )


def counted_with(material: Material, question: Question) -> Counted:
    """What can be counted for one tenure group, of the material's generation and on its day."""
    return counted_of(
        question,
        material.generation,
        material.readings,
        material.smallest_base,
        material.today,
        material.findings(question.tenure_group, filters=()),
        material.roll,
    )


def _items(material: Material, found: Summary, asked: Sequence[Question]) -> TableBlock:
    rows = tuple((_named(told), *_states(told)) for told in found.items)
    headings = tuple(heading.lower() for heading in ITEM_HEADINGS)
    title = "The eleven items of the summary of approach, and where each is from"
    about = (f"Shown for: {material.asked.wave} · the whole landlord", approach_note())
    return TableBlock(
        "approach-items",
        title,
        Table(ITEM_HEADINGS, rows, headings, rows),
        about,
        (),
        of_items(found.wave, asked),
        material.in_full,
    )


def _states(told: ItemTold) -> tuple[str, str]:
    counted = "Yes" if told.counted else "Nothing of it can be counted"
    if told.said:
        return counted, "Yes"
    return counted, "Nothing more is needed" if told.complete else said_of.NOT_SAID


def _item(material: Material, told: ItemTold, found: Summary, asked: Sequence[Question]) -> Iterator[Block]:
    yield Heading(_named(told), 2)
    yield Paragraph(told.item.asks)
    for whose, text in told.lines:
        yield Paragraph(f"{whose}: {text}" if whose else text)
    if told.item.key == ALIKE:
        for question in asked:
            if levels := found.levels.get(question.tenure_group):
                yield _levels(question, levels, material.in_full or material.asked.kind == PUBLISHES)
    if told.said:
        yield Paragraph(said_by(told.said, material.asked.audience))
    elif not told.complete:
        inside = material.asked.audience is Audience.INTERNAL
        yield Note(said_of.not_said(told.item.say) if inside else NOT_SAID_YET)


def said_by(said: Said, audience: Audience) -> str:
    """What the landlord said; who said it is told inside only."""
    if audience is not Audience.INTERNAL:
        return f"The landlord says: {said.text}"
    return f"The landlord says: {said.text} ({said.by}, name as given, {words.british_moment(said.at)})"


def _levels(question: Question, levels: Sequence[said_of.Beside], printed: bool) -> TableBlock:
    names = tuple(dict.fromkeys(each.characteristic for each in levels))
    shown = [each for name in names for each in _shown([one for one in levels if one.characteristic == name])]
    table = Table(
        LEVEL_HEADINGS,
        tuple(_level_row(each) for each in shown),
        LEVEL_FILE_HEADINGS,
        tuple((each.characteristic, each.level, *_shares(each), each.withheld) for each in levels),
    )
    whose = words.group_of(question.tenure_group)
    about = (
        words.shown_for(question, {}),
        f"Of a characteristic with more than {MANY} levels those furthest apart are printed; the files have all.",
        *((f"{words.NOTHING}: not told, {FEW}.",) if any(each.withheld for each in levels) else ()),
    )
    return TableBlock(
        f"approach-{question.tenure_group.lower()}-alike",
        f"Who answered beside all homes of {whose}, before any weights",
        table,
        about,
        ("of the answers", "of the homes", "apart"),
        of_levels(question, names),
        printed,
    )


def _shown(levels: Sequence[said_of.Beside]) -> list[said_of.Beside]:
    """The levels a page prints, in their own order."""
    if len(levels) <= MANY:
        return list(levels)
    furthest = sorted(range(len(levels)), key=lambda n: (-abs(levels[n].apart), n))[:MANY]
    return [levels[n] for n in sorted(furthest)]


def _level_row(each: said_of.Beside) -> tuple[str, ...]:
    if each.answered is None or each.homes is None:
        return (each.characteristic, each.level, words.NOTHING, words.NOTHING, words.NOTHING)
    answered, homes = words.percent(each.answered), words.percent(each.homes)
    return (each.characteristic, each.level, answered, homes, f"{words.signed(each.apart)} points")


def _shares(each: said_of.Beside) -> tuple[float | None, float | None, float | None]:
    return each.answered, each.homes, None if each.answered is None else each.apart


def _named(told: ItemTold) -> str:
    return f"{told.item.key}. {told.item.title}"
