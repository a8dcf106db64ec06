"""How good the data are, whose they are, and what is to be put right: by kind of file, by rule, by owner.

A score is a share from 0 to 1, or None where it cannot be told. What a person has to see to is an Alert; it never holds
a value from a file, so that it may go by e-mail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from analysis.model import WHOLE_LANDLORD
from data.generation import Generation, Kept
from data.joining import join_counts, stale_homes
from data.owners import FILE, RULE, Charge, due_dates, next_due
from data.store import Published

SURVEY = "survey"
# What a survey's checks call the parts that every kind of file is scored on.
OF_A_SURVEY = {
    "completeness": ("answers given", "estate recorded", "date recorded"),
    "validity": ("cells without a fault",),
    "uniqueness": ("one response a household",),
}
PARTS = ("completeness", "freshness", "validity", "uniqueness", "joinability")
NOT_TO_BE_JOINED = ("not named",)  # rows that name no home: an anonymous contact is no fault of the list


@dataclass(frozen=True)
class KindQuality:
    """One kind of file: rows held, when it last came in, when it is due, and its scores (fractions, None: unknown)."""

    kind: str
    label: str
    owner: str
    email: str
    rows: int
    taken: date | None
    next_due: date
    missed: tuple[date, ...]  # due dates that have passed since it last came in
    scores: Mapping[str, float | None] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def late(self) -> bool:
        """Whether a due date has passed since the last file came in."""
        return bool(self.missed)


@dataclass(frozen=True)
class Alert:
    """One thing for one owner to put right: what, how, since when, by when. Never a value from a file."""

    owner: str
    email: str
    subject: str
    label: str
    what: str
    remedy: str
    rows: int | None
    due: date
    overdue: bool
    stops: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from: a file, its rows in and kept, and how many each rule left out."""

    file: str
    sha256: str
    taken: str
    holds: str
    rows_in: int
    rows_kept: int
    left_out: Mapping[str, int]
    profile: str


def quality(generation: Generation, charges: Sequence[Charge], today: date) -> tuple[KindQuality, ...]:
    """Every kind of file with its owner and scores, those never taken in too (they have no scores)."""
    files = generation.files()
    rows, scores, joined = generation.held_rows(), generation.scores_by_kind(), joinability(generation)
    return tuple(
        _of_kind(charge, files, rows.get(charge.subject, 0), scores.get(charge.subject, {}), joined, today)
        for charge in charges
        if charge.of == FILE
    )


def _of_kind(
    charge: Charge,
    files: Sequence[Kept],
    rows: int,
    scores: Mapping[str, float],
    joined: Mapping[str, float],
    today: date,
) -> KindQuality:
    taken = max((file.day for file in files if file.holds == charge.subject), default=None)
    missed = () if taken is None else due_dates(charge, taken, today)
    parts = {} if taken is None else _parts(charge.subject, scores, joined, len(missed))
    return KindQuality(
        charge.subject,
        charge.label,
        charge.owner,
        charge.email,
        rows,
        taken,
        next_due(charge, today),
        missed,
        MappingProxyType(parts),
    )


def _parts(kind: str, scores: Mapping[str, float], joined: Mapping[str, float], missed: int) -> dict[str, float | None]:
    """The five parts. Freshness is 1 while no due date is missed, then a half, a third …"""
    own = _survey_parts(scores) if kind == SURVEY else scores
    return {
        "completeness": own.get("completeness"),
        "freshness": 1 / (1 + missed),
        "validity": own.get("validity"),
        "uniqueness": own.get("uniqueness"),
        "joinability": joined.get(kind),
    }


def _survey_parts(scores: Mapping[str, float]) -> dict[str, float]:
    means = {part: [scores[name] for name in names if name in scores] for part, names in OF_A_SURVEY.items()}
    return {part: sum(found) / len(found) for part, found in means.items() if found}


def joinability(generation: Generation) -> dict[str, float]:
    """By kind, the share of the rows naming a home or tenancy that were joined to one in the list of homes.

    Empty while no list of homes is held: then nothing can join, and that says nothing of the other files.
    """
    if not generation.held_rows().get("homes"):
        return {}
    shares = {}
    for kind, counts in join_counts(generation, WHOLE_LANDLORD).items():
        named = {how: n for how, n in counts.items() if how not in NOT_TO_BE_JOINED}
        total = sum(named.values())
        if total:
            shares[kind] = 1 - named.get("none", 0) / total
    return shares


def trend(history: Sequence[Published]) -> list[tuple[int, str, Mapping[str, Mapping[str, float]]]]:
    """The scores of each generation kept, oldest first: number, day it was made, and by kind the parts scored then."""
    return [
        (line.number, line.created, {kind: _trended(kind, parts) for kind, parts in line.scores.items()})
        for line in reversed(history)
    ]


def _trended(kind: str, parts: Mapping[str, float]) -> Mapping[str, float]:
    return _survey_parts(parts) if kind == SURVEY else parts


# ── What is to be put right ──────────────────────────────────────────────────────────────────────


def alerts(generation: Generation, charges: Sequence[Charge], today: date) -> tuple[Alert, ...]:
    """Everything an owner has to see to, overdue first: files late, faults that stand, references that do not join."""
    by_subject = {charge.subject: charge for charge in charges}
    found = [
        *_late(_when_taken(generation, charges, today)),
        *_faults(generation, by_subject, today),
        *_unjoined(generation, by_subject, today),
        *_stale(generation, by_subject, today),
    ]
    return tuple(sorted(found, key=lambda alert: (not alert.overdue, alert.due, alert.owner, alert.label)))


def _when_taken(generation: Generation, charges: Sequence[Charge], today: date) -> list[KindQuality]:
    """Every kind of file with when it last came in, and nothing else: to count its rows is the dear part."""
    files = generation.files()
    return [_of_kind(charge, files, 0, {}, {}, today) for charge in charges if charge.of == FILE]


def _late(kinds: Sequence[KindQuality]) -> Iterator[Alert]:
    for kind in kinds:
        if kind.late:
            what = "The file is late: none has come in since it was due."
            remedy = "Send the file, or put the due date right under Data and packs."
            yield Alert(kind.owner, kind.email, kind.kind, kind.label, what, remedy, None, kind.missed[0], True)


def _faults(generation: Generation, charges: Mapping[str, Charge], today: date) -> Iterator[Alert]:
    """The faults of the files in use, one alert a file and rule."""
    for file, holds, rule, what, remedy, stops, taken, rows in generation.standing_faults():
        charge = charges.get(rule)
        if charge is None or remedy.startswith("Nothing to do"):
            continue
        due = taken + timedelta(days=charge.due_days)
        label = charges[holds].label if holds in charges else holds
        yield Alert(charge.owner, charge.email, rule, f"{label}: {file}", what, remedy, rows, due, due < today, stops)


def _unjoined(generation: Generation, charges: Mapping[str, Charge], today: date) -> Iterator[Alert]:
    listed = generation.held_rows().get("homes", 0)
    for kind, counts in join_counts(generation, WHOLE_LANDLORD).items() if listed else ():
        rows, charge = counts.get("none", 0), charges.get(kind)
        if rows and charge is not None:
            what = "Rows name a home or tenancy that is not in the list of homes."
            remedy = "See which under Data and packs, and say which home each is, or bring in a newer list of homes."
            yield Alert(
                charge.owner, charge.email, kind, charge.label, what, remedy, rows, next_due(charge, today), False
            )


def _stale(generation: Generation, charges: Mapping[str, Charge], today: date) -> Iterator[Alert]:
    why = stale_homes(generation)
    if why and "homes" in charges:
        charge = charges["homes"]
        remedy = "Bring in a list of homes from after the survey: representation is reckoned against it."
        due = next_due(charge, today)
        yield Alert(charge.owner, charge.email, "homes", charge.label, why, remedy, None, due, False)


# ── Where a figure comes from ────────────────────────────────────────────────────────────────────


def lineage(generation: Generation, holds: str, wave: str | None = None) -> tuple[Origin, ...]:
    """The files behind the figures of one kind of file (and one wave or period), newest first, with what was left out.

    Raises NotHeld for a wave that is not there.
    """
    behind = generation.sources_of(holds, wave)
    return tuple(_origin(file) for file in generation.files() if file.holds == holds and file.sha256 in behind)


def _origin(file: Kept) -> Origin:
    facts = file.facts
    return Origin(
        file.name,
        file.sha256,
        file.taken,
        file.holds,
        int(facts.get("rows_in", 0)),
        int(facts.get("rows_kept", 0)),
        MappingProxyType(dict(facts.get("left_out", {}))),
        str(facts.get("profile", "")),
    )


def by_owner(found: Sequence[Alert]) -> dict[tuple[str, str], list[Alert]]:
    """Alerts by owner and e-mail, in the order they came."""
    groups: dict[tuple[str, str], list[Alert]] = {}
    for alert in found:
        groups.setdefault((alert.owner, alert.email), []).append(alert)
    return groups


__all__ = [
    "FILE", "RULE", "Alert", "KindQuality", "Origin", "alerts", "by_owner", "joinability", "lineage", "quality",
    "trend",
]  # fmt: skip
