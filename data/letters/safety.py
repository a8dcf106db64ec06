"""Whether a file may be opened as a letter: its ending, its size, and whether it is what its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

from data.columns.faults import UnreadableFile, fault
from data.sources.safety import LARGEST_RATIO, TEXT_ENDINGS, WORKBOOK_ENDINGS, found_kind

LARGEST = 20_000_000  # bytes: letters with logos have about 200,000
LARGEST_UNPACKED = 100_000_000  # bytes, pictures among them
LARGEST_PART = 20_000_000  # bytes of one part of a Word document that is read
MOST_MEMBERS = 2_000

WORD, PDF, WEB, PLAIN, TABLE = KINDS = ("word", "pdf", "web", "plain", "table")
ENDINGS = {
    ".docx": WORD,
    ".pdf": PDF,
    ".html": WEB,
    ".htm": WEB,
    ".txt": PLAIN,
    ".md": PLAIN,
    ".markdown": PLAIN,
    **{ending: TABLE for ending in (*TEXT_ENDINGS, *WORKBOOK_ENDINGS) if ending != ".txt"},
}
OLD_WORD = (".doc", ".dot", ".docm", ".dotm", ".dotx", ".rtf", ".odt", ".pages")
_SAYS = {WORD: "a Word document", PDF: "a PDF", WEB: "text", PLAIN: "text"}


def letter_kind(path: Path, name: str) -> str:
    """What a file is read as: one of KINDS. Raises UnreadableFile with the reason and the remedy."""
    ending = Path(name).suffix.lower()
    if ending in OLD_WORD:
        raise UnreadableFile(fault("letter_old_word", name, value=ending))
    if ending not in ENDINGS:
        raise UnreadableFile(fault("letter_unknown_type", name, value=ending))
    kind = ENDINGS[ending]
    if kind == TABLE:
        return kind  # data/sources/ checks it, with limits of its own
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(fault("letter_empty", name))
    if size > LARGEST:
        raise UnreadableFile(fault("letter_too_big", name, value=f"{size:,} bytes", limit=f"{LARGEST:,} bytes"))
    found = found_kind(path)
    if kind == WORD:
        _check_word(path, name, found)
    elif (kind == PDF) != (found == "a PDF") or (kind != PDF and found != "text"):
        raise UnreadableFile(fault("letter_wrong_type", name, expected=_SAYS[kind], found=found))
    return kind


def _check_word(path: Path, name: str, found: str) -> None:
    if found.startswith("an old Office file"):
        raise UnreadableFile(fault("letter_locked", name))  # Word keeps an encrypted DOCX in that older container
    if found != "a zip archive or workbook":
        raise UnreadableFile(fault("letter_wrong_type", name, expected=_SAYS[WORD], found=found))
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(fault("letter_damaged", name)) from error
    names = {member.filename.lower() for member in members}
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(fault("letter_bomb", name, found=f"{len(members):,} parts"))
    if unpacked > LARGEST_UNPACKED or (unpacked / packed > LARGEST_RATIO and unpacked > 1_000_000):
        raise UnreadableFile(fault("letter_bomb", name, found=f"{unpacked:,} bytes from {packed:,}"))
    if any(member.filename.endswith(".xml") and member.file_size > LARGEST_PART for member in members):
        raise UnreadableFile(fault("letter_bomb", name, found="one part alone is larger than any letter"))
    if any(each.endswith("vbaproject.bin") for each in names):
        raise UnreadableFile(fault("letter_old_word", name))
    if "word/document.xml" not in names:
        raise UnreadableFile(fault("letter_wrong_type", name, expected=_SAYS[WORD], found="a zip archive"))
