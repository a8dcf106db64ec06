"""Zip archives that are the same to the byte: members in a fixed order, each with the same date and attributes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime

EARLIEST, LATEST = 1980, 2107  # years a zip archive can tell
PACKED = (".png", ".jpeg")  # already as small as they get
_READABLE = 0o644 << 16


def archived(members: Mapping[str, bytes], made: datetime) -> bytes:
    """Members as a zip archive in the order given, each dated by the moment handed in."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _dated(made))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return packed.getvalue()


def rewritten(packed: bytes, made: datetime, mend: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """An archive of an office document anew: what says what is in it first, then by name, and dated.

    ``mend`` may change a member, whose name it is given.
    """
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    ordered = sorted(members, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels/"), name))
    return archived({name: mend(name, members[name]) if mend else members[name] for name in ordered}, made)


def _dated(made: datetime) -> tuple[int, int, int, int, int, int]:
    """The moment as a zip archive can tell it."""
    year = min(max(made.year, EARLIEST), LATEST)
    return (year, made.month, made.day, made.hour, made.minute, made.second)
