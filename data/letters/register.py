"""The register of wording: the rules shipped, with what a landlord added, changed or switched off.

A landlord's own are in letters.toml beside settings.toml, in the form of data/reference/letters.toml. Under a code
there is: more phrases (`phrases`, `unless`), other texts, `without` to take phrases out, `off = true` to switch it
off. Under another code: a rule of its own, with a kind, phrases, why and what to say instead.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.letters.register import COUNTED, LetterWords, Rule
from analysis.text.phrases import Phrasebook, phrase_list, phrasebook
from data.settings import SettingsError, read_settings

SHIPPED = Path(__file__).parents[1] / "reference" / "letters.toml"
OWN_NAME = "letters.toml"
PHRASES = ("phrases", "unless")
TEXTS = ("kind", "why", "source", "plainer", "owner", "action")
ENTRIES = (*TEXTS, *PHRASES, "without", "off")
LIMITS = {"longest_sentence": (8, 100), "reading_age": (8, 30), "most_passive": (0, 1)}
TABLES = ("limits", "owners", "actions", "kinds", "context")
NEEDED = ("kind", "phrases", "why", "plainer")
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")

Tables = dict[str, dict[str, Any]]


def own_register() -> Path | None:
    """The landlord's own file of wording, where there is one."""
    file = read_settings().home / OWN_NAME
    return file if file.is_file() else None


def load_letter_words(shipped: Path = SHIPPED) -> LetterWords:
    """The register in use, the landlord's own changes among it.

    Raises SettingsError with every fault of the landlord's file, each with its line.
    """
    own = own_register()
    text = own.read_bytes() if own else b""
    return _words(shipped, own, text)


@cache
def _words(shipped: Path, own: Path | None, text: bytes) -> LetterWords:
    tables: Tables = tomllib.loads(shipped.read_text(encoding="utf-8"))
    if own is not None:
        merge(tables, own, text)
    return _made(tables, hashlib.sha256(shipped.read_bytes() + text).hexdigest()[:12])


def merge(tables: Tables, own: Path, text: bytes) -> None:
    """Put a landlord's changes into the tables. Raises SettingsError with every fault of its file."""
    try:
        written = text.decode("utf-8-sig")
        added = tomllib.loads(written)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise SettingsError(f"{own}, line {line}: it is not UTF-8. Save it again as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{own}: not readable as TOML ({error}). Mend the line, or delete the file.") from error
    places = _Places(written)
    faults = [f"{own}, line {places.line(*where)}: {what}" for where, what in _faults(tables, added)]
    if faults:
        raise SettingsError("\n".join(faults))
    for code, entries in added.items():
        if code in TABLES:
            tables[code] = {**tables[code], **entries}
        else:
            _change(tables, code, entries)


def _change(tables: Tables, code: str, entries: Mapping[str, Any]) -> None:
    if entries.get("off"):
        tables.pop(code, None)
        return
    mine = tables.setdefault(code, {})
    less = set(phrase_list(entries.get("without", "")))
    for name in PHRASES:
        both = (*phrase_list(mine.get(name, "")), *phrase_list(entries.get(name, "")))
        if both:
            mine[name] = ", ".join(each for each in both if not (name == "phrases" and each in less))
    mine.update({name: value for name, value in entries.items() if name in TEXTS})


# ── Faults ───────────────────────────────────────────────────────────────────────────────────────

Fault = tuple[tuple[str, str], str]  # (table, entry), what is wrong and what to do


def _faults(tables: Tables, added: Mapping[str, Any]) -> Iterator[Fault]:
    for code, entries in added.items():
        if not isinstance(entries, dict):
            yield (("", code), f'{code} is {entries!r}. Write a table: [{code}] and under it phrases = "…".')
        elif code in ("kinds", "context", "actions"):
            yield from _faults_of_texts(tables, code, entries)
        elif code == "limits":
            yield from _faults_of_limits(entries)
        elif code == "owners":
            yield from _faults_of_owners(tables, entries)
        else:
            yield from _faults_of_rule(tables, added, code, entries)


def _faults_of_texts(tables: Tables, code: str, entries: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in entries.items():
        if code == "kinds":
            if not (isinstance(value, dict) and list(value) == ["title"] and isinstance(value["title"], str)):
                yield ((f"kinds.{name}", ""), f'[kinds.{name}] needs one entry: title = "…".')
        elif name not in tables[code]:
            yield ((code, name), f"{name} is no entry of [{code}]. There are: {', '.join(tables[code])}.")
        elif not isinstance(value, str):
            yield ((code, name), f"{name} is {value!r}. Write it in quotation marks.")
        elif code == "context":
            yield from _faults_of_phrases(code, name, value)


def _faults_of_limits(entries: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in entries.items():
        if name not in LIMITS:
            yield (("limits", name), f"{name} is no limit. There are: {', '.join(LIMITS)}.")
            continue
        low, high = LIMITS[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            yield (("limits", name), f"{name} is {value!r}. Give a number from {low} to {high}.")


def _faults_of_owners(tables: Tables, entries: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in entries.items():
        if name not in tables["owners"]:
            yield (("owners", name), f"{name} is no kind of letter. There are: {', '.join(tables['owners'])}.")
        elif not isinstance(value, str) or not value.strip():
            yield (("owners", name), f"{name} is {value!r}. Name a role in quotation marks, never a person.")


def _faults_of_rule(tables: Tables, added: Mapping[str, Any], code: str, entries: Mapping[str, Any]) -> Iterator[Fault]:
    if not _CODE.fullmatch(code):
        yield ((code, ""), f"[{code}] is no code. Use small letters, figures and _, such as [our_words].")
    for name, value in entries.items():
        where = (code, name)
        if name not in ENTRIES:
            yield (where, f"{name} is no entry of a rule. There are: {', '.join(ENTRIES)}.")
        elif name == "off":
            if not isinstance(value, bool):
                yield (where, f"off is {value!r}. Write off = true, or take the line out.")
        elif not isinstance(value, str):
            yield (where, f"{name} is {value!r}. Write it in quotation marks, phrases parted by commas.")
        elif name in (*PHRASES, "without"):
            yield from _faults_of_phrases(code, name, value)
    kinds = {*tables["kinds"], *(added.get("kinds") or {})}
    if isinstance(entries.get("kind"), str) and entries["kind"] not in kinds:
        yield ((code, "kind"), f"kind is '{entries['kind']}'. There are: {', '.join(tables['kinds'])}.")
    if code in tables:
        held = set(phrase_list(tables[code].get("phrases", "")))
        if isinstance(entries.get("without"), str):
            for each in sorted(set(phrase_list(entries["without"])) - held):
                yield ((code, "without"), f"'{each}' is no phrase of [{code}], so it cannot be taken out.")
        return
    missing = [name for name in NEEDED if not str(entries.get(name, "")).strip()]
    if missing and not entries.get("off"):
        yield ((code, ""), f"[{code}] is a new rule and has no {' and no '.join(missing)}.")


def _faults_of_phrases(code: str, name: str, value: str) -> Iterator[Fault]:
    if value != value.lower():
        yield ((code, name), f"{name} has capitals. Words are compared in small letters.")
    if "'" in value or "’" in value:
        yield ((code, name), f"{name} has an apostrophe. Leave it out: dont, wont, youre.")
    try:
        phrasebook({"": phrase_list(value.lower())})
    except ValueError as error:
        yield ((code, name), f"{name}: {error}")


@dataclass(frozen=True)
class _Places:
    """Where tables and entries stand in a TOML file."""

    text: str

    def line(self, table: str, entry: str) -> int:
        """The line of an entry, else of its table, else the first."""
        found, inside = 1, not table
        for number, written in enumerate(self.text.splitlines(), start=1):
            if heading := re.match(r"\s*\[\s*([^\]]+?)\s*\]", written):
                inside = heading[1].replace('"', "").replace(" ", "") == table
                found = number if inside else found
            elif inside and entry and re.match(rf"\s*\"?{re.escape(entry)}\"?\s*=", written):
                return number
        return found


# ── Made ready ───────────────────────────────────────────────────────────────────────────────────


def _made(tables: Tables, version: str) -> LetterWords:
    rules = {code: _rule(code, row, tables["actions"]) for code, row in tables.items() if code not in TABLES}
    phrased = {code: tables[code] for code in rules if code not in COUNTED}
    context, limits = tables["context"], tables["limits"]

    def book(name: str) -> Phrasebook:
        return phrasebook({name: phrase_list(context[name])})

    def listed(name: str) -> frozenset[str]:
        return frozenset(phrase_list(context[name]))

    return LetterWords(
        rules=MappingProxyType(rules),
        kinds=MappingProxyType({code: row["title"] for code, row in tables["kinds"].items()}),
        signs=phrasebook({code: phrase_list(row.get("phrases", "")) for code, row in phrased.items()}),
        unless=phrasebook({code: phrase_list(row.get("unless", "")) for code, row in phrased.items()}),
        denials=book("denials"),
        attributions=book("attributions"),
        statutory=book("statutory"),
        privileged=book("privileged"),
        privileged_unless=book("privileged_unless"),
        closings=listed("closings"),
        author_lines=listed("author_lines"),
        states=listed("states"),
        participles=listed("participles"),
        longest_sentence=int(limits["longest_sentence"]),
        reading_age=float(limits["reading_age"]),
        most_passive=float(limits["most_passive"]),
        owners=MappingProxyType(dict(tables["owners"])),
        actions=MappingProxyType(dict(tables["actions"])),
        version=version,
    )


def _rule(code: str, row: Mapping[str, Any], actions: Mapping[str, str]) -> Rule:
    action = row.get("action") or actions.get(row["kind"], "Decide what is to be written instead")
    return Rule(code, row["kind"], row["why"], row.get("source", ""), row["plainer"], row.get("owner", ""), action)
