"""Questions about being judged, taken in from a file: bases, blanks, follow-ups, unknown options, shared owners."""

from __future__ import annotations

import pytest

from data.columns.mapping import mapping_of
from data.intake import look, take_in
from data.intake.facts import Proposal
from tests.data.test_intake import write_book

HEAD = ["Serial", "Interview date", "Tenure", "TP01"]


def file_of(survey_csv, headings, *rows, tenure="General needs"):
    """A survey of these columns beside a satisfied answer to TP01; a row may name another tenure first, as a dict."""
    lines = []
    for place, row in enumerate(rows, 1):
        row = list(row)
        who = row.pop(0)["tenure"] if isinstance(row[0], dict) else tenure
        lines.append([str(place), "2024-05-01", who, "Very satisfied", *row])
    return survey_csv(lines, [*HEAD, *headings])


def answers(incoming, *codes):
    columns = ", ".join(f'"{code}"' for code in codes)
    return incoming.connection.execute(f"select {columns} from responses order by row").fetchall()


def problems(incoming):
    rows = incoming.connection.execute("select rule, value from problems where rule <> 'no_filter' order by 1, 2")
    return rows.fetchall()


def asked(found: Proposal):
    return [ask.key for ask in found.asks]


def test_yes_no_not_sure_and_not_saying_are_kept_apart_and_a_blank_is_not_answered(survey_csv):
    path = file_of(survey_csv, ["ST01"], ["Yes"], ["No"], ["Not sure"], ["Prefer not to say"], [""])
    assert answers(take_in(path), "ST01") == [(5,), (1,), (3,), (-1,), (None,)]


def test_several_answers_in_one_cell_are_one_column_an_option(survey_csv):
    path = file_of(survey_csv, ["ST02"], ["Contractors; Police"], ["News, TV or social media, Police"], [""])
    codes = ("ST02:contractors", "ST02:police", "ST02:media", "ST02:school")
    assert answers(take_in(path), *codes) == [(5, 5, 1, 1), (1, 5, 5, 1), (None, None, None, None)]


@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("1", "0"), ("x", ""), ("Contractors", ""), ("TRUE", "FALSE")])
def test_a_column_an_option_says_the_same_as_one_cell(survey_csv, yes, no):
    police = "Police" if yes == "Contractors" else yes
    headings = ["ST02: Contractors", "ST02: Police"]
    path = file_of(survey_csv, headings, [yes, no], [yes, police], [no, no])
    incoming = take_in(path)
    assert answers(incoming, "ST02:contractors", "ST02:police") == [(5, 1), (5, 5), (None, None)]


def test_a_follow_up_is_asked_only_of_those_who_said_yes_whatever_the_file_holds(survey_csv):
    rows = (["Yes", "Police"], ["No", ""], ["No", "Police"], ["", "Police"], ["", ""], ["Yes", ""])
    incoming = take_in(file_of(survey_csv, ["ST01", "ST02"], *rows))
    assert answers(incoming, "ST02:police") == [(5,), (-2,), (-2,), (-2,), (None,), (None,)]
    assert ("out_of_turn", "2 answers") in problems(incoming)


def test_renters_words_put_to_a_shared_owner_are_not_counted(survey_csv):
    owner = {"tenure": "Shared ownership"}
    rows = (["Yes", "Agree", "Yes"], [owner, "Yes", "Agree", "Yes"])
    incoming = take_in(file_of(survey_csv, ["ST01", "ST06", "ST05"], *rows))
    assert answers(incoming, "ST01", "ST06", "ST05") == [(5, 4, 5), (-2, 4, 5)]  # ST05 and ST06 are for both
    assert ("renters_item", "1 answers") in problems(incoming)


def test_none_of_these_is_an_answer_and_gives_way_to_any_other(survey_csv):
    path = file_of(survey_csv, ["ST08"], ["None of these"], ["Work or career; None"], ["Friendships"])
    incoming = take_in(path)
    assert answers(incoming, "ST08:none", "ST08:work") == [(5, 1), (1, 5), (1, 1)]
    assert ("none_beside_others", "1 answers") in problems(incoming)


def test_a_rare_unknown_option_counts_as_another_and_is_told(survey_csv):
    path = file_of(survey_csv, ["ST02"], ["The bus driver"], *[["Police"]] * 9)
    assert asked(look(path)) == []
    assert any("counted as another answer: 1" in note for note in look(path).notes)
    incoming = take_in(path)
    assert answers(incoming, "ST02:other", "ST02:police")[:2] == [(5, 1), (1, 5)]
    assert ("unknown_option", "The bus driver (1 times)") in problems(incoming)


def test_a_frequent_unknown_option_is_asked_and_may_be_said_to_be_one_of_the_list(survey_csv):
    path = file_of(survey_csv, ["ST02"], *[["Bus drivers, Police"]] * 6)
    assert asked(look(path)) == ["values.ST02.Bus drivers"]
    mapping = mapping_of({"values": {"ST02": {"Bus drivers": "Banks, shops or customer service"}}})
    assert asked(look(path, answers=mapping)) == []
    assert answers(take_in(path, mapping), "ST02:services", "ST02:other")[0] == (5, 1)


def test_numbers_in_a_cell_are_asked_about_and_never_guessed(survey_csv):
    path = file_of(survey_csv, ["ST02"], ["1;4"], ["4"])
    assert set(asked(look(path))) == {"values.ST02.1", "values.ST02.4"}


def test_another_wording_is_mapped_by_the_analyst(survey_csv):
    path = file_of(survey_csv, ["Q30 Ever looked down on?"], ["Yes"], ["No"])
    assert "ST01" not in look(path).mapping.columns
    mapping = mapping_of({"columns": {"ST01": "Q30 Ever looked down on?"}})
    assert answers(take_in(path, mapping), "ST01") == [(5,), (1,)]


def test_an_odd_answer_to_one_question_does_not_lose_the_response(survey_csv):
    path = file_of(survey_csv, ["ST01"], ["Sometimes"], *[["No"]] * 9)
    incoming = take_in(path)
    assert incoming.file.rows_kept == 10
    assert answers(incoming, "ST01", "TP01")[0] == (None, 5)
    assert ("unknown_item", "Sometimes") in problems(incoming)


def test_what_speaks_of_health_is_not_kept_without_a_policy_document(survey_csv):
    path = file_of(survey_csv, ["ST08"], ["Mental health"], ["Work or career"])
    columns = [name for name, *_ in take_in(path).connection.execute("describe responses").fetchall()]
    assert "ST08:work" in columns and "ST08:mental_health" not in columns
    assert any("speaks of health" in note for note in look(path).notes)
    kept = take_in(path, policy_document="Equality monitoring policy")
    assert answers(kept, "ST08:mental_health") == [(5,), (1,)]


def test_open_text_is_read_as_a_comment(survey_csv):
    text = "The man at the counter laughed when I gave my address"
    incoming = take_in(file_of(survey_csv, ["ST01", "ST09 Tell us what happened"], ["Yes", text]))
    assert incoming.connection.execute("select question, text from comments").fetchall() == [
        ("ST09 Tell us what happened", text)
    ]


def test_numbers_of_agreement_ask_which_end_is_which_and_odd_words_which_answer_they_are(survey_csv):
    path = file_of(survey_csv, ["ST04", "ST06"], *[["5", "Kind of"]] * 6)
    found = {ask.key: ask.options for ask in look(path).asks}
    assert found["direction.ST04"] == ("5 is best", "1 is best")
    assert found["values.ST06.Kind of"][0] == "strongly agree"
    said = mapping_of({"direction": {"ST04": "1 is best"}, "values": {"ST06": {"Kind of": "agree"}}})
    assert asked(look(path, answers=said)) == []
    assert answers(take_in(path, said), "ST04", "ST06")[0] == (1, 4)


def test_without_a_separator_nothing_is_guessed(survey_csv):
    path = file_of(survey_csv, ["ST02"], *[["Contractors Police"]] * 6)
    assert asked(look(path)) == ["values.ST02.Contractors Police"]


def test_a_labels_sheet_says_what_the_numbers_in_a_cell_are(tmp_path):
    labels = [["Question", "Code", "Label"], ["ST02", 1, "Somebody who works for the landlord"], ["ST02", 2, "Police"]]
    rows = [[str(n), "2024-05-01", "General needs", "Very satisfied", cell] for n, cell in enumerate(("1;2", "2"), 1)]
    path = write_book(tmp_path / "a.xlsx", {"Data": [[*HEAD, "ST02"], *rows], "Labels": labels})
    assert asked(look(path)) == []
    assert answers(take_in(path), "ST02:landlord_staff", "ST02:police") == [(5, 5), (1, 5)]


def test_a_labels_sheet_of_the_scale_says_nothing_of_ticks(tmp_path):
    scale = ["Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied"]
    labels = [["Code", "Label"], *([code, words] for code, words in enumerate(scale, 1))]
    rows = [[str(n), "2024-05-01", "General needs", "1", tick] for n, tick in enumerate(("1", "0"), 1)]
    path = write_book(tmp_path / "a.xlsx", {"Data": [[*HEAD, "ST02: Police"], *rows], "Labels": labels})
    assert answers(take_in(path), "ST02:police") == [(5,), (None,)]
