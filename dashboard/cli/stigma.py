"""The command about being judged for being a tenant: what was asked, what was told, and the two side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.model import WHOLE_LANDLORD, Question, Through
from analysis.model.stigma import Agreement, Answered, Asked, Beside, Coded, ItemFound, Published, ToldFound
from dashboard import actions, calculator, stigma, words
from dashboard.answers import latest_question
from dashboard.cli.command import DONE, USAGE, Failure, add_audience, add_json, say, tell, tell_json
from dashboard.cli.figures import against, asked_of, change_of, filters_of, group_of, held_in
from dashboard.words import stigma as said_of
from dashboard.words.audiences import beside
from data import voices
from data.generation import Generation
from data.settings import Settings
from data.stigma import stigma_module

WAYS = {"length-of-tenancy": "length of tenancy"}


def stigma_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--compared-with", metavar="NAME", help="the earlier wave or period (default: the nearest alike)")
    own.add_argument(
        "--tenure", choices=("LCRA", "LCHO"), help="whom: renters or shared owners (default: each, one after another)"
    )
    own.add_argument("--by", metavar="WHAT", help="estate, tenure, age_band or length-of-tenancy, and nothing else")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    add_audience(own)
    add_json(own)


def of_stigma(said: argparse.Namespace, settings: Settings) -> int:
    """Each question about being judged with base and interval, and what tenants wrote of it. Never a score."""
    store, generation = held_in(settings)
    readings = actions.readings_of(store).select()
    today = actions.today(settings)
    dates, smallest, export = settings.stigma, settings.smallest_base, said.json
    found = [
        (
            stigma.asked(question, generation, dates, smallest, today, export),
            stigma.told(question, generation, readings, dates, smallest, today, export),
        )
        for question in _questions(said, generation)
    ]
    if unread := voices.unread_count(generation, readings):
        say(f"{unread:,} comments are not read yet: run `tenant-voice label`.")
    if said.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "agreement": _agreement(stigma.standing(dates, today)),
                "support": stigma_module().support,
                "surveys": [_survey(*each) for each in found],
            }
        )
        return DONE
    for asked, told in found:
        _print_asked(asked)
        _print_told(told)
    return DONE


def _questions(said: argparse.Namespace, generation: Generation) -> list[Question]:
    first = latest_question(generation, WHOLE_LANDLORD, said.wave, said.tenure)
    groups = [said.tenure] if said.tenure else list(generation.tenure_groups(first.wave))
    earlier = generation.wave(said.compared_with).name if said.compared_with else first.compared_with
    by, filters = _way(said.by, generation), filters_of(said.where)
    return [
        replace(
            first,
            tenure_group=group,
            compared_with=earlier,
            breakdown=by,
            filters=filters,
            audience=said.audience,
        )
        for group in groups
    ]


def _way(named: str | None, generation: Generation) -> str | None:
    """The way of dividing named: by its key, or by its label with hyphens."""
    if named is None:
        return None
    label = WAYS.get(named, named).casefold()
    ways = stigma.ways_of(generation)
    found = next((way.key for way in ways if label in (way.key, way.label.casefold())), None)
    if found is None:
        there = ", ".join(way.label.lower().replace(" ", "-") for way in ways) or "nothing this survey holds"
        raise Failure(f"--by {named}: being judged is told by {there}, and by nothing else.", USAGE)
    return found


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _agreement(stands: Agreement) -> dict[str, Any]:
    return {
        "label": said_of.label(stands),
        "agreed_with_tenants": stands.agreed,
        "tenants_see_results_first": stands.sees_first,
        "held_back": stands.held_back,
    }


def _survey(asked: Asked, told: ToldFound) -> dict[str, Any]:
    return {
        **asked_of(asked.question),
        "label": said_of.label(asked.agreement),
        "withheld": asked.withheld,
        "items": [_item(item) for item in asked.items],
        "paradox": None
        if asked.paradox is None
        else {
            "judged_of_those_treated_fairly": calculator.figures_of(asked.paradox.judged_of_fair),
            "treated_fairly_of_those_judged": calculator.figures_of(asked.paradox.fair_of_judged),
        },
        "told": _told(told),
        "published": [_published(figure) for figure in asked.published],
        "notes": list(asked.notes),
    }


def _item(found: ItemFound) -> dict[str, Any]:
    item = found.item
    return {
        "code": item.code,
        "aspect": item.aspect,
        "title": item.title,
        "wording": item.wording,
        "asked_of": list(item.tenures),
        "follows": item.follows or None,
        "skipped": found.skipped,
        "not_asked": found.not_asked,
        "withheld": found.withheld,
        "answers": [_answered(answer) for answer in found.answers],
    }


def _answered(answer: Answered) -> dict[str, Any]:
    return {
        "code": answer.code,
        "title": answer.title,
        **calculator.figures_of(answer.share),
        "change": change_of(answer.change),
        "groups": [{"group": dict(each.group), **calculator.figures_of(each)} for each in answer.groups],
    }


def _told(found: ToldFound) -> dict[str, Any]:
    return {
        "withheld": found.withheld,
        **calculator.figures_of(found.told),
        "sources": [_coded(each) for each in found.sources],
        "forms": [_coded(each) for each in found.forms],
        "waves": [_step(each) for each in found.waves],
        "quarters": [_step(each) for each in found.quarters],
        "beside": {name: [_beside(row) for row in rows] for name, rows in found.beside.items()},
    }


def _coded(each: Coded) -> dict[str, Any]:
    return {
        "code": each.code,
        "title": each.title,
        "of_those_telling": calculator.figures_of(each.of_told),
        "of_all_comments": calculator.figures_of(each.of_all),
    }


def _step(each: Through) -> dict[str, Any]:
    return {"name": each.wave.name, **calculator.figures_of(each.share), "change": change_of(each.change)}


def _beside(row: Beside) -> dict[str, Any]:
    return {
        "title": row.title,
        "asked": [answer.code for answer in row.asked],
        "told": row.told.code if row.told else None,
    }


def _published(figure: Published) -> dict[str, Any]:
    return {
        "aspect": figure.aspect,
        "study": figure.study,
        "when": figure.when,
        "asked": figure.asked,
        "sample": figure.sample,
        "found": figure.found,
        "caution": figure.caution,
        "source": figure.source,
    }


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


def _print_asked(found: Asked) -> None:
    question = found.question
    tell(f"{question.wave}, {question.tenure_group}{against(question)}{beside(question.audience)}")
    tell(f"{words.sentence_case(said_of.label(found.agreement))}. {said_of.sees_first(found.agreement)}")
    if found.withheld:
        tell(said_of.nothing_asked(found))
        return
    for line in said_of.paradox_lines(found.paradox) if found.paradox else ():
        tell(line)
    for item in found.items:
        tell(f"{item.item.code} {item.item.title}. {said_of.base_of(item)}".rstrip())
        for answer in item.answers:
            tell(f"    {said_of.told_of(answer, item.item)} {said_of.moved_briefly(answer, found.earlier)}".rstrip())
            _print_groups(answer)
    for note in found.notes:
        say(note)


def _print_groups(answer: Answered) -> None:
    for each in answer.groups:
        tell(f"        {group_of(each.group)}: {words.in_words(each)}")


def _print_told(found: ToldFound) -> None:
    tell(f"{said_of.told_headline(found)}.")
    _print_coded("By whom", found.sources)
    _print_coded("How", found.forms)
    for each in found.waves:
        tell(f"    {each.wave.name}: {said_of.step(each)}")


def _print_coded(title: str, found: Sequence[Coded]) -> None:
    for each in found:
        tell(f"    {title}, {each.title.lower()}: {said_of.coded_line(each)}")
