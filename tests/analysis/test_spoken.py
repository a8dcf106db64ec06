"""What is made of topics: a rise needs a test, rare ones are found, pairs are set against the rest, few staff hide."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.model import Verdict, Voices, Wave
from analysis.spoken import (
    besides,
    each_strength,
    falls,
    moved,
    rare,
    read_count,
    rises,
    spoken_well_of,
    staffed,
    strength_by_place,
    strength_through,
    strengths,
    through,
    together,
)
from analysis.voices import hear

TITLES = {"repairs": "Repairs", "damp": "Damp", "staff": "Staff", "pests": "Pests"}


def wave(name: str, **methods: int) -> Wave:
    return Wave(name, date(2024, 4, 1), date(2024, 6, 30), "2024/25", methods=methods or {"telephone": 100})


def heard(read: int = 1000, fewest: int = 10, people: int | None = None, **topics: tuple[int, int, int]):
    """Voices of so many comments; each topic with its numbers of well, ill and neither."""
    spoken = [
        {"topic": topic, "polarity": side, "n": n}
        for topic, numbers in topics.items()
        for side, n in zip(("positive", "negative", "neutral"), numbers, strict=True)
        if n
    ]
    return hear(
        pd.DataFrame({"tone": ["positive"], "n": [read]}),
        pd.DataFrame(spoken, columns=["topic", "polarity", "n"]),
        pd.DataFrame({"n": [read if people is None else people]}),
        TITLES,
        fewest,
    )


# ── Rising ───────────────────────────────────────────────────────────────────────────────────────


def test_a_topic_rises_only_where_the_test_says_so():
    before, after = heard(repairs=(0, 200, 0), damp=(0, 50, 0)), heard(repairs=(0, 205, 0), damp=(0, 120, 0))
    found = moved(before, after, wave("2024"), wave("2025"), TITLES, 10)
    assert [(each.title, each.change.verdict) for each in found] == [
        ("Damp", Verdict.REAL), ("Repairs", Verdict.CHANCE)
    ]  # fmt: skip
    assert found[0].change.difference == pytest.approx(0.07)
    assert rises(found[0]) and not rises(found[1]) and not falls(found[1])


def test_a_topic_nobody_spoke_of_before_rises_from_nought():
    (found,) = moved(heard(), heard(pests=(0, 40, 0)), wave("2024"), wave("2025"), TITLES, 10)
    assert (found.change.before.value, found.change.verdict) == (0.0, Verdict.REAL)


def test_topics_are_judged_together():
    # Alone 70 against 50 of 1,000 has p = 0.06; 75 against 50 p = 0.02, which among thirty topics is to be expected.
    still = {f"t{n}": (0, 100, 0) for n in range(29)}
    before, after = heard(damp=(0, 50, 0), **still), heard(damp=(0, 75, 0), **still)
    alone = moved(heard(damp=(0, 50, 0)), heard(damp=(0, 75, 0)), wave("2024"), wave("2025"), TITLES, 10)[0]
    among = next(m for m in moved(before, after, wave("2024"), wave("2025"), TITLES, 10) if m.topic == "damp")
    assert (alone.change.verdict, among.change.verdict) == (Verdict.REAL, Verdict.CHANCE)


def test_asked_in_other_ways_nothing_rises():
    ways = wave("2024", telephone=100), wave("2025", online=100)
    (found,) = moved(heard(damp=(0, 50, 0)), heard(damp=(0, 200, 0)), *ways, TITLES, 10)
    assert found.change.verdict is Verdict.DIFFERENTLY and not rises(found)


def test_voices_that_are_withheld_have_no_difference():
    (found,) = moved(heard(5, damp=(0, 3, 0)), heard(damp=(0, 200, 0)), wave("2024"), wave("2025"), TITLES, 10)
    assert (found.change.verdict, found.change.difference) == (Verdict.TOO_FEW, None)


def test_a_topic_goes_through_every_survey_each_against_the_one_before():
    told = [(wave("2023"), heard(damp=(0, 50, 0))), (wave("2024"), heard(damp=(0, 52, 0))), (wave("2025"), heard())]
    found = through("damp", told, 10)
    assert [each.change and each.change.verdict for each in found] == [None, Verdict.CHANCE, Verdict.REAL]
    assert [each.share.value for each in found] == [0.05, 0.052, 0.0]
    assert through("damp", [], 10) == ()


# ── Strengths, rare ones, pairs ──────────────────────────────────────────────────────────────────


def test_strengths_are_shares_of_the_comments_read():
    counted = pd.DataFrame({"kind": ["place", "staff"], "n": [50, 20]})
    found = strengths(counted, heard(), {"place": "Love of the place"}, 10)
    assert [(t.title, t.share.value, t.positive) for t in found] == [
        ("Love of the place", 0.05, 50),
        ("staff", 0.02, 20),
    ]
    assert strengths(counted, heard(5), {}, 10) == ()


def test_what_is_spoken_well_of_is_ranked_by_praise_and_not_by_size():
    found = spoken_well_of(heard(repairs=(20, 300, 0), staff=(90, 10, 0), damp=(0, 50, 0)), 10)
    assert [(theme.topic, theme.share.yes) for theme in found] == [("staff", 90), ("repairs", 20)]


def test_rare_topics_are_found_the_rarest_first():
    found = rare(heard(repairs=(0, 200, 0), pests=(1, 2, 0), damp=(0, 9, 0), staff=(0, 10, 0)))
    assert [theme.topic for theme in found] == ["pests", "damp"]  # 10 of 1,000 is one in a hundred, and not less


def test_what_is_spoken_of_together_is_set_against_all_other_comments():
    voices = heard(damp=(0, 200, 0), staff=(0, 150, 0), repairs=(0, 300, 0))
    pairs = pd.DataFrame({"other": ["staff", "repairs"], "n": [30, 140]})
    found = together("damp", pairs, voices, 10)
    assert [each.topic for each in found] == ["repairs", "staff"]
    assert found[0].share.value == 0.7 and found[0].contrast.before.value == 0.2  # 160 of the 800 others
    assert found[0].contrast.verdict is Verdict.REAL
    assert found[1].contrast.verdict is Verdict.CHANCE  # 30 of 200 and 120 of 800: 15 % both
    assert together("pests", pairs, voices, 10) == ()


# ── Few staff, and what is to be read besides ────────────────────────────────────────────────────


def places(**comments: int):
    names = list(comments)
    return hear(
        pd.DataFrame({"estate": names, "tone": "positive", "n": list(comments.values())}),
        pd.DataFrame({"estate": names, "topic": "damp", "polarity": "negative", "n": 5}),
        pd.DataFrame({"estate": names, "n": list(comments.values())}),
        TITLES,
        10,
        by="estate",
    )


def test_a_place_of_one_or_two_staff_is_hidden_with_the_next_smallest():
    found = {group[0][1]: each for group, each in staffed(places(Ash=50, Elm=30, Oak=90), {"Ash"}, 10).groups.items()}
    assert found["Ash"].withheld == "fewer than three staff serve it" and found["Ash"].themes == ()
    assert found["Elm"].withheld and found["Elm"].tones["positive"].value is None
    assert found["Oak"].withheld is None and found["Oak"].themes


def test_where_every_place_has_enough_staff_all_are_told():
    divided = places(Ash=50, Elm=30)
    assert staffed(divided, {"Oak"}, 10) is divided


def test_dangers_are_counted_by_severity_and_the_rest_by_reason():
    rows = [("danger", "emergency", 2), ("danger", "significant", 3), ("unplaced", "", 4), ("set aside", "blank", 5)]
    found = besides(pd.DataFrame(rows, columns=["what", "which", "n"]))
    assert (found.emergencies, found.significant, found.dangers, found.unplaced) == (2, 3, 5, 4)
    assert dict(found.set_aside) == {"blank": 5}
    assert besides(pd.DataFrame(columns=["what", "which", "n"])).dangers == 0


def test_the_comments_that_shares_are_of_are_those_read_and_not_set_aside():
    tones = pd.DataFrame({"tone": ["positive", "unsure", "set aside", None], "n": [20, 5, 3, 2]})
    none = pd.DataFrame(columns=["topic", "polarity", "n"])
    assert read_count(hear(tones, none, pd.DataFrame({"n": [30]}), TITLES, 10)) == 25


# ── Strengths ────────────────────────────────────────────────────────────────────────────────────

KINDS = {"neighbours": "Neighbours", "staff": "Staff"}


def test_every_kind_of_strength_is_told_though_nobody_told_of_it():
    everyone = Voices(100, 90, 0, {}, ())
    told = strengths(pd.DataFrame({"kind": ["staff"], "n": [7]}), everyone, KINDS, 10)
    found = each_strength(told, everyone, KINDS, 10)
    assert [(each.topic, each.share.yes, each.share.base) for each in found] == [
        ("neighbours", 0, 100), ("staff", 7, 100),
    ]  # fmt: skip


def test_praise_of_staff_is_withheld_with_its_reason_and_the_other_kinds_are_not():
    counted = pd.DataFrame({"kind": ["staff", "neighbours"], "n": [7, 5]})
    found = strengths(counted, Voices(100, 90, 0, {}, ()), KINDS, 10, no_praise="a patch")
    assert [(each.share.withheld, each.positive) for each in found] == [("a patch", 0), (None, 5)]


def test_a_strength_by_place_is_a_share_of_the_comments_read_there_and_withheld_with_them():
    groups = {
        (("estate", "Elm"),): Voices(50, 40, 10, {}, (), set_aside=5),
        (("estate", "Ash"),): Voices(8, 8, 0, {}, (), withheld="fewer than 10 comments"),
    }
    counted = pd.DataFrame({"estate": ["Elm", "Ash", "Elm"], "kind": ["staff", "staff", "neighbours"], "n": [7, 3, 2]})
    ash, elm = strength_by_place("staff", counted, Voices(58, 48, 10, {}, (), groups=groups), 10)
    assert (elm.title, elm.share.yes, elm.share.base) == ("Elm", 7, 35)
    assert (ash.title, ash.share.withheld, ash.positive) == ("Ash", "fewer than 10 comments", 0)


def test_a_strength_over_time_is_set_against_the_survey_before():
    waves = [Wave(name, date(year, 5, 1), date(year, 6, 1), "") for name, year in (("2024", 2024), ("2025", 2025))]
    heard = [(wave, Voices(400, 300, 0, {}, ()), n) for wave, n in zip(waves, (20, 80), strict=True)]
    first, second = strength_through("place", heard, 10)
    assert first.change is None and second.change.verdict is Verdict.REAL
    assert second.change.difference == pytest.approx(0.15)
