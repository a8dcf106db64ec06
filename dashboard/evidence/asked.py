"""What is asked of a pack: with the generation and the settings, all that it takes to make it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analysis.model import Audience, Filters


@dataclass(frozen=True)
class PackAsked:
    """One pack as asked for. ``clock`` is the moment it says it was made, and the day everything in it is known on.

    ``groups``: the tenure groups it tells of, apart; ``filters``: an estate or a tenure it is narrowed to;
    ``sections``: the parts by key, in order; ``who``: the name as given of who made it, which nobody checked.
    ``log_until``: the moment the log of requests is told up to, where that is not the clock.
    """

    kind: str
    wave: str
    groups: tuple[str, ...]
    audience: Audience
    clock: datetime
    sections: tuple[str, ...]
    filters: Filters = ()
    who: str = ""
    log_until: datetime | None = None
