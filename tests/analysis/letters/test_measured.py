"""How often wording is found and found rightly, on invented sentences; docs/method/letters.md says the same figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.letters.register import COUNTED

ROOT = Path(__file__).parents[3]
FILE = ROOT / "data" / "reference" / "letters_labelled.jsonl"
LABELLED = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
METHOD = ROOT / "docs" / "method" / "letters.md"
SETS = ("before", "after", "letters", "last", "again")


def counts(read, rows):
    """Of each kind: found rightly, found wrongly, missed. Long sentences, a count, are not judged."""
    right, wrong, missed = Counter(), Counter(), Counter()
    for row in rows:
        found = {each.kind for each in read(row["text"]).findings if each.rule not in COUNTED}
        asked = set(row["kinds"])
        right.update(found & asked)
        wrong.update(found - asked)
        missed.update(asked - found)
    return {kind: (right[kind], wrong[kind], missed[kind]) for kind in right | wrong | missed}


def test_there_are_enough_sentences_and_half_are_of_no_letter_seen_before():
    by_set = Counter(row["set"] for row in LABELLED)
    assert set(by_set) == set(SETS) and len(LABELLED) > 250
    assert by_set["before"] * 2 < len(LABELLED)
    assert sum(not row["kinds"] for row in LABELLED) > 80  # wording that is right as it stands


def test_prescribed_wording_is_set_aside_wherever_it_is_labelled(read):
    for row in LABELLED:
        for kind in row["aside"]:
            assert (kind, "statutory") in {(each.kind, each.aside) for each in read(row["text"]).asides}, row["text"]


@pytest.mark.parametrize("which", SETS)
def test_the_method_page_says_what_is_found_now(read, words, which):
    now = counts(read, [row for row in LABELLED if row["set"] == which])
    text = METHOD.read_text("utf-8").split(f"**{which}** now")[1].split("\n\n")[1]
    rows = {title: tuple(map(int, figures)) for title, *figures in re.findall(
        r"^\| ([A-Z][a-z ]+?) \| (\d+) \| (\d+) \| (\d+) \|", text, re.M)}  # fmt: skip
    assert rows == {words.kinds[kind]: now.get(kind, (0, 0, 0)) for kind in words.kinds}
