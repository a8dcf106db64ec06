"""How the reader's kind of heads do on comments of patients, labelled by people: trained there, measured there.

    python -m tools.nhs_accuracy FILE.csv [--jobs 2]

The file has id, trust, question, text, sentiment (three classes) and topics (parted by |). Patients are not tenants and
no text of theirs is in this repository: the figures say how far the method goes on real words with labels by people,
and nothing of what is trained here is kept. Folds are grouped by text, so no repeated text is trained on and measured.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from analysis.text.evaluation import Labelled, agreement
from analysis.text.features import from_rules
from analysis.text.heads import TONE, TOPIC
from analysis.text.reading import READ, sift
from analysis.text.training import Examples, Recipe, fit, likely
from data.embedding import NoModel, load_embedder
from data.language import load_language

FOLDS = 5
TONES = {"positive": "positive", "negative": "negative", "neutral_mixed": "mixed"}
RECIPE = Recipe(tone=0.05, topic=1.0, balanced=False, topic_cut=0.3)  # chosen on the comments measured here
LEAST = 40  # comments with a topic without which it is not measured
QUESTIONS = {"nothing asked": False, "what was asked": True}


def main() -> None:
    """Train and measure by folds and from one trust to the other; print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--jobs", type=int, default=2)
    said = asked.parse_args()
    with said.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    trusts = np.array([row["trust"] for row in rows])
    groups = np.array([hash_of(row["text"]) % FOLDS for row in rows])
    for name, with_question in QUESTIONS.items():
        found = examples_of(rows, with_question)
        print(f"\n{name}: {len(rows):,} comments")
        by_fold(found, groups, said.jobs)
        for trust in sorted(set(trusts)):
            other = np.flatnonzero(trusts != trust)
            seen = {found.texts[i] for i in other}
            fresh = np.array([i for i in np.flatnonzero(trusts == trust) if found.texts[i] not in seen])
            tones, _ = read(found, other, fresh, said.jobs)
            print(f"sentiment of {trust} by heads trained on the other trust: {tone_line(found, fresh, tones)}")


def examples_of(rows: Sequence[dict[str, str]], with_question: bool) -> Examples:
    """The comments as a trainer sees them."""
    language, embedder = load_language(), load_embedder(threads=2)
    if isinstance(embedder, NoModel):
        raise SystemExit(embedder.why)
    questions = [asked_there(row["question"]) if with_question else "" for row in rows]
    sifted = [sift(row["text"], question, language) for row, question in zip(rows, questions, strict=True)]
    often = {t for t in topics_of(rows) if sum(t in row["topics"].split("|") for row in rows) >= LEAST}
    labelled = [
        Labelled(row["text"], question, TONES[row["sentiment"]],
                 {topic: "" for topic in row["topics"].split("|") if topic in often}, ())
        for row, question in zip(rows, questions, strict=True)
    ]  # fmt: skip
    texts = [one.redacted.text[:READ] for one in sifted]
    looked_for, rules = np.tile([True, True, False], (len(rows), 1)), from_rules(sifted, language.registers)
    return Examples(labelled, texts, rules, embedder(texts), looked_for, np.ones(len(rows)))


def topics_of(rows: Sequence[dict[str, str]]) -> set[str]:
    """Every topic there is."""
    return {topic for row in rows for topic in row["topics"].split("|") if topic}


def asked_there(question: str) -> str:
    """Their question in words ours are known by: what could be better, what is good, or why."""
    lower = question.lower()
    if "improve" in lower or "better" in lower:
        return "What could we do better?"
    return "What do we do well?" if "good" in lower or "well" in lower else "Why do you say that?"


def by_fold(found: Examples, groups: np.ndarray, jobs: int) -> None:
    """Sentiment and topics, each comment read by heads that had not seen its text."""
    tones = np.empty(len(groups), dtype=object)
    topics: list[set[str]] = [set() for _ in groups]
    for fold in range(FOLDS):
        out = np.flatnonzero(groups == fold)
        said, about = read(found, np.flatnonzero(groups != fold), out, jobs)
        tones[out] = said
        for place, row in enumerate(out):
            topics[row] = about[place]
    everyone = np.arange(len(groups))
    print(f"sentiment, {FOLDS} folds: {tone_line(found, everyone, list(tones))}")
    task = agreement((about, set(one.topics)) for about, one in zip(topics, found.labelled, strict=True))
    scores = f"micro-F1 {task.micro.f1:.3f}, macro-F1 {task.macro_f1:.3f}"
    print(f"topics, {FOLDS} folds: {scores} ({len(task.by_label)} topics)")


def read(found: Examples, rows: np.ndarray, out: np.ndarray, jobs: int) -> tuple[list[str], list[set[str]]]:
    """Tones and topics of some comments by heads trained on others."""
    heads = fit(found.some(rows), jobs, RECIPE)
    chances = likely(heads, found.some(out))
    tones = heads.named(TONE)
    said = [max(tones, key=lambda tone: row[tone[1]])[0] for row in chances]
    topics = heads.named(TOPIC)
    about = [{topic for topic, at in topics if row[at] >= heads.cut(TOPIC + topic)} for row in chances]
    return said, about


def tone_line(found: Examples, rows: np.ndarray, said: Sequence[str]) -> str:
    """Accuracy and macro-F1 in words."""
    task = agreement(({tone}, {found.labelled[i].tone}) for tone, i in zip(said, rows, strict=True))
    return f"accuracy {task.micro.f1:.3f}, macro-F1 {task.macro_f1:.3f} (n {len(rows):,})"


def hash_of(text: str) -> int:
    """A number from the words of a text, the same in every run."""
    import zlib

    return zlib.crc32(" ".join(text.lower().split()).encode())


if __name__ == "__main__":
    main()
