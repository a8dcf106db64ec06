"""What does not join to a home, and putting it right, from the command line."""

from __future__ import annotations

import argparse
import csv
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Any

from analysis.model import WHOLE_LANDLORD
from dashboard import actions
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, say, tell, tell_json
from dashboard.words.harmless import for_cell
from dashboard.words.quality import JOINED, unjoined_words, unknown_estate
from data.columns.kinds import kind
from data.confirmed import ADDRESS, ESTATE, HOME, TENANCY
from data.estates import Estates
from data.generation import Generation
from data.joining import TABLES, Unjoined, join_counts, unjoined
from data.settings import Settings

HEADINGS = ("kind", "about", "reference", "rows", "fits", "row", "file")
MOST = 1_000_000  # as a list for a spreadsheet: every reference


def joins_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--as", dest="holds", choices=tuple(TABLES), help="only this kind of file")
    own.add_argument("--csv", action="store_true", help="print every reference that joins to no home as CSV on stdout")
    own.add_argument("--reference", metavar="R", help="a reference to put right, with --home (or --take-back)")
    own.add_argument("--home", metavar="H", help="the home it is: its own reference, as in the list of homes")
    own.add_argument("--about", choices=(HOME, TENANCY, ADDRESS), default=HOME, help="what the reference refers to")
    own.add_argument("--estate", metavar="NAME", help="a name of an estate to settle, with --means (or --take-back)")
    own.add_argument("--means", metavar="ESTATE", help="the estate it means; the same name: an estate of its own")
    own.add_argument("--take-back", action="store_true", help="forget what was said of the reference or name")
    add_json(own)


def joins(said: argparse.Namespace, settings: Settings) -> int:
    """Say what joined how and what did not, having put right what is said; 1 where something does not join."""
    _put_right(said, settings)
    store = actions.store_in_use(settings)
    held = store.current()
    if held is None:
        raise Failure("Nothing is held yet. Take a file in first.", PROBLEMS)
    with closing(held):
        return _told(said, held, Estates(store.folder))


def _told(said: argparse.Namespace, held: Generation, estates: Estates) -> int:
    counts = {k: n for k, n in join_counts(held, WHOLE_LANDLORD).items() if said.holds in (None, k)}
    most = {"limit": MOST} if said.csv else {}
    away = {k: unjoined(held, k, WHOLE_LANDLORD, **most) for k, n in counts.items() if n.get("none")}
    unknown = estates.unknown(held, WHOLE_LANDLORD)
    if said.csv:
        _print_csv(away)
    elif said.json:
        tell_json(
            {
                "generation": held.number,
                "invented": held.kind == "sample",
                "joined": counts,
                "unjoined": {k: [asdict(each) for each in found] for k, found in away.items()},
                "estates": [{**vars(each), "rows": dict(each.rows)} for each in unknown],
            }
        )
    else:
        _print(counts, away)
        for each in unknown:
            tell(f"Estate {unknown_estate(each)}")
    return PROBLEMS if away or unknown else DONE


def _put_right(said: argparse.Namespace, settings: Settings) -> None:
    """What the options say of one reference or of one name of an estate, remembered and applied."""
    if said.take_back and (said.reference or said.estate):
        about, given = (said.about, said.reference) if said.reference else (ESTATE, said.estate)
        made = actions.take_back_said(settings, about, given)
    elif said.reference and said.home:
        made = actions.confirm_home(settings, said.about, said.reference, said.home)
    elif said.estate and said.means:
        made = actions.settle_estate(settings, said.estate, said.means)
    elif any((said.take_back, said.reference, said.home, said.estate, said.means)):
        raise Failure("Use --reference with --home, or --estate with --means, or either with --take-back.", USAGE)
    else:
        return
    say(f"Remembered, and everything joined anew as number {made.number}.")
    made.close()


def _print_csv(away: dict[str, tuple[Unjoined, ...]]) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(HEADINGS)
    for name, found in away.items():
        out.writerows([for_cell(cell) for cell in (name, *(_cells(each)))] for each in found)


def _cells(each: Unjoined) -> list[Any]:
    return [getattr(each, name) for name in HEADINGS[1:]]


def _print(counts: dict[str, dict[str, int]], away: dict[str, tuple[Unjoined, ...]]) -> None:
    for name, found in counts.items():
        tell(f"{kind(name).label}: " + ", ".join(f"{JOINED[how].lower()} {n:,}" for how, n in found.items()))
        for each in away.get(name, ()):
            tell(f"  {unjoined_words(each)}")
