"""What every table of records draws: one of several by their shares, working days, days later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

WINTER = (1.25, 1.2, 1.1, 0.95, 0.85, 0.8, 0.85, 0.85, 0.95, 1.05, 1.15, 1.1)  # how busy each month is, January first


def one_of(shares: Mapping[str, float], n: int, random: np.random.Generator) -> np.ndarray:
    """So many names, each as often as its share says."""
    return random.choice(np.array(list(shares), dtype=object), size=n, p=list(shares.values()))


def days_between(first: date, last: date, n: int, random: np.random.Generator) -> pd.DatetimeIndex:
    """So many working days in order, more of them in winter; both ends may be among them."""
    days = pd.bdate_range(first, last)
    busy = np.array(WINTER)[days.month - 1]
    return pd.DatetimeIndex(np.sort(random.choice(days.to_numpy(), size=n, p=busy / busy.sum())))


def working_days_later(days: pd.Series, later: np.ndarray) -> pd.Series:
    """So many Mondays to Fridays later. Bank holidays are worked, which only ever makes an answer sooner."""
    moved = np.busday_offset(days.to_numpy().astype("datetime64[D]"), later, roll="forward")
    return pd.Series(moved).astype("datetime64[s]")
