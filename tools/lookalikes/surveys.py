"""File 1: the agency's workbook of interviews, in labels and again in codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from analysis.model import Measure
from data.registers import measures
from tools.lookalikes.landlord import LANDLORD, Home, Landlord, some_day
from tools.lookalikes.sheets import Cell, LookAlike, fill, workbook

YEAR = "2025/26"
FIRST_DAY, LAST_DAY = date(2025, 4, 1), date(2026, 3, 31)
INTERVIEWS = 250
ODDS = (36, 33, 11, 9, 11)
NOT_APPLICABLE = "Not applicable / don't know"
UNABLE = "Unable to answer / Refused"
RENTED, OWNED = "Low cost rental", "Low cost home ownership"
ABOUT = ("Serial", "URN", "UPRN", "InterviewDate", "Quarter", "Method", "Stock type", "Scheme")
SAID_YES = {"repair_12m": 68, "complaint_12m": 26, "communal": 50}  # of a hundred


def agency_workbook(landlord: Landlord, folder: Path) -> LookAlike:
    """Interviews twice over: labels that say 5 is very satisfied, codes where 1 is; a base row below each."""
    random = landlord.stream("agency")
    homes = random.sample(landlord.lived_in, INTERVIEWS)
    people = [_interview(landlord, random, number, home) for number, home in enumerate(homes)]
    headings = [*ABOUT, *numbered(measures(YEAR)), "Weight LCRA", "Weight LCHO", "Attributable Y/N"]
    last: list[Cell] = ["Base: all respondents", *[None] * (len(headings) - 1)]
    name = "01_agency_workbook.xlsx"
    with workbook(folder / name) as book:
        for sheet, coded in (("Labels", False), ("Codes", True)):
            rows = [[_shown(cell, coded) for cell in person] for person in people]
            last[9] = len(people)
            fill(book, sheet, [headings, *rows, last])
    return LookAlike(name, "survey", len(people), _planted(people, headings))


def _planted(people: list[list[Cell]], headings: list[str]) -> dict[str, int]:
    rented = sum(person[6] == RENTED for person in people)
    overall = [person[8] for person in people if person[6] == RENTED]
    return {
        "LCRA": rented,
        "LCHO": len(people) - rented,
        "may_attribute": sum(person[-1] == "Y" for person in people),
        "very_satisfied": overall.count("Very satisfied"),
        "very_dissatisfied": overall.count("Very dissatisfied"),
        "unable": overall.count(UNABLE),
        "base_rows": 1,
        "comments": sum(bool(person[9]) for person in people),
    }


def numbered(questions: Sequence[Measure]) -> list[str]:
    """The questionnaire's headings: each filter before the measures it opens, the reason after the first."""
    headings: list[str] = []
    for number, measure in enumerate(questions, start=1):
        filter_question = measure.filter_question
        if filter_question and named(filter_question) not in {_bare(heading) for heading in headings}:
            headings.append(f"Q{number}a {named(filter_question)}")
        headings.append(f"Q{number}. {named(measure.wording)}")
        if number == 1:
            headings.append("Q1a. Why do you say that?")
    return headings


def _bare(heading: str) -> str:
    return heading.split(" ", 1)[1]


def named(wording: str) -> str:
    """A prescribed wording with the landlord's name in it."""
    return wording.replace("[landlord]", LANDLORD).replace("s’s ", "s’ ")


def _interview(landlord: Landlord, random: Random, number: int, home: Home) -> list[Cell]:
    owned = home.tenure == "Shared Ownership"
    day = some_day(random, FIRST_DAY, LAST_DAY)
    method = random.choices(("Telephone", "Online", "Postal"), (60, 30, 10))[0]
    quarter = f"Q{(day.month - 4) % 12 // 3 + 1}"
    stock = OWNED if owned else RENTED
    about: list[Cell] = [number + 1, f"U{90_000 + number}", home.uprn, day, quarter, method, stock, home.estate]
    weights: list[Cell] = [None if owned else round(random.uniform(0.7, 1.4), 3), 1 if owned else None]
    return [*about, *_answers(landlord, random, owned, method), *weights, random.choice(("Y", "Y", "Y", "N", "N"))]


def _answers(landlord: Landlord, random: Random, owned: bool, method: str) -> list[Cell]:
    """Every answer in words; "Unable to answer / Refused" is said by telephone only."""
    answers: list[Cell] = []
    passed: dict[str, str] = {}
    for place, measure in enumerate(measures(YEAR)):
        field = measure.filter_field
        if field and field not in passed:
            passed[field] = random.choices(("Yes", "No"), (SAID_YES[field], 100 - SAID_YES[field]))[0]
            answers.append(passed[field])
        asked = (not owned or "LCHO" in measure.tenures) and (not field or passed[field] == "Yes")
        answers.append(_answer(random, measure, method) if asked else "")
        if place == 0:
            answers.append(random.choice(landlord.words["survey"]) if random.random() < 0.5 else "")
    return answers


def _answer(random: Random, measure: Measure, method: str) -> str:
    if measure.offers_not_applicable and random.random() < 0.08:
        return NOT_APPLICABLE
    if method == "Telephone" and random.random() < 0.03:
        return UNABLE
    return random.choices(measure.scale, ODDS)[0]


def _shown(cell: Cell, coded: bool) -> Cell:
    """An answer as a sheet shows it: "5 - Very satisfied" among labels, 1 among codes."""
    for scale in {measure.scale for measure in measures(YEAR)}:
        if cell in scale:
            place = scale.index(str(cell))
            return place + 1 if coded else f"{5 - place} - {cell}"
    extra = {NOT_APPLICABLE: 6, UNABLE: 7}
    return extra[str(cell)] if coded and cell in extra else cell
