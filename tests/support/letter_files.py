"""Letters as files, written for the tests: Word, PDF with text, with pictures, with a password. All invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """One run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def simple_field(name: str) -> str:
    """A merge field as Word keeps a plain one."""
    return f'<w:fldSimple w:instr=" MERGEFIELD {name} \\* MERGEFORMAT ">{run(f"«{name}»")}</w:fldSimple>'


def long_field(name: str, shown: str) -> str:
    """A merge field as Word keeps one with formatting, here with somebody's details merged into it."""

    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText> MERGEFIELD  {name}  </w:instrText></w:r>"
    return sign("begin") + code + sign("separate") + run(shown) + sign("end")


def paragraph(*pieces: str) -> str:
    """A paragraph of runs; a text without tags is one run."""
    return f"<w:p>{''.join(each if each.startswith('<') else run(each) for each in pieces)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table, a paragraph a cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(*body: str, header: str = "", footer: str = "", others: dict[str, bytes] | None = None) -> bytes:
    """A Word document; each of ``body`` is a paragraph or a table, a text without tags a paragraph."""
    whole = "".join(each if each.startswith("<") else paragraph(each) for each in body)
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{whole}</w:body></w:document>",
    }
    if header:
        parts["word/header1.xml"] = f"<w:hdr {W}>{paragraph(header)}</w:hdr>"
    if footer:
        parts["word/footer1.xml"] = f"<w:ftr {W}>{paragraph(footer)}</w:ftr>"
    return zipped({**{name: text.encode() for name, text in parts.items()}, **(others or {})})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def pdf(*pages: Sequence[str] | None) -> bytes:
    """A PDF; each page is lines of text, or None for a picture of a page."""
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    grey = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    picture = add(grey + b"/Length 1 >>\nstream\n\x80\nendstream")
    kids = []
    for lines in pages:
        stream = b"q 595 0 0 842 0 0 cm /Im0 Do Q" if lines is None else _shown(lines)
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        uses = b"/XObject << /Im0 %d 0 R >>" % picture if lines is None else b"/Font << /F1 %d 0 R >>" % font
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
                % (uses, content)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects)


def _shown(lines: Sequence[str]) -> bytes:
    said = [line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines]
    return b"BT /F1 11 Tf 14 TL 60 780 Td " + b" ".join(b"(%s) Tj T*" % line for line in said) + b" ET"


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def locked(content: bytes, password: str = "secret", owner: str = "owner") -> bytes:
    """The same PDF, protected; with an empty password only against change."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
