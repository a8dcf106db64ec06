"""The log of requests: what an inspector or somebody else asked for, by when, and what was sent."""

from __future__ import annotations

from analysis.model import Audience
from dashboard import words
from dashboard.charts.requests import requests_table
from dashboard.evidence.blocks import Block, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how import How
from dashboard.words.requests import how_many
from data.packs.requests import Requests

NOT_PUBLIC = (
    "Requests are left out of what the public sees: a question, and what was sent in answer to one person or to the "
    "regulator, may tell who asked. They stand in the packs for the regulator and for the landlord's own people."
)
NONE = "No request for information or evidence was held by {day}."
REDACTED = (
    "Personal details that are recognised in a question have been taken out. Names of people are as given: nobody "
    "checked them. A pack is known by its number and seal; a figure by its name in that pack."
)
ABOUT = "Requests kept in Tenant Voice"
TITLE = "What was asked, by when, and what was sent"
MADE = How(
    counted=("Every request a person put into the log of requests by the day of this pack, as it stood then.",),
    who="Whoever asked: the regulator, or somebody who asked for information.",
    base="Every request in the log; none taken back.",
    sums="None: each row is what a person wrote.",
    left_out=("Personal details recognised in a question.", "Requests nobody put into the log."),
)


def blocks(material: Material) -> tuple[Block, ...]:
    """The log as it stood at the moment of the pack; for the public the reason it is left out."""
    if material.asked.audience is Audience.PUBLIC:
        return (Paragraph(NOT_PUBLIC),)
    found = Requests(material.folder).all(material.asked.log_until or material.asked.clock)
    day = words.british_date(material.today)
    if not found:
        return (Paragraph(NONE.format(day=day)),)
    return (
        Paragraph(how_many(found, material.today)),
        TableBlock("requests-log", TITLE, requests_table(found, material.today), (f"{ABOUT}, {day}",), how=MADE),
        Note(REDACTED),
    )
