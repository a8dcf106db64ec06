"""File 10: the register of letters, and one letter's template. Nothing takes letters in yet."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tools.lookalikes.landlord import LANDLORD, Landlord
from tools.lookalikes.sheets import LookAlike, write_text

REGISTER = (
    ("Template Code", "Letter Name", "Owner", "Last Reviewed", "Volume 12m"),
    ("REP01", "Repair appointment", "Repairs", "14/02/2023", 8120),
    ("REP07", "No access", "Repairs", "14/02/2023", 1340),
    ("ARR02", "Rent arrears, second letter", "Income", "02/11/2021", 3605),
    ("CMP01", "Complaint acknowledged", "Complaints", "30/04/2026", 512),
    ("CMP02", "Stage 1 reply", "Complaints", "30/04/2026", 488),
)
TEMPLATE = (
    "Dear «Title» «Surname»",
    "We called on «Visit_Date» and could not gain access to your property.",
    "You must ring us within seven days or you may be recharged.",
    f"Yours sincerely, {LANDLORD}",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def register(landlord: Landlord, folder: Path) -> LookAlike:
    """Which letters there are, whose they are and how many went out."""
    name = "10_letters_register.csv"
    write_text(folder / name, REGISTER)
    return LookAlike(name, "", len(REGISTER) - 1, {})


def template(landlord: Landlord, folder: Path) -> LookAlike:
    """A letter with merge fields, as a word processor keeps it."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEMPLATE)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body></w:document>'
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    name = "10_letter_no_access.docx"
    with zipfile.ZipFile(folder / name, "w") as package:
        for part, text in parts.items():
            package.writestr(zipfile.ZipInfo(part), text)  # with a fixed date
    return LookAlike(name, "", len(TEMPLATE), {"merge_fields": 3})
