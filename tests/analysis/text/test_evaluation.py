from __future__ import annotations

import pytest

from analysis.model import Danger, Told
from analysis.text.evaluation import Labelled, Score, agreement, as_json, evaluate


def comment(text: str = "", tone: str = "neutral", **more) -> Labelled:
    fields = {"question": "", "topics": {}, "details": (), **more}
    return Labelled(text, tone=tone, **fields)


FIRE = Danger(("fire",), "emergency", True)
DAMP = Danger(("damp_mould",), "significant", False)
JUDGED = Told(("landlord_staff",), ("assumption",))


def test_precision_recall_and_f1_by_hand():
    score = Score(right=6, wrong=2, missed=4)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.6, pytest.approx(12 / 18))


def test_nothing_to_divide_by_gives_no_share():
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)


def test_micro_counts_decisions_and_macro_counts_labels():
    # a: 3 right; b: 1 missed, 1 wrong. micro 6/8; macro (1 + 0) / 2
    task = agreement([({"a"}, {"a"}), ({"a"}, {"a"}), ({"a", "b"}, {"a"}), (set(), {"b"})])
    assert (task.micro.f1, task.macro_f1) == (0.75, 0.5)


def test_a_label_nobody_gave_counts_in_no_macro():
    given = [comment(tone="positive"), comment(tone="negative")]
    found = evaluate(given, [comment(tone="positive"), comment(tone="mixed")])
    # positive 1, negative 0; mixed was given to nothing
    assert found.tone.macro_f1 == 0.5


@pytest.mark.parametrize(
    "taken, score",
    [
        (("sandra", "zorbledy"), Score(right=1)),  # a name by its parts
        (("sandra",), Score(missed=1)),
        (("told sandra zorbledy",), Score(right=1)),
        (("hello",), Score(missed=1, wrong=1)),
    ],
)
def test_a_detail_is_found_when_every_letter_of_it_is(taken, score):
    text = "hello, told sandra zorbledy"
    given = comment(text, details=(("person", "sandra zorbledy"),))
    found = comment(text, details=tuple(("person", words) for words in taken))
    assert evaluate([given], [found]).redaction.by_label["person"] == score


def test_a_comment_without_details_is_untouched_or_not():
    given = [comment("May is lovely"), comment("the bins")]
    found = evaluate(given, [comment("May is lovely", details=(("person", "May"),)), comment("the bins")])
    assert (found.clean.yes, found.clean.n) == (1, 2)


def test_a_label_that_does_not_stand_in_its_comment_is_refused():
    with pytest.raises(ValueError, match="person"):
        evaluate([comment("hello", details=(("person", "Dave"),))], [comment("hello")])


def test_dangers_by_comment_emergencies_of_those_labelled_and_severity_of_those_found():
    given = [comment(danger=FIRE), comment(danger=FIRE), comment(danger=DAMP), comment()]
    found = [comment(danger=FIRE), comment(), comment(danger=Danger(("damp_mould",), "emergency", False)), comment()]
    scores = evaluate(given, found)
    assert scores.danger == Score(right=2, missed=1)
    assert scores.emergencies.value == 0.5  # a missed comment is a missed emergency
    assert scores.severity.value == 0.5
    assert scores.kinds.by_label["fire"] == Score(right=1, missed=1)


def test_being_judged_by_comment_with_source_and_form():
    given = [comment(told=JUDGED), comment(told=JUDGED), comment()]
    found = [comment(told=Told(("contractor",), ("assumption",))), comment(), comment(told=JUDGED)]
    scores = evaluate(given, found)
    assert scores.told == Score(right=1, wrong=1, missed=1)
    assert scores.forms.micro == Score(right=1, missed=1)
    assert scores.sources.micro == Score(wrong=1, missed=2)


def test_polarity_is_of_the_topics_rightly_found():
    given = [comment(topics={"pests": "negative", "damp_mould": "negative"})]
    found = [comment(topics={"pests": "positive", "repairs_time": "negative"})]
    assert (evaluate(given, found).polarity.yes, evaluate(given, found).polarity.n) == (0, 1)


def test_the_scores_have_a_stable_form_and_each_its_n():
    said = as_json(evaluate([comment("x", danger=FIRE)], [comment("x")]), 0.5)
    assert said["speed"] == {"comments_per_second": 2.0, "n": 1}
    assert said["hazard"]["recall"] == 0.0 and said["hazard"]["emergency_n"] == 1
    assert said["topics"]["polarity_accuracy"] is None  # nothing to measure is not nought
    assert set(said) >= {"sentiment", "topics", "stigma", "hazard", "redaction", "speed"}


def test_two_lists_of_other_lengths_are_refused():
    with pytest.raises(ValueError):
        evaluate([comment()], [])
