"""A real server on this machine, a real browser, and a record of every address the browser asked for."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = {"127.0.0.1", "localhost", "::1"}
MOST_LOOKS = 30  # at a page whose charts still find their height


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Dashboard:
    """A running dashboard: where it is, where its data are, and the command line that shares them."""

    url: str
    home: Path

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dashboard.cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "TENANT_VOICE_HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
        )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _served(home: Path) -> Iterator[Dashboard]:
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "show", "--port", str(port), "--no-browser"],
        cwd=ROOT,
        env={**os.environ, "TENANT_VOICE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield Dashboard(f"http://127.0.0.1:{port}", home)
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"The server stopped: {server.stderr.read().decode()}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not answer at {address} within {seconds} seconds.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = "No Chromium on the PATH: install it to run the browser tests."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Iterator[Dashboard]:
    """The dashboard with the invented landlord loaded."""
    home = tmp_path_factory.mktemp("sample")
    loaded = Dashboard("", home).command("demo")
    assert loaded.returncode == 0, loaded.stderr
    yield from _served(home)


@pytest.fixture
def empty(tmp_path) -> Iterator[Dashboard]:
    """The dashboard with nothing in it."""
    yield from _served(tmp_path / "home")


@dataclass
class Visit:
    """One browser tab, and the hosts it asked for anything."""

    page: Page
    hosts: set[str]
    errors: list[str]

    def settle(self) -> None:
        """Wait until the page has been drawn and nothing is running."""
        settled(self.page)


@pytest.fixture
def visit(chromium: Browser) -> Iterator:
    """Open a tab: ``visit(url, dark=False, width=1280)``. At the end it is checked that nothing left this machine."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def opened(url: str, dark: bool = False, width: int = 1280, height: int = 900) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        one = Visit(page, set(), [])
        page.on("request", lambda request: one.hosts.add(urlparse(request.url).hostname or ""))
        page.on("websocket", lambda socket: one.hosts.add(urlparse(socket.url).hostname or ""))
        page.on("console", lambda said: one.errors.append(said.text) if said.type == "error" else None)
        visits.append(one)
        page.goto(url)
        settled(page)
        return one

    yield opened
    asked = set().union(*(one.hosts for one in visits)) - {""}  # data: and blob: addresses have no host
    for context in contexts:
        context.close()
    assert asked <= HERE, f"The browser asked for something outside this machine: {asked - HERE}"


def settled(page: Page) -> None:
    """Wait until the page has been drawn and the script has stopped running."""
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=\"stApp\"]')?.dataset.testScriptState !== 'running'",
        timeout=60_000,
    )
    before = None
    for _ in range(MOST_LOOKS):  # charts find their height after the script has stopped
        page.wait_for_timeout(300)
        heights = page.evaluate("[...document.querySelectorAll('.js-plotly-plot, section')].map(e => e.scrollHeight)")
        if heights == before:
            return
        before = heights
