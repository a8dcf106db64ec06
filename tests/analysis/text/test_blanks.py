from __future__ import annotations

import pytest

from analysis.text.blanks import NO_WORDS, NOT_ENGLISH, NOTHING, set_aside, tongue
from data.language import load_blanks

BETTER, WHY, ELSE = "What could we do better?", "Why do you say that?", "Is there anything else?"


@pytest.fixture(scope="module")
def register():
    return load_blanks()


@pytest.mark.parametrize(
    "text, question, reason",
    [
        ("", WHY, NOTHING),
        ("-", WHY, NOTHING),
        ("N/A", BETTER, NOTHING),
        ("n/a.", WHY, NOTHING),
        ("Nothing", BETTER, ""),
        ("none!", "What do we do well?", ""),
        ("Nothing", ELSE, NOTHING),
        ("no", ELSE, NOTHING),
        ("No", "Do you feel listened to?", ""),
        ("nothing works", ELSE, ""),
        ("nothing", "", NOTHING),
        ("?????", WHY, NO_WORDS),
        ("[phone]", "", NO_WORDS),
        ("👍", WHY, ""),
        ("N/A 😡", WHY, ""),
        ("10/10", WHY, ""),
    ],
)
def test_a_blank_depends_on_what_was_asked(register, text, question, reason):
    assert set_aside(text, question, register) == reason


@pytest.mark.parametrize(
    "text",
    [
        "mieszkanie jest zimne i nikt nie przyszedł",
        "apa calda nu merge de 3 zile va rog",
        "guriga waa qabow oo biyo kulul ma jiraan",
        "evim çok soğuk ve kimse gelmedi",
        "ghar mein pani nahi aa raha hai",
        "البيت بارد جدا ولا يوجد ماء ساخن",
        "房子很冷没有热水",
        "mae'r tŷ yn oer iawn ac nid oes dŵr poeth",
    ],
)
def test_other_languages_are_set_aside(register, text):
    assert set_aside(text, WHY, register) == NOT_ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        "tha knows nowt abaht it tha daft apeth",
        "weh yuh mean seh di pipe nuh fix yet mi tyad a it",
        "ah cannae be daein wi this onymair",
        "my flat very cold, no water hot, please you come",
        "lift brk agn. 9th flr",
        "gracias",
        "nie dobrze",
        "the pierogi lady la la la at no 5 is de best",
    ],
)
def test_dialect_learners_and_short_texts_are_read(register, text):
    assert set_aside(text, WHY, register) == ""


def test_the_language_of_most_little_words_is_told(register):
    assert tongue("das haus ist kalt und die heizung geht nicht", register.tongues) == "german"
    assert tongue("the house is cold and the heating is off", register.tongues) == "english"
    assert tongue("...", register.tongues) == ""
