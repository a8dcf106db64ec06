"""The regulator's figures about every landlord, from the command line: imported, checked, taken back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.model import Disagreement, Recount, Standing
from analysis.recount import headline_of
from analysis.sector.moves import moves
from dashboard import actions
from dashboard import sector as asked
from dashboard.actions import SectorRead
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, printable, say, tell, tell_json
from dashboard.words import standing as words
from dashboard.words.surveys import sample_sentences
from data.columns.faults import UnreadableFile
from data.sector import headlines
from data.sector_matches import APART, Change, Matches, changes, pairs
from data.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]
MOST_SAID = 20  # disagreements of one part spelled out; --json has all
PART_WORDS = {
    "margin": "margins of error",
    "required_sample": "required samples",
    "percentages": "percentages",
    "filters": "shares that passed a filter question",
    "unweighted": "percentages before weighting",
    "management": "management measures",
    "counts": "counts that have to fit into others",
    "headlines": "headlines of the regulator's report",
}


def sector_options(own: argparse.ArgumentParser) -> None:
    each = own.add_subparsers(
        dest="doing", required=True, metavar="import|check|list|changes|match|moves|landlord|undo|remove"
    )
    for name, run, text in (
        ("import", _import, "keep a year of the regulator's figures, in place of what is held of it"),
        ("check", _check, "compute every published figure anew from its counts; keep nothing"),
    ):
        one = each.add_parser(name, help=text, description=text)
        one.add_argument("file", metavar="FILE", type=Path, help="the regulator's workbook of a year, as published")
        one.add_argument("--year", default="", metavar="2024/25", help="the year, where the workbook is not clear")
        add_json(one)
        one.set_defaults(do=run)
    one = each.add_parser("list", help="the years held", description="the years held")
    add_json(one)
    one.set_defaults(do=_list)
    one = each.add_parser("changes", help="landlords that changed code or name between two years held")
    one.add_argument("before", metavar="2023/24")
    one.add_argument("after", metavar="2024/25")
    add_json(one)
    one.set_defaults(do=_changes)
    one = each.add_parser("match", help="say which landlord of a later year one is, or that it is none of them")
    one.add_argument("before", metavar="2023/24")
    one.add_argument("after", metavar="2024/25")
    one.add_argument("code", metavar="CODE", help="the landlord's code in the earlier year")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--is", dest="meant", metavar="CODE", help="its code in the later year")
    which.add_argument("--apart", action="store_true", help="it is none of the later year's, the same code or not")
    which.add_argument("--take-back", action="store_true", help="forget what was said of it")
    one.set_defaults(do=_match)
    one = each.add_parser("moves", help="whether each landlord's measures truly moved between two years held")
    one.add_argument("before", metavar="2023/24")
    one.add_argument("after", metavar="2024/25")
    one.add_argument("--tenure-group", choices=("LCRA", "LCHO"), default="LCRA")
    one.add_argument("--landlord", metavar="CODE", help="only this one, by its code in the later year")
    add_json(one)
    one.set_defaults(do=_moves)
    one = each.add_parser("landlord", help="where a landlord stands in a year held, and how sure that is")
    one.add_argument("year", metavar="2024/25")
    one.add_argument("code", metavar="CODE")
    one.add_argument("--tenure-group", choices=("LCRA", "LCHO"), default="LCRA")
    one.add_argument("--among", choices=tuple(asked.WAYS), default=asked.REGION_AND_TYPE, help="its peers")
    add_json(one)
    one.set_defaults(do=_landlord)
    for name, run, text in (
        ("undo", _undo, "take the last import of a year back"),
        ("remove", _remove, "forget a year"),
    ):
        one = each.add_parser(name, help=text, description=text)
        one.add_argument("year", metavar="2024/25")
        one.set_defaults(do=run)


def sector(said: argparse.Namespace, settings: Settings) -> int:
    """Import, check, list or take back; 1 where a published figure does not follow from its counts."""
    try:
        run: Run = said.do
        return run(said, settings)
    except UnreadableFile as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    except ValueError as fault:  # a year that is none
        raise Failure(str(fault), USAGE) from fault


def _import(said: argparse.Namespace, settings: Settings) -> int:
    read = actions.import_sector(settings, _file(said), year=said.year)
    if said.json:
        tell_json({**_import_document(read), **_check_document(read)})
        return DONE
    assert read.kept is not None
    tell(
        f"{read.year.year}: {read.kept.landlords} landlords and {read.kept.surveys} surveys from {read.year.source}"
        f"{', in place of what was held' if read.again else ''}."
    )
    _say_notes(read)
    _say_recounts(read)
    return DONE


def _check(said: argparse.Namespace, settings: Settings) -> int:
    read = actions.check_sector(_file(said), year=said.year)
    if said.json:
        tell_json(_check_document(read))
    else:
        tell(f"{read.year.source}: {read.year.year}, {len(read.year.landlords)} landlords.")
        _say_notes(read)
        _say_recounts(read)
    return PROBLEMS if any(recount.disagreements for recount in read.recounts.values()) else DONE


def _list(said: argparse.Namespace, settings: Settings) -> int:
    years = actions.sector_years(settings)
    held = [years.imported(year) for year in years.years()]
    if said.json:
        tell_json({"years": [asdict(year) for year in held]})
    elif not held:
        tell("No year of the regulator's figures is imported. Those that come with the program are quartiles only.")
    for year in held if not said.json else ():
        tell(
            f"{year.year}: {year.landlords} landlords, {year.surveys} surveys, from {year.source}, taken {year.taken}."
        )
    return DONE


def _changes(said: argparse.Namespace, settings: Settings) -> int:
    years = actions.sector_years(settings)
    found = changes(years.load(said.before), years.load(said.after))
    told = Matches(years.folder).said(said.before, said.after)
    if said.json:
        listed = [asdict(change) for change in found]
        tell_json({"before": said.before, "after": said.after, "changes": listed, "said": told})
    else:
        for change in found:
            tell(printable(_change(change) + _settled(told.get(change.before))))
    return DONE


def _settled(meant: str | None) -> str:
    if meant is None:
        return ""
    return f" Said: it is {meant}." if meant != APART else " Said: it is none of the later year's."


def _match(said: argparse.Namespace, settings: Settings) -> int:
    before = (said.before, said.code.upper())
    if said.take_back:
        actions.unmatch_landlord(settings, before, said.after)
        tell(f"What was said of {before[1]} is forgotten.")
        return DONE
    meant = APART if said.apart else said.meant.upper()
    actions.match_landlord(settings, before, (said.after, meant))
    tell(f"{before[1]} of {said.before}:{_settled(meant)}")
    return DONE


def _change(change: Change) -> str:
    before, after = f"{change.before} {change.name_before}".strip(), f"{change.after} {change.name_after}".strip()
    return {
        "other code": f"{before} may be {after}: the names are alike, the codes are not. Confirm it, or leave it.",
        "other name": f"{before} is now called {change.name_after}: renamed, or joined by others.",
        "gone": f"{before} is not in the later year: merged, or no longer large enough to report.",
        "new": f"{after} is not in the earlier year.",
    }[change.what]


def _undo(said: argparse.Namespace, settings: Settings) -> int:
    earlier = actions.undo_sector(settings, said.year)
    if earlier:
        tell(f"{said.year}: the import before the last is in use again, from {earlier.source}, taken {earlier.taken}.")
    else:
        tell(f"{said.year} is no longer held; nothing was held of it before.")
    return DONE


def _remove(said: argparse.Namespace, settings: Settings) -> int:
    actions.remove_sector(settings, said.year)
    tell(f"{said.year} is no longer held.")
    return DONE


def _file(said: argparse.Namespace) -> Path:
    file: Path = said.file
    if not file.is_file():
        raise Failure(f"There is no file {file}.", USAGE)
    return file


# ── The results ──────────────────────────────────────────────────────────────────────────────────


def _import_document(read: SectorRead) -> dict[str, Any]:
    year = read.year
    return {
        "year": year.year,
        "source": year.source,
        "sha256": year.sha256,
        "published": year.published,
        "landlords": len(year.landlords),
        "surveys": len(year.surveys),
        "measures": len(year.measures),
        "methods": len(year.methods),
        "management": len(year.management),
        "excluded": {code: dict(each.excluded) for code, each in year.landlords.items() if each.excluded},
        "in_place_of_another": read.again,
    }


def _check_document(read: SectorRead) -> dict[str, Any]:
    found = [asdict(each) for recount in read.recounts.values() for each in recount.disagreements]
    parts: dict[str, Any] = {part: _counted(recount) for part, recount in read.recounts.items()}
    parts["headlines"]["figures"] = [
        {**asdict(headline), "recomputed": headline_of(read.year, headline)} for headline in headlines(read.year.year)
    ]
    return {"year": read.year.year, **parts, "disagreements": found, "notes": list(read.year.notes)}


def _counted(recount: Recount) -> dict[str, Any]:
    return {"rows": recount.rows, "agree": recount.agree}


def _say_notes(read: SectorRead) -> None:
    for note in read.year.notes:
        say(printable(note))


def _say_recounts(read: SectorRead) -> None:
    for part, recount in read.recounts.items():
        if recount.rows:
            tell(f"{recount.agree:,} of {recount.rows:,} {PART_WORDS[part]} agree with the counts.")
        for line in _lines(recount):
            tell(f"  {line}")


def _lines(recount: Recount) -> Iterator[str]:
    yield from (_line(each) for each in recount.disagreements[:MOST_SAID])
    if len(recount.disagreements) > MOST_SAID:
        yield f"And {len(recount.disagreements) - MOST_SAID} more; --json has them all."


def _line(each: Disagreement) -> str:
    where = " ".join(filter(None, (each.name, each.tenure_group, each.measure)))
    said = f"{where}: published {_figure(each.published)}, {_figure(each.recomputed)} anew. {each.why}"
    return printable(said.strip())


def _figure(value: float | None) -> str:
    if value is None:
        return "nothing"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:.3g}"


def _moves(said: argparse.Namespace, settings: Settings) -> int:
    """The verdict on every measure of every landlord, with the noise of its own counts."""
    years = actions.sector_years(settings)
    before, after = years.load(said.before), years.load(said.after)
    matched = pairs(before, after, Matches(years.folder).said(before.year, after.year))
    if said.landlord and said.landlord not in after.landlords:
        raise Failure(f"There is no landlord {said.landlord} in {after.year}.", USAGE)
    chosen = {c: was for c, was in matched.items() if said.landlord in (None, c)}
    found = moves(before, after, chosen, said.tenure_group)
    if said.json:
        rows = [{**asdict(each), "name": after.landlords[each.landlord].name} for each in found]
        tell_json({"before": before.year, "after": after.year, "tenure_group": said.tenure_group, "moves": rows})
        return DONE
    for each in found:
        tell(printable(f"{after.landlords[each.landlord].name}, {each.measure}: {words.move(each, before.year)}"))
    tell(words.moved(found))
    return DONE


def _landlord(said: argparse.Namespace, settings: Settings) -> int:
    """Where one landlord stands on each measure, what moved, and what its way of asking did."""
    try:
        found = asked.compared(actions.sector_years(settings), said.year, said.code, said.tenure_group, said.among)
    except KeyError as fault:
        raise Failure(f"{said.year} has no {said.tenure_group} results of a landlord {said.code}.", USAGE) from fault
    if said.json:
        tell_json(
            {
                "year": found.year,
                "landlord": found.landlord,
                "name": found.name,
                "tenure_group": found.tenure_group,
                "peers": {"name": found.peers.name, "landlords": list(found.peers.landlords)},
                "standings": [_standing(each) for each in found.standings],
                "surveyed_alike": None if found.alike is None else _standing(found.alike),
                "methods": [asdict(each) for each in found.methods],
                "gaps": [asdict(each) for each in found.gaps],
                "sample": None if found.sample is None else asdict(found.sample),
                "management": [asdict(each) for each in found.management],
                "moves": [asdict(each) for each in found.moves],
                "source": found.source,
            }
        )
        return DONE
    tell(printable(f"{found.name}, {found.year}, {found.tenure_group}, among {len(found.peers.landlords)} landlords"))
    for each in found.standings:
        tell(f"  {each.measure}: {words.place(each)}")
    tell(words.alike(found))
    for way in found.methods:
        tell(words.by_method(way))
    for gap in found.gaps:
        tell(words.gap(gap))
    for sentence in () if found.sample is None else sample_sentences(found.sample):
        tell(sentence)
    for each_managed in found.management:
        tell(f"  {each_managed.measure}: {words.managed(each_managed)}")
    for move in found.moves:
        tell(f"  {move.measure}: {words.move(move, found.earlier)}")
    return DONE


def _standing(each: Standing) -> dict[str, Any]:
    """A standing as JSON has it; its peers are told once, beside all of them."""
    return {name: value for name, value in asdict(each).items() if name not in ("peers", "landlord", "year")}
