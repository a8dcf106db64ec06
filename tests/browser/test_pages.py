"""Every page in a real browser: it draws, is accessible and keeps to this machine, light and dark, wide and narrow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.pages import PAGES

GRAVE = {"critical", "serious"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALLOWED = json.loads((Path(__file__).parent / "streamlit_faults.json").read_text(encoding="utf-8"))


def open_page(visit, dashboard, title, **how):
    """A page reached as a person reaches it: from the front page, by its name."""
    one = visit(dashboard.url, **how)
    if title != PAGES[0].title:
        if one.page.viewport_size["width"] < 800:
            one.page.goto(f"{dashboard.url}/{next(page.path for page in PAGES if page.title == title)}")
        else:
            one.page.get_by_role("link", name=title).click()
        one.page.get_by_role("heading", name=title, level=1).wait_for()
    one.settle()
    return one


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_grave_fault_of_accessibility_is_ours(visit, sample, page, dark):
    one = open_page(visit, sample, page.title, dark=dark)
    found = Axe().run(one.page, options={"runOnly": TAGS}).response["violations"]
    grave = [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
        if not any(known["rule"] == fault["id"] and known["contains"] in node["html"] for known in ALLOWED)
    ]
    assert grave == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_draws_without_error_and_says_the_landlord_is_invented(visit, sample, page):
    one = open_page(visit, sample, page.title)
    assert one.page.get_by_text("Invented data").first.is_visible()
    assert one.page.get_by_text("encountered an error").count() == 0
    refused = [said for said in one.errors if "Content Security Policy" in said or "Refused to" in said]
    assert refused == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_fits_a_telephone(visit, sample, page):
    one = open_page(visit, sample, page.title, width=320)
    sideways = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0


def test_filters_live_in_the_address_and_reopen_the_same_view(visit, sample):
    one = visit(f"{sample.url}/how-are-we-doing")
    one.page.get_by_text("LCHO", exact=True).click()
    one.page.wait_for_url("**LCHO**")
    again = visit(one.page.url)
    again.page.get_by_text("Shown for", exact=False).first.wait_for()
    assert "LCHO" in again.page.get_by_text("Shown for", exact=False).first.inner_text()


def test_a_filter_goes_along_from_page_to_page(visit, sample):
    one = visit(f"{sample.url}/how-are-we-doing")
    one.page.get_by_text("LCHO", exact=True).click()
    one.page.wait_for_url("**LCHO**")
    one.page.get_by_role("link", name="What tenants say").click()
    one.page.get_by_role("heading", name="What tenants say", level=1).wait_for()
    one.settle()
    assert "LCHO" in one.page.get_by_text("Shown for", exact=False).first.inner_text()


def test_a_wrong_address_does_no_harm(visit, sample):
    one = visit(f"{sample.url}/?wave=nonsense&group=XXXX&estate=%3Cimg%20src%3Dhttp%3A%2F%2Fevil.example%3E")
    assert one.page.get_by_role("heading", name="This week", level=1).is_visible()
    assert one.page.get_by_text("encountered an error").count() == 0


def test_the_nine_pages_are_named_beside_the_page_in_reading_order(visit, sample):
    one = visit(sample.url)
    named = one.page.get_by_test_id("stSidebarNavLink").all_inner_texts()
    assert [name.strip() for name in named] == [page.title for page in PAGES]
    assert len(PAGES) == 9


def test_what_needs_a_person_opens_to_the_list_of_it(visit, sample):
    one = visit(sample.url)
    one.page.get_by_text("See which").first.click()
    one.page.get_by_role("columnheader", name="Reference").first.wait_for()
    assert one.page.get_by_role("columnheader", name="Owed").first.is_visible()


def test_the_way_complaints_are_counted_lives_in_the_address(visit, sample):
    one = visit(f"{sample.url}/safety-and-complaints")
    one.page.get_by_text("Stage two", exact=True).first.click()
    one.page.wait_for_url("**stage=**")
    again = visit(one.page.url)
    assert again.page.get_by_role("radio", name="Stage two").is_checked()


def test_every_answer_carries_the_policy_that_keeps_it_here(visit, sample, chromium):
    page = chromium.new_page()
    response = page.goto(sample.url)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy and "https:" not in policy and "*" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    page.close()
