"""The register of topics: the 27 shipped, with the words and topics a landlord has added to it.

A landlord's own are in topics.toml beside settings.toml, in the form of data/reference/topics.toml: under a code there
is, more words for it (or another title); under another code, a topic of its own, which needs a title and keywords.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.text.phrases import phrase_list, phrasebook
from data.settings import SettingsError, read_settings

SHIPPED = Path(__file__).with_name("reference") / "topics.toml"
BOOKS = ("keywords", "if_felt", "if_praised", "unless")
TEXTS = ("title", "holds", "leaning", "measures", "ombudsman")
LEANINGS = ("positive", "negative", "neutral")

Register = Mapping[str, Mapping[str, str]]


def own_topics() -> Path | None:
    """The landlord's own file of topics, where there is one."""
    file = read_settings().home / "topics.toml"
    return file if file.is_file() else None


def topic_register(shipped: Path = SHIPPED) -> Register:
    """Topic code → its entries, the shipped ones first, with the landlord's own words among them.

    Raises SettingsError where the landlord's file cannot be followed; it names the topic, the entry and the remedy.
    """
    own = own_topics()
    if own is None:
        return _read(shipped, 0, 0)
    stat = own.stat()
    return _merged(shipped, own, stat.st_mtime_ns, stat.st_size)


@cache
def _read(file: Path, _changed: int, _size: int) -> Register:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _merged(shipped: Path, own: Path, changed: int, size: int) -> Register:
    try:
        added = _read(own, changed, size)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{own}: not readable as TOML ({error}). Mend the line, or delete the file.") from error
    register = {code: dict(entries) for code, entries in _read(shipped, 0, 0).items()}
    for code, entries in added.items():
        _check(own, code, entries, new=code not in register)
        mine = register.setdefault(code, {})
        for name, value in entries.items():
            mine[name] = f"{mine[name]}, {value}" if name in BOOKS and mine.get(name) else value
    return register


def _check(file: Path, code: str, entries: Any, new: bool) -> None:
    where = f"{file}: [{code}]"
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", code):
        raise SettingsError(f"{where} is no code. Use small letters, figures and _, such as [bin_stores].")
    if not isinstance(entries, dict):
        raise SettingsError(f'{where} is {entries!r}. Write a table: [{code}] and under it keywords = "…".')
    for name, value in entries.items():
        if name not in (*BOOKS, *TEXTS):
            raise SettingsError(f"{where} {name} is no entry of a topic. There are: {', '.join((*TEXTS, *BOOKS))}.")
        if not isinstance(value, str):
            raise SettingsError(f"{where} {name} is {value!r}. Write it in quotation marks, phrases parted by commas.")
        if name in BOOKS:
            _check_phrases(where, name, value)
    if entries.get("leaning", "neutral") not in LEANINGS:
        raise SettingsError(f"{where} leaning is {entries['leaning']!r}. Use one of {', '.join(LEANINGS)}.")
    missing = [name for name in ("title", "keywords") if new and not str(entries.get(name, "")).strip()]
    if missing:
        raise SettingsError(f"{where} is a new topic and has no {' and no '.join(missing)}.")


def _check_phrases(where: str, name: str, value: str) -> None:
    try:
        phrasebook({"": phrase_list(value.lower())})
    except ValueError as error:
        raise SettingsError(f"{where} {name}: {error}") from error
    if value != value.lower():
        raise SettingsError(f"{where} {name} has capitals. Words are compared in small letters, without apostrophes.")
