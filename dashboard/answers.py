"""Ask and be told: the one road from a Question to Findings, for every face."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import pandas as pd

from analysis.adequacy import still_needed
from analysis.calendar import year_end, year_start
from analysis.cases import open_cases
from analysis.complaints import complaints
from analysis.fairness import hazards_safe, hazards_seen
from analysis.findings import Divided, find
from analysis.handling import due
from analysis.model import (
    OUTSIDE,
    WHOLE_LANDLORD,
    Audience,
    Besides,
    Comment,
    Complaints,
    ContactRead,
    Drivers,
    Due,
    Findings,
    Group,
    HazardCase,
    HazardClock,
    HazardCount,
    Measure,
    Moved,
    Promise,
    Question,
    Repairs,
    Scope,
    SectorFigures,
    StillNeeded,
    Survey,
    Theme,
    ThisWeek,
    Through,
    Together,
    Unoffered,
    Voices,
    Wave,
)
from analysis.promises import SOON, promises
from analysis.respect import FEWEST_STAFF, by_place, on_the_stricter_base, why_of_one_officer
from analysis.spoken import besides, moved, silent, staffed, through, together
from analysis.survey.comparison import method_shift
from analysis.text.redaction import RedactionRules
from analysis.unoffered import unoffered
from analysis.voices import hear
from analysis.workload import hazards_by_severity, repairs
from dashboard.disclosed import beside, protected_alone, voices_alone, voices_beside
from dashboard.given import once
from data import answered, clocks, hearing, periods, records, registers, voices
from data import unoffered as contacted
from data.generation import METHOD, Generation, NotHeld
from data.sector import shipped, shipped_years
from data.selection import NOT_RECORDED

Listen = Callable[[Question, int], Voices]  # the voices of a question, told on at least so many comments
OUTCOME = "TP01"  # overall satisfaction: what the other measures are set beside


class NotComparable(NotHeld):
    """Two waves or periods whose difference would not be change; the message says why and what to compare instead."""


def answer(question: Question, generation: Generation, smallest_base: int) -> Findings:
    """Everything there is to say about a question's measures.

    Raises NotHeld where the question names a wave, breakdown or filter that is not there, NotComparable where it
    compares what is not change: one quarter with another, or periods of two kinds.
    """
    asked = (answer, question, smallest_base, generation.fingerprint)
    return beside(once(asked, lambda: _answered(question, generation, smallest_base)), smallest_base)


def _answered(question: Question, generation: Generation, smallest_base: int) -> Findings:
    dims = () if question.breakdown is None else (question.breakdown,)
    survey = generation.survey(question, dims)
    earlier = None
    if question.compared_with is not None:
        _refuse_what_is_no_change(question.wave, question.compared_with, generation)
        earlier = generation.survey(replace(question, wave=question.compared_with), dims)
    measures = asked_measures(question, survey.wave)
    notes = (
        *_register_notes(survey.wave),
        *_rows_set_aside(generation, survey.wave),
        *_pooled(generation, survey.wave.name),
        *(_cut(generation, earlier.wave.name) if earlier else ()),
    )
    divided = Divided(
        earlier=earlier if dims else None,
        homes=homes_of_estates(question, generation),
        overlap=generation.overlap(question, dims),
        **_by_method(question, generation, survey.wave, None if earlier is None else earlier.wave),
    )
    found = find(question, survey, earlier, measures, generation.dimensions, smallest_base, notes, divided)
    return replace(protected_alone(found, generation, smallest_base), sector=_sector(question.tenure_group))


@cache
def _sector(tenure_group: str) -> Mapping[str, SectorFigures]:
    """The quartiles of all landlords that come with the program, of the newest year, by measure."""
    return MappingProxyType(shipped(shipped_years()[0], tenure_group))


def _by_method(question: Question, generation: Generation, wave: Wave, earlier: Wave | None) -> dict[str, Survey]:
    """The two waves counted by method, where people were asked differently: else there is no need of them."""
    if earlier is None or method_shift(earlier, wave) is None:
        return {}
    before = replace(question, wave=earlier.name)
    return {"method": generation.survey(question, (METHOD,)), "earlier_method": generation.survey(before, (METHOD,))}


def homes_of_estates(question: Question, generation: Generation) -> Mapping[Group, int] | None:
    """How many homes each estate has within a question of one survey divided by estate, where a list of homes is held.

    None where the homes are not those asked about: the question narrows by more than estate and tenure, or its period
    is made of several surveys, in which one home may have answered twice.
    """
    narrowed_by = {key for key, _ in question.filters}
    single = generation.waves_in(question.wave) == (question.wave,)
    if question.breakdown != "estate" or not single or narrowed_by - {"estate", "tenure"}:
        return None
    scope, tenures = scope_of(question)
    homes = _of(tenures, records.homes_by(generation, scope))
    mine = homes[homes["tenure_group"] == question.tenure_group]
    counted = mine.groupby("estate")["homes"].sum()
    return {(("estate", str(estate)),): int(number) for estate, number in counted.items()} or None


def more_needed(question: Question, generation: Generation) -> StillNeeded | None:
    """How many more answers the wave needs for the regulator's sample, and from which estates.

    None where the number of homes is not known, or more answered than there are homes. Filters play no part: the
    regulator asks it of the whole landlord. Raises NotHeld for a wave that is not there.
    """
    wave = generation.wave(question.wave)
    population = wave.populations.get(question.tenure_group)
    responses = generation.responses(wave.name).get(question.tenure_group, 0)
    if not population or responses > population:
        return None
    homes = records.homes_by(generation, WHOLE_LANDLORD, ("tenure_group", "estate"))
    mine = homes[homes["tenure_group"] == question.tenure_group].groupby("estate")["homes"].sum()
    answered = {}
    if any(dimension.key == "estate" for dimension in generation.dimensions):
        everyone = Question(wave.name, question.tenure_group, WHOLE_LANDLORD)
        answered = _answers_by_estate(everyone, generation)
    known = {str(estate): int(number) for estate, number in mine.items() if estate != NOT_RECORDED}
    return still_needed(question.tenure_group, responses, population, known, answered)


def _answers_by_estate(question: Question, generation: Generation) -> dict[str, int]:
    """Respondents of each estate who count."""
    cells = generation.survey(question, ("estate",)).cells
    if cells.empty:
        return {}
    first = cells[cells["measure"] == cells["measure"].iloc[0]]
    return {str(estate): int(number) for estate, number in first.groupby("estate")["n"].sum().items()}


def listen(question: Question, generation: Generation, readings: str, smallest_base: int) -> Voices:
    """What tenants wrote within a question, counted; by its breakdown where it has one.

    Of a part of the landlord what is said of staff, of listening and of being judged stands on the stricter base.
    """
    asked = (listen, question, readings, smallest_base, generation.fingerprint)
    alone = once(asked, lambda: _heard(question, generation, readings, smallest_base))
    told = voices_beside(alone, question, readings, smallest_base)
    told = _of_no_one_officer(told, question, generation, smallest_base)
    if not question.filters:
        return told
    return on_the_stricter_base(told, registers.topic_titles(), strict_base(smallest_base))


def _heard(question: Question, generation: Generation, readings: str, smallest_base: int) -> Voices:
    dims = () if question.breakdown is None else (question.breakdown,)
    heard = hear(
        voices.tone_cells(generation, question, dims, readings),
        voices.topic_cells(generation, question, dims, readings),
        voices.commenters(generation, question, dims, readings),
        registers.topic_titles(),
        smallest_base,
        by=question.breakdown,
    )
    return voices_alone(heard, question, generation, readings, smallest_base)


def _of_no_one_officer(heard: Voices, question: Question, generation: Generation, smallest_base: int) -> Voices:
    """The voices, withheld where they would be about one or two officers: a patch, a team, an estate few serve."""
    few = few_staffed(generation, question.scope)
    divided = () if question.breakdown is None else ((question.breakdown, ()),)
    if why := why_of_one_officer((*question.filters, *divided), generation.dimensions, few):
        return silent(heard, why)
    return staffed(heard, few, smallest_base) if question.breakdown == "estate" else heard


def topics_moved(question: Question, generation: Generation, readings: str, smallest_base: int) -> tuple[Moved, ...]:
    """Each topic's share of the comments against the wave compared with, tested as one family; none without one.

    Raises NotComparable where the two waves' difference would not be change.
    """
    if question.compared_with is None:
        return ()
    _refuse_what_is_no_change(question.wave, question.compared_with, generation)
    now, before = replace(question, compared_with=None, breakdown=None), question.compared_with
    return moved(
        listen(replace(now, wave=before), generation, readings, smallest_base),
        listen(now, generation, readings, smallest_base),
        generation.wave(before),
        generation.wave(now.wave),
        registers.topic_titles(),
        smallest_base,
    )


def spoken_together(
    question: Question, topic: str, heard: Voices, generation: Generation, readings: str, smallest_base: int
) -> tuple[Together, ...]:
    """What else the comments about a topic are about, most often first, each against all the other comments."""
    return together(topic, voices.pair_cells(generation, question, topic, readings), heard, smallest_base)


def topic_through(
    question: Question, topic: str, generation: Generation, readings: str, smallest_base: int
) -> tuple[Through, ...]:
    """A topic's share of the comments in every wave that has the question's tenure group, the first wave first."""
    every = replace(question, compared_with=None, breakdown=None)
    waves = [wave for wave in generation.waves if question.tenure_group in generation.tenure_groups(wave.name)]
    heard = [(wave, listen(replace(every, wave=wave.name), generation, readings, smallest_base)) for wave in waves]
    return through(topic, [(wave, voices) for wave, voices in heard if voices.comments], smallest_base)


def to_read_besides(question: Question, generation: Generation, readings: str) -> Besides:
    """Possible dangers, comments in no topic, and those set aside, counted."""
    return besides(voices.besides_cells(generation, question, readings))


def what_goes_with(question: Question, generation: Generation, smallest_base: int) -> Drivers:
    """Which measures go with overall satisfaction within a question, most first; or why that is not told.

    Comparing and breakdown play no part. Outside the landlord it is told of everyone only: two views that differ by a
    few people would give those away. Raises NotHeld as ``answer``.
    """
    from analysis.survey.drivers import drivers  # scipy and statsmodels: not before they are needed

    if question.audience is not Audience.INTERNAL and question.filters:
        return Drivers(OUTCOME, 0, 0, None, (), withheld="outside the landlord it is told of everyone only")
    wave = generation.wave(question.wave)
    measures = [m for m in asked_measures(question, wave) if question.tenure_group in m.tenures and m.code != OUTCOME]
    asked = generation.asked_in(wave.name)
    if OUTCOME not in asked:
        return Drivers(OUTCOME, 0, 0, None, (), withheld=f"{OUTCOME} was not asked in {wave.name}")
    candidates = [measure.code for measure in measures if measure.code in asked]
    rows = answered.answers_given(generation, question, [OUTCOME, *candidates])
    found = drivers(rows, OUTCOME, candidates, rows["weight"], smallest_base=smallest_base)
    unasked = {measure.code: f"not asked in {wave.name}" for measure in measures if measure.code not in asked}
    return replace(found, left_out=MappingProxyType({**found.left_out, **unasked}))


def answer_complaints(
    generation: Generation,
    period: str,
    scope: Scope,
    today: date,
    smallest_base: int,
    tenure_group: str = "LCRA",
    tenures: tuple[str, ...] = (),
    audience: Audience = Audience.INTERNAL,
) -> Complaints:
    """Complaints made in a period (of a wave: in its reporting year), as known today: CH01, CH02, volumes.

    ``tenure_group`` says whose the volumes are: "LCRA", "LCHO" or "outside"; ``tenures`` narrows complaints and homes
    to these, none meaning every one. Raises NotHeld where there is neither a wave nor a period of that name.
    """
    begun, ended = days_of(generation, period)
    return complaints(
        _of(tenures, records.complaint_rows(generation, scope, begun, ended)),
        _of(tenures, records.homes_by(generation, scope)),
        begun,
        ended,
        clocks.working_days(),
        clocks.stage_clocks(),
        today,
        tenure_group,
        smallest_base,
        whole=scope.estates is None and not tenures,
        audience=audience,
    )


def never_offered(
    generation: Generation,
    readings: str,
    period: str,
    scope: Scope,
    today: date,
    smallest_base: int,
    tenures: tuple[str, ...] = (),
    audience: Audience = Audience.INTERNAL,
    read: Mapping[str, ContactRead] = MappingProxyType({}),
) -> Unoffered:
    """Contacts of a period that sound dissatisfied, by whether a complaint of the same household followed in time.

    Of every tenure group: the Ombudsman's Code is for all residents. Raises NotHeld as answer_complaints.
    """
    begun, ended = days_of(generation, period)
    found = unoffered(
        _of(tenures, contacted.tenants_contacts(generation, scope, readings, begun, ended)),
        begun,
        ended,
        contacted.complaints_known_until(generation, today),
        clocks.working_days(),
        smallest_base,
        few_staffed(generation, scope),
        audience,
        read=read,
    )
    return replace(found, notes=(*found.notes, *_not_placed(generation, begun, ended)))


def never_offered_words(
    found: Unoffered, generation: Generation, readings: str, scope: Scope, smallest_base: int, most: int, start: int = 0
) -> list[Comment]:
    """The words of the contacts to read, personal details taken out, newest first; none of a handful of households."""
    ids = [each.comment_id for each in found.to_read[start : start + most]]
    return voices.record_comments(
        generation,
        "contacts",
        scope,
        readings,
        smallest_base,
        since=found.begun,
        until=found.ended,
        limit=most,
        only=ids,
    )


def _not_placed(generation: Generation, begun: date, ended: date) -> Iterator[str]:
    if lost := contacted.complaints_of_nobody(generation, begun, ended):
        yield (
            f"Complaints of these days that name neither a home we hold nor a tenancy: {lost:,}. Some contacts shown "
            "as without a complaint may have theirs among them."
        )


def hazards_counted(
    generation: Generation, period: str, scope: Scope, tenures: tuple[str, ...] = ()
) -> tuple[HazardCount, ...]:
    """Hazard cases reported in a period by severity, open now and made safe. Raises NotHeld as answer_complaints."""
    rows = records.hazard_rows(generation, scope, False, *days_of(generation, period))
    return hazards_by_severity(_of(tenures, rows))


def hazards_in_time(
    generation: Generation, period: str, scope: Scope, today: date, tenures: tuple[str, ...] = ()
) -> tuple[HazardClock, ...]:
    """Of the hazard cases of renters reported in a period, how many were looked into and made safe in time, as the
    page on fair outcomes counts them. Raises NotHeld as answer_complaints.
    """
    rows = _of(tenures, records.hazard_rows(generation, scope, False, *days_of(generation, period)))
    mine = rows[rows["tenure_group"] == "LCRA"]
    each = mine.assign(unit=range(len(mine)))
    counted = {"hazards_seen": hazards_seen, "hazards_safe": hazards_safe}
    found = {key: count(each, clocks.working_days(), today) for key, count in counted.items()}
    return tuple(HazardClock(key, int(told["n"].sum()), int(told["yes"].sum())) for key, told in found.items())


def repairs_done(
    generation: Generation, period: str, scope: Scope, today: date, tenures: tuple[str, ...] = ()
) -> Repairs:
    """Repairs of a period by month and, of those completed, how many by their target day.

    Raises NotHeld as answer_complaints.
    """
    begun, ended = days_of(generation, period)
    ended = min(ended, today)
    dims = ("month", "priority", "tenure")
    raised, completed = (
        _of(tenures, records.repair_counts(generation, scope, dims, begun, ended, by)) for by in ("raised", "completed")
    )
    return repairs(raised, completed, begun, ended)


def scope_of(question: Question) -> tuple[Scope, tuple[str, ...]]:
    """The scope that a question's filters leave, for records: its estates narrow it; and the tenures it names."""
    named = dict(question.filters)
    estates, within = named.get("estate"), question.scope.estates
    tenures = named.get("tenure", ())
    if estates is None:
        return question.scope, tenures
    return Scope(", ".join(estates), tuple(each for each in estates if within is None or each in within)), tenures


def levels_of(generation: Generation, key: str) -> tuple[str, ...]:
    """The estates or tenures there are, among those who answered and on the list of homes, sorted; blanks last."""
    answered: tuple[str, ...] = ()
    if key in {dimension.key for dimension in generation.dimensions}:
        answered = generation.levels(key, WHOLE_LANDLORD)
    homes = records.homes_by(generation, WHOLE_LANDLORD, (key,))[key]
    return tuple(sorted({*answered, *homes}, key=lambda level: (level == NOT_RECORDED, level)))


def _of(tenures: tuple[str, ...], rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of these tenures, or every row where none is named."""
    return rows[rows["tenure"].fillna(NOT_RECORDED).isin(tenures)] if tenures else rows


def record_periods(generation: Generation, scope: Scope, today: date) -> tuple[periods.Choice, ...]:
    """The periods that complaints, contacts, repairs and hazards may be looked at by, none of them in the future."""
    days = records.record_days(generation, scope)
    if days is None or days[0] > today:
        return ()
    return tuple(periods.periods(days[0], min(days[1], today)))


def days_of(generation: Generation, name: str) -> tuple[date, date]:
    """The days records are counted for: a period's own, a wave's reporting year. Raises NotHeld for neither."""
    for wave in generation.waves:
        if wave.name == name:
            return year_start(wave.fieldwork_to), year_end(wave.fieldwork_to)
    try:
        return periods.period_days(name)
    except ValueError as error:
        raise NotHeld(f"There is no wave or period called '{name}'.") from error


# ── This week ────────────────────────────────────────────────────────────────────────────────────


def this_week(
    generation: Generation,
    scope: Scope,
    today: date,
    since: date | Mapping[str, date] | None = None,
    tenures: tuple[str, ...] = (),
) -> ThisWeek:
    """What needs a person now, and what is new since a reader last looked.

    ``since`` is the day of that look or, better, what ``newest`` was then (ThisWeek.newest, kept for the reader); None
    for a first look, when nothing is called new. ``tenures`` narrows what needs a person, none meaning every tenure;
    what is new is counted for all.
    """
    return ThisWeek(
        today=today,
        new={} if since is None else records.new_since(generation, scope, since),
        newest=records.newest(generation, scope),
        due=complaints_due(generation, scope, today, tenures=tenures),
        promises=promises_due(generation, scope, today, tenures=tenures),
        hazards=hazards_open(generation, scope, today, tenures),
    )


def hazards_open(
    generation: Generation, scope: Scope, today: date, tenures: tuple[str, ...] = ()
) -> tuple[HazardCase, ...]:
    """Hazard cases that are not made safe yet, emergencies first, then the longest open."""
    return open_cases(_of(tenures, records.hazard_rows(generation, scope, open_only=True)), today)


def complaints_due(
    generation: Generation, scope: Scope, today: date, within: int = SOON, tenures: tuple[str, ...] = ()
) -> tuple[Due, ...]:
    """Complaints whose acknowledgement or reply is overdue or due within so many days, the longest overdue first."""
    rows = _of(tenures, records.complaint_rows(generation, scope, unanswered=True))
    latest = today + timedelta(days=within)
    return tuple(
        owed for owed in due(rows, today, clocks.working_days(), clocks.stage_clocks()) if owed.deadline <= latest
    )


def promises_due(
    generation: Generation,
    scope: Scope,
    today: date,
    rules: RedactionRules | None = None,
    tenures: tuple[str, ...] = (),
) -> tuple[Promise, ...]:
    """Promises made in replies that are overdue or due within a week; with redaction rules also what was promised."""
    found = promises(_of(tenures, records.promise_rows(generation, scope, rules, unkept=True)), today)
    return tuple(promise for promise in found if promise.state in ("overdue", "due soon"))


def promises_made(
    generation: Generation,
    scope: Scope,
    today: date,
    rules: RedactionRules | None = None,
    tenures: tuple[str, ...] = (),
) -> tuple[Promise, ...]:
    """Every promise made in replies, kept ones too, overdue first; with redaction rules also what was promised."""
    return promises(_of(tenures, records.promise_rows(generation, scope, rules)), today)


def respect_by_place(
    question: Question, topic: str, generation: Generation, readings: str, smallest_base: int
) -> tuple[Theme, ...]:
    """Where staff, listening or being judged is spoken of, by the question's breakdown, on the stricter base.

    A place that the file of teams says fewer than three people serve is never told.
    """
    fewest = strict_base(smallest_base)
    divided = listen(question, generation, readings, fewest)
    few = few_staffed(generation, question.scope) if question.breakdown == "estate" else frozenset()
    return by_place(divided, topic, few, fewest)


def few_staffed(generation: Generation, scope: Scope) -> frozenset[str]:
    """Estates served by fewer than three people, as far as the file of teams says."""
    served = hearing.staff_of_estates(generation, scope)
    return frozenset(estate for estate, officers in served.items() if officers < FEWEST_STAFF)


def strict_base(smallest_base: int) -> int:
    """The fewest comments for what is said of people: the landlord's own smallest base, never fewer than 20."""
    return max(smallest_base, records.STRICT_BASE)


def asked_measures(question: Question, wave: Wave) -> tuple[Measure, ...]:
    """The measures a question is about, as the register of the wave's year has them, in the regulator's order.

    Raises NotHeld for a code the register does not have.
    """
    register = registers.measures(registers.register_year(wave.fieldwork_to))
    unknown = set(question.measures) - {measure.code for measure in register}
    if unknown:
        raise NotHeld(f"Unknown measure {', '.join(sorted(unknown))}. The measures are TP01 to TP12.")
    return tuple(measure for measure in register if not question.measures or measure.code in question.measures)


def latest_question(
    generation: Generation, scope: Scope, wave: str | None = None, group: str | None = None
) -> Question:
    """The question a reader starts from: the latest wave (or the wave or period named), against what it may best be
    compared with.

    Raises NotHeld where nothing is held or the wave or tenure group is not there.
    """
    if wave is None and not generation.waves:
        raise NotHeld("No survey is held, so there is nothing to measure. Take one in with `take-in FILE --as survey`.")
    chosen = generation.wave(wave).name if wave is not None else generation.waves[-1].name
    groups = generation.tenure_groups(chosen)
    if group is not None and group not in groups:
        raise NotHeld(f"{chosen} has no {group} answers. It has: {', '.join(groups) or 'none that a measure counts'}.")
    return Question(
        wave=chosen,
        tenure_group=group or (groups[0] if groups else "LCRA"),
        scope=scope,
        compared_with=next(iter(periods.comparable(generation, chosen)), None),
    )


def _refuse_what_is_no_change(wave: str, against: str, generation: Generation) -> None:
    why = periods.refusal(generation, wave, against)
    if why is not None:
        raise NotComparable(why)


def _register_notes(wave: Wave) -> Iterator[str]:
    year = registers.register_year(wave.fieldwork_to)
    if note := registers.register_note(wave.fieldwork_to):
        yield note
    if registers.is_provisional(year):
        yield registers.provisional_note(year)


def _pooled(generation: Generation, name: str) -> Iterator[str]:
    """What a period is made of; nothing for a wave."""
    inside = generation.waves_in(name)
    if inside == (name,):
        return
    yield f"Made of the answers dated in {name}, whichever survey they came with: {', '.join(inside)}."
    yield f"The number of homes is that of the latest of them, {inside[-1]}."
    yield from _cut(generation, name)
    if undated := generation.undated(name):
        yield f"Answers of these surveys without a date, and so in no period: {undated:,}."


def _cut(generation: Generation, name: str) -> Iterator[str]:
    """That a period holds only a part of a survey that took some weeks."""
    if parts := periods.cut(generation, name):
        yield f"{name} holds only a part of {', '.join(parts)}: those who answer early and late may differ."


def _rows_set_aside(generation: Generation, wave: Wave) -> Iterator[str]:
    if repeats := generation.household_repeats(wave.name):
        yield f"Second answers of a household, flagged and not counted in any measure: {repeats:,}."
    if outside := generation.responses(wave.name).get(OUTSIDE):
        yield f"Respondents whose tenure is outside the measures, not counted in any of them: {outside:,}."
