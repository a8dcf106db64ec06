"""The parts of a document tell the Findings of the screen, with base, range, margin and method."""

from __future__ import annotations

import math
from dataclasses import replace

from dashboard import words
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.blocks import Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.parts.measures import OF_THE_WHOLE, how_counted, measures


def the(blocks, kind):
    return next(block for block in blocks if isinstance(block, kind))


def test_the_measures_are_told_in_words_as_on_screen(findings):
    said = [block.text for block in measures(findings) if isinstance(block, Paragraph)]
    share = words.headline(findings.headline["TP01"], None)
    assert said[0] == f"Overall satisfaction: {share}. From the answers of 40 tenants."
    assert share.startswith("75% satisfied (")
    assert "There is no earlier survey to compare with." in said


def test_every_measure_has_base_range_margin_and_method_or_the_reason_it_is_withheld(findings):
    rows = {row[0].split()[0]: row for row in the(measures(findings), TableBlock).table.rows}
    # The regulator's margin of 40 answers among 400 homes: 1.96 √(0.25/40 · 360/399) = 0.1472.
    assert rows["TP01"][1:] == (
        "75%",
        words.interval(*ends(findings, "TP01")),
        "40",
        "40",
        "±14.7 points",
        rows["TP01"][6],
    )
    assert rows["TP01"][6].startswith("Wilson")
    assert rows["TP12"][1:] == ("–", "–", "4", "–", "–", "Fewer than 10 answers")


def ends(findings, code):
    return findings.headline[code].low, findings.headline[code].high


def test_a_measure_only_some_are_asked_has_a_margin_of_its_own(findings):
    row = next(row for row in the(measures(findings), TableBlock).table.rows if row[0].startswith("TP02"))
    # 20 answers of the 20 who had a repair, half of 400 homes: 1.96 √(0.25/20 · 180/199).
    assert (row[3], row[5]) == ("20", words.margin(1.96 * math.sqrt(0.25 / 20 * 180 / 199)))


def test_what_everybody_agrees_on_carries_its_caution(findings):
    cautions = [block.text for block in measures(findings) if isinstance(block, Note)]
    assert findings.headline["TP04"].caution
    assert f"TP04: {findings.headline['TP04'].caution}." in cautions


def test_whom_a_question_was_put_to_is_told_where_only_some_were(findings):
    told = [block.text for block in measures(findings) if isinstance(block, Paragraph)]
    (repairs,) = [text for text in told if text.startswith("TP02")]
    assert "put only to those who say yes to" in repairs and repairs.endswith(", 20 of 40 (50%).")


def test_the_same_unrounded_for_a_spreadsheet(findings):
    block = the(measures(findings), TableBlock)
    row = next(row for row in block.table.file_rows if row[0] == "TP01")
    assert row[2:5] == (findings.headline["TP01"].value, *ends(findings, "TP01"))
    assert set(block.shares) <= set(block.table.file_headings)


def test_a_survey_that_asked_nothing_says_so_and_does_not_fail(findings):
    nothing = replace(findings, headline={}, distributions={})
    assert measures(nothing) == (
        Paragraph("There is nothing to say here: none of the measures was asked of renters (LCRA) in 2024."),
    )


def test_a_survey_of_one_respondent_is_a_document_of_reasons(findings, measures_document):
    few = {
        code: replace(e, value=None, low=None, high=None, withheld="fewer than 10 answers")
        for code, e in findings.headline.items()
    }
    blocks = (Heading("Measures"), Heading("Renters", 2), *measures(replace(findings, headline=few, distributions={})))
    assert not [block for block in blocks if isinstance(block, Figure)]
    assert "Not shown (fewer than 10 answers): TP01" in " ".join(b.text for b in blocks if isinstance(b, Paragraph))
    assert as_pdf(replace(measures_document, blocks=blocks))


def test_every_figure_and_table_says_what_it_is_of_and_where_it_is_from(findings):
    for block in measures(findings):
        if isinstance(block, Figure | TableBlock):
            assert block.about[0].startswith("Shown for: 2024") and "collected by An agency" in block.about[1]


def test_a_part_of_the_landlord_has_no_regulators_margin(findings):
    part = replace(findings, question=replace(findings.question, filters=(("estate", ("Ash Court",)),)))
    rows = the(measures(part), TableBlock).table.rows
    assert {row[5] for row in rows} == {"–"}
    told = ["\n".join(block.text for block in how_counted((each,))) for each in (part, findings)]
    assert OF_THE_WHOLE in told[0] and OF_THE_WHOLE not in told[1]


def test_notes_that_hold_for_several_tenure_groups_are_told_once(findings):
    noted = replace(findings, notes=("The rules are provisional.",))
    notes = [block.text for block in how_counted((noted, noted)) if isinstance(block, Note)]
    assert notes == ["The rules are provisional."]


def test_a_short_pack_prints_the_chart_and_keeps_the_same_table_in_the_workbook(findings):
    short, full = measures(findings, False), measures(findings)
    assert the(short, Figure).printed and not the(short, TableBlock).printed and the(full, TableBlock).printed
    assert the(short, TableBlock).table == the(full, TableBlock).table
