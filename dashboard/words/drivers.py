"""What goes with an outcome, as sentences: never that one thing causes another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Driver, Drivers
from dashboard.words.shares import count, interval, people, percent
from dashboard.words.surveys import group_of

NOT_PROVEN = "not proven"
Titles = Mapping[str, str]  # what each measure is called, by its code


def ordinal_number(place: int) -> str:
    """A place in an order.

    >>> [ordinal_number(n) for n in (1, 2, 3, 4, 11, 12, 13, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st']
    """
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def ranks(driver: Driver) -> str:
    """The places a driver may well hold.

    >>> ranks(Driver("TP04", 0.2, 0.1, 0.3, 0.2, 1, 1, 3, 0.4, 0.2, 0.6, True))
    '1st to 3rd'
    >>> ranks(Driver("TP04", 0.2, 0.1, 0.3, 0.2, 1, 1, 1, 0.4, 0.2, 0.6, True))
    '1st'
    """
    low, high = ordinal_number(driver.rank_low), ordinal_number(driver.rank_high)
    return low if low == high else f"{low} to {high}"


def way(driver: Driver) -> str:
    """Which way the answers go together, with the other measures held still.

    >>> way(Driver("TP04", 0.2, 0.1, 0.3, 0.2, 1, 1, 3, -0.4, -0.6, -0.2, True))
    'the other way'
    """
    if driver.direction_low is None or driver.direction_high is None:
        return "not known"
    if driver.direction_low > 0:
        return "the same way"
    return "the other way" if driver.direction_high < 0 else "either way"


def driver_words(driver: Driver) -> str:
    """A driver's part with its range, the places it may hold, and whether it is proven.

    >>> driver_words(Driver("TP04", 0.222, 0.172, 0.287, 0.2, 1, 1, 3, 0.4, 0.2, 0.6, True))
    '22% (17% to 29%), ranked 1st to 3rd'
    >>> driver_words(Driver("TP05", 0.12, 0.08, 0.16, 0.1, 6, 4, 6, 0.1, -0.1, 0.3, False))
    '12% (8% to 16%), ranked 4th to 6th: not proven'
    >>> driver_words(Driver("TP05", 0.12, 0.08, 0.16, 0.1, 6, 4, 6, -0.2, -0.3, -0.1, True))
    '12% (8% to 16%), ranked 4th to 6th: goes the other way'
    """
    said = f"{percent(driver.share)} ({interval(driver.low, driver.high)}), ranked {ranks(driver)}"
    if not driver.proven:
        return f"{said}: {NOT_PROVEN}"
    return f"{said}: goes {way(driver)}" if way(driver) == "the other way" else said


def goes_with(found: Drivers, titles: Titles, outcome: str) -> str:
    """The one sentence: which measures are proven to go with the outcome, or that none is, or why that is not told.

    >>> told = Driver("TP04", 0.6, 0.4, 0.8, 0.6, 1, 1, 2, 0.4, 0.2, 0.6, True)
    >>> other = Driver("TP05", 0.4, 0.2, 0.6, 0.4, 2, 1, 2, 0.1, -0.1, 0.3, False)
    >>> names = {"TP04": "Home is well maintained", "TP05": "Home is safe"}
    >>> goes_with(Drivers("TP01", 300, 400, 0.5, (told, other)), names, "overall satisfaction")
    'Home is well maintained goes with overall satisfaction.'
    >>> goes_with(Drivers("TP01", 300, 400, 0.5, (other,)), names, "overall satisfaction")
    'No measure is proven to go with overall satisfaction.'
    >>> goes_with(Drivers("TP01", 40, 60, None, (), withheld="fewer than 100 answers"), names, "overall satisfaction")
    'Not told: fewer than 100 answers.'
    """
    if found.withheld:
        return f"Not told: {found.withheld}."
    proven = [driver for driver in found.drivers if driver.proven]
    if not proven:
        return f"No measure is proven to go with {outcome}."
    together = [titles.get(driver.measure, driver.measure) for driver in proven if way(driver) == "the same way"]
    against = [titles.get(driver.measure, driver.measure) for driver in proven if way(driver) == "the other way"]
    said = f"{_listed(together)} {'goes' if len(together) == 1 else 'go'} with {outcome}" if together else ""
    if not against:
        return f"{said}."
    turned = f"{_listed(against)} {'goes' if len(against) == 1 else 'go'} the other way"
    return f"{said}; {turned}." if said else f"{turned} than {outcome}."


def drivers_rest_on(found: Drivers, tenure_group: str) -> str:
    """Whose answers it rests on, and how much all drivers account for together.

    >>> drivers_rest_on(Drivers("TP01", 619, 1036, 0.57, ()), "LCRA").split(". ")[0]
    'From the 619 renters (LCRA) of 1,036 who answered every one of these questions'
    >>> drivers_rest_on(Drivers("TP01", 619, 1036, 0.57, ()), "LCRA").split(". ")[1]
    'Together they account for 57% of how overall satisfaction differs between them.'
    """
    who = f"From the {people(found.base, *[group_of(tenure_group)] * 2)} of {count(found.answered)}"
    whole = f"{who} who answered every one of these questions."
    if found.explained is None:
        return whole
    together = f"{percent(found.explained)} of how overall satisfaction differs between them"
    return f"{whole} Together they account for {together}."


def left_out(found: Drivers, titles: Titles) -> tuple[str, ...]:
    """Each measure that could not be set beside the others, and why.

    >>> out = Drivers("TP01", 300, 400, 0.5, (), {"TP02": "only 67% of those who answered TP01 answered it"})
    >>> left_out(out, {"TP02": "Repairs"})
    ('TP02 Repairs: only 67% of those who answered TP01 answered it.',)
    """
    return tuple(f"{code} {titles.get(code, '')}".strip() + f": {why}." for code, why in found.left_out.items())


def unproven(found: Drivers, titles: Titles) -> tuple[str, ...]:
    """Why each driver that is not proven is not."""
    return tuple(
        f"{driver.measure} {titles.get(driver.measure, '')}".strip() + f", {NOT_PROVEN}: {driver.why}."
        for driver in found.drivers
        if not driver.proven
    )


def may_come_first(found: Drivers, titles: Titles) -> str:
    """That it cannot be told which comes first, where that is so.

    >>> first = Driver("TP04", 0.4, 0.3, 0.5, 0.4, 1, 1, 2, 0.4, 0.2, 0.6, True)
    >>> second = Driver("TP06", 0.3, 0.2, 0.4, 0.3, 2, 1, 2, 0.4, 0.2, 0.6, True)
    >>> may_come_first(Drivers("TP01", 300, 400, 0.5, (first, second)), {"TP04": "Home", "TP06": "Listening"})
    'Which of them goes with it most cannot be told for sure: it may be Home or Listening.'
    """
    first = [titles.get(driver.measure, driver.measure) for driver in found.drivers if driver.rank_low == 1]
    if len(first) < 2:
        return ""
    return f"Which of them goes with it most cannot be told for sure: it may be {_listed(first, 'or')}."


def _listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence, none left out.

    >>> _listed(["Ash", "Birch", "Cedar"])
    'Ash, Birch and Cedar'
    """
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
