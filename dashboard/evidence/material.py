"""What the parts of a pack are made from: one generation, one clock, one audience; the same roads as the pages take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.model import WHOLE_LANDLORD, Findings, Question, Voices, Wave
from dashboard import answers
from dashboard.evidence.asked import PackAsked
from dashboard.given import Given
from data.generation import Generation
from data.packs import pack_kind
from data.readings import Readings
from data.roll import Roll, roll_of
from data.settings import Settings


class Material:
    """A generation as one pack asks of it. Everything is asked once, and what was told is remembered.

    ``read`` is what was read in comments, ``readings`` the same as SQL, for the roads that ask for it; ``folder`` is
    the store's, for what is kept beside the generations (quotes, entries, the ledger).
    """

    def __init__(
        self, asked: PackAsked, generation: Generation, read: Readings, settings: Settings, folder: Path
    ) -> None:
        generation.in_one_order()
        self.asked = asked
        self.generation = generation
        self.read = read
        self.readings = read.select()
        self.settings = settings
        self.folder = folder
        self.told: list[Findings] = []  # every finding a part was given, in the order asked for
        self.given = Given()  # everything told to the pack's reader by any road, and what is withheld besides
        self._findings: dict[Question, Findings] = {}
        self._voices: dict[tuple[Question, int], Voices] = {}

    def begin_again(self) -> None:
        """Forget every answer, but not what is to be withheld besides: the parts are made again."""
        self.given.begin_again()
        self.told.clear()
        self._findings.clear()
        self._voices.clear()

    @property
    def today(self) -> date:
        """The day everything in the pack is known on."""
        return self.asked.clock.date()

    @property
    def smallest_base(self) -> int:
        """The fewest answers a figure is told for."""
        return self.settings.smallest_base

    @property
    def in_full(self) -> bool:
        """Whether the pack prints its long tables too; else they stand in the workbook and as CSV alone."""
        return pack_kind(self.asked.kind).full

    @property
    def invented(self) -> bool:
        """Whether this is the invented landlord."""
        return self.generation.kind == "sample"

    @cached_property
    def wave(self) -> Wave:
        """The wave or period the pack is of."""
        return self.generation.wave(self.asked.wave)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The tenure groups asked for that the wave has answers of, renters first; never mixed in one figure."""
        there = self.generation.tenure_groups(self.asked.wave) if self.asked.wave else ()
        return tuple(group for group in self.asked.groups if group in there)

    @cached_property
    def roll(self) -> Roll:
        """The homes as they stand on the pack's day, with what was heard from them until then."""
        return roll_of(self.generation, self.readings, self.today)

    def question(self, group: str, by: str | None = None, **changed: Any) -> Question:
        """What the pack asks of one tenure group, compared as the pages compare; ``changed``: as for ``replace``."""
        first = answers.latest_question(self.generation, WHOLE_LANDLORD, self.asked.wave, group)
        asked = replace(first, breakdown=by, filters=self.asked.filters, audience=self.asked.audience)
        return replace(asked, **changed)

    def findings(self, group: str, by: str | None = None, **changed: Any) -> Findings:
        """The Findings of a question of the pack, as the screen has them. Raises as ``answers.answer``."""
        question = self.question(group, by, **changed)
        if question not in self._findings:
            self._findings[question] = answers.answer(question, self.generation, self.smallest_base)
            self.told.append(self._findings[question])
        return self._findings[question]

    def voices(self, group: str, by: str | None = None, strict: bool = False, **changed: Any) -> Voices:
        """What tenants wrote within a question of the pack; ``strict``: on the stricter base."""
        question = self.question(group, by, **{"compared_with": None, **changed})
        return self.listen(question, answers.strict_base(self.smallest_base) if strict else self.smallest_base)

    def listen(self, question: Question, fewest: int) -> Voices:
        """What tenants wrote within a question, told on at least so many comments."""
        if (question, fewest) not in self._voices:
            self._voices[question, fewest] = answers.listen(question, self.generation, self.readings, fewest)
        return self._voices[question, fewest]
