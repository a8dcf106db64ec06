from __future__ import annotations

import shutil
import socket
import subprocess
import sys

import pytest

from data import language
from data.language import LABELLED, REFERENCE, labelled_comments, load_language, reader_version, vader_lexicon


def test_vader_s_lexicon_is_the_installed_wheel_s():
    lexicon = vader_lexicon()
    # from the file itself: "good\t1.9\t0.9434\t…", "horrible\t-2.5\t…"
    assert (lexicon["good"], lexicon["horrible"]) == (1.9, -2.5)
    assert len(lexicon) > 7_000


def test_a_missing_wheel_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(language, "distribution_files", lambda name: None)
    with pytest.raises(language.LexiconError, match="vaderSentiment"):
        vader_lexicon()


def test_loading_asks_nothing_of_the_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    language._language.cache_clear()
    assert load_language().topics.topics


def test_the_version_changes_with_a_register_and_only_then(tmp_path):
    shutil.copytree(REFERENCE, tmp_path / "same")
    shutil.copytree(REFERENCE, tmp_path / "changed")
    with (tmp_path / "changed" / "tone.toml").open("a", encoding="utf-8") as register:
        register.write("\n# a remark\n")
    assert reader_version(tmp_path / "same") == reader_version() == load_language().version
    assert reader_version(tmp_path / "changed") != reader_version()


def test_no_phrase_stands_in_two_bands_of_tone():
    bands = language._toml(REFERENCE / "tone.toml")["band"]
    seen: dict[str, str] = {}
    twice = []
    for band in bands:
        for phrase in language.phrase_list(band["phrases"]):
            if seen.setdefault(phrase, band["name"]) != band["name"]:
                twice.append((phrase, seen[phrase], band["name"]))
    assert twice == []


def test_every_kind_of_detail_has_its_bracket():
    rules = load_language().redaction
    kinds = {pattern.kind for pattern in rules.patterns} | {"person", "address"}
    assert kinds == set(rules.brackets)


def test_the_labelled_comments_are_three_hundred_with_known_topics():
    comments = labelled_comments(LABELLED)
    assert len(comments) == 300
    assert {topic for c in comments for topic in c.topics} <= set(load_language().topics.topics)


def test_nltk_and_what_it_brings_are_not_imported_to_read_comments():
    script = (
        "import sys, data.labelling; from data.language import load_language; from analysis.text.reading import read; "
        "read('not very good, damp', '', load_language()); sys.exit(bool({'nltk', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=REFERENCE.parents[1], check=False).returncode == 0


def test_the_version_changes_when_the_sentence_model_comes_or_goes(tmp_path, monkeypatch):
    with_it = reader_version()
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text(f'model_folder = "{(tmp_path / "none").as_posix()}"\n', encoding="utf-8")
    assert reader_version() != with_it
