"""Being judged for being a tenant: what is asked, what was answered, what was written, and what others published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.asked import Question
from analysis.model.found import Comparison, Estimate
from analysis.model.surveyed import Dimension, Wave
from analysis.model.voices import Through

YES_NO, AGREE, SEVERAL, TEXT = "yes_no", "agree", "several", "text"
YES, NOT_SURE, NO = 5, 3, 1  # how a yes-no answer is kept among the five; a ticked option is a yes, another a no


@dataclass(frozen=True)
class Option:
    """One answer of an item with several: ``alone`` rules the others out; ``special`` speaks of somebody's health."""

    key: str
    title: str
    spellings: tuple[str, ...] = ()
    alone: bool = False
    special: bool = False


@dataclass(frozen=True)
class Item:
    """One question about being judged. ``follows`` is the item whose yes it follows; ``tenures`` who is asked."""

    code: str
    aspect: str
    title: str
    wording: str
    says: str
    kind: str  # YES_NO, AGREE, SEVERAL or TEXT
    tenures: tuple[str, ...]
    better: str = "low"
    follows: str = ""
    options: tuple[Option, ...] = ()
    anchored: str = ""
    spellings: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns its answers are kept in: its own code, or one an option ("ST02:police"); none for text."""
        if self.kind == SEVERAL:
            return tuple(f"{self.code}:{option.key}" for option in self.options)
        return () if self.kind == TEXT else (self.code,)


@dataclass(frozen=True)
class Module:
    """The questions, in the order they are told, with what is said wherever they stand.

    ``support`` is said to tenants, ``before_printing`` to the landlord who will print it.
    """

    label: str
    skippable: str
    support: str
    before_printing: str
    items: tuple[Item, ...]
    source_titles: Mapping[str, str]  # of what tenants wrote, by code
    form_titles: Mapping[str, str]
    source_beside: Mapping[str, tuple[str, ...]]  # code told -> options of ST02 it stands beside
    form_beside: Mapping[str, tuple[str, ...]]  # code told -> options of ST10

    def item(self, code: str) -> Item:
        """The item of a code, or of one of its options. Raises KeyError for another."""
        return {item.code: item for item in self.items}[code.partition(":")[0]]


@dataclass(frozen=True)
class Published:
    """A figure somebody else published: context, never a target."""

    aspect: str
    study: str
    when: str
    asked: str
    sample: str
    found: str
    caution: str
    source: str


@dataclass(frozen=True)
class Answered:
    """One answer told: a whole item, or one option of it. ``groups`` by name, never by size."""

    code: str
    title: str
    share: Estimate
    change: Comparison | None = None
    groups: tuple[Estimate, ...] = ()


@dataclass(frozen=True)
class ItemFound:
    """What was answered to one item. ``skipped`` (blank or preferred not to say) and ``not_asked`` are not in the base;
    None where they are not told."""

    item: Item
    answers: tuple[Answered, ...]
    skipped: int | None = None
    not_asked: int | None = None
    withheld: str | None = None  # why nothing of it is told


@dataclass(frozen=True)
class Paradox:
    """Treated fairly and still judged: of those who agree with TP08, who felt judged; and of the judged, who agree."""

    judged_of_fair: Estimate
    fair_of_judged: Estimate


@dataclass(frozen=True)
class Agreement:
    """How the questions stand with tenants: what goes on every screen and export. ``agreed`` None: not yet.

    ``held_back``: the day tenants see results first is still to come, so that estates and exports wait for it.
    """

    label: str
    agreed: date | None = None
    sees_first: date | None = None
    held_back: bool = False


@dataclass(frozen=True)
class Asked:
    """Everything a face may quote of the questions about being judged, for one Question."""

    question: Question
    wave: Wave
    earlier: Wave | None
    agreement: Agreement
    items: tuple[ItemFound, ...]
    dimension: Dimension | None = None
    paradox: Paradox | None = None
    published: tuple[Published, ...] = ()
    notes: tuple[str, ...] = ()
    withheld: str | None = None


@dataclass(frozen=True)
class Coded:
    """A source or form that comments tell of: of all comments read, and of those that tell of being judged."""

    code: str
    title: str
    of_all: Estimate
    of_told: Estimate


@dataclass(frozen=True)
class Beside:
    """One source or form, asked and told: the options asked (none where it was not) and the code told."""

    title: str
    asked: tuple[Answered, ...]
    told: Coded | None


@dataclass(frozen=True)
class ToldFound:
    """What tenants wrote of being judged. Shares are of the comments read; a count of comments is no count of tenants.

    ``waves`` and ``quarters`` are its share of the comments over time, each against the one it may be compared with.
    """

    question: Question
    told: Estimate
    sources: tuple[Coded, ...] = ()
    forms: tuple[Coded, ...] = ()
    waves: tuple[Through, ...] = ()
    quarters: tuple[Through, ...] = ()
    withheld: str | None = None
    beside: Mapping[str, tuple[Beside, ...]] = field(default_factory=lambda: MappingProxyType({}))
