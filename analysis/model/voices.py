"""What tenants wrote, and what was read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.found import Comparison, Estimate, Group
from analysis.model.surveyed import Wave
from analysis.model.told import Danger, Strength, Told

UNSURE = 0.5  # a tone less likely than this is shown as "not sure" and counted so


@dataclass(frozen=True)
class ClauseTone:
    """How one clause sounds: where it stands in the redacted text, and its value (below nought: criticism)."""

    start: int
    end: int
    value: float


@dataclass(frozen=True)
class Tone:
    """Sentiment of a comment: positive, negative, mixed or neutral, with the words it was read from.

    ``label`` is the best guess always; below ``UNSURE`` the reader abstains and a face says so.
    """

    label: str
    score: float  # strength: -1 … 1
    reasons: tuple[str, ...] = ()
    confidence: float = 1.0  # how likely the label is right, as measured on labelled comments
    clauses: tuple[ClauseTone, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the label may be counted as read."""
        return self.confidence >= UNSURE


@dataclass(frozen=True)
class Mention:
    """One topic in one comment, its polarity, and the words that showed it."""

    topic: str
    polarity: str  # positive, negative, neutral
    reasons: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()  # where the words stand in the redacted text
    confidence: float = 1.0


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
    flags: tuple[str, ...] = ()  # which: "health", "accusation" …
    set_aside: str = ""  # why it was not read for meaning: blank, not in English, no words
    danger: Danger | None = None
    told: Told | None = None
    strengths: tuple[Strength, ...] = ()


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
    text_key: str = ""
    flags: tuple[str, ...] = ()
    danger: Danger | None = None
    told: Told | None = None
    strengths: tuple[Strength, ...] = ()
    corrected: tuple[str, ...] = ()  # what a person has put right: "tone", "topics", "danger", "told", "redaction"


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
class Moved:
    """A topic's share of the comments in two waves, with the tested verdict on the difference."""

    topic: str
    title: str
    change: Comparison


@dataclass(frozen=True)
class Through:
    """A topic's share of the comments in one wave, and how it differs from the wave before it, if there is one."""

    wave: Wave
    share: Estimate
    change: Comparison | None


@dataclass(frozen=True)
class Together:
    """A topic spoken of in the same comments as another: its share of those comments, beside that of all the rest."""

    topic: str
    title: str
    share: Estimate
    contrast: Comparison  # before: of the comments that do not speak of the other topic


@dataclass(frozen=True)
class Besides:
    """What is to be read besides shares: possible dangers, and comments that are in no topic or were not read."""

    emergencies: int
    significant: int
    unplaced: int  # read, and no topic found
    set_aside: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # by reason

    @property
    def dangers(self) -> int:
        """Comments that may tell of a danger."""
        return self.emergencies + self.significant


@dataclass(frozen=True)
class Voices:
    """Tenants' words for one question: how many, how they sound, what they are about; and the same for each group."""

    comments: int
    commenters: int  # respondents who wrote at least one
    unread: int  # comments not yet read: in no share here
    tones: Mapping[str, Estimate]  # positive, mixed, neutral, negative, unsure: shares of the comments read
    themes: tuple[Theme, ...]  # most mentioned first
    groups: Mapping[Group, Voices] = field(default_factory=lambda: MappingProxyType({}))
    withheld: str | None = None
    set_aside: int = 0  # comments with nothing to read for meaning: in no share here
