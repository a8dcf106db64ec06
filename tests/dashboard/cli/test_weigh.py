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
        ("level,N\ngeneral,5\n", "There is no column 'variable'"),
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


@pytest.mark.parametrize(
    ("weight", "what"), [("0", "'0'"), ("-2", "'-2'"), ("", "empty"), ("inf", "'inf'"), ("x", "'x'")]
)
def test_a_base_weight_that_is_no_weight_is_refused_with_its_row_in_the_file(files, capsys, weight, what):
    (files / "answers.csv").write_text(f"tenure,w\ngeneral,1\n\nolder,{weight}\nolder,nan\n")
    code, _, err = weigh(capsys, "--base-weight", "w")
    assert code == 1 and f"The weight 'w' is {what} in row 4." in err and "1 more are wrong too" in err
    assert not (files / "weighed.csv").exists()


def test_base_weights_are_what_raking_starts_from(files, capsys):
    (files / "answers.csv").write_text("tenure,w\ngeneral,1\ngeneral,3\nolder,7\n")
    assert weigh(capsys, "--base-weight", "w")[0] == 0
    assert pd.read_csv(files / "weighed.csv")["weight"].tolist() == pytest.approx([125, 375, 500])


def test_trimmed_weights_keep_their_bounds_and_say_what_they_are_off_by(files, capsys):
    (files / "margins.csv").write_text("variable,level,N\ntenure,general,100\ntenure,older,900\n")
    code, out, err = weigh(capsys, "--trim", "0.5,1.5", "--json")
    said = json.loads(out)["weighing"]
    assert code == 1 and not said["converged"] and "100 rows with their weights are in weighed.csv" in err
    assert (said["smallest"], said["largest"], said["bounds"]) == (pytest.approx(2 / 3), pytest.approx(1.5), [0.5, 1.5])
    # 40 older at 1.5 times the mean of 10 come to 600 of the 900
    off = {each["level"]: each["off"] for each in said["residual"]}
    assert off == pytest.approx({"general": 0.3, "older": -0.3})
    assert "comes to 30.00% of all homes" in said["notes"][0]


def test_margins_of_other_totals_are_scaled_only_where_asked(files, capsys):
    (files / "margins.csv").write_text(MARGINS + "Q1,5,70\nQ1,2,20\nQ1,1,10\n")
    code, _, err = weigh(capsys)
    assert code == 1 and "tenure adds up to 1,000 homes and Q1 to 100" in err
    code, out, _ = weigh(capsys, "--scale")
    assert code == 0 and "Q1 adds up to 100 homes and was scaled to the 1,000 of tenure." in out
    assert pd.read_csv(files / "weighed.csv").groupby("Q1")["weight"].sum()[5] == pytest.approx(700)


def test_the_numbers_of_homes_are_never_written_over(files, capsys):
    code, _, err = run(capsys, "weigh", "answers.csv", "--margins", "margins.csv", "--out", "margins.csv", "--replace")
    assert code == 2 and "holds the numbers of homes" in err
    assert (files / "margins.csv").read_text() == MARGINS


def test_margins_in_another_encoding_are_read(files, capsys):
    (files / "margins.csv").write_bytes(b"variable,level,N\ntenure,caf\xe9,1\n")
    code, _, err = weigh(capsys)
    assert code == 1 and "The levels there are: café" in err


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


def test_the_verdict_of_a_comparison_is_told_in_words_too(files, capsys):
    (files / "earlier.csv").write_text("tenure,Q1\n" + "general,5\n" * 30 + "general,1\n" * 60)
    _, out, _ = run(capsys, "estimate", "answers.csv", "--column", "Q1", "--yes", "4,5", "--compare", "earlier.csv")
    assert out.splitlines()[1].startswith("Q1 against earlier.csv: +") and out.strip().endswith("real change.")


def test_groups_compared_are_judged_as_one_family_and_what_is_in_one_file_only_is_named(files, capsys):
    (files / "earlier.csv").write_text(
        "tenure,Q1\n" + "general,5\n" * 45 + "general,2\n" * 55 + "older,5\n" * 31 + "older,1\n" * 9 + "leased,5\n" * 30
    )
    document = estimate(capsys, "--by", "tenure", "--compare", "earlier.csv")
    assert "In one of the two files only, so not compared: leased." in document["notes"]
    general, older = document["comparisons"]
    assert [each["family"] for each in (general, older)] == [2, 2]
    assert general["p"] < general["adjusted"] == pytest.approx(2 * general["p"]) and general["level"] == 0.975
    assert older["adjusted"] == pytest.approx(older["p"])
    other = estimate(capsys, "--by", "tenure", "--compare", "earlier.csv", "--level", "0.9")
    assert [each["level"] for each in other["comparisons"]] == [0.9, 0.9]
    assert any("judged by itself" in note for note in other["notes"])


def test_nothing_in_common_is_an_empty_list_of_comparisons(files, capsys):
    (files / "earlier.csv").write_text("tenure,Q1\n" + "leased,5\n" * 40)
    document = estimate(capsys, "--by", "tenure", "--compare", "earlier.csv")
    assert document["comparisons"] == []
    assert "In one of the two files only, so not compared: general; older; leased." in document["notes"]


def test_what_is_wrong_with_the_earlier_file_is_said_with_its_name(files, capsys):
    (files / "earlier.csv").write_text("tenure,Q1\n" + "leased,3\n" * 40)
    asked = ("estimate", "answers.csv", "--column", "Q1", "--yes", "5", "--compare", "earlier.csv")
    assert "earlier.csv: No cell of 'Q1' is '5'" in run(capsys, *asked)[2]
    code, _, err = run(capsys, *asked, "--margins", "margins.csv")
    assert code == 1 and "earlier.csv: 40 answers are from tenure 'leased'" in err


@pytest.mark.parametrize(("method", "name"), [("logit", "logit"), ("korn-graubard", "Korn-Graubard")])
def test_the_interval_may_be_chosen(files, capsys, method, name):
    assert estimate(capsys, "--method", method)["estimates"][0]["method"] == name


@pytest.mark.parametrize("option", [("--trim", "0.3,3"), ("--scale",), ("--residuals", "unweighted")])
def test_what_is_for_raked_weights_is_refused_without_margins(option, files, capsys):
    code, _, err = run(capsys, "estimate", "answers.csv", "--column", "Q1", "--yes", "5", *option)
    assert code == 2 and f"{option[0]} is for raked weights" in err and "--margins" in err


def test_rows_that_do_not_say_their_group_are_in_no_family(files, capsys):
    rows = "general,5\ngeneral,1\n" * 40 + "older,5\nolder,1\n" * 40
    (files / "answers.csv").write_text("tenure,Q1\n" + rows + ",5\n" * 40)
    (files / "earlier.csv").write_text("tenure,Q1\n" + rows + ",1\n" * 40)
    document = estimate(capsys, "--by", "tenure", "--compare", "earlier.csv")
    assert [(each["group"]["tenure"], each["family"]) for each in document["comparisons"]] == [
        ("general", 2),
        ("older", 2),
    ]
    assert "Rows that do not say their tenure are no group, so not compared." in document["notes"]
    assert [each["group"]["tenure"] for each in document["estimates"]] == ["general", "older", "not recorded"]


def test_an_empty_cell_is_the_level_not_recorded_where_that_has_homes(files, capsys):
    (files / "answers.csv").write_text("tenure,Q1\n" + "general,5\ngeneral,1\n" * 20 + " ,5\n,1\n" * 10)
    (files / "margins.csv").write_text("variable,level,N\ntenure,general,500\ntenure,not recorded,500\n")
    assert estimate(capsys, "--margins", "margins.csv")["weighing"]["converged"]
    code, _, err = weigh(capsys)
    assert code == 0, err
    weights = pd.read_csv(files / "weighed.csv")["weight"]
    assert (weights[:40].sum(), weights[40:].sum()) == pytest.approx((500, 500))


def test_a_question_that_is_a_margin_itself_is_said_to_be_set_by_hand(files, capsys):
    (files / "margins.csv").write_text("variable,level,N\nQ1,1,100\nQ1,2,200\nQ1,5,700\n")
    document = estimate(capsys, "--margins", "margins.csv")
    assert document["estimates"][0]["value"] == pytest.approx(0.7)
    assert any("'Q1' is one of the margins: over all rows its share follows" in note for note in document["notes"])


def test_levels_that_are_one_number_are_told_and_clusters_and_strata_are_names(files, capsys):
    (files / "answers.csv").write_text("block,Q1\n" + "1.1,5\n1.10,1\n1.2,5\n" * 20)
    document = estimate(capsys, "--by", "block")
    assert [(each["group"]["block"], each["base"]) for each in document["estimates"]] == [("1.1", 40), ("1.2", 20)]
    assert any("In 'block' '1.1' and '1.10' are one number" in note for note in document["notes"])
    (found,) = estimate(capsys, "--strata", "block")["estimates"]
    assert found["se"] == pytest.approx(0, abs=1e-6)  # each of the three blocks agrees within itself


def test_a_single_cluster_does_not_pretend_to_an_error(files, capsys):
    (files / "answers.csv").write_text("block,Q1\n" + "A,5\nA,1\n" * 20)
    document = estimate(capsys, "--cluster", "block")
    (found,) = document["estimates"]
    assert found["low"] < 0.05 and found["high"] > 0.95
    assert any("There is a single unit, so how far units differ cannot be known" in n for n in document["notes"])


@pytest.mark.parametrize("figure", [("--trim", "0,inf"), ("--trim", "nan,3")])
def test_bounds_without_end_are_refused_and_no_figure_is_infinite(figure, files, capsys):
    asked = ("estimate", "answers.csv", "--column", "Q1", "--yes", "5", "--margins", "margins.csv", "--json")
    code, out, err = run(capsys, *asked, *figure)
    assert code == 1 and not out and "Weights cannot be held between" in err


R_MARGINS = {
    "base": (),
    "m3": ("area", "tenure", "age"),
    "m4": ("area", "tenure", "age", "ethnicity"),
    "m6": ("area", "tenure", "age", "ethnicity", "property_type", "tenancy_length"),
}
DESIGN = ("--weight", "base_weight", "--strata", "area", "--fpc", "fpc", "--json")


def satisfied(capsys, measure: str, *more: str) -> dict:
    data = FIXTURE / "data" / "respondents.csv"
    asked = ("--column", measure, "--yes", "4,5", "--leave-out", "NA", *DESIGN, *more)
    code, out, err = run(capsys, "estimate", str(data), *asked)
    assert code == 0, err
    (found,) = json.loads(out)["estimates"]
    return found


@NEEDS_R
@pytest.mark.parametrize("measure", ["TP01", "TP02", "TP09"])
@pytest.mark.parametrize("raked", R_MARGINS)
def test_rs_estimates_are_reproduced_from_the_command_line(raked, measure, files, capsys):
    expected = json.loads((FIXTURE / "out" / "landlord_est_v45.json").read_text())[raked]["prop"][measure]
    margins = pd.read_csv(FIXTURE / "data" / "margins.csv")
    margins[margins["variable"].isin(R_MARGINS[raked])].to_csv("margins.csv", index=False)
    more = ("--margins", "margins.csv", "--residuals", "unweighted") if R_MARGINS[raked] else ()
    for method, name in (("wilson", "wilson"), ("logit", "logit")):
        found = satisfied(capsys, measure, "--method", name, *more)
        wanted = next(row for row in expected["methods"] if row["method"] == method)
        assert (found["value"], found["se"]) == pytest.approx((wanted["est"], wanted["se"]), rel=1e-9)
        assert (found["low"], found["high"]) == pytest.approx((wanted["lo"], wanted["hi"]), abs=1e-8)


@NEEDS_R
def test_residuals_are_weighted_unless_asked_otherwise_as_rs_calibrate_has_them(files, capsys):
    expected = json.loads((FIXTURE / "out" / "landlord_calibrate_v45.json").read_text())["raking"]["sat"]
    found = satisfied(capsys, "TP01", "--margins", str(FIXTURE / "data" / "margins.csv"))
    assert (found["value"], found["se"]) == pytest.approx((expected["est"], expected["se"]), rel=1e-9)


def test_a_stratum_with_a_single_unit_is_named(files, capsys):
    (files / "answers.csv").write_text("area,Q1\nfar,5\n" + "near,5\nnear,1\n" * 10)
    notes = " ".join(estimate(capsys, "--strata", "area")["notes"])
    assert "A single unit in stratum 'far'" in notes
