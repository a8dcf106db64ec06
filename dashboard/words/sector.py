"""The regulator's workbook in sentences: what was recognised, what does not add up, which landlords changed."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.model import Recount, SectorYear
from dashboard.words.shares import count
from data.sector import Imported
from data.sector_matches import GONE, NEW, OTHER_CODE, Change

PARTS: Mapping[str, str] = {
    "margin": "margins of error",
    "required_sample": "required samples",
    "percentages": "percentages",
    "filters": "shares that passed a filter question",
    "unweighted": "percentages before weighting",
    "management": "management measures",
    "counts": "counts that have to fit into others",
    "headlines": "headlines of the regulator's report",
}
DISAGREES = ("Landlord", "Whose", "Measure", "Published", "Anew", "Why")


def recognised(year: SectorYear) -> str:
    """What a workbook holds.

    >>> import pandas as pd
    >>> year = SectorYear("2024/25", "x.xlsx", "", "TSM 2025", {}, {}, pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    >>> recognised(year)
    'Recognised as 2024/25 (TSM 2025): 0 landlords, 0 surveys, 0 results.'
    """
    return (
        f"Recognised as {year.year} ({year.published}): {count(len(year.landlords))} landlords, "
        f"{count(len(year.surveys))} surveys, {count(len(year.measures))} results."
    )


def recounted(part: str, found: Recount) -> str:
    """How many published figures follow from their counts.

    >>> recounted("margin", Recount("margin", 414))
    '414 of 414 margins of error agree with the counts.'
    """
    return f"{count(found.agree)} of {count(found.rows)} {PARTS[part]} agree with the counts."


def disagreements(found: Recount) -> tuple[tuple[str, ...], ...]:
    """Those that do not, a row each."""
    return tuple(
        (each.name, each.tenure_group, each.measure, figure(each.published), figure(each.recomputed), each.why)
        for each in found.disagreements
    )


def figure(value: float | None) -> str:
    """A published figure, short.

    >>> figure(1861.0), figure(0.0377), figure(None)
    ('1,861', '0.0377', 'nothing')
    """
    if value is None:
        return "nothing"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:.3g}"


def kept(year: str, again: bool) -> str:
    """What was done.

    >>> kept("2024/25", True)
    '2024/25 is kept, in place of what was held of it.'
    """
    return f"{year} is kept{', in place of what was held of it' if again else ''}."


def held(imported: Imported) -> str:
    """A year that is held, at a glance."""
    return f"{count(imported.landlords)} landlords and {count(imported.surveys)} surveys from {imported.source}."


def changed(number: int, answered: int, before: str, after: str) -> str:
    """How many landlords changed between two years, and how many a person has settled.

    >>> changed(12, 1, "2023/24", "2024/25")
    '12 landlords changed code or name between 2023/24 and 2024/25; of 1 it has been said which it is.'
    """
    return (
        f"{count(number)} landlords changed code or name between {before} and {after}; of {count(answered)} it has "
        "been said which it is."
    )


def change(found: Change) -> str:
    """One landlord that changed.

    >>> change(Change(OTHER_CODE, "A1", "Ash Homes", "B2", "Ash Homes Group", 0.9))
    'Ash Homes (A1): perhaps Ash Homes Group (B2)'
    """
    if found.what == OTHER_CODE:
        return f"{found.name_before} ({found.before}): perhaps {found.name_after} ({found.after})"
    if found.what == GONE:
        return f"{found.name_before} ({found.before}): gone"
    if found.what == NEW:
        return f"{found.name_after} ({found.after}): new"
    return f"{found.name_before} ({found.before}): now called {found.name_after}"


def matched(name: str, meant: str) -> str:
    """What a person has said of a landlord that changed.

    >>> matched("Ash Homes", "Elm Homes"), matched("Ash Homes", "")
    ('Ash Homes is Elm Homes', 'Ash Homes is none of them')
    """
    return f"{name} is {meant or 'none of them'}"
