"""Imported years: what goes in comes out, a re-import replaces and can be undone, and what is damaged is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from sector_workbook import NEW, OLD, made

from analysis.model import SectorYear
from data import sector
from data.generation import Damaged, NotHeld, StoreError
from data.sector import SectorYears, headlines, shipped, shipped_figures, shipped_years
from data.sources.regulator import read_year

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> SectorYear:
    return read_year(made(tmp_path_factory.mktemp("workbook"), NEW))


@pytest.fixture
def years(tmp_path: Path) -> SectorYears:
    return SectorYears(tmp_path / "sector")


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_year_comes_back_as_it_was_kept(tmp_path, years, layout):
    kept = read_year(made(tmp_path, layout))
    years.keep(kept)
    held = years.load(layout)
    for name in sector.TABLES:
        pd.testing.assert_frame_equal(getattr(held, name), getattr(kept, name))
    assert dict(held.landlords) == dict(kept.landlords)
    assert dict(held.surveys) == dict(kept.surveys)
    assert (held.year, held.source, held.sha256, held.published) == (
        kept.year,
        kept.source,
        kept.sha256,
        kept.published,
    )
    assert held.notes == kept.notes


def test_years_are_listed_newest_first_and_each_at_a_glance(years, year):
    years.keep(replace(year, year="2023/24"), NOON)
    years.keep(year, NOON)
    assert years.years() == ("2024/25", "2023/24")
    glance = years.imported("2024/25")
    assert (glance.landlords, glance.surveys, glance.taken) == (16, 24, "2026-01-05T12:00:00+00:00")
    assert not glance.can_undo


def test_importing_again_replaces_the_year_and_can_be_undone_once(years, year):
    first = years.keep(year, NOON)
    few = replace(year, sha256="another", landlords={"L1000": year.landlords["L1000"]}, surveys={})
    second = years.keep(few)
    assert second.can_undo and second.landlords == 1
    assert set(years.load("2024/25").landlords) == {"L1000"}
    assert years.years() == ("2024/25",)
    back = years.undo("2024/25")
    assert back == first and not back.can_undo
    assert len(years.load("2024/25").landlords) == 16
    assert years.undo("2024/25") is None
    assert years.years() == ()


def test_a_removed_year_is_gone_with_the_import_before_it(years, year):
    years.keep(year)
    years.keep(year)
    years.remove("2024/25")
    assert list(years.folder.iterdir()) == []
    with pytest.raises(NotHeld, match=r"2024/25 are not imported. The years held are: none"):
        years.remove("2024/25")


def test_the_fingerprint_changes_with_every_import(years, year):
    years.keep(year, NOON)
    first = years.fingerprint("2024/25")
    years.keep(year, NOON.replace(hour=13))
    assert years.fingerprint("2024/25") != first


@pytest.mark.parametrize("asked", ["load", "imported", "fingerprint", "undo"])
def test_a_year_that_is_not_held_is_refused_by_name(years, year, asked):
    years.keep(year)
    with pytest.raises(NotHeld, match=r"2019/20 are not imported. The years held are: 2024/25"):
        getattr(years, asked)("2019/20")


def test_a_damaged_file_says_to_import_again(years, year):
    years.keep(year)
    (years.folder / "2024-25.duckdb").write_bytes(b"nothing of the kind")
    with pytest.raises(Damaged, match="Import the regulator's workbook again"):
        years.load("2024/25")


def test_a_file_of_a_newer_version_is_not_opened(years, year):
    years.keep(year)
    with duckdb.connect(str(years.folder / "2024-25.duckdb")) as connection:
        connection.execute("update sector set version = 99")
    with pytest.raises(StoreError, match="newer version"):
        years.load("2024/25")


def test_an_import_that_fails_half_way_leaves_what_was_held(years, year, monkeypatch):
    years.keep(year, NOON)

    def full(path: Path, year: SectorYear, taken: str) -> None:
        path.write_bytes(b"half a file")
        raise OSError("no room")

    monkeypatch.setattr(sector, "_write", full)
    with pytest.raises(StoreError, match="What was in use still is"):
        years.keep(year)
    assert years.imported("2024/25").taken == "2026-01-05T12:00:00+00:00"
    assert [path.name for path in years.folder.iterdir()] == ["2024-25.duckdb"]


# ── What comes with the program ──────────────────────────────────────────────────────────────────


def test_quartiles_of_two_years_come_with_the_program():
    assert shipped_years() == ("2024/25", "2023/24")
    assert {held.measure for held in shipped("2024/25", "LCRA").values() if held.measure.startswith("TP")} == {
        f"TP{n:02}" for n in range(1, 13)
    }
    assert all(held.n >= 10 and held.lower <= held.median <= held.upper for held in shipped_figures())
    cuts = {held.cut for held in shipped_figures()}
    assert cuts == {"all", "type", "region", "size", "main method", "supported housing", "region and type"}


def test_the_shipped_medians_are_those_of_the_regulators_headline_report():
    # Tenant Satisfaction Measures 2024/25: headline report, 4 November 2025
    rented, owned = shipped("2024/25", "LCRA"), shipped("2024/25", "LCHO")
    medians = [round(rented[code].median) for code in ("TP02", "TP05", "TP08", "TP09")]
    assert (medians, round(owned["TP01"].median)) == ([74, 78, 78, 36], 48)
    assert rented["TP09"].median == 35.5  # printed as 36


def test_rented_homes_and_shared_owners_are_apart_in_every_shipped_figure():
    assert {held.tenure_group for held in shipped_figures() if held.measure.startswith("TP")} == {"LCRA", "LCHO"}
    assert not shipped("2024/25", "LCHO").keys() & {"TP02", "TP03", "TP04"}


def test_a_group_with_too_few_landlords_has_no_shipped_figures():
    assert shipped("2024/25", "LCHO", "main method", "Postal") == {}


def test_the_register_of_headlines_names_its_year():
    assert len(headlines("2024/25")) == 7
    assert headlines("2031/32") == ()
