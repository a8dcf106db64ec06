"""This week, safety and complaints, promises: what each says of a small landlord's records, and of none."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from small_year import TODAY, complaint, publish_records, take_contacts_in

from dashboard import actions
from data.reader import Reader

WEEK, COMPLAINTS, PROMISES = "this-week", "safety-and-complaints", "promises-decisions-meetings"
PAYLOAD = "![x](http://evil.example/a.png)<img src=x>"


@pytest.fixture(scope="session")
def records_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("records")
    hostile = complaint("X1", "2026-11-12", acknowledged="2026-11-16", category=PAYLOAD)
    publish_records(home, more=(hostile,))
    return home


@pytest.fixture
def recorded(home: Path, records_made_once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with records and no survey, on the day they stand at."""
    shutil.copytree(records_made_once, home)
    monkeypatch.setattr(actions, "today", lambda settings: TODAY)
    return home


def said(page):
    elements = [*page.markdown, *page.caption, *page.header, *page.info]
    return [element.value.replace("\\", "").replace("\u2060", "") for element in elements]


def rows(page, heading):
    """The tables of a page that have a column of that name, cell by cell."""
    tables = [table.value for table in page.table if heading in table.value.columns]
    return [[cell.replace("\\", "") for cell in row] for table in tables for row in table.to_numpy().tolist()]


# ── This week ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_overdue_comes_first_with_what_is_owed_and_by_when(draw, recorded):
    page = draw(WEEK)
    assert not page.exception
    assert "**1 complaint is overdue; 2 more are due in the next 7 days.**" in said(page)
    first = rows(page, "Owed")[0]
    assert first == ["C1", "Stage one", "Reply", "4 November 2026", "15 over", "Ash Court", "Repairs"]


def test_hazards_are_told_emergency_first_under_the_banner_of_what_this_is_not(draw, recorded):
    page = draw(WEEK)
    assert "**2 hazard cases are open: 1 emergency, 1 significant.**" in said(page)
    assert [row[0] for row in rows(page, "What the file says")] == ["H2", "H1"]
    assert any("not the system of record" in line for line in said(page))


def test_promises_on_the_first_page_do_not_say_what_was_promised(draw, recorded):
    page = draw(WEEK)
    assert "**1 promise made in replies is overdue.**" in said(page)
    assert "What was promised" not in [column for table in page.table for column in table.value.columns]


def test_the_first_look_shows_the_last_seven_days_and_the_next_only_what_is_newer(draw, recorded, monkeypatch):
    first = said(draw(WEEK))
    assert "You have not looked here before, so this is what came in since 18 November 2026:" in first
    assert "1 repair, 2 hazard cases." in first
    monkeypatch.setattr("data.reader.SITTING", timedelta(0))
    again = said(draw(WEEK))
    assert any(line.startswith("New since you last looked, on") for line in again)
    assert "Nothing new has come in." in again


def test_everything_of_the_last_seven_days_can_be_asked_for(draw, recorded, monkeypatch):
    draw(WEEK)
    monkeypatch.setattr("data.reader.SITTING", timedelta(0))
    page = draw(WEEK)
    page.toggle[0].set_value(True).run()
    assert "1 repair, 2 hazard cases." in said(page)


def test_a_look_is_kept_beside_the_store(draw, recorded):
    draw(WEEK)
    assert (recorded / "landlord" / "reader.sqlite").is_file()
    assert Reader(recorded / "landlord").look(datetime.now(UTC) + timedelta(days=1), {}, "") is not None


def test_an_estate_narrows_what_needs_a_person(draw, recorded):
    page = draw(WEEK, estate=["Beech Row"])
    assert "**1 hazard case is open: 1 emergency.**" in said(page)
    assert not any("complaint is overdue" in line for line in said(page))
    assert any(line.startswith("Shown for: 25 November 2026") and "Estate: Beech Row" in line for line in said(page))


def test_files_late_are_told_with_whose_they_are(draw, recorded, monkeypatch):
    monkeypatch.setattr(actions, "today", lambda settings: TODAY + timedelta(days=200))
    lines = said(draw(WEEK))
    assert any(line.endswith("files are late.**") for line in lines)
    assert any(line.startswith("Complaints, from ") and "was due" in line for line in lines)


def test_where_nothing_needs_a_person_the_page_says_so(draw, small, monkeypatch):
    small()
    monkeypatch.setattr("dashboard.session.data_alerts", tuple)
    assert "Nothing needs a person today." in said(draw(WEEK))


def test_new_comments_are_counted_with_a_way_to_read_them(draw, small, monkeypatch):
    small()  # forty answers of 1 May 2024, each with a comment
    monkeypatch.setattr(actions, "today", lambda settings: date(2024, 5, 3))
    page = draw(WEEK)
    assert "40 answers to surveys, 40 comments." in said(page)
    assert [link.proto.label for link in page.get("page_link")] == ["Read the comments"]


# ── Safety and complaints ────────────────────────────────────────────────────────────────────────


def test_the_published_rates_stand_with_what_they_are_made_of(draw, recorded):
    lines = said(draw(COMPLAINTS))
    # 25 accepted complaints of tenants in 200 rented homes
    assert "Stage one (CH01_1): 125.0 for every 1,000 homes (25 complaints, 200 homes)." in lines
    assert "Stage one (CH02_1): 22 of 25 answered in time, 22 without an extension and 0 within one." in lines
    assert any(line.startswith("Few complaints are not good news") for line in lines)
    assert "Recorded but not counted as complaints: 1 refused." in lines


def test_leaseholders_are_a_second_total_and_never_in_the_first(draw, recorded):
    page = draw(COMPLAINTS)
    assert "Leaseholders and others outside the measures" in said(page)
    assert "Stage one: 100.0 for every 1,000 homes (2 complaints, 20 homes)." in said(page)


@pytest.mark.parametrize("way", ["Topic", "Estate", "Tenure", "Month", "How it came in"])
def test_complaints_are_counted_every_way_with_words_and_a_table(way, draw, recorded):
    page = draw(COMPLAINTS)
    page.selectbox(key="counted-by").set_value(way_key(page, way)).run()
    assert not page.exception
    drawn = page.get("plotly_chart")
    assert all(chart.proto.alt for chart in drawn)
    assert sum(block.label == "Figures behind this chart" for block in page.expander) == len(drawn)
    assert rows(page, way)


def way_key(page, label):
    box = page.selectbox(key="counted-by")
    keys = ("category", "estate", "tenure", "route", "month")
    return next(key for key, shown in zip(keys, box.options, strict=True) if shown == label)


def test_a_handful_is_named_with_its_reason_and_not_drawn(draw, recorded):
    page = draw(COMPLAINTS, **{"counted-by": "Topic"})
    assert any(line.startswith("Not shown (fewer than 10): ") and "Repairs" in line for line in said(page))


def test_hazards_are_counted_by_severity_and_repairs_by_their_target(draw, recorded):
    page = draw(COMPLAINTS)
    assert rows(page, "Made safe") == [["Emergency", "1", "0"], ["Significant", "1", "1"]]
    assert "3 repairs were raised, 1 of them cancelled since; 2 were completed." in said(page)
    assert "Emergency: 1 of 1 were completed by their target day." in said(page)


def test_another_period_is_chosen_in_the_address(draw, recorded):
    page = draw(COMPLAINTS, period="July to September 2026 (Q2 2026/27)")
    assert any(line.startswith("Shown for: July to September 2026") for line in said(page))
    assert any(line.startswith("Stage one (CH01_1): 10.0 for every 1,000 homes (2 complaints") for line in said(page))


def test_a_tenure_narrows_complaints_and_homes(draw, recorded):
    page = draw(COMPLAINTS, tenure=["General needs"], estate=["Beech Row"])
    assert "Stage one (CH01_1): 210.0 for every 1,000 homes (21 complaints, 100 homes)." in said(page)


# ── Promises ─────────────────────────────────────────────────────────────────────────────────────


def test_promises_are_shown_redacted_overdue_first(draw, recorded):
    page = draw(PROMISES)
    found = rows(page, "What was promised")
    assert found[0][:5] == ["P1", "Stage one", "Overdue", "1 November 2026", "24 days over"]
    assert "07700" not in str(found) and "Jones" not in str(found) and "about the fence" in found[0][-1]
    assert "2 promises are recorded: 1 kept in time, 0 kept late, 1 still open." in said(page)


# ── Everywhere ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("path", "word"), [(COMPLAINTS, "No complaints are loaded"), (PROMISES, "No promises are")])
def test_without_records_the_remedy_is_told(path, word, draw, small):
    small()
    lines = said(draw(path))
    assert any(line.startswith(word) and "Data and packs" in line for line in lines)


@pytest.mark.parametrize("path", [WEEK, COMPLAINTS, PROMISES])
def test_markup_in_a_topic_is_never_left_for_markdown(path, draw, recorded):
    page = draw(path)
    assert not page.exception
    text = [str(cell) for table in page.table for cell in table.value.to_numpy().ravel()]
    text += [element.value for element in (*page.markdown, *page.caption)]
    assert not any("![x](" in each or "<img" in each.replace("\\<", "") for each in text)


def test_pages_of_a_survey_say_that_there_is_none(draw, recorded):
    page = draw("how-are-we-doing")
    assert not page.exception
    assert any(line.startswith("No survey is loaded yet") for line in said(page))


# ── Dissatisfaction never offered a complaint ────────────────────────────────────────────────────


def contacts(number: int, **more: object):
    return [
        {"reference": f"K{n}", "day": "2026-10-05", "home_ref": f"B{n + 40}", "channel": "telephone", "direction": "in",
         "listening": True, "text": PAYLOAD, "text_key": f"k{n}", **more}
        for n in range(number)
    ]  # fmt: skip


def test_dissatisfaction_no_complaint_followed_is_told_and_read(draw, recorded):
    take_contacts_in(recorded, contacts(12))
    page = draw(COMPLAINTS)
    assert not page.exception
    text = " ".join(said(page))
    assert "Dissatisfaction never offered a complaint" in text
    assert "No complaint followed within 10 working days: 12 of 12" in text
    assert "no complaint by 19 October 2026" in text
    assert [each.value for each in page.get("text") if each.value.startswith("taken out")]
    assert not any("taken out" in each for each in said(page))  # as text, never as markup
    page.radio(key="unoffered-by").set_value("estate").run()
    assert not page.exception and ["Beech Row", "12 of 12"] in [row[:2] for row in rows(page, "Estate")]


def test_the_contacts_are_read_a_page_at_a_time(draw, recorded):
    take_contacts_in(recorded, contacts(12))
    page = draw(COMPLAINTS)
    page.button(key="unoffered-older").click().run()
    assert not page.exception
    assert len([each for each in page.get("text") if each.value.startswith("taken out")]) == 2


def test_a_contact_that_was_read_leaves_the_list_with_a_name_and_may_be_read_again(draw, recorded):
    take_contacts_in(recorded, contacts(12))
    page = draw(COMPLAINTS)

    def answers():
        return [each for each in page.button if str(each.key).startswith("unoffered-offered-")]

    answers()[0].click().run()
    assert "A name is needed" in page.error[0].value and len(answers()) == 10
    page.text_input(key="unoffered-who").set_value("Ada").run()
    one = answers()[0]
    one.click().run()
    assert not page.exception and one.key not in [each.key for each in answers()]
    assert "A complaint was offered: Ada (name as given)" in " ".join(said(page))
    (back,) = [each for each in page.button if str(each.key).startswith("unoffered-back-")]
    back.click().run()
    assert one.key in [each.key for each in answers()]


def test_words_of_a_handful_of_households_are_not_shown(draw, recorded):
    take_contacts_in(recorded, contacts(4))
    page = draw(COMPLAINTS)
    assert not page.exception and not page.get("text")
    assert "Their words are not shown" in " ".join(said(page))


def test_without_contacts_there_is_no_such_section(draw, recorded):
    assert "Dissatisfaction never offered a complaint" not in " ".join(said(draw(COMPLAINTS)))
