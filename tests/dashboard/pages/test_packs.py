"""Packs on the page: chosen, ordered, made by another process, looked at, downloaded, checked, taken away."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from dashboard import packs, session
from dashboard.evidence.sections import SECTIONS, ready_made
from data.store import Store

DATA, PART = "data-and-packs", "Packs"
LONGEST = 90  # seconds


def said(page):
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error, *page.warning, *page.info]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def choose(page, kind="board", parts=("measures",)):
    page.selectbox(key="pack-kind").set_value(kind).run()
    page.multiselect(key=f"pack-parts-{kind}").set_value(list(parts)).run()
    return page


def finished(page):
    """The page once nothing is under way."""
    until = time.monotonic() + LONGEST
    while session.workshop().running() is not None:
        assert time.monotonic() < until, "it did not end"
        time.sleep(0.1)
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def page(draw, small):
    small(answers=40)
    drawn = draw(DATA, part=PART)
    assert not drawn.exception
    yield drawn
    session.workshop().close()


@pytest.fixture
def store(home):
    return Store(home / "landlord", "real")


def test_each_ready_made_pack_has_its_own_parts_and_is_for_whom_it_is_usually_for(page):
    page.selectbox(key="pack-kind").set_value("regulator").run()
    assert page.multiselect(key="pack-parts-regulator").value == list(ready_made("regulator"))
    assert page.radio(key="pack-profile-regulator").value == "regulator"
    assert "Usually for the regulator." in said(page)


def test_parts_are_put_into_another_order_and_back(page):
    key = "pack-parts-tsm"
    first, second, *rest = page.multiselect(key=key).value
    page.session_state[f"{key}-order"] = True
    page.run()
    page.selectbox(key=f"{key}-which").set_value(second).run()
    press(page, f"{key}-up")
    assert page.multiselect(key=key).value == [second, first, *rest]
    press(page, f"{key}-back")
    assert page.multiselect(key=key).value == list(ready_made("tsm"))


def test_a_part_may_be_left_out_and_one_from_another_pack_put_in(page):
    parts = choose(page, parts=("glossary", "measures")).multiselect(key="pack-parts-board")
    assert len(parts.options) == len(SECTIONS) and parts.value == ["glossary", "measures"]


def test_without_parts_or_tenants_there_is_nothing_to_build(page):
    page.multiselect(key="pack-parts-tsm").set_value([]).run()
    page.multiselect(key="pack-whom").set_value([]).run()
    assert "Choose at least one part." in said(page) and "Choose renters, shared owners or both." in said(page)
    assert not [button for button in page.button if button.key == "pack-build"]


def test_a_pack_is_built_kept_and_downloaded(page, store):
    page.text_input(key="packs-who").set_value("Jo").run()
    press(choose(page), "pack-build")
    assert "asked for by Jo (name as given)" in said(page)
    finished(page)
    assert "Pack 1 is made" in said(page)
    (kept,) = packs.history(store)
    assert kept.who == "Jo" and kept.asked["sections"] == ["measures"]
    archive = packs.archive_of(1, store)
    assert {"board.pdf", "board.docx", "board.xlsx"} <= set(zipfile.ZipFile(io.BytesIO(archive)).namelist())
    labels = {button.label for button in page.get("download_button")}
    assert {"Everything (zip)", "PDF", "Word", "Workbook"} <= labels


def test_while_one_is_built_another_tab_sees_it_and_cannot_begin_a_second(page, draw):
    press(choose(page), "pack-build")
    other = draw(DATA, part=PART)
    if session.workshop().running() is not None:  # the machine may have been quick
        assert "What tenants say: for the board, begun at" in said(other)
        assert other.button(key="pack-build").disabled
    finished(page)


def test_cancelled_nothing_is_kept_and_the_page_says_so(page, store):
    press(choose(page), "pack-build")
    job = session.workshop().running()
    session.workshop().cancel(job.key)
    page.run()
    assert "Cancelled. Nothing was kept" in said(page)
    assert packs.history(store) == ()


def test_a_build_that_dies_is_told_with_what_to_do(page, store):
    press(choose(page), "pack-build")
    shop = session.workshop()
    shop._processes[shop.running().key].kill()
    finished(page)
    assert "nothing was kept. Do it again" in said(page)


def test_pages_are_looked_at_one_at_a_time_with_words_for_each(page):
    press(choose(page), "pack-look")
    finished(page)
    assert "The pages" in said(page)
    (picture,) = page.get("image")
    assert picture.proto.imgs[0].alt.startswith("Page 1 of ")
    page.multiselect(key="pack-parts-board").set_value(["glossary"]).run()
    assert "These pages are of an earlier choice" in said(page)


def test_a_kept_pack_is_checked_made_again_and_taken_away(page, store):
    press(choose(page), "pack-build")
    finished(page)
    press(page, "kept-1-check")
    finished(page)
    assert "Identical" in said(page)
    press(page, "kept-1-again")
    finished(page)
    assert "the same to the byte" in said(page)
    page.checkbox(key="kept-1-sure").check().run()
    press(page, "kept-1-remove")
    assert packs.history(store) == () and "No pack has been made yet." in said(page)


def test_an_archive_changed_on_the_disk_is_told_and_not_offered(page, store):
    press(choose(page), "pack-build")
    finished(page)
    (kept,) = packs.history(store)
    kept.archive.write_bytes(b"no zip")
    page.run()
    assert "was changed since it was made" in said(page)
    assert "Everything (zip)" not in {button.label for button in page.get("download_button")}


def test_a_screen_for_the_public_offers_and_lists_nothing_made_for_others(page, draw):
    press(choose(page), "pack-build")
    finished(page)
    outside = draw(DATA, part=PART, audience="public")
    assert outside.radio(key="pack-profile-tsm").options == ["The public"]
    assert "No pack has been made yet." in said(outside)
