"""Who was not heard from: silence is told before any figure, shortly to tenants, never by special category outside."""

from __future__ import annotations

import pytest
from incoming_records import small_records
from small_material import keys, said, small_material, table
from small_survey import small_incoming

from analysis.model import Audience
from dashboard.evidence.parts.unheard import NO_HOMES, blocks
from dashboard.words.silence import NONE_HELD
from data.store import Store


def homes_of(estate, number):
    return [
        {"home": f"{estate[:2]}{n}", "estate": estate, "tenure": "General needs", "tenure_group": "LCRA",
         "dwelling": True, "property_type": "Flat"}
        for n in range(number)
    ]  # fmt: skip


def sample_of(estate, invited, complete):
    return [
        {"wave": "2024", "reference": f"{estate[:2]}-{n}", "home_ref": f"{estate[:2]}{n}",
         "outcome": "complete" if n < complete else "no reply"}
        for n in range(invited)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """40 answers of Ash Court's 120 homes, none of Hushed Hill's 60, of which 30 were invited."""
    store = Store(tmp_path_factory.mktemp("unheard"), "real")
    store.publish(small_incoming(estates=("Ash Court",))).close()
    homes = [*homes_of("Ash Court", 120), *homes_of("Hushed Hill", 60)]
    store.publish(small_records(sha256="b" * 64, homes=homes)).close()
    sample = [*sample_of("Ash Court", 80, 40), *sample_of("Hushed Hill", 30, 0)]
    held = store.publish(small_records(sha256="c" * 64, sample=sample))
    yield held
    held.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_a_silent_estate_is_named_with_how_likely_luck_is(generation, home):
    made = blocks(small_material(generation, home))
    told = said(made)
    assert "No answer from 1 estate with 60 homes." in told
    assert "60 homes. Hushed Hill: 60 homes, 30 invited, no answer where 11 would be usual: quieter than" in told
    assert "Of 110 invited: no reply 64%, answered 36%." in told
    assert table(made, "unheard-lcra-estates")[0][:4] == ("Hushed Hill", "60", "30", "0")
    assert table(made, "unheard-lcra-outcomes") == (("No reply", "70", "64%"), ("Answered", "40", "36%"))


def test_how_wrong_the_figure_could_be_follows_from_the_homes_without_an_answer(generation, home):
    made = blocks(small_material(generation, home))
    everyone = table(made, "unheard-lcra-break-even")[0]
    # 40 of 180 answered, 30 of them satisfied: all others dissatisfied 30/180 = 17%, all satisfied 170/180 = 94%;
    # the one row is of the 140 homes without an answer.
    assert everyone[:2] == ("Every home that did not answer", "140")
    assert everyone[-2:] == ("17%", "94%")


def test_tenants_are_told_shortly_and_no_estate_is_named_to_them(generation, home):
    made = blocks(small_material(generation, home, "tsm", Audience.PUBLIC))
    assert "Hushed Hill" not in said(made)
    assert "unheard-lcra-estates" not in keys(made) and "unheard-lcra-outcomes" in keys(made)
    assert "On a scale where 1 is exactly alike" in said(made)


def test_special_categories_are_told_inside_only(generation, home):
    made = blocks(small_material(generation, home, "regulator", Audience.REGULATOR))
    assert said(made).count(NONE_HELD) == 1 and "unheard-lcra-people" not in keys(made)


def test_without_a_list_of_homes_it_says_what_is_not_known(tmp_path):
    held = Store(tmp_path, "real").publish(small_incoming())
    made = blocks(small_material(held, tmp_path))
    held.close()
    assert made[0].text == NO_HOMES and "No issued sample is held" in said(made)


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_of_one_estate_nobody_outside_is_told_its_channels_nor_what_became_of_six_invited(tmp_path, home, audience):
    store = Store(tmp_path, "real")
    store.publish(small_incoming(estates=("Ash Court",))).close()
    homes = [*homes_of("Ash Court", 120), *homes_of("Hushed Hill", 60)]
    store.publish(small_records(sha256="b" * 64, homes=homes)).close()
    sample = [*sample_of("Ash Court", 80, 40), *sample_of("Hushed Hill", 6, 2)]
    held = store.publish(small_records(sha256="c" * 64, sample=sample))
    try:
        made = blocks(small_material(held, home, "regulator", audience, "Hushed Hill"))
        inside = blocks(small_material(held, home, "regulator", Audience.INTERNAL, "Hushed Hill"))
    finally:
        held.close()
    assert "What became of those invited is not told: fewer than 10 were." in said(made)
    assert {"unheard-lcra-estates", "unheard-lcra-channels", "unheard-lcra-outcomes"} <= set(keys(inside))
    assert not {"unheard-lcra-estates", "unheard-lcra-channels", "unheard-lcra-outcomes"} & set(keys(made))
