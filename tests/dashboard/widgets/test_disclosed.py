"""What figures could give away is said beside them, and who they are made for on the first line of their file."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.model import WHOLE_LANDLORD, Audience, Question
from dashboard import session
from dashboard.charts.chart import Chart, Kind, Table
from dashboard.widgets import figures


def noted(audience: str, said: tuple[str, ...]) -> None:
    from types import SimpleNamespace

    from analysis.model import Audience
    from dashboard.widgets.disclosed import disclosed_note

    disclosed_note(SimpleNamespace(disclosed=said, question=SimpleNamespace(audience=Audience(audience))))


def drawn(audience: str, *said: str) -> AppTest:
    page = AppTest.from_function(noted, args=(audience, said)).run()
    assert not page.exception
    return page


def test_inside_it_is_a_warning_and_outside_a_plain_line_and_without_reason_nothing():
    assert [each.value for each in drawn("internal", "One", "two").warning] == ["One two"]
    public = drawn("public", "One")
    assert (len(public.warning), [each.value for each in public.caption]) == (0, ["One"])
    assert not drawn("internal").warning


@pytest.mark.parametrize(
    ("audience", "first"), [("internal", "Made for us inside"), ("public", "Made for the public.")]
)
def test_a_file_of_figures_says_first_whom_it_is_made_for(monkeypatch, audience, first):
    saved = {}
    asked = Question("2025", "LCRA", WHOLE_LANDLORD, audience=Audience(audience))
    monkeypatch.setattr(session, "selection", lambda: asked)
    monkeypatch.setattr(figures.st, "download_button", lambda label, data, **more: saved.update(data=data))
    table = Table(("Name",), (("Ash",),), ("name",), (("Ash",),))
    figures.figures_behind(Chart(Kind.INTERVALS, "Shares", (), "", "2025", "A survey", table), "shares")
    lines = saved["data"].removeprefix(figures.CSV_MARK).splitlines()
    assert lines[0].startswith(first) and "," not in lines[0]
    assert lines[1:3] == ["name", "Ash"]
