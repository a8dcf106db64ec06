"""Names of estates that nobody knows: renamed, merged or spelled otherwise. A match is offered; a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz

from analysis.model import Scope
from data.confirmed import ESTATE, Confirmations
from data.generation import Generation
from data.merging.layout import RECORDS, TEAMS
from data.provenance import SURVEY
from data.selection import inside

TABLES = {SURVEY: "responses", **{table.name: table.name for table in (*RECORDS, TEAMS)}}
NEAR = 85.0  # of 100: a nearer name is offered; "Ash Court" and "Oak Court" are 75 apart, "Ash Crt" and "Ash Court" 86
NO_NAME = frozenset(("estate", "the", "scheme"))  # words that tell no estate from another


@dataclass(frozen=True)
class UnknownEstate:
    """A name that stands in answers or records and not in the list of homes, with its rows by kind of file.

    ``offered`` is the known estate nearest to it and ``score`` how near (0 to 1); "" and 0 where none is near.
    """

    name: str
    rows: Mapping[str, int]
    offered: str
    score: float


class Estates:
    """What a person has said about names of estates, for one store. The next publish, or ``Store.remake``, applies it.

    Who said so and when is for the caller to write into the ledger.
    """

    def __init__(self, folder: Path) -> None:
        self._confirmed = Confirmations(folder)

    def matches(self) -> dict[str, str]:
        """Every name a person has settled, and the estate it means; an estate of its own means itself."""
        return self._confirmed.of(ESTATE)

    def is_another(self, name: str, estate: str) -> None:
        """Remember that this name means that estate: renamed, spelled otherwise or merged into it."""
        self._confirmed.confirm(ESTATE, name, estate)

    def is_its_own(self, name: str) -> None:
        """Remember that this name is an estate of its own, so that no match is offered again."""
        self._confirmed.confirm(ESTATE, name, name)

    def take_back(self, name: str) -> bool:
        """Forget what was said of a name. Whether anything had been."""
        return self._confirmed.take_back(ESTATE, name)

    def unknown(self, generation: Generation, scope: Scope) -> tuple[UnknownEstate, ...]:
        """The names in scope that are neither known nor settled, those of most rows first, each with a match offered.

        Known are the estates in the list of homes; without one, those of the newest wave.
        """
        known = known_estates(generation)
        settled = self.matches()
        rows = _rows_by_name(generation, scope)
        names = sorted(
            set(rows) - known - set(settled) - set(settled.values()), key=lambda n: (-sum(rows[n].values()), n)
        )
        return tuple(UnknownEstate(name, MappingProxyType(rows[name]), *nearest(name, known)) for name in names)


def known_estates(generation: Generation) -> frozenset[str]:
    """The estates in the list of homes; without one, those of the newest wave."""
    found = generation.rows("select distinct estate from homes where estate is not null")
    if not found and generation.waves:
        found = generation.rows(
            "select distinct estate::VARCHAR from responses where estate is not null and wave = ?",
            [generation.waves[-1].name],
        )
    return frozenset(name for (name,) in found)


def _rows_by_name(generation: Generation, scope: Scope) -> dict[str, dict[str, int]]:
    where = f"estate is not null and {inside(scope).sql('duckdb')}"
    counted = " union all ".join(
        f"select '{kind}' as kind, estate::VARCHAR as estate, count(*) as n from {table} where {where} group by all"
        for kind, table in TABLES.items()
    )
    found: dict[str, dict[str, int]] = {}
    for kind, estate, n in generation.rows(f"select kind, estate, n from ({counted}) order by n desc, kind"):
        found.setdefault(estate, {})[kind] = int(n)
    return found


def nearest(name: str, known: Iterable[str]) -> tuple[str, float]:
    """The known estate nearest to a name, with how near (0 to 1); ("", 0) where none is near.

    Compared without capitals, spaces and punctuation; numbers have to be the same.

    >>> nearest("LANTERN MOOR Estate", ["Lanternmoor", "Ash Court"])
    ('Lanternmoor', 1.0)
    >>> nearest("Phase 1", ["Phase 2"])
    ('', 0.0)
    """
    mine = _bare(name)
    scored = [
        (fuzz.ratio(mine, theirs), estate)
        for estate in sorted(known)
        if _numbers(theirs := _bare(estate)) == _numbers(mine)
    ]
    score, estate = max(scored, key=lambda each: each[0], default=(0.0, ""))
    return (estate, score / 100) if score >= NEAR else ("", 0.0)


def _bare(name: str) -> str:
    words = re.sub(r"['’.]", "", name.casefold())
    telling = [word for word in re.findall(r"\w+", words) if word not in NO_NAME]
    return "".join(telling)


def _numbers(bare: str) -> list[str]:
    return re.findall(r"\d+", bare)
