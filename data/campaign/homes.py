"""The homes a campaign may call, from the list of homes, the tenancies that run, and the campaign's contact file.

No survey answer is looked at here, so that a call list tells nobody who answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from analysis.calendar import months_after
from analysis.model import TENURE_GROUPS, WHOLE_LANDLORD, Scope
from analysis.model.campaign import CALL_WAYS, ToCall
from data.campaign.contacts import Contact, Contacts, plain_reference
from data.campaign.register import campaign_register
from data.generation import Generation
from data.hearing import hearing
from data.merging.references import keys_of_homes
from data.roll import HOMES, NOT_SAID
from data.selection import NOT_RECORDED, inside, literal, quoted

SURVEY = "survey"  # the one channel that is left out: who answered must not be read off a list
SamePerson = Callable[[str, str], str]  # the mark of a name and a number


def homes_to_call(
    generation: Generation,
    scope: Scope,
    contacts: Contacts,
    barred: Mapping[str, frozenset[str]],
    fields: Sequence[str],
    day: date,
    same_person: SamePerson | None = None,
    groups: Sequence[str] = TENURE_GROUPS,
) -> tuple[ToCall, ...]:
    """Every home of a scope, with the reason it may not be called where there is one, by its reference.

    ``barred`` is what ``Campaigns.barred`` gives. The first reason of the register that fits is the one that counts.
    """
    found, heard = _joined(generation, contacts), last_heard(generation, day)
    since = months_after(day, -12) + timedelta(days=1)
    columns = [campaign_register().fields[key] for key in fields]
    made = []
    for row in _homes(generation, scope, day, groups):
        there = _Household(row, found)
        made.append(
            ToCall(
                home=there.home,
                tenancy=there.tenancy,
                cell=tuple((way, str(row[way])) for way in CALL_WAYS),
                name=there.person.name if there.person else "",
                phone=there.person.phone if there.person else "",
                held=tuple(_held(row[f"of_{each.column}"], each.yes_no) for each in columns),
                heard=heard.get(there.home, date.min) >= since,
                left_out=there.left_out(barred, same_person),
            )
        )
    return tuple(made)


def silent_for(homes: Iterable[ToCall], heard: Mapping[str, date], day: date, months: int) -> tuple[ToCall, ...]:
    """The homes from which nobody was heard in so many months, through any channel but surveys."""
    since = months_after(day, -months) + timedelta(days=1)
    return tuple(home for home in homes if heard.get(home.home, date.min) < since)


def last_heard(generation: Generation, day: date) -> dict[str, date]:
    """The last day until ``day`` on which each home was heard through any channel but surveys; never: not there."""
    channels = " union all ".join(
        f"select home, ({row['day']})::date as day from {row['table']} where home is not null and ({row['where']})"
        for row in hearing()["channel"]
        if row["key"] != SURVEY
    )
    found = generation.rows(f"select home, max(day) from ({channels}) where day <= ? group by home", [day])
    return {str(home): last for home, last in found if last is not None}


def standing(generation: Generation, day: date) -> dict[str, tuple[str, bool]]:
    """Each home somebody lives in now: the reference of the tenancy that runs ("": not known), and whether that
    household may be called."""
    return {
        str(row["home"]): (str(row["tenancy"] or ""), not (row["barred"] or row["deceased"]))
        for row in _homes(generation, WHOLE_LANDLORD, day, TENURE_GROUPS)
        if not row["empty"]
    }


def unplaced(generation: Generation, contacts: Contacts, homes: Sequence[ToCall]) -> int:
    """How many rows of a contact file name neither a home on the list nor a tenancy that runs there."""
    keys = {key for (key,) in generation.rows(f"select key from ({keys_of_homes('homes')}) where homes = 1")}
    running = {plain_reference(home.tenancy) for home in homes if home.tenancy}
    return sum(each.home not in keys and each.tenancy not in running for each in contacts.rows)


def _homes(generation: Generation, scope: Scope, day: date, groups: Sequence[str]) -> list[dict[str, Any]]:
    """A row a home: home, tenancy, CALL_WAYS as levels, empty, barred, deceased, and what is held of its tenant."""
    held = sorted({each.column for each in campaign_register().fields.values()})
    of_tenant = ", ".join(f"arg_max({quoted(name)}, {_FIRST}) as {quoted(f'of_{name}')}" for name in held)
    of_homes = ", ".join(f"arg_min({_said(way)}, row) as {way}" for way in ("estate", "tenure"))
    of_people = ", ".join(
        f"arg_max({_said(way)}, {_likely(way)}) as {way}" for way in ("age_band", "length_of_tenancy")
    )
    found = generation.frame(
        f"with h as (select home, {of_homes}, arg_min(occupied, row) as occupied, "
        f"arg_min(tenure_group::varchar, row) as grp from ({HOMES}) where home is not null "
        f"and {inside(scope).sql('duckdb')} group by home), "
        "p as (select * from people where home is not null and (start_day is null or start_day <= $1) "
        "and (end_day is null or end_day >= $1)), "
        f"t as (select home, arg_max(tenancy_ref, {_FIRST}) as tenancy, {of_people}, {of_tenant}, "
        "max(start_day) as begun, bool_or(coalesce(do_not_contact, false) or coalesce(objects, false)) as barred "
        "from p group by home), ever as (select distinct home from people where home is not null), "
        "d as (select s.home, max(w.fieldwork_to) as found from sample s join waves w on w.name = s.wave::varchar "
        "where s.outcome = 'deceased' and s.home is not null group by s.home) "
        f"select h.home, h.estate, h.tenure, t.tenancy, coalesce(t.age_band, {literal(NOT_RECORDED)}) as age_band, "
        f"coalesce(t.length_of_tenancy, {literal(NOT_RECORDED)}) as length_of_tenancy, "
        "coalesce(t.barred, false) as barred, d.home is not null and coalesce(t.begun, date '1900-01-01') <= d.found "
        "as deceased, h.occupied is not distinct from false or (t.home is null and ever.home is not null) as empty, "
        f"{', '.join(quoted(f'of_{name}') for name in held)} from h left join t on t.home = h.home "
        "left join ever on ever.home = h.home left join d on d.home = h.home "
        "where h.grp in (select unnest($2)) order by h.home",
        [day, list(groups)],
    )
    plain = found.astype(object).where(found.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


# Of several tenants of a home the first named, else whoever moved in last.
_SINCE = "date_diff('day', date '1900-01-01', coalesce(start_day, date '1900-01-01'))"
_FIRST = f"(lead is distinct from false)::int * 10000000 + {_SINCE}"


def _said(way: str) -> str:
    """A characteristic as the call plan has it: blanks, and words for them, are not recorded."""
    text = f"{quoted(way)}::varchar"
    unsaid = f"{text} is null or regexp_matches(lower({text}), {literal(f'^{NOT_SAID.pattern}')})"
    return f"case when {unsaid} then {literal(NOT_RECORDED)} else {text} end"


def _likely(way: str) -> str:
    """Which of several tenants says a characteristic: leading, then saying it, then having moved in last."""
    said = f"({_said(way)} <> {literal(NOT_RECORDED)})::int"
    return f"(lead is distinct from false)::int * 10000000 + {said} * 1000000 + {_SINCE}"


# ── The contact file and the list ────────────────────────────────────────────────────────────────


class _Joined:
    """The people of a contact file by the home and by the tenancy they name."""

    def __init__(self, by_home: Mapping[str, list[Contact]], by_tenancy: Mapping[str, list[Contact]]) -> None:
        self.by_home, self.by_tenancy = by_home, by_tenancy

    def of(self, home: str, tenancy: str) -> list[Contact]:
        found = [*self.by_home.get(home, []), *(self.by_tenancy.get(tenancy, []) if tenancy else [])]
        return sorted({each.row: each for each in found}.values(), key=lambda each: each.row)


def _joined(generation: Generation, contacts: Contacts) -> _Joined:
    asked = f"select key, home from ({keys_of_homes('homes')}) where homes = 1"
    keys = {str(key): str(home) for key, home in generation.rows(asked)}
    by_home: dict[str, list[Contact]] = defaultdict(list)
    by_tenancy: dict[str, list[Contact]] = defaultdict(list)
    for each in contacts.rows:
        if each.home in keys:
            by_home[keys[each.home]].append(each)
        elif each.tenancy:
            by_tenancy[each.tenancy].append(each)
    return _Joined(by_home, by_tenancy)


class _Household:
    """One home with whoever the contact file has there, and why it may not be called."""

    def __init__(self, row: Mapping[str, Any], found: _Joined) -> None:
        self.home, self.tenancy = str(row["home"]), str(row["tenancy"] or "")
        self._row = row
        running = plain_reference(self.tenancy)
        self._there = found.of(self.home, running)
        self._mine = [each for each in self._there if not (each.tenancy and running and each.tenancy != running)]
        self._living = [each for each in self._mine if "deceased" not in each.flags]
        reachable = (each for each in self._living if each.phone and each.name)
        self.person = next(reachable, None) or next(iter(self._living or self._mine), None)

    def left_out(self, barred: Mapping[str, frozenset[str]], same_person: SamePerson | None) -> str:
        """The first reason of the register that fits, or ""."""
        flags = frozenset[str]().union(*(each.flags for each in self._there))
        reasons = {
            "empty": bool(self._row["empty"]),
            "other_tenancy": bool(self._there) and not self._mine,
            "domestic_abuse": "domestic_abuse" in flags,
            "deceased": (bool(self._mine) and not self._living) or bool(self._row["deceased"]),
            "legal_claim": "legal_claim" in flags,
            "harm_open": self.home in barred.get("harm", ()),
            "do_not_contact": bool(self._row["barred"]) or "do_not_contact" in flags,
            "objects": "objects" in flags,
            "refused": self._has_refused(barred, same_person),
            "in_another": self.home in barred.get("busy", ()),
            "no_contact": not self._there,
            "no_number": self.person is None or not (self.person.phone and self.person.name),
        }
        return next((reason for reason in campaign_register().left_out if reasons.get(reason)), "")

    def _has_refused(self, barred: Mapping[str, frozenset[str]], same_person: SamePerson | None) -> bool:
        """A refusal is the household's and the person's: it holds in the same tenancy, and wherever that person is.

        Where the tenancy is not known now or was not then, it holds for the home.
        """
        if self.tenancy and self.tenancy in barred.get("tenancies", ()):
            return True
        alone = self.home in barred.get("homes_alone", ())
        if alone or (not self.tenancy and self.home in barred.get("homes", ())):
            return True
        person, marks = self.person, barred.get("persons", frozenset())
        return bool(marks and person and same_person and same_person(person.name, person.phone) in marks)


def _held(value: Any, yes_no: bool) -> str:
    """A field as the card shows it: the value, or whether it is held; "" where nothing is known."""
    if value is None or value == "":
        return ""
    if yes_no:
        return "yes" if value else ""
    return str(value)
