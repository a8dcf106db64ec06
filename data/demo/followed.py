"""Invented contacts that a complaint of the same household followed within a few days: most landlords offer some."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.complaints import RENTERS
from data.demo.landlord import DemoLandlord

WHERE = ("tenancy_ref", "home_ref", "uprn_ref", "address_key", "estate", "tenure", "tenure_group")
SOON = 8  # working days: well within the ten in which a complaint counts as offered


def followed(landlord: DemoLandlord, contacts: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """The contacts, some of those in words made by a household that complained soon after."""
    random = landlord.stream("followed")
    first = complaints[_may_follow(complaints)].sort_values("made")
    if first.empty:
        return contacts
    day, made = _days(contacts["day"]), _days(first["made"])
    begin = np.searchsorted(made, day)
    end = np.searchsorted(made, np.busday_offset(day, SOON, roll="forward"), side="right")
    pick = begin + (random.random(len(contacts)) * (end - begin)).astype(int)
    wanted = (random.random(len(contacts)) < landlord.records.contacts.followed) & contacts["text"].notna().to_numpy()
    chosen = first.iloc[np.minimum(pick, len(first) - 1)]
    at = np.flatnonzero(wanted & (pick < end))
    moved = contacts.copy()
    for column in WHERE:
        cells = contacts[column].to_numpy(copy=True)
        cells[at] = chosen[column].to_numpy()[at]
        moved[column] = pd.Series(cells, contacts.index, contacts[column].dtype)
    return moved


def _may_follow(complaints: pd.DataFrame) -> pd.Series:
    """First complaints of renters, who may have said any of the texts."""
    mine = (complaints["stage"] == 1) & (complaints["record_type"] == "complaint")
    return mine & complaints["category"].isin(RENTERS)


def _days(days: pd.Series) -> np.ndarray:
    return days.to_numpy().astype("datetime64[D]")
