"""The sample's files published one after the other make one store: joined as stated, one file late, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from data import demo, quality
from data.generation import Generation
from data.owners import Owners
from data.store import Store

pytestmark = pytest.mark.slow  # nine files published: `make test` does it, the quick gate leaves it out

ROWS = {"homes": 12_396, "sample": 18_921, "contacts": 3_000, "repairs": 30_000, "hazards": 260, "teams": 8}


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    store = Store(tmp_path_factory.mktemp("sample"), "sample")
    for file in demo.demo_files():
        store.publish(file.incoming, file.taken).close()
        file.incoming.close()
    held = store.current()
    yield held
    held.close()


def test_every_file_is_held_with_the_day_it_was_taken_in(generation):
    taken = demo.invented_landlord().records.taken
    assert {file.holds: date.fromisoformat(file.taken[:10]) for file in generation.files()} == dict(taken)


def test_no_row_is_lost(generation):
    for table, rows in ROWS.items():
        assert generation.rows(f"select count(*) from {table}") == [(rows,)], table


def test_records_join_to_homes_as_often_as_stated(generation):
    stated = demo.invented_landlord().records.references
    for table in ("complaints", "contacts", "repairs", "hazards"):
        counts = dict(generation.rows(f"select joined, count(*) from {table} group by 1"))
        rows = sum(counts.values()) - counts.get("block", 0)
        assert counts["none"] / rows == pytest.approx(stated["unknown"], abs=0.025), table
        assert counts["not named"] / rows == pytest.approx(stated["unnamed"], abs=0.02), table
    assert generation.rows("select distinct joined from people") == [("exact",)]


def test_a_complaint_has_the_tenure_of_its_day(generation):
    ((different,),) = generation.rows(
        "select count(*) from complaints join home_tenures as past using (home) "
        "where complaints.made <= past.to_day and complaints.tenure <> past.tenure"
    )
    assert different == 0


def test_people_alone_is_late(generation, tmp_path):
    as_of = demo.invented_landlord().records.as_of
    found = quality.quality(generation, Owners(tmp_path).charges(), as_of)
    assert [kind.kind for kind in found if kind.late] == ["people"]
