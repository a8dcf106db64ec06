"""The regulator's workbook read: both layouts, next year's, an edited one, and one that is something else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import sector_workbook as made_up
import xlsxwriter
from sector_workbook import NEW, OLD, header_of, made, place, workbook

from analysis.model import SectorYear
from data.columns.faults import UnreadableFile
from data.sources.regulator import read_year

BOTH = pytest.mark.parametrize("layout", [OLD, NEW])
LCRA, LCHO, MANAGEMENT = "TSM25_LCRA_Perception", "TSM25_LCHO_Perception", "TSM25_Management_Info"


@pytest.fixture
def sheets() -> made_up.Sheets:
    return workbook(NEW)


def read(folder: Path, sheets: made_up.Sheets, **said: str) -> SectorYear:
    return read_year(made(folder, NEW, sheets), **said)


def refused(folder: Path, sheets: made_up.Sheets, **said: str) -> str:
    with pytest.raises(UnreadableFile) as error:
        read(folder, sheets, **said)
    return str(error.value)


def row(year: SectorYear, code: str, group: str, measure: str) -> dict:
    table = year.measures
    chosen = table[(table.landlord == code) & (table.tenure_group == group) & (table.measure == measure)]
    assert len(chosen) == 1
    return chosen.iloc[0].to_dict()


# ── As published ─────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_both_layouts_give_the_same_landlords_surveys_and_counts(tmp_path, layout):
    year = read_year(made(tmp_path, layout))
    assert year.year == layout
    assert year.published == f"Tenant Satisfaction Measures {2000 + int(layout[-2:])} - Dataset, version 1.0"
    first = year.landlords["L1000"]
    assert (first.name, first.type, first.region) == ("Ash Borough Council", "Council", "North")
    assert year.landlords["5061"].name == "Beech Homes Limited"  # a spreadsheet holds its code as 5061.0
    assert [year.landlords[code].group_size for code in ("L1000", "5073")] == ["<5,000", ">40,000"]
    assert [code for code, each in year.landlords.items() if each.supported_housing] == ["L1002"]
    survey = year.surveys[("L1000", "LCRA")]
    assert (survey.population, survey.sample, survey.census, survey.main_method) == (1_500, 600, True, "Telephone")
    # by hand: 600 answers, 40% best, 30% next, 12% and 8% at the end, what is left in the middle
    assert [row(year, "L1000", "LCRA", "TP01")[answer] for answer in made_up_five()] == [240, 180, 60, 72, 48]
    assert row(year, "L1000", "LCRA", "TP01")["share"] == pytest.approx(0.7)
    assert row(year, "L1000", "LCRA", "TP01")["base"] == 600


def made_up_five() -> tuple[str, ...]:
    return ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied")


@BOTH
def test_a_measure_is_known_by_its_tag_and_not_by_its_words(tmp_path, layout):
    # In the workbook the words beside the counts of (TP05) and (TP06) are another measure's; L1003 differs by measure.
    year = read_year(made(tmp_path, layout))
    asked = next(each for each in made_up.landlords() if each.code == "L1003")
    for code in ("TP05", "TP06", "TP07"):
        assert [row(year, "L1003", "LCRA", code)[answer] for answer in made_up_five()] == asked.counts(code)
        assert row(year, "L1003", "LCRA", code)["na"] == asked.na(code)


def test_the_answer_a_heading_leaves_out_is_told_by_its_place_and_said(tmp_path):
    year = read_year(made(tmp_path, OLD))
    assert row(year, "L1000", "LCRA", "TP07")["very_satisfied"] == 216  # by hand: 40% of 540 who gave an answer
    assert any("(TP07)' does not name its answer" in note for note in year.notes)


@BOTH
def test_filters_and_who_answered_them_belong_to_their_measure(tmp_path, layout):
    year = read_year(made(tmp_path, layout))
    for code, passed in (("TP02", 420), ("TP03", 420), ("TP09", 150), ("TP10", 300)):
        held = row(year, "L1000", "LCRA", code)
        assert (held["filter_yes"], held["filter_no"], held["base"]) == (passed, 600 - passed, passed)
    assert row(year, "L1000", "LCRA", "TP09")["filter_share"] == pytest.approx(0.25)
    assert row(year, "L1000", "LCRA", "TP01")["filter_yes"] != row(year, "L1000", "LCRA", "TP09")["filter_yes"]


@BOTH
def test_shared_owners_are_not_asked_about_repairs_and_stand_apart(tmp_path, layout):
    year = read_year(made(tmp_path, layout))
    asked = set(year.measures[year.measures.tenure_group == "LCHO"].measure)
    assert asked == {f"TP{n:02}" for n in (1, *range(5, 13))}
    assert ("LH1", "Combined") in year.surveys and ("LH1", "LCRA") not in year.surveys


@BOTH
def test_results_by_method_carry_their_number_and_why_one_is_not_there(tmp_path, layout):
    methods = read_year(made(tmp_path, layout)).methods
    mine = methods[(methods.landlord == "5061") & (methods.tenure_group == "LCRA")].set_index("method")
    assert list(mine.index) == ["Telephone", "Internet"]  # a method nobody answered by has no row
    assert (mine.loc["Telephone", "n"], mine.loc["Internet", "n"]) == (372, 248)


def test_a_suppressed_result_keeps_its_flag(tmp_path):
    few = [dataclasses.replace(made_up.landlords()[1], telephone=0.95)]  # 31 of 620 over the internet
    methods = read(tmp_path, workbook(NEW, few)).methods
    assert methods[methods.method == "Internet"].flag.unique().tolist() == ["S"]
    assert methods[methods.method == "Internet"].share.isna().all()


@BOTH
def test_a_denominator_of_nothing_is_not_applicable_whatever_is_printed(tmp_path, layout):
    management = read_year(made(tmp_path, layout)).management
    repairs = management[(management.measure == "RP02_1") & (management.landlord == "L1003")].iloc[0]
    assert repairs.flag == "U" and repairs.isna()["value"]
    stock = management[(management.measure == "CH01_1") & (management.landlord == "L1000")].set_index("tenure_group")
    assert stock.loc["LCRA", "value"] == pytest.approx(45.0)
    assert stock.loc[["LCHO", "Combined"], "flag"].tolist() == ["U", "U"]


def test_extensions_of_replies_stand_apart_where_the_year_has_them(tmp_path):
    for layout, expected in ((OLD, None), (NEW, (60.0, 12.0))):
        management = read_year(made(tmp_path, layout)).management
        held = management[(management.measure == "CH02_1") & (management.tenure_group == "LCRA")].iloc[0]
        found = (held.without_extension, held.with_extension)
        assert found == expected if expected else held.isna()[["without_extension", "with_extension"]].all()


@BOTH
def test_landlords_left_out_are_held_with_the_regulators_reason(tmp_path, layout):
    gone = read_year(made(tmp_path, layout)).landlords["99ZZ"]
    assert dict(gone.excluded) == {"perception": "The wording differed.", "management": "Not assured in time."}
    assert gone.type == "Council"  # from the sheet that says which landlord stands where


@BOTH
def test_a_weighted_survey_says_so_and_keeps_its_counts_before_weighting(tmp_path, layout):
    survey = read_year(made(tmp_path, layout)).surveys[("5065", "LCRA")]
    assert survey.weighted and survey.weighting == ("Age of respondent",)
    assert sum(survey.unweighted) == survey.sample
    assert survey.unweighted_share == pytest.approx(sum(survey.unweighted[:2]) / survey.sample, abs=0.0005)


@BOTH
def test_nothing_of_a_contractor_is_in_what_is_read(tmp_path, layout):
    year = read_year(made(tmp_path, layout))
    everything = repr((dict(year.landlords), dict(year.surveys), year.notes, year.published)) + "".join(
        table.to_csv() for table in (year.measures, year.methods, year.management)
    )
    assert "Ash Borough Council" in everything
    for trace in ("Fieldwork", "Bloggs", "@", "01632", "example.org"):
        assert trace not in everything


def test_a_result_the_regulator_excluded_keeps_its_flag_and_has_no_figure(tmp_path, sheets):
    rows = sheets[LCRA]
    first = rows[header_of(rows) + 1]
    for at, heading in enumerate(rows[header_of(rows)]):
        if "(TP10)" in str(heading):
            first[at] = "[E]"
    (held,) = (r for r in read(tmp_path, sheets).results("L1000", "LCRA") if r.measure == "TP10")
    assert (held.flag, held.share, held.base, held.counts) == ("E", None, None, None)


def test_one_landlords_results_are_told_as_values(tmp_path, sheets):
    year = read(tmp_path, sheets)
    first = year.results("L1000", "LCRA")[0]
    assert (first.measure, first.share, first.base, first.yes) == ("TP01", 0.7, 600, 420)
    assert first.counts == (240, 180, 60, 72, 48) and first.na is None
    assert [(r.method, r.n) for r in year.results_by_method("5061", "LCRA")] == [("Telephone", 372), ("Internet", 248)]
    assert year.results("nobody", "LCRA") == year.results_by_method("nobody", "LCRA") == ()


def test_a_published_workbook_leaves_nothing_to_say(tmp_path):
    assert read_year(made(tmp_path, NEW)).notes == ()


# ── Next year's, and edited ones ─────────────────────────────────────────────────────────────────


def test_a_header_further_down_and_columns_in_another_order_change_nothing(tmp_path, sheets):
    before = read(tmp_path, workbook(NEW))
    rows = sheets[LCRA]
    sheets[LCRA] = [["A new note."]] * 9 + [list(reversed(each)) for each in rows]
    # The headings are found by what they say, so a turned sheet reads the same.
    after = read(tmp_path, sheets)
    key = ["landlord", "tenure_group", "measure"]
    left, right = (year.measures.sort_values(key, ignore_index=True) for year in (before, after))
    assert left.equals(right)
    assert dict(before.surveys) == dict(after.surveys)


def test_another_years_sheets_and_introduction_give_its_year(tmp_path, sheets):
    moved = {name.replace("TSM25", "TSM26"): rows for name, rows in sheets.items()}
    moved["Introduction"] = [["Tenant Satisfaction Measures 2026 - Dataset"]]
    assert read(tmp_path, moved).year == "2025/26"


def test_a_column_nobody_knows_is_named_and_not_read(tmp_path, sheets):
    rows = sheets[LCRA]
    at = header_of(rows)
    rows[at].append("Who to ring")
    for each in rows[at + 1 :]:
        each.append("Ring Jo on 01632 960001")
    year = read(tmp_path, sheets)
    assert year.notes == (f"{LCRA}: the column 'Who to ring' is not known and was not read.",)
    assert "01632" not in repr(year)


def test_a_heading_with_other_words_is_said_to_be_missing_and_never_guessed(tmp_path, sheets):
    rows = sheets[LCRA]
    rows[header_of(rows)][place(rows, "Estimated margin")] = "Accuracy achieved"
    year = read(tmp_path, sheets)
    assert f"{LCRA}: the column 'Accuracy achieved' is not known and was not read." in year.notes
    assert f"{LCRA}: not found: margin." in year.notes
    assert all(survey.margin is None for (_, group), survey in year.surveys.items() if group == "LCRA")


def test_a_measure_without_its_tag_is_not_told_by_its_words(tmp_path, sheets):
    rows = sheets[LCRA]
    heads = rows[header_of(rows)]
    for at, heading in enumerate(heads):
        heads[at] = str(heading).replace("(TP04)", "")
    year = read(tmp_path, sheets)
    assert year.measures[(year.measures.measure == "TP04") & (year.measures.tenure_group == "LCRA")].empty
    assert sum("is not known and was not read" in note for note in year.notes) == 6
    assert f"{LCRA}: not found: TP04." in year.notes


def test_a_management_measure_that_is_not_there_is_said(tmp_path, sheets):
    rows = sheets[MANAGEMENT]
    gone = [at for at, heading in enumerate(rows[header_of(rows)]) if "(BS04" in str(heading)]
    sheets[MANAGEMENT] = [[cell for at, cell in enumerate(each) if at not in gone] for each in rows]
    year = read(tmp_path, sheets)
    assert year.notes == (f"{MANAGEMENT}: not found: BS04 value, BS04 numerator, BS04 denominator.",)
    assert "BS04" not in set(year.management.measure)


def test_two_columns_of_one_kind_are_named_and_neither_is_read(tmp_path, sheets):
    rows = sheets[LCRA]
    heads = rows[header_of(rows)]
    heads[place(rows, "(TP11)")] = heads[place(rows, "(TP12)")]
    year = read(tmp_path, sheets)
    assert f"{LCRA}: two columns claim to be share TP12. Neither was read." in year.notes
    assert f"{LCRA}: not found: share of TP11, share of TP12." in year.notes
    mine = year.measures[(year.measures.tenure_group == "LCRA") & (year.measures.measure.isin(["TP11", "TP12"]))]
    assert mine.share.isna().all() and mine.base.notna().all()


def test_a_cell_that_is_no_number_is_named_and_missing(tmp_path, sheets):
    rows = sheets[LCRA]
    at = header_of(rows) + 1
    rows[at][place(rows, "Total sample size achieved")] = "about 600"
    rows[at + 1][place(rows, "Total sample size achieved")] = -5
    rows[at + 2][place(rows, "Total sample size achieved")] = "1,234"
    year = read(tmp_path, sheets)
    samples = [survey.sample for survey in year.surveys.values()][:3]
    assert samples == [None, None, 1234]
    assert [note.split(": ", 1)[0] for note in year.notes] == [
        f"{LCRA}, row {at + 1}, survey sample",
        f"{LCRA}, row {at + 2}, survey sample",
    ]


def test_words_nobody_knows_are_read_as_not_stated_and_said(tmp_path, sheets):
    rows = sheets[LCRA]
    at = header_of(rows) + 1
    rows[at][place(rows, "Landlord type")] = "ALMO"
    rows[at][place(rows, "Landlord group size")] = "Tiny"
    rows[at][place(rows, "Predominant collection method")] = "Pigeon"
    for sheet in ("Table_Coverage", MANAGEMENT):
        sheets[sheet] = [each for each in sheets[sheet] if "L1000" not in each]
    year = read(tmp_path, sheets)
    first = year.landlords["L1000"]
    assert (first.type, first.group_size, year.surveys[("L1000", "LCRA")].main_method) == ("", "", "")
    assert sum("is not known. It is read as not stated." in note for note in year.notes) == 3


def test_a_landlord_that_merged_during_the_year_states_neither_size_nor_region(tmp_path, sheets):
    for name in (LCRA, MANAGEMENT):
        rows = sheets[name]
        at = next(n for n, each in enumerate(rows) if "L1000" in each)
        for heading in ("Landlord predominant region", "Landlord group size"):
            if any(str(h).startswith(heading) for h in rows[header_of(rows)]):
                rows[at][place(rows, heading)] = "Merged during year"
    merged = read(tmp_path, sheets).landlords["L1000"]
    assert merged.merged and (merged.region, merged.group_size) == ("", "")


def test_sheets_that_disagree_about_a_landlord_are_said(tmp_path, sheets):
    rows = sheets[MANAGEMENT]
    rows[header_of(rows) + 1][place(rows, "Landlord predominant region")] = "South"
    year = read(tmp_path, sheets)
    assert year.landlords["L1000"].region == "North"
    assert year.notes == (f"{MANAGEMENT}: L1000 has region 'South', another sheet 'North'.",)


def test_a_sheet_that_is_a_chart_is_passed_over(tmp_path, sheets):
    path = tmp_path / "charted.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        made_up.fill(book, sheets)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"={LCRA}!$H$12:$H$20"})
        book.add_chartsheet("A chart").set_chart(chart)
    assert read_year(path).notes == ()


# ── Refused ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["notes.csv", "figures.zip", "figures.pdf", "figures"])
def test_another_kind_of_file_is_refused_with_where_to_get_the_right_one(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"Landlord name,Landlord code\n")
    with pytest.raises(UnreadableFile, match=r"another kind of file.*XLSX of the full data"):
        read_year(path)


def test_a_text_that_is_called_a_workbook_is_refused(tmp_path):
    path = tmp_path / "2025.xlsx"
    path.write_text("Landlord name,Landlord code\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="the contents are text"):
        read_year(path)


def test_a_workbook_of_something_else_is_refused_naming_its_sheets(tmp_path):
    said = refused(tmp_path, {"Budget": [["Cost", "Code"], ["10", "A1"]], "Notes": [["x"]]})
    assert "No sheet has a row of headings" in said and "Budget, Notes" in said


@pytest.mark.parametrize(
    ("sheet", "word"),
    [(LCRA, "LCRA perception results"), (LCHO, "LCHO perception results"), (MANAGEMENT, "management information")],
)
def test_a_workbook_without_a_sheet_would_replace_figures_by_nothing(tmp_path, sheets, sheet, word):
    del sheets[sheet]
    assert f"There is no sheet of {word}" in refused(tmp_path, sheets)


def test_sheets_a_year_may_lack_are_said(tmp_path, sheets):
    for sheet in list(sheets):
        if "Combined" in sheet or "Not_Inc" in sheet:
            del sheets[sheet]
    assert read(tmp_path, sheets).notes == (
        "No sheet of combined perception results was found.",
        "No sheet of landlords left out was found, so no reasons are held.",
    )


def test_two_sheets_of_one_kind_are_refused(tmp_path, sheets):
    sheets["TSM25_LCRA_Perception (2)"] = sheets[LCRA]
    assert "Two sheets hold LCRA perception results" in refused(tmp_path, sheets)


def test_a_sheet_whose_name_and_population_disagree_is_refused(tmp_path, sheets):
    rows = sheets[LCRA]
    at = place(rows, "Relevant")
    rows[header_of(rows)][at] = "Relevant tenant population size (LCHO)"
    said = refused(tmp_path, sheets)
    assert "name says LCRA, the heading of its population LCHO" in said


def test_the_same_landlord_twice_is_refused_with_both_rows(tmp_path, sheets):
    sheets[LCRA].append(list(sheets[LCRA][header_of(sheets[LCRA]) + 1]))
    assert "L1000 stands twice, in rows 12 and 26" in refused(tmp_path, sheets)


@pytest.mark.parametrize("heading", ["Relevant", "Total sample size"])
def test_a_sheet_without_population_or_sample_is_refused(tmp_path, sheets, heading):
    rows = sheets[LCRA]
    rows[header_of(rows)][place(rows, heading)] = "Something (LCRA)"
    assert "has no column for" in refused(tmp_path, sheets)


def test_headings_without_landlords_are_refused(tmp_path, sheets):
    sheets[LCRA] = sheets[LCRA][: header_of(sheets[LCRA]) + 1]
    assert "no landlords under them" in refused(tmp_path, sheets)


def test_a_year_that_is_not_clear_is_asked_for(tmp_path, sheets):
    sheets["Introduction"] = [["Tenant Satisfaction Measures 2031 - Dataset"]]
    assert "the workbook names 2024/25, 2030/31" in refused(tmp_path, sheets)
    assert read(tmp_path, sheets, year="2024/25").year == "2024/25"


def test_a_workbook_that_names_no_year_is_asked_for(tmp_path, sheets):
    bare = {name.replace("TSM25_", ""): rows for name, rows in sheets.items() if name != "Introduction"}
    assert "the workbook names none" in refused(tmp_path, bare)
    assert read(tmp_path, bare, year="2024/25").year == "2024/25"


def test_a_year_other_than_the_workbooks_is_refused(tmp_path, sheets):
    assert "The workbook says it is of 2024/25, and 2023/24 was asked for" in refused(tmp_path, sheets, year="2023/24")
    with pytest.raises(ValueError, match="'2024' is not a reporting year"):
        read(tmp_path, sheets, year="2024")
