"""The look-alike files, made once; each is taken in by hand with what is asked and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from lookalike_answers import TODAY, answers_to

from data.columns.mapping import mapping_of
from data.intake import Incoming, take_in
from tools.lookalikes import LookAlike, make


@dataclass(frozen=True)
class Files:
    """The folder of the look-alikes and what was planted in each."""

    folder: Path
    made: dict[str, LookAlike]

    def path(self, name: str) -> Path:
        return self.folder / name


@dataclass(frozen=True)
class TakenIn:
    """A look-alike taken in: its tables, its facts, and what was planted in it."""

    incoming: Incoming
    planted: dict[str, int]

    def rows(self, sql: str) -> list[tuple]:
        return self.incoming.connection.execute(sql).fetchall()

    def count(self, table: str, where: str = "true") -> int:
        return self.rows(f"select count(*) from {table} where {where}")[0][0]

    def problems(self, rule: str) -> int:
        return self.incoming.connection.execute("select count(*) from problems where rule = $1", [rule]).fetchall()[0][
            0
        ]


Take = Callable[..., TakenIn]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Every look-alike, written once for all tests."""
    folder = tmp_path_factory.mktemp("lookalikes")
    return Files(folder, make(folder))


@pytest.fixture(scope="module")
def take(files: Files) -> Iterator[Take]:
    """Takes a look-alike in as one kind of file, with the answers to what is asked or with others."""
    with ExitStack() as stack:

        def taken(name: str, holds: str, answers: dict | None = None, **more: object) -> TakenIn:
            said = mapping_of(answers_to(name, holds) if answers is None else answers)
            incoming = take_in(files.path(name), said, holds=holds, today=TODAY, **more)
            stack.callback(incoming.close)
            return TakenIn(incoming, dict(files.made[name].planted))

        yield taken
