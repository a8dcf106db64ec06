"""Themes from the command line: look for them, list them, and say what they are."""

from __future__ import annotations

import argparse
from typing import Any

from analysis.model import Audience, Comment, Question
from analysis.themes import SIDES
from dashboard import actions, calculator, searching
from dashboard.cli.command import DONE, USAGE, Failure, add_json, one_line, say, tell, tell_json
from dashboard.cli.figures import held_in, questions
from dashboard.words import themes as words
from data.registers import topic_titles
from data.settings import Settings
from data.themes import Said, Themes, Told


def themes_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    doing = own.add_mutually_exclusive_group()
    doing.add_argument("--look", action="store_true", help="look for themes first: a first set, or what is new")
    doing.add_argument(
        "--anew", action="store_true", help="look for themes in place of those there are and their names"
    )
    doing.add_argument("--rename", nargs=2, metavar=("THEME", "NAME"), help="give a theme another name")
    doing.add_argument("--merge", nargs=2, metavar=("THEME", "INTO"), help="count a theme in another of its side")
    doing.add_argument("--hide", metavar="THEME", help="show a theme no more")
    doing.add_argument("--take-back", type=int, metavar="N", help="take back what was said under this number")
    doing.add_argument("--said", action="store_true", help="list everything that was said of themes, and by whom")
    own.add_argument("--who", default="", metavar="NAME", help="who says so: a name as given")
    add_json(own)
    own.set_defaults(by=None, compared_with=None, audience=Audience.INTERNAL)


def themes(said: argparse.Namespace, settings: Settings) -> int:
    """The themes of the latest survey, renters and shared owners apart, with quotes; never of a handful."""
    store, generation = held_in(settings)
    try:
        done = _done(said, settings)
    except ValueError as fault:
        raise Failure(str(fault), USAGE) from fault
    if done is not None or said.said:
        return _history([done] if done else list(searching.themes_in_use(settings).said()), said.json)
    if said.look or said.anew:
        found = searching.look_for_themes(settings, generation, actions.today(settings), said.anew)
        for line in words.looked(found):
            say(line)
    searcher, kept = searching.searcher_of(settings, generation), searching.themes_in_use(settings)
    told = [
        (question, searching.themes_of(question, searcher, kept, settings.smallest_base))
        for question in questions(said, generation)
    ]
    if said.json:
        surveys = [{**_asked(question), **_as_json(each)} for question, each in told]
        tell_json({"generation": generation.number, "invented": store.kind == "sample", "themes": surveys})
        return DONE
    for question, each in told:
        _print(question, each)
    say(words.GUIDANCE)
    return DONE


def _done(said: argparse.Namespace, settings: Settings) -> Said | None:
    """What was asked to be done to a theme, done."""
    if said.rename:
        return searching.rename_theme(settings, *said.rename, said.who)
    if said.merge:
        return searching.merge_themes(settings, *said.merge, said.who)
    if said.hide:
        return searching.hide_theme(settings, said.hide, said.who)
    if said.take_back is not None:
        return searching.take_back_theme(settings, said.take_back, said.who)
    return None


def _history(said: list[Said], as_json: bool) -> int:
    if as_json:
        tell_json({"said": [vars(each) for each in said]})
        return DONE
    for each in said:
        tell(one_line(words.said(each)))
    if not said:
        tell("Nothing was said of a theme yet.")
    return DONE


def _print(question: Question, told: Themes) -> None:
    tell(f"{question.wave}, {question.tenure_group}")
    titles = topic_titles()
    for side in SIDES:
        here = [theme for theme in told.themes if theme.side == side]
        if here:
            tell(f"  {words.SIDE_NAMES[side]}")
        for theme in here:
            tell(f"    {theme.key} {one_line(words.line(theme))}. {one_line(' '.join(words.beside(theme, titles)))}")
            for comment in theme.typical:
                tell(f"        “{one_line(comment.text)}”")
            if theme.dissent:
                tell(f"        but: “{one_line(theme.dissent.text)}”")
    for line in words.rest(told):
        tell(f"  {line}")


def _asked(question: Question) -> dict[str, Any]:
    return {
        "wave": question.wave,
        "tenure_group": question.tenure_group,
        "filters": {key: list(values) for key, values in question.filters},
    }


def _as_json(told: Themes) -> dict[str, Any]:
    return {
        "comments": told.comments,
        "by": told.by,
        "why_none": told.why or None,
        "hidden": told.hidden,
        "in_no_theme": None if told.none is None else calculator.figures_of(told.none),
        "themes": [_theme(theme) for theme in told.themes],
    }


def _theme(theme: Told) -> dict[str, Any]:
    return {
        "theme": theme.key,
        "side": theme.side,
        "title": theme.title,
        "found_as": theme.own_title,
        "title_by_as_given": theme.given or None,
        "phrases": list(theme.telling),
        "first_found": theme.made,
        "counted_in_it": list(theme.merged),
        **calculator.figures_of(theme.share),
        "topic": theme.topic or None,
        "topic_part": theme.topic_part,
        "typical": [_quote(comment) for comment in theme.typical],
        "dissenting": theme.dissent and _quote(theme.dissent),
    }


def _quote(comment: Comment) -> dict[str, Any]:
    return {"id": comment.comment_id, "text": comment.text, "sensitive": comment.sensitive}
