"""Whether a pack is what it says: its archive fits its manifest, and its figures come out of the store again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import words
from dashboard.charts.chart import Cell
from dashboard.evidence import manifest
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.basis import digest
from dashboard.evidence.letters import readable

LARGEST_PACKED = 200_000_000  # bytes: some twenty times the largest pack there has been
LARGEST_UNPACKED = 500_000_000
LARGEST_RATIO = 400  # unpacked to packed: tables of one number over and over reach about 100
SMALL = 10_000_000  # bytes unpacked below which the ratio does not matter
MOST_MEMBERS = 5_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack to any size at once
NEEDED = ("schema", "asked", "generation", "inputs", "figures", "words", "files", "software", manifest.SEAL)
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)
LAST_GENERATION = 999_999  # their files are named by six figures
NEAR = 1e-9  # sums of many weights may end otherwise in the last digits, on another computer above all
NONE = "nothing"


class NotAPack(ValueError):
    """A file that is no pack, or not safe to open; the message says what was found and what to do."""


@dataclass(frozen=True)
class Opened:
    """A pack's archive, read: its manifest, its other files, and the SHA-256 of the archive itself."""

    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]
    checksum: str

    @property
    def asked(self) -> PackAsked:
        """What was asked of the pack."""
        return manifest.asked_from(self.manifest["asked"])

    @property
    def seal(self) -> str:
        """The seal as the manifest has it, whether or not it fits."""
        return str(self.manifest[manifest.SEAL])

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the generation it was made from."""
        return str(self.manifest["generation"]["fingerprint"])


@dataclass(frozen=True)
class Change:
    """One value that differs: the row by what it is of, the column, and both values (missing: None)."""

    row: str
    column: str
    before: Cell
    now: Cell


@dataclass(frozen=True)
class Difference:
    """One figure that comes out otherwise: which values, or ``what`` else; ``files`` are the changed ones behind it."""

    figure: str
    title: str
    changes: tuple[Change, ...]
    what: str = ""
    files: tuple[str, ...] = ()


# ── The archive ──────────────────────────────────────────────────────────────────────────────────


def opened(archive: bytes) -> Opened:
    """A pack's archive, read without unpacking anything to the disk. Raises NotAPack saying what is the matter."""
    if len(archive) > LARGEST_PACKED:
        raise NotAPack(f"This file is larger than any pack ({len(archive):,} bytes). Give the zip that `pack` made.")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            members = packed.infolist()
            _check_size(members)
            files = {member.filename: _unpacked(packed, member) for member in members}
    except NotAPack:
        raise
    except UNREADABLE as error:
        raise NotAPack(
            f"This file cannot be read as a zip archive ({type(error).__name__}). Give the zip that `pack` made, whole."
        ) from error
    said = _read(files.pop(manifest.NAME, None))
    return Opened(said, files, hashlib.sha256(archive).hexdigest())


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member, and never more of it than it says it is: what it says may be a lie. One that is more is damaged."""
    with packed.open(member) as file:
        return file.read(member.file_size + 1)


def _check_size(members: Sequence[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    if len(members) > MOST_MEMBERS:
        raise NotAPack(f"This archive holds {len(members):,} files; no pack does. It was not unpacked.")
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked > LARGEST_RATIO * max(packed, 1)):
        raise NotAPack(f"This archive would unpack to {unpacked:,} bytes; no pack does. It was not unpacked.")
    if any(each.compress_type not in METHODS for each in members):
        raise NotAPack("This archive is packed in a way that no pack is. It was not unpacked.")
    names = [each.filename for each in members]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise NotAPack(f"This archive holds two files called '{twice}'; no pack does. It was put together by hand.")


def _read(content: bytes | None) -> Mapping[str, Any]:
    """The manifest. Raises NotAPack where it is missing or none."""
    if content is None:
        raise NotAPack(f"There is no {manifest.NAME} in this archive, so it is no pack. Give the zip that `pack` made.")
    try:
        said = json.loads(content.decode("utf-8"), parse_constant=_no_number)
        missing = [name for name in NEEDED if name not in said]
        if missing:
            raise NotAPack(f"{manifest.NAME} has no '{missing[0]}', so it is no manifest of a pack.")
        if said["schema"] != manifest.SCHEMA:
            raise NotAPack(
                f"{manifest.NAME} is of version {said['schema']}; this Tenant Voice reads version {manifest.SCHEMA}."
            )
        manifest.asked_from(said["asked"])
        for figure in said["figures"].values():
            _check_figure(figure)
        if not 0 < int(said["generation"]["number"]) <= LAST_GENERATION:
            raise ValueError("no generation has such a number")
        _ = said["generation"]["fingerprint"]
        _ = [*said["files"].items(), *said["words"].items(), *(file["sha256"] for file in said["inputs"])]
    except (UnicodeDecodeError, RecursionError, KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, NotAPack):
            raise
        raise NotAPack(f"{manifest.NAME} cannot be read ({type(error).__name__}), so it is no manifest.") from error
    return dict(said)


def _check_figure(figure: Mapping[str, Any]) -> None:
    """Raises TypeError, ValueError or KeyError where an entry has not the shape of a figure."""
    columns, cells = figure["columns"], [cell for row in figure["rows"] for cell in row]
    if any(len(row) != len(columns) for row in figure["rows"]):
        raise ValueError("a row is not as wide as its headings")
    if not all(isinstance(cell, Cell) for cell in cells):
        raise TypeError("a cell holds more than one value")
    if not all(isinstance(text, str) for text in (figure["title"], figure["values_sha256"], *columns)):
        raise TypeError("what should be words is none")
    if not all(isinstance(name, str) for name in figure["in_files"]):
        raise TypeError("the name of a file is none")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def faults_of(pack: Opened) -> list[str]:
    """What in a pack does not fit its manifest: the seal, files changed, missing or added, values that disagree."""
    said = pack.manifest
    found = []
    if manifest.seal_of(said) != pack.seal:
        found.append(f"{manifest.NAME} was changed after it was sealed: its seal does not fit what it says.")
    for name, checksum in said["files"].items():
        if name not in pack.files:
            found.append(f"{name} is in the manifest and not in the archive.")
        elif hashlib.sha256(pack.files[name]).hexdigest() != checksum:
            found.append(f"{name} was changed: its SHA-256 is not the one in the manifest.")
    found += [f"{name} is in the archive and not in the manifest." for name in pack.files if name not in said["files"]]
    for key, figure in said["figures"].items():
        if digest([figure["columns"], figure["rows"]]) != figure["values_sha256"]:
            found.append(f"{key} ({figure['title']}): the values in the manifest do not fit their own SHA-256.")
        found += _csv_faults(key, figure, pack.files)
    return found


def _csv_faults(key: str, figure: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Where the CSV of a figure says otherwise than the manifest."""
    for name in figure["in_files"]:
        if not name.endswith(".csv") or name not in files:
            continue
        try:
            text = files[name].decode("utf-8-sig")
            written = list(csv.reader(io.StringIO(text, newline="")))[:-1]  # the last line says what it is about
        except (UnicodeDecodeError, csv.Error):
            yield f"{name} cannot be read as CSV."
            continue
        meant = [[_as_csv(cell) for cell in row] for row in (figure["columns"], *figure["rows"])]
        if written == meant:
            continue
        wrong = next((n for n, pair in enumerate(zip(written, meant, strict=False)) if pair[0] != pair[1]), None)
        if wrong is None:
            yield f"{name} has {len(written)} rows; the manifest has {len(meant)} of {key}."
        else:
            yield f"{name}, row {wrong + 1}: {written[wrong]} in the file, {meant[wrong]} in the manifest."


def _as_csv(cell: Cell) -> str:
    shown = words.for_cell(readable(cell) if isinstance(cell, str) else cell)
    return "" if shown is None else str(shown)


def places_that_differ(kept: object, given: object, place: str = "") -> Iterator[str]:
    """Where a manifest differs from the one kept here, entry by entry."""
    if isinstance(kept, Mapping) and isinstance(given, Mapping):
        for name in sorted({*kept, *given}):
            yield from places_that_differ(kept.get(name), given.get(name), f"{place} › {name}" if place else name)
    elif isinstance(kept, list) and isinstance(given, list) and len(kept) == len(given):
        for n, (one, other) in enumerate(zip(kept, given, strict=True), start=1):
            yield from places_that_differ(one, other, f"{place} › {n}")
    elif kept != given:
        yield f"{place}: {short(kept)} as it was made here, {short(given)} in this file"


def short(value: object) -> str:
    """A value as a sentence may quote it."""
    text = NONE if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:78]} …"


# ── Its figures ──────────────────────────────────────────────────────────────────────────────────


def figures_that_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """The figures of one manifest that come out otherwise in another, in the order of their ids.

    Numbers count to nine digits: the same sum in another order may come out otherwise in the last.
    """
    for key in sorted({*then, *now}):
        if key not in now:
            yield Difference(key, then[key]["title"], (), "it is not made any more")
        elif key not in then:
            yield Difference(key, now[key]["title"], (), "it is made now and was not")
        else:
            yield from _difference(key, then[key], now[key])


def _difference(key: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    title = str(then["title"])
    if then["columns"] != now["columns"]:
        columns = ", ".join(map(str, now["columns"]))
        yield Difference(key, title, (), f"its columns are others now: {columns}")
    elif changes := tuple(_changes(then["columns"], then["rows"], now["rows"])):
        yield Difference(key, title, changes)
    elif title != now["title"]:
        yield Difference(key, title, (), f"it is called '{now['title']}' now")


def _changes(columns: Sequence[str], then: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    labels = _labels(then, now)
    before, after = _by_label(then, labels), _by_label(now, labels)
    for label in [*before, *(label for label in after if label not in before)]:
        if label not in after:
            yield Change(_named(label), "", "there", None)
        elif label not in before:
            yield Change(_named(label), "", None, "there")
        else:
            for column, one, other in zip(columns, before[label], after[label], strict=True):
                if not _same(one, other):
                    yield Change(_named(label), str(column), one, other)
    if [*before] != [*after] and {*before} == {*after}:
        yield Change("the order of the rows", "", "as it was", "another")


def _labels(*tables: Sequence[Sequence[Cell]]) -> int:
    """How many columns from the left name a row: the fewest texts that no two rows of a table share."""
    rows = [row for table in tables for row in table]
    width = min(map(len, rows), default=0)
    texts = next((n for n in range(width) if not all(isinstance(row[n], str) for row in rows)), width)
    for n in range(1, texts):
        if all(len({tuple(row[:n]) for row in table}) == len(table) for table in tables):
            return n
    return texts


def _by_label(rows: Sequence[Sequence[Cell]], labels: int) -> dict[tuple[object, ...], Sequence[Cell]]:
    """Each row under what names it; rows of one name, or of none, are told apart by their place."""
    found: dict[tuple[object, ...], Sequence[Cell]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        label: tuple[object, ...] = tuple(row[:labels])
        seen[label] += 1
        found[(*label, seen[label]) if seen[label] > 1 or not label else label] = row
    return found


def _named(label: tuple[object, ...]) -> str:
    return ", ".join(str(part) for part in label)


def _same(one: Cell, other: Cell) -> bool:
    if isinstance(one, bool | str) or isinstance(other, bool | str) or one is None or other is None:
        return type(one) is type(other) and one == other
    return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)


def words_that_differ(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The parts whose sentences read otherwise, by number and heading."""
    return [part for part in sorted({*then, *now}) if then.get(part) != now.get(part)]
