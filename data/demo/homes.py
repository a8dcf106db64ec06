"""The invented landlord's homes and who lives in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.landlord import DemoEstate, DemoLandlord

HOMES_IN_A_BLOCK = 24
TENANCY_LENGTHS = ("Under 1 year", "1 to 2 years", "3 to 5 years", "6 to 10 years", "Over 10 years")
TENANCY_LENGTH_SHARES = (0.07, 0.15, 0.21, 0.23, 0.34)


def homes(landlord: DemoLandlord) -> pd.DataFrame:
    """A row per home: where it is, its tenure, the age band of who answers there, and the mood place and age bring."""
    random = landlord.stream("homes")
    parts = [
        _homes_of(landlord, estate, group, random)
        for estate in landlord.estates
        for group in ("LCRA", "LCHO")
        if estate.homes(group)
    ]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "home", [f"INV{n:06d}" for n in range(1, len(table) + 1)])
    return table


def _homes_of(landlord: DemoLandlord, estate: DemoEstate, group: str, random: np.random.Generator) -> pd.DataFrame:
    n, ages = estate.homes(group), landlord.ages
    kind = "older" if estate.for_older_people and group == "LCRA" else group
    age = random.choice(len(ages.bands), size=n, p=ages.share[kind])
    tenures = landlord.tenures[kind]
    communal = random.random(n) < landlord.passes_filter[group]["communal"]
    return pd.DataFrame(
        {
            "tenure_group": group,
            "tenure": random.choice(list(tenures), size=n, p=list(tenures.values())),
            "estate": estate.name,
            "region": estate.region,
            "block": _blocks(estate.name, communal),
            "communal": communal,
            "age": age,
            "age_band": np.array(ages.bands)[age],
            "length": random.choice(TENANCY_LENGTHS, size=n, p=TENANCY_LENGTH_SHARES),
            "answers": np.array(ages.answers)[age],
            "mood": estate.mood + np.array(ages.mood)[age],
        }
    )


def _blocks(estate: str, communal: np.ndarray) -> list[str | None]:
    """Homes with communal areas stand in numbered blocks; the others are houses."""
    number = (np.cumsum(communal) - 1) // HOMES_IN_A_BLOCK + 1
    return [f"{estate} block {n}" if inside else None for n, inside in zip(number, communal, strict=True)]
