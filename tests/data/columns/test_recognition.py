from __future__ import annotations

import pytest

from data.columns.contents import contents_of
from data.columns.recognition import COMMENT, PERSONAL, SPECIAL, Column, reading_of, recognise
from data.registers import measures, reporting_years

MEASURES = measures(reporting_years()[-1])
SATISFIED = ("Very satisfied", "Fairly satisfied", "Very dissatisfied", "Fairly satisfied")
YES_NO = ("Yes", "No", "Yes", "No")
WORDS = ("They never came back to finish it", "The caretaker is lovely and helpful", "I wait weeks for an answer")
CODES = ("1", "5", "4", "2")


def read(heading: str, cells: tuple[str, ...] = SATISFIED, wording: str = "") -> str:
    reading = reading_of(Column(0, heading, wording, contents_of(cells)), MEASURES)
    return reading.field if reading else ""


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
@pytest.mark.parametrize("landlord", ["Acorn Homes", "your landlord", "St. Mary's & District Council"])
@pytest.mark.parametrize("number", ["", "Q12. ", "Q12a "])
def test_the_prescribed_wording_is_recognised_with_any_landlords_name(measure, landlord, number) -> None:
    assert read(number + measure.wording.replace("[landlord]", landlord)) == measure.code


@pytest.mark.parametrize(
    "heading", ["TP01", "Q_TP01", "tp 1", "TP1", "tp01_overall", "Q1 TP01 - Overall satisfaction", "TP01 (LCRA)"]
)
def test_a_measure_is_recognised_by_its_code(heading: str) -> None:
    assert read(heading, CODES) == "TP01"


@pytest.mark.parametrize(
    ("heading", "code"), [("TP10", "TP10"), ("TP12", "TP12"), ("TP02", "TP02"), ("TP11 neighbourhood", "TP11")]
)
def test_two_figure_codes_are_not_taken_for_tp01(heading: str, code: str) -> None:
    assert read(heading, CODES) == code


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("How satisfied are you with the service Acorn provides overall, taking everything into account?", "TP01"),
        ("How satisfied or dissatisfied were you with the overall repairs service over the past 12 months?", "TP02"),
        ("Satisfaction with time taken to complete most recent repair", "TP03"),
        ("How satisfied are you that Acorn provides a home which is well maintained", "TP04"),
        ("How satisfied or dissatisfied are you that we provide a home that is safe?", "TP05"),
        ("How satisfied are you that we listen to your views and act upon them?", "TP06"),
        ("How satisfied are you that we keep you informed about things that matter to you?", "TP07"),
        ("To what extent do you agree or disagree that Acorn treats you fairly and with respect?", "TP08"),
        ("How satisfied or dissatisfied are you with our approach to complaint handling?", "TP09"),
        ("How satisfied are you that Acorn keeps the communal areas clean and well maintained?", "TP10"),
        ("How satisfied are you that we make a positive contribution to your neighborhood?", "TP11"),
        ("How satisfied are you with our approach to handling antisocial behaviour?", "TP12"),
    ],
)
def test_near_wording_is_recognised_and_neighbours_are_not_confused(heading: str, code: str) -> None:
    assert read(heading) == code


@pytest.mark.parametrize(
    "heading",
    [
        "How satisfied are you with the value for money of your rent?",
        "Is Acorn easy to deal with?",
        "How likely are you to recommend us?",
        "How satisfied are you with your neighbours?",
        "How satisfied are you with how we handled your last call?",
    ],
)
def test_other_questions_of_satisfaction_are_no_measure(heading: str) -> None:
    assert not read(heading).startswith("TP")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Has Acorn carried out a repair to your home in the last 12 months?", "repair_12m"),
        ("Have you made a complaint to Acorn in the last 12 months?", "complaint_12m"),
        (
            "Do you live in a building with communal areas, either inside or outside, that Acorn maintains?",
            "communal",
        ),
        ("TP02 filter", "repair_12m"),
        ("TP09", "complaint_12m"),
    ],
)
def test_a_filter_question_is_not_its_measure(heading: str, field: str) -> None:
    assert read(heading, YES_NO) == field


@pytest.mark.parametrize(
    "heading", ["TP01 comment", "TP01 why", "Why do you say that?", "Q1a. Reason for score", "Anything"]
)
def test_free_text_is_a_comment_whatever_its_heading(heading: str) -> None:
    assert read(heading, WORDS) == COMMENT


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Contact", ("a@example.org", "b@example.org")),
        ("Reference", ("192.0.2.1", "192.0.2.254")),
        ("Best way to reach you", ("07700 900123", "0161 496 0000")),
        ("Code", ("QQ 12 34 56 C", "QQ123456C")),
        ("Where", ("M1 1AE", "SW1A 1AA")),
        ("IP Address", ("hidden", "hidden")),
        ("RecipientLastName", ("Other", "Else")),
        ("Surname", ("Other", "Else")),
        ("Tel1", ("x", "y")),
        ("LocationLatitude", ("53.1", "52.2")),
    ],
)
def test_personal_details_are_recognised_by_heading_and_by_what_the_cells_hold(
    heading: str, cells: tuple[str, ...]
) -> None:
    assert read(heading, cells) == PERSONAL


@pytest.mark.parametrize(
    "heading",
    ["Ethnic origin", "Q30. What is your ethnic group?", "Disability Y/N", "Religion or belief", "Sexual orientation"],
)
def test_special_categories_are_recognised(heading: str) -> None:
    assert read(heading, ("A", "B")) == SPECIAL


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("ResponseId", ("R_1", "R_2"), "respondent"),
        ("UPRN", ("100023450001",), "household"),
        ("tag_ref", ("T1",), "household"),
        ("InterviewDate", ("01/05/2024",), "date"),
        ("Wave", ("1", "2"), "wave"),
        ("Qtr", ("Q1",), "quarter"),
        ("Data collection method", ("CATI",), "method"),
        ("Scheme name", ("Ash",), "estate"),
        ("Block", ("A",), "block"),
        ("Stock type", ("GN",), "tenure"),
        ("Age_Band", ("16-24",), "age_band"),
        ("Q20. What is your age?", ("44",), "age"),
        ("D.O.B", ("1970-01-01",), "dob"),
        ("Weight", ("1.2",), "weight"),
        ("Weight (LCHO)", ("1.2",), "weight_LCHO"),
        ("Strata", ("A",), "stratum"),
        ("Stratum population", ("900",), "stratum_population"),
        ("Attributable Y/N", ("Y", "N"), "may_attribute"),
    ],
)
def test_other_fields_are_recognised_by_their_usual_headings(heading: str, cells: tuple[str, ...], field: str) -> None:
    assert read(heading, cells) == field


def test_a_heading_that_says_nothing_is_recognised_by_its_second_row() -> None:
    assert (
        read("Q7", wording="How satisfied or dissatisfied are you that Acorn listens to your views and acts upon them?")
        == "TP06"
    )


def test_of_several_usual_headings_the_one_the_register_puts_first_is_taken() -> None:
    columns = [
        Column(place, name, "", contents_of(("2024-05-01",)))
        for place, name in enumerate(["Start date", "End date", "Recorded date"])
    ]
    recognised = recognise(columns, MEASURES)
    assert [(each.field, each.column.heading) for each in recognised.readings] == [("date", "End date")]
    assert recognised.rivals == {}


def test_columns_that_are_as_likely_are_rivals_and_none_is_taken() -> None:
    columns = [Column(place, name, "", contents_of(SATISFIED)) for place, name in enumerate(["TP05", "Q_TP05"])]
    recognised = recognise(columns, MEASURES)
    assert recognised.readings == () and [each.column.position for each in recognised.rivals["TP05"]] == [0, 1]
