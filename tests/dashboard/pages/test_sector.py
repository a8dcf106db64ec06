"""The sector on the page: a workbook is read, checked, kept, taken back, and landlords that changed are matched."""

from __future__ import annotations

import pytest
from sector_workbook import NEW, landlords, made, workbook
from sector_years import Made, sector_year

from dashboard import actions
from data.sector_matches import Matches
from data.settings import read_settings

DATA, PART = "data-and-packs", "The sector"


def said(page) -> str:
    elements = [*page.header, *page.markdown, *page.caption, *page.warning, *page.error, *page.success]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


@pytest.fixture
def book(tmp_path):
    return made(tmp_path, NEW, workbook(NEW, landlords())).read_bytes()


def offered(page, content: bytes, name: str = "tsm.xlsx"):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.file_uploader(key="sector-file").set_value([(name, content, kind)]).run()
    assert not page.exception
    return page


def test_a_workbook_is_recognised_and_computed_anew_before_it_is_kept(draw, sample, book):
    page = offered(draw(DATA, part=PART), book)
    text = said(page)
    assert "Recognised as 2024/25" in text and "margins of error agree with the counts" in text
    assert actions.sector_years(read_settings()).years() == ()
    page = press(page, "sector-keep")
    assert actions.sector_years(read_settings()).years() == ("2024/25",)
    assert "2024/25 is kept." in said(page)


def test_what_is_no_workbook_of_the_regulator_is_refused_in_words(draw, sample):
    page = offered(draw(DATA, part=PART), b"PK not a workbook")
    assert page.error and not page.exception


def test_a_year_is_taken_back_or_removed(draw, sample):
    years = actions.sector_years(read_settings())
    years.keep(sector_year([Made("A", 0.7)]))
    page = press(draw(DATA, part=PART), "sector-remove-2024/25")
    assert years.years() == () and "2024/25 is removed" in said(page)


def test_a_landlord_that_changed_its_code_is_matched_by_a_person(draw, sample):
    years = actions.sector_years(read_settings())
    years.keep(sector_year([Made("OLD", 0.7), Made("SAME", 0.6)], "2023/24"))
    years.keep(sector_year([Made("OLDER", 0.7), Made("SAME", 0.6)], "2024/25"))
    page = draw(DATA, part=PART)
    assert not page.exception and "changed code or name between 2023/24 and 2024/25" in said(page)
    page.selectbox(key="sector-meant-OLD").set_value("OLDER").run()
    press(page, "sector-match")
    assert Matches(years.folder).said("2023/24", "2024/25") == {"OLD": "OLDER"}
    assert "Open Government Licence" in said(page)
    page = press(page, "sector-unmatch")
    assert Matches(years.folder).said("2023/24", "2024/25") == {}
    assert "What was said of OLD Homes is forgotten." in said(page)


def test_the_year_may_be_given_where_the_workbook_is_not_clear(draw, sample, book):
    page = draw(DATA, part=PART)
    page.text_input(key="sector-file-year").set_value("2019/2")
    page = offered(page, book)
    assert page.error
    page.text_input(key="sector-file-year").set_value("2024/25").run()
    assert not page.exception and not page.error and "Recognised as 2024/25" in said(page)


def test_the_sector_can_be_brought_in_with_nothing_of_our_own(draw, home):
    page = draw(DATA)
    assert not page.exception and "The regulator's workbook of a year" not in said(page)
    page.checkbox(key="sector-first").check().run()
    assert not page.exception
    assert "The regulator's workbook of a year" in said(page)
