"""A pack as a person asks for it, with what was left unsaid filled in, and what it is made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from analysis.model import WHOLE_LANDLORD, Audience
from dashboard import actions, answers
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.material import Material
from dashboard.evidence.sections import SECTIONS, ready_made
from data.estates import known_estates
from data.generation import Generation, NotHeld
from data.packs import pack_kind
from data.packs.requests import Requests
from data.registers import tenure_of
from data.selection import NOT_RECORDED
from data.settings import Settings
from data.store import Store

BOTH = ("LCRA", "LCHO")
ESTATE, TENURE = "estate", "tenure"
NAMED = 30  # of what there is, where something was named that is not


def asked_for(
    generation: Generation,
    kind: str,
    clock: datetime,
    wave: str | None = None,
    groups: tuple[str, ...] = BOTH,
    audience: Audience | None = None,
    sections: tuple[str, ...] = (),
    estate: str = "",
    who: str = "",
    tenure: str = "",
) -> PackAsked:
    """A pack as asked for, with what was left unsaid filled in: the latest wave, both tenure groups, its own parts.

    ``tenure`` is a tenure the survey holds ("Sheltered"), which narrows the pack to its group. Raises NotHeld for a
    kind, wave, part, estate or tenure there is not.
    """
    chosen = pack_kind(kind)
    first = answers.latest_question(generation, WHOLE_LANDLORD, wave, groups[0] if len(groups) == 1 else None)
    check_sections(sections)
    if estate:
        _known(estate, "estate", tuple(sorted({*known_estates(generation), *_levels(generation, ESTATE)})))
    if tenure:
        _known(tenure, "tenure", _levels(generation, TENURE))
        own = tenure_of(tenure)
        groups = tuple(group for group in groups if own is None or group == own[1])
    narrowed = ((ESTATE, estate), (TENURE, tenure))
    return PackAsked(
        kind=chosen.key,
        wave=first.wave,
        groups=groups,
        audience=audience or chosen.audience,
        clock=clock,
        sections=sections or ready_made(chosen.key),
        filters=tuple((key, (value,)) for key, value in narrowed if value),
        who=who.strip(),
    )


def this_moment(settings: Settings) -> datetime:
    """Now, in this computer's zone; for the invented landlord on the day its story stands at, so that it never ages."""
    now = datetime.now().astimezone().replace(microsecond=0)
    return datetime.combine(actions.today(settings), now.timetz())


def most_answers(generation: Generation, wave: str) -> str:
    """The estate most answers of a wave are from, the first by name of several; "" where no answer names one."""
    if not any(dimension.key == ESTATE for dimension in generation.dimensions):
        return ""
    measures = generation.asked_in(wave)[:1]
    counted: Counter[str] = Counter()
    for group in generation.tenure_groups(wave):
        cells = generation.cells((ESTATE,), (), measures, WHOLE_LANDLORD, wave, group)
        counted.update(dict(cells.groupby(ESTATE)["n"].sum()))
    del counted[NOT_RECORDED]
    return max(sorted(counted), key=lambda estate: counted[estate], default="")


def material_of(asked: PackAsked, generation: Generation, store: Store, settings: Settings) -> Material:
    """What a pack is made from, in the store in use.

    The invented landlord's clock stands still while people write in its log of requests today: what is in the log when
    its pack is made is in the pack, and what is written later is not, whenever it is made again.
    """
    if generation.kind == "sample" and asked.log_until is None:
        asked = replace(asked, log_until=Requests(store.folder).last_written() or asked.clock)
    return Material(asked, generation, actions.readings_of(store), settings, store.folder)


def check_sections(keys: tuple[str, ...]) -> None:
    """Raises NotHeld, naming those there are, for a part there is not."""
    for key in keys:
        _known(key, "part", tuple(each.key for each in SECTIONS))


def _levels(generation: Generation, key: str) -> tuple[str, ...]:
    if not any(dimension.key == key for dimension in generation.dimensions):
        return ()
    return tuple(level for level in generation.levels(key, WHOLE_LANDLORD) if level != NOT_RECORDED)


def _known(named: str, what: str, there: tuple[str, ...]) -> None:
    """Raises NotHeld, naming those there are, for one there is not."""
    if named not in there:
        shown = ", ".join(there[:NAMED]) + (" …" if len(there) > NAMED else "")
        raise NotHeld(f"There is no {what} '{named}'. There are: {shown or 'none'}.")
