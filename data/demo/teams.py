"""The invented teams who serve the estates, as they are staffed."""

from __future__ import annotations

import pandas as pd

from data.demo.landlord import DemoLandlord


def teams(landlord: DemoLandlord, homes: pd.DataFrame) -> pd.DataFrame:
    """Table ``teams``: a row per team; its estate is named where it serves only one."""
    dwellings = homes[homes["dwelling"].astype(bool)]["estate"].value_counts()
    rows = []
    for team in landlord.records.teams:
        served = int(dwellings.reindex(list(team.estates) or dwellings.index).fillna(0).sum())
        about = (team.officers, served, served / team.officers, team.vacancies, team.days_lost)
        rows.append((team.name, team.estates[0] if len(team.estates) == 1 else None, *about))
    columns = ["team", "estate", "officers", "homes", "homes_per_officer", "vacancies", "days_lost"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(0, "row", range(2, len(table) + 2))
    return table.assign(as_at=pd.Timestamp(landlord.records.taken["teams"]))
