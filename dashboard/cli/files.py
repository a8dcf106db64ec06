"""Commands about files: take one in, list its problems, take a publish back, read the comments."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.model import TENURE_GROUPS, Problem
from dashboard import actions
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, say, tell, tell_json
from dashboard.words import people
from data.columns.faults import IntakeError, MappingFault, Unanswered
from data.columns.faults import said as problem_said
from data.columns.kinds import kinds
from data.columns.mapping import Mapping, WaveFacts, read_mapping
from data.intake import FileFacts, kind_of
from data.settings import Settings

SURE_ENOUGH = 0.6  # of 1: from here a kind of file is taken as recognised
# Rows left out with nothing to do: no respondents, or left out because the analyst's own answers say so.
AS_MEANT = {"held_back", "base_row", "blank_row", "repeated_row", "repeated_respondent"}


def take_in_options(own: argparse.ArgumentParser) -> None:
    _file_options(own)
    own.add_argument("--again", action="store_true", help="take it in even where this very file is in use already")
    add_json(own)


def problems_options(own: argparse.ArgumentParser) -> None:
    _file_options(own)
    add_json(own)


def _file_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("file", type=Path, help="the file as it was sent: CSV or Excel")
    own.add_argument(
        "--as",
        dest="holds",
        choices=[kind.key for kind in kinds()],
        help="what kind of file it is (left out: the kind its headings look like)",
    )
    own.add_argument(
        "--profile", default="", metavar="NAME", help="use, and keep, the mapping remembered under this name"
    )
    own.add_argument("--answers", type=Path, metavar="FILE", help="a JSON file that answers what the screen would ask")
    own.add_argument("--wave", default="", metavar="NAME", help="what to call the wave")
    own.add_argument("--fieldwork", type=_days, metavar="FROM,TO", help="first and last day, as 2024-05-01,2024-06-30")
    own.add_argument(
        "--population", type=_population, default={}, metavar="LCRA=N,LCHO=N", help="households of each tenure"
    )


def take_in(said: argparse.Namespace, settings: Settings) -> int:
    """Publish a file; 1 where a row was held back or the file could not be taken in."""
    holds = _holds(said)
    try:
        taken = actions.take_in(
            said.file,
            _mapping(said),
            settings,
            said.profile,
            progress=_progress(),
            holds=holds,
            again=said.again,
        )
    except (IntakeError, Unanswered) as fault:
        return _not_taken(fault, said, {"published": False})
    except actions.TakenAlready as fault:
        return _taken_already(fault, said)
    problems = taken.problems
    document = {
        "published": True,
        "generation": taken.generation.number,
        "waves": [wave.name for wave in taken.generation.waves],
        **_file_document(taken.file, problems),
    }
    if said.json:
        tell_json(document)
    else:
        _print_file(taken.file, problems)
        tell(f"Published as generation {taken.generation.number}.")
    say("Comments are not read yet: run `tenant-voice label`." if taken.comments else "The file holds no comments.")
    return PROBLEMS if any(problem.stops and problem.rule not in AS_MEANT for problem in problems) else DONE


def problems(said: argparse.Namespace, settings: Settings) -> int:
    """List every problem of a file, warnings too; 1 where there is any."""
    try:
        found, file = actions.problems_of(said.file, _mapping(said), settings, said.profile, holds=_holds(said))
    except (IntakeError, Unanswered) as fault:
        return _not_taken(fault, said, {})
    if said.json:
        tell_json(_file_document(file, found))
    else:
        _print_file(file, found)
    return PROBLEMS if found else DONE


def undo_options(own: argparse.ArgumentParser) -> None:
    add_json(own)


def undo(said: argparse.Namespace, settings: Settings) -> int:
    """Take the last publish back."""
    earlier = actions.undo(settings)
    if said.json:
        tell_json({"generation": earlier.number if earlier else None})
    else:
        tell(f"Generation {earlier.number} is in use again." if earlier else "Nothing is held now.")
    return DONE


def label_options(own: argparse.ArgumentParser) -> None:
    add_json(own)


def label(said: argparse.Namespace, settings: Settings) -> int:
    """Read the comments not read yet; stopped half way, the next run goes on."""
    labelled = actions.read_comments(settings, progress=_progress())
    if said.json:
        tell_json({"read": labelled.read, "already_read": labelled.already})
    else:
        tell(f"{labelled.read:,} comments read; {labelled.already:,} had been read before.")
    return DONE


# ── What was said on the command line ────────────────────────────────────────────────────────────


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise Failure(f"There is no file {path}. Check the name and the folder.", USAGE)
    return path


def _holds(said: argparse.Namespace) -> str:
    """The kind of file: as said, else as recognised, which is told; a file that looks like none is read as a survey."""
    path = _existing(said.file)
    if said.holds:
        return str(said.holds)
    recognised, sure = kind_of(path)
    if recognised == actions.SURVEY or sure < SURE_ENOUGH:
        return actions.SURVEY
    say(f"{path.name} looks like a file of {recognised}; it is read as one. Use --as to say otherwise.")
    return recognised


def _taken_already(fault: actions.TakenAlready, said: argparse.Namespace) -> int:
    """Nothing is wrong and nothing was done."""
    if said.json:
        tell_json({"published": False, "asks": [], "problems": [], "already": True})
    say(f"{fault} Use --again to take it in once more.")
    return DONE


def _mapping(said: argparse.Namespace) -> Mapping:
    """What the answers file says, with the wave's facts from the options laid over it."""
    try:
        answered = read_mapping(_existing(said.answers)) if said.answers else Mapping()
    except MappingFault as fault:
        raise Failure(str(fault), USAGE) from fault
    facts = WaveFacts(name=said.wave, fieldwork=said.fieldwork, population=said.population)
    return replace(answered, wave=facts.over(answered.wave))


def _days(text: str) -> tuple[str, str]:
    first, _, last = text.partition(",")
    days = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    if days[1] < days[0]:
        raise argparse.ArgumentTypeError(f"the last day, {days[1]}, is before the first, {days[0]}")
    return days[0].isoformat(), days[1].isoformat()


def _population(text: str) -> dict[str, int]:
    """Households by tenure group.

    >>> _population("LCRA=10500,LCHO=1500")
    {'LCRA': 10500, 'LCHO': 1500}
    """
    found = {}
    for part in text.split(","):
        group, _, homes = part.partition("=")
        if group.strip().upper() not in TENURE_GROUPS or not homes.strip().isdigit() or int(homes) < 1:
            raise argparse.ArgumentTypeError(f"'{part}' is not LCRA=N or LCHO=N with a whole number of households")
        found[group.strip().upper()] = int(homes)
    return found


# ── What is told ─────────────────────────────────────────────────────────────────────────────────


def _progress() -> actions.Progress | None:
    """Progress on stderr where a person is watching."""
    return (lambda share, doing: say(f"{share:4.0%} {doing}")) if sys.stderr.isatty() else None


def _not_taken(fault: IntakeError | Unanswered, said: argparse.Namespace, document: dict[str, Any]) -> int:
    asks = [asdict(ask) for ask in fault.asks] if isinstance(fault, Unanswered) else []
    found = fault.problems if isinstance(fault, IntakeError) else ()
    if said.json:
        tell_json({**document, "asks": asks, "problems": _as_rows(found)})
    for problem in found:
        say(problem_said(problem))
    for ask in asks:
        choices = f" ({' / '.join(ask['options'])})" if ask["options"] else ""
        say(f"{ask['what']} {ask['why']}{choices}\n  answer with: {ask['key']}")
    say(
        "Nothing was taken in."
        if not asks
        else "Nothing was taken in. Answer these in a file and give it as --answers FILE."
    )
    return PROBLEMS


def _file_document(file: FileFacts, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "file": {key: value for key, value in asdict(file).items() if key != "mapping"},
        "problems": _as_rows(problems),
    }


def _as_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]


def _print_file(file: FileFacts, problems: Sequence[Problem]) -> None:
    for problem in problems:
        tell(problem_said(problem))
    tell(
        f"{file.name}: {file.rows_kept:,} of {people(file.rows_in, 'row', 'rows')} good; "
        f"{people(len(problems), 'problem', 'problems')}."
    )
    for reason, rows in file.left_out.items():
        tell(f"  {people(rows, 'row', 'rows')} left out: {reason}")
    for column, cells in file.dropped.items():
        tell(f"  column dropped at the door: {column} ({cells:,} cells)")
    for note in file.notes:
        say(note)
