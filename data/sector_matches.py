"""Landlords that are not the same in two years: another code, another name, merged. A match is offered, never assumed.

Years are joined on the regulator's own code. What a person says about a code is kept beside the imported years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from analysis.model import SectorYear
from data.notebook import opened

NEAR = 85.0  # of 100: a nearer name is offered
# Words that many landlords have, and that tell none from another.
COMMON = frozenset(
    (
        *("the", "of", "and", "limited", "ltd", "group", "housing", "association", "homes", "trust", "society"),
        *("company", "council", "borough", "district", "city", "metropolitan"),
    )
)
OTHER_CODE, OTHER_NAME, GONE, NEW = "other code", "other name", "gone", "new"
APART = ""  # said of a code whose landlord in the later year is another one, or none
_SCHEMA = """
create table if not exists matches (
    year_before text not null, year_after text not null, before text not null, after text not null,
    primary key (year_before, year_after, before)
)
"""


@dataclass(frozen=True)
class Change:
    """One landlord that is not the same in two years.

    ``what``: OTHER_CODE, a code that is gone and a like name under a new one, offered as a match; OTHER_NAME, one code
    under two names: renamed, or joined by others; GONE and NEW, a code without a like name in the other year.
    ``likeness`` of the two names, 0 to 1.
    """

    what: str
    before: str
    name_before: str
    after: str
    name_after: str
    likeness: float = 0.0


def changes(before: SectorYear, after: SectorYear) -> tuple[Change, ...]:
    """Every landlord that changed between two years; those with a match offered first, by likeness."""
    gone = [code for code in before.landlords if code not in after.landlords]
    new = [code for code in after.landlords if code not in before.landlords]
    offered = dict(_offers(before, after, gone, new))
    taken = {code for code, _ in offered.values()}
    names_before, names_after = _names(before), _names(after)
    found = [
        Change(OTHER_CODE, code, names_before[code], other, names_after[other], likeness)
        for code, (other, likeness) in offered.items()
    ]
    for code in before.landlords.keys() & after.landlords.keys():
        if _bare(names_before[code]) != _bare(names_after[code]):
            near = likeness(names_before[code], names_after[code])
            found.append(Change(OTHER_NAME, code, names_before[code], code, names_after[code], near))
    found += [Change(GONE, code, names_before[code], "", "") for code in gone if code not in offered]
    found += [Change(NEW, "", "", code, names_after[code]) for code in new if code not in taken]
    order = (OTHER_CODE, OTHER_NAME, GONE, NEW)
    return tuple(sorted(found, key=lambda c: (order.index(c.what), -c.likeness, c.before, c.after)))


def likeness(name: str, other: str) -> float:
    """How alike two names are, 0 to 1, without capitals, punctuation and the words every landlord has.

    >>> likeness("Basildon District Council", "Basildon Borough Council"), likeness("Ash Homes", "Elm Homes") < 0.5
    (1.0, True)
    """
    return fuzz.token_sort_ratio(_bare(name), _bare(other)) / 100


class Matches:
    """What a person has said about codes between two years, kept in the folder of the imported years."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "matches.sqlite"

    def confirm(self, year_before: str, year_after: str, before: str, after: str) -> None:
        """Remember that a landlord of one year is that of another; ``after`` APART: it is none of the later year's."""
        with opened(self._file, _SCHEMA) as connection:
            row = (year_before, year_after, before, after)
            connection.execute("insert or replace into matches values (?, ?, ?, ?)", row)

    def take_back(self, year_before: str, year_after: str, before: str) -> bool:
        """Forget what was said of a code. Whether anything had been."""
        if not self._file.exists():
            return False
        with opened(self._file, _SCHEMA) as connection:
            key = (year_before, year_after, before)
            gone = connection.execute(
                "delete from matches where year_before = ? and year_after = ? and before = ?", key
            )
            return gone.rowcount > 0

    def said(self, year_before: str, year_after: str) -> dict[str, str]:
        """Everything said about two years: the code before, and the code after or APART."""
        if not self._file.exists():
            return {}
        with opened(self._file, _SCHEMA) as connection:
            found = connection.execute(
                "select before, after from matches where year_before = ? and year_after = ? order by before",
                (year_before, year_after),
            )
            return dict(found.fetchall())


def pairs(before: SectorYear, after: SectorYear, said: Mapping[str, str]) -> dict[str, str]:
    """The landlords that may be compared: code after → code before. Equal codes, and what a person said of others."""
    same = {code: code for code in after.landlords if code in before.landlords and code not in said}
    told = {other: code for code, other in said.items() if other != APART and other in after.landlords}
    return {**{code: mine for code, mine in same.items() if code not in told}, **told}


def _offers(
    before: SectorYear, after: SectorYear, gone: Iterable[str], new: Iterable[str]
) -> Iterable[tuple[str, tuple[str, float]]]:
    """For each code that is gone the new code with the likest name, each offered once, the likest first."""
    scored = sorted(
        (
            (likeness(before.landlords[code].name, after.landlords[other].name), code, other)
            for code in gone
            for other in new
        ),
        reverse=True,
    )
    codes: set[str] = set()
    for near, code, other in scored:
        if 100 * near >= NEAR and not {code, other} & codes:
            codes |= {code, other}
            yield code, (other, near)


def _names(year: SectorYear) -> dict[str, str]:
    return {code: landlord.name for code, landlord in year.landlords.items()}


def _bare(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower().replace("&", " and ").replace("'", ""))
    return " ".join([word for word in words if word not in COMMON] or words)
