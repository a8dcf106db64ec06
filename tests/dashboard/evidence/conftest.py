"""A real document of a small landlord's survey, end to end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_documents import document
from small_records import generation_of

from analysis.model import WHOLE_LANDLORD, Findings
from dashboard.answers import answer, latest_question
from dashboard.evidence.blocks import Document, Heading
from dashboard.evidence.parts.measures import measures

# Four measures: one everybody is asked, one only some are asked, one everybody agrees on, one few answered.
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
def measures_document(findings) -> Document:
    """A document of the measures, of these findings."""
    blocks = (Heading("What tenants said, measure by measure"), Heading("Renters (LCRA)", 2), *measures(findings))
    return replace(document(), blocks=blocks)
