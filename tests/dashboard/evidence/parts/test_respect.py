"""Being judged in a pack: each question alone, its label and days, nothing before tenants saw it; our own letters."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from judged_survey import judged_generation
from small_pack import judged, keyed, material_of, quotes_in, readings_of, said
from small_records import generation_of

from analysis.model import Audience
from dashboard import letters, stigma
from dashboard.evidence.material import Material
from dashboard.evidence.parts import respect, spoken
from data.letters.kept import Letters
from data.letters.reading import Given
from data.quotes import PUBLIC, Quotes
from data.settings import Settings, StigmaDates
from data.stigma import stigma_module

AGREED = StigmaDates(date(2024, 5, 14), date(2024, 6, 1))
WAITING = StigmaDates(date(2024, 5, 14), date(2024, 12, 1))  # the pack's day is 29 November 2024


@pytest.fixture
def generation(tmp_path):
    with closing(judged_generation(tmp_path / "store")) as held:
        yield held


@pytest.fixture
def readings(tmp_path, generation):
    return readings_of(tmp_path, generation, judged)


def material(tmp_path, generation, readings, dates=AGREED, audience=Audience.INTERNAL, **more):
    return material_of(tmp_path, generation, readings, audience, Settings(tmp_path, stigma=dates), **more)


def test_each_question_stands_on_its_own_and_is_never_added_up(tmp_path, generation, readings):
    made = material(tmp_path, generation, readings)
    blocks = respect.blocks(made)
    page = stigma.asked(made.question("LCRA"), generation, AGREED, 10, made.today, export=True)
    shares = {row[0].split()[0]: row[1:5] for row in keyed(blocks)["respect-lcra-each"].table.file_rows}
    for item in page.items:
        if item.item.code in shares:
            share = item.answers[0].share
            assert shares[item.item.code] == (share.value, share.low, share.high, share.base)
    assert {"ST01", "ST05", "ST06"} == set(shares)
    # Of 80, one is blank and one would not say; 26 of the other 78 are every third.
    assert shares["ST01"][0] == pytest.approx(26 / 78) and shares["ST01"][3] == 78
    assert "They are never added up to a score" in said(blocks)


def test_the_label_the_days_and_where_to_turn_stand_first(tmp_path, generation, readings):
    told = said(respect.blocks(material(tmp_path, generation, readings)))
    assert told.startswith("Locally designed, not a validated scale, agreed with tenants on 14 May 2024.")
    assert "Tenants saw results first on 1 June 2024." in told and "116 123" in told
    assert stigma_module().before_printing in told
    outside = said(respect.blocks(material(tmp_path, generation, readings, audience=Audience.REGULATOR)))
    assert "116 123" in outside and "before printing" not in outside and "settings.toml" not in outside


def test_nothing_leaves_the_page_before_tenants_saw_it(tmp_path, generation, readings):
    for audience in Audience:
        made = material(tmp_path, generation, readings, WAITING, audience)
        blocks = respect.blocks(made)
        assert not [key for key in keyed(blocks) if "lcra" in key or "lcho" in key]
        assert said(blocks).count("held back until tenants have seen the results first, on 1 December 2024") >= 2
        assert "felt judged" not in said(blocks)
        assert not quotes_in(spoken.blocks(made))


def test_the_paradox_is_told_both_ways_round(tmp_path, generation, readings):
    told = said(respect.blocks(material(tmp_path, generation, readings)))
    assert "Of the tenants who agree that they are treated fairly and with respect (TP08)" in told
    assert "Of those who felt judged," in told


def test_shared_owners_are_not_asked_what_is_not_theirs_and_stand_apart(tmp_path, generation, readings):
    blocks = respect.blocks(material(tmp_path, generation, readings))
    each = {row[0].split()[0] for row in keyed(blocks)["respect-lcho-each"].table.file_rows}
    assert each == {"ST05", "ST06"}
    assert "Not put to this tenure group, whose words they are not: ST01" in said(blocks)


def test_what_was_told_is_by_source_and_form(tmp_path, generation, readings):
    found = keyed(respect.blocks(material(tmp_path, generation, readings)))
    (source,) = found["respect-lcra-by-whom"].table.rows
    assert source[:2] == ("Somebody who works for the landlord", "100%")
    assert found["respect-lcra-how"].table.rows[0][1] == "100%"


def test_it_is_not_told_by_what_may_stand_for_one_officer(tmp_path, generation, readings):
    made = material(tmp_path, generation, readings)
    asked = replace(made.asked, filters=(("c_area", ("North",)),))
    told = respect.blocks(Material(asked, generation, readings, made.settings, tmp_path))
    assert "Not shown: being judged is not told by c_area." in said(told)
    assert not [key for key in keyed(told) if "lcra" in key]


def test_quotes_of_it_are_by_approval_and_outside_without_an_estate(tmp_path, generation, readings):
    quotes = Quotes(tmp_path, readings)
    key = generation.rows("select text_key from comments where respondent = 6")[0][0]
    quote = quotes.put_forward(key, PUBLIC, "Jo", consent="asked, and agreed")
    assert not quotes_in(respect.blocks(material(tmp_path, generation, readings)))
    for who in ("Ann", "Bo"):
        quote = quotes.approve(quote.quote_id, who, quote.digest)
    for audience in Audience:
        (shown,) = quotes_in(respect.blocks(material(tmp_path, generation, readings, audience=audience)))
        assert shown.who == "Renters (LCRA), 2024"
    quotes.withdraw(quote.quote_id, "Ann")
    assert not quotes_in(respect.blocks(material(tmp_path, generation, readings)))


def test_figures_of_others_are_context_printed_shortly_and_whole_as_data(tmp_path, generation, readings):
    blocks = respect.blocks(material(tmp_path, generation, readings))
    context = keyed(blocks)["respect-published"]
    told = said(blocks).split("What others have published of this: context, never a target")
    assert len(told) == 2, "once, not with every tenure group"
    assert not context.printed and len(context.table.rows) > 3
    assert told[1].count("Source: ") == 3 and all(row[5] for row in context.table.rows)


def test_what_holds_of_every_tenure_group_is_said_once(tmp_path, generation, readings):
    told = said(respect.blocks(material(tmp_path, generation, readings)))
    assert told.count("What was told") == 2 and told.count("Comments are coded by rules") == 1


# ── Our own letters ──────────────────────────────────────────────────────────────────────────────

BLAMING = "Dear tenant,\n\nYou must stop drying washing indoors: it is your lifestyle that causes the mould.\n"


@pytest.fixture
def kept(tmp_path):
    file = tmp_path / "damp-template.txt"
    file.write_text(BLAMING + "We consider the matter closed.\n\nYours sincerely,\nJoan Smithers\n", encoding="utf-8")
    held = Letters(tmp_path)
    held.keep(letters.read([Given(file)], "template").letters, "Priya Shah")
    return held


def test_letters_are_counted_with_owner_action_and_state_and_nobody_named(tmp_path, generation, readings, kept):
    (first, *_) = kept.held()[0].read.findings
    kept.decide(first.key, "Priya Shah", "changed", owner="head of repairs", action="Take it out")
    made = material(tmp_path, generation, readings)
    blocks = respect.blocks(made)
    table = keyed(blocks)["respect-letters-decided"].table
    found = kept.held()[0].read.findings
    assert sum(row[4] for row in table.file_rows) == len(found) > 1
    assert any(row[1:4] == ("head of repairs", "Take it out", "changed") for row in table.file_rows)
    everything = said(blocks) + str([block.table for block in keyed(blocks).values()])
    assert not [name for name in ("Priya", "Shah", "Joan", "Smithers", "lifestyle") if name in everything]
    assert list(respect.files(made)) == ["note-for-staff.md"]


def test_findings_in_letters_stay_with_the_landlords_own_people(tmp_path, generation, readings, kept):
    for audience in (Audience.REGULATOR, Audience.PUBLIC):
        made = material(tmp_path, generation, readings, audience=audience)
        assert "for the landlord's own people" in said(respect.blocks(made))
        assert not [key for key in keyed(respect.blocks(made)) if "letters" in key]
        assert not respect.files(made)


def test_a_survey_that_did_not_ask_and_no_letters_say_so(tmp_path):
    with closing(generation_of(tmp_path / "bare", {})) as held:
        blocks = respect.blocks(material(tmp_path / "bare", held, readings_of(tmp_path / "bare", held)))
    assert "Not shown: not asked in 2024." in said(blocks) and "No letters of ours have been read." in said(blocks)
