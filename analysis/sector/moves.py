"""Did it move? Every landlord's measures in two years, with the noise of its own counts and the four verdicts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.model import Move, SectorYear, Verdict
from analysis.sector.peers import mix_of
from analysis.sector.standing import part_answered, share_worth
from analysis.survey.comparison import LARGEST_SHIFT_TENTHS, OUR_RULE, p_value
from analysis.survey.design import Floats
from analysis.survey.estimates import FEWEST_TO_JUDGE
from analysis.survey.intervals import mover, wilson

LEVEL = 0.95
EXACT = 1e-9  # so that exactly 10 points is not "more than 10" by a rounding error


def moves(before: SectorYear, after: SectorYear, pairs: Mapping[str, str], tenure_group: str) -> tuple[Move, ...]:
    """Every measure of every landlord that both years have a figure of, by landlord and measure.

    ``pairs`` says which landlord of the earlier year each of the later one was. Each is judged by itself: too few to
    say (under 30 answers in either year), asked differently (a method's share of the responses moved by more than 10
    points: our house rule), real change exactly where the interval of the difference leaves out nought. ``why`` also
    tells what cannot be ruled out: how people were asked is not given, or answers were weighted in one year only.
    """
    old, new = _known(before, tenure_group), _known(after, tenure_group)
    old = old.rename(columns={"landlord": "was"})
    new = new.assign(was=new.landlord.map(dict(pairs)))
    both = new.merge(old, on=["was", "measure"], suffixes=("", "_before"))
    answered = (
        _parts(before, tenure_group, both.was),
        _parts(after, tenure_group, both.landlord),
    )
    first = _ends(both.share_before, both.base_before, answered[0])
    second = _ends(both.share, both.base, answered[1])
    difference, low, high = mover(second, first)
    asked = {code: _asked(before, after, pairs[code], code, tenure_group) for code in both.landlord.unique()}
    found = zip(difference.tolist(), low.tolist(), high.tolist(), strict=True)
    rows = zip(both.to_dict("records"), found, strict=True)
    return tuple(_move(tenure_group, row, ends, asked[row["landlord"]]) for row, ends in rows)


def shift(before: SectorYear, after: SectorYear, was: str, now: str, tenure_group: str) -> tuple[str, float] | None:
    """The method whose share of the responses moved most, and by how much; None where a mix is not given."""
    one, other = (mix_of(year.surveys[code, tenure_group]) for year, code in ((before, was), (after, now)))
    if not one or not other:
        return None
    most = max(one, key=lambda method: abs(other[method] - one[method]))
    return most, other[most] - one[most]


@dataclass(frozen=True)
class _Asked:
    """How two years of one landlord were asked: the method that moved most, and what may lie behind a move besides."""

    shifted: tuple[str, float] | None
    besides: str


def _asked(before: SectorYear, after: SectorYear, was: str, now: str, tenure_group: str) -> _Asked:
    shifted = shift(before, after, was, now, tenure_group)
    besides = "" if shifted else ". How people were asked is not published for both years, so that cannot be ruled out"
    one, other = before.surveys[was, tenure_group].weighted, after.surveys[now, tenure_group].weighted
    if one is not None and other is not None and one != other:
        year = before.year if one else after.year
        besides += f". Answers were weighted in {year} only, which alone may move a share"
    return _Asked(shifted, besides)


def _known(year: SectorYear, tenure_group: str) -> pd.DataFrame:
    table = year.measures
    mine = table[(table.tenure_group == tenure_group) & table.share.notna() & (table.base > 0)]
    return mine[["landlord", "measure", "share", "base"]]


def _parts(year: SectorYear, tenure_group: str, codes: pd.Series) -> Floats:
    found = {code: part_answered(year.surveys[code, tenure_group]) for code in codes.unique()}
    return codes.map(found).to_numpy(dtype=np.float64)


def _ends(share: pd.Series, base: pd.Series, answered: Floats) -> tuple[Floats, Floats, Floats]:
    """Each share with the ends of its interval."""
    p, n = share.to_numpy(dtype=np.float64), base.to_numpy(dtype=np.float64)
    low, high = wilson(p, share_worth(n, answered), np.maximum(n - 1, 1), LEVEL)
    return p, np.minimum(low, p), np.maximum(high, p)


def _move(
    tenure_group: str,
    row: Mapping[Hashable, Any],
    ends: tuple[float, float, float],
    asked: _Asked,
) -> Move:
    verdict, why = _verdict(min(row["base_before"], row["base"]), ends, asked)
    told = (None, None, None) if verdict is Verdict.TOO_FEW else ends
    difference, low, high = told
    before, after = float(row["share_before"]), float(row["share"])
    return Move(row["landlord"], tenure_group, row["measure"], before, after, difference, low, high, verdict, why)


def _verdict(base: float, ends: tuple[float, float, float], asked: _Asked) -> tuple[Verdict, str]:
    shifted = asked.shifted
    if base < FEWEST_TO_JUDGE:
        return Verdict.TOO_FEW, f"fewer than {FEWEST_TO_JUDGE} answers in one of the years"
    if shifted is not None and abs(shifted[1]) * 10 > LARGEST_SHIFT_TENTHS + EXACT:
        way = "more" if shifted[1] > 0 else "fewer"
        how = shifted[0] if shifted[0].isupper() else shifted[0].lower()
        return Verdict.DIFFERENTLY, f"{way} answers came by {how} than the year before. {OUR_RULE}"
    if p_value(*ends) < 1 - LEVEL:
        return Verdict.REAL, f"larger than chance alone would give{asked.besides}"
    return Verdict.CHANCE, f"could come from who happened to answer{asked.besides}"
