"""A campaign's own contact file: which column is which, and each person's name, number and reasons not to be called.

Read for one campaign and never taken into the store: names and numbers still do not pass the door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from data.campaign.notebook import CannotCampaign
from data.campaign.register import ContactColumn, campaign_register
from data.columns.faults import UnreadableFile
from data.columns.spellings import not_recorded, plain_heading, yes_or_no
from data.registers import plain_spelling
from data.sources.delimited import rows_of
from data.sources.files import Opened, open_file

NOTHING = ("0", "none", "nil", "clear", "not applicable", "n/a", "no flag")  # of a flag: not set
LONGEST = 120  # letters of a name
MOST_TOLD = 20  # rows told of in one message
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
_TRAILING_NOUGHT = re.compile(r"\.0+$")


@dataclass(frozen=True)
class Contact:
    """One row of a contact file. ``flags`` are the reasons in it not to call; ``phone`` is "" where none can be called.
    References are as ``plain_reference`` gives them."""

    row: int
    home: str
    tenancy: str
    name: str
    phone: str
    flags: frozenset[str]


@dataclass(frozen=True)
class Contacts:
    """A contact file read: its people, which column was taken for what, and the headings that were not used."""

    rows: tuple[Contact, ...]
    taken: Mapping[str, str]  # column of the register → heading
    unused: tuple[str, ...]
    unnamed: int  # rows with neither a home nor a tenancy, left out


def headings_of_contacts(path: Path, name: str = "") -> tuple[str, ...]:
    """The headings of a contact file. Raises CannotCampaign where it is no table."""
    with ExitStack() as stack:
        return _opened(path, name, stack).headings


def recognised(headings: Sequence[str]) -> dict[str, str]:
    """Which heading is which column, by usual spelling. Two headings as good as each other are neither."""
    return {key: found[0] for key, found in _claims(headings).items() if len(found) == 1}


def read_contacts(path: Path, name: str = "", columns: Mapping[str, str] | None = None) -> Contacts:
    """The people of a contact file; ``columns`` says what recognition does not see, column → heading ("" for none).

    Raises CannotCampaign naming the column that is missing or in doubt, or the rows that cannot be read; nothing of the
    file is kept here.
    """
    with ExitStack() as stack:
        opened = _opened(path, name, stack)
        places = _places(opened, dict(columns or {}))
        try:
            rows = list(_rows(opened))
        except UnreadableFile as fault:
            raise CannotCampaign(str(fault)) from fault
    found = [_contact(row, cells, places) for row, cells in rows]
    usable = tuple(each for each in found if each.home or each.tenancy)
    if not usable:
        raise CannotCampaign(f"{opened.name}: no row names a home or a tenancy, so nobody in it can be placed.")
    taken = {key: opened.headings[place] for key, place in places.items()}
    unused = tuple(each for each in opened.headings if each.strip() and each not in taken.values())
    return Contacts(usable, taken, unused, len(found) - len(usable))


def plain_reference(text: str) -> str:
    """A reference as it is compared: capitals, no spaces or punctuation, no leading noughts.

    >>> plain_reference(" 00123/4 "), plain_reference("10002.0"), plain_reference("inv 7")
    ('1234', '10002', 'INV7')
    """
    kept = re.sub(r"[^\w]|_", "", _TRAILING_NOUGHT.sub("", text.strip()))
    return kept.upper().lstrip("0")


def number_to_call(text: str) -> str:
    """A telephone number as it is dialled, or "" where it is none; a leading nought a spreadsheet lost is put back.

    >>> number_to_call("+44 (0)7700 900123"), number_to_call("7700900123"), number_to_call("01632-960 001 ext 4")
    ('07700 900123', '07700 900123', '01632 960001')
    >>> number_to_call("7.7009E+09"), number_to_call("ask neighbour"), number_to_call("+33 1 99 00 12 34")
    ('', '', '+33199001234')
    """
    said = re.split(r"(?i)\s*(?:ext|x)\.?\s*\d+$|[;/]", text.strip().lstrip("'"))[0]
    if _LOST_DIGITS.match(said):
        return ""
    abroad = said.lstrip("(").startswith(("+", "00"))
    digits = re.sub(r"\D", "", _TRAILING_NOUGHT.sub("", said))
    digits = digits[2:] if abroad and digits.startswith("00") else digits
    if abroad and not digits.startswith("44"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    national = digits[2:].lstrip("0") if abroad else digits.lstrip("0")
    return f"0{national[:4]} {national[4:]}" if len(national) in (9, 10) else ""


def _opened(path: Path, name: str, stack: ExitStack) -> Opened:
    try:
        opened = open_file(path, stack, lambda headings: len(recognised(headings)), name)
    except UnreadableFile as fault:
        raise CannotCampaign(str(fault)) from fault
    if any(map(number_to_call, opened.headings)):  # whoever stands there must not be told as a heading
        raise CannotCampaign(
            f"{opened.name} has no row of headings: a telephone number stands where one should be. Put a row above the "
            "first person that names each column."
        )
    return opened


def _claims(headings: Sequence[str]) -> dict[str, list[str]]:
    """For each column of the register the headings that fit it best."""
    plain = {heading: plain_heading(heading) for heading in headings if heading.strip()}
    found = {}
    for key, column in campaign_register().columns.items():
        for spelling in map(plain_heading, column.spellings):
            fits = [heading for heading, said in plain.items() if said == spelling]
            fits += [heading for heading in fits if list(headings).count(heading) > 1]
            if fits:
                found[key] = fits
                break
    return found


def _places(opened: Opened, said: dict[str, str]) -> dict[str, int]:
    """Where each column stands. Raises CannotCampaign for a column that is not there, in doubt or missing."""
    known = campaign_register().columns
    for key, heading in said.items():
        if key not in known:
            raise CannotCampaign(f"A contact file has no column '{key}'. It may have: {', '.join(known)}.")
        if heading and heading not in opened.headings:
            raise CannotCampaign(
                f"{opened.name} has no heading '{heading}'. It has: {', '.join(filter(None, opened.headings))}."
            )
    claims = _claims(opened.headings)
    for key, fits in claims.items():
        if key not in said and len(fits) > 1:
            raise CannotCampaign(
                f"{opened.name}: {len(fits)} columns may be the {known[key].label.lower()} ({', '.join(fits)}). "
                "Say which, or give each a heading of its own."
            )
    chosen = {**{key: fits[0] for key, fits in claims.items()}, **said}
    places = {key: opened.headings.index(heading) for key, heading in chosen.items() if heading}
    for needed in (("home", "tenancy"), ("name", "surname"), ("phone", "phone_2")):
        if not set(needed) & set(places):
            labels = " or ".join(known[each].label.lower() for each in needed)
            raise CannotCampaign(
                f"{opened.name} has no column that is known as {labels}. Say which of these it is: "
                f"{', '.join(filter(None, opened.headings))}."
            )
    return places


def rows_opened(opened: Opened) -> Iterator[tuple[int, list[str]]]:
    """Every row under the headings of an opened file, with its number. Raises UnreadableFile as ``open_file``."""
    if opened.text:
        every = rows_of(opened.text, opened.name, opened.header.first_row)
    else:
        every = opened.rows() if opened.rows else iter(())
    return ((row, cells) for row, cells in every if row >= opened.header.first_row)


def _rows(opened: Opened) -> Iterator[tuple[int, list[str]]]:
    """Every row with something in it. Raises CannotCampaign naming rows with more cells than headings."""
    width, wrong = len(opened.headings), []
    for row, cells in rows_opened(opened):
        if not any(cell and cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            wrong.append(str(row))
            continue
        yield row, [*cells, *[""] * width][:width]
    if wrong:
        more = f" and {len(wrong) - MOST_TOLD} more" if len(wrong) > MOST_TOLD else ""
        raise CannotCampaign(
            f"{opened.name}: row {', '.join(wrong[:MOST_TOLD])}{more} has more cells than there are headings. Put "
            "quotation marks round a cell that holds the delimiter."
        )


def _contact(row: int, cells: Sequence[str], places: Mapping[str, int]) -> Contact:
    def cell(key: str) -> str:
        return " ".join(cells[places[key]].split()) if key in places else ""

    parts = " ".join(filter(None, (cell("title"), cell("forename"), cell("surname"))))
    numbers = (number_to_call(cell(key)) for key in ("phone", "phone_2"))
    columns: Mapping[str, ContactColumn] = campaign_register().columns
    return Contact(
        row=row,
        home=plain_reference(cell("home")),
        tenancy=plain_reference(cell("tenancy")),
        name=(cell("name") or parts)[:LONGEST],
        phone=next(filter(None, numbers), ""),
        flags=frozenset(key for key, column in columns.items() if column.flag and _set(cell(key))),
    )


def _set(cell: str) -> bool:
    """Whether a flag is set. What is not understood is: nobody is called by mistake."""
    plain = plain_spelling(cell)
    return not (not_recorded(cell) or yes_or_no(cell) == "no" or plain in map(plain_spelling, NOTHING))
