"""Weighing a survey that is held, from the command line."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from analysis.model import Weighing
from analysis.survey.weighting import CannotWeigh
from dashboard import weights as weighed
from dashboard.calculator import figures_of, weighing_as_json
from dashboard.cli.command import DONE, PROBLEMS, Failure, add_json, bounds_of, say, tell, tell_json
from dashboard.cli.figures import held_in
from dashboard.words.weights import cost, effect, merged, weighed_by
from data import weighing
from data.generation import Generation
from data.settings import Settings
from data.weighing import Prepared


def weights_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the survey to weigh (default: the latest)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), default="LCRA", help="whose answers (default LCRA)")
    own.add_argument(
        "--by", metavar="A,B", help="characteristics counted in the list of homes, such as age_band,tenure"
    )
    own.add_argument("--targets", type=Path, metavar="FILE", help="numbers of homes: a CSV with variable, level, N")
    own.add_argument("--trim", metavar="LO,HI", help="least and most weight, times the mean")
    own.add_argument("--use", action="store_true", help="publish these weights; `undo` takes them back")
    own.add_argument("--back", action="store_true", help="use the weights of the file again")
    add_json(own)


def weights(said: argparse.Namespace, settings: Settings) -> int:
    """What there is to weigh by; with --by or --targets, weights and what they change; with --use, publish them."""
    _, held = held_in(settings)
    with closing(held):
        wave = held.wave(said.wave).name if said.wave else held.waves[-1].name
        if said.back:
            weighed.go_back(settings, wave, said.tenure_group)
            say(f"{wave}, {said.tenure_group}: the weights of the file are used again.")
            return DONE
        if not said.by and said.targets is None:
            return _told(held, wave, said)
        prepared = _prepared(held, wave, said)
        _tell(held, prepared, said.json, settings.smallest_base)
        if said.use:
            published = weighed.use(settings, prepared)
            say(f"Generation {published.number} uses these weights. `tenant-voice undo` takes them back.")
    return DONE if prepared.weighing.converged else PROBLEMS


def _prepared(held: Generation, wave: str, said: argparse.Namespace) -> Prepared:
    keys = [part.strip() for part in said.by.split(",")] if said.by else []
    try:
        return weighed.prepare(held, wave, said.tenure_group, keys, said.targets, bounds_of(said.trim))
    except (CannotWeigh, OSError) as fault:
        raise Failure(str(fault), PROBLEMS) from fault


def _told(held: Generation, wave: str, said: argparse.Namespace) -> int:
    """The characteristics there are, and the weighing in use."""
    found = weighing.characteristics(held, wave, said.tenure_group)
    how = held.weights.weighing(wave, said.tenure_group)
    if said.json:
        rows = [
            {
                "key": each.key,
                "label": each.label,
                "named": each.named,
                "why_not": each.why_not or None,
                "not_recorded": each.blanks,
                "levels": [{"level": lv.name, "answers": lv.answers, "homes": lv.homes} for lv in each.levels],
            }
            for each in found
        ]
        tell_json({"wave": wave, "tenure_group": said.tenure_group, "in_use": _as_json(how), "characteristics": rows})
        return DONE
    in_use = (
        "the weights of the file, or none" if how is None else weighed_by(weighing.regulators_names(how), how.source)
    )
    tell(f"{wave}, {said.tenure_group}. In use: {in_use}")
    for each in found:
        tell(f"  {each.key} ({each.named}): {each.why_not or f'{len(each.levels)} levels, may be used'}")
    return DONE


def _tell(held: Generation, prepared: Prepared, as_json: bool, smallest_base: int) -> None:
    how, found = prepared.weighing, weighed.effects(held, prepared, smallest_base)
    if as_json:
        measures = [
            {"code": each.measure.code, "unweighted": each.prepared.unweighted, **figures_of(each.prepared)}
            for each in found
        ]
        tell_json({"weighing": _as_json(how), "measures": measures})
        return
    tell(weighed_by(weighing.regulators_names(how), how.source))
    for sentence in (*cost(how), *merged(how), *how.notes):
        tell(sentence)
    for each in found:
        tell(f"{each.measure.code} {each.measure.title}: {effect(each.prepared)}")


def _as_json(how: Weighing | None) -> dict[str, Any] | None:
    """A weighing of a survey that is held, with what the regulator calls its characteristics."""
    if how is None:
        return None
    held = {"wave": how.wave, "tenure_group": how.tenure_group, "named": list(weighing.regulators_names(how))}
    return {**held, **weighing_as_json(how)}
