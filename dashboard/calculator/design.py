"""Strata, clusters, populations and groups of the rows of a file."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from analysis.model import Group
from analysis.survey.design import Sample, Whole
from analysis.survey.tallies import NOT_RECORDED, added_up, in_reading_order
from dashboard.calculator.request import DataError, Request
from dashboard.calculator.rows import Rows
from dashboard.calculator.values import Value, meaning, meanings

Clusters = tuple[Whole, Whole]  # the cluster of each counted row, and the stratum of each cluster


def strata_of(request: Request, rows: Rows) -> tuple[Whole, Whole | None, Sample, list[str]]:
    """Stratum and (where there are any) cluster of each counted row, the sample they make, and the names of strata.

    Units are rows, or clusters. Raises DataError for an empty or doubtful stratum, cluster or population.
    """
    stratum, names = _named(request.strata, rows, "stratum")
    n, cluster, of = added_up(stratum, rows.n, len(names)), None, None
    if request.cluster is not None:
        cluster, of = _clusters(request.cluster, rows, stratum, names)
        n = np.bincount(of, minlength=len(names)).astype(np.float64)
    population = np.full(len(names), np.nan)
    if request.fpc is not None:
        units = "rows" if request.cluster is None else "clusters"
        sizes = _sizes(rows[request.fpc], stratum)
        population = np.array(
            [_population(request.fpc, sizes[h], int(n[h]), names[h], units) for h in range(len(names))]
        )
    return stratum, cluster, Sample(n, population, of), names


def groups_of(by: tuple[str, ...], rows: Rows) -> tuple[Whole, tuple[Group, ...]]:
    """The group of each counted row by one column or several, and the groups there are, in reading order."""
    if not by:
        return np.zeros(len(rows.n), dtype=np.int64), ((),)
    placed, levels = zip(*(levels_of(rows[name]) for name in by), strict=True)
    sizes = tuple(len(each) for each in levels)
    found, group = np.unique(np.ravel_multi_index(placed, sizes), return_inverse=True)
    combinations = zip(*np.unravel_index(found, sizes), strict=True)
    named = (tuple(each[at] for each, at in zip(levels, place, strict=True)) for place in combinations)
    return group.astype(np.int64), tuple(tuple(zip(by, each, strict=True)) for each in named)


def _named(column: str | None, rows: Rows, what: str) -> tuple[Whole, list[str]]:
    if column is None:
        return np.zeros(len(rows.n), dtype=np.int64), [""]
    if not all(rows[column].fillna("").str.strip()):
        raise DataError(f"'{column}' is empty in some rows. Every row needs its {what}.")
    said = rows[column].str.strip()  # a name, not a number: block 1.1 is not block 1.10
    names = sorted(said.unique(), key=in_reading_order)
    return pd.Index(names).get_indexer(pd.Index(said)).astype(np.int64), names


def _clusters(column: str, rows: Rows, stratum: Whole, strata: list[str]) -> Clusters:
    """Cluster of each row and stratum of each cluster. Raises DataError for a cluster in two strata."""
    cluster, names = _named(column, rows, "cluster")
    of = np.full(len(names), -1, dtype=np.int64)
    of[cluster] = stratum
    elsewhere = of[cluster] != stratum
    if elsewhere.any():
        name = names[int(cluster[np.argmax(elsewhere)])]
        raise DataError(
            f"Cluster '{name}' is in more than one stratum. Give clusters of different strata different names."
        )
    return cluster, of


def _sizes(column: pd.Series, stratum: Whole) -> dict[int, set[Value]]:
    """What the population column says in each stratum."""
    sizes: dict[int, set[Value]] = {}
    for place, size in zip(stratum.tolist(), meanings(column), strict=True):
        sizes.setdefault(place, set()).add(size)
    return sizes


def _population(column: str, sizes: set[Value], units: int, stratum: str, called: str) -> float:
    """The one size of a stratum. Raises DataError where it is not one number, or smaller than the stratum's units."""
    where = f" in stratum '{stratum}'" if stratum else ""
    texts = sorted(size for size in sizes if isinstance(size, str))
    numbers = sorted(size for size in sizes if isinstance(size, Decimal))
    if texts:
        what = f"'{texts[0]}'" if texts[0] else "empty"
        raise DataError(f"'{column}' is {what} in some rows{where}. Every row needs a number.")
    if len(numbers) > 1:
        listed = ", ".join(map(str, numbers[:3]))
        raise DataError(f"'{column}' differs{where}: {listed}. It is the size of the stratum, so the same on each row.")
    if numbers[0] < units:
        raise DataError(
            f"'{column}' is {numbers[0]}{where}, which has {units:,} {called}. It is how many sampling units there are "
            "in the population of the stratum, not a fraction."
        )
    return float(numbers[0])


def counted_together(name: str, rows: Rows) -> tuple[str, ...]:
    """A note where levels of a column are spelt in several ways that are one number: 1.1 and 1.10, 4 and 04."""
    texts = sorted({text for text in rows[name].dropna().str.strip() if text})
    spelt: dict[Value, list[str]] = {}
    for text in texts:
        spelt.setdefault(meaning(text), []).append(text)
    several = next((each for each in spelt.values() if len(each) > 1), None)
    if several is None:
        return ()
    listed = " and ".join(f"'{text}'" for text in several)
    return (f"In '{name}' {listed} are one number and so one level. If they are names, put a letter before them.",)


def levels_of(column: pd.Series) -> tuple[Whole, list[str]]:
    """Place of each cell's level, and the levels in order as they are spelt most shortly; empty is "not recorded"."""
    said = [value or NOT_RECORDED if isinstance(value, str) else value for value in meanings(column)]
    spelt: dict[Value, str] = {}
    for value, cell in zip(said, column, strict=True):
        text = NOT_RECORDED if value == NOT_RECORDED else cell.strip()
        spelt[value] = min(spelt.get(value, text), text, key=lambda each: (len(each), each))
    ordered = sorted(spelt, key=lambda value: in_reading_order(spelt[value]))
    place = {value: position for position, value in enumerate(ordered)}
    return np.array([place[value] for value in said], dtype=np.int64), [spelt[value] for value in ordered]
