"""Parquet parts in a folder that several may write to: a part appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

UNFINISHED = ".*.unfinished"  # what a writer that was killed may leave


def write_part(folder: Path, table: pa.Table) -> str:
    """Write a table as one new part of a folder that is there, safe on disk; returns its name."""
    name = f"{uuid4().hex}.parquet"
    unfinished = folder / f".{name}.unfinished"
    try:
        pq.write_table(table, unfinished)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    return name
