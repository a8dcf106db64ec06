"""What each audience is given: warnings inside, nothing outside, and never the half of it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pandas as pd
import pytest
from counted_surveys import measure, wave

from analysis.model import (
    WHOLE_LANDLORD,
    Association,
    Audience,
    Comparison,
    Dimension,
    Distribution,
    Estimate,
    Findings,
    Question,
    SampleCheck,
    SmallArea,
    SmallAreas,
    Theme,
    Verdict,
    Voices,
)
from analysis.survey.disclosure import (
    ALIKE,
    OUTSIDE_REASON,
    Protector,
    could_be_worked_out,
    protect,
    protect_voices,
)
from analysis.survey.suppression import Rule
from analysis.survey.views import Views, cubes

RULE = Rule(minimum=10, alike=30)
WORKED_OUT = could_be_worked_out(RULE)
# Cedar is three people; Birch is the smallest that keeps it company; everyone of Fir is satisfied.
ESTATES = {"Ash": (30, 20), "Birch": (8, 4), "Cedar": (2, 1), "Dell": (40, 10), "Fir": (35, 0)}
OUTSIDE = [Audience.REGULATOR, Audience.PUBLIC]


def views(estates=ESTATES):
    rows = [(name, "TP01", answer, n) for name, both in estates.items() for answer, n in zip((4, 2), both, strict=True)]
    frame = pd.DataFrame([row for row in rows if row[3]], columns=["estate", "measure", "answer", "n"])
    return {name: Views(cube, RULE) for name, cube in cubes(frame, ("estate",)).items()}


def estimate(yes, base, group=(), **more):
    if 0 < base < 10:
        return Estimate(None, None, None, base, withheld="fewer than 10 answers", measure="TP01", group=group)
    return Estimate(yes / base, 0.1, 0.9, base, 0.05, float(base), yes, "Wilson", measure="TP01", group=group, **more)


def group_of(name):
    return (("estate", name),)


def compared(before, after):
    return Comparison(before, after, 0.1, 0.0, 0.2, Verdict.REAL, "because", p=0.01)


def findings(audience=Audience.INTERNAL, filters=(), names=tuple(ESTATES)):
    each = {name: estimate(ESTATES[name][0], sum(ESTATES[name]), group_of(name)) for name in names}
    base = sum(sum(ESTATES[name]) for name in names)
    whole = estimate(sum(ESTATES[name][0] for name in names), base)
    fallen = [
        Distribution("TP01", group, (0.2,) * 5, (n, 0, 0, 0, 0), n, 1, 0, 0, 2)
        for group, n in [((), base), *((e.group, e.base) for e in each.values())]
    ]
    areas = tuple(SmallArea(e.group, e, 0.6, 0.5, 0.7, 0.5, (1, 4)) for e in each.values())
    return Findings(
        question=Question("2024/25", "LCRA", WHOLE_LANDLORD, breakdown="estate", filters=filters, audience=audience),
        wave=wave(),
        earlier=wave("2023/24"),
        measures=(measure(),),
        dimensions=(Dimension("estate", "Estate"),),
        headline={"TP01": whole},
        distributions={"TP01": tuple(fallen)},
        changes={"TP01": compared(whole, whole)},
        groups={"TP01": tuple(each.values())},
        sample=SampleCheck("LCRA", base, None, None, None, None, None),
        notes=(),
        group_changes={"TP01": tuple(compared(e, e) for e in each.values())},
        against_rest={"TP01": tuple(compared(estimate(50, 100), e) for e in each.values())},
        associations={"TP01": Association("TP01", "estate", base - 3, 2.0, (3.0, 90.0), 0.04)},
        small_areas={"TP01": SmallAreas("TP01", "estate", "beta-binomial", 0.7, 0.1, areas)},
    )


def protected(audience=Audience.INTERNAL, filters=(), names=tuple(ESTATES), before=None):
    return protect(findings(audience, filters, names), views(), views() if before is None else before, RULE)


def by_name(rows):
    return {each.group[0][1]: each for each in rows if each.group}


# ── Inside ───────────────────────────────────────────────────────────────────────────────────────


def test_inside_every_figure_stays_and_those_that_give_others_away_carry_a_caution():
    found = by_name(protected().groups["TP01"])
    assert {name: each.caution for name, each in found.items()} == {
        "Ash": None, "Birch": WORKED_OUT, "Cedar": None, "Dell": None, "Fir": ALIKE,
    }  # fmt: skip
    assert all(each.value is not None for name, each in found.items() if name != "Cedar")
    assert found["Cedar"].withheld == "fewer than 10 answers"


def test_inside_it_is_said_what_could_be_worked_out_and_what_to_do_about_it():
    said = protected().disclosed
    assert said[0].endswith("Those that give them away: Birch.")
    assert said[1] == "Everyone said the same, so the figure tells what each of them said: Fir."
    assert said[2].startswith("Do not pass them on as they are.")


def test_inside_filters_that_leave_out_a_few_are_warned_of_by_name():
    found = protected(filters=(("estate", ("Ash", "Birch")),), names=("Ash", "Birch"))
    assert found.headline["TP01"].caution == WORKED_OUT
    assert "with one estate more or less" in found.disclosed[0]


def test_where_nothing_can_be_worked_out_nothing_is_said():
    even = views({"Ash": (30, 20), "Birch": (25, 15)})
    found = protect(findings(names=("Ash",)), even, even, RULE)
    assert found.disclosed == ()
    assert found.groups["TP01"][0].caution is None


# ── Outside ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("audience", OUTSIDE)
def test_outside_a_small_group_and_its_company_are_withheld_for_the_one_reason_without_their_bases(audience):
    found = by_name(protected(audience).groups["TP01"])
    assert {name for name, each in found.items() if each.withheld} == {"Birch", "Cedar"}
    assert {(each.withheld, each.base, each.effective_base) for each in (found["Birch"], found["Cedar"])} == {
        (OUTSIDE_REASON, 0, None)
    }


@pytest.mark.parametrize("audience", OUTSIDE)
def test_outside_whatever_is_made_of_a_withheld_figure_is_withheld(audience):
    found = protected(audience)
    hidden = {"Birch", "Cedar"}
    fallen = by_name(found.distributions["TP01"])
    assert {name for name, each in fallen.items() if each.shares is None} == hidden
    assert all(fallen[name].base == 0 and fallen[name].blank is None for name in hidden)
    for rows in (found.group_changes, found.against_rest):
        gone = {each.after.group[0][1]: each for each in rows["TP01"] if each.difference is None}
        assert set(gone) == hidden
        assert all(each.before.value is None and each.verdict is Verdict.TOO_FEW for each in gone.values())
        assert all(each.p is None and each.low is None for each in gone.values())
        assert {each.why for each in gone.values()} == {"It could give away what a few people said."}
    areas = by_name(found.small_areas["TP01"].areas)
    assert {name for name, each in areas.items() if each.value is None and each.rank is None} == hidden
    assert found.associations["TP01"].base == 0  # the base leaves out the small groups: it would tell of them
    assert found.associations["TP01"].p == 0.04
    assert found.disclosed == (
        "Withheld, so that nobody can work out what a few people said: 2 of 5 figures of groups.",
    )


def test_outside_a_whole_view_that_gives_a_few_away_is_withheld_with_its_change_and_its_test():
    found = protected(Audience.PUBLIC, (("estate", ("Ash", "Birch")),), ("Ash", "Birch"))
    assert found.headline["TP01"].withheld == OUTSIDE_REASON
    assert found.changes["TP01"].difference is None
    assert found.associations["TP01"].f is None
    assert "With these filters" in found.disclosed[0]


def test_a_change_is_withheld_where_only_the_earlier_figure_gives_a_few_away():
    earlier = views({"Ash": (2, 1), "Dell": (40, 10), "Birch": (20, 20)})
    found = protected(Audience.PUBLIC, before=earlier)
    (ash,) = [each for each in found.group_changes["TP01"] if each.after.group == group_of("Ash")]
    assert ash.before.withheld == OUTSIDE_REASON
    assert ash.difference is None
    assert ash.after.value is not None


def test_a_figure_withheld_for_another_reason_keeps_it():
    asked = findings(Audience.PUBLIC)
    not_asked = Estimate(None, None, None, 0, withheld="not asked in 2024/25", measure="TP02")
    found = protect(replace(asked, headline={**asked.headline, "TP02": not_asked}), views(), views(), RULE)
    assert found.headline["TP02"].withheld == "not asked in 2024/25"


def test_fifty_who_all_said_the_same_are_told_outside_and_twelve_are_not():
    estates = {"Ash": (50, 0), "Birch": (12, 0), "Cedar": (20, 20), "Dell": (20, 5)}
    own = Protector(Audience.PUBLIC, (), views(estates), RULE)
    assert own.estimate(estimate(50, 50, group_of("Ash"))).value == 1
    assert own.estimate(estimate(12, 12, group_of("Birch"))).withheld == OUTSIDE_REASON
    assert own.estimate(estimate(20, 25, group_of("Dell"))).withheld == OUTSIDE_REASON  # Birch's company


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


def heard(people=40):
    tones = {"positive": Estimate(0.5, 0.4, 0.6, 40, yes=20), "negative": Estimate(0.5, 0.4, 0.6, 40, yes=20)}
    theme = Theme("repairs", "Repairs", Estimate(0.25, 0.2, 0.3, 40, yes=10), 5, 5, 0)
    return Voices(40, people, 0, MappingProxyType(tones), (theme,))


def voice_views():
    rule = Rule(10, yes=0)
    tones = [("Ash", "comments", "positive", 30), ("Ash", "comments", "negative", 20),
             ("Birch", "comments", "positive", 20), ("Birch", "comments", "negative", 20)]  # fmt: skip
    people = [("Ash", "people", "positive", 45), ("Birch", "people", "positive", 7)]
    found = cubes(
        pd.DataFrame(tones + people, columns=["estate", "measure", "answer", "n"]),
        ("estate",),
        ("positive", "negative"),
    )
    return {name: Views(cube, rule) for name, cube in found.items()}


@pytest.mark.parametrize("audience", OUTSIDE)
def test_many_comments_of_a_few_people_are_withheld_outside(audience):
    own = Protector(audience, (("estate", ("Birch",)),), voice_views(), RULE)
    found = protect_voices(heard(), own)
    assert (found.withheld, found.comments, found.themes) == (OUTSIDE_REASON, 0, ())
    assert found.tones["positive"].value is None


def test_inside_shares_of_comments_stay_with_a_caution():
    own = Protector(Audience.INTERNAL, (("estate", ("Ash",)),), voice_views(), RULE)
    found = protect_voices(heard(), own)
    assert found.tones["positive"].value == 0.5
    assert found.tones["positive"].caution == found.themes[0].share.caution == WORKED_OUT
