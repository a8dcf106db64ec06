"""Compared with whom: landlords alike in what the regulator publishes of them, or surveyed alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analysis.model import COLLECTION_METHODS, PeerGroup, SectorLandlord, SectorSurvey, SectorYear

USUAL = ("region", "type")  # TP01 differs by 15 points between regions and by 7 between councils and associations
WAYS = ("region", "type", "size", "method", "supported housing")
FEWEST = 10  # peers: among fewer a quartile is two of them
LIKE_MIX = 0.2  # of the responses: how much of two mixes of methods may differ (half the sum of differences)


def peers(
    year: SectorYear, landlord: str, tenure_group: str, by: Sequence[str] = USUAL, named: Sequence[str] = ()
) -> PeerGroup:
    """The landlords with results for this tenure group that are alike in everything named, the landlord among them.

    ``named`` codes instead: these and the landlord. LCRA and LCHO are never together. In what is not stated of the
    landlord (a merged one has neither region nor size) nobody is like it: that is left out, and the name says so.
    Raises KeyError for a landlord without results, ValueError for another way of being alike or a named landlord that
    is not there.
    """
    mine, with_results = year.landlords[landlord], _asked(year, tenure_group)
    if (landlord, tenure_group) not in year.surveys:
        raise KeyError(f"{mine.name} has no {tenure_group} results in {year.year}.")
    if named:
        if missing := sorted({*named} - {*with_results}):
            raise ValueError(f"No {tenure_group} results in {year.year} for {', '.join(missing)}: take them away.")
        chosen = [code for code in with_results if code in {*named, landlord}]
        return PeerGroup("named landlords", tuple(chosen))
    for way in by:
        if way not in WAYS:
            raise ValueError(f"Landlords are not told apart by '{way}'. They are by: {', '.join(WAYS)}.")
    own = {way: _of(mine, year.surveys[landlord, tenure_group], way) for way in by}
    stated = {way: value for way, value in own.items() if value}
    chosen = [
        code
        for code in with_results
        if all(_of(year.landlords[code], year.surveys[code, tenure_group], way) == own[way] for way in stated)
    ]
    return PeerGroup(_name(own, stated), tuple(chosen))


def nearest(year: SectorYear, landlord: str, tenure_group: str, number: int = 25) -> PeerGroup:
    """The landlords nearest by profile: alike in most ways, and among those of the nearest size (as a ratio)."""
    mine, survey = year.landlords[landlord], year.surveys[landlord, tenure_group]

    def apart(code: str) -> tuple[int, float]:
        other = year.surveys[code, tenure_group]
        unlike = sum(_of(mine, survey, way) != _of(year.landlords[code], other, way) for way in WAYS)
        return unlike, abs(math.log((other.population or 1) / (survey.population or 1)))

    found = sorted(_asked(year, tenure_group), key=lambda code: (code != landlord, *apart(code)))
    return PeerGroup(f"the {number} nearest by profile", tuple(found[: number + 1]))


def surveyed_alike(year: SectorYear, landlord: str, tenure_group: str, most: float = LIKE_MIX) -> PeerGroup:
    """The landlords whose mix of methods differs from this one's in at most a part of the responses."""
    own = mix_of(year.surveys[landlord, tenure_group])
    found = [
        code
        for code in _asked(year, tenure_group)
        if code == landlord or apart_in_mix(own, mix_of(year.surveys[code, tenure_group])) <= most
    ]
    return PeerGroup("landlords who asked in a like way", tuple(found))


def mix_of(survey: SectorSurvey) -> Mapping[str, float]:
    """The share of responses by each method; empty where none is given."""
    total = sum(survey.methods.values())
    return {method: survey.methods.get(method, 0) / total for method in COLLECTION_METHODS} if total else {}


def apart_in_mix(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """What part of the responses would have to be asked otherwise to make one mix the other; 1 where one is unknown.

    >>> apart_in_mix({"Telephone": 1.0}, {"Telephone": 0.75, "Internet": 0.25})
    0.25
    """
    if not one or not other:
        return 1.0
    return sum(abs(one.get(m, 0.0) - other.get(m, 0.0)) for m in {*one, *other}) / 2


def _name(own: Mapping[str, str], stated: Mapping[str, str]) -> str:
    """What landlords have in common, and what is not stated of the one they are compared with."""
    alike = f"{' and '.join(stated)}: {', '.join(stated.values())}" if stated else "every landlord"
    unstated = [way for way in own if way not in stated]
    return f"{alike} ({' and '.join(unstated)} not stated)" if unstated else alike


def _asked(year: SectorYear, tenure_group: str) -> list[str]:
    return sorted(code for code, group in year.surveys if group == tenure_group)


def _of(landlord: SectorLandlord, survey: SectorSurvey, way: str) -> str:
    """What a landlord is in one way; "" is not stated."""
    return {
        "region": landlord.region,
        "type": landlord.type,
        "size": landlord.group_size,
        "method": survey.main_method,
        "supported housing": {True: "more than 30%", False: "30% or less", None: ""}[landlord.supported_housing],
    }[way]
