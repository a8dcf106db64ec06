"""Start here: the page frame and its navigation. Every page is a row in dashboard/pages/__init__.py."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.starlette import App

HERE = Path(__file__).resolve().parent


def own_folder_first() -> None:
    """Look for our own modules beside this file first, as Streamlit does, however the file was started."""
    if sys.path[:1] != [str(HERE)]:
        sys.path.insert(0, str(HERE))


def only_this_computer(app: Any) -> Any:
    """The guard in front of every request; its rule and its words are in dashboard/server.py."""
    own_folder_first()
    from dashboard.server import OnlyThisComputer, asked_addresses, script_marks

    page = Path(st.__file__).parent / "static" / "index.html"
    return OnlyThisComputer(
        app,
        lambda: asked_addresses(st.get_option("server.address"), sys.argv, os.environ),
        script_marks(page.read_text(encoding="utf-8")),
    )


app = App(__file__, middleware=[Middleware(only_this_computer)])


def draw() -> None:
    """Draw the frame, then the page the reader chose."""
    own_folder_first()
    from dashboard.pages import PAGES
    from dashboard.widgets.faults import faults_told
    from dashboard.widgets.frame import frame

    st.set_page_config(page_title="Tenant Voice", page_icon=str(HERE / "static" / "icon.png"), layout="wide")
    pages = [st.Page(page.show, title=page.title, url_path=page.path) for page in PAGES]
    chosen = st.navigation(pages, expanded=True)  # beside the page: nine names along its top hide behind "5 more"
    with faults_told():
        frame()
        chosen.run()


def command_line() -> int:
    """The `tenant-voice` command."""
    own_folder_first()
    from dashboard.cli import main

    return main()


if __name__ == "__main__":
    draw()
