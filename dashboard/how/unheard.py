"""How figures of who was not heard from were made."""

from __future__ import annotations

from analysis.model import HowWrong, Question, Unheard
from dashboard import words
from dashboard.how import Behind, How
from dashboard.how.measures import MADE_OF_MEASURES
from dashboard.words import how_wrong as wrong
from dashboard.words import silence as said
from dashboard.words.method import OF_SILENCE

HOMES = "Homes of this tenure group on the list of homes, empty ones too; garages and shops are not homes."
COUNTED = "Counted, not estimated: there is no margin."
BY = {"sample": "the outcomes of the issued sample", "answers": "what the survey's own answers say"}
RECORDS = ("complaints", "contacts", "repairs", "hazards")


def of_reach(found: Unheard, asked: Question) -> How:
    """How answers were set beside homes, group by group."""
    return How(
        counted=(f"Answers by {BY.get(found.counted_by, 'no file that is held')}, beside the homes there are.",),
        who=f"Homes invited to the survey {asked.wave} or, without an issued sample, every home.",
        base=HOMES,
        sums=f"{COUNTED} {OF_SILENCE[2]}",
        left_out=(OF_SILENCE[1],),
        behind=_behind(asked),
        asked=asked,
        besides=said.list_of(found.listed, asked.wave)[1:],
    )


def of_outcomes(asked: Question) -> How:
    """How what became of invitations was counted."""
    return How(
        counted=("What became of everybody invited, as the issued sample records it.",),
        who=f"Everybody invited to the survey {asked.wave}.",
        base="Everybody invited.",
        sums=COUNTED,
        behind=(("sample", asked.wave),),
        asked=asked,
    )


def of_heard(found: Unheard, asked: Question) -> How:
    """How homes heard from through any channel were counted."""
    return How(
        counted=(said.HEARING, said.WRONG),
        who=f"Homes, through every channel that is loaded, {words.period(found.begun, found.ended)}.",
        base=HOMES,
        sums=COUNTED,
        behind=(*_behind(asked), *((kind, None) for kind in RECORDS)),
        asked=asked,
        besides=(said.channels_loaded(found.channels, found.begun, found.ended),),
    )


def of_how_wrong(found: HowWrong, asked: Question) -> How:
    """How it was worked out how satisfied the silent would have to be."""
    return How(
        counted=(f"{found.measure.code}: {found.measure.wording}", wrong.READING),
        who=f"Those who answered {asked.wave}, and the homes that did not.",
        base=HOMES,
        sums=MADE_OF_MEASURES,
        behind=_behind(asked),
        asked=asked,
        besides=tuple(filter(None, (wrong.put_to_some(found),))),
    )


def of_alike(found: HowWrong, asked: Question) -> How:
    """How those who answered were set beside those invited."""
    return How(
        counted=(wrong.INDICATORS,),
        who=f"Homes invited to the survey {asked.wave}.",
        base=f"{words.people(found.representativity.invited, 'home', 'homes')} invited that are on the list of homes.",
        sums="An R-indicator of a logistic model of who answers; its parts are tested together (Holm).",
        left_out=tuple(f"{key}: {why}." for key, why in found.representativity.left_out.items()),
        behind=_behind(asked),
        asked=asked,
    )


def of_people(asked: Question) -> How:
    """How answers were set beside tenancies by what people are."""
    return How(
        counted=("Running tenancies, and answers that may be joined to them, by what is known of the lead tenant.",),
        who="Tenants of the whole landlord, of whom it is known and who do not object.",
        base="Running tenancies of which it is known.",
        sums=COUNTED,
        left_out=(said.AGGREGATE,),
        behind=(("people", None), ("homes", None), ("survey", asked.wave)),
        asked=asked,
    )


def _behind(asked: Question) -> tuple[Behind, ...]:
    return (("homes", None), ("survey", asked.wave), ("sample", asked.wave))
