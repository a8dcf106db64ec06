"""Where things are and what the landlord has chosen; read once from the environment and the home's settings file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import platformdirs

HOME_VARIABLE = "TENANT_VOICE_HOME"
PASSWORD_VARIABLE = "TENANT_VOICE_MAIL_PASSWORD"  # the name of a variable, not a password
SMALLEST_BASE = 10  # fewer answers than this are not shown, unless settings.toml says otherwise
ENTRIES = ("landlord", "smallest_base", "policy_document", "model_folder", "mail", "stigma")
MAIL_ENTRIES = ("server", "port", "sender", "user", "security")
STIGMA_ENTRIES = ("agreed_with_tenants", "tenants_see_results_first")
SECURITY = {"starttls": 587, "tls": 465, "none": 25}  # with the usual port of each


class SettingsError(ValueError):
    """The settings file says something this program cannot follow; the message names file, entry and remedy."""


@dataclass(frozen=True)
class Mail:
    """The landlord's own mail server, by which alerts go to owners. The password comes from the environment."""

    server: str
    port: int
    sender: str
    user: str = ""
    security: str = "starttls"


@dataclass(frozen=True)
class StigmaDates:
    """When tenants agreed the questions about being judged, and when they see results before anybody else does."""

    agreed_with_tenants: date | None = None
    tenants_see_results_first: date | None = None


@dataclass(frozen=True)
class Settings:
    """Folders under one home, and the landlord's own choices.

    ``landlord`` is its name as documents give it. ``policy_document`` names the document that allows special category
    data to be held; empty: they are not stored. ``model_folder`` holds the sentence model; empty: the installed
    package's.
    """

    home: Path
    smallest_base: int = SMALLEST_BASE
    policy_document: str = ""
    mail: Mail | None = None
    model_folder: str = ""
    stigma: StigmaDates = StigmaDates()
    landlord: str = ""

    @property
    def sample_folder(self) -> Path:
        """Where the invented landlord lives; never the same store as real data."""
        return self.home / "sample"

    @property
    def landlord_folder(self) -> Path:
        """Where the landlord's own data live."""
        return self.home / "landlord"

    @property
    def sector_folder(self) -> Path:
        """Where imported years of the regulator's figures live: every landlord's, and so beside anybody's own data."""
        return self.home / "sector"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings for this machine: ``TENANT_VOICE_HOME`` if set, else the user's own data folder.

    Raises SettingsError where ``settings.toml`` cannot be followed.
    """
    chosen = (os.environ if environment is None else environment).get(HOME_VARIABLE, "").strip()
    home = Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("tenant-voice", appauthor=False))
    home = home.absolute()
    file = home / "settings.toml"
    said = _table(file)
    policy_document = _text(file, said, "policy_document", "Give the document's name in quotation marks.")
    model_folder = _text(file, said, "model_folder", "Give the folder that holds model.onnx in quotation marks.")
    landlord = _text(file, said, "landlord", "Give the landlord's name in quotation marks.")
    mail, stigma = _mail(file, said), _stigma(file, said)
    return Settings(home, _smallest_base(file, said), policy_document, mail, model_folder, stigma, landlord)


def _table(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not readable as TOML ({error}). Mend the line, or delete the file.") from error
    _only(file, said, ENTRIES, "")
    return said


def _smallest_base(file: Path, said: Mapping[str, Any]) -> int:
    value = said.get("smallest_base", SMALLEST_BASE)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"{file}: smallest_base is {value!r}. Give a whole number of 1 or more, such as 10.")
    return value


def _text(file: Path, said: Mapping[str, Any], entry: str, remedy: str) -> str:
    value = said.get(entry, "")
    if not isinstance(value, str):
        raise SettingsError(f"{file}: {entry} is {value!r}. {remedy}")
    return value.strip()


def _stigma(file: Path, said: Mapping[str, Any]) -> StigmaDates:
    """The two days of the [stigma] table, written as TOML dates."""
    days = said.get("stigma", {})
    if not isinstance(days, dict):
        raise SettingsError(f"{file}: stigma is {days!r}. Write a [stigma] table with {' and '.join(STIGMA_ENTRIES)}.")
    _only(file, days, STIGMA_ENTRIES, "stigma.")
    for name, day in days.items():
        if not isinstance(day, date) or isinstance(day, datetime):
            raise SettingsError(f"{file}: stigma.{name} is {day!r}. Write a day without quotation marks: 2026-05-14.")
    return StigmaDates(**days)


def _mail(file: Path, said: Mapping[str, Any]) -> Mail | None:
    if "mail" not in said:
        return None
    mail = said["mail"]
    if not isinstance(mail, dict):
        raise SettingsError(f"{file}: mail is {mail!r}. Write a [mail] table with server and sender.")
    _only(file, mail, MAIL_ENTRIES, "mail.")
    for name in ("server", "sender"):
        if not isinstance(mail.get(name), str) or not mail[name].strip():
            raise SettingsError(f"{file}: mail.{name} is missing. Name the server, and the address alerts come from.")
    security = mail.get("security", "starttls")
    if security not in SECURITY:
        raise SettingsError(f"{file}: mail.security is {security!r}. Use one of {', '.join(SECURITY)}.")
    port = mail.get("port", SECURITY[security])
    if not isinstance(port, int) or isinstance(port, bool) or not 1 <= port <= 65535:
        raise SettingsError(f"{file}: mail.port is {port!r}. A port is a number from 1 to 65535.")
    return Mail(mail["server"].strip(), port, mail["sender"].strip(), str(mail.get("user", "")), security)


def _only(file: Path, said: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in said:
        if name not in known:
            raise SettingsError(f"{file}: {where}{name} is not a setting. The settings are: {', '.join(known)}.")
