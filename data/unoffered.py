"""Contacts of tenants set beside the complaints of the same household: whether one followed, and when. No words leave.

A complaint is looked for among all that are held, whatever the scope: no more of it is told than its day.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.handling import SERVICE_REQUEST
from analysis.model import Scope
from analysis.unoffered import TOPICS
from data.generation import Generation
from data.merging.references import alike
from data.selection import inside, literal
from data.voices import TONE, record_id

KIND = "contacts"


def tenants_contacts(generation: Generation, scope: Scope, readings: str, begun: date, ended: date) -> pd.DataFrame:
    """A row for each contact of a tenant in a period in which somebody listened and words were kept.

    Columns as ``analysis.unoffered.COLUMNS`` and tenure and tenure_group. A contact not known to be ours counts as the
    tenant's. A tenancy's reference joins only where complaints give one.
    """
    return generation.frame(
        f"with t as ({_contacts(scope, readings)}), m as ({_complaints()}), hits as ({_hit('home')} union all "
        f"{_hit('tenancy')}), h as (select comment_id, min(made) as complaint, bool_or(open) as open from hits "
        "group by 1) select t.* exclude (home, tenancy), h.complaint, coalesce(h.open, false) as open, "
        "t.home is not null or (t.tenancy is not null and exists (select 1 from m where m.tenancy is not null)) "
        "as joined from t left join h using (comment_id) order by t.day, comment_id",
        [begun, ended],
    )


def complaints_known_until(generation: Generation, today: date) -> date | None:
    """The day up to which complaints are known of: that the newest file was taken in; None where none are held."""
    if not generation.held_rows()["complaints"]:
        return None
    return min([today, *(file.day for file in generation.files() if file.holds == "complaints")][:2])


def complaints_of_nobody(generation: Generation, begun: date, ended: date) -> int:
    """How many complaints of a period name neither a home we hold nor a tenancy: whose they were is not known."""
    ((number,),) = generation.rows(
        "select count(*) from complaints where made between ? and ? and home is null and tenancy_ref is null "
        f"and record_type is distinct from {literal(SERVICE_REQUEST)}",
        [begun, ended],
    )
    return int(number)


def _contacts(scope: Scope, readings: str) -> str:
    ill = ", ".join(literal(topic) for topic in TOPICS)
    spoken = "list_transform(list_filter(v.topics, lambda t: t.polarity = 'negative'), lambda t: t.topic)"
    return (
        f"select {record_id(KIND, 'v')} as comment_id, {_contact('v')} as contact, "
        "v.day, v.channel, v.estate, v.tenure, v.tenure_group, v.home, "
        f"{alike('v.tenancy_ref')} as tenancy, coalesce(v.tenancy_ref, v.home, v.reference) as who, {TONE} as tone, "
        f"coalesce(list_has_any({spoken}, [{ill}]), false) and coalesce(v.set_aside, '') = '' as speaks_ill "
        "from (select c.*, g.redacted, g.tone, g.confidence, g.topics, g.set_aside from contacts c "
        f"left join ({readings}) g on g.text_key = c.text_key where {inside(scope).sql('duckdb')} "
        "and c.text is not null and c.listening is distinct from false and c.direction is distinct from 'out' "
        "and c.day between ? and ?) v"
    )


def _contact(rows: str) -> str:
    """SQL for what a person's word about a contact is kept under: no row of a file, which the next file changes."""
    return f"md5(concat_ws('|', {rows}.reference, {rows}.day, {rows}.text_key))[:12]"


def _complaints() -> str:
    return (
        f"select home, {alike('tenancy_ref')} as tenancy, made, responded, withdrawn from complaints "
        f"where made is not null and record_type is distinct from {literal(SERVICE_REQUEST)}"
    )


def _hit(what: str) -> str:
    """Complaints of a contact's home or tenancy: the first not before it, and whether an earlier one was open then."""
    return (
        "select t.comment_id, min(m.made) filter (m.made >= t.day) as made, coalesce(bool_or(m.made < t.day and "
        "coalesce(m.responded >= t.day, true) and m.withdrawn is distinct from true), false) as open "
        f"from t join m on m.{what} = t.{what} group by 1"
    )
