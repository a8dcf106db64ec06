"""What a search is and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.model import Comment, Filters, Scope
from data.voices import CHANNELS

SURVEY = "survey"
EVERY_CHANNEL = (SURVEY, *(channel for channel, _ in CHANNELS.values()))


@dataclass(frozen=True)
class Search:
    """What to look for, and among which comments.

    ``words`` as ``analysis/searching.py`` reads them, "" for every comment. ``wave`` is a wave or period of
    surveys, and leaves records out; ``since`` and ``until`` are days, for surveys and records.
    """

    scope: Scope
    words: str = ""
    filters: Filters = ()
    channels: tuple[str, ...] = EVERY_CHANNEL
    wave: str | None = None
    tenure_group: str | None = None
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    tone: str | None = None


@dataclass(frozen=True)
class Hit:
    """A comment found, where in it the words stand that were looked for, and how near it is in meaning (to 1)."""

    comment: Comment
    places: tuple[tuple[int, int], ...] = ()
    likeness: float | None = None


@dataclass(frozen=True)
class Found:
    """What a search gives: some of the comments found, how many there are by channel and tenure group, its limits."""

    hits: tuple[Hit, ...]
    matched: Mapping[tuple[str, str], int]  # never added up over tenure groups
    searched: int  # comments looked through
    unread: int  # comments chosen that nobody has read yet: not looked through
    too_few: tuple[str, ...]  # surveys and channels left out, for fewer people wrote in them than may be shown
    left_out: tuple[str, ...]  # channels that do not hold what was chosen by
    undated: int  # comments without a day, in no period
    without_meaning: int  # read, but of no known meaning yet: left out of a search by meaning
