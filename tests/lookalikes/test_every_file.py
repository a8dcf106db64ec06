"""Every look-alike maps in with the few answers only an analyst can give, and at once when it is remembered."""

from __future__ import annotations

import pytest
from lookalike_answers import FILES, TODAY

from data.columns import profiles
from data.columns.mapping import mapping_of
from data.intake import FileFacts, kind_of, look, take_in

EACH = pytest.mark.parametrize("each", FILES, ids=[f"{each.name} as {each.holds}" for each in FILES])
ONE_KIND = [each for each in FILES if each.name != "08_homes_and_people.xlsx"]  # that one is two kinds at once
OF_EACH_WAVE = ("wave.name",)  # the next sample is of another wave, so this is asked every time


@EACH
def test_only_what_nobody_can_know_is_asked(files, each):
    proposal = look(files.path(each.name), holds=each.holds)
    assert tuple(ask.key for ask in proposal.asks) == each.asked
    assert proposal.problems == ()


@EACH
def test_with_its_remembered_mapping_a_file_maps_in_at_once(files, tmp_path, each):
    facts = _facts(files, each)
    profiles.remember(tmp_path, "remembered", mapping_of(facts.mapping), facts.headings, each.holds)
    again = look(files.path(each.name), tmp_path, holds=each.holds)
    assert again.profile == "remembered"
    assert [ask.key for ask in again.asks if ask.key not in OF_EACH_WAVE] == []
    assert again.mapping.columns == mapping_of(facts.mapping).columns


@EACH
def test_every_row_is_kept_or_left_out_under_a_rule(files, each):
    facts = _facts(files, each)
    assert facts.holds == each.holds
    assert facts.rows_in == facts.rows_kept + sum(facts.left_out.values())


@pytest.mark.parametrize("each", ONE_KIND, ids=[each.name for each in ONE_KIND])
def test_the_kind_of_a_file_is_seen_from_its_headings(files, each):
    assert kind_of(files.path(each.name))[0] == each.holds


def _facts(files, each) -> FileFacts:
    incoming = take_in(files.path(each.name), mapping_of(each.answers), holds=each.holds, today=TODAY)
    incoming.close()
    return incoming.file
