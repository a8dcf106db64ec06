"""What is held, from the command line; and the dashboard that opens for this computer only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_survey import small_incoming

from dashboard.cli import main
from data.settings import HOME_VARIABLE
from data.store import Store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:
    """Exit code, JSON from stdout, messages from stderr."""
    code = main([*arguments, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out), told.err


def test_an_empty_home_holds_nothing_and_says_so(home, capsys):
    code, told, _ = said(capsys, "status")
    assert (code, told["holds"], told["generation"], told["waves"]) == (0, None, None, [])


def test_the_sample_is_loaded_once_and_marked_as_invented(home, capsys):
    assert main(["demo"]) == 0
    first = said(capsys, "status")[1] if capsys.readouterr() else {}
    assert main(["demo"]) == 0
    assert "already loaded" in capsys.readouterr().err
    second = said(capsys, "status")[1]
    assert first == second
    assert second["holds"] == "invented landlord"
    assert [wave["population"] for wave in second["waves"]] == [{"LCRA": 10500, "LCHO": 1500}] * 4
    assert second["ledger_broken_at"] is None
    assert second["comments"]["held"] > 0 and second["comments"]["unread"] == 0
    assert main(["demo", "--remove"]) == 0
    capsys.readouterr()
    assert said(capsys, "status")[1]["generation"] is None


def test_a_sample_stopped_before_its_comments_were_read_goes_on_reading(home, capsys):
    Store(home / "sample", "sample").publish(small_incoming()).close()
    assert said(capsys, "status")[1]["comments"] == {"held": 40, "unread": 40}
    assert main(["demo"]) == 0
    capsys.readouterr()
    assert said(capsys, "status")[1]["comments"] == {"held": 40, "unread": 0}


def test_a_disk_fault_is_told_without_a_traceback(home, capsys):
    (home / "landlord").write_text("a file where a folder should be", encoding="utf-8")
    assert main(["undo"]) == 1
    assert "Nothing in use was changed" in capsys.readouterr().err


def test_the_sample_is_never_loaded_beside_real_data(home, capsys):
    Store(home / "landlord", "real").publish(small_incoming())
    assert main(["demo"]) == 1
    assert "landlord's own data" in capsys.readouterr().err
    assert not (home / "sample").exists()


def test_real_data_are_shown_instead_of_the_sample_and_undo_brings_it_back(home, capsys):
    Store(home / "sample", "sample").publish(small_incoming("invented"))
    Store(home / "landlord", "real").publish(small_incoming("2024"))
    assert [wave["name"] for wave in said(capsys, "status")[1]["waves"]] == ["2024"]
    assert said(capsys, "undo")[1] == {"generation": None}
    assert [wave["name"] for wave in said(capsys, "status")[1]["waves"]] == ["invented"]


def test_the_dashboard_is_not_opened_for_another_address(home, capsys, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # what is refused
    assert main(["show"]) == 2
    assert "answers only on this computer" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "web"])
def test_a_port_that_is_none_is_wrong_usage(home, capsys, port):
    with pytest.raises(SystemExit) as ended:
        main(["show", "--port", port])
    assert ended.value.code == 2


def test_a_port_of_the_environment_that_is_none_is_wrong_usage(home, capsys, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "web")
    assert main(["show"]) == 2
    assert "STREAMLIT_SERVER_PORT is 'web'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["take-in"], ["estimate", "a.csv"]])
def test_wrong_usage_ends_with_two(home, capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
