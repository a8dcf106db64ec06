"""How long a year of the sector takes: run ``python bench/sector.py [WORKBOOK]``.

Import: a workbook of 355 invented landlords (or the one named) is read, every published figure computed anew, and the
year kept. The baseline only opens the same sheets with pandas.read_excel and the same reader of workbooks.
Then the standing of one landlord among all of them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pandas as pd
from sector_workbook import NEW, landlords, made, workbook

from analysis.model import SectorYear
from analysis.recount import recount
from analysis.sector.peers import peers
from analysis.sector.standing import standings
from data.sector import SectorYears, headlines
from data.sources.regulator import read_year

LANDLORDS, TURNS, BUDGET, STANDING = 355, 7, 2.0, 0.4  # the last two in seconds


def seconds(job: Callable[[], object]) -> float:
    """The median of several turns."""
    took = []
    for _ in range(TURNS):
        start = time.perf_counter()
        job()
        took.append(time.perf_counter() - start)
    return median(took)


def many_landlords() -> list:
    """The invented landlords over and over, each with a code and a name of its own."""
    few = landlords()
    return [
        replace(few[at % len(few)], code=f"L{at:04}", name=f"{few[at % len(few)].name} {at}") for at in range(LANDLORDS)
    ]


def bench_import(path: Path, folder: Path) -> bool:
    """Whether reading, checking and keeping a year stays within the budget; what it took is printed."""
    year = read_year(path)
    read = seconds(lambda: read_year(path))
    check = seconds(lambda: recount(year, headlines(year.year)))
    keep = seconds(lambda: SectorYears(folder).keep(year))
    load = seconds(lambda: SectorYears(folder).load(year.year))
    plain = seconds(lambda: pd.read_excel(path, sheet_name=None, header=None, engine="calamine"))
    whole = read + check + keep
    print(f"{path.name}: {len(year.landlords)} landlords, {len(year.surveys)} surveys, {len(year.measures)} results")
    print(f"  read {read:.3f} s, check {check:.3f} s, keep {keep:.3f} s; load again {load:.3f} s")
    ratio = f"{whole / plain:.1f} x pandas opening the sheets ({plain:.3f} s)"
    print(f"  import with checks {whole:.3f} s of {BUDGET} s, {ratio}")
    return whole <= BUDGET


def bench_standing(year: SectorYear) -> bool:
    """Whether the standing of one landlord on every measure among all stays within its time; printed with a ratio.

    The baseline ranks the published figures with pandas and knows of no uncertainty.
    """
    code = next(code for code, group in sorted(year.surveys) if group == "LCRA")
    every = peers(year, code, "LCRA", ())
    table = year.measures[year.measures.tenure_group == "LCRA"]
    ours = seconds(lambda: standings(year, code, "LCRA", every))
    plain = seconds(lambda: table.groupby("measure").share.rank(ascending=False))
    print(f"  standing on every measure among {len(every.landlords)} landlords, 2,000 draws: {1000 * ours:.0f} ms")
    ratio = f"{ours / plain:.0f} x pandas ranking the published figures ({1000 * plain:.1f} ms)"
    print(f"  goal {1000 * STANDING:.0f} ms; {ratio}")
    return ours <= STANDING


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else made(folder, NEW, workbook(NEW, many_landlords()))
        imported = bench_import(path, folder / "sector")
        return 0 if bench_standing(read_year(path)) and imported else 1


if __name__ == "__main__":
    sys.exit(main())
