"""Faults of a file, each by its rule: what it is, how to put it right, who owns it and what it stops."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from analysis.model import Ask, Problem
from data.registers import REFERENCE

MOST_SAID = 5  # problems spelled out in an error's own message; all of them are in ``problems``
LONGEST_VALUE = 60  # characters of a value that a problem may quote


@dataclass(frozen=True)
class Rule:
    """One rule about files, as ``data/reference/rules.toml`` has it."""

    id: str
    what: str
    remedy: str
    owner: str
    stops: str  # "file", "row" or "" (a warning)


class IntakeError(Exception):
    """A file cannot be taken in. ``problems`` says where, what, and how to put it right."""

    def __init__(self, *problems: Problem) -> None:
        more = f" And {len(problems) - MOST_SAID} more." if len(problems) > MOST_SAID else ""
        super().__init__(" ".join(map(said, problems[:MOST_SAID])) + more)
        self.problems = problems


class UnreadableFile(IntakeError):
    """The file is not what its name says, is not safe to open, or has no table in it."""


class MappingFault(IntakeError):
    """An answers file or profile names something that is not there."""


class Unanswered(Exception):
    """Something only the analyst can say is still open; ``asks`` lists it."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self.asks = tuple(asks)
        super().__init__(" ".join(f"{ask.what} (answer with {ask.key!r})" for ask in self.asks))


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id."""
    table = tomllib.loads((REFERENCE / "rules.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: Rule(name, **row) for name, row in table.items()})


def fault(rule: str, file: str, row: int | None = None, column: str = "", value: str = "", **words: object) -> Problem:
    """A problem under this rule; ``words`` fill the rule's own sentence."""
    held = rules()[rule]
    what, remedy = (text.format(column=column, **words) for text in (held.what, held.remedy))
    return Problem(file, row, column, short(value), rule, what, remedy, held.owner, held.stops)


def short(value: str) -> str:
    """A value cut to what a problem may quote."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def said(problem: Problem) -> str:
    """A problem as one line: the file, the place, the fault and the remedy."""
    place = f"row {problem.row}" if problem.row else ""
    place = ", ".join(part for part in (place, f"column {problem.column!r}" if problem.column else "") if part)
    found = f" (found {problem.value!r})" if problem.value else ""
    return f"{problem.file}{': ' + place if place else ''}: {problem.what}{found} {problem.remedy}"
