"""Commands about figures: the measures, and the survey calculator."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from analysis.model import (
    WHOLE_LANDLORD,
    Association,
    Comparison,
    Distribution,
    Estimate,
    Filters,
    Findings,
    Question,
    SectorFigures,
    SmallArea,
)
from analysis.survey.intervals import METHODS
from dashboard import actions, calculator, words
from dashboard.answers import answer, latest_question
from dashboard.cli.command import (
    DONE,
    PROBLEMS,
    USAGE,
    Failure,
    add_audience,
    add_json,
    bounds_of,
    say,
    tell,
    tell_json,
)
from dashboard.words.audiences import beside
from data.generation import Generation
from data.settings import Settings
from data.store import Store

VALUES_SHOWN = 30


def measures_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument(
        "--compared-with",
        metavar="NAME",
        help="the earlier wave or period (default: the nearest of the same kind and season)",
    )
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--by", metavar="WHAT", help="estate, tenure, or any other way the survey divides people")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    add_audience(own)
    add_json(own)


def measures(said: argparse.Namespace, settings: Settings) -> int:
    """Every measure with base, interval or the reason it is withheld, for each tenure group apart."""
    store, generation = held_in(settings)
    found = [answer(question, generation, settings.smallest_base) for question in questions(said, generation)]
    if said.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "surveys": [_survey(f) for f in found],
            }
        )
    else:
        for findings in found:
            _print_survey(findings)
    return DONE


def held_in(settings: Settings) -> tuple[Store, Generation]:
    """The store in use and what it holds. Raises Failure where that is nothing."""
    store = actions.store_in_use(settings)
    generation = store.current()
    if generation is None:
        raise Failure(
            f"Nothing is held in {settings.home}. Load the sample with `tenant-voice demo`, or a file with `take-in`.",
            USAGE,
        )
    if generation.kind == "sample":
        say("This is the invented landlord: no figure here is about real tenants.")
    return store, generation


def questions(said: argparse.Namespace, generation: Generation) -> list[Question]:
    """One question a tenure group: LCRA and LCHO are never mixed."""
    first = latest_question(generation, WHOLE_LANDLORD, said.wave, said.tenure_group)
    groups = [said.tenure_group] if said.tenure_group else list(generation.tenure_groups(first.wave))
    against = generation.wave(said.compared_with).name if said.compared_with else first.compared_with
    filters = filters_of(said.where)
    _check_values(filters, generation)
    return [
        replace(
            first,
            tenure_group=group,
            compared_with=against,
            breakdown=said.by,
            filters=filters,
            audience=said.audience,
        )
        for group in groups
    ]


def _check_values(filters: Filters, generation: Generation) -> None:
    """A value that is nowhere is a slip of the hand: said, and never answered with "no answers"."""
    for key, values in filters:
        there = generation.levels(key, WHOLE_LANDLORD)
        for value in values:
            if value not in there:
                shown = ", ".join(there[:VALUES_SHOWN]) + (" …" if len(there) > VALUES_SHOWN else "")
                raise Failure(f"No one's {key} is '{value}'. The values there are: {shown}.", USAGE)


def filters_of(where: Iterable[str]) -> Filters:
    """Filters as a Question holds them; a field named twice means either value.

    >>> filters_of(["estate=Ash Court", "estate=Beech Row"])
    (('estate', ('Ash Court', 'Beech Row')),)
    """
    wanted: dict[str, list[str]] = {}
    for part in where:
        key, sign, value = part.partition("=")
        if not sign:
            raise Failure(f"--where {part}: write it as WHAT=VALUE, such as estate=Ash Court.", USAGE)
        wanted.setdefault(key.strip(), []).append(value.strip())
    return tuple((key, tuple(values)) for key, values in wanted.items())


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def asked_of(question: Question) -> dict[str, Any]:
    return {
        "wave": question.wave,
        "compared_with": question.compared_with,
        "tenure_group": question.tenure_group,
        "by": question.breakdown,
        "filters": {key: list(values) for key, values in question.filters},
        "scope": question.scope.name,
        "audience": str(question.audience),
    }


def _survey(findings: Findings) -> dict[str, Any]:
    return {
        **asked_of(findings.question),
        "sample": asdict(findings.sample),
        "measures": [
            {
                "code": measure.code,
                "title": measure.title,
                "provisional": measure.provisional,
                "unweighted": findings.headline[measure.code].unweighted,
                **calculator.figures_of(findings.headline[measure.code]),
                "distribution": _distribution(findings.distributions[measure.code][0]),
                "change": change_of(findings.changes.get(measure.code)),
                "within_method": [
                    {"group": dict(each.after.group), **(change_of(each) or {})}
                    for each in findings.within_method.get(measure.code, ())
                ],
                "sector": _sector(findings.sector.get(measure.code)),
                "differs": _association(findings.associations.get(measure.code)),
                "groups": _groups(findings, measure.code),
            }
            for measure in findings.measures
        ],
        "weighing": None if findings.weighing is None else calculator.weighing_as_json(findings.weighing),
        "disclosed": list(findings.disclosed),
        "notes": list(findings.notes),
    }


def _groups(findings: Findings, code: str) -> list[dict[str, Any]]:
    """Each group: its share, against the rest, against its own earlier share, and drawn towards the whole."""
    rest = {each.after.group: each for each in findings.against_rest.get(code, ())}
    moved = {each.after.group: each for each in findings.group_changes.get(code, ())}
    places = findings.small_areas.get(code)
    drawn = {area.group: area for area in places.areas} if places else {}
    return [
        {
            "group": dict(estimate.group),
            **calculator.figures_of(estimate),
            "against_rest": change_of(rest.get(estimate.group)),
            "change": change_of(moved.get(estimate.group)),
            "drawn": _drawn(drawn.get(estimate.group)),
        }
        for estimate in findings.groups.get(code, ())
    ]


def _drawn(area: SmallArea | None) -> dict[str, Any] | None:
    if area is None:
        return None
    kept = ("value", "low", "high", "shrinkage", "rank", "homes", "withheld")
    return {name: getattr(area, name) for name in kept}


def _sector(figures: SectorFigures | None) -> dict[str, Any] | None:
    """The quartiles of landlords, as percentages, with the year they are of."""
    if figures is None:
        return None
    cuts = {"lower": figures.lower, "median": figures.median, "upper": figures.upper}
    return {"year": figures.year, "landlords": figures.n, **cuts}


def _association(found: Association | None) -> dict[str, Any] | None:
    """Whether the groups differ at all."""
    if found is None:
        return None
    return {"by": found.by, "base": found.base, "f": found.f, "df": found.df, "p": found.p, "withheld": found.withheld}


def _distribution(distribution: Distribution) -> dict[str, Any]:
    row = asdict(distribution)
    told = {key: row[key] for key in row if key not in ("measure", "group")}
    return {**told, "base": distribution.told_base}


def change_of(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "before": comparison.before.value,
        "difference": comparison.difference,
        "low": comparison.low,
        "high": comparison.high,
        "p": comparison.p,
        "adjusted": comparison.adjusted,
        "family": comparison.family,
        "level": comparison.level,
        "repeats": comparison.repeats,
        "verdict": str(comparison.verdict),
        "why": comparison.why,
    }


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


def _print_survey(findings: Findings) -> None:
    question = findings.question
    tell(f"{question.wave}, {question.tenure_group}{against(question)}{beside(question.audience)}")
    for measure in findings.measures:
        line = f"{measure.code} {measure.title}: {words.in_words(findings.headline[measure.code])}"
        change = findings.changes.get(measure.code)
        moved = f"; {words.change(change)}: {change.verdict}" if change else ""
        tell(line + moved + _caution(findings.headline[measure.code]))
        for estimate in findings.groups.get(measure.code, ()):
            tell(f"    {group_of(estimate.group)}: {words.in_words(estimate)}{_caution(estimate)}")
    for note in (*findings.disclosed, *findings.notes):
        say(note)


def _caution(estimate: Estimate) -> str:
    return f" [{estimate.caution}]" if estimate.caution else ""


def against(question: Question) -> str:
    filters = "; ".join(f"{key}: {', '.join(values)}" for key, values in question.filters)
    return (f" against {question.compared_with}" if question.compared_with else "") + (
        f" ({filters})" if filters else ""
    )


def group_of(group: Iterable[tuple[str, str]]) -> str:
    return ", ".join(level for _, level in group)


# ── The calculator ───────────────────────────────────────────────────────────────────────────────


PASSED_ON = ("column", "weight", "strata", "fpc", "cluster", "by", "level", "method", "margins", "scale", "compare")


def estimate_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("file", type=Path, help="any CSV file")
    own.add_argument("--column", required=True, metavar="C", help="the column with the answers")
    own.add_argument("--yes", required=True, action="append", metavar="V[,V…]", help="values that count as yes")
    own.add_argument("--leave-out", action="append", default=[], metavar="V[,V…]", help="values left out of the base")
    own.add_argument("--weight", metavar="COL", help="column with the weights (default: every row weighs 1)")
    own.add_argument("--strata", metavar="COL", help="column with the strata")
    own.add_argument(
        "--fpc", metavar="COL", help="column with the number of units in the population of the row's stratum"
    )
    own.add_argument("--cluster", metavar="COL", help="column with the clusters; --fpc then counts clusters")
    own.add_argument("--by", metavar="COL[,COL…]", help="one estimate for each value of this column, or of several")
    own.add_argument("--level", type=float, default=0.95, help="confidence level (default 0.95)")
    own.add_argument("--method", choices=METHODS, default="auto", help="which interval (default: Wilson from base 30)")
    own.add_argument("--margins", type=Path, metavar="FILE", help="rake the weights to a CSV of variable, level, N")
    own.add_argument("--trim", metavar="LO,HI", help="least and most raked weight, times the mean")
    own.add_argument("--scale", action="store_true", help="scale margins of other totals to that of the first")
    own.add_argument(
        "--residuals",
        choices=("weighted", "unweighted"),
        default="weighted",
        help="after raking: weighted (default), or unweighted as R's rake",
    )
    own.add_argument("--compare", type=Path, metavar="FILE2", help="an earlier file of the same columns")
    add_json(own)


def estimate(said: argparse.Namespace, settings: Settings) -> int:
    """A share of a column of any CSV, with standard error and interval."""
    options: Mapping[str, Any] = vars(said)
    request = calculator.Request(
        path=said.file,
        yes=tuple(said.yes),
        leave_out=tuple(said.leave_out),
        smallest_base=settings.smallest_base,
        trim=bounds_of(said.trim),
        weighted_residuals=said.residuals == "weighted",
        **{name: options[name] for name in PASSED_ON},
    )
    try:
        reckoning = calculator.calculate(request)
    except calculator.CalculatorError as error:
        raise Failure(str(error), error.exit_code) from error
    if said.json:
        tell(calculator.as_json(reckoning))
    else:
        for found in reckoning.estimates:
            tell(f"{group_of(found.group) or said.column}: {words.in_words(found)}")
        for compared in reckoning.compared or ():
            who, told = group_of(compared.after.group) or said.column, words.verdict(compared)
            tell(f"{who} against {said.compare.name}: {words.change(compared)}: {told}")
    for note in reckoning.notes:
        say(note)
    return DONE if reckoning.estimates else PROBLEMS
