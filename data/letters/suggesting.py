"""What suggests sentences: the labelled ones, put into the sentence model once a process. Works without a network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.letters.suggesting import Example, Suggest, Suggestion, suggester
from data.embedding import NoModel, load_embedder

EXAMPLES = Path(__file__).parents[1] / "reference" / "letters_labelled.jsonl"
KINDS = ("blames", "dismisses", "threatens", "talks_down", "stigmatises")  # not what is hard: that is counted


def examples(file: Path = EXAMPLES) -> tuple[Example, ...]:
    """The labelled sentences; prescribed wording of notices is left out, since the same words may be a threat."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(Example(row["text"], tuple(row["kinds"])) for row in rows if not row["aside"])


@cache
def load_suggest(model_folder: str = "") -> Suggest | NoModel:
    """What suggests, or why it cannot: there is no sentence model."""
    model = load_embedder(model_folder)
    if isinstance(model, NoModel):
        return model
    known = examples()
    weighed = suggester(known, model([example.text for example in known]), KINDS)

    def suggest(texts: Sequence[str]) -> list[tuple[Suggestion, ...]]:
        return weighed.suggestions(model(texts))

    return suggest
