"""A pack that was touched is found out, and a figure that comes out otherwise is named with its cell."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_documents import NASTY, document
from small_records import generation_of

from dashboard import packs
from dashboard.charts.chart import Table
from dashboard.evidence import manifest, verify
from dashboard.evidence.archive import archived
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.blocks import Heading, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.pack import build
from dashboard.evidence.since import behind, changed_since
from dashboard.evidence.verify import Change, Difference, NotAPack, faults_of, figures_that_differ, opened
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    generation = generation_of(home, {})
    asked = packs.asked_for(generation, "board", CLOCK, sections=("measures",))
    yield build(Material(asked, generation, Readings(home / "readings", "1"), Settings(home), home), lambda *_: None)
    generation.close()


def zipped(files: Mapping[str, bytes]) -> bytes:
    return archived(files, CLOCK)


def with_manifest(pack, said: Mapping[str, object]) -> bytes:
    return zipped({**pack.files, "manifest.json": manifest.written(said)})


def edited(pack, value: float) -> dict:
    """Its manifest with one share put higher by hand."""
    said = json.loads(pack.files["manifest.json"])
    said["figures"]["measures-lcra-table"]["rows"][0][2] = value
    return said


# ── The archive ──────────────────────────────────────────────────────────────────────────────────


def test_a_pack_as_it_was_made_has_no_fault(pack):
    found = opened(pack.archive)
    assert faults_of(found) == []
    assert (found.seal, found.manifest) == (pack.seal, pack.manifest)
    assert found.asked.clock == CLOCK


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        (b"", "cannot be read as a zip archive"),
        (b"%PDF-1.7 no zip at all", "cannot be read as a zip archive"),
        (zipped({}), "no manifest.json"),
        (zipped({"manifest.json": b"{"}), "cannot be read"),
        (zipped({"manifest.json": b"\xff\xfe"}), "cannot be read"),
        (zipped({"manifest.json": b"[]"}), "has no 'schema'"),
        (zipped({"manifest.json": b"[" * 100_000}), "cannot be read"),
        (zipped({"manifest.json": b'{"schema": NaN}'}), "cannot be read"),
        (zipped({"manifest.json": b'{"schema": 1}'}), "has no 'asked'"),
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused_with_why(archive, why):
    with pytest.raises(NotAPack, match=why):
        opened(archive)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_whatever_is_given_is_refused_in_words(given_bytes, cut):
    for archive in (given_bytes, zipped({"manifest.json": given_bytes}), zipped({"a": given_bytes})[:cut]):
        with pytest.raises(NotAPack):
            opened(archive)


@pytest.mark.parametrize("cut", [10, 1000, -1, -30])
def test_half_a_pack_is_refused(pack, cut):
    with pytest.raises(NotAPack):
        opened(pack.archive[:cut])


@pytest.mark.parametrize("entry", ["asked", "figures", "files", "words", "inputs", "generation", "software"])
@pytest.mark.parametrize("value", [None, 7, "text", ["x"], {"x": 1}])
def test_a_manifest_of_another_shape_is_refused_or_found_out(pack, entry, value):
    archive = with_manifest(pack, {**pack.manifest, entry: value})
    with suppress(NotAPack):
        assert faults_of(opened(archive))


def test_a_manifest_of_a_later_version_says_so(pack):
    with pytest.raises(NotAPack, match="is of version 99"):
        opened(with_manifest(pack, {**pack.manifest, "schema": 99}))


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(pack):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"{}")
        archive.writestr("zeros", bytes(verify.SMALL + 1))
    with pytest.raises(NotAPack, match="It was not unpacked"):
        opened(packed.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_more_than_it_says_does_not_fill_the_memory(method):
    packed, zeros = io.BytesIO(), 40_000_000
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("manifest.json", bytes(zeros))
    lying = bytearray(packed.getvalue())
    for size_at in (22, lying.rfind(b"PK\x01\x02") + 24):  # in the member's own header, and in the directory
        lying[size_at : size_at + 4] = (100).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(NotAPack):
        opened(bytes(lying))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < zeros / 10


def test_an_archive_of_too_many_files_is_not_unpacked(monkeypatch, pack):
    monkeypatch.setattr(verify, "MOST_MEMBERS", 3)
    with pytest.raises(NotAPack, match="no pack does"):
        opened(pack.archive)


def test_a_name_that_stands_twice_is_found_out(pack):
    packed = io.BytesIO(pack.archive)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("manifest.json", b"{}")
    with pytest.raises(NotAPack, match=r"two files called 'manifest\.json'"):
        opened(packed.getvalue())


def test_a_manifest_edited_by_hand_does_not_fit_its_seal(pack):
    found = faults_of(opened(with_manifest(pack, edited(pack, 0.99))))
    assert found[0] == "manifest.json was changed after it was sealed: its seal does not fit what it says."
    assert any("measures-lcra-table" in line and "own SHA-256" in line for line in found)
    assert any(line.startswith("csv/measures-lcra-table.csv, row 2:") for line in found)


def test_an_edit_sealed_anew_still_disagrees_with_the_figures_beside_it(pack):
    said = edited(pack, 0.99)
    figure = said["figures"]["measures-lcra-table"]
    figure["values_sha256"] = manifest.digest([figure["columns"], figure["rows"]])
    found = faults_of(opened(with_manifest(pack, manifest.sealed(said))))
    assert [line[:37] for line in found] == ["csv/measures-lcra-table.csv, row 2: ["]


def test_a_file_changed_missing_or_added_is_named(pack):
    changed = {**pack.files, "board.pdf": pack.files["board.pdf"] + b" ", "more.txt": b"x"}
    del changed["board.docx"]
    assert faults_of(opened(zipped(changed))) == [
        "board.docx is in the manifest and not in the archive.",
        "board.pdf was changed: its SHA-256 is not the one in the manifest.",
        "more.txt is in the archive and not in the manifest.",
    ]


def test_a_csv_that_was_changed_is_told_by_its_row(pack):
    name = "csv/measures-lcra-table.csv"
    changed = pack.files[name].replace(b"0.75", b"0.95", 1)
    found = faults_of(opened(zipped({**pack.files, name: changed})))
    assert found[0].startswith(f"{name} was changed")
    assert found[1].startswith(f"{name}, row 2: [") and "'0.95'" in found[1] and "'0.75'" in found[1]


def test_the_csv_of_nasty_texts_agrees_with_its_manifest():
    rows = [(text, n + 0.1 * 3, -n, None) for n, text in enumerate(NASTY)]
    table = TableBlock("a-b", "A table", Table(("x",), (), tuple("abcd"), tuple(rows)))
    files = {f"csv/{name}": content for name, content in as_csv(document(Heading("H"), table)).items()}
    figure = {"columns": [*"abcd"], "rows": [list(row) for row in rows], "in_files": ["csv/a-b.csv"]}
    assert list(verify._csv_faults("a-b", figure, files)) == []


# ── Its figures ──────────────────────────────────────────────────────────────────────────────────


def figure(*rows, columns=("measure", "share", "note"), title="A table"):
    return {"title": title, "columns": list(columns), "rows": [list(row) for row in rows]}


def differing(then, now):
    return list(figures_that_differ({"a": then}, {"a": now}))


def test_the_same_figures_do_not_differ():
    one = figure(("TP01", 0.5, ""), ("TP02", None, "fewer than 10 answers"))
    assert differing(one, one) == []


def test_a_cell_that_differs_is_named_by_its_row_and_column():
    then, now = figure(("TP01", 0.5, ""), ("TP02", 0.6, "")), figure(("TP01", 0.5, ""), ("TP02", 0.61, ""))
    assert differing(then, now) == [Difference("a", "A table", (Change("TP02", "share", 0.6, 0.61),))]


def test_a_figure_withheld_since_says_so():
    then, now = figure(("TP01", 0.5, "")), figure(("TP01", None, "fewer than 10 answers"))
    assert differing(then, now)[0].changes == (
        Change("TP01", "share", 0.5, None),
        Change("TP01", "note", "", "fewer than 10 answers"),
    )


def test_rows_that_came_or_went_are_named():
    then, now = figure(("Ash", 0.5, ""), ("Elm", 0.6, "")), figure(("Ash", 0.5, ""), ("Oak", 0.6, ""))
    assert differing(then, now)[0].changes == (Change("Elm", "", "there", None), Change("Oak", "", None, "there"))


def test_rows_of_one_name_are_told_apart_by_more_of_their_texts():
    columns = ("wave", "estate", "share")
    then = figure(("2024", "Ash", 0.5), ("2024", "Elm", 0.6), columns=columns)
    now = figure(("2024", "Ash", 0.5), ("2024", "Elm", 0.7), columns=columns)
    assert differing(then, now)[0].changes == (Change("2024, Elm", "share", 0.6, 0.7),)


def test_rows_in_another_order_are_told():
    then, now = figure(("Ash", 0.5, ""), ("Elm", 0.6, "")), figure(("Elm", 0.6, ""), ("Ash", 0.5, ""))
    assert [change.row for change in differing(then, now)[0].changes] == ["the order of the rows"]


def test_a_number_and_a_text_are_never_the_same():
    assert differing(figure(("TP01", 1, "")), figure(("TP01", "1", "")))
    assert differing(figure(("TP01", True, "")), figure(("TP01", 1, "")))


def test_nine_digits_count():
    then, now = figure(("TP01", 0.123456789012, "")), figure(("TP01", 0.123456789099, ""))
    assert not differing(then, now)
    assert differing(then, figure(("TP01", 0.12345678, "")))


def test_figures_that_came_or_went_are_named():
    found = list(figures_that_differ({"a": figure(), "b": figure()}, {"b": figure(), "c": figure()}))
    assert [(each.figure, each.what) for each in found] == [
        ("a", "it is not made any more"), ("c", "it is made now and was not"),
    ]  # fmt: skip


cells = st.one_of(st.none(), st.text(max_size=3), st.integers(-5, 5), st.sampled_from((0.25, 2.5)), st.booleans())
tables = st.lists(st.tuples(st.text(max_size=2), cells, cells), max_size=6)


def as_told(cell):
    return ("number", cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else (type(cell), cell)


@given(tables, tables)
def test_tables_differ_exactly_where_they_are_not_the_same(then, now):
    # A number is no text and no yes or no, though 1 and 1.0 are one number; rows of the same label keep their order.
    alike = [[as_told(cell) for cell in row] for row in then] == [[as_told(cell) for cell in row] for row in now]
    assert bool(differing(figure(*then), figure(*now))) is not alike


# ── Why ──────────────────────────────────────────────────────────────────────────────────────────


def file(name, sha256, holds="survey", taken="2024-05-01"):
    return {"name": name, "sha256": sha256, "holds": holds, "taken": taken}


def said(*inputs, behind=(0,), **more):
    return {
        "inputs": list(inputs),
        "figures": {"a": {"how": {"inputs": list(behind)}}, "b": {"how": None}},
        "generation": {"fingerprint": "f", "number": 1},
        **more,
    }


def test_a_file_that_changed_is_named_with_both_checksums():
    then, now = said(file("may.csv", "1")), said(file("may.csv", "2", taken="2024-06-01"))
    assert changed_since(then, now) == ["may.csv (survey) was changed: SHA-256 1 then, 2 now, taken in 2024-06-01."]
    assert behind(Difference("a", "", ()), then, now).files == ("may.csv (survey)",)
    assert behind(Difference("b", "", ()), then, now).files == ()


def test_a_file_of_a_public_pack_has_no_name_to_tell():
    then, now = said(file("", "1")), said(file("", "2", taken="2024-06-01"))
    assert changed_since(then, now) == ["the survey file was changed: SHA-256 1 then, 2 now, taken in 2024-06-01."]
    assert behind(Difference("a", "", ()), then, now).files == ("the survey file",)


def test_a_file_that_did_not_change_is_not_blamed():
    homes = file("homes.csv", "9", "homes")
    then, now = said(homes, file("may.csv", "1")), said(homes, file("may.csv", "2"))
    assert behind(Difference("a", "", ()), then, now).files == ()


def test_files_that_are_new_or_gone_are_told():
    found = changed_since(said(file("may.csv", "1")), said(file("june.csv", "2")))
    assert found == [
        "may.csv (survey) is no longer in use: SHA-256 1.",
        "june.csv (survey) is new since: SHA-256 2, taken in 2024-05-01.",
    ]


def test_what_else_changed_is_told_in_words():
    then = said(
        settings={"smallest_base": 10}, registers={"measures.toml": "1", "tone.toml": "1"},
        readings={"reader": "r", "corrections_sha256": "1", "corrected_texts": 0},
        entered={}, software={"packages": {"numpy": "1"}, "python": "3.11"},
    )  # fmt: skip
    now = said(
        settings={"smallest_base": 20}, registers={"measures.toml": "2", "tone.toml": "1"},
        readings={"reader": "r", "corrections_sha256": "2", "corrected_texts": 3},
        entered={"management": {"lines": 1}}, software={"packages": {"numpy": "2"}, "python": "3.11"},
        generation={"fingerprint": "g", "number": 4},
    )  # fmt: skip
    assert changed_since(then, now) == [
        "The store uses generation 4; the pack was made from generation 1.",
        "Setting smallest_base: 10 then, 20 now.",
        "Registers that are otherwise: measures.toml.",
        "Readings were put right since: 0 texts then, 3 now.",
        "Entered or decided since, in: management.",
        'Package numpy: "1" then, "2" now.',
    ]


def test_a_csv_reader_of_another_program_reads_what_the_manifest_says(pack):
    text = pack.files["csv/measures-lcra-table.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    figures = pack.manifest["figures"]["measures-lcra-table"]
    shares = figures["columns"].index("share")
    assert [float(row["share"]) for row in rows[:-1] if row["share"]] == [
        row[shares] for row in figures["rows"] if row[shares] is not None
    ]
