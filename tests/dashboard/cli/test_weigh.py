"""Weights for a CSV, and estimates after raking, as somebody at a keyboard gets them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.cli import main

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
NEEDS_R = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")
ANSWERS = "id,tenure,Q1\n" + "".join(f"{n},general,{5 if n % 3 else 2}\n" for n in range(60)) + "".join(
    f"{n},older,{5 if n % 5 else 1}\n" for n in range(60, 100)
)  # fmt: skip
MARGINS = "variable,level,N\ntenure,general,500\ntenure,older,500\n"


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.csv").write_text(ANSWERS)
    (tmp_path / "margins.csv").write_text(MARGINS)
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def weigh(capsys, *more: str) -> tuple[int, str, str]:
    return run(capsys, "weigh", "answers.csv", "--margins", "margins.csv", "--out", "weighed.csv", *more)


def test_the_rows_come_back_as_they_were_with_their_weights(files, capsys):
    code, out, _ = weigh(capsys, "--json")
    found = pd.read_csv(files / "weighed.csv")
    assert code == 0
    assert found.columns.tolist() == ["id", "tenure", "Q1", "weight"]
    assert found.groupby("tenure")["weight"].sum().to_dict() == pytest.approx({"general": 500, "older": 500})
    said = json.loads(out)
    assert (said["rows"], said["weighing"]["converged"], said["weighing"]["by"]) == (100, True, ["tenure"])
    assert said["weighing"]["effective_base"] == pytest.approx(100 / said["weighing"]["design_effect"])


def test_what_is_there_already_is_not_written_over_unless_asked(files, capsys):
    weigh(capsys)
    code, _, err = weigh(capsys)
    assert code == 1 and "weighed.csv is there already" in err
    assert weigh(capsys, "--replace")[0] == 0


def test_the_file_that_is_read_is_never_written_over(files, capsys):
    code, _, err = run(capsys, "weigh", "answers.csv", "--margins", "margins.csv", "--out", "answers.csv", "--replace")
    assert code == 1 and "is the file that is read" in err
    assert (files / "answers.csv").read_text() == ANSWERS


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ("variable,level,N\ntenure,general,500\n", "40 answers are from tenure 'older', which has no homes"),
        (MARGINS + "tenure,supported,20\n", "Nobody who answered is from tenure 'supported'"),
        (MARGINS + "tenure,older,20\n", "row 4: tenure 'older' stands there twice"),
        ("variable,level,N\ntenure,general,many\n", "row 2: N is 'many'"),
        ("level,N\ngeneral,5\n", "has no column 'variable'"),
    ],
)
def test_margins_that_cannot_be_met_are_refused_and_nothing_is_written(files, capsys, margins, message):
    (files / "margins.csv").write_text(margins)
    code, _, err = weigh(capsys)
    assert code == 1 and message in err
    assert not (files / "weighed.csv").exists()


def test_an_empty_level_is_refused_with_its_row(files, capsys):
    (files / "answers.csv").write_text(ANSWERS + "100,,5\n")
    code, _, err = weigh(capsys)
    assert code == 1 and "'tenure' is empty in 1 rows, first in row 102" in err


@pytest.mark.parametrize(("trim", "message"), [("1", "name two numbers"), ("2,3", "the mean itself is 1")])
def test_bounds_that_make_no_sense_are_refused(files, capsys, trim, message):
    code, _, err = weigh(capsys, "--trim", trim)
    assert code in (1, 2) and message in err


# ── The calculator, raked, clustered and compared ────────────────────────────────────────────────


def estimate(capsys, *more: str) -> dict:
    code, out, err = run(capsys, "estimate", "answers.csv", "--column", "Q1", "--yes", "4,5", "--json", *more)
    assert code == 0, err
    return json.loads(out)


def test_an_estimate_may_be_raked_as_it_is_made(files, capsys):
    found = estimate(capsys, "--margins", "margins.csv")
    answers = pd.read_csv(files / "answers.csv")
    yes = answers["Q1"].ge(4).groupby(answers["tenure"]).mean()
    assert found["estimates"][0]["value"] == pytest.approx(yes.mean())
    assert found["weighing"]["converged"]


def test_groups_may_be_of_two_columns(files, capsys):
    (files / "answers.csv").write_text(ANSWERS.replace("id,", "half,").replace("\n1,", "\n0,"))
    answers = pd.read_csv(files / "answers.csv")
    found = estimate(capsys, "--by", "tenure,Q1")
    groups = [(each["group"]["tenure"], each["group"]["Q1"], each["base"]) for each in found["estimates"]]
    expected = answers.groupby(["tenure", "Q1"]).size()
    assert groups == [(tenure, str(q), n) for (tenure, q), n in expected.items()]


def test_clusters_make_an_estimate_less_certain_where_they_agree_within_themselves(files, capsys):
    rows = [f"{house},{5 if house % 3 else 1},20\n" for house in range(20) for _ in range(5)]
    (files / "answers.csv").write_text("house,Q1,houses\n" + "".join(rows))
    alone = estimate(capsys)["estimates"][0]["se"]
    together = estimate(capsys, "--cluster", "house")["estimates"][0]["se"]
    assert together == pytest.approx(alone * (5 * 99 / 95) ** 0.5, rel=0.01)
    everyone = estimate(capsys, "--cluster", "house", "--fpc", "houses")["estimates"][0]
    assert everyone["low"] == everyone["high"] and everyone["method"] == "everyone answered"


def test_a_cluster_in_two_strata_is_refused(files, capsys):
    (files / "answers.csv").write_text("house,area,Q1\nh1,north,5\nh1,south,5\n")
    code, _, err = run(
        capsys, "estimate", "answers.csv", "--column", "Q1", "--yes", "5", "--cluster", "house", "--strata", "area"
    )
    assert code == 1 and "Cluster 'h1' is in more than one stratum" in err


def test_an_earlier_file_gives_the_difference_with_its_verdict(files, capsys):
    (files / "earlier.csv").write_text("tenure,Q1\n" + "general,5\n" * 30 + "general,1\n" * 60)
    (found,) = estimate(capsys, "--compare", "earlier.csv")["comparisons"]
    assert found["difference"] == pytest.approx(found["after"] - found["before"])
    assert found["verdict"] == "real change" and found["p"] < 0.05 and found["low"] > 0


def test_with_fewer_than_thirty_answers_it_is_too_few_to_say(files, capsys):
    (files / "earlier.csv").write_text("tenure,Q1\n" + "general,5\n" * 20)
    (found,) = estimate(capsys, "--compare", "earlier.csv")["comparisons"]
    assert (found["verdict"], found["difference"]) == ("too few to say", None)


@pytest.mark.parametrize(("method", "name"), [("logit", "logit"), ("korn-graubard", "Korn-Graubard")])
def test_the_interval_may_be_chosen(files, capsys, method, name):
    assert estimate(capsys, "--method", method)["estimates"][0]["method"] == name


def test_trimming_without_margins_is_refused(files, capsys):
    code, _, err = run(capsys, "estimate", "answers.csv", "--column", "Q1", "--yes", "5", "--trim", "0.3,3")
    assert code == 2 and "--margins" in err


@NEEDS_R
@pytest.mark.parametrize("residuals", ["unweighted", "weighted"])
def test_r_is_reproduced_from_the_command_line(residuals, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path / "home"))
    data = FIXTURE / "data"
    code, out, _ = run(
        capsys, "estimate", str(data / "respondents.csv"), "--column", "TP01", "--yes", "4,5",
        "--weight", "base_weight", "--strata", "area", "--fpc", "fpc", "--margins", str(data / "margins.csv"),
        "--residuals", residuals, "--json",
    )  # fmt: skip
    (found,) = json.loads(out)["estimates"]
    if residuals == "unweighted":
        raked = json.loads((FIXTURE / "out" / "landlord_est_v45.json").read_text())["m6"]["prop"]["TP01"]
        expected = next(row for row in raked["methods"] if row["method"] == "wilson")
        assert (found["low"], found["high"]) == pytest.approx((expected["lo"], expected["hi"]), abs=1e-8)
    else:
        expected = json.loads((FIXTURE / "out" / "landlord_calibrate_v45.json").read_text())["raking"]["sat"]
    assert code == 0
    assert found["value"] == pytest.approx(expected["est"], rel=1e-9)
    assert found["se"] == pytest.approx(expected["se"], rel=1e-9)
