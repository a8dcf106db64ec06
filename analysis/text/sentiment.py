"""How a comment sounds: nltk's VADER over a lexicon that knows what mould is, clause by clause.

VADER (Hutto and Gilbert 2014) gives each word a value and bends it by the words before: negation, emphasis. We hand
it the wheel's lexicon corrected by ``data/reference/tone.toml`` and phrases as single words, then read praise and
criticism separately, so that a comment with both is mixed and not the average. Accuracy: docs/method/text.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from analysis.model import Tone
from analysis.text.clauses import Clause
from analysis.text.phrases import Match, Phrasebook, longest, matches

if TYPE_CHECKING:
    from analysis.text.valences import Valences

CLEAR = 1.1  # praise or criticism this strong is felt; about one mild word of VADER's
BOTH = 1.7  # each side of a mixed comment is at least this strong …
SHARE = 0.22  # … and the weaker side at least this part of the stronger
PATIENT = 2.0  # a request stays neutral unless more than this is felt
LONG_ANSWER = 4  # words of an answer that plainly says something
LONG_LETTER = 14  # words of a letter or note that plainly says something
LEAN = MappingProxyType({"good": 1.6, "better": -0.9})  # how answers to a question are meant unless they say otherwise
ALPHA = 15  # VADER's own constant: makes a sum of values a score between -1 and 1
REASONS = 5


class Felt(NamedTuple):
    """One word or phrase that carries feeling: its value, how it stood in the text, and whether it tells of a fault."""

    value: float
    words: str
    fault: bool


@dataclass(frozen=True)
class Feeling:
    """What one clause carries, word by word."""

    felt: tuple[Felt, ...] = ()
    resolves: bool = False

    @property
    def value(self) -> float:
        """Praise less criticism."""
        return sum(felt.value for felt in self.felt)


@dataclass(frozen=True)
class ToneWords:
    """VADER's lexicon as corrected, the phrases that stand in for words, and how questions and requests are worded."""

    lexicon: Mapping[str, float]
    negations: frozenset[str]
    phrases: Phrasebook
    faults: frozenset[str]
    resolutions: frozenset[str]
    pointers: frozenset[str]  # words that point back to the sentence before
    answers: Phrasebook  # "nothing", "unsure", "request"
    asked: Phrasebook  # "better", "good"

    @cached_property
    def vader(self) -> Valences:
        """nltk's analyser over this lexicon."""
        from analysis.text.valences import Valences  # not before a comment is read: nltk takes seconds to import

        return Valences(self.lexicon, self.negations)


def feelings(said: Sequence[Clause], words: ToneWords) -> tuple[Feeling, ...]:
    """What each clause carries; a fault that is mended is not held against anyone.

    Mended: the same sentence says so, or the next one does and points back ("sorted it", "not seen one since").
    """
    found = [_feeling(clause, words) for clause in said]
    mending = [clause for clause, feeling in zip(said, found, strict=True) if feeling.resolves]
    if not mending:
        return tuple(found)
    mended = {clause.sentence for clause in mending}
    mended |= {clause.sentence - 1 for clause in mending if not words.pointers.isdisjoint(clause.lower)}
    return tuple(
        _without_faults(feeling) if clause.sentence in mended else feeling
        for clause, feeling in zip(said, found, strict=True)
    )


def tone(said: Sequence[Clause], felt: Sequence[Feeling], question: str, words: ToneWords) -> Tone:
    """Whether the comment praises, criticises, does both, or neither, with the words that decided.

    ``score`` is VADER's: the sum of what was felt, brought between -1 and 1.
    """
    praise, criticism = praise_and_criticism(felt)
    label = whole_answer(said, praise, criticism, question, words)
    label = label or _both(praise, criticism) or _request(said, praise, criticism, words)
    balance = praise - criticism
    label = label or _one_side(balance + LEAN.get(asked(question, words), 0.0)) or _silence(said, question, words)
    return Tone(label, balance / sqrt(balance**2 + ALPHA), reasons(felt, label))


def praise_and_criticism(felt: Sequence[Feeling]) -> tuple[float, float]:
    """How much praise the clauses carry and how much criticism, each 0 or more."""
    praise = sum(feeling.value for feeling in felt if feeling.value > 0)
    return praise, -sum(feeling.value for feeling in felt if feeling.value < 0)


def _feeling(clause: Clause, words: ToneWords) -> Feeling:
    merged, surfaces = _merged(clause, longest(clause.matches(words.phrases)))
    capitals = sum(word.isupper() and len(word) > 1 for word in merged)
    felt, resolves = [], False
    for i, word in enumerate(merged):
        key = word.lower()
        if words.lexicon.get(key):
            value = words.vader.valence(merged, i, 0 < capitals < len(merged))
            felt.append(Felt(value, surfaces[i], key in words.faults))
            resolves |= key in words.resolutions and value > 0
    return Feeling(tuple(felt), resolves)


def _merged(clause: Clause, found: Sequence[Match]) -> tuple[list[str], list[str]]:
    """The clause with each phrase as one word (as the register writes it), and the words as they stood."""
    if not found:
        return list(clause.words), list(clause.words)
    merged, surfaces, at = [], [], 0
    for match in found:
        merged += [*clause.words[at : match.first], match.phrase.text]
        surfaces += [*clause.words[at : match.first], " ".join(clause.words[match.first : match.last])]
        at = match.last
    return merged + list(clause.words[at:]), surfaces + list(clause.words[at:])


def _without_faults(feeling: Feeling) -> Feeling:
    kept = tuple(felt for felt in feeling.felt if not (felt.fault and felt.value < 0))
    return Feeling(kept, feeling.resolves)


def _both(praise: float, criticism: float) -> str:
    weaker, stronger = sorted((praise, criticism))
    return "mixed" if weaker >= BOTH and weaker >= SHARE * stronger else ""


def _one_side(balance: float) -> str:
    if abs(balance) < CLEAR:
        return ""
    return "positive" if balance > 0 else "negative"


def whole_answer(said: Sequence[Clause], praise: float, criticism: float, question: str, words: ToneWords) -> str:
    """The tone of "Nothing" and its like, which turns on what was asked; empty where more is said than that."""
    if not said or criticism - praise > PATIENT:
        return "" if said else "neutral"
    kinds = _opening(said[0], words, spare=1)
    of = asked(question, words)
    if "unsure" in kinds and len(said) == 1:
        return "neutral"
    if "nothing" not in kinds or (len(said) > 3 and of != "better"):
        return ""
    if of == "better":
        return "positive"
    if of == "good":
        return "negative" if len(said) == 1 or all("nothing" in _opening(c, words, spare=2) for c in said) else ""
    return "neutral" if len(said) == 1 and praise < CLEAR else ""


def _request(said: Sequence[Clause], praise: float, criticism: float, words: ToneWords) -> str:
    asks = any(clause.asks for clause in said) or any("request" in _opening(clause, words) for clause in said)
    return "neutral" if asks and praise <= PATIENT and criticism < PATIENT and len(said) <= 6 else ""


def _silence(said: Sequence[Clause], question: str, words: ToneWords) -> str:
    """The likely tone of a comment in which no word is felt: what was asked says how such answers are meant."""
    length = sum(len(clause.words) for clause in said)
    of = asked(question, words)
    if of == "good":
        return "positive"
    if any("request" in _opening(clause, words) for clause in said):
        return "neutral"
    enough = 3 if of == "better" else LONG_ANSWER if question else LONG_LETTER
    return "negative" if length >= enough else "neutral"


def asked(question: str, words: ToneWords) -> str:
    """ "better", "good" or nothing in particular."""
    plain = question.lower().replace("?", " ").replace("'", "").split()
    found = matches(plain, words.asked)
    return found[0].phrase.meanings[0] if found else ""


def _opening(clause: Clause, words: ToneWords, spare: int | None = None) -> frozenset[str]:
    """What the clause opens as; with ``spare``, only where at most that many words follow the phrase."""
    lower = clause.lower[1:] if clause.lower[0] in ("hi", "hello", "and", "also", "but", "so") else clause.lower
    return frozenset(
        meaning
        for match in matches(lower[:6], words.answers)
        if match.first == 0 and (spare is None or len(lower) - match.last <= spare)
        for meaning in match.phrase.meanings
    )


def reasons(felt: Sequence[Feeling], label: str) -> tuple[str, ...]:
    """The words that speak for the label, strongest first."""
    all_felt = [word for feeling in felt for word in feeling.felt if word.value]
    if label in ("positive", "negative"):
        all_felt = [word for word in all_felt if (word.value > 0) == (label == "positive")]
    strongest = sorted(all_felt, key=lambda word: -abs(word.value))
    return tuple(dict.fromkeys(word.words for word in strongest))[:REASONS]
