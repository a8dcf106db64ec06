"""Text from a file is shown as it is and never acted on; figures are said in the vocabulary of managers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.model import WHOLE_LANDLORD, Comparison, Estimate, Question, SampleCheck, Verdict, Wave
from dashboard import words

PAYLOADS = [
    "![x](http://evil.example/a.png)",
    "<img src=http://evil.example/a.png onerror=alert(1)>",
    ":red[Ash Court]",
    "$\\frac{1}{2}$",
    "[a](http://evil.example)",
    "http://evil.example/a",
    "www.evil.example",
    ":smile: :material/home:",
    "# heading\n* list",
    "`code` ~~gone~~ **bold** _it_ | a | b |",
    "a@evil.example",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_sign_that_markdown_acts_on_is_left_bare(payload):
    said = words.plain(payload)
    assert re.search(r"(?<!\\)[!\[\]()<>$:*_`~#|@&]", said.replace("\\\\", "")) is None
    assert "\n" not in said


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_read_stays_the_same(payload):
    read = re.sub(r"\\(.)", r"\1", words.plain(payload)).replace(words.WORD_JOINER, "")
    assert read == " ".join(payload.split())


def test_addresses_and_emoji_are_broken_up_so_that_nothing_recognises_them():
    for payload in ("http://evil.example", ":smile:", "www.evil.example", "a@evil.example"):
        assert words.WORD_JOINER in words.plain(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_tag_is_left_for_a_chart(payload):
    assert not set("<>") & set(words.for_chart(payload))


@pytest.mark.parametrize("start", ["=1+1", "+44", "-x", "@sum", "\t=1", "\r=1", ' "=1', "  =1", "'=1"])
def test_text_that_a_spreadsheet_would_run_is_kept_as_text(start):
    assert words.for_cell(start) == f"'{start}"


def test_numbers_stay_numbers_in_a_file():
    assert words.for_cell(-0.25) == -0.25
    assert words.for_cell("Ash Court") == "Ash Court"
    assert words.for_cell(None) is None


def test_under_thirty_answers_a_share_is_counted_out():
    assert words.in_words(Estimate(0.7, 0.4, 0.9, base=29, yes=20)) == "20 of 29 (40% to 90%)"
    assert words.in_words(Estimate(0.7, 0.5, 0.8, base=30, yes=21)) == "70% (50% to 80%, 30 tenants)"


def test_a_fall_carries_a_minus_sign_and_its_range():
    now = Estimate(0.7, 0.6, 0.8, base=90)
    fall = Comparison(now, now, -0.0415, -0.083, -0.001, Verdict.REAL, "Why.")
    assert words.change(fall) == "−4.2 points (−8.3 to −0.1)"
    assert words.headline(now, fall) == "70% satisfied (60% to 80%): real change"


def test_too_few_to_say_gives_no_number():
    now = Estimate(0.7, 0.6, 0.8, base=90)
    wave = Wave("2024", date(2024, 4, 1), date(2024, 6, 1), "2024/25")
    few = Comparison(now, now, None, None, None, Verdict.TOO_FEW, "2024: fewer than 30 answers.")
    assert words.since(few, wave) == "too few to say. 2024: fewer than 30 answers."


def test_the_regulators_rule_is_said_with_met_or_not_met():
    # 600 of 10,500 renters: the regulator asks ±3%, 969 answers (1 + 1067.1/10,500 → 968.7, rounded up)
    said = words.sample_sentences(SampleCheck("LCRA", 600, 10_500, 0.0389, 0.03, 969, False))
    assert said == (
        "600 responses from renters (LCRA) in 10,500 homes.",
        "The regulator's margin of error is ±3.9 points; no more than ±3.0 points is asked for.",
        "The regulator asks for at least 969 answers: not met.",
    )


def test_the_line_beside_a_figure_names_every_filter():
    question = Question(
        "2025", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("Ash", "Birch")), ("tenure", ("General needs",)))
    )
    assert words.shown_for(question, {"estate": "Estate", "tenure": "Tenure"}) == (
        "Shown for: 2025 · Renters (LCRA) · Estate: Ash, Birch · Tenure: General needs"
    )
