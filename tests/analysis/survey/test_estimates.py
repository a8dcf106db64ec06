from __future__ import annotations

import pandas as pd
import pytest
from counted_surveys import counted, measure

from analysis.survey.estimates import distributions, plain_share, plain_shares, shares


def answers(**counts: int) -> pd.DataFrame:
    """Respondents by answer: ``a5=7`` is seven who are very satisfied; na, refused, not_asked and blank lie outside."""
    codes = {"a5": 5, "a4": 4, "a3": 3, "a2": 2, "a1": 1, "na": 0, "refused": -1, "not_asked": -2, "blank": None}
    return pd.DataFrame({"TP01": [codes[name] for name, n in counts.items() for _ in range(n)]}, dtype="Int8")


def test_satisfied_is_the_top_two_of_five_answers():
    (found,) = shares(counted(answers(a5=10, a4=20, a3=10, a2=6, a1=4)), [measure()])
    assert (found.value, found.base, found.yes) == (0.6, 50, 30)


def test_not_applicable_refused_not_asked_and_blank_are_outside_the_base():
    (found,) = shares(counted(answers(a5=10, a1=10, na=7, refused=5, not_asked=30, blank=3)), [measure()])
    assert (found.value, found.base) == (0.5, 20)


def test_nine_answers_are_withheld_with_the_reason_and_their_number():
    (found,) = shares(counted(answers(a5=9, blank=20)), [measure()])
    assert found.withheld == "fewer than 10 answers"
    assert (found.value, found.se, found.low, found.high, found.yes) == (None,) * 5
    assert found.base == 9


def test_ten_answers_are_shown():
    assert shares(counted(answers(a5=10)), [measure()])[0].withheld is None


def test_the_smallest_base_is_a_setting():
    (found,) = shares(counted(answers(a5=10)), [measure()], smallest_base=20)
    assert found.withheld == "fewer than 20 answers"


def test_a_measure_that_shared_owners_are_not_asked_says_so():
    survey = counted(answers(a5=50), tenure_group="LCHO")
    assert shares(survey, [measure("TP01", ("LCRA",))])[0].withheld == "not asked of shared owners (LCHO)"


def test_a_measure_that_is_not_in_the_wave_says_so():
    assert shares(counted(answers(a5=50)), [measure("TP09")])[0].withheld == "not asked in 2024/25"


def test_each_group_has_its_share_in_order_and_those_not_recorded_come_last():
    people = answers(a5=30, a1=10).assign(estate=["Elm"] * 15 + ["Ash"] * 15 + [None] * 10)
    found = shares(counted(people, dims=("estate",)), [measure()], ("estate",))
    assert [(dict(e.group)["estate"], e.value, e.base) for e in found] == [
        ("Ash", 1.0, 15),
        ("Elm", 1.0, 15),
        ("not recorded", 0.0, 10),
    ]


def test_groups_of_two_dimensions_are_their_combinations():
    people = answers(a5=40).assign(estate=["Ash"] * 40, tenure=["General needs"] * 25 + ["Supported"] * 15)
    found = shares(counted(people, dims=("estate", "tenure")), [measure()], ("estate", "tenure"))
    assert [e.group for e in found] == [
        (("estate", "Ash"), ("tenure", "General needs")),
        (("estate", "Ash"), ("tenure", "Supported")),
    ]


def test_a_survey_counted_by_estate_also_gives_everyone():
    people = answers(a5=30, a1=10).assign(estate=["Elm", "Ash"] * 20)
    (found,) = shares(counted(people, dims=("estate",)), [measure()])
    assert (found.value, found.group) == (0.75, ())


def test_an_unknown_breakdown_is_refused_with_those_there_are():
    survey = counted(answers(a5=20).assign(estate="Ash"), dims=("estate",))
    with pytest.raises(ValueError, match=r"Unknown breakdown 'ward'\. This survey was counted by: estate"):
        shares(survey, [measure()], ("ward",))


def test_an_unknown_answer_code_is_refused():
    with pytest.raises(ValueError, match="Answer code 9"):
        shares(counted(pd.DataFrame({"TP01": [9, 5, 5]})), [measure()])


def test_filters_that_leave_nobody_give_a_reason_and_no_error():
    survey = counted(answers(a5=20))
    empty = type(survey)(survey.wave, "LCRA", (), survey.cells.iloc[:0], survey.strata)
    assert shares(empty, [measure()])[0].withheld == "no answers"
    assert distributions(empty, [measure()])[0].withheld == "no answers"


def test_filters_that_leave_nobody_leave_no_groups():
    survey = counted(answers(a5=20).assign(estate="Ash"), dims=("estate",))
    empty = type(survey)(survey.wave, "LCRA", ("estate",), survey.cells.iloc[:0], survey.strata)
    assert shares(empty, [measure()], ("estate",)) == []


def test_weights_move_the_share_and_lower_what_the_answers_are_worth():
    # 10 yes of weight 3 and 10 no of weight 1: 30/40; Kish (40)² / (10·9 + 10·1) = 16
    people = answers(a5=10, a1=10).assign(weight=[3.0] * 10 + [1.0] * 10)
    (found,) = shares(counted(people), [measure()])
    assert (found.value, found.effective_base, found.base) == (0.75, 16.0, 20)


def test_unweighted_standard_error_without_population_is_the_textbook_one():
    # √(0.6 · 0.4 / 49)
    (found,) = shares(counted(answers(a5=30, a1=20)), [measure()])
    assert found.se == pytest.approx(0.0699854212, abs=1e-9)
    assert found.method == "Wilson"


def test_a_known_population_narrows_the_standard_error_by_the_finite_population_correction():
    # √(0.6 · 0.4 / 49 · (1 - 50/100))
    (found,) = shares(counted(answers(a5=30, a1=20), populations={"all": 100}), [measure()])
    assert found.se == pytest.approx(0.0494871659, abs=1e-9)
    assert found.method == "Wilson, finite population"


def test_when_everyone_answered_there_is_no_sampling_error():
    (found,) = shares(counted(answers(a5=30, a1=20), populations={"all": 50}), [measure()])
    assert (found.value, found.low, found.high, found.se) == (0.6, 0.6, 0.6, 0.0)
    assert found.method == "everyone answered"


def test_the_distribution_is_best_first_and_counts_what_is_outside():
    survey = counted(answers(a5=5, a4=4, a3=3, a2=2, a1=6, na=7, refused=1, not_asked=8, blank=9))
    (found,) = distributions(survey, [measure()])
    assert found.counts == (5, 4, 3, 2, 6)
    assert found.shares == pytest.approx((0.25, 0.2, 0.15, 0.1, 0.3))
    assert (found.base, found.not_applicable, found.refused, found.not_asked, found.blank) == (20, 7, 1, 8, 9)


def test_a_distribution_of_nine_answers_is_withheld():
    (found,) = distributions(counted(answers(a5=9)), [measure()])
    assert (found.shares, found.counts, found.withheld) == (None, None, "fewer than 10 answers")


def test_a_plain_share_of_comments_says_comments_in_its_reason():
    assert plain_share(3, 9, of="comments").withheld == "fewer than 10 comments"
    assert plain_share(0, 0, of="comments").withheld == "no comments"


def test_many_plain_shares_are_those_of_one_at_a_time():
    labels = [("positive", ()), ("negative", ())]
    assert plain_shares(labels, [7, 12], [20, 20]) == [
        plain_share(7, 20, measure="positive"),
        plain_share(12, 20, measure="negative"),
    ]
