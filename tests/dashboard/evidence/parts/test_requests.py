"""The log of requests in a pack: as it stood at its moment, without personal details, and not for the public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from small_records import generation_of

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.blocks import Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.parts import requests as part
from data.packs.requests import Requests
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
BEFORE, AFTER = datetime(2024, 11, 20, tzinfo=UTC), datetime(2024, 11, 30, tzinfo=UTC)


@pytest.fixture
def material(tmp_path):
    generation = generation_of(tmp_path, {})

    def made(audience: Audience = Audience.REGULATOR) -> Material:
        asked = packs.asked_for(generation, "regulator", CLOCK, audience=audience)
        return Material(asked, generation, Readings(tmp_path / "readings", "1"), Settings(tmp_path), tmp_path)

    yield made
    generation.close()


def add(folder, question="Damp by estate", due=date(2024, 11, 25), now=BEFORE):
    return Requests(folder).add(question, "inspection", date(2024, 11, 2), "Compliance", "Jo", due, now)


def test_the_log_tells_what_was_asked_and_what_is_late(material, tmp_path):
    add(tmp_path)
    sentence, table, note = part.blocks(material())
    assert sentence == Paragraph("1 request is to be answered, 1 of them overdue.")
    assert isinstance(table, TableBlock) and table.key == "requests-log"
    assert table.table.rows[0][1:7] == (
        "Damp by estate", "Inspection", "2 November 2024", "25 November 2024", "Compliance", "overdue",
    )  # fmt: skip
    assert isinstance(note, Note)


def test_what_was_sent_stands_with_pack_seal_figures_and_files(material, tmp_path):
    add(tmp_path)
    Requests(tmp_path).send(1, "Jo", date(2024, 11, 21), ["measures-lcra-table"], ["minutes.pdf"], 3, "ab" * 32, BEFORE)
    table = part.blocks(material())[1].table
    assert table.rows[0][-1] == (
        "Sent 21 November 2024 by Jo (name as given): pack 3 (seal abababababab): measures-lcra-table, minutes.pdf."
    )
    assert table.file_rows[0][-4:] == ("measures-lcra-table", "minutes.pdf", 3, "ab" * 32)


def test_what_is_done_after_the_moment_of_the_pack_changes_nothing_in_it(material, tmp_path):
    add(tmp_path)
    before = part.blocks(material())
    add(tmp_path, now=AFTER)
    Requests(tmp_path).undo(1, "Jo", AFTER)
    assert part.blocks(material()) == before


def test_personal_details_do_not_leave(material, tmp_path):
    add(tmp_path, "Ring 07700 900123 about damp")
    assert "900123" not in repr(part.blocks(material()))


def test_for_the_public_the_log_is_left_out_and_says_why(material, tmp_path):
    add(tmp_path)
    assert part.blocks(material(Audience.PUBLIC)) == (Paragraph(part.NOT_PUBLIC),)


def test_without_a_request_the_part_says_so(material):
    assert part.blocks(material()) == (
        Paragraph("No request for information or evidence was held by 29 November 2024."),
    )
