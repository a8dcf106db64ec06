"""What tenants wrote, and what was read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.found import Estimate, Group


@dataclass(frozen=True)
class Tone:
    """Sentiment of a comment: positive, negative, mixed or neutral, with the words it was read from."""

    label: str
    score: float  # -1 … 1
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """One topic in one comment, its polarity, and the words that showed it."""

    topic: str
    polarity: str  # positive, negative, neutral
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Redacted:
    """A comment with personal details taken out, and how many of each kind there were. Never the details themselves."""

    text: str
    kinds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Reading:
    """What was read in one comment, and by which version of the reader."""

    text_key: str
    redacted: Redacted
    tone: Tone
    mentions: tuple[Mention, ...]
    sensitive: bool  # health, accusation or other special category: never quotable outside the team
    reader: str


@dataclass(frozen=True)
class Comment:
    """One comment as a face may show it: redacted, with where it came from and what was read in it."""

    comment_id: str
    channel: str
    question: str
    when: date | None
    place: Group
    text: str
    tone: Tone
    mentions: tuple[Mention, ...]
    sensitive: bool


@dataclass(frozen=True)
class Theme:
    """A topic among the comments asked about: its share of comments, and how it was spoken of."""

    topic: str
    title: str
    share: Estimate
    positive: int
    negative: int
    neutral: int


@dataclass(frozen=True)
class Voices:
    """Tenants' words for one question: how many, how they sound, what they are about; and the same for each group."""

    comments: int
    commenters: int  # respondents who wrote at least one
    unread: int  # comments not yet read: in no share here
    tones: Mapping[str, Estimate]  # positive, mixed, neutral, negative: shares of the comments read
    themes: tuple[Theme, ...]  # most mentioned first
    groups: Mapping[Group, Voices] = field(default_factory=lambda: MappingProxyType({}))
    withheld: str | None = None
