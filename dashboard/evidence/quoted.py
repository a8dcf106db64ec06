"""Quotes in a pack: only those two people approved for whoever will read it, of the comments the pack is about."""

from __future__ import annotations

from collections.abc import Collection

from analysis.model import Audience, Question
from dashboard import words
from dashboard.evidence.blocks import Block, Note, Paragraph
from dashboard.evidence.blocks import Quote as QuoteBlock
from dashboard.evidence.material import Material
from data.quotes import BOARD, PUBLIC, Quote, Quotes

MOST = 12  # in one place; who reads more than that reads none
APPROVED = (
    "Quotes stand here by recorded approval only: two people stand behind each one's words, from which personal "
    "details were taken out. They are chosen, so they show how something was said and never how often."
)
NO_PLACE = "They carry no estate."
NONE = "No quote of these comments has been approved for {whom}."
FOR = {BOARD: "the board", PUBLIC: "readers outside the landlord"}


def purpose_of(audience: Audience) -> str:
    """What a quote must have been approved for: a pack leaves the team, whoever it is for."""
    return BOARD if audience is Audience.INTERNAL else PUBLIC


def approved(material: Material, keys: Collection[str]) -> tuple[Quote, ...]:
    """The quotes approved for the pack's readers whose comments are among these, newest first; withdrawn ones never.

    Words approved for several stand once.
    """
    found = Quotes(material.folder, material.read).approved(purpose_of(material.asked.audience))
    once: dict[str, Quote] = {}
    for quote in found:
        if quote.text_key in keys:
            once.setdefault(quote.words, quote)
    return tuple(once.values())


def quoted(material: Material, asked: Question, keys: Collection[str]) -> tuple[Block, ...]:
    """The approved quotes among these comments and what stands behind them, or that there are none."""
    found, purpose = approved(material, keys), purpose_of(material.asked.audience)
    if not found:
        return (Paragraph(NONE.format(whom=FOR[purpose])),)
    more = len(found) - MOST
    return (
        Note(APPROVED if purpose == BOARD else f"{APPROVED} {NO_PLACE}"),
        *(QuoteBlock(quote.words, who_said(quote, asked, purpose)) for quote in found[:MOST]),
        *([Paragraph(f"{words.count(more)} more are approved and not printed.")] if more > 0 else []),
    )


def who_said(quote: Quote, asked: Question, purpose: str) -> str:
    """Whose words a quote is, as far as that may be told: outside the landlord never from where."""
    place = ", ".join(name for _, name in quote.place) if purpose == BOARD else ""
    told = words.sentence_case(words.group_of(asked.tenure_group))
    return ", ".join(filter(None, (told, place, asked.wave, "in other words" if quote.paraphrased else "")))
