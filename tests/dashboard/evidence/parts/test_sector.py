"""Our measures beside other landlords: the claims of the screen, never of a part of the landlord."""

from __future__ import annotations

from dataclasses import replace

from small_material import keyed, said

from analysis.model import SectorFigures
from dashboard import sector
from dashboard.evidence.parts.sector import beside_others
from dashboard.words.standing import SOURCE, quarters
from data.sector import shipped_years


def test_which_quarter_may_be_claimed_is_what_the_screen_says(findings):
    year = shipped_years()[0]
    table = keyed(beside_others(findings))["measures-lcra-sector-table"]
    claims = sector.claims(sector.beside_sector(findings, year))
    told = {row[0].split()[0]: row[-1] for row in table.table.rows}
    assert told["TP01"] == quarters(claims["TP01"]) and told["TP12"] == "–"
    assert SOURCE in table.about[1]


def test_how_many_landlords_of_which_year_and_that_ours_are_of_another(findings):
    told = said(beside_others(findings))
    figures: SectorFigures = findings.sector["TP01"]
    assert f"landlords of {figures.year}" in told
    later = replace(findings, wave=replace(findings.wave, reporting_year="2026/27"))
    assert f"are of {figures.year}, the newest there are here; ours are of 2026/27." in said(beside_others(later))


def test_a_part_of_the_landlord_is_not_set_beside_whole_landlords(findings):
    part = replace(findings, question=replace(findings.question, filters=(("estate", ("Ash Court",)),)))
    assert not keyed(beside_others(part))
    assert "are of a part of ours" in said(beside_others(part))


def test_on_paper_the_figures_stand_alone_beside_each_row(findings):
    chart = keyed(beside_others(findings))["measures-lcra-sector"].chart
    assert all(len(mark.words) < 28 for series in chart.series for mark in series.marks)
