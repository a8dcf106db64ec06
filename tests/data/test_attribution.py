"""Estate, tenure and bands come from the homes held before the reference goes; nothing leads back to a home."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from incoming_records import HOMES, small_records
from small_survey import small_incoming

from data.attribution import derive
from data.confirmed import Confirmations
from data.merging.references import Confirmed
from data.store import Store

PEOPLE = (
    {"reference": "p1", "tenancy_ref": "T-1", "home_ref": "P-77", "lead": False, "age_band": "25–34"},
    {"reference": "p2", "tenancy_ref": "T-1", "home_ref": "P-77", "lead": True, "age_band": "65–74",
     "length_of_tenancy": "10 years or more"},
    {"reference": "p3", "tenancy_ref": "T-0", "home_ref": "P-77", "lead": True, "age_band": "75–84",
     "end_day": date(2020, 1, 1)},
    {"reference": "p4", "tenancy_ref": "T-9", "home_ref": "P 78", "lead": True, "age_band": "35–44"},
)  # fmt: skip
STAGED = """create table staged (
    row bigint, wave varchar, tenure_group varchar, tenure varchar, estate varchar, block varchar, date date,
    age_band_given varchar, age integer, dob date, stratum varchar, may_attribute boolean, household varchar,
    last_day_of_fieldwork date)"""


@pytest.fixture
def held(tmp_path):
    """The path of a generation with five homes, one of them another tenure before April 2025, and its people."""
    history = [{"home": "P-77", "tenure": "Shared ownership", "tenure_group": "LCHO", "to_day": date(2025, 3, 31)}]
    incoming = small_records(homes=HOMES, home_tenures=history, people=PEOPLE)
    with_homes = Store(tmp_path, "real").publish(incoming)
    with_homes.close()
    return with_homes.path


def staged(*rows, extra=""):
    con = duckdb.connect()
    con.execute(STAGED + (f"; alter table staged add column {extra}" if extra else ""))
    for n, row in enumerate(rows, start=2):
        named = {"row": n, "wave": "2026", "date": date(2026, 5, 1), **row}
        con.execute(
            f"insert into staged ({', '.join(named)}) values ({', '.join('?' * len(named))})", list(named.values())
        )
    return con


def told(con, columns):
    return con.execute(f"select {columns} from staged order by row").fetchall()


def test_what_the_file_does_not_say_of_a_home_is_derived_whether_or_not_it_may_be_attributed(held):
    con = staged({"household": "P-77", "may_attribute": False}, {"household": "t1", "may_attribute": True})
    found = derive(con, held)
    columns = "estate, block, tenure, tenure_group, stratum, age_band_given, c_property_type, c_length_of_tenancy"
    one = ("Lanternmoor", "Teal House", "Sheltered", "LCRA", "LCRA", "65–74", "Bungalow", "10 years or more")
    # The block may be one home: only of the one who may be attributed.
    assert told(con, columns) == [(one[0], None, *one[2:]), one]
    assert (found.named, found.joined) == (2, 2)
    everybody = dict.fromkeys(("estate", "tenure", "age_band", "c_property_type", "c_length_of_tenancy"), 2)
    assert dict(found.filled) == {**everybody, "block": 1}
    assert dict(found.added) == {"c_property_type": "Property type", "c_length_of_tenancy": "Length of tenancy"}


def test_what_the_file_says_itself_stays(held):
    said = {"household": "P-77", "estate": "Elm Rise", "tenure": "Mine", "tenure_group": "LCHO", "stratum": "s",
            "age": 40, "c_property_type": "Boat"}  # fmt: skip
    con = staged(said, extra="c_property_type varchar")
    assert dict(derive(con, held).added) == {"c_length_of_tenancy": "Length of tenancy"}
    assert told(con, "estate, tenure, tenure_group, stratum, age_band_given, c_property_type") == [
        ("Elm Rise", "Mine", "LCHO", "s", None, "Boat")
    ]


def test_tenure_and_tenants_are_those_of_the_day_of_the_response(held):
    con = staged({"household": "P-77", "date": date(2019, 5, 1)})
    derive(con, held)
    assert told(con, "tenure_group, age_band_given") == [("LCHO", "65–74")]  # the lead tenant comes first in either
    con = staged({"household": "T-0", "date": date(2019, 5, 1)}, {"household": "T-0", "date": date(2021, 5, 1)})
    derive(con, held)
    assert told(con, "age_band_given") == [("75–84",), ("65–74",)]


def test_a_reference_that_fits_no_home_or_two_derives_nothing_and_is_counted(held):
    con = staged({"household": "00900"}, {"household": "unheard of"}, {"household": "P 78"}, {})
    found = derive(con, held)
    assert (found.named, found.joined) == (3, 1)
    assert told(con, "estate") == [(None,), (None,), ("Ash Court",), (None,)]


def test_responses_of_one_home_are_told_under_whatever_reference_they_came(held):
    con = staged({"household": "P-77"}, {"household": "T-1"}, {"household": "P 78"}, {"household": "p/78"}, {})
    derive(con, held)
    homes = dict(con.execute("select row, home from answered_homes").fetchall())
    assert homes[2] == homes[3] != homes[4] == homes[5]
    assert set(homes) == {2, 3, 4, 5}


def test_no_reference_of_the_landlord_s_is_left_in_the_working_tables(held):
    con = staged({"household": "T-1", "may_attribute": False})
    derive(con, held)
    tables = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert tables == {"staged", "answered_homes"}
    assert con.execute("select typeof(home) from answered_homes").fetchall() == [("BIGINT",)]
    assert "landlord" not in {
        name for (name,) in con.execute("select database_name from duckdb_databases()").fetchall()
    }


def test_a_reference_a_person_has_put_right_is_known_at_intake_too(held, tmp_path):
    Confirmations(tmp_path).confirm("home", "WEB-1", "P 78")
    con = staged({"household": "WEB-1"})
    assert derive(con, held, Confirmations(tmp_path).said()).joined == 1
    assert derive(staged({"household": "WEB-1"}), held, Confirmed()).joined == 0


def test_without_a_list_of_homes_nothing_is_derived(tmp_path):
    published = Store(tmp_path, "real").publish(small_incoming())
    con = staged({"household": "P-77"})
    assert derive(con, published.path).joined == 0
    assert told(con, "estate") == [(None,)]
