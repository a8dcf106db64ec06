"""Being judged: every safeguard stands on the one road, whatever face asks."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from types import SimpleNamespace

import pytest
from judged_survey import judged_generation, judged_incoming

from analysis.model import WHOLE_LANDLORD, Audience, Mention, Question, Reading, Redacted, Tone
from analysis.model.stigma import Answered, Asked, ItemFound
from analysis.model.told import Told
from analysis.survey.estimates import withheld
from dashboard import stigma
from dashboard.cli import main
from dashboard.words.stigma import base_of
from data import voices
from data.generation import NotHeld
from data.language import load_language
from data.readings import Readings
from data.settings import HOME_VARIABLE, StigmaDates
from data.store import Store
from data.voices import unread

TODAY = date(2026, 11, 29)
RENTERS = Question("2024", "LCRA", WHOLE_LANDLORD)
WAITING = StigmaDates(date(2026, 5, 14), date(2026, 12, 1))


@pytest.fixture
def held(tmp_path):
    opened = []

    def publish(**more):
        opened.append(judged_generation(tmp_path / f"landlord{len(opened)}", **more))
        return opened[-1]

    yield publish
    for generation in opened:
        generation.close()


UNSET = StigmaDates()


def asked(question, generation, dates=UNSET, **more):
    return stigma.asked(question, generation, dates, 10, TODAY, **more)


def answer(found, code):
    return next(a for item in found.items for a in item.answers if a.code == code)


# ── Each on its own ──────────────────────────────────────────────────────────────────────────────


def test_each_item_has_its_own_base_and_interval(held):
    share = answer(asked(RENTERS, held()), "ST01").share
    # Of 80, one is blank and one would not say; 26 of the other 78 are every third.
    assert (share.base, share.yes) == (78, 26)
    assert share.value == pytest.approx(26 / 78) and share.low < share.value < share.high


def test_who_skipped_is_counted_as_not_answered_and_is_in_no_base(held):
    found = next(item for item in asked(RENTERS, held()).items if item.item.code == "ST01")
    assert (found.skipped, found.not_asked) == (2, 0)


def test_a_follow_up_rests_on_those_who_said_yes_and_says_so(held):
    found = asked(RENTERS, held())
    share = answer(found, "ST02:police").share
    assert (share.base, share.yes) == (26, 13)  # 3, 6 … 78: every other one is even
    assert any("those who said yes to ST01" in note for note in found.notes)


def test_the_paradox_is_reckoned_from_whole_respondents(held):
    found = asked(RENTERS, held()).paradox
    said = {n: (n % 4 != 0, n % 3 == 0) for n in range(3, 81)}  # agrees with TP08, said yes to ST01
    fair = [judged for agrees, judged in said.values() if agrees]
    judged = [agrees for agrees, yes in said.values() if yes]
    assert (found.judged_of_fair.base, found.judged_of_fair.yes) == (len(fair), sum(fair))
    assert (found.fair_of_judged.base, found.fair_of_judged.yes) == (len(judged), sum(judged))
    assert found.judged_of_fair.low < found.judged_of_fair.value < found.judged_of_fair.high


def _withholding(code):
    """The rule of disclosure, as it would withhold one figure."""
    gone = withheld("it could give away what a few people said", 0, code)
    return lambda found, *_: replace(found, headline={**found.headline, code: gone})


def test_outside_the_paradox_is_withheld_with_the_share_whose_numbers_it_would_tell(held, monkeypatch):
    generation, public = held(), replace(RENTERS, audience=Audience.PUBLIC)
    assert asked(public, generation).paradox.judged_of_fair.withheld is None
    monkeypatch.setattr(stigma, "protected", _withholding("ST01"))
    found = asked(public, generation).paradox
    assert found.judged_of_fair.withheld and found.fair_of_judged.withheld
    assert (found.judged_of_fair.base, found.fair_of_judged.base) == (0, 0)


def test_one_answer_withheld_takes_nothing_from_the_others_of_its_question(held, monkeypatch):
    monkeypatch.setattr(stigma, "protected", _withholding("ST02:police"))
    found = next(item for item in asked(RENTERS, held()).items if item.item.code == "ST02")
    assert [each.share.withheld is None for each in found.answers] == [False, True]
    assert found.withheld is None and base_of(found).startswith("Of the 26 tenants who said yes to ST01")


def test_there_is_no_score_and_no_rank():
    told = {field.name for kind in (Asked, ItemFound, Answered) for field in fields(kind)}
    assert not {name for name in told if any(word in name for word in ("score", "total", "rank", "index", "mean"))}


def test_a_survey_that_did_not_ask_says_so(held, tmp_path):
    store = Store(tmp_path / "quiet", "real")
    incoming = judged_incoming()
    incoming.connection.execute('alter table responses drop "ST01"')
    for column in ("ST02:police", "ST02:other", "ST05", "ST06"):
        incoming.connection.execute(f'alter table responses drop "{column}"')
    generation = store.publish(incoming)
    found = asked(RENTERS, generation)
    generation.close()
    assert found.withheld == "not asked in 2024" and found.published


def test_what_speaks_of_health_is_told_of_the_whole_landlord_only_and_never_to_the_public(held, tmp_path):
    incoming = judged_incoming()
    incoming.connection.execute('alter table responses add column "ST08:mental_health" tinyint')
    incoming.connection.execute('update responses set "ST08:mental_health" = "ST02:police"')
    generation = Store(tmp_path / "health", "real").publish(incoming)
    by = {
        name: answer(asked(question, generation), "ST08:mental_health")
        for name, question in {
            "whole": RENTERS,
            "public": replace(RENTERS, audience=Audience.PUBLIC),
            "estate": replace(RENTERS, filters=(("estate", ("Ash Court",)),)),
            "by tenure": replace(RENTERS, breakdown="tenure"),
        }.items()
    }
    generation.close()
    assert (by["whole"].share.base, by["whole"].share.yes) == (26, 13)
    assert by["public"].share.withheld == "it speaks of health, which is never told to the public"
    whole_only = "it speaks of health, which is told of the whole landlord only"
    assert by["estate"].share.withheld == whole_only
    assert {(each.withheld, each.base) for each in by["by tenure"].groups} == {(whole_only, 0)}


# ── Who is asked what ────────────────────────────────────────────────────────────────────────────


def test_words_for_renters_are_not_put_to_shared_owners(held):
    found = asked(replace(RENTERS, tenure_group="LCHO"), held())
    assert [item.item.code for item in found.items] == ["ST05", "ST06"]
    assert found.paradox is None
    assert any("Not put to this tenure group" in note and "ST01" in note for note in found.notes)


# ── Where ────────────────────────────────────────────────────────────────────────────────────────


def test_an_estate_is_told_only_above_the_stricter_minimum(held):
    by_estate = replace(RENTERS, breakdown="estate")
    few = answer(asked(by_estate, held(answers=38)), "ST05")
    assert [each.withheld for each in few.groups] == ["fewer than 20 answers"] * 2
    enough = answer(asked(by_estate, held(answers=60)), "ST05")
    assert [each.withheld for each in enough.groups] == [None, None]
    by_tenure = answer(asked(replace(RENTERS, breakdown="tenure"), held(answers=18)), "ST05")
    assert by_tenure.groups[0].withheld is None


def test_an_estate_that_few_staff_serve_is_never_told_nor_worked_out(held):
    generation = held(teams=({"team": "A", "estate": "Ash Court", "officers": 2},))
    ash, beech = answer(asked(replace(RENTERS, breakdown="estate"), generation), "ST01").groups
    assert ash.withheld == "fewer than three staff serve it"
    assert beech.withheld == "it would give away a place that is withheld"  # the total less it would be Ash Court
    narrowed = asked(replace(RENTERS, filters=(("estate", ("Ash Court",)),)), generation)
    assert narrowed.withheld == "fewer than 3 staff serve Ash Court" and not narrowed.items


def test_estates_come_by_name_whatever_their_shares(held):
    generation = held()
    for each in asked(replace(RENTERS, breakdown="estate"), generation).items:
        for found in each.answers:
            assert [dict(group.group)["estate"] for group in found.groups] == sorted(
                dict(group.group)["estate"] for group in found.groups
            )


@pytest.mark.parametrize("question", [{"breakdown": "c_area"}, {"filters": (("c_area", ("North",)),)}])
def test_a_patch_or_any_other_characteristic_is_no_way_to_divide(held, question):
    with pytest.raises(NotHeld, match="may stand for one officer"):
        asked(replace(RENTERS, **question), held())


def test_length_of_tenancy_is_a_way(held):
    found = answer(asked(replace(RENTERS, breakdown="c_length"), held()), "ST01")
    assert dict(found.groups[0].group) == {"c_length": "Under 1 year"}


# ── Tenants see results first ────────────────────────────────────────────────────────────────────


def test_until_tenants_have_seen_them_estates_and_exports_are_held_back(held):
    generation = held()
    assert asked(RENTERS, generation, WAITING).withheld is None
    for question, more in (
        (replace(RENTERS, breakdown="estate"), {}),
        (replace(RENTERS, filters=(("estate", ("Ash Court",)),)), {}),
        (replace(RENTERS, audience=Audience.PUBLIC), {}),
        (RENTERS, {"export": True}),
    ):
        found = asked(question, generation, WAITING, **more)
        assert found.withheld == "held back until tenants have seen the results first, on 1 December 2026"
        assert not found.items and found.paradox is None


def test_from_that_day_on_they_are_told(held):
    generation, seen = held(), StigmaDates(None, TODAY)
    assert asked(replace(RENTERS, breakdown="estate"), generation, seen, export=True).withheld is None


def test_a_day_of_agreement_still_to_come_is_no_agreement():
    assert stigma.standing(StigmaDates(date(2027, 1, 1)), TODAY).agreed is None
    assert stigma.standing(WAITING, TODAY).agreed == date(2026, 5, 14)


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────

TOLD = Told(("landlord_staff", "contractor"), ("disrespect",), ((4, 10),))


def read(generation, folder, telling=15):
    """Readings of every comment; the first ``telling`` tell of being judged."""
    readings = Readings(folder, load_language().version)
    found = unread(generation, readings.select(), 1000)
    spoken = (Mention("fairness_stigma", "negative"),)
    readings.keep(
        [
            Reading(
                key,
                Redacted(text),
                Tone("negative", -0.5),
                spoken,
                False,
                "test",
                told=TOLD if place < telling else None,
            )
            for place, (key, _, text) in enumerate(found)
        ]
    )
    return readings


def test_what_was_told_is_counted_by_source_and_form_on_two_bases(held, tmp_path):
    generation = held()
    readings = read(generation, tmp_path / "readings")
    found = stigma.told(RENTERS, generation, readings.select(), StigmaDates(), 10, TODAY)
    assert (found.told.yes, found.told.base) == (15, 80)
    staff = next(each for each in found.sources if each.code == "landlord_staff")
    assert (staff.of_told.yes, staff.of_told.base, staff.of_all.base) == (15, 15, 80)
    assert [each.code for each in found.forms] == ["disrespect"]


def test_asked_and_told_stand_side_by_side(held, tmp_path):
    generation = held()
    readings = read(generation, tmp_path / "readings")
    found = stigma.told(RENTERS, generation, readings.select(), StigmaDates(), 10, TODAY)
    rows = {row.title: row for row in found.beside["sources"]}
    police = rows["Other services, shops and employers"]
    assert [each.code for each in police.asked] == ["ST02:police"] and police.told is None
    assert rows["Contractors"].told.of_told.yes == 15 and not rows["Contractors"].asked


def test_what_was_told_on_a_part_is_on_the_stricter_base_and_never_of_two_officers(held, tmp_path):
    generation = held(answers=38)
    readings = read(generation, tmp_path / "readings").select()
    here = replace(RENTERS, filters=(("estate", ("Ash Court",)),))
    few = stigma.told(here, generation, readings, StigmaDates(), 10, TODAY)
    assert few.withheld == "fewer than 20 comments" and not few.sources
    staffed = held(answers=80, teams=({"team": "A", "estate": "Ash Court", "officers": 2},))
    hidden = stigma.told(here, staffed, readings, StigmaDates(), 10, TODAY)
    assert hidden.withheld == "fewer than 3 staff serve Ash Court" and hidden.told.value is None


class _AllApproved:
    """Every text quoted and approved."""

    def __init__(self, keys):
        self._keys = keys

    def approved(self, purpose):
        return tuple(SimpleNamespace(text_key=key, purpose=purpose) for key in self._keys)


def test_which_quotes_may_leave_the_team_does_not_hang_on_an_estate_that_is_chosen(held, tmp_path):
    generation = held()
    readings = read(generation, tmp_path / "readings").select()
    every = voices.told_keys(generation, RENTERS, readings)

    def quoted(question):
        return {q.text_key for q in stigma.quotes_of_judged(question, generation, readings, _AllApproved(every))}

    there = replace(RENTERS, filters=(("estate", ("Ash Court",)),))
    assert 0 < len(quoted(there)) < len(every)  # within the team
    assert quoted(replace(there, audience=Audience.PUBLIC)) == every


# ── From the command line ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    judged_generation(folder / "landlord").close()
    return folder


def said(capsys, *arguments):
    assert main(["stigma", *arguments]) == 0
    return capsys.readouterr().out


def test_the_label_is_in_every_export(home, capsys):
    found = json.loads(said(capsys, "--json"))
    label = "locally designed, not a validated scale, not yet agreed with tenants"
    assert found["agreement"]["label"] == label
    assert {survey["label"] for survey in found["surveys"]} == {label}
    assert "Samaritans" in found["support"]
    renters = found["surveys"][0]
    assert renters["items"][0]["answers"][0]["base"] == 78
    assert renters["paradox"]["judged_of_those_treated_fairly"]["base"] == 58


def test_the_command_line_exports_nothing_before_the_day(home, capsys):
    (home / "settings.toml").write_text("[stigma]\ntenants_see_results_first = 2199-01-01\n", encoding="utf-8")
    found = json.loads(said(capsys, "--json", "--tenure", "LCRA"))
    (survey,) = found["surveys"]
    assert survey["withheld"].startswith("held back until tenants have seen") and survey["items"] == []
    assert survey["told"]["value"] is None and found["agreement"]["held_back"]


def test_an_unknown_way_is_refused_with_those_there_are(home, capsys):
    assert main(["stigma", "--by", "c_area"]) == 2
    assert "length-of-tenancy" in capsys.readouterr().err


def test_in_words_every_figure_has_its_range_and_base(home, capsys):
    out = said(capsys, "--tenure", "LCRA", "--by", "length-of-tenancy")
    assert "33% felt judged or treated worse for living in social housing (" in out
    assert "Under 1 year: 33% (" in out and "Skipped or not said: 2." in out
