"""The registers hold what the regulator prescribes, year by year."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from data import registers

WORKBOOK = Path(__file__).resolve().parents[3] / "shared" / "data" / "rsh_tsm" / "2025_TSM_Full_Data_v1.0_FINAL.xlsx"
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27")


def plain(text: str) -> str:
    """Wording without what is not prescribed: whose landlord, kind of apostrophe, line breaks."""
    text = re.sub(r"\[(your |my )?landlord\]", "[landlord]", text.replace("'", "’").replace("\u200b", ""))
    return " ".join(text.split())


@pytest.fixture(scope="module")
def data_dictionary() -> list[list[str]]:
    if not WORKBOOK.exists():
        pytest.skip("the regulator's workbook is not beside this checkout (shared/data/rsh_tsm)")
    calamine = pytest.importorskip("python_calamine")
    sheet = calamine.CalamineWorkbook.from_path(str(WORKBOOK)).get_sheet_by_name("Data Dictionary")
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def test_the_years_held_are_2023_24_to_2026_27():
    assert registers.reporting_years() == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_12_perception_measures_and_14_management_values_26_in_all(year):
    perception, management = registers.measures(year), registers.management_measures(year)
    assert [m.code for m in perception] == [f"TP{n:02d}" for n in range(1, 13)]
    assert len(management) == 14
    assert len({m.code.split("_")[0] for m in management}) == 10
    assert len(perception) + len(management) == 26


def test_the_wording_is_the_regulators_own(data_dictionary):
    prescribed = {}
    for row in data_dictionary:
        found = re.fullmatch(r"(TP\d\d)_Satisfied_Calc_LCRA", row[2])
        if found:
            question = plain(row[5]).split(" - Calculated TSM")[0]
            prescribed[found[1]] = question.removeprefix(f"{found[1]} - ")
    assert {m.code: plain(m.wording) for m in registers.measures("2024/25")} == prescribed


def test_the_answers_are_the_regulators_own(data_dictionary):
    boxes = ["VS", "FS", "NSD", "FD", "VD"]
    held = {m.code: m.scale for m in registers.measures("2024/25")}
    prescribed = {code: [""] * 5 for code in held}
    for row in data_dictionary:
        found = re.fullmatch(r"(TP\d\d)_(VS|FS|NSD|FD|VD)_LCRA", row[2])
        if found:
            answer = plain(row[5]).split(" - ")[-1]
            agree = re.search(r"\(or (.+) for TP08\)", answer)
            said = agree[1] if agree and found[1] == "TP08" else answer.split(" (or")[0]
            prescribed[found[1]][boxes.index(found[2])] = said
    assert {code: list(scale) for code, scale in held.items()} == prescribed


def test_not_applicable_is_offered_where_the_regulator_counts_it(data_dictionary):
    counted = {row[2][:4] for row in data_dictionary if re.fullmatch(r"TP\d\d_NADK_LCRA", row[2])}
    offered = {m.code for m in registers.measures("2024/25") if m.offers_not_applicable}
    assert offered == counted


@pytest.mark.parametrize("year", YEARS)
def test_not_applicable_is_offered_for_exactly_six_measures(year):
    offered = {m.code for m in registers.measures(year) if m.offers_not_applicable}
    assert offered == {"TP05", "TP06", "TP07", "TP08", "TP11", "TP12"}


@pytest.mark.parametrize("year", YEARS)
def test_only_fairness_and_respect_is_on_the_agree_scale(year):
    assert [m.code for m in registers.measures(year) if m.scale[0] == "Strongly agree"] == ["TP08"]
    tp08 = registers.measures(year)[7]
    assert tp08.counts_as_yes == ("Strongly agree", "Agree")
    assert tp08.scale[2:] == ("Neither agree nor disagree", "Disagree", "Strongly disagree")


@pytest.mark.parametrize("year", YEARS)
def test_shared_owners_are_asked_all_but_the_repairs_and_upkeep_questions(year):
    rented_only = {m.code for m in registers.measures(year) if m.tenures == ("LCRA",)}
    assert rented_only == {"TP02", "TP03", "TP04"}


def test_filter_questions_stand_before_repairs_complaints_and_communal_areas():
    filters = {m.code: m.filter_field for m in registers.measures("2024/25") if m.filter_field}
    assert filters == {
        "TP02": "repair_12m",
        "TP03": "repair_12m",
        "TP09": "complaint_12m",
        "TP10": "communal",
    }
    assert registers.measures("2024/25")[8].filter_question == (
        "Have you made a complaint to [landlord] in the last 12 months?"
    )


def test_management_measures_know_their_unit_tenure_and_which_way_is_better():
    by_code = {m.code: m for m in registers.management_measures("2024/25")}
    per_thousand = {code for code, m in by_code.items() if m.unit == "per 1,000 homes"}
    assert per_thousand == {"NM01_1", "NM01_2", "CH01_1", "CH01_2"}
    assert {code for code, m in by_code.items() if m.better == "context"} == per_thousand
    assert [code for code, m in by_code.items() if m.better == "low"] == ["RP01"]
    assert {code for code, m in by_code.items() if m.tenures == ("LCRA",)} == {"RP01", "RP02_1", "RP02_2"}
    assert {c for c, m in by_code.items() if m.tenures == ("LCRA", "LCHO")} == {
        "CH01_1", "CH01_2", "CH02_1", "CH02_2",
    }  # fmt: skip


def test_complaints_answered_in_time_are_divided_by_complaints_made():
    by_code = {m.code: m for m in registers.management_measures("2024/25")}
    assert by_code["CH02_1"].denominator == by_code["CH01_1"].numerator


def test_a_dated_change_holds_from_its_year_and_not_before():
    before = {m.code: m for m in registers.management_measures("2023/24")}
    after = {m.code: m for m in registers.management_measures("2024/25")}
    changed = {code for code in before if before[code].numerator != after[code].numerator}
    assert changed == {"CH02_1", "CH02_2"}
    assert "2024" in after["CH02_2"].numerator and "stage two" in after["CH02_2"].numerator
    assert "15 March 2024" in after["CH02_2"].source


def test_the_new_publication_duties_begin_in_2025_26():
    duties = [change for change in registers.rule_changes("2025/26") if "published beside" in change.what]
    assert len(duties) == 1
    assert not [change for change in registers.rule_changes("2024/25") if "published beside" in change.what]


def test_only_2026_27_is_provisional_and_every_row_of_it_says_so():
    assert [year for year in YEARS if registers.is_provisional(year)] == ["2026/27"]
    rows = (*registers.measures("2026/27"), *registers.management_measures("2026/27"))
    assert all(row.provisional for row in rows)
    assert "rules of 2025/26 carried forward" in registers.provisional_note("2026/27")
    assert registers.provisional_note("2025/26") == ""


def test_the_provisional_year_differs_from_the_year_it_is_carried_from_only_by_its_mark():
    def without_mark(row):
        return {k: v for k, v in vars(row).items() if k not in ("year", "provisional")}

    for register in (registers.measures, registers.management_measures):
        assert list(map(without_mark, register("2026/27"))) == list(map(without_mark, register("2025/26")))


def test_an_unknown_year_is_refused_with_the_years_held():
    with pytest.raises(ValueError, match=r"Unknown reporting year '2019/20'.*2023/24"):
        registers.measures("2019/20")


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2024, 3, 31), "2023/24"),
        (date(2024, 4, 1), "2024/25"),
        (date(2024, 12, 31), "2024/25"),
        (date(2099, 6, 1), "2099/00"),
    ],
)
def test_the_reporting_year_runs_from_1_april_to_31_march(day, year):
    assert registers.reporting_year_of(day) == year


def test_a_survey_outside_the_years_held_uses_the_nearest_and_says_so():
    assert registers.register_year(date(2021, 11, 3)) == "2023/24"
    assert registers.register_note(date(2021, 11, 3)) == ("No rules are held for 2021/22; those of 2023/24 are used.")
    assert registers.register_year(date(2031, 1, 1)) == "2026/27"
    assert registers.register_note(date(2025, 6, 1)) == ""


@pytest.mark.parametrize(
    ("spelling", "label", "group"),
    [
        ("GENERAL NEEDS", "General needs", "LCRA"),
        ("General Needs – Affordable Rent", "General needs – affordable rent", "LCRA"),
        ("  sheltered   housing ", "Housing for older people", "LCRA"),
        ("Rent to Buy", "Intermediate rent", "LCRA"),
        ("LCRA", "Rented, kind not stated", "LCRA"),
        ("Shared-Ownership", "Shared ownership", "LCHO"),
        ("Leaseholder (shared ownership)", "Shared ownership", "LCHO"),
        ("Low Cost Home-Ownership", "Low cost ownership, kind not stated", "LCHO"),
        ("Leaseholder", "Leaseholder", "outside"),
        ("Fully staircased", "Freehold or fully staircased", "outside"),
        ("Market Rent", "Market rent", "outside"),
    ],
)
def test_a_tenure_is_known_by_its_usual_spellings(spelling, label, group):
    assert registers.tenure_of(spelling) == (label, group)


@pytest.mark.parametrize("spelling", ["", "own", "1", "240", "Band C"])
def test_a_spelling_nobody_has_explained_is_not_guessed(spelling):
    assert registers.tenure_of(spelling) is None


def test_no_spelling_and_no_code_means_two_tenures():
    rows = registers._table("tenures")["tenure"]
    spellings = [registers.plain_spelling(s) for row in rows for s in {*row["spellings"], row["label"]}]
    by_row = [{registers.plain_spelling(s) for s in (*row["spellings"], row["label"])} for row in rows]
    assert sum(map(len, by_row)) == len(set(spellings))
    for code_list in ("hact", "core_needs", "core_rent"):
        codes = [code for row in rows for code in row.get(code_list, ())]
        assert len(codes) == len(set(codes)) > 0


def test_the_same_number_means_different_tenures_in_different_lists():
    assert registers.tenure_codes("core_needs")["1"] == ("General needs", "LCRA")
    assert registers.tenure_codes("core_rent")["1"] == ("General needs – affordable rent", "LCRA")
    assert registers.tenure_codes("hact")["180"] == ("Shared ownership", "LCHO")
    assert registers.tenure_codes("hact")["20"] == ("Leaseholder", "outside")


def test_the_27_topics_have_a_title_each():
    titles = registers.topic_titles()
    assert len(titles) == len(set(titles.values())) == 27
    assert titles["damp_mould"] == "Damp and mould"
