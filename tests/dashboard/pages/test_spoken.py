"""What tenants say: strengths before complaints, no rise without a test, dangers on top, a click reads the comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_survey import small_incoming

import dashboard.answers as asking
from analysis.model import Danger, Mention, Reading, Redacted, Strength, Tone
from dashboard.pages import spoken
from data.language import load_language
from data.readings import Readings
from data.registers import danger_titles
from data.store import Store
from data.voices import unread

PAGE = "what-tenants-say"
PATCHES = (
    "alter table responses add column c_patch varchar default 'North'; "
    "insert into dimensions values ('c_patch', 'Patch', 'Housing officer', false)"
)
REPAIRS = "Repairs: how well they are done"
EMERGENCY = Danger(("gas_co",), "emergency", True)
DAMP = Danger(("damp_mould",), "significant", False)


def read_by_number(key: str, text: str, ill: int) -> Reading:
    """Respondent 1 tells of a strength, 2 and 3 of dangers, 4 is in no topic, 5 is set aside, 6 wrote most.

    All others speak of repairs: ill up to number ``ill``, well after it.
    """
    n = int(text.split()[-1])
    tone = Tone("positive" if n == 1 or n > ill else "negative", 0.5, (), 0.3 if n == 9 else 0.9)
    repairs = Mention("repairs_quality", "negative" if n <= ill else "positive")
    topics = {1: (), 4: (), 5: (), 7: (repairs, Mention("pests", "negative"))}.get(n, (repairs,))
    return Reading(
        key,
        Redacted(f"words of {n}" + " and on" * 30 * (n == 6)),
        tone,
        topics,
        False,
        "test",
        set_aside="not in English" if n == 5 else "",
        danger={2: DAMP, 3: EMERGENCY}.get(n),
        strengths=(Strength("neighbours"),) if n == 1 else (),
    )


@pytest.fixture
def told(home: Path):
    """Publishes surveys by name: how many answered, and up to which number they speak ill of repairs."""

    def publish(*changes: str, **waves: tuple[int, int]) -> None:
        store = Store(home / "landlord", "real")
        readings = Readings(store.readings_folder, load_language().version)
        for place, (name, (answers, ill)) in enumerate(waves.items()):
            year = int(name[1:])
            incoming = small_incoming(name[1:], answers, sha256=str(place) * 64, name=f"{name}.csv")
            # another text in each survey, so that each is read
            incoming.connection.execute(
                "update comments set text = wave || ' ' || text, text_key = md5(wave || text_key)"
            )
            for change in changes:
                incoming.connection.execute(change)
            incoming.connection.execute(f"update responses set date = date '{year}-05-01'")
            incoming.connection.execute(
                f"update waves set fieldwork_from = date '{year}-05-01', fieldwork_to = date '{year}-06-30', "
                f"reporting_year = '{year}/{year % 100 + 1}'"
            )
            generation = store.publish(incoming)
            incoming.connection.close()
            new = unread(generation, readings.select(), 10_000)
            readings.keep([read_by_number(key, text, ill) for key, _, text in new])
            generation.close()

    return publish


def said(page) -> str:
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.warning]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def headers(page) -> list[str]:
    return [element.value for element in page.header]


def opened(page, fold: str):
    """The page with one of its folds open."""
    page.session_state[fold] = True
    page.run()
    assert not page.exception
    return page


def shown(page) -> list[str]:
    return [element.value for element in page.text]


def test_strengths_stand_before_what_rises_and_before_the_topics(draw, told):
    told(w2024=(60, 20))
    page = draw(PAGE)
    assert not page.exception
    order = [headers(page).index(name) for name in ("Strengths", "What is rising", "What they speak about, and how")]
    assert order == sorted(order)
    assert "Told of most: Neighbours look out for each other (1 comment)." in said(page)
    assert "Most spoken well of: Repairs: how well they are done (40 comments)." in said(page)
    assert "One comment to read aloud" in said(page) and shown(page) == ["words of 1"]


def test_what_is_not_sure_set_aside_or_in_no_topic_is_counted_on_the_page(draw, told):
    told(w2024=(60, 20))
    assert "Not sure how 1 sound; 2 are in no topic; 1 is set aside (not in English 1)." in said(draw(PAGE))


def test_possible_dangers_are_told_first_and_an_emergency_is_on_top_of_the_list(draw, told):
    told(w2024=(60, 20))
    page = draw(PAGE)
    assert "2 comments may tell of a danger in a home: 1 perhaps an emergency. Read these first." in said(page)
    page = opened(page, "read-first")
    assert [text for text in shown(page) if text != "words of 1"] == ["words of 3", "words of 2"]
    assert f"Perhaps an emergency: {danger_titles()['gas_co']}; somebody vulnerable in the home" in said(page)
    assert "ask the agency to go back to them today" in said(page)


def test_without_an_earlier_survey_nothing_is_said_to_rise(draw, told):
    told(w2024=(60, 20))
    assert "nothing can be said to rise" in said(draw(PAGE))


def test_a_topic_that_only_moved_by_chance_does_not_rise(draw, told):
    told(w2024=(200, 60), w2025=(200, 62))
    page = draw(PAGE)
    assert not page.exception
    assert "Since 2024 no topic surely rose or fell" in said(page)


def test_a_click_on_a_mark_reads_its_comments(draw, told, monkeypatch):
    told(w2024=(60, 20))
    clicks = {"topics": ("Speaks ill of it", "Repairs: how well they are done")}
    monkeypatch.setattr(spoken, "figure_to_pick", lambda chart, key, beside="", how=None: clicks.get(key))
    page = draw(PAGE)
    assert not page.exception
    assert "Comments: Repairs: how well they are done, speaks ill of it" in said(page)
    numbers = {int(text.split()[2]) for text in shown(page)} - {1}
    assert len(numbers) == 5 and numbers <= set(range(2, 21)) - {4, 5}
    page.button(key="topics-older").click().run()
    assert not page.exception and {int(text.split()[2]) for text in shown(page)} - {1} != numbers


@pytest.mark.parametrize(
    ("key", "click", "part", "heading"),
    [
        ("topic-places", ("Share of comments", "Ash Court"), "One topic", f"Comments: {REPAIRS}, Ash Court"),
        ("topic-times", ("Share of comments", "2024"), "One topic", f"Comments: {REPAIRS}, 2024"),
        ("together", ("Share", "Pests"), "One topic", f"Comments: {REPAIRS}, Pests"),
        ("tones", ("Negative", "Beech Row"), "Place by place", "Comments: Beech Row, negative"),
    ],
)  # fmt: skip
def test_every_chart_has_its_comments_behind_it(draw, told, monkeypatch, key, click, part, heading):
    told(w2024=(60, 20))
    monkeypatch.setattr(spoken, "figure_to_pick", lambda chart, at, beside="", how=None: click if at == key else None)
    page = draw(PAGE, **{"spoken-part": part})
    assert not page.exception
    assert heading in said(page) and shown(page)


def test_the_charts_say_how_not_to_misread_them(draw, told):
    told(w2024=(60, 20))
    text = said(draw(PAGE))
    assert "The biggest topic is not the most important" in text and "One comment can be reason enough to act" in text
    assert "Solid: real change" not in text  # nothing to compare with, so no such chart
    assert "not how good the service is" in said(draw(PAGE, **{"spoken-part": "Place by place"}))


def test_what_a_count_would_lose_stands_in_short_lists(draw, told):
    told(w2024=(200, 60))
    page = draw(PAGE, **{"spoken-part": "Read"})
    labels = [fold.label.replace("\\", "") for fold in page.expander]
    for title in ("In no topic: 2 comments", "Rare topics", "The longest comments", "Set aside: 1 comment"):
        assert title in labels
    assert sorted(shown(opened(page, "no-list"))[:2]) == ["words of 1", "words of 4"]
    assert "words of 7" in shown(opened(page, "rare-list")) and "Pests 1." in said(page)
    assert shown(opened(page, "long-list"))[3].startswith("words of 6 and on")
    assert "words of 5" in shown(opened(page, "aside-list"))


def test_the_words_are_chosen_by_topic_and_by_how_it_is_spoken_of(draw, told):
    told(w2024=(60, 20))
    page = draw(PAGE, **{"spoken-part": "Read"})
    page.selectbox(key="topic").set_value("Pests").run()
    assert not page.exception and shown(page) == ["words of 7"]
    page.selectbox(key="spoken-of").set_value("Speaks well of it").run()
    assert shown(page) == []


def test_this_week_tells_of_possible_dangers_to_the_landlords_own_people_only(draw, told):
    told(w2024=(60, 20))
    assert "2 comments may tell of a danger in a home: 1 perhaps an emergency." in said(draw("this-week"))
    assert "may tell of a danger" not in said(draw("this-week", audience="public"))


def test_outside_the_landlord_no_words_are_shown(draw, told):
    told(w2024=(60, 20))
    for part in spoken.PARTS:
        page = draw(PAGE, **{"spoken-part": part, "audience": "public"})
        assert not page.exception and shown(page) == []


def test_comments_are_never_divided_by_officer_team_or_patch(draw, told):
    told(PATCHES, w2024=(60, 20))
    page = draw(PAGE, **{"spoken-part": "Place by place"})
    assert page.selectbox(key="by").options == ["Estate", "Tenure", "Area"]


def test_of_an_estate_with_few_comments_nothing_is_said_of_staff_on_the_ordinary_base(draw, told):
    told(w2024=(30, 20))
    page = draw(PAGE, estate="Ash Court")
    assert not page.exception
    hidden = "Not shown, fewer than 20 comments: Being listened to, Fairness and being judged, Staff: manner and"
    assert hidden in said(page) and hidden not in said(draw(PAGE))


def test_an_estate_of_two_officers_is_not_told_by_tone(draw, told, monkeypatch):
    told(w2024=(60, 20))
    monkeypatch.setattr(asking, "few_staffed", lambda generation, scope: frozenset({"Ash Court"}))
    page = draw(PAGE, **{"spoken-part": "Place by place"})
    assert "Not shown, fewer than three staff serve it: Ash Court." in said(page)
