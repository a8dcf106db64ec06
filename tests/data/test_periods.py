"""Periods where a wave can be chosen: what they hold, what is offered, and what is never called change."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Question, Wave
from data.generation import Generation, NotHeld
from data.periods import choices, comparable, cut, period_days, period_named, periods, refusal
from data.store import Store


def wave(name, begun, ended):
    return Wave(name, date.fromisoformat(begun), date.fromisoformat(ended), "")


def landlord(*waves, months=None):
    """Waves, and by default one answer in every month of each."""
    spread = months or [(w.name, date(y, m, 1), 1) for w in waves for y in range(2022, 2028) for m in range(1, 13)
                        if w.fieldwork_from.replace(day=1) <= date(y, m, 1) <= w.fieldwork_to]  # fmt: skip

    def of(name):
        found = next((w for w in waves if w.name == name), None)
        if found is None and period_named(name) is None:
            raise NotHeld(name)
        return found

    return SimpleNamespace(waves=waves, by_month=spread, wave=of)


QUARTERLY = landlord(
    wave("Q1 25", "2025-04-07", "2025-06-20"), wave("Q2 25", "2025-07-07", "2025-09-20"),
    wave("Q3 25", "2025-10-06", "2025-12-12"), wave("Q4 25", "2026-01-05", "2026-03-20"),
    wave("Q1 26", "2026-04-07", "2026-06-20"), wave("Q2 26", "2026-07-07", "2026-09-21"),
)  # fmt: skip
ALL_YEAR = landlord(wave("2025", "2025-04-01", "2026-03-31"), wave("2026", "2026-04-01", "2026-09-30"))
YEARLY = landlord(
    wave("2024", "2024-09-02", "2024-10-25"), wave("2025", "2025-05-01", "2025-06-24"),
    wave("2026", "2026-09-01", "2026-10-30"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "begun", "ended"),
    [
        ("April to September 2026", "2026-04-01", "2026-09-30"),
        ("April 2026 to January 2027", "2026-04-01", "2027-01-31"),
        ("April 2025 to March 2026 (2025/26)", "2025-04-01", "2026-03-31"),
        ("April 2026", "2026-04-01", "2026-04-30"),
        ("12 months to 30 September 2026", "2025-10-01", "2026-09-30"),
        ("12 months to 29 February 2024", "2023-03-01", "2024-02-29"),
        ("July to September 2026 (Q2 2026/27)", "2026-07-01", "2026-09-30"),
        ("January to March 2027 (Q4 2026/27)", "2027-01-01", "2027-03-31"),
    ],
)
def test_a_period_is_named_plainly_and_read_back(name, begun, ended):
    assert period_days(name) == (date.fromisoformat(begun), date.fromisoformat(ended))


@pytest.mark.parametrize(
    "name", ["2026", "May to June 2026", "12 months to 12 September 2026", "July to September 2026 (Q3 2026/27)",
             "April to September 9999", "April to September 26", "wave of April 2026"],
)  # fmt: skip
def test_what_is_no_period_is_not_taken_for_one(name):
    with pytest.raises(ValueError, match="is not a period"):
        period_days(name)


def test_a_landlord_who_asks_once_a_year_is_offered_its_waves_and_nothing_else():
    assert [choice.name for choice in choices(YEARLY)] == ["2026", "2025", "2024"]
    assert comparable(YEARLY, "2026") == ("2025", "2024")


def test_a_landlord_who_asks_by_the_quarter_is_offered_the_year_and_the_twelve_months():
    assert [(c.name, c.kind) for c in choices(QUARTERLY)] == [
        *((name, "wave") for name in ("Q2 26", "Q1 26", "Q4 25", "Q3 25", "Q2 25", "Q1 25")),
        ("April to September 2026", "year to date"),
        ("April 2025 to March 2026 (2025/26)", "year to date"),
        ("12 months to 30 September 2026", "twelve months"),
    ]  # its quarters are its waves


def test_a_landlord_who_asks_all_year_is_offered_quarters_too():
    names = [choice.name for choice in choices(ALL_YEAR)]
    assert "12 months to 30 September 2026" in names
    assert "July to September 2026 (Q2 2026/27)" in names and "January to March 2026 (Q4 2025/26)" in names
    assert "April to September 2026" not in names  # that is the wave "2026"


def test_a_part_of_a_short_survey_is_not_offered_as_a_quarter_and_what_is_cut_is_told():
    once = wave("Autumn 2025", "2025-09-01", "2025-10-24")
    both = landlord(once, wave("Rolling", "2026-04-01", "2026-12-20"))
    names = [choice.name for choice in choices(both)]
    assert "July to September 2026 (Q2 2026/27)" in names and "July to September 2025 (Q2 2025/26)" not in names
    assert cut(both, "July to September 2025 (Q2 2025/26)") == ("Autumn 2025",)
    assert cut(both, "July to September 2026 (Q2 2026/27)") == cut(both, "Autumn 2025") == ()


def test_each_is_compared_with_the_same_months_of_an_earlier_year():
    assert comparable(ALL_YEAR, "July to September 2026 (Q2 2026/27)") == ("July to September 2025 (Q2 2025/26)",)
    assert comparable(ALL_YEAR, "April to September 2026") == ("April to September 2025",)
    assert comparable(ALL_YEAR, "12 months to 31 March 2026") == ()
    assert comparable(QUARTERLY, "12 months to 30 September 2026") == ("12 months to 30 September 2025",)


def test_quarter_on_quarter_is_never_change_and_the_reason_is_given():
    why = refusal(ALL_YEAR, "July to September 2026 (Q2 2026/27)", "April to June 2026 (Q1 2026/27)")
    assert "never called change" in why and "July to September 2025 (Q2 2025/26)" in why
    assert refusal(ALL_YEAR, "July to September 2026 (Q2 2026/27)", "July to September 2025 (Q2 2025/26)") is None


def test_waves_that_are_quarters_are_compared_with_the_same_season_only():
    assert comparable(QUARTERLY, "Q2 26") == ("Q2 25",)
    assert "never called change" in refusal(QUARTERLY, "Q2 26", "Q1 26")
    assert "never called change" in refusal(QUARTERLY, "Q1 26", "Q4 25")
    assert comparable(QUARTERLY, "Q4 25") == ()


def test_a_survey_made_within_the_months_of_another_is_no_earlier_one():
    both = landlord(wave("online", "2026-02-02", "2026-03-19"), wave("2025/26", "2025-04-01", "2026-03-30"))
    assert comparable(both, "2025/26") == ()
    assert refusal(both, "2025/26", "online") == (
        "2025/26 and online asked at the same time, so their difference is not change."
    )


def test_periods_of_different_kinds_are_not_compared():
    assert "not the same kind" in refusal(ALL_YEAR, "2026", "12 months to 30 September 2026")
    assert "not the same kind" in refusal(ALL_YEAR, "12 months to 31 March 2026", "April to September 2026")
    assert "same months" in refusal(ALL_YEAR, "12 months to 30 September 2026", "12 months to 31 August 2026")


def test_records_have_periods_of_their_own_and_none_twice():
    found = list(periods(date(2025, 2, 10), date(2026, 3, 3)))
    assert [choice.name for choice in found] == [
        "April 2025 to March 2026 (2025/26)",  # also the twelve months to 31 March
        "April 2024 to March 2025 (2024/25)",
        "January to March 2026 (Q4 2025/26)",
        "October to December 2025 (Q3 2025/26)",
        "July to September 2025 (Q2 2025/26)",
        "April to June 2025 (Q1 2025/26)",
        "January to March 2025 (Q4 2024/25)",
    ]


# ── Answers of a period, from a store ────────────────────────────────────────────────────────────

PERIOD = "April to September 2024"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """Wave A: 40 answers on 1 May 2024, four a month later without a date. Wave B: 20 on 1 August, of 500 homes; its
    numbers 1 to 5 are the households of A's 1 to 5.
    """
    store = Store(tmp_path_factory.mktemp("periods"), "real")
    first, second = small_incoming("A"), small_incoming("B", answers=20, sha256="1" * 64)
    first.connection.execute("update responses set date = null where respondent > 36")
    first.connection.execute("update responses set household = 'H' || respondent, method = 'web'")
    second.connection.execute("update responses set date = date '2024-08-01', TP02 = 5")
    second.connection.execute("update responses set household = 'H' || respondent where respondent <= 5")
    second.connection.execute("update strata set population = 500")
    second.connection.execute("update waves set fieldwork_from = date '2024-08-01', fieldwork_to = date '2024-08-20'")
    second.connection.execute('update waves set "population_LCRA" = 500')
    store.publish(first).close()
    generation = store.publish(second)
    yield generation
    generation.close()


def people(generation: Generation, question: Question) -> int:
    cells = generation.survey(question).cells
    return int(cells[cells["measure"] == "TP01"]["n"].sum())


def test_a_period_counts_the_answers_dated_in_it_whichever_wave_they_came_with(held):
    # 36 of A and 20 of B, less the five of A whose household answered again.
    asked = Question(PERIOD, "LCRA", WHOLE_LANDLORD)
    assert people(held, asked) == 51
    survey = held.survey(asked)
    assert survey.strata.to_dict("records") == [{"stratum": "LCRA", "n": 51, "population": 500.0}]
    assert (survey.wave.name, dict(survey.wave.populations)) == (PERIOD, {"LCRA": 500})
    assert dict(survey.wave.methods) == {"web": 31, "telephone": 20}
    assert (survey.wave.fieldwork_from, survey.wave.fieldwork_to) == (date(2024, 4, 1), date(2024, 9, 30))
    assert held.responses(PERIOD) == {"LCRA": 51} and held.household_repeats(PERIOD) == 5
    assert (held.waves_in(PERIOD), held.undated(PERIOD)) == (("A", "B"), 4)


def test_a_quarter_takes_its_part_of_a_wave_and_a_wave_stays_whole(held):
    assert people(held, Question("July to September 2024 (Q2 2024/25)", "LCRA", WHOLE_LANDLORD)) == 20
    assert people(held, Question("A", "LCRA", WHOLE_LANDLORD)) == 40
    assert held.asked_in("April to June 2024 (Q1 2024/25)") == ("TP01",)
    assert held.asked_in(PERIOD) == ("TP01", "TP02")


def test_a_period_without_answers_is_not_held(held):
    with pytest.raises(NotHeld, match="There is no wave called 'April to September 2025'"):
        held.wave("April to September 2025")


def test_what_is_offered_of_a_store(held):
    assert [choice.name for choice in choices(held)] == [
        "B",
        "A",
        "April to August 2024",
        "12 months to 31 August 2024",
    ]


def test_a_wave_that_bears_a_periods_name_is_the_wave(tmp_path):
    generation = Store(tmp_path, "real").publish(small_incoming("April to June 2024 (Q1 2024/25)", answers=8))
    assert people(generation, Question("April to June 2024 (Q1 2024/25)", "LCRA", WHOLE_LANDLORD)) == 8
    assert choices(generation)[0].kind == "wave"
