"""The homes and tenancies the look-alike files speak of: a small part of the invented landlord."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 20261130
TODAY = date(2026, 10, 30)  # the day the files were exported
FIRST_DAY = date(2025, 4, 1)
WORDS = Path(__file__).with_name("words.toml")
ESTATES = (  # name, homes, of them part-owned; all are estates of data/sample/landlord.toml
    ("Lanternmoor", 80, 0),
    ("Marmalade Row", 60, 8),
    ("Thimble Green", 70, 14),
    ("Quillstone Park", 50, 16),
    ("Pepperpot Lane", 28, 0),
    ("Hopscotch Yard", 12, 0),
)
GARAGES = 9
LANDLORD = "Teapot and Thimble Homes"


@dataclass(frozen=True)
class Tenancy:
    """One tenancy: its reference, its people, and when it began and ended."""

    reference: str
    start: date
    end: date | None
    people: int  # 2 where joint


@dataclass(frozen=True)
class Home:
    """One property: a home, or a garage."""

    reference: str  # eight digits, the first of them nought
    uprn: str
    estate: str
    block: str  # a block's reference, or ""
    address: str
    tenure: str
    kind: str
    bedrooms: int
    tenancies: tuple[Tenancy, ...]

    @property
    def garage(self) -> bool:
        return self.kind == "Garage"

    @property
    def current(self) -> Tenancy | None:
        """The tenancy that holds; where two hold by mistake, the later."""
        held = [tenancy for tenancy in self.tenancies if tenancy.end is None]
        return held[-1] if held else None


@dataclass(frozen=True)
class Landlord:
    """The homes in the order of the homes list, and the words of the files."""

    homes: tuple[Home, ...]
    words: Mapping[str, Sequence[str]]

    @property
    def lived_in(self) -> tuple[Home, ...]:
        """Homes with a tenancy today; no garages."""
        return tuple(home for home in self.homes if home.current and not home.garage)

    @property
    def blocks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(home.block for home in self.homes if home.block))

    def stream(self, name: str) -> Random:
        """The random numbers of one file: another file never moves them."""
        return Random(f"{SEED} {name}")


def the_landlord() -> Landlord:
    """The landlord of every look-alike file."""
    random = Random(f"{SEED} homes")
    homes: list[Home] = []
    for estate, number, owned in ESTATES:
        for place in range(number):
            homes.append(_home(random, len(homes), estate, place, place < owned))
    homes += [_garage(len(homes) + place) for place in range(GARAGES)]
    return Landlord(tuple(homes), tomllib.loads(WORDS.read_text(encoding="utf-8")))


def days_after(random: Random, day: date, least: int, most: int) -> date:
    """A day some days later."""
    return day + timedelta(days=random.randint(least, most))


def some_day(random: Random, first: date = FIRST_DAY, last: date = TODAY) -> date:
    """A day between two days."""
    return first + timedelta(days=random.randrange((last - first).days))


def _home(random: Random, number: int, estate: str, place: int, owned: bool) -> Home:
    flat = place % 3 == 2
    block = f"BLK{ESTATES_ORDER[estate]:02d}{place // 24 + 1:02d}" if flat else ""
    street = f"{estate.split()[0]} {('Walk', 'Drive', 'Court')[place % 3]}"
    rented = "Sheltered" if estate == "Pepperpot Lane" else "Affordable Rent" if place % 7 == 3 else "General Needs"
    return Home(
        reference=f"000{41_000 + number * 7}",
        uprn=str(100_023_900_000 + number * 13),
        estate=estate,
        block=block,
        address=f"{'Flat ' if flat else ''}{place + 1} {street}, Thimbleford, ZZ{ESTATES_ORDER[estate]} {place % 9}AB",
        tenure="Shared Ownership" if owned else rented,
        kind="Flat" if flat else "House",
        bedrooms=random.choice((1, 2, 2, 3)),
        tenancies=_tenancies(random, number),
    )


def _garage(number: int) -> Home:
    reference, uprn = f"000{41_000 + number * 7}", str(100_023_900_000 + number * 13)
    address = f"Garage {number}, Marmalade Walk, Thimbleford, ZZ2 0AB"
    return Home(reference, uprn, "Marmalade Row", "", address, "Garage", "Garage", 0, ())


def _tenancies(random: Random, number: int) -> tuple[Tenancy, ...]:
    """None for an empty home; two that both hold for a few, by mistake; else one, after another for some."""
    start = some_day(random, date(2004, 1, 5), date(2024, 12, 20))
    if number % 27 == 5:  # empty: the last tenancy ended
        return (Tenancy(f"03{10_000 + number * 3}", start, some_day(random, date(2025, 1, 6), TODAY), 1),)
    people = 2 if number % 12 == 1 else 1
    held = Tenancy(f"03{10_000 + number * 3}", start, None, people)
    if number % 60 == 7:  # the old one was never ended in the system
        return (held, Tenancy(f"03{10_001 + number * 3}", some_day(random, date(2025, 1, 6), TODAY), None, 1))
    return (held,)


ESTATES_ORDER = {name: place for place, (name, _, _) in enumerate(ESTATES, start=1)}
