"""A document in every format, and all of it in one archive."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.evidence.archive import archived
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_docx import as_docx
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.as_xlsx import as_xlsx
from dashboard.evidence.blocks import Document


def files(document: Document) -> Mapping[str, bytes]:
    """Every file of a document by its name: PDF, Word, workbook, and a CSV for each set of figures.

    Raises CannotWrite where one of them cannot be made; there are none then.
    """
    stem = document.stem
    return {
        f"{stem}.pdf": as_pdf(document),
        f"{stem}.docx": as_docx(document),
        f"{stem}.xlsx": as_xlsx(document),
        **{f"csv/{name}": content for name, content in as_csv(document).items()},
    }


def zipped(document: Document) -> bytes:
    """The files of a document in one zip archive; made twice it is the same to the byte."""
    return archived(files(document), document.made)
