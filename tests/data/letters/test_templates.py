"""The landlord's register of templates: owners by role, numbers sent, matched to files by code or name."""

from __future__ import annotations

from datetime import date

import pytest

from data.columns.faults import UnreadableFile
from data.language import load_redaction
from data.letters.templates import read_templates, template_of

REGISTER = """Template Code,Letter Name,Owner,Last Reviewed,Volume 12m
T014,Damp advice,Head of repairs,18/06/2021,"1,260"
T01,Damp,Jane Whitlock,,
T021,No access,Compliance team,2022-11-30,930.0
"""


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return read_templates(tmp_path / "register.csv", load_redaction())


def test_a_row_is_read_with_owner_day_and_number(templates):
    rows, _ = templates
    assert (rows[0].code, rows[0].owner, rows[0].reviewed, rows[0].volume) == (
        "T014", "Head of repairs", date(2021, 6, 18), 1260,
    )  # fmt: skip
    assert (rows[2].volume, rows[1].volume, rows[1].reviewed) == (930, None, None)


def test_an_owner_who_is_a_person_is_not_kept_and_is_told_of(templates):
    rows, problems = templates
    assert rows[1].owner == "" and rows[1].named
    assert [(each.rule, each.row) for each in problems] == [("letter_owner_named", 3)]
    assert "Whitlock" not in repr(templates)


@pytest.mark.parametrize(
    "name, code",
    [("T014 v3 final.docx", "T014"), ("damp_advice.docx", "T014"), ("Damp.docx", "T01"), ("t021-letter.pdf", "T021"),
     ("T0145.docx", None), ("Rent.docx", None)],
)  # fmt: skip
def test_a_file_belongs_to_the_row_whose_code_or_name_is_in_its_name(templates, name, code):
    found = template_of(name, templates[0])
    assert (found.code if found else None) == code


def test_a_table_that_is_no_register_is_refused_with_what_it_has(tmp_path):
    (tmp_path / "rents.csv").write_text("Rent,Arrears\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Rent, Arrears"):
        read_templates(tmp_path / "rents.csv", load_redaction())
