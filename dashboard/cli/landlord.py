"""Commands about what is held: the invented landlord, the dashboard, the status."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.model import Wave
from dashboard import actions
from dashboard.cli.command import DONE, add_json, say, tell, tell_json
from data.settings import HOME_VARIABLE, Settings
from data.store import Store
from data.voices import comment_count, unread_count

WHOSE = {"sample": "invented landlord", "real": "landlord's own data"}
APP = Path(__file__).resolve().parents[2] / "app.py"


def demo_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--remove", action="store_true", help="take the invented landlord away again")


def demo(said: argparse.Namespace, settings: Settings) -> int:
    """Load the invented landlord; a second time changes nothing."""
    if said.remove:
        actions.remove_sample(settings)
        say("The invented landlord has been removed.")
    elif actions.load_sample(settings):
        say(f"The invented landlord is loaded in {settings.home}. Every page says that it is invented.")
    else:
        say("The invented landlord is already loaded; nothing was changed.")
    return DONE


def show_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--port", type=_port, help="the port to listen on (default 8501, or STREAMLIT_SERVER_PORT)")
    own.add_argument("--no-browser", action="store_true", help="do not open a browser")


def show(said: argparse.Namespace, settings: Settings) -> int:
    """Open the dashboard on this computer and stay until it is stopped."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if said.port is not None:
        command += ["--server.port", str(said.port)]
    if said.no_browser or not sys.stdout.isatty():
        command += ["--server.headless", "true"]
    environment = {**os.environ, HOME_VARIABLE: str(settings.home)}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:  # Ctrl+C is how a person closes it
        return DONE


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def status_options(own: argparse.ArgumentParser) -> None:
    add_json(own)


def status(said: argparse.Namespace, settings: Settings) -> int:
    """Say what is held: whose, which waves, from which files, how good, and whether the comments are read."""
    store = actions.store_in_use(settings)
    document = _status(store, settings)
    if said.json:
        tell_json(document)
    else:
        _print_status(document)
    return DONE


def _status(store: Store, settings: Settings) -> dict[str, Any]:
    generation = store.current()
    if generation is None:
        return {"home": str(settings.home), "holds": None, "generation": None, "waves": [], "files": [], "history": []}
    return {
        "home": str(settings.home),
        "holds": WHOSE[generation.kind],
        "generation": generation.number,
        "fingerprint": generation.fingerprint,
        "created": generation.created,
        "waves": [_wave(wave, generation.responses(wave.name)) for wave in generation.waves],
        "files": [{"name": file.name, "sha256": file.sha256, "taken": file.taken} for file in generation.files()],
        "scores": generation.scores(),
        "comments": {
            "held": comment_count(generation),
            "unread": unread_count(generation, actions.readings_of(store).select()),
        },
        "history": [
            {"generation": line.number, "created": line.created, "file": line.file, "in_use": line.current}
            for line in store.history()
        ],
    }


def _wave(wave: Wave, responses: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": wave.name,
        "fieldwork": [wave.fieldwork_from.isoformat(), wave.fieldwork_to.isoformat()],
        "reporting_year": wave.reporting_year,
        "responses": dict(responses),
        "population": dict(wave.populations),
        "methods": dict(wave.methods),
    }


def _print_status(document: Mapping[str, Any]) -> None:
    if document["generation"] is None:
        tell(f"Nothing is held in {document['home']}. Load the sample with `demo`, or a file with `take-in`.")
        return
    tell(f"{document['holds'].capitalize()} in {document['home']}, generation {document['generation']}")
    for wave in document["waves"]:
        answers = ", ".join(f"{n:,} {group}" for group, n in wave["responses"].items())
        tell(f"  {wave['name']}: {' to '.join(wave['fieldwork'])}; {answers}")
    comments = document["comments"]
    tell(f"  {comments['held']:,} comments, {comments['unread']:,} still to be read")
    for file in document["files"]:
        tell(f"  from {file['name']}, taken in {file['taken']}")
