"""Calling: one card at a time, leased to whoever opened it; kept once, taken back, or set beside where two had it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.model.campaign import Call, Card
from data.campaign.campaigns import ERASED, FREE, new_token, running
from data.campaign.notebook import CannotCampaign, marked, moment, name_of, notebook, salt_of, writing
from data.campaign.register import campaign_register
from data.ledger import Ledger

BY_TELEPHONE, ON_PAPER = "on the telephone", "on the telephone, noted on a paper list"  # how consent was given
LONGEST_VALUE = 80  # letters of a new value
OF_THE_CARD = (
    "state",
    "outcome",
    "attempts",
    "place",
    "said",
    "day",
)  # what a call changes, and taking it back restores


class HeldBeside(CannotCampaign):
    """A call that came too late: somebody else has the home now, or it was set aside. It is kept beside, not lost."""


@dataclass(frozen=True)
class Beside:
    """A call kept beside: which card, who made it and when, what became of it, and why it did not count."""

    n: int
    card: int
    caller: str
    at: str
    outcome: str
    why: str


class Calling:
    """The calls of one store's campaigns. Safe for many at once: opening a card and keeping a call are atomic."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def next_card(self, campaign: int, caller: str, now: datetime | None = None) -> Card | None:
        """The next home on a caller's list, open for her alone for half an hour; None where she is through.

        A card somebody has open is passed over until its time is up, so two windows under one name get two homes.
        Raises CannotCampaign for a name with no list.
        """
        name, token = name_of(caller), new_token()
        until = (now or datetime.now(UTC)) + timedelta(minutes=campaign_register().rules["lease_minutes"])
        with writing(self.folder) as book:
            row = running(book, campaign)
            has_list = book.execute(
                "select 1 from cards where campaign = ? and caller = ? collate nocase", (campaign, name)
            ).fetchone()
            if not has_list:
                raise CannotCampaign(f"There is no list for '{name}' in '{row['name']}'.")
            found = book.execute(
                "update cards set token = :token, opened_by = :caller, until = :until where campaign = :campaign and "
                "card = (select card from cards where campaign = :campaign and caller = :caller collate nocase and "
                f"{FREE} order by place limit 1) returning card, name, phone, held",
                {"token": token, "caller": name, "until": moment(until), "campaign": campaign, "now": moment(now)},
            ).fetchone()
        if found is None:
            return None
        titles = [campaign_register().fields[key].title for key in json.loads(row["fields"])]
        checks = tuple(zip(titles, json.loads(found["held"]), strict=True))
        return Card(found["card"], found["name"], found["phone"], checks, token, until)

    def give_back(self, campaign: int, card: int, token: str) -> None:
        """Close a card without a call; it stays on the list. Nothing happens where somebody else has it now."""
        with writing(self.folder) as book:
            book.execute(
                "update cards set token = '', opened_by = '', until = '' where campaign = ? and card = ? and token = ?",
                (campaign, card, token),
            )

    def keep(self, campaign: int, card: Card, caller: str, call: Call, now: datetime | None = None) -> None:
        """Keep what became of a call.

        Raises CannotCampaign where an outcome or state means nothing, with nothing kept; HeldBeside where somebody else
        has opened the home since or it was set aside: the call is then kept beside it, and a refusal holds at once.
        The same call of the same caller twice, as of a button pressed twice, is one. Of a home erased at its tenant's
        request nothing is kept but the mark of a refusal.
        """
        name = name_of(caller)
        with writing(self.folder) as book:
            campaign_row = running(book, campaign)
            said = checked_call(call, json.loads(campaign_row["fields"]))
            row = _card(book, campaign, card.card)
            erased = row["aside"] == ERASED
            why = _why_beside(row, card.token)
            if erased:
                _refuse(book, row, 0, said, marked(salt_of(book), card.name, card.phone), moment(now))
            elif not (why and _kept_before(book, row, name, said)):
                keep_call(book, row, name, said, moment(now), why)
            else:
                why = ""
        if erased:
            raise HeldBeside(
                "This home was erased at its tenant's request while you had it open. Nothing of the call is kept, but "
                "a refusal holds."
            )
        if why:
            raise HeldBeside(
                f"{why} What you entered is kept beside the list and nothing of it is lost; whoever runs the campaign "
                "decides which call counts."
            )

    def take_back(self, campaign: int, caller: str, now: datetime | None = None) -> str:
        """Undo a caller's last call: the home is to be called again. The outcome taken back.

        What was told of goes on its way, and what had been assumed cannot be found again, since nothing links it.
        Raises CannotCampaign where there is none, or the home has changed hands since.
        """
        name = name_of(caller)
        with writing(self.folder) as book:
            running(book, campaign)
            entry = book.execute(
                "select * from entries where campaign = ? and caller = ? collate nocase and state = 'stands' "
                "order by n desc limit 1",
                (campaign, name),
            ).fetchone()
            if entry is None:
                raise CannotCampaign(f"{name} has no call to take back in this campaign.")
            row = _card(book, campaign, entry["card"])
            if row["state"] == "set aside":
                raise CannotCampaign(f"That home has been set aside since ({row['aside']}), so it stays as it is.")
            if row["caller"].casefold() != name.casefold() or row["paper"] is not None or _is_open(row, name, now):
                raise CannotCampaign("That home is with somebody else now, so the call cannot be taken back here.")
            before = json.loads(entry["before"])
            _restore(book, campaign, entry["card"], before)
            book.execute("update entries set state = 'taken back' where n = ?", (entry["n"],))
            book.execute("delete from refusals where entry = ?", (entry["n"],))
        Ledger(self.folder).record("take back call", {"campaign": campaign}, now)
        return str(json.loads(entry["call"])["outcome"])

    def beside(self, campaign: int) -> tuple[Beside, ...]:
        """The calls kept beside, oldest first."""
        with notebook(self.folder) as book:
            rows = book.execute(
                "select * from entries where campaign = ? and state = 'set beside' order by n", (campaign,)
            ).fetchall()
        return tuple(
            Beside(row["n"], row["card"], row["caller"], row["at"], json.loads(row["call"])["outcome"], row["why"])
            for row in rows
        )

    def settle(self, campaign: int, n: int, use: bool, who: str, now: datetime | None = None) -> None:
        """Let a call kept beside count in place of what stands, or leave it. A refusal in it holds either way.

        Raises CannotCampaign where it is not there any more.
        """
        by = name_of(who)
        with writing(self.folder) as book:
            running(book, campaign)
            entry = book.execute(
                "select * from entries where n = ? and campaign = ? and state = 'set beside'", (n, campaign)
            ).fetchone()
            if entry is None:
                raise CannotCampaign("That call has been settled already.")
            if use:
                row = _card(book, campaign, entry["card"])
                before = json.dumps({name: row[name] for name in OF_THE_CARD})
                _apply(book, row, json.loads(entry["call"]), entry["at"])
                book.execute("update entries set state = 'stands', before = ? where n = ?", (before, n))
            else:
                book.execute("update entries set state = 'left' where n = ?", (n,))
        done = {"campaign": campaign, "used": use, "who": by}
        Ledger(self.folder).record("settle call kept beside", done, now)


# ── One call, kept ───────────────────────────────────────────────────────────────────────────────


def checked_call(call: Call, fields: list[str], how: str = BY_TELEPHONE) -> dict[str, object]:
    """A call as it is kept; ``how`` says the way consent was given. Raises CannotCampaign naming what means nothing.

    Only a home that was reached has fields and consents; without leave to keep it no new value is kept.
    """
    known = campaign_register()
    _one_of("outcome", call.outcome, known.outcomes)
    for key, state in call.checked.items():
        _one_of("field", key, {each: each for each in fields})
        _one_of("state of a field", state, known.states)
    for key, said in call.consents.items():
        _one_of("question of consent", key, known.consents)
        _one_of("answer to a question of consent", said, {"yes": "", "no": ""})
    now = {key: " ".join(value.split()) for key, value in call.now.items() if value.strip()}
    for key, value in now.items():
        if call.checked.get(key) != "changed":
            raise CannotCampaign(
                "A new value is given for a field that is not marked as changed. Mark it, or clear it."
            )
        if len(value) > LONGEST_VALUE:
            raise CannotCampaign(f"Give a new value in at most {LONGEST_VALUE} letters, not {len(value)}.")
    reached = call.outcome == "reached"
    may_keep = reached and call.consents.get("keep") == "yes"
    return {
        "outcome": call.outcome,
        "checked": dict(call.checked) if reached else {},
        "now": now if may_keep else {},
        "consents": dict(call.consents) if reached else {},
        "how": how if reached else "",
    }


def keep_call(
    book: sqlite3.Connection, row: sqlite3.Row, caller: str, said: Mapping[str, object], at: str, why: str = ""
) -> None:
    """Keep a checked call of a card: it counts, or with ``why`` stands beside. A refusal holds at once, either way."""
    before = json.dumps({name: row[name] for name in OF_THE_CARD})
    entry = book.execute(
        "insert into entries (campaign, card, caller, at, before, call, state, why) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (row["campaign"], row["card"], caller, at, before, json.dumps(said), "set beside" if why else "stands", why),
    ).lastrowid
    _refuse(book, row, int(entry or 0), said, marked(salt_of(book), row["name"], row["phone"]), at)
    if not why:
        _apply(book, row, said, at)


def _refuse(
    book: sqlite3.Connection, row: sqlite3.Row, entry: int, said: Mapping[str, object], mark: str, at: str
) -> None:
    """Keep the refusal in a call, where there is one."""
    consents = said["consents"]
    if said["outcome"] == "refused" or (isinstance(consents, Mapping) and consents.get("again") == "no"):
        book.execute(
            "insert into refusals values (?, ?, ?, ?, ?, ?)",
            (row["campaign"], entry, row["home"], row["tenancy"], mark, at[:10]),
        )


def _kept_before(book: sqlite3.Connection, row: sqlite3.Row, caller: str, said: Mapping[str, object]) -> bool:
    """Whether the last call kept of a card is this very one."""
    last = book.execute(
        "select caller, call from entries where campaign = ? and card = ? and state = 'stands' order by n desc limit 1",
        (row["campaign"], row["card"]),
    ).fetchone()
    return last is not None and (last["caller"], last["call"]) == (caller, json.dumps(said))


def _apply(book: sqlite3.Connection, row: sqlite3.Row, said: Mapping[str, object], at: str) -> None:
    outcome, attempts = str(said["outcome"]), row["attempts"] + 1
    again = outcome == "not_reached" and attempts < campaign_register().rules["attempts"]
    state = row["state"] if row["state"] == "set aside" else "to call"  # what was set aside comes round no more
    (last,) = book.execute("select max(place) from cards where campaign = ?", (row["campaign"],)).fetchone()
    book.execute(
        "update cards set state = ?, outcome = ?, attempts = ?, place = ?, said = ?, day = ?, token = '', "
        "opened_by = '', until = '' where campaign = ? and card = ?",
        (
            state if again else "done", outcome, attempts, last + 1 if again else row["place"], json.dumps(said),
            at[:10], row["campaign"], row["card"],
        ),
    )  # fmt: skip


def _restore(book: sqlite3.Connection, campaign: int, card: int, before: Mapping[str, object]) -> None:
    names = ", ".join(f"{name} = :{name}" for name in OF_THE_CARD)
    book.execute(
        f"update cards set {names} where campaign = :campaign and card = :card",
        {**before, "campaign": campaign, "card": card},
    )


def _card(book: sqlite3.Connection, campaign: int, card: int) -> sqlite3.Row:
    row: sqlite3.Row | None = book.execute(
        "select * from cards where campaign = ? and card = ?", (campaign, card)
    ).fetchone()
    if row is None:
        raise CannotCampaign("That home is not on the list any more.")
    return row


def _is_open(row: sqlite3.Row, caller: str, now: datetime | None) -> bool:
    """Whether somebody else has it open now."""
    return bool(row["token"]) and row["until"] >= moment(now) and row["opened_by"].casefold() != caller.casefold()


def _why_beside(row: sqlite3.Row, token: str) -> str:
    """Why a call of a card does not count, or "". A time that ran out harms nobody while nobody else took the home."""
    if row["state"] == "set aside":
        return f"This home was set aside by a newer list of homes while you had it open: {row['aside']}."
    if row["paper"] is not None:
        return "This home has been put on a paper list since you opened it."
    if row["token"] != token or row["state"] != "to call":
        if not row["opened_by"] and row["state"] == "to call":
            return f"This home has gone to the list of {row['caller']} (name as given) since you opened it."
        return f"{row['opened_by'] or row['caller']} (name as given) has opened this home since you did."
    return ""


def _one_of(name: str, said: str, known: Mapping[str, str]) -> None:
    if said not in known:
        raise CannotCampaign(f"There is no {name} '{said}'. There are: {', '.join(known)}.")
