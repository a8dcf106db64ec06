"""Offers found in comments (skills and time tenants give): counted; listed with a home only by the tenant's own leave.

Twice their leave: they let the survey's answers be attributed to them, and somebody recorded that they agree to be
asked about the offer. Without either an offer is a number. What was recorded stands in the ledger and can be taken
back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from analysis.model import Question
from data.assets import Assets
from data.corrections import name_given
from data.generation import Generation, NotHeld, StoreError
from data.ledger import Ledger
from data.selection import literal, seen
from data.voices import COMMENT_ID

KIND = "skills"  # the strength that is an offer
AGREED, DECLINED = "agreed to be asked about it", "does not want to be asked"
CONSENT, LINK, BACK = "record offer consent", "link offer", "take back offer entry"
HOW = ("asked by the agency", "asked when they were next in touch", "said so in the survey itself")


class NoLeave(StoreError):
    """An offer may not be followed up so; the message gives the reason."""


@dataclass(frozen=True)
class Recorded:
    """What people recorded of one offer: consent and how it came, names as given; and the asset it belongs to."""

    consent: str = ""  # AGREED, DECLINED, or "" where nobody asked yet
    how: str = ""
    by: str = ""
    at: str = ""
    consent_entry: int = 0  # its line of the ledger, to be taken back
    asset: str = ""
    link_entry: int = 0


@dataclass(frozen=True)
class Offers:
    """How many offers there are in a question, by what may be done with them; the five parts add up to ``found``."""

    found: int
    unattributed: int  # the tenant did not say that it may be attributed, or it joins to no home: counted, never listed
    left_out: int  # the home asked not to be contacted or objects to the use of its data, or who answered moved out
    not_asked: int  # may be listed once consent is recorded
    declined: int
    agreed: int
    linked: int  # of all of them, those linked to an asset


@dataclass(frozen=True)
class FollowUp:
    """An offer that may be followed up: its comment, the home it came from, and what was recorded."""

    comment_id: str
    home: str
    recorded: Recorded


@dataclass(frozen=True)
class OffersSeen:
    """Offers by their comments: those to be asked about, those agreed to with their homes, and all there are."""

    to_ask: tuple[str, ...]
    to_follow_up: tuple[FollowUp, ...]
    every: tuple[str, ...]


class OfferBook:
    """What people recorded of the offers of one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self._ledger = Ledger(folder)
        self._assets = Assets(folder)

    def recorded(self) -> Mapping[str, Recorded]:
        """What stands of each offer anybody recorded anything of, by its comment."""
        lines = self._ledger.of(CONSENT, LINK, BACK)
        back = {line.detail["n"] for line in lines if line.action == BACK}
        here = {asset.asset_id for asset in self._assets.standing()}
        found: dict[str, Recorded] = {}
        for line in lines:
            if line.action == BACK or line.n in back:
                continue
            key, said = str(line.detail["comment"]), line.detail
            was = found.get(key, Recorded())
            if line.action == CONSENT:
                found[key] = Recorded(
                    str(said["said"]), str(said["how"]), str(said["who"]), line.at, line.n, was.asset, was.link_entry
                )
            elif said["asset"] in here:
                found[key] = Recorded(
                    was.consent, was.how, was.by, was.at, was.consent_entry, str(said["asset"]), line.n
                )
        return MappingProxyType(found)

    def record_consent(
        self, generation: Generation, comment_id: str, said: str, how: str, who: str, now: datetime | None = None
    ) -> None:
        """Record that somebody agreed, or not, to be asked about their offer.

        Raises NoLeave where the offer may not be attributed or its home is not to be contacted.
        """
        by = name_given(who)
        if said not in (AGREED, DECLINED) or how not in HOW:
            raise NoLeave(f"Say '{AGREED}' or '{DECLINED}', and how it is known: {', '.join(HOW)}.")
        if comment_id not in attributable(generation, [comment_id]):
            raise NoLeave(
                "This offer cannot be traced to a home: the tenant did not allow it, asked not to be contacted, or has "
                "moved out since."
            )
        self._ledger.record(CONSENT, {"comment": comment_id, "said": said, "how": how, "who": by}, now)

    def link(self, comment_id: str, asset_id: str, who: str, now: datetime | None = None) -> None:
        """Say that an offer belongs to an asset. No home is written down. Raises NotHeld for an asset not there."""
        by, asset = name_given(who), self._assets.asset(asset_id)
        if asset.withdrawn:
            raise NotHeld(f"{asset.words.name} was taken out of the register.")
        self._ledger.record(LINK, {"comment": comment_id, "asset": asset_id, "who": by}, now)

    def take_back(self, entry: int, who: str, now: datetime | None = None) -> None:
        """Take back a consent or a link by its line of the ledger. Raises NotHeld where it does not stand."""
        by = name_given(who)
        standing = {n for each in self.recorded().values() for n in (each.consent_entry, each.link_entry) if n}
        if entry not in standing:
            raise NotHeld(f"Nothing recorded of an offer has the number {entry} and still stands.")
        self._ledger.record(BACK, {"n": entry, "who": by}, now)

    def linked(self) -> Mapping[str, int]:
        """How many offers are linked to each asset."""
        found: dict[str, int] = {}
        for each in self.recorded().values():
            if each.asset:
                found[each.asset] = found.get(each.asset, 0) + 1
        return MappingProxyType(found)

    def counted(self, generation: Generation, question: Question, readings: str) -> Offers:
        """The offers of a question by what may be done with them."""
        found = _offers(generation, question, readings)
        open_to = attributable(generation, list(found))
        recorded = self.recorded()
        states = [recorded.get(key, Recorded()).consent for key in found if key in open_to]
        named = sum(found.values())
        return Offers(
            found=len(found),
            unattributed=len(found) - named,
            left_out=named - len(states),
            not_asked=states.count(""),
            declined=states.count(DECLINED),
            agreed=states.count(AGREED),
            linked=sum(1 for key in found if recorded.get(key, Recorded()).asset),
        )

    def seen(self, generation: Generation, question: Question, readings: str) -> OffersSeen:
        """The offers that may be listed, newest first: a home stands only beside those agreed to, and may be contacted
        today."""
        recorded = self.recorded()
        every = list(_offers(generation, question, readings))
        homes = attributable(generation, every)
        states = {key: recorded.get(key, Recorded()) for key in every}
        agreed = [key for key in every if key in homes and states[key].consent == AGREED]
        return OffersSeen(
            to_ask=tuple(key for key in every if key in homes and not states[key].consent),
            to_follow_up=tuple(FollowUp(key, homes[key], states[key]) for key in agreed),
            every=tuple(every),
        )


def _offers(generation: Generation, question: Question, readings: str) -> dict[str, bool]:
    """The comments of a question that tell of an offer, newest first, and whether each may be attributed to a home."""
    for key, _ in question.filters:
        generation.dimension(key)
    where = seen(generation.when(question.wave), question.tenure_group, question.scope, question.filters, counted=False)
    rows = generation.rows(
        f"select {COMMENT_ID} as comment_id, coalesce(r.may_attribute, false) and r.home is not null "
        f"from (select * from responses where {where.sql('duckdb')}) r "
        "join comments c on c.wave = r.wave::varchar and c.respondent = r.respondent "
        f"join ({readings}) g on g.text_key = c.text_key where coalesce(g.set_aside, '') = '' "
        f"and list_contains(list_transform(g.strengths, lambda s: s.kind), {literal(KIND)}) "
        "order by r.date desc nulls last, comment_id"
    )
    return {key: bool(named) for key, named in rows}


def attributable(generation: Generation, comment_ids: list[str], on: date | None = None) -> dict[str, str]:
    """The home of each of these comments whose tenant allowed it and whose home nobody is barred from contacting.

    A home is left out while anybody who lives there asks not to be contacted or objects to the use of their data, and
    where nobody who lived there at the time of the answer still does: whoever came after is not to be told what the
    tenant before them wrote. Without a day (``on``) a tenancy with any end is over.
    """
    if not comment_ids:
        return {}
    day = on or date.max
    rows = generation.rows(
        f"select {COMMENT_ID} as comment_id, r.home from responses r "
        "join comments c on c.wave = r.wave::varchar and c.respondent = r.respondent "
        "join waves w on w.name = r.wave::varchar "
        f"where r.may_attribute and r.home is not null and list_contains(?::varchar[], {COMMENT_ID}) "
        "and not exists (select 1 from people p where p.home = r.home and (p.do_not_contact or p.objects) "
        "and (p.end_day is null or p.end_day >= ? or p.end_day >= r.date)) "
        "and (not exists (select 1 from people p where p.home = r.home) or exists (select 1 from people p "
        "where p.home = r.home and (p.start_day is null or p.start_day <= coalesce(r.date, w.fieldwork_to)) "
        "and (p.end_day is null or p.end_day >= ?)))",
        [comment_ids, day, day],
    )
    return dict(rows)
