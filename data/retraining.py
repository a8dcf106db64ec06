"""Heads taught by what people put right, on this computer: trained on demand, set against the shipped ones, kept.

They are trained on the labelled comments of this program and on the landlord's corrections together, each correction
counting as several comments. Nothing of the landlord's is in them but weights, and they are kept beside its settings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from analysis.text.evaluation import Labelled, Share
from analysis.text.features import from_rules
from analysis.text.heads import TONE, TOPIC, Heads
from analysis.text.reading import READ, HeadSet, Language, sift
from analysis.text.training import Examples, fit, likely, settled
from data.embedding import VERSION, NoModel, load_embedder
from data.heads import HEADS, LEXICAL, WITH_MEANING, load_heads, own_heads, save_heads
from data.language import REFERENCE, load_language, training_comments
from data.meanings import Meanings
from data.taught import Taught, Teachable, labelled_by_people
from data.vectors import Vectors

FEWEST = 20  # comments people put right, below which there is too little to learn from, or to measure by
COUNTS_AS = 3.0  # shipped comments that one correction weighs
FOLDS = 3  # to measure: corrections of one part read by heads taught with the others

Progress = Callable[[float, str], None]


class CannotTeach(ValueError):
    """Too little was put right to teach anything; the message says how much is needed."""


@dataclass(frozen=True)
class Lesson:
    """What teaching would change, measured on the corrections themselves, each read by heads that had not seen it.

    ``tone_*``: corrected tones read rightly. ``topics_*``: of the topics that a person or the heads name in a comment,
    those that both name.
    """

    taught: int
    tone_before: Share
    tone_after: Share
    topics_before: Share
    topics_after: Share
    heads: HeadSet

    @property
    def better(self) -> bool:
        """Whether more is right than before; with the corrections there are, not beyond doubt."""
        after = self.tone_after.yes + self.topics_after.yes
        return after > self.tone_before.yes + self.topics_before.yes


def teach(store: Teachable, model_folder: str, progress: Progress) -> Lesson:
    """Train heads on the shipped comments and the landlord's corrections, and say what they change; nothing is kept.

    Raises CannotTeach where fewer than ``FEWEST`` comments were put right.
    """
    taught = labelled_by_people(store)
    if len(taught) < FEWEST:
        raise CannotTeach(
            f"{len(taught)} comments have a tone or topics that people put right; teaching needs {FEWEST} or more. "
            "Comments drawn for the blind check do not count: they stay unseen, to check by."
        )
    language = load_language()
    progress(0.05, "Reading the labelled comments")
    examples, corrected = _examples(store, taught, language, model_folder)
    jobs = max(1, (os.cpu_count() or 1) - 1)
    shipped = load_heads(REFERENCE / HEADS)
    assert shipped, "heads are shipped with the program"
    meant = examples.vectors is not None
    tone_before, topics_before = _right(shipped.with_meaning if meant else shipped.lexical, examples.some(corrected))
    after = []
    for fold in range(FOLDS):
        progress(0.2 + 0.2 * fold, f"Measuring, part {fold + 1} of {FOLDS}")
        out = corrected[fold::FOLDS]
        seen = np.setdiff1d(np.arange(len(examples.texts)), out)
        after.append(_right(fit(examples.some(seen), jobs), examples.some(out)))
    progress(0.8, "Training on everything")
    weighs = language.registers.findings
    lexical = _settled_like(fit(examples.without_meaning(), jobs), shipped.lexical, weighs)
    meaning = shipped.with_meaning
    if meant:
        meaning = _settled_like(fit(examples, jobs), meaning, weighs)
    progress(1.0, "Trained")
    tone_after, topics_after = _together(after)
    return Lesson(len(taught), tone_before, tone_after, topics_before, topics_after, HeadSet(meaning, lexical))


def keep(lesson: Lesson) -> Path:
    """Read with these heads from now on; returns where they are. Every comment is then to be read again."""
    about = {
        "taught by people": lesson.taught,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "tone right before": [lesson.tone_before.yes, lesson.tone_before.n],
        "tone right after": [lesson.tone_after.yes, lesson.tone_after.n],
        "topics right before": [lesson.topics_before.yes, lesson.topics_before.n],
        "topics right after": [lesson.topics_after.yes, lesson.topics_after.n],
    }
    folder = own_heads()
    save_heads(folder, lesson.heads, {WITH_MEANING: about, LEXICAL: about})
    return folder


def _examples(
    store: Teachable, taught: Sequence[Taught], language: Language, model_folder: str
) -> tuple[Examples, np.ndarray]:
    """Shipped comments and corrections as a trainer sees them, and which are corrections."""
    shipped, whole = _shipped_comments()
    theirs = [Labelled(one.text, one.question, one.tone or "", one.topics or {}, ()) for one in taught]
    looked_for = [(True, True, one) for one in whole]
    looked_for += [(one.tone is not None, one.topics is not None, False) for one in taught]
    comments = [*shipped, *theirs]
    sifted = [sift(one.text, one.question, language) for one in comments]
    texts = [one.redacted.text[:READ] for one in sifted]
    embedder = load_embedder(model_folder, os.cpu_count() or 1)
    vectors = None
    if not isinstance(embedder, NoModel):
        # Invented comments' vectors are kept beside the heads; those of tenants' are where theirs are.
        n = len(shipped)
        invented = Meanings(Vectors(own_heads() / "vectors", VERSION), embedder)(texts[:n])
        vectors = np.vstack([invented, Meanings(Vectors(store.vectors_folder, VERSION), embedder)(texts[n:])])
    weight = np.array([1.0] * len(shipped) + [COUNTS_AS] * len(theirs))
    examples = Examples(comments, texts, from_rules(sifted, language.registers), vectors, np.array(looked_for), weight)
    return examples, np.arange(len(shipped), len(comments))


def _shipped_comments() -> tuple[list[Labelled], list[bool]]:
    """The labelled comments of this program, and whether dangers and being judged were looked for in each."""
    rows = training_comments()
    return [one for _, one, _ in rows], [whole for _, _, whole in rows]


def _settled_like(heads: Heads, shipped: Heads, weighs: str) -> Heads:
    """Heads with what cross-validation of the shipped ones showed; topics they do not know stay with the rules."""
    cuts = {**heads.cuts, **shipped.cuts}
    return replace(settled(heads, shipped.by_rules, shipped.sureness), cuts=cuts, weighs=weighs)


def _right(heads: Heads, examples: Examples) -> tuple[Share, Share]:
    """Tones, and topics (given or said, each once), read rightly."""
    said = likely(heads, examples)
    tones = heads.named(TONE)
    tone = [0, 0]
    topics = [0, 0]
    for row, one, (of_tone, of_topics, _) in zip(said, examples.labelled, examples.looked_for, strict=True):
        if of_tone:
            tone[0] += max(tones, key=lambda named: row[named[1]])[0] == one.tone
            tone[1] += 1
        if of_topics:
            found = {topic for topic, place in heads.named(TOPIC) if row[place] >= heads.cut(TOPIC + topic)}
            topics[0] += len(found & one.topics.keys())
            topics[1] += len(found | one.topics.keys())
    return Share(*tone), Share(*topics)


def _together(shares: Sequence[tuple[Share, Share]]) -> tuple[Share, Share]:
    tone, topics = (Share(sum(one[part].yes for one in shares), sum(one[part].n for one in shares)) for part in (0, 1))
    return tone, topics
