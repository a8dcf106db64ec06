"""Packs are kept whole with the generation they were made from, and forgotten whole."""

from __future__ import annotations

import errno
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from small_survey import small_incoming

from data.generation import StoreError
from data.packs.kept import KeptPacks, NoKeptPack
from data.store import KEPT_GENERATIONS, KEPT_PACKS, Store

ASKED = {"kind": "board", "wave": "2024", "who": "Ann"}


def keep(folder, archive=b"one", generation="000001.duckdb", kind="board"):
    return KeptPacks(folder).keep(kind, ASKED, (generation, "f1"), "a seal", {"board.pdf": 3}, archive)


def test_a_pack_is_kept_with_all_that_names_it(tmp_path):
    kept = keep(tmp_path)
    (found,) = KeptPacks(tmp_path).packs()
    assert found == kept == KeptPacks(tmp_path).pack(1)
    assert (found.kind, found.asked, found.who, found.sizes) == ("board", ASKED, "Ann", {"board.pdf": 3})
    assert (found.generation, found.fingerprint, found.seal) == ("000001.duckdb", "f1", "a seal")
    assert KeptPacks(tmp_path).archive_of(1) == b"one"


def test_the_newest_comes_first_and_the_same_archive_is_kept_once(tmp_path):
    keep(tmp_path), keep(tmp_path, b"two"), keep(tmp_path)
    assert [each.number for each in KeptPacks(tmp_path).packs()] == [2, 1]


def test_nothing_is_kept_where_nothing_was_made(tmp_path):
    assert KeptPacks(tmp_path).packs() == ()
    assert not list(tmp_path.iterdir())
    with pytest.raises(NoKeptPack, match="There is no pack 3"):
        KeptPacks(tmp_path).pack(3)


def test_a_pack_forgotten_is_gone_and_its_number_is_not_given_again(tmp_path):
    keep(tmp_path), keep(tmp_path, b"two")
    gone = KeptPacks(tmp_path).remove(2)
    assert not gone.archive.exists()
    with pytest.raises(NoKeptPack, match="The packs kept are: 1"):
        KeptPacks(tmp_path).archive_of(2)
    assert keep(tmp_path, b"three").number == 3


def test_an_archive_that_was_changed_or_lost_is_not_handed_out(tmp_path):
    kept = keep(tmp_path)
    kept.archive.write_bytes(b"on3")
    with pytest.raises(StoreError, match="was changed since it was made"):
        KeptPacks(tmp_path).archive_of(1)
    kept.archive.unlink()
    with pytest.raises(StoreError, match="is gone"):
        KeptPacks(tmp_path).archive_of(1)


def test_a_full_disk_keeps_nothing_and_loses_nothing(tmp_path, monkeypatch):
    keep(tmp_path)
    there = sorted(path.name for path in (tmp_path / "packs").iterdir())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left.*Make room"):
        keep(tmp_path, b"two")
    monkeypatch.undo()
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == there
    assert [each.number for each in KeptPacks(tmp_path).packs()] == [1]


def test_what_a_killed_process_left_is_swept(tmp_path):
    keep(tmp_path)
    for name in ("000007-board.zip", ".7.unfinished"):
        (tmp_path / "packs" / name).write_bytes(b"half")
    keep(tmp_path, b"two")
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == ["000001-board.zip", "000002-board.zip"]


def test_many_at_once_each_get_a_number_of_their_own(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: keep(tmp_path, f"pack {n}".encode()), range(16)))
    assert sorted(each.number for each in kept) == list(range(1, 17))
    assert all(KeptPacks(tmp_path).archive_of(each.number) == each.archive.read_bytes() for each in kept)


# ── Generations ──────────────────────────────────────────────────────────────────────────────────


def published(store: Store, times: int) -> list[str]:
    """The generations there are after so many publishes."""
    for n in range(times):
        store.publish(small_incoming(name=f"{n}.csv", sha256=f"{n:064d}", answers=4)).close()
    return sorted(path.name for path in store.generations_folder.glob("*.duckdb"))


def test_a_generation_stays_as_long_as_a_pack_was_made_from_it(tmp_path):
    store = Store(tmp_path, "real")
    published(store, 1)
    keep(tmp_path)
    assert store.pinned() == {"000001.duckdb"}
    there = published(store, KEPT_GENERATIONS + 1)
    assert there[0] == "000001.duckdb"
    assert there[1:] == [f"00000{n}.duckdb" for n in range(3, 8)]
    KeptPacks(tmp_path).remove(1)
    assert "000001.duckdb" not in published(store, 1)


def test_a_notebook_that_cannot_be_read_lets_no_generation_go(tmp_path):
    store = Store(tmp_path, "real")
    published(store, 1)
    (tmp_path / KEPT_PACKS).write_bytes(b"no notebook" * 100)
    assert len(published(store, KEPT_GENERATIONS + 2)) == KEPT_GENERATIONS + 3


def test_removing_the_invented_landlord_removes_its_packs(tmp_path):
    store = Store(tmp_path, "sample")
    published(store, 1)
    keep(tmp_path)
    store.remove()
    assert KeptPacks(tmp_path).packs() == ()
    assert not list(store.packs_folder.iterdir())


def test_the_notebook_holds_what_was_asked_and_no_path(tmp_path):
    keep(tmp_path)
    with sqlite3.connect(tmp_path / KEPT_PACKS) as notebook:
        (line,) = notebook.execute("select * from kept").fetchall()
    assert str(tmp_path) not in repr(line)
