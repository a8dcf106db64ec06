"""What a search of comments gives, and that it gives no more than reading them one by one would."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date

import numpy as np
import pytest
from small_records import generation_of
from small_survey import QUESTION

from analysis.model import WHOLE_LANDLORD, Mention, Question, Reading, Redacted, Scope, Tone
from analysis.searching import QueryError
from analysis.text.reading import text_key
from data.generation import Generation, NotHeld
from data.readings import Readings
from data.searching import Search, Searcher, forget_index
from data.vectors import Vectors, vector_key
from data.voices import comments

EVERYBODY = Question("2024", "LCRA", WHOLE_LANDLORD)


def words(n):
    """What respondent n wrote: seven of the lift, all of them of repairs."""
    return f"The repairs were quick, number {n}" + (". Then the lift broke" if n % 5 == 0 else "")


def record_key(text):
    return hashlib.md5(f"complaint\x1f{text}".encode(), usedforsecurity=False).hexdigest()


def complaint(n):
    return f"The lift stood still on day {n}"


def read(key, text, tone="positive", topic="repairs_time"):
    return Reading(key, Redacted(text), Tone(tone, 0.5), (Mention(topic, tone),), False, "v1")


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def generation(folder):
    """Forty who answered on two estates, and fifteen complaints, twelve of them on Ash Court."""
    rows = [
        {"reference": f"C{n}", "row": n, "stage": 1, "made": f"2026-10-{n + 1:02d}", "tenancy_ref": f"T{n}",
         "estate": "Ash Court" if n < 12 else "Beech Row", "text": complaint(n), "text_key": record_key(complaint(n))}
        for n in range(15)
    ]  # fmt: skip
    held = generation_of(folder, {"complaints": rows})
    yield held
    held.close()


@pytest.fixture
def readings(folder):
    """Everything is read but what respondent 40 wrote."""
    kept = Readings(folder / "readings", "v1")
    kept.keep(
        [
            read(
                text_key(QUESTION, f"the repair was quick, number {n}"), words(n), "negative" if n == 5 else "positive"
            )
            for n in range(1, 40)
        ]
    )
    kept.notice_parts()
    kept.keep([read(record_key(complaint(n)), complaint(n), "negative", "lifts") for n in range(15)])
    return kept


@pytest.fixture
def searcher(generation, readings, folder):
    return Searcher(generation, readings, folder)


def found(searcher, asked="", *, base=10, limit=100, **where):
    scope = where.pop("scope", WHOLE_LANDLORD)
    return searcher.find(Search(scope, asked, **where), base, limit)


def texts(result):
    return [hit.comment.text for hit in result.hits]


def test_words_are_found_in_surveys_and_records_newest_first(searcher):
    result = found(searcher, "lift")
    assert dict(result.matched) == {("survey", "LCRA"): 7, ("complaint", "not recorded"): 15}
    assert texts(result)[:15] == [complaint(n) for n in range(14, -1, -1)]
    assert sorted(texts(result)[15:]) == sorted(words(n) for n in range(5, 40, 5))
    assert (result.searched, result.unread) == (54, 1)
    first = result.hits[0]
    assert [first.comment.text[start:end] for start, end in first.places] == ["lift"]


def test_a_page_of_results_goes_on_where_the_one_before_ended(searcher):
    whole = texts(found(searcher, "lift"))
    pages = [texts(searcher.find(Search(WHOLE_LANDLORD, "lift"), 10, 8, offset)) for offset in (0, 8, 16)]
    assert [text for page in pages for text in page] == whole


def test_a_comment_found_is_the_comment_that_would_be_read(searcher, generation, readings):
    result = found(searcher, "number", channels=("survey",))
    plainly = comments(generation, EVERYBODY, readings.select(), 10, limit=100)
    assert {hit.comment.comment_id: hit.comment for hit in result.hits} == {each.comment_id: each for each in plainly}


def test_nothing_to_look_for_gives_every_comment_in_the_filters(searcher):
    assert len(found(searcher).hits) == 54
    assert len(found(searcher, filters=(("estate", ("Ash Court",)),)).hits) == 20 - 1 + 12


@pytest.mark.parametrize(
    ("where", "n"),
    [
        ({"channels": ("survey",)}, 7),
        ({"channels": ("complaint",)}, 15),
        ({"channels": ("contact",)}, 0),
        ({"wave": "2024"}, 7),
        ({"tenure_group": "LCRA"}, 7),
        ({"tenure_group": "LCHO"}, 0),
        ({"since": date(2026, 10, 4)}, 12),
        ({"until": date(2026, 10, 3), "channels": ("survey",)}, 7),
        ({"tone": "negative"}, 16),
        ({"topic": "lifts"}, 15),
        ({"topic": "lifts", "tone": "positive"}, 0),
        ({"filters": (("estate", ("Ash Court",)),), "channels": ("survey",)}, 3),  # even numbers live on Ash Court
        ({"filters": (("tenure", ("General needs",)),), "channels": ("survey",)}, 7),
        ({"scope": Scope("nobody")}, 0),
        ({"scope": Scope("a patch", ("Beech Row",)), "channels": ("survey",)}, 4),
    ],
)
def test_filters_and_scope_bind_what_is_found(searcher, where, n):
    result = found(searcher, "lift", **where)
    assert (len(result.hits), sum(result.matched.values())) == (n, n)


def test_words_of_a_handful_are_not_found_however_rare_the_words(searcher):
    beech = {"filters": (("estate", ("Beech Row",)),), "channels": ("complaint",)}
    result = found(searcher, "lift", **beech)
    assert (result.hits, dict(result.matched), result.too_few) == ((), {}, ("complaint",))
    assert len(found(searcher, "lift", base=3, **beech).hits) == 3
    few = found(searcher, "lift", base=40)
    assert (few.hits, set(few.too_few)) == ((), {"2024, LCRA", "complaint"})
    assert len(found(searcher, '"day 3"').hits) == 1  # rare words among many who wrote


def test_a_comment_is_without_a_place_in_which_few_wrote(searcher):
    places = {hit.comment.text: hit.comment.place for hit in found(searcher, "lift").hits}
    assert places[complaint(3)] == (("estate", "Ash Court"),)
    assert places[complaint(14)] == ()
    assert places[words(10)] == (("estate", "Ash Court"), ("tenure", "General needs"))


def test_what_cannot_be_chosen_by_leaves_its_channel_out_and_says_so(searcher):
    result = found(searcher, "lift", filters=(("c_area", ("North",)),))
    assert dict(result.matched) == {("survey", "LCRA"): 7}
    assert result.left_out == ("complaint", "contact", "repair", "hazard")
    with pytest.raises(NotHeld, match="no way to divide by 'ethnicity'"):
        found(searcher, "lift", filters=(("ethnicity", ("any",)),))
    with pytest.raises(NotHeld, match="no wave called '1999'"):
        found(searcher, "lift", wave="1999")
    with pytest.raises(QueryError, match="not closed"):
        found(searcher, '"lift')


def test_a_period_tells_how_many_comments_have_no_day(searcher, generation, readings, folder):
    assert found(searcher, since=date(2026, 1, 1)).undated == 0
    later = generation_of(folder / "other", {}, "update responses set date = null where respondent <= 3")
    assert found(Searcher(later, readings, folder), since=date(2020, 1, 1)).undated == 3
    later.close()


# ── Meaning ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def vectors(folder):
    """Two directions: repairs and lifts; nothing is known of what respondent 5 meant."""
    held = Vectors(folder / "vectors", "m")
    known = [words(n) for n in range(1, 40) if n != 5] + [complaint(n) for n in range(15)]
    directions = [[1.0, n / 100] if "repairs" in text else [n / 100, 1.0] for n, text in enumerate(known)]
    matrix = np.array(directions, dtype=np.float32)
    held.keep([vector_key(text) for text in known], matrix / np.linalg.norm(matrix, axis=1, keepdims=True))
    return held


def test_the_nearest_in_meaning_come_first_with_how_near_they_are(generation, readings, folder, vectors):
    searcher = Searcher(generation, readings, folder, vectors)
    result = searcher.find(Search(WHOLE_LANDLORD), 10, 100, meaning=np.array([0.0, 1.0], dtype=np.float32))
    assert all("stood still" in text for text in texts(result)[:15])
    near = [hit.likeness for hit in result.hits]
    assert near == sorted(near, reverse=True)
    assert near[0] == pytest.approx(1 / np.hypot(1, 0.38), abs=0.01)  # the first complaint is text 38
    assert (len(result.hits), result.without_meaning) == (53, 1)
    narrowed = searcher.find(
        Search(WHOLE_LANDLORD, "repair", channels=("survey",)), 10, 5, meaning=np.array([0.0, 1.0], dtype=np.float32)
    )
    assert all("repairs" in text for text in texts(narrowed))


def test_without_vectors_nothing_is_near(searcher):
    result = searcher.find(Search(WHOLE_LANDLORD), 10, meaning=np.array([0.0, 1.0], dtype=np.float32))
    assert (result.hits, result.without_meaning) == ((), 54)


def test_new_vectors_are_noticed(generation, readings, folder):
    held = Vectors(folder / "vectors", "m")
    searcher = Searcher(generation, readings, folder, held)
    east = np.array([[1.0, 0.0]], dtype=np.float32)
    assert not searcher.find(Search(WHOLE_LANDLORD), 10, meaning=east[0]).hits
    held.keep([vector_key(words(1))], east)
    assert texts(searcher.find(Search(WHOLE_LANDLORD), 10, meaning=east[0])) == [words(1)]


# ── The index on disk ────────────────────────────────────────────────────────────────────────────


def test_the_index_is_made_once_and_made_anew_with_new_readings(generation, readings, folder):
    Searcher(generation, readings, folder).prepare()
    (first,) = (folder / "search").iterdir()
    made = (first / "keys.arrow").stat().st_mtime_ns
    found(Searcher(generation, readings, folder), "lift")
    assert (first / "keys.arrow").stat().st_mtime_ns == made
    readings.notice_parts()
    readings.keep([read(text_key(QUESTION, "the repair was quick, number 40"), "A lift at last")])
    assert "A lift at last" in texts(found(Searcher(generation, readings, folder), "lift"))
    assert not first.exists()  # words are not kept longer than the readings they come from


def test_an_index_laid_out_as_it_once_was_is_made_anew_and_thrown_away(searcher, generation, readings, folder):
    before = texts(found(searcher, "lift"))
    (now,) = (folder / "search").iterdir()
    (then := now.with_name(readings.fingerprint())).mkdir()
    (then / "keys.parquet").write_bytes(b"as it once was")
    shutil.rmtree(now)
    assert texts(found(Searcher(generation, readings, folder), "lift")) == before
    assert list((folder / "search").iterdir()) == [now]


def test_a_text_is_known_by_the_hash_of_its_key_and_no_other(searcher, generation):
    index = searcher.index
    held = dict(generation.rows("select hash(text_key), text_key from comments union select hash('gone'), 'gone'"))
    numbers = index.numbers(np.array(list(held), dtype=np.uint64)).tolist()
    keys = index.keys.to_pylist()
    assert {key for key, number in zip(held.values(), numbers, strict=True) if number < 0} == {
        "gone", *(set(held.values()) - set(keys))
    }  # fmt: skip
    assert all(keys[number] == key for key, number in zip(held.values(), numbers, strict=True) if number >= 0)


def test_an_index_can_be_thrown_away_and_comes_back(searcher, generation, readings, folder):
    searcher.prepare()
    forget_index(folder)
    assert not (folder / "search").exists()
    assert len(found(Searcher(generation, readings, folder), "lift").hits) == 22


def test_a_searcher_goes_on_where_its_generation_was_closed_and_opened_anew(searcher, generation, folder):
    before = texts(found(searcher, "lift"))
    again = Generation(generation.path)
    generation.close()
    searcher.read_from(again)
    assert texts(found(searcher, "lift")) == before
    again.close()


def test_nothing_read_is_nothing_found(generation, folder):
    result = found(Searcher(generation, Readings(folder / "none", "v1"), folder), "lift")
    assert (result.hits, result.searched) == ((), 0)


def test_a_text_read_twice_is_one_text(generation, readings, folder):
    before = len(found(Searcher(generation, readings, folder), "lift").hits)
    twice = read(text_key(QUESTION, "the repair was quick, number 40"), "A lift at last")
    readings.notice_parts()
    readings.keep([twice, twice])
    assert len(found(Searcher(generation, readings, folder), "lift").hits) == before + 1


def test_an_index_half_made_is_not_used(generation, readings, folder, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("data.searching.index._keep", killed)
    with pytest.raises(KeyboardInterrupt):
        Searcher(generation, readings, folder).prepare()
    monkeypatch.undo()
    assert not list((folder / "search").iterdir())
    assert len(found(Searcher(generation, readings, folder), "lift").hits) == 22
