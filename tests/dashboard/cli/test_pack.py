"""Packs from the command line: made, checked the next day, and found to differ when an answer in a file changes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import zipfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard import packs
from dashboard.cli import main
from dashboard.evidence.manifest import sealed
from data.settings import HOME_VARIABLE

HEADINGS = ("Serial", "Interview date", "Tenure", "Estate", "TP01", "TP04", "TP05")
WORDS = (
    *("Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied"),
    "Very dissatisfied",
)
ESTATES = ("Ash Court", "Ash Court", "Beech Row")
CLOCK = ("--clock", "2024-11-29T12:00:00+00:00")
PART = ("--sections", "measures")


def survey(file: Path) -> Path:
    """Sixty renters and forty shared owners, in words, as agencies send it."""
    rows = [
        (
            *(n, "2024-05-13", "General needs" if n <= 60 else "Shared ownership", ESTATES[n % 3]),
            *(WORDS[n % 5 - 1], WORDS[n % 4], WORDS[1]),
        )
        for n in range(1, 101)
    ]
    with file.open("w", newline="", encoding="utf-8") as written:
        csv.writer(written).writerows([HEADINGS, *rows])
    return file


@pytest.fixture(scope="module")
def landlord(tmp_path_factory) -> Path:
    """A home with one survey, and a pack of it beside."""
    home = tmp_path_factory.mktemp("landlord")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home / "home"))
        file = survey(home / "survey.csv")
        assert main(["take-in", str(file), "--as", "survey", "--wave", "2024/25", "--population", "LCRA=900"]) in (0, 1)
        assert main(["pack", "--kind", "board-pack", "--out", str(home / "out"), *CLOCK, *PART, "--who", "Ann"]) == 0
    return home


@pytest.fixture
def home(landlord, tmp_path, monkeypatch) -> Path:
    shutil.copytree(landlord, tmp_path / "copy")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "copy" / "home"))
    return tmp_path / "copy"


@pytest.fixture
def run(home, capsys):
    """Runs one pack command; its exit code, what it printed, and what it said besides."""

    def command(*said):
        code = main(["pack", *map(str, said)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def told(run, *said):
    code, out, _ = run(*said, "--json")
    return code, json.loads(out)


def test_the_zip_is_named_by_the_kind_as_typed_and_holds_what_stands_beside_it(home):
    out = home / "out"
    with zipfile.ZipFile(out / "board-pack.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file() and path.suffix != ".zip"
        }


def test_a_pack_is_identical_the_next_day(run, home):
    code, out, _ = run("verify", home / "out" / "board-pack.zip")
    assert (code, out) == (0, f"Identical: the archive is whole, and all {figures(home)} figures come out again.\n")
    code, found = told(run, "verify", home / "out" / "board-pack.zip")
    assert (code, found["identical"], found["made_here"]) == (0, True, True)
    assert found["now"] == {
        "generation": 1, "identical": True, "cannot": None, "differing": [], "sentences": [], "since": [],
    }  # fmt: skip


def figures(home: Path) -> int:
    return len(json.loads((home / "out" / "manifest.json").read_bytes())["figures"])


def test_an_answer_changed_in_a_file_is_found_in_exactly_the_figures_that_tell_of_it(run, home, capsys):
    file = home / "survey.csv"
    before = file.read_bytes()
    lines = before.splitlines(keepends=True)
    lines[60] = lines[60].replace(b"Very dissatisfied", b"Very satisfied", 1)
    file.write_bytes(b"".join(lines))
    assert file.read_bytes() != before
    assert main(["take-in", str(file), "--as", "survey", "--wave", "2024/25", "--population", "LCRA=900"]) in (0, 1)
    capsys.readouterr()
    code, found = told(run, "verify", home / "out" / "board-pack.zip")
    now = found["now"]
    assert (code, found["identical"], found["does_not_fit_its_manifest"]) == (1, False, [])
    assert {each["figure"] for each in now["differing"]} == with_other_rows(home, run)
    for each in now["differing"]:
        assert each["figure"].startswith("measures-lcra") and each["files"] == ["survey.csv (survey)"]
        assert {change["row"].split()[0] for change in each["changes"]} == {"TP01"}
    table = next(each for each in now["differing"] if each["figure"] == "measures-lcra-table")
    share = next(change for change in table["changes"] if change["column"] == "share")
    assert (share["before"], share["now"]) == (24 / 60, 25 / 60)
    assert now["since"][0].startswith("survey.csv (survey) was changed: SHA-256 ")
    assert found["from_the_generation_named"]["identical"] is True
    code, out, _ = run("verify", home / "out" / "board-pack.zip")
    assert code == 1 and "TP01, share: 0.4 then, 0.4166666666666667 now" in out
    assert f"From generation 1, which the pack names, all {figures(home)} are identical." in out
    assert run("verify", home / "out" / "board-pack.zip", "--as-built")[0] == 0


def with_other_rows(home: Path, run) -> set[str]:
    """The figures of the same pack made anew whose CSVs or values are others: found without verify."""
    run("--kind", "board", "--out", home / "anew", *CLOCK, *PART, "--who", "Ann")
    one, two = (json.loads((home / folder / "manifest.json").read_bytes())["figures"] for folder in ("out", "anew"))
    return {key for key in one if one[key]["rows"] != two[key]["rows"]}


def test_a_manifest_edited_by_hand_is_told_entry_by_entry(run, home):
    said = json.loads((home / "out" / "manifest.json").read_bytes())
    said["figures"]["measures-lcra-table"]["rows"][0][2] = 0.99
    edited(home, said)
    code, out, _ = run("verify", home / "edited.zip")
    assert code == 1
    assert "manifest.json was changed after it was sealed" in out
    place = "manifest.json, figures › measures-lcra-table › rows › 1 › 3: 0.4 as it was made here, 0.99 in this file."
    assert place in out


def test_a_manifest_sealed_anew_was_not_made_here(run, home):
    said = json.loads((home / "out" / "manifest.json").read_bytes())
    said["made"]["by"] = "Somebody else"
    edited(home, sealed(said))
    code, found = told(run, "verify", home / "edited.zip")
    assert (code, found["identical"], found["made_here"]) == (1, False, False)
    assert found["not_as_made_again"] == [
        'manifest.json, made › by: "Ann" as it was made here, "Somebody else" in this file.'
    ]


@pytest.mark.parametrize("name", ["board.pdf", "board.docx", "board.xlsx", "csv/how.csv"])
def test_a_file_swapped_and_sealed_anew_is_named(run, home, name):
    sealed_anew(home, {name: b"something else"})
    code, found = told(run, "verify", home / "edited.zip")
    assert (code, found["identical"], found["does_not_fit_its_manifest"]) == (1, False, [])
    assert found["not_as_made_again"] == [f"{name} is made otherwise."]
    code, out, _ = run("verify", home / "edited.zip")
    assert code == 1 and "but the pack as a whole does not" in out and "Identical" not in out


def test_a_file_added_or_left_out_and_sealed_anew_is_named(run, home):
    sealed_anew(home, {"notes.txt": b"audited", "board.docx": None})
    code, found = told(run, "verify", home / "edited.zip")
    assert (code, found["not_as_made_again"]) == (
        1,
        ["board.docx is made, and not in the archive.", "notes.txt is not made."],
    )


def test_a_pack_whose_making_nobody_remembers_is_identical_where_it_comes_out_to_the_byte(run, home):
    assert run("remove", 1)[0] == 0
    assert told(run, "verify", home / "out" / "board-pack.zip")[1]["made_here"] is True
    for ledger in (home / "home").rglob("ledger.sqlite"):
        ledger.unlink()
    code, found = told(run, "verify", home / "out" / "board-pack.zip")
    assert (code, found["identical"], found["made_here"], found["not_as_made_again"]) == (0, True, False, [])


def sealed_anew(home: Path, changed: dict[str, bytes | None]) -> None:
    """The pack with files changed, added or (None) left out, its manifest saying so, under a seal that fits."""
    with zipfile.ZipFile(home / "out" / "board-pack.zip") as made:
        files = {name: made.read(name) for name in made.namelist() if name != "manifest.json"}
        said = json.loads(made.read("manifest.json"))
    files = {name: content for name, content in {**files, **changed}.items() if content is not None}
    said["files"] = {name: sha256(content).hexdigest() for name, content in files.items()}
    with zipfile.ZipFile(home / "edited.zip", "w") as archive:
        for name, content in {**files, "manifest.json": json.dumps(sealed(said))}.items():
            archive.writestr(name, content)


def edited(home: Path, said: object) -> None:
    """The pack with another manifest in it."""
    with zipfile.ZipFile(home / "out" / "board-pack.zip") as made, zipfile.ZipFile(home / "edited.zip", "w") as archive:
        for name in made.namelist():
            archive.writestr(name, json.dumps(said) if name == "manifest.json" else made.read(name))


def test_a_landlord_without_the_data_cannot_count_again_and_says_so(run, home, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(home / "empty"))
    code, out, _ = run("verify", home / "out" / "board-pack.zip")
    assert code == 1 and "Nothing is held here" in out and "No pack with this seal was made" in out


def test_packs_are_listed_made_again_and_forgotten(run, home):
    code, found = told(run, "list")
    (kept,) = found["packs"]
    assert (code, kept["pack"], kept["kind"], kept["asked"]["who"]) == (0, 1, "board", "Ann")
    code, again = told(run, "rebuild", 1, "--out", home / "again")
    assert (code, again["same"], again["differs"]) == (0, True, [])
    assert (home / "again" / "board.zip").read_bytes() == (home / "out" / "board-pack.zip").read_bytes()
    assert run("list")[1].startswith("1 board: 2024/25, internal, Ann; 2024-11-29T12:00:00+00:00; generation 000001")
    assert run("remove", 1)[0] == 0
    assert run("list")[1] == "No pack has been made yet.\n"
    assert run("rebuild", 1, "--out", home / "again")[0] == 2


def test_a_pack_made_again_that_is_not_the_same_ends_with_one_and_says_why(run, home):
    (home / "home" / "settings.toml").write_text('landlord = "Acorn Homes"\n', encoding="utf-8")
    code, _, err = run("rebuild", 1, "--out", home / "again")
    assert code == 1 and 'Setting landlord: "" then, "Acorn Homes" now.' in err
    assert (home / "again" / "board.zip").exists()


def test_kinds_are_told_with_their_parts(run):
    code, found = told(run, "kinds")
    assert code == 0
    assert [kind["key"] for kind in found["kinds"]] == ["tsm", "regulator", "board", "complaints", "stairs", "estate"]
    assert all(set(kind["sections"]) <= set(found["sections"]) for kind in found["kinds"])
    assert "board (also board-pack)" in run("kinds")[1]


def test_an_estate_brief_without_an_estate_is_of_the_one_most_answers_are_from(run, home):
    code, _, err = run("--kind", "estate", "--out", home / "brief", *CLOCK, *PART)
    assert code == 0
    assert err.splitlines()[-1] == "No estate was named, so this is of Ash Court, where most answers are from."
    assert json.loads((home / "brief" / "manifest.json").read_bytes())["asked"]["filters"] == [
        ["estate", ["Ash Court"]]
    ]


@pytest.mark.parametrize(
    ("tenure", "groups", "filters"),
    [
        ("lcho", ["LCHO"], []),
        ("all", ["LCRA", "LCHO"], []),
        ("General needs", ["LCRA"], [["tenure", ["General needs"]]]),
    ],
)
def test_a_pack_of_one_tenure(run, home, tenure, groups, filters):
    code, made = told(run, "--kind", "board", "--tenure", tenure, "--out", home / "t", *CLOCK, *PART)
    assert (code, made["asked"]["groups"], made["asked"]["filters"]) == (0, groups, filters)


@pytest.mark.parametrize(
    ("clock", "meant"),
    [
        ("2024-11-29", "2024-11-29T00:00:00+00:00"),
        ("2024-11-29T12:00", "2024-11-29T12:00:00+00:00"),
        ("2024-11-29T12:00:30.5+05:45", "2024-11-29T12:00:30+05:45"),
    ],
)
def test_a_clock_without_a_zone_is_utc(run, home, clock, meant):
    code, made = told(run, "--kind", "board", "--out", home / "c", "--clock", clock, *PART)
    assert (code, made["asked"]["clock"]) == (0, meant)


@pytest.mark.parametrize("clock", ["yesterday", "2024-13-01", "0001-01-01", "2024-11-29T25:00", ""])
def test_a_clock_that_is_none_is_wrong_usage(run, home, clock, capsys):
    with pytest.raises(SystemExit) as ended:
        run("--kind", "board", "--out", home / "c", "--clock", clock)
    assert ended.value.code == 2
    assert not (home / "c").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((), "Say which pack and where to"),
        (("--kind", "board"), "Say which pack and where to"),
        (("--kind", "bored", "--out", "x"), "There is no pack 'bored'. There are: tsm,"),
        (("--kind", "board", "--out", "x", "--wave", "1999"), "There is no wave called '1999'."),
        (("--kind", "board", "--out", "x", "--tenure", "Castle"), "There is no tenure 'Castle'. There are: General"),
        (("--kind", "board", "--out", "x", "--estate", "Nowhere"), "There is no estate 'Nowhere'. There are: Ash"),
        (("--kind", "board", "--out", "x", "--sections", "measure"), "There is no part 'measure'."),
        (("verify", "nowhere.zip"), "there is no such file"),
        (("rebuild", "77", "--out", "x"), "There is no pack 77."),
        (("remove", "77"), "There is no pack 77."),
    ],
)
def test_wrong_usage_says_what_there_is_and_writes_nothing(run, home, monkeypatch, said, why):
    monkeypatch.chdir(home)
    code, out, err = run(*said)
    assert (code, out) == (2, "") and why in err
    assert not (home / "x").exists()


def test_a_file_that_is_no_pack_is_told(run, home):
    code, out, err = run("verify", home / "survey.csv")
    assert (code, out) == (1, "") and "cannot be read as a zip archive" in err


def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_kept(run, home):
    (home / "a file").write_bytes(b"x")
    code, _, err = run("--kind", "board", "--out", home / "a file" / "out", *CLOCK, "--sections", "measures")
    assert code == 1 and "is a file. What was there is as it was." in err
    assert len(told(run, "list")[1]["packs"]) == 1


@pytest.mark.skipif(os.name != "posix", reason="signals of a POSIX system")
def test_a_query_that_was_stopped_is_told_as_stopped(run, home, monkeypatch):
    def stopped(*_: object) -> None:
        with suppress(packs.Cancelled):
            signal.raise_signal(signal.SIGINT)
        raise RuntimeError("Query interrupted")  # as the database says it

    monkeypatch.setattr(packs, "build", stopped)
    code, _, err = run("--kind", "board", "--out", home / "x", *CLOCK, *PART)
    assert code == 1 and err.endswith("Stopped. Nothing was written and nothing was kept.\n")
    assert not (home / "x").exists()


def test_a_fault_nobody_foresaw_is_not_told_as_stopped(run, home, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(packs, "build", broken)
    with pytest.raises(RuntimeError, match="a fault"):
        run("--kind", "board", "--out", home / "x", *CLOCK, *PART)


def test_nothing_held_is_wrong_usage(run, home, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(home / "empty"))
    code, _, err = run("--kind", "board", "--out", home / "x")
    assert code == 2 and "Nothing is held" in err
