"""Who was asked in each invented survey, and what became of it: the only place that knows who answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.landlord import DemoLandlord, DemoWave
from data.demo.responses import who_answers
from data.demo.tenancies import Tenancies


def issued_sample(landlord: DemoLandlord, homes: pd.DataFrame, held: Tenancies, housing: pd.DataFrame) -> pd.DataFrame:
    """Table ``sample``: a row per home asked in each wave, as many of them complete as the survey has answers."""
    parts = [
        _of_group(landlord, wave, homes, held, housing, group) for wave in landlord.waves for group in wave.answers
    ]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "row", np.arange(2, len(table) + 2))
    return table


def _of_group(
    landlord: DemoLandlord, wave: DemoWave, homes: pd.DataFrame, held: Tenancies, housing: pd.DataFrame, group: str
) -> pd.DataFrame:
    asked, random = landlord.records.sample, landlord.stream("issued", wave.name, group)
    answered = who_answers(landlord, wave, housing[housing["tenure_group"] == group], group)
    of_group = np.flatnonzero(housing["tenure_group"] == group)
    complete, others = of_group[answered.index], np.setdiff1d(of_group, of_group[answered.index])
    silent = min(len(others), round(len(complete) / asked.response_rate[group]) - len(complete))
    at = np.concatenate([complete, random.choice(others, size=silent, replace=False)])
    methods = random.choice(list(wave.methods[group]), size=silent, p=list(wave.methods[group].values()))
    outcome = np.concatenate(
        [
            np.full(len(complete), "complete", dtype=object),
            random.choice(np.array(list(asked.outcomes), dtype=object), silent, p=list(asked.outcomes.values())),
        ]
    )
    attempts = random.integers(1, asked.most_attempts, size=len(at), endpoint=True)
    there = homes.iloc[at].reset_index(drop=True)
    days = pd.DatetimeIndex(np.full(len(at), np.datetime64(wave.fieldwork_from)))
    table = pd.DataFrame(
        {
            "wave": wave.name,
            "reference": "",
            "tenancy_ref": held.on(at, days),
            "home_ref": there["home"],
            "tenure": there["tenure"],
            "tenure_group": group,
            "estate": there["estate"],
            "stratum": group,
            "method": np.concatenate([answered["method"].to_numpy(dtype=object), methods]),
            # Whoever was never reached was tried as often as was allowed.
            "attempts": np.where(outcome == "no reply", asked.most_attempts, attempts),
            "outcome": outcome,
            "outcome_given": pd.Series(outcome).map(dict(asked.given)),
        }
    )
    table = table.iloc[random.permutation(len(table))].reset_index(drop=True)
    table["reference"] = [f"{wave.reporting_year[2:4]}{group[-2:]}{n:05d}" for n in range(1, len(table) + 1)]
    return table
