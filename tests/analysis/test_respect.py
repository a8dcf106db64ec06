"""What is said of staff and of being judged is never told of a handful of comments or of one or two officers."""

from __future__ import annotations

from analysis.model import Estimate, Theme, Voices
from analysis.respect import by_place, of_respect, on_the_stricter_base


def heard(read: int, spoken: int = 0, topic: str = "staff_conduct", withheld: str | None = None) -> Voices:
    share = Estimate(spoken / read if read else None, 0.0, 1.0, base=read, yes=spoken, measure=topic)
    return Voices(read, read, 0, {}, () if withheld else (Theme(topic, "Staff", share, spoken, 0, 0),), {}, withheld)


def divided(**places: Voices) -> Voices:
    groups = {(("estate", name),): voices for name, voices in places.items()}
    return Voices(0, 0, 0, {}, (), groups)


def reasons(themes):
    return {theme.title: theme.share.withheld for theme in themes}


def test_only_what_is_about_treatment_is_of_respect():
    share = Estimate(0.5, 0.4, 0.6, base=100)
    themes = tuple(Theme(topic, topic, share, 0, 0, 0) for topic in ("repairs", "listening", "fairness_stigma"))
    assert [theme.topic for theme in of_respect(Voices(100, 90, 0, {}, themes))] == ["listening", "fairness_stigma"]


def test_of_a_part_of_the_landlord_nothing_is_said_of_people_on_fewer_comments_than_the_stricter_base():
    told = on_the_stricter_base(heard(20, 5), {"staff_conduct": "Staff"}, 20)
    assert [theme.share.yes for theme in told.themes] == [5]
    few = on_the_stricter_base(heard(19, 5), {"staff_conduct": "Staff"}, 20)
    assert [(theme.topic, theme.share.withheld, theme.positive) for theme in few.themes] == [
        (topic, "fewer than 20 comments", 0) for topic in ("staff_conduct", "listening", "fairness_stigma")
    ], "those nobody spoke of too: a topic left out would tell that nobody did"
    other = on_the_stricter_base(heard(19, 5, "repairs"), {}, 20)
    assert other.themes[0].share.yes == 5


def test_places_carry_their_share_by_name():
    found = by_place(divided(Birch=heard(40, 10), Ash=heard(50, 5)), "staff_conduct")
    assert [(theme.title, theme.share.value) for theme in found] == [("Ash", 0.1), ("Birch", 0.25)]


def test_a_place_served_by_one_or_two_officers_is_never_told():
    found = by_place(
        divided(Ash=heard(50, 5), Birch=heard(40, 10), Elm=heard(30, 1)), "staff_conduct", few_staff={"Ash", "Elm"}
    )
    assert reasons(found) == {
        "Ash": "fewer than three staff serve it",
        "Birch": None,
        "Elm": "fewer than three staff serve it",
    }
    assert {theme.share.value for theme in found if theme.share.withheld} == {None}
    assert [(theme.positive, theme.negative) for theme in found if theme.share.withheld] == [(0, 0), (0, 0)]


def test_where_one_place_alone_is_hidden_the_next_smallest_goes_with_it():
    few = heard(12, withheld="fewer than 20 comments")
    found = by_place(divided(Ash=heard(50, 5), Birch=heard(40, 10), Elm=few), "staff_conduct")
    assert reasons(found) == {
        "Ash": None,
        "Birch": "it would give away a place that is withheld",
        "Elm": "fewer than 20 comments",
    }


def test_places_hidden_with_too_few_comments_together_take_the_next_smallest_with_them():
    tiny = heard(5, withheld="fewer than 20 comments")
    places = divided(Ash=heard(50, 5), Birch=heard(40, 10), Elm=tiny, Fir=tiny)
    assert reasons(by_place(places, "staff_conduct", fewest=20))["Birch"] is not None
    assert reasons(by_place(places, "staff_conduct", fewest=10))["Birch"] is None


def test_a_place_nobody_wrote_from_gives_nothing_away():
    found = by_place(divided(Ash=heard(50, 5), Elm=heard(0, withheld="fewer than 20 comments")), "staff_conduct")
    assert reasons(found)["Ash"] is None
