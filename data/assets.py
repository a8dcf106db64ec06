"""What an estate already has (groups, halls, skills, green spaces, offers): a register that people keep by hand.

What was done stands in the ledger, names as given; the words stand beside it under their digest. Everything can be
undone, nothing is ever lost, and no person is named in it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from analysis.text.redaction import details
from analysis.text.tidy import tidy
from data.corrections import choices, name_given
from data.generation import NotHeld, StoreError
from data.language import load_redaction
from data.ledger import Entry, Ledger
from data.notebook import opened
from data.registers import plain_spelling

REFERENCE = Path(__file__).parent / "reference"
LONGEST_NAME, LONGEST_ABOUT = 80, 400
ADD, CHANGE, WITHDRAW, UNDO = "add asset", "change asset", "withdraw asset", "undo asset change"
WHOLE = ""  # the estate of an asset that is the whole landlord's
NAMED = ("person", "address")  # a hall is called after somebody and stands in a street: no fault of its name
WHY_WITHDRAWN = ("it is gone", "it was never there", "it is in the register twice", "the people asked for it")
CHANGED = "Somebody else has changed it since you read it. Read it again, then change it."
_NOTEBOOK = """
create table if not exists words (
    digest text primary key, kind text not null, name text not null, estate text not null, about text not null
);
"""


class CannotKeep(StoreError):
    """An asset cannot be kept so; the message gives the reason and what to do."""


@dataclass(frozen=True)
class AssetKind:
    """A kind of asset: what it is called, what belongs in it, and the strength whose offers it is likely to take."""

    key: str
    title: str
    holds: str
    strength: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What is said of an asset: its kind, name, estate ("": the whole landlord) and what it is, with nobody named."""

    kind: str
    name: str
    estate: str
    about: str = ""

    @property
    def same(self) -> tuple[str, str]:
        """What makes two of them one: the name and the estate, capitals aside."""
        return self.name.casefold(), self.estate.casefold()


@dataclass(frozen=True)
class Asset:
    """One asset as it stands now, with who said so last and when (UTC; names as given)."""

    asset_id: str
    words: Words
    digest: str  # of its words: what somebody read who changes it
    by: str
    at: str
    withdrawn: str = ""  # why, where it was


@cache
def asset_kinds(folder: Path = REFERENCE) -> Mapping[str, AssetKind]:
    """The kinds of asset there are, by key, in the order of the register."""
    table = tomllib.loads((folder / "assets.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            key: AssetKind(key, row["title"], row["holds"], row["strength"], tuple(row["spellings"].split(", ")))
            for key, row in table.items()
        }
    )


def kind_of(spelling: str) -> str | None:
    """The kind a person means by what they wrote, or None.

    >>> kind_of("Green spaces"), kind_of("Community centre"), kind_of("Dragon")
    ('green', 'hall', None)
    """
    meant = plain_spelling(spelling)
    for key, kind in asset_kinds().items():
        if meant in {plain_spelling(each) for each in (key, kind.title, *kind.spellings)}:
            return key
    return None


class Assets:
    """The asset register of one store. Safe for many at once: the ledger decides in which order things were done."""

    def __init__(self, folder: Path) -> None:
        self._ledger = Ledger(folder)
        self._notebook = folder / "assets.sqlite"

    def add(self, words: Words, who: str, estates: Iterable[str], now: datetime | None = None) -> Asset:
        """Put an asset in the register. Raises CannotKeep where its words will not do or it is there already."""
        by, said = name_given(who), checked(words, estates)
        self._not_there(said)
        asset = uuid4().hex[:12]
        self._ledger.record(ADD, {"asset": asset, "who": by, "digest": self._keep(said)}, now)
        return self.asset(asset)

    def add_all(self, several: Sequence[Words], who: str, estates: Iterable[str], now: datetime | None = None) -> int:
        """Put many in the register, all or none; gives how many. Raises CannotKeep for the first that will not do."""
        by, known = name_given(who), tuple(estates)
        said = [checked(words, known) for words in several]
        for words in said:
            self._not_there(words)
        for words in said:
            self._ledger.record(ADD, {"asset": uuid4().hex[:12], "who": by, "digest": self._keep(words)}, now)
        return len(said)

    def change(
        self, asset_id: str, words: Words, who: str, digest: str, estates: Iterable[str], now: datetime | None = None
    ) -> Asset:
        """Say something else of an asset (``digest``: of the words that were read). Raises CannotKeep, NotHeld."""
        by, held, said = name_given(who), self._standing(asset_id), checked(words, estates)
        if digest != held.digest:
            raise CannotKeep(CHANGED)
        if said == held.words:
            raise CannotKeep("It says so already. Nothing was changed.")
        self._not_there(said, but=asset_id)
        self._ledger.record(CHANGE, {"asset": asset_id, "who": by, "digest": self._keep(said)}, now)
        return self.asset(asset_id)

    def withdraw(self, asset_id: str, who: str, why: str = WHY_WITHDRAWN[0], now: datetime | None = None) -> Asset:
        """Take an asset out of the register; it can be undone. Raises CannotKeep for a reason not known, NotHeld."""
        by = name_given(who)
        self._standing(asset_id)
        if why not in WHY_WITHDRAWN:
            raise CannotKeep(f"Say why: {', '.join(WHY_WITHDRAWN)}.")
        self._ledger.record(WITHDRAW, {"asset": asset_id, "who": by, "why": why}, now)
        return self.asset(asset_id)

    def undo(self, asset_id: str, who: str, now: datetime | None = None) -> Asset | None:
        """Take back the last thing done to an asset; None where that was putting it in. Raises NotHeld."""
        by = name_given(who)
        lines = self._lines().get(asset_id)
        if not lines:
            raise NotHeld(f"There is no asset '{asset_id}' with anything to take back.")
        self._ledger.record(UNDO, {"asset": asset_id, "who": by, "n": lines[-1].n}, now)
        return next((asset for asset in self.every() if asset.asset_id == asset_id), None)

    def asset(self, asset_id: str) -> Asset:
        """One asset as it stands. Raises NotHeld where there is none of that number."""
        found = next((asset for asset in self.every() if asset.asset_id == asset_id), None)
        if found is None:
            raise NotHeld(f"There is no asset '{asset_id}'.")
        return found

    def standing(self) -> tuple[Asset, ...]:
        """The assets in the register now, by estate, kind and name."""
        order = list(asset_kinds())
        found = [asset for asset in self.every() if not asset.withdrawn]
        return tuple(sorted(found, key=lambda a: (a.words.estate, order.index(a.words.kind), a.words.name.casefold())))

    def every(self) -> tuple[Asset, ...]:
        """Every asset, withdrawn ones too, in the order they were put in."""
        words = self._words()
        return tuple(_folded(asset, lines, words) for asset, lines in self._lines().items())

    def history(self, asset_id: str) -> tuple[Entry, ...]:
        """Everything done to one asset, undone or not, oldest first."""
        lines = self._ledger.of(ADD, CHANGE, WITHDRAW, UNDO)
        return tuple(line for line in lines if line.detail["asset"] == asset_id)

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _lines(self) -> dict[str, list[Entry]]:
        """What was done to each asset and not taken back."""
        lines = self._ledger.of(ADD, CHANGE, WITHDRAW, UNDO)
        back = {line.detail["n"] for line in lines if line.action == UNDO}
        found: dict[str, list[Entry]] = {}
        for line in lines:
            if line.action != UNDO and line.n not in back:
                found.setdefault(str(line.detail["asset"]), []).append(line)
        return {asset: done for asset, done in found.items() if done[0].action == ADD}

    def _standing(self, asset_id: str) -> Asset:
        held = self.asset(asset_id)
        if held.withdrawn:
            raise CannotKeep(f"It was taken out of the register: {held.withdrawn}. Undo that first.")
        return held

    def _not_there(self, words: Words, but: str = "") -> None:
        for asset in self.standing():
            if asset.asset_id != but and asset.words.same == words.same:
                raise CannotKeep(f"{words.name} is in the register already. Change that one.")

    def _keep(self, words: Words) -> str:
        row = (words.kind, words.name, words.estate, words.about)
        digest = hashlib.sha256(json.dumps(row).encode()).hexdigest()[:32]
        with opened(self._notebook, _NOTEBOOK) as notebook:
            notebook.execute("insert or ignore into words values (?, ?, ?, ?, ?)", (digest, *row))
        return digest

    def _words(self) -> dict[str, Words]:
        if not self._notebook.exists():
            return {}
        with opened(self._notebook, _NOTEBOOK) as notebook:
            rows = notebook.execute("select digest, kind, name, estate, about from words").fetchall()
        return {digest: Words(*row) for digest, *row in rows}


def checked(words: Words, estates: Iterable[str]) -> Words:
    """The words tidied. Raises CannotKeep where the kind or estate is not known, or a person could be told by them."""
    said = Words(words.kind, " ".join(words.name.split()), words.estate.strip(), " ".join(words.about.split()))
    if said.kind not in asset_kinds():
        raise CannotKeep(f"There is no kind '{said.kind}'. The kinds are: {', '.join(asset_kinds())}.")
    if not 1 <= len(said.name) <= LONGEST_NAME:
        raise CannotKeep(f"Name it, in up to {LONGEST_NAME} letters.")
    if len(said.about) > LONGEST_ABOUT:
        raise CannotKeep(f"Say what it is in up to {LONGEST_ABOUT} letters; this has {len(said.about)}.")
    if said.estate != WHOLE and said.estate not in set(estates):
        raise CannotKeep(f"There is no estate '{said.estate}'. Leave it empty for the whole landlord.")
    rules = load_redaction()
    found = [span.kind for span in details(tidy(said.name), rules) if span.kind not in NAMED]
    found += [span.kind for span in details(tidy(said.about), rules)]
    if found:
        kinds = ", ".join(sorted({choices().marks.get(kind, kind) for kind in found}))
        raise CannotKeep(f"There seems to be a personal detail in it: {kinds}. Say it without: nobody is named here.")
    return said


def _folded(asset_id: str, lines: Sequence[Entry], words: Mapping[str, Words]) -> Asset:
    found = Asset(asset_id, Words("", "", ""), "", "", "")
    for line in lines:
        found = replace(found, by=str(line.detail["who"]), at=line.at)
        if line.action == WITHDRAW:
            found = replace(found, withdrawn=str(line.detail["why"]))
        else:
            digest = str(line.detail["digest"])
            found = replace(found, digest=digest, words=words.get(digest, found.words))
    return found
