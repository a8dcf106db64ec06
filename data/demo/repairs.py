"""The invented repairs: jobs with their targets, and when they were attended and done."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from data.demo.draws import days_between, one_of
from data.demo.landlord import DemoLandlord
from data.demo.places import RENTED, Places
from data.demo.stories import DAMP, pace, rates

LAST = [
    *("row", "reference", "raised", "due", "attended", "completed", "cancelled", "communal", "priority", "category"),
    *("tenancy_ref", "home_ref", "uprn_ref", "address_key", "estate", "text", "text_key"),
]


def repairs(landlord: DemoLandlord, places: Places) -> pd.DataFrame:
    """Table ``repairs``: a row per job up to the day the file was taken, in the order they were raised."""
    asked, random = landlord.records.repairs, landlord.stream("repairs")
    raised = days_between(landlord.records.starts, landlord.records.taken["repairs"], asked.count, random)
    category = one_of(asked.categories, len(raised), random)
    damp = category == DAMP
    often = rates(landlord, places.estates, asked.mood, raised, damp, heard=1.0)
    at = places.drawn(RENTED, often, random, asked.again)
    table = pd.concat(
        [
            pd.DataFrame(
                {"raised": raised, "category": category, "priority": one_of(asked.priorities, len(raised), random)}
            ),
            places.named(at, raised, random).drop(columns=["tenure", "tenure_group"]),
        ],
        axis=1,
    )
    table["cancelled"] = random.random(len(table)) < asked.cancelled
    table = _communal(landlord, table, places.homes["block"].iloc[at].reset_index(drop=True), random)
    table = _clocks(landlord, table, places.estate(at), random)
    table["reference"] = [f"W{1_000_000 + n}" for n in range(1, len(table) + 1)]
    table["row"] = np.arange(2, len(table) + 2)
    table["text"], table["text_key"] = None, None
    return table[LAST]


def _communal(
    landlord: DemoLandlord, table: pd.DataFrame, blocks: pd.Series, random: np.random.Generator
) -> pd.DataFrame:
    """Some jobs in blocks are communal: raised on the block, of nobody's home."""
    in_blocks = blocks.notna()
    share = landlord.records.repairs.communal / max(in_blocks.mean(), 1e-9)
    communal = in_blocks & (random.random(len(table)) < share) & (table["category"] != DAMP)
    table["communal"] = communal
    table["home_ref"] = table["home_ref"].mask(communal, blocks)
    for column in ("tenancy_ref", "uprn_ref", "address_key"):
        table[column] = table[column].mask(communal, None)
    return table


def _clocks(
    landlord: DemoLandlord, table: pd.DataFrame, estates: pd.Series, random: np.random.Generator
) -> pd.DataFrame:
    """Due, attended and done. Days taken are lognormal: half within the typical days, the stated share in time."""
    taken, n = pd.Timestamp(landlord.records.taken["repairs"]), len(table)
    target, typical, spread = (table["priority"].map(each).to_numpy(dtype=float) for each in _pace_of(landlord))
    days = typical * np.exp(spread * random.standard_normal(n))
    days *= pace(landlord, "repairs", estates, pd.DatetimeIndex(table["raised"]))
    completed = table["raised"] + pd.to_timedelta(np.ceil(days).clip(max=400), unit="D")
    again = random.random(n) < 0.22  # not put right the first time
    attended = table["raised"] + pd.to_timedelta(np.ceil(days * np.where(again, 0.6, 1.0)).clip(max=400), unit="D")
    gone = table["cancelled"]
    return table.assign(
        due=table["raised"] + pd.to_timedelta(target, unit="D"),
        attended=attended.mask(gone | (attended > taken)),
        completed=completed.mask(gone | (completed > taken)),
    )


def _pace_of(landlord: DemoLandlord) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """By priority: the target, the typical days, and the spread of their logarithm that brings the share in target."""
    asked = landlord.records.repairs
    spread = {
        name: float(np.log(asked.target_days[name] / asked.typical_days[name]) / ndtri(asked.in_target[name]))
        for name in asked.priorities
    }
    return {name: float(days) for name, days in asked.target_days.items()}, dict(asked.typical_days), spread
