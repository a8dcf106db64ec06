"""The notebook of campaigns: one SQLite file beside the store, in which what is taken out is overwritten.

Table ``assumptions`` has no key in common with any other but the campaign, and keeps its rows in the order of a random
mark, not of writing: what somebody had assumed cannot be laid beside a home, a caller or an hour.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data.corrections import LONGEST_NAME
from data.generation import StoreError
from data.notebook import opened

FILE = "campaigns.sqlite"
SCHEMA = """
create table if not exists secret (salt text not null);
create table if not exists campaigns (
    campaign integer primary key, name text not null, begun text not null, ends text not null, way text not null,
    fields text not null, looked_at integer not null, chosen integer not null, left_out text not null,
    seed integer not null, by text not null, homes_as_at text, checked text not null,
    closed text not null default '', destroyed text not null default '', counts text not null default ''
);
create table if not exists cards (
    campaign integer not null, card integer not null, place integer not null, home text not null,
    tenancy text not null, cell text not null, name text not null, phone text not null, held text not null,
    heard integer not null, fresh text not null, caller text not null, state text not null default 'to call',
    outcome text not null default '', attempts integer not null default 0, said text not null default '',
    day text not null default '', aside text not null default '', paper integer, line integer,
    token text not null default '', opened_by text not null default '', until text not null default '',
    primary key (campaign, card)
);
create index if not exists cards_of on cards (campaign, caller, state, place);
create table if not exists entries (
    n integer primary key autoincrement, campaign integer not null, card integer not null, caller text not null,
    at text not null, before text not null, call text not null, state text not null, why text not null default ''
);
create table if not exists refusals (
    campaign integer not null, entry integer not null, home text not null, tenancy text not null,
    person text not null, day text not null
);
create table if not exists confirmed (home text not null, field text not null, day text not null,
    primary key (home, field));
create table if not exists matters (
    matter integer primary key autoincrement, campaign integer not null, kind text not null, at text not null,
    heard_by text not null, home text not null, estate text not null, words text not null,
    done text not null default '', done_by text not null default '', done_at text not null default ''
);
create table if not exists passed_on (matter integer primary key, reference text not null);
create table if not exists papers (
    campaign integer not null, paper integer not null, caller text not null, made text not null, ends text not null,
    homes integer not null, state text not null, destroyed text not null default '',
    destroyed_by text not null default '', primary key (campaign, paper)
);
create table if not exists assumptions (
    mark text primary key, campaign integer not null, month text not null, text text not null, state text not null
) without rowid;
"""
PATIENT = 20  # times a write-ahead file is asked to be emptied while others read


class CannotCampaign(StoreError):
    """Something of a campaign that means nothing or may not be; the message says what to do. Never a tenant's words."""


@contextmanager
def notebook(folder: Path) -> Iterator[sqlite3.Connection]:
    """The notebook, rows by name; what is deleted in it is overwritten with noughts."""
    with opened(folder / FILE, SCHEMA) as connection:
        connection.execute("pragma secure_delete=on")
        connection.execute("pragma temp_store=memory")  # rebuilding leaves no copy in a file elsewhere
        connection.row_factory = sqlite3.Row
        yield connection


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """The notebook while nobody else writes: all that is done in here stands, or nothing of it."""
    with notebook(folder) as connection:
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")


def overwritten(folder: Path) -> bool:
    """Empty the write-ahead file and rebuild the notebook, so that nothing deleted is left in either.

    False where somebody was reading all the while; the next call finishes it.
    """
    with notebook(folder) as connection:
        for _ in range(PATIENT):
            try:
                connection.execute("vacuum")
                busy, *_rest = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
            except sqlite3.OperationalError:
                busy = 1
            if not busy:
                return True
    return False


def exists(folder: Path) -> bool:
    """Whether there ever was a campaign."""
    return (folder / FILE).exists()


def moment(now: datetime | None) -> str:
    """A moment as it is kept: UTC, to the second, so that text sorts as time does."""
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def name_of(who: str) -> str:
    """A name typed by hand, tidied. Raises CannotCampaign where there is none, or it is no name."""
    name = " ".join(who.split())
    if not name or len(name) > LONGEST_NAME:
        raise CannotCampaign(f"A name is needed, of at most {LONGEST_NAME} letters: who this is. It is shown as given.")
    return name


def salt_of(connection: sqlite3.Connection) -> str:
    """What makes this notebook's marks its own, made the first time."""
    if connection.execute("select count(*) from secret").fetchone()[0] == 0:
        connection.execute("insert into secret values (?)", (secrets.token_hex(16),))
    salt: str = connection.execute("select salt from secret order by rowid limit 1").fetchone()["salt"]
    return salt


def marked(salt: str, name: str, phone: str) -> str:
    """A mark by which the same name and number are known again, from which neither can be read."""
    told = f"{salt}\x1f{' '.join(name.casefold().split())}\x1f{''.join(filter(str.isdigit, phone))}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
