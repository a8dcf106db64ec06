"""Records add up file by file; each row joins to a home where it may; nothing is dropped; refusals hold for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest
from incoming_records import HOMES, small_homes, small_records
from small_survey import small_incoming

from data.generation import SCHEMA_VERSION, NotHeld
from data.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


def repair(reference, **named):
    return {"reference": reference, "raised": date(2026, 5, 1), **named}


def joined(generation, table="repairs"):
    """Of each row's reference: the home it joined, and how."""
    found = generation.rows(f"select reference, home, joined from {table} order by reference")
    return {reference: (home, how) for reference, home, how in found}


# ── Adding up ────────────────────────────────────────────────────────────────────────────────────


def test_every_table_is_there_whatever_was_taken_in(store):
    held = store.publish(small_incoming())
    assert held.held_rows() == {
        "survey": 40, "homes": 0, "people": 0, "sample": 0, "complaints": 0, "contacts": 0, "repairs": 0,
        "hazards": 0, "teams": 0,
    }  # fmt: skip
    assert held.rows("select * from refusals") == held.rows("select * from home_tenures") == []


def test_records_may_come_before_any_survey(store):
    held = store.publish(small_homes())
    assert held.waves == ()
    assert held.held_rows()["homes"] == 5
    assert [wave.name for wave in store.publish(small_incoming()).waves] == ["2024"]


def test_a_newer_row_replaces_the_one_with_its_reference_and_everything_else_stays(store):
    store.publish(small_records(name="april.csv", sha256="1" * 64, repairs=[repair("R1"), repair("R2")]))
    done = repair("R2", completed=date(2026, 5, 9))
    held = store.publish(small_records(name="may.csv", sha256="2" * 64, repairs=[done, repair("R3")]))
    assert held.rows("select reference, completed, source[:1] from repairs order by 1") == [
        ("R1", None, "1"),
        ("R2", date(2026, 5, 9), "2"),
        ("R3", None, "2"),
    ]
    assert {file.name: file.holds for file in held.files()} == {"april.csv": "repairs", "may.csv": "repairs"}


def test_the_stages_of_one_complaint_stand_beside_each_other(store):
    first, second = ({"reference": "C1", "complaint": "C1", "stage": stage} for stage in (1, 2))
    store.publish(small_records(sha256="1" * 64, complaints=[first]))
    held = store.publish(small_records(sha256="2" * 64, complaints=[second]))
    assert held.rows("select reference, stage from complaints order by 2") == [("C1", 1), ("C1", 2)]


def test_a_homes_list_is_replaced_whole_and_its_old_file_goes(store):
    store.publish(small_homes())
    held = store.publish(small_records(name="new homes.csv", sha256="c" * 64, homes=HOMES[:1]))
    assert held.held_rows()["homes"] == 1
    assert [file.name for file in held.files()] == ["new homes.csv"]


def test_an_issued_sample_is_replaced_wave_by_wave(store):
    rows = [{"wave": "2024", "reference": "S1"}, {"wave": "2025", "reference": "S2"}]
    store.publish(small_records(sha256="1" * 64, sample=rows))
    held = store.publish(small_records(sha256="2" * 64, sample=[{"wave": "2025", "reference": "S9"}]))
    assert held.rows("select wave, reference from sample order by 1") == [("2024", "S1"), ("2025", "S9")]


def test_the_same_file_taken_in_again_replaces_what_it_brought(store):
    store.publish(small_records(repairs=[repair("misread 1"), repair("misread 2")]))
    held = store.publish(small_records(repairs=[repair("R1")]))
    assert [reference for (reference,) in held.rows("select reference from repairs")] == ["R1"]


def test_a_file_taken_in_twice_is_known_by_its_checksum(store):
    held = store.publish(small_homes())
    known = held.taken_already("b" * 64)
    assert known is not None and (known.name, known.holds) == ("homes.csv", "homes")
    assert held.taken_already("f" * 64) is None


def test_one_workbook_taken_in_as_two_kinds_stands_as_both_with_the_problems_of_each(store):
    workbook = {"name": "homes and people.xlsx", "sha256": "b" * 64}
    for kind, rows in (("homes", HOMES), ("people", [{"reference": "P1", "home_ref": "P-77"}])):
        brought = small_records(**workbook, **{kind: rows})
        brought.connection.execute("insert into problems (rule, stops) values (?, '')", [f"a fault of {kind}"])
        held = store.publish(brought)
    assert {(file.name, file.holds) for file in held.files()} == {(workbook["name"], k) for k in ("homes", "people")}
    faults = {(holds, rule) for _, holds, rule, *_ in held.standing_faults()}
    assert faults == {("homes", "a fault of homes"), ("people", "a fault of people")}
    newer = store.publish(small_homes(sha256="c" * 64))
    assert {(file.sha256[0], file.holds) for file in newer.files()} == {("c", "homes"), ("b", "people")}


def test_scores_are_of_the_newest_file_of_each_kind(store):
    store.publish(small_incoming())
    held = store.publish(small_homes())
    assert held.scores() == {"rows kept": 1.0}
    assert held.scores_by_kind() == {"survey": {"completeness": 1.0}, "homes": {"rows kept": 1.0}}
    assert [line.holds for line in store.history()] == ["homes", "survey"]


def test_the_files_behind_the_rows_of_a_kind_or_a_wave_are_known(store):
    store.publish(small_incoming())
    store.publish(small_incoming("2025", name="b.csv", sha256="2" * 64))
    held = store.publish(small_homes())
    assert held.sources_of("survey", "2024") == {"0" * 64}
    assert held.sources_of("survey") == {"0" * 64, "2" * 64}
    assert held.sources_of("homes") == {"b" * 64} and held.sources_of("repairs") == set()
    with pytest.raises(NotHeld, match="called '2019'"):
        held.sources_of("survey", "2019")
    with pytest.raises(NotHeld, match="no kind of file called 'letters'"):
        held.sources_of("letters")


def test_faults_that_stand_are_told_once_a_file_and_rule(store):
    file = small_records(repairs=[repair("R1"), repair("R2")])
    file.connection.execute(
        "insert into problems (row, rule, what, remedy, stops) values (2, 'bad_date', 'Not a day.', 'Mend it.', ''), "
        "(3, 'bad_date', 'Not a day.', 'Mend it.', ''), (null, 'no_estate', 'None.', 'Add it.', 'row')"
    )
    held = store.publish(file, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
    day = date(2026, 11, 25)
    assert held.standing_faults() == [
        ("records.csv", "repairs", "bad_date", "Not a day.", "Mend it.", "", day, 2),
        ("records.csv", "repairs", "no_estate", "None.", "Add it.", "row", day, 0),
    ]


def test_problems_stay_while_a_row_of_their_file_does(store):
    one, two = (small_records(name=f"{n}.csv", sha256=n * 64, repairs=[repair("R1")]) for n in "12")
    one.connection.execute("insert into problems (row, rule, stops) values (2, 'bad_date', '')")
    assert list(store.publish(one).problems()["file"]) == ["1.csv"]
    assert list(store.publish(two).problems()["file"]) == []


# ── Joining ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("homes_first", [True, False])
def test_records_join_whether_the_homes_list_comes_before_or_after(store, homes_first):
    files = [small_homes(), small_records(repairs=[repair("R1", home_ref="P-77"), repair("R2", home_ref="P-00")])]
    for file in files if homes_first else reversed(files):
        held = store.publish(file)
    assert joined(held) == {"R1": ("P-77", "exact"), "R2": (None, "none")}
    assert held.rows("select estate, block, tenure, tenure_group from repairs where reference = 'R1'") == [
        ("Lanternmoor", "Teal House", "Sheltered", "LCRA")
    ]


def test_a_row_joins_by_the_surest_of_what_it_names(store):
    store.publish(small_homes())
    people = [{"reference": "p1", "tenancy_ref": "T-0001", "home_ref": "P-77"}]
    store.publish(small_records(sha256="1" * 64, people=people))
    rows = {
        "own": {"home_ref": "00123/4"},
        "uprn in place of own": {"home_ref": "100023336956"},
        "uprn": {"home_ref": "nothing", "uprn_ref": "100023336957"},
        "padded": {"home_ref": " p/78 "},
        "unpadded": {"home_ref": "1234"},
        "spreadsheet": {"home_ref": "1234.0"},
        "tenancy": {"tenancy_ref": "T-0001"},
        "tenancy unpadded": {"tenancy_ref": "t 0001"},
        "address": {"address_key": "k3"},
        "address of two": {"address_key": "k4"},
        "block": {"home_ref": "TEAL HOUSE"},
        "two homes": {"home_ref": "00900"},
        "own of two": {"home_ref": "0900"},
        "unheard of": {"tenancy_ref": "T-9"},
        "none": {},
    }
    held = store.publish(small_records(sha256="2" * 64, repairs=[repair(key, **row) for key, row in rows.items()]))
    assert joined(held) == {
        "own": ("00123/4", "exact"),
        "uprn in place of own": ("00123/4", "exact"),
        "uprn": ("P-77", "exact"),
        "padded": ("P 78", "normalised"),
        "unpadded": ("00123/4", "normalised"),
        "spreadsheet": ("00123/4", "normalised"),
        "tenancy": ("P-77", "tenancy"),
        "tenancy unpadded": ("P-77", "tenancy"),
        "address": ("P 78", "address"),
        "address of two": (None, "none"),
        "block": (None, "block"),
        "two homes": (None, "none"),
        "own of two": ("0900", "exact"),
        "unheard of": (None, "none"),
        "none": (None, "not named"),
    }
    assert held.rows("select estate, block, tenure from repairs where reference = 'block'") == [
        ("Lanternmoor", "Teal House", None)
    ]


def test_a_row_without_a_home_keeps_what_its_file_said(store):
    said = {"estate": "Elm Rise", "tenure": "Sheltered", "tenure_group": "LCRA", "home_ref": "P-00"}
    store.publish(small_homes())
    held = store.publish(small_records(contacts=[{"reference": "K1", **said}, {"reference": "K2", **said}]))
    assert (
        held.rows("select estate, tenure, tenure_group, joined from contacts")
        == [("Elm Rise", "Sheltered", "LCRA", "none")] * 2
    )


def test_a_home_says_better_than_the_file_where_it_is_and_the_file_s_word_is_kept(store):
    store.publish(small_homes())
    contact = {"reference": "K1", "home_ref": "P 78", "estate": "Elm Rise", "tenure": "x", "tenure_group": "LCRA"}
    held = store.publish(small_records(contacts=[contact]))
    assert held.rows("select estate, estate_given, tenure, tenure_given, tenure_group from contacts") == [
        ("Ash Court", "Elm Rise", "Shared ownership", "x", "LCHO")
    ]


def test_a_complaint_has_the_tenure_its_home_had_on_the_day_it_was_made(store):
    history = [
        {"home": "P-77", "tenure": "Sheltered", "tenure_group": "LCRA", "to_day": date(2025, 3, 31)},
        {"home": "P-77", "tenure": "Shared ownership", "tenure_group": "LCHO", "from_day": date(2025, 4, 1)},
    ]
    store.publish(small_records(name="homes.csv", sha256="b" * 64, homes=HOMES, home_tenures=history))
    made = {"C1": date(2025, 3, 31), "C2": date(2025, 4, 1), "C3": None}
    rows = [{"reference": key, "stage": 1, "made": day, "home_ref": "P-77"} for key, day in made.items()]
    held = store.publish(small_records(complaints=rows))
    assert held.rows("select reference, tenure_group from complaints order by 1") == [
        ("C1", "LCRA"), ("C2", "LCHO"), ("C3", "LCRA"),
    ]  # fmt: skip


def test_a_tenancy_of_two_homes_joins_to_neither_and_two_tenancies_of_a_home_both_join(store):
    people = [
        {"reference": "p1", "tenancy_ref": "T1", "home_ref": "P-77"},
        {"reference": "p2", "tenancy_ref": "T1", "home_ref": "P 78"},
        {"reference": "p3", "tenancy_ref": "T2", "home_ref": "0900"},
        {"reference": "p4", "tenancy_ref": "T3", "home_ref": "0900"},
    ]
    store.publish(small_records(sha256="1" * 64, homes=HOMES, people=people))
    repairs = [repair(f"R{n}", tenancy_ref=f"T{n}") for n in (1, 2, 3)]
    held = store.publish(small_records(sha256="2" * 64, repairs=repairs))
    assert joined(held) == {"R1": (None, "none"), "R2": ("0900", "tenancy"), "R3": ("0900", "tenancy")}


def test_who_may_be_attributed_joins_to_a_home_by_its_reference_or_its_tenancy(store):
    survey = small_incoming("2024", 4)
    for respondent, household in ((1, "P-77"), (2, "T-1"), (3, "unheard of")):
        survey.connection.execute(
            "update responses set may_attribute = true, household = ? where respondent = ?", [household, respondent]
        )
    people = [{"reference": "p1", "tenancy_ref": "T-1", "home_ref": "P 78"}]
    store.publish(survey)
    held = store.publish(small_records(homes=HOMES, people=people))
    assert held.rows("select respondent, home, joined::varchar from responses order by 1") == [
        (1, "P-77", "exact"), (2, "P 78", "tenancy"), (3, None, "none"), (4, None, "not named"),
    ]  # fmt: skip


def test_what_is_held_is_joined_anew_where_homes_people_or_a_person_s_word_have_changed(store):
    store.publish(small_homes())
    rows = [repair("R1", home_ref="P-77"), repair("R2", tenancy_ref="T-1")]
    store.publish(small_records(repairs=rows))
    held = store.publish(small_records(sha256="9" * 64, hazards=[{"reference": "H1", "tenancy_ref": "T-1"}]))
    assert joined(held) == {"R1": ("P-77", "exact"), "R2": (None, "none")}  # nothing that bears on them has changed
    people = [{"reference": "p1", "tenancy_ref": "T-1", "home_ref": "P 78"}]
    held = store.publish(small_records(sha256="8" * 64, people=people))
    assert joined(held) == {"R1": ("P-77", "exact"), "R2": ("P 78", "tenancy")}
    assert joined(held, "hazards") == {"H1": ("P 78", "tenancy")}
    store.confirmations.confirm("estate", "Lanternmoor", "The Moor")
    held = store.publish(small_records(sha256="7" * 64, hazards=[{"reference": "H2", "tenancy_ref": "T-1"}]))
    assert held.rows("select estate from repairs where reference = 'R1'") == [("The Moor",)]
    held = store.publish(small_records(sha256="6" * 64, homes=HOMES[2:]))
    assert joined(held) == {"R1": (None, "none"), "R2": ("P 78", "tenancy")}


# ── Refusals ─────────────────────────────────────────────────────────────────────────────────────


def test_a_refusal_holds_for_every_later_list_of_people(store):
    refuses = {"reference": "p1", "tenancy_ref": "T-1", "home_ref": "P-77", "do_not_contact": True}
    day = datetime(2026, 11, 25, 9, tzinfo=UTC)
    store.publish(small_records(sha256="1" * 64, homes=HOMES, people=[refuses]), now=day)
    later = {"reference": "p1", "tenancy_ref": "t1", "home_ref": "P-77", "do_not_contact": False}
    other = {"reference": "p2", "tenancy_ref": "T-2", "home_ref": "P 78"}
    store.publish(small_records(sha256="2" * 64, people=[other]))
    held = store.publish(small_records(sha256="3" * 64, people=[later, other]))
    assert held.rows("select reference, do_not_contact, objects from people order by 1") == [
        ("p1", True, False),
        ("p2", False, False),
    ]
    assert held.rows("select tenancy_key, home, what, since, source[:1] from refusals") == [
        ("T1", "P-77", "do not contact", date(2026, 11, 25), "1")
    ]
    assert "1" * 64 not in {file.sha256 for file in held.files() if file.holds == "people"}


def test_a_refusal_holds_though_a_later_file_names_only_the_home(store):
    refuses = {"reference": "p1", "tenancy_ref": "T-1", "home_ref": "P-77", "objects": True}
    store.publish(small_records(sha256="1" * 64, homes=HOMES, people=[refuses]), now=datetime(2026, 5, 1, tzinfo=UTC))
    later = [
        {"reference": "a" * 32, "home_ref": "P 77", "start_day": date(2015, 4, 15), "c_ethnicity": "any"},
        {"reference": "b" * 32, "home_ref": "P-78", "start_day": date(2015, 4, 15), "c_ethnicity": "any"},
        {"reference": "c" * 32, "home_ref": "P-77", "start_day": date(2026, 6, 1), "c_ethnicity": "any"},
    ]
    held = store.publish(small_records(sha256="2" * 64, people=later), now=datetime(2026, 6, 8, tzinfo=UTC))
    assert held.rows("select reference[1], objects, c_ethnicity from people order by 1") == [
        ("a", True, None),  # the same home, and there before
        ("b", False, "any"),
        ("c", False, "any"),  # moved in after the refusal
    ]


def test_a_refusal_of_which_only_the_home_is_known_holds_though_every_row_has_a_new_key(store):
    refuses = {"reference": "a" * 32, "home_ref": "P-77", "do_not_contact": True}
    store.publish(small_records(sha256="1" * 64, people=[refuses]))
    later = {"reference": "b" * 32, "home_ref": "P-77", "do_not_contact": False}
    named = {"reference": "p9", "tenancy_ref": "T-9", "home_ref": "P-77"}
    for number, row in enumerate((later, named), start=2):
        held = store.publish(small_records(sha256=str(number) * 64, people=[row]))
        assert held.rows("select do_not_contact from people") == [(True,)]


def test_of_who_once_objected_nothing_of_a_special_category_is_kept(store):
    row = {"tenancy_ref": "T-1", "c_ethnicity": "any"}
    store.publish(small_records(sha256="1" * 64, people=[{**row, "reference": "p1", "objects": True}]))
    people = [{**row, "reference": "p1"}, {"reference": "p2", "tenancy_ref": "T-2", "c_ethnicity": "any"}]
    held = store.publish(small_records(sha256="2" * 64, people=people))
    assert held.rows("select reference, c_ethnicity from people order by 1") == [("p1", None), ("p2", "any")]


# ── What a person confirmed ──────────────────────────────────────────────────────────────────────


def test_a_confirmed_estate_is_applied_to_everything_held_and_can_be_taken_back(store):
    store.publish(small_incoming(estates=("Lantern Moor", "Ash Court")))
    store.publish(small_records(homes=HOMES, hazards=[{"reference": "H1", "estate": "Lantern Moor"}]))
    store.confirmations.confirm("estate", "Lantern Moor", "Lanternmoor")
    held = store.remake("names of estates")
    estates = "select distinct estate::varchar from {} order by 1"
    assert held.rows(estates.format("responses")) == [("Ash Court",), ("Lanternmoor",)]
    assert held.rows("select estate, estate_given from hazards") == [("Lanternmoor", "Lantern Moor")]
    assert [file.name for file in held.files()] == ["records.csv", "small.csv"]
    store.confirmations.take_back("estate", "Lantern Moor")
    held = store.remake("names of estates")
    assert held.rows(estates.format("responses")) == [("Ash Court",), ("Lantern Moor",)]
    assert held.rows("select estate from hazards") == [("Lantern Moor",)]


def test_two_estates_merged_are_one_and_a_name_matched_on_is_followed(store):
    for given, meant in (("A", "C"), ("B", "C"), ("Old A", "A"), ("X", "Y"), ("Y", "X")):
        store.confirmations.confirm("estate", given, meant)
    said = store.confirmations.said().estates
    assert {name: said[name] for name in ("A", "B", "Old A")} == {"A": "C", "B": "C", "Old A": "C"}
    assert said["X"] in "XY"  # a circle ends


def test_a_confirmed_reference_joins_and_one_to_a_home_that_is_gone_does_not(store):
    store.publish(small_homes())
    repairs = [repair("R1", home_ref="WEB-1"), repair("R2", tenancy_ref="OLD-2"), repair("R3", home_ref="WEB-3")]
    store.publish(small_records(repairs=repairs))
    for about, reference, home in (("home", "WEB-1", "P-77"), ("tenancy", "OLD-2", "P 78"), ("home", "WEB-3", "gone")):
        store.confirmations.confirm(about, reference, home)
    held = store.remake("references")
    assert joined(held) == {"R1": ("P-77", "exact"), "R2": ("P 78", "tenancy"), "R3": (None, "none")}


# ── Undo, and an older store ─────────────────────────────────────────────────────────────────────


def test_undo_takes_a_file_of_records_back(store):
    store.publish(small_homes())
    store.publish(small_records(repairs=[repair("R1")]))
    earlier = store.undo()
    assert earlier is not None and (earlier.held_rows()["homes"], earlier.held_rows()["repairs"]) == (5, 0)


def test_a_generation_of_the_first_version_is_read_and_the_next_publish_brings_it_up(store, tmp_path):
    store.publish(small_incoming()).close()
    _as_version_1(tmp_path / "generations" / "000001.duckdb")
    old = store.current()
    assert old is not None and old.held_rows()["survey"] == 40 and old.held_rows()["repairs"] == 0
    assert old.scores() == {"completeness": 1.0}
    assert [(file.name, file.holds) for file in old.files()] == [("small.csv", "survey")]
    held = store.publish(small_homes())
    assert held.meta["schema_version"] == str(SCHEMA_VERSION)
    assert held.held_rows()["survey"] == 40 and held.held_rows()["homes"] == 5
    assert held.rows("select distinct estate_given::varchar from responses order by 1") == [
        ("Ash Court",), ("Beech Row",),
    ]  # fmt: skip


def _as_version_1(path):
    """The file as the first version wrote it: no records, and no word of kinds of file."""
    with duckdb.connect(str(path)) as con:
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            if table not in {"meta", "files", "scores", "responses", "comments", "strata", "dimensions", "waves",
                             "problems"}:  # fmt: skip
                con.execute(f"drop table {table}")
        con.execute("update meta set value = '1' where key = 'schema_version'")
        con.execute("delete from meta where key = 'holds'")
        con.execute("alter table files drop column holds")
        for table, names in (("scores", ("holds", "file")), ("responses", ("estate_given", "home", "joined"))):
            for name in names:
                con.execute(f"alter table {table} drop column {name}")
