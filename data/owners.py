"""Who owns each kind of file and each rule, and by when: the register proposes, the landlord changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data.columns.faults import rules
from data.columns.kinds import kinds
from data.notebook import opened

FILE, RULE = "file", "rule"
EVERY = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "year": (3,)}  # months at whose end a period closes
DAYS_TO_MEND = 10  # from the day a fault came in, unless the landlord says otherwise
_SCHEMA = (
    "create table if not exists owners (subject text primary key, owner text not null, email text not null, "
    "due_every text not null, due_days integer not null)"
)


class NoSuchCharge(ValueError):
    """A kind of file or a rule was named that is not there, or a due date that means nothing."""


@dataclass(frozen=True)
class Charge:
    """One thing somebody answers for. ``due_every`` "month", "quarter" or "year" and ``due_days`` after its end for a
    file; for a rule "" and the days from the moment a fault came in."""

    subject: str  # a kind of file ("homes") or a rule ("bad_date")
    of: str  # FILE or RULE
    label: str
    owner: str
    email: str
    due_every: str
    due_days: int
    changed: bool = False


class Owners:
    """The owners of one store, changed on screen and kept beside it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "owners.sqlite"

    def charges(self) -> tuple[Charge, ...]:
        """Every kind of file and then every rule, with its owner."""
        changed = {subject: said for subject, *said in self._changed()}
        return tuple(_with(charge, changed.get(charge.subject)) for charge in proposed())

    def charge(self, subject: str) -> Charge:
        """The charge of one kind of file or rule. Raises NoSuchCharge naming it."""
        for charge in self.charges():
            if charge.subject == subject:
                return charge
        raise NoSuchCharge(f"There is no kind of file and no rule called '{subject}'.")

    def change(self, subject: str, owner: str, email: str, due_every: str, due_days: int) -> Charge:
        """Give a charge to somebody. Raises NoSuchCharge where any of it means nothing."""
        held = self.charge(subject)
        allowed = ("",) if held.of == RULE else tuple(EVERY)
        if due_every not in allowed or not 0 <= due_days <= 366:
            raise NoSuchCharge(f"Due is every {', '.join(EVERY)}, 0 to 366 days after; for a rule only the days.")
        if not owner.strip():
            raise NoSuchCharge("An owner is needed: a person or a team.")
        if email.strip() and not _is_address(email.strip()):
            raise NoSuchCharge(f"'{email}' is not one e-mail address.")
        with opened(self._file, _SCHEMA) as connection:
            said = (subject, owner.strip(), email.strip(), due_every, due_days)
            connection.execute("insert or replace into owners values (?, ?, ?, ?, ?)", said)
        return self.charge(subject)

    def forget(self, subject: str) -> Charge:
        """Go back to the register's proposal."""
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("delete from owners where subject = ?", (subject,))
        return self.charge(subject)

    def _changed(self) -> list[tuple[str, str, str, str, int]]:
        if not self._file.exists():
            return []
        with opened(self._file, _SCHEMA) as connection:
            return connection.execute("select subject, owner, email, due_every, due_days from owners").fetchall()


def proposed() -> tuple[Charge, ...]:
    """Every charge as the registers propose it."""
    files = [Charge(kind.key, FILE, kind.label, kind.owner, "", kind.due_every, kind.due_days) for kind in kinds()]
    faults = [Charge(rule.id, RULE, rule.what, rule.owner, "", "", DAYS_TO_MEND) for rule in rules().values()]
    return (*files, *faults)


def due_dates(charge: Charge, since: date, today: date) -> tuple[date, ...]:
    """The days after ``since`` and up to today on which a file of this kind was due, oldest first.

    A file taken in on a day holds what happened up to that day: the period that closes on or after it needs another.
    """
    months = EVERY[charge.due_every]
    ends = [end for end in _month_ends(since, today) if end.month in months]
    due = (end + timedelta(days=charge.due_days) for end in ends)
    return tuple(day for day in due if day <= today)


def next_due(charge: Charge, today: date) -> date:
    """The next day on which a file of this kind is due."""
    months = EVERY[charge.due_every]
    later = _month_ends(today - timedelta(days=charge.due_days + 1), today + timedelta(days=400))
    return next(due for end in later if end.month in months and (due := end + timedelta(days=charge.due_days)) > today)


def _month_ends(since: date, until: date) -> Iterator[date]:
    """Ends of months from ``since`` on, up to ``until``."""
    year, month = since.year, since.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end > until:
            return
        if end >= since:
            yield end


def _with(charge: Charge, said: list[object] | None) -> Charge:
    if said is None:
        return charge
    owner, email, due_every, due_days = said
    return replace(
        charge, owner=str(owner), email=str(email), due_every=str(due_every), due_days=int(str(due_days)), changed=True
    )


def _is_address(text: str) -> bool:
    name, _, host = text.partition("@")
    return bool(name) and "." in host and not any(sign in text for sign in " ,;<>\r\n\t") and "@" not in host
