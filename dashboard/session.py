"""What this tab asks, and every cache. Keys are a fingerprint of the data and a Question; never a table of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from analysis.model import (
    WHOLE_LANDLORD,
    Audience,
    Besides,
    CallPlan,
    Comment,
    Compared,
    Complaints,
    Contactable,
    ContactRead,
    Dimension,
    Drivers,
    Findings,
    HazardCount,
    HowWrong,
    Moved,
    Promise,
    Question,
    ReachOfPeople,
    Repairs,
    Scope,
    SectorYear,
    StillNeeded,
    Theme,
    ThisWeek,
    Through,
    Together,
    Unheard,
    Unoffered,
    Voices,
    Wave,
)
from analysis.model.fair import Fairness, ScoreWords
from analysis.model.stigma import Agreement, Asked, ToldFound
from analysis.text.redaction import RedactionRules
from dashboard import actions, answers, fairness, look, searching, sector
from dashboard import approach as method
from dashboard import letters as own
from dashboard import score_words as beside
from dashboard import stigma as judged
from dashboard import strengths as strong
from dashboard import unheard as silent
from dashboard.approach import Counted, Summary
from dashboard.building import Workshop
from dashboard.campaign import campaigns_in_use
from dashboard.requests import requests_in_use
from data import records, registers
from data import voices as spoken
from data.contacts_read import ContactsRead
from data.generation import Generation, Kept
from data.language import load_redaction
from data.letters.kept import KeptLetter, Letters
from data.offers import Offers, OffersSeen
from data.owners import Charge
from data.packs.requests import Request
from data.periods import Choice
from data.quality import Alert, alerts
from data.quotes import Quote, Quotes
from data.reader import Look, Reader
from data.roll import Roll, roll_of
from data.searching import Searcher
from data.sector import SectorYears
from data.settings import Settings, StigmaDates, read_settings
from data.store import Store
from data.themes import Themes
from data.voices import Chosen

ASKED = "question"  # where this tab keeps what is asked
SEVERAL, MANY = 4, 256  # generations held open; answers remembered


@st.cache_resource(max_entries=1, show_spinner=False)
def settings() -> Settings:
    """Where things are; read once when the server starts."""
    return read_settings()


def store() -> Store:
    """The store the pages read: the landlord's own once anything is in it, else the invented one."""
    return actions.store_in_use(settings())


@st.cache_resource(max_entries=1, show_spinner=False, on_release=lambda shop: shop.close())
def workshop() -> Workshop:
    """Where packs are made, looked at and checked, in processes of their own; one for every tab."""
    return Workshop(settings())


def requests() -> tuple[Request, ...]:
    """Every request for evidence or information, those to be answered first; anybody may add one, so read each time."""
    return requests_in_use(settings()).all()


def end_what_is_over() -> None:
    """Close contact campaigns past their day, so that names and numbers go whichever page is opened."""
    campaigns_in_use(settings())


def generation() -> Generation | None:
    """The generation in use now, or None where nothing is loaded. A publish by anyone is seen at the next rerun."""
    chosen = store()
    name = chosen.current_name()
    if name is None:
        return None
    file = chosen.generations_folder / name
    return _opened(str(chosen.folder), chosen.kind, name, file.stat().st_mtime_ns if file.is_file() else 0)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False, on_release=lambda held: held.close())
def _opened(folder: str, kind: str, name: str, written: int) -> Generation:
    """One generation file, held open for reading. ``written`` tells a file from an earlier one of the same name."""
    return Store(Path(folder), kind).opened(name)  # by name: the pointer may have moved on since it was read


def let_go() -> None:
    """Close every generation held open, so that its file can be taken away."""
    _opened.clear()


# ── The question ─────────────────────────────────────────────────────────────────────────────────


def ask(question: Question | None) -> None:
    """Remember what this tab asks; the filters say it on every rerun."""
    st.session_state[ASKED] = question


def question() -> Question | None:
    """What this tab asks of a survey, or None where none is loaded."""
    asked = selection()
    return asked if asked is not None and asked.wave else None


def selection() -> Question | None:
    """Whom and where this tab looks at; without a survey its wave is "". None where nothing at all is loaded."""
    asked: Question | None = st.session_state.get(ASKED)
    return asked


def question_of(
    wave: str,
    group: str,
    compared_with: str | None,
    filters: dict[str, list[str]],
    audience: Audience = Audience.INTERNAL,
) -> Question:
    """The question the filters say: empty filters are no filters."""
    return Question(
        wave=wave,
        tenure_group=group,
        scope=WHOLE_LANDLORD,
        compared_with=compared_with,
        filters=tuple((key, tuple(values)) for key, values in filters.items() if values),
        audience=audience,
    )


# ── Answers, remembered ──────────────────────────────────────────────────────────────────────────


def wave_of(asked: Question) -> Wave:
    """The survey or period a question is about."""
    return _held().wave(asked.wave)


def open_questions(asked: Question) -> tuple[str, ...]:
    """The wording of the open questions whose answers are the comments of a question."""
    held, readings = _held(), actions.readings_of(store())
    bare = replace(asked, compared_with=None, breakdown=None, measures=())
    return _open_questions(f"{held.fingerprint} {readings.fingerprint()}", bare, held, readings.select())


def findings(asked: Question) -> Findings:
    """Everything the pages may quote about a question's measures."""
    held = _held()
    return _findings(held.fingerprint, asked, settings().smallest_base, held)


def drivers(asked: Question) -> Drivers:
    """Which measures go with overall satisfaction. Comparing and dividing do not change it."""
    held = _held()
    return _drivers(held.fingerprint, replace(asked, compared_with=None, breakdown=None), fewest(), held)


def voices(asked: Question, strict: bool = False) -> Voices:
    """What tenants wrote within a question, counted. Comparing does not change it, so it is not part of the key.

    ``strict``: on the stricter base, for what is said of people.
    """
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _voices(mark, replace(asked, compared_with=None), fewest(strict), held, readings.select())


def topics_moved(asked: Question) -> tuple[Moved, ...]:
    """Each topic's share against the survey compared with, with its tested verdict; none without one."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _topics_moved(mark, replace(asked, breakdown=None), fewest(), held, readings.select())


def strengths(asked: Question) -> tuple[Theme, ...]:
    """What tenants are proud of, good at or thankful for: every kind there is, in the register's order."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _strengths(mark, replace(asked, compared_with=None), voices(asked), fewest(), held, readings.select())


def strength_by_place(asked: Question, kind: str) -> tuple[Theme, ...]:
    """One kind of strength by the question's breakdown."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _strength_places(mark, replace(asked, compared_with=None), kind, fewest(), held, readings.select())


def strength_through(asked: Question, kind: str) -> tuple[Through, ...]:
    """One kind of strength in every survey, each against the one before."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _strength_through(mark, replace(asked, compared_with=None), kind, fewest(), held, readings.select())


def offers(asked: Question) -> Offers:
    """Offers in the comments of a question, by what may be done with them. Not remembered: anybody may record more."""
    readings = actions.readings_of(store()).select()
    return strong.offers_in_use(settings()).counted(_held(), replace(asked, breakdown=None), readings)


def offers_to_see(asked: Question) -> OffersSeen:
    """Which offers may be asked about, and those agreed to with their homes. Not remembered."""
    readings = actions.readings_of(store()).select()
    return strong.offers_in_use(settings()).seen(_held(), replace(asked, breakdown=None), readings)


def spoken_together(asked: Question, topic: str) -> tuple[Together, ...]:
    """What else the comments about a topic are about."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _together(mark, replace(asked, compared_with=None), topic, voices(asked), fewest(), held, readings.select())


def topic_through(asked: Question, topic: str) -> tuple[Through, ...]:
    """A topic's share of the comments in every survey, each against the one before."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _topic_through(mark, replace(asked, compared_with=None), topic, fewest(), held, readings.select())


def score_words(asked: Question, by_estate: bool = False) -> tuple[ScoreWords, ...]:
    """What is ticked less what is written, of every measure that comments speak to; of everyone or of each estate."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    bare = replace(asked, compared_with=None, breakdown=None, measures=())
    return _score_words(mark, bare, by_estate, fewest(), held, readings.select())


def why_no_score_words(asked: Question, by_estate: bool = False) -> str | None:
    """Why scores beside words are not told here, None where they are."""
    return beside.why_untold(asked, _held(), by_estate)


def measure_names(asked: Question) -> dict[str, str]:
    """Code and title of the measures asked that comments speak to, by code."""
    found = beside.measures_spoken_to(replace(asked, measures=()), _held())
    return {measure.code: f"{measure.code} {measure.title}" for measure in found}


def fair_outcomes(asked: Question) -> Fairness:
    """Every outcome by what people are, the gaps judged together. Comparing and dividing do not change it."""
    held = _held()
    bare = replace(asked, compared_with=None, breakdown=None, measures=())
    return _fair_outcomes(held.fingerprint, bare, fewest(), today(), held)


def besides(asked: Question) -> Besides:
    """Possible dangers, comments in no topic, and those set aside, counted."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _besides(mark, replace(asked, compared_with=None), held, readings.select())


def respect_by_place(asked: Question, topic: str) -> tuple[Theme, ...]:
    """Where staff, listening or being judged is spoken of, by the question's breakdown."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    without = replace(asked, compared_with=None)
    return _respect(mark, without, topic, settings().smallest_base, held, readings.select())


def letters_kept() -> tuple[KeptLetter, ...]:
    """What was found in the landlord's own letters, and what was decided; templates first."""
    held = own.letters_in_use(settings())
    return _letters_kept(str(store().folder), held.mark(), held)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _letters_kept(folder: str, mark: int, _held_letters: Letters) -> tuple[KeptLetter, ...]:
    return _held_letters.held()


def fewest(strict: bool = False) -> int:
    """The fewest answers or comments a figure is shown for; ``strict`` for what is said of people."""
    smallest = settings().smallest_base
    return answers.strict_base(smallest) if strict else smallest


def comments(asked: Question, chosen: Chosen, limit: int, offset: int, strict: bool = False) -> list[Comment]:
    """Comments without personal details, newest first. Not remembered: tenants' words stay in the store.

    None where their shares are withheld too.
    """
    if voices(asked, strict).withheld:
        return []
    readings = actions.readings_of(store()).select()
    return spoken.comments(_held(), asked, readings, fewest(strict), limit=limit, offset=offset, chosen=chosen)


def searcher() -> Searcher:
    """What looks through the comments read so far. It remembers where words stand, never a text."""
    held, readings = _held(), actions.readings_of(store())
    found = _searcher(f"{held.fingerprint} {readings.fingerprint()}", held)
    found.read_from(held)  # a remembered one may have a file that was closed since
    return found


def themes(asked: Question) -> Themes:
    """The themes among the comments of a question, with quotes. Not remembered: tenants' words stay in the store."""
    if voices(replace(asked, breakdown=None)).withheld:
        return Themes((), 0, None, 0, "", "too few comments to say")
    return searching.themes_of(asked, searcher(), searching.themes_in_use(settings()), fewest())


def may_read(asked: Question) -> bool:
    """Whether tenants' words may be shown at all: only to the landlord's own people."""
    return asked.audience is Audience.INTERNAL


def unread() -> int:
    """How many different comments of the store nobody has read yet."""
    return spoken.unread_count(_held(), actions.readings_of(store()).select())


def unheard(asked: Question, by: tuple[str, ...], months: int) -> Unheard:
    """Who has not been heard from, by one way of dividing homes or two. Comparing does not change it."""
    looked, mark, day = _looked_at(replace(asked, compared_with=None))
    return _unheard(mark, looked.question, by, months, day, looked)


def reach_of_people(asked: Question) -> tuple[ReachOfPeople, ...]:
    """Answers beside tenancies by each special category held: for the landlord's own people, of everyone only."""
    held = _held()
    return _reach_of_people(
        held.fingerprint, replace(asked, compared_with=None), settings().smallest_base, today(), held
    )


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _reach_of_people(
    fingerprint: str, asked: Question, smallest_base: int, day: date, _generation: Generation
) -> tuple[ReachOfPeople, ...]:
    return silent.reach_of_people(asked, _generation, smallest_base, day)


def approach_of(wave: str) -> Summary:
    """The summary of approach of a survey. What is counted is remembered; what was said is not."""
    held, readings = _held(), actions.readings_of(store())
    mark, select = f"{held.fingerprint} {readings.fingerprint()}", readings.select()
    counted = [_approach(mark, each, fewest(), today(), held, select) for each in method.questions_of(held, wave)]
    return method.summary(wave, counted, method.approach_in_use(settings()), held)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _approach(
    mark: str, asked: Question, smallest_base: int, day: date, _generation: Generation, _readings: str
) -> Counted:
    return method.counted_of(asked, _generation, _readings, smallest_base, day)


def contactable(asked: Question, by: tuple[str, ...]) -> tuple[Contactable, ...]:
    """How tenancies can be reached, by the first of these ways that people are counted by."""
    looked, mark, day = _looked_at(replace(asked, compared_with=None))
    return _contactable(mark, looked.question, by, day, looked)


def how_wrong(asked: Question, by: tuple[str, ...], months: int, target: float | None, measure: str) -> HowWrong:
    """How satisfied the silent would have to be for a figure to cross a value, and how alike who answered is."""
    looked, mark, day = _looked_at(asked)
    return _how_wrong(mark, asked, (by, months, target, measure), day, looked)


def call_plan(asked: Question, calls: int) -> CallPlan:
    """Where the next calls should go."""
    looked, mark, _ = _looked_at(replace(asked, compared_with=None))
    return _call_plan(mark, looked.question, calls, looked)


def outcomes(asked: Question) -> dict[str, int]:
    """What became of everybody invited to a survey, most first: for a store without a list of homes."""
    return silent.outcomes(asked, _held(), fewest())


def _looked_at(asked: Question) -> tuple[silent.Looked, str, date]:
    """A question put to the homes as they stand today, and what says that it was the same question of the same data."""
    held, readings, day = _held(), actions.readings_of(store()), actions.today(settings())
    mark = f"{held.fingerprint} {readings.fingerprint()} {settings().smallest_base}"
    roll = _roll(mark, day, held, readings.select())
    looked = _looked(mark, asked, day, settings().smallest_base, held, roll)
    # A remembered one may have a file that was closed since.
    return (looked if looked.generation is held else replace(looked, generation=held)), mark, day


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _roll(mark: str, day: date, _generation: Generation, _readings: str) -> Roll:
    return roll_of(_generation, _readings, day)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _looked(
    mark: str, asked: Question, day: date, smallest_base: int, _generation: Generation, _roll: Roll
) -> silent.Looked:
    return silent.looked_at(asked, _roll, _generation, smallest_base)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _searcher(fingerprint: str, _generation: Generation) -> Searcher:
    return searching.searcher_of(settings(), _generation)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _respect(
    fingerprint: str, asked: Question, topic: str, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Theme, ...]:
    return answers.respect_by_place(asked, topic, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _unheard(mark: str, asked: Question, by: tuple[str, ...], months: int, day: date, _asked: silent.Looked) -> Unheard:
    return silent.unheard(_asked, by, day, months)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _contactable(
    mark: str, asked: Question, by: tuple[str, ...], day: date, _asked: silent.Looked
) -> tuple[Contactable, ...]:
    return silent.contactable(_asked, by, day)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _how_wrong(
    mark: str,
    asked: Question,
    said: tuple[tuple[str, ...], int, float | None, str],
    day: date,
    _asked: silent.Looked,
) -> HowWrong:
    by, months, target, measure = said
    return silent.how_wrong(_asked, by, day, months, target, measure)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _call_plan(mark: str, asked: Question, calls: int, _asked: silent.Looked) -> CallPlan:
    return silent.call_plan(_asked, calls)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _findings(fingerprint: str, asked: Question, smallest_base: int, _generation: Generation) -> Findings:
    return answers.answer(asked, _generation, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _drivers(fingerprint: str, asked: Question, smallest_base: int, _generation: Generation) -> Drivers:
    return answers.what_goes_with(asked, _generation, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _topics_moved(
    fingerprint: str, asked: Question, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Moved, ...]:
    return answers.topics_moved(asked, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _strengths(
    fingerprint: str, asked: Question, _heard: Voices, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Theme, ...]:
    return strong.every_strength(asked, _heard, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _strength_places(
    fingerprint: str, asked: Question, kind: str, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Theme, ...]:
    return strong.by_place(asked, kind, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _strength_through(
    fingerprint: str, asked: Question, kind: str, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Through, ...]:
    return strong.through_time(asked, kind, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _together(
    fingerprint: str,
    asked: Question,
    topic: str,
    _heard: Voices,
    smallest_base: int,
    _generation: Generation,
    _readings: str,
) -> tuple[Together, ...]:
    return answers.spoken_together(asked, topic, _heard, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _score_words(
    fingerprint: str, asked: Question, by_estate: bool, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[ScoreWords, ...]:
    return beside.score_words_of(asked, _generation, _readings, smallest_base, by_estate)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _fair_outcomes(
    fingerprint: str, asked: Question, smallest_base: int, day: date, _generation: Generation
) -> Fairness:
    return fairness.fair_outcomes(asked, _generation, smallest_base, day)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _besides(fingerprint: str, asked: Question, _generation: Generation, _readings: str) -> Besides:
    return answers.to_read_besides(asked, _generation, _readings)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _topic_through(
    fingerprint: str, asked: Question, topic: str, smallest_base: int, _generation: Generation, _readings: str
) -> tuple[Through, ...]:
    return answers.topic_through(asked, topic, _generation, _readings, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _open_questions(mark: str, asked: Question, _generation: Generation, _readings: str) -> tuple[str, ...]:
    return spoken.open_questions(_generation, asked, _readings)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _voices(fingerprint: str, asked: Question, smallest_base: int, _generation: Generation, _readings: str) -> Voices:
    return answers.listen(asked, _generation, _readings, smallest_base)


# ── Being judged ─────────────────────────────────────────────────────────────────────────────────


def agreed_with_tenants() -> Agreement:
    """How the questions about being judged stand with tenants today."""
    return judged.standing(settings().stigma, today())


def judged_ways() -> tuple[Dimension, ...]:
    """The ways being judged may be told by."""
    return judged.ways_of(_held())


def judged_asked(asked: Question) -> Asked:
    """What was answered to the questions about being judged."""
    held, own = _held(), settings()
    return _judged_asked(held.fingerprint, asked, own.stigma, own.smallest_base, today(), held)


def judged_told(asked: Question) -> ToldFound:
    """What tenants wrote of being judged, coded, over time and beside what was asked."""
    held, own, readings = _held(), settings(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    said = replace(asked, breakdown=None)
    return _judged_told(mark, said, own.stigma, own.smallest_base, today(), held, readings.select())


def judged_quotes(asked: Question) -> tuple[Quote, ...]:
    """Approved quotes of being judged, for whom the page is for. Not remembered: tenants' words stay in the store."""
    readings = actions.readings_of(store())
    return judged.quotes_of_judged(asked, _held(), readings.select(), Quotes(store().folder, readings))


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _judged_asked(
    fingerprint: str, asked: Question, dates: StigmaDates, smallest_base: int, day: date, _generation: Generation
) -> Asked:
    return judged.asked(asked, _generation, dates, smallest_base, day)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _judged_told(
    fingerprint: str,
    asked: Question,
    dates: StigmaDates,
    smallest_base: int,
    day: date,
    _generation: Generation,
    _readings: str,
) -> ToldFound:
    return judged.told(asked, _generation, _readings, dates, smallest_base, day)


# ── Records, remembered ──────────────────────────────────────────────────────────────────────────

Since = tuple[tuple[str, date], ...]  # the newest day of each kind that a reader had seen


def today() -> date:
    """Today, or for the invented landlord the day its story stands at."""
    return actions.today(settings())


def landlord() -> str:
    """The landlord's name, that of the invented one over invented data; "" where none is set."""
    return actions.landlord_name(settings(), store().kind == "sample")


def levels(key: str) -> tuple[str, ...]:
    """The estates or tenures there are, among those who answered and those on the list of homes, sorted."""
    held = _held()
    return _levels(held.fingerprint, key, held)


def held_rows() -> Mapping[str, int]:
    """How many rows of each kind of file are held."""
    held = _held()
    return _held_rows(held.fingerprint, held)


def newest() -> Mapping[str, date]:
    """The newest day held of each kind, everywhere: what a reader has seen once they have looked."""
    held = _held()
    return _newest(held.fingerprint, held)


def last_look(now: datetime) -> Look | None:
    """What this computer's reader had seen before this sitting; that they look now is kept."""
    last_file = max((file.taken for file in files()), default="")
    return Reader(store().folder).look(now, newest(), last_file)


def files() -> tuple[Kept, ...]:
    """The files in use, newest first."""
    held = _held()
    return _files(held.fingerprint, held)


def week(asked: Question, since: Since | date) -> ThisWeek:
    """What needs a person now, and what is new since a reader's last look or a day."""
    held = _held()
    scope, tenures = answers.scope_of(asked)
    return _week(held.fingerprint, today(), scope, tenures, since, held)


def charges() -> tuple[Charge, ...]:
    """Who answers for what; read anew each time, since anybody may change it."""
    return actions.owners_in_use(settings()).charges()


def data_alerts() -> tuple[Alert, ...]:
    """What owners have to put right in the data of the whole landlord."""
    held, owners = _held(), charges()
    return _alerts(held.fingerprint, today(), hash(owners), owners, held)


def record_periods(asked: Question) -> tuple[Choice, ...]:
    """The periods that complaints, repairs and hazards may be looked at by."""
    held = _held()
    return _periods(held.fingerprint, today(), asked.scope, held)


def complaints(asked: Question, period: str) -> Complaints:
    """Complaints made in a period, by the filters."""
    held = _held()
    scope, tenures = answers.scope_of(asked)
    said = (period, scope, today(), settings().smallest_base, asked.tenure_group, tenures, asked.audience)
    return _complaints(held.fingerprint, said, held)


def never_offered(asked: Question, period: str) -> Unoffered:
    """Contacts of a period that sound dissatisfied, by whether a complaint followed, by the filters."""
    held, readings = _held(), actions.readings_of(store())
    scope, tenures = answers.scope_of(asked)
    said = (period, scope, today(), settings().smallest_base, tenures, asked.audience)
    read = contacts_read().said()
    key = f"{held.fingerprint} {readings.fingerprint()} {hash(tuple(read.items()))}"
    return _never_offered(key, said, held, readings.select(), read)


def contacts_read() -> ContactsRead:
    """What people said of contacts that sound dissatisfied."""
    return ContactsRead(store().folder)


def never_offered_words(asked: Question, found: Unoffered, most: int, start: int) -> list[Comment]:
    """The words of those without a complaint, newest first. Not remembered: tenants' words stay in the store."""
    scope, _ = answers.scope_of(asked)
    readings = actions.readings_of(store()).select()
    return answers.never_offered_words(found, _held(), readings, scope, settings().smallest_base, most, start)


def hazards(asked: Question, period: str) -> tuple[HazardCount, ...]:
    """Hazard cases reported in a period by severity, by the filters."""
    held = _held()
    return _hazards(held.fingerprint, (period, *answers.scope_of(asked)), held)


def repairs(asked: Question, period: str) -> Repairs:
    """Repairs of a period by month, by the filters."""
    held = _held()
    scope, tenures = answers.scope_of(asked)
    return _repairs(held.fingerprint, (period, scope, today(), tenures), held)


def promises(asked: Question) -> tuple[Promise, ...]:
    """Every promise made in replies, by the filters. Not remembered: words stay in the store."""
    scope, tenures = answers.scope_of(asked)
    return answers.promises_made(_held(), scope, today(), _redaction(), tenures)


@st.cache_resource(max_entries=1, show_spinner=False)
def _redaction() -> RedactionRules:
    return load_redaction()


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _levels(fingerprint: str, key: str, _generation: Generation) -> tuple[str, ...]:
    return answers.levels_of(_generation, key)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _held_rows(fingerprint: str, _generation: Generation) -> Mapping[str, int]:
    return _generation.held_rows()


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _newest(fingerprint: str, _generation: Generation) -> Mapping[str, date]:
    return records.newest(_generation, WHOLE_LANDLORD)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _files(fingerprint: str, _generation: Generation) -> tuple[Kept, ...]:
    return tuple(_generation.files())


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _week(
    fingerprint: str, day: date, scope: Scope, tenures: tuple[str, ...], since: Since | date, _generation: Generation
) -> ThisWeek:
    seen = since if isinstance(since, date) else dict(since)
    return answers.this_week(_generation, scope, day, seen, tenures)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _alerts(
    fingerprint: str, day: date, owners: int, _charges: tuple[Charge, ...], _generation: Generation
) -> tuple[Alert, ...]:
    return alerts(_generation, _charges, day)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _periods(fingerprint: str, day: date, scope: Scope, _generation: Generation) -> tuple[Choice, ...]:
    return answers.record_periods(_generation, scope, day)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _complaints(
    fingerprint: str, said: tuple[str, Scope, date, int, str, tuple[str, ...], Audience], _generation: Generation
) -> Complaints:
    return answers.answer_complaints(_generation, *said)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _never_offered(
    fingerprint: str,
    said: tuple[str, Scope, date, int, tuple[str, ...], Audience],
    _generation: Generation,
    _readings: str,
    _read: Mapping[str, ContactRead],
) -> Unoffered:
    return answers.never_offered(_generation, _readings, *said, _read)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _hazards(
    fingerprint: str, said: tuple[str, Scope, tuple[str, ...]], _generation: Generation
) -> tuple[HazardCount, ...]:
    return answers.hazards_counted(_generation, *said)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _repairs(fingerprint: str, said: tuple[str, Scope, date, tuple[str, ...]], _generation: Generation) -> Repairs:
    return answers.repairs_done(_generation, *said)


def _held() -> Generation:
    held = generation()
    assert held is not None, "a page asks only where something is loaded"
    return held


def colours() -> look.Palette:
    """The colours of the page as this reader has it, light or dark."""
    return look.palette(st.context.theme.type)


def more_needed(asked: Question) -> StillNeeded | None:
    """How many more answers the regulator's sample needs, and from where."""
    held = _held()
    return _more_needed(held.fingerprint, replace(asked, filters=(), measures=(), breakdown=None), held)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _more_needed(fingerprint: str, asked: Question, _generation: Generation) -> StillNeeded | None:
    return answers.more_needed(asked, _generation)


# ── The sector ───────────────────────────────────────────────────────────────────────────────────


def sector_years() -> SectorYears:
    """The imported years of the sector."""
    return actions.sector_years(settings())


def sector_names(year: str, tenure_group: str) -> dict[str, str]:
    """The landlords with results for a tenure group in an imported year, by name: code and name."""
    held = _sector_year(sector_years().fingerprint(year), year, sector_years())
    asked = (code for code, group in held.surveys if group == tenure_group)
    return dict(sorted(((code, held.landlords[code].name) for code in asked), key=lambda pair: pair[1].casefold()))


def sector_landlords(year: str) -> dict[str, str]:
    """Every landlord of an imported year, by name: code and name."""
    held = _sector_year(sector_years().fingerprint(year), year, sector_years())
    return dict(
        sorted(((code, each.name) for code, each in held.landlords.items()), key=lambda pair: pair[1].casefold())
    )


def compared(year: str, landlord: str, tenure_group: str, way: str, named: tuple[str, ...] = ()) -> Compared:
    """One landlord of an imported year among its peers."""
    years = sector_years()
    key = "|".join(years.fingerprint(held) for held in years.years())
    return _compared(key, year, landlord, tenure_group, way, named, years)


def measure_titles() -> dict[str, str]:
    """What the twelve measures are called, by code, as the newest settled year has it."""
    return {measure.code: measure.title for measure in registers.measures(registers.reporting_years()[-1])}


def management_titles(year: str) -> dict[str, str]:
    """What the management measures of a year are called, by code."""
    return {measure.code: measure.title for measure in sector.management_of(year)}


@st.cache_resource(max_entries=SEVERAL, show_spinner=False)
def _sector_year(fingerprint: str, year: str, _years: SectorYears) -> SectorYear:
    return _years.load(year)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _compared(
    fingerprint: str,
    year: str,
    landlord: str,
    tenure_group: str,
    way: str,
    named: tuple[str, ...],
    _years: SectorYears,
) -> Compared:
    return sector.compared(_years, year, landlord, tenure_group, way, named)
