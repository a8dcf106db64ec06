from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.columns.faults import MappingFault, rules
from data.columns.mapping import Mapping, WaveFacts, mapping_of, read_mapping

WHOLE: dict[str, Any] = {
    "sheet": "Data",
    "header_row": 4,
    "columns": {
        "TP01": "Q1",
        "weight": None,
        "characteristics": {"Region": "Area"},
        "comments": {"Why?": "Q1a"},
        "ignore": ["Notes"],
    },
    "direction": {"*": "5 is best"},
    "values": {"*": {"9": "not applicable"}, "tenure": {"1": "Shared ownership"}},
    "dates": "day first",
    "repeated_respondents": "last",
    "wave": {
        "name": "Spring",
        "fieldwork": ["2024-05-01", "2024-06-30"],
        "sample_kind": "quota",
        "population": {"LCRA": 10500},
    },
    "waves": {"Autumn": {"collector": "Agency"}},
}


def test_an_answers_file_comes_back_as_it_was() -> None:
    assert json.loads(json.dumps(mapping_of(WHOLE).to_json())) == WHOLE


def test_an_empty_answers_file_settles_nothing() -> None:
    assert mapping_of({}) == Mapping() and Mapping().to_json() == {}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"colums": {}}, "colums"),
        ({"wave": {"title": "x"}}, "wave.title"),
        ({"dates": "english"}, "dates"),
        ({"wave": {"fieldwork": ["2024-06-30", "2024-05-01"]}}, "wave.fieldwork"),
        ({"wave": {"fieldwork": "May"}}, "wave.fieldwork"),
        ({"wave": {"population": {"LCRA": "many"}}}, "wave.population.LCRA"),
        ({"wave": {"population": {"all": 3}}}, "wave.population.all"),
        ({"columns": {"TP01": 3}}, "columns.TP01"),
        ({"header_row": 0}, "header_row"),
        ({"direction": "5 is best"}, "direction"),
        ({"columns": {"ignore": "Notes"}}, "columns.ignore"),
        ({"repeated_respondents": "both"}, "repeated_respondents"),
        ([], "the file"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(said: Any, place: str) -> None:
    with pytest.raises(MappingFault) as caught:
        mapping_of(said)
    assert caught.value.problems[0].column == place and caught.value.problems[0].remedy.startswith("Expected: ")


def test_an_answers_file_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("{oops")
    with pytest.raises(MappingFault):
        read_mapping(tmp_path / "answers.json")


def test_what_is_said_last_wins_and_a_heading_serves_one_field() -> None:
    under = Mapping(columns={"TP01": "A", "estate": "B"}, wave=WaveFacts(name="Spring", collector="Agency"))
    over = Mapping(columns={"TP05": "A"}, wave=WaveFacts(name="Autumn"))
    both = over.over(under)
    assert both.columns == {"TP05": "A", "estate": "B"}
    assert both.wave == WaveFacts(name="Autumn", collector="Agency")


def test_every_rule_says_what_it_stops_and_who_puts_it_right() -> None:
    assert all(
        rule.stops in ("file", "row", "") and rule.owner and rule.remedy.endswith(".") for rule in rules().values()
    )


def test_the_example_in_the_guide_is_an_answers_file() -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "guide" / "answers-file.md"
    example = guide.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    assert mapping_of(json.loads(example)).direction == {"*": "5 is best", "TP08": "1 is best"}
