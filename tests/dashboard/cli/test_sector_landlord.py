"""One landlord's standing and everybody's moves, from the command line."""

from __future__ import annotations

import json

import pytest
from sector_years import Made, sector_year

from dashboard import actions
from dashboard.cli import main
from data.settings import HOME_VARIABLE, Settings


@pytest.fixture
def imported(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    years = actions.sector_years(Settings(tmp_path))
    steps = [Made(f"L{n:02d}", 0.5 + n / 100) for n in range(29)]
    years.keep(sector_year([*steps, Made("OURS", 0.60)], "2023/24"))
    years.keep(sector_year([*steps, Made("OURS", 0.75, management={"BS01": (99.0, 100.0)})], "2024/25"))


def run(capsys, *arguments):
    code = main(["sector", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_landlord_has_its_place_and_its_moves(imported, capsys):
    code, out, _ = run(capsys, "landlord", "2024/25", "OURS", "--json")
    found = json.loads(out)
    assert code == 0 and found["standings"][0]["claim"][0] == 1
    assert found["moves"][0]["verdict"] == "real change" and len(found["peers"]["landlords"]) == 30
    assert found["sample"]["required"] and found["management"][0]["outstanding"] == 1.0
    out = run(capsys, "landlord", "2024/25", "OURS")[1]
    assert "real change" in out and "The regulator asks for at least" in out
    assert "BS01: 99.0% (99 of 100): 1 home outstanding; 0 of 1 landlords have none" in out


def test_a_landlord_that_is_not_there_is_refused(imported, capsys):
    code, _, err = run(capsys, "landlord", "2024/25", "NOBODY")
    assert code == 2 and "has no LCRA results of a landlord NOBODY" in err


def test_every_landlord_has_its_verdict(imported, capsys):
    found = json.loads(run(capsys, "moves", "2023/24", "2024/25", "--json")[1])["moves"]
    assert len(found) == 30 and sum(each["verdict"] == "real change" for each in found) == 1
    assert "OURS Homes, TP01: +15.0 points" in run(capsys, "moves", "2023/24", "2024/25", "--landlord", "OURS")[1]
