"""Whatever a landlord, an estate or a person is called, and however little is held, a pack is made and says why."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePosixPath
from sqlite3 import OperationalError
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdf
import pytest
from small_pack import readings_of
from small_records import generation_of, homes_on
from small_survey import small_incoming

from analysis.model import Audience
from dashboard import packs
from dashboard.building import Task, worker
from dashboard.building.task import FAILED, MAKE
from dashboard.cli import main
from dashboard.evidence import manifest
from dashboard.evidence.archive import archived
from dashboard.evidence.manifest import asked_as_json
from dashboard.evidence.material import Material
from dashboard.evidence.pack import Pack, build, document_of
from dashboard.evidence.verify import NotAPack, faults_of, opened
from data.settings import HOME_VARIABLE, Settings
from data.store import Store

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
NAMES = (
    '=HYPERLINK("http://x.example","Click")',
    "../../etc/passwd",
    "L" * 300,
    '#eval("1") $x^2$ @ref <label> // c `raw` *b* /* \\ ~',
    '<script>alert(1)</script> & ]]> &amp; "q"',
    "مجمع النخيل السكني",
    "\N{HOUSE BUILDING}\N{VARIATION SELECTOR-16} Terrace \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}",
    "北京小区 हिन्दी",
    "a\u202eevil\u200b",
    "' or 1=1; drop table responses;--",
)
WHO = "=A1 <w:p/> #x שלום"
PARTS = ("summary", "measures", "places", "spoken", "withheld", "lineage")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def named_badly(tmp_path_factory):
    """A landlord whose estates, own name and maker are called as nobody should be, for every audience."""
    home = tmp_path_factory.mktemp("home")
    names = ", ".join(map(quoted, NAMES))
    changes = (
        f"update responses set estate = ([{names}])[1 + respondent % {len(NAMES)}]",
        f"update comments set text = 'The staff were rude. ' || ([{names}])[1 + respondent % {len(NAMES)}]",
        "update comments set text_key = md5(question || chr(31) || text)",
    )
    homes = [{**each, "row": n} for n, each in enumerate(home for name in NAMES for home in homes_on(name, 3))]
    generation = generation_of(home, {"homes": homes}, *changes)
    read = readings_of(home, generation)

    @cache
    def made(kind: str, audience: Audience, estate: str = "") -> Pack:
        asked = packs.asked_for(generation, kind, CLOCK, audience=audience, estate=estate, who=WHO)
        asked = asked if estate else replace(asked, sections=PARTS)
        settings = Settings(home, landlord=" ".join(NAMES))
        return build(Material(asked, generation, read, settings, home), lambda *_: None)

    yield made
    generation.close()


@pytest.mark.parametrize("audience", Audience)
def test_no_name_does_anything_in_any_format(named_badly, audience):
    made = named_badly("board", audience)
    assert made.document.author == " ".join(NAMES) and all(map(within, made.files))
    for document in ("board.docx", "board.xlsx"):
        for name, content in parts(made.files[document]).items():
            tags = [each.tag for each in ElementTree.fromstring(content).iter()]  # our own file
            assert not [tag for tag in tags if tag.endswith("}f")], "a formula"
            assert not (name.endswith(".rels") and b"x.example" in content), "a link"
    pages = pypdf.PdfReader(io.BytesIO(made.files["board.pdf"])).pages
    links = [each.get_object()["/A"] for page in pages for each in page.get("/Annots", ()) if "/A" in each.get_object()]
    assert not [link for link in links if "x.example" in str(link)]
    assert faults_of(opened(made.archive)) == []


def parts(packed: bytes) -> dict[str, bytes]:
    """The XML in an office document, by name."""
    with ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize("estate", NAMES[:4])
def test_an_estate_however_called_has_its_brief(named_badly, estate):
    made = named_badly("estate", Audience.INTERNAL, estate)
    assert len(pypdf.PdfReader(io.BytesIO(made.files["estate.pdf"])).pages) <= 3


def within(name: str) -> bool:
    """Whether a file of a pack lies in the pack's folder, under a name every system can keep."""
    place = PurePosixPath(name)
    return not place.is_absolute() and ".." not in place.parts and len(place.name) <= 120 and place.name.isascii()


LITTLE = {
    "one respondent": ("delete from responses where respondent > 1", "delete from comments where respondent > 1"),
    "no comments": ("delete from comments",),
    "no estates": ("update responses set estate = null, c_area = null",),
    "only shared owners": (
        "update responses set tenure_group = 'LCHO', stratum = 'LCHO', tenure = 'Shared ownership'",
        "update strata set tenure_group = 'LCHO', stratum = 'LCHO'",
        'update waves set "population_LCHO" = 400, "population_LCRA" = null',
    ),
    "a year whose rules are not held": ("update waves set reporting_year = '2019/20'",),
    "nobody answered anything": ("update responses set TP01 = null",),
}


@pytest.mark.parametrize("little", LITTLE)
def test_a_landlord_with_little_has_every_part_and_each_says_something(little, tmp_path):
    generation = generation_of(tmp_path, {}, *LITTLE[little])
    asked = packs.asked_for(generation, "regulator", CLOCK)
    material = Material(asked, generation, readings_of(tmp_path, generation), Settings(tmp_path), tmp_path)
    blocks = document_of(material, lambda *_: None).blocks
    generation.close()
    tops = [place for place, block in enumerate(blocks) if getattr(block, "level", 0) == 1]
    assert len(tops) == len(asked.sections)
    assert all(after - before > 1 for before, after in zip(tops, [*tops[1:], len(blocks)], strict=True))


# ── A manifest edited by hand ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("rows", [[]]),
        ("rows", [[{"a": 1}, [2]]]),
        ("rows", [["x"] * 500]),
        ("rows", "text"),
        ("columns", [1, None]),
        ("in_files", ["../x", 5]),
        ("in_files", [["x"]]),
        ("title", {"a": 1}),
    ],
)
def test_a_figure_of_another_shape_is_refused_or_found_out(named_badly, entry, value):
    made = named_badly("board", Audience.INTERNAL)
    said = json.loads(made.files[manifest.NAME])
    for figure in said["figures"].values():
        figure[entry] = value
    with suppress(NotAPack):
        assert faults_of(opened(archived({**made.files, manifest.NAME: json.dumps(said).encode()}, CLOCK)))


@pytest.mark.parametrize("number", [-1, 0, 10**400, "../../x"])
def test_a_generation_there_cannot_be_is_refused(named_badly, number):
    made = named_badly("board", Audience.INTERNAL)
    said = json.loads(made.files[manifest.NAME])
    said["generation"]["number"] = number
    with pytest.raises(NotAPack, match="no manifest"):
        opened(archived({**made.files, manifest.NAME: json.dumps(said).encode()}, CLOCK))


# ── A disk that takes nothing, not even what reading needs ───────────────────────────────────────


@pytest.fixture
def full(tmp_path, monkeypatch):
    """A landlord on a disk so full that SQLite cannot open what is beside the data; and its pack as asked for."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    incoming = small_incoming()
    generation = Store(tmp_path / "landlord", "real").publish(incoming)
    asked = asked_as_json(packs.asked_for(generation, "complaints", CLOCK))
    generation.close()
    incoming.connection.close()

    def no_room(*_):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("data.ledger.opened", no_room)
    (tmp_path / "landlord" / "ledger.sqlite").touch()
    return tmp_path, asked


def test_a_disk_too_full_to_read_the_ledger_is_told_with_what_to_do(full, capsys):
    home, asked = full
    said = ("pack", "--kind", "complaints", "--out", str(home / "out"), "--clock", asked["clock"])
    assert main(said) == 1
    assert "disk I/O error" in (told := capsys.readouterr().err) and "Make room" in told and not (home / "out").exists()
    end = worker.done(Task(MAKE, asked), lambda *_: None)
    assert end.how == FAILED and "Make room" in end.says and "unforeseen" not in end.says
