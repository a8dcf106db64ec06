"""What people do with requests for information or evidence, in the store in use. Page and command line."""

from __future__ import annotations

from datetime import UTC, datetime, time

from dashboard import actions
from data.packs.requests import Requests
from data.settings import Settings


def requests_in_use(settings: Settings) -> Requests:
    """The requests of the store the pages read."""
    return Requests(actions.store_in_use(settings).folder)


def now(settings: Settings) -> datetime:
    """This moment; for the invented landlord the beginning of the day its story stands at, so that packs hold it."""
    if actions.store_in_use(settings).kind == "sample":
        return datetime.combine(actions.today(settings), time(0), UTC)
    return datetime.now(UTC)
