"""How a comment sounds: VADER as nltk has it, over a lexicon that knows what mould is, clause by clause.

VADER (Hutto and Gilbert 2014) gives each word a value and bends it by the words before: negation, emphasis. We hand
it the wheel's lexicon corrected by ``data/reference/tone.toml`` and phrases as single words, then read praise and
criticism separately, so that a comment with both is mixed and not the average. Accuracy: docs/method/text.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from analysis.model import Tone
from analysis.text.clauses import Clause
from analysis.text.phrases import Match, Phrasebook, begun, longest, matches
from analysis.text.remembered import Remembered
from analysis.text.valences import Valences

CLEAR = 1.1  # praise or criticism this strong is felt; about one mild word of VADER's
BOTH = 1.7  # each side of a mixed comment is at least this strong …
SHARE = 0.22  # … and the weaker side at least this part of the stronger
PATIENT = 2.0  # a request stays neutral unless more than this is felt
BARE = 3  # words of an answer that only names what it is about
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


class Feeling(NamedTuple):
    """What one clause carries, word by word; ``value`` is its praise less its criticism."""

    felt: tuple[Felt, ...]
    value: float
    resolves: bool = False


_NOTHING_FELT = Feeling((), 0.0)


@dataclass(frozen=True)
class ToneWords:
    """VADER's lexicon as corrected, the phrases that stand in for words, and how questions and requests are worded."""

    valences: Valences
    phrases: Phrasebook
    faults: frozenset[str]
    resolutions: frozenset[str]
    pointers: frozenset[str]  # words that point back to the sentence before
    answers: Phrasebook  # "nothing", "everything", "everything_wrong", "yes", "no", "wishes", "unsure", "request"
    asked: Phrasebook  # "better", "good", "whether"

    @cached_property
    def asks(self) -> Remembered[str]:
        """What a question asks for: "better", "good" or "" for nothing in particular."""
        return Remembered(self._asks)

    def _asks(self, question: str) -> str:
        found = matches(question.lower().replace("?", " ").replace("'", "").split(), self.asked)
        return found[0].phrase.meanings[0] if found else ""


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


def tone(said: Sequence[Clause], felt: Sequence[Feeling], question: str, words: ToneWords) -> tuple[Tone, str]:
    """Whether the comment praises, criticises, does both, or neither, with the words that decided; and the tone of a
    whole answer such as "Nothing", which turns on what was asked, where the comment is one.

    ``score`` is VADER's: the sum of what was felt, brought between -1 and 1.
    """
    praise, criticism = praise_and_criticism(felt)
    of = words.asks[question]
    answer = _whole_answer(said, praise, criticism, of, words)
    label = answer or _both(praise, criticism) or _request(said, praise, criticism, words)
    balance = praise - criticism
    label = label or _one_side(balance + LEAN.get(of, 0.0)) or _silence(said, question, words)
    found = Tone(label, balance / sqrt(balance**2 + ALPHA), reasons(felt, label))
    return found, answer if len(said) == 1 else ""


def praise_and_criticism(felt: Sequence[Feeling]) -> tuple[float, float]:
    """How much praise the clauses carry and how much criticism, each 0 or more."""
    praise = sum(feeling.value for feeling in felt if feeling.value > 0)
    return praise, -sum(feeling.value for feeling in felt if feeling.value < 0)


def _feeling(clause: Clause, words: ToneWords) -> Feeling:
    found = longest(clause.matches(words.phrases))
    merged, surfaces = _merged(clause, found) if found else (clause.words, clause.words)
    lower = [word.lower() for word in merged] if found else clause.lower
    lexicon = words.valences.lexicon
    places = [i for i, word in enumerate(lower) if word in lexicon]
    if not places:
        return _NOTHING_FELT
    capitals = sum([word.isupper() and len(word) > 1 for word in merged])
    differ = 0 < capitals < len(merged)
    felt, resolves = [], False
    for i in places:
        value = words.valences.valence(merged, lower, i, differ)
        felt.append(Felt(value, surfaces[i], lower[i] in words.faults))
        resolves |= lower[i] in words.resolutions and value > 0
    return _feels(felt, resolves)


def _feels(felt: Sequence[Felt], resolves: bool) -> Feeling:
    return Feeling(tuple(felt), sum([word.value for word in felt]), resolves)


def _merged(clause: Clause, found: Sequence[Match]) -> tuple[list[str], list[str]]:
    """The clause with each phrase as one word (as the register writes it), and the words as they stood."""
    merged, surfaces, at = [], [], 0
    for match in found:
        merged += [*clause.words[at : match.first], match.phrase.text]
        surfaces += [*clause.words[at : match.first], " ".join(clause.words[match.first : match.last])]
        at = match.last
    return merged + list(clause.words[at:]), surfaces + list(clause.words[at:])


def _without_faults(feeling: Feeling) -> Feeling:
    return _feels([felt for felt in feeling.felt if not (felt.fault and felt.value < 0)], feeling.resolves)


def _both(praise: float, criticism: float) -> str:
    weaker, stronger = sorted((praise, criticism))
    return "mixed" if weaker >= BOTH and weaker >= SHARE * stronger else ""


def _one_side(balance: float) -> str:
    if abs(balance) < CLEAR:
        return ""
    return "positive" if balance > 0 else "negative"


def _whole_answer(said: Sequence[Clause], praise: float, criticism: float, of: str, words: ToneWords) -> str:
    """The tone of "Nothing" and its like, which turns on what was asked; empty where more is said than that."""
    if not said or criticism - praise > PATIENT:
        return "" if said else "neutral"
    kinds = _opening(said[0], words, spare=1)
    if "unsure" in kinds and len(said) == 1:
        return "neutral"
    if len(said) == 1 and (label := _in_a_word(said[0], kinds, praise, criticism, of, words)):
        return label
    if "nothing" not in kinds or (len(said) > 3 and of != "better"):
        return ""
    if of == "better":
        return "positive"
    if of == "good":
        return "negative" if len(said) == 1 or all("nothing" in _opening(c, words, spare=2) for c in said) else ""
    return "neutral" if len(said) == 1 and praise < CLEAR else ""


def _in_a_word(said: Clause, kinds: frozenset[str], praise: float, criticism: float, of: str, words: ToneWords) -> str:
    """The tone of "Everything", "Yes" or a bare "Bins": what could be better is criticised, what is good praised."""
    if "everything_wrong" in kinds:
        return "negative"
    if "everything" in kinds or (of == "whether" and "yes" in kinds):
        return {"better": "negative", "good": "positive", "whether": "positive"}.get(of, "")
    if of == "whether":
        return "negative" if "no" in kinds and praise < CLEAR else ""
    opens = _opening(said, words)
    if len(said.words) > BARE or praise >= CLEAR or criticism >= CLEAR or opens & {"nothing", "unsure"} or said.asks:
        return ""
    if of == "good":
        return "positive"
    return "negative" if of == "better" and not opens & {"wishes", "request"} and "please" not in said.lower else ""


def _request(said: Sequence[Clause], praise: float, criticism: float, words: ToneWords) -> str:
    if praise > PATIENT or criticism >= PATIENT or len(said) > 6:
        return ""
    return "neutral" if any(clause.asks for clause in said) or _asks_for(said, words) else ""


def _asks_for(said: Sequence[Clause], words: ToneWords) -> bool:
    return any("request" in _opening(clause, words) for clause in said)


def _silence(said: Sequence[Clause], question: str, words: ToneWords) -> str:
    """The likely tone of a comment in which no word is felt: what was asked says how such answers are meant."""
    of = words.asks[question]
    if of == "good":
        return "positive"
    if _asks_for(said, words):
        return "neutral"
    enough = 3 if of == "better" else LONG_ANSWER if question else LONG_LETTER
    return "negative" if sum(len(clause.words) for clause in said) >= enough else "neutral"


def _opening(clause: Clause, words: ToneWords, spare: int | None = None) -> frozenset[str]:
    """What the clause opens as; with ``spare``, only where at most that many words follow the phrase."""
    lower = clause.lower[1:] if clause.lower[0] in ("hi", "hello", "and", "also", "but", "so") else clause.lower
    opened = begun(lower[:6], words.answers)
    if not opened:
        return frozenset()
    return frozenset(
        meaning
        for match in opened
        if spare is None or len(lower) - match.last <= spare
        for meaning in match.phrase.meanings
    )


def reasons(felt: Sequence[Feeling], label: str) -> tuple[str, ...]:
    """The words that speak for the label, strongest first."""
    all_felt = [word for feeling in felt for word in feeling.felt if word.value]
    if not all_felt:
        return ()
    if label in ("positive", "negative"):
        all_felt = [word for word in all_felt if (word.value > 0) == (label == "positive")]
    strongest = sorted(all_felt, key=lambda word: -abs(word.value))
    return tuple(dict.fromkeys(word.words for word in strongest))[:REASONS]
