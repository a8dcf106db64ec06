"""Scores beside words for each audience, and the stricter base of what is about people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import WHOLE_LANDLORD, Audience, Mention, Question, Reading, Redacted, Tone
from analysis.text.reading import text_key
from dashboard import score_words
from dashboard.score_words import score_words_of
from data.readings import Readings
from data.store import Store

ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)


@pytest.fixture
def held(tmp_path):
    """Sixty who answered on repairs and on respect: of repairs all wrote, a third well; of staff fifteen, all ill."""
    incoming = small_incoming(answers=60)
    incoming.connection.execute("update responses set TP02 = TP01, TP08 = TP01")
    generation = Store(tmp_path / "store", "real").publish(incoming)
    readings = Readings(tmp_path / "readings", "v1")
    readings.keep([_read(n) for n in range(1, 61)])
    yield generation, readings.select()
    generation.close()


def _read(n: int) -> Reading:
    text = f"the repair was quick, number {n}"
    about = [Mention("repairs_quality", "positive" if n % 3 == 0 else "negative")]
    if n <= 15:
        about.append(Mention("staff_conduct", "negative"))
    return Reading(text_key(QUESTION, text), Redacted(text), Tone("mixed", 0.0), tuple(about), False, "v1")


def gaps(held, asked=ASKED, by_estate=False):
    return {(g.measure, g.group): g for g in score_words_of(asked, *held, 10, by_estate)}


def test_a_gap_is_told_with_both_its_shares(held):
    found = gaps(held)["TP02", ()]
    assert (found.score.value, found.words.value) == (pytest.approx(0.75), pytest.approx(1 / 3))
    assert found.gap.difference == pytest.approx(0.75 - 1 / 3)


def test_what_is_about_people_stands_on_the_stricter_base(held):
    found = gaps(held)["TP08", ()]
    assert found.words.withheld == "fewer than 20 comments about it"  # fifteen would do for repairs


def test_each_estate_is_set_against_the_others_by_name(held):
    found = gaps(held, by_estate=True)
    repairs = [group[0][1] for code, group in found if code == "TP02"]
    assert repairs == ["Ash Court", "Beech Row"]
    assert found["TP02", (("estate", "Ash Court"),)].usual is not None


def test_no_estate_that_two_people_serve_is_told_and_nothing_under_its_filter(held, monkeypatch):
    monkeypatch.setattr(score_words.answers, "few_staffed", lambda generation, scope: frozenset({"Ash Court"}))
    found = gaps(held, by_estate=True)
    assert found["TP02", (("estate", "Ash Court"),)].words.withheld == "fewer than three staff serve it"
    narrowed = replace(ASKED, filters=(("estate", ("Ash Court",)),))
    assert not gaps(held, narrowed)
    why = score_words.why_untold(narrowed, held[0], by_estate=False)
    assert why == "fewer than three staff serve Ash Court"


def test_outside_only_everyone_is_told(held):
    outside = replace(ASKED, audience=Audience.PUBLIC)
    assert gaps(held, outside)
    assert not gaps(held, outside, by_estate=True)
    assert not gaps(held, replace(outside, filters=(("estate", ("Ash Court",)),)))


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_outside_a_withheld_share_tells_not_even_of_how_many_comments(held, audience):
    """Fifteen wrote of staff: fewer than twenty, so outside no file may tell that they were fifteen."""
    inside, outside = (gaps(held, replace(ASKED, audience=each)) for each in (Audience.INTERNAL, audience))
    assert inside["TP08", ()].words.told_base == 15
    few, told = outside["TP08", ()], outside["TP02", ()]
    assert few.words.withheld == "fewer than 20 comments about it"
    assert few.words.told_base is few.gap.before.told_base is few.both is None
    assert (told.words, told.gap, told.both) == (inside["TP02", ()].words, inside["TP02", ()].gap, None)
