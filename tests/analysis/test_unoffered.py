"""Dissatisfaction told in contacts: whose time is over, what followed, and who is not told of."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.calendar import WorkingDays
from analysis.model import Audience, ContactRead
from analysis.unoffered import CLEAR, COLUMNS, OFFER, dissatisfied, unoffered

BEGUN, ENDED, LATER = date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 31)
# Good Friday 3 April, Easter Monday 6 April, and the two bank holidays of May 2026.
HOLIDAYS = WorkingDays((date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)))


def contact(number: int, day: date = date(2026, 4, 13), complaint: date | None = None, **more: object):
    return {
        "comment_id": f"c{number:03d}", "contact": f"k{number}",
        "day": day, "channel": "telephone", "estate": "Ash Court", "who": f"T{number}",
        "joined": True, "tone": "negative", "speaks_ill": False, "complaint": complaint, "open": False, **more,
    }  # fmt: skip


def found(*contacts, known: date | None = LATER, base: int = 1, **more):
    rows = pd.DataFrame(list(contacts), columns=list(COLUMNS))
    return unoffered(rows, BEGUN, ENDED, known, HOLIDAYS, base, **more)


def test_a_complaint_counts_up_to_the_tenth_working_day_over_easter():
    # Thursday 2 April: Good Friday and Easter Monday do not count, so ten working days end on Monday 20 April.
    thursday = date(2026, 4, 2)
    inside = found(contact(1, thursday, complaint=date(2026, 4, 20)))
    outside = found(contact(1, thursday, complaint=date(2026, 4, 21)))
    assert (inside.share.yes, outside.share.yes) == (0, 1)
    assert outside.to_read[0].until == date(2026, 4, 20)


def read(number: int, answer: str, day: date) -> dict[str, ContactRead]:
    return {f"k{number}": ContactRead(f"k{number}", answer, day, "Ada")}


def test_a_contact_a_person_cleared_is_no_dissatisfaction_and_not_to_be_read():
    one = found(contact(1), contact(2), read=read(1, CLEAR, LATER))
    assert (one.dissatisfied, one.cleared, one.share.base) == (1, 1, 1)
    assert [each.comment_id for each in one.to_read] == ["c002"]


def test_a_complaint_offered_by_hand_in_time_counts_and_one_too_late_only_leaves_the_list():
    in_time = found(contact(1), read=read(1, OFFER, date(2026, 4, 27)))
    assert (in_time.share.yes, in_time.offered_late, in_time.to_read) == (0, 0, ())
    late = found(contact(1), read=read(1, OFFER, date(2026, 4, 28)))
    assert (late.share.yes, late.offered_late, late.to_read) == (1, 1, ())


def test_a_complaint_on_the_day_of_the_contact_followed_it():
    assert found(contact(1, complaint=date(2026, 4, 13))).share.yes == 0


def test_a_contact_whose_time_is_not_over_is_too_early_and_still_to_be_read():
    # From Monday 13 April ten working days end on Monday 27 April, and that day itself has to be over.
    early = found(contact(1), known=date(2026, 4, 27))
    assert (early.too_early, early.share.base) == (1, 0)
    assert [(each.comment_id, each.late) for each in early.to_read] == [("c001", False)]
    over = found(contact(1), known=date(2026, 4, 28))
    assert (over.too_early, over.share.yes, over.to_read[0].late) == (0, 1, True)


def test_too_early_with_a_complaint_already_is_in_no_share_and_not_to_be_read():
    early = found(contact(1, complaint=date(2026, 4, 14)), known=date(2026, 4, 20))
    assert (early.too_early, early.share.base, early.to_read) == (1, 0, ())


def test_what_joins_to_no_home_or_tenancy_is_counted_apart():
    one = found(contact(1), contact(2, joined=False))
    assert (one.dissatisfied, one.unjoined, one.share.base) == (2, 1, 1)
    assert [each.comment_id for each in one.to_read] == ["c001"]


def test_dissatisfied_are_the_surely_negative_and_those_who_speak_ill_of_the_landlord_or_its_complaints():
    rows = pd.DataFrame(
        [
            contact(1),
            contact(2, tone="mixed"),
            contact(3, tone="mixed", speaks_ill=True),
            contact(4, tone="unsure"),
            contact(5, tone="positive"),
            contact(6, tone=None),
        ]
    )
    assert dissatisfied(rows).tolist() == [True, False, True, False, False, False]


def test_the_share_has_its_interval_and_households_are_counted_apart_from_contacts():
    # Wilson, 80 of 100: (0.8 + 0.0192 ± 1.96 √(0.0016 + 0.000096)) / 1.0384 = 0.711 to 0.867
    rows = [contact(n, who=f"T{n % 40}") for n in range(80)]
    rows += [contact(n, complaint=date(2026, 4, 15)) for n in range(80, 100)]
    share = found(*rows)
    assert (share.share.value, share.share.base, share.tenancies) == (0.8, 100, 40)
    assert share.share.low == pytest.approx(0.711, abs=0.005)
    assert share.share.high == pytest.approx(0.867, abs=0.005)


def test_many_contacts_of_few_households_are_withheld():
    rows = [contact(n, who=f"T{n % 3}") for n in range(30)]
    few = found(*rows, base=10)
    assert few.share.withheld == "fewer than 10 households"
    assert few.tenancies is None and few.already_open is None
    assert few.by["channel"][0].withheld == "fewer than 10 households"


def test_it_is_divided_by_channel_and_estate_and_by_nothing_else():
    rows = [
        contact(n, channel="e-mail" if n % 3 else "telephone", estate=None if n % 2 else "Ash Court") for n in range(60)
    ]
    share = found(*rows, base=10)
    assert set(share.by) == {"channel", "estate"}
    assert [(e.group[0][1], e.base) for e in share.by["channel"]] == [("e-mail", 40), ("telephone", 20)]
    assert {e.group[0][1] for e in share.by["estate"]} == {"Ash Court", "not recorded"}


def test_an_estate_of_one_or_two_officers_is_never_told():
    rows = [contact(n, estate="Ash Court" if n % 2 else "Beech Row") for n in range(60)]
    by = {e.group[0][1]: e for e in found(*rows, base=10, few_staffed={"Ash Court"}).by["estate"]}
    assert by["Ash Court"].withheld == "fewer than three staff serve it"
    assert by["Beech Row"].withheld is None


def test_outside_the_landlord_the_next_smallest_is_withheld_with_a_small_one():
    rows = [contact(n, channel="letter", complaint=date(2026, 4, 14) if n % 2 else None) for n in range(4)]
    rows += [contact(n, channel="visit", complaint=date(2026, 4, 14) if n % 2 else None) for n in range(4, 34)]
    rows += [contact(n, complaint=date(2026, 4, 14) if n % 2 else None) for n in range(34, 134)]
    inside, outside = (
        {e.group[0][1]: e for e in found(*rows, base=10, audience=who).by["channel"]}
        for who in (Audience.INTERNAL, Audience.PUBLIC)
    )
    assert (inside["letter"].withheld, inside["visit"].withheld) == ("fewer than 10 contacts", None)
    assert outside["letter"].withheld == outside["visit"].withheld and outside["letter"].told_base is None
    assert outside["telephone"].withheld is None


def test_without_complaints_held_nothing_is_said():
    nothing = found(contact(1), known=None)
    assert nothing.withheld and nothing.to_read == () and nothing.share.withheld == nothing.withheld


def test_no_contact_at_all_is_no_error():
    empty = found()
    assert (empty.contacts, empty.dissatisfied, empty.by["channel"]) == (0, 0, ())


def test_the_newest_is_read_first():
    several = found(contact(1, date(2026, 4, 8)), contact(2, date(2026, 5, 20)), contact(3, date(2026, 4, 30)))
    assert [each.comment_id for each in several.to_read] == ["c002", "c003", "c001"]
