"""What people do in a contact campaign: begin one, call, pass on, share anew, print, close. Pages and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.campaign import chosen, left_out
from analysis.model import TENURE_GROUPS, WHOLE_LANDLORD, CallPlan, Group
from analysis.model.campaign import Campaign, PaperList, ToCall
from dashboard import actions
from dashboard.words import for_cell
from dashboard.words.campaign import coverage_way, estate_way, silent_way
from data.campaign import (
    Assumptions,
    Calling,
    Campaigns,
    CannotCampaign,
    Contacts,
    Matters,
    Papers,
    Plan,
    homes_to_call,
    silent_for,
    standing,
)
from data.campaign.homes import last_heard, unplaced
from data.campaign.papers import ReadIn
from data.demo.contact_file import invented_contacts
from data.generation import Generation, StoreError
from data.records import homes_as_at
from data.settings import Settings

COVERAGE, SILENT, ESTATE = "coverage", "silent", "estate"
HOW = (COVERAGE, SILENT, ESTATE)


@dataclass(frozen=True)
class Wanted:
    """Which homes a campaign is to call: by coverage (with its plan), silent for some months, or of some estates."""

    how: str
    number: int
    seed: int
    fields: tuple[str, ...]
    months: int = 12
    estates: tuple[str, ...] = ()
    groups: tuple[str, ...] = TENURE_GROUPS


@dataclass(frozen=True)
class Drawn:
    """The homes drawn, how, of how many looked at, and why others were left off."""

    homes: tuple[ToCall, ...]
    way: str
    looked_at: int
    left_out: Mapping[str, int]
    unplaced: int  # rows of the contact file that name no home on the list


def campaigns_in_use(settings: Settings, now: datetime | None = None) -> Campaigns:
    """The campaigns of the store the pages read; whatever has come to its end is closed first."""
    found = Campaigns(actions.store_in_use(settings).folder)
    found.sweep(settings.smallest_base, now)
    return found


def calling_in_use(settings: Settings) -> Calling:
    """The calls of the store the pages read."""
    return Calling(actions.store_in_use(settings).folder)


def matters_in_use(settings: Settings) -> Matters:
    """What was told on the telephone, in the store the pages read."""
    return Matters(actions.store_in_use(settings).folder)


def assumptions_in_use(settings: Settings) -> Assumptions:
    """What had been assumed that was wrong, in the store the pages read."""
    return Assumptions(actions.store_in_use(settings).folder)


def papers_in_use(settings: Settings) -> Papers:
    """The paper lists of the store the pages read."""
    return Papers(actions.store_in_use(settings).folder)


def draw(
    settings: Settings, held: Generation, contacts: Contacts, wanted: Wanted, plan: CallPlan | None = None
) -> Drawn:
    """The homes a campaign would call; nothing is kept.

    Raises CannotCampaign where a way is asked for that is not there: no plan for coverage, no such estate.
    """
    if wanted.number < 1:
        raise CannotCampaign(f"Choose at least one home to call, not {wanted.number}.")
    day, campaigns = actions.today(settings), campaigns_in_use(settings)
    every = homes_to_call(
        held,
        WHOLE_LANDLORD,
        contacts,
        campaigns.barred(),
        wanted.fields,
        day,
        campaigns.same_person(),
        wanted.groups,
    )
    homes, cells, way = _asked_for(held, every, wanted, plan, day)
    return Drawn(chosen(homes, cells, wanted.seed), way, len(homes), left_out(homes), unplaced(held, contacts, every))


def _asked_for(
    held: Generation, every: tuple[ToCall, ...], wanted: Wanted, plan: CallPlan | None, day: date
) -> tuple[tuple[ToCall, ...], Mapping[Group, int], str]:
    """The homes looked at, how many are wanted of each cell, and the way in words."""
    if wanted.how == COVERAGE:
        if plan is None or plan.withheld:
            why = plan.withheld if plan else "no survey is loaded"
            raise CannotCampaign(
                f"There is no plan of where calls should go: {why}. Choose silent homes, or an estate."
            )
        return every, {cell.group: cell.calls for cell in plan.cells}, coverage_way(plan.calls)
    if wanted.how == SILENT:
        if not 1 <= wanted.months <= 120:
            raise CannotCampaign(f"Silent for 1 to 120 months, not {wanted.months}.")
        quiet = silent_for(every, last_heard(held, day), day, wanted.months)
        return quiet, {(): wanted.number}, silent_way(wanted.number, wanted.months)
    if wanted.how != ESTATE:
        raise CannotCampaign(f"Homes are chosen by {', '.join(HOW)}, not by '{wanted.how}'.")
    known = {dict(home.cell)["estate"] for home in every}
    if not wanted.estates or not set(wanted.estates) <= known:
        strange = ", ".join(sorted(set(wanted.estates) - known)) or "none"
        raise CannotCampaign(f"Name an estate of the list of homes. Asked for: {strange}.")
    there = tuple(home for home in every if dict(home.cell)["estate"] in wanted.estates)
    return there, {(): wanted.number}, estate_way(wanted.number, wanted.estates)


def begin(
    settings: Settings,
    held: Generation,
    drawn: Drawn,
    wanted: Wanted,
    name: str,
    staff: Sequence[str],
    days: int,
    who: str,
    now: datetime | None = None,
) -> Campaign:
    """Begin a campaign of the homes drawn. Raises CannotCampaign as ``Campaigns.begin``."""
    plan = Plan(
        name=name,
        homes=drawn.homes,
        staff=tuple(staff),
        way=drawn.way,
        fields=wanted.fields,
        looked_at=drawn.looked_at,
        left_out=drawn.left_out,
        seed=wanted.seed,
        days=days,
        homes_as_at=homes_as_at(held),
        fingerprint=held.fingerprint,
    )
    return campaigns_in_use(settings, now).begin(plan, who, now)


def looked_anew(settings: Settings, held: Generation, campaign: Campaign) -> Mapping[str, int]:
    """Set aside what a newer list of homes no longer has; reason → homes set aside so far. Nothing for one closed."""
    campaigns = campaigns_in_use(settings)
    if campaign.closed:
        return {}
    if campaigns.is_stale(campaign.campaign, held.fingerprint):
        campaigns.set_aside(campaign.campaign, standing(held, actions.today(settings)), held.fingerprint)
    return campaigns.aside(campaign.campaign)


def close(settings: Settings, campaign: int, who: str, now: datetime | None = None) -> Campaign:
    """End a campaign and destroy its names and numbers. Raises CannotCampaign where it is over."""
    return campaigns_in_use(settings, now).close(campaign, who, settings.smallest_base, now)


def paper_out(
    settings: Settings, campaign: int, caller: str, lines: int, who: str, now: datetime | None = None
) -> tuple[PaperList, str]:
    """Put homes of a caller's list on paper: the list, and its CSV, in which no cell is a formula."""
    return papers_in_use(settings).out(campaign, caller, lines, who, for_cell, now)


def paper_in(settings: Settings, path: Path, name: str, who: str, now: datetime | None = None) -> ReadIn:
    """Read a paper list back, whole or not at all. Raises CannotCampaign naming every row and column at fault."""
    return papers_in_use(settings).read_in(path, name, who, now)


def sample_contacts(settings: Settings) -> str:
    """An invented contact file for the invented landlord, as CSV. Raises StoreError where the landlord's own data are
    in use: real homes never get invented people."""
    store = actions.store_in_use(settings)
    held = store.current()
    if held is None or store.kind != "sample":
        if held is not None:
            held.close()
        raise StoreError("An invented contact file is made for the invented landlord only. Load it with `demo` first.")
    try:
        return invented_contacts(held, actions.today(settings))
    finally:
        held.close()


def today() -> date:
    """Today by this computer: names and numbers are kept by the real calendar, whatever day a story stands at."""
    return datetime.now(UTC).date()
