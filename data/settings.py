"""Where things are and what the landlord has chosen; read once from the environment and the home's settings file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "TENANT_VOICE_HOME"
SMALLEST_BASE = 10  # fewer answers than this are not shown, unless settings.toml says otherwise


class SettingsError(ValueError):
    """The settings file says something this program cannot follow; the message names file, entry and remedy."""


@dataclass(frozen=True)
class Settings:
    """Folders under one home, and the landlord's own choices."""

    home: Path
    smallest_base: int = SMALLEST_BASE

    @property
    def sample_folder(self) -> Path:
        """Where the invented landlord lives; never the same store as real data."""
        return self.home / "sample"

    @property
    def landlord_folder(self) -> Path:
        """Where the landlord's own data live."""
        return self.home / "landlord"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings for this machine: ``TENANT_VOICE_HOME`` if set, else the user's own data folder.

    Raises SettingsError where ``settings.toml`` cannot be followed.
    """
    chosen = (os.environ if environment is None else environment).get(HOME_VARIABLE, "").strip()
    home = Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("tenant-voice", appauthor=False))
    return Settings(home=home.absolute(), smallest_base=_smallest_base(home / "settings.toml"))


def _smallest_base(file: Path) -> int:
    if not file.exists():
        return SMALLEST_BASE
    try:
        value = tomllib.loads(file.read_text(encoding="utf-8")).get("smallest_base", SMALLEST_BASE)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not readable as TOML ({error}). Mend the line, or delete the file.") from error
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"{file}: smallest_base is {value!r}. Give a whole number of 1 or more, such as 10.")
    return value
