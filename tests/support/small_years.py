"""Surveys of several years in one small store, each changed by a few lines of SQL of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from small_survey import small_incoming

from data.generation import Generation
from data.store import Store

TODAY = datetime(2026, 11, 29, 12, tzinfo=UTC)  # after every year here
ESTATES = ("Ash Court", "Beech Row")
BY_METHOD = "insert into dimensions values ('method', 'How they answered', 'Method', false)"
SHARED_OWNERS = "update responses set tenure_group = 'LCHO', tenure = 'Shared ownership', stratum = 'LCHO' where"


def surveys(
    folder: Path,
    waves: Mapping[str, Sequence[str]],
    answers: int = 200,
    estates: Sequence[str] = ESTATES,
) -> Generation:
    """A published survey for each year named ("2024": of May and June 2024), changed by its own lines of SQL."""
    store, generation = Store(folder, "real"), None
    for number, (name, changes) in enumerate(waves.items()):
        if generation is not None:
            generation.close()
        incoming = small_incoming(name, answers, tuple(estates), name=f"{name}.csv", sha256=str(number) * 64)
        year = int(name[:4])
        for change in (
            f"update responses set date = date '{year}-05-01'",
            f"update waves set fieldwork_from = date '{year}-05-01', fieldwork_to = date '{year}-06-30', "
            f'reporting_year = \'{year}/{(year + 1) % 100:02d}\', "population_LCRA" = 4000, "population_LCHO" = 400',
            "update strata set population = 4000",
            f"insert into strata values ('{name}', 'LCHO', 'LCHO', 400)",
            *changes,
        ):
            incoming.connection.execute(change)
        generation = store.publish(incoming)
    assert generation is not None
    return generation
