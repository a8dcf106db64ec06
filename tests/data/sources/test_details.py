"""Personal details typed where a category or a reference belongs never reach the store, whatever the kind of file."""

from __future__ import annotations

from record_files import listed, table, taken

from data.sources.details import are_personal, without_details

CASES = ("Case Number", "Date Received", "Subject", "Route", "Property Ref")
PLAIN = [(f"C{n}", f"{n}/05/2026", "Repairs", "Tenant", f"P{n}") for n in range(13, 29)]


def test_a_subject_that_names_somebody_is_kept_without_the_name_and_the_number(tmp_path):
    told = ("C1", "13/05/2026", "Complaint from Mrs Joan Smith 07700 900123 re damp", "Tenant", "P1")
    found = table(taken(tmp_path, "complaints", [CASES, *PLAIN, told]), "category", order="category")
    assert set(found) == {("Repairs",), ("Complaint from Mrs [name] [phone] re damp",)}


def test_a_reference_that_is_an_email_address_or_a_name_is_not_kept_and_is_listed_without_it(tmp_path):
    mailed = ("C1", "13/05/2026", "Repairs", "Tenant", "joan.smith@example.com")
    named = ("C2", "13/05/2026", "Repairs", "Tenant", "Mrs Joan Smith")
    block = ("C3", "13/05/2026", "Repairs", "Tenant", "ASH COURT")
    incoming = taken(tmp_path, "complaints", [CASES, *PLAIN, mailed, named, block])
    homes = dict(table(incoming, "reference, home_ref"))
    assert (homes["C1"], homes["C2"], homes["C3"], homes["C13"]) == (None, None, "ASH COURT", "P13")
    assert [line for line in listed(incoming) if line[3] == "personal_reference"] == [
        (18, "Property Ref", "", "personal_reference"),
        (19, "Property Ref", "", "personal_reference"),
    ]


def test_the_outcome_of_a_sample_as_given_holds_no_name(tmp_path):
    sample = [("Sample ID", "Wave", "Final Outcome"), *((f"S{n}", "2025", "Complete") for n in range(20))]
    incoming = taken(tmp_path, "sample", [*sample, ("S99", "2025", "Rang Dave Jones on 07700 900123")])
    assert table(incoming, "distinct outcome_given", order="outcome_given") == [
        ("Complete",),
        ("Rang [name] on [phone]",),
    ]


def test_categories_and_names_of_places_stay_as_they_are():
    usual = ["Anti-social behaviour", "Heating - no hot water", "Over 20 years", "Gas & boiler", "MP enquiry"]
    assert without_details(usual) == {}
    assert without_details(["1-12 Ash Court", "Flat 3 to 9 Hope Street"], shaped_only=True) == {}
    assert are_personal(["ASH COURT", "Block A", "P/001/12", "100023336956"]) == []
