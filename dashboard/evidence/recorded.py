"""Which records a pack tells of (complaints, contacts, repairs, hazards), and the line printed beside their figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from analysis.model import WHOLE_LANDLORD, Audience, Question, Scope
from dashboard import answers, words
from dashboard.evidence.material import Material
from dashboard.words.audiences import beside


@dataclass(frozen=True)
class Recorded:
    """The records within a pack: its period with its days, its scope and tenures."""

    period: str
    begun: date
    ended: date
    scope: Scope
    tenures: tuple[str, ...]
    whole: bool  # neither an estate nor a tenure is chosen


def recorded(material: Material) -> Recorded:
    """The records a pack tells of: of the reporting year of its wave, or of its period."""
    scope, tenures = answers.scope_of(asked_of_records(material))
    begun, ended = answers.days_of(material.generation, material.asked.wave)
    return Recorded(material.asked.wave, begun, ended, scope, tenures, scope.estates is None and not tenures)


def year_line(material: Material, tenure_group: str = "") -> str:
    """The line printed beside a figure of the whole period: its days, whom and where it is of."""
    of = recorded(material)
    return records_line(material, words.period(of.begun, of.ended), tenure_group)


def asked_of_records(material: Material, tenure_group: str = "") -> Question:
    """What a pack asks of records, as a Question: of one tenure group, or of everybody."""
    asked = material.asked
    return Question(asked.wave, tenure_group, WHOLE_LANDLORD, filters=asked.filters, audience=asked.audience)


def records_line(material: Material, when: str, tenure_group: str = "") -> str:
    """The line printed beside a figure of records: when, whom and where it is of, as the page prints it."""
    labels = {"estate": "Estate", "tenure": "Tenure", **{way.key: way.label for way in material.generation.dimensions}}
    asked = replace(asked_of_records(material, tenure_group), wave=when)
    invented = " · invented data" if material.invented else ""
    return words.shown_for(asked, labels) + beside(material.asked.audience) + invented


def about_a_few(material: Material) -> bool:
    """Whether counts of cases would be of a part of the landlord and go outside: they are not told then."""
    return material.asked.audience is not Audience.INTERNAL and not recorded(material).whole
