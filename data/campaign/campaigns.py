"""Campaigns: begun with a list shared among callers, shared anew, told of a newer list of homes, and closed.

Closing destroys every name, number and answer; what is left are counts, refusals, and matters nobody has seen to yet.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from analysis.calendar import months_after
from analysis.campaign import progress, shared
from analysis.model import Group
from analysis.model.campaign import Called, CallList, Campaign, Coverage, Knowledge, Progress, ToCall
from data.campaign.notebook import (
    CannotCampaign,
    exists,
    marked,
    moment,
    name_of,
    notebook,
    overwritten,
    salt_of,
    writing,
)
from data.campaign.register import CHECKED, campaign_register
from data.ledger import Ledger

MOST_CALLERS = 500
EXPIRED = "it came to its end"
ERASED = "erased at their request"
FREE = (  # nobody has it open or on paper, and no harm was told of there: whoever does it may pick up
    "state = 'to call' and paper is null and (token = '' or until < :now) "
    "and home not in (select home from matters where kind = 'harm' and done = '')"
)


@dataclass(frozen=True)
class Plan:
    """What a campaign is begun with: its name, the homes drawn and how, who calls, and for how long."""

    name: str
    homes: tuple[ToCall, ...]
    staff: tuple[str, ...]
    way: str  # how they were drawn, in words
    fields: tuple[str, ...]
    looked_at: int
    left_out: Mapping[str, int]
    seed: int
    days: int
    homes_as_at: date | None = None
    fingerprint: str = ""  # of the generation the homes were drawn from


class Change(NamedTuple):
    """One thing to put into the housing system, with the day and the way the tenant said so."""

    home: str
    tenancy: str
    field: str
    state: str
    now: str
    day: str
    how: str


class Campaigns:
    """The campaigns of one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # ── begin and share ──────────────────────────────────────────────────────────────────────────

    def begin(self, plan: Plan, who: str, now: datetime | None = None) -> Campaign:
        """Keep a campaign with its cards shared among its callers.

        Raises CannotCampaign where no home is left to call, nobody calls, three known fields are not chosen, the name
        is in use, or it would run too long.
        """
        by, staff = name_of(who), callers(plan.staff)
        name = _checked(plan)
        begun = (now or datetime.now(UTC)).astimezone(UTC).date()
        cells = [home.cell for home in plan.homes]
        whose = shared(cells, staff, plan.seed)
        with writing(self.folder) as book:
            if book.execute("select 1 from campaigns where name = ? collate nocase", (name,)).fetchone():
                raise CannotCampaign(f"There is a campaign called '{name}' already. Give this one another name.")
            if late := _not_now(book, plan.homes):
                raise CannotCampaign(
                    f"{late} of these homes have come on another list since they were drawn, or refused, or harm was "
                    "told of there. Draw the homes again."
                )
            fresh = _fresh(book, begun)
            made = book.execute(
                "insert into campaigns (name, begun, ends, way, fields, looked_at, chosen, left_out, seed, by, "
                "homes_as_at, checked) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    name, begun.isoformat(), (begun + timedelta(days=plan.days)).isoformat(), plan.way,
                    json.dumps(plan.fields), plan.looked_at, len(plan.homes), json.dumps(dict(plan.left_out)),
                    plan.seed, by, plan.homes_as_at.isoformat() if plan.homes_as_at else None, plan.fingerprint,
                ),
            )  # fmt: skip
            number = int(made.lastrowid or 0)
            book.executemany(
                "insert into cards (campaign, card, place, home, tenancy, cell, name, phone, held, heard, fresh, "
                "caller) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        number, card, place, home.home, home.tenancy, json.dumps(home.cell), home.name, home.phone,
                        json.dumps(home.held), home.heard,
                        json.dumps([(home.home, key) in fresh for key in plan.fields]), caller,
                    )
                    for (card, home, caller), place in zip(
                        _numbered(plan.homes, whose), _places(len(plan.homes), plan.seed), strict=True
                    )
                ],
            )  # fmt: skip
        done = {"campaign": number, "name": name, "homes": len(plan.homes), "callers": len(staff), "who": by}
        Ledger(self.folder).record("begin campaign", done, now)
        return self.get(number)

    def share(self, campaign: int, staff: Sequence[str], who: str, now: datetime | None = None) -> int:
        """Share the homes nobody has called among these callers anew; how many homes changed hands.

        Homes called, open with a caller or on paper stay with whom they are, and count as theirs.
        """
        by, names = name_of(who), callers(staff)
        with writing(self.folder) as book:
            seed = _running(book, campaign)["seed"]
            values = {"campaign": campaign, "now": moment(now)}
            free = book.execute(
                f"select card, cell, caller from cards where campaign = :campaign and {FREE} order by card", values
            ).fetchall()
            has = Counter(
                caller
                for (caller,) in book.execute(
                    f"select caller from cards where campaign = :campaign and state = 'to call' and not ({FREE})",
                    values,
                )
            )
            cells = [_cell(row["cell"]) for row in free]
            whose = shared(cells, names, seed, {name: has[name] for name in names}) if free else []
            moved = [(to, campaign, row["card"]) for row, to in zip(free, whose, strict=True) if to != row["caller"]]
            book.executemany(
                "update cards set caller = ?, token = '', opened_by = '' where campaign = ? and card = ?", moved
            )
        done = {"campaign": campaign, "callers": len(names), "homes moved": len(moved), "who": by}
        Ledger(self.folder).record("share campaign", done, now)
        return len(moved)

    # ── read ─────────────────────────────────────────────────────────────────────────────────────

    def all(self) -> tuple[Campaign, ...]:
        """Every campaign, running ones first and then the newest."""
        if not exists(self.folder):
            return ()
        with notebook(self.folder) as book:
            rows = book.execute("select * from campaigns order by closed != '', campaign desc").fetchall()
        return tuple(map(_campaign, rows))

    def get(self, campaign: int) -> Campaign:
        """One campaign. Raises CannotCampaign for a number that is none."""
        found = next((each for each in self.all() if each.campaign == campaign), None)
        if found is None:
            raise CannotCampaign(f"There is no campaign {campaign}. See `campaign list`.")
        return found

    def lists(self, campaign: int) -> tuple[CallList, ...]:
        """Each caller's list, by name: never by how many they called."""
        if not exists(self.folder):
            return ()
        with notebook(self.folder) as book:
            rows = book.execute(
                "select caller, count(*), sum(state = 'to call'), sum(state = 'to call' and paper is not null) "
                "from cards where campaign = ? group by caller order by caller collate nocase",
                (campaign,),
            ).fetchall()
        return tuple(CallList(*row) for row in rows)

    def progress(self, campaign: int, smallest_base: int) -> Progress:
        """How far a campaign is; of one that is closed what was counted when it was."""
        with notebook(self.folder) as book:
            row = _row(book, campaign)
            if row["closed"]:
                return _progress_of(json.loads(row["counts"]))
            return _counted(book, row, smallest_base)

    def barred(self) -> dict[str, frozenset[str]]:
        """Who may not be on a new list: refusals of every campaign, homes where harm was told of, and homes on a
        list."""
        if not exists(self.folder):
            return {}
        with notebook(self.folder) as book:
            said = book.execute("select home, tenancy, person from refusals").fetchall()
            harm = book.execute("select home from matters where kind = 'harm' and done = ''").fetchall()
            busy = book.execute("select home from cards").fetchall()
        return {
            "homes": frozenset(row["home"] for row in said if row["home"]),
            "homes_alone": frozenset(row["home"] for row in said if row["home"] and not row["tenancy"]),
            "tenancies": frozenset(row["tenancy"] for row in said if row["tenancy"]),
            "persons": frozenset(row["person"] for row in said),
            "harm": frozenset(row["home"] for row in harm),
            "busy": frozenset(row["home"] for row in busy),
        }

    def same_person(self) -> Callable[[str, str], str]:
        """What gives the mark of a name and number, as refusals keep it."""
        with notebook(self.folder) as book:
            salt = salt_of(book)
        return partial(marked, salt)

    def changes(self, campaign: int) -> list[Change]:
        """What is to go into the housing system: fields confirmed or changed, then what else the tenant agreed to.

        Only of homes whose tenant let us keep it, with the day and the way in which they did.
        """
        register = campaign_register()
        titles = {**{key: each.title for key, each in register.fields.items()}, **register.consents}
        with notebook(self.folder) as book:
            _running(book, campaign)
            rows = book.execute(
                "select home, tenancy, said, day from cards where campaign = ? and outcome = 'reached' order by home",
                (campaign,),
            ).fetchall()
        found = []
        for row in rows:
            said = json.loads(row["said"])
            if said["consents"].get("keep") != "yes":
                continue
            told = {key: state for key, state in said["checked"].items() if state != "not_asked"} | said["consents"]
            found += [
                Change(
                    row["home"], row["tenancy"], titles.get(key, key), state, said["now"].get(key, ""), row["day"],
                    said["how"],
                )
                for key, state in told.items()
            ]  # fmt: skip
        return found

    def erase(self, home: str, who: str, now: datetime | None = None) -> int:
        """Destroy what campaigns hold of one home, at its tenant's request; how many cards that was.

        A refusal stays, so that it is honoured, and so does what nobody has seen to yet. Counts stay as they were, but
        that the home is set aside. Raises CannotCampaign where nothing is held of it.
        """
        by = name_of(who)
        if not exists(self.folder):
            raise CannotCampaign(f"Nothing is held of the home '{home}'.")
        with writing(self.folder) as book:
            book.execute(
                "delete from entries where (campaign, card) in (select campaign, card from cards where home = ?)",
                (home,),
            )
            cards = book.execute(
                "update cards set home = '', tenancy = '', name = '', phone = '', said = '', held = :held, "
                "fresh = :fresh, state = 'set aside', aside = :erased, token = '', opened_by = '' where home = :home",
                {
                    "home": home,
                    "erased": ERASED,
                    "held": json.dumps([""] * CHECKED),
                    "fresh": json.dumps([False] * CHECKED),
                },
            ).rowcount
            rest = book.execute("delete from confirmed where home = ?", (home,)).rowcount
            rest += book.execute(
                "update matters set words = '', home = 'erased' where home = ? and done != ''", (home,)
            ).rowcount
            if not cards + rest:
                raise CannotCampaign(f"Nothing is held of the home '{home}'.")
        gone = overwritten(self.folder)
        Ledger(self.folder).record("erase home from campaigns", {"cards": cards, "who": by, "overwritten": gone}, now)
        return cards

    # ── a newer list of homes ────────────────────────────────────────────────────────────────────

    def is_stale(self, campaign: int, fingerprint: str) -> bool:
        """Whether the list was last looked at under another generation of the data."""
        with notebook(self.folder) as book:
            row = _row(book, campaign)
        return not row["closed"] and row["checked"] != fingerprint

    def set_aside(
        self, campaign: int, now_there: Mapping[str, tuple[str, bool]], fingerprint: str, now: datetime | None = None
    ) -> Mapping[str, int]:
        """Set aside the cards not called yet whose home is gone, whose tenancy ended or whose household objects since.

        ``now_there`` is home → tenancy that runs and whether it may be called. Returns reason → homes set aside now.
        """
        with writing(self.folder) as book:
            _running(book, campaign)
            cards = book.execute(
                "select card, home, tenancy from cards where campaign = ? and state = 'to call'", (campaign,)
            ).fetchall()
            away = [(why, campaign, row["card"]) for row in cards if (why := _why_aside(row, now_there))]
            book.executemany("update cards set state = 'set aside', aside = ? where campaign = ? and card = ?", away)
            book.execute("update campaigns set checked = ? where campaign = ?", (fingerprint, campaign))
        counted = Counter(why for why, *_ in away)
        if away:
            Ledger(self.folder).record("set aside in campaign", {"campaign": campaign, **counted}, now)
        return MappingProxyType(dict(counted))

    def aside(self, campaign: int) -> Mapping[str, int]:
        """Reason → homes set aside so far."""
        with notebook(self.folder) as book:
            rows = book.execute(
                "select aside, count(*) from cards where campaign = ? and state = 'set aside' group by aside",
                (campaign,),
            ).fetchall()
        return MappingProxyType(dict(map(tuple, rows)))

    # ── close ────────────────────────────────────────────────────────────────────────────────────

    def close(
        self, campaign: int, who: str, smallest_base: int, now: datetime | None = None, why: str = ""
    ) -> Campaign:
        """End a campaign: count it, destroy its names, numbers and answers, and record that they are gone.

        Refusals stay, for they hold for all later lists; which fields were confirmed when stays for twelve months,
        where the tenant allowed it; matters told of stay until they are seen to.
        """
        by = name_of(who)
        with writing(self.folder) as book:
            row = _running(book, campaign)
            counts = _counted(book, row, smallest_base)
            _keep_what_is_fresh(book, row)
            cards = book.execute("select count(*) from cards where campaign = ?", (campaign,)).fetchone()[0]
            papers = book.execute(
                "select count(*) from papers where campaign = ? and state != 'destroyed'", (campaign,)
            ).fetchone()[0]
            for table in ("cards", "entries"):
                book.execute(f"delete from {table} where campaign = ?", (campaign,))
            book.execute("update papers set state = 'ended' where campaign = ? and state = 'out'", (campaign,))
            book.execute(
                "update matters set words = '', home = 'destroyed', estate = 'destroyed' "
                "where campaign = ? and done != ''",
                (campaign,),
            )
            book.execute(
                "update campaigns set closed = ?, destroyed = ?, counts = ? where campaign = ?",
                (why or f"closed by {by} (name as given)", moment(now), json.dumps(_plainly(counts)), campaign),
            )
        gone = overwritten(self.folder)
        done = {"campaign": campaign, "names and numbers destroyed": cards, "papers still out": papers, "who": by,
                "overwritten": gone, "why": why or "closed"}  # fmt: skip
        Ledger(self.folder).record("close campaign", done, now)
        return self.get(campaign)

    def sweep(self, smallest_base: int, now: datetime | None = None) -> tuple[int, ...]:
        """Close the campaigns that came to their end and take back paper lists that did; the campaigns closed."""
        if not exists(self.folder):
            return ()
        today = (now or datetime.now(UTC)).astimezone(UTC).date().isoformat()
        with notebook(self.folder) as book:
            ended = [
                number
                for (number,) in book.execute("select campaign from campaigns where closed = '' and ends < ?", (today,))
            ]
            late = book.execute("select 1 from papers where state = 'out' and ends < ?", (today,)).fetchone()
        if late:
            with writing(self.folder) as book:
                book.execute(
                    "update cards set paper = null, line = null where (campaign, paper) in "
                    "(select campaign, paper from papers where state = 'out' and ends < ?)",
                    (today,),
                )
                book.execute("update papers set state = 'ended' where state = 'out' and ends < ?", (today,))
        closed = []
        for number in ended:
            try:
                self.close(number, "Tenant Voice", smallest_base, now, EXPIRED)
            except CannotCampaign:
                continue  # somebody else closed it in the same moment
            closed.append(number)
        return tuple(closed)


def callers(staff: Iterable[str]) -> tuple[str, ...]:
    """Names as given, each once. Raises CannotCampaign for none, too many, or one given twice in other letters."""
    names = [name_of(name) for name in staff if name.strip()]
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            raise CannotCampaign(f"'{name}' is named twice among the callers. Tell two people of one name apart.")
        seen[name.casefold()] = name
    if not 1 <= len(names) <= MOST_CALLERS:
        raise CannotCampaign(f"Name 1 to {MOST_CALLERS} callers, one a line.")
    return tuple(names)


def _checked(plan: Plan) -> str:
    known, longest = campaign_register().fields, campaign_register().rules["longest_days"]
    if len(set(plan.fields)) != CHECKED or not set(plan.fields) <= set(known):
        raise CannotCampaign(f"Choose exactly three fields to check, among {', '.join(known)}.")
    if not 1 <= plan.days <= longest:
        raise CannotCampaign(f"A campaign runs 1 to {longest} days, not {plan.days}: then names and numbers go.")
    if not plan.homes:
        raise CannotCampaign("No home is left to call. Why each was left off is told beside; choose other homes.")
    name = " ".join(plan.name.split())
    if not name or len(name) > 80:
        raise CannotCampaign("Give the campaign a name of at most 80 letters.")
    return name


def _not_now(book: sqlite3.Connection, homes: Sequence[ToCall]) -> int:
    """How many homes drawn may not be called any more: on another list, refused, or with harm told of."""
    harm = "select home from matters where kind = 'harm' and done = ''"
    busy = {home for (home,) in book.execute(f"select home from cards union {harm}")}
    refused = {(row["home"], row["tenancy"]) for row in book.execute("select home, tenancy from refusals")}
    people = {person for (person,) in book.execute("select person from refusals")}
    salt = salt_of(book)
    return sum(
        home.home in busy or (home.home, home.tenancy) in refused or marked(salt, home.name, home.phone) in people
        for home in homes
    )


def _numbered(homes: Sequence[ToCall], whose: Sequence[str]) -> list[tuple[int, ToCall, str]]:
    return [(card, home, caller) for card, (home, caller) in enumerate(zip(homes, whose, strict=True), start=1)]


def _places(number: int, seed: int) -> list[int]:
    """The order homes are called in: mixed, so that nobody starts with all of one estate."""
    return [int(place) + 1 for place in pd.Series(range(number)).sample(frac=1, random_state=seed % 2**32)]


def _why_aside(row: sqlite3.Row, there: Mapping[str, tuple[str, bool]]) -> str:
    if row["home"] not in there:
        return "home gone"
    tenancy, may = there[row["home"]]
    if row["tenancy"] != tenancy and row["tenancy"]:
        return "tenancy ended"
    return "" if may else "asked since not to be contacted"


def _fresh(book: sqlite3.Connection, today: date) -> set[tuple[str, str]]:
    """Home and field that an earlier campaign confirmed within twelve months; what is older is forgotten."""
    since = months_after(today, -campaign_register().rules["fresh_months"]).isoformat()
    book.execute("delete from confirmed where day < ?", (since,))
    return {(home, key) for home, key in book.execute("select home, field from confirmed")}


def _keep_what_is_fresh(book: sqlite3.Connection, row: sqlite3.Row) -> None:
    cards = book.execute(
        "select home, said, day from cards where campaign = ? and outcome = 'reached'", (row["campaign"],)
    ).fetchall()
    told = [
        (card["home"], key, card["day"])
        for card in cards
        if (said := json.loads(card["said"]))["consents"].get("keep") == "yes"
        for key, state in said["checked"].items()
        if state in ("confirmed", "changed")
    ]
    book.executemany("insert or replace into confirmed values (?, ?, ?)", told)


def _counted(book: sqlite3.Connection, row: sqlite3.Row, smallest_base: int) -> Progress:
    fields = json.loads(row["fields"])
    cards = book.execute("select * from cards where campaign = ?", (row["campaign"],)).fetchall()
    beside = book.execute(
        "select count(*) from entries where campaign = ? and state = 'set beside'", (row["campaign"],)
    ).fetchone()[0]
    return progress(pd.DataFrame([_as_counted(card, fields) for card in cards]), fields, smallest_base, int(beside))


def _as_counted(card: sqlite3.Row, fields: Sequence[str]) -> dict[str, object]:
    said = json.loads(card["said"]) if card["said"] else {"checked": {}, "consents": {}}
    kept = said["checked"] if said["consents"].get("keep") == "yes" else {}
    held, fresh = json.loads(card["held"]), json.loads(card["fresh"])
    return {
        **dict(_cell(card["cell"])),
        "state": card["state"],
        "outcome": card["outcome"],
        "heard": bool(card["heard"]),
        **{f"known_{key}": bool(held[at]) for at, key in enumerate(fields)},
        **{f"fresh_{key}": bool(fresh[at]) for at, key in enumerate(fields)},
        **{f"after_{key}": kept.get(key, "") for key in fields},
    }


def _plainly(counts: Progress) -> dict[str, Any]:
    """Counts as they are kept in JSON."""
    return {
        "everyone": asdict(counts.everyone),
        "groups": {way: [asdict(each) for each in found] for way, found in counts.groups.items()},
        "knowledge": [asdict(each) for each in counts.knowledge],
        "coverage": {way: [asdict(each) for each in found] for way, found in counts.coverage.items()},
        "set_beside": counts.set_beside,
    }


def _progress_of(said: Mapping[str, Any]) -> Progress:
    def group(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "group": tuple((way, level) for way, level in row["group"])}

    return Progress(
        everyone=Called(**group(said["everyone"])),
        groups={way: tuple(Called(**group(each)) for each in found) for way, found in said["groups"].items()},
        knowledge=tuple(Knowledge(**each) for each in said["knowledge"]),
        coverage={way: tuple(Coverage(**group(each)) for each in found) for way, found in said["coverage"].items()},
        set_beside=said["set_beside"],
    )


def _cell(text: str) -> Group:
    return tuple((way, level) for way, level in json.loads(text))


def _row(book: sqlite3.Connection, campaign: int) -> sqlite3.Row:
    row: sqlite3.Row | None = book.execute("select * from campaigns where campaign = ?", (campaign,)).fetchone()
    if row is None:
        raise CannotCampaign(f"There is no campaign {campaign}. See `campaign list`.")
    return row


def _running(book: sqlite3.Connection, campaign: int) -> sqlite3.Row:
    """A campaign that runs. Raises CannotCampaign where it is closed."""
    row = _row(book, campaign)
    if row["closed"]:
        raise CannotCampaign(f"'{row['name']}' is over: {row['closed']}. Its names and numbers are destroyed.")
    return row


def running(book: sqlite3.Connection, campaign: int) -> sqlite3.Row:
    """A campaign that runs, to the modules beside this one. Raises CannotCampaign where it is closed."""
    return _running(book, campaign)


def new_token() -> str:
    """A mark that shows whose card it is."""
    return secrets.token_hex(8)


def _campaign(row: sqlite3.Row) -> Campaign:
    return Campaign(
        campaign=row["campaign"],
        name=row["name"],
        begun=date.fromisoformat(row["begun"]),
        ends=date.fromisoformat(row["ends"]),
        way=row["way"],
        fields=tuple(json.loads(row["fields"])),
        looked_at=row["looked_at"],
        chosen=row["chosen"],
        left_out=MappingProxyType(json.loads(row["left_out"])),
        seed=row["seed"],
        by=row["by"],
        homes_as_at=date.fromisoformat(row["homes_as_at"]) if row["homes_as_at"] else None,
        closed=row["closed"],
        destroyed=row["destroyed"],
    )
