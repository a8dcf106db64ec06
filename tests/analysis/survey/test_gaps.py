from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure, wave

from analysis.model import Overlap, Survey, Verdict
from analysis.survey.comparison import REST, compare
from analysis.survey.estimates import shares
from analysis.survey.gaps import against_rest, between, repeat_covariances

ASH, ELM, REST_GROUP = (("estate", "Ash"),), (("estate", "Elm"),), (("estate", REST),)


def estates(**satisfied: tuple[int, int]) -> pd.DataFrame:
    """Each estate's satisfied and not."""
    rows = [(name, 5) for name, (yes, _) in satisfied.items() for _ in range(yes)]
    rows += [(name, 2) for name, (_, no) in satisfied.items() for _ in range(no)]
    return pd.DataFrame(rows, columns=["estate", "TP01"])


def test_the_rest_is_everyone_but_the_group():
    survey = counted(estates(Ash=(80, 20), Elm=(50, 50), Oak=(55, 45)), dims=("estate",))
    ash = {found.after.group: found for found in against_rest(survey, [measure()], "estate", 10)["TP01"]}[ASH]
    assert ash.before.group == REST_GROUP
    assert (ash.before.yes, ash.before.base) == (105, 200)
    assert ash.difference == pytest.approx(0.80 - 0.525)
    assert ash.verdict is Verdict.REAL and "higher than the rest" in ash.why


@pytest.mark.parametrize("answer", [1, 5])
@pytest.mark.parametrize("margins", [(), ("age",)])
def test_a_rest_that_all_say_the_same_is_exactly_that_whatever_the_weights(answer, margins):
    # Taken from the whole by subtraction: a share of 1.0000000000000002 would have no interval.
    random = np.random.default_rng(5)
    for _ in range(50):
        rows = estates(Ash=(20, 20), Elm=(80, 0) if answer == 5 else (0, 80))
        rows = rows.assign(weight=random.uniform(0.1, 3, 120), age=random.choice(["old", "young"], 120))
        survey = counted(rows, dims=("estate",), margins=margins)
        (ash, _) = against_rest(survey, [measure()], "estate", 10)["TP01"]
        assert ash.before.value == (1.0 if answer == 5 else 0.0)
        assert 0 <= ash.before.low <= ash.before.value <= ash.before.high <= 1
        assert 0 < ash.before.high - ash.before.low < 0.15 and ash.verdict is Verdict.REAL


def test_groups_of_one_breakdown_are_one_family():
    many = {f"E{n:02d}": (35, 15) for n in range(19)} | {"Odd": (28, 22)}
    found = against_rest(counted(estates(**many), dims=("estate",)), [measure()], "estate", 10)["TP01"]
    odd = next(each for each in found if each.after.group == (("estate", "Odd"),))
    assert odd.family == 20 and odd.level > 0.95
    assert odd.p < odd.adjusted
    assert all((each.low > 0 or each.high < 0) == (each.verdict is Verdict.REAL) for each in found)


def test_a_group_too_small_is_too_few_to_say_and_not_in_the_family():
    survey = counted(estates(Ash=(80, 20), Elm=(50, 50), Oak=(12, 6)), dims=("estate",))
    found = {each.after.group: each for each in against_rest(survey, [measure()], "estate", 10)["TP01"]}
    assert found[(("estate", "Oak"),)].verdict is Verdict.TOO_FEW
    assert found[ASH].family == 2


def test_answers_that_do_not_say_are_among_the_rest_and_no_group():
    rows = estates(Ash=(80, 20), Elm=(50, 50), Oak=(20, 20))
    rows.loc[rows["estate"] == "Oak", "estate"] = None
    found = against_rest(counted(rows, dims=("estate",)), [measure()], "estate", 10)["TP01"]
    assert [each.after.group for each in found] == [ASH, ELM]
    assert found[0].before.base == 140 and found[0].family == 2


def test_two_groups_against_one_another_are_the_rest_of_one_another():
    survey = counted(estates(Ash=(80, 20), Elm=(50, 50)), dims=("estate",))
    one = between(survey, measure(), ASH, ELM, 10)
    (ash, _) = against_rest(survey, [measure()], "estate", 10)["TP01"]
    assert (one.difference, one.p) == pytest.approx((ash.difference, ash.p))


def test_a_group_that_is_not_there_is_no_group():
    with pytest.raises(KeyError):
        between(counted(estates(Ash=(80, 20)), dims=("estate",)), measure(), ASH, ELM, 10)


# ── Households that answered twice ───────────────────────────────────────────────────────────────


def twice(seed: int = 5, n: int = 400) -> pd.DataFrame:
    """Households whose second answer is mostly their first."""
    random = np.random.default_rng(seed)
    first = random.choice([5, 2], n, p=[0.6, 0.4])
    return pd.DataFrame({"first": first, "second": np.where(random.random(n) < 0.8, first, 7 - first)})


def overlap_of(rows: pd.DataFrame) -> Overlap:
    cells = rows.groupby(["first", "second"]).size().rename("n").reset_index()
    named = cells.rename(columns={"first": "before", "second": "after"})
    return Overlap((), named.assign(measure="TP01", ww=named["n"].astype(float)))


def test_the_covariance_of_repeat_households_is_that_of_their_answers():
    rows = twice()
    before, after = (counted(rows.rename(columns={name: "TP01"})) for name in ("first", "second"))
    (covariance, households) = repeat_covariances(overlap_of(rows), before, after, [measure()])["TP01", ()]
    yes = rows.ge(4)
    assert households == len(rows)
    assert covariance == pytest.approx(yes.cov(ddof=0).loc["first", "second"] / len(rows))


def test_households_that_answered_twice_make_a_change_more_certain():
    rows = twice()
    before, after = (counted(rows.rename(columns={name: "TP01"})) for name in ("first", "second"))
    common = repeat_covariances(overlap_of(rows), before, after, [measure()])["TP01", ()]
    (was,), (now,) = (shares(each, [measure()]) for each in (before, after))
    alone, linked = compare(was, now, wave("a"), wave("b")), compare(was, now, wave("a"), wave("b"), 30, *common)
    assert linked.high - linked.low < 0.8 * (alone.high - alone.low)
    assert linked.repeats == 400 and alone.repeats == 0
    # against the variance of the paired differences themselves
    paired = (rows["second"].ge(4).astype(int) - rows["first"].ge(4).astype(int)).std(ddof=1) / np.sqrt(len(rows))
    assert (linked.high - linked.low) / 2 == pytest.approx(1.966 * paired, rel=0.03)


def test_as_many_repeats_as_chance_would_give_are_worth_nothing():
    rows = twice()
    sizes = {"all": 400}  # both samples are everyone: they share all by necessity
    before, after = (counted(rows.rename(columns={n: "TP01"}), populations=sizes) for n in ("first", "second"))
    assert repeat_covariances(overlap_of(rows), before, after, [measure()])["TP01", ()][0] == 0


def on_two_estates(rows: pd.DataFrame) -> tuple[Overlap, list[Survey]]:
    """Half the homes of two estates answered each time; how many answered twice is as chance has it: half of them."""
    rows = rows.assign(estate=np.where(np.arange(len(rows)) < len(rows) / 2, "Ash", "Elm"))
    both = rows.groupby("estate").head(len(rows) // 4)
    cells = both.groupby(["estate", "first", "second"]).size().rename("n").reset_index()
    named = cells.rename(columns={"first": "before", "second": "after"})
    overlap = Overlap(("estate",), named.assign(measure="TP01", ww=named["n"].astype(float)))
    sizes = {"all": 2 * len(rows)}
    waves = [counted(rows.rename(columns={n: "TP01"}), ("TP01",), ("estate",), sizes) for n in ("first", "second")]
    return overlap, waves


def test_on_an_estate_too_repeats_that_chance_would_give_are_worth_nothing():
    overlap, (before, after) = on_two_estates(twice())
    found = repeat_covariances(overlap, before, after, [measure()], ("estate",))
    assert {group: covariance for (_, group), (covariance, _) in found.items()} == {
        ASH: pytest.approx(0, abs=1e-12),
        ELM: pytest.approx(0, abs=1e-12),
    }
    assert [households for _, households in found.values()] == [100, 100]


def test_of_those_whom_a_measure_concerns_too():
    # Half of those who answered were asked this measure: half as many repeats are what chance would give.
    rows = twice()
    concerned = rows.assign(first=rows["first"].where(rows.index < 200), second=rows["second"].where(rows.index < 200))
    sizes = {"all": 800}
    before, after = (counted(concerned.rename(columns={n: "TP01"}), populations=sizes) for n in ("first", "second"))
    (covariance, households) = repeat_covariances(overlap_of(rows.head(100)), before, after, [measure()])["TP01", ()]
    assert (covariance, households) == (pytest.approx(0, abs=1e-12), 100)


def test_a_measure_nobody_answered_twice_has_no_covariance():
    rows = twice()
    before, after = (counted(rows.rename(columns={name: "TP01"})) for name in ("first", "second"))
    empty = replace(overlap_of(rows), cells=overlap_of(rows).cells.iloc[:0])
    assert not repeat_covariances(empty, before, after, [measure()])
