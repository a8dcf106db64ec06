"""Funnel: many shares of different size against limits that allow for chance and for how far units differ anyway.

Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, additive model on the arcsine scale with winsorised z.
Reproduces FunnelPlotR's dispersion (docs/method/funnel.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from analysis.model import Funnel, FunnelPoint
from analysis.survey.design import Floats

LEVEL = 0.998
WINSORISED = 0.1  # of the z at either end


def funnel(names: Sequence[str], yes: Floats, n: Floats, target: float | None = None, level: float = LEVEL) -> Funnel:
    """Where each unit lies against the target (all together, unless given) and limits of this level.

    Limits are sin²(arcsin √target ± z √(1/4n + τ²)). Raises ValueError for no units, or one without answers.
    """
    if not len(n) or (n <= 0).any():
        raise ValueError("A funnel needs units, each with at least one answer.")
    aim = float(yes.sum() / n.sum()) if target is None else target
    z = scores(yes, n, aim)
    phi, tau = dispersion(z, n)
    quantile = NormalDist().inv_cdf((1 + level) / 2)
    centre = np.arcsin(np.sqrt(aim))
    reach = quantile * np.sqrt(1 / (4 * n) + tau**2)
    low, high = (np.sin(np.clip(centre + side * reach, 0, np.pi / 2)) ** 2 for side in (-1, 1))
    share = yes / n
    outside = (share > high).astype(int) - (share < low).astype(int)
    plain = quantile * np.sqrt(1 / (4 * n))
    beyond = np.abs(np.arcsin(np.sqrt(share)) - centre) > plain
    rows = zip(names, *(each.tolist() for each in (n, share, low, high, z, outside)), strict=True)
    points = tuple(FunnelPoint(*row) for row in rows)
    return Funnel(aim, phi, tau, level, points, int(np.abs(outside).sum()), int(beyond.sum()))


def scores(yes: Floats, n: Floats, target: float) -> Floats:
    """How far each share lies from the target in standard errors, on the arcsine scale: 2√n (arcsin √p - arcsin √t)."""
    found: Floats = (np.arcsin(np.sqrt(yes / n)) - np.arcsin(np.sqrt(target))) * 2 * np.sqrt(n)
    return found


def dispersion(z: Floats, n: Floats) -> tuple[float, float]:
    """φ = mean of squared winsorised z, and τ, the standard deviation between units (0 where φ is no more than chance).

    τ² = (kφ - (k-1)) / (Σw - Σw²/Σw), w = 4n.
    """
    k = len(z)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = float((np.clip(z, low, high) ** 2).mean())
    w = 4 * n
    below = w.sum() - (w**2).sum() / w.sum()
    if k * phi < k - 1 or below <= 0:
        return phi, 0.0
    return phi, float(np.sqrt((k * phi - (k - 1)) / below))
