"""Letters out of files: documents, web pages, tables; and what is said of those that cannot be read."""

from __future__ import annotations

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.letters.files import columns_of, read_file
from tests.support.letter_files import (
    W,
    locked,
    long_field,
    paragraph,
    pdf,
    run,
    simple_field,
    table,
    word,
    zipped,
)

ENTITIES = f'<!DOCTYPE a [<!ENTITY b "c">]><w:document {W}>&b;</w:document>'
WHOLE = {
    "a.docx": word("Dear tenant", table(["x", "y"])),
    "a.pdf": pdf(["Dear tenant,", "we came."], None),
    "b.pdf": locked(pdf(["Dear tenant"])),
}
CLOSED = "We consider the matter closed."


@pytest.fixture
def read(tmp_path):
    """Writes a file of these bytes and reads it."""

    def written(name, content, **said):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(file, **said)

    return written


def texts(found):
    (letter,) = found.letters
    return [each.text for each in letter.paragraphs]


def rules(found):
    return [problem.rule for problem in found.problems]


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_document_gives_header_body_table_and_footer_in_order(read):
    content = word("First.", table(["Work", "Cost"], ["Door", "£310"]), "Last.", header="Acorn", footer="Page")
    found = read("a.docx", content)
    places = [each.place for each in found.letters[0].paragraphs]
    assert texts(found) == ["Acorn", "First.", "Work", "Cost", "Door", "£310", "Last.", "Page"]
    assert places == ["header", "paragraph 1", "table 1 row 1, paragraph 2", "table 1 row 1, paragraph 3",
                      "table 1 row 2, paragraph 4", "table 1 row 2, paragraph 5", "paragraph 6", "footer"]  # fmt: skip


def test_merge_fields_are_fields_and_what_was_merged_into_one_is_not_read(read):
    body = paragraph("Dear ", simple_field("Title"), " ", long_field("Surname", "Okonkwo"), ",")
    found = read("a.docx", word(body))
    assert texts(found) == ["Dear «Title» «Surname»,"]
    assert found.letters[0].kind == "template" and found.guessed == 1


def test_deleted_and_hidden_text_is_not_read_and_a_content_control_and_a_text_box_are(read):
    gone = paragraph("<w:del><w:r><w:delText>old words</w:delText></w:r></w:del>", "Kept.")
    hidden = paragraph(run("secret", "<w:rPr><w:vanish/></w:rPr>"), "Seen.")
    control = f"<w:sdt><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    box = paragraph("Beside.", f"<w:r><w:pict><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></w:pict></w:r>")
    assert texts(read("a.docx", word(gone, hidden, control, box))) == [
        "Kept.", "Seen.", "In a control.", "Beside.", "In a box.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name, content, rule",
    [
        ("empty.docx", word(""), "letter_empty"),
        ("none.docx", b"", "letter_empty"),
        ("text.docx", b"Dear tenant", "letter_wrong_type"),
        ("workbook.docx", zipped({"xl/workbook.xml": b"<a/>"}), "letter_wrong_type"),
        ("cut.docx", word("Words")[:200], "letter_damaged"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "letter_locked"),
        ("macros.docx", word("Words", others={"word/vbaProject.bin": b"x"}), "letter_old_word"),
        ("bomb.docx", word("Words", others={"word/media/a.bmp": b"\0" * 9_000_000}), "letter_bomb"),
        ("one part.docx", word("x" * 20_000_001), "letter_bomb"),
        ("entities.docx", zipped({"word/document.xml": ENTITIES.encode()}), "letter_damaged"),
        ("not xml.docx", zipped({"word/document.xml": b"<w:document"}), "letter_damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "letter_old_word"),
        ("picture.png", b"\x89PNG", "letter_unknown_type"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_with_its_reason(read, name, content, rule):
    found = read(name, content)
    assert (found.letters, rules(found)) == ((), [rule])
    assert found.problems[0].file == name and found.problems[0].remedy


def test_fifty_megabytes_are_refused_unread(tmp_path):
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    (problem,) = read_file(file).problems
    assert problem.rule == "letter_too_big" and "20,000,000" in problem.what and "50,000,000" in problem.value


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_gives_its_paragraphs_with_their_pages(read):
    first = ["Thank you for your letter of 3 March about the lift in your block, which we", "have read with care.",
             "", "We consider the matter closed."]  # fmt: skip
    found = read("a.pdf", pdf(first, ["Second page."]))
    assert texts(found) == [
        "Thank you for your letter of 3 March about the lift in your block, which we have read with care.",
        CLOSED,
        "Second page.",
    ]
    assert found.letters[0].paragraphs[-1].place == "page 2, paragraph 1"
    assert found.letters[0].kind == "reply"


def test_a_scanned_pdf_is_said_to_be_a_picture_with_the_remedy(read):
    found = read("scan.pdf", pdf(None, None))
    assert (found.letters, rules(found)) == ((), ["letter_scanned"])
    assert "OCR" in found.problems[0].remedy and found.problems[0].value == "2 pages"


def test_of_a_pdf_with_one_scanned_page_the_others_are_read_and_the_page_is_told(read):
    found = read("part.pdf", pdf([CLOSED], None))
    assert texts(found) == [CLOSED]
    assert rules(found) == ["letter_page_scanned"] and found.problems[0].what.startswith("Page 2 is a picture")


def test_a_password_stops_a_pdf_and_protection_against_change_does_not(read):
    assert rules(read("locked.pdf", locked(pdf([CLOSED])))) == ["letter_locked"]
    assert texts(read("fixed.pdf", locked(pdf([CLOSED]), password=""))) == [CLOSED]


@pytest.mark.parametrize(
    "name, content, rule",
    [
        ("text.pdf", b"Dear tenant", "letter_wrong_type"),
        ("cut.pdf", pdf([CLOSED])[:80], "letter_damaged"),
        ("blank.pdf", pdf([]), "letter_empty"),
        ("bomb.pdf", pdf(["word " * 500_000]), "letter_bomb"),
        ("pdf.txt", pdf([CLOSED]), "letter_wrong_type"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(read, name, content, rule):
    found = read(name, content)
    assert (found.letters, rules(found)) == ((), [rule])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_document_is_a_problem_and_never_a_crash(tmp_path, data):
    name, content = data.draw(st.sampled_from(sorted(WHOLE.items())))
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        broken = broken or bytearray(b"x")
    (tmp_path / name).write_bytes(bytes(broken))
    found = read_file(tmp_path / name)
    assert found.letters or found.problems


# ── Text and web pages ───────────────────────────────────────────────────────────────────────────


def test_text_gives_paragraphs_with_the_line_each_begins_on(read):
    found = read("a.txt", "Dear tenant,\n\nWe came on\nTuesday.\n- one\n- two\n\n> It was damp.\n")
    assert [(each.place, each.text, each.quoted) for each in found.letters[0].paragraphs] == [
        ("line 1", "Dear tenant,", False),
        ("line 3", "We came on Tuesday.", False),
        ("line 5", "- one", False),
        ("line 6", "- two", False),
        ("line 8", "It was damp.", True),
    ]


def test_markdown_loses_its_signs_and_keeps_its_words(read):
    found = read("a.md", "# Damp\n\nSee [our *guide*](https://a.example/b).\n\n1. **Open** it\n")
    assert texts(found) == ["Damp", "See our guide.", "Open it"]


def test_a_web_page_gives_what_a_person_sees_and_is_a_template(read):
    head = "<html><head><title>t</title><style>p{}</style></head><nav>Home</nav>"
    page = f"{head}<h1>Damp</h1><p>Open &amp; shut.</p><blockquote>Mine</blockquote><script>x()</script></html>"
    found = read("a.html", page)
    assert texts(found) == ["Damp", "Open & shut.", "Mine"]
    assert [each.quoted for each in found.letters[0].paragraphs] == [False, False, True]
    assert found.letters[0].kind == "template"


def test_old_codes_are_read_and_broken_letters_are_told(read):
    assert texts(read("a.txt", "Rent is £98 – “fair”.".encode("cp1252"))) == ["Rent is £98 – “fair”."]
    assert texts(read("b.txt", "Rent is £98.".encode("utf-16"))) == ["Rent is £98."]
    found = read("c.txt", b"\xef\xbb\xbfRent \xff is due.")
    assert rules(found) == ["letter_broken_text"] and texts(found) == ["Rent \ufffd is due."]


def test_a_text_of_nothing_but_signs_is_empty(read):
    assert rules(read("a.txt", " \n -- 12 \n")) == ["letter_empty"]


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────

TABLE = 'Case,Reply,Owner\nC1,"Dear tenant,\nWe are sorry.",Ann\nC2,,Bo\nC3,<p>One.</p><p>Two.</p>,Cy\n'


def test_each_cell_of_a_column_is_a_letter_with_its_row(read):
    found = read("replies.csv", TABLE, column="reply")
    assert [(letter.row, [each.text for each in letter.paragraphs]) for letter in found.letters] == [
        (2, ["Dear tenant,", "We are sorry."]),
        (4, ["One.", "Two."]),
    ]
    assert {letter.kind for letter in found.letters} == {"reply"} and found.problems == ()


def test_a_workbook_is_read_as_well(tmp_path):
    file = tmp_path / "replies.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("Case", "Reply"), ("C1", CLOSED), ("C2", "We came.")]):
            sheet.write_row(row, 0, cells)
    found = read_file(file, column="Reply")
    assert [letter.row for letter in found.letters] == [2, 3]
    assert columns_of(file) == ("Case", "Reply")


def test_a_table_without_a_column_named_says_which_there_are(read):
    found = read("replies.csv", TABLE)
    assert rules(found) == ["letter_no_column"] and "Case, Reply, Owner" in found.problems[0].what
    assert rules(read("replies.csv", TABLE, column="Answer")) == ["letter_no_such_column"]
    assert rules(read("one.csv", f"Reply\n{CLOSED}\n")) == []


def test_a_column_without_a_word_in_it_is_empty(read):
    assert rules(read("replies.csv", "Case,Reply\nC1,\nC2,\n", column="Reply")) == ["letter_empty"]
