"""What goes with an outcome: how much of its spread each measure accounts for, and which way. Never what causes it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.model import Driver, Drivers
from analysis.survey.design import Floats
from analysis.survey.estimates import SMALLEST_BASE, too_few
from analysis.survey.importance import LEVEL, NOTHING_LEFT, Weighed, weigh_up

if TYPE_CHECKING:
    from analysis.survey.ordinal import OrdinalModel

MOST_CANDIDATES = 15  # 2^15 subsets; above it the time doubles with each
FEWEST_RESPONDENTS, FEWEST_FOR_EACH = 100, 10  # whichever is more: that many, or that many for each candidate
LEAST_ANSWERING = 0.75  # of those who answered the outcome
REPLICATES, SEED = 500, 20261129

ALL_THE_SAME = "everyone gave the same answer"
EITHER_WAY = "with the other measures held still, its answers may go with this one either way"
NO_MORE_THAN_CHANCE = "its part may be no more than chance gives a measure that has nothing to do with this one"
NOT_SETTLED = "its direction could not be worked out: the model found no best fit"


def drivers(
    rows: pd.DataFrame,
    outcome: str,
    candidates: Sequence[str],
    weights: pd.Series | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    smallest_base: int = SMALLEST_BASE,
    least_answering: float = LEAST_ANSWERING,
) -> Drivers:
    """What goes with ``outcome`` among the respondents in ``rows``, most first, or why that is not told.

    ``rows``: a row a respondent with answers 5 (best) to 1; anything else is no answer. ``weights``: one above nought
    for each. Shares are LMG's (Lindeman, Merenda & Gold 1980: a driver's gain in R², averaged over every order of
    entering), beside Johnson's relative weights (2000), from one weighted correlation matrix of those who answered
    everything. Intervals of shares and ranks are of ``replicates`` bootstrap samples of respondents, each with its
    weight. Direction is from a proportional-odds model on all drivers; its intervals hold for all of them together
    (Benjamini & Hochberg 1995, Benjamini & Yekutieli 2005).

    A candidate stands in ``left_out``, with why, where fewer than ``least_answering`` of those who answered the
    outcome answered it, where it does not vary, or where the candidates before it say all it says. ``withheld`` where
    fewer than 100, 10 for each driver or ``smallest_base`` answered everything, or the outcome does not vary.
    Raises ValueError for a column that is not there, more than 15 candidates, or weights that are not above nought.
    """
    _check(rows, outcome, candidates, weights)
    answers = _answers(rows, [outcome, *candidates])
    answered = int(answers[outcome].notna().sum())
    why = too_few(answered, smallest_base) or (ALL_THE_SAME if answers[outcome].nunique() < 2 else None)
    if why:
        return Drivers(outcome, answered, answered, None, (), withheld=why)
    chosen, whole, left_out = _choose(answers, outcome, candidates, rows, least_answering)
    base = len(whole)
    why = _why_withheld(base, whole[outcome], chosen, outcome, smallest_base)
    if why:
        return Drivers(outcome, base, answered, None, (), MappingProxyType(left_out), why)
    counts = np.ones(base) if weights is None else weights.loc[whole.index].to_numpy(dtype=np.float64)
    found = weigh_up(whole[[*chosen, outcome]].to_numpy(), counts, replicates, seed)
    model = _direction(whole, outcome, chosen, counts)
    level = _level_for_all(model)
    told = _drivers(chosen, found, model, level, _chance(found.explained, counts))
    notes = tuple(_notes(outcome, base, answered, counts, replicates, len(chosen)))
    return Drivers(outcome, base, answered, found.explained, told, MappingProxyType(left_out), None, notes)


def _check(rows: pd.DataFrame, outcome: str, candidates: Sequence[str], weights: pd.Series | None) -> None:
    missing = [name for name in (outcome, *candidates) if name not in rows.columns]
    if missing:
        raise ValueError(f"There is no column {', '.join(missing)}. The columns are: {', '.join(map(str, rows))}.")
    if outcome in candidates or len(set(candidates)) != len(candidates):
        raise ValueError(f"Name {outcome} as the outcome only, and each candidate once.")
    if len(candidates) > MOST_CANDIDATES:
        raise ValueError(f"{len(candidates)} candidates are too many: choose up to {MOST_CANDIDATES}.")
    if weights is not None:
        held = weights.reindex(rows.index).to_numpy(dtype=np.float64)
        if not (np.isfinite(held).all() and (held > 0).all()):
            raise ValueError("Every respondent needs a weight above nought. Leave out the rows that have none.")


def _answers(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The five answers as numbers, anything else missing."""
    found = rows[columns].apply(pd.to_numeric).astype(np.float64)
    return found.where((found >= 1) & (found <= 5))


# ── Who and what is compared ─────────────────────────────────────────────────────────────────────


def _choose(
    answers: pd.DataFrame, outcome: str, candidates: Sequence[str], rows: pd.DataFrame, least: float
) -> tuple[list[str], pd.DataFrame, dict[str, str]]:
    """The candidates that can be set beside one another, the respondents who answered all, and why the rest are out."""
    asked = answers[answers[outcome].notna()]
    left_out = {}
    for name in candidates:
        if reason := _too_seldom(asked[name], rows.loc[asked.index, name], outcome, least):
            left_out[name] = reason
    while True:
        chosen = [name for name in candidates if name not in left_out]
        whole = asked[[outcome, *chosen]].dropna()
        says_nothing = _says_nothing(whole, chosen)
        if not says_nothing:
            return chosen, whole, left_out
        left_out |= says_nothing


def _too_seldom(answers: pd.Series, rows: pd.Series, outcome: str, least: float) -> str | None:
    said = float(answers.notna().mean())
    if said == 0:
        return f"nobody who answered {outcome} answered it"
    if said >= least:
        return None
    never = float((pd.to_numeric(rows) == -2).mean())
    because = ", since most others are not asked it" if never > (1 - said) / 2 else ""
    return f"only {said:.0%} of those who answered {outcome} answered it{because}"


def _says_nothing(whole: pd.DataFrame, chosen: list[str]) -> dict[str, str]:
    """The first candidate of these respondents that does not vary, or says only what those before it say, and why."""
    if len(whole) <= len(chosen) + 1:
        return {}
    same = {name: ALL_THE_SAME for name in chosen if whole[name].nunique() < 2}
    if same:
        return same
    standard = ((whole[chosen] - whole[chosen].mean()) / whole[chosen].std(ddof=0)).to_numpy()
    for place, name in enumerate(chosen):
        before = standard[:, :place]
        fitted = before @ np.linalg.lstsq(before, standard[:, place], rcond=None)[0] if place else 0.0
        if np.mean((standard[:, place] - fitted) ** 2) < NOTHING_LEFT:
            return {name: f"its answers follow from those to {_twin(standard, chosen, place)}"}
    return {}


def _twin(standard: Floats, chosen: list[str], place: int) -> str:
    """The earlier candidate that says exactly the same, or all of them."""
    alike = np.abs(standard[:, :place].T @ standard[:, place]) / len(standard)
    twins = [chosen[at] for at in range(place) if alike[at] > 1 - NOTHING_LEFT]
    return twins[0] if twins else ", ".join(chosen[:place])


def _why_withheld(base: int, outcome: pd.Series, chosen: list[str], named: str, smallest_base: int) -> str | None:
    if not chosen:
        return f"no measure can be set beside {named}"
    fewest = max(FEWEST_RESPONDENTS, FEWEST_FOR_EACH * len(chosen), smallest_base)
    if base < fewest:
        return f"fewer than {fewest} answered {named} and every measure beside it"
    return "everyone who answered every measure gave the same answer" if outcome.nunique() < 2 else None


# ── Which way, and whether it is proven ──────────────────────────────────────────────────────────


def _direction(whole: pd.DataFrame, outcome: str, chosen: list[str], counts: Floats) -> OrdinalModel:
    """The outcome's proportional-odds model on all drivers; weights that are all alike are none."""
    from analysis.survey.ordinal import ordinal  # statsmodels takes a second to load: not before it is needed

    return ordinal(whole[outcome], whole[chosen], weights=None if np.ptp(counts) == 0 else counts)


def _chance(explained: float, counts: Floats) -> float:
    """The share of R² that a driver with nothing to do with the outcome is expected to be given: (1-R²) / (n-1) / R².

    n is what the weighted answers are worth (Kish).
    """
    worth = counts.sum() ** 2 / (counts**2).sum()
    return math.inf if explained <= 0 else float((1 - explained) / (worth - 1) / explained)


def _level_for_all(model: OrdinalModel) -> float:
    """The level at which an interval leaves out nought exactly where Benjamini and Hochberg's p is at most 0.05."""
    from scipy.special import ndtr
    from scipy.stats import false_discovery_control

    if not model.settled:
        return LEVEL
    p = 2 * ndtr(-(model.coefficients / model.se).abs().to_numpy())
    found = int((false_discovery_control(p) <= 1 - LEVEL).sum())
    return 1 - (1 - LEVEL) * max(found, 1) / len(p)


def _drivers(chosen: list[str], found: Weighed, model: OrdinalModel, level: float, chance: float) -> tuple[Driver, ...]:
    told = []
    for place in np.argsort(found.rank).tolist():
        name = chosen[place]
        low, high = model.interval(name, level) if model.settled else (None, None)
        why = _why_not_proven(low, high, float(found.share_ends[0, place]), chance)
        told.append(
            Driver(
                measure=name,
                share=float(found.lmg[place]),
                low=float(found.share_ends[0, place]),
                high=float(found.share_ends[1, place]),
                johnson=float(found.johnson[place]),
                rank=int(found.rank[place]),
                rank_low=int(found.rank_ends[0, place]),
                rank_high=int(found.rank_ends[1, place]),
                direction=float(model.coefficients[name]) if model.settled else None,
                direction_low=low,
                direction_high=high,
                proven=not why,
                why=why,
            )
        )
    return tuple(told)


def _why_not_proven(low: float | None, high: float | None, share_low: float, chance: float) -> str:
    """Why a driver is not proven, or nothing: its direction must leave out nought and its share be above chance."""
    if low is None or high is None:
        return NOT_SETTLED
    if low <= 0 <= high:
        return EITHER_WAY
    return NO_MORE_THAN_CHANCE if share_low <= chance else ""


def _notes(outcome: str, base: int, answered: int, counts: Floats, replicates: int, k: int) -> Iterator[str]:
    yield "Answers going together does not say that one brings about the other: other things may lie behind both."
    if base < answered:
        yield (
            f"{base:,} of the {answered:,} who answered {outcome} answered every measure set beside it; the others are "
            "not in these figures."
        )
    yield (
        "A measure's part is its gain in R², averaged over every order of adding measures (LMG). Answers count as the "
        f"numbers 5 to 1. Ranges are of {replicates:,} bootstrap samples of the respondents."
    )
    yield (
        "Proven: with the other measures held still, the interval of its direction (proportional-odds model) leaves "
        f"out nought after allowing for {k} looked at together (Benjamini and Hochberg), and the low end of its part "
        "is more than chance gives an unrelated measure."
    )
    if np.ptp(counts) > 0:
        yield (
            "Weights are in every figure here; strata and the number of homes are not, so ranges err on the wide side."
        )
