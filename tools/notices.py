"""Write the packages of THIRD_PARTY_NOTICES.md: each one pinned, with its own word on its licence.

Run from the project's folder, where everything is installed: python -m tools.notices
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"

# Pinned for other systems than the one this runs on, so not installed here to be asked.
ELSEWHERE = {
    "colorama": ("BSD-3-Clause", "https://github.com/tartley/colorama"),
    "httpx2-jsfetch": ("BSD-3-Clause", "https://github.com/pydantic/httpx2"),
}

TABLE = "## Packages\n\n| Package | Licence | Home |\n|---|---|---|\n"  # what stands above it is written by hand


def pinned() -> list[str]:
    """Names of the packages in requirements.lock, once each, in its order."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([A-Za-z0-9._-]+)==", line) for line in lines]
    return list(dict.fromkeys(match[1] for match in found if match))


def licence_and_home(name: str) -> tuple[str, str]:
    """What a package says of its licence and where it lives. Raises PackageNotFoundError where it is not installed."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    about = metadata.metadata(name)
    return _licence(about), _home(about)


def _licence(about: metadata.PackageMetadata) -> str:
    classified = [
        value.rsplit(" :: ", 1)[-1]
        for value in about.get_all("Classifier") or []
        if value.startswith("License :: ") and "OSI Approved" in value
    ]
    short = (about.get("License") or "").strip()
    said = about.get("License-Expression") or (short if short and len(short) < 40 else "")
    return said or ", ".join(classified) or "see its licence file"


def _home(about: metadata.PackageMetadata) -> str:
    links = dict(entry.split(", ", 1) for entry in about.get_all("Project-URL") or [])
    by_name = {name.lower(): link for name, link in links.items()}
    for name in ("homepage", "source", "repository", "source code"):
        if name in by_name:
            return by_name[name]
    return about.get("Home-page") or next(iter(links.values()), "")


def notices() -> str:
    """The whole page: its hand-written part, then a row per package."""
    by_hand = NOTICES.read_text(encoding="utf-8").split(TABLE)[0]
    rows = ((name, *licence_and_home(name)) for name in pinned())
    return by_hand + TABLE + "".join(f"| {name} | {licence} | {home} |\n" for name, licence, home in rows)


if __name__ == "__main__":
    NOTICES.write_text(notices(), encoding="utf-8")
