"""What stands under the figures of every part: what they are of, where they are from, and whose words a quote is."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.model import Question, Wave
from dashboard import words
from dashboard.evidence.blocks import Block, Heading, Note, Paragraph
from dashboard.evidence.material import Material
from dashboard.words.audiences import beside

INVENTED = "Invented data: no real landlord's."
NO_SURVEY = "no survey with answers of renters (LCRA) or shared owners (LCHO) is held for this pack"
NOTHING_TO_SAY = "There is nothing to say here: {why}."


def shown_for(material: Material, asked: Question) -> str:
    """Which answers a figure is made of, as under the figures on the page, and for whom where that is not inside."""
    labels = {dimension.key: dimension.label for dimension in material.generation.dimensions}
    return f"{words.shown_for(asked, labels)}{beside(asked.audience)}"


def source(wave: Wave) -> str:
    """Where answers are from, and that they are invented where they are."""
    return f"{words.survey_sentence(wave)} {INVENTED}" if wave.invented else words.survey_sentence(wave)


def of_group(group: str) -> Heading:
    """The heading of one tenure group's part."""
    return Heading(words.sentence_case(words.group_of(group)), 2)


def nothing(why: str) -> tuple[Block, ...]:
    """That a part has nothing to say, and why."""
    return (Paragraph(NOTHING_TO_SAY.format(why=why)),)


def once(blocks: Iterable[Block], *explained: str) -> tuple[Block, ...]:
    """The blocks with each of these explanations only where it stands first: what holds of every group is said once."""
    found: list[Block] = []
    for block in blocks:
        again = isinstance(block, Paragraph | Note) and block.text in explained and block in found
        found += [] if again else [block]
    return tuple(found)


def not_shown(hidden: list[tuple[str, str]]) -> tuple[Block, ...]:
    """What is not shown, gathered under the reasons; (name, reason) each."""
    return tuple(
        Paragraph(f"Not shown, {reason}: {words.listed(sorted(names), 12)}.")
        for reason, names in words.counted_reasons(hidden).items()
    )
