"""Weights for a survey that is held: which characteristics there are, how many homes of each, and the weights made.

Nothing is published here: ``prepare`` gives what a person looks at before deciding, and what the store then publishes.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.model import WHOLE_LANDLORD, Calibration, Margin, Question, Survey, Weighing
from analysis.survey.weighting import CannotWeigh, weigh
from data.columns.faults import UnreadableFile
from data.generation import Generation, NotHeld
from data.merging.layout import WEIGHINGS, WEIGHTS
from data.records import homes_as_at, homes_by
from data.selection import NOT_RECORDED, literal, quoted
from data.sources.tables import TableError
from data.sources.weighted import columns_of
from data.weights import written_cells, written_weighing

REGISTER = Path(__file__).parent / "reference" / "weighting.toml"
FEWEST = 5  # answers of a level: with fewer, one person's weight decides too much, and another level is offered
MOST_BLANKS = 0.2  # of the answers: beyond it a characteristic does not say enough about who answered
TOGETHER = "the smaller ones together"
TYPED = "typed"
LIST_OF_HOMES = "the list of homes"
COLUMNS = ("variable", "level", "N")
BAND = re.compile(r"\s*(?P<side>under |over )?(?P<begun>\d+(\.\d+)?)", re.IGNORECASE)


@dataclass(frozen=True)
class Level:
    """One level of a characteristic: how many answered from it, and how many homes there are (None: not known)."""

    name: str
    answers: int
    homes: float | None


@dataclass(frozen=True)
class Characteristic:
    """Something answers may be weighted by; ``why_not`` says why it may not be, "" where it may.

    ``named`` is what the regulator calls it. ``blanks`` counts answers that do not say.
    """

    key: str
    label: str
    named: str
    levels: tuple[Level, ...]
    blanks: int
    source: str  # where the homes are counted: "the list of homes", "tenancies and people", ""
    why_not: str = ""


@dataclass(frozen=True)
class Prepared:
    """Weights that could be used, and how they were made: ``rows`` has respondent, weight and calibration."""

    weighing: Weighing
    rows: pd.DataFrame
    cells: tuple[tuple[str, ...], ...]
    survey: Survey  # the wave with these weights, counted by nothing: for a look before deciding


@dataclass(frozen=True)
class Weighed:
    """What the store publishes: the weights of one wave and tenure group. An Incoming."""

    connection: duckdb.DuckDBPyConnection
    name: str
    sha256: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)


# ── What there is to weigh by ────────────────────────────────────────────────────────────────────


def characteristics(generation: Generation, wave: str, tenure_group: str) -> tuple[Characteristic, ...]:
    """The ways answers of a wave are divided, with the homes of each level where they are counted; usable ones first.

    Raises NotHeld for a wave that is not there.
    """
    generation.wave(wave)
    register = _register()
    found = [
        _characteristic(generation, wave, tenure_group, dimension.key, dimension.label, register)
        for dimension in generation.dimensions
    ]
    usual = list(register)
    return tuple(
        sorted(found, key=lambda c: (bool(c.why_not), usual.index(c.key) if c.key in register else len(usual)))
    )


def proposal(found: Characteristic) -> Margin:
    """The margin a characteristic gives: its numbers of homes, with levels of few answers merged.

    Levels in an order of size or age are merged with the next one; others together. What answers do not say keeps its
    share of the answers, and the homes of the others share the rest. Raises CannotWeigh where it may not be used.
    """
    if found.why_not:
        raise CannotWeigh(f"{found.label} cannot be used: {found.why_not}.")
    targets = {level.name: float(level.homes or 0) for level in found.levels if level.homes}
    answers = {level.name: level.answers for level in found.levels}
    merged = _merged(list(targets), answers)
    homes, answered = sum(targets.values()), sum(answers.values()) + found.blanks
    if found.blanks:
        said = 1 - found.blanks / answered
        targets = {name: number * said for name, number in targets.items()}
        targets[NOT_RECORDED] = homes * (1 - said)
    return Margin(found.key, MappingProxyType(targets), found.label, MappingProxyType(merged))


def regulators_names(weighing: Weighing) -> tuple[str, ...]:
    """The characteristics of a weighing in the regulator's own words, each once; others under their own label."""
    register = _register()
    names = (register.get(m.variable, {}).get("named", m.label or m.variable) for m in weighing.margins)
    return tuple(dict.fromkeys(names))


def read_targets(path: Path) -> tuple[Margin, ...]:
    """Typed targets from a CSV with the columns variable, level, N. Raises CannotWeigh, naming the row."""
    targets: dict[str, dict[str, float]] = {}
    try:
        rows, columns = columns_of(path, COLUMNS)
    except (TableError, UnreadableFile) as fault:
        raise CannotWeigh(f"{path.name}: {fault}") from fault
    for row, variable, level, number in zip(rows, *columns, strict=True):
        if not variable or not level:
            raise CannotWeigh(f"{path.name}, row {row}: variable and level must both be there.")
        if level in targets.get(variable, {}):
            raise CannotWeigh(f"{path.name}, row {row}: {variable} '{level}' stands there twice.")
        targets.setdefault(variable, {})[level] = _number(number, f"{path.name}, row {row}")
    return tuple(Margin(variable, MappingProxyType(levels), variable) for variable, levels in targets.items())


def _number(text: str, where: str) -> float:
    try:
        found = float(text.replace(",", ""))
    except ValueError as error:
        raise CannotWeigh(f"{where}: N is '{text}'. It must be a number of homes.") from error
    return found


# ── Making them ──────────────────────────────────────────────────────────────────────────────────


def prepare(
    generation: Generation,
    wave: str,
    tenure_group: str,
    margins: Sequence[Margin],
    bounds: tuple[float, float] | None = None,
    source: str = TYPED,
) -> Prepared:
    """Weights for everyone counted in a wave and tenure group, from the file's own weights.

    Raises CannotWeigh with the remedy, NotHeld for a wave or characteristic that is not there.
    """
    waves = generation.waves_in(generation.wave(wave).name)
    if waves != (wave,):
        raise NotHeld(f"{wave} is a period made of {', '.join(waves)}. Weigh each survey.")
    keys = [generation.dimension(margin.variable).key for margin in margins]
    rows = _respondents(generation, wave, tenure_group, keys)
    if rows.empty:
        raise NotHeld(f"{wave} has no {tenure_group} answers.")
    named = [replace(m, label=m.label or generation.dimension(m.variable).label) for m in margins]
    base = rows["weight"].to_numpy(np.float64)
    weights, how = weigh(
        rows[keys], named, base, bounds, wave=wave, tenure_group=tenure_group, source=source, scale=True
    )
    levels = pd.DataFrame({m.variable: rows[m.variable].replace(dict(m.merged)) for m in named})
    cell = levels.groupby(keys, sort=False).ngroup()
    firsts = levels.groupby(cell).first()
    made = rows[["respondent"]].assign(weight=weights, calibration=cell.to_numpy())
    cells = tuple(tuple(map(str, each)) for each in firsts.itertuples(index=False))
    return Prepared(how, made, cells, _survey(generation, wave, tenure_group, rows, made, how, firsts))


def as_incoming(connection: duckdb.DuckDBPyConnection, prepared: Prepared, made: str) -> Weighed:
    """Prepared weights as the store takes them in. ``made``: when, ISO date and time in UTC."""
    how = prepared.weighing
    _put(connection, how, made, written_weighing(how), written_cells(prepared.cells))
    connection.register("prepared", prepared.rows)
    connection.execute(
        f"insert into weights select {literal(how.wave)}, {literal(how.tenure_group)}, respondent, weight, calibration "
        "from prepared"
    )
    connection.unregister("prepared")
    return Weighed(connection, f"weights of {how.wave}, {how.tenure_group}", _digest(prepared))


def as_files_own(connection: duckdb.DuckDBPyConnection, wave: str, tenure_group: str, made: str) -> Weighed:
    """What makes the store go back to the weights of the file."""
    how = Weighing(wave, tenure_group, (), 0, 0, True, 0.0, 1.0, 0.0, 1.0, 1.0)
    _put(connection, how, made, None, None)
    digest = hashlib.sha256(f"{wave}\n{tenure_group}\n{made}".encode()).hexdigest()
    return Weighed(connection, f"weights of the file again for {wave}, {tenure_group}", digest)


@contextmanager
def working() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for weights on their way to the store."""
    connection = duckdb.connect(":memory:")
    try:
        yield connection
    finally:
        connection.close()


def _put(connection: duckdb.DuckDBPyConnection, how: Weighing, made: str, said: str | None, cells: str | None) -> None:
    for table in (WEIGHINGS, WEIGHTS):
        columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in table.columns)
        connection.execute(f"create table {table.name} ({columns})")
    connection.execute("insert into weighings values (?, ?, ?, ?, ?)", [how.wave, how.tenure_group, made, said, cells])


def _digest(prepared: Prepared) -> str:
    """A checksum of the weights, so that the store's fingerprint changes with them."""
    rows = pd.util.hash_pandas_object(prepared.rows, index=False).to_numpy().tobytes()
    return hashlib.sha256(written_weighing(prepared.weighing).encode() + rows).hexdigest()


def _respondents(generation: Generation, wave: str, tenure_group: str, keys: Sequence[str]) -> pd.DataFrame:
    """Respondent, stratum, weight of the file, the level of each characteristic and every answer of those counted."""
    levels = "".join(f", coalesce({quoted(key)}::varchar, {literal(NOT_RECORDED)}) as {quoted(key)}" for key in keys)
    codes = "".join(f", {quoted(code)}" for code in generation.asked_in(wave))
    return generation.frame(
        f"select respondent, stratum::varchar as stratum, weight{levels}{codes} from responses "
        f"where wave = {literal(wave)} and tenure_group = {literal(tenure_group)} and counts order by respondent"
    )


def _survey(
    generation: Generation,
    wave: str,
    tenure_group: str,
    rows: pd.DataFrame,
    made: pd.DataFrame,
    how: Weighing,
    firsts: pd.DataFrame,
) -> Survey:
    """The wave as it would be with these weights."""
    held = generation.survey(_whole(wave, tenure_group))
    w = made["weight"].to_numpy()
    people = rows.assign(calibration=made["calibration"], w=w, ww=w**2, base=rows["weight"])
    sums = {"n": ("w", "size"), "w": ("w", "sum"), "ww": ("ww", "sum"), "base": ("base", "sum")}
    kept = ["stratum", "calibration", "w", "ww", "base"]
    long = people.melt(kept, list(generation.asked_in(wave)), var_name="measure", value_name="answer")
    cells = long.groupby(["stratum", "calibration", "measure", "answer"], dropna=False).agg(**sums).reset_index()
    units = people.groupby(["stratum", "calibration"]).agg(**sums).reset_index()
    levels = firsts.reset_index(drop=True)
    levels.insert(0, "calibration", range(len(levels)))
    return replace(held, dims=(), cells=cells, calibration=Calibration(how, levels, units))


def _whole(wave: str, tenure_group: str) -> Question:
    return Question(wave=wave, tenure_group=tenure_group, scope=WHOLE_LANDLORD)


# ── One characteristic ───────────────────────────────────────────────────────────────────────────


@cache
def _register() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in tomllib.loads(REGISTER.read_text(encoding="utf-8"))["characteristic"]}


def _characteristic(
    generation: Generation,
    wave: str,
    tenure_group: str,
    key: str,
    label: str,
    register: Mapping[str, Mapping[str, str]],
) -> Characteristic:
    answers = dict(
        generation.rows(
            f"select {quoted(key)}::varchar, count(*) from responses where wave = {literal(wave)} "
            f"and tenure_group = {literal(tenure_group)} and counts group by 1"
        )
    )
    blanks = int(answers.pop(None, 0))
    entry = register.get(key, {})
    homes, source = _homes(generation, tenure_group, entry, generation.wave(wave).fieldwork_to)
    names = sorted({*answers, *homes}, key=_in_order)
    levels = tuple(Level(name, int(answers.get(name, 0)), homes.get(name) if homes else None) for name in names)
    why_not = _why_not(levels, blanks, bool(homes))
    return Characteristic(key, label, entry.get("named", label), levels, blanks, source, why_not)


def _homes(
    generation: Generation, tenure_group: str, entry: Mapping[str, str], on: date
) -> tuple[dict[str, float], str]:
    """How many homes there are of each level, those that do not say shared out among the rest, and where from."""
    if "homes" in entry:
        counted = homes_by(generation, WHOLE_LANDLORD, ("tenure_group", entry["homes"]))
        mine = counted[counted["tenure_group"] == tenure_group]
        found = dict(zip(mine[entry["homes"]], mine["homes"].astype(float), strict=True))
        day = homes_as_at(generation)
        source = LIST_OF_HOMES + (f" as at {day.day} {day:%B %Y}" if day else "")
    elif "people" in entry:
        found = dict(
            generation.rows(
                f"select {quoted(entry['people'])}::varchar, count(distinct home)::double from people "
                f"where tenure_group = {literal(tenure_group)} and home is not null and lead is distinct from false "
                "and (start_day is null or start_day <= ?) and (end_day is null or end_day >= ?) group by 1",
                [on, on],
            )
        )
        source = "tenancies and people"
    else:
        return {}, ""
    whole = sum(found.values())
    known = {str(level): number for level, number in found.items() if level not in (None, NOT_RECORDED)}
    said = sum(known.values())
    return {level: number * whole / said for level, number in known.items()} if said else {}, source if said else ""


def _why_not(levels: Sequence[Level], blanks: int, counted: bool) -> str:
    answers = sum(level.answers for level in levels)
    if not answers:
        return "no answer says it"
    if blanks > MOST_BLANKS * (answers + blanks):
        return f"{blanks:,} of {answers + blanks:,} answers do not say"
    if not counted:
        return "how many homes there are of each level is not known here; give the numbers in a file"
    unknown = [level for level in levels if level.answers and not level.homes]
    if unknown:
        return f"{unknown[0].answers:,} answers are from '{unknown[0].name}', which no home is"
    if sum(1 for level in levels if level.homes) < 2:
        return "there is one level only"
    return ""


def _merged(names: Sequence[str], answers: Mapping[str, int]) -> dict[str, str]:
    """What is counted as what, so that every level has enough answers."""
    if all(_in_order(name)[0] == 0 for name in names):
        return _with_the_next(names, answers)
    thin = [name for name in names if answers.get(name, 0) < FEWEST]
    if not thin:
        return {}
    if sum(answers.get(name, 0) for name in thin) < FEWEST:
        others = [name for name in names if name not in thin]
        thin += sorted(others, key=lambda name: answers.get(name, 0))[:1]
    return dict.fromkeys(thin, TOGETHER) if len(thin) < len(names) else {}


def _with_the_next(names: Sequence[str], answers: Mapping[str, int]) -> dict[str, str]:
    """Levels in an order, each thin one with the next, the last with the one before: named by what it is counted as."""
    groups: list[list[str]] = []
    for name in names:
        if groups and sum(answers.get(each, 0) for each in groups[-1]) < FEWEST:
            groups[-1].append(name)
        else:
            groups.append([name])
    if len(groups) > 1 and sum(answers.get(each, 0) for each in groups[-1]) < FEWEST:
        last = groups.pop()
        groups[-1] += last
    named = {name: max(group, key=lambda each: answers.get(each, 0)) for group in groups for name in group}
    return {name: to for name, to in named.items() if name != to}


def _in_order(name: str) -> tuple[int, float, str]:
    """Numbers and bands by where they begin ("under" a number before it, "over" behind it), then words.

    >>> sorted(["25 to 34", "Over 84", "Under 25", "Ash Court"], key=_in_order)
    ['Under 25', '25 to 34', 'Over 84', 'Ash Court']
    """
    found = BAND.match(name)
    if found is None:
        return (1, 0.0, name)
    before_or_behind = {"under": -0.5, "over": 0.5}.get((found["side"] or "").strip().lower(), 0.0)
    return (0, float(found["begun"]) + before_or_behind, name)
