"""Commands about what is held: the invented landlord, the dashboard, the status."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.model import Wave
from dashboard import actions
from dashboard.cli.command import DONE, USAGE, Failure, add_json, say, tell, tell_json
from dashboard.server import refusal
from data.ledger import Ledger
from data.settings import HOME_VARIABLE, Settings
from data.store import Store
from data.voices import comment_count, unread_count

WHOSE = {"sample": "invented landlord", "real": "landlord's own data"}
USUAL_PORT = 8501
LONGEST_START = 60  # seconds
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
    refused = refusal([os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")])
    if refused:  # before Streamlit looks for its address on the network, which it does for any other
        raise Failure(refused, USAGE)
    port = said.port or _usual_port(os.environ.get("STREAMLIT_SERVER_PORT", ""))
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    environment = {**os.environ, HOME_VARIABLE: str(settings.home)}
    with subprocess.Popen([*command, "--server.headless", "true"], env=environment) as server:
        try:
            if not said.no_browser and sys.stdout.isatty():
                _open_browser(f"http://localhost:{port}", server)
            return server.wait()
        except KeyboardInterrupt:  # Ctrl+C is how a person closes it; the server was told too
            server.wait()
            return DONE


def _open_browser(address: str, server: subprocess.Popen[bytes]) -> None:
    """Open the person's browser as soon as the server answers; where it never does, the server says why itself."""
    until = time.monotonic() + LONGEST_START
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.2)


def _usual_port(chosen: str) -> int:
    try:
        return _port(chosen) if chosen else USUAL_PORT
    except ValueError as error:
        raise Failure(f"STREAMLIT_SERVER_PORT is '{chosen}'; a port is a number from 1 to 65535.", USAGE) from error


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
        "ledger_broken_at": Ledger(store.folder).broken_at(),
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
