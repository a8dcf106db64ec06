"""The command about strengths: what tenants are proud of and good at, what each estate has, and offers counted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from analysis.model import Question, Theme, Through
from dashboard import actions, calculator
from dashboard import strengths as strong
from dashboard.answers import listen
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_audience, add_json, one_line, say, tell, tell_json
from dashboard.cli.figures import asked_of, change_of, held_in, questions
from dashboard.words import problem_count
from dashboard.words import strengths as said
from dashboard.words.audiences import beside
from data.assets import Asset, asset_kinds
from data.generation import Generation
from data.offers import Offers
from data.registers import strength_titles
from data.settings import Settings


def strengths_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--by", metavar="WHAT", help="also place by place: estate, tenure or age_band")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    own.add_argument("--assets", metavar="FILE.csv", type=Path, help="bring a list of assets in: all of it or none")
    own.add_argument("--who", default="", metavar="NAME", help="who brings it in: a name as given")
    add_audience(own)
    add_json(own)
    own.set_defaults(compared_with=None)


def of_strengths(options: argparse.Namespace, settings: Settings) -> int:
    """Every kind of strength with its share of the comments, over time; offers counted; the asset register.

    1 where a list of assets has a fault, and nothing of it is then kept. Offers are never listed here, nor a home.
    """
    store, generation = held_in(settings)
    if options.assets is not None and not _taken_in(options, settings):
        return PROBLEMS
    _check_way(options.by)
    readings, base = actions.readings_of(store).select(), settings.smallest_base
    found = [_told(question, generation, readings, base, settings) for question in questions(options, generation)]
    assets, linked = strong.assets_in_use(settings).standing(), strong.offers_in_use(settings).linked()
    if options.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "surveys": [_as_json(*each) for each in found],
                "assets": [_asset(asset, linked.get(asset.asset_id, 0)) for asset in assets],
            }
        )
        return DONE
    for question, why, themes, places, through, offers in found:
        tell(f"{question.wave}, {question.tenure_group}{beside(question.audience)}")
        if why:
            tell(f"  Not shown: {why}.")
        for theme in themes:
            tell(f"  {said.strength_line(theme)}")
            for place in places.get(theme.topic, ()):
                tell(f"    {said.strength_line(place)}")
            tell(f"    {said.steps(through[theme.topic])}")
        for line in said.offers_counted(offers) if offers else ():
            tell(f"  {line}")
    for asset in assets:
        line = said.asset_line(asset, asset_kinds(), linked.get(asset.asset_id, 0))
        tell(one_line(f"{asset.words.estate or said.WHOLE_LANDLORD}, {asset.words.name}: {line}"))
    return DONE


def _check_way(by: str | None) -> None:
    if by not in (None, *strong.WAYS):
        raise Failure(f"Strengths are not told by '{by}', only by {', '.join(strong.WAYS)}.", USAGE)


def _taken_in(options: argparse.Namespace, settings: Settings) -> bool:
    """Whether a list of assets was brought in; where not, its faults are told."""
    if not options.assets.is_file():
        raise Failure(f"There is no file '{options.assets}'.", USAGE)
    number, problems = strong.take_in_assets(settings, options.assets, options.who)
    for problem in problems:
        where = f"row {problem.row}, {problem.column}" if problem.row else "the file"
        value = f" '{one_line(problem.value)}'" if problem.value else ""
        say(f"{problem.file}, {where}{value}: {problem.what} {problem.remedy}")
    if problems:
        say(f"{problem_count([problem.stops for problem in problems])} Nothing was kept.")
        return False
    say(f"{number:,} assets are in the register.")
    return True


Told = tuple[
    Question, str | None, tuple[Theme, ...], dict[str, tuple[Theme, ...]], dict[str, tuple[Through, ...]], Offers | None
]


def _told(question: Question, generation: Generation, readings: str, base: int, settings: Settings) -> Told:
    heard = listen(question, generation, readings, base)
    themes = strong.every_strength(question, heard, generation, readings, base)
    through = {kind: strong.through_time(question, kind, generation, readings, base) for kind in strength_titles()}
    places = {}
    if question.breakdown is not None:
        places = {kind: strong.by_place(question, kind, generation, readings, base) for kind in strength_titles()}
    offers = None
    if strong.may_list(question):
        offers = strong.offers_in_use(settings).counted(generation, question, readings)
    return question, heard.withheld, themes, places, through, offers


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _as_json(
    question: Question,
    why: str | None,
    themes: tuple[Theme, ...],
    places: dict[str, tuple[Theme, ...]],
    through: dict[str, tuple[Through, ...]],
    offers: Offers | None,
) -> dict[str, Any]:
    return {
        **asked_of(question),
        "withheld": why,
        "strengths": [
            {
                "kind": theme.topic,
                "title": theme.title,
                **_share(theme),
                "places": [{"place": place.title, **_share(place)} for place in places.get(theme.topic, ())],
                "through": [_step(step) for step in through[theme.topic]],
            }
            for theme in themes
        ],
        "offers": None if offers is None else _offers(offers),
    }


def _share(theme: Theme) -> dict[str, Any]:
    return {"telling": None if theme.share.withheld else theme.positive, **calculator.figures_of(theme.share)}


def _step(step: Through) -> dict[str, Any]:
    return {"wave": step.wave.name, **calculator.figures_of(step.share), "change": change_of(step.change)}


def _offers(found: Offers) -> dict[str, int]:
    return {
        "found": found.found,
        "may_not_be_traced": found.unattributed,
        "not_to_be_contacted": found.left_out,
        "not_asked": found.not_asked,
        "agreed": found.agreed,
        "declined": found.declined,
        "linked": found.linked,
    }


def _asset(asset: Asset, offers: int) -> dict[str, Any]:
    words = asset.words
    return {
        "kind": words.kind,
        "name": words.name,
        "estate": words.estate or None,
        "about": words.about or None,
        "offers_linked": offers,
        "by": asset.by,
        "at": asset.at,
    }
