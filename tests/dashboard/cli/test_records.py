"""Complaints and this week from the command line, over records made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_year import TODAY, publish_records, take_contacts_in

from dashboard import actions
from dashboard.cli import main
from data.settings import HOME_VARIABLE


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("recorded")
    publish_records(home)
    return home


@pytest.fixture(autouse=True)
def home(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(recorded))
    monkeypatch.setattr(actions, "today", lambda settings: TODAY)
    return recorded


def told(capsys, *arguments, code=0):
    assert main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_complaints_are_those_of_the_year_to_date_with_ch01_and_ch02(capsys):
    found = told(capsys, "complaints")
    assert found["period"] == "April to November 2026"
    first = found["rates"][0]
    # 24 accepted complaints of tenants, 200 rented homes: 120 for every 1,000
    assert (first["code"], first["count"], first["homes"], first["per_thousand"]) == ("CH01_1", 24, 200, 120.0)
    handled = found["timeliness"][0]
    assert (handled["without_extension"], handled["overdue"], handled["not_yet_due"]) == (22, 1, 1)
    assert found["leaseholders"]["rates"][0]["count"] == 2
    assert found["set_aside"]["refused"] == 1


def test_an_estate_narrows_complaints_and_few_of_them_are_not_told(capsys):
    found = told(capsys, "complaints", "--where", "estate=Ash Court")
    assert found["rates"][0]["withheld"] == "fewer than 10"
    assert found["rates"][0]["count"] is None
    assert told(capsys, "complaints", "--where", "estate=Beech Row")["rates"][0]["count"] == 21


def test_this_week_names_what_is_overdue_and_ends_with_1(capsys):
    found = told(capsys, "this-week", code=1)
    assert [(each["reference"], each["overdue"]) for each in found["complaints"]] == [("C1", True), ("C2", False)]
    assert [each["reference"] for each in found["hazards"]] == ["H2", "H1"]  # the emergency first
    assert [each["reference"] for each in found["promises"]] == ["P1"]
    assert found["new"] == {
        "responses": 0, "complaints": 0, "contacts": 0, "repairs": 1, "hazards": 2, "comments": 0
    }  # fmt: skip


def test_in_words_the_same_and_never_what_a_promise_says(capsys):
    assert main(["this-week"]) == 1
    said = capsys.readouterr().out
    assert "1 complaint is overdue; 1 more is due in the next 7 days." in said
    assert "Mr Jones" not in said and "07700" not in said
    assert main(["complaints"]) == 0
    assert "Stage one (CH01_1): 120.0 for every 1,000 homes (24 complaints, 200 homes)." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["complaints", "--where", "estate=Ash Cort"], "There are: Ash Court, Beech Row"),
        (["this-week", "--where", "ward=North"], "narrowed by estate and tenure"),
        (["complaints", "--period", "Michaelmas"], "no wave or period called 'Michaelmas'"),
    ],
)
def test_what_is_not_there_is_refused_by_name(arguments, word, capsys):
    assert main(arguments) == 2
    assert word in capsys.readouterr().err


def test_without_complaints_the_remedy_is_told(tmp_path, monkeypatch, capsys):
    from small_survey import small_incoming

    from data.store import Store

    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    Store(tmp_path / "landlord", "real").publish(small_incoming()).close()
    assert main(["complaints"]) == 1
    assert "take-in FILE --as complaints" in capsys.readouterr().err


# ── Dissatisfaction never offered a complaint ────────────────────────────────────────────────────


def contacts_of_november() -> tuple[dict[str, object], ...]:
    """Contacts on Beech Row: 14 that no complaint followed and 12 that one did; on Ash Court 2 too early."""
    named = {"channel": "telephone", "direction": "in", "listening": True}
    return (
        *({"reference": f"K{n}", "day": "2026-10-05", "home_ref": f"B{n + 40}", "text": f"k{n}", "text_key": f"k{n}",
           **named} for n in range(14)),
        *({"reference": f"L{n}", "day": "2026-05-27", "home_ref": f"B{n}", "text": f"l{n}", "text_key": f"l{n}",
           **named} for n in range(12)),
        *({"reference": f"M{n}", "day": "2026-11-18", "home_ref": f"A{n}", "text": f"m{n}", "text_key": f"m{n}",
           **named} for n in range(2)),
    )  # fmt: skip


@pytest.fixture
def contacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    publish_records(tmp_path)
    take_contacts_in(tmp_path, contacts_of_november())
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


def test_dissatisfaction_without_a_complaint_is_told_by_channel_and_estate_with_what_to_read(contacted, capsys):
    found = told(capsys, "complaints", "--unoffered", "--most", "3")
    assert (found["contacts"], found["dissatisfied"], found["too_early"], found["unjoined"]) == (28, 28, 2, 0)
    assert (found["share"]["contacts"], found["share"]["without_complaint"]) == (26, 14)
    assert [each["estate"] for each in found["by"]["estate"]] == ["Beech Row"]
    assert set(found["by"]) == {"channel", "estate"}
    assert found["to_read"]["n"] == 16 and found["to_read"]["still_in_time"] == 2
    assert [each["text"] for each in found["to_read"]["shown"]][2].startswith("taken out ")
    # Wednesday 18 November and ten working days: Wednesday 2 December
    assert (found["to_read"]["shown"][0]["until"], found["to_read"]["shown"][0]["late"]) == ("2026-12-02", False)


def test_outside_the_landlord_no_contact_is_told_word_by_word(contacted, capsys):
    assert told(capsys, "complaints", "--unoffered", "--audience", "public")["to_read"]["shown"] == []
    assert main(["complaints", "--unoffered"]) == 0
    assert "28 of 28 contacts sound dissatisfied" in capsys.readouterr().out


def test_words_of_fewer_households_than_the_smallest_base_are_not_given(contacted, capsys):
    found = told(capsys, "complaints", "--unoffered", "--where", "estate=Ash Court")
    assert found["to_read"]["n"] == 2 and found["to_read"]["shown"] == []
    assert found["share"]["withheld"] == "no contacts"
