"""Each kind of record, taken in by the same road as surveys: what is asked, what is kept and what never passes."""

from __future__ import annotations

from datetime import date

import pytest
from record_files import TODAY, listed, table, taken, write_book, write_csv

from data.columns import profiles
from data.columns.mapping import mapping_of
from data.intake import IntakeError, Unanswered, kind_of, look, take_in

HOMES = ("prop_ref", "UPRN", "Scheme", "Tenure Type", "Tenancy Start Date", "eot", "Property Type", "Status")
PEOPLE = ("Person Ref", "Tenancy Ref", "Property Ref", "Start date", "DOB", "Email", "Mobile", "Ethnic Origin",
          "Objects", "Do Not Contact", "Surname")  # fmt: skip
CASES = ("Case Number", "Parent Case", "Date Received", "Stage 1 Acknowledged", "Response date", "Origin",
         "Description", "Property Ref")  # fmt: skip
JOBS = ("wo_ref", "prop_ref", "created", "date_due", "datecomp", "wo_status", "u_priority", "description")
HAZARDS = ("Case No", "Date Reported", "Address", "HHSRS Category", "Emergency/Significant", "Date Inspected",
           "Made Safe", "RAG", "Comments")  # fmt: skip


# ── Homes ────────────────────────────────────────────────────────────────────────────────────────


def test_a_home_is_what_its_newest_row_says_and_its_tenures_are_kept_over_time(tmp_path):
    rows = [
        HOMES,
        (" 00123 ", "", "Ash", "Shared ownership", "01/02/2010", "31/01/2015", "Flat", "Let"),
        ("00123", "", "Ash", "General needs", "14/02/2015", "", "Flat", "Let"),
    ]
    incoming = taken(tmp_path, "homes", rows)
    assert table(incoming, "home, tenure, tenure_group, occupied") == [("00123", "General needs", "LCRA", True)]
    assert table(incoming, "tenure, from_day, to_day", "home_tenures", "from_day") == [
        ("Shared ownership", date(2010, 2, 1), date(2015, 1, 31)),
        ("General needs", date(2015, 2, 14), None),
    ]
    assert (incoming.file.rows_in, incoming.file.rows_kept, incoming.file.left_out) == (2, 2, {})


def test_joint_tenants_garages_empty_homes_and_lost_digits(tmp_path):
    rows = [
        HOMES,
        ("1", "1.00023E+11", "Ash", "General needs", "13/02/2015", "", "Flat", "Let"),
        ("1", "1.00023E+11", "Ash", "General needs", "13/02/2015", "", "Flat", "Let"),
        ("G9", "100023000009", "Ash", "", "", "", "Garage", "Let"),
        ("2", "100023000002", "Ash", "General needs", "", "", "House", "Void"),
    ]
    incoming = taken(tmp_path, "homes", rows)
    assert table(incoming, "home, uprn, dwelling, occupied", order="home") == [
        ("1", None, True, True), ("2", "100023000002", True, False), ("G9", "100023000009", False, True),
    ]  # fmt: skip
    assert incoming.file.left_out == {"same_home_again": 1}
    assert (2, "UPRN", "1.00023E+11", "lost_digits") in listed(incoming)


def test_a_home_on_two_estates_and_two_tenures_at_once_are_listed(tmp_path):
    rows = [
        HOMES,
        ("1", "", "Ash", "General needs", "13/02/2010", "", "Flat", "Let"),
        ("1", "", "Elm", "Shared ownership", "13/02/2015", "", "Flat", "Let"),
    ]
    found = {rule for *_, rule in listed(taken(tmp_path, "homes", rows))}
    assert found == {"home_on_two_estates", "tenures_overlap"}


def test_an_address_is_a_key_that_stays_the_same_however_it_is_typed_and_is_not_kept(tmp_path):
    rows = [
        ("Property ref", "Tenure", "Address", "Postcode"),
        ("1", "General needs", "Flat 3, 12 Ash Court, Lantern Moor", "LM1 2AB"),
        ("2", "General needs", "FLAT 3 12 ASH COURT", "lm12ab"),
        ("3", "General needs", "Flat 3, 12 Elm Court", "LM1 2AB"),
        ("4", "General needs", "", ""),
    ]
    incoming = taken(tmp_path, "homes", rows)
    keys = [key for (key,) in table(incoming, "address_key")]
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] is None
    assert not {name for (name,) in table(incoming, "column_name", "duckdb_columns()", "1")} & {"address_1", "postcode"}


# ── People ───────────────────────────────────────────────────────────────────────────────────────


def people(folder, **more):
    rows = [
        PEOPLE,
        ("P1", "T1", "1", "13/02/2015", "01/03/1970", "a@b.org", "07700900123", "White British", "N", "No", "Khan"),
        ("P2", "T1", "1", "13/02/2015", "01/03/1999", "", "", "Not known", "Y", "Yes", "Khan"),
        ("P3", "T2", "1", "01/06/2020", "01/03/1870", "", "07700900124", "Any other", "", "", "Roe"),
    ]
    return taken(folder, "people", rows, **more)


def test_of_e_mail_and_mobile_only_that_there_is_one_is_kept(tmp_path):
    incoming = people(tmp_path)
    assert table(incoming, "email, mobile, age_band, do_not_contact") == [
        (True, True, "55–64", False), (False, False, "25–34", True), (False, True, None, None),
    ]  # fmt: skip
    assert incoming.file.dropped == {"Email": 1, "Mobile": 2, "Ethnic Origin": 3, "Surname": 3}
    assert [row for row in listed(incoming) if row[3] == "age_impossible"] == [(4, "DOB", "", "age_impossible")]


def test_two_tenancies_of_one_home_at_one_time_are_listed(tmp_path):
    assert (4, "Tenancy Ref", "T2", "tenancies_overlap") in listed(people(tmp_path))


def test_special_categories_need_a_policy_document_and_are_never_kept_of_whoever_objects(tmp_path):
    assert table(people(tmp_path), "key", "dimensions", "1") == []
    kept = people(tmp_path, policy_document="Equality policy")
    assert table(kept, "key, special", "dimensions", "1") == [("c_ethnicity", True)]
    assert table(kept, "c_ethnicity") == [("White British",), (None,), ("Any other",)]


# ── Samples ──────────────────────────────────────────────────────────────────────────────────────


def test_a_sample_has_every_outcome_in_its_own_few_words(tmp_path):
    rows = [
        ("Sample ID", "Tenancy Ref", "Surname", "Tel1", "Attempts", "Final Outcome"),
        *((str(n), f"T{n}", "Roe", "7700900123", n, said)
          for n, said in enumerate(("Complete", "Hard refusal", "Voicemail", "Dead line", "Language", "Zapped"), 1)),
    ]  # fmt: skip
    incoming = taken(tmp_path, "sample", rows, {"wave": {"name": "2026/27"}})
    outcomes = ["complete", "refusal", "no reply", "dead line", "language", "unknown"]
    assert table(incoming, "wave, outcome, attempts") == [("2026/27", said, n) for n, said in enumerate(outcomes, 1)]
    assert listed(incoming) == [(7, "Final Outcome", "Zapped", "unknown_value")]


def test_a_sample_without_a_wave_is_asked_for_its_name(tmp_path):
    path = write_csv(tmp_path, [("Sample ID", "Outcome"), ("1", "Complete")])
    assert [ask.key for ask in look(path, holds="sample").asks] == ["wave.name"]


# ── Complaints ───────────────────────────────────────────────────────────────────────────────────


def test_a_child_case_is_the_second_stage_of_its_parents_complaint(tmp_path):
    rows = [
        CASES,
        ("C1", "", "13/05/2026", "14/05/2026", "27/05/2026", "Phone", "<p>Damp is <b>back</b> &amp; cold</p>", "1"),
        ("C2", "C1", "13/06/2026", "15/06/2026", "", "MP Enquiry", "Still damp", "1"),
    ]
    incoming = taken(tmp_path, "complaints", rows)
    assert table(incoming, "reference, complaint, stage, made, route, text") == [
        ("C1", "C1", 1, date(2026, 5, 13), "normal", "Damp is back & cold"),
        ("C2", "C1", 2, date(2026, 6, 13), "MP or councillor", "Still damp"),
    ]
    assert table(incoming, "text_key = md5('complaint' || chr(31) || text)") == [(True,), (True,)]


def test_two_stages_in_one_row_are_two_rows_of_one_complaint(tmp_path):
    rows = [
        ("Complaint ref", "Date received", "Stage 1 response sent", "Stage 2 requested", "Stage 2 response sent"),
        ("C1", "13/05/2026", "20/05/2026", "27/05/2026", "29/06/2026"),
        ("C2", "14/05/2026", "20/05/2026", "", ""),
    ]
    incoming = taken(tmp_path, "complaints", rows)
    assert table(incoming, "reference, stage, made, responded", order="row, stage") == [
        ("C1", 1, date(2026, 5, 13), date(2026, 5, 20)),
        ("C1", 2, date(2026, 5, 27), date(2026, 6, 29)),
        ("C2", 1, date(2026, 5, 14), date(2026, 5, 20)),
    ]
    assert incoming.file.rows_kept == 2


def test_a_systems_creation_date_is_never_taken_for_the_day_a_complaint_was_made(tmp_path):
    with_both = write_csv(tmp_path, [("Case Number", "Created On", "Date Received"), ("1", "2026-05-13", "2026-05-01")])
    assert look(with_both, holds="complaints").mapping.columns["made"] == "Date Received"
    alone = write_csv(tmp_path, [("Case Number", "Created On"), ("1", "2026-05-13")])
    (ask,) = look(alone, holds="complaints").asks
    assert (ask.key, ask.options) == ("columns.made", ("Created On", "none of these"))
    with pytest.raises(IntakeError, match="no column for 'Made"):
        take_in(alone, mapping_of({"columns": {"made": None}}), holds="complaints")


def test_what_cannot_be_is_listed_with_row_column_value_and_owner(tmp_path):
    rows = [
        CASES,
        ("C1", "", "13/05/2026", "10/05/2026", "09/05/2026", "Phone", "a", "1"),
        ("C2", "", "13/05/2027", "", "", "Phone", "b", ""),
        ("", "", "13/05/2026", "", "", "Phone", "c", "1"),
        ("C4", "", "31/02/2026", "", "", "Phone", "d", "1"),
    ]
    incoming = taken(tmp_path, "complaints", rows)
    assert listed(incoming) == [
        (2, "Stage 1 Acknowledged", "2026-05-10", "acknowledged_before_made"),
        (2, "Response date", "2026-05-09", "answered_before_made"),
        (3, "Date Received", "2027-05-13", "date_in_future"),
        (3, "Property Ref", "", "no_home_named"),
        (4, "Case Number", "", "missing_reference"),
        (5, "Date Received", "31/02/2026", "record_date_unread"),
    ]
    assert (incoming.file.rows_in, incoming.file.rows_kept, incoming.file.left_out) == (4, 3, {"missing_reference": 1})


def test_of_a_case_closed_and_opened_again_the_later_state_counts(tmp_path):
    rows = [
        CASES,
        ("C1", "", "13/05/2026", "", "20/05/2026", "Phone", "a", "1"),
        ("C1", "", "13/05/2026", "", "", "Phone", "a", "1"),
        ("C3", "", "13/05/2026", "", "", "Phone", "a", "1"),
        ("C3", "", "13/05/2026", "", "", "Phone", "a", "1"),
    ]
    incoming = taken(tmp_path, "complaints", rows)
    assert table(incoming, "row, reference, responded") == [(3, "C1", None), (4, "C3", None)]
    assert incoming.file.left_out == {"later_state_counts": 1, "same_row_twice": 1}


# ── Contacts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_call_about_arrears_or_to_the_wrong_person_is_not_listening(tmp_path):
    rows = [
        ("Campaign", "Customer Reference", "Phone Number", "Call Date", "Call Outcome", "Right Party"),
        ("Rent arrears week 3", "T1", "7700900123", "13/05/2026", "Answered", "Y"),
        ("Courtesy calls", "T2", "7700900124", "13/05/2026", "Answered", "Y"),
        ("Courtesy calls", "T3", "7700900125", "13/05/2026", "Answered", "N"),
        ("Courtesy calls", "T4", "7700900126", "13/05/2026", "Voicemail", ""),
    ]
    incoming = taken(tmp_path, "contacts", rows)
    assert [row[0] for row in table(incoming, "listening")] == [False, True, False, False]
    assert table(incoming, "distinct channel, direction", order="1") == [("telephone", "out")]
    assert len(set(table(incoming, "reference"))) == 4


def test_notes_that_run_over_rows_go_to_the_row_above_and_are_counted(tmp_path):
    rows = [
        ("Contact listing",), ("Run 30/10/2026",), (), ("Acorn Homes",),
        ("Contact Ref", "Contact Date", "Contact Method", "Place Ref", "Notes"),
        ("K1", "13/05/2026", "Phone In", "1   ", "Rang about the lift"),
        ("", "", "", "", "Note: second call"),
        ("", "", "", "", "and again"),
        ("K2", "14/05/2026", "Email Out", "2", "Reply sent"),
    ]  # fmt: skip
    incoming = taken(tmp_path, "contacts", rows)
    assert table(incoming, "row, home_ref, channel, direction, text") == [
        (6, "1", "telephone", "in", "Rang about the lift Note: second call and again"),
        (9, "2", "e-mail", "out", "Reply sent"),
    ]
    assert (incoming.file.rows_in, incoming.file.left_out) == (4, {"continued_row": 2})


# ── Repairs ──────────────────────────────────────────────────────────────────────────────────────


def test_cancelled_jobs_blank_days_and_padded_keys(tmp_path):
    rows = [
        JOBS,
        (" 0001 ", "00007 ", "13/05/2026", "01/06/2026", "1900-01-01", "CAN", "E", "leak"),
        ("0002", "00008", "13/05/2026", "01/06/2026", "20/05/2026", "COM", "R", "door"),
        ("0003", "00008", "13/05/2026", "9999-12-31", "", "COM", "Q7", "door"),
    ]
    incoming = taken(tmp_path, "repairs", rows)
    assert table(incoming, "reference, home_ref, due, completed, cancelled, priority") == [
        ("0001", "00007", date(2026, 6, 1), None, True, "emergency"),
        ("0002", "00008", date(2026, 6, 1), date(2026, 5, 20), False, "routine"),
        ("0003", "00008", None, None, False, None),
    ]
    assert listed(incoming) == [(4, "u_priority", "Q7", "unknown_value")]


def test_a_frequent_value_nobody_knows_is_asked_and_the_answer_is_followed(tmp_path):
    rows = [JOBS, *((str(n), "1", "13/05/2026", "", "", "COM", "ZZ", "leak") for n in range(6))]
    with pytest.raises(Unanswered) as asked:
        taken(tmp_path, "repairs", rows)
    assert [ask.key for ask in asked.value.asks] == ["values.priority.ZZ"]
    answered = taken(tmp_path, "repairs", rows, {"values": {"priority": {"ZZ": "planned"}}})
    assert set(table(answered, "priority")) == {("planned",)}
    with pytest.raises(IntakeError, match=r"values\.priority\.ZZ"):
        taken(tmp_path, "repairs", rows, {"values": {"priority": {"ZZ": "soonish"}}})


# ── Hazards ──────────────────────────────────────────────────────────────────────────────────────


def test_a_tab_per_surveyor_is_one_table_with_the_rows_each_tab_shows_and_no_surveyors_name(tmp_path):
    def tab(case, inspected):
        return [("Tracker",), HAZARDS, (case, "2026-10-28", "1 Ash Court", "Damp", "S", inspected, "", "", "mould")]

    path = write_book(tmp_path, {"Priya": tab("H1", "w/c 3/11"), "Guide": [("Read me",)], "Bob": tab("H2", "soon")})
    (ask,) = look(path, holds="hazards").asks
    assert (ask.key, ask.options) == ("sheet", ("*", "Priya", "Bob"))
    incoming = take_in(path, mapping_of({"sheet": "*"}), holds="hazards", today=TODAY)
    assert table(incoming, "sheet, row, reference, inspected", order="sheet") == [
        ("sheet 1", 3, "H1", date(2026, 11, 3)), ("sheet 3", 3, "H2", None),
    ]  # fmt: skip
    assert listed(incoming) == [
        (3, "Date Inspected (sheet 1)", "2026-11-03", "day_without_year"),
        (3, "Date Inspected (sheet 3)", "soon", "record_date_unread"),
    ]
    kept = str(table(incoming, "*")) + str(incoming.connection.execute("select * from problems").fetchall())
    assert "Priya" not in kept and "Bob" not in kept
    assert any("colours are not read" in note for note in incoming.file.notes)


def test_where_one_surveyors_tab_is_read_its_place_is_kept_and_not_the_name(tmp_path):
    rows = [HAZARDS, *((f"H{n}", f"{n}/05/2026", "1 Ash Court", "Damp", "Emergency") for n in range(13, 29))]
    path = write_book(tmp_path, {"Read me": [["Tracker"]], "Priya": rows, "Bob": rows})
    chosen = take_in(path, mapping_of({"sheet": "Priya"}), holds="hazards", today=TODAY)
    alone = write_book(tmp_path, {"Read me": [["Tracker"]], "Priya": rows}, "alone.xlsx")
    for incoming in (chosen, take_in(alone, holds="hazards", today=TODAY)):
        assert incoming.file.sheet == "sheet 2"
        assert "Priya" not in str(incoming.file)


# ── Teams ────────────────────────────────────────────────────────────────────────────────────────


def test_a_team_of_fewer_than_five_is_left_out_and_counted(tmp_path):
    rows = [
        ("Team", "Estate", "Officers", "Homes", "Vacancies", "Days lost"),
        ("North", "Ash", 6, "1,800", 1, 20),
        ("South", "Elm", 4, 900, 0, 3),
        ("East", "Elm", "", 900, 0, 3),
    ]
    incoming = taken(tmp_path, "teams", rows)
    # Of the two that are too small only the estate: nothing is said of their few officers by it.
    kept = table(incoming, "team, estate, officers, homes_per_officer", order="row nulls last")
    assert kept == [("North", kept[0][1], 6, 300.0), (None, "Elm", None, None)]
    assert incoming.file.left_out == {"team_too_small": 1, "team_size_missing": 1}


# ── The road itself ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("holds", "headings", "row"),
    [
        ("homes", HOMES, ("1", "", "Ash", "General needs", "13/02/2010", "", "Flat", "Let")),
        ("people", PEOPLE, ("P1", "T1", "1", "13/02/2015", "01/03/1970", "a@b.org", "", "", "N", "No", "Khan")),
        ("sample", ("Sample ID", "Attempts", "Final Outcome"), ("1", "2", "Complete")),
        ("complaints", CASES, ("C1", "", "13/05/2026", "14/05/2026", "", "Phone", "Damp again", "1")),
        ("contacts", ("Contact Ref", "Contact Date", "Contact Method"), ("1", "13/05/2026", "Phone")),
        ("repairs", JOBS, ("1", "2", "13/05/2026", "", "20/05/2026", "COM", "E", "leak")),
        ("hazards", HAZARDS, ("H1", "13/05/2026", "1 Ash Court", "Damp", "S", "14/05/2026", "", "", "")),
        ("teams", ("Team", "Officers", "Vacancies"), ("North", 6, 1)),
        ("survey", ("Serial", "Tenure", "TP01"), ("1", "General needs", "Very satisfied")),
    ],
)
def test_the_kind_of_a_file_is_seen_from_its_headings(tmp_path, holds, headings, row):
    kind, sure = kind_of(write_csv(tmp_path, [headings, row]))
    assert kind == holds
    assert sure >= 0.5


def test_a_file_like_none_is_no_kind_for_sure(tmp_path):
    assert kind_of(write_csv(tmp_path, [("Apples", "Pears"), ("1", "2")])) == ("survey", 0.0)


def test_a_profile_remembers_its_kind_and_is_found_by_it_only(tmp_path):
    path = write_csv(tmp_path, [("Team", "Officers"), ("North", 6)])
    profiles.remember(tmp_path, "Teams", look(path, holds="teams").mapping, ("Team", "Officers"), "teams")
    assert look(path, tmp_path, holds="teams").profile == "Teams"
    assert profiles.matching(tmp_path, ("Team", "Officers")) == ""
    assert kind_of(path, home=tmp_path) == ("teams", 1.0)


def test_a_file_of_which_nothing_can_be_kept_says_why(tmp_path):
    with pytest.raises(IntakeError) as error:
        taken(tmp_path, "teams", [("Team", "Officers"), ("South", 2)])
    assert [problem.rule for problem in error.value.problems] == ["nothing_kept", "team_too_small"]


def test_dates_that_may_be_either_are_asked_about(tmp_path):
    path = write_csv(tmp_path, [JOBS, ("1", "2", "03/04/2026", "", "", "COM", "E", "leak")])
    assert [ask.key for ask in look(path, holds="repairs").asks] == ["dates"]


def test_scores_are_shares_of_what_is_filled_faultless_and_there_once(tmp_path):
    rows = [JOBS, ("1", "2", "13/05/2026", "", "20/05/2026", "COM", "E", "leak"), ("1", "2", "13/05/2026", "", "",
            "COM", "E", "leak")]  # fmt: skip
    incoming = taken(tmp_path, "repairs", rows)
    assert incoming.scores["uniqueness"] == 0.5
    assert 0 < incoming.scores["validity"] <= 1 and 0 < incoming.scores["completeness"] <= 1
    assert incoming.scores.keys() == {"completeness", "validity", "uniqueness"}


def test_only_the_tables_of_the_kind_are_left(tmp_path):
    incoming = taken(tmp_path, "teams", [("Team", "Officers"), ("North", 6)])
    assert set(table(incoming, "table_name", "duckdb_tables()", "1")) == {("teams",), ("problems",)}


# ── What the page of silence and call lists rest on ──────────────────────────────────────────────


def test_portal_use_and_visits_are_channels_of_their_own(tmp_path):
    rows = [
        ("Contact Ref", "Contact Date", "Contact Method", "Property Ref"),
        *((f"K{n}", "21/05/2026", said, "1") for n, said in enumerate(
            ("Customer portal", "MyHome", "App", "Web form", "Live chat", "Home visit", "Walk-in", "Phone In"))),
    ]  # fmt: skip
    incoming = taken(tmp_path, "contacts", rows)
    assert table(incoming, "channel, direction", "contacts", "reference") == [
        ("portal", None), ("portal", None), ("portal", None), ("web", None), ("web", None), ("visit", "out"),
        ("visit", None), ("telephone", "in"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Domestic abuse", "Legal claim", "Deceased"])
def test_a_reason_never_to_call_is_kept_as_do_not_contact_and_nothing_else(heading, tmp_path):
    rows = [
        ("Person Ref", "Tenancy Ref", "Property Ref", "DOB", heading),
        ("P1", "T1", "1", "21/02/1980", "Y"),
        ("P2", "T2", "2", "01/02/1981", "N"),
        ("P3", "T3", "3", "01/02/1982", ""),
    ]
    incoming = taken(tmp_path, "people", rows)
    assert [flag for (flag,) in table(incoming, "coalesce(do_not_contact, false)", "people", "reference")] == [
        True, False, False,
    ]  # fmt: skip
    columns = {name for name, *_ in incoming.connection.execute("describe people").fetchall()}
    assert not columns & {"domestic_abuse", "legal_claim", "deceased"}
