"""What people do with packs: make one, look at it first, keep it, make it again, check it. Page and command line."""

from __future__ import annotations

from datetime import datetime

from analysis.model import WHOLE_LANDLORD, Audience
from dashboard import actions, answers
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.material import Material
from dashboard.evidence.sections import ready_made
from data.generation import Generation
from data.packs import pack_kind
from data.settings import Settings
from data.store import Store

BOTH = ("LCRA", "LCHO")


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
) -> PackAsked:
    """A pack as asked for, with what was left unsaid filled in: the latest wave, both tenure groups, its own parts.

    Raises NotHeld for a kind, wave or estate there is not.
    """
    chosen = pack_kind(kind)
    first = answers.latest_question(generation, WHOLE_LANDLORD, wave)
    return PackAsked(
        kind=chosen.key,
        wave=first.wave,
        groups=groups,
        audience=audience or chosen.audience,
        clock=clock,
        sections=sections or ready_made(chosen.key),
        filters=(("estate", (estate,)),) if estate else (),
        who=who.strip(),
    )


def material_of(asked: PackAsked, generation: Generation, store: Store, settings: Settings) -> Material:
    """What a pack is made from, in the store in use."""
    return Material(asked, generation, actions.readings_of(store), settings, store.folder)
