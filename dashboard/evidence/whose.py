"""Whose document it is, and the landlord's name where wording has a place for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.model import Audience
from dashboard.actions import landlord_name
from dashboard.evidence.blocks import Block, Figure, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how import How
from dashboard.words import worded
from dashboard.words.outward import outward

NAME_NOT_SET = "Landlord's name not set"


def landlord_of(material: Material) -> str:
    """The landlord's name as documents give it."""
    return _name(material) or NAME_NOT_SET


def named_for(blocks: Iterable[Block], material: Material) -> tuple[Block, ...]:
    """The blocks with the landlord's name in sentences and questions, as they are where no name is set; and outside the
    landlord without what is said to its staff alone."""
    name, audience = _name(material), material.asked.audience
    told = (_for_readers(_named(block, name), audience) for block in blocks)
    return tuple(block for block in told if not isinstance(block, Paragraph | Note) or block.text)


def _named(block: Block, name: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(worded(block.text, name))
    if isinstance(block, Figure | TableBlock) and block.how is not None:
        return replace(block, how=replace(block.how, counted=tuple(worded(text, name) for text in block.how.counted)))
    return block


def _for_readers(block: Block, audience: Audience) -> Block:
    """The block in the words its readers may have: see dashboard/words/outward.py."""
    if audience is Audience.INTERNAL:
        return block
    if isinstance(block, Paragraph | Note):
        return replace(block, text=outward(block.text, audience))
    if isinstance(block, Figure | TableBlock) and block.how is not None:
        block = replace(block, how=_how_for_readers(block.how, audience))
    if isinstance(block, TableBlock):
        return replace(block, about=tuple(filter(None, (outward(text, audience) for text in block.about))))
    return block


def _how_for_readers(how: How, audience: Audience) -> How:
    left_out, besides = (
        tuple(filter(None, (outward(text, audience) for text in texts))) for texts in (how.left_out, how.besides)
    )
    return replace(how, sums=outward(how.sums, audience), left_out=left_out, besides=besides)


def _name(material: Material) -> str:
    return landlord_name(material.settings, material.invented)
