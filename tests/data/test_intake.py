from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from data.columns import profiles
from data.columns.mapping import Mapping, WaveFacts, mapping_of
from data.intake import Incoming, IntakeError, MappingFault, Unanswered, UnreadableFile, look, read_mapping, take_in

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "resident_survey"
ANSWERS = Path(__file__).parent / "answers" / "resident_survey.json"

Q = {
    "TP01": "Q1. Taking everything into account, how satisfied or dissatisfied are you with the service"
    " provided by Acorn?",
    "why": "Q1a. Why do you say that?",
    "repair": "Q2a Has Acorn carried out a repair to your home in the last 12 months?",
    "TP02": "Q2b How satisfied or dissatisfied are you with the overall repairs service from Acorn"
    " over the last 12 months?",
    "TP03": "Q2c How satisfied or dissatisfied are you with the time taken to complete your most recent"
    " repair after you reported it?",
    "TP04": "Q3 How satisfied or dissatisfied are you that Acorn provides a home that is well maintained?",
    "TP08": 'Q7 To what extent do you agree or disagree with the following "Acorn treats me fairly and with respect"?',
    "complaint": "Q8 Have you made a complaint to Acorn in the last 12 months?",
    "TP09": "Q8a How satisfied or dissatisfied are you with Acorn's approach to complaints handling?",
    "communal": "Q9 Do you live in a building with communal areas, either inside or outside, that Acorn is responsible"
    " for maintaining?",
    "TP10": "Q9a How satisfied or dissatisfied are you that Acorn keeps these communal areas clean and well"
    " maintained?",
    "TP12": "Q11 How satisfied or dissatisfied are you with Acorn's approach to handling anti-social behaviour?",
}
AGENCY = (
    "Serial",
    "URN",
    "UPRN",
    "InterviewDate",
    "Quarter",
    "Method",
    "Stock type",
    *Q.values(),
    "Weight LCRA",
    "Weight LCHO",
    "Attributable Y/N",
    "Ethnic origin",
    "Email",
)
NA, CANNOT = "Not applicable / don't know", "Unable to answer / Refused"
AGENCY_ROWS = (
    (
        1,
        "U1",
        100023450001,
        "02/05/2024",
        "Q1",
        "CATI",
        "General needs",
        "Very satisfied",
        "They mended the lift at once",
        "Yes",
        "Very satisfied",
        "Fairly satisfied",
        "Fairly satisfied",
        "Agree",
        "No",
        "",
        "Yes",
        "Neither satisfied nor dissatisfied",
        NA,
        1.25,
        "",
        "Y",
        "White British",
        "a@example.org",
    ),
    (
        2,
        "U2",
        100023450002,
        "14/05/2024",
        "Q1",
        "CATI",
        "Sheltered",
        "Fairly dissatisfied",
        "Nobody rings back when asked",
        "No",
        "",
        "",
        "Very satisfied",
        "Strongly disagree",
        "Yes",
        "Very dissatisfied",
        "No",
        "",
        CANNOT,
        0.75,
        "",
        "N",
        "Any other",
        "b@example.org",
    ),
    (
        3,
        "U3",
        100023450003,
        "30/05/2024",
        "Q1",
        "CATI",
        "Shared ownership",
        CANNOT,
        "",
        "",
        "",
        "",
        "",
        "Neither agree nor disagree",
        "No",
        "",
        "No",
        "",
        "Fairly satisfied",
        "",
        1.0,
        "Y",
        "White British",
        "c@example.org",
    ),
    ("Base", "", "", "", "", "", "", 3, "", 2, 1, 1, 2, 3, 3, 1, 3, 1, 1, "", "", "", "", ""),
)


def write_book(path: Path, sheets: dict[str, Any]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def rows(incoming: Incoming, query: str) -> list[tuple[Any, ...]]:
    return incoming.connection.execute(query).fetchall()


def keys(proposal: Any) -> list[str]:
    return [ask.key for ask in proposal.asks]


# ── An agency's workbook ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    titles = (["Acorn Homes TSM survey 2024"], ["Confidential"], [])
    return write_book(
        tmp_path / "agency.xlsx", {"Read me": [["Sent by the agency"]], "Data": [*titles, AGENCY, *AGENCY_ROWS]}
    )


def test_an_agency_workbook_is_mapped_without_a_question(agency: Path) -> None:
    proposal = look(agency)
    assert (proposal.sheet, proposal.header_row, proposal.rows) == ("Data", 4, 4)
    assert keys(proposal) == [] and proposal.ready
    assert proposal.mapping.columns == {
        "respondent": "Serial",
        "household": "UPRN",
        "date": "InterviewDate",
        "quarter": "Quarter",
        "method": "Method",
        "tenure": "Stock type",
        "TP01": Q["TP01"],
        "repair_12m": Q["repair"],
        "TP02": Q["TP02"],
        "TP03": Q["TP03"],
        "TP04": Q["TP04"],
        "TP08": Q["TP08"],
        "complaint_12m": Q["complaint"],
        "TP09": Q["TP09"],
        "communal": Q["communal"],
        "TP10": Q["TP10"],
        "TP12": Q["TP12"],
        "weight_LCRA": "Weight LCRA",
        "weight_LCHO": "Weight LCHO",
        "may_attribute": "Attributable Y/N",
    }
    assert proposal.mapping.comments == {"TP01: Why do you say that?": Q["why"]}


def test_an_agency_workbook_is_read_cell_by_cell(agency: Path) -> None:
    incoming = take_in(agency)
    assert rows(
        incoming, "select row, tenure_group, TP01, TP02, TP08, TP09, TP10, TP12, weight, household from responses"
    ) == [
        (5, "LCRA", 5, 5, 4, -2, 3, 0, 1.25, "100023450001"),
        (6, "LCRA", 2, -2, 1, 1, -2, -1, 0.75, None),
        (7, "LCHO", -1, None, 3, -2, -2, 4, 1.0, "100023450003"),
    ]
    assert rows(incoming, "select name, fieldwork_from::text, fieldwork_to::text, reporting_year from waves") == [
        ("2024/25", "2024-05-02", "2024-05-30", "2024/25")
    ]
    assert rows(incoming, "select row, question, text from comments") == [
        (5, "TP01: Why do you say that?", "They mended the lift at once"),
        (6, "TP01: Why do you say that?", "Nobody rings back when asked"),
    ]
    assert rows(incoming, "select distinct method from responses") == [("Telephone",)]


def test_every_row_is_kept_or_counted_with_its_reason(agency: Path) -> None:
    file = take_in(agency).file
    assert (file.rows_in, file.rows_kept, file.left_out) == (4, 3, {"base_row": 1})


def test_personal_details_and_special_categories_are_dropped_and_counted(agency: Path) -> None:
    incoming = take_in(agency)
    assert incoming.file.dropped == {"Ethnic origin": 3, "Email": 3}
    everything = str(
        [
            rows(incoming, f"select * from {table}")
            for (table,) in rows(incoming, "select table_name from duckdb_tables()")
        ]
    )
    assert "example.org" not in everything and "White British" not in everything
    shown = [line for line in look(agency).proposed if line.field in ("personal", "special", "household", "respondent")]
    assert all(line.samples == () for line in shown) and len(shown) == 4


def test_special_categories_are_kept_once_the_policy_document_is_named(agency: Path) -> None:
    incoming = take_in(agency, policy_document="Equality monitoring policy 2024")
    assert rows(incoming, "select key, special from dimensions where special") == [("c_ethnicity", True)]


def test_no_working_table_outlives_the_intake(agency: Path) -> None:
    tables = {name for (name,) in rows(take_in(agency), "select table_name from duckdb_tables()")}
    assert tables == {"responses", "comments", "dimensions", "waves", "strata", "problems"}


def coded(value: object, best: int) -> object:
    words = [
        "Very dissatisfied",
        "Fairly dissatisfied",
        "Neither satisfied nor dissatisfied",
        "Fairly satisfied",
        "Very satisfied",
    ]
    return (words.index(str(value)) + 1 if best == 5 else 5 - words.index(str(value))) if value in words else value


SMALL = ("Serial", "Interview date", "Tenure", "TP01", "TP05")
SMALL_ROWS = [
    (1, "2024-05-01", "General needs", "Very satisfied", "Fairly satisfied"),
    (2, "2024-05-02", "General needs", "Fairly dissatisfied", "Very dissatisfied"),
    (3, "2024-05-03", "General needs", "Neither satisfied nor dissatisfied", "Very satisfied"),
]
SCALE = [
    "Very satisfied",
    "Fairly satisfied",
    "Neither satisfied nor dissatisfied",
    "Fairly dissatisfied",
    "Very dissatisfied",
]


def codes(best: int) -> list[tuple[object, ...]]:
    return [tuple(coded(cell, best) for cell in row) for row in SMALL_ROWS]


def test_words_are_read_where_a_second_sheet_has_the_same_respondents_as_codes(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"Codes": [SMALL, *codes(1)], "Labels": [SMALL, *SMALL_ROWS]})
    proposal = look(path)
    assert (proposal.sheet, keys(proposal)) == ("Labels", [])
    assert any("in words instead of codes" in note for note in proposal.notes)


def test_two_sheets_that_hold_different_answers_are_asked_about(tmp_path: Path) -> None:
    other = [(4, "2024-05-01", "General needs", "Very satisfied", "Fairly satisfied")]
    path = write_book(tmp_path / "a.xlsx", {"May": [SMALL, *SMALL_ROWS], "June": [SMALL, *other]})
    ask = look(path).asks[0]
    assert (ask.key, ask.options) == ("sheet", ("May", "June"))
    assert take_in(path, Mapping(sheet="June")).file.rows_kept == 1


def test_a_labels_sheet_settles_which_end_of_the_codes_is_good(tmp_path: Path) -> None:
    labels = [["Code", "Label"], *([place, words] for place, words in enumerate(SCALE, 1))]  # 1 is very satisfied
    path = write_book(tmp_path / "a.xlsx", {"Data": [SMALL, *codes(1)], "Labels": labels})
    assert keys(look(path)) == []
    assert rows(take_in(path), "select TP01, TP05 from responses order by row") == [(5, 4), (2, 1), (3, 5)]


def test_sheets_that_disagree_on_the_codes_are_asked_about_with_both_readings(tmp_path: Path) -> None:
    one = [["Code", "Label"], *([place, words] for place, words in enumerate(SCALE, 1))]
    five = [["Code", "Label"], *([6 - place, words] for place, words in enumerate(SCALE, 1))]
    path = write_book(tmp_path / "a.xlsx", {"Data": [SMALL, *codes(1)], "Labels": one, "Codes": five})
    (ask,) = look(path).asks
    assert ask.key == "direction.*"
    assert "sheet 'Labels' says 5 is 'Very dissatisfied', sheet 'Codes' says 'Very satisfied'" in ask.why


# ── Own online surveys ───────────────────────────────────────────────────────────────────────────


def test_a_qualtrics_export_is_recognised_by_its_second_row(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [
            [
                "Start Date",
                "IP Address",
                "Response ID",
                "Recorded Date",
                "External Data Reference",
                "Distribution Channel",
                Q["TP01"][4:],
                "Which kind of home is it?",
            ],
            [
                '{"ImportId":"startDate"}',
                '{"ImportId":"ipAddress"}',
                '{"ImportId":"_recordId"}',
                '{"ImportId":"r"}',
                '{"ImportId":"e"}',
                '{"ImportId":"d"}',
                '{"ImportId":"QID1"}',
                '{"ImportId":"QID2"}',
            ],
            ["2024-05-01 09:30:00", "192.0.2.7", "R_1", "2024-05-01 09:41:12", "T100", "email", "Very satisfied", "x"],
            [
                "2024-05-02 19:30:00",
                "192.0.2.8",
                "R_2",
                "2024-05-02 19:38:00",
                "T101",
                "anonymous",
                "Fairly satisfied",
                "x",
            ],
        ],
        [
            "StartDate",
            "IPAddress",
            "ResponseId",
            "RecordedDate",
            "ExternalReference",
            "DistributionChannel",
            "Q1",
            "Q2",
        ],
    )
    proposal = look(path, answers=Mapping(values={"tenure": {"*": "General needs"}}))
    assert keys(proposal) == []
    assert proposal.mapping.columns["TP01"] == "Q1" and proposal.mapping.columns["date"] == "RecordedDate"
    incoming = take_in(path, proposal.mapping)
    assert incoming.file.dropped == {"IPAddress": 2}
    assert rows(incoming, "select row, TP01, date::text, method from responses") == [
        (4, 5, "2024-05-01", "Online"),
        (5, 4, "2024-05-02", "Online"),
    ]


def test_microsoft_forms_answers_ending_in_a_semicolon_are_read(tmp_path: Path) -> None:
    headings = ["ID", "Start time", "Completion time", "Email", "Name", Q["TP01"][4:], "Tenure"]
    row = [
        1,
        "2024-05-01 10:00:00",
        "2024-05-01 10:05:00",
        "anonymous",
        "Ann Other",
        "Very satisfied;",
        "Shared ownership;",
    ]
    incoming = take_in(write_book(tmp_path / "forms.xlsx", {"Sheet1": [headings, row]}))
    assert rows(incoming, "select TP01, tenure_group, date::text from responses") == [(5, "LCHO", "2024-05-01")]
    assert set(incoming.file.dropped) == {"Email", "Name"}


def test_a_surveymonkey_export_is_read_below_its_second_row(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [
            ["", "", "", "", "", "Response", "Response", "Open-Ended Response"],
            [
                "11",
                "9",
                "05/13/2024",
                "05/13/2024",
                "192.0.2.7",
                "Very dissatisfied",
                "General needs",
                "The heating is never on",
            ],
        ],
        [
            "Respondent ID",
            "Collector ID",
            "Start Date",
            "End Date",
            "IP Address",
            Q["TP01"][4:],
            "Tenure",
            "Why do you say that?",
        ],
    )
    incoming = take_in(path)
    assert rows(incoming, "select row, TP01, date::text from responses") == [(3, 1, "2024-05-13")]
    assert rows(incoming, "select text from comments") == [("The heating is never on",)]


# ── Asked, never guessed ─────────────────────────────────────────────────────────────────────────


def asked_of(path: Path, said: dict[str, Any] | None = None) -> list[str]:
    return keys(look(path, answers=mapping_of(said or {})))


def coded_file(survey_csv: Callable[..., Path], *answers: str) -> Path:
    return survey_csv(
        [[str(place), "2024-05-01", "General needs", answer] for place, answer in enumerate(answers, 1)],
        ["Serial", "Interview date", "Tenure", "TP01"],
    )


def test_which_end_of_one_to_five_is_good_is_asked(survey_csv: Callable[..., Path]) -> None:
    path = coded_file(survey_csv, "1", "5", "3.0", "2", "4")
    assert asked_of(path) == ["direction.*"]
    best = take_in(path, mapping_of({"direction": {"*": "1 is best"}}))
    assert rows(best, "select TP01 from responses order by row") == [(5,), (1,), (3,), (4,), (2,)]


def test_labelled_ends_settle_the_direction(survey_csv: Callable[..., Path]) -> None:
    path = coded_file(survey_csv, "1 - Very satisfied", "2", "3", "4", "5 - Very dissatisfied")
    assert asked_of(path) == []
    assert rows(take_in(path), "select TP01 from responses order by row") == [(5,), (4,), (3,), (2,), (1,)]


def test_how_one_to_ten_folds_is_asked(survey_csv: Callable[..., Path]) -> None:
    path = coded_file(survey_csv, *map(str, range(1, 11)))
    (ask,) = look(path).asks
    assert ask.key == "direction.*" and "9–10, 7–8, 5–6, 3–4, 1–2" in ask.what
    folded = take_in(path, mapping_of({"direction": {"*": "10 is best, in pairs"}}))
    assert [code for (code,) in rows(folded, "select TP01 from responses order by row")] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]


@pytest.mark.parametrize("number", ["0", "6", "9", "99"])
def test_what_a_number_outside_the_scale_means_is_asked_even_when_rare(
    survey_csv: Callable[..., Path], number: str
) -> None:
    path = coded_file(survey_csv, "1", "5", number)
    assert asked_of(path, {"direction": {"*": "5 is best"}}) == [f"values.TP01.{number}"]
    said = {"direction": {"*": "5 is best"}, "values": {"*": {number: "not applicable"}}}
    assert rows(take_in(path, mapping_of(said)), "select TP01 from responses order by row") == [(1,), (5,), (0,)]


def test_an_unknown_answer_is_asked_when_frequent_and_held_back_when_rare(survey_csv: Callable[..., Path]) -> None:
    often = coded_file(survey_csv, *["Very satisfied"] * 5, *["Content"] * 5)
    assert asked_of(often) == ["values.TP01.Content"]
    rarely = take_in(coded_file(survey_csv, *["Very satisfied"] * 5, "Content"))
    assert rarely.file.left_out == {"unknown_answer": 1}
    assert rows(rarely, 'select row, "column", value, owner, stops from problems') == [
        (7, "TP01", "Content", "survey agency", "row")
    ]


def test_words_and_numbers_in_one_column_are_asked_and_listed(survey_csv: Callable[..., Path]) -> None:
    path = coded_file(survey_csv, "Very satisfied", "5", "1")
    assert asked_of(path) == ["direction.*"]
    incoming = take_in(path, mapping_of({"direction": {"TP01": "5 is best"}}))
    assert rows(incoming, "select rule, stops from problems") == [("mixed_scales", "")]


def dated(survey_csv: Callable[..., Path], *days: str) -> Path:
    return survey_csv(
        [[str(place), day, "General needs", "Very satisfied"] for place, day in enumerate(days, 1)],
        ["Serial", "Interview date", "Tenure", "TP01"],
    )


def test_day_or_month_first_is_asked_only_when_both_are_possible(survey_csv: Callable[..., Path]) -> None:
    assert asked_of(dated(survey_csv, "03/04/2024", "05/06/2024")) == ["dates"]
    assert asked_of(dated(survey_csv, "03/04/2024", "25/06/2024")) == []
    assert asked_of(dated(survey_csv, "2024-05-04")) == []
    month_first = take_in(dated(survey_csv, "05/06/2024"), mapping_of({"dates": "month first"}))
    assert rows(month_first, "select date::text from responses") == [("2024-05-06",)]


def test_dates_in_two_orders_are_asked_and_the_others_listed(survey_csv: Callable[..., Path]) -> None:
    path = dated(survey_csv, "25/06/2024", "06/25/2024")
    (ask,) = look(path).asks
    assert ask.key == "dates" and "'25/06/2024' can only be day first, '06/25/2024' only month first" in ask.why
    incoming = take_in(path, mapping_of({"dates": "day first"}))
    assert rows(incoming, "select row, value, rule, stops from problems") == [(3, "06/25/2024", "bad_date", "row")]


def test_an_unknown_tenure_is_asked_when_frequent(survey_csv: Callable[..., Path]) -> None:
    rows_ = [[str(place), "2024-05-01", "Type 7", "Very satisfied"] for place in range(1, 7)]
    path = survey_csv(rows_, ["Serial", "Interview date", "Tenure", "TP01"])
    assert asked_of(path) == ["values.tenure.Type 7"]
    incoming = take_in(path, mapping_of({"values": {"tenure": {"Type 7": "Shared ownership"}}}))
    assert rows(incoming, "select distinct tenure, tenure_group from responses") == [("Shared ownership", "LCHO")]


def test_without_tenure_dates_or_wave_all_three_are_asked(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv([["1", "Very satisfied"]], ["Serial", "TP01"])
    assert asked_of(path) == ["values.tenure.*", "wave.fieldwork", "wave.name"]
    with pytest.raises(Unanswered) as caught:
        take_in(path)
    assert [ask.key for ask in caught.value.asks] == ["values.tenure.*", "wave.fieldwork", "wave.name"]


def test_two_columns_for_one_field_are_asked(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [["1", "2024-05-01", "General needs", "Very satisfied", "Fairly satisfied"]],
        ["Serial", "Interview date", "Tenure", "TP01", "Q_TP01"],
    )
    (ask,) = look(path).asks
    assert (ask.key, ask.options) == ("columns.TP01", ("TP01", "Q_TP01", "none of these"))
    assert asked_of(path, {"columns": {"TP01": "Q_TP01"}}) == []


def test_whether_quarters_are_waves_is_asked(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [
            ["1", "2024-05-01", "Q1", "General needs", "Very satisfied"],
            ["2", "2024-08-01", "Q2", "General needs", "Very satisfied"],
        ],
        ["Serial", "Interview date", "Quarter", "Tenure", "TP01"],
    )
    assert asked_of(path) == ["wave.split"]
    assert asked_of(path, {"wave": {"name": "2024/25"}}) == []
    apart = take_in(path, mapping_of({"wave": {"split": "by quarter"}}))
    assert rows(apart, "select name, fieldwork_from::text from waves order by 1") == [
        ("2024/25 Q1", "2024-05-01"),
        ("2024/25 Q2", "2024-08-01"),
    ]


def test_several_waves_in_one_file_each_have_their_own_facts(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [["1", "Spring", "General needs", "Very satisfied"], ["1", "Autumn", "General needs", "Very dissatisfied"]],
        ["Serial", "Wave", "Tenure", "TP01"],
    )
    assert asked_of(path) == ["waves.Autumn.fieldwork", "waves.Spring.fieldwork"]
    said = {
        "wave": {"collector": "Agency", "population": {"LCRA": 1000}},
        "waves": {
            "Spring": {"fieldwork": ["2024-03-01", "2024-03-31"]},
            "Autumn": {"fieldwork": ["2024-09-01", "2024-09-30"], "population": {"LCRA": 1100}},
        },
    }
    incoming = take_in(path, mapping_of(said))
    assert rows(incoming, "select name, reporting_year, collector, population_LCRA from waves order by 1") == [
        ("Autumn", "2024/25", "Agency", 1100),
        ("Spring", "2023/24", "Agency", 1000),
    ]
    assert rows(incoming, "select wave, population from strata order by 1") == [("Autumn", 1100), ("Spring", 1000)]


# ── Two answers for one person ───────────────────────────────────────────────────────────────────


def test_two_different_answers_of_one_respondent_are_asked_about(
    survey_csv: Callable[..., Path], three_rows: Any
) -> None:
    path = survey_csv([*three_rows, [*three_rows[0][:-1], "Very dissatisfied"]])
    assert asked_of(path) == ["repeated_respondents"]
    for choice, kept in (("first", [5]), ("last", [1]), ("neither", [])):
        incoming = take_in(path, mapping_of({"repeated_respondents": choice}))
        assert [code for (code,) in rows(incoming, "select TP01 from responses where row in (2, 5)")] == kept
        assert incoming.file.rows_in == incoming.file.rows_kept + sum(incoming.file.left_out.values())


def test_the_same_row_twice_is_taken_once(survey_csv: Callable[..., Path], three_rows: Any) -> None:
    incoming = take_in(survey_csv([*three_rows, three_rows[0]]))
    assert (incoming.file.rows_kept, incoming.file.left_out) == (3, {"repeated_row": 1})


def test_a_second_response_of_a_household_is_kept_and_not_counted(
    survey_csv: Callable[..., Path], three_rows: Any
) -> None:
    three_rows[2][1] = three_rows[0][1]
    incoming = take_in(survey_csv(three_rows))
    assert rows(incoming, "select counts from responses order by row") == [(True,), (True,), (False,)]
    assert rows(incoming, "select distinct household, may_attribute from responses") == [(None, False)]


def test_household_references_that_lost_digits_do_not_make_households(
    survey_csv: Callable[..., Path], three_rows: Any
) -> None:
    for row in three_rows:
        row[1] = "1.00023E+11"
    incoming = take_in(survey_csv(three_rows))
    assert rows(incoming, "select distinct counts from responses") == [(True,)]
    assert rows(incoming, "select rule from problems") == [("household_lost_digits",)]


# ── Answers files and profiles ───────────────────────────────────────────────────────────────────


def test_an_unknown_heading_is_refused_with_those_there_are(survey_csv: Callable[..., Path]) -> None:
    with pytest.raises(MappingFault) as caught:
        look(survey_csv(), answers=mapping_of({"columns": {"estate": "Neighbourhood"}}))
    assert "Estate" in caught.value.problems[0].what and caught.value.problems[0].value == "Neighbourhood"


@pytest.mark.parametrize(
    "said",
    [
        {"values": {"TP99": {"9": "refused"}}},
        {"direction": {"TP99": "5 is best"}},
        {"direction": {"TP01": "5 is lovely"}},
        {"columns": {"estat": "Estate"}},
        {"values": {"TP01": {"Very satisfied": "delighted"}}},
        {"values": {"tenure": {"General needs": "castle"}}},
        {"values": {"method": {"CATI": "pigeon"}}},
        {"values": {"age": {"44": "old"}}},
    ],
)
def test_what_the_answers_name_must_exist(survey_csv: Callable[..., Path], said: dict[str, Any]) -> None:
    with pytest.raises(MappingFault) as caught:
        look(survey_csv(), answers=mapping_of(said))
    assert caught.value.problems[0].remedy.startswith("Expected: ")


def test_facts_of_a_wave_that_is_not_in_the_file_are_refused(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [["1", "2024-05-01", "Spring", "Sheltered", "Agree"]], ["Serial", "Date", "Wave", "Tenure", "TP08"]
    )
    with pytest.raises(MappingFault) as caught:
        look(path, answers=mapping_of({"waves": {"Sprung": {"collector": "x"}}}))
    assert "Spring" in caught.value.problems[0].remedy


def test_a_blank_tenure_can_be_given_a_meaning(survey_csv: Callable[..., Path], three_rows: Any) -> None:
    three_rows[0][4] = " "
    said = mapping_of({"values": {"tenure": {"(blank)": "Shared ownership"}}})
    assert rows(take_in(survey_csv(three_rows), said), "select tenure_group from responses where row = 2") == [
        ("LCHO",)
    ]


def test_a_field_can_be_said_not_to_be_in_the_file(survey_csv: Callable[..., Path]) -> None:
    incoming = take_in(survey_csv(), mapping_of({"columns": {"estate": None}}))
    assert rows(incoming, "select distinct estate from responses") == [(None,)]


def test_a_column_of_e_mail_addresses_cannot_be_mapped_to_what_is_kept(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv(
        [["1", "2024-05-01", "Sheltered", "a@example.org", "Agree"]], ["Serial", "Date", "Tenure", "Contact", "TP08"]
    )
    with pytest.raises(MappingFault):
        look(path, answers=mapping_of({"columns": {"estate": "Contact"}}))


def test_a_remembered_mapping_is_applied_to_the_next_file_with_the_same_headings(
    survey_csv: Callable[..., Path], tmp_path: Path
) -> None:
    first = survey_csv([["1", "2024-05-01", "Type 7", "1"]], ["No", "When", "Kind", "Overall"], name="first.csv")
    said = {
        "columns": {"respondent": "No", "date": "When", "tenure": "Kind", "TP01": "Overall"},
        "direction": {"*": "1 is best"},
        "values": {"tenure": {"Type 7": "General needs"}},
        "wave": {"name": "Spring", "collector": "Agency"},
    }
    done = look(first, answers=mapping_of(said))
    assert profiles.remember(tmp_path, "../Agency: spring", done.mapping, done.headings) == "Agency- spring"
    second = survey_csv([["9", "2025-05-01", "Type 7", "2"]], ["No", "When", "Kind", "Overall"], name="second.csv")
    assert look(second, tmp_path).profile == "Agency- spring"
    incoming = take_in(second, home=tmp_path)
    assert rows(incoming, "select wave, TP01, tenure_group from responses") == [("2025/26", 4, "LCRA")]
    assert list((tmp_path / "profiles").iterdir()) == [tmp_path / "profiles" / "Agency- spring.json"]


def test_what_a_profile_does_not_settle_is_still_asked(survey_csv: Callable[..., Path], tmp_path: Path) -> None:
    profiles.remember(
        tmp_path, "mine", Mapping(direction={"*": "5 is best"}), ["Serial", "Interview date", "Tenure", "TP01"]
    )
    path = coded_file(survey_csv, "1", "5", "9")
    assert keys(look(path, tmp_path)) == ["values.TP01.9"]


def test_a_profile_remembers_which_of_several_sheets_is_read_and_asks_where_it_is_gone(tmp_path: Path) -> None:
    other = [(4, "2024-05-01", "General needs", "Very satisfied", "Fairly satisfied")]
    profiles.remember(tmp_path, "mine", Mapping(sheet="June"), SMALL)
    path = write_book(tmp_path / "a.xlsx", {"May": [SMALL, *SMALL_ROWS], "June": [SMALL, *other]})
    assert (look(path, tmp_path).sheet, keys(look(path, tmp_path, profile="mine"))) == ("June", [])
    later = write_book(tmp_path / "b.xlsx", {"July": [SMALL, *SMALL_ROWS], "August": [SMALL, *other]})
    assert keys(look(later, tmp_path)) == ["sheet"]


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do(
    survey_csv: Callable[..., Path], tmp_path: Path
) -> None:
    profiles.remember(tmp_path, "mine", Mapping(), ["a"])
    with pytest.raises(MappingFault) as caught:
        look(survey_csv(), tmp_path, profile="yours")
    assert "mine" in caught.value.problems[0].what


# ── Whatever stands in the file is text ──────────────────────────────────────────────────────────

NASTY = "x'); drop table responses; --\"<img src=x onerror=alert(1)>![](http://example.org)$1 {values}"


def test_quotes_markup_and_sql_in_headings_and_values_stay_text(
    survey_csv: Callable[..., Path], three_rows: Any
) -> None:
    headings = ["Serial", "UPRN", "Interview date", "Method", "Tenure", NASTY, "TP01", f"{NASTY} why"]
    rows_ = [[*row[:5], NASTY, row[6], f"{NASTY} is what I say, and more of it too"] for row in three_rows]
    incoming = take_in(survey_csv(rows_, headings), mapping_of({"columns": {"estate": NASTY, "characteristics": {}}}))
    assert rows(incoming, "select distinct estate from responses") == [(NASTY,)]
    assert rows(incoming, "select heading from dimensions where key = 'estate'") == [(NASTY,)]
    assert rows(incoming, "select distinct question from comments") == [(f"{NASTY} why",)]


def test_a_formula_stays_text(survey_csv: Callable[..., Path], three_rows: Any) -> None:
    three_rows[0][5] = '=HYPERLINK("http://example.org")'
    assert rows(take_in(survey_csv(three_rows)), "select estate from responses where row = 2") == [(three_rows[0][5],)]


def test_a_characteristic_of_any_name_is_kept_under_a_plain_key(survey_csv: Callable[..., Path]) -> None:
    said = {"columns": {"characteristics": {"Lift? (Y/N)": "Estate", "lift y n": "Method"}}}
    incoming = take_in(survey_csv(), mapping_of(said))
    assert rows(incoming, "select key, label from dimensions where key like 'c@_%' escape '@' order by 1") == [
        ("c_lift_y_n", "Lift? (Y/N)"),
        ("c_lift_y_n_2", "lift y n"),
    ]


def test_a_file_without_a_measure_is_not_taken_in(survey_csv: Callable[..., Path]) -> None:
    path = survey_csv([["1", "2024-05-01", "General needs"]], ["Serial", "Interview date", "Tenure"])
    with pytest.raises(IntakeError) as caught:
        take_in(path)
    assert [problem.rule for problem in caught.value.problems] == ["no_measure"]


def test_a_file_of_which_nothing_can_be_kept_is_refused_with_the_reasons(survey_csv: Callable[..., Path]) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(coded_file(survey_csv, "Bananas", "Pears"))
    assert [(p.rule, p.row) for p in caught.value.problems] == [
        ("nothing_kept", None),
        ("unknown_answer", 2),
        ("unknown_answer", 3),
    ]


def test_a_file_that_cannot_be_read_leaves_no_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "work"))
    (tmp_path / "a.csv").write_bytes(b"Serial,TP01\n1,\x00")
    with pytest.raises(UnreadableFile):
        take_in(tmp_path / "a.csv")
    assert list((tmp_path / "work").iterdir()) == []


# ── A file nobody here wrote ─────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not SHARED.exists(), reason="the City of San Diego's resident survey is not beside the checkout")
def test_a_real_survey_is_taken_in_with_an_answers_file() -> None:
    """Expected figures were counted with Python's csv module alone."""
    incoming = take_in(SHARED / "resident_survey_2015.csv", read_mapping(ANSWERS))
    assert (incoming.file.rows_in, incoming.file.rows_kept, incoming.file.left_out) == (
        2477,
        2432,
        {"held_back": 45},
    )
    assert rows(
        incoming,
        "select tenure_group, count(*), count(*) filter (TP01 >= 4), count(*) filter (TP01 > 0) from responses "
        "group by 1 order by 1",
    ) == [("LCHO", 1518, 653, 1493), ("LCRA", 914, 457, 897)]
    assert rows(incoming, "select count(distinct estate) from responses") == [(9,)]
    assert rows(incoming, "select count(*) from responses where age_band = '16–24'") == [(185,)]
    assert rows(incoming, "select name, reporting_year from waves") == [("Residents 2015", "2015/16")]


@pytest.mark.skipif(not SHARED.exists(), reason="the City of San Diego's resident survey is not beside the checkout")
def test_a_real_survey_without_answers_is_not_guessed_at() -> None:
    proposal = look(SHARED / "resident_survey_2015.csv")
    assert not proposal.ready and proposal.mapping.columns == {}


def test_the_waves_facts_given_reach_the_wave(survey_csv: Callable[..., Path]) -> None:
    facts = WaveFacts(
        name="Spring", fieldwork=("2024-05-01", "2024-05-02"), sample_kind="quota", population={"LCHO": 12}
    )
    incoming = take_in(survey_csv(), Mapping(wave=facts))
    assert rows(incoming, "select name, fieldwork_to::text, sample_kind, population_LCHO from waves") == [
        ("Spring", "2024-05-02", "quota", 12)
    ]
    assert rows(incoming, "select row, rule, value, stops from problems") == [
        (4, "date_outside_fieldwork", "2024-05-03", "")
    ]
