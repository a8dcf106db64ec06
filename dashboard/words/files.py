"""How a file came in: rows, faults, scores and moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from analysis.model import Wave
from dashboard.words.shares import NOTHING, count, people, percent
from dashboard.words.surveys import british_date, comments, methods, period
from data.columns.faults import rules


def file_sentence(name: str, kind: str, rows: int, header_row: int, encoding: str) -> str:
    """How a file was read.

    >>> file_sentence("tsm.csv", "csv", 1204, 1, "utf-8")
    'tsm.csv was read as CSV (utf-8): 1,204 rows under the headings in row 1.'
    """
    how = f" ({encoding})" if encoding else ""
    return (
        f"{name} was read as {kind.upper()}{how}: {people(rows, 'row', 'rows')} under the headings in row {header_row}."
    )


def published(name: str, rows_in: int, rows_kept: int, written: int) -> str:
    """What a publish did.

    >>> published("tsm.csv", 1204, 1200, 0)
    'Published: 1,200 of 1,204 rows of tsm.csv. It holds no comments.'
    """
    said = f"{comments(written)} to be read: see What tenants say." if written else "It holds no comments."
    return f"Published: {count(rows_kept)} of {people(rows_in, 'row', 'rows')} of {name}. {said}"


def surveys_held(names: Sequence[str]) -> str:
    """The names a sample may be of; "" where there is none yet.

    >>> surveys_held(["2024/25", "2025/26"])
    'Surveys held: 2024/25, 2025/26.'
    """
    return "" if not names else f"Surveys held: {', '.join(names)}."


def in_place_of(waves: Sequence[str]) -> str:
    """What a publish would put aside, and how to keep both.

    >>> in_place_of(["2025/26"])
    "A survey called 2025/26 is held already, from another file. To keep both, give this one a name of its own under \
About this survey. If it is the same survey put right, let it take the other's place."
    """
    held = f"A survey called {waves[0]} is" if len(waves) == 1 else f"Surveys called {' and '.join(waves)} are"
    return (
        f"{held} held already, from another file. To keep both, give this one a name of its own under "
        "About this survey. If it is the same survey put right, let it take the other's place."
    )


def in_place_of_all(label: str, rows: int) -> str:
    """What a new list puts aside, for kinds of which there is one list.

    >>> in_place_of_all("Homes", 12_000)
    'Homes are one list: this file takes the place of the 12,000 rows held.'
    """
    return f"{label} are one list: this file takes the place of the {people(rows, 'row', 'rows')} held."


def problem_count(stops: Sequence[str]) -> str:
    """How many problems there are of each kind.

    >>> problem_count(["row", "", ""]), problem_count([])
    ('Held back: 1 row fault. Warnings: 2.', 'No problem was found.')
    """
    file, row, warning = (sum(each == kind for each in stops) for kind in ("file", "row", ""))
    told = [
        f"Stopping the file: {people(file, 'fault', 'faults')}." if file else "",
        f"Held back: {people(row, 'row fault', 'row faults')}." if row else "",
        f"Warnings: {count(warning)}." if warning else "",
    ]
    return " ".join(filter(None, told)) or "No problem was found."


def by_group(numbers: Mapping[str, int]) -> str:
    """Numbers by tenure group.

    >>> by_group({"LCRA": 10500, "LCHO": 1500}), by_group({})
    ('LCRA 10,500, LCHO 1,500', 'not known')
    """
    return ", ".join(f"{group} {count(number)}" for group, number in numbers.items()) or "not known"


def scores(parts: Mapping[str, float]) -> str:
    """How complete and clean a file was, part by part.

    >>> scores({"rows kept": 0.996, "answers given": 0.9})
    'rows kept over 99%, answers given 90%'
    """
    return ", ".join(f"{name} {percent(share)}" for name, share in parts.items()) or NOTHING


def survey_counts(wave: Wave, responses: Mapping[str, int]) -> str:
    """When a survey was, how many answers of it count, in how many homes, and how people answered.

    >>> from datetime import date
    >>> survey_counts(Wave("2025", date(2025, 9, 1), date(2025, 9, 30), "2025/26"), {"LCRA": 1078})
    '1 to 30 September 2025. Answers that count: LCRA 1,078. Homes: not known. How people answered: not recorded.'
    """
    return (
        f"{period(wave.fieldwork_from, wave.fieldwork_to)}. Answers that count: {by_group(responses)}. "
        f"Homes: {by_group(wave.populations)}. How people answered: {methods(wave)}."
    )


def history_line(number: int, file: str, created: str, in_use: bool) -> str:
    """One publish.

    >>> history_line(2, "tsm.csv", "2025-11-25T09:05:00+00:00", True)
    '2: tsm.csv, published 25 November 2025, 09:05 UTC, in use'
    """
    return f"{count(number)}: {file}, published {british_moment(created)}{', in use' if in_use else ''}"


def unread(number: int) -> str:
    """How many comments nobody has read.

    >>> unread(40)
    '40 comments not read yet: in no figure below, and not shown.'
    """
    return f"{comments(number)} not read yet: in no figure below, and not shown."


def unread_texts(number: int) -> str:
    """How many different texts of all surveys nobody has read.

    >>> unread_texts(183)
    'Tenants wrote 183 different texts that are not read yet.'
    """
    return f"Tenants wrote {people(number, 'text that is', 'different texts that are')} not read yet."


def british_moment(moment: str) -> str:
    """A date and time as stored, written as in Britain.

    >>> british_moment("2025-11-25T09:05:00+00:00")
    '25 November 2025, 09:05 UTC'
    """
    when = datetime.fromisoformat(moment)
    return f"{british_date(when.date())}, {when:%H:%M} UTC"


def file_facts(facts: Mapping[str, Any]) -> Iterator[str]:
    """What made an intake: rows in and kept, what was left out and dropped, and notes.

    >>> for line in file_facts({"rows_in": 10, "rows_kept": 8, "left_out": {"blank_row": 2}, "dropped": {"Email": 9}}):
    ...     print(line)
    10 rows in, 8 kept.
    Left out: the row is empty (2).
    Dropped at the door, with how many were filled: Email 9.
    """
    if "rows_in" in facts and "rows_kept" in facts:
        yield f"{people(facts['rows_in'], 'row', 'rows')} in, {count(facts['rows_kept'])} kept."
    if facts.get("left_out"):
        yield f"Left out: {left_out(facts['left_out'])}."
    if facts.get("dropped"):
        dropped = ", ".join(f"{name} {count(number)}" for name, number in facts["dropped"].items())
        yield f"Dropped at the door, with how many were filled: {dropped}."
    if facts.get("profile"):
        yield f"Read with the remembered mapping '{facts['profile']}'."
    yield from facts.get("notes", ())


def left_out(by_rule: Mapping[str, int]) -> str:
    """How many rows each rule left out, the rule in words.

    >>> left_out({"blank_row": 2, "some_other": 1})
    'the row is empty (2), some other (1)'
    """
    return ", ".join(f"{_rule(rule)} ({count(number)})" for rule, number in by_rule.items())


def _rule(key: str) -> str:
    """What a rule says, within a sentence."""
    known = rules().get(key)
    said = known.what.rstrip(".") if known else key.replace("_", " ")
    return said[:1].lower() + said[1:]
