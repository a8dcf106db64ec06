"""Scores beside words: by hand, by simulation, and who may not be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.model import Survey, Verdict, Wave
from analysis.score_words import covariance, score_words
from analysis.survey.design import Sample

FEW = {"TP02": 10}


def survey(population: float = float("nan"), n: int = 1000, strata: tuple[str, ...] = ("all",)) -> Survey:
    table = pd.DataFrame({"stratum": list(strata), "n": [n] * len(strata), "population": [population] * len(strata)})
    wave = Wave("2025", date(2025, 5, 1), date(2025, 6, 30), "2025/26")
    return Survey(wave, "LCRA", (), pd.DataFrame(), table)


def rows_of(*people: tuple[str, int | None, int, int, int]) -> pd.DataFrame:
    """Place, satisfied (1, 0 or None for no answer), comments well, ill, and how many such people."""
    return pd.DataFrame(
        [
            {"measure": "TP02", "place": place, "stratum": "all", "weight": 1.0, "scored": int(yes is not None),
             "yes": int(yes or 0), "well": well, "ill": ill, "both_ways": 0, "n": n}
            for place, yes, well, ill, n in people
        ]
    )  # fmt: skip


def test_the_gap_is_the_share_satisfied_less_the_share_of_comments_that_speak_well():
    # 80 satisfied of 100; 60 comments, of which 15 speak well.
    rows = rows_of(("", 1, 0, 0, 40), ("", 1, 1, 0, 15), ("", 1, 0, 1, 25), ("", 0, 0, 1, 20))
    (found,) = score_words(rows, survey(n=100), None, FEW)
    assert (found.score.value, found.score.base) == (pytest.approx(0.8), 100)
    assert (found.words.value, found.words.base) == (pytest.approx(0.25), 60)
    assert found.gap.difference == pytest.approx(0.55)
    assert found.gap.verdict is Verdict.REAL and "worse than the score" in found.gap.why


def test_the_covariance_is_that_of_linearised_shares_by_hand():
    # Four respondents, two ticked satisfied; three comments, one well. By hand: z of the score (y - 1/2)/4, z of the
    # words (y - 1/3)/3, none for who did not write; Σ z z' = 1/8·2/9 - 1/8·1/9 + 1/8·1/9 - 0 … with n/(n-1) = 4/3.
    z_score = np.array([0.5, 0.5, -0.5, -0.5]) / 4
    z_words = np.array([2 / 3, -1 / 3, -1 / 3, 0.0]) / 3
    sample = Sample(np.array([4.0]), np.array([np.nan]))
    by_hand = 4 / 3 * (1 / 8 * 2 / 9 - 1 / 8 * 1 / 9 + 1 / 8 * 1 / 9)
    found = covariance(np.ones(4), np.zeros(4, dtype=np.int64), sample, z_score, z_words)
    assert found == pytest.approx(by_hand)


def simulated(random: np.random.Generator, alike: float, n: int = 400) -> pd.DataFrame:
    """Respondents whose tick and words come from one mood as far as ``alike`` says; four in ten write, some twice."""
    mood = random.normal(size=n)
    other = alike * mood + np.sqrt(1 - alike**2) * random.normal(size=n)
    comments = (random.random(n) < 0.4).astype(int) * random.integers(1, 3, size=n)
    well = np.where(other > 0.5, comments, 0)
    return pd.DataFrame(
        {"measure": "TP02", "place": "", "stratum": "all", "weight": 1.0, "scored": 1, "yes": (mood > -0.6).astype(int),
         "well": well, "ill": comments - well, "both_ways": 0, "n": 1}
    )  # fmt: skip


def test_the_interval_holds_the_true_gap_about_as_often_as_it_says_whether_or_not_the_two_go_together():
    from scipy.stats import norm

    true = norm.sf(-0.6) - norm.sf(0.5)  # everybody who writes says the same each time, so twice changes nothing
    for alike in (0.0, 0.95):
        random, held, apart = np.random.default_rng(11), [], []
        for _ in range(400):
            (found,) = score_words(simulated(random, alike), survey(n=400), None, FEW)
            held.append(found.gap.low <= true <= found.gap.high)
            apart.append(found.gap.difference)
        assert 0.92 <= np.mean(held) <= 0.985, alike  # 400 draws of 95%: ± 2.2 points, and MOVER errs a little wide
        (last,) = score_words(simulated(random, alike), survey(n=400), None, FEW)
        width = (last.gap.high - last.gap.low) / 2 / 1.96
        assert width == pytest.approx(np.std(apart), rel=0.15), alike


def test_leaving_the_covariance_out_would_make_the_interval_too_wide_where_moods_go_together():
    random = np.random.default_rng(3)
    (found,) = score_words(simulated(random, 0.95, n=4000), survey(n=4000), None, FEW)
    apart = (found.score.se**2 + found.words.se**2) ** 0.5
    assert (found.gap.high - found.gap.low) / 2 / 1.96 < 0.93 * apart


def estates(**each: tuple[int, int]) -> pd.DataFrame:
    """Each estate: everybody 70% satisfied of 100; so many comments well and ill, each by somebody else."""
    people = []
    for place, (well, ill) in each.items():
        people += [
            (place, 1, 1, 0, well),
            (place, 1, 0, 1, min(ill, 70 - well)),
            (place, 0, 0, 1, max(ill - 70 + well, 0)),
        ]
        wrote = min(ill, 70 - well) + well
        people += [(place, 1, 0, 0, 70 - wrote), (place, 0, 0, 0, 30 - max(ill - 70 + well, 0))]
    return rows_of(*(row for row in people if row[4]))


def test_places_stand_by_name_each_against_all_the_others():
    found = score_words(estates(Elm=(20, 20), Ash=(5, 55), Oak=(22, 20)), survey(n=300), "estate", FEW)
    assert [each.group[0][1] for each in found] == ["Ash", "Elm", "Oak"]
    ash, elm, _ = found
    assert ash.gap.difference == pytest.approx(0.7 - 5 / 60)
    assert ash.usual.verdict is Verdict.REAL and ash.usual.difference == pytest.approx(42 / 82 - 5 / 60)
    assert elm.usual.family == 3


def test_a_place_of_few_words_or_few_staff_is_withheld_and_one_more_where_the_total_would_tell():
    found = score_words(estates(Ash=(20, 20), Elm=(4, 3), Oak=(15, 15)), survey(n=300), "estate", FEW)
    assert [each.words.withheld for each in found] == [
        None, "fewer than 10 comments about it", "it would give away a place that is withheld",
    ]  # fmt: skip
    few = score_words(estates(Ash=(20, 20), Elm=(20, 20), Oak=(30, 30)), survey(n=300), "estate", FEW, {"Oak"})
    assert few[2].words.withheld == "fewer than three staff serve it"
    assert few[2].gap.difference is None and few[2].usual is None
    assert sum(each.words.withheld is None for each in few) == 1


def test_fewer_than_thirty_comments_are_too_few_to_judge():
    (found,) = score_words(estates(Ash=(10, 10)).assign(place=""), survey(n=100), None, FEW)
    assert found.words.value == pytest.approx(0.5)
    assert found.gap.verdict is Verdict.TOO_FEW and found.gap.difference is None
