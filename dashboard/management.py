"""The ten management measures: entered by somebody, or counted from the files that are held. Page and command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.calendar import months_after
from analysis.complaints import complaints
from analysis.management import management_figures
from analysis.model import NOT_ASKED, WHOLE_LANDLORD, Counted, Entry, ManagementFigure, Question
from analysis.workload import repairs
from dashboard import actions
from dashboard.words.management import repairs_do_not_fit
from data import clocks, records
from data.generation import Generation
from data.ledger import Ledger
from data.management import Entries, measure_of, read_entries
from data.registers import management_measures, reporting_years
from data.settings import Settings

BOTH, RENTERS, REPAIRS = "combined", "LCRA", "TP02"
APART = 0.15  # of renters: how far what they say of repairs may lie from what is recorded

__all__ = ["enter", "enter_file", "entries_in_use", "figures", "figures_as_at", "measure_of", "undo", "years"]

RESPONSIVE = {"RP02_1": "routine", "RP02_2": "emergency"}  # the priorities of responsive repairs


def entries_in_use(settings: Settings) -> Entries:
    """What was entered for the landlord in use."""
    return Entries(actions.store_in_use(settings).folder)


def figures(settings: Settings, held: Generation | None, year: str) -> tuple[ManagementFigure, ...]:
    """Every value of a year for the landlord in use, as known today."""
    return figures_as_at(entries_in_use(settings), held, year, actions.today(settings))


def figures_as_at(entries: Entries, held: Generation | None, year: str, today: date) -> tuple[ManagementFigure, ...]:
    """Every value of a year as known on a day: what was entered, else what complaints and repairs give.

    With what does not fit.
    """
    counted = {} if held is None else counted_in(held, year, today)
    found = management_figures(
        year, management_measures(year), entries.of(year), counted, {} if held is None else stock(held)
    )
    odd = None if held is None else survey_against_repairs(held, year)
    if odd is None:
        return found
    return tuple(replace(f, warnings=(*f.warnings, odd)) if f.measure.code == "RP02_1" else f for f in found)


def survey_against_repairs(held: Generation, year: str) -> str | None:
    """A warning where renters say they had a repair far oftener or seldomer than the repairs held are of homes.

    Renters are asked of the last 12 months, so repairs of the 12 months up to the survey's end are counted. None where
    either is not held, where the repairs held begin over a month later, or where they lie within 15 points: people
    forget, and jobs are done that they did not see.
    """
    waves = [wave for wave in held.waves if wave.reporting_year == year]
    homes = stock(held).get(RENTERS, 0)
    if not waves or not homes or not held.held_rows()["repairs"]:
        return None
    asked = Question(waves[-1].name, RENTERS, WHOLE_LANDLORD, measures=(REPAIRS,))
    cells = held.survey(asked).cells
    if cells.empty:
        return None
    said = 1 - cells.loc[cells["answer"] == NOT_ASKED, "n"].sum() / cells["n"].sum()
    ended = waves[-1].fieldwork_to
    since = months_after(ended, -12)
    if records.repair_counts(held, WHOLE_LANDLORD, ("month",), until=months_after(since, 1)).empty:
        return None
    recorded = records.homes_with_repairs(held, WHOLE_LANDLORD, RENTERS, since, ended) / homes
    if abs(said - recorded) <= APART:
        return None
    return repairs_do_not_fit(waves[-1].name, float(said), recorded)


def years() -> tuple[str, ...]:
    """The reporting years there is a register of, newest first."""
    return tuple(sorted(reporting_years(), reverse=True))


def days_of_year(year: str) -> tuple[date, date]:
    """The first and the last day of a reporting year.

    >>> days_of_year("2025/26")
    (datetime.date(2025, 4, 1), datetime.date(2026, 3, 31))
    """
    begun = int(year[:4])
    return date(begun, 4, 1), date(begun + 1, 3, 31)


def counted_in(held: Generation, year: str, today: date) -> dict[tuple[str, str], Counted]:
    """What the files held give: CH01 and CH02 from complaints and homes, RP02 of renters from repairs."""
    return {**_from_complaints(held, year, today), **_from_repairs(held, year, today)}


def stock(held: Generation) -> Mapping[str, int]:
    """Homes of each tenure group, and of both together; empty where no list of homes is held."""
    counted = records.homes_by(held, WHOLE_LANDLORD, ("tenure_group",))
    found = {str(group): int(n) for group, n in zip(counted["tenure_group"], counted["homes"], strict=True)}
    both = sum(found.get(group, 0) for group in ("LCRA", "LCHO"))
    return {**found, BOTH: both} if both else {}


def enter(settings: Settings, year: str, code: str, group: str, numerator: float, denominator: float, by: str) -> Entry:
    """Enter one value. Raises CannotEnter with the remedy."""
    entries = entries_in_use(settings)
    entry = entries.enter(year, code, group, numerator, denominator, by)
    _record(settings, "enter management measure", entry)
    return entry


def enter_file(settings: Settings, path: Path, year: str, by: str) -> int:
    """Enter every row of a CSV of code, numerator, denominator; none where any row is wrong. How many there were.

    Raises CannotEnter naming the row.
    """
    kept = entries_in_use(settings).enter_all(year, read_entries(path, year), by)
    for entry in kept:
        _record(settings, "enter management measure", entry)
    return len(kept)


def undo(settings: Settings, year: str) -> Entry:
    """Take the last entry of a year back. Raises CannotEnter for none."""
    entry = entries_in_use(settings).undo(year)
    _record(settings, "take back management measure", entry)
    return entry


def _record(settings: Settings, action: str, entry: Entry) -> None:
    done = {"year": entry.year, "code": entry.code, "tenure_group": entry.tenure_group, "by": entry.by}
    numbers = {"numerator": entry.numerator, "denominator": entry.denominator}
    Ledger(actions.store_in_use(settings).folder).record(action, {**done, **numbers})


def _from_complaints(held: Generation, year: str, today: date) -> dict[tuple[str, str], Counted]:
    begun, ended = days_of_year(year)
    rows = records.complaint_rows(held, WHOLE_LANDLORD, begun, ended)
    if rows.empty:
        return {}
    homes = records.homes_by(held, WHOLE_LANDLORD)
    days, stages = clocks.working_days(), clocks.stage_clocks()
    made = complaints(rows, homes, begun, ended, days, stages, today, smallest_base=0)
    source = f"the complaints held, made from {begun:%d/%m/%Y} to {min(ended, today):%d/%m/%Y}"
    found: dict[tuple[str, str], Counted] = {}
    for rate in made.rates:
        if rate.count is not None and rate.homes:
            found[rate.code, dict(rate.group)["tenure_group"]] = Counted(rate.count, rate.homes, source)
    for timed in made.timeliness:
        without, within = timed.without_extension or 0, timed.within_extension or 0
        group = dict(timed.group)["tenure_group"]
        found[timed.code, group] = Counted(without + within, timed.made, source, (without, within))
    return found


def responsive_repairs(held: Generation, year: str, today: date) -> dict[str, int]:
    """Renters' emergency and routine repairs "raised" (cancelled ones too) and "completed" in a reporting year as far
    as it is gone; nothing where no repairs are held. Planned work, and work of no known priority, is left out."""
    if not held.held_rows()["repairs"]:
        return {}
    begun, ended = days_of_year(year)
    until = min(ended, today)

    def counted(by: str, column: str) -> int:
        rows = records.repair_counts(held, WHOLE_LANDLORD, ("priority", "tenure_group"), begun, until, by)
        mine = rows[(rows["tenure_group"] == "LCRA") & rows["priority"].isin([*RESPONSIVE.values()])]
        return int(mine[column].sum())

    return {"raised": counted("raised", "n"), "completed": counted("completed", "completed")}


def _from_repairs(held: Generation, year: str, today: date) -> dict[tuple[str, str], Counted]:
    """RP02: of renters' repairs completed in the year with a target day, those by it; planned work is left out."""
    begun, ended = days_of_year(year)
    ended = min(ended, today)
    dims = ("month", "priority", "tenure_group")
    raised, done = (
        records.repair_counts(held, WHOLE_LANDLORD, dims, begun, ended, by) for by in ("raised", "completed")
    )
    mine = [each[each["tenure_group"] == "LCRA"] for each in (raised, done)]
    source = f"the repairs held, completed from {begun:%d/%m/%Y} to {ended:%d/%m/%Y} with a target day"
    targets = {target.priority: target for target in repairs(mine[0], mine[1], begun, ended).targets}
    return {
        (code, "LCRA"): Counted(targets[priority].in_time, targets[priority].timed, source)
        for code, priority in RESPONSIVE.items()
        if priority in targets
    }
