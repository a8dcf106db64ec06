"""The summary of approach: what can be counted of each item, what the landlord said, and what is still to be said.

Page, command line and every document ask here, so that they tell the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from analysis.model import WHOLE_LANDLORD, Audience, Findings, Question, Wave
from analysis.survey.comparison import method_shift
from analysis.survey.suppression import Rule, withheld_levels
from analysis.text.redaction import redact
from dashboard import actions, answers, unheard
from dashboard.answers import OUTCOME
from dashboard.words import approach as said_of
from dashboard.words import group_of, sentence_case, surveys, weights
from dashboard.words.how_wrong import alike
from data import weighing
from data.generation import Generation
from data.language import load_redaction
from data.ledger import Ledger
from data.packs.approach import ALWAYS, MAY, Approach, ApproachItem, Said, approach_items
from data.roll import Roll, roll_of
from data.settings import Settings

Sentences = tuple[str, ...]
SAMPLE, TIMING, METHODS, CHOSEN, ALIKE, WEIGHTS, WHO, SHORT, OTHER = "a", "b", "c", "d", "e", "f", "g", "i", "k"
EVERYONE = ""  # whom sentences are of that hold for every tenure group
PERSON = "person"  # as the redactor calls a name
FEW = "it could give away a handful of homes or answers"  # of the small and of who keeps them company alike


@dataclass(frozen=True)
class Counted:
    """What can be counted for one tenure group: sentences by item, the levels compared, and the items it leaves open.

    ``open``: items whose answer could not be told from what is held.
    """

    group: str
    sentences: Mapping[str, Sentences]
    levels: tuple[said_of.Beside, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemTold:
    """One item of the summary as it stands: what was counted by tenure group, what was said, what is proposed.

    ``counted`` has one entry for EVERYONE where every group has the same sentences. ``complete`` is whether nothing
    is missing; ``proposed`` is what was said of it for an earlier survey, which counts only once it is said again.
    """

    item: ApproachItem
    counted: tuple[tuple[str, Sentences], ...]
    said: Said | None
    proposed: Said | None
    complete: bool

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What was counted as texts, each with whose it is: "" where it is everybody's or the text says whose."""
        return tuple(
            (
                "" if group == EVERYONE or self.item.key == SAMPLE else sentence_case(group_of(group)),
                " ".join(sentences),
            )
            for group, sentences in self.counted
        )


@dataclass(frozen=True)
class Summary:
    """The whole summary of approach of one wave."""

    wave: str
    items: tuple[ItemTold, ...]
    levels: Mapping[str, tuple[said_of.Beside, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def open(self) -> tuple[ItemTold, ...]:
        """The items that are not complete."""
        return tuple(told for told in self.items if not told.complete)


def approach_in_use(settings: Settings) -> Approach:
    """What was said for the landlord in use."""
    return Approach(actions.store_in_use(settings).folder)


def say(settings: Settings, wave: str, texts: dict[str, str], by: str) -> tuple[Said, ...]:
    """Keep what is said of some items of a wave. Raises CannotSay."""
    kept = approach_in_use(settings).say_all(wave, texts, by)
    for said in kept:
        _record(settings, "say of the approach", said)
    return kept


def personal(texts: Iterable[str]) -> bool:
    """Whether what is said holds a way to reach somebody (e-mail, phone …): it is published as it is written.

    A firm that must be named looks like a person's name, so names alone are not taken for personal details: see
    ``named``.
    """
    rules = load_redaction()
    return any(set(redact(text, rules).kinds) - {PERSON} for text in texts)


def named(texts: Iterable[str]) -> bool:
    """Whether what is said holds what looks like a person's name; a firm's may look so too."""
    rules = load_redaction()
    return any(PERSON in redact(text, rules).kinds for text in texts)


def undo(settings: Settings, wave: str) -> Said:
    """Take back what was said last of a wave. Raises CannotSay for none."""
    taken = approach_in_use(settings).undo(wave)
    _record(settings, "take back of the approach", taken)
    return taken


def _record(settings: Settings, action: str, said: Said) -> None:
    Ledger(actions.store_in_use(settings).folder).record(
        action, {"wave": said.wave, "item": said.item, "by": said.by, "text": said.text}
    )


# ── The summary ──────────────────────────────────────────────────────────────────────────────────


def summary(wave: str, counted: Sequence[Counted], approach: Approach, generation: Generation) -> Summary:
    """The summary of a wave: what was counted for each tenure group beside what was said."""
    said = approach.of(wave)
    proposed = approach.proposed(wave, earlier_waves(generation, wave))
    left_open = {key for each in counted for key in each.open}
    items = tuple(
        ItemTold(
            item,
            _by_group(item.key, counted, item.key in said),
            said.get(item.key),
            proposed.get(item.key),
            item.key in said or item.needs == MAY or (item.needs != ALWAYS and item.key not in left_open),
        )
        for item in approach_items()
    )
    return Summary(wave, items, MappingProxyType({each.group: each.levels for each in counted if each.levels}))


def earlier_waves(generation: Generation, wave: str) -> tuple[str, ...]:
    """The surveys that ended before a wave or period did, oldest first."""
    ended = generation.wave(wave).fieldwork_to
    before = [each for each in generation.waves if each.name != wave and each.fieldwork_to <= ended]
    return tuple(each.name for each in sorted(before, key=lambda each: (each.fieldwork_to, each.name)))


def _by_group(key: str, counted: Sequence[Counted], is_said: bool) -> tuple[tuple[str, Sentences], ...]:
    """The sentences of an item by group; once the landlord said it, without the one that it is not held."""
    dropped = {said_of.WEIGHTED_BY_UNKNOWN} if is_said else set()
    found = ((each.group, tuple(s for s in each.sentences.get(key, ()) if s not in dropped)) for each in counted)
    told = [(group, sentences) for group, sentences in found if sentences]
    if len(told) == len(counted) > 1 and len({sentences for _, sentences in told}) == 1:
        return ((EVERYONE, told[0][1]),)
    return tuple(told)


# ── What can be counted ──────────────────────────────────────────────────────────────────────────


def counted_of(
    question: Question,
    generation: Generation,
    readings: str,
    smallest_base: int,
    today: date,
    findings: Findings | None = None,
    roll: Roll | None = None,
) -> Counted:
    """What can be counted of the approach for one tenure group of the whole landlord.

    ``findings`` are those of the question and ``roll`` the homes, where they are to hand. Raises NotHeld for a wave
    that is not there.
    """
    found = findings or answers.answer(question, generation, smallest_base)
    wave, group = found.wave, question.tenure_group
    levels = tuple(compared_with_homes(question, generation, smallest_base))
    homes = roll or roll_of(generation, readings, today)
    looked = unheard.looked_at(question, homes, generation, smallest_base)
    weighed, weights_known = _weighting(found, generation)
    enough = said_of.enough(found.sample, answers.more_needed(question, generation))
    sentences = {
        SAMPLE: surveys.sample_sentences(found.sample),
        TIMING: (said_of.timing(wave.fieldwork_from, wave.fieldwork_to, generation.waves_in(wave.name)),),
        METHODS: (said_of.collected(generation.methods(wave.name, group), found.sample.responses),),
        CHOSEN: (said_of.chosen(wave),),
        ALIKE: _alike(looked, levels),
        WEIGHTS: weighed,
        WHO: tuple(filter(None, (said_of.collector(wave),))),
        SHORT: enough,
        OTHER: tuple(_others(found, generation)),
    }
    unknown = {
        CHOSEN: not wave.sample_kind,
        ALIKE: not levels,
        WEIGHTS: not weights_known,
        SHORT: found.sample.met is not True,
    }
    return Counted(
        group, MappingProxyType(sentences), levels, tuple(key for key, not_told in unknown.items() if not_told)
    )


def compared_with_homes(question: Question, generation: Generation, smallest_base: int) -> Iterator[said_of.Beside]:
    """Each level of each characteristic that both answers and homes say: its share of either, unweighted.

    Outside the landlord levels of few homes or answers are withheld, with the next smallest where one alone would
    follow from the others. None for a period of several surveys.
    """
    outside = question.audience is not Audience.INTERNAL
    if generation.waves_in(question.wave) != (question.wave,):
        return
    for found in weighing.characteristics(generation, question.wave, question.tenure_group):
        if found.why_not:
            continue
        answered = np.array([level.answers for level in found.levels], dtype=np.int64)
        homes = np.array([level.homes or 0 for level in found.levels])
        hidden = np.zeros(len(found.levels), dtype=bool)
        if outside:
            few = (homes > 0) & (homes < smallest_base)
            hidden = withheld_levels(answered[:, None], Rule(smallest_base, yes=0), few)
        for level, n, there, hide in zip(found.levels, answered, homes, hidden, strict=True):
            shares = (None, None) if hide else (float(n / answered.sum()), float(there / homes.sum()))
            yield said_of.Beside(found.named, level.name, *shares, FEW if hide else "")


def _alike(looked: unheard.Looked, levels: Sequence[said_of.Beside]) -> Sentences:
    """How like those who answered are to all homes, and to those invited."""
    names = tuple(dict.fromkeys(each.characteristic for each in levels))
    if names:
        said = [said_of.compared_by(names), said_of.differs_most(levels)]
    else:
        said = [_why_not_compared(looked.question, looked.generation)]
    return tuple(filter(None, (*said, *alike(unheard.how_alike(looked)))))


def _why_not_compared(question: Question, generation: Generation) -> str:
    inside = generation.waves_in(question.wave)
    if inside != (question.wave,):
        why = f"{question.wave} is made of {len(inside)} surveys; see the summary of each"
    elif not generation.held_rows()["homes"]:
        why = "no list of homes is held"
    else:
        why = "no characteristic is known both of those who answered and of the homes"
    return f"{said_of.NOT_COMPARED}: {why}."


def _weighting(found: Findings, generation: Generation) -> tuple[Sentences, bool]:
    """How answers are weighted and what it does, and whether that is known to the end."""
    first = next((measure for measure in found.measures if measure.code == OUTCOME), None)
    figure = found.headline.get(OUTCOME)
    does = said_of.weights_do(f"{first.code} {first.title}", figure) if first and figure and not figure.withheld else ""
    if found.weighing is not None:
        how = found.weighing
        named = weights.weighed_by(weighing.regulators_names(how), how.source)
        return tuple(filter(None, (named, *weights.cost(how), *weights.merged(how), does, *how.notes))), True
    if not weighted(found.question, generation):
        return (said_of.NOT_WEIGHTED,), True
    return tuple(filter(None, (said_of.WEIGHTED_IN_FILE, said_of.WEIGHTED_BY_UNKNOWN, does))), False


def weighted(question: Question, generation: Generation) -> bool:
    """Whether answers of a question's wave and tenure group count differently from one another."""
    cells = generation.survey(question).cells
    if cells.empty:
        return False
    each = cells["w"] / cells["n"]
    alone = cells["ww"] * cells["n"] - cells["w"] ** 2  # nought where the weights of a cell are all the same
    return bool((each.max() - each.min() > 1e-9) or (alone.abs() > 1e-6 * cells["w"] ** 2).any())


def _others(found: Findings, generation: Generation) -> Iterator[str]:
    """What else of the method is known to matter, first what is different from the survey before."""
    if found.earlier is None:
        yield said_of.NO_EARLIER
    else:
        yield from _changes(found.earlier, found.wave, found.question.tenure_group, generation)
    yield from found.notes


def _changes(earlier: Wave, wave: Wave, group: str, generation: Generation) -> Iterator[str]:
    before, now = (generation.methods(each.name, group) for each in (earlier, wave))
    yield from said_of.method_change(earlier.name, before, now, method_shift(earlier, wave) is not None)
    yield from said_of.other_changes(earlier, wave)
    was, is_now = (_weighed_by(generation, each.name, group) for each in (earlier, wave))
    if changed := said_of.weights_changed(earlier.name, was, is_now):
        yield changed


def _weighed_by(generation: Generation, wave: str, group: str) -> tuple[str, ...]:
    how = generation.weights.weighing(wave, group)
    return () if how is None else weighing.regulators_names(how)


def questions_of(generation: Generation, wave: str, audience: Audience = Audience.INTERNAL) -> tuple[Question, ...]:
    """What the summary of a wave asks of each tenure group, of the whole landlord. Raises NotHeld for no such wave."""
    groups = generation.tenure_groups(generation.wave(wave).name)
    found = (answers.latest_question(generation, WHOLE_LANDLORD, wave, group) for group in groups)
    return tuple(replace(question, audience=audience) for question in found)
