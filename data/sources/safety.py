"""Whether a file may be opened at all: its size, what it really is, and what it would unpack to."""

from __future__ import annotations

import zipfile
from pathlib import Path, PureWindowsPath

from data.columns.faults import UnreadableFile, fault

LARGEST_TEXT = 1_000_000_000  # bytes: about 5 million responses
LARGEST_WORKBOOK = 200_000_000  # bytes, packed
LARGEST_UNPACKED = 500_000_000  # bytes
LARGEST_RATIO = 100  # unpacked to packed: a workbook of 200,000 rows has about 6
MOST_MEMBERS = 2_000

TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".psv")
WORKBOOK_ENDINGS = (".xlsx", ".xlsb", ".xls")
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam")

_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one protected by a password"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a rich text document"),
)


def base_name(name: str) -> str:
    """The last part of a file's name, whatever folders stand before it, on any system.

    >>> base_name("../../etc/answers.csv"), base_name("C:\\\\temp\\\\answers.csv")
    ('answers.csv', 'answers.csv')
    """
    return PureWindowsPath(name).name or "file"


def kind_of(path: Path, name: str) -> str:
    """ "csv" or "xlsx", once name, size and contents agree.

    Raises UnreadableFile for an empty or oversized file, a kind that is not read, or contents that belie the name.
    """
    size = path.stat().st_size
    ending = Path(name).suffix.lower()
    if ending in MACRO_ENDINGS:
        raise UnreadableFile(fault("macros", name))
    if ending not in TEXT_ENDINGS + WORKBOOK_ENDINGS:
        raise UnreadableFile(fault("unknown_type", name, value=ending))
    if size == 0:
        raise UnreadableFile(fault("empty_file", name))
    kind = "csv" if ending in TEXT_ENDINGS else "xlsx"
    limit = LARGEST_TEXT if kind == "csv" else LARGEST_WORKBOOK
    if size > limit:
        raise UnreadableFile(fault("too_big", name, value=f"{size:,} bytes", limit=f"{limit:,} bytes"))
    _check_signature(path, name, ending)
    return kind


def found_kind(path: Path) -> str:
    """What the first bytes of a file say it is ("a PDF", "a zip archive or workbook" …), or "text"."""
    with path.open("rb") as file:
        return _told(file.read(16))


def _told(start: bytes) -> str:
    return next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), "text")


def _check_signature(path: Path, name: str, ending: str) -> None:
    with path.open("rb") as file:
        start = file.read(16)
    found = _told(start)
    if ending in TEXT_ENDINGS and found != "text":
        raise UnreadableFile(fault("wrong_type", name, expected="text", found=found))
    if ending == ".xls" and not start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(fault("wrong_type", name, expected="an old workbook", found=found))
    if ending in (".xlsx", ".xlsb"):
        if not start.startswith(b"PK\x03\x04"):
            raise UnreadableFile(fault("wrong_type", name, expected="a workbook", found=found))
        _check_unpacked(path, name)


def _check_unpacked(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(fault("damaged", name)) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    names = {member.filename.lower() for member in members}
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(fault("zip_bomb", name, found=f"{len(members):,} parts"))
    if unpacked > LARGEST_UNPACKED or (unpacked / packed > LARGEST_RATIO and unpacked > 1_000_000):
        raise UnreadableFile(fault("zip_bomb", name, found=f"{unpacked:,} bytes from {packed:,}"))
    if any(member.endswith("vbaproject.bin") for member in names):
        raise UnreadableFile(fault("macros", name))
    if not names & {"xl/workbook.xml", "xl/workbook.bin"}:
        raise UnreadableFile(fault("wrong_type", name, expected="a workbook", found="a zip archive"))
