"""Themes from the command line."""

from __future__ import annotations

import json

import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import Mention, Reading, Redacted, Tone
from analysis.text.reading import text_key
from dashboard import actions
from dashboard.cli import main
from data.ledger import Ledger
from data.settings import HOME_VARIABLE, read_settings
from data.store import Store

SUBJECTS = (
    "The black mould on the bedroom wall\x1b[31m is back",
    "Our lift was stuck on the ground floor",
    "There are rats in the bin store again",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A hundred and fifty who complained of three things, and themes looked for among them, by words alone."""
    home = tmp_path_factory.mktemp("home")
    (home / "settings.toml").write_text('model_folder = "nowhere"\n', encoding="utf-8")
    Store(home / "landlord", "real").publish(small_incoming(answers=150)).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))
        actions.readings_of(actions.store_in_use(read_settings())).keep(
            [
                Reading(
                    text_key(QUESTION, f"the repair was quick, number {n}"),
                    Redacted(f"{SUBJECTS[n % 3]}, number {n}"),
                    Tone("negative", -0.5),
                    (Mention("pests" if n % 3 == 2 else "listening", "negative"),),
                    False,
                    "v1",
                )
                for n in range(1, 151)
            ]
        )
        assert main(["themes", "--look"]) == 0
    return home


@pytest.fixture
def home(filled, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(filled))
    return filled


def listed(capsys, *more):
    assert main(["themes", "--json", *more]) == 0
    (survey,) = json.loads(capsys.readouterr().out)["themes"]
    return survey


def test_themes_are_listed_with_share_interval_topic_and_quotes(home, capsys):
    survey = listed(capsys)
    assert (survey["wave"], survey["tenure_group"], survey["comments"], survey["by"]) == ("2024", "LCRA", 150, "words")
    assert [theme["side"] for theme in survey["themes"]] == ["against"] * 3
    rats = next(theme for theme in survey["themes"] if "rats" in " ".join(theme["phrases"]))
    assert (rats["base"], rats["topic"], rats["topic_part"]) == (150, "pests", 1.0)
    assert rats["value"] == pytest.approx(50 / 150)
    assert rats["low"] < 1 / 3 < rats["high"]
    assert rats["typical"][0]["text"].startswith("There are rats")
    assert rats["dissenting"] is None


def test_in_words_nothing_acts_on_a_terminal(home, capsys):
    assert main(["themes"]) == 0
    told, said = capsys.readouterr()
    assert "\x1b" not in told
    assert "33% (26% to 41%, 150 comments)" in told
    assert "rougher than by meaning" in told
    assert "a computer found alike" in said


def test_what_a_person_says_of_a_theme_stands_until_it_is_taken_back(home, capsys):
    assert main(["themes", "--rename", "against-1", "What comes back", "--who", "Ann"]) == 0
    (told,) = capsys.readouterr().out.splitlines()
    assert "against-1 renamed to What comes back, by Ann (name as given)" in told
    named = {theme["theme"]: theme for theme in listed(capsys)["themes"]}["against-1"]
    assert (named["title"], named["title_by_as_given"]) == ("What comes back", "Ann")
    assert main(["themes", "--take-back", told.split(":")[0], "--who", "Bola"]) == 0
    capsys.readouterr()
    assert "What comes back" not in json.dumps(listed(capsys))
    assert main(["themes", "--said"]) == 0
    assert "taken back by Bola" in capsys.readouterr().out
    lines = Ledger(home / "landlord").entries()
    assert [entry.action for entry in lines[:2]] == ["take back rename of theme", "rename theme"]
    assert "comes back" not in str(lines)  # a name may repeat tenants' words


def test_looking_again_adds_nothing(home, capsys):
    assert main(["themes", "--look"]) == 0
    assert "No new theme." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--hide", "against-1"], "Say who you are"),
        (["--hide", "for-9", "--who", "Ann"], "There is no theme 'for-9'"),
        (["--merge", "against-1", "against-1", "--who", "Ann"], "already"),
        (["--wave", "1999"], "no wave called '1999'"),
    ],
)
def test_what_means_nothing_is_told_so(home, capsys, asked, told):
    assert main(["themes", *asked]) == 2
    out, said = capsys.readouterr()
    assert told in said
    assert not out


def test_before_anything_was_looked_for_the_list_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    Store(tmp_path / "landlord", "real").publish(small_incoming()).close()
    assert main(["themes"]) == 0
    assert "No themes have been looked for yet." in capsys.readouterr().out
    assert main(["themes", "--look"]) == 0
    assert "No new theme." in capsys.readouterr().err
