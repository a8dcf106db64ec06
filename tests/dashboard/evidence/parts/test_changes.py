"""What moved is told with its verdict and why; survey by survey only where there are several."""

from __future__ import annotations

import pytest
from small_material import keyed, said, small_material
from small_years import BY_METHOD, TODAY, surveys

from analysis.model import Audience
from dashboard.evidence.parts.changes import moved, survey_by_survey
from dashboard.evidence.parts.measures import blocks
from dashboard.words import change, in_words

ONLINE = "update responses set method = 'internet' where respondent % 2 = 0"
MORE_SATISFIED = "update responses set TP01 = case when respondent % 20 = 0 then 1 else 5 end"
EVERY_YEAR = {
    "2023": ("update responses set TP05 = 4 where respondent % 2 = 0",),
    "2024": ("update responses set TP05 = 4 where respondent % 2 = 0",),
    "2025": (MORE_SATISFIED, "update responses set TP05 = 4 where respondent % 2 = 0"),
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    held = surveys(tmp_path_factory.mktemp("years"), EVERY_YEAR)
    yield held
    held.close()


@pytest.fixture(scope="module")
def material(generation, tmp_path_factory):
    return small_material(generation, tmp_path_factory.mktemp("home"), clock=TODAY)


def test_a_real_change_is_named_and_its_difference_is_that_of_the_screen(material):
    found = material.findings("LCRA")
    told = moved(found)
    # 150 of 200 (75%) before, 190 of 200 (95%) now.
    assert any(text.startswith("TP01 Overall satisfaction: +20.0 points (") for text in said(told).splitlines())
    row = keyed(told)["measures-lcra-changes-table"].table.rows[0]
    before, after = (in_words(each) for each in (found.changes["TP01"].before, found.headline["TP01"]))
    assert row == ("TP01 Overall satisfaction", before, after, change(found.changes["TP01"]), "real change")
    assert before.startswith("75% (") and after.startswith("95% (")


def test_why_a_change_could_be_chance_is_told_once_for_all_it_is_true_of(material):
    told = said(moved(material.findings("LCRA", wave="2024", compared_with="2023"))).splitlines()
    assert told[1] == (
        "No measure surely rose or fell. Could be chance: 2 measures. A difference of this size could come from who "
        "happened to answer."
    )


def test_a_short_pack_draws_what_moved_only_where_something_surely_did(material):
    now, before = (
        keyed(moved(material.findings("LCRA", wave=wave, compared_with=since), in_full=False))
        for wave, since in (("2025", "2024"), ("2024", "2023"))
    )
    assert now["measures-lcra-changes"].printed and not before["measures-lcra-changes"].printed
    assert not now["measures-lcra-changes-table"].printed


def test_without_an_earlier_survey_that_is_said(material):
    told = moved(material.findings("LCRA", wave="2023", compared_with=None))
    assert said(told).splitlines()[1:] == ["There is no earlier survey to compare with."]


def test_three_surveys_stand_side_by_side_with_the_methods_they_were_asked_by(material):
    tables = keyed(survey_by_survey(material, "LCRA"))
    shares, steps = tables["measures-lcra-surveys-table"].table, tables["measures-lcra-steps-table"].table
    assert shares.headings == ("Measure", "2023", "2024", "2025")
    assert [cell[:3] for cell in shares.rows[0][1:]] == ["75%", "75%", "95%"]
    assert shares.rows[-1] == ("How people answered", *["telephone 200"] * 3)
    assert steps.headings == ("Measure", "2023 to 2024", "2024 to 2025")
    assert steps.rows[0][1].endswith("could be chance") and steps.rows[0][2].endswith("real change")
    assert [row[0] for row in shares.file_rows if row[1] == "TP01"] == ["2023", "2024", "2025"]


def test_a_pack_of_an_earlier_survey_tells_of_none_after_it(generation, tmp_path):
    assert survey_by_survey(small_material(generation, tmp_path, wave="2024", clock=TODAY), "LCRA") == ()
    told = keyed(blocks(small_material(generation, tmp_path, wave="2024", clock=TODAY)))
    assert told["measures-lcra-changes-table"].table.headings[1:3] == ("2023", "2024")


def test_asked_differently_says_so_and_what_changed_within_one_way_of_asking(tmp_path):
    generation = surveys(tmp_path, {"2024": (), "2025": (ONLINE, MORE_SATISFIED, BY_METHOD)}, answers=400)
    told = blocks(small_material(generation, tmp_path, clock=TODAY))
    table = keyed(told)["measures-lcra-changes-table"].table
    assert table.rows[0][-1] == "asked differently"
    assert any(
        text.startswith("Asked differently (TP01). People were asked in other ways") for text in said(told).splitlines()
    )
    within = keyed(told)["measures-lcra-one-way-table"].table
    assert within.rows[0][0] == "TP01 Overall satisfaction, by telephone" and within.rows[0][2] == "real change"
    generation.close()


@pytest.mark.parametrize(("audience", "told"), [(Audience.INTERNAL, (0, 0)), (Audience.PUBLIC, (None, None))])
def test_how_many_households_answered_both_times_is_told_inside_only(generation, tmp_path, audience, told):
    """They may be a handful: three of all who were asked of their complaint both times."""
    made = moved(small_material(generation, tmp_path, audience=audience, clock=TODAY).findings("LCRA"))
    table = keyed(made)["measures-lcra-changes-table"].table
    at = table.file_headings.index("households in both")
    assert tuple(row[at] for row in table.file_rows) == told
