"""Which invented home a record is about, and how the record names it: exactly, nearly, by another key or not at all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.landlord import DemoLandlord
from data.demo.tenancies import Tenancies

RENTED, SURVEYED, ANY = "rented", "surveyed", "any"  # which dwellings a record can be about
UNNAMED = ("unknown", "unnamed")  # ways of naming that lead to no home


class Places:
    """The dwellings of the list of homes, drawn estate by estate."""

    def __init__(self, landlord: DemoLandlord, homes: pd.DataFrame, held: Tenancies) -> None:
        self.landlord, self.homes, self.held = landlord, homes, held
        self.estates = [estate.name for estate in landlord.estates]
        code = homes["estate"].map({name: n for n, name in enumerate(self.estates)}).to_numpy()
        dwelling, group = homes["dwelling"].to_numpy(dtype=bool), homes["tenure_group"].to_numpy()
        mixed = landlord.stream("places").permutation(len(homes))  # so that houses and flats share the busy homes
        self._of: dict[str, list[np.ndarray]] = {}
        for kind, fits in (
            (RENTED, dwelling & (group == "LCRA")),
            (SURVEYED, dwelling & (group != "outside")),
            (ANY, dwelling),
        ):
            self._of[kind] = [mixed[(fits & (code == n))[mixed]] for n in range(len(self.estates))]

    def drawn(self, kind: str, rates: np.ndarray, random: np.random.Generator, again: float = 1.0) -> np.ndarray:
        """A position on the list of homes for each row of ``rates`` (a column per estate, for one home).

        ``again`` above 1 makes some homes turn up oftener than others.
        """
        counts = np.array([len(those) for those in self._of[kind]])
        upto = np.cumsum(rates * counts, axis=1)
        estate = (upto < (random.random(len(rates)) * upto[:, -1])[:, None]).sum(axis=1)
        within = (random.random(len(rates)) ** again * counts[estate]).astype(int)
        flat = np.concatenate(self._of[kind])
        return np.asarray(flat[np.concatenate([[0], np.cumsum(counts)[:-1]])[estate] + within])

    def estate(self, positions: np.ndarray) -> pd.Series:
        """The estates of these homes."""
        return self.homes["estate"].iloc[positions].reset_index(drop=True)

    def named(self, positions: np.ndarray, days: pd.DatetimeIndex, random: np.random.Generator) -> pd.DataFrame:
        """Columns tenancy_ref, home_ref, uprn_ref, address_key, estate, tenure and tenure_group, as a record has them.

        Tenure is named only where the home is not.
        """
        shares = self.landlord.records.references
        way = random.choice(list(shares), size=len(positions), p=np.array(list(shares.values())) / sum(shares.values()))
        homes = self.homes.iloc[positions].reset_index(drop=True)
        tenancy = self.held.on(positions, days)
        # A home that stood empty has no tenancy to be named by.
        way = np.where((way == "tenancy") & (tenancy == None), "exact", way)  # noqa: E711 - compares element by element
        home, no_home = homes["home"], pd.Series(np.isin(way, UNNAMED))
        lost = pd.Series([f"OLD/{n}" for n in random.integers(1_000, 9_999, size=len(way))])
        own = home.where(way == "exact", None)
        own = own.mask(way == "lower_case", home.str.lower())
        own = own.mask(way == "spaced", home.str[:3] + " " + home.str[3:]).mask(way == "unknown", lost)
        return pd.DataFrame(
            {
                "tenancy_ref": pd.Series(tenancy, dtype=object).where(way == "tenancy", None),
                "home_ref": own,
                "uprn_ref": homes["uprn"].where(way == "uprn", None),
                "address_key": homes["address_key"].where(way == "address", None),
                "estate": homes["estate"],
                "tenure": homes["tenure"].where(no_home, None),
                "tenure_group": homes["tenure_group"].where(no_home, None),
            }
        )
