"""Fair outcomes in a pack: gaps we are sure of first, what nobody holds, and special categories never to the public."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from small_pack import CLOCK, keyed, material_of, readings_of, said
from small_records import generation_of, homes_on

from analysis.model import Audience, Estimate, Verdict
from analysis.model.fair import Characteristic, Fairness, FairRow, Outcome
from dashboard.evidence.parts import fair
from dashboard.fairness import EVERYONE_ONLY, fair_outcomes

OLD, YOUNG = "75 and over", "25 to 34"


def landlord(folder, *changes):
    """Forty who answered; half are old. Households of records: two in three repairs of A and B in time, none of C."""
    rows = {
        "homes": homes_on("Ash Court", 120),
        "people": [
            {"reference": f"P{n}", "home": f"Ash CourtLCRA{n}", "household_type": "ABC"[n % 3],
             "language": "English", "estate": "Ash Court", "tenure_group": "LCRA", "tenure": "General needs"}
            for n in range(120)
        ],
        "repairs": [
            {"reference": f"R{n}", "home": f"Ash CourtLCRA{n % 120}", "estate": "Ash Court", "tenure_group": "LCRA",
             "raised": date(2024, 5, 1), "due": date(2024, 5, 9),
             "completed": date(2024, 5, 20) if n % 3 == 2 else date(2024, 5, 1 + n % 12)}
            for n in range(240)
        ],
    }  # fmt: skip
    return generation_of(
        folder,
        rows,
        f"update responses set age_band = case when respondent <= 20 then '{OLD}' else '{YOUNG}' end",
        "insert into dimensions values ('age_band', 'Age band', 'Age', false)",
        *changes,
    )


@pytest.fixture
def generation(tmp_path):
    with closing(landlord(tmp_path / "store")) as held:
        yield held


def parts(tmp_path, generation, audience=Audience.INTERNAL, **more):
    made = material_of(tmp_path, generation, readings_of(tmp_path, generation), audience, **more)
    return made, fair.blocks(made)


def test_the_sure_gaps_come_first_and_every_gap_stands_behind(tmp_path, generation):
    made, blocks = parts(tmp_path, generation)
    page = fair_outcomes(made.question("LCRA", compared_with=None), generation, 10, CLOCK.date())
    every = [(row, gap) for row in page.rows for gap in row.gaps]
    figure = keyed(blocks)["fair-lcra-gaps"]
    assert [row[8:12] for row in figure.table.file_rows] == [
        (gap.difference, gap.low, gap.high, gap.verdict.value) for _, gap in every
    ]
    real = [gap for _, gap in every if gap.verdict is Verdict.REAL]
    assert real and len(figure.chart.labels) == len(real)
    told = said(blocks)
    assert told.index("beyond chance") < told.index("What we do not hold")
    assert "A gap says that outcomes differ between groups, never why." in told


def test_the_regulator_reads_every_group_that_may_be_told_with_its_gap(tmp_path, generation):
    made, blocks = parts(tmp_path, generation, Audience.REGULATOR)
    page = fair_outcomes(made.question("LCRA", compared_with=None), generation, 10, CLOCK.date())
    table = keyed(blocks)["fair-lcra-repairs"].table
    households = {row[1]: row for row in table.file_rows if row[0] == "Household"}
    row = next(row for row in page.of("repairs") if row.characteristic.key == "household")
    assert {name: households[name][2:6] for name in "ABC"} == {
        each.group[0][1]: (each.value, each.low, each.high, each.told_base) for each in row.groups
    }
    assert households["C"][2] == 0 and households["C"][10] == "real change"
    assert "fair-lcra-repairs" not in keyed(parts(tmp_path, generation)[1]), "the board reads what is sure"
    assert "Repairs done by their target day" in [row[0] for row in keyed(blocks)["fair-lcra-counted"].table.rows]


def test_how_to_read_a_gap_and_what_nobody_holds_are_said_once(tmp_path, generation):
    told = said(parts(tmp_path, generation)[1])
    assert told.count("A gap says that outcomes differ") == told.count("Ethnicity: not held.") == 1
    assert told.index("beyond chance") < told.index("A gap says that outcomes differ"), "what it means comes first"
    assert "Half of their ranges reach" in told and "points or more to either side." in told


def test_why_another_part_may_have_another_verdict_of_the_same_gap_is_said_where_it_is_there(tmp_path, generation):
    made, blocks = parts(tmp_path, generation)
    assert said(blocks).count(fair.JUDGED_THERE) == 1
    made.asked = replace(made.asked, sections=("fair",))
    assert fair.JUDGED_THERE not in said(fair.blocks(made))


def test_another_share_than_that_of_a_measure_says_so_beside_the_table(tmp_path, generation):
    made, blocks = parts(tmp_path, generation)
    assert fair.OF_EVERY_REPAIR in keyed(blocks)["fair-lcra-counted"].about
    assert said(blocks).count(fair.OF_EVERY_REPAIR) == (0 if made.in_full else 1), "once on the page"
    assert fair.TOLD_ELSEWHERE not in said(blocks), "no complaints are held"


def test_complaints_too_few_to_judge_are_not_called_hidden_for_the_measures_tell_how_many(tmp_path):
    with closing(landlord(tmp_path / "few")) as held:
        made, _ = parts(tmp_path / "few", held, Audience.REGULATOR)
        few = Estimate(None, None, None, base=3, withheld="fewer than 10")
        stage_two, repairs = (Outcome(key, key, "case", "cases", "in time") for key in ("complaints_2", "repairs"))
        age = Characteristic("age", "Age", True, False)
        rows = tuple(FairRow(each, age, few, (), (), None, 3, 3) for each in (stage_two, repairs))
        found = Fairness(date(2024, 4, 1), date(2025, 3, 31), (stage_two, repairs), rows, (), 0)
        table = fair.counted_table(made, found)
        assert [row[1] for row in table.rows] == ["Not shown: too few to judge a gap", "Not shown: fewer than 10"]
        assert [row[-1] for row in table.file_rows] == ["too few to judge a gap", "fewer than 10"]
        assert fair.TOLD_ELSEWHERE in fair._other_shares(made, rows)
        made.asked = replace(made.asked, filters=(("estate", ("Ash Court",)),))
        assert [row[1] for row in fair.counted_table(made, found).rows] == ["Not shown: fewer than 10"] * 2


def test_what_nobody_holds_is_said_with_what_cannot_be_said_without_it(tmp_path, generation):
    told = said(parts(tmp_path, generation)[1])
    assert "Ethnicity: not held. Nobody can tell whether tenants of any ethnic group are served worse." in told
    assert "and none is named" in told


def test_special_categories_are_never_told_to_the_public(tmp_path):
    changes = (
        "alter table responses add column c_ethnicity varchar",
        "update responses set c_ethnicity = case when respondent <= 20 then 'Group A' else 'Group B' end",
        "insert into dimensions values ('c_ethnicity', 'Ethnicity', 'Ethnic origin', true)",
    )
    with closing(landlord(tmp_path / "special", *changes)) as held:
        for audience, there in ((Audience.INTERNAL, True), (Audience.REGULATOR, True), (Audience.PUBLIC, False)):
            _, blocks = parts(tmp_path / "special", held, audience)
            every = said(blocks) + str([block.table for block in keyed(blocks).values()])
            assert ("Group A" in every) is there
        assert "Never told to the public:" in said(blocks)


def test_outside_a_part_of_the_landlord_is_not_told(tmp_path, generation):
    _, blocks = parts(tmp_path, generation, Audience.REGULATOR, estate="Ash Court")
    assert f"Not shown: {EVERYONE_ONLY}." in said(blocks)
    assert not [key for key in keyed(blocks) if not key.endswith("-held")]


def test_no_gap_beyond_chance_is_said_and_drawn_hollow(tmp_path):
    with closing(generation_of(tmp_path / "same", {}, *ALIKE)) as held:
        _, blocks = parts(tmp_path / "same", held)
    figure = keyed(blocks)["fair-lcra-gaps"]
    assert figure.title.startswith("No gap is beyond chance")
    assert all(mark.small for series in figure.chart.series for mark in series.marks)


ALIKE = (
    "insert into responses select * replace (respondent + 40 as respondent, row + 40 as row) from responses",
    "update responses set age_band = case when respondent <= 40 then '25 to 34' else '75 and over' end",
    "insert into dimensions values ('age_band', 'Age band', 'Age', false)",
)


def test_nothing_held_is_said_and_does_not_fail(tmp_path):
    with closing(generation_of(tmp_path / "bare", {})) as held:
        _, blocks = parts(tmp_path / "bare", held)
    assert "What we do not hold" in said(blocks) and "Age: not held." in said(blocks)
