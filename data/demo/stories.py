"""The stories inside the records: where and when something happens oftener, seldomer, quicker or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.demo.landlord import DemoLandlord

DAMP = "Damp and mould"


def damp_progress(landlord: DemoLandlord, days: pd.DatetimeIndex) -> np.ndarray:
    """How far the damp cluster has grown by each day: 0 until it began, 1 by the day the sample looks back from."""
    since, until = landlord.records.damp_cluster.since, landlord.records.as_of
    gone = (days - pd.Timestamp(since)).days.to_numpy() / (until - since).days
    return np.clip(gone, 0.0, 1.0)


def rates(
    landlord: DemoLandlord, estates: Sequence[str], mood: float, days: pd.DatetimeIndex, damp: np.ndarray, heard: float
) -> np.ndarray:
    """How often each estate has such a record, a row per record and a column per estate, for one home.

    ``mood`` is the log rate for one unit of the estate's mood, ``damp`` says which records are of damp, ``heard`` what
    is left of such records on the silent estate once it has fallen silent (1 is as usual).
    """
    records, moods = landlord.records, {estate.name: estate.mood for estate in landlord.estates}
    usual = np.exp(mood * np.array([moods[name] for name in estates]))
    table = np.tile(usual, (len(days), 1))
    for place, name in enumerate(estates):
        if name == records.damp_cluster.estate:
            table[:, place] *= 1 + damp * (records.damp_cluster.times - 1) * damp_progress(landlord, days)
        if name == records.silent_estate.estate:
            table[:, place] *= np.where(days >= pd.Timestamp(records.silent_estate.since), heard, 1.0)
    return table


def pace(landlord: DemoLandlord, table: str, estates: pd.Series, days: pd.DatetimeIndex) -> np.ndarray:
    """What the pilots did to the days each record of a table takes: 1 where nothing was tried or nothing came of it."""
    times = np.ones(len(days))
    for pilot in landlord.records.pilots:
        if pilot.table == table:
            tried = estates.isin(pilot.estates).to_numpy() & (days >= pd.Timestamp(pilot.since))
            times = np.where(tried, times * pilot.times, times)
    return times
