"""Strengths in a pack: five kinds apart, by place where it may be told, what is there counted, offers never listed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from incoming_records import small_records
from small_pack import keyed, material_of, read, readings_of, said, strong
from small_records import generation_of
from small_survey import small_incoming

from analysis.model import Audience
from dashboard.evidence.parts import strengths
from dashboard.strengths import by_place, every_strength
from data.assets import Assets, Words
from data.store import Store

TEAMS = (
    {"team": "A", "estate": "Ash Court", "officers": 5},
    {"team": "B", "estate": "Beech Row", "officers": 2},
    {"team": "C", "estate": "Elm Rise", "officers": 5},
)


@pytest.fixture
def generation(tmp_path):
    """Forty of two estates of twenty; even numbers live in Ash Court."""
    with closing(generation_of(tmp_path / "store", {})) as held:
        yield held


def some(key, text):
    number = int(text.split()[-1])
    if number <= 8:
        return strong(key, text)
    return strong(key, text, "skills") if number <= 11 else read(key, text)


@pytest.fixture
def readings(tmp_path, generation):
    return readings_of(tmp_path, generation, some)


def test_five_kinds_are_told_with_their_ranges_those_nobody_told_of_too(tmp_path, generation, readings):
    made = material_of(tmp_path, generation, readings)
    table = keyed(strengths.blocks(made))["strengths-lcra-moved"].table
    asked = made.question("LCRA", compared_with=None)
    page = every_strength(asked, made.voices("LCRA"), generation, readings.select(), 10)
    assert [row[:6] for row in table.file_rows] == [
        (theme.title, theme.positive, theme.share.value, theme.share.low, theme.share.high, 40) for theme in page
    ]
    assert [row[1] for row in table.file_rows] == [8, 3, 0, 0, 0]
    assert "do not add up to a whole" in said(strengths.blocks(made))


def test_places_are_by_name_and_no_ranking(tmp_path, generation, readings):
    made = material_of(tmp_path, generation, readings)
    places = keyed(strengths.blocks(made))["strengths-lcra-places"]
    table = places.table
    assert [row[0] for row in table.rows] == ["Ash Court", "Beech Row"]
    (theme, *_) = by_place(
        made.question("LCRA", "estate", compared_with=None), "neighbours", generation, readings.select(), 10
    )
    neighbours = next(row for row in table.file_rows if row[:2] == ("Ash Court", "Neighbours look out for each other"))
    assert neighbours[2:7] == (4, theme.share.value, theme.share.low, theme.share.high, 20)
    assert any("Ranges that overlap are no ranking." in line for line in places.about)


def test_a_short_pack_prints_how_each_kind_moved_and_a_long_one_the_places_too(tmp_path, generation, readings):
    board = keyed(strengths.blocks(material_of(tmp_path, generation, readings)))
    assert [key for key, block in board.items() if block.printed] == ["strengths-lcra-moved"]
    made = material_of(tmp_path, generation, readings)
    made.asked = replace(made.asked, kind="regulator")
    long = strengths.blocks(made)
    assert keyed(long)["strengths-lcra-places"].printed and "Ranges that overlap are no ranking." in said(long)
    assert set(keyed(long)) == set(board), "nothing is lost: it stands in the workbook"


def test_an_estate_that_few_serve_is_not_told(tmp_path):
    store = Store(tmp_path / "store", "real")
    store.publish(small_incoming(answers=120, estates=("Ash Court", "Beech Row", "Elm Rise"))).close()
    with closing(store.publish(small_records(sha256="b" * 64, teams=TEAMS))) as held:
        readings = readings_of(tmp_path, held, some)
        blocks = strengths.blocks(material_of(tmp_path, held, readings))
    table = keyed(blocks)["strengths-lcra-places"].table
    assert [row[0] for row in table.rows] == ["Elm Rise"]
    assert {row[-1] for row in table.file_rows if row[0] == "Beech Row"} >= {"fewer than three staff serve it"}


def test_offers_are_counted_inside_and_not_told_outside(tmp_path, generation, readings):
    inside = said(strengths.blocks(material_of(tmp_path, generation, readings)))
    assert "3 comments tell of skills or time that tenants give or offer." in inside
    for audience in (Audience.REGULATOR, Audience.PUBLIC):
        outside = said(strengths.blocks(material_of(tmp_path, generation, readings, audience)))
        assert "offer." not in outside.replace("or offer to.", "") and "May be asked about" not in outside


def test_the_register_is_counted_and_no_name_of_anything_is_told(tmp_path, generation, readings):
    register = Assets(tmp_path)
    for name, kind, estate in (
        ("Elm Hall", "hall", "Ash Court"),
        ("Choir", "group", "Ash Court"),
        ("Shop", "other", ""),
    ):
        register.add(Words(kind, name, estate, "open daily"), "Priya Shah", ("Ash Court",))
    blocks = strengths.blocks(material_of(tmp_path, generation, readings))
    table = keyed(blocks)["strengths-register"].table
    assert [(row[0], row[-1]) for row in table.file_rows] == [("Ash Court", 2), ("The whole landlord", 1)]
    assert not [name for name in ("Elm Hall", "Choir", "Shop", "Priya") if name in said(blocks) + str(table)]
    outside = strengths.blocks(material_of(tmp_path, generation, readings, Audience.REGULATOR))
    assert "strengths-register" not in keyed(outside) and "for the landlord's own people" in said(outside)


def test_few_comments_and_nothing_kept_are_said_and_do_not_fail(tmp_path, generation):
    few = readings_of(tmp_path, generation, lambda key, text: read(key, text) if int(text.split()[-1]) < 5 else None)
    told = said(strengths.blocks(material_of(tmp_path, generation, few)))
    assert "Not shown: fewer than 10 comments." in told and "Nothing is in the register" in told
    narrowed = said(strengths.blocks(material_of(tmp_path, generation, few, estate="Ash Court")))
    assert "Not shown" in narrowed
