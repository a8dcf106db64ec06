"""The Code's clocks on complaints reckoned by hand on a printed calendar of England."""

from __future__ import annotations

from datetime import date

import pytest
from complaint_rows import CODE, ENGLAND, complaint, table

from analysis.handling import accepted, due, judged, timeliness

TODAY = date(2026, 11, 25)


def end_of(made, as_of=TODAY, **said):
    (end,) = judged(table(complaint(made, **said)), ENGLAND, CODE, as_of)["end"]
    return end


@pytest.mark.parametrize(
    ("said", "end"),
    [
        # Made Monday 2 November 2026; acknowledged on the last day, Monday 9; ten working days on is Monday 23.
        ({"acknowledged": "2026-11-09", "responded": "2026-11-23"}, "without_extension"),
        ({"acknowledged": "2026-11-09", "responded": "2026-11-24"}, "late"),
        # Acknowledged at once: the reply is due ten working days later, Monday 16.
        ({"acknowledged": "2026-11-02", "responded": "2026-11-16"}, "without_extension"),
        ({"acknowledged": "2026-11-02", "responded": "2026-11-17"}, "late"),
        # Acknowledged late: the reply's clock does not wait for it. 5 + 10 working days from receipt is Monday 23.
        ({"acknowledged": "2026-11-12", "responded": "2026-11-23"}, "without_extension"),
        ({"acknowledged": "2026-11-12", "responded": "2026-11-25"}, "late"),
        # Acknowledgement not recorded, or dated before the complaint was made.
        ({"responded": "2026-11-23"}, "without_extension"),
        ({"responded": "2026-11-24"}, "late"),
        ({"acknowledged": "2026-10-01", "responded": "2026-11-16"}, "without_extension"),
        # The file says it was answered before it was made.
        ({"responded": "2026-10-30"}, "at_odds"),
        ({"responded": "2026-10-30", "withdrawn": True}, "at_odds"),
        ({"withdrawn": True}, "withdrawn"),
        ({"acknowledged": "2026-11-02"}, "overdue"),
        ({"acknowledged": "2026-11-02", "extended_to": "2026-11-25"}, "not_yet_due"),
    ],
)
def test_stage_one_is_ten_working_days_from_acknowledgement(said, end):
    assert end_of("2026-11-02", **said) == end


def test_ten_days_from_logging_is_not_the_rule():
    # Logged Monday 2 November, acknowledged on the 6th, answered on the eleventh working day, Tuesday 17: in time.
    assert end_of("2026-11-02", acknowledged="2026-11-06", responded="2026-11-17") == "without_extension"


def test_bank_holidays_of_easter_give_two_more_days():
    # Made and acknowledged Wednesday 1 April 2026: 2, 7, 8, 9, 10, 13, 14, 15, 16, 17 April are the ten days.
    assert end_of("2026-04-01", acknowledged="2026-04-01", responded="2026-04-17") == "without_extension"
    assert end_of("2026-04-01", acknowledged="2026-04-01", responded="2026-04-18") == "late"


@pytest.mark.parametrize(
    ("agreed", "responded", "end"),
    [
        ("2026-10-26", "2026-10-26", "within_extension"),  # due 19 October, agreed to 26
        ("2026-10-26", "2026-10-27", "late"),  # after the day agreed to
        ("2026-12-31", "2026-11-02", "within_extension"),  # ten more working days from 19 October is 2 November
        ("2026-12-31", "2026-11-03", "late"),  # more was agreed than the Code permits
        ("2026-10-26", "2026-10-19", "without_extension"),  # agreed but not needed
        ("2026-10-07", "2026-10-20", "late"),  # an "extension" that ends before the time is up gives nothing
        (None, "2026-10-20", "late"),
    ],
)
def test_an_extension_counts_up_to_the_day_agreed_and_no_more_than_the_code_permits(agreed, responded, end):
    assert end_of("2026-10-05", acknowledged="2026-10-05", extended_to=agreed, responded=responded) == end


def test_stage_two_is_twenty_working_days_and_an_extension_twenty_more():
    escalated = {"stage": 2, "acknowledged": "2026-09-01"}  # Tuesday; twenty on is 29 September, forty 27 October
    assert end_of("2026-09-01", responded="2026-09-29", **escalated) == "without_extension"
    assert end_of("2026-09-01", responded="2026-09-30", **escalated) == "late"
    assert end_of("2026-09-01", responded="2026-10-27", extended_to="2026-11-30", **escalated) == "within_extension"
    assert end_of("2026-09-01", responded="2026-10-28", extended_to="2026-11-30", **escalated) == "late"


def test_a_reply_after_the_day_looked_at_is_not_known_of_yet():
    said = {"acknowledged": "2026-11-02", "responded": "2026-11-16"}
    assert end_of("2026-11-02", as_of=date(2026, 11, 10), **said) == "not_yet_due"


def test_refused_complaints_and_service_requests_are_not_complaints_and_withdrawn_ones_were_made():
    rows = table(
        complaint("2026-11-02", refused=True),
        complaint("2026-11-02", record_type="service request"),
        complaint("2026-11-02", withdrawn=True),
        complaint("2026-11-02", record_type="complaint", refused=False),
    )
    assert len(accepted(rows)) == 2


def test_the_parts_add_up_to_those_made_and_the_share_divides_by_them_not_by_those_answered():
    # Five made, three answered, two of them in time: 2 of 5, not 2 of 3.
    rows = table(
        complaint("2026-10-05", acknowledged="2026-10-05", responded="2026-10-19"),  # 10 working days
        complaint("2026-10-05", acknowledged="2026-10-05", extended_to="2026-10-30", responded="2026-10-26"),  # 15
        complaint("2026-10-05", acknowledged="2026-10-14", responded="2026-10-30"),  # late, and so acknowledged
        complaint("2026-10-05"),  # overdue
        complaint("2026-11-24"),  # not yet due
    )
    found = timeliness(judged(rows, ENGLAND, CODE, TODAY), 1)
    assert (found.made, found.without_extension, found.within_extension, found.late) == (5, 1, 1, 1)
    assert (found.overdue, found.not_yet_due, found.withdrawn, found.at_odds) == (1, 1, 0, 0)
    assert (found.share, found.share_without, found.share_within) == (2 / 5, 1 / 5, 1 / 5)
    assert found.share_of_due == 2 / 4
    assert (found.acknowledged_in_time, found.not_acknowledged, found.median_days) == (2, 2, 15)


def test_nothing_made_has_no_share_and_says_why():
    assert timeliness(table(), 2).withheld == "no stage two complaints were made"
    one = judged(table(complaint("2026-10-05")), ENGLAND, CODE, TODAY)
    assert timeliness(one, 1, fewest=10).withheld == "fewer than 10 stage one complaints"
    assert timeliness(one, 1, fewest=10).overdue is None


def test_what_is_due_next_is_the_acknowledgement_and_then_the_reply_the_longest_overdue_first():
    rows = table(
        complaint("2026-11-24", reference="new"),
        complaint("2026-11-02", reference="reply", acknowledged="2026-11-09", extended_to="2026-11-27"),
        complaint("2026-11-02", reference="silent", complaint="whole", category="repairs"),
        complaint("2026-11-02", reference="answered", responded="2026-11-04"),
        complaint("2026-11-02", reference="gone", withdrawn=True),
        complaint(None, reference="undated"),
    )
    found = due(rows, TODAY, ENGLAND, CODE)
    assert [(d.reference, d.what, d.deadline.isoformat(), d.days_left, d.overdue) for d in found] == [
        ("silent", "acknowledgement", "2026-11-09", -12, True),
        ("reply", "reply", "2026-11-27", 2, False),
        ("new", "acknowledgement", "2026-12-01", 4, False),
    ]
    assert (found[0].complaint, found[0].category, found[0].reply_by) == ("whole", "repairs", date(2026, 11, 23))
    assert (found[1].extended, found[0].extended) == (True, False)


def test_on_the_last_day_a_reply_is_due_and_not_overdue():
    rows = table(complaint("2026-11-11", acknowledged="2026-11-11"))  # ten working days on is 25 November
    (owed,) = due(rows, TODAY, ENGLAND, CODE)
    assert (owed.deadline, owed.days_left, owed.overdue) == (TODAY, 0, False)


def test_nothing_is_due_where_nothing_is_held():
    assert due(table(), TODAY, ENGLAND, CODE) == ()
