"""How figures of being judged for being a tenant were made: asked, told, and the two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Question, Wave
from analysis.model.stigma import Asked, ItemFound, Published
from dashboard import words
from dashboard.how import How, behind
from dashboard.how.measures import MADE_OF_MEASURES
from dashboard.how.spoken import BY_A_COMPUTER, NOT_READ, WROTE
from dashboard.words import stigma as said

SKIPPED = "Whoever skipped a question or preferred not to say is not in its base."
NO_SCORE = "Questions are never added up to a score."
PARADOX = (
    "Of those who agree that they are treated fairly and with respect (TP08), how many felt judged in the last year; "
    "and of those who felt judged, how many agree."
)
PARADOX_BASE = "Those who answered both questions."
TOLD = "Comments that tell of being judged for being a tenant, by whom it came and how, as the reader found them."
TOLD_BASE = "Of all comments read; by whom and how also of the comments that tell of it."
BOTH = "What was chosen from a list by tenants who said yes to being judged, beside what comments tell of unasked."


PUBLISHED_WHO = "By others, of other tenants: whom they asked stands in each row."
PUBLISHED_BASE = "As printed by whoever published it, where it was."
PUBLISHED_SUMS = "None of ours: the figures are as printed, with the reason why each is not directly comparable."
PUBLISHED_LEFT_OUT = "What was published of things that were not asked here."


def of_items(found: Asked, items: Sequence[ItemFound]) -> How:
    """How shares of some of the questions were made, each with its exact wording."""
    return How(
        counted=tuple(said.question_of(each.item) for each in items),
        who=words.survey_sentence(found.wave),
        base=" ".join(filter(None, (f"{each.item.code}: {said.base_of(each)}" for each in items))),
        sums=f"{MADE_OF_MEASURES} {NO_SCORE}",
        left_out=(SKIPPED,),
        behind=behind(found.question),
        asked=found.question,
        besides=found.notes,
    )


def of_paradox(found: Asked) -> How:
    """How those treated fairly and those judged were set against each other."""
    return How(
        (PARADOX,), words.survey_sentence(found.wave), PARADOX_BASE, MADE_OF_MEASURES, (SKIPPED,),
        behind(found.question), found.question,
    )  # fmt: skip


def of_told(asked: Question, wave: Wave) -> How:
    """How comments that tell of being judged were counted."""
    return How(
        (TOLD,), WROTE.format(survey=words.survey_sentence(wave)), TOLD_BASE, BY_A_COMPUTER, (NOT_READ,),
        behind(asked), asked,
    )  # fmt: skip


def of_both(asked: Question, wave: Wave) -> How:
    """How what was asked and what was told were set side by side."""
    return How(
        (BOTH,), words.survey_sentence(wave), said.TWO_BASES, f"{MADE_OF_MEASURES} {BY_A_COMPUTER}",
        (SKIPPED, NOT_READ), behind(asked), asked,
    )  # fmt: skip


def of_published(found: Sequence[Published]) -> How:
    """How figures that others published were come by: from what they printed, as facts beside our own."""
    studies = tuple(dict.fromkeys(f"{each.study}, {each.when}" for each in found))
    return How(studies, PUBLISHED_WHO, PUBLISHED_BASE, PUBLISHED_SUMS, (PUBLISHED_LEFT_OUT,))
