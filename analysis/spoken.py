"""What is to be made of topics: which rise, what is spoken of together, what tenants are proud of, what is rare.

A count of comments is no count of tenants, and the biggest topic is not the most important.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import Besides, Comment, Estimate, Moved, Theme, Through, Together, Verdict, Voices, Wave
from analysis.respect import GIVES_AWAY, TOO_FEW_STAFF
from analysis.survey.comparison import changes, compare, contrast, judged_together
from analysis.survey.estimates import FEWEST_TO_JUDGE, plain_shares, withheld
from analysis.survey.suppression import Rule, withheld_levels

RARE = 0.01  # of the comments read: a topic spoken of in fewer is easily lost beside the large ones
THE_REST = (("comments", "all other comments"),)
COMMENTS = "comments"
STAFF = "staff"  # the strength that praises people at work


def read_count(heard: Voices) -> int:
    """The comments that shares are of: read, and not set aside."""
    return heard.comments - heard.unread - heard.set_aside


def moved(
    before: Voices, after: Voices, earlier: Wave, later: Wave, titles: Mapping[str, str], smallest_base: int
) -> tuple[Moved, ...]:
    """Every topic's share in two waves, judged as one family: those that surely rose first, then by how much.

    A topic that nobody spoke of in one of the waves has a share of nought there.
    """
    topics = sorted({theme.topic for heard in (before, after) for theme in heard.themes})
    was, now = (_every(heard, topics, smallest_base) for heard in (before, after))
    compared = judged_together(list(changes(was, now, earlier, later).values()))
    found = [Moved(each.after.measure, titles.get(each.after.measure, each.after.measure), each) for each in compared]
    return tuple(sorted(found, key=_rising_first))


def _every(heard: Voices, topics: Sequence[str], smallest_base: int) -> list[Estimate]:
    """A share for each topic, nought where it was not spoken of; withheld with the voices."""
    read = read_count(heard)
    if heard.withheld:
        return [withheld(heard.withheld, read, topic) for topic in topics]
    known = {theme.topic: theme.share for theme in heard.themes}
    none = plain_shares(
        [(topic, ()) for topic in topics], [0] * len(topics), [read] * len(topics), smallest_base, COMMENTS
    )
    return [known.get(topic, nought) for topic, nought in zip(topics, none, strict=True)]


def _rising_first(each: Moved) -> tuple[bool, float, str]:
    difference = each.change.difference
    if difference is None:
        return (True, 2.0, each.topic)
    return (not rises(each), -difference, each.topic)


def rises(each: Moved) -> bool:
    """Whether a topic's share surely rose."""
    return each.change.verdict is Verdict.REAL and (each.change.difference or 0.0) > 0


def falls(each: Moved) -> bool:
    """Whether a topic's share surely fell."""
    return each.change.verdict is Verdict.REAL and (each.change.difference or 0.0) < 0


def strengths(
    counted: pd.DataFrame, heard: Voices, titles: Mapping[str, str], smallest_base: int, no_praise: str | None = None
) -> tuple[Theme, ...]:
    """Kinds of strengths (columns kind, n) as shares of the comments read, most told of first; none where withheld.

    ``no_praise``: why praise of staff is not told here, if it is not.
    """
    if heard.withheld:
        return ()
    told = [(str(kind), int(n)) for kind, n in zip(counted["kind"], counted["n"], strict=True)]
    return tuple(_strength(kind, n, heard, titles, smallest_base, no_praise) for kind, n in told)


def each_strength(
    told: Sequence[Theme], heard: Voices, titles: Mapping[str, str], smallest_base: int
) -> tuple[Theme, ...]:
    """Every kind of strength there is, in the order of the register: one that nobody told of has a share of nought."""
    if heard.withheld:
        return ()
    known = {theme.topic: theme for theme in told}
    return tuple(known.get(kind) or _strength(kind, 0, heard, titles, smallest_base) for kind in titles)


def _strength(
    kind: str, n: int, heard: Voices, titles: Mapping[str, str], smallest_base: int, no_praise: str | None = None
) -> Theme:
    read, title = read_count(heard), titles.get(kind, kind)
    if kind == STAFF and no_praise:
        return Theme(kind, title, withheld(no_praise, read, kind), 0, 0, 0)
    return Theme(kind, title, plain_shares([(kind, ())], [n], [read], smallest_base, COMMENTS)[0], n, 0, 0)


def praises_staff(comment: Comment) -> bool:
    """Whether a comment thanks somebody at work, who may be the one officer of a place."""
    return any(strength.kind == STAFF for strength in comment.strengths)


def strength_by_place(kind: str, counted: pd.DataFrame, divided: Voices, smallest_base: int) -> tuple[Theme, ...]:
    """One kind of strength in each place, by name, the place as its title: a share of the comments read there.

    ``counted`` has the breakdown's column, kind and n; ``divided`` is by the same breakdown, with what may not be told
    withheld in it already.
    """
    mine = counted[counted["kind"] == kind]
    by = [name for name in counted.columns if name not in ("kind", "n")]
    said = {str(level): int(n) for level, n in zip(mine[by[0]], mine["n"], strict=True)} if by else {}
    found = []
    for group, heard in sorted(divided.groups.items()):
        name, read = group[0][1], read_count(heard)
        if heard.withheld:
            found.append(Theme(kind, name, withheld(heard.withheld, read, kind), 0, 0, 0))
        else:
            n = said.get(name, 0)
            share = plain_shares([(kind, group)], [n], [read], smallest_base, COMMENTS)[0]
            found.append(Theme(kind, name, share, n, 0, 0))
    return tuple(found)


def strength_through(kind: str, heard: Sequence[tuple[Wave, Voices, int]], smallest_base: int) -> tuple[Through, ...]:
    """One kind of strength in each wave (with the number of comments that tell of it), in the order given, each against
    the wave before; judged as one family."""
    counted = [withheld(v.withheld, read_count(v), kind) if v.withheld else None for _, v, _ in heard]
    shares = [
        gone or plain_shares([(kind, ())], [n], [read_count(v)], smallest_base, COMMENTS)[0]
        for gone, (_, v, n) in zip(counted, heard, strict=True)
    ]
    return _step_by_step([wave for wave, _, _ in heard], shares)


def spoken_well_of(heard: Voices, smallest_base: int) -> tuple[Theme, ...]:
    """Topics by the share of comments that speak well of them, most first."""
    praised = sorted((theme for theme in heard.themes if theme.positive), key=lambda t: (-t.positive, t.topic))
    labels = [(theme.topic, ()) for theme in praised]
    said, read = [theme.positive for theme in praised], read_count(heard)
    shares = plain_shares(labels, said, [read] * len(said), smallest_base, COMMENTS)
    return tuple(Theme(t.topic, t.title, share, t.positive, 0, 0) for t, share in zip(praised, shares, strict=True))


def rare(heard: Voices, part: float = RARE) -> tuple[Theme, ...]:
    """Topics spoken of, but in less than a hundredth of the comments: the rarest first."""
    limit = part * read_count(heard)
    return tuple(sorted((t for t in heard.themes if 0 < _said(t) < limit), key=lambda t: (_said(t), t.topic)))


def together(topic: str, pairs: pd.DataFrame, heard: Voices, smallest_base: int) -> tuple[Together, ...]:
    """What else the comments about a topic are about (columns other, n), most often first.

    Each share is set against that among all the other comments, and all are judged as one family.
    """
    themes = {theme.topic: theme for theme in heard.themes}
    if heard.withheld or topic not in themes or themes[topic].share.withheld:
        return ()
    about, read = _said(themes[topic]), read_count(heard)
    told = {name for name, theme in themes.items() if not theme.share.withheld}
    rows = [(str(other), int(n)) for other, n in zip(pairs["other"], pairs["n"], strict=True) if other in told]
    labels = [(other, ()) for other, _ in rows]
    shares = plain_shares(labels, [n for _, n in rows], [about] * len(rows), smallest_base, COMMENTS)
    beside = plain_shares(
        [(other, THE_REST) for other, _ in rows],
        [max(_said(themes[other]) - n, 0) for other, n in rows],
        [read - about] * len(rows),
        smallest_base,
        COMMENTS,
    )
    judged = judged_together(
        [contrast(rest, share, 0.0, FEWEST_TO_JUDGE) for rest, share in zip(beside, shares, strict=True)]
    )
    found = [
        Together(other, themes[other].title, share, compared)
        for (other, _), share, compared in zip(rows, shares, judged, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-(each.share.yes or 0), each.topic)))


def through(topic: str, heard: Sequence[tuple[Wave, Voices]], smallest_base: int) -> tuple[Through, ...]:
    """One topic's share in each wave, in the order given, each against the wave before; judged as one family."""
    return _step_by_step(
        [wave for wave, _ in heard], [_every(voices, [topic], smallest_base)[0] for _, voices in heard]
    )


def _step_by_step(waves: Sequence[Wave], shares: Sequence[Estimate]) -> tuple[Through, ...]:
    """Shares of waves in order, each against the one before; the steps judged together."""
    steps = [compare(shares[n - 1], shares[n], waves[n - 1], waves[n]) for n in range(1, len(waves))]
    since = (None, *judged_together(steps))[: len(waves)]
    return tuple(Through(*row) for row in zip(waves, shares, since, strict=True))


def staffed(divided: Voices, few_staffed: Collection[str], smallest_base: int) -> Voices:
    """Voices by estate without the estates that too few people serve; where the total would tell of one, without the
    next smallest too."""
    groups = dict(divided.groups)
    counts = np.array([[read_count(heard)] for heard in groups.values()], dtype=np.int64).reshape(-1, 1)
    few = np.array([group[0][1] in few_staffed for group in groups], dtype=bool)
    if not few.any():
        return divided
    hidden = withheld_levels(counts, Rule(smallest_base, yes=0), also=few)
    for (group, heard), gone, why in zip(list(groups.items()), hidden, few, strict=True):
        if gone and heard.withheld is None:
            groups[group] = silent(heard, TOO_FEW_STAFF if why else GIVES_AWAY)
    return replace(divided, groups=MappingProxyType(groups))


def silent(heard: Voices, reason: str) -> Voices:
    """The voices with every share withheld for this reason, those of groups too; numbers of comments stay."""
    tones = {tone: withheld(reason, share.base, tone) for tone, share in heard.tones.items()}
    groups = {group: silent(each, reason) for group, each in heard.groups.items()}
    return replace(heard, tones=MappingProxyType(tones), themes=(), groups=MappingProxyType(groups), withheld=reason)


def _said(theme: Theme) -> int:
    """In how many comments a topic was spoken of."""
    return theme.positive + theme.negative + theme.neutral


def besides(counted: pd.DataFrame) -> Besides:
    """Counts (columns what, which, n) of what is to be read besides shares."""
    rows = [(str(what), str(which), int(n)) for what, which, n in counted.itertuples(index=False)]
    severe = {which: n for what, which, n in rows if what == "danger"}
    return Besides(
        emergencies=severe.pop("emergency", 0),
        significant=sum(severe.values()),
        unplaced=sum(n for what, _, n in rows if what == "unplaced"),
        set_aside=MappingProxyType({which: n for what, which, n in rows if what == "set aside"}),
    )
