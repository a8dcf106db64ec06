"""How figures of what tenants wrote were made, and how it was found out how right the reader is."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Question, Wave
from dashboard import words
from dashboard.how import Behind, How, behind

WROTE = "Those who answered and wrote a comment. {survey}"
READ = "Comments read; a comment may speak of several topics, so shares of topics do not add up to a whole."
NOT_READ = (
    "Comments that nothing could be read in (blank, not in English, no words), and any that are not read yet. They are "
    "counted beside the shares."
)
BY_A_COMPUTER = (
    "A computer reads each comment on the landlord's own machine, after personal details are taken out: rules and a "
    "model weigh its words. It is wrong at times; how often is told where people check it. The range is Wilson's 95% "
    "interval from 30 comments, Korn and Graubard's below."
)
TONES = "Each comment's tone: positive, mixed, neither, negative, or not sure where the reader would not say."
TOPICS = "The topics each comment speaks of, and whether it speaks well of each, ill, or neither."
MOVED = "Each topic's share of the comments in the two surveys, and the difference."
MOVED_SUMS = (
    f"{BY_A_COMPUTER} The range of a change is Newcombe's; all topics are judged together (Benjamini and Hochberg)."
)
ANSWER_TO = "Comments in answer to: {asked}"
DRAWN = (
    "What people said of comments drawn at random, without seeing what the reader read; where several checked one, the "
    "first answer."
)
WHO_CHECKED = "People of the landlord, who labelled comments of its own tenants and contacts."
BASE_CHECKED = (
    "Of those found: comments in which the reader found the label. Of those there: comments in which a person gave it. "
    "F1 holds both in one number."
)
CHECKED_SUMS = (
    "Each rate is a share with a 95% interval: Wilson's from 30 comments, Korn and Graubard's below, on as many as "
    "they are worth where several decisions fall in one comment. That of F1 is from the same comments."
)
UNSURE = "Comments whose tone the reader would not say are in no figure of tones."
LABELLED = (
    "What the reader read in comments made up for this, set against the labels of the one person who wrote them. "
    "Neither its rules nor what it learned from had met that writer."
)
WHO_LABELLED = "No tenant: invented survey answers, complaints, telephone notes and short texts."
NOT_TENANTS = "Every real tenant: this says how far the reader follows one writer's labels, not how right it is here."


def of_tones(asked: Question, wave: Wave, questions: Sequence[str] = ()) -> How:
    """How shares of tones were made."""
    return _of((TONES,), asked, wave, questions)


def of_topics(asked: Question, wave: Wave, questions: Sequence[str] = ()) -> How:
    """How shares of topics, and how each is spoken of, were made."""
    return _of((TOPICS,), asked, wave, questions)


def of_moved(asked: Question, wave: Wave, questions: Sequence[str] = ()) -> How:
    """How it was found which topics surely rose or fell."""
    return _of((MOVED,), asked, wave, questions, MOVED_SUMS)


def _of(
    counted: tuple[str, ...], asked: Question, wave: Wave, questions: Sequence[str], sums: str = BY_A_COMPUTER
) -> How:
    return How(
        counted=(*counted, *(ANSWER_TO.format(asked=each) for each in questions)),
        who=WROTE.format(survey=words.survey_sentence(wave)),
        base=READ,
        sums=sums,
        left_out=(NOT_READ,),
        behind=behind(asked),
        asked=asked,
    )


def of_checked(files: tuple[Behind, ...]) -> How:
    """How it was found out how right the reader is, from comments people checked unseen."""
    return How((DRAWN,), WHO_CHECKED, BASE_CHECKED, CHECKED_SUMS, (UNSURE,), files)


def of_labelled() -> How:
    """How it was found out how far the reader as shipped follows labels it had not seen."""
    return How((LABELLED,), WHO_LABELLED, BASE_CHECKED, CHECKED_SUMS, (UNSURE, NOT_TENANTS))
