"""Generations are whole or not there; the pointer never lies; undo works; sample and real never mix."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Question, Scope
from data.generation import SCHEMA_VERSION, Generation, StoreError
from data.store import KEPT_GENERATIONS, Store

ALL_OF_2024 = Question("2024", "LCRA", WHOLE_LANDLORD)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


def answers(generation, question=ALL_OF_2024):
    cells = generation.survey(question).cells
    return int(cells[(cells["measure"] == "TP01") & cells["answer"].notna()]["n"].sum())


def test_nothing_published_is_nothing_held(store):
    assert store.current() is None
    assert store.history() == []
    with pytest.raises(StoreError, match="nothing to undo"):
        store.undo()


def test_a_published_file_can_be_read_back_with_its_facts(store):
    generation = store.publish(small_incoming(), now=datetime(2026, 11, 25, 9, 30, tzinfo=UTC))
    assert generation.number == 1
    assert generation.kind == "real"
    assert generation.created == "2026-11-25T09:30:00+00:00"
    assert [wave.name for wave in generation.waves] == ["2024"]
    assert dict(generation.waves[0].populations) == {"LCRA": 400}
    assert dict(generation.waves[0].methods) == {"telephone": 40}
    assert answers(generation) == 40
    assert [file.name for file in generation.files()] == ["small.csv"]
    assert generation.scores() == {"completeness": 1.0}


def test_a_second_wave_joins_the_first_and_new_estates_are_known(store):
    store.publish(small_incoming())
    generation = store.publish(small_incoming("2025", 60, ("Ash Court", "Cedar Way"), name="b.csv", sha256="1" * 64))
    assert [wave.name for wave in generation.waves] == ["2024", "2025"]
    assert generation.levels("estate", WHOLE_LANDLORD) == ("Ash Court", "Beech Row", "Cedar Way")
    assert answers(generation) == 40
    assert answers(generation, Question("2025", "LCRA", WHOLE_LANDLORD)) == 60
    assert {file.name for file in generation.files()} == {"small.csv", "b.csv"}


def test_a_wave_taken_in_again_replaces_itself_and_its_file(store):
    store.publish(small_incoming())
    generation = store.publish(small_incoming("2024", 12, name="corrected.csv", sha256="2" * 64))
    assert answers(generation) == 12
    assert [file.name for file in generation.files()] == ["corrected.csv"]


def test_undo_goes_back_one_publish_and_can_go_back_to_nothing(store):
    store.publish(small_incoming())
    store.publish(small_incoming("2024", 12, name="corrected.csv", sha256="2" * 64))
    earlier = store.undo()
    assert earlier is not None and answers(earlier) == 40
    assert [line.current for line in store.history()] == [False, True]
    assert store.undo() is None
    assert store.current() is None


def test_a_publish_after_an_undo_builds_on_what_is_in_use_and_gets_a_new_number(store):
    store.publish(small_incoming())
    store.publish(small_incoming("2025", 12, name="b.csv", sha256="2" * 64))
    store.undo()
    generation = store.publish(small_incoming("2026", 20, name="c.csv", sha256="3" * 64))
    assert generation.number == 3
    assert [wave.name for wave in generation.waves] == ["2024", "2026"]


def test_only_the_last_generations_are_kept(store):
    for n in range(KEPT_GENERATIONS + 3):
        store.publish(small_incoming("2024", 10 + n, sha256=str(n) * 64))
    assert [line.number for line in store.history()] == [8, 7, 6, 5, 4]


def test_a_scope_that_names_no_estate_sees_nothing(store):
    generation = store.publish(small_incoming())
    assert generation.survey(Question("2024", "LCRA", Scope("nobody"))).cells.empty
    one = generation.survey(Question("2024", "LCRA", Scope("a patch", ("Ash Court",)))).cells
    assert int(one[one["measure"] == "TP01"]["n"].sum()) == 20


def test_a_measure_nobody_has_an_entry_for_was_not_asked_in_that_wave(store):
    second = small_incoming("2025", name="b.csv", sha256="1" * 64)
    second.connection.execute("update responses set TP02 = 3 where respondent < 5")
    store.publish(small_incoming())
    generation = store.publish(second)
    assert generation.asked_in("2024") == ("TP01",)
    assert generation.asked_in("2025") == ("TP01", "TP02")
    assert set(generation.survey(ALL_OF_2024).cells["measure"]) == {"TP01"}


def test_strata_count_everyone_whatever_the_filters(store):
    generation = store.publish(small_incoming())
    few = generation.survey(Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("Ash Court",)),)))
    assert few.strata.to_dict("records") == [{"stratum": "LCRA", "n": 40, "population": 400.0}]


@pytest.mark.parametrize(
    "estate", ['O\'Hara "Court"', "x'); drop table responses; --", "<b>Ash</b>", "![x](http://evil)"]
)
def test_values_with_quotes_or_markup_are_only_values(store, estate):
    generation = store.publish(small_incoming(estates=(estate, "Beech Row")))
    filtered = generation.survey(Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("estate", (estate,)),)))
    assert int(filtered.cells[filtered.cells["measure"] == "TP01"]["n"].sum()) == 20
    assert estate in generation.levels("estate", WHOLE_LANDLORD)


def test_an_unknown_wave_breakdown_or_filter_is_refused_by_name(store):
    generation = store.publish(small_incoming())
    with pytest.raises(StoreError, match="The waves held are: 2024"):
        generation.survey(Question("2019", "LCRA", WHOLE_LANDLORD))
    with pytest.raises(StoreError, match=r"'ward'\. This store has: "):
        generation.survey(ALL_OF_2024, ("ward",))
    with pytest.raises(StoreError, match="'weight'"):
        generation.survey(Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("weight", ("1",)),)))


def test_special_categories_are_not_offered_as_a_breakdown(store):
    incoming = small_incoming()
    incoming.connection.execute("update dimensions set special = true where key = 'c_area'")
    generation = store.publish(incoming)
    assert [dimension.key for dimension in generation.dimensions] == ["estate", "tenure"]


def test_sample_and_real_data_are_never_in_one_store(tmp_path):
    Store(tmp_path, "sample").publish(small_incoming())
    with pytest.raises(StoreError, match="sample data in a real store"):
        Store(tmp_path, "real").current()
    with pytest.raises(StoreError, match="sample data in a real store"):
        Store(tmp_path, "real").publish(small_incoming("2025"))


def test_real_data_are_never_wiped_in_one_go(store, tmp_path):
    store.publish(small_incoming())
    with pytest.raises(StoreError, match="Only the sample"):
        store.remove()
    sample = Store(tmp_path / "other", "sample")
    sample.publish(small_incoming())
    sample.remove()
    assert sample.current() is None and sample.history() == []


def test_a_store_written_by_a_newer_version_is_refused(store, tmp_path):
    store.publish(small_incoming())
    path = tmp_path / "generations" / "000001.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("update meta set value = ? where key = 'schema_version'", [str(SCHEMA_VERSION + 1)])
    with pytest.raises(StoreError, match="newer Tenant Voice"):
        store.current()


def test_a_generation_that_is_not_one_says_so(store, tmp_path):
    store.publish(small_incoming())
    (tmp_path / "generations" / "000001.duckdb").write_bytes(b"not a database")
    with pytest.raises(StoreError, match="cannot be read as a generation"):
        store.current()


def test_a_publish_that_fails_leaves_the_generation_in_use(store):
    store.publish(small_incoming())
    broken = small_incoming("2025")
    broken.connection.execute("alter table waves rename column name to called")
    with pytest.raises(duckdb.Error):
        store.publish(broken)
    current = store.current()
    assert current is not None and [wave.name for wave in current.waves] == ["2024"]
    assert store.publish(small_incoming("2025")).number == 2


def test_opening_twice_reads_the_same_bytes(store):
    first = store.publish(small_incoming())
    again = Generation(first.path)
    assert again.fingerprint == first.fingerprint
