"""The register of wording: the shipped one is whole; a landlord's own is followed, or refused line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.letters.reading import read_letter
from analysis.model.letters import Letter, Paragraph
from data.language import load_redaction
from data.letters.reading import syllables
from data.letters.register import COUNTED, load_letter_words
from data.settings import HOME_VARIABLE, SettingsError

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "letters.md"


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """Where a landlord's own register stands."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path / "letters.toml"


def found(text):
    letter = Letter("a.txt", "template", (Paragraph("line 1", text),))
    return read_letter(letter, load_letter_words(), load_redaction(), syllables).findings


def test_every_shipped_rule_says_why_what_to_say_instead_and_whence():
    words = load_letter_words()
    assert len(words.rules) >= 25 and set(COUNTED) <= set(words.rules)
    for rule in words.rules.values():
        assert rule.kind in words.kinds and rule.why.endswith(".") and rule.source and rule.plainer and rule.action
    assert {rule.kind for rule in words.rules.values()} == set(words.kinds)


def test_a_landlords_own_words_texts_rules_owners_and_limits_are_followed_at_once(own):
    assert not found("Let the flat breathe.") and not found("Computer says no.")
    own.write_text(re.search(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.S)[1], encoding="utf-8")
    (breathe,) = found("Let the flat breathe.")
    assert (breathe.rule, breathe.plainer) == ("open_windows", "We will check the fan on [date].")
    assert breathe.owner == "head of communications"
    (own_rule,) = found("Computer says no.")
    assert (own_rule.kind, own_rule.owner) == ("dismisses", "contact centre manager")
    assert not found("Computer says no and we will pass you on.")  # what unless says, in the same clause
    assert found("Please open the windows.") and not found("Please use the fan.")  # added to, and taken out of
    assert not found("The operative will attend.")  # switched off
    assert load_letter_words().longest_sentence == 20
    own.unlink()
    assert not found("Computer says no.") and load_letter_words().longest_sentence == 25


def test_a_kind_of_ones_own(own):
    own.write_text('[kinds.cold]\ntitle = "Cold"\n[cold_words]\nkind = "cold"\nphrases = "dear occupier"\n'
                   'why = "No name."\nplainer = "Use the name."', encoding="utf-8")  # fmt: skip
    assert [each.kind for each in found("Dear occupier")] == ["cold"]
    assert load_letter_words().kinds["cold"] == "Cold"


@pytest.mark.parametrize(
    "text, line, said",
    [
        ("\n[lifestyle", None, "not readable as TOML"),
        ("\n\n[Lifestyle]\nphrases = 'a b'", 3, "is no code"),
        ("[lifestyle]\nwords = 'a'", 2, "words is no entry of a rule"),
        ("[lifestyle]\n\nphrases = 3", 3, "phrases is 3"),
        ("[lifestyle]\nphrases = '~ way'", 2, "begins with a gap"),
        ("[lifestyle]\nwhy = 'x'\nphrases = 'Your'", 3, "capitals"),
        ('[lifestyle]\nphrases = "don\'t do"', 2, "apostrophe"),
        ("[lifestyle]\nwithout = 'not there'", 2, "no phrase of"),
        ("[lifestyle]\noff = 'yes'", 2, "off is 'yes'"),
        ("[lifestyle]\nkind = 'rude'", 2, "kind is 'rude'"),
        ("[lifestyle]\noff = true\n[ours]\nkind = 'blames'", 3, "no phrases and no why and no plainer"),
        ("[limits]\nreading_age = 200", 2, "a number from 8 to 30"),
        ("[limits]\nlength = 2", 2, "length is no limit"),
        ("[owners]\ntemplate = ''", 2, "Name a role"),
        ("[owners]\npolicy = 'x'", 2, "no kind of letter"),
        ("[context]\ndenied = 'no'", 2, "no entry of"),
        ("[kinds]\nblames = 'x'", 1, "needs one entry"),
        ("phrases = 'a'", 1, "Write a table"),
    ],
)
def test_what_cannot_be_followed_is_named_with_its_line(own, text, line, said):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as fault:
        load_letter_words()
    assert "letters.toml" in str(fault.value)
    if line:
        assert f"line {line}:" in str(fault.value)


def test_every_fault_is_told_at_once(own):
    own.write_text("[lifestyle]\nphrases = 3\n[limits]\nreading_age = 1\n[nothing]\nkind = 'blames'", encoding="utf-8")
    with pytest.raises(SettingsError) as fault:
        load_letter_words()
    assert str(fault.value).count("letters.toml, line ") == 3


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(own):
    own.write_bytes(b"[lifestyle]\nphrases = 'caf\xe9 talk'")
    with pytest.raises(SettingsError, match="line 2: it is not UTF-8"):
        load_letter_words()
