"""How we compare: our measures beside the sector's quartiles, and any landlord of an imported year."""

from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from dashboard import actions
from data.settings import read_settings

PAGE, PART = "how-are-we-doing", "How we compare"
DONE = {"RP02_1": (90.0, 100.0)}
PHONE, ONLINE = {"Telephone": 1000}, {"Internet": 600, "Telephone": 400}


def said(page) -> str:
    elements = [*page.header, *page.markdown, *page.caption, *page.warning]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def open_tab(draw):
    page = draw(PAGE, **{"measures-part": PART})
    assert not page.exception
    return page


@pytest.fixture
def imported(home):
    """Two years of a made-up sector: 30 landlords, of whom one was asked online the second time."""
    years = actions.sector_years(read_settings())
    steps = [Made(f"L{n:02d}", 0.5 + n / 100, methods=PHONE) for n in range(29)]
    years.keep(sector_year([*steps, Made("OURS", 0.80, methods=PHONE)], "2023/24"))
    results = {"Internet": (0.6, 600), "Telephone": (0.75, 400)}
    years.keep(sector_year([*steps, Made("OURS", 0.65, methods=ONLINE, by_method=results, management=DONE)], "2024/25"))


def test_our_measures_stand_beside_the_quartiles_that_come_with_the_program(draw, sample):
    page = open_tab(draw)
    text = said(page)
    assert "Our measures beside other landlords" in text
    assert "Open Government Licence v3.0 (Regulator of Social Housing)" in text
    rows = next(t.value for t in page.table if "May claim" in t.value.columns)
    assert len(rows) == 12 and any("quarter" in str(cell) for cell in rows["May claim"])


def test_without_an_imported_year_the_page_says_how_to_get_one(draw, sample):
    assert "bring in the regulator's workbook" in said(open_tab(draw))


def test_any_landlord_has_its_place_its_moves_and_its_way_of_asking(draw, sample, imported):
    page = open_tab(draw)
    page.selectbox(key="standing-landlord").set_value("OURS").run()
    assert not page.exception
    text = said(page)
    assert "The part asked by telephone fell by 60 points since 2023/24" in text
    assert "Asked differently: 1 measure." in text
    assert "Internet: 60% (56% to 64%) of 600 answers" in text
    assert "Internet against the telephone: −15.0 points" in text
    assert "1,000 responses from renters (LCRA) in 20,000 homes." in text
    managed = next(t.value for t in page.table if "Figure and landlords beside it" in t.value.columns)
    assert managed.iloc[0, 1].replace("\\", "").startswith("90.0% (90 of 100)")
    assert "Not for publication" in text
    assert "30 landlords alike in region and type: North, Council" in text


def test_peers_may_be_named(draw, sample, imported):
    page = open_tab(draw)
    page.selectbox(key="standing-landlord").set_value("L05").run()
    page.multiselect(key="standing-named").set_value([f"L{n:02d}" for n in range(6, 17)]).run()
    assert not page.exception
    assert "12 landlords alike in named landlords" in said(page)


def test_with_no_survey_of_our_own_any_landlord_can_be_looked_at(draw, imported):
    page = draw(PAGE)
    assert not page.exception
    assert "Where a landlord stands" in said(page)
    page.selectbox(key="standing-landlord").set_value("L28").run()
    assert not page.exception and "sure of its quarter" in said(page)
