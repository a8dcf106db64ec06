"""The survey calculator: a share of any CSV with its interval, without a store. What ``estimate FILE.csv`` gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.model import Comparison, Estimate, Verdict, Weighing
from analysis.survey.comparison import ALPHA, difference_interval, judged_together, p_value
from analysis.survey.estimates import FEWEST_TO_JUDGE, estimates_from
from analysis.survey.tallies import NOT_RECORDED, Cells, tally
from dashboard.calculator.design import counted_together, groups_of, strata_of
from dashboard.calculator.raking import margins_of, raked
from dashboard.calculator.request import CalculatorError, DataError, Reckoning, Request, UsageError
from dashboard.calculator.rows import columns_by, counted_rows
from dashboard.calculator.values import answers_of

__all__ = [
    "CalculatorError",
    "DataError",
    "Reckoning",
    "Request",
    "UsageError",
    "as_json",
    "calculate",
    "figures_of",
    "weighing_as_json",
]


def calculate(request: Request) -> Reckoning:
    """The share of a column that is yes, for everyone or for each group, with standard error and interval.

    Rows left out of the base still count as units of their stratum. Raises UsageError for a request that cannot be met
    and DataError for a file with something wrong in it.
    """
    if not 0 < request.level <= SUREST:
        raise UsageError(f"The level is {request.level:g}; it is a fraction between 0 and 1, such as 0.95.")
    if request.margins is None:
        _refuse_what_needs_margins(request)
    found = _reckoned(request)
    return found if request.compare is None else _against(request, request.compare, found)


def _refuse_what_needs_margins(request: Request) -> None:
    asked = {
        "--trim": request.trim is not None,
        "--scale": request.scale,
        "--residuals": not request.weighted_residuals,
    }
    for option, is_asked in asked.items():
        if is_asked:
            raise UsageError(f"{option} is for raked weights: name the margins too, with --margins.")


def _against(request: Request, other: Path, later: Reckoning) -> Reckoning:
    """The later reckoning, compared with the same one of an earlier file, whose notes are told too."""
    try:
        earlier = _reckoned(replace(request, path=other))
    except CalculatorError as fault:
        raise type(fault)(f"{other.name}: {fault}") from fault
    before, after = (_of_known_groups(each.estimates) for each in (earlier, later))
    compared = _compared(before, after, other.name, request.level)
    notes = [f"{other.name}: {note}" for note in earlier.notes]
    if len(compared) > 1 and not _as_family(request.level):
        notes.append(EACH_ALONE.format(len(compared)))
    if len(after) < len(later.estimates) or len(before) < len(earlier.estimates):
        notes.append(f"Rows that do not say their {' or '.join(columns_by(request))} are no group, so not compared.")
    alone = (*_only(after, before), *_only(before, after))
    if alone:
        notes.append(f"In one of the two files only, so not compared: {'; '.join(alone)}.")
    return replace(later, compared=compared, notes=(*later.notes, *notes))


def _reckoned(request: Request) -> Reckoning:
    by, margins = columns_by(request), margins_of(request.margins)
    rows = counted_rows(request, by, [margin.variable for margin in margins])
    answers, notes = answers_of(request, rows[request.column])
    stratum, cluster, sample, strata = strata_of(request, rows)
    group, groups = groups_of(by, rows)
    cell = base = how = None
    if margins:
        rows, cell, base, sample, how = raked(request, rows, margins, stratum, cluster, sample)
    cells = Cells(groups, group, stratum, answers, rows.n, rows.w, rows.ww, cell, base, cluster)
    labels = [(request.column, each) for each in groups]
    counted = tally(cells, len(groups), sample)
    found = estimates_from(counted, sample, labels, request.smallest_base, level=request.level, method=request.method)
    if not any(estimate.base for estimate in found):
        raise DataError(f"No row has an answer in '{request.column}': every cell is empty or left out.")
    counted_as_one = [note for name in by for note in counted_together(name, rows)]
    if request.column in {margin.variable for margin in margins}:
        notes = (*notes, SET_BY_HAND.format(request.column))
    alone = _lonely([name for name, one in zip(strata, sample.lonely.tolist(), strict=True) if one])
    unsettled = () if how is None else how.notes
    notes = (*notes, *counted_as_one, *alone, *unsettled)
    return Reckoning(tuple(found), int(rows.n.sum()), request.level, notes, weighing=how)


def _lonely(strata: Sequence[str]) -> tuple[str, ...]:
    """What is to be known of strata with a single unit."""
    if not strata:
        return ()
    if not strata[0]:
        return ("There is a single unit, so how far units differ cannot be known: take the range, not the error.",)
    shown = ", ".join(f"'{name}'" for name in strata[:STRATA_SHOWN])
    more = f" and {len(strata) - STRATA_SHOWN:,} more" if len(strata) > STRATA_SHOWN else ""
    return (
        f"A single unit in stratum {shown}{more}: its own spread cannot be known. It is measured about the share of "
        "everyone, which errs on the wide side.",
    )


SUREST = 1 - 1e-9  # the highest level there is: beyond it a range is no number
STRATA_SHOWN = 12
SET_BY_HAND = (
    "'{}' is one of the margins: over all rows its share follows from the numbers typed, not from the answers."
)
EACH_ALONE = (
    "Each of the {} groups is judged by itself at this level, so now and then one seems to have changed by chance. At "
    "0.95 they are judged together."
)


def _as_family(level: float) -> bool:
    return level == 1 - ALPHA


def _compared(
    earlier: tuple[Estimate, ...], later: tuple[Estimate, ...], name: str, level: float
) -> tuple[Comparison, ...]:
    """Each later estimate less the earlier one of the same group: independent samples; several are one family."""
    known = {estimate.group: estimate for estimate in earlier}
    found = tuple(_compare(known[new.group], new, name, level) for new in later if new.group in known)
    return judged_together(found) if len(found) > 1 and _as_family(level) else found


def _of_known_groups(estimates: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    return tuple(each for each in estimates if all(level != NOT_RECORDED for _, level in each.group))


def _only(these: tuple[Estimate, ...], those: tuple[Estimate, ...]) -> list[str]:
    """The groups that are among these and not among those."""
    there = {estimate.group for estimate in those}
    return [", ".join(level for _, level in each.group) for each in these if each.group not in there]


def _compare(before: Estimate, after: Estimate, name: str, level: float) -> Comparison:
    for estimate, of in ((before, f"{name}: "), (after, "")):
        few = f"fewer than {FEWEST_TO_JUDGE} answers" if estimate.base < FEWEST_TO_JUDGE else None
        if why := estimate.withheld or few:
            return Comparison(before, after, None, None, None, Verdict.TOO_FEW, f"{of}{why}.", level=level)
    difference, low, high = difference_interval(before, after)
    p = p_value(difference, low, high, level)
    verdict = Verdict.REAL if p < 1 - level else Verdict.CHANCE
    return Comparison(before, after, difference, low, high, verdict, "", p=p, adjusted=p, level=level)


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def as_json(reckoning: Reckoning) -> str:
    """The reckoning as JSON: ``{"estimates": [{"group", "value", …}], "rows", "level", "notes"}``.

    With ``comparisons`` where an earlier file was named, and ``weighing`` where weights were raked.
    """
    document: dict[str, Any] = {
        "estimates": [{"group": dict(estimate.group), **figures_of(estimate)} for estimate in reckoning.estimates],
        "rows": reckoning.rows,
        "level": reckoning.level,
        "notes": list(reckoning.notes),
    }
    if reckoning.compared is not None:
        document["comparisons"] = [_comparison(each) for each in reckoning.compared]
    if reckoning.weighing is not None:
        document["weighing"] = weighing_as_json(reckoning.weighing)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def figures_of(estimate: Estimate) -> dict[str, object]:
    """An estimate as JSON has it, here and in every other command: shares are fractions, absent figures null."""
    return {
        "value": estimate.value,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
        "base": estimate.told_base,
        "effective_base": estimate.effective_base,
        "method": estimate.method or None,
        "withheld": estimate.withheld,
        "caution": estimate.caution,
    }


def weighing_as_json(how: Weighing) -> dict[str, Any]:
    """How weights were made, as JSON has it, of a file and of a survey that is held."""
    return {
        "by": [margin.variable for margin in how.margins],
        "source": how.source,
        "base": how.base,
        "iterations": how.iterations,
        "converged": how.converged,
        "discrepancy": how.discrepancy,
        "design_effect": how.design_effect,
        "effective_base": how.effective_base,
        "largest": how.largest,
        "smallest": how.smallest,
        "trimmed": how.trimmed,
        "bounds": how.bounds,
        "residual": [{"variable": v, "level": level, "off": off} for (v, level), off in how.residual.items()],
        "merged": {margin.variable: dict(margin.merged) for margin in how.margins if margin.merged},
        "notes": list(how.notes),
    }


def _comparison(compared: Comparison) -> dict[str, Any]:
    return {
        "group": dict(compared.after.group),
        "before": compared.before.value,
        "after": compared.after.value,
        "difference": compared.difference,
        "low": compared.low,
        "high": compared.high,
        "p": compared.p,
        "adjusted": compared.adjusted,
        "family": compared.family,
        "level": compared.level,
        "verdict": str(compared.verdict),
        "why": compared.why or None,
    }
