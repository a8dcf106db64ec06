"""The landlord's register of its letter templates: which there are, whose, when last reviewed, how many are sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from analysis.model import Problem
from analysis.text.redaction import RedactionRules, details
from analysis.text.tidy import tidy
from data.columns.days import day_of
from data.columns.faults import UnreadableFile, fault
from data.sources.files import open_file
from data.sources.loading import load
from data.sources.safety import base_name

SPELLINGS = {
    "code": ("template code", "letter code", "template ref", "template reference", "template id", "code", "ref"),
    "name": ("letter name", "template name", "letter", "template", "letter title", "title", "document name"),
    "owner": ("owner", "template owner", "letter owner", "service owner", "owning team", "responsible"),
    "reviewed": ("last reviewed", "review date", "last review", "date reviewed", "reviewed"),
    "volume": (
        "volume 12m",
        "volume 12 months",
        "annual volume",
        "volume",
        "sent 12m",
        "sent in 12 months",
        "number sent",
    ),
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Template:
    """One row of the register. ``owner`` is a role; where a person is named there it is "" and ``named`` is true."""

    row: int
    code: str
    name: str
    owner: str
    reviewed: date | None
    volume: int | None
    named: bool = False


def read_templates(
    path: Path, redaction: RedactionRules, name: str = ""
) -> tuple[tuple[Template, ...], tuple[Problem, ...]]:
    """The rows of the register, and those whose owner is a person, not a role.

    Raises UnreadableFile where it is no table or has neither a code nor a name of a letter.
    """
    name = base_name(name or path.name)
    with ExitStack() as stack:
        opened = open_file(path, stack, lambda headings: len(_places(headings)), name)
        places = _places(opened.headings)
        if "code" not in places and "name" not in places:
            columns = ", ".join(opened.headings)
            raise UnreadableFile(fault("letter_no_such_column", name, asked="Template Code", columns=columns))
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as con:
            others = [at for at in range(len(opened.headings)) if at not in places.values()]
            load(opened, con, sorted(places.values()), others)
            chosen = ", ".join(f"c{at}" for at in places.values())
            rows = con.execute(f"select row, {chosen} from raw order by row").fetchall()
    found = [_template(row, dict(zip(places, cells, strict=True)), redaction) for row, *cells in rows]
    kept = tuple(each for each in found if each.code or each.name)
    problems = tuple(fault("letter_owner_named", name, each.row, "Owner") for each in kept if each.named)
    return kept, problems


def template_of(name: str, templates: Sequence[Template]) -> Template | None:
    """The row a file belongs to: its code or its name is in the file's name, the longest that is."""
    said = _plain(Path(name).stem)
    fits = [
        (len(told), -at, each)
        for at, each in enumerate(templates)
        for told in (_plain(each.code), _plain(each.name))
        if told and f" {told} " in f" {said} "
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _places(headings: Sequence[str]) -> dict[str, int]:
    plain = [" ".join(heading.casefold().split()) for heading in headings]
    found: dict[str, int] = {}
    for field, spellings in SPELLINGS.items():
        at = next((plain.index(spelling) for spelling in spellings if spelling in plain), None)
        if at is not None and at not in found.values():
            found[field] = at
    return found


def _template(row: int, cells: dict[str, str | None], redaction: RedactionRules) -> Template:
    said = {field: " ".join((cell or "").split()) for field, cell in cells.items()}
    owner = said.get("owner", "")
    named = any(span.kind in ("person", "email", "phone") for span in details(tidy(f"Owner: {owner}"), redaction))
    volume = re.sub(r"[,\s]|\.0+$", "", said.get("volume", ""))
    return Template(
        row,
        said.get("code", ""),
        said.get("name", ""),
        "" if named else owner,
        day_of(said.get("reviewed", ""), ""),
        int(volume) if volume.isdigit() and len(volume) < 10 else None,
        named,
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("_", " ")))
