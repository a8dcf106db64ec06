"""The summary of approach, from the command line: told, said, taken back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from analysis.model import WHOLE_LANDLORD
from dashboard import actions, answers
from dashboard import approach as asked
from dashboard.approach import ItemTold, Summary
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, one_line, say, tell, tell_json
from dashboard.words import approach as said_of
from data.generation import Generation, NotHeld
from data.packs.approach import CannotSay, Said, approach_note
from data.settings import Settings


def approach_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", help="the survey or period (default: the latest survey)")
    own.add_argument(
        "--set",
        nargs=2,
        action="append",
        default=[],
        metavar=("ITEM", "TEXT"),
        help="say something of an item, named by its letter; may be given several times; with --who",
    )
    own.add_argument(
        "--keep", action="append", default=[], metavar="ITEM", help="say the same as for the survey before"
    )
    own.add_argument("--who", default="", metavar="NAME", help="who says it: a name as given")
    own.add_argument(
        "--as-written",
        action="store_true",
        help="a telephone number, an e-mail address or the like in what is said may be published",
    )
    own.add_argument("--undo", action="store_true", help="take back what was said last of the survey")
    add_json(own)


def approach(said: argparse.Namespace, settings: Settings) -> int:
    """All eleven items: what is counted, what was said; 1 where something is still to be said."""
    held = actions.store_in_use(settings).current()
    if held is None:
        raise NotHeld("Nothing is held yet. Take a survey in first, or load the invented landlord with `demo`.")
    with closing(held):
        wave = answers.latest_question(held, WHOLE_LANDLORD, said.wave).wave
        try:
            _change(said, settings, wave, held)
        except CannotSay as fault:
            raise Failure(str(fault), PROBLEMS) from fault
        found = _summary(held, wave, settings)
    if said.json:
        tell_json(_document(found))
    else:
        _tell(found)
    return PROBLEMS if found.open else DONE


def _change(said: argparse.Namespace, settings: Settings, wave: str, held: Generation) -> None:
    if said.undo:
        taken = asked.undo(settings, wave)
        say(f"Taken back: item {taken.item} of {wave}, said by {taken.by}.")
    texts = {item.strip().lower(): text for item, text in said.set}
    if len(texts) < len(said.set):
        raise Failure("--set names an item twice: say each once.", USAGE)
    before = asked.approach_in_use(settings).proposed(wave, asked.earlier_waves(held, wave))
    for item in said.keep:
        if item.strip().lower() not in before:
            raise CannotSay(f"Nothing was said of item {item} for a survey before {wave} that is not said yet.")
        texts[item.strip().lower()] = before[item.strip().lower()].text
    if texts:
        if asked.personal(texts.values()) and not said.as_written:
            raise Failure(f"{said_of.AS_WRITTEN} Say it without, or again with --as-written.", PROBLEMS)
        for kept in asked.say(settings, wave, texts, said.who):
            say(f"Item {kept.item} of {wave} is kept.")
        if asked.named(texts.values()):
            say(said_of.NAMES)


def _summary(held: Generation, wave: str, settings: Settings) -> Summary:
    readings = actions.readings_of(actions.store_in_use(settings)).select()
    counted = [
        asked.counted_of(question, held, readings, settings.smallest_base, actions.today(settings))
        for question in asked.questions_of(held, wave)
    ]
    return asked.summary(wave, counted, asked.approach_in_use(settings), held)


def _tell(found: Summary) -> None:
    tell(f"Summary of approach of {found.wave}. {approach_note()}")
    tell(said_of.still_to_say([f"{told.item.key}. {told.item.title}" for told in found.open]))
    for told in found.items:
        tell("")
        for line in _lines(told):
            tell(one_line(line))


def _lines(told: ItemTold) -> Sequence[str]:
    lines = [f"{told.item.key}. {told.item.title}"]
    lines += [f"{whose}: {text}" if whose else text for whose, text in told.lines]
    if told.said:
        lines.append(f"The landlord says: {told.said.text} ({told.said.by}, name as given, {told.said.at[:10]})")
    elif told.proposed:
        lines.append(f"Said of {told.proposed.wave}: {told.proposed.text} --keep {told.item.key} says the same now.")
    if not told.complete:
        lines.append(f"{said_of.NOT_SAID}: --set {told.item.key} TEXT. {told.item.say}")
    return lines


def _document(found: Summary) -> dict[str, Any]:
    return {
        "wave": found.wave,
        "note": approach_note(),
        "items": [
            {
                "item": told.item.key,
                "title": told.item.title,
                "asks": told.item.asks,
                "counted": {group or "everyone": list(sentences) for group, sentences in told.counted},
                "said": _said(told.said),
                "proposed": _said(told.proposed),
                "complete": told.complete,
                "say": told.item.say,
            }
            for told in found.items
        ],
        "compared": {
            group: [
                {"characteristic": b.characteristic, "level": b.level, "of_answers": b.answered, "of_homes": b.homes}
                for b in levels
            ]
            for group, levels in found.levels.items()
        },
    }


def _said(said: Said | None) -> dict[str, str] | None:
    return None if said is None else {"wave": said.wave, "text": said.text, "by": said.by, "at": said.at}
