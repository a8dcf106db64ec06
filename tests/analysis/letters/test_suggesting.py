"""Sentences suggested by meaning: never findings, never from the set they are measured on, the same every time."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from analysis.letters.reading import read_letter
from analysis.letters.suggesting import Example, Suggestion, suggester
from analysis.model.letters import Letter, Paragraph
from data.embedding import NoModel, load_embedder
from data.language import load_redaction
from data.letters.reading import syllables
from data.letters.suggesting import KINDS, load_suggest
from tests.analysis.letters.test_measured import LABELLED, METHOD, SETS

EXAMPLES = [Example("a", ("blames",)), Example("b", ()), Example("c", ("blames",)), Example("d", ())]
MEANINGS = np.array([[1, 0], [0, 1], [0.96, 0.28], [0.28, 0.96]])


def test_what_is_near_an_example_is_suggested_with_the_nearest_one():
    weighed = suggester(EXAMPLES, MEANINGS, ("blames", "dismisses"))
    assert weighed.suggestions(np.array([[0.999, 0.04], [0.05, 0.998]])) == [(Suggestion("blames", "a"),), ()]
    assert weighed.suggestions(np.zeros((0, 2))) == []
    assert list(weighed.weighings) == ["blames"]  # nothing is known of a kind without examples


def test_a_suggestion_is_set_aside_says_what_it_is_like_and_is_no_finding(words):
    asked = []

    def suggest(texts):
        asked.extend(texts)
        return [(Suggestion("dismisses", "We have done enough."), Suggestion("blames", "You did it."))] * len(texts)

    lines = ("Nothing else will happen, «Name».", "Yes.", "We consider the matter closed today.")
    letter = Letter("a.txt", "reply", tuple(Paragraph("line 1", line) for line in lines))
    found = read_letter(letter, words, load_redaction(), syllables, suggest=suggest)
    assert asked == ["Nothing else will happen, .", "We consider the matter closed today."]  # neither fields nor a word
    assert [each.rule for each in found.findings] == ["matter_closed"]
    assert [(each.kind, each.aside, each.sentence) for each in found.asides] == [
        ("dismisses", "suggested", "Nothing else will happen, «Name»."),
        ("blames", "suggested", "Nothing else will happen, «Name»."),
        ("blames", "suggested", "We consider the matter closed today."),  # dismissing was found there already
    ]
    assert "We have done enough." in found.asides[0].why and found.asides[0].plainer and found.asides[0].owner


def test_without_a_model_it_says_why(tmp_path):
    assert isinstance(load_suggest(str(tmp_path)), NoModel)


@pytest.mark.slow
def test_the_method_page_says_how_often_suggestions_are_right():
    model = load_embedder()
    if isinstance(model, NoModel):
        pytest.skip("the sentence model is not installed")
    meanings = model([row["text"] for row in LABELLED])
    told = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| by meaning \|", METHOD.read_text("utf-8"), re.M)
    assert [name for name, *_ in told] == list(SETS)
    for name, *figures in told:
        others = [at for at, row in enumerate(LABELLED) if row["set"] != name and not row["aside"]]
        mine = [at for at, row in enumerate(LABELLED) if row["set"] == name]
        examples = [Example(LABELLED[at]["text"], tuple(LABELLED[at]["kinds"])) for at in others]
        found = suggester(examples, meanings[others], KINDS).suggestions(meanings[mine])
        counted = Counter()
        for at, suggested in zip(mine, found, strict=True):
            asked = set(LABELLED[at]["kinds"]) & set(KINDS)
            kinds = {each.kind for each in suggested}
            counted.update(right=len(kinds & asked), wrong=len(kinds - asked), missed=len(asked - kinds))
        now = (counted["right"], counted["wrong"], counted["missed"])
        # a sentence or two at the edge may fall the other way on another processor
        assert all(abs(a - int(b)) <= 2 for a, b in zip(now, figures, strict=True)), (name, now)
