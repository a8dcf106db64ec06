"""No view that may be told to the public differs from another by a few people: on the whole invented landlord."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from analysis.model import WHOLE_LANDLORD, Audience, Findings, Question
from analysis.survey.disclosure import OUTSIDE_REASON
from analysis.survey.suppression import attack
from dashboard.answers import answer, latest_question
from dashboard.disclosed import answer_views, rule_of
from data.demo import demo_incoming
from data.store import Store

MINIMUM = 10
RULE = rule_of(MINIMUM)
PAIRS = (("estate", "tenure"), ("estate", "age_band"), ("age_band", "tenure"), ("c_region", "age_band"))
MEASURES = ("TP01", "TP09")  # everybody is asked the one, those who complained the other


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("disclosed") / "sample", "sample")
    incoming = demo_incoming()
    generation = store.publish(incoming)
    incoming.close()
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def asked(sample) -> Question:
    return latest_question(sample, WHOLE_LANDLORD, "Autumn 2025", "LCRA")


def views_of(sample, asked, keys, measure):
    return answer_views(sample, asked, keys, (measure,), RULE)[measure]


class Filtered:
    """All views by two characteristics: a pair of sets of levels, by number."""

    def __init__(self, views, keys):
        self.views, self.keys = views, keys
        self.levels = [views.cube.levels[views.cube.axis(key)] for key in keys]
        axes = [views.cube.axis(key) for key in keys]
        self.counts = np.zeros([*map(len, self.levels), 5], dtype=np.int64)
        np.add.at(self.counts, tuple(views.cube.codes[:, axes].T), views.cube.counts)
        self.people = self.counts.sum(axis=2)
        self.known = {}

    def count(self, chosen):
        return int(self.people[np.ix_(*(sorted(each) for each in chosen))].sum())

    def told(self, chosen):
        if chosen not in self.known:
            named = {
                key: [levels[place] for place in places]
                for key, levels, places in zip(self.keys, self.levels, chosen, strict=True)
            }
            self.known[chosen] = self.views.leak(named) is None
        return self.known[chosen]

    def attacked(self, told, wanted):
        """How wide the bounds of some cells are for who knows the figures of some views."""
        number = np.arange(self.people.size).reshape(self.people.shape)
        cells = [number[np.ix_(*(sorted(each) for each in view))].ravel() for view in told]
        figures = np.array([self.counts.reshape(-1, 5)[each].sum(axis=0) for each in cells])
        return attack(cells, figures, self.people.size, wanted).width

    def every(self, most):
        """Views of at most so many levels of a characteristic, of all but at most so many, and of all."""
        choices = []
        for levels in self.levels:
            all_of = frozenset(range(len(levels)))
            few = [frozenset(each) for size in range(1, most + 1) for each in combinations(all_of, size)]
            choices.append({*few, *(all_of - each for each in few), all_of} - {frozenset()})
        return product(*choices)

    def wider(self, chosen):
        """Views with one filter value more."""
        first, second = chosen
        for level in set(range(len(self.levels[0]))) - first:
            yield first | {level}, second
        for level in set(range(len(self.levels[1]))) - second:
            yield first, second | {level}

    def apart_by_few(self, chosen):
        """Views one or two values wider, by whatever middle view, that hold a few people more."""
        own = self.count(chosen)
        for middle in self.wider(chosen):
            for wide in (middle, *self.wider(middle)):
                if 0 < self.count(wide) - own < MINIMUM:
                    yield wide


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("keys", PAIRS, ids="-".join)
def test_no_two_views_told_are_one_or_two_filter_values_and_a_few_people_apart(sample, asked, keys, measure):
    filtered = Filtered(views_of(sample, asked, keys, measure), keys)
    told = [view for view in filtered.every(1) if filtered.told(view)]
    assert len(told) > 5
    narrow = [(view, wide) for view in told for wide in filtered.apart_by_few(view)]
    assert not [pair for pair in narrow if filtered.told(pair[1])]


@pytest.mark.slow
@pytest.mark.parametrize("keys", PAIRS, ids="-".join)
def test_nor_among_views_of_two_values_or_all_but_two(sample, asked, keys):
    filtered = Filtered(views_of(sample, asked, keys, "TP01"), keys)
    told = [view for view in filtered.every(2) if filtered.told(view)]
    assert not [view for view in told if any(filtered.told(wide) for wide in filtered.apart_by_few(view))]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("keys", PAIRS, ids="-".join)
def test_an_attacker_with_every_view_told_bounds_few_people_no_more_narrowly_than_the_minimum(
    sample, asked, keys, measure
):
    """Any number of steps along two characteristics: every view of one value or all but one, and the linear bounds.

    Where each characteristic alone already bounds a cell (it is no larger than its row), crossing them tells no more.
    """
    filtered = Filtered(views_of(sample, asked, keys, measure), keys)
    every = [view for view in filtered.every(1) if filtered.told(view)]
    alone = [view for view in every if any(len(filtered.levels[axis]) == len(view[axis]) for axis in (0, 1))]
    few = np.flatnonzero((filtered.people > 0) & (filtered.people < MINIMUM))
    some = few[:: max(1, len(few) // 12)].tolist()
    width = filtered.attacked(every, some)
    assert ((width >= MINIMUM) | (width >= filtered.attacked(alone, some) - 1e-6)).all()


def test_listing_every_level_is_no_filter_and_the_whole_is_always_told(sample, asked):
    views = views_of(sample, asked, ("estate",), "TP01")
    every = views.cube.levels[views.cube.axis("estate")]
    assert views.leak({"estate": every}) is None
    assert views.leak({"estate": [level for level in every if level != "Hopscotch Yard"]}) == ("estate",)
    assert views.leak({"estate": ["Hopscotch Yard", "Teacup Court"]}) == ("estate",)
    assert views.leak({"estate": ["Teacup Court", "Lanternmoor"]}) is None
    assert views.leak({"estate": ["Hopscotch Yard"]}) == ()


# ── What each audience is given ──────────────────────────────────────────────────────────────────


def found_for(audience, sample, asked, **more) -> Findings:
    return answer(replace(asked, audience=audience, **more), sample, MINIMUM)


def test_inside_a_table_is_whole_and_says_what_could_be_worked_out_from_it(sample, asked):
    found = found_for(Audience.INTERNAL, sample, asked, breakdown="estate", measures=("TP01",))
    cautioned = {each.group[0][1] for each in found.groups["TP01"] if each.caution}
    assert {"Featherby Close", "Whistlewood"} <= cautioned
    assert any("could be worked out" in said and "Featherby Close" in said for said in found.disclosed)
    assert any("choose the regulator or the public" in said for said in found.disclosed)


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_outside_nothing_of_what_is_withheld_is_told_anywhere(sample, asked, audience):
    inside = found_for(Audience.INTERNAL, sample, asked, breakdown="estate", measures=("TP01",))
    found = found_for(audience, sample, asked, breakdown="estate", measures=("TP01",))
    hidden = {each.group for each in found.groups["TP01"] if each.withheld == OUTSIDE_REASON}
    assert hidden > {each.group for each in inside.groups["TP01"] if each.withheld}
    assert all(each.base == 0 and each.effective_base is None for each in found.groups["TP01"] if each.withheld)
    assert {each.group for each in found.distributions["TP01"] if each.withheld} == hidden
    told = {each.after.group for each in found.against_rest["TP01"] if each.difference is not None}
    assert told and not told & hidden
    assert all(
        each.before.value is None and each.after.value is None
        for each in found.against_rest["TP01"]
        if each.after.group in hidden
    )
    assert {each.group for each in found.small_areas["TP01"].areas if each.value is None} >= hidden
    assert any("of 26 figures of groups" in said for said in found.disclosed)
    assert found.headline["TP01"].value == inside.headline["TP01"].value


def test_outside_a_narrow_neighbour_of_the_whole_is_withheld_and_inside_it_is_warned_of(sample, asked):
    every = sample.levels("estate", WHOLE_LANDLORD)
    filters = (("estate", tuple(level for level in every if level != "Hopscotch Yard")),)
    warned = found_for(Audience.INTERNAL, sample, asked, filters=filters)
    assert warned.headline["TP01"].value is not None
    assert "could be worked out" in warned.headline["TP01"].caution
    withheld = found_for(Audience.PUBLIC, sample, asked, filters=filters)
    assert withheld.headline["TP01"].withheld == OUTSIDE_REASON
    assert withheld.changes["TP01"].difference is None


def test_what_was_asked_before_does_not_matter(sample, asked):
    filters = (("estate", ("Teacup Court", "Lanternmoor")),)
    first = found_for(Audience.PUBLIC, sample, asked, filters=filters)
    found_for(Audience.PUBLIC, sample, asked, breakdown="estate")
    assert found_for(Audience.PUBLIC, sample, asked, filters=filters).headline == first.headline
