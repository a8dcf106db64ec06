"""Weights that were made here: which waves were weighed, how, and what a question must count by because of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.model import Calibration, Margin, Weighing
from data.selection import literal

Rows = Callable[..., list[tuple[Any, ...]]]
Frame = Callable[..., pd.DataFrame]


@dataclass(frozen=True)
class Source:
    """Where responses are counted from: the table (with the weights beside them), the weight of a row in SQL, and
    whether rows are divided by calibration cell.
    """

    table: str = "responses"
    weight: str = "weight"
    calibrated: bool = False


class Weights:
    """The weighings of one generation. A generation of an earlier version has none."""

    def __init__(self, rows: Rows, frame: Frame, waves_in: Callable[[str], tuple[str, ...]]) -> None:
        self._rows, self._frame, self._waves_in = rows, frame, waves_in
        there = rows("select count(*) from information_schema.tables where table_name = 'weighings'")
        found = rows("select wave, tenure_group, made, said, cells from weighings") if there[0][0] else []
        self._made = {(wave, group): (made, said, cells) for wave, group, made, said, cells in found if said}
        self.calibration = lru_cache(self._calibration)
        self.stale = lru_cache(self._stale)

    def weighing(self, wave: str, tenure_group: str) -> Weighing | None:
        """How the weights of a wave and tenure group were made; None where they are the file's own."""
        found = self._made.get((wave, tenure_group))
        return None if found is None else read_weighing(found[1])

    def made(self, wave: str, tenure_group: str) -> str | None:
        """When they were made, ISO date and time in UTC."""
        found = self._made.get((wave, tenure_group))
        return None if found is None else str(found[0])

    def source(self, wave: str, tenure_group: str) -> Source:
        """Where to count a wave or a period from.

        In a period of several surveys the weights of each, made here or the file's, are brought to a mean of 1, so that
        surveys count by how many answered; nor can residuals on the margins be taken there, or where some answers have
        no weight.
        """
        inside = [each for each in self._waves_in(wave) if (each, tenure_group) in self._made]
        if not inside:
            return Source()
        names = ", ".join(literal(each) for each in inside)
        scaled = (
            "select wave as weighed_wave, respondent as weighed_respondent, calibration, weight as raked, "
            "weight / avg(weight) over (partition by wave) as scaled "
            f"from weights where tenure_group = {literal(tenure_group)} and wave in ({names})"
        )
        made = (
            f"responses left join ({scaled}) as made on weighed_respondent = respondent "
            "and weighed_wave = wave::varchar"
        )
        if inside == [wave]:
            usual = (
                f"select avg(weight) from weights where tenure_group = {literal(tenure_group)} and wave in ({names})"
            )
            return Source(f"(select * from {made})", f"coalesce(raked, ({usual}))", not self.stale(wave, tenure_group))
        own = "weight / avg(weight) filter (where counts) over (partition by wave, tenure_group)"
        return Source(f"(select *, {own} as own from {made})", "coalesce(scaled, own)")

    def taken_as_given(self, wave: str, tenure_group: str) -> str:
        """What is to be said where weights were made here and their making is in no error; "" where it is, or none were
        made.
        """
        inside = [each for each in self._waves_in(wave) if (each, tenure_group) in self._made]
        if inside and inside != [wave]:
            return (
                f"Weights made here are used for {', '.join(inside)}. The weights of each survey are brought to a mean "
                "of 1, so that it counts by how many answered; they are taken as given, which errs a little on the "
                "wide side."
            )
        if inside and self.stale(wave, tenure_group):
            return (
                "Figures are weighted with weights made here, but answers count now that did not then: these have the "
                "mean weight. Weigh the survey again."
            )
        return ""

    def _calibration(self, wave: str, tenure_group: str) -> Calibration | None:
        """What the variance needs to know; None for a period, or where the wave was not weighed or is stale."""
        found = self._made.get((wave, tenure_group))
        if found is None or self.stale(wave, tenure_group):
            return None
        source = self.source(wave, tenure_group)
        units = self._frame(
            f"select stratum::varchar as stratum, calibration, count(*) as n, sum({source.weight}) as w, "
            f"sum(({source.weight}) * ({source.weight})) as ww, sum(weight) as base from {source.table} "
            f"where wave = {literal(wave)} and tenure_group = {literal(tenure_group)} and counts group by all"
        )
        weighing = read_weighing(found[1])
        names = [margin.variable for margin in weighing.margins]
        cells = pd.DataFrame(json.loads(found[2]), columns=names)
        cells.insert(0, "calibration", range(len(cells)))
        return Calibration(weighing, cells, units)

    def _stale(self, wave: str, tenure_group: str) -> bool:
        """Whether answers count now that did not when the weights were made: they have none."""
        if (wave, tenure_group) not in self._made:
            return False
        ((without,),) = self._rows(
            "select count(*) from responses anti join (select respondent from weights "
            f"where wave = {literal(wave)} and tenure_group = {literal(tenure_group)}) as made using (respondent) "
            f"where responses.wave = {literal(wave)} and responses.tenure_group = {literal(tenure_group)} and counts"
        )
        return bool(without)


def written_weighing(weighing: Weighing) -> str:
    """A weighing as the store keeps it."""
    said = {each.name: getattr(weighing, each.name) for each in fields(weighing)}
    said["residual"] = [[*key, value] for key, value in weighing.residual.items()]
    said["margins"] = [
        {
            "variable": margin.variable,
            "targets": dict(margin.targets),
            "label": margin.label,
            "merged": dict(margin.merged),
        }
        for margin in weighing.margins
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def read_weighing(text: str) -> Weighing:
    """A weighing from what the store keeps."""
    said = json.loads(text)
    said["residual"] = MappingProxyType({(variable, level): off for variable, level, off in said["residual"]})
    said["margins"] = tuple(_margin(**each) for each in said["margins"])
    said["bounds"] = None if said["bounds"] is None else tuple(said["bounds"])
    said["notes"] = tuple(said["notes"])
    return Weighing(**said)


def _margin(variable: str, targets: dict[str, float], label: str, merged: dict[str, str]) -> Margin:
    return Margin(variable, MappingProxyType(targets), label, MappingProxyType(merged))


def written_cells(levels: Sequence[Sequence[str]]) -> str:
    """The level of each margin in every calibration cell, in the order of their numbers, as the store keeps it."""
    return json.dumps([list(each) for each in levels], ensure_ascii=False)
