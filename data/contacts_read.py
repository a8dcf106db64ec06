"""Contacts that sound dissatisfied and that a person has read: whether a complaint was offered. Kept in the ledger.

A later word about the same contact replaces an earlier one; taking it back leaves the contact to be read again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from analysis.model import ContactRead
from analysis.unoffered import ANSWERS
from data.corrections import name_given
from data.ledger import Ledger

READ, TAKE_BACK = "contact read", "contact read taken back"


class ContactsRead:
    """What people said of the contacts of one store."""

    def __init__(self, folder: Path) -> None:
        self._ledger = Ledger(folder)

    def say(self, contact: str, answer: str, who: str, now: datetime | None = None) -> ContactRead:
        """Keep what a person said after reading a contact; ``answer`` is one of ``analysis.unoffered.ANSWERS``.

        Raises CannotCorrect without a name, ValueError for another answer.
        """
        if answer not in ANSWERS:
            raise ValueError(f"'{answer}' is no answer. Expected one of {', '.join(ANSWERS)}.")
        entry = self._ledger.record(READ, {"contact": contact, "answer": answer, "by": name_given(who)}, now)
        return ContactRead(contact, answer, _day(entry.at), str(entry.detail["by"]))

    def take_back(self, contact: str, who: str) -> bool:
        """Forget what was said of a contact: it is to be read again. Whether there was anything to forget."""
        by = name_given(who)
        there = contact in self.said()
        if there:
            self._ledger.record(TAKE_BACK, {"contact": contact, "by": by})
        return there

    def said(self) -> dict[str, ContactRead]:
        """What stands of each contact that was read, the latest last."""
        found: dict[str, ContactRead] = {}
        for line in self._ledger.of(READ, TAKE_BACK):
            contact = str(line.detail["contact"])
            found.pop(contact, None)
            if line.action == READ:
                found[contact] = ContactRead(contact, str(line.detail["answer"]), _day(line.at), str(line.detail["by"]))
        return found


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(UTC).date()
