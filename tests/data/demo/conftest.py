"""The invented landlord's records, made once, and small landlords of the same make with other seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from data import demo

KEPT_ESTATES = {"Teacup Court", "Saltbox Quay", "Thimble Green", "Hopscotch Yard"}


@pytest.fixture(scope="module")
def landlord() -> demo.DemoLandlord:
    return demo.invented_landlord()


@pytest.fixture(scope="module")
def made(landlord) -> dict[str, pd.DataFrame]:
    return flat(demo.records(landlord))


def flat(files: Mapping[str, Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of every file by name."""
    return {name: table for tables in files.values() for name, table in tables.items()}


@pytest.fixture(scope="module")
def small(landlord) -> Callable[[int], demo.DemoLandlord]:
    """A landlord of four estates and 150 homes, drawn from a seed."""

    def drawn(seed: int) -> demo.DemoLandlord:
        estates = tuple(
            replace(estate, rented=30, owned=10 if estate.owned else 0)
            for estate in landlord.estates
            if estate.name in KEPT_ESTATES
        )
        waves = tuple(replace(wave, answers={"LCRA": 20, "LCHO": 5}) for wave in landlord.waves[-2:])
        asked = landlord.records
        records = replace(
            asked,
            homes=replace(asked.homes, leaseholders=8, garages=4, shops=1, became_shared_ownership=3, staircased=2),
            complaints=replace(asked.complaints, count=60, service_requests=4),
            contacts=replace(asked.contacts, count=80),
            repairs=replace(asked.repairs, count=300),
            hazards=replace(asked.hazards, count=40),
        )
        return replace(landlord, seed=seed, estates=estates, waves=waves, records=records)

    return drawn
