"""Take the README's and the guide's pictures: a server of its own, the invented landlord, headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.lookalikes import make

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COLOURS = 64  # enough for flat pages; keeps each picture to some tens of kilobytes
PATIENCE = 60  # seconds for the server to answer
LOOK_ALIKES = "look-alikes"  # the folder of the files that are brought in
WITHOUT_CHARTS = (
    "this-week",
    "promises-decisions-meetings",
    "data-and-packs",
    "owners-and-quality",
    "what-does-not-join",
)
DRAWN = ".js-plotly-plot .main-svg"


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the page's address, how wide and high, light or dark, and what is being brought in."""

    name: str
    address: str
    width: int = 1280
    height: int = 1100
    scheme: str = "light"
    file: str = ""  # a look-alike that is being brought in


PICTURES = (
    Picture("this-week", "/"),
    Picture("how-are-we-doing", "/how-are-we-doing"),
    Picture("how-are-we-doing-dark", "/how-are-we-doing", scheme="dark"),
    Picture("how-are-we-doing-phone", "/how-are-we-doing", width=390, height=844),
    Picture("where-and-for-whom", "/where-and-for-whom"),
    Picture("what-tenants-say", "/what-tenants-say"),
    Picture("treated-with-respect", "/treated-with-respect"),
    Picture("who-we-have-not-heard-from", "/who-we-have-not-heard-from"),
    Picture("safety-and-complaints", "/safety-and-complaints"),
    Picture("promises-decisions-meetings", "/promises-decisions-meetings"),
    Picture("data-and-packs", "/data-and-packs?part=What+is+held"),
    Picture("owners-and-quality", "/data-and-packs?part=Owners+and+quality"),
    Picture("what-does-not-join", "/data-and-packs?part=What+does+not+join"),
    Picture("a-file-brought-in", "/data-and-packs", height=1800, file="07_repairs.csv"),
)


def main() -> int:
    """Take every picture anew into docs/images."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        print("Chromium is needed for the pictures; none was found on the path.", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, _served(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        make(Path(home) / LOOK_ALIKES)
        for picture in PICTURES:
            _save(picture, _taken(picture, address, browser, Path(home) / LOOK_ALIKES))
    return 0


def _taken(picture: Picture, address: str, browser: Browser, files: Path) -> bytes:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    page.goto(address + picture.address)
    page.wait_for_selector("h1")
    if not (picture.file or picture.name in WITHOUT_CHARTS):
        page.wait_for_selector(DRAWN, timeout=60_000)
    if picture.file:
        page.locator("input[type=file]").set_input_files(files / picture.file)
        page.get_by_role("heading", name="What each column is taken for").wait_for(timeout=60_000)
    page.wait_for_timeout(1500)  # for letters and lines to settle
    shot = page.screenshot()
    page.close()
    return shot


def _save(picture: Picture, shot: bytes) -> None:
    file = IMAGES / f"{picture.name}.png"
    Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1000:.0f} kB")


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """A dashboard on a free port over a home with the invented landlord; ended afterwards."""
    environment = {**os.environ, "TENANT_VOICE_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "dashboard.cli", "demo"], cwd=ROOT, env=environment, check=True)
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health"):
                return
        except urllib.error.URLError:
            time.sleep(0.3)
    raise RuntimeError(f"The dashboard did not answer at {address} within {PATIENCE} seconds.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
