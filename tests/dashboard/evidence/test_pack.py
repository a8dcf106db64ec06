"""A pack is the same to the byte wherever it is made, and stopped it leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import OperationalError

import pytest
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.material import Material
from dashboard.evidence.pack import build
from data.generation import StoreError
from data.ledger import Ledger
from data.packs import pack_kinds
from data.packs.requests import Requests
from data.readings import Readings
from data.settings import HOME_VARIABLE, Settings
from data.store import Store

ROOT = Path(__file__).parents[3]
CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
COMPLAINT = {
    "reference": "C1", "complaint": "C1", "stage": 1, "made": "2024-04-03", "responded": "2024-04-20",
    "tenure_group": "LCRA", "estate": "Ash Court", "record_type": "complaint",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A landlord with a survey, homes and a complaint; real data, so that nothing depends on a story's day."""
    home = tmp_path_factory.mktemp("first")
    rows = {"homes": homes_on("Ash Court", 30) + homes_on("Beech Row", 30), "complaints": [COMPLAINT]}
    generation_of(home / "landlord", rows).close()
    return home


@pytest.fixture
def store(home, tmp_path) -> Store:
    shutil.copytree(home / "landlord", tmp_path / "landlord")
    return Store(tmp_path / "landlord", "real")


@pytest.fixture
def generation(store):
    generation = store.current()
    yield generation
    generation.close()


def nothing(share: float, doing: str) -> None:
    """Progress nobody watches."""


def asked(generation, **named):
    return packs.asked_for(generation, "board", CLOCK, **{"sections": ("measures",), **named})


def test_a_pack_has_every_format_its_figures_and_its_manifest(generation, store, tmp_path):
    made = packs.make(asked(generation), generation, store, Settings(tmp_path), nothing)
    names = set(made.pack.files)
    assert {"board.pdf", "board.docx", "board.xlsx", "manifest.json", "csv/measures-lcra-table.csv"} <= names
    (tmp_path / "board.zip").write_bytes(made.archive)
    with zipfile.ZipFile(tmp_path / "board.zip") as archive:
        assert set(archive.namelist()) == names
        assert {member.date_time for member in archive.infolist()} == {(2024, 11, 29, 12, 0, 0)}


def test_the_cover_says_in_words_whom_it_is_for_and_which_survey_it_is_of(generation, store, tmp_path):
    document = packs.make(
        asked(generation, audience=Audience.REGULATOR), generation, store, Settings(tmp_path), nothing
    ).pack.document
    facts = dict(document.facts)
    assert facts["For"] == "The Regulator of Social Housing" and facts["Known on"] == "29 November 2024"
    assert facts["Survey"].startswith(f"{document.subtitle}: ")
    assert document.imprint.startswith(f"Made from generation {generation.fingerprint} by Tenant Voice ")
    assert document.marks == ()  # neither invented nor of a year whose rules are not settled


def test_a_pack_made_is_in_the_history_and_in_the_ledger(generation, store, tmp_path):
    made = packs.make(asked(generation, who=" Ann "), generation, store, Settings(tmp_path), nothing)
    (kept,) = packs.history(store)
    assert (kept, kept.who, kept.seal) == (made.kept, "Ann", made.pack.seal)
    assert packs.archive_of(1, store) == made.archive
    (line,) = Ledger(store.folder).of("make pack")
    assert line.detail == {"pack": 1, "kind": "board", "seal": kept.seal, "generation": 1}


def test_a_ledger_that_cannot_be_written_keeps_no_pack(generation, store, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Ledger, "record", full)
    with pytest.raises(StoreError, match="so nothing was kept"):
        packs.make(asked(generation), generation, store, Settings(tmp_path), nothing)
    assert packs.history(store) == ()


def test_a_pack_whose_generation_went_while_it_was_made_is_not_kept(generation, store, tmp_path):
    pack = packs.build(packs.material_of(asked(generation), generation, store, Settings(tmp_path)), nothing)
    generation.path.rename(tmp_path / "gone")
    with pytest.raises(StoreError, match="generation 1, which it is made from, is no longer kept"):
        packs.keep(pack, asked(generation), generation, store)
    assert packs.history(store) == () and Ledger(store.folder).of("make pack") == []
    assert list(store.packs_folder.iterdir()) == []


def test_progress_goes_one_way_and_ends_at_one(generation, store, tmp_path):
    told: list[float] = []
    packs.make(asked(generation), generation, store, Settings(tmp_path), lambda share, _: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0


@pytest.mark.parametrize("at", [0.0, 0.5, 0.95, 1.0])
def test_a_build_that_is_stopped_keeps_nothing(generation, store, tmp_path, at):
    def stop(share: float, doing: str) -> None:
        if share >= at:
            raise packs.Cancelled

    with pytest.raises(packs.Cancelled):
        packs.make(asked(generation), generation, store, Settings(tmp_path), stop)
    assert packs.history(store) == ()
    assert not store.packs_folder.exists()
    assert Ledger(store.folder).of("make pack") == []


def test_a_past_pack_is_made_again_to_the_byte_when_the_data_have_moved_on(generation, store, tmp_path):
    from small_survey import small_incoming

    made = packs.make(asked(generation), generation, store, Settings(tmp_path), nothing)
    for n in range(8):
        store.publish(small_incoming(sha256=f"{n:064d}", answers=30)).close()
    again = packs.rebuild(1, store, Settings(tmp_path), nothing)
    assert again.same and again.differs == ()
    assert again.pack.archive == made.archive


def test_a_past_pack_that_comes_out_otherwise_says_why(generation, store, tmp_path):
    packs.make(asked(generation), generation, store, Settings(tmp_path), nothing)
    again = packs.rebuild(1, store, Settings(tmp_path, smallest_base=12), nothing)
    assert not again.same
    assert "Setting smallest_base: 10 then, 12 now." in again.differs


def test_what_the_invented_landlords_log_holds_is_in_its_pack_and_what_is_written_later_is_not(tmp_path):
    from small_survey import small_incoming

    store = Store(tmp_path / "invented", "sample")
    generation, log = store.publish(small_incoming()), Requests(store.folder)
    first, later = (datetime(2025, 1, day, 9, tzinfo=UTC) for day in (6, 7))  # after the clock, which stands still
    log.add("Damp by estate", "inspection", first.date(), "Compliance", "Jo", first.date(), first)
    part = asked(generation, sections=("measures", "requests"))
    made = packs.make(part, generation, store, Settings(tmp_path), nothing)
    log.add("Another thing", "inspection", later.date(), "Compliance", "Jo", later.date(), later)
    rows = made.pack.manifest["figures"]["requests-log"]["rows"]
    assert len(rows) == 1 and "Damp by estate" in rows[0]
    assert packs.verify(made.archive, store, Settings(tmp_path), nothing).identical
    assert packs.rebuild(1, store, Settings(tmp_path), nothing).same
    generation.close()


def test_a_landlords_log_is_told_up_to_the_clock_of_the_pack(generation, store, tmp_path):
    log = Requests(store.folder)
    for day in (28, 30):
        now = datetime(2024, 11, day, tzinfo=UTC)
        log.add(f"Asked on {day}", "inspection", now.date(), "Compliance", "Jo", now.date(), now)
    made = packs.make(asked(generation, sections=("requests",)), generation, store, Settings(tmp_path), nothing)
    assert made.pack.manifest["asked"]["log_until"] is None
    assert "Asked on 28" in str(made.pack.document.blocks) and "Asked on 30" not in str(made.pack.document.blocks)
    log.add("Later", "inspection", CLOCK.date(), "Compliance", "Jo", CLOCK.date(), CLOCK.replace(hour=13))
    assert packs.verify(made.archive, store, Settings(tmp_path), nothing).identical


def test_what_is_withheld_stands_in_the_manifest_and_comes_out_again(generation, store, tmp_path):
    few = Settings(tmp_path, smallest_base=25)  # of forty answers no more than half are of one estate
    made = packs.make(asked(generation, sections=("places",)), generation, store, few, nothing)
    told = made.pack.manifest["withheld"]
    assert told and all(
        set(row) == {"figures", "tenure_group", "waves", "asked_for", "not_told", "why"} for row in told
    )
    found = packs.verify(made.archive, store, few, nothing)
    assert found.identical and found.now.since == ()


def test_one_respondent_makes_a_pack(tmp_path):
    generation = generation_of(tmp_path / "one", {}, "delete from responses where respondent > 1")
    made = build(
        Material(asked(generation), generation, Readings(tmp_path / "r", "1"), Settings(tmp_path), tmp_path), nothing
    )
    assert made.manifest["figures"]
    generation.close()


# ── What is asked ────────────────────────────────────────────────────────────────────────────────


def test_a_tenure_narrows_a_pack_to_it_and_to_its_group(generation):
    narrowed = asked(generation, tenure="General needs")
    assert (narrowed.groups, narrowed.filters) == (("LCRA",), (("tenure", ("General needs",)),))


@pytest.mark.parametrize(
    ("named", "what"),
    [
        ({"estate": "Ash Cuort"}, "There is no estate 'Ash Cuort'. There are: Ash Court, Beech Row."),
        ({"tenure": "Castle"}, "There is no tenure 'Castle'. There are: General needs."),
        ({"sections": ("measure",)}, "There is no part 'measure'."),
        ({"wave": "1999"}, "There is no wave called '1999'."),
        ({"groups": ("LCHO",)}, "2024 has no LCHO answers."),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(generation, named, what):
    with pytest.raises(packs.NotHeld, match=what):
        asked(generation, **named)


def test_the_estate_of_most_answers(tmp_path):
    generation = generation_of(tmp_path, {}, "update responses set estate = 'Beech Row' where respondent = 2")
    assert packs.most_answers(generation, "2024") == "Beech Row"
    generation.close()
    even = generation_of(tmp_path / "even", {})
    assert packs.most_answers(even, "2024") == "Ash Court"
    even.close()


# ── Wherever it is made ──────────────────────────────────────────────────────────────────────────


def run(home: Path, out: Path, kind: str, cwd: Path, **surroundings: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "dashboard.cli", "pack", "--kind", kind, "--out", str(out)]
    return subprocess.Popen(
        [*words, "--clock", "2024-11-29T12:00:00+00:00", "--who", "Ann"],
        cwd=cwd, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), HOME_VARIABLE: str(home), **surroundings},
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind.key for kind in pack_kinds()])
def test_two_processes_make_the_same_file_to_the_byte(home, tmp_path, kind):
    one_home, other = tmp_path / "home", tmp_path / "another home" / "far away"
    shutil.copytree(home, one_home)
    shutil.copytree(home, other)
    first = run(one_home, tmp_path / "a", kind, ROOT, PYTHONHASHSEED="1", TZ="UTC", LANG="C")
    second = run(other, tmp_path / "out" / "b", kind, tmp_path, PYTHONHASHSEED="7", TZ="Asia/Kathmandu", LANG="C.UTF-8")
    for process in (first, second):
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
    one, two = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "a", tmp_path / "out" / "b")
    )
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == []
    text = one["manifest.json"].decode()
    assert str(tmp_path) not in text


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of a POSIX system")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_told_to_end_leaves_nothing(home, tmp_path, number):
    shutil.copytree(home / "landlord", tmp_path / "home" / "landlord")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "board.pdf").write_bytes(b"what was there")
    process = run(tmp_path / "home", tmp_path / "out", "board", tmp_path)
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip().startswith("1"):  # of 10%: it has begun
            process.send_signal(number)
            break
    _, said = process.communicate(timeout=300)
    assert process.returncode == 1
    assert said.splitlines()[-1] == "Stopped. Nothing was written and nothing was kept."
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["board.pdf"]
    assert (tmp_path / "out" / "board.pdf").read_bytes() == b"what was there"
    assert packs.history(Store(tmp_path / "home" / "landlord", "real")) == ()
