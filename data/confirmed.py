"""What a person has confirmed: that a name means an estate, that a reference names a home. Applied on every publish.

Kept beside the store in SQLite, safe for many writers; who said so and when is the ledger's.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from data.merging.references import ADDRESS, HOME, TENANCY, Confirmed
from data.notebook import opened

ESTATE = "estate"
ABOUT = (ESTATE, HOME, TENANCY, ADDRESS)
_SCHEMA = """
create table if not exists confirmed (
    about text not null, given text not null, meant text not null, primary key (about, given)
)
"""


class Confirmations:
    """What was confirmed for one store: (about, as given) to what is meant. ``about`` is one of ``ABOUT``."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "confirmed.sqlite"

    def confirm(self, about: str, given: str, meant: str) -> None:
        """Remember what is meant; a later word replaces an earlier one. Raises ValueError where either is empty."""
        if about not in ABOUT or not given.strip() or not meant.strip():
            raise ValueError(f"Confirm one of {', '.join(ABOUT)}, as it is given, and what it means.")
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("insert or replace into confirmed values (?, ?, ?)", (about, given, meant.strip()))

    def take_back(self, about: str, given: str) -> bool:
        """Forget what was confirmed. Whether there was anything to forget."""
        with opened(self._file, _SCHEMA) as connection:
            gone = connection.execute("delete from confirmed where about = ? and given = ?", (about, given))
            return gone.rowcount > 0

    def of(self, about: str) -> dict[str, str]:
        """Everything confirmed about estates, homes, tenancies or addresses: as given, and what is meant."""
        if not self._file.exists():
            return {}
        with opened(self._file, _SCHEMA) as connection:
            found = connection.execute("select given, meant from confirmed where about = ? order by given", (about,))
            return dict(found.fetchall())

    def said(self) -> Confirmed:
        """Everything confirmed, as the merger applies it: a name that was matched on is followed to the end."""
        estates = self.of(ESTATE)
        homes = {(about, given): meant for about in (HOME, TENANCY, ADDRESS) for given, meant in self.of(about).items()}
        ends = {given: _followed(given, estates) for given in estates}
        return Confirmed(MappingProxyType(ends), MappingProxyType(homes))


def _followed(given: str, estates: dict[str, str]) -> str:
    """Where a name leads: A is B and B is C makes A be C. A circle is left where it would close.

    >>> _followed("A", {"A": "B", "B": "C", "C": "C"})
    'C'
    """
    passed = [given]
    while (meant := estates.get(passed[-1], passed[-1])) not in passed:
        passed.append(meant)
    return passed[-1]
