"""Who holds the invented tenancies, how they can be reached, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.draws import one_of
from data.demo.homes import TENANCY_LENGTH_SHARES, TENANCY_LENGTHS
from data.demo.landlord import DemoLandlord

# Days before the list of homes was made within which a tenancy of each length began: the bands' own edges.
BEGAN_WITHIN = {
    "Under 1 year": (20, 360),
    "1 to 2 years": (370, 1_090),
    "3 to 5 years": (1_100, 2_185),
    "6 to 10 years": (2_195, 4_010),
    "Over 10 years": (4_020, 13_500),
}


@dataclass(frozen=True)
class Tenancies:
    """The tenancy of each home of the list, in its order, and the one before; "" and NaT where there is none."""

    reference: np.ndarray
    began: pd.DatetimeIndex
    earlier: np.ndarray
    earlier_began: pd.DatetimeIndex
    earlier_ended: pd.DatetimeIndex

    def on(self, positions: np.ndarray, days: pd.DatetimeIndex) -> np.ndarray:
        """References of the tenancies that homes were let under on those days; None where they stood empty."""
        began, ended = self.began[positions], self.earlier_ended[positions]
        now = np.asarray(began <= days)
        then = np.asarray(self.earlier_began[positions] <= days) & np.asarray(days <= ended)
        found = np.where(now, self.reference[positions], np.where(then, self.earlier[positions], "")).astype(object)
        found[found == ""] = None
        return found


def tenancies(landlord: DemoLandlord, homes: pd.DataFrame, housing: pd.DataFrame) -> Tenancies:
    """The tenancies of every home: rented homes let within these years had an earlier one, empty ones no later."""
    random = landlord.stream("tenancies")
    people, as_of = landlord.records.people, pd.Timestamp(landlord.records.taken["homes"])
    lengths = np.concatenate(
        [
            housing["length"].to_numpy(dtype=object),
            random.choice(np.array(TENANCY_LENGTHS, dtype=object), len(homes) - len(housing), p=TENANCY_LENGTH_SHARES),
        ]
    )
    within = np.array([BEGAN_WITHIN[length] for length in lengths])
    began = as_of - pd.to_timedelta(random.integers(within[:, 0], within[:, 1], endpoint=True), unit="D")
    let = homes["occupied"].fillna(False).to_numpy(dtype=bool)
    between = random.integers(*people.days_between_tenancies, size=len(homes), endpoint=True)
    left = np.where(let, began - pd.to_timedelta(between, unit="D"), as_of - pd.to_timedelta(between, unit="D"))
    before = (homes["tenure_group"] == "LCRA").to_numpy() & (left > np.datetime64(landlord.records.starts))
    earlier_began = pd.DatetimeIndex(left) - pd.to_timedelta(random.integers(400, 4_000, size=len(homes)), unit="D")
    numbers = random.permutation(2 * len(homes)) + 100_001
    return Tenancies(
        reference=np.where(let, [f"T{n}" for n in numbers[: len(homes)]], ""),
        began=pd.DatetimeIndex(np.where(let, began, np.datetime64("NaT"))),
        earlier=np.where(before, [f"T{n}" for n in numbers[len(homes) :]], ""),
        earlier_began=pd.DatetimeIndex(np.where(before, earlier_began, np.datetime64("NaT"))),
        earlier_ended=pd.DatetimeIndex(np.where(before, left, np.datetime64("NaT"))),
    )


def people(landlord: DemoLandlord, homes: pd.DataFrame, held: Tenancies, housing: pd.DataFrame) -> pd.DataFrame:
    """Table ``people``: a row per tenant, joint tenants one each, of the tenancies begun when the file was made."""
    random, asked = landlord.stream("people"), landlord.records.people
    ages = np.concatenate([housing["age"].to_numpy(), random.integers(2, 6, size=len(homes) - len(housing))])
    table = _leads(homes, held, ages, random)
    table = table[table["start_day"] <= pd.Timestamp(landlord.records.taken["people"])].reset_index(drop=True)
    table["household_type"] = one_of(asked.household_types, len(table), random)
    two = random.random(len(table)) < asked.joint_rate / 0.45
    joint = two & table["household_type"].isin(("Couple without children", "Couple with children", "Adults sharing"))
    table["lead"] = True
    table = pd.concat([table, table[joint].assign(lead=False)]).sort_index(kind="stable").reset_index(drop=True)
    return _described(landlord, table, random)


def _leads(homes: pd.DataFrame, held: Tenancies, ages: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    """The first-named tenant of each tenancy, ended ones too, in the order of the homes."""
    now = pd.DataFrame({"at": np.arange(len(homes)), "tenancy_ref": held.reference, "start_day": held.began,
                        "end_day": pd.NaT, "age": ages})  # fmt: skip
    before = now.assign(tenancy_ref=held.earlier, start_day=held.earlier_began, end_day=held.earlier_ended)
    before["age"] = random.permutation(ages)
    both = pd.concat([before, now])
    both = both[both["tenancy_ref"] != ""].sort_values(["at", "start_day"], kind="stable")
    both["home_ref"] = homes["home"].to_numpy()[both["at"]]
    return both.drop(columns="at")


def _described(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """What is known of each person: how to reach them, what they asked for, what they do."""
    asked, n = landlord.records.people, len(table)
    age = table["age"].to_numpy(dtype=int)
    known = random.random(n) < asked.economic_status_known
    return pd.DataFrame(
        {
            "row": np.arange(2, n + 2),
            "reference": [f"P{number:06d}" for number in random.permutation(n) + 200_001],
            "tenancy_ref": table["tenancy_ref"],
            "home_ref": table["home_ref"],
            "start_day": table["start_day"],
            "end_day": table["end_day"],
            "lead": table["lead"],
            "age_band": np.array(landlord.ages.bands, dtype=object)[age],
            "household_type": table["household_type"],
            **{
                way: random.random(n) < np.array(shares)[age]
                for way, shares in (
                    ("email", asked.email_by_age),
                    ("mobile", asked.mobile_by_age),
                    ("portal", asked.portal_by_age),
                )
            },
            "preferred_channel": one_of(asked.preferred_channels, n, random),
            "language": one_of(asked.languages, n, random),
            "adjustment": random.random(n) < asked.adjustment_rate,
            "do_not_contact": random.random(n) < asked.do_not_contact_rate,
            "objects": random.random(n) < asked.objects_rate,
            "economic_status": pd.Series(one_of(asked.economic_statuses, n, random)).where(known, None),
            "length_of_tenancy": _length(table["start_day"], pd.Timestamp(landlord.records.taken["people"])),
        }
    )


def _length(began: pd.Series, as_at: pd.Timestamp) -> pd.Series:
    """The band of a tenancy's length on a day."""
    years = (as_at - began).dt.days / 365.25
    bands = pd.cut(years, [-np.inf, 1, 3, 6, 11, np.inf], right=False, labels=list(TENANCY_LENGTHS))
    return bands.astype(object)
