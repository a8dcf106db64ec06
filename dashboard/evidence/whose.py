"""Whose document it is, and the landlord's name where wording has a place for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.actions import landlord_name
from dashboard.evidence.blocks import Block, Figure, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.words import worded

NAME_NOT_SET = "Landlord's name not set"


def landlord_of(material: Material) -> str:
    """The landlord's name as documents give it."""
    return _name(material) or NAME_NOT_SET


def named_for(blocks: Iterable[Block], material: Material) -> tuple[Block, ...]:
    """The blocks with the landlord's name in sentences and questions; as they are where no name is set."""
    name = _name(material)
    return tuple(_named(block, name) for block in blocks)


def _named(block: Block, name: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(worded(block.text, name))
    if isinstance(block, Figure | TableBlock) and block.how is not None:
        return replace(block, how=replace(block.how, counted=tuple(worded(text, name) for text in block.how.counted)))
    return block


def _name(material: Material) -> str:
    return landlord_name(material.settings, material.invented)
