"""Weighing a survey that is held: look before deciding, use, go back. The page and the command line share these."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.model import WHOLE_LANDLORD, Estimate, Margin, Measure, Question
from analysis.survey.estimates import shares
from analysis.survey.weighting import CannotWeigh
from dashboard import actions
from dashboard.answers import asked_measures
from data import weighing
from data.generation import Generation
from data.ledger import Ledger
from data.settings import Settings
from data.store import Store, StoreError
from data.weighing import LIST_OF_HOMES, TYPED, Characteristic, Prepared

USUAL = ("age_band", "tenure")  # chosen at first, where they may be used
USUAL_BOUNDS = (0.2, 5.0)


@dataclass(frozen=True)
class Effect:
    """One measure without weights, with the weights in use now, and with those prepared."""

    measure: Measure
    now: Estimate
    prepared: Estimate


def margins_for(found: Sequence[Characteristic], keys: Sequence[str]) -> tuple[Margin, ...]:
    """The margins of some characteristics, those counted in the list of homes first: others are scaled to its total.

    Raises CannotWeigh where one is not there or may not be used.
    """
    known = {each.key: each for each in found}
    for key in keys:
        if key not in known:
            raise CannotWeigh(f"Answers are not divided by '{key}'. They are by: {', '.join(known)}.")
    homes_first = sorted(keys, key=lambda key: not known[key].source.startswith(LIST_OF_HOMES))
    return tuple(weighing.proposal(known[key]) for key in homes_first)


def prepare(
    held: Generation,
    wave: str,
    tenure_group: str,
    keys: Sequence[str] = (),
    targets: Path | None = None,
    bounds: tuple[float, float] | None = None,
) -> Prepared:
    """Weights by characteristics counted in the list of homes, or by typed targets. Raises CannotWeigh, NotHeld."""
    if targets is not None:
        typed = weighing.read_targets(targets)
        return weighing.prepare(held, wave, tenure_group, typed, bounds, f"{TYPED}, from {targets.name}")
    found = weighing.characteristics(held, wave, tenure_group)
    margins = margins_for(found, keys)
    sources = dict.fromkeys(each.source for each in found if each.key in keys)
    return weighing.prepare(held, wave, tenure_group, margins, bounds, " and ".join(sources))


def effects(held: Generation, prepared: Prepared, smallest_base: int) -> tuple[Effect, ...]:
    """What prepared weights would change, measure by measure, for those this tenure group is asked."""
    how = prepared.weighing
    question = Question(how.wave, how.tenure_group, WHOLE_LANDLORD)
    measures = [m for m in asked_measures(question, held.wave(how.wave)) if how.tenure_group in m.tenures]
    now = shares(held.survey(question), measures, (), smallest_base)
    then = shares(prepared.survey, measures, (), smallest_base)
    return tuple(Effect(*each) for each in zip(measures, now, then, strict=True))


def use(settings: Settings, prepared: Prepared) -> Generation:
    """Publish prepared weights: every page and command uses them from now on; ``undo`` takes them back.

    Raises StoreError where nothing is held, the survey changed meanwhile or another publish is under way.
    """
    store, how = actions.store_in_use(settings), prepared.weighing
    _still_the_same(store, prepared)
    with weighing.working() as connection:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        published = store.publish(weighing.as_incoming(connection, prepared, made))
    Ledger(store.folder).record(
        "use weights",
        {
            "wave": how.wave,
            "tenure_group": how.tenure_group,
            "by": [margin.variable for margin in how.margins],
            "source": how.source,
            "bounds": how.bounds,
            "design_effect": how.design_effect,
            "discrepancy": how.discrepancy,
            "generation": published.number,
        },
    )
    return published


def go_back(settings: Settings, wave: str, tenure_group: str) -> Generation:
    """Publish the weights of the file again. Raises StoreError where this wave was not weighed here."""
    store = actions.store_in_use(settings)
    held = store.current()
    if held is None:
        raise StoreError("Nothing is held yet, so there is nothing to weigh.")
    with closing(held):
        if held.weights.weighing(wave, tenure_group) is None:
            raise StoreError(f"{wave}, {tenure_group} has the weights of its file: there is nothing to go back from.")
    with weighing.working() as connection:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        published = store.publish(weighing.as_files_own(connection, wave, tenure_group, made))
    done = {"wave": wave, "tenure_group": tenure_group, "generation": published.number}
    Ledger(store.folder).record("use the file's weights", done)
    return published


def _still_the_same(store: Store, prepared: Prepared) -> None:
    """Weights belong to the respondents they were made for: refuse them for any others."""
    held = store.current()
    if held is None:
        raise StoreError("Nothing is held yet, so there is nothing to weigh.")
    with closing(held):
        how = prepared.weighing
        counted = held.responses(held.wave(how.wave).name).get(how.tenure_group, 0)
    if counted != how.base:
        raise StoreError(
            f"{how.wave}, {how.tenure_group} had {how.base:,} answers when the weights were made and has {counted:,} "
            "now. Prepare the weights again."
        )
