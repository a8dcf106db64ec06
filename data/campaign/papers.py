"""Paper lists: numbered, with an end; read back whole or not at all; and the destruction of the paper on record."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analysis.model.campaign import Call, PaperList
from data.campaign.calling import ON_PAPER, checked_call, keep_call
from data.campaign.campaigns import ERASED, FREE, running
from data.campaign.contacts import rows_opened
from data.campaign.notebook import CannotCampaign, exists, moment, name_of, notebook, writing
from data.campaign.register import campaign_register
from data.campaign.told import LONGEST, NOT_KNOWN, keep_matter
from data.columns.faults import UnreadableFile
from data.columns.spellings import plain_heading, yes_or_no
from data.ledger import Ledger
from data.registers import plain_spelling
from data.sources.files import open_file

MOST_LINES = 500
MOST_TOLD = 50  # faults of a file told at once
LIST, LINE, ENDS, NAME, PHONE = "List", "Line", "Do not use after", "Name", "Number"
TOLD = "They told me about (danger, harm, complaint): ring it in at once"
TOLD_WORDS = "What they told me"
OUTCOME = "Outcome (reached, not reached, wrong number, refused)"
NOW = "Now: {}"
CHECK = "{} (confirmed, changed, not asked)"
_NUMBER = re.compile(r"c(\d{1,6})\s*-\s*p(\d{1,6})", re.IGNORECASE)
Harmless = Callable[[object], object]


@dataclass(frozen=True)
class ReadIn:
    """What a paper list came to: calls kept, lines left blank, matters passed on."""

    paper: PaperList
    calls: int
    blank: int
    matters: int


class PaperFault(CannotCampaign):
    """A paper list that cannot be read in; ``faults`` names each row and column. Nothing of it was kept."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        more = f" And {len(faults) - MOST_TOLD} more." if len(faults) > MOST_TOLD else ""
        super().__init__(
            f"{name} was not read in, and nothing of it is kept. {' '.join(faults[:MOST_TOLD])}{more} Put it right and "
            "bring it again; what a tenant told of must not wait for that."
        )


class Papers:
    """The paper lists of one store's campaigns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def out(
        self, campaign: int, caller: str, lines: int, who: str, harmless: Harmless, now: datetime | None = None
    ) -> tuple[PaperList, str]:
        """Put the next homes of a caller's list on paper: its number, its end, and the CSV.

        The homes are on no screen until the list is read in, destroyed or past its end. ``harmless`` keeps a cell from
        being run as a formula. Raises CannotCampaign where there is nothing to put on paper.
        """
        name, by = name_of(caller), name_of(who)
        if not 1 <= lines <= MOST_LINES:
            raise CannotCampaign(f"A paper list has 1 to {MOST_LINES} lines, not {lines}.")
        begun = (now or datetime.now(UTC)).astimezone(UTC).date()
        with writing(self.folder) as book:
            row = running(book, campaign)
            ends = min(begun + timedelta(days=campaign_register().rules["paper_days"]), date.fromisoformat(row["ends"]))
            cards = book.execute(
                "select card, name, phone, held from cards where campaign = :campaign and caller = :caller "
                f"collate nocase and {FREE} order by place limit :lines",
                {"campaign": campaign, "caller": name, "now": moment(now), "lines": lines},
            ).fetchall()
            if not cards:
                raise CannotCampaign(f"{name} has no home to call that is not open or on paper already.")
            (last,) = book.execute(
                "select coalesce(max(paper), 0) from papers where campaign = ?", (campaign,)
            ).fetchone()
            book.execute(
                "insert into papers (campaign, paper, caller, made, ends, homes, state) "
                "values (?, ?, ?, ?, ?, ?, 'out')",
                (campaign, last + 1, name, begun.isoformat(), ends.isoformat(), len(cards)),
            )
            book.executemany(
                "update cards set paper = ?, line = ?, token = '' where campaign = ? and card = ?",
                [(last + 1, line, campaign, card["card"]) for line, card in enumerate(cards, start=1)],
            )
            fields = json.loads(row["fields"])
        done = {"campaign": campaign, "paper": last + 1, "homes": len(cards), "ends": ends, "who": by}
        Ledger(self.folder).record("paper list out", done, now)
        paper = PaperList(campaign, last + 1, name, begun, ends, len(cards), "out")
        return paper, _as_csv(paper, fields, cards, harmless)

    def read_in(self, path: Path, name: str, who: str, now: datetime | None = None) -> ReadIn:
        """Read one paper list back: every line or none.

        A line without an outcome goes back on the caller's list; of a home erased meanwhile no call is kept. Raises
        PaperFault naming each row and column that cannot be followed, CannotCampaign for a list that is no list, is
        past its end, destroyed or read in before.
        """
        by, at = name_of(who), moment(now)
        rows, columns = _read(path, name)
        campaign, number = _whose(rows, columns, name)
        with writing(self.folder) as book:
            row = running(book, campaign)
            paper = _paper(book, campaign, number)
            _may_be_read(paper, at[:10])
            fields = json.loads(row["fields"])
            cards = {
                card["line"]: card
                for card in book.execute(
                    "select * from cards where campaign = ? and paper = ?", (campaign, number)
                ).fetchall()
            }
            lines = _lines(rows, columns, fields, cards, f"C{campaign}-P{number}", name)
            matters = calls = 0
            for card, said, kind, words in lines:
                if kind:
                    estate = json.loads(card["cell"])[0][1]
                    keep_matter(book, campaign, kind, words, paper.caller, card["home"] or NOT_KNOWN, estate, at)
                    matters += 1
                if said and card["aside"] != ERASED:
                    keep_call(book, card, paper.caller, said, at, _aside(card))
                    calls += 1
            _off_paper(book, campaign, number)
            book.execute("update papers set state = 'read in' where campaign = ? and paper = ?", (campaign, number))
            read = ReadIn(_paper(book, campaign, number), calls, paper.homes - calls, matters)
        done = {"campaign": campaign, "paper": number, "calls": calls, "matters": matters, "who": by}
        Ledger(self.folder).record("paper list in", done, now)
        return read

    def destroyed(self, campaign: int, paper: int, who: str, now: datetime | None = None) -> PaperList:
        """Record that a paper list is destroyed; homes still on it go back on the caller's list.

        Raises CannotCampaign where there is no such list, or it was recorded before.
        """
        by = name_of(who)
        with writing(self.folder) as book:
            found = _paper(book, campaign, paper)
            if found.state == "destroyed":
                raise CannotCampaign(
                    f"List {number(found)} was recorded as destroyed on {found.destroyed[:10]}, by "
                    f"{found.destroyed_by} (name as given)."
                )
            _off_paper(book, campaign, paper)
            book.execute(
                "update papers set state = 'destroyed', destroyed = ?, destroyed_by = ? "
                "where campaign = ? and paper = ?",
                (moment(now), by, campaign, paper),
            )
            found = _paper(book, campaign, paper)
        Ledger(self.folder).record("paper list destroyed", {"campaign": campaign, "paper": paper, "who": by}, now)
        return found

    def lists(self, campaign: int | None = None) -> tuple[PaperList, ...]:
        """The paper lists of a campaign, or of all, those still about first."""
        if not exists(self.folder):
            return ()
        with notebook(self.folder) as book:
            rows = book.execute(
                "select * from papers where ? is null or campaign = ? order by state = 'destroyed', campaign, paper",
                (campaign, campaign),
            ).fetchall()
        return tuple(map(_paper_list, rows))


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────


def headings(fields: Sequence[str]) -> list[str]:
    """The headings of a paper list: what is told of comes before any outcome. What had been assumed is not asked on
    paper, where it would stand beside a name."""
    known = campaign_register()
    titles = [known.fields[key].title for key in fields]
    checks = [each for title in titles for each in (CHECK.format(title), NOW.format(title))]
    consents = [f"{words} (yes, no)" for words in known.consents.values()]
    return [LIST, LINE, ENDS, NAME, PHONE, *titles, TOLD, TOLD_WORDS, OUTCOME, *checks, *consents]


def _as_csv(paper: PaperList, fields: Sequence[str], cards: Sequence[sqlite3.Row], harmless: Harmless) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    named = headings(fields)
    writer.writerow([harmless(heading) for heading in named])
    for line, card in enumerate(cards, start=1):
        held = [value or "not known" for value in json.loads(card["held"])]
        filled = [number(paper), line, paper.ends.isoformat(), card["name"], card["phone"], *held]
        writer.writerow([harmless(cell) for cell in [*filled, *[""] * (len(named) - len(filled))]])
    return text.getvalue()


# ── In ───────────────────────────────────────────────────────────────────────────────────────────

Rows = list[tuple[int, list[str]]]


def _read(path: Path, name: str) -> tuple[Rows, dict[str, int]]:
    """The rows of a paper list with something in them, and where each heading stands."""
    with ExitStack() as stack:
        try:
            opened = open_file(path, stack, _likeness, name)
            rows = [(row, cells) for row, cells in rows_opened(opened) if any(map(str.strip, cells))]
        except UnreadableFile as fault:
            raise CannotCampaign(str(fault)) from fault
    return rows, {heading.strip().lstrip("'"): place for place, heading in enumerate(opened.headings)}


def _likeness(found: Sequence[str]) -> int:
    return sum(plain_heading(each) in ("list", "line") for each in found)


def _whose(rows: Rows, columns: dict[str, int], name: str) -> tuple[int, int]:
    """The campaign and the number of the list. Raises CannotCampaign where the file is none, or several in one."""
    missing = [each for each in (LIST, LINE, OUTCOME) if each not in columns]
    if missing:
        raise CannotCampaign(
            f"{name} is not a paper list: it has no column {', '.join(repr(each) for each in missing)}. Bring the file "
            "that was given out, with its headings as they were."
        )
    said = {_cell(cells, columns[LIST]) for _, cells in rows}
    if strange := [row for row, cells in rows if not _NUMBER.fullmatch(_cell(cells, columns[LIST]))]:
        raise CannotCampaign(
            f"{name}, row {strange[0]}, column '{LIST}': it is not the number of a paper list, such as C1-P3. Put back "
            "the number that was given out."
        )
    if len(said) != 1:
        raise CannotCampaign(f"{name} holds {len(said)} lists ({', '.join(sorted(said))}). Bring one list at a time.")
    return numbers(said.pop())


def _lines(
    rows: Rows, columns: dict[str, int], fields: list[str], cards: dict[int, sqlite3.Row], number: str, name: str
) -> list[tuple[sqlite3.Row, dict[str, object] | None, str, str]]:
    """Card, call (None: blank), what was told of and its words, for each row. Raises PaperFault naming every fault, by
    its row and column: never what stands there, which in a file whose columns have moved may be a tenant's words.
    """
    found, faults = [], []
    seen: dict[str, int] = {}
    for row, cells in rows:
        where = f"Row {row}"
        line = _cell(cells, columns[LINE])
        card = cards.get(int(line)) if line.isdigit() else None
        if card is None:
            faults.append(f"{where}, column '{LINE}': it is no line of list {number}.")
            continue
        if line in seen:
            faults.append(f"{where}, column '{LINE}': line {line} stands in row {seen[line]} too. Leave one of them.")
            continue
        seen[line] = row
        told, wrong = _told_of(cells, columns, where)
        said, more = _call(cells, columns, fields, where)
        faults += [*wrong, *more]
        found.append((card, said, *told))
    if faults:
        raise PaperFault(name, faults)
    return found


def _told_of(cells: list[str], columns: dict[str, int], where: str) -> tuple[tuple[str, str], list[str]]:
    said, words = (_cell(cells, columns.get(each)) for each in (TOLD, TOLD_WORDS))
    if not said:
        fault = f"{where}, column '{TOLD_WORDS}': say of what kind it is: danger, harm or complaint."
        return ("", ""), [fault] if words else []
    kinds = {plain_spelling(key): key for key in campaign_register().told}
    kinds |= {plain_spelling(each.title): key for key, each in campaign_register().told.items()} | {"abuse": "harm"}
    kind = kinds.get(plain_spelling(said))
    if kind is None:
        return ("", ""), [f"{where}, column 'They told me about': it is not danger, harm or complaint."]
    if len(words) > LONGEST:
        return ("", ""), [f"{where}, column '{TOLD_WORDS}': more than {LONGEST:,} letters."]
    return (kind, words), []


def _call(
    cells: list[str], columns: dict[str, int], fields: list[str], where: str
) -> tuple[dict[str, object] | None, list[str]]:
    known, faults = campaign_register(), []
    outcomes = {plain_spelling(title): key for key, title in known.outcomes.items()}
    states = {plain_spelling(title): key for key, title in known.states.items()}
    outcome = _cell(cells, columns[OUTCOME])
    checked, now, consents = {}, {}, {}
    for key in fields:
        title = known.fields[key].title
        said, value = (_cell(cells, columns.get(each.format(title))) for each in (CHECK, NOW))
        if said and plain_spelling(said) not in states:
            faults.append(f"{where}, column '{title}': it is not confirmed, changed or not asked.")
        elif said or value:
            checked[key] = states.get(plain_spelling(said), "changed")
        if value:
            now[key] = value
    for key, words in known.consents.items():
        said = _cell(cells, columns.get(f"{words} (yes, no)"))
        answer = yes_or_no(said) if said else None
        if said and answer is None:
            faults.append(f"{where}, column '{words}': it is not yes or no.")
        elif answer:
            consents[key] = answer
    if not outcome:
        if checked or consents:
            faults.append(f"{where}, column 'Outcome': it is empty, and there are answers beside it.")
        return None, faults
    if plain_spelling(outcome) not in outcomes:
        expected = ", ".join(known.outcomes.values()).lower()
        return None, [*faults, f"{where}, column 'Outcome': it is none of {expected}."]
    if faults:
        return None, faults
    try:
        return checked_call(Call(outcomes[plain_spelling(outcome)], checked, now, consents), fields, ON_PAPER), []
    except CannotCampaign as fault:
        return None, [f"{where}: {fault}"]


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip().lstrip("'").strip() if place is not None and place < len(cells) else ""


def _aside(card: sqlite3.Row) -> str:
    """Why a call on a line of paper does not count, or ""."""
    if card["state"] == "done":
        return "Another call of this home was counted while the paper was out."
    return f"The home was set aside while the paper was out: {card['aside']}." if card["state"] == "set aside" else ""


def _may_be_read(paper: PaperList, today: str) -> None:
    which = f"List {number(paper)}"
    if paper.state == "read in":
        raise CannotCampaign(f"{which} was read in before. Nothing was changed. Record that the paper is destroyed.")
    if paper.state == "destroyed":
        raise CannotCampaign(f"{which} was recorded as destroyed on {paper.destroyed[:10]}, so it is not read in.")
    if paper.state == "ended" or paper.ends.isoformat() < today:
        raise CannotCampaign(
            f"{which} was to be used until {paper.ends.isoformat()} and its homes are on the list again. Nothing of it "
            "was read in. Destroy it and record that; pass on by hand what a tenant told of."
        )


def _paper(book: sqlite3.Connection, campaign: int, paper: int) -> PaperList:
    row = book.execute("select * from papers where campaign = ? and paper = ?", (campaign, paper)).fetchone()
    if row is None:
        raise CannotCampaign(f"There is no paper list C{campaign}-P{paper}.")
    return _paper_list(row)


def _paper_list(row: sqlite3.Row) -> PaperList:
    return PaperList(
        campaign=row["campaign"],
        paper=row["paper"],
        caller=row["caller"],
        made=date.fromisoformat(row["made"]),
        ends=date.fromisoformat(row["ends"]),
        homes=row["homes"],
        state=row["state"],
        destroyed=row["destroyed"],
        destroyed_by=row["destroyed_by"],
    )


def number(paper: PaperList) -> str:
    """The number of a list as it stands on it; no spreadsheet takes it for a date."""
    return f"C{paper.campaign}-P{paper.paper}"


def numbers(text: str) -> tuple[int, int]:
    """Campaign and list of the number on a paper list. Raises CannotCampaign for anything else.

    >>> numbers("c1-p3 ")
    (1, 3)
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        raise CannotCampaign(f"'{text[:30]}' is not the number of a paper list, such as C1-P3.")
    return int(found[1]), int(found[2])


def _off_paper(book: sqlite3.Connection, campaign: int, paper: int) -> None:
    book.execute("update cards set paper = null, line = null where campaign = ? and paper = ?", (campaign, paper))
