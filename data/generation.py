"""One generation, read: counted cells and what made it. Every read of rows takes a scope.

``cells`` is the only engine-facing question about answers: a closed list of columns, literals escaped by the syntax
tree, so the same statistics can run on another engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pandas as pd
from sqlglot import exp

from analysis.calendar import reporting_year_of
from analysis.model import OUTSIDE, TENURE_GROUPS, Dimension, Filters, Overlap, Question, Scope, Survey, Wave
from data.fieldwork import Fieldwork
from data.merging.layout import as_version_2
from data.periods import Counted, Period
from data.provenance import Kept, NotHeld, Provenance, StoreError
from data.selection import NOT_RECORDED, as_text, inside, literal, named, quoted, seen
from data.weights import Source, Weights

__all__ = ["SCHEMA_VERSION", "Damaged", "Generation", "Kept", "NotHeld", "StoreError"]

ITEM_CODE = re.compile(r"ST\d\d(:[a-z_]+)?")
METHOD = "method"  # a way of dividing answers that is no filter
SCHEMA_VERSION = 3  # 3: weights made here; 2: records beside surveys


class Damaged(StoreError):
    """A generation is gone or cannot be read; the one before it can still be gone back to."""


class Generation(Provenance):
    """A finished, unchanging set of tables. Reading is safe from any thread and any process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
            self.meta: dict[str, str] = dict(self._connection.execute("select key, value from meta").fetchall())
            if self.meta["schema_version"] == "1":
                self._read_as_version_2()
        except duckdb.Error as error:
            raise Damaged(
                f"{path.name} cannot be read as a generation ({type(error).__name__}). Undo the last publish, or "
                "restore the file from a backup."
            ) from error
        self._refuse_a_newer_store()

    def _read_as_version_2(self) -> None:
        """A generation of version 1 holds surveys only: read through views that show empty tables of records."""
        self._connection.close()
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"attach {literal(str(self.path))} as version_1 (read_only)")
        as_version_2(self._connection, "version_1", "memory")

    def _refuse_a_newer_store(self) -> None:
        version = int(self.meta["schema_version"])
        if version > SCHEMA_VERSION:
            self.close()
            raise StoreError(
                f"{self.path.name} was written by a newer Tenant Voice (store version {version}; this one reads up "
                f"to {SCHEMA_VERSION}). Update Tenant Voice, or point TENANT_VOICE_HOME at another folder."
            )

    @property
    def fingerprint(self) -> str:
        """A key that changes whenever the data do; what caches are keyed on."""
        return self.meta["fingerprint"]

    @property
    def number(self) -> int:
        """Its place in the history, from 1."""
        return int(self.meta["number"])

    @property
    def kind(self) -> str:
        """Whose data: "sample" (invented) or "real"."""
        return self.meta["kind"]

    @property
    def created(self) -> str:
        """When it was published, ISO date and time in UTC."""
        return self.meta["created"]

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query, on a cursor of its own. For this layer only: a face asks by a named question."""
        return self._connection.cursor().execute(sql, list(values)).fetchall()

    def in_one_order(self) -> None:
        """Count on one thread from now on: sums of many weights then end in the same digits every time."""
        self._connection.execute("set threads = 1")

    def frame(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """A query as a frame. For this layer only: a face asks by a named question."""
        return self._connection.cursor().execute(sql, list(values)).df()

    # ── what there is ────────────────────────────────────────────────────────────────────────────

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The closed list of response columns any question may name."""
        return tuple(name for (name, *_) in self.rows("describe responses"))

    @cached_property
    def measure_codes(self) -> tuple[str, ...]:
        """Codes of the perception measures the responses have a column for."""
        return tuple(code for code in self.columns if code.startswith("TP") and len(code) == 4)

    @cached_property
    def item_codes(self) -> tuple[str, ...]:
        """Codes of the questions about being judged and their options ("ST01", "ST02:police") that have a column."""
        return tuple(code for code in self.columns if ITEM_CODE.fullmatch(code))

    @cached_property
    def _answered(self) -> dict[str, tuple[str, ...]]:
        codes = (*self.measure_codes, *self.item_codes)
        counts = ", ".join(f"count({quoted(code)})" for code in codes) or "0"
        found = self.rows(f"select wave::varchar, {counts} from responses group by 1")
        return {wave: tuple(code for code, n in zip(codes, held, strict=False) if n) for wave, *held in found}

    def asked_in(self, wave: str) -> tuple[str, ...]:
        """Codes of the measures a wave asked: those that anybody in it (in any wave of a period) has an entry for."""
        asked = set(self.codes_asked_in(wave))
        return tuple(code for code in self.measure_codes if code in asked)

    def codes_asked_in(self, wave: str) -> tuple[str, ...]:
        """Codes of the measures a wave asked and of the questions about being judged, as ``asked_in``."""
        asked = {code for name in self.waves_in(wave) for code in self._answered.get(name, ())}
        return tuple(code for code in (*self.measure_codes, *self.item_codes) if code in asked)

    @cached_property
    def waves(self) -> tuple[Wave, ...]:
        """Every wave, oldest first, with its counted responses by method."""
        found = self.rows(
            'select name, fieldwork_from, fieldwork_to, reporting_year, collector, sample_kind, "population_LCRA", '
            '"population_LCHO" from waves order by fieldwork_to, fieldwork_from, name'
        )
        return tuple(self._wave(row) for row in found)

    def _wave(self, row: tuple[Any, ...]) -> Wave:
        name, begun, ended, year, collector, sample_kind, *populations = row
        known = {group: n for group, n in zip(TENURE_GROUPS, populations, strict=True) if n is not None}
        return Wave(
            name=name,
            fieldwork_from=begun,
            fieldwork_to=ended,
            reporting_year=year,
            collector=collector or "",
            sample_kind=sample_kind or "",
            populations=MappingProxyType(known),
            methods=MappingProxyType(self.methods(name)),
            invented=self.kind == "sample",
        )

    def wave(self, name: str) -> Wave:
        """The wave or period of that name. Raises NotHeld naming the waves there are."""
        for wave in self.waves:
            if wave.name == name:
                return wave
        period = self._fieldwork.period(name)
        if period is not None:
            return self._pooled(period)
        held = ", ".join(wave.name for wave in self.waves) or "none"
        raise NotHeld(f"There is no wave called '{name}'. The waves held are: {held}.")

    def _pooled(self, period: Period) -> Wave:
        """A period as a wave: populations as in the latest wave inside it, the rest where its waves agree."""
        inside = [wave for wave in self.waves if wave.name in self.waves_in(period.name)]
        kinds = {wave.sample_kind for wave in inside}
        return replace(
            inside[-1],
            name=period.name,
            fieldwork_from=period.begun,
            fieldwork_to=period.ended,
            reporting_year=reporting_year_of(period.ended),
            collector=", ".join(dict.fromkeys(wave.collector for wave in inside if wave.collector)),
            sample_kind=kinds.pop() if len(kinds) == 1 else "",
            methods=MappingProxyType(self.methods(period.name)),
        )

    @cached_property
    def _fieldwork(self) -> Fieldwork:
        return Fieldwork(self.rows)

    @property
    def by_month(self) -> tuple[Counted, ...]:
        """Counted answers by wave and month: wave, first day of the month, number."""
        return self._fieldwork.by_month

    def when(self, name: str) -> exp.Expr:
        """The condition on response rows for a wave or a period."""
        return self._fieldwork.when(name)

    def waves_in(self, name: str) -> tuple[str, ...]:
        """The wave itself, or the waves with answers in a period, oldest first."""
        return self._fieldwork.waves_in(name)

    def undated(self, name: str) -> int:
        """Counted answers without a date in the waves a period is made of: they are in no period."""
        return self._fieldwork.undated(self.waves_in(name))

    def methods(self, wave: str, tenure_group: str | None = None) -> dict[str, int]:
        """Counted responses by collection method in a wave (and tenure group), most used first, where recorded."""
        found: dict[str, int] = {}
        for row in self._fieldwork.of(wave):
            if row.counts and row.method is not None and tenure_group in (None, row.tenure_group):
                found[row.method] = found.get(row.method, 0) + row.n
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The ways respondents can be divided; special categories are not among them."""
        return tuple(
            Dimension(key, label, heading or "", bool(special))
            for key, label, heading, special in self.rows("select key, label, heading, special from dimensions")
            if key in self.columns and not special
        )

    def dimension(self, key: str) -> Dimension:
        """The dimension of that key. Raises NotHeld naming the dimensions there are."""
        for dimension in self.dimensions:
            if dimension.key == key:
                return dimension
        held = ", ".join(dimension.key for dimension in self.dimensions) or "none"
        raise NotHeld(f"There is no way to divide by '{key}'. This store has: {held}.")

    def levels(self, key: str, scope: Scope) -> tuple[str, ...]:
        """The values of a dimension among counted respondents in scope, sorted; "not recorded" last if any."""
        column = exp.column(self.dimension(key).key, quoted=True)
        query = exp.select(as_text(column)).distinct().from_("responses").where(inside(scope), "counts")
        found = [value for (value,) in self.rows(query.sql("duckdb"))]
        return tuple(sorted(value for value in found if value is not None) + [NOT_RECORDED] * (None in found))

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def survey(
        self, question: Question, dims: tuple[str, ...] = (), among: tuple[str, tuple[int, int]] | None = None
    ) -> Survey:
        """The wave and tenure group of a question, counted by ``dims`` within its filters and scope.

        ``among``: only respondents whose answer to a measure lies from one code to another ("TP08", (4, 5)). Raises
        NotHeld for a wave, dimension or filter that is not there.
        """
        wave = self.wave(question.wave)
        wanted = question.measures or self.measure_codes
        measures = tuple(code for code in self.codes_asked_in(wave.name) if code in wanted)
        wave = replace(wave, methods=MappingProxyType(self.methods(wave.name, question.tenure_group)))
        cells = self.cells(dims, question.filters, measures, question.scope, wave.name, question.tenure_group, among)
        strata = self._strata(wave.name, question.tenure_group)
        calibration = self.weights.calibration(wave.name, question.tenure_group)
        given = self.weights.taken_as_given(wave.name, question.tenure_group)
        return Survey(wave, question.tenure_group, dims, cells, strata, calibration, given)

    @cached_property
    def weights(self) -> Weights:
        """The weights that were made here, for the waves and tenure groups that were weighed."""
        return Weights(self.rows, self.frame, self.waves_in)

    def cells(
        self,
        dims: tuple[str, ...],
        filters: Filters,
        measures: tuple[str, ...],
        scope: Scope,
        wave: str,
        tenure_group: str,
        among: tuple[str, tuple[int, int]] | None = None,
    ) -> pd.DataFrame:
        """Counted cells: a row per (dims…, stratum, measure, answer) with n, Σ weight (w) and Σ weight² (ww).

        Where weights were made here, also by ``calibration`` cell, with ``base``, the sum of the weights before.
        "method" may be a dimension. Raises NotHeld for a dimension or filter that is not there.
        """
        for key in (*(key for key in dims if key != METHOD), *(key for key, _ in filters)):
            self.dimension(key)
        source = self.weights.source(wave, tenure_group)
        if not measures:
            raked = ["calibration", "base"] if source.calibrated else []
            return pd.DataFrame(columns=[*dims, "stratum", *raked, "measure", "answer", "n", "w", "ww"])
        where = seen(self.when(wave), tenure_group, scope, filters, counted=True).sql("duckdb")
        if among is not None:
            where += self._among(*among)
        counted = self.frame(_counting(dims, measures, where, source))
        return counted.astype({"n": "int64", "w": "float64", "ww": "float64"})

    def _among(self, code: str, ends: tuple[int, int]) -> str:
        if code not in (*self.measure_codes, *self.item_codes):
            raise NotHeld(f"No answers are held to {code}.")
        return f" and {quoted(code)} between {int(ends[0])} and {int(ends[1])}"

    def overlap(self, question: Question, dims: tuple[str, ...] = ()) -> Overlap | None:
        """The households that answered in a question's wave and in the one it is compared with, counted.

        None where it is compared with nothing, where answers are not joined to homes, or where nobody answered twice.
        Raises NotHeld as ``survey``.
        """
        if question.compared_with is None or "home" not in self.columns:
            return None
        waves = (question.compared_with, question.wave)
        asked = (set(self.codes_asked_in(name)) for name in waves)
        both = set.intersection(*asked, set(question.measures or self.measure_codes))
        if not both:
            return None
        before, after = (self._by_home(question, name, sorted(both), dims) for name in waves)
        cells = self.frame(_twice(dims, sorted(both), before, after))
        return None if cells.empty else Overlap(dims, cells)

    def _by_home(self, question: Question, wave: str, measures: Sequence[str], dims: tuple[str, ...]) -> str:
        """The query of counted answers of a wave that are joined to a home."""
        source = self.weights.source(wave, question.tenure_group)
        where = seen(self.when(wave), question.tenure_group, question.scope, question.filters, counted=True)
        names = [*(quoted(key) for key in dims), *(quoted(code) for code in measures)]
        return (
            f"select home, {source.weight} as weighs, {', '.join(names)} from {source.table} "
            f"where home is not null and {where.sql('duckdb')}"
        )

    @cached_property
    def _populations(self) -> dict[tuple[str, str, str], float]:
        found = self.rows("select wave, tenure_group, stratum, any_value(population) from strata group by all")
        return {(wave, group, stratum): math.nan if n is None else float(n) for wave, group, stratum, n in found}

    def _strata(self, wave: str, tenure_group: str) -> pd.DataFrame:
        """Stratum, n (all counted respondents, whatever the filters) and population (missing: not known).

        The populations of a period are those of the latest wave inside it.
        """
        latest = self.waves_in(wave)[-1]
        found: dict[str | None, int] = {}
        for row in self._fieldwork.of(wave):
            if row.counts and row.tenure_group == tenure_group:
                found[row.stratum] = found.get(row.stratum, 0) + row.n
        populations = [self._populations.get((latest, tenure_group, str(stratum)), math.nan) for stratum in found]
        strata = pd.DataFrame({"stratum": list(found), "n": list(found.values()), "population": populations})
        return strata.sort_values("stratum").reset_index(drop=True)

    def responses(self, wave: str) -> dict[str, int]:
        """Counted respondents of a wave by tenure group, those outside the measures last."""
        found: dict[str, int] = {}
        for row in self._fieldwork.of(wave):
            if row.counts:
                found[row.tenure_group] = found.get(row.tenure_group, 0) + row.n
        return {group: found[group] for group in (*TENURE_GROUPS, OUTSIDE) if group in found}

    def tenure_groups(self, wave: str) -> tuple[str, ...]:
        """Tenure groups with counted responses in a wave, LCRA first."""
        return tuple(group for group in self.responses(wave) if group != OUTSIDE)

    def household_repeats(self, wave: str) -> int:
        """Respondents of a wave whose household had answered already: flagged, and in no measure."""
        return sum(row.n for row in self._fieldwork.of(wave) if not row.counts)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _twice(dims: tuple[str, ...], measures: Sequence[str], before: str, after: str) -> str:
    """The query that counts the households in both queries by their two answers, measure by measure."""
    levels = "".join(
        f"{named(exp.column(key, table='a', quoted=True)).sql('duckdb')} as {quoted(key)}, " for key in dims
    )
    counted = " union all ".join(
        f"select {levels}{literal(code)} as measure, b.{quoted(code)} as before, a.{quoted(code)} as after, "
        f"count(*) as n, sum(a.weighs * b.weighs) as ww from a join b using (home) "
        f"where a.{quoted(code)} between 1 and 5 and b.{quoted(code)} between 1 and 5 group by all"
        for code in measures
    )
    return f"with a as materialized ({after}), b as materialized ({before}) {counted}"


def _counting(dims: tuple[str, ...], measures: tuple[str, ...], where: str, source: Source) -> str:
    """The query that counts answers: the rows wanted are found once, then counted measure by measure.

    Dimensions become text only after counting, when there are few of them.
    """
    raked = ["calibration"] if source.calibrated else []
    keys = [*(quoted(key) for key in dims), "stratum", *raked]
    before = ", sum(before) as base" if source.calibrated else ""
    levels = "".join(f"{named(exp.column(key, quoted=True)).sql('duckdb')} as {quoted(key)}, " for key in dims)
    codes = [quoted(code) for code in measures]
    counted = " union all ".join(
        f"select {', '.join(keys)}, {literal(measure)} as measure, {code} as answer, count(*) as n, "
        f"sum(weighs) as w, sum(weighs * weighs) as ww{before} from chosen group by all"
        for measure, code in zip(measures, codes, strict=True)
    )
    weighed = f"{source.weight} as weighs, weight as before"
    chosen = f"select {', '.join([*keys, weighed, *codes])} from {source.table} where {where}"
    more = "calibration, base, " if source.calibrated else ""
    return (
        f"with chosen as materialized ({chosen}), counted as ({counted}) "
        f"select {levels} stratum::varchar as stratum, {more}measure, answer, n, w, ww from counted order by all"
    )
