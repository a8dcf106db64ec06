"""What was read in the comments: Parquet parts beside the generations, a folder for each version of the reader.

A part appears whole or not at all, and no comment is in two parts, however many labellers write at once.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.model import Danger, Reading, Told
from data.parts import UNFINISHED, write_part

# A reading's columns, in DuckDB's words; pyarrow's schema below follows them. Spans are places in the redacted text.
SPANS = 'struct("from" integer, "to" integer)[]'
COLUMNS = {
    "text_key": "varchar",
    "redacted": "varchar",
    "redactions": "struct(kind varchar, n bigint)[]",
    "tone": "varchar",
    "score": "double",
    "tone_reasons": "varchar[]",
    "confidence": "double",
    "clauses": 'struct("from" integer, "to" integer, value double)[]',
    "sensitive": "boolean",
    "flags": "varchar[]",
    "set_aside": "varchar",
    "topics": f"struct(topic varchar, polarity varchar, reasons varchar[], spans {SPANS}, confidence double)[]",
    "danger": f"struct(kinds varchar[], severity varchar, vulnerable boolean, spans {SPANS}, reasons varchar[], "
    "confidence double)",
    "told": f"struct(sources varchar[], forms varchar[], spans {SPANS}, reasons varchar[], confidence double)",
    "strengths": 'struct(kind varchar, "from" integer, "to" integer, reasons varchar[])[]',
}
_WORDS = pa.list_(pa.string())
_SPANS = pa.list_(pa.struct([("from", pa.int32()), ("to", pa.int32())]))
SCHEMA = pa.schema(
    [
        ("text_key", pa.string()),
        ("redacted", pa.string()),
        ("redactions", pa.list_(pa.struct([("kind", pa.string()), ("n", pa.int64())]))),
        ("tone", pa.string()),
        ("score", pa.float64()),
        ("tone_reasons", _WORDS),
        ("confidence", pa.float64()),
        ("clauses", pa.list_(pa.struct([("from", pa.int32()), ("to", pa.int32()), ("value", pa.float64())]))),
        ("sensitive", pa.bool_()),
        ("flags", _WORDS),
        ("set_aside", pa.string()),
        (
            "topics",
            pa.list_(
                pa.struct(
                    [
                        ("topic", pa.string()),
                        ("polarity", pa.string()),
                        ("reasons", _WORDS),
                        ("spans", _SPANS),
                        ("confidence", pa.float64()),
                    ]
                )
            ),
        ),
        (
            "danger",
            pa.struct(
                [
                    ("kinds", _WORDS),
                    ("severity", pa.string()),
                    ("vulnerable", pa.bool_()),
                    ("spans", _SPANS),
                    ("reasons", _WORDS),
                    ("confidence", pa.float64()),
                ]
            ),
        ),
        (
            "told",
            pa.struct(
                [
                    ("sources", _WORDS),
                    ("forms", _WORDS),
                    ("spans", _SPANS),
                    ("reasons", _WORDS),
                    ("confidence", pa.float64()),
                ]
            ),
        ),
        (
            "strengths",
            pa.list_(pa.struct([("kind", pa.string()), ("from", pa.int32()), ("to", pa.int32()), ("reasons", _WORDS)])),
        ),
    ]
)
# What people put right (data/corrections.py): text_key and a column for each, missing where the reader's stands.
CORRECTED = "corrected.parquet"
CORRECTABLE = ("redacted", "tone", "topics", "danger", "told")
PATIENCE = 60  # seconds to wait for another labeller that is writing its part


class Readings:
    """The readings of one store made by one version of the reader."""

    def __init__(self, folder: Path, reader_version: str) -> None:
        if not re.fullmatch(r"\w{1,64}", reader_version):
            raise ValueError(f"A reader's version is letters and figures, not {reader_version!r}.")
        self.root = folder
        self.folder = folder / reader_version
        self.corrected = folder / CORRECTED
        self._seen: set[str] = set()  # parts whose comments are accounted for
        self._theirs: set[str] = set()  # comments another labeller has kept since

    def parts(self) -> list[Path]:
        """The finished parts, in order of name."""
        return sorted(self.folder.glob("*.parquet"))

    def select(self) -> str:
        """SQL that gives every reading, one row a text: text_key, redacted, redactions, tone, score, …, topics."""
        read = self.as_read()
        if self.parts() and self.corrected.is_file():
            return _put_right(read, self.corrected)
        return f"select *, []::varchar[] as corrected from ({read})"

    def as_read(self) -> str:
        """SQL that gives every reading as the reader made it, whatever a person put right since: for checking it."""
        parts = self.parts()
        if not parts:
            nothing = ", ".join(f"null::{kind} as {name}" for name, kind in COLUMNS.items())
            return f"select {nothing} where false"
        files = ", ".join(_literal(path) for path in parts)
        return f"select {', '.join(COLUMNS)} from read_parquet([{files}])"

    def fingerprint(self) -> str:
        """A key that changes whenever a part is added or the reader changes; for caches."""
        names = " ".join([self.folder.name, *(path.name for path in self.parts())])
        if self.corrected.is_file():
            names += f" {self.corrected.stat().st_mtime_ns} {self.corrected.stat().st_size}"
        return hashlib.sha256(names.encode()).hexdigest()[:16]

    def known(self) -> set[str]:
        """The keys of every text read so far."""
        return {key for path in self.parts() for key in _keys(path)}

    def notice_parts(self) -> None:
        """Remember the parts there are now: call it before asking which comments are unread."""
        self._seen = {path.name for path in self.parts()}
        self._theirs = set()

    def keep(self, readings: Sequence[Reading]) -> int:
        """Keep readings as one new part; those another labeller kept meanwhile are left out. Returns how many."""
        with self._only_writer():
            for path in self.parts():
                if path.name not in self._seen:
                    self._theirs.update(_keys(path))
                    self._seen.add(path.name)
            rows = [_row(reading) for reading in readings if reading.text_key not in self._theirs]
            if rows:
                self._seen.add(write_part(self.folder, pa.Table.from_pylist(rows, schema=SCHEMA)))
        return len(rows)

    def forget_other_versions(self) -> None:
        """Delete what other versions of the reader left: tenants' words are not kept twice."""
        for folder in self.root.iterdir() if self.root.is_dir() else ():
            if folder.is_dir() and folder != self.folder:
                shutil.rmtree(folder)

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """Hold the folder's lock. SQLite's: every system has it, and a killed process lets go of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.folder / "lock.sqlite", timeout=PATIENCE, isolation_level=None)) as lock:
            lock.execute("begin exclusive")
            for left in self.folder.glob(UNFINISHED):  # of a labeller that was killed: we hold the lock
                left.unlink()
            yield


def _put_right(readings: str, corrected: Path) -> str:
    """Readings with what people put right in place of what was read; ``corrected`` names the columns.

    A tone a person gave is sure. ``no_danger`` and ``not_told`` say that there is none; a missing value could not.
    Where a person took more words out, places no longer fit and reasons may repeat those words: they go too.
    """
    return (
        f"with c as (select * from read_parquet({_literal(corrected)})) "
        "select r.* replace (coalesce(c.redacted, r.redacted) as redacted, coalesce(c.tone, r.tone) as tone, "
        "case when c.tone is null then r.confidence else 1.0 end as confidence, "
        f"{_unless_hidden('tone_reasons', '[]')}, {_unless_hidden('clauses', '[]')}, "
        f"case when c.topics is not null then c.topics when c.redacted is null then r.topics else {_TOPICS} end "
        "as topics, case when c.no_danger then null when c.danger is not null then c.danger "
        f"when c.redacted is null or r.danger is null then r.danger else {_DANGER} end as danger, "
        "case when c.not_told then null when c.told is not null then c.told "
        f"when c.redacted is null or r.told is null then r.told else {_TOLD} end as told, "
        f"{_unless_hidden('strengths', _STRENGTHS)}), coalesce(c.corrected, []::varchar[]) as corrected "
        f"from ({readings}) r left join c on c.text_key = r.text_key"
    )


# The same findings without places and reasons: for a text from which a person took words out.
_TOPICS = (
    "list_transform(r.topics, lambda t: {'topic': t.topic, 'polarity': t.polarity, 'reasons': []::varchar[], "
    "'spans': [], 'confidence': t.confidence})"
)
_DANGER = (
    "{'kinds': r.danger.kinds, 'severity': r.danger.severity, 'vulnerable': r.danger.vulnerable, 'spans': [], "
    "'reasons': [], 'confidence': r.danger.confidence}"
)
_TOLD = (
    "{'sources': r.told.sources, 'forms': r.told.forms, 'spans': [], 'reasons': [], 'confidence': r.told.confidence}"
)
_STRENGTHS = "list_transform(r.strengths, lambda s: {'kind': s.kind, 'from': 0, 'to': 0, 'reasons': []})"


def _unless_hidden(name: str, otherwise: str) -> str:
    return f"case when c.redacted is null then r.{name} else {otherwise} end as {name}"


def _keys(path: Path) -> list[str]:
    return pq.read_table(path, columns=["text_key"]).column(0).to_pylist()


def _row(reading: Reading) -> dict[str, object]:
    tone = reading.tone
    return {
        "text_key": reading.text_key,
        "redacted": reading.redacted.text,
        "redactions": [{"kind": kind, "n": n} for kind, n in reading.redacted.kinds.items()],
        "tone": tone.label,
        "score": tone.score,
        "tone_reasons": list(tone.reasons),
        "confidence": tone.confidence,
        "clauses": [{"from": clause.start, "to": clause.end, "value": clause.value} for clause in tone.clauses],
        "sensitive": reading.sensitive,
        "flags": list(reading.flags),
        "set_aside": reading.set_aside,
        "topics": [
            {"topic": m.topic, "polarity": m.polarity, "confidence": m.confidence, **_shown(m.spans, m.reasons)}
            for m in reading.mentions
        ],
        "danger": reading.danger and _danger(reading.danger),
        "told": reading.told and _told(reading.told),
        "strengths": [
            {"kind": s.kind, "from": s.span[0], "to": s.span[1], "reasons": list(s.reasons)} for s in reading.strengths
        ],
    }


def _danger(danger: Danger) -> dict[str, object]:
    return {
        "kinds": list(danger.kinds),
        "severity": danger.severity,
        "vulnerable": danger.vulnerable,
        "confidence": danger.confidence,
        **_shown(danger.spans, danger.reasons),
    }


def _told(told: Told) -> dict[str, object]:
    return {
        "sources": list(told.sources),
        "forms": list(told.forms),
        "confidence": told.confidence,
        **_shown(told.spans, told.reasons),
    }


def _shown(spans: Sequence[tuple[int, int]], reasons: Sequence[str]) -> dict[str, object]:
    return {"spans": [{"from": start, "to": end} for start, end in spans], "reasons": list(reasons)}


def _literal(path: Path) -> str:
    """A file's path as SQL text that DuckDB takes as that one file, whatever brackets or stars are in it."""
    plain = re.sub(r"([\[*?])", r"[\1]", path.as_posix())
    return "'" + plain.replace("'", "''") + "'"
