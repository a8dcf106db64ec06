"""Files of a pack stand in a folder all of them or none, whatever happens when."""

from __future__ import annotations

import errno
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.evidence.writing import CannotPut, put


def manifest(kind: str, **files: bytes) -> bytes:
    sums = {name: sha256(content).hexdigest() for name, content in files.items()}
    return json.dumps({"asked": {"kind": kind}, "files": sums}).encode()


def pack(kind: str = "board", **files: bytes) -> dict[str, bytes]:
    return {**files, "manifest.json": manifest(kind, **files)}


def there(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def place(folder: Path, files: dict[str, bytes], archive: bytes = b"zip", name: str = "board.zip") -> None:
    with put(files, (name, archive), folder):
        pass


BEFORE = pack(**{"board.pdf": b"old", "csv/a.csv": b"old a", "csv/gone.csv": b"old"})
AFTER = pack(**{"board.pdf": b"new", "csv/a.csv": b"new a", "csv/b.csv": b"new b"})


def test_all_files_and_the_archive_stand_in_a_folder_made_for_them(tmp_path):
    place(tmp_path / "a" / "b", AFTER)
    assert there(tmp_path / "a" / "b") == {**AFTER, "board.zip": b"zip"}


def test_a_newer_pack_of_the_same_kind_takes_the_place_of_the_older(tmp_path):
    place(tmp_path, BEFORE)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    place(tmp_path, AFTER)
    assert there(tmp_path) == {**AFTER, "board.zip": b"zip", "notes.txt": b"mine"}


def test_a_file_a_person_changed_and_a_pack_of_another_kind_stay(tmp_path):
    place(tmp_path, BEFORE)
    (tmp_path / "csv" / "gone.csv").write_bytes(b"mine now")
    place(tmp_path, AFTER)
    assert there(tmp_path)["csv/gone.csv"] == b"mine now"
    place(tmp_path, pack("tsm", **{"tsm.pdf": b"t"}), name="tsm.zip")
    assert {"board.pdf", "csv/b.csv", "board.zip", "tsm.pdf", "tsm.zip"} <= set(there(tmp_path))


def test_what_goes_wrong_meanwhile_leaves_all_as_it_was(tmp_path):
    place(tmp_path, BEFORE)
    before = there(tmp_path)
    with pytest.raises(KeyboardInterrupt), put(AFTER, ("board.zip", b"zip 2"), tmp_path):
        raise KeyboardInterrupt
    assert there(tmp_path) == before


@pytest.mark.parametrize("nth", range(5))
def test_a_full_disk_at_any_write_leaves_all_as_it_was(tmp_path, monkeypatch, nth):
    place(tmp_path, BEFORE)
    before, real, calls = there(tmp_path), os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotPut, match=r"no room left on its disk.*Make room"):
        place(tmp_path, AFTER)
    assert there(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
@pytest.mark.parametrize("nth", range(10))
def test_a_stop_at_any_move_puts_back_what_was_there(tmp_path, monkeypatch, nth, error):
    place(tmp_path, BEFORE)
    before, real, calls = there(tmp_path), Path.replace, []

    def stopped(path: Path, to: Path) -> Path:
        calls.append(path)
        if len(calls) == nth + 1:
            raise error
        return real(path, to)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises((CannotPut, KeyboardInterrupt)):
        place(tmp_path, AFTER)
    assert there(tmp_path) == before


def test_a_folder_made_for_nothing_goes(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotPut):
        place(tmp_path / "a" / "b", AFTER)
    assert not (tmp_path / "a").exists()


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "out").write_bytes(b"a file")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(CannotPut, match=r"is a file.*Name another folder"):
            place(folder, AFTER)
    assert (tmp_path / "out").read_bytes() == b"a file"


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path, monkeypatch):
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(CannotPut, match="Ask for leave to write there"):
        place(tmp_path / "out", AFTER)


@pytest.mark.parametrize("name", ["../out.pdf", "/etc/out.pdf", "csv/../../out.pdf"])
def test_no_file_is_put_outside_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="no name of a file"):
        place(tmp_path / "out", {name: b"x"})
    assert not (tmp_path / "out").exists()
