"""The ten management measures, from the command line: told, entered, taken back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from analysis.model import ManagementFigure
from dashboard import actions
from dashboard import management as asked
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, say, tell, tell_json
from dashboard.words import management as said_of
from data.management import CannotEnter
from data.settings import Settings


def management_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--year", required=True, choices=asked.years(), help="the reporting year")
    own.add_argument(
        "--enter", metavar="CODE", help="a value to enter, such as BS01; with --numerator and --denominator"
    )
    own.add_argument("--for", dest="group", metavar="WHOM", help="LCRA or LCHO, where the measure is reported for each")
    own.add_argument("--numerator", type=float)
    own.add_argument("--denominator", type=float)
    own.add_argument("--file", type=Path, help="enter every row of a CSV of code, numerator, denominator")
    own.add_argument("--by", default="", metavar="NAME", help="who enters it: a name as given")
    own.add_argument("--undo", action="store_true", help="take the last entry of the year back")
    add_json(own)


def management(said: argparse.Namespace, settings: Settings) -> int:
    """Every value of a year with both its numbers, from where, and what does not fit; 1 where something does not."""
    try:
        _enter(said, settings)
    except CannotEnter as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    held = actions.store_in_use(settings).current()
    found = asked.figures(settings, held, said.year)
    if said.json:
        tell_json({"year": said.year, "measures": [_document(each) for each in found]})
    else:
        for each in found:
            tell(f"{each.measure.code} {each.measure.title} ({each.tenure_group}): {said_of.figure_words(each)}")
            for sentence in said_of.more(each):
                tell(f"    {sentence}")
    return PROBLEMS if any(each.warnings for each in found) else DONE


def _enter(said: argparse.Namespace, settings: Settings) -> None:
    if said.undo:
        taken = asked.undo(settings, said.year)
        say(f"Taken back: {taken.code} {taken.tenure_group}, entered by {taken.by}.")
    if said.file is not None:
        number = asked.enter_file(settings, said.file, said.year, said.by)
        say(f"{number} values of {said.year} are kept.")
    if said.enter is None:
        return
    if said.numerator is None or said.denominator is None:
        raise Failure("--enter needs both --numerator and --denominator: never a bare percentage.", USAGE)
    tenures = asked.measure_of(said.year, said.enter).tenures
    group = said.group or (tenures[0] if len(tenures) == 1 else "")
    if not group:
        raise Failure(f"{said.enter} is reported for {' and '.join(tenures)}: say which with --for.", USAGE)
    asked.enter(settings, said.year, said.enter, group, said.numerator, said.denominator, said.by)
    say(f"{said.enter} of {said.year} is kept.")


def _document(each: ManagementFigure) -> dict[str, Any]:
    return {
        "code": each.measure.code,
        "title": each.measure.title,
        "tenure_group": each.tenure_group,
        "numerator": each.numerator,
        "denominator": each.denominator,
        "value": each.value,
        "unit": each.measure.unit,
        "source": each.source or None,
        "withheld": each.withheld,
        "outstanding": each.outstanding,
        "without_extension": each.parts[0] if each.parts else None,
        "within_extension": each.parts[1] if each.parts else None,
        "provisional": each.measure.provisional,
        "warnings": list(each.warnings),
    }
