"""How outcomes by what people are were made: shares of groups, their gaps, and how much is known of whom."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Question, Wave
from analysis.model.fair import Fairness, Outcome
from dashboard import words
from dashboard.how import Behind, How, behind
from dashboard.words import fairness as said

OF_ANSWERS = "{survey}"
OF_RECORDS = "Complaints, repairs and hazard cases of {period}, each joined to the tenant it is of."
BASE = (
    "In each group, the answers or records that count towards the outcome; all others are those of every other known "
    "group together."
)
SUMS = (
    "The gap of each group is its share less that of all others, with an interval wide enough for all the gaps looked "
    "at together (Benjamini and Hochberg). Records of one tenant count as going together."
)
NOT_KNOWN = "Tenants whose characteristic is not recorded: told beside the groups, never one of them."
KNOWN = "Of how many running tenancies and of how many answers each characteristic is known."
KNOWN_BASE = "Every running tenancy of the list held, and every answer of the survey."
RECORD_FILES: dict[str, tuple[str, ...]] = {
    "complaints_1": ("complaints",),
    "complaints_2": ("complaints",),
    "repairs": ("repairs",),
    "hazards_seen": ("hazards",),
    "hazards_safe": ("hazards",),
}


def of_outcomes(asked: Question, wave: Wave, found: Fairness, outcomes: Sequence[Outcome]) -> How:
    """How some outcomes by what people are were made; ``outcomes`` none: nothing may be told of any."""
    records = [each for each in outcomes if each.key in RECORD_FILES]
    who = [words.survey_sentence(wave)] if len(records) < len(outcomes) or not outcomes else []
    who += [OF_RECORDS.format(period=words.period(found.begun, found.ended))] if records else []
    return How(
        counted=tuple(f"{each.title}: share {each.yes}. {each.means}".strip() for each in outcomes)
        or ("No outcome may be told here.",),
        who=" ".join(who),
        base=BASE,
        sums=SUMS if not records else f"{SUMS} {said.OF_RECORDS}",
        left_out=(NOT_KNOWN,),
        behind=_files(asked, outcomes),
        asked=asked,
        besides=(*found.notes, *said.lost(found)),
    )


def of_holdings(asked: Question, found: Fairness) -> How:
    """How it was counted of how many each characteristic is known."""
    return How((KNOWN,), "Tenants on the list of tenancies, and those who answered.", KNOWN_BASE, "A count.", (),
               (*behind(asked), ("people", None)), asked)  # fmt: skip


def _files(asked: Question, outcomes: Sequence[Outcome]) -> tuple[Behind, ...]:
    records = dict.fromkeys(kind for each in outcomes for kind in RECORD_FILES.get(each.key, ()))
    joined = ("people", "homes") if records else ()
    own = behind(asked) if len(outcomes) > sum(each.key in RECORD_FILES for each in outcomes) else ()
    return (*own, *((kind, None) for kind in (*records, *joined)))
