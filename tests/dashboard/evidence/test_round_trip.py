"""LibreOffice opens what we write, and what it writes anew still has every heading, table, figure and alt text."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from small_documents import as_kept, whole_document

from dashboard.evidence.as_docx import as_docx
from dashboard.evidence.as_xlsx import as_xlsx

OFFICE = ("soffice", "libreoffice")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice, without a screen."""
    found = next((path for name in OFFICE if (path := shutil.which(name))), None)
    if found is None:
        reason = "No LibreOffice on the PATH: install it to try what it makes of a document."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def opened_and_kept(office: str, content: bytes, ending: str, to: str, folder: Path) -> bytes:
    """What LibreOffice keeps of a file it opened."""
    path = folder / f"document.{ending}"
    path.write_bytes(content)
    out = folder / "kept"
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = [office, "--headless", own, "--convert-to", to, "--outdir", str(out), str(path)]
    subprocess.run(run, check=True, capture_output=True, timeout=180)
    return (out / f"document.{to.split(':')[0]}").read_bytes()


def counted(content: bytes) -> dict[str, list[str]]:
    word = docx.Document(io.BytesIO(content))
    return {
        "headings": [p.text for p in word.paragraphs if p.style.name.startswith("Heading")],
        "tables": [table.cell(0, 0).text for table in word.tables],
        "alt": [shape._inline.docPr.get("descr") for shape in word.inline_shapes],
    }


def test_a_word_document_keeps_headings_tables_and_alt_texts(office, tmp_path):
    made = as_docx(whole_document())
    assert counted(opened_and_kept(office, made, "docx", "docx", tmp_path)) == counted(made)


def test_a_workbook_keeps_every_sheet_and_cell(office, tmp_path):
    made = as_xlsx(whole_document())
    kept = opened_and_kept(office, made, "xlsx", "xlsx", tmp_path)
    before, after = (CalamineWorkbook.from_filelike(io.BytesIO(content)) for content in (made, kept))
    assert after.sheet_names == before.sheet_names
    for name in before.sheet_names:
        rows = before.get_sheet_by_name(name).to_python()
        assert [as_kept(row) for row in after.get_sheet_by_name(name).to_python()] == [as_kept(row) for row in rows]


def test_a_word_document_is_laid_out_with_every_figure_on_a_page(office, tmp_path):
    pdf = opened_and_kept(office, as_docx(whole_document()), "docx", "pdf", tmp_path)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert 7 <= len(pages) <= 16
    for name, block in whole_document().named():
        assert any(f"{name}: {block.title}" in page for page in pages)
