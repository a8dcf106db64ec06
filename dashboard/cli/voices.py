"""The command about tenants' words: how they sound, what they are about, what rises, and what is to be read besides."""

from __future__ import annotations

import argparse
from typing import Any, NamedTuple

from analysis.model import Audience, Besides, Moved, Question, Theme, Voices
from dashboard import actions, calculator, words
from dashboard.answers import listen, to_read_besides, topics_moved
from dashboard.cli.command import DONE, say, tell, tell_json
from dashboard.cli.figures import against, asked_of, change_of, group_of, held_in, measures_options, questions
from dashboard.strengths import strengths_told
from dashboard.words import spoken
from dashboard.words.audiences import beside
from data.generation import Generation
from data.registers import topic_belongings
from data.settings import Settings


class More(NamedTuple):
    """What is told of tenants' words besides tones and topics; ``besides`` inside the landlord only."""

    strengths: tuple[Theme, ...]
    moved: tuple[Moved, ...]
    besides: Besides | None


def voices_options(own: argparse.ArgumentParser) -> None:
    measures_options(own)


def voices(said: argparse.Namespace, settings: Settings) -> int:
    """What share of the comments is positive, what they are about, and how that is spoken of."""
    store, generation = held_in(settings)
    readings = actions.readings_of(store).select()
    base = settings.smallest_base
    heard = [(question, listen(question, generation, readings, base)) for question in questions(said, generation)]
    told = [_more_of(question, voices, generation, readings, base) for question, voices in heard]
    if said.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "voices": [
                    {**asked_of(question), **_voices(voices), **_more(more)}
                    for (question, voices), more in zip(heard, told, strict=True)
                ],
            }
        )
    else:
        for (question, voices), more in zip(heard, told, strict=True):
            _print_voices(question, voices)
            _print_more(question, voices, more)
    return DONE


def _more_of(question: Question, heard: Voices, generation: Generation, readings: str, smallest_base: int) -> More:
    """Strengths, what moved, and what is to be read besides: nothing where the voices are withheld."""
    if heard.withheld:
        return More((), (), None)
    inside = question.audience is Audience.INTERNAL
    return More(
        strengths_told(question, heard, generation, readings, smallest_base),
        topics_moved(question, generation, readings, smallest_base),
        to_read_besides(question, generation, readings) if inside else None,
    )


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _voices(voices: Voices) -> dict[str, Any]:
    untold = voices.withheld is not None and not voices.comments  # outside not even the number is told
    return {
        "comments": None if untold else voices.comments,
        "commenters": None if untold else voices.commenters,
        "unread": None if untold else voices.unread,
        "withheld": voices.withheld,
        "tones": {tone: calculator.figures_of(share) for tone, share in voices.tones.items()},
        "topics": [_theme(theme) for theme in voices.themes],
        "groups": [{"group": dict(group), **_voices(inner)} for group, inner in voices.groups.items()],
    }


def _more(more: More) -> dict[str, Any]:
    besides = more.besides
    return {
        "strengths": [_theme(theme) for theme in more.strengths],
        "moved": [{"topic": each.topic, "title": each.title, **change_of(each.change)} for each in more.moved],
        "besides": None
        if besides is None
        else {
            "emergencies": besides.emergencies,
            "significant": besides.significant,
            "in_no_topic": besides.unplaced,
            "set_aside": dict(besides.set_aside),
        },
    }


def _theme(theme: Theme) -> dict[str, Any]:
    measures, category = topic_belongings().get(theme.topic, ((), ""))
    return {
        "topic": theme.topic,
        "title": theme.title,
        "measures": list(measures),
        "ombudsman": category,
        **calculator.figures_of(theme.share),
        "positive": theme.positive,
        "negative": theme.negative,
        "neutral": theme.neutral,
    }


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


def _print_voices(question: Question, voices: Voices) -> None:
    asked = f"{question.wave}, {question.tenure_group}{against(question)}{beside(question.audience)}"
    tell(f"{asked}: {voices.withheld}" if voices.withheld else f"{asked}: {voices.comments:,} comments")
    if voices.unread:
        say(f"{voices.unread:,} comments are not read yet: run `tenant-voice label`.")
    for tone, share in voices.tones.items():
        tell(f"  {tone}: {words.in_words(share, *words.COMMENTS)}")
    for theme in voices.themes:
        tell(f"  {theme.title}: {words.in_words(theme.share, *words.COMMENTS)}")
    for group, inner in voices.groups.items():
        tell(f"    {group_of(group)}, negative: {words.in_words(inner.tones['negative'], *words.COMMENTS)}")


def _print_more(question: Question, heard: Voices, more: More) -> None:
    if more.besides is not None:
        for sentence in filter(None, (spoken.dangers(more.besides), spoken.not_in_shares(heard, more.besides))):
            tell(sentence)
    for theme in more.strengths:
        tell(f"  Strength, {theme.title}: {words.in_words(theme.share, *words.COMMENTS)}")
    if question.compared_with is not None and more.moved:
        tell(spoken.rising(more.moved, question.compared_with))
