"""An estate brief is two pages whatever is known of the estate, and says of what it leaves out why."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from small_documents import LONG_NAME
from small_pack import material_of, quotes_in, readings_of, said
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.blocks import Document, Figure, Heading
from dashboard.evidence.material import Material
from dashboard.evidence.pack import document_of
from dashboard.evidence.parts import brief as parts_brief
from data.quotes import BOARD, Quotes
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
SILENT = "Quiet Yard"
ALL_ANSWERED = ", ".join(f"TP{n:02d} = 1 + respondent % 5" for n in range(2, 13))


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """Ash Court has twenty answers to everything, a name of 300 letters has seventeen, Elm Row three, one none."""
    homes = [*homes_on("Ash Court", 60), *homes_on(SILENT, 30), *homes_on(LONG_NAME, 40)]
    made = generation_of(
        tmp_path_factory.mktemp("brief"),
        {"homes": [{**home, "row": row} for row, home in enumerate(homes, start=1)]},
        f"update responses set {ALL_ANSWERED}",
        f"update responses set estate = '{LONG_NAME}' where estate = 'Beech Row'",
        f"update responses set estate = 'Elm Row' where estate = '{LONG_NAME}' and respondent < 6",
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def brief(generation, tmp_path_factory):
    def made(estate: str, audience: Audience = Audience.INTERNAL) -> Document:
        home = tmp_path_factory.mktemp("home")
        asked = packs.asked_for(generation, "estate", CLOCK, audience=audience, estate=estate)
        return document_of(Material(asked, generation, Readings(home / "readings", "1"), Settings(home), home), quiet)

    return made


def quiet(done: float, said: str) -> None:
    """Nobody looks."""


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def texts(document: Document) -> str:
    return "\n".join(getattr(block, "text", "") for block in document.blocks)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("estate", ["Ash Court", LONG_NAME, "Elm Row", SILENT], ids=["usual", "long", "three", "none"])
def test_a_brief_is_two_pages_without_cover_and_contents(estate, audience, brief):
    made = brief(estate, audience)
    assert made.brief
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(made))).pages]
    assert len(pages) == 2
    assert "".join(estate.split()) in "".join(pages[0].split())
    assert "Contents" not in pages[0] and "Page 2 of 2" in pages[1]


def test_the_measures_stand_as_dots_beside_the_rest_of_the_landlord(brief):
    made = brief("Ash Court")
    (figure,) = made.figures
    assert isinstance(figure, Figure) and len(figure.chart.labels) == 12
    assert "From the answers of 20 tenants." in texts(made)
    assert "against everyone else" in texts(made).lower() or "of everyone else" in texts(made)
    assert any(text.startswith("Renters (LCRA): 10 of 20 satisfied (") for text in headings(made))


def test_three_answers_tell_nothing_but_that_they_are_three_too_few(brief):
    made = brief("Elm Row")
    assert not made.figures
    assert "Renters (LCRA), every measure: fewer than 10 answers." in texts(made)


@pytest.fixture
def told_and_read(tmp_path):
    """Two estates whose comments are read."""
    with closing(generation_of(tmp_path / "store", {})) as held:
        yield held, readings_of(tmp_path, held)


def test_their_own_words_are_approved_quotes_or_it_says_that_none_is(tmp_path, told_and_read):
    generation, readings = told_and_read
    inside = material_of(tmp_path, generation, readings, estate="Ash Court")
    assert "No quote of these comments has been approved for the board." in said(parts_brief.blocks(inside))
    ((key, words),) = generation.rows(
        "select c.text_key, c.text from comments c join responses r using (respondent) where r.estate = 'Ash Court' "
        "order by c.respondent limit 1"
    )
    quotes = Quotes(tmp_path, readings)
    quote = quotes.put_forward(key, BOARD, "Jo", place=(("estate", "Ash Court"),))
    for who in ("Ann", "Bo"):
        quote = quotes.approve(quote.quote_id, who, quote.digest)
    (shown,) = quotes_in(parts_brief.blocks(inside))
    assert shown.text == words and "Ash Court" in shown.who
    outside = parts_brief.blocks(material_of(tmp_path, generation, readings, Audience.REGULATOR, estate="Ash Court"))
    assert not quotes_in(outside)


def test_an_estate_nobody_answered_from_is_told_with_its_homes(brief):
    said = texts(brief(SILENT))
    assert "Nobody of this estate answered this survey" in said
    assert "None of the 30 homes answered" in said


def test_outside_no_count_of_cases_of_one_estate_is_told(brief):
    assert "are told inside the landlord only" in texts(brief("Ash Court", Audience.REGULATOR))


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_outside_an_estate_of_three_answers_is_not_said_to_have_none_and_they_are_not_counted(audience, brief):
    """All three of Elm Row's answers are withheld: that nobody answered would be wrong, that three did gives away."""
    told = texts(brief("Elm Row", audience))
    assert "What was answered here is not told: it could give away what a few people said." in told
    assert "Nobody of this estate answered" not in told and "(3 of" not in told
    assert "Nobody of this estate answered" in texts(brief(SILENT, audience))
