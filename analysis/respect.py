"""How tenants speak of being treated, place by place: never of a handful of comments, never of one or two officers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.model import Dimension, Filters, Theme, Voices
from analysis.survey.estimates import withheld
from analysis.survey.suppression import Rule, withheld_levels

TOPICS = ("staff_conduct", "listening", "fairness_stigma")
FEWEST_STAFF = 3
OF_STAFF = re.compile(r"\b(patch|officer|manager|team|staff|neighbourhood lead|caretaker)s?\b", re.IGNORECASE)
TOO_FEW_STAFF = "fewer than three staff serve it"
NEVER_BY_OFFICER = "how tenants speak is never told by patch, team or officer"
GIVES_AWAY = "it would give away a place that is withheld"


def of_staff(dimension: Dimension) -> bool:
    """Whether a way of dividing tenants is one of officers, teams or patches, by its name or its heading in the file.

    >>> of_staff(Dimension("c_patch", "Patch", "Housing officer")), of_staff(Dimension("estate", "Estate", "Estate"))
    (True, False)
    """
    return OF_STAFF.search(f"{dimension.key} {dimension.label} {dimension.heading}".replace("_", " ")) is not None


def why_of_one_officer(filters: Filters, dimensions: Sequence[Dimension], few_staff: Collection[str]) -> str | None:
    """Why tones, praise and the like are not told under these filters: they name a patch, a team or an officer, or an
    estate that one or two people serve, so that it would be about one of them; None where it may be told.

    >>> patch = Dimension("c_patch", "Patch", "Housing officer")
    >>> why_of_one_officer((("c_patch", ("North",)),), (patch,), ())
    'how tenants speak is never told by patch, team or officer'
    >>> why_of_one_officer((("estate", ("Ash", "Elm")),), (patch,), ("Elm",))
    'fewer than three staff serve Elm'
    """
    staffed = {dimension.key for dimension in dimensions if of_staff(dimension)}
    chosen = dict(filters)
    if staffed & set(chosen):
        return NEVER_BY_OFFICER
    few = sorted(set(chosen.get("estate", ())) & set(few_staff))
    return f"fewer than three staff serve {', '.join(few)}" if few else None


def of_respect(heard: Voices) -> tuple[Theme, ...]:
    """What the comments say of staff, of being listened to and of being judged, most spoken of first."""
    return tuple(theme for theme in heard.themes if theme.topic in TOPICS)


def on_the_stricter_base(heard: Voices, titles: Mapping[str, str], fewest: int) -> Voices:
    """The voices of a part of the landlord with what they say of people withheld where fewer comments were read.

    All three topics stand there withheld, spoken of or not: that one is missing would tell that nobody spoke of it.
    """
    groups = {group: on_the_stricter_base(told, titles, fewest) for group, told in heard.groups.items()}
    read = heard.comments - heard.unread - heard.set_aside
    if heard.withheld or read >= fewest:
        return replace(heard, groups=groups)
    others = tuple(theme for theme in heard.themes if theme.topic not in TOPICS)
    of_people = tuple(_hidden(titles.get(t, t), t, read, f"fewer than {fewest} comments") for t in TOPICS)
    return replace(heard, themes=(*others, *of_people), groups=groups)


def by_place(divided: Voices, topic: str, few_staff: Collection[str] = (), fewest: int = 0) -> tuple[Theme, ...]:
    """One topic in each place, by name; a place's Theme carries the place as its title.

    ``divided`` must have been heard with the stricter base, ``fewest``. A place served by ``few_staff`` is withheld;
    where that or the base leaves one place alone hidden, or several with fewer than ``fewest`` comments together, those
    of fewest comments are hidden with them, or the total would tell.
    """
    found = [
        _place(group[0][1], heard, topic, group[0][1] in few_staff) for group, heard in sorted(divided.groups.items())
    ]
    comments = np.array([[theme.share.base] for theme in found], dtype=np.int64).reshape(-1, 1)
    few = np.array([theme.share.withheld is not None for theme in found], dtype=bool)
    for place in np.flatnonzero(withheld_levels(comments, Rule(fewest, yes=0), also=few) & ~few):
        found[place] = _hidden(found[place].title, topic, found[place].share.base, GIVES_AWAY)
    return tuple(found)


def _place(name: str, heard: Voices, topic: str, few_staff: bool) -> Theme:
    read = heard.comments - heard.unread
    if few_staff or heard.withheld:
        return _hidden(name, topic, read, TOO_FEW_STAFF if few_staff else str(heard.withheld))
    spoken = next((theme for theme in heard.themes if theme.topic == topic), None)
    return replace(spoken, title=name) if spoken else _hidden(name, topic, read, "nobody spoke of it")


def _hidden(name: str, topic: str, base: int, reason: str) -> Theme:
    return Theme(topic, name, withheld(reason, base, topic), 0, 0, 0)
