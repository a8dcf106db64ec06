"""Heads as files: plain arrays in an .npz and what they mean in JSON beside it. Nothing in either can be run.

Weights are whole numbers of -127 to 127 with a size for each label, so that heads fit in a repository; the answers they
give differ from those of the full numbers by less than a hundredth.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from analysis.text.grams import Vocabulary
from analysis.text.heads import Heads
from analysis.text.reading import HeadSet
from data.settings import SettingsError, read_settings

HEADS = "heads"  # the folder of the shipped ones in data/reference/, and of a landlord's own beside settings.toml
WITH_MEANING, LEXICAL = "meaning", "lexical"
FINENESS = 127


class HeadsError(SettingsError):
    """Heads that cannot be read; the message names the file and the remedy."""


def head_files(folder: Path) -> list[Path]:
    """The files heads are kept in, in order of name: their bytes are a part of the reader's version."""
    return sorted(path for path in folder.glob("*") if path.suffix in (".npz", ".json"))


def own_heads() -> Path:
    """The folder of the landlord's own heads, there or not: they stay on this computer."""
    return read_settings().home / HEADS


def load_heads(folder: Path) -> HeadSet | None:
    """Both heads of a folder; None where it holds none. Raises HeadsError where a file is damaged or missing."""
    if not head_files(folder):
        return None
    return HeadSet(_load(folder, WITH_MEANING), _load(folder, LEXICAL))


def save_heads(folder: Path, heads: HeadSet, about: Mapping[str, Mapping[str, Any]]) -> None:
    """Write both heads. ``about``: what each was trained on and how it did when left out, for people to read."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".heads-", dir=folder.parent))
    try:
        for name, one in ((WITH_MEANING, heads.with_meaning), (LEXICAL, heads.lexical)):
            _save(unfinished, name, one, about.get(name, {}))
        for file in sorted(head_files(unfinished), key=lambda file: file.suffix, reverse=True):  # the JSON last
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(unfinished)


def forget_heads(folder: Path) -> bool:
    """Take a folder's heads away; whether there were any."""
    files = head_files(folder)
    for file in files:
        file.unlink()
    return bool(files)


def _save(folder: Path, name: str, heads: Heads, about: Mapping[str, Any]) -> None:
    dense, dense_size = _coarse(heads.dense)
    counted, counted_size = _coarse(heads.counted)
    arrays = {
        "dense": dense, "dense_size": dense_size, "counted": counted, "counted_size": counted_size,
        "bias": heads.bias, "words": heads.words.hashes, "word_rarity": heads.words.rarity,
        "pieces": heads.pieces.hashes, "piece_rarity": heads.pieces.rarity,
    }  # fmt: skip
    with (folder / f"{name}.npz").open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # numpy's stubs take allow_pickle for an array
    said = {
        "labels": list(heads.labels),
        "cuts": dict(heads.cuts),
        "by_rules": sorted(heads.by_rules),
        "sureness": [[round(x, 4), round(y, 4)] for x, y in heads.sureness],
        "meaning": heads.meaning,
        "weighs": heads.weighs,
        "about": dict(about),
    }
    (folder / f"{name}.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def _load(folder: Path, name: str) -> Heads:
    try:
        said = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as kept:
            arrays = {key: kept[key] for key in kept.files}
        found = Heads(
            labels=tuple(said["labels"]),
            dense=arrays["dense"].astype(np.float32) * arrays["dense_size"],
            counted=arrays["counted"].astype(np.float32) * arrays["counted_size"],
            bias=arrays["bias"],
            words=Vocabulary(arrays["words"], arrays["word_rarity"]),
            pieces=Vocabulary(arrays["pieces"], arrays["piece_rarity"]),
            cuts=said["cuts"],
            by_rules=frozenset(said["by_rules"]),
            sureness=tuple((x, y) for x, y in said["sureness"]),
            meaning=said["meaning"],
            weighs=said.get("weighs", ""),
        )
        _check(found)
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile) as error:
        raise HeadsError(
            f"{folder / name}: the heads cannot be read ({type(error).__name__}). "
            "Delete the folder to go back to the shipped ones, or install Tenant Voice again."
        ) from error


def _check(heads: Heads) -> None:
    """Raises ValueError where arrays and labels are not of one make."""
    columns, counted = len(heads.labels), len(heads.words) + len(heads.pieces)
    shapes = (heads.dense.shape[1], heads.counted.shape, heads.bias.shape)
    if shapes != (columns, (counted, columns), (columns,)):
        raise ValueError(f"arrays of {shapes} for {columns} labels")


def _coarse(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights as whole numbers, and for each label the size of one step."""
    step = np.abs(weights).max(axis=0) / FINENESS
    step[step == 0] = 1
    return np.rint(weights / step).astype(np.int8), step.astype(np.float32)
