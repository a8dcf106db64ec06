"""What the reader read in labelled comments it had never seen: how right it is before anybody has checked it here.

The comments are invented, and labelled by their one writer (data/reference/labelled/README.md): what is measured is
agreement with those labels, never accuracy on tenants. ``tools/train_heads.py`` writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.checking import UNSURE, Checked, Labels, length_band
from analysis.text.evaluation import Labelled
from data.heads import LEXICAL, WITH_MEANING
from data.language import LABELLED, REFERENCE, labelled_comments

UNSEEN = REFERENCE / "unseen.jsonl"  # one comment a line: its id, and what each of the two heads read in it
FILES = (
    "w12_complaints",
    "w12_contacts",
    "w12_short",
    "w12_survey",
)  # of a writer whom neither rules nor heads had met


@cache
def unseen(meaning: bool, file: Path = UNSEEN) -> tuple[Checked, ...]:
    """Every comment of the unseen writer: what the shipped reader finds in it, and the writer's labels.

    ``meaning``: as read with the sentence model, else by words alone. Raises KeyError for a comment not labelled.
    """
    known = {one.comment_id: one for name in FILES for one in labelled_comments(LABELLED.with_name(f"{name}.jsonl"))}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(_checked(known[row["id"]], row[WITH_MEANING if meaning else LEXICAL]) for row in rows)


def _checked(given: Labelled, read: Mapping[str, Any]) -> Checked:
    found = Labels(read["tone"] if read["sure"] else UNSURE, dict(read["topics"]), read["danger"], read["told"])
    labels = Labels(given.tone, dict(given.topics), given.danger is not None, given.told is not None)
    return Checked(found, labels, MappingProxyType({"length": length_band(given.text)}))
