"""What tenants told of on the telephone: danger, harm, a complaint. Time-stamped, passed on at once, seen to by hand.

The words stay in the notebook. The ledger holds that it was told and that it was seen to, never the words.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from analysis.model.campaign import Card, Matter
from data.campaign.notebook import CannotCampaign, exists, moment, name_of, notebook, writing
from data.campaign.register import campaign_register
from data.ledger import Ledger

LONGEST = 2_000  # letters
NOT_KNOWN = "not known: it stands in the words"
LONGEST_REFERENCE = 60  # letters
_SELECT = (
    "select m.*, c.name as campaign_name, c.closed as closed, coalesce(p.reference, '') as reference "
    "from matters m join campaigns c using (campaign) left join passed_on p using (matter)"
)


class Matters:
    """What was told in the campaigns of one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tell(
        self, campaign: int, card: Card | None, kind: str, words: str, caller: str, now: datetime | None = None
    ) -> Matter:
        """Pass on what a tenant told of, at once. Never refused for a card that is stale or a campaign that is over.

        Raises CannotCampaign where there is no such kind or campaign, a name is missing, or the words are too long.
        """
        name = name_of(caller)
        if kind not in campaign_register().told:
            raise CannotCampaign(
                f"There is nothing called '{kind}' to tell of. There are: {', '.join(campaign_register().told)}."
            )
        if len(words) > LONGEST:
            raise CannotCampaign(f"Say it in at most {LONGEST:,} letters; it has {len(words):,}.")
        with writing(self.folder) as book:
            home, estate = _where(book, campaign, card)
            matter = keep_matter(book, campaign, kind, words, name, home, estate, moment(now))
        done = {"matter": matter, "campaign": campaign, "kind": kind, "who": name}
        Ledger(self.folder).record("told of", done, now)
        return next(each for each in self.all() if each.matter == matter)

    def add_words(self, matter: int, words: str) -> None:
        """Put what was said beside a matter passed on. Raises CannotCampaign where it is seen to, or too long."""
        if len(words) > LONGEST:
            raise CannotCampaign(f"Say it in at most {LONGEST:,} letters; it has {len(words):,}.")
        with writing(self.folder) as book:
            kept = book.execute(
                "update matters set words = trim(words || char(10) || ?, char(10)) where matter = ? and done = ''",
                (words.strip(), matter),
            ).rowcount
            if not kept:
                raise CannotCampaign("Somebody has seen to it already: tell them in person what you would add.")

    def all(self) -> tuple[Matter, ...]:
        """Every matter: open ones first, dangers and harm before complaints, the longest open first."""
        if not exists(self.folder):
            return ()
        with notebook(self.folder) as book:
            rows = book.execute(f"{_SELECT} order by done != '', kind = 'complaint', at, matter").fetchall()
        return tuple(map(_matter, rows))

    def open(self) -> tuple[Matter, ...]:
        """The matters nobody has seen to yet."""
        return tuple(each for each in self.all() if not each.done)

    def words_read(self, matter: int, who: str, now: datetime | None = None) -> None:
        """Keep on record who reads the words of a matter held in confidence."""
        Ledger(self.folder).record("words of matter read", {"matter": matter, "who": name_of(who)}, now)

    def done(self, matter: int, how: str, who: str, now: datetime | None = None, reference: str = "") -> Matter:
        """Say that a matter is seen to, how and by whom. Words and home go at once where its campaign is over.

        ``reference`` is the number it has where it was passed on to, kept on record. Raises CannotCampaign where there
        is no such matter or way, a reference is missing, or somebody said so before.
        """
        by = name_of(who)
        if how not in campaign_register().done:
            raise CannotCampaign(f"Say how it was seen to: {', '.join(campaign_register().done)}.")
        there = " ".join(reference.split())
        if len(there) > LONGEST_REFERENCE or (how in campaign_register().with_reference and not there):
            raise CannotCampaign(
                f"Give the reference it has there, a job or case number, in at most {LONGEST_REFERENCE} letters."
            )
        with writing(self.folder) as book:
            row = book.execute(f"{_SELECT} where matter = ?", (matter,)).fetchone()
            if row is None:
                raise CannotCampaign(f"There is no matter {matter}.")
            if row["done"]:
                raise CannotCampaign(f"It was marked as seen to before, by {row['done_by']} (name as given).")
            book.execute(
                "update matters set done = ?, done_by = ?, done_at = ? where matter = ?", (how, by, moment(now), matter)
            )
            if there:
                book.execute("insert or replace into passed_on values (?, ?)", (matter, there))
            if row["closed"]:
                book.execute(
                    "update matters set words = '', home = 'destroyed', estate = 'destroyed' where matter = ?",
                    (matter,),
                )
        Ledger(self.folder).record("matter seen to", {"matter": matter, "how": how, "reference": there, "who": by}, now)
        return next(each for each in self.all() if each.matter == matter)

    def reopen(self, matter: int, who: str, now: datetime | None = None) -> None:
        """Take back that a matter was seen to. Raises CannotCampaign where it is open."""
        by = name_of(who)
        with writing(self.folder) as book:
            undone = book.execute(
                "update matters set done = '', done_by = '', done_at = '' where matter = ? and done != ''", (matter,)
            ).rowcount
            if not undone:
                raise CannotCampaign(f"There is no matter {matter} that was seen to.")
            book.execute("delete from passed_on where matter = ?", (matter,))
        Ledger(self.folder).record("matter opened again", {"matter": matter, "who": by}, now)


def keep_matter(
    book: sqlite3.Connection, campaign: int, kind: str, words: str, heard_by: str, home: str, estate: str, at: str
) -> int:
    """Keep one matter; its number."""
    made = book.execute(
        "insert into matters (campaign, kind, at, heard_by, home, estate, words) values (?, ?, ?, ?, ?, ?, ?)",
        (campaign, kind, at, heard_by, home, estate, words.strip()),
    )
    return int(made.lastrowid or 0)


def _where(book: sqlite3.Connection, campaign: int, card: Card | None) -> tuple[str, str]:
    """The home and estate of a card; of a list that is gone, that they are not known."""
    if not book.execute("select 1 from campaigns where campaign = ?", (campaign,)).fetchone():
        raise CannotCampaign(f"There is no campaign {campaign}.")
    row = (
        card
        and book.execute(
            "select home, json_extract(cell, '$[0][1]') as estate from cards where campaign = ? and card = ?",
            (campaign, card.card),
        ).fetchone()
    )
    return (row["home"], row["estate"]) if row and row["home"] else (NOT_KNOWN, NOT_KNOWN)


def _matter(row: sqlite3.Row) -> Matter:
    return Matter(
        matter=row["matter"],
        kind=row["kind"],
        at=datetime.fromisoformat(row["at"]),
        heard_by=row["heard_by"],
        home=row["home"],
        estate=row["estate"],
        words=row["words"],
        campaign=row["campaign_name"],
        done=row["done"],
        done_by=row["done_by"],
        done_at=row["done_at"],
        reference=row["reference"],
    )
