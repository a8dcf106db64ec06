"""Themes told for some of the comments: how many, how sure, in whose words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from analysis.model import Comment, Estimate
from analysis.searching import Marks, plain_words
from analysis.survey.estimates import plain_shares
from analysis.themes import AGAINST, FOR, NEAR, NEITHER, SIDE_OF, SIDES, Theme, belonging
from analysis.voices import SET_ASIDE
from data.searching import Choice, Search, Searcher
from data.themes.kept import Kept, Standing
from data.themes.looking import BEGUN_OTHERWISE
from data.themes.nearness import nearness_of

TYPICAL, ASKED_FOR = 3, 15  # quotes of a theme, and how many of its nearest are looked at for them
SHORTEST, LONGEST = 5, 60  # words of a quote
TOO_LIKE = 0.5  # of their words that two quotes share
MOSTLY = 0.5  # of a theme's comments with one topic: the topic foresaw it
OPPOSITE = {FOR: AGAINST, AGAINST: FOR, NEITHER: AGAINST}
NONE_YET = "No themes have been looked for yet."


@dataclass(frozen=True)
class Told:
    """One theme among the comments chosen.

    ``given`` is who gave it its title ("" where the machine did, from its phrases); ``share`` of the comments read;
    ``dissent`` a comment near it that sounds the other way; ``topic`` the topic most of them have, "" where none has.
    """

    key: str
    side: str
    title: str
    own_title: str
    given: str
    telling: tuple[str, ...]
    made: str
    share: Estimate
    topic: str
    topic_part: float
    typical: tuple[Comment, ...] = ()
    dissent: Comment | None = None
    merged: tuple[str, ...] = ()  # the titles of those counted in it


@dataclass(frozen=True)
class Themes:
    """The themes among the comments chosen, the largest of each side first, and what is in none."""

    themes: tuple[Told, ...]
    comments: int  # read, and something in them to read for meaning
    none: Estimate | None  # the share near no theme
    hidden: int  # themes a person hid
    by: str  # "meaning" or "words"
    why: str = ""  # why there are none


def tell(searcher: Searcher, kept: Kept, search: Search, smallest_base: int, quotes: bool = True) -> Themes:
    """The themes among the comments a search chooses (its words are not asked). None of fewer than may be shown."""
    themes, standing = kept.themes(), kept.standing()
    held = kept.space()
    if held is None or not themes:
        return Themes((), 0, None, 0, "", NONE_YET)
    if held[1] and held[1] != searcher.model:
        return Themes((), 0, None, 0, held[0].kind, BEGUN_OTHERWISE)
    nearness = nearness_of(searcher, held[0], themes)
    choice = searcher.choice(search, smallest_base)
    return _Told(searcher, choice, themes, standing, nearness, smallest_base).all(held[0].kind, quotes)


def texts_of(searcher: Searcher, kept: Kept, theme: str) -> Marks:
    """The texts of the index that belong to a theme, or to one that was merged into it."""
    held, themes, standing = kept.space(), kept.themes(), kept.standing()
    if held is None or (held[1] and held[1] != searcher.model):
        return np.zeros(len(searcher.index.keys), dtype=np.bool_)
    label = belonging(nearness_of(searcher, held[0], themes), searcher.index.tones.to_pylist(), themes)
    mine = [at for at, each in enumerate(themes) if standing.home(each.key) == theme]
    return np.isin(label, mine)


class _Told:
    """The themes of one choice of comments."""

    def __init__(
        self,
        searcher: Searcher,
        choice: Choice,
        themes: Sequence[Theme],
        standing: Standing,
        nearness: npt.NDArray[np.float32],
        smallest_base: int,
    ) -> None:
        self._searcher, self._choice, self._themes = searcher, choice, themes
        self._standing, self._smallest_base = standing, smallest_base
        tones = np.array(searcher.index.tones.to_pylist(), dtype=np.str_)
        read = np.flatnonzero(choice.docs >= 0)
        self._at = read[tones[choice.docs[read]] != SET_ASIDE]  # places of the choice that count
        docs = choice.docs[self._at]
        said = tones[docs].tolist()
        self._sides = np.array([SIDE_OF.get(tone, "") for tone in said], dtype=np.str_)
        self._near = np.asarray(nearness[docs])
        number = {theme.key: at for at, theme in enumerate(themes)}
        home = np.array([number[standing.home(theme.key)] for theme in themes])
        label = belonging(self._near, said, themes)
        self._label = np.where(label >= 0, home[label], -1)
        self._home = home

    def all(self, by: str, quotes: bool) -> Themes:
        shown = [at for at in dict.fromkeys(self._home.tolist()) if self._themes[at].key not in self._standing.hidden]
        counts = [int((self._label == at).sum()) for at in shown]
        base = len(self._at)
        shares = plain_shares(
            [("", ())] * (len(shown) + 1), [*counts, int((self._label < 0).sum())], [base] * (len(shown) + 1),
            self._smallest_base, "comments",
        )  # fmt: skip
        topics = self._topics(shown)
        words = self._quotes(shown) if quotes else {}
        told = [
            self._one(at, share, topics[at], *words.get(at, ((), None)))
            for at, share, n in zip(shown, shares, counts, strict=False)
            if n
        ]
        told.sort(key=lambda each: (SIDES.index(each.side), -(each.share.yes or 0), each.key))
        hidden = len(self._standing.hidden & {self._themes[at].key for at in self._home.tolist()})
        return Themes(tuple(told), base, shares[-1], hidden, by)

    def _one(
        self, at: int, share: Estimate, topic: tuple[str, float], typical: tuple[Comment, ...], dissent: Comment | None
    ) -> Told:
        theme = self._themes[at]
        named = self._standing.names.get(theme.key)
        return Told(
            key=theme.key,
            side=theme.side,
            title=named.value if named else theme.title,
            own_title=theme.title,
            given=named.who if named else "",
            telling=theme.telling,
            made=theme.made,
            share=share,
            topic=topic[0],
            topic_part=topic[1],
            typical=typical,
            dissent=dissent,
            merged=tuple(
                other.title for number, other in enumerate(self._themes) if self._home[number] == at and number != at
            ),
        )

    def _topics(self, shown: Sequence[int]) -> dict[int, tuple[str, float]]:
        """The topic that most comments of each theme have and what part of them; "" where no topic has half."""
        index, found = self._searcher.index, {}
        spoken_in = pc.list_parent_indices(index.topics).to_numpy()
        codes, spoken = np.unique(np.array(pc.list_flatten(index.topics).to_pylist(), np.str_), return_inverse=True)
        for at in shown:
            times = np.bincount(self._choice.docs[self._at[self._label == at]], minlength=len(index.keys))
            counted = np.bincount(spoken, times[spoken_in], minlength=1)
            part = float(counted.max()) / max(int(times.sum()), 1)
            found[at] = (str(codes[counted.argmax()]) if part >= MOSTLY else "", part)
        return found

    # ── in whose words ───────────────────────────────────────────────────────────────────────────

    def _quotes(self, shown: Sequence[int]) -> Mapping[int, tuple[tuple[Comment, ...], Comment | None]]:
        wanted = {at: (self._nearest(at), self._against(at)) for at in shown}
        every = sorted({place for pair in wanted.values() for places in pair for place in places.tolist()})
        comments = self._searcher.comments(self._choice, self._at[np.array(every, dtype=np.intp)], self._smallest_base)
        at_place = dict(zip(every, comments, strict=True))
        return {
            at: (
                tuple(_chosen([at_place[place] for place in near.tolist()], TYPICAL)),
                next(iter(_chosen([at_place[place] for place in other.tolist()], 1)), None),
            )
            for at, (near, other) in wanted.items()
        }

    def _nearest(self, at: int) -> npt.NDArray[np.intp]:
        """Places of the comments of a theme that are nearest to its middle."""
        mine = np.flatnonzero(self._label == at)
        return mine[np.argsort(-self._near[mine, at], kind="stable")][:ASKED_FOR]

    def _against(self, at: int) -> npt.NDArray[np.intp]:
        """Places of comments near the theme that sound the other way."""
        other = OPPOSITE[self._themes[at].side]
        near = np.flatnonzero((self._sides == other) & (self._near[:, at] >= NEAR))
        return near[np.argsort(-self._near[near, at], kind="stable")][:ASKED_FOR]


def _chosen(comments: Sequence[Comment], most: int) -> list[Comment]:
    """The first that read well: neither too short nor too long, no two alike; those that are not sensitive first."""
    fit = [each for each in comments if SHORTEST <= len(each.text.split()) <= LONGEST]
    kept: list[Comment] = []
    for each in sorted(fit or comments, key=lambda comment: comment.sensitive):
        if len(kept) < most and not any(_like(each.text, other.text) for other in kept):
            kept.append(each)
    return kept


def _like(text: str, other: str) -> bool:
    one, two = set(plain_words(text)), set(plain_words(other))
    return len(one & two) > TOO_LIKE * max(min(len(one), len(two)), 1)
