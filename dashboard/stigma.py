"""Being judged for being a tenant: the one road from a Question to what was asked and what was told, for every face.

Every safeguard stands here and not on a page: who is asked what, ways of dividing, the stricter base, places that few
staff serve, and the day tenants see results first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analysis.model import Audience, Dimension, Estimate, Findings, Question, Through, Wave
from analysis.model.stigma import Agreement, Asked, Item, Paradox, ToldFound
from analysis.respect import FEWEST_STAFF
from analysis.stigma import (
    FAIR,
    PREVALENCE,
    agreement,
    answers_to,
    coded,
    is_way,
    items_found,
    measures_of,
    over_time,
    paradox,
    side_by_side,
    telling,
    without_few_staffed,
    without_health,
)
from analysis.survey.estimates import withheld
from dashboard.answers import Listen, asked_measures, few_staffed, listen, strict_base
from dashboard.disclosed import protected
from data import periods, voices
from data.generation import Generation, NotHeld
from data.quotes import PUBLIC, TEAM, Quote, Quotes
from data.settings import StigmaDates
from data.stigma import published_figures, stigma_module

PLACE = "estate"
YES_TO = (5, 5)  # the answers that say yes to a yes-no item
AGREES = (4, 5)  # … and that agree with a measure
HELD_BACK = "held back until tenants have seen the results first"


def ways_of(generation: Generation) -> tuple[Dimension, ...]:
    """The ways being judged may be told by: estate, tenure, age band and length of tenancy, as far as held."""
    return tuple(dimension for dimension in generation.dimensions if is_way(dimension))


def standing(dates: StigmaDates, today: date) -> Agreement:
    """How the questions stand with tenants today."""
    return agreement(stigma_module().label, dates.agreed_with_tenants, dates.tenants_see_results_first, today)


def was_asked(question: Question, generation: Generation) -> tuple[Item, ...]:
    """The items a question is about that its wave put to its tenure group, in the register's order."""
    there = {code.partition(":")[0] for code in generation.codes_asked_in(question.wave) if code.startswith("ST")}
    there &= {code.partition(":")[0] for code in question.measures} or there
    return tuple(item for item in stigma_module().items if item.code in there and question.tenure_group in item.tenures)


def asked(
    question: Question,
    generation: Generation,
    dates: StigmaDates,
    smallest_base: int,
    today: date,
    export: bool = False,
) -> Asked:
    """What was answered to the questions about being judged: each item on its own with base and interval.

    ``export``: the figures leave the page as a file, which waits for the day tenants see results first; so does
    whatever is for others than the landlord's own people. Raises NotHeld for a way of dividing or narrowing other than
    ``ways_of``, and as ``answers.answer``.
    """
    ways = {dimension.key: dimension for dimension in ways_of(generation)}
    _only_allowed(question, tuple(ways))
    agreed = standing(dates, today)
    wave = generation.wave(question.wave)
    nothing = Asked(question, wave, None, agreed, (), ways.get(question.breakdown or ""))
    published = published_figures()
    if why := _why_withheld(question, generation, agreed, export):
        return replace(nothing, published=published, withheld=why)
    items = was_asked(question, generation)
    if not items:
        return replace(nothing, published=published, withheld=f"not asked in {wave.name}")
    fewest = fewest_for(question, smallest_base)
    found = _found(question, generation, items, fewest)
    told = without_health(items_found(found, items), question, strict_base(smallest_base))
    if question.breakdown == PLACE:
        told = without_few_staffed(told, few_staffed(generation, question.scope), fewest)
    return replace(
        nothing,
        earlier=found.earlier,
        items=told,
        paradox=_paradox(question, generation, found, fewest),
        published=published,
        notes=(*_notes(question, generation, items), *found.disclosed, *found.notes),
    )


def fewest_for(question: Question, smallest_base: int) -> int:
    """The fewest answers a figure is told for: on the stricter base for estates, and where a question is narrowed."""
    strict = question.breakdown == PLACE or bool(question.filters)
    return strict_base(smallest_base) if strict else smallest_base


def _only_allowed(question: Question, ways: tuple[str, ...]) -> None:
    named = [*(key for key, _ in question.filters), *([question.breakdown] if question.breakdown else [])]
    for key in named:
        if key not in ways:
            raise NotHeld(
                f"Being judged is not told by '{key}', which may stand for one officer or a special category. It is "
                f"told by: {', '.join(ways) or 'nothing this survey holds'}."
            )


def _why_withheld(question: Question, generation: Generation, agreed: Agreement, export: bool) -> str | None:
    estates = dict(question.filters).get(PLACE, ())
    outside = question.audience is not Audience.INTERNAL
    if agreed.held_back and (export or outside or estates or question.breakdown == PLACE):
        day = agreed.sees_first
        return f"{HELD_BACK}, on {day.day} {day:%B %Y}" if day else HELD_BACK
    few = sorted(few_staffed(generation, question.scope).intersection(estates)) if estates else []
    return f"fewer than {FEWEST_STAFF} staff serve {', '.join(few)}" if few else None


def _found(question: Question, generation: Generation, items: tuple[Item, ...], fewest: int) -> Findings:
    """The ordinary road of counted cells, without what sets places against each other."""
    measures = measures_of(items)
    own = replace(question, measures=tuple(measure.code for measure in measures))
    dims = () if own.breakdown is None else (own.breakdown,)
    earlier = None
    if own.compared_with is not None and not periods.refusal(generation, own.wave, own.compared_with):
        earlier = generation.survey(replace(own, wave=own.compared_with), ())
    survey = generation.survey(own, dims)
    there = set(generation.codes_asked_in(own.wave))
    measures = tuple(measure for measure in measures if measure.code in there)
    overlap = generation.overlap(own, ()) if earlier is not None else None
    return protected(answers_to(own, survey, earlier, measures, fewest, overlap), generation, fewest)


def _paradox(question: Question, generation: Generation, found: Findings, fewest: int) -> Paradox | None:
    """Treated fairly and still judged, where both were asked; of the whole answer, never group by group."""
    asked_there = generation.codes_asked_in(question.wave)
    if PREVALENCE not in found.headline or FAIR not in asked_there:
        return None
    if question.audience is not Audience.INTERNAL and question.filters:
        return None
    (fair,) = asked_measures(replace(question, measures=(FAIR,)), found.wave)
    judged = next(measure for measure in found.measures if measure.code == PREVALENCE)
    plain = replace(question, breakdown=None, compared_with=None)
    of_fair = generation.survey(replace(plain, measures=(PREVALENCE,)), among=(FAIR, AGREES))
    of_judged = generation.survey(replace(plain, measures=(FAIR,)), among=(PREVALENCE, YES_TO))
    everyone = found.headline[PREVALENCE]
    return paradox(of_fair, of_judged, {FAIR: fair, PREVALENCE: judged}, everyone, fewest, question.audience)


def _notes(question: Question, generation: Generation, items: tuple[Item, ...]) -> Iterator[str]:
    there = {item.code for item in items}
    left = [
        item.code
        for item in stigma_module().items
        if item.codes and item.code not in there and question.tenure_group not in item.tenures
    ]
    if left:
        yield f"Not put to this tenure group, whose words they are not: {', '.join(left)}."
    follows = [item for item in items if item.follows]
    for before in dict.fromkeys(item.follows for item in follows):
        codes = ", ".join(item.code for item in follows if item.follows == before)
        if before in there:
            yield f"The base of {codes} is those who said yes to {before} and answered it."
        else:
            yield f"{before} was not asked, so the base of {codes} is everyone who answered it."
    if question.breakdown == PLACE:
        yield "Estates by name, never by size of a share, and none that fewer than three staff serve."


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────


def told(
    question: Question,
    generation: Generation,
    readings: str,
    dates: StigmaDates,
    smallest_base: int,
    today: date,
    export: bool = False,
    heard_in: Listen | None = None,
    quarters: bool = True,
) -> ToldFound:
    """What tenants wrote of being judged, coded by source and form, over time, and beside what was asked.

    ``heard_in`` gives the voices of a question on a base, where somebody keeps them; ``quarters``: told too. Raises
    NotHeld as ``asked``.
    """
    ask = heard_in or (lambda of, least: listen(of, generation, readings, least))
    _only_allowed(question, tuple(dimension.key for dimension in ways_of(generation)))
    whole = replace(question, breakdown=None, compared_with=None)
    why = _why_withheld(whole, generation, standing(dates, today), export)
    fewest = fewest_for(whole, smallest_base)
    heard = ask(whole, fewest)
    counted = voices.told_cells(generation, whole, readings)
    share = telling(counted, heard, fewest)
    if why or share.withheld:
        reason = why or share.withheld
        return ToldFound(question, withheld(reason or "", share.base, share.measure), withheld=reason)
    module = stigma_module()
    sources = coded(counted, "source", heard, module.source_titles, fewest)
    forms = coded(counted, "form", heard, module.form_titles, fewest)
    answered = asked(replace(question, breakdown=None), generation, dates, smallest_base, today, export)
    return ToldFound(
        question,
        share,
        sources,
        forms,
        waves=_through(whole, generation, readings, fewest, _waves(whole, generation), ask),
        quarters=_through(whole, generation, readings, fewest, _quarters(generation), ask) if quarters else (),
        beside={
            "sources": side_by_side(answered.items, "ST02", sources, module.source_titles, module.source_beside),
            "forms": side_by_side(answered.items, "ST10", forms, module.form_titles, module.form_beside),
        },
    )


def _waves(question: Question, generation: Generation) -> list[str]:
    return [wave.name for wave in generation.waves if question.tenure_group in generation.tenure_groups(wave.name)]


def _quarters(generation: Generation) -> list[str]:
    """The quarters that may be chosen, oldest first."""
    found = [each for each in periods.choices(generation) if each.kind == periods.QUARTER]
    return [each.name for each in sorted(found, key=lambda each: each.begun)]


def _through(
    question: Question, generation: Generation, readings: str, fewest: int, names: list[str], ask: Listen
) -> tuple[Through, ...]:
    """Its share of the comments in each wave or quarter; a quarter only against the same quarter of an earlier year."""
    found: list[tuple[Wave, Estimate, int | None]] = []
    for place, name in enumerate(names):
        there = replace(question, wave=name)
        heard = ask(there, fewest)
        share = telling(voices.told_cells(generation, there, readings), heard, fewest)
        earlier = (names.index(each) for each in periods.comparable(generation, name) if each in names[:place])
        found.append((generation.wave(name), share, next(earlier, None)))
    return over_time(found)


def quoted_from(question: Question) -> Question:
    """The question whose comments may be quoted: without its filters where it is for others than the team."""
    filters = question.filters if question.audience is Audience.INTERNAL else ()
    return replace(question, breakdown=None, compared_with=None, filters=filters)


def quotes_of_judged(question: Question, generation: Generation, readings: str, quotes: Quotes) -> tuple[Quote, ...]:
    """The approved quotes, for whom the question is for, whose comments tell of being judged.

    Outside the team those of the whole landlord, whatever is chosen: an estate would else be known by the choice.
    """
    purpose = TEAM if question.audience is Audience.INTERNAL else PUBLIC
    keys = voices.told_keys(generation, quoted_from(question), readings)
    return tuple(quote for quote in quotes.approved(purpose) if quote.text_key in keys)
