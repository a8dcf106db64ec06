"""Small surveys to count: a row a respondent, turned into cells as the store turns them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.model import Calibration, Margin, Measure, Survey, Wave, Weighing


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
    margins: tuple[str, ...] = (),
) -> Survey:
    """Respondents (columns: dimensions; stratum and weight, or one stratum of weight 1; measures) as a Survey.

    With ``margins`` the weights are taken to have been raked to these columns from ``base_weight`` (or from 1).
    """
    rows = respondents.copy()
    rows["stratum"] = rows.get("stratum", "all")
    rows["w"] = rows.get("weight", 1.0)
    rows["ww"] = rows["w"] ** 2
    rows["base"] = rows.get("base_weight", 1.0)
    rows["calibration"] = rows.groupby(list(margins)).ngroup() if margins else 0
    raked = ["calibration"] if margins else []
    keys = [*dims, "stratum", *raked, "measure", "answer"]
    kept = [*dict.fromkeys([*dims, "stratum", "calibration", "w", "ww", "base"])]
    long = rows.melt(kept, list(measures), var_name="measure", value_name="answer")
    sums = {"n": ("w", "size"), "w": ("w", "sum"), "ww": ("ww", "sum"), "base": ("base", "sum")}
    cells = long.groupby(keys, dropna=False).agg(**sums).reset_index()
    strata = rows.groupby("stratum").size().rename("n").reset_index()
    strata["population"] = strata["stratum"].map(populations or {}).astype("float64")
    if not margins:
        return Survey(wave(), tenure_group, dims, cells.drop(columns="base"), strata)
    return Survey(wave(), tenure_group, dims, cells, strata, _calibration(rows, margins, sums))


def _calibration(rows: pd.DataFrame, margins: tuple[str, ...], sums: dict[str, tuple[str, str]]) -> Calibration:
    targets = [Margin(name, rows.groupby(name)["w"].sum().to_dict()) for name in margins]
    weighing = Weighing("2024/25", "LCRA", tuple(targets), len(rows), 1, True, 0.0, 1.0, float(len(rows)), 1.0, 1.0)
    return Calibration(
        weighing,
        cells=rows[["calibration", *margins]].drop_duplicates(),
        units=rows.groupby(["stratum", "calibration"]).agg(**sums).reset_index(),
    )
