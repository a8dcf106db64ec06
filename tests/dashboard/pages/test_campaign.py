"""The campaign on its tab: begun, one card at a time, what is told first, and nothing shown that does not belong."""

from __future__ import annotations

import pytest
from small_campaign import begun, contact_file, everybody, landlord

from data.campaign import Assumptions, Calling, Campaigns, Matters

PAGE, TAB = "who-we-have-not-heard-from", "Campaign"


@pytest.fixture
def store(home):
    """A landlord with tenancies, and a campaign of two callers begun now."""
    from datetime import UTC, datetime

    folder = home / "landlord"
    held = landlord(folder)
    begun(folder, held, contact_file(home, everybody()), now=datetime.now(UTC))
    held.close()
    return folder


@pytest.fixture
def tab(draw, store):
    """Draws one part of the tab."""

    def drawn(part="Call", **address):
        page = draw(PAGE, **{"silence-part": TAB, "campaign-part": part, **address})
        assert not page.exception
        return page

    return drawn


def said(page):
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.success, *page.error, *page.info]
    elements += [*page.warning, *page.text]
    return " ".join(str(element.value).replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def opened(tab, who="Ann"):
    page = tab()
    page.selectbox(key="caller").set_value(who).run()
    return press(page, "Open the next home")


def answer(page, what, value):
    (radio,) = [each for each in page.radio if each.key and each.key.startswith("call-") and each.key.endswith(what)]
    radio.set_value(value)
    return page


def keep(page, outcome="reached"):
    return press(answer(page, "-outcome", outcome), "Keep, and open the next")


def test_safeguard_9_a_card_shows_a_name_a_number_and_three_fields(tab, store):
    page = opened(tab)
    shown = said(page)
    assert [each.value for each in page.subheader if "Wren" in each.value]
    assert "07700" in shown
    assert "Language, and help with it: not known" in shown
    card = page.session_state["campaign-card"][2]
    home = card.name.split()[-1]
    for hidden in (f"T{home}", "Ash Court", "Beech Row", "25–34", "6–10 years", "General needs"):
        assert hidden not in shown


def test_safeguard_9_what_is_told_comes_before_everything_else_of_the_form(tab):
    page = opened(tab)
    labels = [button.label for button in page.button]
    told = ["Danger in the home", "Harm or abuse", "A complaint"]
    assert [label for label in labels if label in (*told, "Keep, and open the next")] == [
        *told,
        "Keep, and open the next",
    ]


def test_one_click_passes_it_on_with_the_moment_and_this_week_says_so(tab, draw, store):
    page = press(opened(tab), "Danger in the home")
    (matter,) = Matters(store).open()
    assert (matter.kind, matter.words, matter.heard_by) == ("danger", "", "Ann")
    assert "ring 999" in said(page)
    page.text_area(key="told-said").set_value("Bare wires in the hall")
    press(page, "Add these words to it")
    assert Matters(store).open()[0].words == "Bare wires in the hall"
    week = draw("this-week")
    assert "Told on the telephone and not seen to yet: 1 (danger in the home 1)." in said(week)
    assert "Bare wires" not in said(week)
    assert not [table for table in week.table if "Bare wires" in str(table.value) or matter.home in str(table.value)]
    safety = draw("safety-and-complaints")
    assert "Bare wires in the hall" in said(safety)


def test_a_matter_is_marked_as_seen_to_by_a_name(tab, store, draw):
    press(opened(tab), "A complaint")
    page = press(tab("What was told"), "Mark as seen to")
    assert "A name is needed" in said(page)
    page.text_input(key="told-who").set_value("Jo")
    page = press(page, "Mark as seen to")
    assert "Give the reference it has there" in said(page)
    page.text_input(key="told-1-reference").set_value("CMP-12")
    page = press(page, "Mark as seen to")
    assert "passed on, with a reference (CMP-12), by Jo (name as given)" in said(page)
    assert Matters(store).open() == ()
    assert "Told on the telephone" not in said(draw("this-week"))
    press(page, "Open it again")
    assert len(Matters(store).open()) == 1


def test_the_words_of_harm_open_to_a_name_that_is_kept_on_record(tab, store):
    from data.ledger import Ledger

    page = press(opened(tab), "Harm or abuse")
    page.text_area(key="told-said").set_value("He hits me")
    press(page, "Add these words to it")
    page = tab("What was told")
    assert "He hits me" not in said(page)
    page.text_input(key="told-who").set_value("Jo")
    show = next(button.label for button in page.button if button.label.startswith("Show the words"))
    page = press(page, show)
    assert "He hits me" in said(page)
    assert [line.detail["who"] for line in Ledger(store).of("words of matter read")] == ["Jo"]


def test_pressed_by_mistake_is_marked_so(tab, store):
    press(press(opened(tab), "A complaint"), "I pressed it by mistake")
    assert [each.done for each in Matters(store).all()] == ["by_mistake"]


def test_a_call_is_kept_and_the_next_home_is_open(tab, store):
    page = opened(tab)
    first = page.session_state["campaign-card"][2].card
    answer(page, "-language", "changed")
    answer(page, "-keep", "yes")
    next(each for each in page.text_input if each.key.endswith("language-now")).set_value("Welsh")
    page = keep(page)
    assert page.session_state["campaign-card"][2].card != first
    assert [each.now for each in Campaigns(store).changes(1) if each.now] == ["Welsh"]


def test_without_an_outcome_nothing_is_kept_and_what_was_typed_stays(tab, store):
    page = opened(tab)
    field = next(each for each in page.text_input if each.key.endswith("language-now"))
    field.set_value("Welsh")
    page = press(page, "Keep, and open the next")
    assert "Say what became of the call" in said(page)
    assert next(each for each in page.text_input if each.key.endswith("language-now")).value == "Welsh"
    assert Campaigns(store).progress(1, 1).everyone.to_call == 40


def test_a_stale_card_is_told_and_the_call_is_kept_beside(tab, store):
    from datetime import UTC, datetime, timedelta

    page = opened(tab)
    card = page.session_state["campaign-card"][2]
    later = datetime.now(UTC) + timedelta(hours=1)
    taken = Calling(store).next_card(1, "Ann", later)
    assert taken.card == card.card
    page = keep(page)
    assert "nothing of it is lost" in said(page)
    assert [each.outcome for each in Calling(store).beside(1)] == ["reached"]
    lists = tab("Lists and progress")
    lists.text_input(key="campaign-beside-who").set_value("Lee")
    press(lists, "This call counts")
    assert Campaigns(store).progress(1, 1).everyone.reached == 1


def test_the_last_call_is_taken_back(tab, store):
    page = keep(opened(tab), "refused")
    page = press(press(page, "Close this home without a call"), "Take my last call back")
    assert "taken back" in said(page)
    assert Campaigns(store).progress(1, 1).everyone.to_call == 40


def test_safeguard_10_an_assumption_is_left_without_a_name_and_read_before_a_room(tab, store):
    page = tab()
    page.selectbox(key="caller").set_value("Ann").run()
    page.text_area(key="assumed-text").set_value("That she would be cross")
    page = press(page, "Leave it here")
    assert "Left, without your name" in said(page) and not page.text_area(key="assumed-text").value
    for n in range(4):
        Assumptions(store).add(1, f"That nobody there works {n}")
    page = tab("What we had assumed")
    assert "Nothing has been read and approved yet." in said(page)
    page.text_input(key="assumed-who").set_value("Lee")
    press(page, "Let a room see it")
    assert len(Assumptions(store).approved()) == 1


def test_lists_and_progress_tell_of_homes_and_no_caller_is_scored(tab, store):
    keep(opened(tab))
    page = tab("Lists and progress")
    assert "Reached: 1 of 40 homes" in said(page)
    frames = [table.value for table in page.table]
    (lists,) = [frame for frame in frames if "Still to call" in frame and "Of those on paper" in frame]
    assert [name.replace("\\", "") for name in lists.columns] == [
        "Caller (name as given)",
        "Homes on the list",
        "Still to call",
        "Of those on paper",
    ]
    assert not [
        frame for frame in frames if "Reached" in frame and frame.astype(str).isin(["Ann", "Bo"]).to_numpy().any()
    ]


def test_it_is_ended_only_once_the_box_is_ticked(tab, store):
    page = tab("Lists and progress")
    page.text_input(key="campaign-close-who").set_value("Lee")
    page = press(page, "End it")
    assert "Tick the box" in said(page)
    page.checkbox(key="campaign-sure").set_value(True)
    page = press(page, "End it")
    assert "Autumn is over, and its names are gone." in said(page)
    assert Campaigns(store).get(1).destroyed


def test_paper_is_made_once_and_recorded_as_destroyed(tab, store):
    page = tab("Lists and progress")
    page.text_input(key="campaign-paper-who").set_value("Lee")
    page = press(page, "Make the list")
    assert "List C1-P1 is made" in said(page)
    page.text_input(key="campaign-destroyed-who").set_value("Jo")
    page = press(page, "Record that it is destroyed")
    assert "List C1-P1 is recorded as destroyed." in said(page)


def test_a_campaign_is_begun_on_the_page(tab, store):
    Campaigns(store).close(1, "Lee", 1)
    page = tab("Begin a campaign")
    rows = "\n".join(",".join(row) for row in everybody())
    file = f"Property ref,Tenancy ref,Name,Telephone,DNC,DA flag,Legal,Deceased\n{rows}\n"
    (uploader,) = page.get("file_uploader")
    uploader.set_value(("contacts.csv", file.encode(), "text/csv")).run()
    assert not page.exception
    page.radio(key="campaign-how").set_value("silent").run()
    assert "40 homes of 40 homes looked at." in said(page)
    page.text_input(key="campaign-name").set_value("Spring")
    page.text_area(key="campaign-staff").set_value("Ann\nBo\nCy")
    page.text_input(key="campaign-by").set_value("Lee")
    page = press(page, "Begin the campaign")
    assert "Spring has begun: 40 homes: 13 or 14 for each of 3 callers." in said(page)
    assert [each.name for each in Campaigns(store).all()] == ["Spring", "Autumn"]


@pytest.mark.parametrize("path", ["this-week", "how-are-we-doing", "data-and-packs"])
def test_a_campaign_past_its_day_is_destroyed_whichever_page_is_opened(path, draw, home):
    from datetime import UTC, datetime, timedelta

    folder = home / "landlord"
    held = landlord(folder)
    begun(folder, held, contact_file(home, everybody()), now=datetime.now(UTC) - timedelta(days=30))
    held.close()
    assert b"Wren" in b"".join(path.read_bytes() for path in folder.glob("campaigns.sqlite*"))
    assert not draw(path).exception
    assert b"Wren" not in b"".join(path.read_bytes() for path in folder.glob("campaigns.sqlite*"))
    assert Campaigns(folder).get(1).closed == "it came to its end"


def test_what_is_told_while_somebody_ends_the_campaign_is_still_passed_on(tab, store):
    page = opened(tab)
    Campaigns(store).close(1, "Lee", 1)
    page = press(page, "Danger in the home")
    assert "Wren" not in said(page) and "ring 999" in said(page)
    (matter,) = Matters(store).open()
    assert (matter.kind, matter.home) == ("danger", "not known: it stands in the words")
    page.text_area(key="told-said").set_value("Gas, 4 Ash Court")
    press(page, "Add these words to it")
    assert Matters(store).open()[0].words == "Gas, 4 Ash Court"


def test_for_somebody_outside_there_is_no_list_and_no_word(tab, store, draw):
    press(opened(tab), "A complaint")
    page = tab(audience="public")
    assert "Call lists are for the landlord's own people" in said(page)
    assert "Wren" not in said(page)
    assert "Told on the telephone" not in said(draw("safety-and-complaints", audience="public"))


def test_without_any_campaign_the_tab_offers_to_begin_one(draw, home):
    landlord(home / "landlord").close()
    page = draw(PAGE, **{"silence-part": TAB})
    assert not page.exception
    assert "The contact file" in said(page)
