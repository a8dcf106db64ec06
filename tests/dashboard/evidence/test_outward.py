"""Notes to staff are told to other readers as facts; the list of them follows the words it stands for."""

from __future__ import annotations

import pytest

from analysis.model import Audience
from dashboard.words.checking import NOBODY_CHECKED
from dashboard.words.complaints import STAGE_TWO
from dashboard.words.outward import FACTS, outward
from data.packs.complaint_report import complaint_report
from data.packs.returned import return_rules
from data.registers import provisional_note

SAID = (provisional_note("2026/27"), STAGE_TWO, complaint_report().note, return_rules().note, NOBODY_CHECKED)


def test_each_note_of_the_list_is_still_said_in_those_words():
    assert [inside for inside, _ in FACTS if not any(inside in text for text in SAID)] == []


@pytest.mark.parametrize("text", SAID)
def test_outside_the_fact_stays_and_the_errand_goes(text):
    told = outward(text, Audience.PUBLIC)
    assert told and told == outward(text, Audience.REGULATOR) != text == outward(text, Audience.INTERNAL)
    assert not any(errand in told for errand in ("heck before", "heck it", "heck against", "Data and packs", "memory"))
