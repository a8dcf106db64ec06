"""Weights on the page: what there is to weigh by, the look before deciding, using them, and the way back."""

from __future__ import annotations

import shutil

import pytest
from small_survey import small_incoming

from dashboard import actions
from data.settings import Settings, read_settings
from data.store import Store

DATA, PART = "data-and-packs", "Weights"


def said(page) -> str:
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error, *page.warning]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def cells(page, heading):
    found = next(t.value for t in page.table if heading in t.value.columns)
    return [[str(cell).replace("\\", "") for cell in row] for row in found.to_numpy()]


@pytest.fixture(scope="module")
def landlord(tmp_path_factory):
    """Every file of the invented landlord, loaded once."""
    home = tmp_path_factory.mktemp("landlord")
    actions.load_sample(Settings(home))
    return home


@pytest.fixture
def whole(landlord, home):
    """The invented landlord, whole, in the home of this test."""
    shutil.copytree(landlord, home)
    return home


def open_tab(draw):
    page = draw(DATA, part=PART)
    assert not page.exception
    page.selectbox(key="weigh-wave").set_value("Autumn 2025").run()
    return page


def test_the_usual_characteristics_are_chosen_and_what_they_would_do_is_shown_first(draw, whole):
    page = open_tab(draw)
    text = said(page)
    assert "Now: the weights of the file, or none." in text
    assert "Weighted by Stock type and Age (tenancies and people and the list of homes" in text
    assert "are then worth about" in text
    rows = cells(page, "Unweighted")
    assert [row[0].split()[0] for row in rows] == [f"TP{n:02d}" for n in range(1, 13)]
    assert all(row[1].endswith("%") and row[3][0] in "+−0" for row in rows)


def test_what_cannot_be_used_says_why(draw, whole):
    text = said(open_tab(draw))
    assert "Region: how many homes there are of each level is not known here" in text
    assert "answers do not say" in text


def test_without_a_characteristic_there_is_nothing_to_look_at(draw, whole):
    page = open_tab(draw)
    page.multiselect(key="weigh-by").set_value([]).run()
    assert not page.exception and "What these weights would do" not in said(page)


def test_used_weights_are_in_every_figure_and_the_weights_of_the_file_come_back(draw, whole):
    before = actions.sample_store(read_settings()).current()
    page = press(open_tab(draw), "weigh-use")
    assert "these weights are used from now on" in said(page)
    after = actions.sample_store(read_settings()).current()
    assert after.number == before.number + 1
    assert after.weights.weighing("Autumn 2025", "LCRA") is not None
    assert after.weights.weighing("Autumn 2025", "LCHO") is None
    page = open_tab(draw)
    assert "Now: Weighted by Stock type and Age" in said(page)
    measures = draw("how-are-we-doing", survey="Autumn 2025")
    assert not measures.exception and "Weighted by Stock type and Age" in said(measures)
    page = press(open_tab(draw), "weigh-back")
    assert "the weights of the file are used again" in said(page)
    assert actions.sample_store(read_settings()).current().weights.weighing("Autumn 2025", "LCRA") is None


def test_bounds_that_cannot_hold_every_number_of_homes_are_warned_of(draw, whole):
    page = open_tab(draw)
    page.number_input(key="weigh-low").set_value(0.9).run()
    page.number_input(key="weigh-high").set_value(1.1).run()
    assert not page.exception
    assert "The weights do not fit" in said(page)


@pytest.fixture
def small(home):
    """The landlord's own store with a small survey and no list of homes."""
    store = Store(home / "landlord", "real")
    store.publish(small_incoming()).close()
    return store


def test_without_a_list_of_homes_the_page_says_what_to_do(draw, small):
    page = draw(DATA, part=PART)
    assert not page.exception
    assert "load a list of homes, or give the numbers in a file" in said(page)


TYPED = "numbers in a file"


def with_file(page, text: str):
    page.radio(key="weigh-to").set_value(TYPED).run()
    page.file_uploader(key="weigh-targets").set_value([("homes.csv", text.encode(), "text/csv")]).run()
    return page


def test_numbers_in_a_file_are_weighed_to_and_faults_are_told(draw, small):
    held = small.current()
    levels = [level for (level,) in held.rows(
        "select distinct estate::varchar from responses where tenure_group = 'LCRA' and counts order by 1"
    )]  # fmt: skip
    page = with_file(draw(DATA, part=PART), "variable,level,N\nestate,Nowhere,10\n")
    assert not page.exception and "has no homes among the targets" in said(page)
    good = "variable,level,N\n" + "".join(f"estate,{level},{100 * (at + 1)}\n" for at, level in enumerate(levels))
    page = with_file(draw(DATA, part=PART), good)
    assert not page.exception and "Weighted by Geographical area (typed, from homes.csv)." in said(page)
    press(page, "weigh-use")
    assert small.current().weights.weighing("2024", "LCRA").source == "typed, from homes.csv"
