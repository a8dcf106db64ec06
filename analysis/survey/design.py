"""How people came to answer: strata, clusters, how many there are in all, and weights that were raked.

What the variance of any share of a survey has in common, worked out once. Sources: Särndal, Swensson & Wretman 1992,
ch. 5; Deville & Särndal 1992 for raked weights, whose residuals on the margins vary less than the answers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import Calibration, Survey

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

ROUNDS = 10  # of R's rake
_NO_MARGIN = 1e-12  # a direction of the margins with less than this part of the largest is no direction at all


@dataclass(frozen=True)
class Sample:
    """Everybody who answered, whatever they answered: units of each stratum, and how many there are (nan: not known).

    Units are respondents or, where ``clusters`` says the stratum of each, clusters. ``raked`` is there where residuals
    on margins are to be taken.
    """

    n: Floats
    population: Floats
    clusters: Whole | None = None
    raked: Raked | None = None

    @property
    def sampled(self) -> Floats:
        """Fraction of each stratum that answered, 0 where its size is not known, never above 1."""
        known = np.where(np.isnan(self.population), np.inf, self.population)
        return np.minimum(self.n / known, 1.0)

    @property
    def factor(self) -> Floats:
        """What a stratum's sum of squares is multiplied by: (1-f) n/(n-1); (1-f) in a stratum of one unit."""
        return (1 - self.sampled) * np.where(self.n > 1, self.n / np.maximum(self.n - 1, 1), 1.0)

    @property
    def centred(self) -> Floats:
        """What a stratum's squared sum is multiplied by: factor ÷ n.

        Nought in a stratum of one unit: it is measured about the overall share and not about itself, which errs on the
        wide side instead of giving no variance at all.
        """
        return np.where(self.n > 1, self.factor / np.maximum(self.n, 1), 0.0)

    @property
    def lonely(self) -> npt.NDArray[np.bool_]:
        """Whether a stratum has a single unit, whose own spread cannot be known."""
        return self.n == 1


@dataclass(frozen=True)
class Raked:
    """What residuals on the margins need of everybody. P counts the levels of all margins.

    ``columns``: calibration cells × margins, the column of each cell's level. ``inverse``: P × P, takes Σ d x u to the
    slopes of u.
    ``spread``: P × P, Σ over units of factor · w² x x' (of a cluster: of its sums). ``whole``: strata × P, Σ w x.
    ``within``: clusters × P, Σ w x; None where units are respondents. ``levels`` is P. ``weighted``: d are the weights
    before raking, else 1.
    """

    columns: Whole
    inverse: Floats
    spread: Floats
    whole: Floats
    within: Floats | None = None
    weighted: bool = True

    @property
    def levels(self) -> int:
        return int(self.inverse.shape[0])


@dataclass(frozen=True)
class Units:
    """Everybody by stratum, calibration cell and (where there are clusters) cluster: n, Σw, Σw² and Σ of base weights.

    Arrays of one length. ``columns`` as in Raked.
    """

    columns: Whole
    stratum: Whole
    cell: Whole
    n: Floats
    w: Floats
    ww: Floats
    base: Floats
    cluster: Whole | None = None


def sample_of(survey: Survey, weighted: bool = True) -> Sample:
    """The sample behind a survey; where it was raked with what residuals need (``weighted`` as in with_residuals).

    A stratum with more answers than homes has a number of homes that cannot be relied on: it counts as not known, so
    that nobody is taken for a census by a slip of the pen.
    """
    n = survey.strata["n"].to_numpy(dtype=np.float64)
    population = pd.to_numeric(survey.strata["population"]).to_numpy(dtype=np.float64, na_value=np.nan)
    plain = Sample(n, np.where(n > population, np.nan, population))
    if survey.calibration is None:
        return plain
    return with_residuals(plain, _units(survey.calibration, survey.strata["stratum"].tolist()), weighted)


def with_residuals(sample: Sample, units: Units, weighted: bool = True) -> Sample:
    """The sample with what residuals on the margins need.

    ``weighted``: the residuals of a regression weighted by the weights before raking (the generalised regression
    estimator, R's ``calibrate``); else unweighted and margin by margin in ten rounds, as R's ``rake`` takes them, which
    comes within a millionth of the unweighted regression.
    """
    by = units.base if weighted else units.n
    size = int(units.columns.max(initial=-1)) + 1
    factor, products = sample.factor[units.stratum], _products(units, by, size)
    within = None
    if units.cluster is None or sample.clusters is None:
        spread = _products(units, units.ww * factor, size)
    else:
        within = _sums(units.cluster, units, size, len(sample.clusters))
        spread = within.T @ (within * sample.factor[sample.clusters][:, None])
    raked = Raked(
        columns=units.columns,
        inverse=_inverse(products) if weighted else _in_rounds(products, units.columns),
        spread=spread,
        whole=_sums(units.stratum, units, size, len(sample.n)),
        within=within,
        weighted=weighted,
    )
    return Sample(sample.n, sample.population, sample.clusters, raked)


def _inverse(products: Floats) -> Floats:
    """The pseudo-inverse: the levels of every margin add up to the same whole, so there is no plain one."""
    return np.asarray(np.linalg.pinv(products, rcond=_NO_MARGIN, hermitian=True), dtype=np.float64)


def _in_rounds(products: Floats, columns: Whole) -> Floats:
    """What takes products with the answers to slopes (on its right), margin after margin for ROUNDS rounds."""
    size = len(products)
    slopes, identity = np.zeros((size, size)), np.eye(size)
    margins = [np.unique(columns[:, margin]) for margin in range(columns.shape[1])]
    for _ in range(ROUNDS):
        for levels in margins:
            left = identity[levels] - products[levels] @ slopes
            slopes[levels] += left / np.diag(products)[levels, None]
    return slopes.T


def _products(units: Units, by: Floats, size: int) -> Floats:
    """Σ by · x x' over everybody: P × P."""
    found = np.zeros(size * size)
    for one in range(units.columns.shape[1]):
        for other in range(units.columns.shape[1]):
            place = units.columns[units.cell, one] * size + units.columns[units.cell, other]
            found += np.bincount(place, weights=by, minlength=size * size)
    return found.reshape(size, size)


def _sums(place: Whole, units: Units, size: int, places: int) -> Floats:
    """Σ w x at each place: places × P."""
    found = np.zeros(places * size)
    for margin in range(units.columns.shape[1]):
        at = place * size + units.columns[units.cell, margin]
        found += np.bincount(at, weights=units.w, minlength=places * size)
    return found.reshape(places, size)


def _units(calibration: Calibration, strata: list[str]) -> Units:
    """A survey's calibration as arrays; calibration cells are numbered by their place in its table of cells."""
    units = calibration.units
    stratum = pd.Index(strata).get_indexer(pd.Index(units["stratum"]))
    cell = calibration_cells(calibration, units["calibration"])
    if (stratum < 0).any():
        raise ValueError("The weights were made for strata that the survey does not have. Weigh it anew.")
    n, w, ww, base = (units[name].to_numpy(dtype=np.float64) for name in ("n", "w", "ww", "base"))
    return Units(_columns(calibration), stratum.astype(np.int64), cell, n, w, ww, base)


def calibration_cells(calibration: Calibration, numbers: pd.Series) -> Whole:
    """Where each calibration number stands in the calibration's table of cells.

    Raises ValueError for a number that is not there.
    """
    place = pd.Index(calibration.cells["calibration"]).get_indexer(pd.Index(numbers)).astype(np.int64)
    if (place < 0).any():
        raise ValueError("Some answers belong to no cell of the weighing. Weigh the survey anew.")
    return place


def _columns(calibration: Calibration) -> Whole:
    """The column of each calibration cell's level, numbered on from margin to margin."""
    columns, begun = [], 0
    for margin in calibration.weighing.margins:
        codes, levels = pd.factorize(calibration.cells[margin.variable])
        columns.append(codes.astype(np.int64) + begun)
        begun += len(levels)
    return np.stack(columns, axis=1)
