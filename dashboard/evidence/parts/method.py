"""How figures are made, in plain words: the survey, its weights, whose rules, which are ours, and part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.respect import FEWEST_STAFF
from analysis.unoffered import WITHIN
from dashboard import answers, words
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.words import method as said
from dashboard.words import weights as weighed
from data.clocks import stage_clocks, working_days
from data.embedding import VERSION, is_there
from data.registers import is_provisional, provisional_note, register_note, register_year, rule_changes
from data.weighing import regulators_names

AS_IN_THE_FILE = "the weights are those of the file; nothing was weighed here."
HOUSE_RULE = "These are ours, not the regulator's; another landlord's figures may follow others."
CHANGED = "What the regulator changed since 2023/24, as far as it is held."
LINEAGE = "lineage"  # the part that tells how each figure was made
EACH_FIGURE = "What was asked, of whom, and by which sums each figure was made stands in its own part of this document."
PLACES = "places"  # the part whose estates are drawn towards their mean
NOT_READ = "No comment was read for this document."
READ_HERE = (
    "Comments were read on the landlord's own computer, with personal details taken out first; nothing was sent "
    "anywhere. What the reader says of one comment is a reading, not a fact: how often it is right is told where it is "
    "known, with how many comments that rests on."
)

_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def blocks(material: Material) -> tuple[Block, ...]:
    """The survey, its weights, the rules held, house rules and what read the comments, as far as the pack uses them."""
    read = _reading(material) if said.uses(material.asked.sections, said.OF_COMMENTS) else ()
    return (*_survey(material), *_rules(material), *_house_rules(material), *read)


def after(material: Material, before: tuple[Block, ...]) -> tuple[Block, ...]:
    """Where the sums of each figure are told; in a document that does not tell of each, the sums part by part."""
    if LINEAGE in material.asked.sections:
        more = said.more_in(*(key for _, key, _ in _by_part(before)))
        return (Heading("Where more is told", 2), Paragraph(f"{EACH_FIGURE} {more}".rstrip()))
    told: list[Block] = []
    for title, key, sums in _by_part(before):
        sentences = dict.fromkeys(sentence for each in sums for sentence in _SENTENCE.split(each))
        told += [Heading(title, 3), Paragraph(" ".join(sentences))]
        told += [Paragraph(more) for more in (said.more_in(key),) if more]
    return (Heading("Part by part", 2), *told) if told else ()


def _by_part(before: tuple[Block, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The heading of each part with figures, its key, and the sums of its figures, each once, in reading order."""
    parts: dict[str, tuple[str, dict[str, None]]] = {}
    title = ""
    for block in before:
        if isinstance(block, Heading) and block.level == 1:
            title = block.text
        if isinstance(block, Figure | TableBlock) and block.how is not None:
            _, sums = parts.setdefault(title, (block.key.split("-")[0], {}))
            sums[block.how.sums] = None
    return ((title, key, tuple(sums)) for title, (key, sums) in parts.items())


# ── The survey and its weights ───────────────────────────────────────────────────────────────────


def _survey(material: Material) -> Iterator[Block]:
    yield Heading("The survey and the sums", 2)
    yield Paragraph(f"{words.survey_sentence(material.wave)} How people answered: {words.methods(material.wave)}.")
    drawn = said.OF_SMALL_AREAS if PLACES in material.asked.sections else ()
    yield from (Paragraph(sentence) for sentence in (*said.OF_SHARES, *drawn))
    told = dict.fromkeys(sentence for group in material.groups for sentence in _weights(material, group))
    yield from map(Paragraph, told)


def _weights(material: Material, group: str) -> Iterator[str]:
    """What the answers of a group are weighted by, and what that costs."""
    waves = material.generation.waves_in(material.wave.name)
    for wave in waves:
        who = words.sentence_case(words.group_of(group)) + (f", {wave}" if len(waves) > 1 else "")
        how = material.generation.weights.weighing(wave, group)
        if how is None:
            yield f"{who}: {AS_IN_THE_FILE}"
        else:
            told = (weighed.weighed_by(regulators_names(how)), *weighed.cost(how), *weighed.merged(how))
            yield f"{who}. {' '.join(told)}"


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────


def _rules(material: Material) -> Iterator[Block]:
    """Whose rules, of which year, and what changed in them."""
    ended = material.wave.fieldwork_to
    year = register_year(ended)
    yield Heading("Whose rules, and of which year", 2)
    yield Paragraph(f"The regulator's rules of the reporting year {year} are used. {register_note(ended)}".rstrip())
    if is_provisional(year):
        yield Note(provisional_note(year))
    changed = dict.fromkeys(
        f"From {change.first_year}: {change.what.rstrip('.')} ({change.source})." for change in rule_changes(year)
    )
    if changed:
        yield Paragraph(f"{CHANGED} {' '.join(changed)}")
    told = [f"Complaints are judged by the {source}." for source in dict.fromkeys(c.source for c in stage_clocks())]
    years = working_days().years
    if years:
        told.append(f"Working days leave out weekends and England's bank holidays, held for {years[0]} to {years[-1]}.")
    yield Paragraph(" ".join(told))


def _house_rules(material: Material) -> Iterator[Block]:
    yield Heading("House rules", 2)
    rules = said.house_rules(
        material.smallest_base,
        answers.strict_base(material.smallest_base),
        words.SMALL_BASE,
        FEWEST_STAFF,
        WITHIN,
        material.asked.sections,
    )
    yield Paragraph(" ".join((HOUSE_RULE, *rules)))


def _reading(material: Material) -> Iterator[Block]:
    """What read the comments, and which version of it."""
    yield Heading("What read the comments", 2)
    if not material.read.parts():
        yield Paragraph(NOT_READ)
        return
    yield Paragraph(READ_HERE)
    by = (
        f"It weighed words and meaning; the sentence model is bge-small-en, checksum {VERSION}."
        if is_there(material.settings.model_folder)
        else "It weighed words alone: no sentence model is installed."
    )
    yield Paragraph(
        f"The reader's version, which changes with its words or models, is {material.read.folder.name}. {by}"
    )
