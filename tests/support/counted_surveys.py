"""Small surveys to count: a row a respondent, turned into cells as the store turns them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.model import Measure, Survey, Wave


def measure(code: str = "TP01", tenures: tuple[str, ...] = ("LCRA", "LCHO")) -> Measure:
    return Measure(code, code, "", (), (), False, None, None, tenures, "high", "2024/25", False, "test")


def wave(name: str = "2024/25", **methods: int) -> Wave:
    return Wave(name, date(2024, 9, 1), date(2024, 10, 31), name, methods=methods)


def counted(
    respondents: pd.DataFrame,
    measures: tuple[str, ...] = ("TP01",),
    dims: tuple[str, ...] = (),
    populations: dict[str, int] | None = None,
    tenure_group: str = "LCRA",
) -> Survey:
    """Respondents (columns: dimensions; stratum and weight, or one stratum of weight 1; measures) as a Survey."""
    rows = respondents.copy()
    rows["stratum"] = rows.get("stratum", "all")
    rows["w"] = rows.get("weight", 1.0)
    rows["ww"] = rows["w"] ** 2
    keys = [*dims, "stratum", "measure", "answer"]
    long = rows.melt([*dims, "stratum", "w", "ww"], list(measures), var_name="measure", value_name="answer")
    cells = long.groupby(keys, dropna=False).agg(n=("w", "size"), w=("w", "sum"), ww=("ww", "sum"))
    strata = rows.groupby("stratum").size().rename("n").reset_index()
    strata["population"] = strata["stratum"].map(populations or {}).astype("float64")
    return Survey(wave(), tenure_group, dims, cells.reset_index(), strata)
