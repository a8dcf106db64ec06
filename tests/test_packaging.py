"""An installed Tenant Voice has everything a checkout has: modules, registers, sample, configuration, fonts."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_list_of_packages_is_whole():
    folders = {path.parent for layer in ("analysis", "data", "dashboard") for path in (ROOT / layer).rglob("*.py")}
    needed = {"tenant_voice", *(f"tenant_voice.{'.'.join(f.relative_to(ROOT).parts)}" for f in folders)}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == needed


@pytest.mark.parametrize("kind", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_pinned_with_its_hash_and_no_address(kind):
    text = (ROOT / kind).read_text(encoding="utf-8")
    pins = [line.split("==")[0].lower() for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    asked = PROJECT["project"]["dependencies"]
    if kind == "requirements-dev.lock":
        asked = asked + PROJECT["dependency-groups"]["dev"]
    names = {re_name(requirement) for requirement in asked}
    assert names <= set(pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text and "index-url" not in text


def re_name(requirement: str) -> str:
    """The name at the head of a requirement: "streamlit>=1.67,<1.68" is streamlit."""
    return requirement.split(">")[0].split("=")[0].split("<")[0].strip().lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel built from what git knows of this checkout, as a release is."""
    made = tmp_path_factory.mktemp("wheel")
    source = made / "source"
    source.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(made), str(source)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(made.glob("*.whl"))


@pytest.mark.slow
def test_a_wheel_carries_configuration_fonts_registers_and_sample(wheel):
    carried = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("data/reference", "data/sample", ".streamlit", "static"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.name != "secrets.toml":
                assert f"tenant_voice/{path.relative_to(ROOT).as_posix()}" in carried
    for template in (ROOT / "dashboard").rglob("*.typ"):
        assert f"tenant_voice/{template.relative_to(ROOT).as_posix()}" in carried
    assert not any(name.startswith(("tests/", "tools/", "tenant_voice/tests")) for name in carried)
    assert {name.split("/")[0].split("-")[0] for name in carried} == {"tenant_voice"}


BY_A_WORKER = """
import sys, time
from tenant_voice.app import own_folder_first
own_folder_first()
from dashboard import actions, packs
from dashboard.building import Task, Workshop
from dashboard.evidence.manifest import asked_as_json
from data.settings import read_settings

settings = read_settings()
asked = packs.asked_for(actions.store_in_use(settings).current(), "board", packs.this_moment(settings))
shop = Workshop(settings)
job = shop.begin(Task("make", {**asked_as_json(asked), "sections": ["measures"]}), "Board")
while shop.running() is not None:
    time.sleep(0.1)
print(shop.job(job.key).ended)
"""


@pytest.mark.slow
def test_the_installed_command_works_from_an_empty_folder(wheel, tmp_path):
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed)]
    subprocess.run([*pip, str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(installed), "TENANT_VOICE_HOME": str(tmp_path / "home")}

    def tenant_voice(*arguments: str) -> str:
        command = [sys.executable, "-P", str(installed / "bin" / "tenant-voice"), *arguments]
        done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    tenant_voice("demo")
    assert '"TP01"' in tenant_voice("measures", "--json")
    worker = [sys.executable, "-P", "-c", BY_A_WORKER]  # as a page of the installed dashboard begins one
    made = subprocess.run(worker, cwd=empty, env=environment, capture_output=True, text=True)
    assert "how='done'" in made.stdout, made.stdout + made.stderr
    assert not list(empty.iterdir())
