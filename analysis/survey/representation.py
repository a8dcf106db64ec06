"""Who answered against who lives there, and who has not been heard from. Every home is counted: there is no margin."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from analysis.model import Contactable, Group, HeardHomes, Reach
from analysis.survey.suppression import Rule, withheld_levels

SILENT, NOT_SAMPLED, QUIET, HEARD = "silent", "not sampled", "quiet", "heard"
STATES = (SILENT, NOT_SAMPLED, QUIET, HEARD)  # in the order they are told
NOT_LISTED = "not in the list of homes"
GIVES_AWAY = "it would give away a group of few homes"
MORE_ANSWERS = "more answers than homes in the list"


def reach(counted: pd.DataFrame, by: str, sampled: bool, smallest_base: int) -> tuple[Reach, ...]:
    """Each group's homes, invitations and answers, the quietest first, of those the one with most homes.

    ``counted`` has by, homes, issued, answered. Not sampled is not silent: where an issued sample is held
    (``sampled``), a group nobody of which was invited is told apart. Groups of fewer than ``smallest_base`` homes have
    no share.
    """
    rows = [
        _reach(((by, str(level)),), int(homes), int(issued) if sampled else None, int(answered), smallest_base)
        for level, homes, issued, answered in counted[[by, "homes", "issued", "answered"]].itertuples(index=False)
    ]
    return tuple(sorted(rows, key=_quietest_first))


def _reach(group: Group, homes: int, issued: int | None, answered: int, smallest_base: int) -> Reach:
    withheld = _why_withheld(homes, answered, smallest_base)
    invited = issued or 0
    return Reach(
        group=group,
        homes=homes,
        issued=issued,
        answered=answered,
        state=_state(issued, answered, smallest_base),
        share=None if withheld else answered / homes,
        response=answered / invited if not withheld and invited >= max(answered, 1) else None,
        withheld=withheld,
    )


def _state(issued: int | None, answered: int, smallest_base: int) -> str:
    if answered:
        return QUIET if answered < smallest_base else HEARD
    return NOT_SAMPLED if issued == 0 else SILENT


def _why_withheld(homes: int, answered: int, smallest_base: int) -> str | None:
    if not homes:
        return NOT_LISTED
    if homes < smallest_base:
        return f"fewer than {smallest_base} homes"
    return MORE_ANSWERS if answered > homes else None


def _quietest_first(found: Reach) -> tuple[bool, int, float, int, Group]:
    unlisted = found.withheld == NOT_LISTED
    return unlisted, STATES.index(found.state), found.share or 0.0, -found.homes, found.group


def heard_homes(
    counted: pd.DataFrame, by: str, channels: Sequence[str], smallest_base: int, outside: bool = False
) -> tuple[HeardHomes, ...]:
    """Each group's homes and how many were heard from, everyone first and then the least heard.

    ``counted`` has by, homes, heard and a column for each channel. Groups of fewer than ``smallest_base`` homes are
    withheld; ``outside`` the landlord the next smallest too, where a handful could be worked out from everyone.
    """
    numbers = ["homes", "heard", *channels]
    everyone = _heard((), counted[numbers].sum().tolist(), channels, smallest_base)
    groups = [
        _heard(((by, str(level)),), row, channels, smallest_base)
        for level, row in zip(counted[by], counted[numbers].to_numpy().tolist(), strict=True)
    ]
    if outside:
        few = withheld_levels(counted[["homes"]].to_numpy(np.int64), Rule(smallest_base, yes=0))
        groups = [
            HeardHomes(each.group, each.homes, None, None, MappingProxyType({}), each.withheld or GIVES_AWAY)
            if hidden
            else each
            for each, hidden in zip(groups, few, strict=True)
        ]
    return (everyone, *sorted(groups, key=lambda each: (each.share is None, each.share, each.group)))


def _heard(group: Group, numbers: Sequence[int], channels: Sequence[str], smallest_base: int) -> HeardHomes:
    homes, heard, *through = (int(number) for number in numbers)
    if homes < smallest_base:
        return HeardHomes(group, homes, None, None, MappingProxyType({}), f"fewer than {smallest_base} homes")
    each = MappingProxyType(dict(zip(channels, through, strict=True)))
    return HeardHomes(group, homes, heard, heard / homes, each)


def contactable(everyone: pd.DataFrame, counted: pd.DataFrame, by: str | None) -> tuple[Contactable, ...]:
    """How tenancies can be reached, everyone first and then each group, those with most out of reach first.

    Both tables have tenancies, email, mobile, portal, none_known (missing where withheld) and withheld.
    """
    whole = [_contactable((), row) for row in everyone.to_dict("records")]
    groups = [] if by is None else [_contactable(((by, str(row[by])),), row) for row in counted.to_dict("records")]
    return (*whole, *sorted(groups, key=lambda each: (-(each.none_known or 0), each.group)))


def _contactable(group: Group, row: Mapping[Hashable, Any]) -> Contactable:
    tenancies, email, mobile, portal, none_known = (
        None if pd.isna(row[name]) else int(row[name])
        for name in ("tenancies", "email", "mobile", "portal", "none_known")
    )
    why = None if pd.isna(row["withheld"]) else str(row["withheld"])
    return Contactable(group, tenancies, email, mobile, portal, none_known, why)
