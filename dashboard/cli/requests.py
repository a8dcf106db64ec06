"""The log of requests from the command line: listed, added, sent, closed, taken back."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard import actions
from dashboard import requests as asked_of
from dashboard.cli.command import DONE, PROBLEMS, Failure, add_json, day, one_line, say, tell, tell_json
from dashboard.words import requests as said_of
from data.corrections import CannotCorrect
from data.packs.kept import KeptPacks
from data.packs.requests import CannotRequest, Request, Requests, question_to_show, request_kinds
from data.settings import Settings


def requests_options(own: argparse.ArgumentParser) -> None:
    each = own.add_subparsers(dest="doing", required=True, metavar="list|add|sent|close|undo")
    one = each.add_parser("list", help="every request, those to be answered first; 1 where one is overdue")
    one.set_defaults(do=_list)
    add_json(one)
    one = each.add_parser("add", help="keep a request")
    one.add_argument("question", metavar="QUESTION", help="what is asked, without names or addresses")
    one.add_argument("--kind", required=True, choices=[kind.key for kind in request_kinds()])
    one.add_argument("--asked", type=day, metavar="DAY", help="the day it was asked (default: today)")
    one.add_argument("--due", type=day, metavar="DAY", help="the day it is due; may be left out where a rule sets it")
    one.add_argument("--owner", required=True, metavar="WHO", help="a person or a team")
    one.set_defaults(do=_add)
    _add_by(one)
    one = _of_one(each, "sent", "keep what was sent in answer", _sent)
    one.add_argument("--pack", type=int, default=0, metavar="P", help="the number of a kept pack; its seal is kept too")
    one.add_argument("--figure", action="append", default=[], metavar="ID", help="a figure of it; once for each")
    one.add_argument("--file", action="append", default=[], metavar="NAME", help="another file; once for each")
    one.add_argument("--on", type=day, metavar="DAY", help="the day it was sent (default: today)")
    one = _of_one(each, "close", "close a request without an answer", _close)
    one.add_argument("--why", required=True, metavar="REASON")
    _of_one(each, "undo", "take the last thing done to a request back", _undo)


def requests(said: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked of the log; 1 where something cannot be, or, of a list, where a request is overdue."""
    try:
        return int(said.do(said, settings, asked_of.requests_in_use(settings)))
    except (CannotRequest, CannotCorrect) as fault:
        raise Failure(str(fault), PROBLEMS) from fault


def _of_one(each: Any, name: str, told: str, do: Any) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = each.add_parser(name, help=told)
    one.add_argument("number", type=int, metavar="N", help="the number of the request")
    one.set_defaults(do=do)
    _add_by(one)
    return one


def _add_by(own: argparse.ArgumentParser) -> None:
    own.add_argument("--by", required=True, metavar="NAME", help="who does it: a name as given")


def _list(said: argparse.Namespace, settings: Settings, log: Requests) -> int:
    today, found = actions.today(settings), log.all()
    if said.json:
        tell_json({"today": today, "requests": [_document(one, settings) for one in found]})
    else:
        tell(said_of.how_many(found, today) if found else said_of.NONE_YET)
        for one in found:
            tell(f"{one.number}. {one_line(question_to_show(one.question))}")
            for sentence in (
                said_of.due_sentence(one, today),
                said_of.about(one),
                *map(said_of.sent_sentence, one.sent),
            ):
                tell(f"    {one_line(sentence)}")
    return PROBLEMS if any(one.overdue(today) for one in found) else DONE


def _add(said: argparse.Namespace, settings: Settings, log: Requests) -> int:
    asked = said.asked or actions.today(settings)
    kept = log.add(said.question, said.kind, asked, said.owner, said.by, said.due, asked_of.now(settings))
    return _kept(kept, settings)


def _sent(said: argparse.Namespace, settings: Settings, log: Requests) -> int:
    folder = actions.store_in_use(settings).folder
    seal = KeptPacks(folder).pack(said.pack).seal if said.pack else ""
    on, now = said.on or actions.today(settings), asked_of.now(settings)
    return _kept(log.send(said.number, said.by, on, said.figure, said.file, said.pack, seal, now), settings)


def _close(said: argparse.Namespace, settings: Settings, log: Requests) -> int:
    return _kept(log.close(said.number, said.by, said.why, asked_of.now(settings)), settings)


def _undo(said: argparse.Namespace, settings: Settings, log: Requests) -> int:
    taken = log.undo(said.number, said.by, asked_of.now(settings))
    say(f"Request {said.number}: taken back what {taken.who} (name as given) did last: {taken.action}.")
    return DONE


def _kept(one: Request, settings: Settings) -> int:
    say(f"Request {one.number} is kept. {said_of.due_sentence(one, actions.today(settings))}")
    return DONE


def _document(one: Request, settings: Settings) -> dict[str, Any]:
    return {
        "number": one.number,
        "question": question_to_show(one.question),
        "kind": one.kind,
        "asked": one.asked,
        "due": one.due,
        "due_by_rule": one.by_rule,
        "overdue": one.overdue(actions.today(settings)),
        "owner": one.owner,
        "state": one.state,
        "why": one.why or None,
        "sent": [
            {
                "on": sent.on,
                "by": sent.who,
                "figures": list(sent.figures),
                "files": list(sent.files),
                "pack": sent.pack or None,
                "seal": sent.seal or None,
            }
            for sent in one.sent
        ],
    }
