from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.mending import FILE, mend
from analysis.text.tidy import tidy


@pytest.mark.parametrize(
    "spoilt, meant",
    [
        ("they donâ€™t answer", "they don't answer"),
        ("rent is Â£92.40", "rent is £92.40"),
        ("â€œnot our jobâ€ they said", '"not our job" they said'),
        ("FranÃƒÂ§ois", "François"),  # spoilt twice
        ("thank you ðŸ˜€", "thank you 😀"),
        ("they don\ufffdt answer", "they don't answer"),
        ("I can?t and they won?t", "I can't and they won't"),
        ("wet &amp;amp; cold, it&#39;s &lt;b&gt;bad&lt;/b&gt;", "wet & cold, it's bad"),
        ("<p>No heat.</p><p>Two <span style='color:red'>weeks</span></p>", "No heat.\nTwo weeks"),
        ("<style>p {margin:0}</style><div>Lift out</div>", "Lift out"),
        ("one_x000D_\ntwo", "one\ntwo"),
    ],
)
def test_words_that_a_program_spoilt_are_as_they_were_written(spoilt, meant):
    assert tidy(spoilt) == meant


@pytest.mark.parametrize(
    "said",
    [
        "love this place <3",
        "rent < £100 and bills > £90",
        "a <b and c> d",
        "write to <dave@example.com>",
        "will it last? this time?",
        "R&D; and A&E both shut",
        "Siân says it's café society",
    ],
)
def test_signs_that_are_meant_stay(said):
    assert tidy(said) == said


def test_a_file_pasted_into_a_text_gives_a_mark_and_its_words_stay():
    blob = base64.b64encode(bytes(range(256)) * 20).decode()
    assert tidy(f"photo: {blob} of the mould") == f"photo:{FILE}of the mould"
    lines = "\n".join(blob[at : at + 76] for at in range(0, len(blob), 76))
    assert tidy(f"photo: {lines}\nof the mould").replace("\n", " ") == f"photo:{FILE}of the mould"


def test_a_long_address_of_a_page_is_no_file():
    page = "https://www.example.com/" + "Repairs2025" * 8
    assert mend(page) == page


@given(st.text(alphabet="<>&;#ab1pdiv/=\"' âÂ€™\u0080\u00c3", max_size=200))
def test_mending_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
