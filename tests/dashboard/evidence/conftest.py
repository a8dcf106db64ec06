"""A real document of a small landlord's survey, end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from complaint_rows import complaint
from small_documents import document
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Findings, Mention, Reading, Redacted, Tone
from dashboard import packs
from dashboard.answers import answer, latest_question
from dashboard.evidence.blocks import Document, Heading
from dashboard.evidence.material import Material
from dashboard.evidence.pack import document_of
from dashboard.evidence.parts.measures import measures
from data.readings import Readings
from data.settings import Settings
from data.voices import unread

# Four measures: one everybody is asked, one only some are asked, one everybody agrees on, one few answered.
CLOCK = datetime(2026, 11, 29, 12, 0, 7, tzinfo=UTC)
ANSWERS = (
    "update responses set repair_12m = respondent % 2 = 0, TP04 = 5",
    "update responses set TP02 = case when respondent % 2 = 0 then 1 + respondent % 5 else -2 end",
    "update responses set TP12 = case when respondent < 5 then 2 end",
)


@pytest.fixture(scope="session")
def findings(tmp_path_factory) -> Findings:
    """What 40 renters of two estates said, three in four of them satisfied overall."""
    generation = generation_of(tmp_path_factory.mktemp("evidence"), {}, *ANSWERS)
    found = answer(latest_question(generation, WHOLE_LANDLORD), generation, 10)
    generation.close()
    return found


@pytest.fixture(scope="session")
def pack_document(tmp_path_factory) -> Document:
    """A pack of several parts for the board of a small landlord with comments, complaints, homes and repairs."""
    generation = generation_of(tmp_path_factory.mktemp("pack"), records(), *ANSWERS)
    home = tmp_path_factory.mktemp("home")
    readings = Readings(home / "readings", "1")
    found = unread(generation, readings.select(), 100)
    readings.keep([read(key, n) for n, (key, _, _) in enumerate(found)])
    asked = packs.asked_for(generation, "board", CLOCK, sections=PARTS)
    made = document_of(Material(asked, generation, readings, Settings(home), home), lambda *_: None)
    generation.close()
    return made


PARTS = ("measures", "management", "places", "spoken", "strengths", "unheard", "complaints", "safety", "quality")


def records() -> dict[str, list[dict[str, object]]]:
    """A hundred homes, forty complaints and forty repairs."""
    homes = [*homes_on("Ash Court", 60), *homes_on("Beech Row", 40)]
    complaints = [
        complaint(f"2024-{4 + number % 7:02d}-{1 + number % 28:02d}", reference=f"C{number}", complaint=f"C{number}",
                  estate=("Ash Court", "Beech Row")[number % 2], category=("Repairs", "Staff")[number % 3 == 0],
                  responded=f"2024-{4 + number % 7:02d}-{1 + number % 28:02d}")
        for number in range(40)
    ]  # fmt: skip
    return {"homes": [{**home, "row": row} for row, home in enumerate(homes, start=1)], "complaints": complaints}


def read(key: str, number: int) -> Reading:
    """What was read in a comment: by turns of repairs and of staff, well and ill."""
    tone, topic = ("positive", "negative")[number % 2], ("repairs_quality", "heating_hot_water")[number % 3 == 0]
    return Reading(key, Redacted(f"Words {number}"), Tone(tone, 0.5, ()), (Mention(topic, tone),), False, "test")


@pytest.fixture(scope="session")
def measures_document(findings) -> Document:
    """A document of the measures, of these findings."""
    blocks = (Heading("What tenants said, measure by measure"), Heading("Renters (LCRA)", 2), *measures(findings))
    return replace(document(), blocks=blocks)
