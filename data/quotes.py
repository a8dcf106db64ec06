"""Quotes: a redacted comment put forward for a purpose, and let go once two different people stand behind its words.

What was done stands in the ledger, names as given; the words themselves, which hold no personal details, stand beside
it under their digest. Whether a quote may be used is worked out anew each time, from the reading as it is now.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from analysis.hiding import only_hides
from analysis.model import Group
from analysis.text.redaction import details
from analysis.text.tidy import tidy
from data.corrections import AMONG, choices, name_given
from data.generation import NotHeld, StoreError
from data.language import load_redaction
from data.ledger import Entry, Ledger
from data.notebook import opened
from data.readings import Readings

TEAM, BOARD, PUBLIC = PURPOSES = ("team", "board", "public")
WHY_WITHDRAWN = ("no longer needed", "the person asked for it", "it may give somebody away", "another reason")
CONSENTS = ("not known who wrote it", "asked, and agreed")
WAITING, ONE_OF_TWO, APPROVED, WITHDRAWN, HELD_BACK = (
    "waiting for two people",
    "waiting for a second person",
    "approved",
    "withdrawn",
    "held back",
)
APPROVALS = 2
LONGEST = 2_000
PUT_FORWARD, APPROVE, PARAPHRASE, WITHDRAW = "put quote forward", "approve quote", "paraphrase quote", "withdraw quote"
CHANGED = "The words have been changed since you read them. Read them again, then approve."
NOT_OUTSIDE = "it may speak of somebody's health or accuse somebody, so it does not leave the team"
_NOTEBOOK = """
create table if not exists words (digest text primary key, text text not null);
create table if not exists places (quote text primary key, kind text not null, name text not null);
"""


class CannotQuote(StoreError):
    """A quote may not be used so; the message gives the reason and what to do. Never holds a tenant's words."""


@dataclass(frozen=True)
class Quote:
    """One quote in the queue. ``words`` hold no personal details; ``place`` is empty for the public.

    ``state`` is one of the five above; ``reason`` says why one is held back or withdrawn. Names are as given.
    """

    quote_id: str
    text_key: str
    purpose: str
    words: str
    digest: str  # of the words: what somebody approves
    paraphrased: bool
    put_forward_by: str
    at: str
    consent: str
    approved_by: tuple[str, ...]
    state: str
    reason: str = ""
    place: Group = ()


class Quotes:
    """The quotes of one store. Safe for many at once: the ledger decides in which order things were done."""

    def __init__(self, folder: Path, readings: Readings) -> None:
        self._ledger = Ledger(folder)
        self._notebook = folder / "quotes.sqlite"
        self._readings = readings

    def put_forward(
        self,
        text_key: str,
        purpose: str,
        who: str,
        part: str = "",
        place: Group = (),
        consent: str = "",
        estates: Iterable[str] = (),
        now: datetime | None = None,
    ) -> Quote:
        """Put a comment, or a ``part`` of it as it stands, forward for the team, the board or the public.

        ``place`` is kept for team and board only. For the public ``consent`` says how it stands with the person's
        leave, and no name of ``estates`` may be in the words. Raises CannotQuote with the reason, NotHeld where the
        comment has not been read.
        """
        by = name_given(who)
        if purpose not in PURPOSES:
            raise CannotQuote(f"A quote is for {', '.join(PURPOSES)}, not for '{purpose}'.")
        text, sensitive = self._shown(text_key)
        words = _part_of(text, part)
        if sensitive and purpose != TEAM:
            raise CannotQuote(f"Not put forward: {NOT_OUTSIDE}.")
        if purpose == PUBLIC:
            if consent not in CONSENTS:
                raise CannotQuote(f"Say whether the person was asked: '{CONSENTS[0]}' or '{CONSENTS[1]}'.")
            _names_no(estates, words)
        if any(one.text_key == text_key and one.purpose == purpose and one.words == words for one in self._open()):
            raise CannotQuote("The same words are in the queue for that already.")
        quote = uuid4().hex[:12]
        done = {"quote": quote, "text_key": text_key, "purpose": purpose, "who": by, "digest": self._keep(words)}
        if purpose != PUBLIC and place:
            self._keep_place(quote, place)
        self._ledger.record(PUT_FORWARD, {**done, "consent": consent if purpose == PUBLIC else ""}, now)
        return self.quote(quote)

    def approve(self, quote_id: str, who: str, digest: str, now: datetime | None = None) -> Quote:
        """Stand behind a quote's words as they are (``digest`` says which were read). Two different people must.

        Raises CannotQuote where the words have changed since, the same person did before, or it may not be used.
        """
        by, quote = name_given(who), self._usable(quote_id)
        if digest != quote.digest:
            raise CannotQuote(CHANGED)
        if by.casefold() in {name.casefold() for name in quote.approved_by}:
            raise CannotQuote(f"{by} stands behind these words already. A second, different person must approve them.")
        self._ledger.record(APPROVE, {"quote": quote_id, "who": by, "digest": digest}, now)
        after = self.quote(quote_id)
        if after.digest != digest:  # somebody wrote other words in the same moment
            raise CannotQuote(CHANGED)
        return after

    def paraphrase(
        self, quote_id: str, who: str, words: str, estates: Iterable[str] = (), now: datetime | None = None
    ) -> Quote:
        """Say it in other words. Earlier approvals fall away; the writer stands behind them, another must approve.

        Raises CannotQuote where the words hold what looks like a personal detail or, for the public, an estate.
        """
        by, quote, said = name_given(who), self._usable(quote_id), " ".join(words.split())
        if not said or len(said) > LONGEST:
            raise CannotQuote(f"Write the words anew, in up to {LONGEST:,} letters.")
        if found := details(tidy(said), load_redaction()):
            kinds = ", ".join(sorted({choices().marks[span.kind] for span in found}))
            raise CannotQuote(f"There seems to be a personal detail in it: {kinds}. Say it without.")
        if quote.purpose == PUBLIC:
            _names_no(estates, said)
        done = {"quote": quote_id, "who": by, "digest": self._keep(said)}
        self._ledger.record(PARAPHRASE, done, now)
        return self.quote(quote_id)

    def withdraw(self, quote_id: str, who: str, why: str = WHY_WITHDRAWN[0], now: datetime | None = None) -> Quote:
        """Take a quote out of use, for good. Raises CannotQuote where it was before, or for a reason not known."""
        by, quote = name_given(who), self.quote(quote_id)
        if why not in WHY_WITHDRAWN:
            raise CannotQuote(f"Say why: {', '.join(WHY_WITHDRAWN)}.")
        if quote.state == WITHDRAWN:
            raise CannotQuote("It was withdrawn before.")
        self._ledger.record(WITHDRAW, {"quote": quote_id, "who": by, "why": why}, now)
        return self.quote(quote_id)

    def quote(self, quote_id: str) -> Quote:
        """One quote as it stands now. Raises NotHeld where there is none of that number."""
        found = next((one for one in self.queue() if one.quote_id == quote_id), None)
        if found is None:
            raise NotHeld(f"There is no quote '{quote_id}'.")
        return found

    def queue(self) -> tuple[Quote, ...]:
        """Every quote as it stands now, newest first."""
        words, places = self._words()
        found: dict[str, Quote] = {}
        for line in self._ledger.of(PUT_FORWARD, APPROVE, PARAPHRASE, WITHDRAW):
            key = str(line.detail["quote"])
            if line.action == PUT_FORWARD:
                found[key] = _begun(line, places.get(key, ()))
            elif key in found:
                found[key] = _after(found[key], line)
        shown = self._all_shown(sorted({quote.text_key for quote in found.values()}))
        return tuple(reversed([_now(quote, words, shown) for quote in found.values()]))

    def approved(self, purpose: str) -> tuple[Quote, ...]:
        """The quotes that may be used for a purpose now. What may go to the public may go to the board and the team."""
        wide = PURPOSES[PURPOSES.index(purpose) :]
        return tuple(quote for quote in self.queue() if quote.state == APPROVED and quote.purpose in wide)

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> list[Quote]:
        return [quote for quote in self.queue() if quote.state not in (WITHDRAWN, HELD_BACK)]

    def _usable(self, quote_id: str) -> Quote:
        quote = self.quote(quote_id)
        if quote.state in (WITHDRAWN, HELD_BACK):
            raise CannotQuote(f"It is {quote.state}: {quote.reason}." if quote.reason else f"It is {quote.state}.")
        return quote

    def _shown(self, text_key: str) -> tuple[str, bool]:
        found = self._all_shown([text_key])
        if text_key not in found:
            raise NotHeld("No comment of that key has been read.")
        return found[text_key]

    def _all_shown(self, keys: list[str]) -> dict[str, tuple[str, bool]]:
        """These texts as a face may show them, and whether each must stay in the team."""
        if not keys:
            return {}
        asked = (
            f"select text_key, redacted, coalesce(sensitive, false) or len(coalesce(flags, [])) > 0 "
            f"from ({self._readings.select()}) where {AMONG}"
        )
        with closing(duckdb.connect()) as connection:
            return {key: (text, bool(flagged)) for key, text, flagged in connection.execute(asked, [keys]).fetchall()}

    def _keep(self, words: str) -> str:
        digest = hashlib.sha256(words.encode()).hexdigest()[:32]
        with opened(self._notebook, _NOTEBOOK) as notebook:
            notebook.execute("insert or ignore into words values (?, ?)", (digest, words))
        return digest

    def _keep_place(self, quote: str, place: Group) -> None:
        with opened(self._notebook, _NOTEBOOK) as notebook:
            notebook.executemany(
                "insert or ignore into places values (?, ?, ?)", [(quote, *where) for where in place[:1]]
            )

    def _words(self) -> tuple[dict[str, str], dict[str, Group]]:
        if not self._notebook.exists():
            return {}, {}
        with opened(self._notebook, _NOTEBOOK) as notebook:
            words = dict(notebook.execute("select digest, text from words").fetchall())
            rows = notebook.execute("select quote, kind, name from places").fetchall()
        return words, {quote: ((kind, name),) for quote, kind, name in rows}


def _begun(line: Entry, place: Group) -> Quote:
    said = line.detail
    return Quote(
        quote_id=str(said["quote"]),
        text_key=str(said["text_key"]),
        purpose=str(said["purpose"]),
        words="",
        digest=str(said["digest"]),
        paraphrased=False,
        put_forward_by=str(said["who"]),
        at=line.at,
        consent=str(said["consent"]),
        approved_by=(),
        state=WAITING,
        place=place,
    )


def _after(quote: Quote, line: Entry) -> Quote:
    """The quote after one more line of the ledger; an approval of other words, or by the same person, is nothing."""
    who, digest = str(line.detail["who"]), str(line.detail.get("digest", ""))
    if quote.state == WITHDRAWN:
        return quote
    if line.action == WITHDRAW:
        return replace(quote, state=WITHDRAWN, reason=f"by {who}: {line.detail['why']}")
    if line.action == PARAPHRASE:
        return replace(quote, digest=digest, paraphrased=True, approved_by=(who,), state=ONE_OF_TWO)
    if digest != quote.digest or who.casefold() in {name.casefold() for name in quote.approved_by}:
        return quote
    by = (*quote.approved_by, who)
    return replace(quote, approved_by=by, state=APPROVED if len(by) >= APPROVALS else ONE_OF_TWO)


def _now(quote: Quote, words: Mapping[str, str], shown: Mapping[str, tuple[str, bool]]) -> Quote:
    """The quote with its words, held back where the reading as it is now no longer allows them."""
    said = words.get(quote.digest, "")
    if quote.state == WITHDRAWN:
        return replace(quote, words=said)
    reason = _held_back(quote, said, shown.get(quote.text_key))
    if reason:
        return replace(quote, words="", state=HELD_BACK, reason=reason)
    return replace(quote, words=said)


def _held_back(quote: Quote, said: str, shown: tuple[str, bool] | None) -> str:
    """Why words that were fit once are not now, or ""."""
    if shown is None:
        return "the comment is not among those read now"
    text, flagged = shown
    if flagged and quote.purpose != TEAM:
        return NOT_OUTSIDE
    if not quote.paraphrased and not only_hides(text, said, choices().marks.values()):
        return "more has been taken out of the comment since; put it forward again"
    return ""


def _part_of(text: str, part: str) -> str:
    words = " ".join(part.split())
    if not words:
        words = text
    elif words not in " ".join(text.split()):
        raise CannotQuote("A part must stand in the comment as it is shown. To change the words, paraphrase it later.")
    if not re.search(r"\w", words) or len(words) > LONGEST:
        raise CannotQuote(f"Choose a part of up to {LONGEST:,} letters to quote.")
    return words


def _names_no(estates: Iterable[str], words: str) -> None:
    """Raises CannotQuote where the words name an estate: a public quote carries none."""
    for estate in estates:
        if estate and re.search(rf"(?<!\w){re.escape(estate)}(?!\w)", words, re.IGNORECASE):
            raise CannotQuote(f"It names the estate {estate}. A public quote carries no estate: put a part forward.")
