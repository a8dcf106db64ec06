"""The invented landlord's list of homes: those surveyed, leaseholders', garages and shops; and tenures that changed."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from data.demo.draws import one_of
from data.demo.landlord import DemoLandlord

COLUMNS = [
    *("row", "home", "uprn", "estate", "block", "tenure", "tenure_group", "property_type", "bedrooms", "area"),
    *("dwelling", "occupied", "address_key", "as_at"),
]
LEASEHOLD, RENT_TO_BUY, SHARED = "Leaseholder", "Intermediate rent", "Shared ownership"
FIRST_UPRN = 100_023_000_000


def home_list(landlord: DemoLandlord, housing: pd.DataFrame) -> pd.DataFrame:
    """Table ``homes``: a row per home, garage and shop; ``housing`` are the homes surveys are drawn from."""
    random = landlord.stream("home list")
    surveyed = housing.rename(columns={"region": "area"})[["home", "tenure_group", "tenure", "estate", "block", "area"]]
    table = pd.concat([surveyed, _others(landlord, surveyed, random)], ignore_index=True)
    table["dwelling"] = ~table["property_type"].isin(("Garage", "Shop"))
    table["property_type"], table["bedrooms"] = _built(landlord, table, random)
    rented = (table["tenure_group"] == "LCRA").to_numpy()
    empty = rented & (random.random(len(table)) < landlord.records.homes.void_rate)
    table["occupied"] = pd.Series(~empty, dtype="boolean").mask(~table["dwelling"])
    table["uprn"] = _uprns(landlord, table, random)
    table["address_key"] = _address_keys(table["estate"])
    table["row"] = np.arange(2, len(table) + 2)
    table["as_at"] = pd.Timestamp(landlord.records.taken["homes"])
    return table[COLUMNS]


def home_tenures(landlord: DemoLandlord, homes: pd.DataFrame) -> pd.DataFrame:
    """Table ``home_tenures``: what the tenure was before and since, for the homes where it changed."""
    random = landlord.stream("home tenures")
    made, asked = [], landlord.records.homes
    for tenure, count, before, group in (
        (SHARED, asked.became_shared_ownership, RENT_TO_BUY, "LCRA"),
        (LEASEHOLD, asked.staircased, SHARED, "LCHO"),
    ):
        those = homes[homes["tenure"] == tenure]
        chosen = those.iloc[random.permutation(len(those))[:count]]
        days = pd.bdate_range(landlord.records.starts, landlord.records.as_of)
        changed = pd.Series(days[random.integers(len(days), size=len(chosen))])
        homes_changed = chosen["home"].reset_index(drop=True)
        one_day = pd.Timedelta(days=1)
        now = chosen[["tenure", "tenure_group"]].reset_index(drop=True)
        made.append(pd.DataFrame({"home": homes_changed, "tenure": before, "tenure_group": group,
                                  "from_day": pd.NaT, "to_day": changed - one_day}))  # fmt: skip
        made.append(pd.DataFrame({"home": homes_changed, **now, "from_day": changed, "to_day": pd.NaT}))
    return pd.concat(made, ignore_index=True).sort_values(["home", "to_day"], ignore_index=True)


def _others(landlord: DemoLandlord, surveyed: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """What no survey asks: leaseholders' flats in the landlord's blocks, garages and shops."""
    asked = landlord.records.homes
    beside = surveyed.iloc[random.choice(len(surveyed), size=asked.leaseholders + asked.garages + asked.shops)]
    table = beside[["estate", "block", "area"]].reset_index(drop=True)
    kind = np.repeat(["Flat", "Garage", "Shop"], [asked.leaseholders, asked.garages, asked.shops])
    first = len(surveyed) + 1
    return table.assign(
        home=[f"INV{n:06d}" for n in range(first, first + len(table))],
        tenure_group="outside",
        tenure=pd.Series(kind).map({"Flat": LEASEHOLD, "Garage": "Garage", "Shop": "Commercial"}),
        block=table["block"].where(kind == "Flat", None),
        property_type=kind,
    )


def _built(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> tuple[pd.Series, pd.Series]:
    """Kind of building and number of bedrooms; garages and shops keep their kind and have none."""
    asked = landlord.records.homes
    inside = table["block"].notna().to_numpy()
    of_block, of_house = asked.types["block"], asked.types["house"]
    kinds = np.where(inside, one_of(of_block, len(table), random), one_of(of_house, len(table), random))
    of_block, of_house = asked.bedrooms["block"], asked.bedrooms["house"]
    rooms = np.where(inside, one_of(of_block, len(table), random), one_of(of_house, len(table), random))
    built = pd.Series(kinds).where(table["dwelling"], table["property_type"])
    return built, pd.Series(rooms).where(table["dwelling"], None)


def _uprns(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> pd.Series:
    """Invented numbers of twelve figures; some garages have none."""
    numbers = pd.Series([str(FIRST_UPRN + 7 * n) for n in range(len(table))], dtype=object)
    missing = (table["property_type"] == "Garage") & (
        random.random(len(table)) < landlord.records.homes.garage_uprn_missing
    )
    return numbers.where(~missing, None)


def _address_keys(estates: pd.Series) -> list[str]:
    """The address itself is never kept: only a digest of it."""
    number = estates.groupby(estates).cumcount() + 1
    addresses = (f"{n} {estate}".lower() for n, estate in zip(number, estates, strict=True))
    return [hashlib.md5(address.encode(), usedforsecurity=False).hexdigest() for address in addresses]
