"""A campaign from the command line: begun, printed, read back, closed; and never a name or number of a tenant."""

from __future__ import annotations

import csv
import json

import pytest
from small_campaign import contact_file, everybody, landlord

from dashboard.cli import main
from data.campaign.papers import OUTCOME
from data.settings import HOME_VARIABLE


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    landlord(tmp_path / "home" / "landlord").close()
    return tmp_path


@pytest.fixture
def run(home, capsys):
    """Runs one campaign command; its exit code, what it printed, and what it said besides."""

    def command(*said):
        code = main(["campaign", *map(str, said)])
        printed = capsys.readouterr()
        assert "Wren" not in printed.out + printed.err
        assert "07700" not in printed.out + printed.err
        return code, printed.out, printed.err

    return command


def new(run, home, *more, name="Autumn", rows=None):
    contacts = contact_file(home, rows or everybody())
    staff = ("--staff", "Ann", "--staff", "Bo")
    return run("new", name, "--contacts", contacts, *staff, "--by", "Lee", "--how", "silent", *more)


def test_a_campaign_is_begun_and_listed(run, home):
    code, out, err = new(run, home, "--json")
    made = json.loads(out)
    assert (code, made["chosen"], made["campaign"]) == (0, 40, 1)
    assert [(each["caller"], each["homes"]) for each in made["lists"]] == [("Ann", 20), ("Bo", 20)]
    assert "No home had to be left off the list." in err
    code, out, _ = run("list", "--json")
    assert json.loads(out)["campaigns"][0]["name"] == "Autumn"
    code, out, _ = run("list")
    assert "Ann (name as given): 20 homes, 20 to call" in out


def test_a_dry_run_keeps_nothing(run, home):
    code, out, _ = new(run, home, "--dry-run", "--json")
    assert code == 0
    assert json.loads(out) == {"drawn": 40, "looked_at": 40, "left_out": {}, "kept": False}
    assert json.loads(run("list", "--json")[1]) == {"campaigns": []}


def test_of_few_homes_no_document_tells_a_reason_held_in_confidence(run, home):
    rows = everybody()
    rows[0][5] = rows[1][7] = "Y"
    _, out, err = new(run, home, "--dry-run", "--json", rows=rows)
    assert json.loads(out)["left_out"] == {"in_confidence": 2}
    assert "for reasons held in confidence: 2" in err.lower()
    assert json.loads(new(run, home, "--json", rows=rows)[1])["left_out"] == {"in_confidence": 2}
    assert json.loads(run("list", "--json")[1])["campaigns"][0]["left_out"] == {"in_confidence": 2}


def test_homes_by_coverage_come_from_the_plan_of_calls(run, home):
    contacts = contact_file(home, everybody())
    code, out, err = run(
        "new", "Plan", "--contacts", contacts, "--staff", "Ann", "--by", "Lee", "--homes", 10, "--json"
    )
    assert code == 0, err
    made = json.loads(out)
    assert made["chosen"] == 10
    assert "where coverage needs it most" in made["way"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--how", "estate"), "Name an estate"),
        (("--how", "estate", "--estate", "Nowhere"), "Asked for: Nowhere"),
        (("--months", "0"), "Silent for 1 to 120 months"),
        (("--days", "400"), "1 to 90 days"),
        (("--column", "phone"), "FIELD=HEADING"),
        (("--field", "language"), "exactly three fields"),
        (("--homes", "0"), "at least one home"),
    ],
)
def test_what_means_nothing_is_refused_with_what_to_do(more, told, run, home):
    code, _, err = new(run, home, *more)
    assert code != 0
    assert told in err


def test_a_list_goes_out_and_comes_back(run, home):
    new(run, home)
    file = home / "list.csv"
    code, out, _ = run("paper-out", 1, file, "--caller", "ann", "--lines", 3, "--by", "Lee")
    assert code == 0
    assert "List C1-P1: 3 homes" in out
    assert run("paper-out", 1, file, "--caller", "ann", "--by", "Lee")[0] == 2  # never written over
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    rows[0][OUTCOME], rows[1][OUTCOME] = "reached", "nonsense"
    back = home / "back.csv"

    def save():
        with back.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    save()
    code, _, err = run("paper-in", back, "--by", "Lee")
    assert code == 1
    assert "Row 3, column 'Outcome'" in err
    rows[1][OUTCOME] = "not reached"
    save()
    code, out, _ = run("paper-in", back, "--by", "Lee")
    assert "C1-P1 is read in: 2 calls, 1 lines to call again" in out
    assert run("paper-destroyed", "C1-P1", "--by", "Jo")[0] == 0
    assert json.loads(run("list", "--json")[1])["campaigns"][0]["papers"][0]["destroyed_by"] == "Jo"
    found = json.loads(run("progress", 1, "--json")[1])
    assert (found["everyone"]["reached"], found["everyone"]["not_reached"]) == (1, 1)
    assert run("progress", 1)[1].startswith("Reached: 1 of 40 homes")


def test_what_was_told_waits_without_its_words(run, home):
    new(run, home)
    assert run("told")[:2] == (0, "Nothing waits.\n")
    from dashboard import campaign
    from data.settings import read_settings

    campaign.matters_in_use(read_settings()).tell(1, None, "danger", "Bare wires", "Ann")
    code, out, _ = run("told", "--json")
    assert code == 1
    assert [each["kind"] for each in json.loads(out)["open"]] == ["danger"]
    assert "Bare wires" not in out + run("told")[1]


def test_lists_are_shared_anew_and_the_campaign_is_closed(run, home):
    new(run, home)
    code, out, _ = run("share", 1, "--staff", "Ann", "--staff", "Bo", "--staff", "Cy", "--by", "Lee")
    assert "homes changed hands" in out
    lists = json.loads(run("list", "--json")[1])["campaigns"][0]["lists"]
    assert sorted(each["homes"] for each in lists) == [13, 13, 14]
    code, out, _ = run("close", 1, "--by", "Lee")
    assert code == 0
    assert "It is over: closed by Lee (name as given)." in out
    assert run("close", 1, "--by", "Lee")[0] == 1
    assert b"Wren" not in (home / "home" / "landlord" / "campaigns.sqlite").read_bytes()


def test_an_invented_contact_file_is_for_the_invented_landlord_only(run, home):
    code, _, err = run("sample-file", home / "made.csv")
    assert code == 1
    assert "invented landlord only" in err
