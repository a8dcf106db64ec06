"""The command `letters`: what it prints, its JSON, its exit codes."""

from __future__ import annotations

import json

import pytest

from analysis.letters.suggesting import Suggestion
from dashboard.cli import main
from data.embedding import NoModel
from data.letters.kept import Letters
from data.settings import HOME_VARIABLE
from tests.support.letter_files import pdf, word

CLOSED = "We consider the matter closed."


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def letter(tmp_path):
    """Writes a file and gives its path as the command line takes it."""

    def written(name, content):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(file)

    return written


def test_a_letter_with_wording_ends_with_1_and_one_without_with_0(letter, capsys):
    assert main(["letters", letter("a.docx", word(CLOSED))]) == 1
    said = capsys.readouterr()
    assert "dismisses: 'consider the matter closed'" in said.out and "1 wording to look at, in 1 letter." in said.out
    assert "said in other words are missed" in said.err
    assert main(["letters", letter("b.txt", "We will come on Tuesday.")]) == 0
    assert "No wording of the list was found." in capsys.readouterr().out


def test_the_json_is_as_the_guide_says(letter, capsys):
    files = [letter("T014 damp.docx", word("«Name»", CLOSED)), letter("reply.txt", 'He said "you must be grateful".'),
             letter("privileged.txt", "Without prejudice"), letter("scan.pdf", pdf(None))]  # fmt: skip
    register = letter("register.csv", "Template Code,Letter Name,Owner,Volume 12m\nT014,Damp,Head of repairs,1260\n")
    assert main(["letters", *files, "--register", register, "--json"]) == 1
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert list(document) == ["read", "privileged", "counts", "letters", "problems", "limits"]
    assert (document["read"], document["counts"]) == (2, {"dismisses": 1})
    assert document["privileged"] == [
        {"file": "privileged.txt", "row": None, "why": "it may be legally privileged: 'without prejudice'"}
    ]
    template, reply = document["letters"]
    assert (template["file"], template["kind"], template["sent_in_12_months"]) == ("T014 damp.docx", "template", 1260)
    (finding,) = template["findings"]
    assert list(finding) == ["id", "kind", "rule", "place", "phrase", "sentence", "span", "why", "source", "plainer",
                             "owner", "action"]  # fmt: skip
    assert (finding["phrase"], finding["place"], finding["owner"]) == (
        "consider the matter closed", "paragraph 2", "Head of repairs",
    )  # fmt: skip
    assert reply["findings"] == [] and [each["because"] for each in reply["set_aside"]] == ["quoted"]
    assert template["reading_age"]["withheld"] == "fewer than 100 words"
    assert [each["rule"] for each in document["problems"]] == ["letter_scanned"]
    assert "scan.pdf" in said.err and "OCR" in said.err


def test_a_column_of_a_table_is_a_letter_a_row(letter, capsys):
    replies = letter("replies.csv", f"Case,Reply\nC1,Thank you.\nC2,{CLOSED}\n")
    assert main(["letters", replies, "--column", "Reply", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["read"] == 2
    assert [(each["file"], each["row"], each["kind"]) for each in document["letters"]] == [("replies.csv", 3, "reply")]
    assert main(["letters", replies]) == 1
    assert "Name the column" in capsys.readouterr().err


def test_wrong_usage_ends_with_2(letter, capsys, home):
    assert main(["letters"]) == 2
    assert main(["letters", "nowhere.docx"]) == 2
    assert "There is no file 'nowhere.docx'" in capsys.readouterr().err
    home.mkdir()
    (home / "letters.toml").write_text("[lifestyle]\nphrases = 3", encoding="utf-8")
    assert main(["letters", letter("a.txt", CLOSED)]) == 1
    assert "letters.toml, line 2: phrases is 3" in capsys.readouterr().err


def test_what_is_found_is_kept_with_a_name_and_not_beside_the_invented_landlord(letter, home, capsys):
    file = letter("a.txt", CLOSED)
    assert main(["letters", file, "--keep"]) == 1
    assert "A name is needed" in capsys.readouterr().err
    assert main(["letters", file, "--keep", "--by", "Sam Ode"]) == 1
    (kept,) = Letters(home / "landlord").held()
    assert [each.phrase for each in kept.read.findings] == ["consider the matter closed"]


def test_the_note_for_staff_is_printed(capsys):
    assert main(["letters", "--note"]) == 0
    said = capsys.readouterr().out
    assert "Nobody who wrote or signed a letter is named" in said and "not to be used for that" in said


def test_suggestions_are_asked_for_and_stand_apart(letter, capsys, monkeypatch):
    monkeypatch.setattr("dashboard.letters.load_suggest", lambda _: lambda texts: [(Suggestion("blames", "Like."),)])
    file = letter("a.txt", "It is all down to you.")
    assert main(["letters", file, "--suggest", "--json"]) == 0  # a suggestion is no finding
    (read,) = json.loads(capsys.readouterr().out)["letters"]
    assert [(each["because"], each["kind"], each["rule"]) for each in read["set_aside"]] == [
        ("suggested", "blames", "in_other_words")
    ]
    assert main(["letters", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["letters"][0]["set_aside"] == []


def test_without_the_sentence_model_nothing_is_suggested_and_it_says_why(letter, capsys, monkeypatch):
    monkeypatch.setattr("dashboard.letters.load_suggest", lambda _: NoModel("The model is missing."))
    assert main(["letters", letter("a.txt", CLOSED), "--suggest"]) == 2
    assert "The model is missing. Without it nothing is suggested." in capsys.readouterr().err
