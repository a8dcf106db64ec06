"""The regulator's real workbooks: what they hold, what does not agree in them, and the quartiles made from them.

The workbooks and the tables to compare with stand in the shared folder; how those were made is said in its notes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.model import SectorFigures, SectorYear
from analysis.model.sector import FIVE
from analysis.quartiles import quartiles_of
from analysis.recount import recount
from data.sector import headlines, shipped_figures, write_figures
from data.sources.regulator import read_year

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "rsh_tsm"
WORKBOOKS = {
    "2023/24": "2024_TSM_Full_Data_v1.1_FINAL.xlsx",
    "2024/25": "2025_TSM_Full_Data_v1.0_FINAL.xlsx",
}
GROUPS = {"PRP": "Private registered provider", "LA": "Council", "FacetoFace": "Face to face"}
GROUPS |= {"Face to Face": "Face to face", "5000-40000": "5,000-40,000", "<5000": "<5,000", ">40000": ">40,000"}
CUTS = {"landlord_type": "type", "predominant_method": "main method"}
BOTH = pytest.mark.parametrize("name", WORKBOOKS)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared/data/rsh_tsm is not beside the checkout")


@pytest.fixture(scope="module")
def years() -> dict[str, SectorYear]:
    return {name: read_year(FOLDER / file) for name, file in WORKBOOKS.items()}


@BOTH
def test_landlords_and_surveys_are_all_there(years, name):
    year = years[name]
    counted = pd.Series([group for _, group in year.surveys]).value_counts()
    expected = {"2023/24": (355, 56, 2, 358), "2024/25": (353, 59, 2, 359)}[name]
    assert (*counted[["LCRA", "LCHO", "Combined"]], year.management.landlord.nunique()) == expected
    assert year.year == name


@BOTH
def test_every_share_and_count_is_the_published_one(years, name):
    year = years[name].measures.set_index(["tenure_group", "landlord", "measure"])
    table = pd.read_csv(FOLDER / "tsm_likert_counts.csv", dtype={"code": str})
    table = table[table.year == name].set_index(["tenure", "code", "measure"])
    held = year.loc[table.index]
    for column in FIVE:
        assert np.allclose(held[column], table[column], equal_nan=True)
    for mine, theirs in (("na", "na_dont_know"), ("filter_yes", "filter_yes"), ("filter_no", "filter_no")):
        known = table[theirs].notna()
        assert np.allclose(held[mine][known], table[theirs][known], equal_nan=True)


@BOTH
def test_surveys_are_the_published_ones(years, name):
    table = pd.read_csv(FOLDER / "tsm_perception_landlord.csv", dtype={"code": str})
    for row in table[table.year == name].itertuples():
        survey = years[name].surveys[(row.code, row.tenure)]
        assert (survey.population, survey.sample) == (row.population, row.sample)
        assert (survey.margin, survey.required_sample) == (row.moe_pct_rsh, row.min_sample)
        assert survey.census == (row.sample_or_census == "Census")
        assert survey.methods.get("Telephone", 0) == (0 if np.isnan(row.n_telephone) else row.n_telephone)


def test_results_by_method_are_the_published_ones(years):
    table = pd.read_csv(FOLDER / "tsm_tp01_by_method.csv", dtype={"code": str})
    held = pd.concat([year.methods.assign(year=name) for name, year in years.items()])
    held = held.assign(method=held.method.str.replace(" ", "").str.lower())
    table = table.assign(method=table.method.str.replace(r"[ -]", "", regex=True).str.lower())
    both = table[table.n > 0].merge(
        held, left_on=["year", "tenure", "code", "method"], right_on=["year", "tenure_group", "landlord", "method"]
    )
    assert len(both) == len(table[table.n > 0]) > 1_400
    assert np.allclose(both.tp01_pct / 100, both.share, equal_nan=True)


# ── What does not agree ──────────────────────────────────────────────────────────────────────────


def test_every_figure_of_2024_25_follows_from_its_counts(years):
    found = recount(years["2024/25"], headlines("2024/25"))
    assert [(part.rows, part.agree) for part in (found["margin"], found["required_sample"])] == [(414, 414)] * 2
    assert (found["percentages"].rows, found["headlines"].rows) == (4_789, 7)
    assert all(part.disagreements == () for part in found.values())


def test_the_three_data_errors_of_2023_24_are_named(years):
    found = recount(years["2023/24"], headlines("2023/24"))
    assert [(part.rows, part.agree) for part in (found["margin"], found["required_sample"])] == [(413, 410), (413, 411)]
    assert {each.name.split()[0] for each in found["margin"].disagreements} == {"Octavia", "Sparrow", "Heylo"}
    assert {each.name.split()[0] for each in found["required_sample"].disagreements} == {"Sparrow", "Heylo"}


def test_percentages_of_2023_24_differ_only_where_weighted_counts_of_shared_owners_were_rounded(years):
    wrong = recount(years["2023/24"])["percentages"].disagreements
    assert {each.tenure_group for each in wrong} == {"LCHO"}
    assert max(abs(each.published - each.recomputed) for each in wrong) < 0.9
    assert all(each.why for each in wrong)


def test_counts_that_do_not_add_up_are_named(years):
    (only,) = recount(years["2023/24"])["counts"].disagreements
    assert (only.name, only.published, only.recomputed) == ("Cambridge City Council", 1861.0, 1873.0)


def test_what_is_odd_in_the_workbooks_is_said(years):
    assert sum("(TP07)' does not name its answer" in note for note in years["2023/24"].notes) == 3
    assert len(years["2024/25"].notes) == 1 and "L4491 has '5[Z].1'" in years["2024/25"].notes[0]


def test_no_contractor_is_in_what_is_read(years):
    for year in years.values():
        said = repr((dict(year.landlords), dict(year.surveys), year.notes))
        for trace in ("@", "Leadership Factor", "Acuity", "IFF", "http"):
            assert trace not in said


# ── Quartiles ────────────────────────────────────────────────────────────────────────────────────


def key(row: dict[str, str]) -> tuple[str, str, str, str, str]:
    """A row of the shared table as one of ours is named."""
    measure, tenure = row["measure"], row["tenure"]
    if measure.startswith("CH"):
        tenure, measure = measure.split("_")[2], measure[:6]
    elif not measure.startswith("TP"):
        tenure = "LCRA" if measure.startswith("RP") else ""
    return row["year"], tenure, CUTS.get(row["cut"], row["cut"]), GROUPS.get(row["group"], row["group"]), measure


def theirs() -> dict[tuple[str, ...], dict[str, str]]:
    with (FOLDER / "sector_quartiles.csv").open(encoding="utf-8", newline="") as file:
        return {key(row): row for row in csv.DictReader(file)}


def differs(mine: SectorFigures, row: dict[str, str]) -> bool:
    """Whether a figure of ours is not theirs to the decimal theirs is rounded to."""
    pairs = zip((mine.lower, mine.median, mine.upper), (row["lq"], row["median"], row["uq"]), strict=True)
    return mine.n != int(row["n"]) or any(abs(held - float(other)) > 0.0506 for held, other in pairs)


def test_the_shipped_quartiles_are_made_from_these_workbooks(years, tmp_path):
    figures = tuple(f for year in years.values() for f in quartiles_of(year))
    write_figures(figures, tmp_path / "quartiles.csv")
    shipped = Path(__file__).resolve().parents[2] / "data" / "reference" / "sector" / "quartiles.csv"
    assert (tmp_path / "quartiles.csv").read_bytes() == shipped.read_bytes()


def test_shipped_quartiles_are_the_shared_ones():
    mine = {(f.year, f.tenure_group, f.cut, f.group, f.measure): f for f in shipped_figures()}
    table = theirs()
    assert len(table) == 620 and table.keys() <= mine.keys()
    other = {name for name, row in table.items() if differs(mine[name], row)}
    # Theirs counted what 2023/24 prints for "nothing in the denominator" as 0: the next test.
    assert {(year, measure[:2]) for year, _, _, _, measure in other} <= {
        ("2023/24", p) for p in ("RP", "BS", "NM", "CH")
    }


def test_the_other_management_quartiles_of_2023_24_come_of_counting_nothing_as_nought(years):
    year = years["2023/24"]
    table = year.management.copy()
    has_stock = table[(table.measure == "CH01_1") & (table.value > 0)]
    stock = set(zip(has_stock.landlord, has_stock.tenure_group, strict=True))
    own = pd.Series([pair in stock for pair in zip(table.landlord, table.tenure_group, strict=True)], table.index)
    complaint = table.measure.str.startswith("CH")
    table.loc[(table.flag == "U") & (~complaint | own), "value"] = 0.0
    table.loc[complaint & ~own, "value"] = np.nan
    counted = SectorYear(**{**vars(year), "management": table})
    mine = {(f.year, f.tenure_group, f.cut, f.group, f.measure): f for f in quartiles_of(counted)}
    table_of_theirs = {name: row for name, row in theirs().items() if name[0] == "2023/24"}
    assert not [name for name, row in table_of_theirs.items() if differs(mine[name], row)]


@pytest.mark.parametrize(
    ("cut", "group", "measure", "expected"),  # of rented homes in 2024/25, as the sector's facts have them
    [
        ("all", "all", "TP01", (64.7, 71.8, 78.9)),
        ("all", "all", "TP09", (29.6, 35.5, 42.1)),
        ("type", "Council", "TP01", (61.1, 68.5, 74.8)),
        ("type", "Private registered provider", "TP12", (56.7, 63.4, 69.6)),
        ("region", "London", "TP01", (None, 61.2, None)),
        ("region", "North", "TP01", (None, 76.6, None)),
        ("size", ">40,000", "TP09", (None, 31.0, None)),
        ("main method", "Internet", "TP07", (None, 63.1, None)),
        ("main method", "Face to face", "TP05", (None, 82.9, None)),
        ("supported housing", "more than 30%", "TP01", (None, 77.8, None)),
        ("supported housing", "30% or less", "TP01", (None, 71.0, None)),
        ("all", "all", "RP02_1", (74.8, 82.4, 89.1)),
        ("all", "all", "CH01_1", (34.3, 53.9, 72.6)),
    ],
)
def test_the_sectors_quartiles_are_reproduced(cut, group, measure, expected):
    held = next(
        f
        for f in shipped_figures()
        if (f.year, f.tenure_group, f.cut, f.group, f.measure) == ("2024/25", "LCRA", cut, group, measure)
    )
    for found, known in zip((held.lower, held.median, held.upper), expected, strict=True):
        assert known is None or found == pytest.approx(known, abs=0.0506)
