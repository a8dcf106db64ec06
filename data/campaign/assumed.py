"""What callers had assumed that was wrong: kept without a home, a caller or a day, and read by somebody before a room.

Personal details are taken out before it is kept. See data/campaign/notebook.py for why nothing can be laid beside it.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from analysis.model.campaign import Assumption
from analysis.text.reading import read
from analysis.text.redaction import redact
from analysis.text.tidy import tidy
from data.campaign.notebook import CannotCampaign, exists, name_of, notebook, writing
from data.campaign.register import campaign_register
from data.language import load_language, load_redaction
from data.ledger import Ledger

WAITING, APPROVED, KEPT_BACK = "waiting", "approved", "kept back"
LONGEST = 500  # letters


class Assumptions:
    """What had been assumed in the campaigns of one store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, campaign: int, text: str, now: datetime | None = None) -> None:
        """Keep one, under its campaign and month only.

        Raises CannotCampaign where it is too long, where it seems to tell of a danger (which nobody could act on here,
        since nothing says where it is), or where the campaign is not there.
        """
        said = tidy(text).strip()
        if not said:
            return
        if len(said) > LONGEST:
            raise CannotCampaign(f"Say it in at most {LONGEST} letters; it has {len(said)}.")
        if read(said, "", load_language()).danger is not None:
            raise CannotCampaign(
                "This seems to tell of a danger. Nothing links it to a home here, so nobody could act on it: pass it "
                "on with the first button instead. It has not been kept."
            )
        month = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m")
        with writing(self.folder) as book:
            if not book.execute("select 1 from campaigns where campaign = ?", (campaign,)).fetchone():
                raise CannotCampaign(f"There is no campaign {campaign}.")
            book.execute(
                "insert into assumptions values (?, ?, ?, ?, ?)",
                (secrets.token_hex(16), campaign, month, redact(said, load_redaction()).text, WAITING),
            )

    def to_read(self) -> tuple[Assumption, ...]:
        """Those waiting for somebody to read them, mixed. A handful of a running campaign waits for more."""
        fewest = campaign_register().rules["fewest_assumptions"]
        return self._found(
            "a.state = 'waiting' and (c.closed != '' or (select count(*) from assumptions o where "
            f"o.campaign = a.campaign and o.month = a.month) >= {int(fewest)})"
        )

    def waiting(self) -> int:
        """How many nobody has read yet, those that wait for more among them."""
        return len(self._found("a.state = 'waiting'"))

    def approved(self) -> tuple[Assumption, ...]:
        """Those a room may see, mixed."""
        return self._found("a.state = 'approved'")

    def kept_back(self) -> tuple[Assumption, ...]:
        """Those somebody read and kept from the room, mixed."""
        return self._found("a.state = 'kept back'")

    def decide(self, mark: str, approve: bool, who: str, now: datetime | None = None) -> None:
        """Let a room see one, or keep it back; it can be decided anew. Raises CannotCampaign where it is not there."""
        by = name_of(who)
        state = APPROVED if approve else KEPT_BACK
        with writing(self.folder) as book:
            if not book.execute("update assumptions set state = ? where mark = ?", (state, mark)).rowcount:
                raise CannotCampaign("That is not there any more.")
        Ledger(self.folder).record("read assumption", {"mark": mark, "state": state, "who": by}, now)

    def _found(self, where: str) -> tuple[Assumption, ...]:
        if not exists(self.folder):
            return ()
        with notebook(self.folder) as book:
            rows = book.execute(
                "select a.mark, c.name, a.month, a.text, a.state from assumptions a join campaigns c using (campaign) "
                f"where {where} order by a.mark"
            ).fetchall()
        return tuple(Assumption(*row) for row in rows)
