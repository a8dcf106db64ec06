"""The records read: homes, people, samples, complaints, contacts, repairs and hazards, always within a scope.

No function here gives a text as it stands in a file: words leave redacted, by ``data.voices``. Columns are named from
closed lists; values go in as parameters or as literals of the syntax tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd
from sqlglot import exp

from analysis.model import Scope
from analysis.survey.suppression import Rule, withheld_levels
from analysis.text.redaction import RedactionRules, redact
from analysis.text.tidy import tidy
from data.generation import Generation, NotHeld
from data.selection import NOT_RECORDED, inside, literal, quoted

GIVES_AWAY = "it would give away a group with few people"
STRICT_BASE = 20  # people: fewer of a special category are never told (house rule, stricter than for answers)
EVENTS: Mapping[str, str] = {  # the day that says when a record of a kind happened
    "complaints": "made", "contacts": "day", "repairs": "raised", "hazards": "reported",
}  # fmt: skip
COMPLAINT_COLUMNS = (
    "reference", "complaint", "stage", "made", "acknowledged", "extended_to", "responded", "refused", "withdrawn",
    "route", "category", "record_type", "estate", "block", "tenure", "tenure_group", "promise_due", "promise_done",
)  # fmt: skip
HAZARD_COLUMNS = (
    "reference", "reported", "kind", "severity", "investigation_due", "inspected", "summary_sent", "made_safe",
    "no_access_1", "no_access_2", "no_access_3", "estate", "block", "tenure", "tenure_group",
)  # fmt: skip
HOME_WAYS = ("tenure_group", "estate", "block", "tenure", "property_type", "bedrooms", "area")
CONTACT_WAYS = ("channel", "direction", "reason", "route", "outcome", "listening", "estate", "tenure", "tenure_group")
REPAIR_WAYS = ("estate", "block", "priority", "category", "communal", "tenure", "tenure_group")
PEOPLE_WAYS = ("estate", "tenure", "tenure_group", "age_band", "preferred_channel", "language", "length_of_tenancy")
SAMPLE_WAYS = ("outcome", "method", "estate", "tenure", "tenure_group", "stratum")


# ── Complaints and hazards, row by row ───────────────────────────────────────────────────────────


def complaint_rows(
    generation: Generation,
    scope: Scope,
    since: date | None = None,
    until: date | None = None,
    unanswered: bool = False,
) -> pd.DataFrame:
    """A row for every stage of every complaint made in a period, without its words (COMPLAINT_COLUMNS)."""
    where = _where("made", scope, since, until) + (" and responded is null" if unanswered else "")
    return generation.frame(f"select {_columns(COMPLAINT_COLUMNS)} from complaints where {where} order by made, row")


def promise_rows(
    generation: Generation, scope: Scope, rules: RedactionRules | None = None, unkept: bool = False
) -> pd.DataFrame:
    """A row for every stage whose reply held a promise, or of those not kept yet.

    ``promise`` has its words with personal details taken out or, without rules to redact by, nothing.
    """
    promised = "(promise is not null or promise_due is not null or promise_done is not null)"
    if unkept:
        promised += " and promise_done is null"
    found = generation.frame(
        f"select {_columns(COMPLAINT_COLUMNS)}, promise from complaints where {_inside(scope)} and {promised} "
        "order by promise_due nulls last, reference"
    )
    said = [redact(tidy(text), rules).text if rules and isinstance(text, str) else "" for text in found["promise"]]
    return found.assign(promise=pd.Series(said, index=found.index, dtype=object))


def hazard_rows(
    generation: Generation, scope: Scope, open_only: bool = False, since: date | None = None, until: date | None = None
) -> pd.DataFrame:
    """A row a hazard case, without its words, emergencies first and then the oldest (HAZARD_COLUMNS).

    ``open_only``: those not made safe yet.
    """
    where = _where("reported", scope, since, until) + (" and made_safe is null" if open_only else "")
    return generation.frame(
        f"select {_columns(HAZARD_COLUMNS)} from hazards where {where} "
        "order by severity is distinct from 'emergency', severity is distinct from 'significant', reported nulls last, "
        "reference"
    )


# ── Counts ───────────────────────────────────────────────────────────────────────────────────────


def homes_by(
    generation: Generation, scope: Scope, dims: tuple[str, ...] = ("tenure_group", "estate", "tenure")
) -> pd.DataFrame:
    """Dwellings counted by dims: columns dims…, homes. Garages, shops and land are no dwellings; empty homes are.

    Raises NotHeld for a way that homes are not counted by.
    """
    return generation.frame(
        f"select {_named(dims, HOME_WAYS)} count(*) as homes from homes where {_inside(scope)} "
        "and dwelling is distinct from false group by all"
    )


def homes_as_at(generation: Generation) -> date | None:
    """The day the list of homes is as at, or None where it does not say."""
    ((day,),) = generation.rows("select max(as_at) from homes")
    return _day(day)


def contact_counts(
    generation: Generation,
    scope: Scope,
    dims: tuple[str, ...] = ("month", "channel"),
    since: date | None = None,
    until: date | None = None,
    listening: bool = True,
) -> pd.DataFrame:
    """Contacts counted by dims (also "month", its first day): columns dims…, n.

    ``listening`` leaves out those in which nobody listened: arrears campaigns, the wrong person on the telephone.
    """
    where = _where("day", scope, since, until) + (" and listening is distinct from false" if listening else "")
    return generation.frame(
        f"select {_named(dims, CONTACT_WAYS, 'day')} count(*) as n from contacts where {where} group by all"
    )


def homes_with_repairs(generation: Generation, scope: Scope, tenure_group: str, begun: date, ended: date) -> int:
    """Homes of a tenure group with a repair raised in a period that was not cancelled; communal jobs are of no home."""
    ((number,),) = generation.rows(
        f"select count(distinct home) from repairs where {_inside(scope)} and tenure_group = {literal(tenure_group)} "
        "and home is not null and raised between ? and ? and cancelled is distinct from true",
        [begun, ended],
    )
    return int(number)


def repair_counts(
    generation: Generation,
    scope: Scope,
    dims: tuple[str, ...] = ("month", "estate", "priority"),
    since: date | None = None,
    until: date | None = None,
    by: str = "raised",
) -> pd.DataFrame:
    """Repairs counted by dims (also "month"), placed in time by the day ``raised`` or ``completed``.

    Columns dims…, n, cancelled, completed, timed (completed, with a target day known) and in_time (of those timed). A
    cancelled repair is in n and cancelled only.
    """
    if by not in ("raised", "completed"):
        raise NotHeld(f"Repairs are placed in time by the day raised or completed, not {by!r}.")
    done = "completed is not null and cancelled is distinct from true"
    return generation.frame(
        f"select {_named(dims, REPAIR_WAYS, by)} count(*) as n, count(*) filter (cancelled) as cancelled, "
        f"count(*) filter ({done}) as completed, count(*) filter ({done} and due is not null) as timed, "
        f"count(*) filter ({done} and completed <= due) as in_time from repairs "
        f"where {_where(by, scope, since, until)} group by all"
    )


def people_counts(
    generation: Generation,
    scope: Scope,
    smallest_base: int,
    on: date,
    dims: tuple[str, ...] = (),
    outside: bool = False,
) -> pd.DataFrame:
    """How the tenancies running on a day can be reached, by dims: never a person, never an address.

    Columns dims…, tenancies, email, mobile, portal, none_known (neither), adjustment, do_not_contact and withheld: the
    reason where there are fewer than ``smallest_base`` tenancies; the numbers are then missing. ``outside`` the
    landlord the next smallest are withheld too where a handful could be worked out from the total by ``dims[:-1]``.
    """
    each = "coalesce(tenancy_ref, home, reference)"
    flags = ("email", "mobile", "portal", "adjustment", "do_not_contact")
    any_of = ", ".join(f"bool_or(coalesce({flag}, false)) as {flag}" for flag in flags)
    ways = _named(dims, PEOPLE_WAYS)
    names = "".join(f"{quoted(key)}, " for key in dims)
    counted = generation.frame(
        f"with tenancies as (select {ways} {each} as tenancy, {any_of} from people where {_inside(scope)} and "
        "(start_day is null or start_day <= ?) and (end_day is null or end_day >= ?) group by all) "
        f"select {names} count(*) as tenancies, "
        + ", ".join(f"count(*) filter ({flag}) as {flag}" for flag in flags)
        + ", count(*) filter (not (email or mobile or portal)) as none_known from tenancies group by all",
        [on, on],
    )
    shown = _withheld(counted, "tenancies", smallest_base, f"fewer than {smallest_base} tenancies", dims)
    if not outside or len(dims) < 2 or counted.empty:
        return shown
    parts = [rows for _, rows in counted.groupby(list(dims[:-1]))]
    return pd.concat([_with_company(rows, shown.loc[rows.index], "tenancies", smallest_base, dims) for rows in parts])


def special_counts(generation: Generation, key: str, scope: Scope, on: date, fewest: int = STRICT_BASE) -> pd.DataFrame:
    """How many people there are of each kind of one special category: the only road to those columns.

    Columns level, people, withheld. Fewer than 20 (or ``fewest``, where that is more) are never told; where that hides
    a single group, or fewer than so many people in all, the next smallest is hidden too, so that the total gives
    nothing away. For equality monitoring only: no rows, no other dimension, no filter but the scope. Raises NotHeld for
    a column that is not held as one.
    """
    held = special_columns(generation)
    if key not in held:
        raise NotHeld(f"No special category '{key}' is held. Held are: {', '.join(held) or 'none'}.")
    column = f"coalesce({quoted(key)}::varchar, '{NOT_RECORDED}')"
    counted = generation.frame(
        f"select {column} as level, count(distinct reference) as people from people where {_inside(scope)} and "
        "(start_day is null or start_day <= ?) and (end_day is null or end_day >= ?) group by 1 order by 2 desc, 1",
        [on, on],
    )
    least = max(fewest, STRICT_BASE)
    shown = _withheld(counted, "people", least, f"fewer than {least} people", ("level",))
    return _with_company(counted, shown, "people", least, ("level",))


def special_columns(generation: Generation) -> tuple[str, ...]:
    """The special categories held of people: none, unless settings name the policy document that allows it."""
    found = generation.rows("describe people")
    return tuple(name for (name, *_) in found if name.startswith("c_"))


# ── Who was asked and who answered ───────────────────────────────────────────────────────────────


def sample_outcomes(
    generation: Generation, wave: str, scope: Scope, dims: tuple[str, ...] = ("outcome",)
) -> pd.DataFrame:
    """The issued sample of a wave (of every wave inside a period) counted by dims: columns dims…, n."""
    return generation.frame(
        f"select {_named(dims, SAMPLE_WAYS)} count(*) as n from sample "
        f"where {_inside(scope)} and wave in (select unnest(?)) group by all",
        [list(generation.waves_in(wave))],
    )


# ── What is new ──────────────────────────────────────────────────────────────────────────────────


def newest(generation: Generation, scope: Scope) -> dict[str, date]:
    """The day of the newest response, complaint, contact, repair and hazard held; a kind without any is left out.

    Kept when a reader looks, it says next time what is new to them.
    """
    days = [(kind, f"max({quoted(day)})") for kind, day in _EVERY.items()]
    each = ", ".join(f"(select {day} from {kind} where {_inside(scope)})" for kind, day in days)
    (found,) = generation.rows(f"select {each}")
    return {kind: day for (kind, _), value in zip(days, found, strict=True) if (day := _day(value))}


def record_days(generation: Generation, scope: Scope, kinds: Iterable[str] = EVENTS) -> tuple[date, date] | None:
    """The first and the last day on which a complaint, contact, repair or hazard (or one of ``kinds``) is dated."""
    days = [day for kind in kinds for day in _first_and_last(generation, scope, kind) if day]
    return (min(days), max(days)) if days else None


def _first_and_last(generation: Generation, scope: Scope, kind: str) -> tuple[date | None, date | None]:
    day = quoted(EVENTS[kind])
    ((first, last),) = generation.rows(f"select min({day}), max({day}) from {kind} where {_inside(scope)}")
    return _day(first), _day(last)


def new_since(generation: Generation, scope: Scope, since: date | Mapping[str, date]) -> dict[str, int]:
    """How many responses, comments, complaints, contacts, repairs and hazards are dated later than a day.

    ``since`` is one day, or a day for each kind as ``newest`` gave them; of a kind without a day everything is new.
    """
    marks = dict.fromkeys(_EVERY, since) if isinstance(since, date) else {kind: since.get(kind) for kind in _EVERY}
    parts, values = [], []
    for kind, day in _EVERY.items():
        mark = marks[kind] or date.min
        later = f"{_inside(scope)} and {quoted(day)} > ?"
        parts.append(f"(select count(*) from {kind} where {later})")
        values.append(mark)
    wrote = (
        "(select count(*) from comments c join responses r on r.wave::varchar = c.wave and r.respondent = c.respondent "
        f"where {_inside(scope)} and r.date > ?)"
    )
    (found,) = generation.rows(f"select {', '.join([*parts, wrote])}", [*values, marks["responses"] or date.min])
    return dict(zip([*_EVERY, "comments"], map(int, found), strict=True))


_EVERY = {"responses": "date", **EVENTS}


# ── Parts of a query ─────────────────────────────────────────────────────────────────────────────


def _inside(scope: Scope) -> str:
    return inside(scope).sql("duckdb")


def _where(day: str, scope: Scope, since: date | None, until: date | None) -> str:
    parts: list[exp.Expr] = [inside(scope)]
    column = exp.column(day, quoted=True)
    if since:
        parts.append(exp.GTE(this=column, expression=exp.cast(exp.Literal.string(since.isoformat()), "date")))
    if until:
        parts.append(exp.LTE(this=column, expression=exp.cast(exp.Literal.string(until.isoformat()), "date")))
    return exp.and_(*parts).sql("duckdb")


def _columns(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _named(dims: tuple[str, ...], ways: tuple[str, ...], day: str = "") -> str:
    """Dimensions from a closed list as text, blanks called "not recorded"; a month is its first day."""
    parts = []
    for key in dims:
        if key == "month" and day:
            parts.append(f"date_trunc('month', {quoted(day)})::date as month, ")
        elif key in ways:
            parts.append(f"coalesce({quoted(key)}::varchar, '{NOT_RECORDED}') as {quoted(key)}, ")
        else:
            held = ", ".join((*(("month",) if day else ()), *ways))
            raise NotHeld(f"These are not counted by '{key}', only by {held}.")
    return "".join(parts)


def _withheld(counted: pd.DataFrame, of: str, fewest: int, reason: str, dims: tuple[str, ...]) -> pd.DataFrame:
    """The counts with those of a handful missing, and why."""
    few = counted[of] < fewest
    numbers = [name for name in counted.columns if name not in dims]
    shown = counted.astype(dict.fromkeys(numbers, "Int64"))
    shown.loc[few, numbers] = pd.NA
    return shown.assign(withheld=pd.Series([reason if hidden else None for hidden in few], dtype=object))


def _with_company(
    counted: pd.DataFrame, shown: pd.DataFrame, of: str, fewest: int, dims: tuple[str, ...]
) -> pd.DataFrame:
    """Where a single group is hidden, or groups of so few people together, the smallest others are hidden too."""
    few = shown["withheld"].notna().to_numpy()
    more = withheld_levels(counted[[of]].to_numpy(np.int64), Rule(fewest, yes=0), also=few) & ~few
    found = shown.copy()
    found.loc[more, [name for name in counted.columns if name not in dims]] = pd.NA
    found.loc[more, "withheld"] = GIVES_AWAY
    return found


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
