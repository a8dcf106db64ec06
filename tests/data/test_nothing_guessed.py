"""What a survey file leaves in doubt is asked, and what it holds of a person is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from data.columns.mapping import mapping_of
from data.intake import Incoming, IntakeError, MappingFault, look, take_in
from data.sources.headers import is_base_row

HEADINGS = ["Serial", "Interview date", "Tenure", "Estate", "TP01"]
ROW = ["1", "2024-05-31", "General needs", "Ash Court", "Very satisfied"]


def survey(write: Callable[..., Path], heading: str, cells: Sequence[str], instead_of: str = "") -> Path:
    """A survey with one more column, or with another column in the place of one of its own."""
    at = HEADINGS.index(instead_of) if instead_of else len(HEADINGS)
    rows = [[str(number), *ROW[1:]] for number in range(1, len(cells) + 1)]
    changed = [[*row[:at], cell, *row[at + 1 :]] for row, cell in zip(rows, cells, strict=True)]
    return write(changed, [*HEADINGS[:at], heading, *HEADINGS[at + 1 :]])


def asked(path: Path, said: dict[str, Any] | None = None) -> list[str]:
    return [ask.key for ask in look(path, answers=mapping_of(said or {})).asks]


def rows(incoming: Incoming, query: str) -> list[Any]:
    found: list[Any] = incoming.connection.execute(query).fetchall()
    incoming.close()
    return found


# ── Promises to tenants ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", ["Anonymous Y/N", "Confidential?", "Would you like to remain anonymous?"])
def test_a_yes_to_staying_anonymous_never_joins_answers_to_a_home(
    survey_csv: Callable[..., Path], heading: str
) -> None:
    path = survey(survey_csv, heading, ["Yes"] * 6 + ["No"] * 6)
    assert asked(path) == ["values.may_attribute.No", "values.may_attribute.Yes"]
    said = {"values": {"may_attribute": {"Yes": "no", "No": "yes"}}}
    assert asked(path, said) == []
    taken = take_in(path, mapping_of(said))
    assert rows(taken, "select count(*), min(row), max(row) from responses where may_attribute") == [(6, 8, 13)]


def test_a_rare_yes_under_such_a_heading_is_taken_as_no(survey_csv: Callable[..., Path]) -> None:
    taken = take_in(survey(survey_csv, "Anonymous Y/N", ["Yes"]))
    assert rows(taken, "select may_attribute, rule from responses, problems") == [(False, "unknown_attribution")]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([f"{number} Oak Road, Leeds, LS1 4A{letter}" for number, letter in enumerate("ABDEFG", 1)], "Address"),
        ([f"Reach me: p{number}@mail.example" for number in range(6)], "E-mail"),
        (["Joan Okafor", "Peter Lee", "Aisha Khan", "Mrs Ncube", "O'Brien, Mary", "Fatima Ali"], "Name"),
    ],
)
def test_personal_details_are_known_by_what_the_cells_hold(
    survey_csv: Callable[..., Path], cells: list[str], kind: str
) -> None:
    path = survey(survey_csv, "Field F", cells)
    found = next(line for line in look(path).proposed if line.heading == "Field F")
    assert (found.field, found.label, found.samples) == ("personal", kind, ())
    taken = take_in(path)
    assert taken.file.dropped == {"Field F": 6}
    taken.close()
    with pytest.raises(MappingFault, match="personal details"):
        take_in(path, mapping_of({"columns": {"comments": {"Said": "Field F"}}}))


def test_estates_named_after_people_are_places(survey_csv: Callable[..., Path]) -> None:
    names = ["Victoria Court", "Albert House", "Grace Close", "George Street", "Alice Gardens", "Arthur Road"]
    taken = take_in(survey(survey_csv, "Estate", names, "Estate"))
    assert rows(taken, "select count(distinct estate) from responses") == [(6,)]


def test_a_problem_quotes_no_personal_details(survey_csv: Callable[..., Path]) -> None:
    path = survey(survey_csv, "TP01", ["Ask joan@mail.example", "Ring 020 7946 0001", *["Very satisfied"] * 6], "TP01")
    taken = take_in(path)
    quoted = [("Ask [e-mail]",), ("Ring [phone]",)]
    assert rows(taken, "select value from problems where rule = 'unknown_answer' order by row") == quoted


def test_words_of_a_column_not_used_are_shown_only_where_they_are_few(survey_csv: Callable[..., Path]) -> None:
    path = survey(survey_csv, "Field D", [f"Zeta{letter}" for letter in "abcdefghijklmn"])
    assert next(line for line in look(path).proposed if line.heading == "Field D").samples == ()


# ── Columns that may be overlooked ───────────────────────────────────────────────────────────────


def test_a_measure_in_other_words_is_asked_about_not_left_out(survey_csv: Callable[..., Path]) -> None:
    heading = "How satisfied are you with the way Acorn handles complaints"
    path = survey(survey_csv, heading, ["Fairly satisfied"])
    (ask,) = look(path).asks
    assert (ask.key, ask.options) == ("columns.TP09", (heading, "none of these"))
    assert asked(path, {"columns": {"TP09": heading}}) == []
    assert asked(path, {"columns": {"TP09": "none of these"}}) == asked(path, {"columns": {"TP09": None}}) == []


@pytest.mark.parametrize(
    ("heading", "cells", "instead_of", "key"),
    [
        ("wt_all", ["0.8", "1.3"], "", "columns.weight"),
        ("When we spoke", ["2024-05-31", "2024-06-01"], "Interview date", "columns.date"),
        ("What is it you live in?", ["Shared ownership", "General needs"], "Tenure", "columns.tenure"),
    ],
)
def test_a_weight_date_or_tenure_under_an_odd_heading_is_asked_about(
    survey_csv: Callable[..., Path], heading: str, cells: list[str], instead_of: str, key: str
) -> None:
    path = survey(survey_csv, heading, cells, instead_of)
    assert asked(path) == [key]
    assert asked(path, {"columns": {key.split(".")[1]: heading}}) == []


def test_the_prescribed_wording_is_its_measure_whatever_the_answers_are_called(
    survey_csv: Callable[..., Path],
) -> None:
    heading = "How satisfied or dissatisfied are you that Acorn provides a home that is well maintained?"
    path = survey(survey_csv, heading, ["Happy"] * 6 + ["Sad"] * 6)
    assert asked(path) == ["values.TP04.Happy", "values.TP04.Sad"]


def test_fractions_are_not_the_ends_of_a_scale(survey_csv: Callable[..., Path]) -> None:
    path = survey(survey_csv, "TP01", ["1"] * 6 + ["0.75"] * 6 + ["0"] * 6, "TP01")
    assert sorted(asked(path)) == ["values.TP01.0", "values.TP01.0.75", "values.TP01.1"]


# ── Quarters, days, estates, totals ──────────────────────────────────────────────────────────────


def test_quarters_without_a_year_are_told_apart_from_next_years(survey_csv: Callable[..., Path]) -> None:
    by_quarter = {"wave": {"split": "by quarter"}}
    dated = survey(survey_csv, "Quarter", ["Q1", "Q2"])
    assert rows(take_in(dated, mapping_of(by_quarter)), "select name from waves") == [("2024/25 Q1",), ("2024/25 Q2",)]
    undated = survey_csv([["1", "Q1", "General needs", "Very satisfied"]], ["Serial", "Quarter", "Tenure", "TP01"])
    assert asked(undated, by_quarter) == ["wave.name"]
    named = {"wave": {"split": "by quarter", "name": "2024/25"}}
    assert asked(undated, named) == ["waves.2024/25 Q1.fieldwork"]
    days = {"waves": {"2024/25 Q1": {"fieldwork": ["2024-04-01", "2024-06-30"]}}}
    assert rows(take_in(undated, mapping_of(named | days)), "select name from waves") == [("2024/25 Q1",)]


def test_one_estate_in_several_spellings_is_one(survey_csv: Callable[..., Path]) -> None:
    cells = ["Ash Court", "Ash Court", "ASH COURT", "Ash  Court ", "Ash\u00a0Court", "Elm Rise"]
    taken = take_in(survey(survey_csv, "Estate", cells, "Estate"))
    assert rows(taken, "select estate, count(*) from responses group by 1 order by 1") == [
        ("Ash Court", 5),
        ("Elm Rise", 1),
    ]


@pytest.mark.parametrize(
    "text", ["Friday 31 May 2024", "31st May 2024", "May 31, 2024", "20240531", "45443", "45443.4375"]
)
def test_a_day_that_can_be_read_in_one_way_is_read(survey_csv: Callable[..., Path], text: str) -> None:
    taken = take_in(survey(survey_csv, "Interview date", [text], "Interview date"))
    assert rows(taken, "select date::text from responses") == [("2024-05-31",)]  # 45443: Excel's number for the day


@pytest.mark.parametrize("first", ["Total respondents", "All respondents", "Count", "Base: all respondents"])
def test_a_total_at_the_bottom_is_no_respondent(first: str) -> None:
    assert is_base_row([first, "", "200"])


def test_a_byte_order_mark_alone_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(b"\xef\xbb\xbf")
    with pytest.raises(IntakeError, match="empty"):
        take_in(path)
