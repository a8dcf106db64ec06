"""The summary of approach in documents: every item, counted where it can be, said where it was, a gap where not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from small_material import small_material
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard.approach import counted_of, summary, weighted
from dashboard.evidence.blocks import Heading, Note, Paragraph, TableBlock
from dashboard.evidence.parts import approach as part
from data.packs.approach import Approach

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
LISTED = [*homes_on("Ash Court", 100), *homes_on("Beech Row", 295), *homes_on("Elm Row", 5)]
HOMES = [{**home, "row": n} for n, home in enumerate(LISTED)]


def material_of(generation, home, audience=Audience.INTERNAL):
    return small_material(generation, home, "regulator", audience, clock=CLOCK)


@pytest.fixture
def held(tmp_path):
    """40 answers of renters, half from each of two estates, and a list of 400 homes on three."""
    generation = generation_of(tmp_path / "store", {"homes": HOMES})
    yield generation
    generation.close()


def said(blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph | Note | Heading))


def under(blocks, title):
    """The text of one item."""
    begun = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(title))
    ended = next((n for n, b in enumerate(blocks) if n > begun and isinstance(b, Heading)), len(blocks))
    return said(blocks[begun:ended])


def test_all_eleven_items_stand_in_order_and_the_list_is_marked_to_be_checked(held, tmp_path):
    blocks = part.blocks(material_of(held, tmp_path))
    assert [b.text[:2] for b in blocks if isinstance(b, Heading)] == [f"{letter}." for letter in "abcdefghijk"]
    assert isinstance(blocks[0], Note) and "checked against the regulator's text" in blocks[0].text
    assert len(next(b for b in blocks if isinstance(b, TableBlock)).table.rows) == 11


def test_what_can_be_counted_is_filled_in(held, tmp_path):
    blocks = part.blocks(material_of(held, tmp_path))
    # 400 homes at 5 points: 384.16 / (1 + 384.16 / 400) = 195.96, by hand
    assert "40 responses from renters (LCRA) in 400 homes" in under(blocks, "a.")
    assert "196 answers are required and 40 were achieved: 156 too few" in under(blocks, "i.")
    assert "from 1 May to 30 June 2024 (61 days)" in under(blocks, "b.")
    assert "telephone 100% (40 of 40)" in under(blocks, "c.")
    assert "A random sample was invited" in under(blocks, "d.")
    assert "compared with all homes by Geographical area" in under(blocks, "e.")
    assert "Ash Court, 50% of the answers and 25% of the homes" in under(blocks, "e.")
    assert "not weighted: each counts the same" in under(blocks, "f.")
    assert "Collected by An agency" in under(blocks, "g.")
    assert "no survey before it" in under(blocks, "k.")


def test_what_is_not_said_is_an_honest_gap_and_inside_only_told_where_to_say_it(held, tmp_path):
    for audience in Audience:
        blocks = part.blocks(material_of(held, tmp_path, audience))
        inside = audience is Audience.INTERNAL
        gap = "Not said yet. To say it: Data and packs, Summary of approach." if inside else part.NOT_SAID_YET
        for item in "ghij":
            assert gap in under(blocks, f"{item}.")
        assert ("Data and packs" in said(blocks)) == inside
        assert "4 of the 11 items are not complete" in said(blocks)


def test_what_the_landlord_said_stands_beside_what_is_counted_and_names_are_told_inside_only(held, tmp_path):
    kept = Approach(tmp_path)
    for item in "ghij":
        kept.say("2024", item, f"Words of {item}.", "Sam Ode", datetime(2024, 11, 1, 9, tzinfo=UTC))
    inside = part.blocks(material_of(held, tmp_path))
    assert "The landlord says: Words of g. (Sam Ode, name as given, 1 November 2024" in under(inside, "g.")
    assert "156 too few" in under(inside, "i.") and "Words of i." in under(inside, "i.")
    assert "All eleven items are filled in." in said(inside)
    public = said(part.blocks(material_of(held, tmp_path, Audience.PUBLIC)))
    assert "The landlord says: Words of g." in public and "Sam Ode" not in public


def test_what_was_said_of_the_survey_before_is_in_no_document(held, tmp_path):
    Approach(tmp_path).say("2023", "j", "A prize draw.", "Sam")
    assert "The landlord says" not in said(part.blocks(material_of(held, tmp_path)))


def test_levels_of_few_are_withheld_outside_with_the_next_smallest(tmp_path):
    """3 answers from Elm Row: told inside, and outside neither they nor what would give them away."""
    moved = "update responses set estate = 'Elm Row' where respondent in (2, 4, 6)"
    generation = generation_of(tmp_path / "store", {"homes": HOMES}, moved)
    try:
        inside, public = (
            material_of(generation, tmp_path, audience) for audience in (Audience.INTERNAL, Audience.PUBLIC)
        )
        levels = {row[1]: row for row in _alike(inside).table.file_rows}
        assert levels["Elm Row"][2] == pytest.approx(3 / 40)
        shown = {row[1]: row[2] for row in _alike(public).table.file_rows}
        assert shown["Elm Row"] is None and sum(share is None for share in shown.values()) >= 2
        # One reason, true of the small and of who keeps it company: else the reasons would tell them apart.
        reasons = {row[-1] for row in _alike(public).table.file_rows if row[2] is None}
        assert reasons == {"it could give away a handful of homes or answers"}
        assert _alike(public).about[-1] == "–: not told, it could give away a handful of homes or answers."
    finally:
        generation.close()


def _alike(material):
    return next(b for b in part.blocks(material) if isinstance(b, TableBlock) and b.key == "approach-lcra-alike")


def test_weights_of_the_file_are_a_gap_until_the_landlord_names_the_characteristics(tmp_path):
    generation = generation_of(
        tmp_path / "store", {"homes": HOMES}, "update responses set weight = 2 where estate = 'Ash Court'"
    )
    try:
        material = material_of(generation, tmp_path)
        (question,) = (material.question(group) for group in material.groups)
        assert weighted(question, generation)
        text = under(part.blocks(material), "f.")
        assert "weights that came in the file" in text and "Not said yet" in text
        assert "TP01 Overall satisfaction" in text and "weighted" in text
        assert "is not in what is held" in text
        Approach(tmp_path).say("2024", "f", "By age and stock type.", "Sam")
        text = under(part.blocks(material), "f.")
        assert "By age and stock type." in text and "weights that came in the file" in text
        assert "is not in what is held" not in text  # the landlord has said it
    finally:
        generation.close()


def test_a_sample_that_is_large_enough_needs_no_reason(tmp_path):
    """300 answers of 400 homes, where 196 are required."""
    more = (
        "insert into responses (wave, row, respondent, tenure_group, tenure, estate, method, date, stratum, weight, "
        "counts, may_attribute, TP01, c_area) select '2024', n + 1, n, 'LCRA', 'General needs', 'Ash Court', "
        "'telephone', date '2024-05-01', 'LCRA', 1.0, true, false, 4, 'North' from range(100, 360) as numbers(n)"
    )
    generation = generation_of(tmp_path / "store", {}, more)
    try:
        material = material_of(generation, tmp_path)
        (question,) = (material.question(group) for group in material.groups)
        counted = counted_of(question, generation, material.readings, 10, date(2024, 11, 29))
        assert counted.sentences["i"] == ("Does not apply: at least 196 answers are required and 300 were achieved.",)
        found = {told.item.key: told for told in summary("2024", [counted], Approach(tmp_path), generation).items}
        assert found["i"].complete and not found["e"].complete  # no list of homes to compare with
    finally:
        generation.close()
