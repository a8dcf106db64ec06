from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dashboard.calculator import DataError, Request, UsageError, as_json, calculate

FIXTURE = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "r_survey"
needs_r = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")


@pytest.fixture
def table(tmp_path):
    """Write a file and give its path."""

    def write(text: str | bytes, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def rows(*answers: str, heading: str = "Q1") -> str:
    return "\n".join([heading, *answers]) + "\n"


def one(path: Path, yes: tuple[str, ...] = ("4,5",), **asked):
    (found,) = calculate(Request(path, asked.pop("column", "Q1"), yes, smallest_base=1, **asked)).estimates
    return found


# ── What counts as yes ───────────────────────────────────────────────────────────────────────────


def test_any_other_value_counts_as_no_and_an_empty_cell_as_nothing(table):
    found = one(table("id,Q1\n1,5\n2,4\n3,NA\n4,3\n5,\n6,  \n"))
    assert (found.yes, found.base, found.value) == (2, 4, 0.5)


def test_na_is_left_out_only_where_it_is_named(table):
    path = table(rows("5", "4", "NA", "3"))
    assert one(path, leave_out=("NA",)).base == 3


@pytest.mark.parametrize("cell", ["4", "4.0", "4.00", " 4 ", "04", "+4"])
def test_four_is_four_however_it_is_written(table, cell):
    assert one(table(rows(cell, "1"))).yes == 1
    assert one(table(rows("4", "1")), yes=(cell,)).yes == 1


@pytest.mark.parametrize("cell", ["44", "4,0", "four", "4 of 5", "-4", "4e0"])
def test_what_is_not_four_is_not(table, cell):
    assert one(table(rows(f'"{cell}"', "4"))).yes == 1


def test_words_compare_as_text_after_trimming(table):
    path = table(rows(" Very satisfied ", "very satisfied", "Fairly satisfied"))
    assert one(path, yes=("Very satisfied,Fairly satisfied",)).yes == 2


def test_values_with_commas_are_named_by_repeating_the_option(table):
    path = table(rows('"Yes, often"', "Yes", "Always", "No"))
    assert one(path, yes=("Yes, often", "Always")).yes == 2


def test_one_value_with_a_comma_may_also_stand_alone(table):
    assert one(table(rows('"Yes, often"', "Yes", "No")), yes=("Yes, often",)).yes == 1


def test_a_value_that_is_nowhere_is_pointed_out_with_those_there_are(table):
    found = calculate(Request(table(rows(*["Very satisfied"] * 10)), "Q1", ("Very Satisfied",)))
    assert found.estimates[0].value == 0
    assert found.notes == ("No cell of 'Q1' is 'Very Satisfied'. The values there are: 'Very satisfied'.",)


def test_a_value_cannot_be_both_yes_and_left_out(table):
    with pytest.raises(UsageError, match=r"'4\.0' cannot both"):
        one(table(rows("4", "1")), leave_out=("4.0",))


# ── Weights, strata, population, groups ──────────────────────────────────────────────────────────


def test_weights_strata_and_population_give_the_standard_error_worked_by_hand(table):
    # Stratum A: 2 of 4 households, weights 2; B: 2 of 10, weights 5. p = (2 + 5) / 14 = 0.5.
    # A: z = ±2·0.5/14, (1 - 0.5) · 2 · 2 · (1/14)² ; B: z = ±5·0.5/14, (1 - 0.2) · 2 · 2 · (2.5/14)²
    path = table("Q1,w,h,N\n5,2,A,4\n1,2,A,4\n5,5,B,10\n1,5,B,10\n")
    found = one(path, weight="w", strata="h", fpc="N")
    by_hand = (0.5 * 2 * (2 / 196) + 0.8 * 2 * (12.5 / 196)) ** 0.5
    assert (found.value, found.se) == pytest.approx((0.5, by_hand), abs=1e-12)
    assert found.effective_base == pytest.approx(14**2 / 58)


def test_rows_left_out_of_the_base_still_count_in_their_stratum(table):
    # 4 rows of 8 households, 2 answers: Σz² = 2/16, n = 4, f = 1/2: 0.5 · 4/3 · 0.125
    found = one(table("Q1,N\n5,8\n1,8\nNA,8\n,8\n"), leave_out=("NA",), fpc="N")
    assert found.se**2 == pytest.approx(0.5 * 4 / 3 * 0.125)


def test_each_level_of_by_has_an_entry_in_order_and_empty_ones_come_last(table):
    text = "Q1,area\n" + "5,10\n" * 3 + "1,9\n" * 2 + "5,9.0\n" + "5,\n" + "5,Ash\n"
    found = calculate(Request(table(text), "Q1", ("5",), by="area", smallest_base=1)).estimates
    assert [(dict(e.group)["area"], e.base) for e in found] == [("9", 3), ("10", 3), ("Ash", 1), ("not recorded", 1)]


def test_a_level_written_as_not_recorded_is_the_same_as_an_empty_one(table):
    file = table("q,area\n5,\n1,not recorded\n5,Ash\n")
    found = calculate(Request(file, "q", ("5",), by="area", smallest_base=1)).estimates
    assert [(dict(e.group)["area"], e.base) for e in found] == [("Ash", 1), ("not recorded", 2)]
    assert calculate(Request(table("q,area\n5,not recorded\n1,Ash\n"), "q", ("5",), strata="area")).rows == 2


def test_a_level_called_0_is_a_level(table):
    found = calculate(Request(table("Q1,own\n5,0\n1,1\n"), "Q1", ("5",), by="own", smallest_base=1)).estimates
    assert [dict(e.group)["own"] for e in found] == ["0", "1"]


def test_nine_answers_are_withheld(table):
    (found,) = calculate(Request(table(rows(*["5"] * 9)), "Q1", ("5",))).estimates
    assert (found.value, found.withheld, found.base) == (None, "fewer than 10 answers", 9)


def test_the_json_has_the_documented_shape(table):
    found = calculate(Request(table("Q1,area\n" + "5,N\n" * 12 + "1,S\n" * 3), "Q1", ("5",), by="area"))
    document = json.loads(as_json(found))
    assert set(document) == {"estimates", "rows", "level", "notes"}
    fields = {"group", "value", "se", "low", "high", "base", "effective_base", "method", "withheld", "caution"}
    assert all(set(row) == fields for row in document["estimates"])
    north, south = document["estimates"]
    assert (north["group"], north["value"], north["withheld"]) == ({"area": "N"}, 1.0, None)
    assert [south[name] for name in ("value", "se", "low", "high")] == [None] * 4
    assert south["withheld"] == "fewer than 10 answers"


# ── Against R ────────────────────────────────────────────────────────────────────────────────────


@needs_r
def test_unweighted_overall_satisfaction_of_the_r_fixture_is_1012_of_1395():
    (found,) = calculate(Request(FIXTURE / "data" / "respondents.csv", "TP01", ("4,5",))).estimates
    assert (found.yes, found.base, found.value) == (1012, 1395, 1012 / 1395)


@needs_r
@pytest.mark.parametrize("code", [f"TP{n:02d}" for n in range(1, 13)])
def test_weighted_measures_agree_with_r(code):
    expected = json.loads((FIXTURE / "out" / "landlord_est_v45.json").read_text())["base"]["prop"][code]
    wilson = next(row for row in expected["methods"] if row["method"] == "wilson")
    request = Request(
        FIXTURE / "data" / "respondents.csv", code, ("4", "5"), ("NA",), weight="base_weight", strata="area", fpc="fpc"
    )
    (found,) = calculate(request).estimates
    assert (found.value, found.se, found.low, found.high) == pytest.approx(
        (wilson["est"], wilson["se"], wilson["lo"], wilson["hi"]), abs=1e-12
    )
    assert found.base == expected["n"]


# ── Files of every kind ──────────────────────────────────────────────────────────────────────────

TEXT = "Name{0}Q1{0}Note\n" + "".join(f"Café {n}{{0}}{5 if n % 2 else 1}{{0}}£{n}\n" for n in range(12))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_delimiter_and_encoding_is_read(table, delimiter, encoding):
    found = calculate(Request(table(TEXT.format(delimiter), encoding=encoding), "Q1", ("5",), by="Name")).estimates
    assert len(found) == 12
    assert one(table(TEXT.format(delimiter), encoding=encoding), ("5",)).value == 0.5
    assert dict(found[0].group)["Name"].startswith("Café ")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(table, ending):
    assert one(table("id,Q1\n1,5\n2,1\n3,5\n".replace("\n", ending))).base == 3


def test_cells_with_delimiters_quotation_marks_and_line_ends_are_one_cell(table):
    assert one(table('Q1,why\n5,"cold, damp\nand ""mould"""\n1,fine\n')).base == 2


def test_a_file_name_that_looks_like_a_pattern_is_only_a_name(table):
    table(rows("1", "1"), "answers 1.csv")
    assert one(table(rows("5", "5"), "answers [12]*.csv")).value == 1


# ── Bad input ────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_column_is_refused_with_those_there_are(table):
    with pytest.raises(UsageError, match=r"no column 'Q9'\. The columns are: id, Q1") as refused:
        one(table("id,Q1\n1,5\n"), column="Q9")
    assert refused.value.exit_code == 2


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="There is no file"):
        one(tmp_path / "nothing.csv")


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan"), 1 - 1e-16])
def test_a_level_outside_0_to_1_is_refused(table, level):
    with pytest.raises(UsageError, match=r"such as 0\.95"):
        one(table(rows("5")), level=level)


@pytest.mark.parametrize("weight", ["", "0", "-1", "heavy", "nan", "inf", "NA"])
def test_a_wrong_weight_is_refused_with_its_row(table, weight):
    with pytest.raises(DataError, match=r"'w' is .* in row 4") as refused:
        one(table(f"Q1,w\n5,1\n\n1,{weight}\n5,1\n"), weight="w")
    assert refused.value.exit_code == 1


@pytest.mark.parametrize("weight", ["1e-200", "1e200"])
def test_a_weight_beyond_all_measure_is_refused(table, weight):
    with pytest.raises(DataError, match=f"'{weight}' in row 3.*from 1e-100 to 1e\\+100"):
        one(table(f"Q1,w\n5,1\n1,{weight}\n5,1\n"), weight="w")


def test_a_population_that_differs_within_a_stratum_is_refused(table):
    with pytest.raises(DataError, match="differs in stratum 'A': 100, 120"):
        one(table("Q1,h,N\n5,A,100\n1,A,120\n"), strata="h", fpc="N")


def test_a_sampling_fraction_for_a_population_is_refused(table):
    with pytest.raises(DataError, match="not a fraction"):
        one(table("Q1,N\n5,0.3\n1,0.3\n"), fpc="N")


@pytest.mark.parametrize(("size", "what"), [("", "empty"), ("many", "'many'")])
def test_a_population_that_is_no_number_is_refused(table, size, what):
    with pytest.raises(DataError, match=f"'N' is {what}"):
        one(table(f"Q1,N\n5,10\n1,{size}\n"), fpc="N")


def test_a_row_without_its_stratum_is_refused(table):
    with pytest.raises(DataError, match="'h' is empty"):
        one(table("Q1,h\n5,A\n1,\n"), strata="h")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "empty"),
        (b" \n \n", "."),
        (b"Q1,h\n", "no rows"),
        (b"id,Q1\n1,\n2,\n", "No row has an answer"),
        (b"Q1,h\n5,A\n5\n", "Line 3 has 1 cells where the headings are 2"),
        (b"Q1,h\n5,A\n5,A,B\n", "Line 3 has 3 cells where the headings are 2"),
        (b"Q1,Q1\n5,4\n", "both called 'Q1'"),
        (b'Q1,h\n5,"A\n4,B\n', "quotation mark"),
        (b"Q1,h\n5,\0\n", "NUL"),
        (b"PK\x03\x04rest", "workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(table, text, message):
    with pytest.raises(DataError, match=message):
        one(table(text))


def test_ten_thousand_columns_are_read(table):
    headings, cells = ",".join(f"Q{n}" for n in range(10_000)), ",".join(["5"] * 10_000)
    assert one(table(f"{headings}\n{cells}\n"), column="Q9999").value == 1


# ── The order of rows ────────────────────────────────────────────────────────────────────────────


def test_neither_the_order_of_rows_nor_the_scale_of_weights_matters(table):
    random = np.random.default_rng(7)
    lines = [
        (a, h, w) for a, h, w in zip(random.integers(1, 6, 300), "ABC" * 100, random.uniform(1, 3, 300), strict=True)
    ]

    def found(order, scale: float):
        text = "Q1,h,w\n" + "".join(f"{lines[i][0]},{lines[i][1]},{lines[i][2] * scale:.17g}\n" for i in order)
        return one(table(text), weight="w", strata="h")

    first, second = found(range(300), 1.0), found(random.permutation(300), 17.0)
    for name in ("value", "se", "low", "high", "effective_base"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), abs=1e-12)
