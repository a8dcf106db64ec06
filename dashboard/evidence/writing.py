"""Puts the files of a pack into a folder: all of them or none, and what was there before stays whole until then."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from dashboard.evidence import manifest
from dashboard.evidence.blocks import CannotWrite

UNFINISHED, REPLACED = ".unfinished-", ".replaced-"  # folders that are there only while files are put into place
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class CannotPut(CannotWrite):
    """The files cannot be put where they should be; the message says why and what to do. Nothing there was changed."""


@contextmanager
def put(files: Mapping[str, bytes], archive: tuple[str, bytes], folder: Path) -> Iterator[None]:
    """Put files and their archive (its name and bytes) into a folder once the block under this has gone well.

    All is on the disk before the block begins. Whatever is raised, in the block or here, the folder is as it was.
    Files of a pack of the same kind that was there before, and that this one does not have, go. Raises CannotPut.
    """
    missing = _folders_missing(folder)
    there: list[Path] = []  # folders that are there for the moment
    try:
        with _said_why(folder):
            folder.mkdir(parents=True, exist_ok=True)
            unfinished, replaced = (_for_the_moment(folder, name, there) for name in (UNFINISHED, REPLACED))
            _write(unfinished, {**files, archive[0]: archive[1]})
        yield
        with _said_why(folder):
            _settle(unfinished, replaced, folder, _left_over(folder, files))
        missing = []
    finally:
        _tidy(there, missing)


def _for_the_moment(folder: Path, name: str, there: list[Path]) -> Path:
    there.append(Path(tempfile.mkdtemp(prefix=name, dir=folder)))
    return there[-1]


def _write(unfinished: Path, files: Mapping[str, bytes]) -> None:
    """Every file, safe on the disk."""
    for name, content in files.items():
        path = unfinished / _inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _settle(unfinished: Path, replaced: Path, folder: Path, left_over: list[Path]) -> None:
    """Move everything into place; where that fails half way, what was there is put back."""
    new = sorted(path.relative_to(unfinished) for path in unfinished.rglob("*") if path.is_file())
    moved_in: list[Path] = []
    set_aside: list[Path] = []
    try:
        for name in dict.fromkeys([*new, *left_over]):
            if (folder / name).is_file():
                set_aside.append(name)
                _move(folder / name, replaced / name)
        for name in new:
            moved_in.append(name)
            _move(unfinished / name, folder / name)
    except BaseException:
        for name in moved_in:
            (folder / name).unlink(missing_ok=True)
        for name in set_aside:
            with suppress(FileNotFoundError):  # stopped before it was set aside: it is where it was
                _move(replaced / name, folder / name)
        raise


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    path.replace(to)


def _left_over(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """What an earlier pack of the same kind put here, unchanged since, that the new one has not."""
    try:
        said = json.loads((folder / manifest.NAME).read_bytes())
        if said["asked"]["kind"] != json.loads(files[manifest.NAME])["asked"]["kind"]:
            return []
        old = {_inside(name): str(checksum) for name, checksum in said["files"].items() if name not in files}
        return [name for name, checksum in old.items() if _checksum(folder / name) == checksum]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # no manifest, or not one of ours
        return []


def _checksum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _inside(name: str) -> Path:
    """The place of a member in a folder. Raises ValueError for one that would lead out of it."""
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts:
        raise ValueError(f"'{name}' is no name of a file in a pack.")
    return Path(*place.parts)


def _folders_missing(folder: Path) -> list[Path]:
    """The folders that have to be made, the innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _tidy(there: list[Path], made: list[Path]) -> None:
    """Take away what was there for the moment, and the folders that were made for nothing."""
    for path in there:
        shutil.rmtree(path, ignore_errors=True)
    for path in made:
        with suppress(OSError):  # something else is in it by now
            path.rmdir()


@contextmanager
def _said_why(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            why, remedy = "there is no room left on its disk", "Make room, or name another folder"
        elif isinstance(error, PermissionError):
            why, remedy = "it may not be written to", "Ask for leave to write there, or name another folder"
        elif isinstance(error, NotADirectoryError | FileExistsError):
            why, remedy = "it, or a folder above it, is a file", "Name another folder"
        else:
            why, remedy = error.strerror or type(error).__name__, "Name another folder"
        raise CannotPut(
            f"The pack cannot be put into {folder}: {why}. What was there is as it was. {remedy}, then try again."
        ) from error
