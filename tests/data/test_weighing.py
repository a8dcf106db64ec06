"""Weights for a survey that is held: what it may be weighed by, the weights, and every figure after they are used."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Margin, Question
from analysis.survey.estimates import shares
from analysis.survey.method import method_notes
from analysis.survey.weighting import CannotWeigh
from data import weighing
from data.registers import measures
from data.store import Store
from data.weights import read_weighing, written_weighing

ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path, "real")
    made.publish(small_incoming()).close()
    return made


def counted_by(held, key: str, group: str = "LCRA") -> dict[str, int]:
    return dict(
        held.rows(
            f"select {key}::varchar, count(*) from responses where wave = '2024' and tenure_group = '{group}' "
            "and counts group by 1"
        )
    )


def two_to_one(held) -> Margin:
    """Twice as many homes of the first estate as of every other."""
    levels = sorted(counted_by(held, "estate"))
    return Margin("estate", {level: 2000.0 if place == 0 else 1000.0 for place, level in enumerate(levels)})


def used(store: Store, prepared: weighing.Prepared):
    with weighing.working() as connection:
        return store.publish(weighing.as_incoming(connection, prepared, "2026-11-29T05:00:00+00:00"))


def overall(held):
    found = shares(held.survey(ASKED), [m for m in measures("2024/25") if m.code == "TP01"], (), 1)
    return found[0]


def test_weights_fit_the_homes_and_nothing_changes_until_they_are_used(store):
    held = store.current()
    before = overall(held)
    prepared = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])
    assert prepared.weighing.converged and prepared.weighing.base == sum(counted_by(held, "estate").values())
    assert prepared.rows["weight"].sum() == pytest.approx(sum(two_to_one(held).targets.values()))
    assert overall(store.current()) == before


def test_once_used_every_figure_is_as_the_look_before_showed_it(store):
    held = store.current()
    prepared = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])
    shown = shares(prepared.survey, [m for m in measures("2024/25") if m.code == "TP01"], (), 1)[0]
    after = overall(used(store, prepared))
    assert (after.value, after.se, after.low) == pytest.approx((shown.value, shown.se, shown.low))
    assert after.unweighted == pytest.approx(overall(held).unweighted)
    assert after.value != pytest.approx(after.unweighted, abs=1e-4)


def test_the_weighing_is_kept_with_its_margins(store):
    held = store.current()
    prepared = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)], (0.5, 3.0), "typed")
    kept = used(store, prepared).weights.weighing("2024", "LCRA")
    assert kept == prepared.weighing
    assert used(store, prepared).survey(ASKED).calibration.weighing.margins[0].variable == "estate"


def test_a_weighing_is_read_as_it_was_written(store):
    held = store.current()
    how = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)], (0.9, 1.05)).weighing
    assert not how.converged and how.residual
    assert read_weighing(written_weighing(how)) == how


def test_undo_and_going_back_both_give_the_weights_of_the_file_again(store):
    held = store.current()
    before = overall(held)
    used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])).close()
    assert overall(store.undo()) == before
    used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])).close()
    with weighing.working() as connection:
        back = store.publish(weighing.as_files_own(connection, "2024", "LCRA", "2026-11-29T06:00:00+00:00"))
    assert overall(back) == before and back.weights.weighing("2024", "LCRA") is None


def test_weights_stay_when_records_come_in_and_go_when_the_survey_is_taken_in_again(store):
    held = store.current()
    used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])).close()
    weighed = overall(store.current())
    assert overall(store.publish(small_homes())) == weighed
    assert overall(store.publish(small_records(repairs=[{"reference": "r1", "raised": "2024-05-01"}]))) == weighed
    again = store.publish(small_incoming())
    assert again.weights.weighing("2024", "LCRA") is None and again.survey(ASKED).calibration is None


def test_answers_that_came_in_since_have_the_mean_weight_and_it_is_said(store):
    held = store.current()
    prepared = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])
    late = used(store, replace(prepared, rows=prepared.rows.iloc[1:]))
    assert late.weights.stale("2024", "LCRA")
    found = late.survey(ASKED)
    assert found.calibration is None and int(found.cells["n"].sum()) == prepared.weighing.base
    kept = prepared.rows["weight"].iloc[1:]
    assert found.cells["w"].sum() == pytest.approx(kept.sum() + kept.mean())
    (note,) = [each for each in method_notes(found) if "weighted" in each]
    assert "answers count now that did not then" in note and "Weigh the survey again." in note


def test_in_a_period_every_survey_counts_by_how_many_answered_whatever_the_scale_of_its_weights(store):
    # One survey weighed here, to thousands of homes; the other with weights of the file of a mean of 12.
    held = store.current()
    used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])).close()
    later = small_incoming("2024 autumn", 60)
    later.connection.execute("update responses set date = '2024-08-01', weight = 8 + 8 * (respondent % 2)")
    later.connection.execute("update waves set fieldwork_from = '2024-08-01', fieldwork_to = '2024-08-31'")
    both = store.publish(later)
    found = both.survey(replace(ASKED, wave="April to September 2024"))
    assert int(found.cells["n"].sum()) == 100 and found.calibration is None
    assert found.cells["w"].sum() == pytest.approx(100)
    (note,) = [each for each in method_notes(found) if "eights" in each]
    assert note.startswith("Weights made here are used for 2024. The weights of each survey are brought to a mean of 1")


def test_the_fingerprint_changes_with_the_weights(store):
    held = store.current()
    one = used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)])).fingerprint
    assert held.fingerprint != one


def test_the_other_tenure_group_keeps_its_own_weights(store):
    held = store.current()
    other = replace(ASKED, tenure_group="LCHO")
    before = held.survey(other).cells
    after = used(store, weighing.prepare(held, "2024", "LCRA", [two_to_one(held)]))
    assert after.survey(other).calibration is None
    pd.testing.assert_frame_equal(after.survey(other).cells, before, check_like=True)


def test_levels_that_answer_but_have_no_homes_are_refused(store):
    held = store.current()
    with pytest.raises(CannotWeigh, match="has no homes among the targets"):
        weighing.prepare(held, "2024", "LCRA", [Margin("estate", {"Nowhere": 10.0})])


# ── What there is to weigh by ────────────────────────────────────────────────────────────────────


def test_without_a_list_of_homes_nothing_may_be_used_and_the_reason_is_told(store):
    found = weighing.characteristics(store.current(), "2024", "LCRA")
    assert found and all(each.why_not for each in found)
    with pytest.raises(CannotWeigh, match="cannot be used"):
        weighing.proposal(found[0])


def level(name: str, answers: int, homes: float) -> weighing.Level:
    return weighing.Level(name, answers, homes)


def characteristic(*levels: weighing.Level, blanks: int = 0) -> weighing.Characteristic:
    return weighing.Characteristic("c", "Kind", "Building type", levels, blanks, "the list of homes")


def test_thin_levels_without_an_order_are_counted_together():
    margin = weighing.proposal(characteristic(level("Ash", 40, 400), level("Elm", 3, 50), level("Oak", 2, 30)))
    assert dict(margin.merged) == {"Elm": weighing.TOGETHER, "Oak": weighing.TOGETHER}


def test_thin_levels_that_are_too_few_even_together_take_the_smallest_other():
    margin = weighing.proposal(
        characteristic(level("Ash", 40, 400), level("Birch", 9, 90), level("Elm", 1, 50), level("Oak", 0, 30))
    )
    assert set(margin.merged) == {"Elm", "Oak", "Birch"}


def test_thin_levels_in_an_order_go_with_their_neighbour():
    margin = weighing.proposal(
        characteristic(level("16 to 24", 2, 90), level("25 to 34", 30, 200), level("85 and over", 1, 40))
    )
    assert dict(margin.merged) == {"16 to 24": "25 to 34", "85 and over": "25 to 34"}


def test_answers_that_do_not_say_keep_their_share():
    margin = weighing.proposal(characteristic(level("Ash", 45, 600), level("Elm", 45, 400), blanks=10))
    assert margin.targets["not recorded"] == pytest.approx(100)
    assert margin.targets["Ash"] == pytest.approx(540)


def test_typed_targets_are_read_and_faults_named(tmp_path):
    file = tmp_path / "homes.csv"
    file.write_text('variable,level,N\nestate,Ash,"1,200"\nestate,Elm,300\n')
    (margin,) = weighing.read_targets(file)
    assert dict(margin.targets) == {"Ash": 1200.0, "Elm": 300.0}
    file.write_text("variable,level,N\nestate,,300\n")
    with pytest.raises(CannotWeigh, match="row 2"):
        weighing.read_targets(file)


def test_the_regulators_own_names_are_told_once_each(store):
    held = store.current()
    how = weighing.prepare(held, "2024", "LCRA", [two_to_one(held)]).weighing
    assert weighing.regulators_names(how) == ("Geographical area",)
