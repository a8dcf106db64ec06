"""Themes as sentences: how many comments, whether a topic foresaw it, and what a theme is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.themes import AGAINST, FOR, NEITHER, Found
from dashboard.words.shares import COMMENTS, count, in_words, percent
from data.themes import HIDE, MERGE, NONE_YET, RENAME, Said, Themes, Told

__all__ = ["GUIDANCE", "NONE_YET", "SIDE_NAMES", "beside", "line", "looked", "rest", "said"]

SIDE_NAMES = {AGAINST: "Criticism", FOR: "Praise", NEITHER: "Neither praise nor criticism"}
GUIDANCE = (
    "A theme is a group of comments that a computer found alike; its title is made of phrases that stand in them. Read "
    "some before you speak of it. A small theme is not a small matter, and one comment can be reason enough to act."
)
BY_WORDS = "Found by the words comments share, without the sentence model: rougher than by meaning."
HOW = {"meaning": "Found by what comments mean.", "words": BY_WORDS}


def line(theme: Told) -> str:
    """One theme: its title and its share of the comments read.

    >>> from analysis.model import Estimate
    >>> share = Estimate(0.2, 0.162, 0.24, base=400, yes=80)
    >>> line(Told("against-1", "against", "Lift", "Lift", "", (), "2026-11-29", share, "", 0.4))
    'Lift: 20% (16% to 24%, 400 comments)'
    """
    return f"{theme.title}: {in_words(theme.share, *COMMENTS)}"


def beside(theme: Told, topics: Mapping[str, str]) -> Iterator[str]:
    """What else there is to say of a theme: whether a topic foresaw it, whose title it is, what is counted in it."""
    if theme.topic:
        yield f"{percent(theme.topic_part)} of them are in the topic {topics.get(theme.topic, theme.topic)}."
    else:
        yield "No topic has half of them."
    if theme.given:
        yield f"Title by {theme.given} (name as given); found as: {theme.own_title}."
    if theme.merged:
        yield f"Counted in it: {'; '.join(theme.merged)}."


def rest(told: Themes) -> Iterator[str]:
    """What is in no theme, hidden, and how themes were found; or why there are none."""
    if told.why:
        yield told.why
        return
    if told.none is not None:
        yield f"In no theme: {in_words(told.none, *COMMENTS)}."
    if told.hidden:
        yield f"Hidden by a person: {count(told.hidden)}."
    yield HOW[told.by]


def looked(found: Found) -> Iterator[str]:
    """What looking for themes gave.

    >>> list(looked(Found((), (), {"for": "12 different comments to look at; 60 are needed"})))
    ['No new theme.', 'Praise: 12 different comments to look at; 60 are needed.']
    """
    yield f"New themes: {count(len(found.new))}." if found.new else "No new theme."
    reasons: dict[str, list[str]] = {}
    for side, reason in found.reasons.items():
        reasons.setdefault(reason, []).append(SIDE_NAMES[side])
    for reason, sides in reasons.items():
        yield reason if len(sides) == len(SIDE_NAMES) else f"{', '.join(sides)}: {reason}."


def said(each: Said) -> str:
    """One thing a person did to a theme.

    >>> said(Said(3, "2026-11-29T12:00:00+00:00", "Ann", "merge", "for-2", "for-1"))
    '3: for-2 counted in for-1, by Ann (name as given), 2026-11-29'
    """
    what = {RENAME: f"renamed to {each.value}", MERGE: f"counted in {each.value}", HIDE: "hidden"}[each.what]
    back = f"; taken back by {each.back_by}, {each.back[:10]}" if each.back else ""
    return f"{each.n}: {each.theme} {what}, by {each.who} (name as given), {each.at[:10]}{back}"
