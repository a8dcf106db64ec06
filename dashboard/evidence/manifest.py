"""The manifest of a pack: what was asked, what every figure was made from and how, and a checksum of all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from analysis.model import Audience
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.blocks import Document
from dashboard.evidence.material import Material
from data.generation import Generation

NAME = "manifest.json"
SCHEMA = 1
SEAL = "seal"


def asked_as_json(asked: PackAsked) -> dict[str, Any]:
    """What was asked of a pack, for a manifest; ``asked_from`` reads it back."""
    return {
        "kind": asked.kind,
        "wave": asked.wave,
        "groups": list(asked.groups),
        "audience": str(asked.audience),
        "clock": asked.clock.isoformat(),
        "sections": list(asked.sections),
        "filters": [[key, list(values)] for key, values in asked.filters],
        "who": asked.who,
    }


def asked_from(said: Mapping[str, Any]) -> PackAsked:
    """What was asked of a pack, from its manifest. Raises KeyError, TypeError or ValueError where that is none."""
    return PackAsked(
        kind=str(said["kind"]),
        wave=str(said["wave"]),
        groups=tuple(map(str, said["groups"])),
        audience=Audience(said["audience"]),
        clock=datetime.fromisoformat(said["clock"]),
        sections=tuple(map(str, said["sections"])),
        filters=tuple((str(key), tuple(map(str, values))) for key, values in said["filters"]),
        who=str(said["who"]),
    )


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest with its seal: the SHA-256 of the rest of it."""
    return {**manifest, SEAL: seal_of(manifest)}


def seal_of(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of a manifest without its seal."""
    return digest({name: value for name, value in manifest.items() if name != SEAL})


def digest(value: object) -> str:
    """The SHA-256 of anything JSON can hold, whatever the order of its names."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def written(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as the file of a pack: sorted by name, a line for each value."""
    return (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def of(material: Material, document: Document, landlord: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest of a pack, sealed: its document and its other files by name."""
    return sealed(
        {
            "schema": SCHEMA,
            "asked": asked_as_json(material.asked),
            "landlord": {"name": landlord, "invented": material.invented},
            "generation": _generation(material.generation),
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        }
    )


def _generation(generation: Generation) -> dict[str, Any]:
    return {"number": generation.number, "fingerprint": generation.fingerprint, "created": generation.created}
