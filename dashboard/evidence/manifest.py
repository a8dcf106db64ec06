"""The manifest of a pack: what was asked, what every figure was made from and how, and a checksum of all of it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from numbers import Integral
from typing import Any

from analysis.model import Audience, Question
from dashboard.charts.chart import Cell, Table
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.basis import basis_of, digest, files_behind
from dashboard.evidence.blocks import Document, Heading, Note, Paragraph, Quote
from dashboard.evidence.material import Material
from dashboard.evidence.parts.withheld import withheld_of
from dashboard.how import How
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
        "log_until": asked.log_until.isoformat() if asked.log_until else None,
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
        log_until=datetime.fromisoformat(said["log_until"]) if said.get("log_until") else None,
    )


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest with its seal: the SHA-256 of the rest of it."""
    return {**manifest, SEAL: seal_of(manifest)}


def seal_of(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of a manifest without its seal."""
    return digest({name: value for name, value in manifest.items() if name != SEAL})


def written(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as the file of a pack: sorted by name, a line for each value."""
    return (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


# ── What stands in it ────────────────────────────────────────────────────────────────────────────


def of(material: Material, document: Document, files: Mapping[str, bytes], rests: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of a pack, sealed: its document, its other files by name, and what was ``counted`` for it.

    The public is not given the name of who made it; the history here has it.
    """
    asked = replace(material.asked, who="") if material.asked.audience is Audience.PUBLIC else material.asked
    return sealed(
        {
            "schema": SCHEMA,
            "asked": asked_as_json(asked),
            "landlord": {"name": document.author, "invented": material.invented},
            "made": {"at": document.made.isoformat(), "by": asked.who, "title": document.title},
            **rests,
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
        }
    )


def counted(material: Material, document: Document) -> dict[str, Any]:
    """The part of a manifest that is counted, and so can be again: what it rests on, figures, sentences, silences."""
    return {
        **basis_of(material),
        "figures": figures_of(material, document),
        "words": words_of(document),
        "withheld": withheld_of(material),
    }


def figures_of(material: Material, document: Document) -> dict[str, dict[str, Any]]:
    """By its id, what every chart and table says of itself, unrounded, and how it came to say so."""
    kept_as = _kept_as(document)
    return {
        block.key: {
            "called": name,
            "title": block.title,
            "section": section_of(block.key, material.asked.sections),
            "about": list(block.about),
            "how": None if block.how is None else _how(block.how, material.generation),
            "columns": list(block.table.file_headings),
            "rows": [[_cell(cell) for cell in row] for row in block.table.file_rows],
            "values_sha256": values_of(block.table),
            "in_files": _in_files(document.stem, kept_as.get(block.key, "")),
        }
        for name, block in document.named()
    }


def values_of(table: Table) -> str:
    """The SHA-256 of the unrounded values of a table under their headings."""
    return digest([list(table.file_headings), [[_cell(cell) for cell in row] for row in table.file_rows]])


def section_of(key: str, sections: tuple[str, ...]) -> str:
    """The part a figure belongs to, by how its id begins; "" where none of those asked for.

    >>> section_of("measures-lcra-table", ("summary", "measures"))
    'measures'
    """
    begun = [each for each in sections if key == each or key.startswith(f"{each}-")]
    return max(begun, key=len, default="")


def words_of(document: Document) -> dict[str, str]:
    """By its number and heading, the SHA-256 of the words of each part: sentences hold figures too."""
    return {f"{n:02d} {heading}": digest(said) for n, (heading, said) in enumerate(_parts(document), start=1)}


def _parts(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Each part's heading with all that is said under it outside charts and tables."""
    heading, said = "", list[str]()
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if heading or said:
                yield heading, said
            heading, said = block.text, []
        elif isinstance(block, Heading | Paragraph | Note):
            said.append(block.text)
        elif isinstance(block, Quote):
            said += [block.text, block.who]
    yield heading, said


def _how(how: How, generation: Generation) -> dict[str, Any]:
    """How a figure was made, in plain words, the question it answers, and which of the inputs it stands on."""
    return {
        "counted": list(how.counted),
        "who": how.who,
        "base": how.base,
        "left_out": list(how.left_out),
        "sums": how.sums,
        "besides": list(how.besides),
        "rests_on": [[holds, wave] for holds, wave in how.behind],
        "inputs": files_behind(generation, how.behind),
        "question": None if how.asked is None else _question(how.asked),
    }


def _question(asked: Question) -> dict[str, Any]:
    return {
        "wave": asked.wave,
        "tenure_group": asked.tenure_group,
        "scope": sorted(asked.scope.estates) if asked.scope.estates is not None else "the whole landlord",
        "compared_with": asked.compared_with,
        "measures": list(asked.measures),
        "breakdown": asked.breakdown,
        "filters": [[key, list(values)] for key, values in asked.filters],
        "audience": str(asked.audience),
    }


def _kept_as(document: Document) -> dict[str, str]:
    """By id, the CSV that holds a figure: a chart whose figures are printed as a table is kept once, as that."""
    sheets = {block.key: block.table for _, block in document.sheets()}
    return {
        block.key: next((key for key, table in sheets.items() if key == block.key or table == block.table), "")
        for block in document.keyed
    }


def _in_files(stem: str, kept_as: str) -> list[str]:
    return [f"{stem}.pdf", f"{stem}.docx", *([f"{stem}.xlsx", f"csv/{kept_as}.csv"] if kept_as else [])]


def _cell(cell: Cell) -> Cell:
    """A value as JSON holds it: a number that is none is missing, and numbers of numpy are plain ones."""
    if isinstance(cell, bool | str) or cell is None:
        return cell
    return int(cell) if isinstance(cell, Integral) else (float(cell) if math.isfinite(cell) else None)
