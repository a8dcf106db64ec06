"""The invented landlord answers as the sector does, the same way every time, and is plainly invented."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, sqrt

import pandas as pd
import pytest

from analysis.survey.sampling import sample_check
from data import demo, registers
from data.demo.homes import homes
from data.demo.responses import responses
from data.demo.texts import corpus

# The median landlord of each year, per cent satisfied, from the regulator's datasets of 2023/24 and 2024/25.
MEDIANS = {
    ("Autumn 2023", "LCRA"): (71.3, 72.3, 67.4, 70.8, 76.7, 60.4, 70.3, 76.8, 34.5, 65.1, 63.1, 57.8),
    ("Autumn 2024", "LCRA"): (71.8, 73.6, 69.5, 71.9, 77.6, 61.6, 72.0, 77.9, 35.5, 66.6, 64.6, 59.5),
    ("Autumn 2023", "LCHO"): (49.5, 0, 0, 0, 70.6, 37.3, 53.3, 59.1, 19.2, 46.2, 39.1, 37.1),
    ("Autumn 2024", "LCHO"): (47.9, 0, 0, 0, 72.5, 38.4, 55.8, 60.0, 23.4, 46.8, 40.8, 38.0),
}
NOT_APPLICABLE_RENTED = {"TP05": 0.016, "TP06": 0.114, "TP07": 0.076, "TP08": 0.036, "TP11": 0.217, "TP12": 0.342}


@pytest.fixture(scope="module")
def landlord() -> demo.DemoLandlord:
    return demo.invented_landlord()


@pytest.fixture(scope="module")
def made(landlord) -> dict[str, pd.DataFrame]:
    return demo.tables(landlord)


def answered(made, wave: str, group: str) -> pd.DataFrame:
    table = made["responses"]
    return table[(table["wave"] == wave) & (table["tenure_group"] == group)]


def satisfied(people: pd.DataFrame, code: str) -> tuple[float, float]:
    """Weighted share in the top two of the five answers, and what the answers are worth."""
    five = people[people[code] > 0]
    weight = five["weight"]
    return weight[five[code] >= 4].sum() / weight.sum(), weight.sum() ** 2 / (weight**2).sum()


def test_the_landlord_has_12000_homes_on_25_estates_in_three_regions(landlord):
    assert (landlord.population("LCRA"), landlord.population("LCHO")) == (10_500, 1_500)
    assert len(landlord.estates) == len({estate.name for estate in landlord.estates}) == 25
    assert len({estate.region for estate in landlord.estates}) == 3
    assert len(homes(landlord)) == 12_000


def test_each_yearly_wave_has_over_a_thousand_renters_and_three_hundred_shared_owners(made):
    counts = made["responses"].groupby(["wave", "tenure_group"]).size().unstack()
    assert list(counts.index) == ["Autumn 2023", "Autumn 2024", "Autumn 2025", "Rolling 2026/27"]
    yearly = counts.drop("Rolling 2026/27")
    assert (yearly["LCRA"] > 1_000).all() and (yearly["LCHO"] > 300).all()


def test_the_rolling_wave_alone_is_short_of_969_renters_and_306_shared_owners(landlord, made):
    # 1.96² × 0.25 / 0.03² = 1067.11 and / 0.05² = 384.16; over 1 + n0/N, N = 10,500 and 1,500, rounded up.
    required = {"LCRA": ceil(1067.11 / (1 + 1067.11 / 10_500)), "LCHO": ceil(384.16 / (1 + 384.16 / 1_500))}
    assert required == {"LCRA": 969, "LCHO": 306}
    for (wave, group), n in made["responses"].groupby(["wave", "tenure_group"]).size().items():
        check = sample_check(group, int(n), landlord.population(group))
        assert check.required == required[group]
        assert check.met == (wave != "Rolling 2026/27")


def test_the_rolling_wave_has_answers_of_three_quarters(made):
    dates = made["responses"].query("wave == 'Rolling 2026/27'")["date"].dropna()
    assert set(dates.dt.month) == {4, 5, 6, 7, 8, 9, 10}
    assert dates.dt.month.value_counts().min() > 100


def test_the_silent_estate_answered_before_and_not_at_all_since(landlord, made):
    people = made["responses"][made["responses"]["estate"] == landlord.records.silent_estate.estate]
    counts = people.groupby("wave").size()
    assert set(counts.index) == {"Autumn 2023", "Autumn 2024", "Autumn 2025"}
    assert counts.min() > 50


@pytest.mark.parametrize(("wave", "group"), MEDIANS)
def test_satisfaction_is_the_median_landlords_within_sampling_error(made, wave, group):
    for code, percent in zip([f"TP{n:02d}" for n in range(1, 13)], MEDIANS[wave, group], strict=True):
        people, truth = answered(made, wave, group), percent / 100
        if not percent:
            assert people[code].isna().all()  # shared owners are not asked
            continue
        share, worth = satisfied(people, code)
        assert abs(share - truth) < 2.58 * sqrt(truth * (1 - truth) / worth), (code, share)


def test_filter_questions_pass_the_sectors_shares(made):
    people = made["responses"].query("tenure_group == 'LCRA'")
    for field, share in (("repair_12m", 0.678), ("complaint_12m", 0.262), ("communal", 0.508)):
        weighted = people.loc[people[field].astype(bool), "weight"].sum() / people["weight"].sum()
        assert weighted == pytest.approx(share, abs=0.03), field


def test_a_no_to_the_filter_question_means_not_asked(made):
    people = made["responses"].query("tenure_group == 'LCRA'")
    for field, code in (
        ("repair_12m", "TP02"),
        ("repair_12m", "TP03"),
        ("complaint_12m", "TP09"),
        ("communal", "TP10"),
    ):
        no = ~people[field].astype(bool)
        assert (people.loc[no, code] == -2).all()
        assert not (people.loc[~no, code] == -2).any()


def test_not_applicable_is_said_as_often_as_in_the_sector_and_only_where_offered(made):
    people = made["responses"].query("tenure_group == 'LCRA'")
    for measure in registers.measures("2024/25"):
        said = (people[measure.code] == 0).mean()
        assert said == pytest.approx(NOT_APPLICABLE_RENTED.get(measure.code, 0), abs=0.02), measure.code
        assert measure.offers_not_applicable or said == 0


def test_weights_average_one_and_bring_the_ages_to_those_of_the_homes(landlord, made):
    lives = homes(landlord).query("tenure_group == 'LCRA'")["age_band"].value_counts(normalize=True)
    for wave in ("Autumn 2023", "Autumn 2024", "Autumn 2025"):
        people = answered(made, wave, "LCRA")
        assert people["weight"].mean() == pytest.approx(1)
        weighted = people.groupby("age_band")["weight"].sum() / people["weight"].sum()
        assert (weighted - lives).abs().max() < 1e-9


def test_fieldwork_lies_inside_its_reporting_year_and_answers_inside_fieldwork(made):
    for wave in made["waves"].itertuples():
        assert registers.reporting_year_of(wave.fieldwork_from) == wave.reporting_year
        assert registers.reporting_year_of(wave.fieldwork_to) == wave.reporting_year
        dates = made["responses"].query("wave == @wave.name")["date"].dropna().dt.date
        assert dates.between(wave.fieldwork_from, wave.fieldwork_to).all()


def test_one_estate_is_truly_worse_and_one_too_small_to_judge(made):
    people = made["responses"].query("tenure_group == 'LCRA' and TP01 > 0")
    for _, wave in people.groupby("wave"):
        shares = wave.assign(yes=wave["TP01"] >= 4).groupby("estate")["yes"].agg(["mean", "size"])
        assert 0 < shares.loc["Hopscotch Yard", "size"] < 10
        judged = shares[shares["size"] >= 10]
        assert judged["mean"].idxmin() == "Lanternmoor"
        assert judged.loc["Lanternmoor", "mean"] < 0.55


def test_renters_are_truly_told_more_in_2025_and_no_other_measure_moved(made):
    for code in [f"TP{n:02d}" for n in range(1, 13)]:
        before, base_before = satisfied(answered(made, "Autumn 2024", "LCRA"), code)
        after, base_after = satisfied(answered(made, "Autumn 2025", "LCRA"), code)
        error = sqrt(before * (1 - before) / base_before + after * (1 - after) / base_after)
        assert (abs(after - before) > 3 * error) == (code == "TP07"), code


def test_only_shared_owners_in_2025_were_asked_differently(made):
    def telephone(wave, group):
        return (answered(made, wave, group)["method"] == "Telephone").mean()

    assert abs(telephone("Autumn 2025", "LCHO") - telephone("Autumn 2024", "LCHO")) > 0.20
    for wave, earlier, group in (
        ("Autumn 2025", "Autumn 2024", "LCRA"),
        ("Autumn 2024", "Autumn 2023", "LCRA"),
        ("Autumn 2024", "Autumn 2023", "LCHO"),
    ):
        assert abs(telephone(wave, group) - telephone(earlier, group)) < 0.10


def test_the_reference_of_a_home_stays_only_with_those_who_allow_it(made):
    people = made["responses"]
    assert people.loc[people["may_attribute"], "household"].notna().all()
    assert people.loc[~people["may_attribute"], "household"].isna().all()
    assert 0.5 < people["may_attribute"].mean() < 0.7


def test_dissatisfied_tenants_wrote_the_negative_comments(made):
    tone = {text["text"]: text["sentiment"] for text in corpus()}
    written = made["comments"].merge(made["responses"][["respondent", "TP01"]], on="respondent")
    why = written[written["question"] == "Why do you say that?"]
    assert set(why.loc[why["text"].map(tone) == "negative", "TP01"]) <= {1, 2}
    assert set(why.loc[why["text"].map(tone) == "positive", "TP01"]) <= {4, 5}
    assert (written["text"].map(tone) == "negative").sum() > 100


def test_a_comment_stands_at_most_twice_in_all_surveys_and_never_twice_in_one(made):
    written = made["comments"]
    assert written.groupby("text").size().max() <= 2
    assert not written.duplicated(["wave", "text"]).any()
    assert not written.duplicated(["respondent", "question"]).any()


def test_the_same_landlord_gives_the_same_bytes_and_another_seed_does_not(landlord):
    small = replace(landlord, waves=landlord.waves[:1])
    first, again = demo.demo_incoming(small), demo.demo_incoming(small)
    other = demo.demo_incoming(replace(small, seed=small.seed + 1))
    assert first.sha256 == again.sha256 != other.sha256
    for incoming in (first, again, other):
        incoming.close()


def test_drawing_another_table_moves_no_figure(landlord, made):
    drawn = landlord.stream("complaints").random(5)
    landlord.stream("homes").random(1_000)
    pd.testing.assert_frame_equal(demo.tables(landlord)["responses"], made["responses"])
    assert (landlord.stream("complaints").random(5) == drawn).all()
    assert (landlord.stream("contacts").random(5) != drawn).all()


def test_fewer_comments_leave_the_answers_as_they_are(landlord, made):
    quiet = demo.tables(replace(landlord, comment_uses=1))
    pd.testing.assert_frame_equal(quiet["responses"], made["responses"])
    assert 0 < len(quiet["comments"]) < len(made["comments"])


def test_a_further_wave_leaves_the_earlier_waves_as_they_are(landlord, made):
    later = replace(landlord.waves[-1], name="Rolling 2027/28")
    longer = replace(landlord, waves=(*landlord.waves, later))
    held = responses(longer, homes(longer)).query("wave != 'Rolling 2027/28'")
    pd.testing.assert_frame_equal(held, made["responses"])


def test_the_incoming_tables_are_what_the_store_reads(landlord):
    incoming = demo.demo_incoming(landlord)
    types = dict(row[:2] for row in incoming.connection.execute("describe responses").fetchall())
    assert types["date"] == "DATE" and types["TP01"] == "TINYINT" and types["counts"] == "BOOLEAN"
    count = 'select count(*) from responses where "date" is null'
    assert incoming.connection.execute(count).fetchone() == (
        incoming.connection.execute("select count(*) from problems where rule = 'date_missing'").fetchone()
    )
    keys = "select count(*) from comments where text_key <> md5(question || chr(31) || text)"
    assert incoming.connection.execute(keys).fetchone() == (0,)
    assert "is invented" in incoming.facts["notes"][0]
    incoming.close()


def test_being_judged_is_asked_in_the_last_two_waves_and_renters_words_of_renters_only(made):
    asked = made["responses"].groupby(["wave", "tenure_group"])[["ST01", "ST05"]].count()
    assert (asked.loc["Autumn 2024"] == 0).all(axis=None)
    assert (asked.loc[["Autumn 2025", "Rolling 2026/27"], "ST05"] > 200).all()
    assert (asked.xs("LCHO", level="tenure_group")["ST01"] == 0).all()


def test_answers_about_being_judged_move_no_other_answer(landlord, made):
    quiet = demo.tables(replace(landlord, judged=replace(landlord.judged, waves=())))["responses"]
    pd.testing.assert_frame_equal(quiet, made["responses"][list(quiet)])
    assert "ST01" not in quiet
