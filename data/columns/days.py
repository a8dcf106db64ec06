"""Dates and ages as files write them: which order days and months stand in, and age bands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.columns.mapping import DATE_ORDERS
from data.columns.spellings import not_recorded

DAY_FIRST, MONTH_FIRST = DATE_ORDERS
AGE_BANDS = ((16, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84))
OLDEST_BAND = 85
YOUNGEST_AGE, OLDEST_AGE = 16, 115

_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b[, ]+", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(7_000, 73_000)  # 1919 to 2099
_FORMS = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %y",
    "%Y/%m/%d",
    "%d-%B-%Y",
    "%B %d %Y",
    "%b %d %Y",
)


BLANK_DAYS = tuple(map(date.fromisoformat, ("1899-12-30", "1899-12-31", "1900-01-01", "1753-01-01")))
FIRST_OF_LAST_CENTURY = 69  # a year of two digits from here on is of the last century
NO_YEAR = 4  # a leap year before any record: a day and month of which no year is said
_NINES = re.compile(r"9999|31/12/2099|2099-12-31")
_WEEK = re.compile(r"^(w/?c|w\.c\.|week commencing|wk comm?|week beginning|w/?b)\.?:?\s*", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})$|^(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})$")


@dataclass(frozen=True)
class RecordDays:
    """The texts of a column of records that are days, those that stand for no day, and those that cannot be read.

    A day without a year is held in the year ``NO_YEAR``.
    """

    known: Mapping[str, date]
    blank: frozenset[str]
    unread: frozenset[str]

    @property
    def without_year(self) -> frozenset[str]:
        """The texts that say a day and a month only."""
        return frozenset(text for text, day in self.known.items() if day.year == NO_YEAR)


@dataclass(frozen=True)
class Order:
    """The order days and months stand in: settled, or open with the reason."""

    settled: str  # "day first", "month first", or "" where it makes no difference or is open
    open: bool = False
    why: str = ""


def order_of(texts: Iterable[str], said: str) -> Order:
    """The order of days and months in these dates: as said, as the dates themselves settle it, or open."""
    if said:
        return Order(said)
    both = [(text, _parsed(text, DAY_FIRST), _parsed(text, MONTH_FIRST)) for text in texts if _plain(text) is None]
    day_only = next((text for text, day, month in both if day and not month), "")
    month_only = next((text for text, day, month in both if month and not day), "")
    either = next((text for text, day, month in both if day and month and day != month), "")
    if day_only and month_only:
        why = f"'{day_only}' can only be day first, '{month_only}' only month first"
        return Order("", open=True, why=why)
    if either and not day_only and not month_only:
        return Order("", open=True, why=f"'{either}' may be either")
    return Order(MONTH_FIRST if month_only else DAY_FIRST if day_only else "")


def day_of(text: str, order: str) -> date | None:
    """The day a text means, or None.

    >>> day_of("31/05/2024", "day first"), day_of("2024-05-31", ""), day_of("31/02/2024", "day first")
    (datetime.date(2024, 5, 31), datetime.date(2024, 5, 31), None)
    """
    return _plain(text) or _parsed(text, order or DAY_FIRST)


def age_band(age: int) -> str:
    """The band of an age.

    >>> age_band(16), age_band(44), age_band(91)
    ('16–24', '35–44', '85+')
    """
    return next((f"{low}–{high}" for low, high in AGE_BANDS if low <= age <= high), f"{OLDEST_BAND}+")


def parsed(texts: Iterable[str], order: str) -> Mapping[str, date]:
    """The days of the texts that are dates."""
    return {text: day for text in texts if (day := day_of(text, order))}


def days_meant(texts: Iterable[str], order: str) -> RecordDays:
    """What each text of a column of records says of a day: 1900-01-01 and the like stand for none, "w/c 3/11" has no
    year."""
    known: dict[str, date] = {}
    blank, unread = set(), set()
    for text in texts:
        day = _record_day(text, order)
        if not_recorded(text) or day in BLANK_DAYS or _NINES.search(text):
            blank.add(text)
        elif day is None:
            unread.add(text)
        else:
            known[text] = day
    return RecordDays(known, frozenset(blank), frozenset(unread))


def _record_day(text: str, order: str) -> date | None:
    """A day of a record: a date, or a day and month held in the year ``NO_YEAR``."""
    said = _WEEK.sub("", text.strip())
    if found := _DAY_AND_MONTH.match(said):
        day, month = (found[1], found[2]) if found[1] else (found[3], found[4][:3])
        day, month = (month, day) if found[1] and order == MONTH_FIRST else (day, month)
        form = "%d %m %Y" if found[1] else "%d %b %Y"
        try:
            return datetime.strptime(f"{day} {month} 2004", form).date().replace(year=NO_YEAR)  # noqa: DTZ007  # a day
        except ValueError:
            return None
    return day_of(said, order)


def _plain(text: str) -> date | None:
    """A date that can be read in one way only."""
    text = text.strip()
    if _NUMBERS.fullmatch(text):
        return None  # day and month may stand either way round; told apart first, since most files have no others
    if re.fullmatch(r"\d{5}(\.\d+)?", text):  # a spreadsheet's day number, and its time of day
        number = int(text[:5])
        return _EXCEL_DAY_ZERO + timedelta(days=number) if number in _EXCEL_DAYS else None
    if re.fullmatch(r"20\d{6}", text):
        return _parsed(f"{text[:4]}-{text[4:6]}-{text[6:]}", "")
    return _parsed(_WEEKDAY.sub("", _ORDINAL.sub("", text)).replace(",", ""), "")


def _parsed(text: str, order: str) -> date | None:
    """A date of numbers in this order of days and months; without an order, one with its month or year told apart."""
    text = text.strip()
    if order:
        return _of_numbers(text, order)
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    return None


def _of_numbers(text: str, order: str) -> date | None:
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (first, second) if order == DAY_FIRST else (second, first)
    if len(found[4]) == 2:
        year += 1900 if year >= FIRST_OF_LAST_CENTURY else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None
