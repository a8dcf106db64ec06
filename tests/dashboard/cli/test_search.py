"""Searching from the command line."""

from __future__ import annotations

import json

import numpy as np
import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import Mention, Reading, Redacted, Tone
from analysis.text.reading import text_key
from dashboard import actions
from dashboard.cli import main
from data.embedding import VERSION
from data.settings import HOME_VARIABLE, read_settings
from data.store import Store
from data.vectors import Vectors, vector_key


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Forty who wrote of a repair, the first three of a lift as well."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    Store(tmp_path / "landlord", "real").publish(small_incoming()).close()
    kept = actions.readings_of(actions.store_in_use(read_settings()))
    texts = {n: f"Repair {n}" + (" and\x1b[31m a lift" if n < 4 else "") for n in range(1, 41)}
    kept.keep(
        [
            Reading(
                text_key(QUESTION, f"the repair was quick, number {n}"),
                Redacted(text),
                Tone("negative" if n == 1 else "positive", 0.5),
                (Mention("staff_conduct" if n == 2 else "repairs_time", "positive"),),
                False,
                "v1",
            )
            for n, text in texts.items()
        ]
    )
    return tmp_path


def test_comments_are_told_with_when_and_where(home, capsys):
    assert main(["search", "lifts"]) == 0
    told, said = capsys.readouterr()
    first, *lines = told.splitlines()
    assert first == "Found in surveys, LCRA: 3. Looked through: 40 comments."
    assert len(lines) == 3
    assert "1 May 2024, survey, Beech Row, General needs: Repair 1 and [31m a lift" in lines
    assert "1 May 2024, survey: Repair 2 and [31m a lift" in lines  # of staff: no place, it may be one officer's
    assert "is not how many tenants think so" in said


def test_as_json_a_hit_has_its_words_and_the_search_its_limits(home, capsys):
    assert main(["search", "lift", "--tone", "negative", "--topic", "repairs_time", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["matched"] == [{"channel": "survey", "tenure_group": "LCRA", "comments": 1}]
    (hit,) = found["comments"]
    ((start, end),) = hit["words"]
    assert (hit["text"][start:end], hit["tone"], hit["topics"]) == ("lift", "negative", ["repairs_time"])
    assert main(["search", "lift", "--where", "c_area=North", "--json"]) == 0
    assert "complaints, contacts" in json.loads(capsys.readouterr().out)["limits"][0]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (['"lift'], "not closed"),
        (["lift", "--topic", "lifts"], "There is no topic 'lifts'"),
        (["lift", "--where", "ward=1"], "There is no way to divide by 'ward'"),
        (["lift", "--wave", "1999"], "no wave called '1999'"),
        (["lift", "--limit", "0"], "--limit is from 1"),
    ],
)
def test_a_search_that_means_nothing_is_told_so(home, capsys, asked, told):
    assert main(["search", *asked]) == 2
    out, said = capsys.readouterr()
    assert told in said
    assert not out


def test_without_the_sentence_model_a_search_by_meaning_says_why(home, capsys):
    (home / "settings.toml").write_text('model_folder = "nowhere"\n', encoding="utf-8")
    assert main(["search", "cold children", "--meaning"]) == 2
    assert "only words can be searched" in capsys.readouterr().err


def test_a_search_by_meaning_gives_the_nearest_first(home, capsys, monkeypatch):
    monkeypatch.setattr("dashboard.searching.meaning_of", lambda words, settings: np.array([1, 0], dtype=np.float32))
    store = actions.store_in_use(read_settings())
    vectors = np.array([[0.6, 0.8], [1, 0]], dtype=np.float32)
    Vectors(store.vectors_folder, VERSION).keep([vector_key("Repair 7"), vector_key("Repair 8")], vectors)
    assert main(["search", "anything", "--meaning", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(hit["text"], round(hit["likeness"], 1)) for hit in found["comments"]] == [
        ("Repair 8", 1),
        ("Repair 7", 0.6),
    ]
    assert "38 comments whose meaning" in found["limits"][0]
