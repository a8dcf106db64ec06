"""How the benchmarks take time: the median of a few turns. Not a benchmark itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def seconds(job: Callable[[], object], turns: int = 7) -> float:
    """Median seconds of a job."""
    taken = []
    for _ in range(turns):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return median(taken)
