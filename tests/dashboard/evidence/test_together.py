"""No table of a pack undoes another's silence: on a landlord made to be awkward, and on the whole invented landlord."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.optimize import linprog
from small_records import generation_of

from analysis.model import WHOLE_LANDLORD, Audience, Question
from analysis.survey.views import cubes
from dashboard import packs
from dashboard.answers import listen
from dashboard.disclosed import levels_not_told, word_counts
from dashboard.evidence import together
from dashboard.evidence.material import Material
from dashboard.evidence.pack import document_of
from dashboard.given import COMMENTS, PEOPLE, Given, to_one_reader
from data import bases
from data.demo import demo_incoming
from data.readings import Readings
from data.settings import Settings
from data.store import Store

CLOCK = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINIMUM = 10
# Estates nearly nested in areas; a scheme that is the tenure but for three people; a measure few are asked; owners too.
AWKWARD = (
    "alter table responses add column c_scheme varchar",
    "insert into dimensions values ('c_scheme', 'Scheme', 'Scheme', false)",
    "insert into responses (wave, row, respondent, tenure_group, tenure, estate, method, date, stratum, weight, counts,"
    " may_attribute, TP01, TP02, c_area) select '2024', n, n, case when n % 7 = 0 then 'LCHO' else 'LCRA' end,"
    " case when n % 7 = 0 then 'Shared ownership' when n % 4 = 0 then 'Supported' else 'General needs' end,"
    " case when n < 200 then 'Ash Court' when n < 280 then 'Beech Row' when n < 284 then 'Cedar Close'"
    "      when n < 298 then 'Dell Lane' else 'Elm Park' end, 'telephone', date '2024-05-01',"
    " case when n % 7 = 0 then 'LCHO' else 'LCRA' end, 1.0, true, false, 1 + n * n % 5,"
    " case when n % 3 = 0 then 1 + n % 5 else -2 end, case when n < 284 and n % 97 <> 0 then 'North' else 'South' end"
    " from range(100, 400) as numbers(n)",
    "insert into strata values ('2024', 'LCHO', 'LCHO', 100)",
    "update waves set population_LCRA = 4000, population_LCHO = 100",
    "update responses set c_scheme = case when (tenure = 'Supported') <> (respondent in (104, 108, 110)) then 'Care'"
    " else 'None' end",
)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory):
    generation = generation_of(tmp_path_factory.mktemp("awkward"), {}, *AWKWARD)
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """Six of 40 renters answered in July, after the quarter the others answered in."""
    answered = "update responses set date = date '2024-07-01' where respondent > 34"
    generation = generation_of(tmp_path_factory.mktemp("late"), {}, answered)
    yield generation
    generation.close()


@pytest.fixture
def material(tmp_path):
    def of(generation, audience, sections=(), kind="regulator", read=None) -> Material:
        asked = packs.asked_for(generation, kind, CLOCK, audience=audience, sections=sections)
        return Material(asked, generation, read or Readings(tmp_path / "read", "1"), Settings(tmp_path), tmp_path)

    return of


def every_way(made: Material):
    """Every table by every way of dividing, and by place and kind what tenants wrote."""
    ways = [None, *(each.key for each in made.generation.dimensions if not each.special_category)]
    found = []
    for group in made.groups:
        found += [made.findings(group, way) for way in ways]
        found += [made.voices(group, way) for way in ways]
    return found


def careless(made: Material):
    """The same with each table looked at alone."""
    with to_one_reader(made.given):
        return every_way(made)


class Attacker:
    """Who has every figure told of one question, and knows which cells of the characteristics nobody is in."""

    def __init__(self, given: Given, generation, of):
        (self.wave, self.group, scope), self.name = of
        self.told = sorted(given.told[of])
        keys = tuple(sorted({key for view in self.told for key, _ in view}))
        if self.name in (COMMENTS, PEOPLE):
            asked, readings = given.words[of[0]]
            found = word_counts(generation, asked, keys, readings)
        else:
            found = cubes(bases.answers_by(generation, keys, (self.name,), scope, self.wave, self.group), keys)
        self.cube = found.get(self.name)

    def inside(self, view):
        found = np.ones(len(self.cube.codes), dtype=bool)
        for key, levels in view:
            axis = self.cube.axis(key)
            found &= np.isin(np.array(self.cube.levels[axis])[self.cube.codes[:, axis]], levels)
        return found

    def width(self, wanted):
        """How far apart the bounds of some people are, added up over the answers."""
        rows = np.vstack([np.ones(len(wanted)), *map(self.inside, self.told), wanted]).astype(float)
        kinds, where = np.unique(rows, axis=1, return_inverse=True)  # atoms that no figure tells apart are one
        counts = np.zeros((kinds.shape[1], self.cube.counts.shape[1]))
        np.add.at(counts, where.ravel(), self.cube.counts)
        total = 0.0
        for answer in range(counts.shape[1]):
            known = kinds[:-1] @ counts[:, answer]
            ends = [linprog(sign * kinds[-1], A_eq=kinds[:-1], b_eq=known, bounds=(0, None)).fun for sign in (1, -1)]
            total += -ends[1] - ends[0]
        return round(total, 6)

    def few(self):
        """Every level of a characteristic told by that holds 1 to 9 people."""
        people = self.cube.counts.sum(axis=1)
        for key, levels in zip(self.cube.keys, self.cube.levels, strict=True):
            for level in levels:
                inside = self.inside(((key, (level,)),))
                if 0 < people[inside].sum() < MINIMUM:
                    yield (key, level), inside

    def few_astray(self, one, other):
        """Those of one characteristic's level and another's who are 1 to 9."""
        people = self.cube.counts.sum(axis=1)
        for level in self.cube.levels[self.cube.axis(one)]:
            for beside in self.cube.levels[self.cube.axis(other)]:
                inside = self.inside(((one, (level,)), (other, (beside,))))
                if 0 < people[inside].sum() < MINIMUM:
                    yield (level, beside), inside


def narrow(made: Material, crossed=(), most=20):
    """Groups of 1 to 9 people, of ``most`` or so a question, that an attacker bounds more narrowly than the minimum."""
    found = []
    for of in sorted(made.given.told, key=str):
        attacker = Attacker(made.given, made.generation, of)
        if attacker.cube is None or not attacker.cube.keys:
            continue
        few = [*attacker.few()]
        if set(crossed) <= set(attacker.cube.keys) and crossed:
            few += attacker.few_astray(*crossed)
        some = few[:: max(1, len(few) // most)]
        found += [(attacker.group, attacker.name, *name) for name, inside in some if attacker.width(inside) < MINIMUM]
    return found


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.REGULATOR])
def test_on_an_awkward_landlord_nobody_who_has_the_whole_pack_bounds_a_few_people(awkward, material, audience):
    made = material(awkward, audience)
    careless(made)
    assert narrow(made, ("tenure", "c_scheme")), "each table alone must not do, or nothing is tried here"
    made = material(awkward, audience)
    together.settled(made, lambda: every_way(made))
    assert narrow(made, ("tenure", "c_scheme")) == []
    assert {group for (_, group, _), _ in made.given.told} == {"LCRA", "LCHO"}


def test_what_is_withheld_besides_stands_in_no_table_and_every_road_is_told(awkward, material):
    made = material(awkward, Audience.PUBLIC)
    together.settled(made, lambda: every_way(made))
    gone = {(of, view) for of, views in made.given.besides.items() for view in views}
    assert gone and not gone & {(of, view) for of, views in made.given.told.items() for view in views}
    for (place, name), view in gone - {(of, view) for of, view in gone if of[1] in (COMMENTS, PEOPLE)}:
        by = view[0][0]
        (told,) = [each for each in made.findings(place[1], by).groups[name] if each.group == ((by, view[0][1][0]),)]
        assert told.value is None and told.withheld == "it could give away what a few people said"


QUARTER = "April to June 2024 (Q1 2024/25)"


def test_a_quarter_that_is_the_survey_but_for_a_few_is_not_told_beside_it(late, material):
    made = material(late, Audience.PUBLIC)

    def make():
        return [made.findings("LCRA", wave=name, compared_with=None) for name in ("2024", QUARTER)]

    with to_one_reader(made.given):
        assert [found.headline["TP01"].withheld for found in make()] == [None, None]
    made = material(late, Audience.PUBLIC)
    survey, quarter = together.settled(made, make)
    assert survey.headline["TP01"].value is not None
    assert quarter.headline["TP01"].withheld == "it could give away what a few people said"


def test_for_the_landlords_own_people_everything_is_made_once_and_nothing_is_withheld_besides(awkward, material):
    made, times = material(awkward, Audience.INTERNAL), []
    together.settled(made, lambda: times.append(every_way(made)))
    assert len(times) == 1 and not made.given.besides


def test_the_same_is_withheld_besides_each_time(awkward, material):
    found = []
    for _ in range(2):
        made = material(awkward, Audience.PUBLIC)
        together.settled(made, lambda made=made: every_way(made))
        found.append(made.given.besides)
    assert found[0] == found[1]


def test_a_characteristic_of_the_fair_outcomes_is_one_more_table(awkward, material):
    made = material(awkward, Audience.PUBLIC)
    asked = made.question("LCRA")
    levels = {level: (level,) for level in ("Care", "None")}

    def make():
        made.findings("LCRA", "tenure")
        return levels_not_told(asked, awkward, "c_scheme", levels, ("TP01",), MINIMUM)

    assert levels_not_told(asked, awkward, "c_scheme", levels, ("TP01",), MINIMUM) == set()
    assert together.settled(made, make) or made.given.besides[("2024", "LCRA", WHOLE_LANDLORD), "TP01"]


def test_outside_a_pack_nothing_is_noted(awkward):
    asked = Question("2024", "LCRA", WHOLE_LANDLORD, audience=Audience.PUBLIC)
    given = Given()
    with to_one_reader(given):
        pass
    listen(asked, awkward, Readings(awkward.path.parent / "none", "1").select(), MINIMUM)
    assert not given.told and not given.standing


# ── The whole invented landlord ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("together") / "sample", "sample")
    incoming = demo_incoming()
    generation = store.publish(incoming)
    incoming.close()
    yield generation
    generation.close()


@pytest.mark.slow
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.REGULATOR])
def test_nobody_who_has_every_table_of_the_invented_landlord_bounds_a_few_people(sample, material, audience):
    made = material(sample, audience)
    together.settled(made, lambda: every_way(made))
    assert len(made.given.told) > 40
    assert narrow(made, most=2) == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "audience"), [("tsm", Audience.PUBLIC), ("regulator", Audience.REGULATOR)])
def test_nor_who_has_a_ready_made_pack(sample, material, kind, audience):
    made = material(sample, audience, kind=kind)
    document_of(made, lambda how_far, doing: None)
    assert made.given.told
    assert narrow(made, most=2) == []
