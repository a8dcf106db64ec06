from __future__ import annotations

from dataclasses import replace

import pandas as pd
from counted_surveys import counted, measure, wave

from analysis.model import Survey, Verdict
from analysis.survey.estimates import shares
from analysis.survey.moves import changes_of, group_changes, within_method


def asked(phone: tuple[int, int], online: tuple[int, int], name: str) -> Survey:
    """A wave by method: satisfied and not among those asked by telephone, and online."""
    rows = [("Telephone", 5)] * phone[0] + [("Telephone", 1)] * phone[1]
    rows += [("Internet", 5)] * online[0] + [("Internet", 1)] * online[1]
    survey = counted(pd.DataFrame(rows, columns=["method", "TP01"]), dims=("method",))
    return replace(survey, wave=wave(name, Telephone=sum(phone), Internet=sum(online)))


def test_what_was_asked_differently_is_compared_within_each_method():
    # The mix moved from 80 % to 20 % telephone; neither method's own share moved.
    earlier, later = asked((320, 80), (60, 40), "2024"), asked((80, 20), (240, 160), "2025")
    moved = changes_of(shares(later, [measure()]), later, earlier, [measure()], (), 10)["TP01"][0]
    assert moved.verdict is Verdict.DIFFERENTLY and moved.difference < -0.1
    found = within_method(later, earlier, [measure()], 10)["TP01"]
    assert {dict(each.after.group)["method"]: round(each.difference, 9) for each in found} == {
        "Internet": 0.0,
        "Telephone": 0.0,
    }
    assert {each.verdict for each in found} == {Verdict.CHANCE} and {each.family for each in found} == {2}


def test_a_real_change_within_a_method_is_one():
    earlier, later = asked((320, 80), (60, 40), "2024"), asked((60, 60), (240, 160), "2025")
    found = {dict(e.after.group)["method"]: e for e in within_method(later, earlier, [measure()], 10)["TP01"]}
    assert found["Telephone"].verdict is Verdict.REAL and found["Internet"].verdict is Verdict.CHANCE


def test_without_both_waves_by_method_there_is_nothing_within_a_method():
    later = asked((80, 20), (240, 160), "2025")
    assert within_method(later, None, [measure()], 10) == {} == within_method(None, later, [measure()], 10)


def by_estate(name: str, **satisfied: tuple[int, int]) -> Survey:
    rows = [(estate, 5) for estate, (yes, _) in satisfied.items() for _ in range(yes)]
    rows += [(estate, 2) for estate, (_, no) in satisfied.items() for _ in range(no)]
    survey = counted(pd.DataFrame(rows, columns=["estate", "TP01"]), dims=("estate",))
    return replace(survey, wave=wave(name))


def test_the_groups_of_a_measure_are_judged_together():
    earlier = by_estate("2024", Ash=(70, 30), Elm=(70, 30), Oak=(56, 44))
    later = by_estate("2025", Ash=(70, 30), Elm=(40, 60), Oak=(70, 30))
    after = shares(later, [measure()], ("estate",))
    found = group_changes(after, later, earlier, [measure()], ("estate",), 10)["TP01"]
    verdicts = {dict(each.after.group)["estate"]: each.verdict for each in found}
    assert verdicts == {"Ash": Verdict.CHANCE, "Elm": Verdict.REAL, "Oak": Verdict.CHANCE}
    oak = next(each for each in found if dict(each.after.group)["estate"] == "Oak")
    assert oak.p < 0.05 < oak.adjusted + 0.02  # by itself it would have been called real
    assert all((each.low > 0 or each.high < 0) == (each.verdict is Verdict.REAL) for each in found)


def test_a_group_that_is_only_in_one_wave_has_no_change():
    earlier, later = by_estate("2024", Ash=(70, 30)), by_estate("2025", Ash=(70, 30), New=(40, 10))
    after = shares(later, [measure()], ("estate",))
    found = group_changes(after, later, earlier, [measure()], ("estate",), 10)["TP01"]
    assert [dict(each.after.group)["estate"] for each in found] == ["Ash"]


def test_answers_that_do_not_say_their_group_have_no_change_and_are_in_no_family():
    earlier, later = (by_estate(name, Ash=(70, 30), Elm=(70, 30), Lost=(50, 50)) for name in ("2024", "2025"))
    waves = [replace(each, cells=each.cells.replace({"estate": {"Lost": None}})) for each in (earlier, later)]
    after = shares(waves[1], [measure()], ("estate",))
    found = group_changes(after, waves[1], waves[0], [measure()], ("estate",), 10)["TP01"]
    assert [dict(each.after.group)["estate"] for each in found] == ["Ash", "Elm"]
    assert {each.family for each in found} == {2}


def test_answers_whose_way_is_not_recorded_were_not_asked_in_the_same_way():
    earlier, later = asked((320, 80), (60, 40), "2024"), asked((80, 20), (240, 160), "2025")
    waves = [replace(each, cells=each.cells.replace({"method": {"Internet": None}})) for each in (later, earlier)]
    found = within_method(*waves, [measure()], 10)["TP01"]
    assert [dict(each.after.group)["method"] for each in found] == ["Telephone"]


def test_without_an_earlier_wave_nothing_moved():
    later = by_estate("2025", Ash=(70, 30))
    assert group_changes(shares(later, [measure()], ("estate",)), later, None, [measure()], ("estate",), 10) == {}
