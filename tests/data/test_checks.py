from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.columns.mapping import mapping_of
from data.intake import Incoming, take_in

HEADINGS = ("Serial", "Interview date", "Tenure", "TP01", "Repair in last 12 months", "TP02", "Weight", "Age", "Method")
CODED = ("Serial", "Interview date", "Tenure", "TP01")
GOOD = ("1", "2024-05-01", "General needs", "Very satisfied", "Yes", "Fairly satisfied", "1.5", "44", "CATI")


def taken(survey_csv: Callable[..., Path], *changes: dict[str, str], said: dict[str, Any] | None = None) -> Incoming:
    """A file of one faultless response and one for each change of it."""
    rows = [GOOD]
    for number, change in enumerate(changes, 2):
        row = dict(zip(HEADINGS, GOOD, strict=True)) | {"Serial": str(number)} | change
        rows.append(tuple(row[heading] for heading in HEADINGS))
    return take_in(survey_csv(rows, HEADINGS), mapping_of(said or {}))


def listed(incoming: Incoming, columns: str = 'row, "column", value, rule, stops') -> list[tuple[Any, ...]]:
    return incoming.connection.execute(f"select {columns} from problems order by row, rule").fetchall()


def test_a_faultless_file_has_no_problems_and_full_scores(survey_csv: Callable[..., Path]) -> None:
    incoming = taken(survey_csv, {})
    assert listed(incoming) == []
    assert (
        incoming.scores["rows kept"]
        == incoming.scores["answers given"]
        == incoming.scores["cells without a fault"]
        == 1.0
    )


@pytest.mark.parametrize("weight", ["", "0", "-1", "n/a", "inf", "nan", "1,5"])
def test_a_weight_that_is_no_weight_stops_its_row(survey_csv: Callable[..., Path], weight: str) -> None:
    incoming = taken(survey_csv, {"Weight": weight})
    assert listed(incoming) == [(3, "Weight", weight, "bad_weight", "row")]
    assert (incoming.file.rows_kept, incoming.file.left_out) == (1, {"bad_weight": 1})


def test_every_problem_of_a_file_is_listed_at_once(survey_csv: Callable[..., Path]) -> None:
    incoming = taken(
        survey_csv,
        {"TP01": "Bananas"},
        {"Weight": "heavy", "Interview date": "31/02/2024"},
        {"Tenure": ""},
        {"Age": "7"},
        {"Repair in last 12 months": "No"},
        {"Method": "Pigeon"},
    )
    assert listed(incoming, "row, rule, stops") == [
        (3, "unknown_answer", "row"),
        (4, "bad_date", "row"),
        (4, "bad_weight", "row"),
        (5, "tenure_missing", "row"),
        (6, "bad_age", ""),
        (7, "answered_despite_filter", ""),
        (None, "unknown_method", ""),
    ]
    file = incoming.file
    assert (file.rows_in, file.rows_kept, sum(file.left_out.values())) == (7, 4, 3)
    assert all(what and remedy and owner for what, remedy, owner in listed(incoming, "what, remedy, owner"))


def test_the_row_is_the_spreadsheets_own_below_title_rows(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [GOOD[:4], ("2", "2024-05-01", "General needs", "Bananas")], HEADINGS[:4], above="Acorn Homes\n,,,\n"
    )
    assert listed(take_in(path), "row, rule") == [(5, "unknown_answer")]


def test_where_the_filter_says_no_the_answer_is_not_asked(survey_csv: Callable[..., Path]) -> None:
    incoming = taken(survey_csv, {"Repair in last 12 months": "No", "TP02": ""}, {"Repair in last 12 months": "No"})
    assert incoming.connection.execute("select TP02 from responses order by row").fetchall() == [(4,), (-2,), (-2,)]
    assert listed(incoming, "row, rule, stops") == [(4, "answered_despite_filter", "")]


def test_without_a_filter_column_all_who_answered_count_and_a_note_says_so(survey_csv: Callable[..., Path]) -> None:
    incoming = take_in(
        survey_csv([("1", "2024-05-01", "General needs", "Very satisfied")], ("Serial", "Date", "Tenure", "TP09"))
    )
    assert incoming.connection.execute("select TP09 from responses").fetchall() == [(5,)]
    assert listed(incoming) == [(None, "TP09", "", "no_filter", "")]


def test_a_value_of_free_text_or_of_a_person_is_never_quoted(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [
            ("SECRET1", "H99", "2024-05-01", "Sheltered", "Very satisfied", "1 Jan 1800"),
            ("SECRET1", "H99", "2024-05-01", "Sheltered", "Very satisfied", "1 Jan 1800"),
            ("SECRET2", "H99", "2024-05-01", "Sheltered", "Very satisfied", "1 Jan 1800"),
        ],
        ("Serial", "Tenancy Ref", "Date", "Tenure", "TP01", "DOB"),
    )
    found = listed(take_in(path))
    assert {rule for _, _, _, rule, _ in found} == {"bad_age", "repeated_row", "second_response_household"}
    assert not any(secret in str(found) for secret in ("SECRET", "H99", "1800"))


def test_a_date_of_birth_becomes_a_band_on_the_day_of_the_response(survey_csv: Callable[..., Path]) -> None:
    rows = [
        ("1", "2024-05-31", "Sheltered", "Agree", "1999-06-01"),
        ("2", "2024-06-01", "Sheltered", "Agree", "1999-06-01"),
    ]
    incoming = take_in(survey_csv(rows, ("Serial", "Interview date", "Tenure", "TP08", "DOB")))
    assert incoming.connection.execute("select age_band from responses order by row").fetchall() == [
        ("16–24",),
        ("25–34",),
    ]


def test_a_stratum_keeps_its_population_and_an_uneven_one_is_not_known(survey_csv: Callable[..., Path]) -> None:
    rows = [
        ("1", "2024-05-01", "Sheltered", "Agree", "North", "900"),
        ("2", "2024-05-01", "Sheltered", "Agree", "North", "900"),
        ("3", "2024-05-01", "Sheltered", "Agree", "South", "800"),
        ("4", "2024-05-01", "Sheltered", "Agree", "South", "80"),
    ]
    incoming = take_in(survey_csv(rows, ("Serial", "Date", "Tenure", "TP08", "Stratum", "Stratum population")))
    assert incoming.connection.execute("select stratum, population from strata order by 1").fetchall() == [
        ("North", 900),
        ("South", None),
    ]
    assert listed(incoming, "rule") == [("bad_population",)]


def test_a_score_is_a_share_of_what_should_be_there(survey_csv: Callable[..., Path]) -> None:
    scores = taken(survey_csv, {"TP01": "Bananas"}, {"TP01": ""}, {"Interview date": ""}).scores
    assert scores["rows kept"] == 0.75  # three of four
    assert scores["answers given"] == pytest.approx((2 / 3 + 1) / 2)  # TP01 of two in three, TP02 of all
    assert scores["date recorded"] == pytest.approx(2 / 3)


def test_rows_the_analyst_holds_back_are_told_as_asked_not_as_unknown(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv([["1", "2024-05-01", "General needs", "5"], ["2", "2024-05-01", "Garage", "5"]], CODED)
    said = mapping_of({"direction": {"*": "5 is best"}, "values": {"tenure": {"Garage": "hold back"}}})
    assert listed(take_in(path, said), "row, rule, stops") == [(3, "held_back", "row")]


def test_an_answer_to_a_measure_shared_owners_are_not_asked_is_pointed_out(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [["1", "2024-05-01", "General needs", "4", "5"], ["2", "2024-05-01", "Shared ownership", "4", "5"]],
        [*CODED, "TP04"],
    )
    incoming = take_in(path, mapping_of({"direction": {"*": "5 is best"}}))
    assert [row for row in listed(incoming, "row, rule, stops") if row[1] == "outside_group"] == [
        (None, "outside_group", "")
    ]


def test_a_problem_never_quotes_personal_details(survey_csv: Callable[..., Path]) -> None:
    said = "I told Mrs Okafor on 07700 900123"
    incoming = taken(survey_csv, {"TP01": said}, {"Tenure": "ask dave.smith@example.org please"})
    quoted = " ".join(value for (value,) in listed(incoming, "value") if value)
    assert "Okafor" not in quoted and "07700" not in quoted and "dave.smith" not in quoted
    assert "[name]" in quoted and "[phone]" in quoted and "[e-mail]" in quoted


def test_a_date_of_birth_becomes_an_age_band_by_completed_years_and_is_not_kept(
    survey_csv: Callable[..., Path],
) -> None:
    path = survey_csv(
        [
            ["1", "2025-05-31", "General needs", "Very satisfied", "2000-06-01"],
            ["2", "2025-06-01", "General needs", "Very satisfied", "2000-06-01"],
        ],
        [*CODED, "Date of birth"],
    )
    incoming = take_in(path)
    bands = incoming.connection.execute("select age_band from responses order by row").fetchall()
    assert bands == [("16–24",), ("25–34",)]
    kept = {name for (name, *_) in incoming.connection.execute("describe responses").fetchall()}
    assert not {"dob", "age"} & kept
