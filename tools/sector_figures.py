"""Write the sector's quartiles that come with the program, from the regulator's own workbooks.

Run from the project's folder, naming every year's workbook: python -m tools.sector_figures 2024.xlsx 2025.xlsx
The same workbooks give the same bytes. What the file holds and whose it is: data/reference/sector/README.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from analysis.model import SectorFigures
from analysis.quartiles import quartiles_of
from data.sector import SHIPPED, write_figures
from data.sources.regulator import read_year


def figures_of(workbooks: Sequence[Path]) -> tuple[SectorFigures, ...]:
    """Quartiles of each year's landlords. Raises UnreadableFile for what is not the regulator's workbook."""
    return tuple(figures for path in workbooks for figures in quartiles_of(read_year(path)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the shipped file, or the one named with --to, from the workbooks named."""
    own = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    own.add_argument("workbooks", nargs="+", type=Path, help="the regulator's workbooks, one a year")
    own.add_argument("--to", type=Path, default=SHIPPED / "quartiles.csv", help="the file to write")
    said = own.parse_args(arguments)
    figures = figures_of(said.workbooks)
    write_figures(figures, said.to)
    years = ", ".join(sorted({held.year for held in figures}))
    print(f"{said.to}: {len(figures):,} rows of {years}.")


if __name__ == "__main__":
    main()
