"""The management measures of one landlord beside its peers': homes outstanding, places where one way is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.model import FLAGS, ManagementMeasure, ManagementPlace, PeerGroup, SectorYear
from analysis.sector.peers import FEWEST
from analysis.sector.standing import quartile_of
from analysis.survey.design import Floats

CONTEXT, LOW = "context", "low"  # as the register says which way is better
SAFETY = "BS"  # measures of safety checks


def management_places(
    year: SectorYear, landlord: str, tenure_group: str, among: PeerGroup, measures: Sequence[ManagementMeasure]
) -> tuple[ManagementPlace, ...]:
    """Every management measure of a landlord beside its peers', in the order of the register.

    Those of the tenure group, and those that count renters and shared owners together. They are counts of everything,
    so that a place has no sampling error; the numbers it rests on are told. Safety checks are told as homes
    outstanding: at most landlords none is, and a share rounded to 100.0 % hides some. Volumes of complaints and of
    anti-social behaviour have no place: few may mean that complaining is hard. Quartiles and places need 10 peers.
    """
    table = year.management
    mine = table[table.tenure_group.isin(("", tenure_group)) & table.landlord.isin(among.landlords)]
    rows = {str(code): found for code, found in mine.groupby("measure")}
    return tuple(
        _place(year.year, landlord, measure, rows[measure.code]) for measure in measures if measure.code in rows
    )


def _place(year: str, landlord: str, measure: ManagementMeasure, rows: pd.DataFrame) -> ManagementPlace:
    known, own = rows[rows.value.notna()], rows[rows.landlord == landlord]
    group = str(rows.tenure_group.iloc[0])
    found = ManagementPlace(landlord, group, measure.code, year, measure.better, measure.unit, len(known))
    if own.empty or np.isnan(own.value.iloc[0]):
        return replace(found, withheld=_why(own))
    row = own.iloc[0]
    found = replace(
        found,
        value=float(row.value),
        numerator=_number(row.numerator),
        denominator=_number(row.denominator),
        parts=_parts(row),
    )
    if measure.code.startswith(SAFETY):
        return _outstanding(found, known)
    return _beside(found, float(row.value), known.value.to_numpy(dtype=np.float64))


def _beside(found: ManagementPlace, own: float, values: Floats) -> ManagementPlace:
    """The figure beside the peers' quartiles, and its place among them where one way is better."""
    if len(values) < FEWEST:
        return found
    lower, median, upper = (float(each) for each in np.quantile(values, [0.25, 0.5, 0.75]))
    beside = replace(found, lower=lower, median=median, upper=upper)
    if found.better == CONTEXT:
        return beside
    ahead = values < own if found.better == LOW else values > own
    rank = 1 + int(ahead.sum())
    return replace(beside, rank=rank, tied=int((values == own).sum()), quartile=quartile_of(rank, len(values)))


def _outstanding(found: ManagementPlace, known: pd.DataFrame) -> ManagementPlace:
    left = known.denominator - known.numerator
    own = None if found.numerator is None or found.denominator is None else found.denominator - found.numerator
    return replace(found, outstanding=own, none_outstanding=int((left == 0).sum()))


def _why(own: pd.DataFrame) -> str:
    flag = "" if own.empty else str(own.flag.iloc[0])
    return FLAGS.get(flag, "no figure published")


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _parts(row: pd.Series) -> tuple[float, float] | None:
    """Answered in time without and with an extension, where both are given (CH02)."""
    without, extended = _number(row.without_extension), _number(row.with_extension)
    return None if without is None or extended is None else (without, extended)
