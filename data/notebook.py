"""A small SQLite file beside a store that many may write at once: the log, owners, what a person confirmed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30  # seconds to wait for somebody else's writing
UNUSABLE = (
    "What people did is kept beside the data, and it can be neither read nor written now ({why}), so nothing was done. "
    "Make room on the disk that holds the data if it is full; then do it again."
)  # on a full disk even reading fails


@contextmanager
def opened(file: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection to the file, made with its folder where it is not there; each statement stands by itself.

    ``schema`` creates what is missing ("create table if not exists …") and changes nothing that is there.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        _for_many(connection)
        connection.executescript(schema)
        yield connection
    finally:
        connection.close()


def _for_many(connection: sqlite3.Connection) -> None:
    """Let many read and write at once. SQLite does not wait by itself here while another begins the same file."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
