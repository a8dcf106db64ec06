"""Where and for whom: too quiet first, then the gaps we are sure of; as counted beside drawn; no word of statistics."""

from __future__ import annotations

import re

PLACES = "where-and-for-whom"
NO_SUCH_WORDS = re.compile(
    r"\b(shrink\w*|bayes\w*|posterior|beta|fay|herriot|binomial|significan\w*|p-value|rao|scott|hochberg|interval|"
    r"variance|standard deviation|benjamini|mean)\b",
    re.IGNORECASE,
)


def said(page) -> list[str]:
    return [line.value.replace("\\", "") for line in page.markdown]


def headers(page) -> list[str]:
    return [header.value.replace("\\", "") for header in page.header]


def test_the_page_is_told_in_its_order(draw, sample):
    page = draw(PLACES, by="Estate", survey="Autumn 2025")
    assert headers(page)[:5] == [
        "Too quiet to judge",
        "The gaps we are sure of",
        "Overall satisfaction, estate by estate",
        "What moved since Autumn 2024",
        "How the answers fell",
    ]


def test_the_estate_that_is_truly_worse_is_among_the_gaps_we_are_sure_of(draw, sample):
    lines = said(draw(PLACES, by="Estate", survey="Autumn 2025"))
    gap = next(line for line in lines if line.startswith("Lanternmoor:"))
    assert re.fullmatch(
        r"Lanternmoor: \d+% satisfied, against \d+% of everyone else: −[\d.]+ points \(−[\d.]+ to −[\d.]+\)\.", gap
    )
    assert any(" apart from everyone else; of " in line for line in lines)
    assert "The shares differ between estates by more than chance would make them differ." in lines


def test_an_estate_is_shown_as_counted_and_drawn_and_its_rank_is_a_range(draw, sample):
    page = draw(PLACES, by="Estate", survey="Autumn 2025")
    tables = [table.value for table in page.table]
    drawn = next(table for table in tables if "Own answers count for" in [str(name) for name in table.columns])
    row = [str(cell).replace("\\", "") for cell in drawn[drawn.iloc[:, 0] == "Lanternmoor"].iloc[0]]
    assert row[3] == "–"  # no list of homes is held here
    assert re.fullmatch(r"\d+%", row[4])
    assert re.fullmatch(r"\d+\w\w to \d+\w\w", row[6])
    quiet = [str(cell).replace("\\", "") for cell in drawn[drawn.iloc[:, 0] == "Hopscotch Yard"].iloc[0]]
    assert quiet[4:] == ["–", "–", "–", "fewer than 10 answers"]


def test_answers_without_an_estate_are_not_judged_as_one(draw, sample):
    page = draw(PLACES, by="Estate", survey="Autumn 2025")
    compared = [t.value for t in page.table if "Verdict" in [str(name) for name in t.value.columns]]
    assert len(compared) == 2
    assert not any("not recorded" in str(name) for table in compared for name in table.iloc[:, 0])


def test_groups_of_people_are_not_drawn_towards_one_another(draw, sample):
    page = draw(PLACES, by="Age band", survey="Autumn 2025")
    assert "The gaps we are sure of" in headers(page)
    assert not any("drawn" in line for line in said(page))


def test_without_an_earlier_survey_nothing_has_moved(draw, sample):
    assert not any("moved" in header for header in headers(draw(PLACES, by="Estate", against="no other survey")))


def test_no_word_of_statistics_stands_on_the_page_itself(draw, sample):
    page = draw(PLACES, by="Estate", survey="Autumn 2025")
    made = next(at for at, block in enumerate(page.expander) if "sums" in block.label)
    inside = {line.value for block in page.expander[made:] for line in block.markdown}
    open_lines = [line for line in said(page) if line not in {text.replace("\\", "") for text in inside}]
    assert open_lines
    assert not [line for line in open_lines if NO_SUCH_WORDS.search(line)]


def test_a_small_survey_says_why_nothing_is_drawn(draw, small):
    small()
    page = draw(PLACES, by="Estate")
    assert not page.exception
    assert any(line.startswith("None is drawn towards the others: fewer than 5 groups") for line in said(page))
