"""A campaign kept: shared, called by two at once, stopped by a refusal, told of what matters, and gone when it ends."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from small_campaign import FIELDS, NOW, TODAY, begun, contact_file, everybody, home_rows, landlord, person

from analysis.campaign import chosen
from analysis.model import WHOLE_LANDLORD
from analysis.model.campaign import Call
from data.campaign import (
    Assumptions,
    Calling,
    Campaigns,
    CannotCampaign,
    HeldBeside,
    Matters,
    Plan,
    homes_to_call,
    read_contacts,
    silent_for,
    standing,
)
from data.campaign.homes import last_heard
from data.campaign.notebook import FILE, notebook
from data.ledger import Ledger

ROOT = Path(__file__).parents[2]
LATER = NOW + timedelta(hours=1)
YES = {"keep": "yes", "again": "yes"}
REACHED = Call("reached", {"language": "changed", "email": "confirmed"}, {"language": "Welsh"}, YES)


@pytest.fixture
def held(tmp_path):
    generation = landlord(tmp_path)
    yield generation
    generation.close()


@pytest.fixture
def contacts(tmp_path):
    return contact_file(tmp_path, everybody())


@pytest.fixture
def campaign(tmp_path, held, contacts):
    return begun(tmp_path, held, contacts)


@pytest.fixture
def calling(tmp_path):
    return Calling(tmp_path)


def open_and_keep(calling, campaign, caller, call, now=NOW):
    card = calling.next_card(campaign.campaign, caller, now)
    calling.keep(campaign.campaign, card, caller, call, now)
    return card


def home_of(folder, card):
    with notebook(folder) as book:
        return book.execute("select home from cards where card = ?", (card.card,)).fetchone()[0]


def listed(held, contacts, barred=None, fields=FIELDS):
    return homes_to_call(held, WHOLE_LANDLORD, contacts, barred or {}, fields, TODAY)


def bytes_beside(folder):
    return b"".join(path.read_bytes() for path in folder.glob(f"{FILE}*"))


# ── Who is called ────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_shared_and_each_caller_has_homes_of_both_estates(tmp_path, campaign):
    assert [(each.caller, each.homes, each.to_call) for each in Campaigns(tmp_path).lists(campaign.campaign)] == [
        ("Ann", 20, 20), ("Bo", 20, 20)
    ]  # fmt: skip
    with notebook(tmp_path) as book:
        rows = book.execute("select caller, json_extract(cell, '$[0][1]') from cards").fetchall()
    assert Counter(map(tuple, rows)) == {
        (who, estate): 10 for who in ("Ann", "Bo") for estate in ("Ash Court", "Beech Row")
    }


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (4, "Y", "do_not_contact"),
        (5, "Current risk", "domestic_abuse"),
        (6, "yes", "legal_claim"),
        (7, "12/03/2024", "deceased"),
        (3, "ask next door", "no_number"),
        (2, "", "no_number"),
        (1, "T9999", "other_tenancy"),
    ],
)
def test_safeguard_9_a_home_is_left_out_for_what_the_contact_file_says(column, value, reason, tmp_path, held):
    rows = everybody()
    rows[0][column] = value
    homes = listed(held, read_contacts(contact_file(tmp_path, rows)))
    assert {home.home: home.left_out for home in homes if home.left_out} == {"A0": reason}


@pytest.mark.parametrize("value", ["", "No", "N", "0", "False", "none", "n/a"])
def test_a_flag_that_says_no_leaves_nobody_out(value, tmp_path, held):
    rows = everybody()
    rows[0][4] = rows[0][5] = value
    assert not [home for home in listed(held, read_contacts(contact_file(tmp_path, rows))) if home.left_out]


def test_what_a_flag_means_nobody_knows_keeps_the_home_off_the_list(tmp_path, held):
    rows = everybody()
    rows[0][5] = "see notes"
    assert {home.left_out for home in listed(held, read_contacts(contact_file(tmp_path, rows)))} == {
        "",
        "domestic_abuse",
    }


def test_objections_and_refusals_of_anybody_in_the_home_hold(tmp_path, contacts):
    people = [person(str(home["home"])) for home in home_rows()]
    people[0] = {**people[0], "do_not_contact": True}
    people.append({**person("A1"), "reference": "second", "lead": False, "objects": True})
    held = landlord(tmp_path / "other", people=people)
    found = {home.home: home.left_out for home in listed(held, read_contacts(contacts)) if home.left_out}
    held.close()
    assert found == {"A0": "do_not_contact", "A1": "do_not_contact"}


def test_an_empty_home_and_one_whose_tenancy_ended_are_left_out(tmp_path, contacts):
    people = [person(str(home["home"])) for home in home_rows() if home["home"] != "A0"]
    people[0] = {**people[0], "end_day": TODAY - timedelta(days=1)}
    held = landlord(tmp_path / "other", people=people)
    found = {home.home: home.left_out for home in listed(held, read_contacts(contacts)) if home.left_out}
    held.close()
    assert found == {"A1": "empty"}  # of A0 nothing is known, and the contact file has somebody there


def test_of_joint_tenants_one_is_called_and_a_widow_may_be(tmp_path, held):
    rows = [*everybody(), ["A0", "", "Robin A0", "07700 900999"]]
    rows[0][7] = "Y"
    (home,) = [home for home in listed(held, read_contacts(contact_file(tmp_path, rows))) if home.home == "A0"]
    assert (home.name, home.left_out) == ("Robin A0", "")


def test_safeguard_2_who_answered_a_survey_changes_nothing_on_a_list(tmp_path, held, contacts):
    plain = read_contacts(contacts)
    before = listed(held, plain)
    path = held.path
    held.close()
    import duckdb

    with duckdb.connect(str(path)) as con:
        con.execute("update responses set home = 'A' || (respondent % 20)")
        con.execute("delete from sample")
        con.execute("delete from comments")
    from data.generation import Generation

    changed = Generation(path)
    assert listed(changed, plain) == before
    assert last_heard(changed, TODAY) == {}
    changed.close()


def test_homes_silent_for_months_are_by_records_and_never_by_a_survey(tmp_path, contacts):
    contact = {"reference": "c", "row": 1, "day": TODAY - timedelta(days=100), "home": "A0", "listening": True}
    repair = {"reference": "r", "row": 1, "raised": TODAY - timedelta(days=400), "home": "A1"}
    held = landlord(tmp_path / "other", contacts=[contact], repairs=[repair])
    homes, heard = listed(held, read_contacts(contacts)), last_heard(held, TODAY)
    quiet = {months: {home.home for home in silent_for(homes, heard, TODAY, months)} for months in (3, 12, 24)}
    held.close()
    every = {str(home["home"]) for home in home_rows()}
    assert quiet == {3: every, 12: every - {"A0"}, 24: every - {"A0", "A1"}}
    assert {home.home for home in homes if home.heard} == {"A0"}


def test_the_three_fields_are_as_held_and_an_address_is_only_held_or_not(held, contacts):
    assert {home.held for home in listed(held, read_contacts(contacts))} == {("Telephone", "", "yes")}


def test_special_categories_are_not_among_the_fields_that_may_be_checked(held):
    from data.campaign import campaign_register
    from data.columns.kinds import kind
    from data.columns.spellings import special_categories

    columns = {each.column for each in campaign_register().fields.values()}
    assert columns <= {each.key for each in kind("people").fields}
    assert not columns & set(special_categories())


# ── The contact file ─────────────────────────────────────────────────────────────────────────────


def test_columns_are_known_by_their_usual_headings_and_the_rest_is_told(tmp_path):
    path = contact_file(tmp_path, [["1", "Ms", "Wren", "Ash", "07700900001", "x"]],
                        ["prop_ref", "Title", "Forename", "Surname", "Tel1", "Colour"])  # fmt: skip
    found = read_contacts(path)
    assert found.rows[0].name == "Ms Wren Ash"
    assert found.taken["home"] == "prop_ref"
    assert found.unused == ("Colour",)


def test_a_workbook_is_read_too_with_its_lost_noughts(tmp_path):
    import pandas as pd

    path = tmp_path / "contacts.xlsx"
    pd.DataFrame({"Property ref": ["A0"], "Name": ["Wren"], "Mobile": [7700900001]}).to_excel(path, index=False)
    assert read_contacts(path).rows[0].phone == "07700 900001"


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (("Property ref", "Name", "Colour"), "known as telephone number"),
        (("Colour", "Name", "Phone"), "known as home reference"),
        (("Property ref", "Phone", "Colour"), "known as name or last name"),
    ],
)
def test_a_column_that_is_missing_is_named_with_those_there_are(headings, told, tmp_path):
    with pytest.raises(CannotCampaign, match=told) as fault:
        read_contacts(contact_file(tmp_path, [["A0", "x", "07700900001"]], headings))
    assert "Colour" in str(fault.value)


def test_a_file_without_headings_is_refused_and_nobody_in_it_is_told(tmp_path):
    first, *rest = everybody()
    with pytest.raises(CannotCampaign, match="no row of headings") as fault:
        read_contacts(contact_file(tmp_path, rest, first))
    assert "Wren" not in str(fault.value) and "07700" not in str(fault.value)


def test_a_column_can_be_said(tmp_path):
    path = contact_file(tmp_path, [["A0", "Wren", "07700900001"]], ("Property ref", "Name", "Ring them on"))
    assert read_contacts(path, columns={"phone": "Ring them on"}).rows[0].phone == "07700 900001"
    with pytest.raises(CannotCampaign, match="no heading 'Ring'"):
        read_contacts(path, columns={"phone": "Ring"})
    with pytest.raises(CannotCampaign, match="no column 'shoe'"):
        read_contacts(path, columns={"shoe": "Ring them on"})


def test_two_columns_of_one_name_and_rows_too_long_are_named(tmp_path):
    twice = contact_file(tmp_path, [["A0", "Wren", "1", "2"]], ("Home", "Name", "Phone", "Phone"))
    with pytest.raises(CannotCampaign, match="Phone"):
        read_contacts(twice)
    long = tmp_path / "long.csv"
    long.write_text("Home,Name,Phone\nA0,Wren,07700900001\nA1,Wren,07700900001,more\n", encoding="utf-8")
    with pytest.raises(CannotCampaign, match="row 3"):
        read_contacts(long)


def test_names_and_numbers_never_reach_the_store(tmp_path, held, campaign):
    assert b"Wren" in bytes_beside(tmp_path)
    assert b"Wren" not in held.path.read_bytes()
    assert b"Wren" not in (tmp_path / "ledger.sqlite").read_bytes()


# ── Two people at once ───────────────────────────────────────────────────────────────────────────


def test_two_windows_under_one_name_get_two_homes(calling, campaign):
    first, second = (calling.next_card(campaign.campaign, name, NOW) for name in ("Ann", " ANN "))
    assert first.card != second.card


def test_two_processes_never_get_the_same_home(tmp_path, campaign):
    code = textwrap.dedent(
        """
        import sys
        from datetime import datetime
        from pathlib import Path
        from data.campaign import Calling
        calling = Calling(Path(sys.argv[1]))
        now = datetime.fromisoformat(sys.argv[2])
        for _ in range(10):
            print(calling.next_card(1, "Ann", now).card)
        """
    )
    command = [sys.executable, "-c", code, str(tmp_path), NOW.isoformat()]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    cards = [card for process in running for card in process.communicate(timeout=120)[0].split()]
    assert [process.returncode for process in running] == [0, 0]
    assert len(cards) == 20
    assert len(set(cards)) == 20


def test_a_card_nobody_finished_is_offered_again_when_its_time_is_up(calling, campaign):
    first = calling.next_card(campaign.campaign, "Ann", NOW)
    assert calling.next_card(campaign.campaign, "Ann", NOW + timedelta(minutes=29)).card != first.card
    assert calling.next_card(campaign.campaign, "Ann", LATER).card == first.card


def test_a_late_call_counts_while_nobody_else_took_the_home(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    calling.keep(campaign.campaign, card, "Ann", REACHED, LATER)
    assert Campaigns(tmp_path).progress(campaign.campaign, 1).everyone.reached == 1


def test_a_stale_call_is_kept_beside_and_somebody_decides(tmp_path, calling, campaign):
    first = calling.next_card(campaign.campaign, "Ann", NOW)
    second = calling.next_card(campaign.campaign, "Ann", LATER)
    assert second.card == first.card
    with pytest.raises(HeldBeside, match=r"has opened this home since you did.*nothing of it is lost"):
        calling.keep(campaign.campaign, first, "Ann", REACHED, LATER)
    assert Campaigns(tmp_path).progress(campaign.campaign, 1).everyone.reached == 0
    calling.keep(campaign.campaign, second, "Ann", Call("not_reached"), LATER)
    (beside,) = calling.beside(campaign.campaign)
    assert beside.outcome == "reached"
    calling.settle(campaign.campaign, beside.n, True, "Lee", LATER)
    found = Campaigns(tmp_path).progress(campaign.campaign, 1)
    assert (found.everyone.reached, found.everyone.not_reached, found.set_beside) == (1, 0, 0)
    with pytest.raises(CannotCampaign, match="settled already"):
        calling.settle(campaign.campaign, beside.n, False, "Lee", LATER)


@pytest.mark.parametrize("call", [REACHED, Call("not_reached"), Call("refused")])
def test_a_button_pressed_twice_keeps_one_call(call, tmp_path, calling, campaign):
    card = open_and_keep(calling, campaign, "Ann", call)
    calling.keep(campaign.campaign, card, "Ann", call, NOW)
    assert calling.beside(campaign.campaign) == ()
    with notebook(tmp_path) as book:
        assert book.execute("select count(*) from entries").fetchone()[0] == 1


def test_a_home_set_aside_is_called_no_more_whatever_is_settled_or_taken_back(tmp_path, held, calling, campaign):
    first = open_and_keep(calling, campaign, "Bo", Call("not_reached"))
    second = calling.next_card(campaign.campaign, "Ann", NOW)
    there = {
        home: (tenancy, home not in (home_of(tmp_path, first), home_of(tmp_path, second)))
        for home, (tenancy, _) in standing(held, TODAY).items()
    }
    Campaigns(tmp_path).set_aside(campaign.campaign, there, "newer", NOW)
    with pytest.raises(CannotCampaign, match="set aside since"):
        calling.take_back(campaign.campaign, "Bo", NOW)
    with pytest.raises(HeldBeside, match="asked since not to be contacted"):
        calling.keep(campaign.campaign, second, "Ann", Call("not_reached"), NOW)
    (beside,) = calling.beside(campaign.campaign)
    calling.settle(campaign.campaign, beside.n, True, "Lee", NOW)
    assert dict(Campaigns(tmp_path).aside(campaign.campaign)) == {"asked since not to be contacted": 2}


def test_a_refusal_in_a_stale_call_holds_at_once(tmp_path, calling, campaign):
    first = calling.next_card(campaign.campaign, "Ann", NOW)
    calling.next_card(campaign.campaign, "Ann", LATER)
    with pytest.raises(HeldBeside):
        calling.keep(campaign.campaign, first, "Ann", Call("refused"), LATER)
    assert home_of(tmp_path, first) in Campaigns(tmp_path).barred()["homes"]


def test_a_call_that_means_nothing_changes_nothing(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    for call, why in (
        (Call("shouted"), "no outcome 'shouted'"),
        (Call("reached", {"shoe": "confirmed"}), "no field 'shoe'"),
        (Call("reached", {"language": "maybe"}), "no state of a field 'maybe'"),
        (Call("reached", {"language": "confirmed"}, {"language": "Welsh"}), "not marked as changed"),
        (Call("reached", {"language": "changed"}, {"language": "W" * 81}), "at most 80"),
        (Call("reached", {}, {}, {"keep": "perhaps"}), "no answer"),
    ):
        with pytest.raises(CannotCampaign, match=why):
            calling.keep(campaign.campaign, card, "Ann", call, NOW)
    assert Campaigns(tmp_path).progress(campaign.campaign, 1).everyone.to_call == 40


def test_the_last_call_is_taken_back_and_its_refusal_with_it(tmp_path, calling, campaign):
    first = open_and_keep(calling, campaign, "Ann", REACHED)
    second = open_and_keep(calling, campaign, "Ann", Call("refused"))
    assert calling.take_back(campaign.campaign, "ann", NOW) == "refused"
    assert home_of(tmp_path, second) not in Campaigns(tmp_path).barred()["homes"]
    assert calling.next_card(campaign.campaign, "Ann", NOW).card == second.card
    assert calling.take_back(campaign.campaign, "Ann", NOW) == "reached"
    with pytest.raises(CannotCampaign, match="no call to take back"):
        calling.take_back(campaign.campaign, "Ann", NOW)
    assert first.card != second.card


def test_a_home_nobody_answers_from_comes_round_again_and_then_counts(tmp_path, held, contacts, calling):
    campaign = begun(tmp_path, held, contacts, staff=["Ann"], number=2)
    first = open_and_keep(calling, campaign, "Ann", Call("not_reached"))
    assert open_and_keep(calling, campaign, "Ann", Call("wrong_number")).card != first.card
    for _ in range(2):
        assert open_and_keep(calling, campaign, "Ann", Call("not_reached")).card == first.card
    assert calling.next_card(campaign.campaign, "Ann", NOW) is None
    found = Campaigns(tmp_path).progress(campaign.campaign, 1).everyone
    assert (found.not_reached, found.wrong_number, found.to_call) == (1, 1, 0)


# ── Consent and refusals ─────────────────────────────────────────────────────────────────────────


def test_without_leave_to_keep_it_no_new_value_is_kept(tmp_path, calling, campaign):
    open_and_keep(calling, campaign, "Ann", Call("reached", {"language": "changed"}, {"language": "Cornish"}))
    assert b"Cornish" not in bytes_beside(tmp_path)
    assert Campaigns(tmp_path).changes(campaign.campaign) == []


def test_what_changed_goes_to_the_housing_system_where_it_may(tmp_path, calling, campaign):
    card = open_and_keep(calling, campaign, "Ann", REACHED)
    home = home_of(tmp_path, card)
    told = ("2026-11-25", "on the telephone")
    assert Campaigns(tmp_path).changes(campaign.campaign) == [
        (home, f"T{home}", "Language, and help with it", "changed", "Welsh", *told),
        (home, f"T{home}", "E-mail address held", "confirmed", "", *told),
        (home, f"T{home}", "May we keep what you told me?", "yes", "", *told),
        (home, f"T{home}", "May we call again?", "yes", "", *told),
    ]


@pytest.mark.parametrize("call", [Call("refused"), Call("reached", {}, {}, {"keep": "yes", "again": "no"})])
def test_a_refusal_holds_for_every_later_list(call, tmp_path, held, contacts, calling, campaign):
    home = home_of(tmp_path, open_and_keep(calling, campaign, "Ann", call))
    campaigns = Campaigns(tmp_path)
    campaigns.close(campaign.campaign, "Lee", 1, NOW)
    again = begun(tmp_path, held, contacts, name="Spring")
    assert (again.chosen, dict(again.left_out)) == (39, {"refused": 1})
    with notebook(tmp_path) as book:
        assert home not in {row[0] for row in book.execute("select home from cards")}


def test_a_refusal_follows_the_person_and_leaves_whoever_moves_in(tmp_path, held, contacts, calling, campaign):
    home = home_of(tmp_path, open_and_keep(calling, campaign, "Ann", Call("refused")))
    campaigns = Campaigns(tmp_path)
    campaigns.close(campaign.campaign, "Lee", 1, NOW)
    people = [person(str(each["home"])) for each in home_rows()]
    people = [{**each, "tenancy_ref": "T-new"} if each["home"] == home else each for each in people]
    rows = everybody()
    gone = next(row for row in rows if row[0] == home)
    elsewhere = next(row for row in rows if row[0] != home)
    elsewhere[2], elsewhere[3] = gone[2].upper(), gone[3].replace(" ", "")
    gone[2], gone[3] = "Somebody New", "01632 960001"
    other = landlord(tmp_path / "other", people=people)
    fresh = read_contacts(contact_file(tmp_path, rows))
    homes = homes_to_call(other, WHOLE_LANDLORD, fresh, campaigns.barred(), FIELDS, TODAY, campaigns.same_person())
    other.close()
    assert {each.home: each.left_out for each in homes if each.left_out} == {elsewhere[0]: "refused"}


def test_whoever_refused_since_the_homes_were_drawn_is_not_begun_with(tmp_path, held, contacts, calling):
    homes = chosen(listed(held, read_contacts(contacts)), {(): 100}, 1)
    first = begun(tmp_path, held, contacts)
    open_and_keep(calling, first, "Ann", Call("refused"))
    Campaigns(tmp_path).close(first.campaign, "Lee", 1, NOW)
    plan = Plan("Late", homes, ("Ann",), "every home", FIELDS, len(homes), {}, 1, 28)
    with pytest.raises(CannotCampaign, match="1 of these homes have come"):
        Campaigns(tmp_path).begin(plan, "Lee", NOW)


def test_a_home_is_on_one_list_at_a_time(tmp_path, held, contacts, campaign):
    with pytest.raises(CannotCampaign, match="No home is left to call"):
        begun(tmp_path, held, contacts, name="Another")


# ── Sharing anew ─────────────────────────────────────────────────────────────────────────────────


def test_sharing_anew_takes_only_homes_nobody_has_called_or_opened(tmp_path, calling, campaign):
    called = open_and_keep(calling, campaign, "Bo", REACHED)
    opened = calling.next_card(campaign.campaign, "Bo", NOW)
    Campaigns(tmp_path).share(campaign.campaign, ["Ann", "Cy"], "Lee", NOW)
    lists = {each.caller: (each.homes, each.to_call) for each in Campaigns(tmp_path).lists(campaign.campaign)}
    assert lists == {"Ann": (19, 19), "Bo": (2, 1), "Cy": (19, 19)}
    calling.keep(campaign.campaign, opened, "Bo", REACHED, NOW)
    assert calling.next_card(campaign.campaign, "Cy", NOW) is not None
    assert called.card != opened.card


def test_callers_are_named_once_and_somebody_is_named(tmp_path, campaign):
    for staff, why in ((["Ann", "ann "], "named twice"), ([], "Name 1 to"), (["A" * 81], "at most 80")):
        with pytest.raises(CannotCampaign, match=why):
            Campaigns(tmp_path).share(campaign.campaign, staff, "Lee", NOW)


def test_a_home_that_went_to_another_list_says_so_and_keeps_the_call_beside(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    Campaigns(tmp_path).share(campaign.campaign, ["Cy"], "Lee", LATER)
    with pytest.raises(HeldBeside, match="gone to the list of Cy"):
        calling.keep(campaign.campaign, card, "Ann", REACHED, LATER)
    assert len(calling.beside(campaign.campaign)) == 1


# ── A newer list of homes ────────────────────────────────────────────────────────────────────────


def test_a_list_that_went_stale_is_told_and_its_cards_are_set_aside(tmp_path, held, calling, campaign):
    campaigns = Campaigns(tmp_path)
    opened = calling.next_card(campaign.campaign, "Ann", NOW)
    done = open_and_keep(calling, campaign, "Bo", REACHED)
    gone, kept = home_of(tmp_path, opened), home_of(tmp_path, done)
    homes = [home for home in home_rows() if home["home"] not in (gone, kept)]
    ended, objects = (str(home["home"]) for home in homes[:2])
    people = [person(str(home["home"])) for home in homes]
    people[0] = {**people[0], "tenancy_ref": "T-new"}
    people[1] = {**people[1], "objects": True}
    from small_records import generation_of

    newer = generation_of(tmp_path / "other", {"homes": homes, "people": people})
    assert not campaigns.is_stale(campaign.campaign, held.fingerprint)
    assert campaigns.is_stale(campaign.campaign, "another")
    found = campaigns.set_aside(campaign.campaign, standing(newer, TODAY), "another", NOW)
    newer.close()
    assert dict(found) == {"home gone": 1, "tenancy ended": 1, "asked since not to be contacted": 1}
    assert not campaigns.is_stale(campaign.campaign, "another")
    with pytest.raises(HeldBeside, match="while you had it open: home gone"):
        calling.keep(campaign.campaign, opened, "Ann", REACHED, NOW)
    progress = campaigns.progress(campaign.campaign, 1)
    assert (progress.everyone.set_aside, progress.everyone.reached, progress.set_beside) == (3, 1, 1)
    assert ended != objects


# ── What was told ────────────────────────────────────────────────────────────────────────────────


def test_what_is_told_is_time_stamped_and_in_the_queue_at_once(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    told = Matters(tmp_path).tell(campaign.campaign, card, "danger", "Bare wires in the hall", "Ann", NOW)
    assert (told.at, told.kind, told.home, told.words) == (
        NOW,
        "danger",
        home_of(tmp_path, card),
        "Bare wires in the hall",
    )
    assert Matters(tmp_path).open() == (told,)
    (line,) = Ledger(tmp_path).of("told of")
    assert dict(line.detail) == {"matter": 1, "campaign": campaign.campaign, "kind": "danger", "who": "Ann"}


def test_what_is_told_is_never_refused_for_a_stale_card_or_a_list_that_is_over(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    calling.next_card(campaign.campaign, "Ann", LATER)
    Matters(tmp_path).tell(campaign.campaign, card, "harm", "", "Ann", LATER)
    Campaigns(tmp_path).close(campaign.campaign, "Lee", 1, LATER)
    told = Matters(tmp_path).tell(campaign.campaign, card, "danger", "Gas at 4 Ash Court", "Ann", LATER)
    assert told.home == "not known: it stands in the words"
    assert len(Matters(tmp_path).open()) == 2


def test_a_matter_is_seen_to_once_and_can_be_opened_again(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    matters = Matters(tmp_path)
    told = matters.tell(campaign.campaign, card, "complaint", "No reply", "Ann", NOW)
    with pytest.raises(CannotCampaign, match="Give the reference it has there"):
        matters.done(told.matter, "passed_on", "Jo", LATER, " ")
    seen = matters.done(told.matter, "passed_on", "Jo", LATER, "C 77")
    assert (seen.done_by, seen.reference) == ("Jo", "C 77")
    assert Ledger(tmp_path).of("matter seen to")[0].detail["reference"] == "C 77"
    assert matters.open() == ()
    with pytest.raises(CannotCampaign, match="seen to before, by Jo"):
        matters.done(told.matter, "seen_to", "Kim", LATER)
    matters.reopen(told.matter, "Kim", LATER)
    assert [(each.matter, each.reference) for each in matters.open()] == [(told.matter, "")]
    with pytest.raises(CannotCampaign, match="Say how"):
        matters.done(told.matter, "whatever", "Kim", LATER)


def test_a_home_where_harm_was_told_of_is_not_called_again_until_it_is_seen_to(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    told = Matters(tmp_path).tell(campaign.campaign, card, "harm", "", "Ann", NOW)
    calling.keep(campaign.campaign, card, "Ann", Call("not_reached"), NOW)  # the line went dead
    offered = {calling.next_card(campaign.campaign, "Ann", NOW).card for _ in range(19)}
    assert card.card not in offered
    assert calling.next_card(campaign.campaign, "Ann", NOW) is None
    Matters(tmp_path).done(told.matter, "seen_to", "Jo", NOW)
    assert calling.next_card(campaign.campaign, "Ann", NOW).card == card.card


def test_a_home_where_harm_was_told_of_is_on_no_later_list_until_it_is_seen_to(
    tmp_path, held, contacts, calling, campaign
):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    home = home_of(tmp_path, card)
    told = Matters(tmp_path).tell(campaign.campaign, card, "harm", "", "Ann", NOW)
    campaigns = Campaigns(tmp_path)
    campaigns.close(campaign.campaign, "Lee", 1, NOW)
    found = listed(held, read_contacts(contacts), campaigns.barred())
    assert {each.home: each.left_out for each in found if each.left_out} == {home: "harm_open"}
    Matters(tmp_path).done(told.matter, "seen_to", "Jo", NOW)
    assert not [each for each in listed(held, read_contacts(contacts), campaigns.barred()) if each.left_out]


# ── What had been assumed ────────────────────────────────────────────────────────────────────────


def test_safeguard_10_no_key_joins_an_assumption_to_a_home_a_caller_or_an_hour(tmp_path, campaign):
    with notebook(tmp_path) as book:
        tables = [name for (name,) in book.execute("select name from sqlite_master where type = 'table'")]
        columns = {name: {row["name"] for row in book.execute(f"pragma table_info({name})")} for name in tables}
        (made,) = book.execute("select sql from sqlite_master where name = 'assumptions'").fetchone()
        with pytest.raises(Exception, match="rowid"):
            book.execute("select rowid from assumptions")
    assert columns.pop("assumptions") == {"mark", "campaign", "month", "text", "state"}
    assert set().union(*columns.values()) & {"mark", "month"} == set()
    assert "without rowid" in made  # rows stand in the order of a random mark, not of writing
    assert not [trigger for trigger in tables if "sequence" in trigger and trigger != "sqlite_sequence"]


def test_safeguard_10_assumptions_come_back_mixed_and_nothing_else_of_the_notebook_changes(tmp_path, campaign):
    def others():
        with notebook(tmp_path) as book:
            names = [
                name
                for (name,) in book.execute("select name from sqlite_master where type = 'table'")
                if name != "assumptions"
            ]
            return {name: [tuple(row) for row in book.execute(f"select * from {name}")] for name in names}

    before, ledger = others(), len(Ledger(tmp_path).entries(1000))
    words = [
        f"I thought they would be out, {word} times" for word in ("one", "two", "three", "four", "five", "six", "ten")
    ]
    for text in words:
        Assumptions(tmp_path).add(campaign.campaign, text, NOW)
    assert others() == before
    assert len(Ledger(tmp_path).entries(1000)) == ledger
    found = [each.text for each in Assumptions(tmp_path).to_read()]
    assert sorted(found) == sorted(words)
    assert found != words  # 1 in 5,040 that chance alone keeps the order: marks are random
    assert {each.month for each in Assumptions(tmp_path).to_read()} == {"2026-11"}


def test_safeguard_10_nobody_sees_one_before_somebody_read_it(tmp_path, campaign):
    assumptions = Assumptions(tmp_path)
    for n in range(4):
        assumptions.add(campaign.campaign, f"That nobody there works {n}", NOW)
    assert assumptions.to_read() == ()  # one alone could be laid beside the one call of that day
    assert assumptions.waiting() == 4
    assumptions.add(campaign.campaign, "That Mrs Joan Smith of 07700 900123 was lonely", NOW)
    assert len(assumptions.to_read()) == 5
    assert assumptions.approved() == ()
    (joan,) = [each for each in assumptions.to_read() if "lonely" in each.text]
    assert "Joan" not in joan.text
    assert "900123" not in joan.text
    assert b"Joan Smith" not in bytes_beside(tmp_path)
    assumptions.decide(joan.mark, True, "Lee", NOW)
    assert [each.text for each in assumptions.approved()] == [joan.text]
    assumptions.decide(joan.mark, False, "Lee", NOW)
    assert assumptions.approved() == ()
    assert len(assumptions.kept_back()) == 1


def test_safeguard_3_a_danger_is_not_lost_among_assumptions(tmp_path, campaign):
    with pytest.raises(CannotCampaign, match="first button"):
        Assumptions(tmp_path).add(campaign.campaign, "There are bare live wires and a smell of gas in the kitchen", NOW)
    assert Assumptions(tmp_path).waiting() == 0


def test_an_empty_assumption_is_none_and_a_long_one_is_refused(tmp_path, campaign):
    Assumptions(tmp_path).add(campaign.campaign, "  ", NOW)
    with pytest.raises(CannotCampaign, match="at most 500"):
        Assumptions(tmp_path).add(campaign.campaign, "word " * 200, NOW)
    assert Assumptions(tmp_path).waiting() == 0


# ── The end ──────────────────────────────────────────────────────────────────────────────────────


def test_closing_destroys_names_numbers_and_answers_and_keeps_counts(tmp_path, calling, campaign):
    open_and_keep(calling, campaign, "Ann", REACHED)
    open_and_keep(calling, campaign, "Ann", Call("wrong_number"))
    told = Matters(tmp_path).tell(campaign.campaign, None, "complaint", "Teal gate broken", "Ann", NOW)
    before = Campaigns(tmp_path).progress(campaign.campaign, 1)
    closed = Campaigns(tmp_path).close(campaign.campaign, "Lee", 1, LATER)
    left = bytes_beside(tmp_path)
    for word in (b"Wren", b"07700", b"Welsh"):
        assert word not in left
    assert b"Teal gate" in left  # nobody has seen to it yet
    assert Campaigns(tmp_path).progress(campaign.campaign, 1) == before
    assert (before.everyone.reached, before.everyone.wrong_number) == (1, 1)
    assert closed.destroyed
    (line,) = Ledger(tmp_path).of("close campaign")
    assert line.detail["names and numbers destroyed"] == 40
    assert line.detail["overwritten"] is True
    Matters(tmp_path).done(told.matter, "seen_to", "Jo", LATER)
    assert Matters(tmp_path).all()[0].words == ""
    with pytest.raises(CannotCampaign, match="is over"):
        calling.next_card(campaign.campaign, "Ann", LATER)


def test_safeguard_13_one_home_is_erased_at_its_tenants_request_and_a_refusal_is_still_honoured(
    tmp_path, held, contacts, calling, campaign
):
    card = open_and_keep(
        calling, campaign, "Ann", Call("reached", {"language": "changed"}, {"language": "Manx"}, {**YES, "again": "no"})
    )
    home, campaigns = home_of(tmp_path, card), Campaigns(tmp_path)
    name, phone = card.name.encode(), card.phone.encode()
    told = Matters(tmp_path).tell(campaign.campaign, card, "complaint", "Violet door", "Ann", NOW)
    Matters(tmp_path).done(told.matter, "seen_to", "Jo", NOW)
    assert campaigns.erase(home, "Lee", NOW) == 1
    left = bytes_beside(tmp_path)
    for word in (name + b'"', phone, b"Manx", b"Violet door"):
        assert word not in left
    assert dict(campaigns.aside(campaign.campaign)) == {"erased at their request": 1}
    assert campaigns.progress(campaign.campaign, 1).everyone.set_aside == 1
    assert home in campaigns.barred()["homes"]
    assert campaigns.set_aside(campaign.campaign, standing(held, TODAY), "newer", NOW) == {}
    with pytest.raises(CannotCampaign, match="Nothing is held"):
        campaigns.erase(home, "Lee", NOW)


def test_a_home_erased_while_somebody_had_it_open_stays_erased_and_a_refusal_holds(
    tmp_path, held, contacts, calling, campaign
):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    Campaigns(tmp_path).erase(home_of(tmp_path, card), "Lee", NOW)
    with pytest.raises(HeldBeside, match="erased at its tenant's request"):
        calling.keep(campaign.campaign, card, "Ann", Call("reached", {"language": "changed"}, {"language": "Manx"},
                                                          {**YES, "again": "no"}), NOW)  # fmt: skip
    assert calling.beside(campaign.campaign) == ()
    assert b"Manx" not in bytes_beside(tmp_path)
    Campaigns(tmp_path).close(campaign.campaign, "Lee", 1, NOW)
    campaigns = Campaigns(tmp_path)
    found = homes_to_call(
        held, WHOLE_LANDLORD, read_contacts(contacts), campaigns.barred(), FIELDS, TODAY, campaigns.same_person()
    )
    assert [(home.name, home.left_out) for home in found if home.left_out] == [(card.name, "refused")]


def test_what_was_seen_to_keeps_no_home_once_its_campaign_is_over(tmp_path, calling, campaign):
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    matters = Matters(tmp_path)
    before, after = (matters.tell(campaign.campaign, card, "harm", "", "Ann", NOW) for _ in range(2))
    matters.done(before.matter, "seen_to", "Jo", NOW)
    Campaigns(tmp_path).close(campaign.campaign, "Lee", 1, NOW)
    where = {each.matter: (each.home, each.estate) for each in matters.all()}
    assert where[before.matter] == ("destroyed", "destroyed")
    assert where[after.matter] == (after.home, after.estate)
    assert matters.done(after.matter, "seen_to", "Jo", NOW).home == "destroyed"


def test_homes_are_told_apart_as_the_call_plan_tells_them(tmp_path, contacts):
    from analysis.model.campaign import CALL_WAYS
    from data.readings import Readings
    from data.roll import roll_of

    people = [person(str(home["home"])) for home in home_rows()]
    people[0] = {**people[0], "age_band": "Not known", "length_of_tenancy": None}
    people[1] = {**people[1], "age_band": "N/A", "lead": None}
    people.append({**person("A2"), "reference": "second", "lead": False, "age_band": "85+"})
    held = landlord(tmp_path / "other", people=people)
    roll = roll_of(held, Readings(tmp_path / "nothing", "none").select(), TODAY)
    counted = roll.counted(CALL_WAYS, roll.mine("LCRA", WHOLE_LANDLORD))
    mine = Counter(home.cell for home in listed(held, read_contacts(contacts)))
    held.close()
    plan = {tuple(zip(CALL_WAYS, row[:4], strict=True)): row[4] for row in counted.itertuples(index=False)}
    assert mine == plan
    assert ("age_band", "not recorded") in {pair for cell in plan for pair in cell}


def test_references_are_compared_as_the_store_compares_them(held):
    from data.campaign.contacts import plain_reference
    from data.merging.references import alike

    for text in (" 00123/4 ", "10002.0", "inv 7", "A-01", "é_1", "0", "", "1.00", "T 0099.0"):
        ((key,),) = held.rows(f"select {alike('?')}".replace("?", "$1"), [text])
        assert plain_reference(text) == (key or ""), text


def test_a_campaign_that_came_to_its_end_is_closed_by_whoever_looks_next(tmp_path, campaign):
    campaigns = Campaigns(tmp_path)
    assert campaigns.sweep(1, NOW + timedelta(days=28)) == ()
    assert campaigns.sweep(1, NOW + timedelta(days=29)) == (campaign.campaign,)
    assert campaigns.get(campaign.campaign).closed == "it came to its end"
    assert b"Wren" not in bytes_beside(tmp_path)
    assert campaigns.sweep(1, NOW + timedelta(days=30)) == ()


def test_what_was_confirmed_is_fresh_for_twelve_months_and_then_forgotten(tmp_path, held, contacts, calling, campaign):
    home = home_of(tmp_path, open_and_keep(calling, campaign, "Ann", REACHED))
    campaigns = Campaigns(tmp_path)
    campaigns.close(campaign.campaign, "Lee", 1, NOW)
    with notebook(tmp_path) as book:
        assert {tuple(row) for row in book.execute("select home, field from confirmed")} == {
            (home, "language"), (home, "email")
        }  # fmt: skip
    later = begun(tmp_path, held, contacts, name="Spring", number=40, now=NOW + timedelta(days=300))
    with notebook(tmp_path) as book:
        rows = book.execute("select fresh from cards where home = ?", (home,)).fetchall()
    assert [row[0] for row in rows] == ["[false, true, true]"]
    campaigns.close(later.campaign, "Lee", 1, NOW + timedelta(days=300))
    begun(tmp_path, held, contacts, name="Next year", now=NOW + timedelta(days=400))
    with notebook(tmp_path) as book:
        assert book.execute("select count(*) from confirmed").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"days": 91}, "1 to 90 days"),
        ({"days": 0}, "1 to 90 days"),
        ({"staff": ()}, "Name 1 to"),
        ({"name": " "}, "name"),
    ],
)
def test_a_campaign_that_means_nothing_is_not_begun(changed, why, tmp_path, held, contacts):
    with pytest.raises(CannotCampaign, match=why):
        begun(tmp_path, held, contacts, **changed)
    assert Campaigns(tmp_path).all() == ()


def test_safeguard_14_names_are_kept_as_given_and_shown_with_who_did_it(tmp_path, campaign):
    assert campaign.by == "Lee"
    assert [each.caller for each in Campaigns(tmp_path).lists(campaign.campaign)] == ["Ann", "Bo"]
    with pytest.raises(CannotCampaign, match="as given"):
        Campaigns(tmp_path).close(campaign.campaign, " ", 1, NOW)
