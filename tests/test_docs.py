"""What the documents say is so: paths exist, commands are told of, links lead somewhere, examples run."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from dashboard.cli import COMMANDS, main, parser

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "data/**/*.md", "tests/**/*.md") for path in ROOT.glob(pattern)
)
TEXT = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}


# What the guide's example needs: answer, weight, area, homes in the area, estate.
PEOPLE = [(5, 2, "north", 400, "Ash Court")] * 4 + [(4, 1, "north", 400, "Ash Court")] * 4
PEOPLE += [(2, 1, "south", 300, "Ash Court")] * 4 + [(9, 1, "south", 300, "Ash Court")]
PEOPLE += [(1, 1, "south", 300, "Elm Row")] * 5 + [(5, 1, "south", 300, "Elm Row")] * 5
EACH = pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_path_named_exists(name):
    text = TEXT[ROOT / name].split("## What comes later")[0] + TEXT[ROOT / name].split("## Packaging")[-1]
    paths = set(re.findall(r"`((?:analysis|data|dashboard|tests|tools|bench|docs|static)/[\w./-]*)`", text))
    assert paths
    assert not [path for path in sorted(paths) if not (ROOT / path).exists()]


@EACH
def test_every_link_to_a_file_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", TEXT[path])
    assert not [link for link in links if not (path.parent / link).exists()]


def test_every_command_is_in_the_readme_and_in_the_guide():
    readme, guide = TEXT[ROOT / "README.md"], TEXT[ROOT / "docs" / "guide" / "command-line.md"]
    names = [command.name for command in COMMANDS]
    assert re.findall(r"^\| `([a-z-]+)` \|", readme, re.M) == names
    assert list(dict.fromkeys(re.findall(r"`tenant-voice ([a-z-]+)", guide))) == names


def options_of(own) -> set[str]:
    """The options of a command, those of its own commands among them."""
    inner = [one for action in own._actions if isinstance(action.choices, dict) for one in action.choices.values()]
    return {option for action in own._actions for option in action.option_strings}.union(*map(options_of, inner))


@EACH
def test_every_option_named_beside_a_command_is_one_it_has(path):
    options = {name: options_of(own) for name, own in parser()._subparsers._group_actions[0].choices.items()}
    for line in TEXT[path].replace("\\\n", " ").splitlines():
        for command, rest in re.findall(r"tenant-voice ([a-z-]+)([^`]*)", line):
            assert command in options, f"{path.name} names tenant-voice {command}"
            assert set(re.findall(r"(?<!\S)(--[a-z-]+)", rest)) <= options[command], line


def test_every_make_target_named_in_the_documents_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named_targets = {target for text in TEXT.values() for target in re.findall(r"\bmake ([a-z]+)`", text)}
    assert named_targets <= targets


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    reasons = re.findall(r"^\| ([\w-]+) \| \w", TEXT[ROOT / "docs" / "decisions" / "0002-dependencies.md"], re.M)
    assert sorted(re.match(r"[\w-]+", requirement)[0] for requirement in asked) == sorted(set(reasons) - {"Package"})


METHODS = sorted((ROOT / "docs" / "method").glob("*.md"))


@pytest.mark.parametrize("path", METHODS, ids=[path.stem for path in METHODS])
def test_the_worked_examples_of_a_method_page_come_out(path):
    failures, _ = doctest.testfile(str(path), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert not failures


def test_no_document_names_a_place_on_one_machine():
    found = [path.name for path, text in TEXT.items() if re.search(r"(?<![\w.])/(work|root|tmp|Users)/", text)]
    assert not found


def test_the_calculators_example_runs(tmp_path, monkeypatch, capsys):
    example = re.search(r"^tenant-voice (estimate answers\.csv .*)$", TEXT[ROOT / "docs/guide/command-line.md"], re.M)
    rows = [f"{answer},{weight},{area},{homes},{estate}" for answer, weight, area, homes, estate in PEOPLE]
    (tmp_path / "answers.csv").write_text("\n".join(["Q1,w,area,homes,estate", *rows]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path / "home"))
    assert main(shlex.split(example[1])) == 0
    by_estate = {e["group"]["estate"]: e for e in json.loads(capsys.readouterr().out)["estimates"]}
    # Ash Court: weights 12 of 16 said 4 or 5; the one who said 9 is left out.
    assert by_estate["Ash Court"]["value"] == pytest.approx(0.75)
    assert by_estate["Ash Court"]["base"] == 12


@EACH
def test_every_json_example_is_json(path):
    for example in re.findall(r"^```json\n(.*?)^```", TEXT[path], re.M | re.S):
        json.loads(example)
