"""Dissatisfaction never offered a complaint: contacts that sound dissatisfied, and whether one followed in time.

The Housing Ombudsman's Code: a complaint is an expression of dissatisfaction, however made; the tenant need not use
the word. Whether a contact is one is for a person to say, never for a computer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.calendar import NO_DAY, WorkingDays, as_date, as_days
from analysis.model import Audience, ContactRead, Estimate, Unanswered, Unoffered
from analysis.respect import FEWEST_STAFF, GIVES_AWAY, TOO_FEW_STAFF
from analysis.survey.estimates import plain_shares, withheld
from analysis.survey.suppression import Rule, withheld_levels

WITHIN = 10  # working days after the contact, the day of it being day nought
TOPICS = ("general_dissatisfaction", "complaint_handling")  # spoken ill of, they are dissatisfaction whatever the tone
WAYS = ("channel", "estate")  # never by officer or team
SHARE = "unoffered"
UNKNOWN = "not recorded"
NO_COMPLAINTS = "no complaints are held, so whether one followed is not known"
OFFER, CLEAR = "offered", "not dissatisfied"  # what a person may say of a contact after reading it
ANSWERS = (OFFER, CLEAR)
COLUMNS = (
    *("comment_id", "contact", "day", "channel", "estate", "who", "joined", "tone", "speaks_ill", "complaint", "open"),
)  # fmt: skip
UNJOINED, EARLY, OFFERED, NEVER = "unjoined", "too early", "offered", "never"


def unoffered(
    rows: pd.DataFrame,
    begun: date,
    ended: date,
    known_until: date | None,
    days: WorkingDays,
    smallest_base: int,
    few_staffed: Collection[str] = (),
    audience: Audience = Audience.INTERNAL,
    within: int = WITHIN,
    read: Mapping[str, ContactRead] = MappingProxyType({}),
) -> Unoffered:
    """Of the contacts made from ``begun`` to ``ended``, those that sound dissatisfied and what followed.

    ``rows`` has COLUMNS, a row a contact of a tenant with words: ``complaint`` is the first day on or after the contact
    on which the household complained, ``open`` whether a complaint of it was open then; ``tone`` is missing where a
    contact is not read yet. Complaints are known of up to ``known_until``, None where none are held. Shares of fewer
    than ``smallest_base`` contacts or households are withheld; so are estates in ``few_staffed``, and, for others
    than the landlord, whatever would give those away. ``read`` has what a person said of a contact: one cleared is no
    dissatisfaction, and the day a complaint was offered counts like that of a complaint.
    """
    sounding = rows[dissatisfied(rows)]
    cleared = sounding["contact"].isin([key for key, said in read.items() if said.answer == CLEAR])
    offers = {key: said.day for key, said in read.items() if said.answer == OFFER}
    judged = _judged(_with_offers(sounding[~cleared], offers), known_until, days, within)
    settled = judged[judged["end"].isin((OFFERED, NEVER))]
    never = settled[settled["end"] == NEVER]
    ways = {way: _shares(settled, way, smallest_base, few_staffed, audience) for way in WAYS}
    share = _share_of(settled, smallest_base)
    if known_until is None:
        ways, share = dict.fromkeys(WAYS, ()), withheld(NO_COMPLAINTS, 0, SHARE)
    return Unoffered(
        begun=begun,
        ended=ended,
        known_until=known_until,
        within=within,
        contacts=len(rows),
        unread=int(rows["tone"].isna().sum()),
        dissatisfied=len(judged),
        cleared=int(cleared.sum()),
        offered_late=int((judged["by_hand"] & (judged["end"] == NEVER)).sum()),
        unjoined=int((judged["end"] == UNJOINED).sum()),
        too_early=int((judged["end"] == EARLY).sum()),
        share=share,
        tenancies=None if share.withheld else int(never["who"].nunique()),
        already_open=None if share.withheld or audience is not Audience.INTERNAL else int(never["open"].sum()),
        by=MappingProxyType(ways),
        to_read=() if known_until is None else tuple(_to_read(judged)),
        notes=tuple(_notes(days, begun, ended, within)),
        withheld=NO_COMPLAINTS if known_until is None else None,
    )


def dissatisfied(rows: pd.DataFrame) -> pd.Series:
    """The contacts that sound dissatisfied: surely negative, or speaking ill of the landlord or of its complaints."""
    return rows["tone"].eq("negative").fillna(False).astype(bool) | rows["speaks_ill"].fillna(False).astype(bool)


def _with_offers(rows: pd.DataFrame, offers: Mapping[str, date]) -> pd.DataFrame:
    """The rows with the first day of a complaint recorded or offered by hand; ``by_hand`` says which were offered."""
    offered = pd.to_datetime(rows["contact"].map(offers))
    both = pd.concat([pd.to_datetime(rows["complaint"]), offered], axis=1)
    return rows.assign(complaint=both.min(axis=1), by_hand=offered.notna())


def _judged(rows: pd.DataFrame, known_until: date | None, days: WorkingDays, within: int) -> pd.DataFrame:
    """The rows with the last day of their time (until) and what became of each (end)."""
    made, complaint = as_days(rows["day"]), as_days(rows["complaint"])
    until = days.after(made, within)
    joined = rows["joined"].to_numpy(dtype=bool)
    known = NO_DAY if known_until is None else np.datetime64(known_until, "D")
    over = until < known  # the last day itself has to be over
    offered = ~np.isnat(complaint) & (complaint <= until)
    end = np.select([~joined, ~over, offered], [UNJOINED, EARLY, OFFERED], default=NEVER)
    return rows.assign(until=until, offered=offered, end=end)


def _share_of(settled: pd.DataFrame, smallest_base: int) -> Estimate:
    never = int((settled["end"] == NEVER).sum())
    (found,) = plain_shares([(SHARE, ())], [never], [len(settled)], smallest_base, "contacts")
    return _of_people(found, int(settled["who"].nunique()), smallest_base)


def _of_people(found: Estimate, households: int, smallest_base: int) -> Estimate:
    """A handful of households stays a handful however often each of them made contact."""
    if found.withheld or households >= smallest_base:
        return found
    return withheld(f"fewer than {smallest_base} households", found.base, found.measure, found.group)


def _shares(
    settled: pd.DataFrame, way: str, smallest_base: int, few_staffed: Collection[str], audience: Audience
) -> tuple[Estimate, ...]:
    """The share of each channel or estate, most contacts first."""
    counted = _counted(settled, way)
    labels = [(SHARE, ((way, str(level)),)) for level in counted.index]
    shares = plain_shares(labels, counted["never"].tolist(), counted["n"].tolist(), smallest_base, "contacts")
    found = [_of_people(s, int(n), smallest_base) for s, n in zip(shares, counted["households"], strict=True)]
    if way == "estate":
        found = [_hidden(e, TOO_FEW_STAFF) if e.group[0][1] in few_staffed else e for e in found]
    if audience is Audience.INTERNAL:
        return tuple(found)
    few = np.array([each.withheld is not None for each in found], dtype=bool)
    counts = np.stack([counted["never"], counted["n"] - counted["never"]], axis=1).astype(np.int64)
    hidden = withheld_levels(counts, Rule(smallest_base, yes=1), also=few)
    return tuple(
        withheld(GIVES_AWAY, 0, e.measure, e.group) if gone else e for e, gone in zip(found, hidden, strict=True)
    )


def _counted(settled: pd.DataFrame, way: str) -> pd.DataFrame:
    level = settled[way].astype(object).where(settled[way].notna(), UNKNOWN)
    grouped = settled.assign(never=settled["end"] == NEVER).groupby(level.to_numpy())
    counted = grouped.agg(n=("who", "size"), never=("never", "sum"), households=("who", "nunique"))
    return counted.sort_values("n", ascending=False, kind="stable")


def _hidden(found: Estimate, reason: str) -> Estimate:
    return withheld(reason, found.base, found.measure, found.group)


def _to_read(judged: pd.DataFrame) -> Iterator[Unanswered]:
    """Contacts without a complaint, those there is still time for too: newest first."""
    waiting = judged[~judged["by_hand"] & ((judged["end"] == NEVER) | ((judged["end"] == EARLY) & ~judged["offered"]))]
    ordered = waiting.sort_values(["day", "comment_id"], ascending=[False, True])
    made, until = as_days(ordered["day"]), as_days(ordered["until"])
    late, still_open = (ordered["end"] == NEVER).tolist(), ordered["open"].tolist()
    for place, (key, contact) in enumerate(zip(ordered["comment_id"], ordered["contact"], strict=True)):
        yield Unanswered(
            key, contact, as_date(made[place]), as_date(until[place]), late[place], bool(still_open[place])
        )


def _notes(days: WorkingDays, begun: date, ended: date, within: int) -> Sequence[str]:
    notes = [
        f"A contact counts as offered a complaint where one of the same tenancy or home was made on its day or within "
        f"{within} working days after it. A refused complaint was offered; a service request is none.",
        "What sounds dissatisfied was read by a computer: it takes some requests for a repair for dissatisfaction and "
        "misses what is only implied. A person reads and decides.",
        "Several contacts of one household are counted each: the range treats them as independent, so it is too narrow "
        "where few households make many contacts.",
        f"No team or officer is ever told of. Estates served by fewer than {FEWEST_STAFF} staff are left out, as far "
        "as the file of teams says.",
    ]
    if days.years and any(year not in days.years for year in range(begun.year, ended.year + 1)):
        held = f"{days.years[0]} to {days.years[-1]}"
        notes.append(f"Bank holidays are held for {held}; outside them only weekends are left out.")
    return notes
