"""The gap between what tenants tick and what they write: share satisfied less share of comments that speak well.

Both come from overlapping respondents, so the interval of the gap has their covariance in it, by linearisation
(docs/method/score-words.md). A positive gap: the words are worse than the score. The gap has no natural nought, because
of what was asked; each place is therefore also set against all the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.model import Comparison, Estimate, Group, Survey, Verdict
from analysis.model.fair import ScoreWords
from analysis.respect import GIVES_AWAY, TOO_FEW_STAFF
from analysis.survey.comparison import REST, contrast, judged_together
from analysis.survey.design import Floats, Sample, Whole, sample_of
from analysis.survey.estimates import FEWEST_TO_JUDGE, estimates_from, too_few, withheld
from analysis.survey.suppression import Rule, withheld_levels
from analysis.survey.tallies import NOT_RECORDED, Tally, added_up, in_reading_order

FEW_WROTE = "fewer than {} people commented"
COMMENTS = "comments about it"


@dataclass(frozen=True)
class _Rows:
    """Counted respondents of one measure as arrays: n alike, their stratum and weight, answer and comments."""

    n: Floats
    stratum: Whole
    w: Floats
    scored: Floats
    yes: Floats
    said: Floats  # comments that speak only well or only ill
    well: Floats
    place: Whole


def score_words(
    rows: pd.DataFrame,
    survey: Survey,
    by: str | None,
    fewest: Mapping[str, int],
    few_staffed: Collection[str] = (),
) -> tuple[ScoreWords, ...]:
    """The gap of every measure, of everyone or (``by``) of each place, by name; all of them judged as one family.

    ``rows`` as ``data.score_words`` counts them; ``survey`` for its strata; ``fewest``: answers, comments and people
    who commented that a gap of each measure needs to be shown. A place that too few people serve is withheld and, where
    the total would tell of it, the next smallest too.
    """
    sample = sample_of(replace(survey, calibration=None))  # weights as given: residuals on margins are left out
    strata = {str(name): at for at, name in enumerate(survey.strata["stratum"])}
    found: list[ScoreWords] = []
    for code, mine in rows.groupby("measure", sort=True):
        places = sorted(mine["place"].astype(str).unique(), key=in_reading_order)
        arrays = _arrays(mine, strata, places)
        found += _of_measure(str(code), arrays, sample, places, by, fewest[str(code)], few_staffed, mine)
    return _one_family(found)


def _arrays(rows: pd.DataFrame, strata: Mapping[str, int], places: Sequence[str]) -> _Rows:
    at = {place: number for number, place in enumerate(places)}
    well, ill = rows["well"].to_numpy(np.float64), rows["ill"].to_numpy(np.float64)
    scored = rows["scored"].fillna(0).to_numpy(np.float64)
    return _Rows(
        n=rows["n"].to_numpy(np.float64),
        stratum=np.asarray(rows["stratum"].astype(str).map(strata), dtype=np.int64),
        w=rows["weight"].to_numpy(np.float64),
        scored=scored,
        yes=rows["yes"].fillna(0).to_numpy(np.float64) * scored,
        said=well + ill,
        well=well,
        place=np.asarray(rows["place"].astype(str).map(at), dtype=np.int64),
    )


def _of_measure(
    code: str,
    rows: _Rows,
    sample: Sample,
    places: Sequence[str],
    by: str | None,
    fewest: int,
    few_staffed: Collection[str],
    frame: pd.DataFrame,
) -> list[ScoreWords]:
    whole = _Both(rows, sample, np.ones(len(rows.n), dtype=bool))
    if by is None:
        both = int((frame["both_ways"] * frame["n"]).sum())
        return [_gap(code, (), whole, fewest, left_out=both)]
    each = [_Both(rows, sample, rows.place == at) for at in range(len(places))]
    hidden = _hidden(each, places, fewest, few_staffed)
    left_out = (frame["both_ways"] * frame["n"]).groupby(frame["place"].astype(str)).sum()
    found = []
    for at, name in enumerate(places):
        if name == NOT_RECORDED:
            continue
        rest = _Both(rows, sample, rows.place != at)
        group = ((by, name),)
        found.append(_gap(code, group, each[at], fewest, hidden[at], rest, int(left_out.get(name, 0))))
    return found


class _Both:
    """Share ticked and share written of some respondents: both estimates, and what linearisation needs of each."""

    def __init__(self, rows: _Rows, sample: Sample, inside: np.ndarray) -> None:
        self.sample, self.rows = sample, rows
        here = rows.n * inside
        self.people = int((here * (rows.said > 0)).sum())
        self.counts = [int((here * rows.well).sum()), int((here * (rows.said - rows.well)).sum())]
        self.answers = int((here * rows.scored).sum())
        self._here = here
        self.z_score = self._z(rows.yes, rows.scored)
        self.z_words = self._z(rows.well, rows.said)

    def _z(self, above: Floats, below: Floats) -> Floats:
        """What each row adds to a ratio of weighted totals: w (y - p x) / Σ w x inside, nought outside."""
        inside = self._here > 0
        whole = float((self._here * self.rows.w * below).sum())
        if whole <= 0:
            return np.zeros(len(self.rows.n))
        p = float((self._here * self.rows.w * above).sum()) / whole
        return np.where(inside, self.rows.w * (above - p * below) / whole, 0.0)

    def estimates(self, code: str, group: Group) -> tuple[Estimate, Estimate]:
        """The share satisfied, and the share of the comments that speak well; whatever their base."""
        rows = self.rows
        score = self._tally(rows.scored, rows.yes)
        words = self._tally(rows.said, rows.well)
        (ticked,) = estimates_from(score, self.sample, [(code, group)], 0)
        (written,) = estimates_from(words, self.sample, [(code, group)], 0, COMMENTS)
        return ticked, written

    def _tally(self, below: Floats, above: Floats) -> Tally:
        """One share in lines of strata, a cluster a respondent: ``below`` counts in the base, ``above`` as yes."""
        rows, strata = self.rows, len(self.sample.n)
        w = rows.w

        def total(values: Floats) -> Floats:
            return added_up(rows.stratum, self._here * values, strata)

        there = total((below > 0).astype(np.float64)) > 0
        return Tally(
            shares=1,
            share=np.zeros(int(there.sum()), dtype=np.int64),
            stratum=np.flatnonzero(there).astype(np.int64),
            n=total(below)[there],
            w=total(w * below)[there],
            ww=total((w * below) ** 2)[there],
            yes_n=total(above)[there],
            yes_w=total(w * above)[there],
            yes_ww=total(w**2 * below * above)[there],
            square_ww=total((w * above) ** 2)[there],
            units=total((below > 0).astype(np.float64))[there],
            alone_ww=total(w**2 * below)[there],
        )


def covariance(rows_n: Floats, stratum: Whole, sample: Sample, first: Floats, second: Floats) -> float:
    """Σ over strata of factor · (Σ z z' - Σ z Σ z' / n) for two linearised shares of the same respondents."""
    strata = len(sample.n)
    product, one, other = (added_up(stratum, rows_n * values, strata) for values in (first * second, first, second))
    return float((sample.factor * product - sample.centred * one * other).sum())


def _gap(
    code: str,
    group: Group,
    both: _Both,
    fewest: int,
    hidden: str | None = None,
    rest: _Both | None = None,
    left_out: int = 0,
) -> ScoreWords:
    score, words = both.estimates(code, group)
    why = hidden or _too_few(both, fewest)
    if why:
        gone = withheld(why, words.base, code, group)
        # The score stands on other pages; beside words that may not be told it would be no gap.
        return ScoreWords(
            code, group, score if score.base >= fewest else gone, gone, _not_judged(score, gone, why), None
        )
    rows, sample = both.rows, both.sample
    common = covariance(rows.n, rows.stratum, sample, both.z_score, both.z_words)
    gap = _named(contrast(words, score, common, FEWEST_TO_JUDGE))
    usual = None if rest is None or _too_few(rest, fewest) else _against(gap, both, rest, code)
    return ScoreWords(code, group, score, words, gap, usual, left_out)


def _named(gap: Comparison) -> Comparison:
    """The verdict's reason in words of this gap."""
    if gap.verdict is Verdict.REAL:
        way = "worse" if (gap.difference or 0) > 0 else "better"
        return replace(gap, why=f"The words are {way} than the score by more than chance alone would give.")
    if gap.verdict is Verdict.CHANCE:
        return replace(gap, why="A gap of this size could come from who happened to answer and to write.")
    return replace(gap, why=f"Fewer than {FEWEST_TO_JUDGE} answers or comments.")


def _against(gap: Comparison, here: _Both, rest: _Both, code: str) -> Comparison:
    """The gap of a place (after) against that of all the others (before)."""
    score, words = rest.estimates(code, (("", REST),))
    rows, sample = here.rows, here.sample
    common = covariance(rows.n, rows.stratum, sample, rest.z_score, rest.z_words)
    other = contrast(words, score, common, FEWEST_TO_JUDGE)
    mine, theirs = here.z_score - here.z_words, rest.z_score - rest.z_words
    both = [_as_estimate(each, z, here) for each, z in ((other, theirs), (gap, mine))]
    between = covariance(rows.n, rows.stratum, sample, mine, theirs)
    return contrast(both[0], both[1], between, FEWEST_TO_JUDGE)


def _as_estimate(gap: Comparison, z: Floats, of: _Both) -> Estimate:
    """A gap as a figure of its own, so that two can be compared: its base the smaller of answers and comments."""
    base = min(gap.before.base, gap.after.base)
    se = max(covariance(of.rows.n, of.rows.stratum, of.sample, z, z), 0.0) ** 0.5
    if gap.difference is None:
        return withheld(gap.why.rstrip("."), base, gap.after.measure, gap.after.group)
    group = gap.after.group
    return Estimate(gap.difference, gap.low, gap.high, base, se, measure=gap.after.measure, group=group)


def _not_judged(score: Estimate, words: Estimate, why: str) -> Comparison:
    return Comparison(words, score, None, None, None, Verdict.TOO_FEW, f"{why[:1].upper()}{why[1:]}.")


def _too_few(both: _Both, fewest: int) -> str | None:
    comments = sum(both.counts)
    return (
        too_few(both.answers, fewest)
        or too_few(comments, fewest, COMMENTS)
        or (FEW_WROTE.format(fewest) if both.people < fewest else None)
    )


def _hidden(
    each: Sequence[_Both], places: Sequence[str], fewest: int, few_staffed: Collection[str]
) -> list[str | None]:
    """Why each place is withheld: too few staff or words; and the next smallest where the total would tell."""
    own = [
        TOO_FEW_STAFF if name in few_staffed else _too_few(of, fewest) for of, name in zip(each, places, strict=True)
    ]
    counts = np.array([of.counts for of in each], dtype=np.int64).reshape(-1, 2)
    gone = withheld_levels(counts, Rule(fewest, yes=0), also=np.array([why is not None for why in own], dtype=bool))
    return [why or (GIVES_AWAY if hide else None) for why, hide in zip(own, gone, strict=True)]


def _one_family(found: Sequence[ScoreWords]) -> tuple[ScoreWords, ...]:
    """Every gap judged as one of all; and every difference from the others as one of all those."""
    gaps = judged_together([each.gap for each in found])
    against = iter(judged_together([each.usual for each in found if each.usual is not None]))
    return tuple(
        replace(each, gap=gap, usual=None if each.usual is None else next(against))
        for each, gap in zip(found, gaps, strict=True)
    )
