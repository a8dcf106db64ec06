"""Tenants' words counted: what share of the comments is positive, what share speaks of each topic, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from analysis.model import Estimate, Group, Theme, Voices
from analysis.survey.estimates import plain_shares, withheld

UNSURE_TONE, SET_ASIDE = "unsure", "set aside"  # the reader abstained; there was nothing to read for meaning
TONES = ("positive", "mixed", "neutral", "negative", UNSURE_TONE)
POLARITIES = ("positive", "negative", "neutral")


def hear(
    tones: pd.DataFrame,
    topics: pd.DataFrame,
    commenters: pd.DataFrame,
    titles: Mapping[str, str],
    smallest_base: int,
    by: str | None = None,
) -> Voices:
    """Voices from counts of comments.

    ``tones`` has by, tone, n; ``topics`` has by, topic, polarity, n; ``commenters`` has by, n. Shares are of the
    comments read; fewer than ``smallest_base`` of them and every share is withheld with the reason. ``titles`` names
    the topics. Where ``by`` is a column of all three, each of its levels gets its own Voices.
    """
    spoken = sorted(topics["topic"].unique())
    whole = _voices(tones, topics, int(commenters["n"].sum()), titles, smallest_base, spoken)
    if by is None:
        return whole
    groups = dict(_each_group(tones, topics, commenters, titles, smallest_base, by, spoken))
    return replace(whole, groups=MappingProxyType(groups))


def _each_group(
    tones: pd.DataFrame,
    topics: pd.DataFrame,
    commenters: pd.DataFrame,
    titles: Mapping[str, str],
    smallest_base: int,
    by: str,
    spoken: Sequence[str],
) -> Iterator[tuple[Group, Voices]]:
    wrote = commenters.set_index(by)["n"]
    for level in sorted(tones[by].unique()):
        here = _voices(
            tones[tones[by] == level], topics[topics[by] == level], int(wrote[level]), titles, smallest_base, spoken
        )
        yield ((by, str(level)),), here


def _voices(
    tones: pd.DataFrame,
    topics: pd.DataFrame,
    commenters: int,
    titles: Mapping[str, str],
    smallest_base: int,
    spoken: Sequence[str],
) -> Voices:
    comments = int(tones["n"].sum())
    by_tone = tones.groupby("tone")["n"].sum()
    aside = int(by_tone.get(SET_ASIDE, 0))
    read = int(by_tone.sum()) - aside
    said = [int(by_tone.get(tone, 0)) for tone in TONES]
    reason = _too_few(read, commenters, smallest_base)
    return Voices(
        comments=comments,
        commenters=commenters,
        unread=comments - read - aside,
        tones=MappingProxyType(dict(zip(TONES, _tones(said, read, smallest_base, reason), strict=True))),
        themes=() if reason else _themes(topics, read, titles, smallest_base, spoken),
        withheld=reason,
        set_aside=aside,
    )


def _too_few(read: int, commenters: int, smallest_base: int) -> str | None:
    """Why words are withheld: a handful of people stays a handful however much each of them wrote."""
    if read < smallest_base:
        return f"fewer than {smallest_base} comments"
    return f"fewer than {smallest_base} people commented" if commenters < smallest_base else None


def _tones(said: Sequence[int], read: int, smallest_base: int, reason: str | None) -> list[Estimate]:
    if reason is None:
        return _shares(TONES, said, read, smallest_base)
    return [withheld(reason, read, tone) for tone in TONES]


def _themes(
    topics: pd.DataFrame, read: int, titles: Mapping[str, str], smallest_base: int, spoken: Sequence[str]
) -> tuple[Theme, ...]:
    """Every topic spoken of anywhere, those not spoken of here with a share of nought."""
    counted = topics.pivot_table(index="topic", columns="polarity", values="n", aggfunc="sum", fill_value=0)
    counted = counted.reindex(index=list(spoken), columns=list(POLARITIES), fill_value=0)
    shares = _shares(spoken, counted.sum(axis=1).tolist(), read, smallest_base)
    found = [
        Theme(topic, titles.get(topic, topic), share, *(int(n) for n in counts))
        for topic, share, counts in zip(spoken, shares, counted.to_numpy(), strict=True)
    ]
    return tuple(sorted(found, key=lambda theme: (-(theme.share.yes or 0), theme.topic)))


def _shares(names: Sequence[str], said: Sequence[int], read: int, smallest_base: int) -> list[Estimate]:
    return plain_shares([(name, ()) for name in names], said, [read] * len(names), smallest_base, "comments")
