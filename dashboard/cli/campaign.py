"""A contact campaign from the command line: begun, listed, shared anew, on paper and back, closed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.campaign import told_left_out
from analysis.model import WHOLE_LANDLORD, CallPlan
from analysis.model.campaign import Campaign
from dashboard import actions, unheard
from dashboard import campaign as calls
from dashboard.answers import latest_question
from dashboard.campaign import COVERAGE, HOW, Wanted
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, one_line, say, tell, tell_json
from dashboard.words import campaign as said_of
from data.campaign import campaign_register, read_contacts
from data.campaign.papers import number, numbers
from data.generation import Generation
from data.settings import Settings

DAYS, LINES, HOMES = 28, 20, 100


def campaign_options(own: argparse.ArgumentParser) -> None:
    each = own.add_subparsers(
        dest="doing",
        required=True,
        metavar="list|new|share|progress|told|paper-out|paper-in|paper-destroyed|close|erase|sample-file",
    )
    _list_options(each)
    _new_options(each)
    _sharing_options(each)
    _paper_options(each)
    one = each.add_parser("close", help="end a campaign and destroy its names and numbers")
    one.add_argument("campaign", type=int, metavar="N")
    _add_by(one)
    one.set_defaults(do=_close)
    one = each.add_parser("erase", help="destroy what campaigns hold of one home, at its tenant's request")
    one.add_argument("home", metavar="HOME", help="the home's own reference")
    _add_by(one)
    one.set_defaults(do=_erase)
    one = each.add_parser("sample-file", help="write an invented contact file for the invented landlord")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(do=_sample_file)


def _list_options(each: Any) -> None:
    one = each.add_parser("list", help="the campaigns, their lists and paper")
    add_json(one)
    one.set_defaults(do=_list)
    one = each.add_parser("progress", help="how far a campaign is, by groups of homes; never by who called")
    one.add_argument("campaign", type=int, metavar="N")
    add_json(one)
    one.set_defaults(do=_progress)
    one = each.add_parser("told", help="what tenants told of that nobody has seen to: numbers and kinds, no words")
    add_json(one)
    one.set_defaults(do=_told)


def _new_options(each: Any) -> None:
    known = campaign_register()
    one = each.add_parser("new", help="begin a campaign with its own contact file")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--contacts", type=Path, required=True, metavar="FILE", help="homes or tenancies, names, numbers")
    one.add_argument("--column", action="append", default=[], metavar="FIELD=HEADING", help="which column is which")
    one.add_argument(
        "--staff", action="append", required=True, metavar="NAME", help="who calls, as given; once for each"
    )
    one.add_argument("--how", choices=HOW, default=COVERAGE, help="by coverage, homes not heard from, or estates")
    one.add_argument("--homes", type=int, default=HOMES, metavar="N", help=f"at most so many (default {HOMES})")
    one.add_argument("--months", type=int, default=12, metavar="N", help="not heard from for so many months")
    one.add_argument("--estate", action="append", default=[], metavar="NAME", help="an estate; once for each")
    one.add_argument("--tenure-group", choices=("LCRA", "LCHO"), default="LCRA", help="whom coverage is about")
    one.add_argument("--field", action="append", choices=tuple(known.fields), help="a field to check; three of them")
    one.add_argument("--seed", type=int, default=1, help="the same seed draws the same homes")
    one.add_argument("--days", type=int, default=DAYS, help=f"until it ends and names go (default {DAYS})")
    one.add_argument("--dry-run", action="store_true", help="say who would be called and left off; keep nothing")
    _add_by(one)
    add_json(one)
    one.set_defaults(do=_new)


def _sharing_options(each: Any) -> None:
    one = each.add_parser("share", help="share the homes nobody has called anew")
    one.add_argument("campaign", type=int, metavar="N")
    one.add_argument("--staff", action="append", required=True, metavar="NAME", help="who calls from now on")
    _add_by(one)
    one.set_defaults(do=_share)


def _paper_options(each: Any) -> None:
    one = each.add_parser("paper-out", help="put homes of a caller's list on paper, as a numbered CSV with an end")
    one.add_argument("campaign", type=int, metavar="N")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--caller", required=True, metavar="NAME")
    one.add_argument("--lines", type=int, default=LINES, help=f"homes (default {LINES})")
    _add_by(one)
    one.set_defaults(do=_paper_out)
    one = each.add_parser("paper-in", help="read a paper list back, whole or not at all")
    one.add_argument("file", type=Path, metavar="FILE")
    _add_by(one)
    one.set_defaults(do=_paper_in)
    one = each.add_parser("paper-destroyed", help="record that the paper of a list is destroyed")
    one.add_argument("paper", metavar="C1-P1", help="the number on the list")
    _add_by(one)
    one.set_defaults(do=_paper_destroyed)


def _add_by(own: argparse.ArgumentParser) -> None:
    own.add_argument("--by", required=True, metavar="NAME", help="who does it: a name as given")


def of_campaign(said: argparse.Namespace, settings: Settings) -> int:
    """Do one thing in a campaign. Names and numbers are never printed: only a paper list holds them."""
    return int(said.do(said, settings))


# ── Look ─────────────────────────────────────────────────────────────────────────────────────────


def _list(said: argparse.Namespace, settings: Settings) -> int:
    campaigns, papers = calls.campaigns_in_use(settings), calls.papers_in_use(settings)
    every = campaigns.all()
    if said.json:
        tell_json({"campaigns": [_document(each, settings) for each in every]})
        return DONE
    if not every:
        tell("No campaign has been begun.")
    for each in every:
        tell(one_line(f"{each.campaign} {each.name}: {said_of.chosen_words(each)}"))
        tell(one_line(f"  {said_of.ends_words(each, calls.today())}"))
        for mine in campaigns.lists(each.campaign):
            tell(one_line(f"  {mine.caller} ({said_of.AS_GIVEN}): {mine.homes:,} homes, {mine.to_call:,} to call"))
        for paper in papers.lists(each.campaign):
            tell(one_line(f"  list {': '.join(said_of.paper_row(paper, number(paper))[::4])}"))
    return DONE


def _document(each: Campaign, settings: Settings) -> dict[str, Any]:
    lists = calls.campaigns_in_use(settings).lists(each.campaign)
    papers = calls.papers_in_use(settings).lists(each.campaign)
    return {
        **vars(each),
        "left_out": _reasons(each.left_out, each.looked_at),
        "lists": [asdict(one) for one in lists],
        "papers": [{**asdict(one), "number": number(one)} for one in papers],
    }


def _progress(said: argparse.Namespace, settings: Settings) -> int:
    found = calls.campaigns_in_use(settings).progress(said.campaign, settings.smallest_base)
    titles = {key: each.title for key, each in campaign_register().fields.items()}
    if said.json:
        tell_json(
            {
                "everyone": asdict(found.everyone),
                "groups": {way: [asdict(each) for each in groups] for way, groups in found.groups.items()},
                "knowledge": [asdict(each) for each in found.knowledge],
                "coverage": {way: [asdict(each) for each in groups] for way, groups in found.coverage.items()},
                "set_beside": found.set_beside,
            }
        )
        return DONE
    tell(said_of.called_words(found.everyone))
    for each in found.knowledge:
        tell(said_of.knowledge_words(each, titles[each.field]))
    tell(said_of.coverage_words(found.coverage["estate"][0]))
    for group in found.groups["estate"]:
        if not group.withheld:
            tell(one_line(f"  {group.group[0][1]}: {said_of.called_words(group)}"))
    return DONE


def _told(said: argparse.Namespace, settings: Settings) -> int:
    """1 where something waits."""
    calls.campaigns_in_use(settings)  # closes what has come to its end
    waiting, known = calls.matters_in_use(settings).open(), campaign_register().told
    if said.json:
        tell_json({"open": [{"matter": each.matter, "kind": each.kind, "at": each.at.isoformat()} for each in waiting]})
    else:
        tell(said_of.told_headline(waiting, {key: each.title for key, each in known.items()}) or "Nothing waits.")
        for each in waiting:
            tell(f"  {', '.join(said_of.told_row(each, known[each.kind].title, known[each.kind].to))}")
    return PROBLEMS if waiting else DONE


# ── Do ───────────────────────────────────────────────────────────────────────────────────────────


def _new(said: argparse.Namespace, settings: Settings) -> int:
    held = actions.store_in_use(settings).current()
    if held is None:
        raise Failure("Nothing is held yet. Take the list of homes in first.", PROBLEMS)
    known = campaign_register()
    groups = (said.tenure_group,) if said.how == COVERAGE else ("LCRA", "LCHO")
    fields = tuple(said.field or known.usual_fields)
    wanted = Wanted(said.how, said.homes, said.seed, fields, said.months, tuple(said.estate), groups)
    with closing(held):
        contacts = read_contacts(_there(said.contacts), said.contacts.name, _columns(said.column))
        drawn = calls.draw(settings, held, contacts, wanted, _plan(held, said, settings))
        reasons = said_of.left_out_words(
            drawn.left_out, known.left_out, known.confidential, drawn.looked_at, known.rules["confidential_base"]
        )
        say(reasons)
        if drawn.unplaced:
            say(f"Rows of the contact file that name no home on the list: {drawn.unplaced:,}.")
        if said.dry_run:
            return _looked(said, len(drawn.homes), drawn.looked_at, _reasons(drawn.left_out, drawn.looked_at))
        made = calls.begin(settings, held, drawn, wanted, said.name, said.staff, said.days, said.by)
    if said.json:
        tell_json(_document(made, settings))
    else:
        tell(one_line(f"{made.campaign} {made.name}: {said_of.drawn_words(made.chosen, len(said.staff))}"))
        tell(said_of.ends_words(made, calls.today()))
    return DONE


def _reasons(left_out: Mapping[str, int], looked_at: int) -> dict[str, int]:
    """Why homes stay off the list, as the page tells it: of few homes nothing held in confidence by itself."""
    known = campaign_register()
    return dict(told_left_out(left_out, known.confidential, looked_at, known.rules["confidential_base"]))


def _looked(said: argparse.Namespace, drawn: int, looked_at: int, left_out: dict[str, int]) -> int:
    if said.json:
        tell_json({"drawn": drawn, "looked_at": looked_at, "left_out": left_out, "kept": False})
    else:
        tell(f"{said_of.drawn_words(drawn, len(said.staff))} Nothing is kept.")
    return DONE


def _plan(held: Generation, said: argparse.Namespace, settings: Settings) -> CallPlan | None:
    if said.how != COVERAGE or not held.waves:
        return None
    asked = latest_question(held, WHOLE_LANDLORD, None, said.tenure_group)
    readings, day = actions.readings_of(actions.store_in_use(settings)).select(), actions.today(settings)
    looked = unheard.looked_at(asked, unheard.roll_of(held, readings, day), held, settings.smallest_base)
    return unheard.call_plan(looked, said.homes)


def _columns(said: list[str]) -> dict[str, str]:
    """FIELD=HEADING as told. Raises Failure for anything else."""
    pairs = [each.partition("=") for each in said]
    if wrong := [field for field, sign, _ in pairs if not sign]:
        raise Failure(f"--column {wrong[0]}: give it as FIELD=HEADING, such as phone='Ring them on'.", USAGE)
    return {field.strip(): heading.strip() for field, _, heading in pairs}


def _there(path: Path) -> Path:
    if not path.is_file():
        raise Failure(f"There is no file '{path}'.", USAGE)
    return path


def _share(said: argparse.Namespace, settings: Settings) -> int:
    moved = calls.campaigns_in_use(settings).share(said.campaign, said.staff, said.by)
    tell(f"Shared anew: {moved:,} homes changed hands.")
    return DONE


def _paper_out(said: argparse.Namespace, settings: Settings) -> int:
    if said.file.exists():
        raise Failure(f"{said.file} is there already. Give another name: a list is never written over.", USAGE)
    if not said.file.absolute().parent.is_dir():
        raise Failure(f"There is no folder '{said.file.parent}'.", USAGE)
    held = actions.store_in_use(settings).current()
    if held is not None:  # what a newer list of homes no longer has, or objects since, is put on no paper
        with closing(held):
            calls.looked_anew(settings, held, calls.campaigns_in_use(settings).get(said.campaign))
    paper, text = calls.paper_out(settings, said.campaign, said.caller, said.lines, said.by)
    said.file.write_text(text, encoding="utf-8-sig", newline="")
    tell(f"List {number(paper)}: {paper.homes:,} homes, to be used until {paper.ends.isoformat()}, in {said.file}.")
    say("It holds names and numbers. Record its destruction with paper-destroyed.")
    return DONE


def _paper_in(said: argparse.Namespace, settings: Settings) -> int:
    calls.campaigns_in_use(settings)
    found = calls.paper_in(settings, _there(said.file), said.file.name, said.by)
    tell(
        f"List {number(found.paper)} is read in: {found.calls:,} calls, {found.blank:,} lines to call again, "
        f"{found.matters:,} matters passed on."
    )
    say("Destroy the paper and the file, and record it with paper-destroyed.")
    return DONE


def _paper_destroyed(said: argparse.Namespace, settings: Settings) -> int:
    gone = calls.papers_in_use(settings).destroyed(*numbers(said.paper), said.by)
    tell(f"List {number(gone)} is recorded as destroyed.")
    return DONE


def _close(said: argparse.Namespace, settings: Settings) -> int:
    tell(one_line(said_of.ends_words(calls.close(settings, said.campaign, said.by), calls.today())))
    return DONE


def _erase(said: argparse.Namespace, settings: Settings) -> int:
    calls.campaigns_in_use(settings).erase(said.home, said.by)
    tell("What campaigns held of that home is destroyed. A refusal stays, so that it is honoured.")
    return DONE


def _sample_file(said: argparse.Namespace, settings: Settings) -> int:
    if said.file.exists():
        raise Failure(f"{said.file} is there already. Give another name.", USAGE)
    said.file.write_text(calls.sample_contacts(settings), encoding="utf-8-sig", newline="")
    tell(f"An invented contact file is in {said.file}.")
    return DONE
