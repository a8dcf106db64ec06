"""Lexicons and registers for reading tenants' words: loaded here, handed in to analysis."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import files as distribution_files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import analysis.text.reading
from analysis.text.addresses import AddressWords
from analysis.text.blanks import BlankWords
from analysis.text.cues import CueWords
from analysis.text.evaluation import Labelled
from analysis.text.features import Registers
from analysis.text.name_words import NameWords
from analysis.text.phrases import Phrasebook, phrase_list, phrasebook
from analysis.text.reading import NOT, HeadSet, Language
from analysis.text.redaction import Pattern, RedactionRules
from analysis.text.sentiment import ToneWords
from analysis.text.topics import Topic, TopicWords
from analysis.text.valences import STRONGER, Valences
from analysis.text.vocabulary import Vocabulary
from data.embedding import is_there
from data.heads import HEADS, head_files, load_heads, own_heads
from data.labelled import read_labelled
from data.settings import read_settings
from data.topics import own_topics, topic_register

REFERENCE = Path(__file__).with_name("reference")
LABELLED = REFERENCE / "labelled" / "development.jsonl"
NOT_WHOLE = ("probes",)  # labelled files in which nobody looked for dangers and for being judged
DETAILS_ALONE = ("redaction-probes",)  # labelled files of personal details only
PROBES = REFERENCE / "labelled" / "probes.jsonl"
REGISTERS = (
    "redaction.toml", "names.toml", "tone.toml", "vader.toml", "topics.toml", "sensitive.toml", "hazards.toml",
    "stigma.toml", "strengths.toml", "cues.toml", "ordinary.txt", "blanks.toml",
)  # fmt: skip
_PLAIN = "[a-z](?:[a-z /][a-z /?]*)?"  # a word in a pattern, with an "?" after its second letter at the earliest
_CHOICE = re.compile(rf"\(\?:({_PLAIN}(?:\|{_PLAIN})+)\)")
OF_DANGER, OF_JUDGEMENT, OF_STRENGTH = ("emergency", "danger", "weak"), ("strong", "weak"), ("phrases", "if_praised")


class LexiconError(RuntimeError):
    """A lexicon that should have come with an installed package is not there; the message names it and the remedy."""


def load_language(folder: Path = REFERENCE) -> Language:
    """Everything the reader of comments needs; loaded once a process until something of it changes.

    Raises LexiconError where a lexicon is missing, SettingsError where the landlord's own topics cannot be followed.
    """
    return _language(folder, reader_version(folder))


@cache
def _language(folder: Path, version: str) -> Language:
    return Language(
        redaction=load_redaction(folder),
        registers=load_registers(folder),
        sensitive=load_sensitive(folder),
        strengths=load_cues(folder, "strengths.toml", OF_STRENGTH),
        blanks=load_blanks(folder),
        version=version,
        heads=_heads(folder),
    )


def _heads(folder: Path) -> HeadSet | None:
    """The landlord's own heads, if they weigh what this version of the reader finds; else the shipped ones."""
    own = load_heads(own_heads())
    if own and own.lexical.weighs == load_registers(folder).findings:
        return own
    return load_heads(folder / HEADS)


def load_registers(folder: Path = REFERENCE) -> Registers:
    """The word lists by which the rules read, tone, topics, dangers and being judged."""
    return Registers(
        load_tone(folder),
        load_topics(folder),
        load_cues(folder, "hazards.toml", OF_DANGER),
        load_cues(folder, "stigma.toml", OF_JUDGEMENT),
        tuple(_toml(folder / "topics.toml")),
    )


def reader_version(folder: Path = REFERENCE) -> str:
    """Twelve letters that change whenever a register, a head, the lexicon, the reader's own code, or the topics or
    heads a landlord has of its own do, or the sentence model comes or goes.

    Readings are kept under it, so that comments are read again after any change and never half and half.
    """
    own = own_topics()
    taught = b"".join(file.read_bytes() for file in head_files(own_heads()))
    model = b"meaning" if is_there(read_settings().model_folder) else b"words"
    return _version(folder, (own.read_bytes() if own else b"") + taught + model)


@cache
def _version(folder: Path, own: bytes) -> str:
    code = sorted(Path(analysis.text.reading.__file__).parent.glob("*.py"))
    digest = hashlib.sha256(own)
    for path in [*code, *(folder / name for name in REGISTERS), *head_files(folder / HEADS), _vader_file()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def load_redaction(folder: Path = REFERENCE) -> RedactionRules:
    """What redaction looks for, from redaction.toml and names.toml."""
    register, names = _toml(folder / "redaction.toml"), _toml(folder / "names.toml")
    streets = _words(register["address"]["streets"])
    return RedactionRules(
        tuple(_pattern(row) for row in register["pattern"]),
        AddressWords(**{key: _words(value) for key, value in register["address"].items()}),
        _name_words(register["names"], names, streets, _lines(folder / "ordinary.txt")),
        register["brackets"],
    )


def _pattern(row: Mapping[str, Any]) -> Pattern:
    find = re.compile(_CHOICE.sub(_by_letter, row["find"]), re.IGNORECASE)
    return Pattern(row["kind"], find, tuple(row.get("when", "").split()), row.get("keep", 0), row.get("figures", 0))


def _by_letter(choice: re.Match[str]) -> str:
    """A choice of words, those with one first letter together: found four times as quickly where they are many.

    >>> _CHOICE.sub(_by_letter, "(?:ref|job|refs)")
    '(?:r(?:ef|efs)|j(?:ob))'
    """
    rests: dict[str, list[str]] = {}
    for word in choice[1].split("|"):
        rests.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items()) + ")"


def _name_words(
    register: Mapping[str, str], names: Mapping[str, str], streets: frozenset[str], ordinary: frozenset[str]
) -> NameWords:
    phrases = ("announce_pairs", "warm_pairs", "idioms")  # several words each, parted by a stroke
    both = {**register, **names}
    lists = {key: _words(value) for key, value in both.items() if key not in phrases}
    pairs = {key: frozenset(" ".join(one.split()) for one in both[key].split("|")) for key in phrases}
    lists["words"] -= lists["calendar"]
    lists["never"] -= lists["words"] | lists["calendar"]  # May and Will have rules of their own
    known = lists["never"] | lists["things"] | lists["places"] | lists["bodies"] | lists["informal"]
    known |= lists["calendar"] | lists["titles"] | streets
    return NameWords(streets=streets, ordinary=Vocabulary(ordinary, exact=known), **pairs, **lists)


def _lines(path: Path) -> frozenset[str]:
    """The lines of a word list, less its notice."""
    return frozenset(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def load_tone(folder: Path = REFERENCE) -> ToneWords:
    """VADER's lexicon from the installed wheel, corrected by tone.toml, and its rules from vader.toml."""
    register, rules = _toml(folder / "tone.toml"), _toml(folder / "vader.toml")
    weights = {p: band["weight"] for band in register["band"] for p in phrase_list(band["phrases"])}
    lexicon = {**vader_lexicon(), **dict.fromkeys(phrase_list(register["silent"]), 0.0), **weights}
    return ToneWords(
        valences=Valences(
            lexicon={word: value for word, value in lexicon.items() if value},
            negations=frozenset(phrase_list(rules["negations"]) + phrase_list(register["negations"])),
            emphasis={
                **dict.fromkeys(phrase_list(rules["more"]), STRONGER),
                **dict.fromkeys(phrase_list(rules["less"]), -STRONGER),
            },
            idioms=rules["idioms"],
        ),
        phrases=phrasebook({"tone": weights}),
        faults=_banded(register, "fault"),
        resolutions=_banded(register, "resolves"),
        pointers=frozenset(phrase_list(register["pointers"])),
        answers=phrasebook(
            {
                **{kind: phrase_list(words) for kind, words in register["answers"].items()},
                "request": phrase_list(register["requests"]["opens"]),
            }
        ),
        asked=phrasebook({key: phrase_list(value) for key, value in register["asked"].items()}),
    )


def vader_lexicon() -> dict[str, float]:
    """Word to value, -4 to 4, from ``vader_lexicon.txt`` of the vaderSentiment wheel; its code is not imported.

    Raises LexiconError where the wheel is not installed.
    """
    lines = _vader_file().read_text(encoding="utf-8").splitlines()
    return {word: float(value) for word, value, *_ in (line.split("\t") for line in lines if line)}


def _vader_file() -> Path:
    for file in distribution_files("vaderSentiment") or ():
        if file.name == "vader_lexicon.txt":
            return Path(str(file.locate()))
    raise LexiconError("vader_lexicon.txt is not in the installed vaderSentiment package. Run `make setup` again.")


def _banded(register: Mapping[str, Any], mark: str) -> frozenset[str]:
    return frozenset(p for band in register["band"] if band.get(mark) for p in phrase_list(band["phrases"]))


def load_sensitive(folder: Path = REFERENCE) -> Phrasebook:
    """Words that make a comment special category data, by kind, from sensitive.toml."""
    register = _toml(folder / "sensitive.toml")
    words = {kind: phrase_list(row["words"]) for kind, row in register.items()}
    unless = {NOT + kind: phrase_list(row["unless"]) for kind, row in register.items() if "unless" in row}
    return phrasebook({**words, **unless})


def load_topics(folder: Path = REFERENCE) -> TopicWords:
    """The topics and the words that show them, from topics.toml."""
    register = topic_register(folder / "topics.toml")
    books = {
        book: phrasebook({code: phrase_list(row.get(book, "")) for code, row in register.items()})
        for book in ("keywords", "if_felt", "if_praised", "unless")
    }
    topics = {
        code: Topic(code, row["title"], row.get("holds", row["title"]), row.get("leaning", "neutral"))
        for code, row in register.items()
    }
    return TopicWords(MappingProxyType(topics), **books)


def load_cues(folder: Path, name: str, strengths: tuple[str, ...]) -> CueWords:
    """A register of signs, and from cues.toml what takes a sign back. ``strengths``: its entries that hold phrases."""
    register, taken_back = _toml(folder / name), _toml(folder / "cues.toml")
    back = {
        kind: phrasebook({key: phrase_list(words) for key, words in row.items()}) for kind, row in taken_back.items()
    }
    said = {
        f"{kind}/{strength}": phrase_list(row[strength])
        for kind, row in register.items()
        for strength in strengths
        if row.get(strength)
    }
    return CueWords(
        signs=phrasebook(said),
        unless=phrasebook({kind: phrase_list(row.get("unless", "")) for kind, row in register.items()}),
        denials=back["denied"],
        mended=back["mended"],
        supposed=back["supposed"],
        kinds=tuple(register),
        strengths=strengths,
        titles={kind: row.get("title", "") for kind, row in register.items()},
        parts={kind: row["kind"] for kind, row in register.items() if "kind" in row},
        where={kind: row["where"] for kind, row in register.items() if "where" in row},
        ordinarily={kind: row["ordinarily"] for kind, row in register.items() if "ordinarily" in row},
    )


def labelled_comments(file: Path = LABELLED) -> tuple[Labelled, ...]:
    """The labelled comments of a JSONL file in data/reference/labelled/, for measuring and training the reader."""
    return read_labelled(file)


def training_comments() -> list[tuple[str, Labelled, bool]]:
    """The labelled comments heads learn from: of each its file, and whether danger and judgement were looked for."""
    files = [file for file in sorted(LABELLED.parent.glob("*.jsonl")) if file.stem not in DETAILS_ALONE]
    return [(file.stem, one, file.stem not in NOT_WHOLE) for file in files for one in labelled_comments(file)]


def load_blanks(folder: Path = REFERENCE) -> BlankWords:
    """Answers that say nothing and the little words of other languages, from blanks.toml."""
    register = _toml(folder / "blanks.toml")
    return BlankWords(
        blank=frozenset(phrase_list(register["blank"])),
        answer=frozenset(phrase_list(register["answer"])),
        asks=_words(register["asks"]),
        tongues=MappingProxyType({name: _words(words) for name, words in register["tongues"].items()}),
    )
