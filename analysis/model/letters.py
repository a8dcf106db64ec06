"""Letters of the landlord's own, and what was found in their wording. Never who wrote one."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.model.problems import Problem

TEMPLATE, REPLY = LETTER_KINDS = ("template", "reply")
STATUTORY, QUOTED, DENIED, SUGGESTED = ASIDES = ("statutory", "quoted", "denied", "suggested")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a letter and where it stands ("paragraph 3", "page 2", "header"). Merge fields read «Name».

    ``quoted``: the file itself marks it as somebody else's words.
    """

    place: str
    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Letter:
    """One letter as its file holds it. ``name`` is the file's, with the row where it is a cell of a table."""

    name: str
    kind: str  # TEMPLATE or REPLY
    paragraphs: tuple[Paragraph, ...]
    row: int | None = None


@dataclass(frozen=True)
class LetterFinding:
    """One wording found: where, in which sentence (redacted), why it matters, what to say instead, whose it is.

    ``start`` and ``end`` are where the phrase stands in ``sentence``; of the letter as a whole both are 0. ``aside``
    says why it does not count: prescribed wording of a notice, somebody's words that are quoted, denied, or only
    suggested: no phrase of the register, but near in meaning to labelled ones.
    """

    key: str  # the same wording in the same letter keeps its key when the letter is read again
    rule: str
    kind: str
    place: str
    sentence: str
    start: int
    end: int
    why: str
    source: str
    plainer: str
    owner: str
    action: str
    aside: str = ""

    @property
    def phrase(self) -> str:
        """The words found."""
        return self.sentence[self.start : self.end]


@dataclass(frozen=True)
class ReadingAge:
    """The age at which most can read a text, or the reason it is not given. ``grade`` is the American school grade."""

    value: float | None
    grade: float | None
    words: int
    sentences: int
    withheld: str | None = None


@dataclass(frozen=True)
class LetterRead:
    """What was read in one letter. ``skipped`` says why nothing was (it may be legally privileged), else ""."""

    key: str
    name: str  # of the file, personal details taken out
    kind: str
    row: int | None
    age: ReadingAge
    long_sentences: int = 0
    passive: int = 0  # sentences that do not say who does it
    findings: tuple[LetterFinding, ...] = ()
    asides: tuple[LetterFinding, ...] = ()
    skipped: str = ""
    volume: int | None = None  # sent in twelve months, as the landlord's register of templates says


@dataclass(frozen=True)
class LettersRead:
    """What was read in many: templates before replies, with what could not be read."""

    letters: tuple[LetterRead, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)  # kind of wording → how many count

    @property
    def skipped(self) -> tuple[LetterRead, ...]:
        """Letters that were not read because they may be legally privileged."""
        return tuple(each for each in self.letters if each.skipped)
