from __future__ import annotations

from analysis.text.clauses import clauses


def lower(text):
    return [" ".join(clause.lower) for clause in clauses(text)]


def test_a_turn_of_thought_begins_a_clause():
    assert lower("Flat is lovely but the lift is a disgrace") == ["flat is lovely", "but the lift is a disgrace"]


def test_sentences_are_numbered_and_questions_marked():
    found = clauses("No heating, again. When will it be back?")
    assert [(clause.sentence, clause.asks) for clause in found] == [(0, False), (0, False), (1, True)]


def test_a_time_of_day_is_one_clause():
    assert lower("gone by 8.15 today") == ["gone by 8 15 today"]


def test_apostrophes_go_but_he_will_is_not_hell():
    assert lower("he'll see it won't shut") == ["hewill see it wont shut"]


def test_a_bracket_left_by_redaction_is_one_word():
    assert lower("thank [date of birth] you") == ["thank [date of birth] you"]
