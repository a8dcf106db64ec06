from __future__ import annotations

import pytest

from data.columns.faults import rules
from data.columns.kinds import RECORDS, kind, kinds


def test_there_are_surveys_and_eight_kinds_of_record_in_this_order():
    assert [each.key for each in kinds()] == [
        "survey", "homes", "people", "sample", "complaints", "contacts", "repairs", "hazards", "teams",
    ]  # fmt: skip


@pytest.mark.parametrize("each", kinds(), ids=lambda each: each.key)
def test_every_kind_has_an_owner_and_a_day_by_which_it_is_due(each):
    assert each.label and each.about and each.owner
    assert each.due_every in ("month", "quarter", "year") and each.due_days > 0
    assert each.merge in ("whole", "by reference", "by wave")


@pytest.mark.parametrize("key", RECORDS)
def test_every_rule_of_a_kind_has_its_wording_and_every_field_it_needs_is_there(key):
    held = kind(key)
    fields = {each.key for each in held.fields}
    assert {check.rule for check in held.checks} <= rules().keys()
    assert {check.column for check in held.checks} | {*held.required, *held.signs, *held.tells} <= fields
    assert {*held.future} <= fields and ({held.key_field} - {""}) <= fields


@pytest.mark.parametrize("key", RECORDS)
def test_no_value_of_a_field_has_two_meanings(key):
    for each in kind(key).fields:
        words = [word.casefold() for spellings in each.values.values() for word in spellings]
        assert len(words) == len(set(words)), each.key


def test_a_kind_there_is_none_of_is_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"'rents'.*survey, homes"):
        kind("rents")
