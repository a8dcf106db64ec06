"""Remembered mappings: one JSON file each, found again by name or by the headings of a file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.columns.faults import MappingFault, fault
from data.columns.kinds import SURVEY
from data.columns.mapping import Mapping, WaveFacts, mapping_of
from data.columns.spellings import plain_heading


def fingerprint(headings: Sequence[str]) -> str:
    """What a set of headings comes to, whatever their order, capitals and punctuation."""
    plain = "\n".join(sorted(plain_heading(heading) for heading in headings))
    return hashlib.sha256(plain.encode()).hexdigest()


def safe_name(name: str) -> str:
    """A profile's name as a file may bear it: letters, digits, spaces, dots within and dashes; never a path.

    >>> safe_name("../../Agency: 2024/25"), safe_name("...")
    ('Agency- 2024-25', 'profile')
    """
    kept = re.sub(r"[^\w .-]+", "-", name.replace("/", "-").replace("\\", "-"))
    return re.sub(r"-{2,}", "-", kept).strip(" .-")[:80] or "profile"


def remember(home: Path, name: str, mapping: Mapping, headings: Sequence[str], holds: str = SURVEY) -> str:
    """Keep a mapping under a name, with the kind of file it is for. The wave's own name, dates and populations and the
    row of the headings are not kept, since the next file has others. Returns the name it is kept under."""
    kept = replace(
        mapping,
        wave=WaveFacts(
            collector=mapping.wave.collector, sample_kind=mapping.wave.sample_kind, split=mapping.wave.split
        ),
        waves={},
        header_row=None,
    )
    file = _folder(home) / f"{safe_name(name)}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {"holds": holds, "fingerprint": fingerprint(headings), "mapping": kept.to_json()}
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(said, indent=2, ensure_ascii=False), encoding="utf-8")
    draft.replace(file)
    return file.stem


def names(home: Path) -> tuple[str, ...]:
    """The names of the remembered mappings."""
    return tuple(sorted(file.stem for file in _folder(home).glob("*.json")))


def named(home: Path, name: str) -> Mapping:
    """The mapping remembered under this name. Raises MappingFault where there is none, or it cannot be read."""
    file = _folder(home) / f"{safe_name(name)}.json"
    if not file.exists():
        held = ", ".join(names(home)) or "none yet"
        raise MappingFault(fault("no_such_profile", name, value=name, profiles=held))
    return mapping_of(_read(file).get("mapping", {}), f"profile {file.stem}")


def matching(home: Path, headings: Sequence[str], holds: str = SURVEY) -> str:
    """The name of the profile made for files of this kind with these headings, or "". Of several the one kept last."""
    wanted = fingerprint(headings), holds
    kept = ((file, _read(file)) for file in _folder(home).glob("*.json"))
    found = [file for file, said in kept if (said.get("fingerprint"), said.get("holds", SURVEY)) == wanted]
    return max(found, key=lambda file: file.stat().st_mtime_ns).stem if found else ""


def kind_remembered(home: Path, headings: Sequence[str]) -> str:
    """The kind of file for which a mapping of these headings is remembered, or ""."""
    wanted = fingerprint(headings)
    kept = (_read(file) for file in _folder(home).glob("*.json"))
    return next((str(said.get("holds", SURVEY)) for said in kept if said.get("fingerprint") == wanted), "")


def _folder(home: Path) -> Path:
    return home / "profiles"


def _read(file: Path) -> dict[str, object]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MappingFault(fault("answers_not_json", f"profile {file.stem}", reason=str(error))) from error
    return said if isinstance(said, dict) else {}
