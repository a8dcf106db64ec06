"""Print the tables docs/method/words.md quotes: how the reader agrees with the labelled comments.

    python tools/words_accuracy.py [FILE.jsonl …]

Without a file: the 300 development comments and our own probes. Any file in the same format can be scored.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.text.evaluation import Agreement, Evaluation, evaluate
from data.language import LABELLED, PROBES, labelled_comments, load_language


def main(names: list[str]) -> None:
    """Score each file and print its tables as Markdown."""
    for file in [Path(name) for name in names] or [LABELLED, PROBES]:
        print_tables(file.name, evaluate(labelled_comments(file), load_language()))


def print_tables(name: str, found: Evaluation) -> None:
    """One file's tables."""
    print(f"\n## {name}: {found.comments} comments\n")
    print(f"Topic polarity, where the topic is right: {found.polarity:.3f}")
    for title, task in (("Tone", found.tone), ("Topics", found.topics), ("Redaction", found.redaction)):
        print_task(title, task)


def print_task(title: str, task: Agreement) -> None:
    """One task: all labels together, then each."""
    print(f"\n### {title}: micro F1 {task.micro.f1 or 0:.3f}, macro F1 {task.macro_f1:.3f}\n")
    print("| label | right | wrong | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|")
    for label, score in [*task.by_label.items(), ("all", task.micro)]:
        shares = " | ".join(
            "–" if share is None else f"{share:.2f}" for share in (score.precision, score.recall, score.f1)
        )
        print(f"| {label} | {score.right} | {score.wrong} | {score.missed} | {shares} |")


if __name__ == "__main__":
    main(sys.argv[1:])
