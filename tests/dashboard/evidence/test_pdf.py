"""The PDF: tagged, spoken in reading order, and the same file whenever it is made from the same document."""

from __future__ import annotations

import io
import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate
from PIL import Image
from pypdf import PdfReader
from small_documents import LONG_NAME, NASTY, document, nasty_document, rows_table, whole_document

from dashboard.evidence import typesetting
from dashboard.evidence.as_pdf import MISSING_LETTERS, as_pdf, previews, told
from dashboard.evidence.blocks import (
    CannotWrite,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    TableBlock,
)
from dashboard.evidence.letters import drawable

ROOT = Path(__file__).parents[3]
PAGES = Path(__file__).parent / "pages"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Everything that is written, with single spaces and no signs without width."""
    said = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(said.replace("\u200b", "").split())


@dataclass(frozen=True)
class Tag:
    name: str
    alt: str
    language: str


def tags(pdf: bytes) -> list[Tag]:
    """The tags of a PDF in the order a screen reader meets them."""
    found: list[Tag] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(Tag(node["/S"][1:], str(node.get("/Alt", "")), str(node.get("/Lang", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def whole() -> bytes:
    return as_pdf(whole_document())


def test_it_says_it_is_pdf_a_2a_and_pdf_ua_1_with_title_and_language(whole):
    reader = read(whole)
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about and "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        ("en-GB", True, True)
    )
    assert reader.metadata.title == "Tenant satisfaction measures"
    assert reader.metadata.creation_date == whole_document().made


def test_a_checker_of_pdf_ua_finds_nothing(whole, tmp_path):
    for name, pdf in (("whole", whole), ("nasty", as_pdf(nasty_document()))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        assert not validate(str(path)).findings


def test_headings_figures_and_tables_are_tagged_in_the_order_of_the_blocks(whole):
    kinds = {"H1": "H1", "H2": "H2", "Figure": "Figure", "Table": "Table"}
    found = [kinds[tag.name] for tag in tags(whole) if tag.name in kinds]
    expected = ["H1"]  # the contents
    for block in whole_document().blocks:
        expected += {Heading: [f"H{getattr(block, 'level', 0)}"], Figure: ["Figure"], TableBlock: ["Table"]}.get(
            type(block), []
        )
    assert found == expected


def test_every_figure_is_told_in_its_own_words(whole):
    told_of = [tag.alt for tag in tags(whole) if tag.name == "Figure"]
    assert told_of == [figure.chart.alt for figure in whole_document().figures]


def test_bookmarks_are_the_headings(whole):
    def titles(outline) -> list[str]:
        return [title for one in outline for title in (titles(one) if isinstance(one, list) else [one.title])]

    assert titles(read(whole).outline) == [heading.text for heading in whole_document().headings]


def test_headings_and_paragraphs_are_written_in_the_order_of_the_blocks(whole):
    said, place = text_of(whole).split(f"Page 2 of {len(read(whole).pages)}", 1)[1], 0
    for block in whole_document().blocks:
        if isinstance(block, Heading | Paragraph | Note | Quote):
            place = said.index(block.text, place)


def test_a_table_of_six_hundred_rows_repeats_its_headings_on_every_page_and_loses_none():
    made = as_pdf(document(Heading("Estates"), TableBlock("estates", "Every estate", rows_table(600))))
    pages = [page.extract_text() for page in read(made).pages][1:]
    assert len(pages) > 10
    assert all("Estate" in page and "Answers" in page and "Note" in page for page in pages)
    assert "Estate 600" in pages[-1]
    assert [tag.name for tag in tags(made)].count("TR") == 601
    assert [tag.name for tag in tags(made)].count("TH") == 4


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_is_acted_on_or_lost(text):
    made = as_pdf(
        document(Heading(text), Paragraph(text), Quote(text, text), TableBlock("t", text, rows_table(1, text)))
    )
    if text.isascii() or "Fixed" in text:
        assert _seen(text_of(made)).count(_seen(drawable(text))) >= 4


def _seen(text: str) -> str:
    """What is seen of a text: no spaces, joiners or marks."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Mn", "Zs"))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=12))
def test_any_text_at_all_can_be_set(texts):
    assert as_pdf(document(*map(Paragraph, texts)))


def test_letters_no_font_of_ours_has_are_shown_as_missing_and_that_is_said():
    assert MISSING_LETTERS.split(".")[0] in text_of(as_pdf(document(Paragraph("山田団地"))))
    assert "Some letters" not in text_of(as_pdf(document(Paragraph("شارع الأمل 🏠 Łódź"))))


def test_a_name_of_three_hundred_letters_stays_on_the_page():
    assert len(LONG_NAME) > 300
    made = document(Heading(LONG_NAME), TableBlock("t", LONG_NAME, rows_table(2, LONG_NAME)), title=LONG_NAME)
    assert "".join(LONG_NAME.split()) in "".join(text_of(as_pdf(made)).split())
    unbroken = document(Heading("W" * 300), Paragraph("W" * 300), TableBlock("t", "W" * 300, rows_table(2, "W" * 300)))
    for page in previews(unbroken, 40)[1:]:
        seen = np.asarray(Image.open(io.BytesIO(page)).convert("L"))
        assert (seen[:, -20:] > 250).all()  # nothing in the margin to the right


def test_every_letter_there_is_can_be_set():
    signs = [chr(code) for code in range(0x20, 0x1FFFF) if not 0xD800 <= code <= 0xDFFF]
    held = [sign for sign in signs if drawable(sign) == sign]
    assert len(held) > 6000
    rows = tuple((" ".join(held[n : n + 200]),) for n in range(0, len(held), 200))
    table = replace(rows_table(0), headings=("Signs",), rows=rows, file_headings=("signs",), file_rows=rows)
    assert as_pdf(document(TableBlock("signs", "Signs", table))).startswith(b"%PDF-1.7")


def test_a_figure_whose_words_are_lost_on_the_way_fails_the_build(monkeypatch):
    monkeypatch.setattr(
        "dashboard.evidence.as_pdf.told", lambda b: {**told(b), **({"alt": ""} if isinstance(b, Figure) else {})}
    )
    with pytest.raises(CannotWrite, match="missing alt text"):
        as_pdf(whole_document())


def test_a_block_nobody_can_draw_is_refused_by_name():
    with pytest.raises(TypeError, match="no drawing of int in a PDF"):
        told(3)


def test_a_document_of_nothing_but_a_cover_is_a_document():
    assert len(read(as_pdf(document())).pages) == 1


def test_another_day_the_same_document_is_the_same_file(whole):
    assert as_pdf(whole_document()) == whole


def test_a_clock_of_a_place_that_changes_its_clocks_is_a_moment_like_any_other():
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    made = as_pdf(document(Paragraph("A"), made=summer))
    assert read(made).metadata.creation_date == summer
    assert "Made on 1 July 2026" in text_of(made)


def test_another_clock_is_another_file(whole):
    made = whole_document()
    assert as_pdf(replace(made, made=made.made.replace(day=30))) != whole


def test_nothing_of_this_computer_is_asked_for():
    families = {font.family for font in typesetting._fonts().fonts()}
    assert families == set(typesetting.FAMILIES)
    template = "\n".join(path.read_text() for path in (ROOT / "dashboard").rglob("*.typ"))
    assert "@preview" not in template and "image(" not in template and "eval(" not in template


def test_a_typeface_that_is_not_there_is_told_of_by_name(monkeypatch):
    monkeypatch.setattr(typesetting, "FAMILIES", (*typesetting.FAMILIES, "Nowhere Sans"))
    with pytest.raises(CannotWrite, match="typeface Nowhere Sans is not in static/fonts/documents"):
        typesetting._fonts.__wrapped__()


def test_the_pages_look_as_they_did():
    """The pictures were looked at by a person when they were kept; to keep new ones: see pages/README.md."""
    for number, page in enumerate(previews(whole_document(), 40)):
        kept = PAGES / f"{number}.png"
        seen = np.asarray(Image.open(io.BytesIO(page)).convert("L")).astype(float)
        before = np.asarray(Image.open(kept).convert("L")).astype(float)
        assert seen.shape == before.shape
        assert np.abs(seen - before).mean() < 2.0, f"page {number + 1} looks otherwise"


def test_text_goes_over_as_data_and_never_as_markup(monkeypatch):
    sent = []
    compiler = typesetting.typst.Compiler

    def noted(template, **options):
        sent.append((template, options["sys_inputs"]["document"]))
        return compiler(template, **options)

    monkeypatch.setattr(typesetting.typst, "Compiler", noted)
    as_pdf(document(Paragraph(NASTY[0])))
    (template, given) = sent[0]
    assert NASTY[0] in [block.get("text") for block in json.loads(given)["blocks"]]
    assert template == ROOT / "dashboard" / "evidence" / "document.typ"


def test_a_document_says_its_own_language():
    assert read(as_pdf(document(Paragraph("Helo"), language="cy-GB"))).trailer["/Root"]["/Lang"] == "cy-GB"
    assert isinstance(document(language="cy"), Document)
    assert read(as_pdf(document(Paragraph("Helo"), language="cy"))).trailer["/Root"]["/Lang"] == "cy"


def test_what_nobody_may_miss_stands_on_the_cover_in_a_sentence_and_above_every_page(whole):
    first, *others = [" ".join(page.extract_text().split()) for page in read(whole).pages]
    assert "Invented data No real landlord's." in first and "Made from generation 000001." in first
    assert all("Invented data" in page and "Provisional rules" in page for page in others)


def test_a_part_begins_where_the_last_one_ended_while_there_is_room():
    made = as_pdf(document(*(block for n in range(4) for block in (Heading(f"Part {n}"), Paragraph("Short.")))))
    assert len(read(made).pages) == 3  # cover, contents, all four


def test_what_is_said_under_one_figure_of_a_part_is_not_said_under_the_next():
    blocks = [TableBlock(key, key, rows_table(2), ("Shown for: all of 2025",)) for key in ("one", "two")]
    said = text_of(as_pdf(document(Heading("A"), *blocks)))
    assert said.count("Shown for: all of 2025") == 1 and "As under Table 1" in said
