"""Every home once, as numbers: what it is, who was last heard from there and how. Never a reference, never a person.

Made once for a generation and a day, it is counted by any way of dividing homes in a moment. What counts as hearing
from a home stands in data/reference/hearing.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import TENURE_GROUPS, Scope
from data.generation import Generation, NotHeld
from data.hearing import CHANNELS, hearing
from data.selection import NOT_RECORDED, literal, quoted, seen
from data.voices import TONE

OF_HOMES = ("estate", "tenure", "property_type")
OF_PEOPLE = ("age_band", "length_of_tenancy")
DIMS = (*OF_HOMES[:2], *OF_PEOPLE, OF_HOMES[2])  # how homes may be crossed; special categories never
NEVER = np.iinfo(np.int32).min  # the day of what never happened
EPOCH = date(1970, 1, 1)
CONTACTS = "contacts"

Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Roll:
    """One entry a dwelling of a measured tenure group, in the order of the list of homes.

    ``codes`` are places among the ``levels`` of a characteristic; ``last`` is the last day (since 1 January 1970) on
    which the home was heard from through a channel, ``wrong`` and ``fine`` when something was and was not wrong,
    ``spoken`` the last planned conversation: NEVER where there was none.
    """

    rows: npt.NDArray[np.int64]  # which row of the list each is; ascending
    group: Codes  # a place among TENURE_GROUPS
    levels: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Codes]
    occupied: Flags  # False where the list says the home is empty
    barred: Flags  # somebody there is not to be contacted, or objects
    deceased: Flags  # the issued sample found that the tenant had died
    twice: Flags  # two tenancies run at once
    last: Mapping[str, Codes]
    wrong: Codes
    fine: Codes
    spoken: Codes

    def mine(self, tenure_group: str, scope: Scope) -> Flags:
        """The homes of a tenure group within a scope."""
        found: Flags = self.group == TENURE_GROUPS.index(tenure_group)
        if scope.estates is None:
            return found
        allowed = [place for place, level in enumerate(self.levels["estate"]) if level in scope.estates]
        return found & np.isin(self.codes["estate"], allowed)

    def counted(self, by: Sequence[str], mine: Flags, **numbers: npt.NDArray[Any]) -> pd.DataFrame:
        """Homes counted by some characteristics: columns by…, homes, and the sum of each of ``numbers``.

        A row for each combination that any home has, in the order of the levels. Raises NotHeld for another way.
        """
        unknown = [dim for dim in by if dim not in self.codes]
        if unknown:
            raise NotHeld(f"Homes are not divided by '{unknown[0]}', only by {', '.join(self.codes)}.")
        sizes = [len(self.levels[dim]) for dim in by]
        code = np.zeros(int(mine.sum()), dtype=np.int64)
        for dim, size in zip(by, sizes, strict=True):
            code = code * size + self.codes[dim][mine]
        cells = int(np.prod(sizes)) if by else 1
        homes = np.bincount(code, minlength=cells)
        there = np.flatnonzero(homes)
        places = np.unravel_index(there, sizes) if by else ()
        named = {dim: np.array(self.levels[dim], dtype=object)[place] for dim, place in zip(by, places, strict=True)}
        summed = {
            name: np.bincount(code, weights=each[mine], minlength=cells)[there].astype(np.int64)
            for name, each in numbers.items()
        }
        return pd.DataFrame({**named, "homes": homes[there], **summed})

    def heard(self, begun: date) -> dict[str, Flags]:
        """Through which channels each home was heard from since a day, until the roll's own."""
        since = days_since(begun)
        return {channel: each >= since for channel, each in self.last.items()}

    def spoken_to(self, begun: date) -> Flags:
        """Homes with a planned conversation since a day."""
        return np.asarray(self.spoken >= days_since(begun))

    @property
    def may_be_called(self) -> Flags:
        """Homes let to somebody who may be called, as far as is recorded. Who answered plays no part: a list that left
        them out would tell who did."""
        return np.asarray(self.occupied & ~self.barred & ~self.deceased)

    def only_wrong(self, begun: date) -> Flags:
        """Homes heard from since a day only when something was wrong."""
        since = days_since(begun)
        found: Flags = (self.wrong >= since) & (self.fine < since)
        return found


def days_since(day: date) -> int:
    """A day as the roll has it."""
    return (day - EPOCH).days


def roll_of(generation: Generation, readings: str, today: date) -> Roll:
    """The homes of a generation as they stand on a day, with what was heard from them until then.

    ``readings`` is SQL of what was read in the comments: a contact that sounds dissatisfied is something wrong. Of two
    running tenancies the later says the age band and the length; a home twice in the list is the first of its rows.
    """
    said = {dim: _said(generation, dim, today) for dim in DIMS}
    levels = {dim: _levels(words) for dim, words in said.items()}
    codes = {dim: {word: levels[dim].index(_level(word)) for word in words} for dim, words in said.items()}
    found = generation.frame(_query(codes, {dim: len(levels[dim]) - 1 for dim in DIMS}, readings), [today]).sort_values(
        "row", kind="stable"
    )
    arrays = {name: found[name].to_numpy() for name in found.columns}
    return Roll(
        rows=arrays["row"].astype(np.int64),
        group=arrays["grp"].astype(np.int32),
        levels=MappingProxyType(levels),
        codes=MappingProxyType({dim: arrays[dim].astype(np.int32) for dim in DIMS}),
        occupied=arrays["occupied"].astype(np.bool_),
        barred=arrays["barred"].astype(np.bool_),
        deceased=arrays["deceased"].astype(np.bool_),
        twice=arrays["twice"].astype(np.bool_),
        last=MappingProxyType({key: _days(arrays[f"at_{key}"]) for key in CHANNELS}),
        wrong=_days(arrays["at_wrong"]),
        fine=_days(arrays["at_fine"]),
        spoken=_days(arrays["at_spoken"]),
    )


def _days(found: npt.NDArray[Any]) -> Codes:
    """Days since 1970, NEVER where there is none."""
    return np.where(pd.isna(found), NEVER, found).astype(np.int32)


def _said(generation: Generation, dim: str, today: date) -> tuple[str, ...]:
    """Every word that homes say for a characteristic, as it stands."""
    source, values = (f"({HOMES})", []) if dim in OF_HOMES else (f"({RUNNING})", [today])
    found = generation.rows(f"select distinct {quoted(dim)}::varchar from {source}", values)
    return tuple(word for (word,) in found if word is not None)


def _level(word: str) -> str:
    """The level a word names; words for not knowing are not recorded."""
    return NOT_RECORDED if NOT_SAID.match(word) else word


def _levels(words: Sequence[str]) -> tuple[str, ...]:
    """The levels some words name, bands in their own order, what is not recorded last."""
    return (*sorted({*map(_level, words)} - {NOT_RECORDED}, key=in_order), NOT_RECORDED)


def in_order(level: str) -> tuple[int, float, str]:
    """Bands by where they begin ("under" before, "over" behind), then words.

    >>> sorted(["25 to 34", "Over 84", "Under 25", "Ash Court"], key=in_order)
    ['Under 25', '25 to 34', 'Over 84', 'Ash Court']
    """
    found = BAND.match(level)
    if found is None:
        return (1, 0.0, level)
    beside = {"under": -0.5, "over": 0.5}.get((found["side"] or "").strip().lower(), 0.0)
    return (0, float(found["begun"]) + beside, level)


BAND = re.compile(r"\s*(?P<side>under |less than |over )?(?P<begun>\d+(\.\d+)?)", re.IGNORECASE)
NOT_SAID = re.compile(
    r"\s*(not (known|recorded|stated|given|disclosed|applicable)|unknown|none|n/?k|n/?a|tbc|-|\?)?\s*$", re.IGNORECASE
)
HOMES = (
    "select home, row, estate, tenure, property_type, occupied, tenure_group from homes "
    f"where dwelling is distinct from false and tenure_group in ({', '.join(map(literal, TENURE_GROUPS))})"
)
RUNNING = (
    "select home, tenancy_ref, reference, start_day, lead, age_band, length_of_tenancy, do_not_contact, objects "
    "from people where home is not null and (start_day is null or start_day <= $1) "
    "and (end_day is null or end_day >= $1)"
)
LONG_AGO = "date '1900-01-01'"


def _query(codes: Mapping[str, Mapping[str, int]], blank: Mapping[str, int], readings: str) -> str:
    """A row a home: its characteristics as codes and the last day of each thing; $1 is today."""
    tables = ", ".join(f"l_{dim} as (select * from (values {_values(codes[dim])}) v(word, code))" for dim in DIMS)
    group = " ".join(f"when {literal(name)} then {place}" for place, name in enumerate(TENURE_GROUPS))
    homes = ", ".join(f"arg_min({_code(dim, blank[dim])}, row) as {quoted(dim)}" for dim in OF_HOMES)
    later = ", ".join(
        f"arg_max({_code(dim, blank[dim])}, {_likely(dim, blank[dim])}) as {quoted(dim)}" for dim in OF_PEOPLE
    )
    barred = "coalesce(do_not_contact, false) or coalesce(objects, false)"
    tenancy = "coalesce(tenancy_ref, reference)"
    twice = f"min({tenancy}) is distinct from max({tenancy}) and bool_or(tenancy_ref is not null)"
    people = ", ".join(f"coalesce(p.{quoted(dim)}, {blank[dim]}) as {quoted(dim)}" for dim in OF_PEOPLE)
    days = ", ".join(f"e.at_{name}" for name in (*CHANNELS, "wrong", "fine", "spoken"))
    return (
        f"with {tables}, h as (select home, min(row) as row, {homes}, arg_min(occupied, row) as occupied, "
        f"arg_min(case tenure_group {group} end, row) as grp from ({HOMES}) {_joined(OF_HOMES)} group by home), "
        f"p as (select home, {later}, max(start_day) as begun, bool_or({barred}) as barred, {twice} as twice "
        f"from ({RUNNING}) {_joined(OF_PEOPLE)} group by home), "
        "d as (select s.home, max(w.fieldwork_to) as found from sample s join waves w on w.name = s.wave::varchar "
        f"where s.outcome = 'deceased' and s.home is not null group by s.home), e as ({_events(readings)}) "
        f"select h.* exclude (home, occupied), h.occupied is distinct from false as occupied, {people}, "
        "coalesce(p.barred, false) as barred, coalesce(p.twice, false) as twice, d.home is not null and "
        f"coalesce(p.begun, {LONG_AGO}) <= d.found as deceased, {days} "
        "from h left join p on p.home = h.home left join d on d.home = h.home left join e on e.home = h.home"
    )


def _joined(dims: Sequence[str]) -> str:
    """What gives each characteristic its code."""
    return " ".join(f"left join l_{dim} on l_{dim}.word = {quoted(dim)}::varchar" for dim in dims)


def _code(dim: str, blank: int) -> str:
    return f"coalesce(l_{dim}.code, {blank})"


def _likely(dim: str, blank: int) -> str:
    """What makes one of several people of a home the one to go by: leading, then saying it, then having come last."""
    said = f"({_code(dim, blank)} <> {blank})::int"
    since = f"date_diff('day', {LONG_AGO}, coalesce(start_day, {LONG_AGO}))"
    return f"(lead is distinct from false)::int * 10000000 + {said} * 1000000 + {since}"


def _values(codes: Mapping[str, int]) -> str:
    """Words with their codes as rows; a word that no home says where there is none."""
    return ", ".join(f"({literal(word)}, {code})" for word, code in codes.items()) or "(null::varchar, 0)"


def _events(readings: str) -> str:
    """The last day of each channel, of something wrong, of nothing wrong and of a planned conversation, by home."""
    tables = dict.fromkeys(table for table, _, _ in CHANNELS.values())
    each = " union all ".join(_rows_of(table, readings) for table in tables)
    last = ", ".join(f"max(day) filter (channel = {literal(key)}) as at_{key}" for key in CHANNELS)
    return (
        f"select home, {last}, max(day) filter (wrong) as at_wrong, max(day) filter (not wrong) as at_fine, "
        f"max(day) filter (spoken) as at_spoken from ({each}) where channel is not null group by home"
    )


def _rows_of(table: str, readings: str) -> str:
    """The rows of one kind of file that count: home, channel, day, wrong, spoken. Each is of one channel."""
    rows = [row for row in hearing()["channel"] if row["table"] == table]
    source, spoken, named = table, "false", ""
    if table == CONTACTS:
        read = f"select text_key, {TONE} = 'negative' as dissatisfied from ({readings}) v"
        source = f"(select c.*, coalesce(r.dissatisfied, false) as dissatisfied from contacts c left join ({read}) r "
        source += "on r.text_key = c.text_key)"
        named = _about(hearing()["wrong_reason"])
        spoken = f"{_planned()} and not {named}"
    day = f"coalesce({rows[0]['day']}, {rows[0]['undated']})" if "undated" in rows[0] else rows[0]["day"]
    channel = " ".join(f"when {row['where']} then {literal(row['key'])}" for row in rows)
    wrong = rows[0]["wrong"].replace("wrong_reason", named)
    return (
        f"select home, case {channel} end as channel, date_diff('day', date '1970-01-01', {day}) as day, "
        f"{wrong} as wrong, {spoken} as spoken from {source} where home is not null and {day} <= $1"
    )


def _about(pattern: str) -> str:
    """Whether a contact's reason or campaign names one of these."""
    return f"coalesce(regexp_matches(lower(concat_ws(' ', reason, campaign)), {literal(pattern)}), false)"


def _planned() -> str:
    """A conversation of ours, not about what makes it unplanned."""
    said = hearing()["conversation"]
    ways = ", ".join(map(literal, said["channels"]))
    return f"coalesce(direction = 'out' and channel in ({ways}), false) and not {_about(said['not_about'])}"


# ── Who was asked and who answered ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Asked:
    """The issued sample of a wave, aligned to a roll: how often each home was invited and how often it answered."""

    invited: Codes
    complete: Codes


def asked_of(generation: Generation, wave: str, roll: Roll) -> Asked:
    """Who was invited to a wave (to every wave inside a period) and who answered; nought everywhere without a sample.

    Only invitations that join to a home of the list. Raises NotHeld for a wave that is not there.
    """
    found = generation.frame(
        "with h as (select home, min(row) as row from homes group by home) "
        "select h.row, count(*) as invited, count(*) filter (outcome = 'complete') as complete "
        "from sample s join h on h.home = s.home where s.wave in (select unnest($1)) group by h.row",
        [list(generation.waves_in(wave))],
    )
    invited, complete = (np.zeros(len(roll.rows), dtype=np.int32) for _ in range(2))
    there = np.isin(found["row"].to_numpy(np.int64), roll.rows)
    where = np.searchsorted(roll.rows, found["row"].to_numpy(np.int64)[there])
    invited[where] = found["invited"].to_numpy(np.int32)[there]
    complete[where] = found["complete"].to_numpy(np.int32)[there]
    return Asked(invited, complete)


def said_by(generation: Generation, by: Sequence[str]) -> tuple[str, ...] | None:
    """The columns of the answers that say these characteristics themselves; None where one of them is not said."""
    held = {dimension.key for dimension in generation.dimensions}
    named = hearing()["said_as"]
    found = [next((key for key in named.get(dim, ()) if key in held), None) for dim in by]
    return None if None in found else tuple(str(key) for key in found)


def answers_by(
    generation: Generation, wave: str, scope: Scope, tenure_group: str, roll: Roll, by: Sequence[str], measure: str
) -> pd.DataFrame | None:
    """Answers that count, by what they say themselves: columns by…, answered, said and yes.

    ``said`` of them gave one of the five answers to a measure and ``yes`` one of the best two. Levels are spelt as the
    list of homes has them where they differ only in signs and capitals. None where answers do not say ``by``.
    """
    columns = said_by(generation, by)
    if columns is None:
        return None
    where = seen(generation.when(wave), tenure_group, scope, (), counted=True).sql("duckdb")
    levels = "".join(
        f"coalesce({quoted(key)}::varchar, {literal(NOT_RECORDED)}) as {quoted(dim)}, "
        for key, dim in zip(columns, by, strict=True)
    )
    code = quoted(measure) if measure in generation.measure_codes else "null"
    found = generation.frame(
        f"select {levels}count(*) as answered, count(*) filter ({code} between 1 and 5) as said, "
        f"count(*) filter ({code} in (4, 5)) as yes from responses where {where} group by all"
    )
    for dim in by:
        usual = {_alike(level): level for level in roll.levels[dim]}
        spelt = [usual.get(_alike(level), level) for level in found[dim]]
        found[dim] = pd.Series(spelt, index=found.index, dtype=object)
    return found.groupby(list(by), sort=False).sum().reset_index() if by and len(found) else found


def _alike(level: str) -> str:
    """A level without what spellings differ in.

    >>> _alike("1–2 Years") == _alike("1 to 2 years"), _alike("75 +") == _alike("75 and over")
    (True, True)
    """
    plain = re.sub(r"(?<=\d)\s*(?:[-–—]|\bto\b)\s*(?=\d)", " to ", level.casefold())
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\+|\band over\b|\bor over\b|\bplus\b", " over", plain)).strip()


def joining(generation: Generation, wave: str, scope: Scope, tenure_group: str) -> tuple[int, int]:
    """Of the answers that count: how many name a home, and how many of those lead to none of the list."""
    where = seen(generation.when(wave), tenure_group, scope, (), counted=True).sql("duckdb")
    ((given, lost),) = generation.rows(
        "select count(*) filter (joined <> 'not named'), count(*) filter (joined <> 'not named' and home is null) "
        f"from responses where {where}"
    )
    return int(given), int(lost)
