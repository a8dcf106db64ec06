"""Evidence packs from the command line: make one, list them, make one again, check one."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from analysis.model import Audience
from dashboard import actions, packs
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, one_line, say, tell, tell_json
from dashboard.cli.figures import held_in
from dashboard.evidence.blocks import CannotWrite
from dashboard.evidence.manifest import asked_as_json
from dashboard.evidence.sections import SECTIONS, ready_made, section
from dashboard.evidence.verify import LARGEST_PACKED
from dashboard.evidence.writing import put
from dashboard.words import people
from data.generation import Generation
from data.packs import PackKind, pack_kind, pack_kinds
from data.settings import Settings

ALL = "all"
YEARS = (1980, 2107)  # what a zip archive can be dated
STOPPED = "Stopped. Nothing was written and nothing was kept."


def pack_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--kind", metavar="KIND", help="which pack; `pack kinds` lists them")
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument(
        "--tenure", metavar="WHICH", default=ALL, help="LCRA, LCHO, or a tenure the survey holds (default: all)"
    )
    own.add_argument("--estate", default="", metavar="NAME", help="of this estate alone")
    own.add_argument(
        "--profile",
        type=Audience,
        choices=list(Audience),
        help="who will see it; outside, what could give a few people away is withheld (default: the pack's own)",
    )
    own.add_argument("--sections", default="", metavar="A,B,C", help="these parts in this order (default: the pack's)")
    own.add_argument("--out", type=Path, metavar="DIR", help="the folder the files and the zip go into")
    own.add_argument(
        "--clock", type=moment, metavar="ISO", help="the moment it says it was made, and its day (default: now)"
    )
    own.add_argument("--who", default="", metavar="NAME", help="who makes it: a name as given")
    add_json(own)
    own.set_defaults(do=_make)
    each = own.add_subparsers(dest="doing", required=False, metavar="verify|list|rebuild|remove|kinds")
    one = each.add_parser("verify", help="check a pack, and count every figure of it again from what is held")
    one.add_argument("file", type=Path, metavar="FILE.zip")
    one.add_argument("--as-built", action="store_true", help="count from the generation the pack names, not the newest")
    add_json(one)
    one.set_defaults(do=_verify)
    one = each.add_parser("list", help="the packs made from what is held, newest first")
    add_json(one)
    one.set_defaults(do=_list)
    one = each.add_parser("rebuild", help="make a past pack again from the generation it was made from")
    one.add_argument("number", type=int, metavar="N")
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    add_json(one)
    one.set_defaults(do=_rebuild)
    one = each.add_parser("remove", help="forget a past pack, and keep its generation no longer for its sake")
    one.add_argument("number", type=int, metavar="N")
    add_json(one)
    one.set_defaults(do=_remove)
    one = each.add_parser("kinds", help="the packs there are, and the parts of each")
    add_json(one)
    one.set_defaults(do=_kinds)


def pack(said: argparse.Namespace, settings: Settings) -> int:
    """Make, check, list, make again or forget evidence packs."""
    try:
        with _may_be_stopped():
            return int(said.do(said, settings))
    except (packs.Cancelled, KeyboardInterrupt):
        say(STOPPED)
        return PROBLEMS
    except packs.NotAPack as fault:
        raise Failure(f"{said.file}: {fault}", PROBLEMS) from fault
    except CannotWrite as fault:
        raise Failure(str(fault), PROBLEMS) from fault


def moment(text: str) -> datetime:
    """The moment --clock names; without a zone it is taken as UTC.

    >>> str(moment("2026-11-29T12:00"))
    '2026-11-29 12:00:00+00:00'
    >>> moment("yesterday")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: 'yesterday' is not a moment: write it as 2026-11-29T12:00:00+00:00
    """
    try:
        found = datetime.fromisoformat(text.strip()).replace(microsecond=0)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a moment: write it as 2026-11-29T12:00:00+00:00") from None
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise argparse.ArgumentTypeError(f"'{text}' is not in the years {YEARS[0]} to {YEARS[1]}, which files can tell")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# ── Making ───────────────────────────────────────────────────────────────────────────────────────


def _make(said: argparse.Namespace, settings: Settings) -> int:
    if not said.kind or said.out is None:
        raise Failure("Say which pack and where to: pack --kind board --out FOLDER. `pack kinds` lists them.", USAGE)
    kind = pack_kind(said.kind)
    store, generation = held_in(settings)
    with closing(generation):
        chosen, taken = (said.estate, "") if said.estate else _estate(kind, generation, said.wave)
        asked = _asked(said, kind, generation, settings, chosen)
        made = packs.build(packs.material_of(asked, generation, store, settings), _progress)
        with put(made.files, (f"{said.kind}.zip", made.archive), said.out):
            _too_late_to_stop()
            kept = packs.keep(made, asked, generation, store)
        code = _told(said, made, {"pack": kept.number, "generation": generation.number}, store.kind == "sample")
        if taken:
            say(taken)  # again, below all that was said while it was made
        return code


def _asked(
    said: argparse.Namespace, kind: PackKind, generation: Generation, settings: Settings, estate: str
) -> packs.PackAsked:
    chosen = said.tenure.strip()
    group = chosen.upper() if chosen.upper() in packs.BOTH else ""
    asked = packs.asked_for(
        generation,
        kind.key,
        said.clock or packs.this_moment(settings),
        said.wave,
        (group,) if group else packs.BOTH,
        said.profile,
        tuple(filter(None, (key.strip() for key in said.sections.split(",")))),
        estate,
        one_line(said.who),
        "" if group or chosen.lower() == ALL else chosen,
    )
    if said.wave is None:
        say(f"Of {asked.wave}, the latest survey held.")
    return asked


def _estate(kind: PackKind, generation: Generation, wave: str | None) -> tuple[str, str]:
    """For a pack of one estate where none was named: the one most answers are from, and that it was taken."""
    if not kind.place or not generation.waves:
        return "", ""
    found = packs.most_answers(generation, wave or generation.waves[-1].name)
    if not found:
        raise Failure("This pack is of one estate, and no answer names one. Name it: --estate NAME.", USAGE)
    taken = f"No estate was named, so this is of {one_line(found)}, where most answers are from."
    say(taken)
    return found, taken


def _told(said: argparse.Namespace, made: packs.Pack, more: dict[str, Any], invented: bool) -> int:
    asked = made.manifest["asked"]
    name = f"{said.kind if said.doing is None else asked['kind']}.zip"
    if said.json:
        files = {**made.manifest["files"], "manifest.json": None}
        tell_json(
            {
                **more,
                "invented": invented,
                "asked": asked,
                "archive": str(said.out / name),
                "files": sorted(files),
                "figures": len(made.manifest["figures"]),
                "seal": made.seal,
            }
        )
    else:
        tell(
            f"{said.out / name}: {people(len(made.files), 'file', 'files')}, "
            f"{people(len(made.manifest['figures']), 'figure', 'figures')}. Pack {more['pack']}."
        )
    return DONE


def _rebuild(said: argparse.Namespace, settings: Settings) -> int:
    store = actions.store_in_use(settings)
    again = packs.rebuild(said.number, store, settings, _progress)
    name = f"{again.pack.manifest['asked']['kind']}.zip"
    with put(again.pack.files, (name, again.pack.archive), said.out):
        _too_late_to_stop()
    more = {"pack": said.number, "same": again.same, "differs": list(again.differs)}
    _told(said, again.pack, more, store.kind == "sample")
    say(f"Pack {said.number} is the same to the byte." if again.same else f"Pack {said.number} is not what it was:")
    for line in again.differs:
        say(f"  {one_line(line)}")
    return DONE if again.same else PROBLEMS


# ── Checking, and the history ────────────────────────────────────────────────────────────────────


def _verify(said: argparse.Namespace, settings: Settings) -> int:
    try:
        with said.file.open("rb") as file:
            archive = file.read(LARGEST_PACKED + 1)  # one that goes on is refused as too large
    except FileNotFoundError as gone:
        raise Failure(f"{said.file}: there is no such file.", USAGE) from gone
    except IsADirectoryError as folder:
        raise Failure(f"{said.file} is a folder. Name the zip in it.", USAGE) from folder
    except PermissionError as refused:
        raise Failure(f"{said.file} may not be read. Ask for leave to read it.", USAGE) from refused
    store = actions.store_in_use(settings)
    found = packs.verify(archive, store, settings, _progress, said.as_built)
    if said.json:
        tell_json({"file": str(said.file), "identical": found.identical, **_as_json(found)})
    else:
        for line in packs.told(found):
            tell(one_line_kept(line))
    return DONE if found.identical else PROBLEMS


def one_line_kept(line: str) -> str:
    """A line without signs that a terminal acts on, its place kept.

    >>> one_line_kept("    a\\x1b[2Jb")
    '    a [2Jb'
    """
    return " " * (len(line) - len(line.lstrip(" "))) + one_line(line)


def _as_json(found: packs.Verified) -> dict[str, Any]:
    return {
        "asked": asked_as_json(found.asked),
        "seal": found.seal,
        "figures": found.figures,
        "does_not_fit_its_manifest": list(found.faults),
        "made_here": found.built_here,
        "not_as_made_again": list(found.otherwise),
        "generation_named": found.named,
        "now": None if found.now is None else _recounted(found.now),
        "from_the_generation_named": None if found.from_its_own is None else _recounted(found.from_its_own),
    }


def _recounted(counted: packs.Recounted) -> dict[str, Any]:
    return {
        "generation": counted.generation,
        "identical": counted.identical,
        "cannot": counted.cannot or None,
        "differing": [asdict(each) for each in counted.differing],
        "sentences": list(counted.words),
        "since": list(counted.since),
    }


def _list(said: argparse.Namespace, settings: Settings) -> int:
    found = packs.history(actions.store_in_use(settings))
    if said.json:
        tell_json({"packs": [_kept(each) for each in found]})
        return DONE
    for each in found:
        place = ", ".join(value for _, values in each.asked["filters"] for value in values)
        of = ", ".join(filter(None, (each.asked["wave"], place, each.asked["audience"], each.asked["who"])))
        tell(one_line(f"{each.number} {each.kind}: {of}; {each.asked['clock']}; generation {each.generation[:6]}"))
    if not found:
        tell("No pack has been made yet.")
    return DONE


def _kept(each: packs.KeptPack) -> dict[str, Any]:
    return {
        "pack": each.number,
        "kind": each.kind,
        "asked": dict(each.asked),
        "generation": each.generation,
        "fingerprint": each.fingerprint,
        "seal": each.seal,
        "sha256": each.checksum,
        "sizes": dict(each.sizes),
        "kept": each.at,
    }


def _remove(said: argparse.Namespace, settings: Settings) -> int:
    gone = packs.remove(said.number, actions.store_in_use(settings))
    if said.json:
        tell_json({"removed": _kept(gone)})
    else:
        tell(f"Pack {gone.number} ({gone.kind}) is forgotten. Files put elsewhere are still there.")
    return DONE


def _kinds(said: argparse.Namespace, settings: Settings) -> int:
    if said.json:
        tell_json({"kinds": [_kind(kind) for kind in pack_kinds()], "sections": {s.key: s.title for s in SECTIONS}})
        return DONE
    for kind in pack_kinds():
        also = f" (also {', '.join(kind.also)})" if kind.also else ""
        tell(f"{kind.key}{also}: {kind.title}; for: {kind.audience}")
        for key in ready_made(kind.key):
            tell(f"  {key}: {section(key).title}")
    return DONE


def _kind(kind: PackKind) -> dict[str, Any]:
    return {**asdict(kind), "sections": list(ready_made(kind.key))}


# ── Stopping ─────────────────────────────────────────────────────────────────────────────────────


def _progress(share: float, doing: str) -> None:
    say(f"{share:4.0%} {one_line(doing)}")


@contextmanager
def _may_be_stopped() -> Iterator[None]:
    """While this lasts, being told to end (SIGTERM, SIGINT) stops the work and leaves nothing half done.

    A query under way says in its own words that it was stopped; whatever is raised from then on, it was.
    """
    told: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        told.append(number)
        raise packs.Cancelled

    before = _heard(stop)
    try:
        yield
    except Exception as fault:
        if told:
            raise packs.Cancelled from fault
        raise
    finally:
        for number, earlier in before.items():
            with suppress(TypeError):  # a handler that Python did not set
                signal.signal(number, earlier)


def _too_late_to_stop() -> None:
    """What is nearly done is done whole."""
    _heard(signal.SIG_IGN)


def _heard(by: Any) -> dict[int, Any]:
    """Have both signals heard by this; who heard them before. In a thread of its own nobody hears any."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, by) for number in (signal.SIGTERM, signal.SIGINT)}
