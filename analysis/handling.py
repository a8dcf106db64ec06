"""How complaints were handled against the Complaint Handling Code's clocks: in time or not, and what is owed next.

A row of the frames here is one stage of one complaint, with the columns of the table of complaints. The clocks are
handed in; their sources stand in the register of the Code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.calendar import NO_DAY, Days, WorkingDays, as_days
from analysis.model import Due, Group, StageClock, Timeliness

STAGES = (1, 2)
STAGE_WORDS = {1: "stage one", 2: "stage two"}
SERVICE_REQUEST = "service request"

WITHOUT, WITHIN, LATE, OVERDUE, NOT_YET, WITHDRAWN, AT_ODDS = (
    "without_extension", "within_extension", "late", "overdue", "not_yet_due", "withdrawn", "at_odds"
)  # fmt: skip
OWED = (
    "reference", "complaint", "stage", "what", "deadline", "last_day", "reply_by", "left", "made", "estate", "category",
    "route",
)  # fmt: skip
ENDS = (WITHOUT, WITHIN, LATE, OVERDUE, NOT_YET, WITHDRAWN, AT_ODDS)


def accepted(rows: pd.DataFrame) -> pd.DataFrame:
    """The complaints among the rows: no service requests, none that was refused; those withdrawn were made."""
    request = rows["record_type"].eq(SERVICE_REQUEST).fillna(False).astype(bool)
    return rows[~request & ~yes(rows["refused"]) & rows["stage"].isin(STAGES)]


def judged(rows: pd.DataFrame, days: WorkingDays, clocks: Sequence[StageClock], as_of: date) -> pd.DataFrame:
    """The rows with the Code's days and what became of each.

    Adds acknowledge_by, reply_by (without an extension), last_day (with one, where agreed to), end (one of ENDS) and
    took (working days from receipt to reply). A reply's clock runs from the acknowledgement, but never from later than
    the day the acknowledgement was due: the latest reply in time is 5 + 10 working days after receipt at stage one.
    """
    made, told, agreed, said = (as_days(rows[name]) for name in ("made", "acknowledged", "extended_to", "responded"))
    said = np.where(said > np.datetime64(as_of, "D"), NO_DAY, said)
    acknowledge_by, reply_by, latest = _deadlines(rows, made, told, days, clocks)
    last_day = np.fmax(reply_by, np.minimum(agreed, latest))  # no day agreed to: minimum() stays missing
    found = rows.assign(
        made=made,
        acknowledged=told,
        responded=said,
        acknowledge_by=acknowledge_by,
        reply_by=reply_by,
        last_day=last_day,
        took=days.between(made, said),
    )
    return found.assign(end=_ends(found, as_of))


def _deadlines(
    rows: pd.DataFrame, made: Days, told: Days, days: WorkingDays, clocks: Sequence[StageClock]
) -> tuple[Days, Days, Days]:
    """Last days to acknowledge, to reply without an extension, and to reply with the longest one permitted."""
    acknowledge_by, reply_by, latest = (np.full(len(rows), NO_DAY) for _ in range(3))
    stage, earliest = rows["stage"].to_numpy(), min(clock.first_day for clock in clocks)
    for clock in sorted(clocks, key=lambda each: each.first_day):
        here = stage == clock.stage
        if clock.first_day > earliest:
            here &= made >= np.datetime64(clock.first_day, "D")
        acknowledge_by[here] = days.after(made[here], clock.acknowledge)
        # An acknowledgement dated before the complaint is a slip: the clock cannot start before the complaint does.
        start = np.fmin(np.fmax(told[here], made[here]), acknowledge_by[here])
        start = np.where(np.isnat(told[here]), acknowledge_by[here], start)
        reply_by[here] = days.after(start, clock.reply)
        latest[here] = days.after(reply_by[here], clock.extension)
    return acknowledge_by, reply_by, latest


def _ends(rows: pd.DataFrame, as_of: date) -> pd.Series:
    """What became of each complaint, by the day looked at."""
    said, last = rows["responded"], rows["last_day"]
    answered = said.notna()
    cases = (
        (answered & (said < rows["made"]), AT_ODDS),
        (answered & (said <= rows["reply_by"]), WITHOUT),
        (answered & (said <= last), WITHIN),
        (answered, LATE),
        (yes(rows["withdrawn"]), WITHDRAWN),
        (last < pd.Timestamp(as_of), OVERDUE),
    )
    chosen = np.select([case.to_numpy(bool) for case, _ in cases], [end for _, end in cases], NOT_YET)
    return pd.Series(chosen, index=rows.index, dtype=object)


def timeliness(rows: pd.DataFrame, stage: int, fewest: int = 0, code: str = "", group: Group = ()) -> Timeliness:
    """How quickly judged complaints of one stage were answered: the parts add up to those made."""
    made = len(rows)
    reason = f"no {STAGE_WORDS[stage]} complaints were made" if not made else None
    if 0 < made < fewest:
        reason = f"fewer than {fewest} {STAGE_WORDS[stage]} complaints"
    if reason:
        return Timeliness(code, stage, group, made, withheld=reason)
    ends = {end: int((rows["end"] == end).sum()) for end in ENDS}
    in_time, due = ends[WITHOUT] + ends[WITHIN], made - ends[NOT_YET]
    took = rows["took"][rows["end"].isin((WITHOUT, WITHIN, LATE))]
    return Timeliness(
        code,
        stage,
        group,
        made,
        without_extension=ends[WITHOUT],
        within_extension=ends[WITHIN],
        late=ends[LATE],
        overdue=ends[OVERDUE],
        not_yet_due=ends[NOT_YET],
        withdrawn=ends[WITHDRAWN],
        at_odds=ends[AT_ODDS],
        acknowledged_in_time=int((rows["acknowledged"] <= rows["acknowledge_by"]).sum()),
        not_acknowledged=int(rows["acknowledged"].isna().sum()),
        median_days=float(took.median()) if len(took) else None,
        share=in_time / made,
        share_without=ends[WITHOUT] / made,
        share_within=ends[WITHIN] / made,
        share_of_due=in_time / due if due else None,
    )


# ── What is owed next ────────────────────────────────────────────────────────────────────────────


def due(rows: pd.DataFrame, today: date, days: WorkingDays, clocks: Sequence[StageClock]) -> tuple[Due, ...]:
    """Complaints without a reply and the next thing owed on each, the longest overdue first."""
    found = judged(accepted(rows[rows["made"].notna()]), days, clocks, today)
    open_now = found[found["end"].isin((OVERDUE, NOT_YET))]
    acknowledged = open_now["acknowledged"].notna() & (open_now["acknowledged"] <= pd.Timestamp(today))
    deadline = open_now["last_day"].where(acknowledged, open_now["acknowledge_by"])
    left = days.between(as_days([today] * len(open_now)), as_days(deadline))
    ordered = open_now.assign(what=acknowledged, deadline=deadline, left=left).sort_values(["deadline", "reference"])
    return tuple(_due(row, today) for row in ordered[[*OWED]].to_dict("records"))


def _due(row: dict[Any, Any], today: date) -> Due:
    deadline, last, reply_by = (row[name].date() for name in ("deadline", "last_day", "reply_by"))
    return Due(
        reference=str(row["reference"]),
        complaint=str(row["complaint"] or row["reference"]),
        stage=int(row["stage"]),
        what="reply" if row["what"] else "acknowledgement",
        deadline=deadline,
        reply_by=last,
        days_left=int(row["left"]),
        overdue=deadline < today,
        extended=last > reply_by,
        made=row["made"].date(),
        estate=_text(row["estate"]),
        category=_text(row["category"]),
        route=_text(row["route"]),
    )


def yes(column: pd.Series) -> pd.Series:
    """A column of yes, no and blank, blank being no."""
    return column.astype("boolean").fillna(False).astype(bool)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
