"""Every page as it is for the public: what is withheld is nowhere on it, and the page says whom it is for."""

from __future__ import annotations

import pytest

from dashboard.pages import PAGES

EVERY = [page.path for page in PAGES]
WITHIN = {"survey": "Autumn 2025", "audience": "public"}


@pytest.mark.parametrize("path", EVERY)
def test_every_page_is_drawn_for_the_public(draw, sample, path):
    page = draw(path, **WITHIN, estate=["Whistlewood", "Teacup Court"])
    assert not page.exception
    assert page.selectbox(key="audience").value == "public"


def test_places_withheld_have_one_reason_and_no_number_of_answers(draw, sample):
    page = draw("where-and-for-whom", **WITHIN, by="Estate")
    said = [line.value.replace("\\", "") for line in page.markdown]
    (quiet,) = [line for line in said if "It could give away what a few people said" in line]
    assert {"Hopscotch Yard", "Whistlewood"} <= set(quiet.split(": ")[1].removesuffix(".").split(", "))
    assert not any("fewer than 10 answers" in line for line in said)
    for table in (each.value for each in page.table if "Answers" in each.value.columns):
        (row,) = table[table.iloc[:, 0].map(lambda name: str(name).replace("\\", "")) == "Whistlewood"].to_dict(
            "records"
        )
        assert str(row["Answers"]) == "–"
    assert any("for the public" in each.value for each in page.caption)


def test_a_filtered_page_that_gives_a_few_away_shows_no_share_and_says_why(draw, sample):
    page = draw("how-are-we-doing", **WITHIN, estate=["Whistlewood", "Teacup Court"])
    assert any("could give away what a few people said" in each.value for each in page.header)
    assert any("With these filters" in each.value for each in page.caption)
    inside = draw("how-are-we-doing", survey="Autumn 2025", estate=["Whistlewood", "Teacup Court"])
    assert any("could be worked out" in each.value for each in inside.warning)
