"""What is asked of each look-alike file, and the answers: all that maps it in by hand. Nothing else is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

TODAY = date(2026, 11, 2)  # the Monday after the files were exported
WHOLE = {"wave": {"split": "whole file"}}
HOME_DESCRIBED = {"columns": {"tenure": "Which of these describes your home?"}}
STATES = {"values": {"status": {"CMP": "completed", "OPN": "open"}}}


@dataclass(frozen=True)
class Asked:
    """A file taken in as one kind: the places of its questions, and the answers file."""

    name: str
    holds: str
    asked: tuple[str, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)


FILES = (
    Asked("01_agency_workbook.xlsx", "survey", ("wave.split",), WHOLE),
    Asked("02_issued_sample.csv", "sample", ("wave.name",), {"wave": {"name": "2025/26"}}),
    Asked("03_own_survey_qualtrics.csv", "survey"),
    Asked("03_own_survey_forms.xlsx", "survey", ("columns.tenure",), HOME_DESCRIBED),
    Asked("03_own_survey_surveymonkey.csv", "survey", ("columns.tenure",), HOME_DESCRIBED),
    Asked("04_complaints_export.xlsx", "complaints"),
    Asked("05_complaints_report.csv", "complaints"),
    Asked("05_contacts_report.csv", "contacts"),
    Asked("05_contacts_forty_sheets.xlsx", "contacts"),
    Asked("06_dialler.csv", "contacts"),
    Asked("07_repairs.csv", "repairs", ("values.status.CMP", "values.status.OPN"), STATES),
    Asked("08_tenancy_agreements.csv", "people"),
    Asked("08_homes_and_people.xlsx", "homes"),
    Asked("08_homes_and_people.xlsx", "people"),
    Asked("09_damp_tracker.xlsx", "hazards", ("sheet",), {"sheet": "*"}),
)


def answers_to(name: str, holds: str) -> dict[str, Any]:
    """The answers to what is asked of a file taken in as this kind."""
    return next(each.answers for each in FILES if (each.name, each.holds) == (name, holds))
