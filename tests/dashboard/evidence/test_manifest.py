"""The manifest tells of every figure where it is from and how it was made, and of the computer nothing."""

from __future__ import annotations

import getpass
import hashlib
import json
import math
import re
import socket
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_documents import document
from small_records import generation_of

from analysis.model import Audience
from analysis.model.surveyed import Margin, Weighing
from dashboard import packs
from dashboard.charts.chart import Table
from dashboard.evidence import basis, manifest
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.blocks import Heading, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.pack import build
from data.generation import Kept
from data.ledger import Ledger
from data.notebook import opened
from data.readings import Readings
from data.settings import Settings

ROOT = Path(__file__).parents[3]
CLOCK = datetime(2024, 11, 29, 12, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("a home with a name of its own")


@pytest.fixture(scope="module")
def generation(home):
    generation = generation_of(home / "landlord", {})
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def made(generation, home):
    """Makes a pack of the measures."""

    def pack(**named):
        asked = packs.asked_for(generation, "board", CLOCK, sections=("measures",), who="Ann Lee", **named)
        settings = Settings(home, landlord="Acorn Homes")
        folder = home / "landlord"
        return build(Material(asked, generation, Readings(folder / "readings", "1"), settings, folder), lambda *_: None)

    return pack


@pytest.fixture(scope="module")
def pack(made):
    return made()


def test_it_says_what_was_asked_by_whom_and_of_which_data(pack, generation):
    said = pack.manifest
    assert said["asked"]["clock"] == "2024-11-29T12:00:00+01:00"
    assert (said["asked"]["wave"], said["asked"]["groups"]) == ("2024", ["LCRA", "LCHO"])
    assert said["made"]["by"] == "Ann Lee"
    assert said["landlord"] == {"name": "Acorn Homes", "invented": False}
    assert said["generation"]["fingerprint"] == generation.fingerprint
    assert json.loads(pack.files["manifest.json"]) == said


def test_every_figure_says_how_it_was_made_and_finds_its_files(pack):
    said = pack.manifest
    assert set(said["figures"]) == {block.key for block in pack.document.keyed}
    for figure in said["figures"].values():
        assert figure["section"] == "measures"
        assert figure["how"]["counted"] and figure["how"]["who"] and figure["how"]["sums"]
        assert set(figure["in_files"]) <= set(pack.files)
        assert manifest.digest([figure["columns"], figure["rows"]]) == figure["values_sha256"]
    table = said["figures"]["measures-lcra-table"]
    assert [said["inputs"][n]["name"] for n in table["how"]["inputs"]] == ["small.csv"]
    assert (table["how"]["question"]["wave"], table["how"]["question"]["tenure_group"]) == ("2024", "LCRA")
    assert table["rows"][0][0] == "TP01" and table["rows"][0][2] == 0.75  # three in four, unrounded


def test_a_file_says_what_was_kept_and_why_not_all():
    facts = {"rows_in": 10, "rows_kept": 8, "left_out": {"blank_row": 2}, "profile": "agency", "mapping": {"a": "TP01"}}
    file = basis.input_of(Kept("may.csv", "0" * 64, "2024-05-01T09:00:00+00:00", facts), Audience.REGULATOR)
    assert (file["rows_in"], file["rows_kept"], file["left_out"]) == (10, 8, {"blank_row": 2})
    assert file["left_out_in_words"] == "the row is empty (2)"
    assert (file["profile"], file["mapping"]) == ("agency", {"a": "TP01"})


def test_every_other_file_has_its_checksum_and_the_whole_its_seal(pack):
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in pack.files.items()}
    del sums["manifest.json"]
    assert pack.manifest["files"] == sums
    assert manifest.seal_of(pack.manifest) == pack.seal
    assert manifest.seal_of({**pack.manifest, "schema": 2}) != pack.seal


def test_it_tells_nothing_of_the_computer(pack, home):
    text = pack.files["manifest.json"].decode()
    for secret in (str(home), home.name, str(ROOT), socket.gethostname()):
        assert secret not in text
    assert not re.search(r'"/(home|tmp|root|Users|work)/', text)
    assert f'"{getpass.getuser()}"' not in text


def test_two_builds_are_the_same_to_the_byte(made, pack):
    again = made()
    assert again.files == pack.files
    assert again.archive == pack.archive


def test_another_clock_or_maker_is_another_pack(made, pack):
    assert made(audience=Audience.PUBLIC).seal != pack.seal


def test_the_public_is_given_the_checksum_of_the_mapping_alone(generation):
    inside, public = (basis.inputs_of(generation, each) for each in (Audience.INTERNAL, Audience.PUBLIC))
    assert public[0]["mapping"] == {}
    assert public[0]["mapping_sha256"] == inside[0]["mapping_sha256"]


def test_the_public_is_told_neither_who_made_it_nor_what_a_file_is_called(made, generation):
    (name,) = {file.name for file in generation.files()}
    for audience, told in ((Audience.REGULATOR, True), (Audience.PUBLIC, False)):
        pack = made(audience=audience)
        every = json.dumps(pack.manifest)
        assert ("Ann Lee" in every, name in every) == (told, told)
        assert all(b"Ann Lee" not in content for file, content in pack.files.items() if file != manifest.NAME)


def test_the_public_is_not_told_how_many_homes_there_are_of_each_kind_that_was_weighed_by():
    margin = Margin("c_ethnicity", {"White": 900.0, "Roma": 3.0}, "Ethnicity")
    weighing = Weighing("2024", "LCRA", (margin,), 300, 4, True, 0.0, 1.2, 250.0, 2.0, 0.5)
    held = SimpleNamespace(
        waves=(SimpleNamespace(name="2024"),),
        tenure_groups=lambda wave: ("LCRA",),
        weights=SimpleNamespace(weighing=lambda *_: weighing, made=lambda *_: "2024-11-01"),
    )
    (inside,), (public,) = (basis._weights(held, each) for each in (Audience.INTERNAL, Audience.PUBLIC))
    assert inside["margins"][0]["targets"]["Roma"] == 3.0
    assert public["by"] == ["Ethnicity"] and "Roma" not in json.dumps(public)
    assert public["sha256"] == basis.digest({name: value for name, value in inside.items() if name != "made"})


# ── What a pack rests on ─────────────────────────────────────────────────────────────────────────


def test_every_register_is_there_with_its_checksum():
    registers = basis.shipped_registers()
    file = ROOT / "data" / "reference" / "measures.toml"
    assert registers["measures.toml"] == hashlib.sha256(file.read_bytes()).hexdigest()
    shipped = (ROOT / "data" / "reference").rglob("*.toml")
    assert {path.relative_to(ROOT / "data" / "reference").as_posix() for path in shipped} <= set(registers)


def test_the_landlords_own_registers_are_there_too(made, home):
    (home / "topics.toml").write_text('[damp]\nkeywords = ["mould"]\n', encoding="utf-8")
    try:
        registers = made().manifest["registers"]
        assert registers["own topics.toml"] == basis.sha256(home / "topics.toml")
    finally:
        (home / "topics.toml").unlink()


def test_what_was_entered_is_counted_and_sealed_and_not_told(made, home, pack):
    assert pack.manifest["entered"] == {}
    notebook = home / "landlord" / "something.sqlite"
    with opened(notebook, "create table if not exists said (words text)") as connection:
        connection.execute("insert into said values ('the tenant said this')")
    try:
        again = made()
        assert again.manifest["entered"]["something"]["lines"] == 1
        assert b"the tenant said this" not in again.files["manifest.json"]
        assert again.seal != pack.seal
    finally:
        notebook.unlink()


def test_what_was_decided_is_counted_by_action(made, home, pack):
    before = pack.manifest["done"]
    Ledger(home / "landlord").record("approve quote", {"quote": "q1", "who": "Ann"})
    Ledger(home / "landlord").record("send alerts", {"messages": 3})
    assert before == {}
    assert {action: said["times"] for action, said in made().manifest["done"].items()} == {"approve quote": 1}


def test_every_package_named_is_in_the_lock():
    locked = {line.split("==")[0].lower() for line in (ROOT / "requirements.lock").read_text().splitlines()}
    assert {name.lower() for name in basis.PACKAGES} <= locked
    assert set(basis.software()["packages"]) == set(basis.PACKAGES)


# ── Small things ─────────────────────────────────────────────────────────────────────────────────


def test_a_number_that_is_none_is_missing():
    table = Table(("A", "B"), (("x", "–"),), ("a", "b"), (("x", math.nan),))
    block = TableBlock("measures-a", "A table", table)
    (figure,) = manifest.figures_of(FakeMaterial, document(Heading("H"), block)).values()
    assert figure["rows"] == [["x", None]]


class FakeMaterial:
    """Nothing but what was asked."""

    asked = PackAsked("board", "2024", ("LCRA",), Audience.INTERNAL, CLOCK, ("measures",))
    generation = None


def test_sentences_are_sealed_part_by_part():
    one = document(Heading("A"), Paragraph("54% said so."), Heading("B"), Paragraph("Nothing."))
    other = document(Heading("A"), Paragraph("55% said so."), Heading("B"), Paragraph("Nothing."))
    first, second = manifest.words_of(one), manifest.words_of(other)
    assert list(first) == ["01 A", "02 B"]
    assert [part for part in first if first[part] != second[part]] == ["01 A"]


names = st.text(max_size=30)


@given(
    st.sampled_from(["board", "tsm"]), names, st.lists(names, max_size=3), st.sampled_from(list(Audience)),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])), names,
)  # fmt: skip
def test_what_was_asked_is_read_back_as_it_was(kind, wave, values, audience, clock, who):
    filters = tuple((value, (value, wave)) for value in values)
    asked = PackAsked(kind, wave, ("LCRA",), audience, clock, tuple(values), filters, who)
    assert manifest.asked_from(json.loads(json.dumps(manifest.asked_as_json(asked)))) == asked
