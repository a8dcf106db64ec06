"""What people do with a reading: put it right, check it unseen, put words of it forward. Pages and command line."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from analysis.checking import Accuracy, BetweenPeople, accuracy, between_people
from analysis.model import WHOLE_LANDLORD, Comment, Group
from analysis.respect import TOPICS as OF_PEOPLE
from analysis.spoken import praises_staff
from dashboard import actions, answers
from data import retraining
from data.blind import Blind, Drawn, Progress
from data.corrections import Corrections, name_given
from data.generation import Generation, StoreError
from data.heads import forget_heads, head_files, own_heads
from data.ledger import Ledger
from data.quotes import Quote, Quotes
from data.retraining import Lesson
from data.selection import NOT_RECORDED
from data.settings import Settings


@dataclass(frozen=True)
class Scores:
    """How far the check has got, how right the reader is in it, and how far two people agree, once two have checked."""

    progress: Progress
    accuracy: Accuracy
    people: BetweenPeople | None


def corrections_in_use(settings: Settings) -> Corrections:
    """What was put right in the store the pages read."""
    store = actions.store_in_use(settings)
    return Corrections(store.folder, actions.readings_of(store))


def blind_in_use(settings: Settings) -> Blind:
    """What was drawn to be checked in the store the pages read."""
    store = actions.store_in_use(settings)
    return Blind(store.folder, actions.readings_of(store))


def quotes_in_use(settings: Settings) -> Quotes:
    """The quotes of the store the pages read."""
    store = actions.store_in_use(settings)
    return Quotes(store.folder, actions.readings_of(store))


def draw_check(settings: Settings, held: Generation, number: int, seed: int, who: str) -> Drawn:
    """Draw comments at random to be checked. Raises CannotCorrect, StoreError where too few are read."""
    return blind_in_use(settings).draw(held, WHOLE_LANDLORD, number, seed, who, settings.smallest_base)


def scores(settings: Settings, held: Generation) -> Scores:
    """The reader in use set against what people answered."""
    blind = blind_in_use(settings)
    return Scores(blind.progress(), accuracy(blind.checked(held)), between_people(blind.answers()))


def teach(settings: Settings, progress: actions.Progress) -> Lesson:
    """Heads trained with what people put right, set against the shipped ones; nothing is kept yet.

    Raises CannotTeach where too little was put right.
    """
    return retraining.teach(actions.store_in_use(settings), settings.model_folder, progress)


def keep_lesson(settings: Settings, lesson: Lesson, who: str) -> None:
    """Read with the taught heads from now on, and say so in the ledger.

    Raises StoreError for the invented landlord: what it taught would read the real one's comments.
    """
    store = actions.store_in_use(settings)
    if store.kind == "sample":
        raise StoreError("What the invented landlord teaches is not kept: it would read your own tenants' comments.")
    by = name_given(who)
    retraining.keep(lesson)
    Ledger(store.folder).record("teach reader", {"comments": lesson.taught, "by": by})


def is_taught() -> bool:
    """Whether heads of the landlord's own are there."""
    return bool(head_files(own_heads()))


def forget_lesson(settings: Settings, who: str) -> bool:
    """Go back to the shipped heads; whether others were in use. Raises CannotCorrect without a name."""
    by = name_given(who)
    there = forget_heads(own_heads())
    if there:
        Ledger(actions.store_in_use(settings).folder).record("forget teaching", {"by": by})
    return there


def put_forward(
    settings: Settings, comment: Comment, purpose: str, who: str, part: str = "", consent: str = ""
) -> Quote:
    """Put a comment, or a part of it, forward as a quote. Raises CannotQuote with the reason."""
    return quotes_in_use(settings).put_forward(
        comment.text_key, purpose, who, part, place_of(comment), consent, estates(settings)
    )


def paraphrase(settings: Settings, quote_id: str, who: str, words: str) -> Quote:
    """Say a quote in other words. Raises CannotQuote with the reason."""
    return quotes_in_use(settings).paraphrase(quote_id, who, words, estates(settings))


def place_of(comment: Comment) -> Group:
    """Where a comment may be said to come from: nowhere where it speaks of staff, who may be one named officer."""
    of_people = any(mention.topic in OF_PEOPLE for mention in comment.mentions) or praises_staff(comment)
    return () if of_people else comment.place


def estates(settings: Settings) -> tuple[str, ...]:
    """Every name of an estate there is."""
    held = actions.store_in_use(settings).current()
    if held is None:
        return ()
    with closing(held):
        return tuple(name for name in answers.levels_of(held, "estate") if name != NOT_RECORDED)
