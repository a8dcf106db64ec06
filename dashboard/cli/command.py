"""What a command is, how it speaks, and how it fails."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.model import Audience
from data.settings import Settings

DONE, PROBLEMS, USAGE = 0, 1, 2
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Command:
    """One command: its name, what it does, its options, and the function that runs it and gives the exit code."""

    name: str
    help: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]


class Failure(Exception):
    """A command that cannot go on, with the exit code it ends with."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def day(text: str) -> date:
    """The day an option names, as YYYY-MM-DD.

    >>> day("2026-11-20")
    datetime.date(2026, 11, 20)
    >>> day("tomorrow")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: 'tomorrow' is not a day: write it as YYYY-MM-DD, 2026-11-20 for example
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a day: write it as YYYY-MM-DD, 2026-11-20 for example"
        ) from None


def say(message: str) -> None:
    """A message for the person at the keyboard; never on stdout, which holds only results."""
    print(message, file=sys.stderr, flush=True)


def tell(text: str) -> None:
    """A result, on stdout."""
    print(text, flush=True)


def tell_json(document: Mapping[str, Any]) -> None:
    """A result as JSON on stdout: stable, documented in docs/guide/command-line.md."""
    tell(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def printable(text: str) -> str:
    """Text that holds words of a file, without signs that would act on a terminal."""
    return "".join(sign for sign in text if sign.isprintable())


def one_line(text: str) -> str:
    """Tenants' words or a person's on one line, without signs that a terminal acts on."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def add_audience(own: argparse.ArgumentParser) -> None:
    """The option every command has whose figures may be passed on."""
    own.add_argument(
        "--audience",
        type=Audience,
        choices=list(Audience),
        default=Audience.INTERNAL,
        help="who will see it: inside, what could give a few people away is warned of; outside it is withheld",
    )


def add_json(own: argparse.ArgumentParser) -> None:
    """The option every command with a result has."""
    own.add_argument("--json", action="store_true", help="print the result as JSON on stdout")


def bounds_of(text: str | None) -> tuple[float, float] | None:
    """The two bounds of --trim. Raises Failure where they are not two numbers.

    >>> bounds_of("0.3,3"), bounds_of(None)
    ((0.3, 3.0), None)
    """
    if text is None:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise Failure(f"--trim {text}: name two numbers, such as 0.3,3.", USAGE) from error
    return low, high
