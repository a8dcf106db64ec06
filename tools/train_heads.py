"""Train the shipped heads on the labelled comments of this repository, and print how they do when left out.

    python -m tools.train_heads [--measure-only] [--jobs 2]

Each file was written by one writer. Every figure is of comments whose whole file was left out of training, with that of
another. The same comments give the same heads. docs/method/text.md quotes the tables.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from analysis.model import Reading
from analysis.text.evaluation import Evaluation, Labelled, agreement, evaluate
from analysis.text.features import TONE_NUMBERS, from_rules
from analysis.text.heads import TONE, TOPIC, Heads
from analysis.text.reading import READ, HeadSet, Language, decide, sift
from analysis.text.training import CUTS, Examples, fit, left_out, settled, sureness
from data.embedding import NoModel, load_embedder
from data.heads import HEADS, LEXICAL, WITH_MEANING, save_heads
from data.language import REFERENCE, load_language, training_comments
from data.unseen import FILES, UNSEEN

# The rules were written, or mended, with these in view.
SEEN_BY_THE_RULES = ("development", "probes", "corpus-voices", "corpus-calm")
LATER = "w12_"  # written after rules and heads were made, and never looked at when they were mended
# Files left out together, so that measuring takes minutes: no comment is read by heads that saw its writer.
FOLDS = {
    "development": "1", "corpus-plain": "1", "probes": "2", "corpus-survey": "2", "corpus-contacts": "3",
    "corpus-short": "3", "corpus-complaints": "4", "corpus-odds": "4", "corpus-days": "5", "corpus-towns": "5",
    "corpus-estates": "6", "corpus-villages": "6",
    "w12_survey": "7", "w12_complaints": "7", "w12_contacts": "7", "w12_short": "7",
    "corpus-voices": "8", "corpus-calm": "8",
}  # fmt: skip
MARGIN = 0.0  # by how much F1 of the rules must beat a head's to keep a topic


def main() -> None:
    """Train, measure, print, save."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--measure-only", action="store_true")
    asked.add_argument("--jobs", type=int, default=2)
    said = asked.parse_args()
    language = load_language()
    rows = training_comments()
    files = [file for file, _, _ in rows]
    found = examples_of([one for _, one, _ in rows], [whole for _, _, whole in rows], language)
    heads, about, later = {}, {}, {}
    for name, these in ((WITH_MEANING, found), (LEXICAL, found.without_meaning())):
        heads[name], about[name], later[name] = one_set(these, files, language, said.jobs, name)
    if not said.measure_only:
        save_heads(REFERENCE / HEADS, HeadSet(heads[WITH_MEANING], heads[LEXICAL]), about)
        save_unseen(UNSEEN, later)


def examples_of(comments: Sequence[Labelled], whole: Sequence[bool], language: Language) -> Examples:
    """What a trainer sees: the comments redacted, read by the rules, and what they mean."""
    embedder = load_embedder(threads=2)
    if isinstance(embedder, NoModel):
        raise SystemExit(embedder.why)
    sifted = [sift(one.text, one.question, language) for one in comments]
    texts = [one.redacted.text[:READ] for one in sifted]
    looked_for = np.array([(True, True, one) for one in whole])
    rules = from_rules(sifted, language.registers)
    return Examples(comments, texts, rules, embedder(texts), looked_for, np.ones(len(texts)))


def one_set(
    found: Examples, files: list[str], language: Language, jobs: int, name: str
) -> tuple[Heads, dict[str, object], dict[str, dict[str, object]]]:
    """Heads trained on everything, settled by what leaving each file out showed; and what was read in the later
    writer's comments by heads that had not seen them, by their ids."""
    trained = fit(found, jobs)
    labels, chances = trained.labels, left_out(found, [FOLDS[file] for file in files], trained.labels, jobs)
    kept = by_rules(found, files, labels, chances, language)
    heads = settled(trained, kept, tone_points(found, labels, chances))
    measured = {}
    for file in sorted(set(files)):
        rows = [i for i, one in enumerate(files) if one == file]
        measured[file] = measure(found, rows, heads, labels, chances, language)
        print_one(f"{name}: {file}", measured[file])
    for title, later in (("the ten older files", False), ("a later writer", True)):
        rows = [i for i, one in enumerate(files) if one not in SEEN_BY_THE_RULES and one.startswith(LATER) == later]
        print_one(f"{name}: {title}", measure(found, rows, heads, labels, chances, language))
    print("topics kept by the rules:", sorted(heads.by_rules))
    print("sureness:", heads.sureness)
    about = {"comments": len(files), "files": sorted(set(files)), "tone_macro_f1_left_out": {
        file: round(one.tone.macro_f1, 3) for file, one in measured.items()}}  # fmt: skip
    rows = [i for i, one in enumerate(files) if one in FILES]
    read = read_left_out(found, rows, heads, labels, chances, language)
    return heads, about, {found.labelled[i].comment_id: as_read(one) for i, one in zip(rows, read, strict=True)}


def by_rules(
    found: Examples, files: list[str], labels: tuple[str, ...], chances: np.ndarray, language: Language
) -> frozenset[str]:
    """Topics that the rules read better than a head does, on files the rules had not seen."""
    rows = [i for i, file in enumerate(files) if file not in SEEN_BY_THE_RULES]
    kept = set()
    for column, topic in enumerate(language.registers.weighed, TONE_NUMBERS):
        if TOPIC + topic not in labels:
            kept.add(topic)
            continue
        given = [topic in found.labelled[i].topics for i in rows]
        ruled = [found.rules[i, column] > 0 for i in rows]
        said = [chances[i, labels.index(TOPIC + topic)] >= CUTS[TOPIC] for i in rows]
        if _f1(ruled, given) > _f1(said, given) + MARGIN:
            kept.add(topic)
    return frozenset(kept)


def tone_points(found: Examples, labels: tuple[str, ...], chances: np.ndarray) -> tuple[tuple[float, float], ...]:
    """How often a tone said with some likelihood is right, when left out."""
    places = [i for i, label in enumerate(labels) if label.startswith(TONE)]
    best = chances[:, places].argmax(axis=1)
    right = np.array([labels[places[b]] == TONE + one.tone for b, one in zip(best, found.labelled, strict=True)])
    return sureness(chances[:, places].max(axis=1), right)


def measure(
    found: Examples, rows: list[int], heads: Heads, labels: tuple[str, ...], chances: np.ndarray, language: Language
) -> Evaluation:
    """Agreement of what heads that had not seen a comment say of it."""
    given = [found.labelled[i] for i in rows]
    said = read_left_out(found, rows, heads, labels, chances, language)
    read = [
        Labelled(one.text, one.question, reading.tone.label, {m.topic: m.polarity for m in reading.mentions}, (),
                 one.comment_id, reading.told, reading.danger,
                 one.strengths if one.strengths is None else tuple(strength.kind for strength in reading.strengths),
                 one.flags if one.flags is None else reading.flags)
        for one, reading in zip(given, said, strict=True)
    ]  # fmt: skip
    return evaluate(given, read)


def read_left_out(
    found: Examples, rows: list[int], heads: Heads, labels: tuple[str, ...], chances: np.ndarray, language: Language
) -> list[Reading]:
    """What heads that had not seen these comments read in them."""
    sifted = [sift(found.labelled[i].text, found.labelled[i].question, language) for i in rows]
    order = [labels.index(label) for label in heads.labels]
    return list(decide(sifted, np.nan_to_num(chances[np.ix_(rows, order)]), heads, language))


def as_read(reading: Reading) -> dict[str, object]:
    """What was read in a comment, as far as the blind check asks people for it too."""
    return {
        "tone": reading.tone.label,
        "sure": reading.tone.sure,
        "topics": {mention.topic: mention.polarity for mention in reading.mentions},
        "danger": reading.danger is not None,
        "told": reading.told is not None,
    }


def save_unseen(file: Path, later: dict[str, dict[str, dict[str, object]]]) -> None:
    """What each set of heads read in the comments of the writer it had not seen, one comment a line."""
    ids = list(later[WITH_MEANING])
    lines = [json.dumps({"id": one, **{name: later[name][one] for name in (WITH_MEANING, LEXICAL)}}) for one in ids]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def print_one(name: str, found: Evaluation) -> None:
    """One line of figures."""

    def two(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    print(
        f"{name:45s} n {found.comments:4d} tone {two(found.tone.micro.f1)}/{two(found.tone.macro_f1)} "
        f"topics {two(found.topics.micro.f1)}/{two(found.topics.macro_f1)} polarity {two(found.polarity.value)} "
        f"told P {two(found.told.precision)} R {two(found.told.recall)} F1 {two(found.told.f1)} "
        f"source {two(found.sources.micro.f1)} form {two(found.forms.micro.f1)} "
        f"danger P {two(found.danger.precision)} R {two(found.danger.recall)} "
        f"emergency {two(found.emergencies.value)} severity {two(found.severity.value)} "
        f"vulnerable {two(found.vulnerable.value)} kinds {two(found.kinds.micro.f1)}", flush=True,
    )  # fmt: skip
    for task, name in ((found.strengths, "strength"), (found.flags, "flag")):
        for label, score in task.by_label.items():
            if score.n:
                print(
                    f"    {name} {label:12s} n {score.n:3d} P {two(score.precision)} R {two(score.recall)}", flush=True
                )


def _f1(found: Sequence[bool], given: Sequence[bool]) -> float:
    pairs = [({"x"} if f else set(), {"x"} if g else set()) for f, g in zip(found, given, strict=True)]
    return agreement(pairs).micro.f1 or 0.0


if __name__ == "__main__":
    main()
