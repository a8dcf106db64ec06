"""A pack built by clicking and downloaded; its pages looked at; requests kept. Each tab accessible, wide and narrow."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

GRAVE = {"critical", "serious"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALLOWED = json.loads((Path(__file__).parent / "streamlit_faults.json").read_text(encoding="utf-8"))
LONGEST = 240_000  # milliseconds: the machine may have other work
TABS = ("Packs", "Requests", "Summary of approach")


def grave_faults(page):
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
        if not any(known["rule"] == fault["id"] and known["contains"] in node["html"] for known in ALLOWED)
    ]


@pytest.fixture
def tab(visit, sample):
    def opened(name, **how):
        one = visit(f"{sample.url}/data-and-packs?part={name.replace(' ', '+')}", **how)
        one.settle()
        return one

    return opened


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", TABS)
def test_no_grave_fault_of_accessibility_is_ours(tab, name, dark):
    one = tab(name, dark=dark)
    assert one.page.get_by_text("encountered an error").count() == 0
    assert grave_faults(one.page) == []


@pytest.mark.parametrize("name", TABS)
def test_a_tab_fits_a_telephone(tab, name):
    one = tab(name, width=320)
    sideways = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0


def test_a_pack_is_built_by_clicking_seen_by_another_tab_and_downloaded(tab):
    one = tab("Packs")
    one.page.get_by_role("button", name="Build the pack").click()
    one.page.get_by_role("button", name="Cancel").wait_for(timeout=LONGEST)
    other = tab("Packs")
    seen = other.page.get_by_role("button", name="Cancel").count() or other.page.get_by_text("Pack 1").count()
    assert seen, "another tab sees what is under way, or the pack that came of it"
    one.page.get_by_text("is made:").wait_for(timeout=LONGEST)
    one.settle()
    with one.page.expect_download() as saved:
        one.page.get_by_role("button", name="Download everything (zip)").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(saved.value.path()).read_bytes()))
    assert {"tsm.pdf", "tsm.docx", "tsm.xlsx", "manifest.json"} <= set(archive.namelist())
    assert archive.read("tsm.pdf").startswith(b"%PDF")
    assert grave_faults(one.page) == []


def test_its_pages_are_looked_at_with_words_for_each(tab):
    one = tab("Packs")
    one.page.get_by_role("button", name="Look at the pages").click()
    one.page.get_by_role("heading", name="The pages").wait_for(timeout=LONGEST)
    one.settle()
    one.page.get_by_role("img", name="Page 1 of").wait_for()
    one.page.get_by_role("button", name="Next page").click()
    one.page.get_by_role("img", name="Page 2 of").wait_for()
    assert grave_faults(one.page) == []


def test_a_cancelled_build_keeps_nothing(tab):
    one = tab("Packs")
    one.page.get_by_role("button", name="Build the pack").click()
    one.page.get_by_role("button", name="Cancel").click(timeout=LONGEST)
    one.page.get_by_text("Cancelled. Nothing was kept").wait_for(timeout=LONGEST)


def test_a_request_is_kept_and_listed(tab):
    one = tab("Requests")
    one.page.get_by_role("textbox", name="Your name").fill("Jo Field")
    one.page.keyboard.press("Tab")
    one.settle()
    one.page.get_by_text("Add a request").click()
    one.settle()
    one.page.get_by_role("textbox", name="What is asked").fill("Satisfaction by ethnic group")
    one.page.keyboard.press("Tab")
    one.page.get_by_role("textbox", name="Due on").fill("2026-12-18")
    one.page.keyboard.press("Tab")
    one.page.get_by_role("textbox", name="Owner").fill("Compliance")
    one.page.keyboard.press("Tab")
    one.settle()
    one.page.get_by_role("button", name="Keep the request").click()
    one.page.get_by_text("The request is kept.").wait_for()
    one.settle()
    assert one.page.get_by_text("Satisfaction by ethnic group").first.is_visible()
    assert grave_faults(one.page) == []
