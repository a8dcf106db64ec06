"""Every published figure computed anew: what agrees within its rounding, what does not, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.model import Headline, SectorLandlord, SectorSurvey, SectorYear
from analysis.model.sector import FIVE, MANAGEMENT_COLUMNS, MEASURE_COLUMNS, METHOD_COLUMNS
from analysis.recount import PARTS, decimals_of, headline_of, recount

# by hand: 196 * sqrt(0.25 / 400 * 1600 / 1999), and 384.16 / (1 + 384.16 / 2000)
MARGIN, REQUIRED = 4.383789320, 322.260250990


def survey(code: str, **said: object) -> SectorSurvey:
    usual = {"population": 2_000, "sample": 400, "required_sample": REQUIRED, "margin": MARGIN}
    methods = {"Telephone": 300, "Internet": 100}
    return SectorSurvey(**{"landlord": code, "tenure_group": "LCRA", "methods": methods, **usual, **said})


def measure(code: str, counts: tuple[float, ...] = (160, 120, 40, 50, 30), **said: object) -> dict:
    share = sum(counts[:2]) / sum(counts)
    row = {"landlord": code, "tenure_group": "LCRA", "measure": "TP01", "share": share, "flag": ""}
    row |= dict(zip(FIVE, counts, strict=True)) | {"base": sum(counts), "yes": sum(counts[:2])}
    return {**row, "na": np.nan, "filter_yes": np.nan, "filter_no": np.nan, "filter_share": np.nan, **said}


def managed(code: str, measure: str = "BS01", top: float = 90, bottom: float = 120, **said: object) -> dict:
    value = (1000 if measure.startswith(("CH01", "NM01")) else 100) * top / bottom
    row = {"landlord": code, "tenure_group": "", "measure": measure, "value": value, "flag": ""}
    row |= {"numerator": top, "denominator": bottom, "without_extension": np.nan, "with_extension": np.nan}
    return {**row, **said}


def year(
    surveys: tuple[SectorSurvey, ...] = (), measures: tuple[dict, ...] = (), management: tuple[dict, ...] = ()
) -> SectorYear:
    codes = sorted({*(s.landlord for s in surveys), *(m["landlord"] for m in (*measures, *management))})
    held: Mapping[tuple[str, str], SectorSurvey] = {(s.landlord, s.tenure_group): s for s in surveys}
    for row in measures:
        held.setdefault(
            (row["landlord"], row["tenure_group"]), survey(row["landlord"], margin=None, required_sample=None)
        )
    return SectorYear(
        year="2024/25",
        source="invented.xlsx",
        sha256="",
        published="",
        landlords={code: SectorLandlord(code, f"{code} Homes", "Council") for code in codes},
        surveys=held,
        measures=pd.DataFrame(list(measures), columns=list(MEASURE_COLUMNS)),
        methods=pd.DataFrame([], columns=list(METHOD_COLUMNS)),
        management=pd.DataFrame(list(management), columns=list(MANAGEMENT_COLUMNS)),
    )


def found(made: SectorYear, part: str, headlines: tuple[Headline, ...] = ()) -> list[tuple[str, float | None]]:
    return [(each.landlord, each.recomputed) for each in recount(made, headlines)[part].disagreements]


def test_every_part_is_there_even_for_a_year_with_nothing_in_it():
    empty = recount(year())
    assert tuple(empty) == PARTS
    assert [part.rows for part in empty.values()] == [0] * len(PARTS)


def test_a_margin_in_full_has_to_agree_to_a_millionth():
    made = year((survey("A"), survey("B", margin=MARGIN + 2e-6)))
    margins = recount(made)["margin"]
    assert (margins.rows, margins.agree) == (2, 1)
    assert found(made, "margin") == [("B", pytest.approx(MARGIN, abs=1e-6))]


def test_margins_published_to_one_decimal_may_differ_by_half_of_it():
    rounded = tuple(survey(code, margin=4.4) for code in "ABCDEFGHIJKLMNOPQRS")
    assert recount(year(rounded))["margin"].agree == 19
    # one that is out by 0.1, and one given as a fraction, do not make the column exact
    wrong = year((*rounded, survey("Y", margin=4.5), survey("Z", margin=MARGIN / 100)))
    assert [code for code, _ in found(wrong, "margin")] == ["Y", "Z"]
    assert recount(wrong)["margin"].disagreements[1].why == "Given as a fraction, not in points."


def test_a_margin_of_more_answers_than_households_cannot_be_computed_and_says_so():
    made = year((survey("A", sample=2_001, margin=1.0), survey("B", population=None)))
    assert found(made, "margin") == [("A", None), ("B", None)]
    assert recount(made)["margin"].disagreements[0].why == "More answers than households, or none."


def test_the_required_sample_is_rounded_up_where_the_year_publishes_it_so():
    assert recount(year((survey("A"), survey("B"))))["required_sample"].agree == 2
    whole = year((survey("A", required_sample=323.0), survey("B", required_sample=322.0)))
    assert found(whole, "required_sample") == [("B", 323.0)]


def test_a_percentage_is_the_best_two_of_five():
    rows = (measure("A"), measure("B", share=0.71))
    made = year(measures=rows)
    assert found(made, "percentages") == [("B", 70.0)]


def test_a_percentage_to_one_decimal_may_differ_by_half_of_it():
    thirds = tuple(measure(code, (100, 100, 40, 30, 30), share=0.667) for code in "ABCDEFGHIJ")
    assert recount(year(measures=thirds))["percentages"].agree == 10
    assert found(year(measures=(*thirds, measure("Z", (100, 100, 40, 30, 30), share=0.668))), "percentages") == [
        ("Z", pytest.approx(66.6667, abs=1e-4))
    ]


def test_weighted_counts_printed_as_whole_numbers_are_named_as_the_reason_and_no_more():
    exact = tuple(measure(code, (101, 97, 40, 30, 33)) for code in "BCDEFGHIJK")
    near, far = (measure(code, (160, 120, 40, 50, 30), share=share) for code, share in (("A", 0.70123), ("Z", 0.74123)))
    weighted = tuple(survey(code, weighted=True, margin=None, required_sample=None) for code in ("A", "Z"))
    wrong = recount(year(weighted, (near, *exact, far)))["percentages"].disagreements
    assert [(each.landlord, bool(each.why)) for each in wrong] == [("A", True), ("Z", False)]
    plain = recount(year((replace(weighted[0], weighted=False),), (near, *exact)))["percentages"].disagreements
    assert [each.why for each in plain] == [""]


def test_management_measures_are_parts_of_a_hundred_or_of_a_thousand_homes():
    made = year(management=(managed("A"), managed("A", "CH01_1", 30, 500), managed("B", "NM01_1", 30, 500, value=6.0)))
    assert recount(made)["management"].rows == 3
    assert found(made, "management") == [("B", 60.0)]


def test_a_management_measure_without_a_denominator_is_not_judged():
    made = year(management=(managed("A", value=0.0, bottom=1) | {"denominator": 0.0}, managed("A", value=np.nan)))
    assert recount(made)["management"].rows == 0


def test_filters_and_shares_before_weighting_are_computed_too():
    passed = measure("A", filter_yes=100.0, filter_no=300.0, filter_share=0.25)
    given = survey("A", weighted=True, unweighted=(200.0, 100.0, 40.0, 40.0, 20.0), unweighted_share=0.75)
    made = recount(year((given,), (passed, measure("B", filter_yes=1.0, filter_no=3.0, filter_share=0.3))))
    assert [(made[part].rows, made[part].agree) for part in ("filters", "unweighted")] == [(2, 1), (1, 1)]
    other = replace(given, unweighted_share=0.74)
    assert found(year((other,), (passed,)), "unweighted") == [("A", 75.0)]


@pytest.mark.parametrize(
    ("survey_said", "measure_said", "why"),
    [
        ({"methods": {"Telephone": 399}}, {}, "Responses by method do not add up to the sample."),
        ({}, {"na": 1.0}, "More answers than surveys."),
        ({}, {"filter_yes": 300.0, "filter_no": 101.0}, "More answers to the filter question than surveys."),
        ({}, {"filter_yes": 399.0, "filter_no": 1.0}, "More answers than respondents who passed the filter question."),
    ],
)
def test_counts_that_do_not_add_up_are_named(survey_said, measure_said, why):
    made = year((survey("A", **survey_said),), (measure("A", **measure_said),))
    assert why in [each.why for each in recount(made)["counts"].disagreements]
    assert recount(year((survey("A"),), (measure("A"),)))["counts"].disagreements == ()


def test_weighted_counts_may_exceed_the_surveys_by_their_rounding_only():
    over = measure("A", (162, 120, 40, 50, 30))
    assert recount(year((survey("A", weighted=True),), (over,)))["counts"].disagreements == ()
    far = measure("A", (166, 120, 40, 50, 30))
    assert recount(year((survey("A", weighted=True),), (far,)))["counts"].rows == 2
    assert len(recount(year((survey("A", weighted=True),), (far,)))["counts"].disagreements) == 1


def test_more_than_the_whole_and_replies_that_do_not_add_up_are_named():
    over, replies = managed("A", top=121), managed("B", "CH02_1", without_extension=60.0, with_extension=20.0)
    per_homes = managed("C", "NM01_1", 130, 120)  # more cases than homes is possible
    made = recount(year(management=(over, replies, per_homes)))["counts"].disagreements
    assert [(each.landlord, each.recomputed) for each in made] == [("A", 121.0), ("B", 80.0)]


def test_headlines_are_medians_of_landlords_and_shares_of_everybody():
    rows = (measure("A"), measure("B", (10, 10, 0, 0, 20)), measure("C", (20, 0, 0, 0, 80)))
    made = year(tuple(survey(code, main_method="Telephone" if code == "A" else "Postal") for code in "ABC"), rows)
    assert headline_of(made, Headline("median", "LCRA", "TP01")) == pytest.approx(50.0)
    # by hand: 80 + 20 + 80 dissatisfied of 400 + 40 + 100
    assert headline_of(made, Headline("dissatisfied", "LCRA", "TP01")) == pytest.approx(100 * 180 / 540)
    assert headline_of(made, Headline("main method", "all returns", "Telephone")) == pytest.approx(100 / 3)
    assert headline_of(made, Headline("median", "LCHO", "TP01")) is None
    held = (Headline("median", "LCRA", "TP01", 50), Headline("satisfied", "LCRA", "TP01", 99))
    assert recount(made, held)["headlines"].rows == 2
    assert [each.measure for each in recount(made, held)["headlines"].disagreements] == ["TP01"]
    with pytest.raises(ValueError, match="Unknown headline 'mean'"):
        headline_of(made, Headline("mean", "LCRA", "TP01"))


def test_how_a_column_was_rounded_is_told_from_most_of_it():
    assert decimals_of([1.2] * 9 + [1.2345678]) == 1
    assert decimals_of([1.2] * 8 + [1.2345678] * 2) is None
    assert decimals_of([]) is None
