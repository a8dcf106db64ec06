"""A notebook may be begun by many at once: whoever comes second waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from data.notebook import opened

SCHEMA = "create table if not exists lines (n integer primary key)"


def test_many_begin_the_same_file_at_once(tmp_path):
    for turn in range(20):
        together = Barrier(8)

        def write(_, turn=turn, together=together):
            together.wait()
            with opened(tmp_path / f"{turn}.sqlite", SCHEMA) as connection:
                connection.execute("insert into lines default values")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(8)))
        with opened(tmp_path / f"{turn}.sqlite", SCHEMA) as connection:
            assert connection.execute("select count(*) from lines").fetchone() == (8,)
