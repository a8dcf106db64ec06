"""A random sample of comments to check without seeing the reader's labels: drawn, answered, and set against them.

Kept in SQLite beside the store. What a person answered first stands: once the reader's labels may have been seen, an
answer is no longer blind. Texts drawn here teach no reader (data/taught.py), so that the check stays a check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from analysis.checking import UNSURE as UNSURE_TONE
from analysis.checking import Checked, Labels, length_band
from analysis.model import UNSURE, Scope
from data.corrections import AMONG, CannotCorrect, choices, name_given
from data.generation import Generation, NotHeld
from data.ledger import Ledger
from data.notebook import opened
from data.readings import Readings
from data.selection import inside, literal
from data.voices import CHANNELS

MOST = 2_000  # comments in one sample
_NOTEBOOK = """
create table if not exists drawn (
    draw integer not null, place integer not null, text_key text primary key, question text not null,
    channel text not null, tenure text not null, age_band text not null
);
create table if not exists answers (
    text_key text not null, person text not null, who text not null, at text not null, labels text not null,
    primary key (text_key, person)
);
"""


@dataclass(frozen=True)
class Drawn:
    """A sample that was drawn: how many comments, of how many different ones that were read, and by which seed."""

    draw: int
    comments: int
    of: int
    seed: int


@dataclass(frozen=True)
class Blinded:
    """One comment to check: its words without personal details, and nothing that was read in it."""

    text_key: str
    question: str
    channel: str
    text: str
    place: int  # which one of the sample it is, from 1


@dataclass(frozen=True)
class Progress:
    """How far a check has got: comments drawn, those checked by anybody, and by each person (names as given)."""

    drawn: int
    checked: int
    by: Mapping[str, int]


class Blind:
    """The comments drawn to be checked in one store, and what people answered. Safe for many at once."""

    def __init__(self, folder: Path, readings: Readings) -> None:
        self._folder = folder
        self._file = folder / "blind.sqlite"
        self._readings = readings

    def draw(
        self,
        generation: Generation,
        scope: Scope,
        number: int,
        seed: int,
        who: str,
        smallest_base: int,
        now: datetime | None = None,
    ) -> Drawn:
        """Draw different comments at random from those read in a scope, besides any drawn before.

        The same seed draws the same comments. Raises CannotCorrect for a number that means nothing, NotHeld where fewer
        than ``smallest_base`` are left to draw from.
        """
        by = name_given(who)
        if not 1 <= number <= MOST:
            raise CannotCorrect(f"Draw 1 to {MOST:,} comments, not {number}.")
        with opened(self._file, _NOTEBOOK) as notebook:
            notebook.execute("begin immediate")
            before = [key for (key,) in notebook.execute("select text_key from drawn")]
            found = generation.rows(_to_draw_from(scope, self._readings.select()), [before, str(seed)])
            if len(found) < smallest_base:
                notebook.execute("rollback")
                raise NotHeld(f"Fewer than {smallest_base} comments are left to draw from. Read more comments first.")
            (last,) = notebook.execute("select coalesce(max(draw), 0) from drawn").fetchone()
            chosen = found[:number]
            notebook.executemany(
                "insert into drawn values (?, ?, ?, ?, ?, ?, ?)",
                [(last + 1, place, *row) for place, row in enumerate(chosen, start=1)],
            )
            notebook.execute("commit")
        drawn = Drawn(last + 1, len(chosen), len(found), seed)
        Ledger(self._folder).record("draw check", {**vars(drawn), "who": by}, now)
        return drawn

    def next_for(self, who: str) -> Blinded | None:
        """The next comment a person has not answered, in the order drawn; None where they are through.

        Everybody goes the same way, so that two people soon have comments in common.
        """
        person = name_given(who).casefold()
        asked = (
            "select text_key, question, channel from drawn where text_key not in (select text_key from answers where "
            "person = ?) order by draw, place"
        )
        left = self._rows(asked, (person,))
        texts = self._texts([key for key, *_ in left])
        done = self.progress().drawn - len(left)
        for passed, (key, question, channel) in enumerate(left, start=1):
            if key in texts:
                return Blinded(key, question, channel, texts[key], done + passed)
        return None

    def answer(self, text_key: str, who: str, labels: Labels, now: datetime | None = None) -> None:
        """Keep what a person says of a comment that was drawn. Their first answer stands.

        Raises CannotCorrect where they answered before or a label means nothing, NotHeld where it was not drawn.
        """
        by, at = name_given(who), (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        said = json.dumps(_checked(labels), sort_keys=True)
        if not self._rows("select 1 from drawn where text_key = ?", (text_key,)):
            raise NotHeld("That comment was not drawn to be checked.")
        with opened(self._file, _NOTEBOOK) as notebook:
            kept = notebook.execute(
                "insert or ignore into answers values (?, ?, ?, ?, ?)", (text_key, by.casefold(), by, at, said)
            )
            if not kept.rowcount:
                raise CannotCorrect(f"{by} has answered this comment before. The first answer stands.")
        Ledger(self._folder).record("check comment", {"text_key": text_key, "who": by}, now)

    def progress(self) -> Progress:
        """How far the check has got."""
        ((drawn,),) = self._rows("select count(*) from drawn") or [(0,)]
        ((checked,),) = self._rows("select count(distinct text_key) from answers") or [(0,)]
        by = self._rows("select min(who), count(*) from answers group by person order by 2 desc, 1")
        return Progress(drawn, checked, MappingProxyType(dict(by)))

    def keys(self) -> frozenset[str]:
        """Every text drawn: what may not teach the reader it checks."""
        return frozenset(key for (key,) in self._rows("select text_key from drawn"))

    def answers(self) -> Mapping[str, Mapping[str, Labels]]:
        """What each person answered: name → text → labels."""
        found: dict[str, dict[str, Labels]] = {}
        names = dict(self._rows("select person, min(who) from answers group by person"))
        for key, person, labels in self._rows("select text_key, person, labels from answers order by at, rowid"):
            found.setdefault(names[person], {})[key] = _labels(json.loads(labels))
        return MappingProxyType(found)

    def checked(self, generation: Generation) -> tuple[Checked, ...]:
        """Every comment checked, with what the reader in use read in it (corrections left out) and the first answer.

        Comments that the reader has not read, or set aside, are left out.
        """
        first: dict[str, tuple[Labels, dict[str, str]]] = {}
        asked = (
            "select text_key, labels, tenure, age_band, channel from answers join drawn using (text_key) "
            "order by answers.at, answers.rowid"
        )
        for key, labels, tenure, age_band, channel in self._rows(asked):
            slices = {"tenure": tenure, "age_band": age_band, "channel": channel}
            first.setdefault(key, (_labels(json.loads(labels)), slices))
        rows = generation.rows(_as_read(self._readings.as_read()), [list(first)])
        return tuple(
            Checked(
                _found(tone, topics, danger, told),
                first[key][0],
                MappingProxyType({**first[key][1], "length": length_band(text)}),
            )
            for key, text, tone, topics, danger, told in rows
        )

    def _texts(self, keys: list[str]) -> dict[str, str]:
        """These texts as a face may show them, with whatever a person took out of them taken out."""
        asked = (
            f"select text_key, redacted from ({self._readings.select()}) where {AMONG} and coalesce(set_aside, '') = ''"
        )
        with closing(duckdb.connect()) as connection:
            return dict(connection.execute(asked, [keys]).fetchall())

    def _rows(self, asked: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        if not self._file.exists():
            return []
        with opened(self._file, _NOTEBOOK) as notebook:
            return notebook.execute(asked, values).fetchall()


def _to_draw_from(scope: Scope, readings: str) -> str:
    """Every different comment read in a scope, in the order of a seed (the second value) less those of the first.

    Whose tenure and age band stand beside it is one of those who wrote it, always the same.
    """
    where = inside(scope).sql("duckdb")
    surveys = (
        "select c.text_key, coalesce(c.question, '') as question, 'survey' as channel, r.tenure, r.age_band "
        f"from (select * from responses where {where}) r join comments c on c.wave = r.wave::varchar "
        "and c.respondent = r.respondent"
    )
    kinds = [surveys] + [
        f"select text_key, '', {literal(channel)}, tenure, null from {kind} where {where} and text_key is not null"
        + (" and listening is distinct from false" if kind == "contacts" else "")
        for kind, (channel, _) in CHANNELS.items()
    ]
    return (
        "select text_key, any_value(question), min(channel), coalesce(min(tenure), ''), coalesce(min(age_band), '') "
        f"from ({' union all '.join(kinds)}) t semi join (select text_key as key from ({readings}) where "
        f"coalesce(set_aside, '') = '') g on g.key = t.text_key where not ({AMONG}) "
        "group by text_key order by md5(? || text_key)"
    )


def _as_read(readings: str) -> str:
    return (
        f"select text_key, redacted, case when confidence < {UNSURE} then '{UNSURE_TONE}' else tone end, topics, "
        f"danger is not null, told is not null from ({readings}) where {AMONG} "
        "and coalesce(set_aside, '') = '' order by text_key"
    )


def _found(tone: str, topics: list[Mapping[str, str]] | None, danger: bool, told: bool) -> Labels:
    return Labels(tone, {each["topic"]: each["polarity"] for each in topics or ()}, danger, told)


def _labels(said: Mapping[str, Any]) -> Labels:
    return Labels(said["tone"], dict(said["topics"]), said["danger"], said["told"])


def _checked(labels: Labels) -> dict[str, object]:
    """The labels as they are kept. Raises CannotCorrect naming what means nothing."""
    known = choices()
    for name, said, register in (
        ("tone", [labels.tone], known.tones),
        ("topic", labels.topics, known.topics),
        ("polarity", labels.topics.values(), known.polarities),
    ):
        for each in said:
            if each not in register:
                raise CannotCorrect(f"There is no {name} '{each}'. There are: {', '.join(register)}.")
    return {"tone": labels.tone, "topics": dict(labels.topics), "danger": labels.danger, "told": labels.told}
