"""From what the rules found and what the heads think likely to what is said of a comment, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.model import ClauseTone, Danger, Mention, Strength, Told, Tone
from analysis.text.clauses import Clause
from analysis.text.cues import Cue, CueWords
from analysis.text.features import Sifted
from analysis.text.grams import weighed, words_of
from analysis.text.heads import (
    DANGER,
    EMERGENCY,
    FORM,
    KIND,
    SOURCE,
    TOLD,
    TONE,
    TOPIC,
    VULNERABLE,
    Heads,
)
from analysis.text.sentiment import CLEAR, reasons
from analysis.text.topics import FITS, TopicWords

MOST_TOPICS = 6  # of one comment; a longer list says little
MOST_KINDS = 3  # of danger, or of being judged
MOST_SIGNS = 6
SIGN_OF_DANGER = 0.15  # with words of a danger in it, a kind this likely is given too
WEAK, STRONGEST = "weak", "emergency"
IF_PRAISED = "if_praised"
TERSE = 2  # words of a comment too short for a head to tell a danger in it without a sign


class Evidence:
    """Which clause of each comment speaks most for a label: the sum of what its words weigh.

    Comments for which that is likely to be asked are weighed at once, for one by itself takes as long as many; another
    when it is asked.
    """

    def __init__(self, sifted: Sequence[Sifted], chances: np.ndarray, heads: Heads) -> None:
        self._sifted, self._heads = sifted, heads
        self._scores: dict[int, np.ndarray] = {}  # (clauses, labels) of a comment
        self._weigh([i for i in _not_shown(sifted, chances, heads) if len(sifted[i].said) > 1])

    def clause(self, comment: int, label: int) -> int | None:
        """The place of the clause, or None where the comment has none."""
        said = self._sifted[comment].said
        if len(said) < 2:
            return 0 if said else None
        if comment not in self._scores:
            self._weigh([comment])
        return int(self._scores[comment][:, label].argmax())

    def _weigh(self, comments: Sequence[int]) -> None:
        if not comments:
            return
        runs = [clause.lower for i in comments for clause in self._sifted[i].said]
        weights = self._heads.counted[: len(self._heads.words)]
        scores = np.asarray(weighed(*words_of(runs), len(runs), self._heads.words) @ weights)
        ends = np.cumsum([len(self._sifted[i].said) for i in comments])
        self._scores.update(zip(comments, np.split(scores, ends[:-1]), strict=True))


def _not_shown(sifted: Sequence[Sifted], chances: np.ndarray, heads: Heads) -> list[int]:
    """The comments of which a label is likely that no rule shows the words of."""
    rows, places = np.nonzero(chances >= heads.asking)
    labels = [heads.labels[place].removeprefix(TOPIC) for place in places]
    shown = [{mention.topic for mention in one.mentions} for one in sifted]
    return sorted({row for row, label in zip(rows.tolist(), labels, strict=True) if label not in shown[row]})


def tone_of(one: Sifted, chances: Sequence[float], heads: Heads) -> Tone:
    """The likeliest tone, how often such a one is right, and how each clause that carries feeling sounds.

    A whole answer such as "Nothing" means what it means in answer to its question, whatever a head makes of the word.
    """
    label, place = max(heads.named(TONE), key=lambda named: chances[named[1]])
    sure = heads.sure(1.0 if one.answer else chances[place])
    label = one.answer or label
    return Tone(label, one.tone.score, reasons(one.felt, label), sure, clause_tones(one))


def clause_tones(one: Sifted) -> tuple[ClauseTone, ...]:
    """The clauses in which anything is felt: where each stands and its value."""
    return tuple(
        ClauseTone(*clause.span(0, len(clause.words)), round(feeling.value, 2))
        for clause, feeling in zip(one.said, one.felt, strict=True)
        if feeling.felt
    )


def topics_of(
    one: Sifted,
    tone: Tone,
    chances: Sequence[float],
    heads: Heads,
    evidence: Evidence,
    comment: int,
    register: TopicWords,
) -> tuple[Mention, ...]:
    """The topics, in the register's order: by the heads, or by the rules where those are better or there is no head."""
    by_rule = {mention.topic: mention for mention in one.mentions}
    likely = {code for code, place, cut in heads.topics if chances[place] >= cut and code not in heads.by_rules}
    ruled = {code for code in by_rule if code in heads.by_rules or TOPIC + code not in heads.places}
    found: dict[str, Mention] = {}
    for topic in register.topics if likely or ruled else ():
        if (topic not in likely and topic not in ruled) or tone.label not in FITS.get(topic, (tone.label,)):
            continue
        place = heads.places.get(TOPIC + topic)
        mention = by_rule.get(topic) or _shown(one, topic, tone, evidence.clause(comment, place or 0))
        polarity = mention.polarity if tone.label == "mixed" else tone.label
        likelihood = 1.0 if place is None else chances[place]
        found[topic] = Mention(topic, polarity, mention.reasons, mention.spans, likelihood)
    if len(found) > MOST_TOPICS:
        kept = sorted(found, key=lambda topic: -found[topic].confidence)[:MOST_TOPICS]
        return tuple(mention for topic, mention in found.items() if topic in kept)
    return tuple(found.values())


def danger_of(
    one: Sifted, chances: Sequence[float], heads: Heads, evidence: Evidence, comment: int, register: CueWords
) -> Danger | None:
    """The danger told of, if one is likely enough: a missed one costs far more than one read in vain.

    A plain sign of an emergency decides by itself; a head would lose one sentence among many, or in two words.
    """
    likelihood = _chance(DANGER, chances, heads)
    signs = [cue for cue in one.dangers if not cue.aside and cue.strength != WEAK and cue.kind != VULNERABLE]
    plain = {cue.kind for cue in signs if cue.strength == STRONGEST}
    terse = one.length <= TERSE
    if (likelihood < heads.cut(DANGER) or (terse and not signs)) and not plain:
        return None
    shown = {cue.kind for cue in signs}
    kinds = _given(KIND, chances, heads, shown, 0.0 if plain else SIGN_OF_DANGER)
    mine = [cue for cue in signs if cue.kind in kinds]
    vulnerable = _chance(VULNERABLE, chances, heads) >= heads.cut(VULNERABLE)
    feared = _chance(EMERGENCY, chances, heads) >= heads.cut(EMERGENCY)
    emergency = bool(plain) or any(_pressing(register.ordinarily.get(kind), feared, vulnerable) for kind in kinds)
    clause = evidence.clause(comment, heads.places[DANGER])
    return Danger(
        kinds, "emergency" if emergency else "significant", vulnerable, *_signs(one, mine, clause), likelihood
    )


def _pressing(ordinarily: str | None, feared: bool, vulnerable: bool) -> bool:
    """Whether a danger of a kind is an emergency where no sign of one decides."""
    if ordinarily in ("always", "never"):
        return ordinarily == "always"
    return feared and (vulnerable or ordinarily != "vulnerable")


def told_of(
    one: Sifted, chances: Sequence[float], heads: Heads, evidence: Evidence, comment: int, register: CueWords
) -> Told | None:
    """Being judged for being a tenant, if likely enough, by whom and how."""
    likelihood = _chance(TOLD, chances, heads)
    if likelihood < heads.cut(TOLD):
        return None
    signs = [cue for cue in one.told if not cue.aside and cue.strength != WEAK]
    sources, forms = (_given(family, chances, heads, set(), 1.0) for family in (SOURCE, FORM))
    mine = [cue for cue in signs if register.parts.get(cue.kind) == "form"] or signs
    return Told(sources, forms, *_signs(one, mine, evidence.clause(comment, heads.places[TOLD])), likelihood)


def strengths_of(found: Sequence[Cue], about: Sequence[Mention], register: CueWords) -> tuple[Strength, ...]:
    """What tenants are proud of, from its words; each kind once. Weaker words need their topic spoken well of."""
    kept: dict[str, Strength] = {}
    praised = {mention.topic for mention in about if mention.polarity == "positive"}
    for cue in found:
        if not cue.aside and (cue.strength != IF_PRAISED or register.where.get(cue.kind) in praised):
            kept.setdefault(cue.kind, Strength(cue.kind, cue.place, (cue.words,)))
    return tuple(kept.values())


def likely_strengths(
    one: Sifted, chances: Sequence[float], heads: Heads, evidence: Evidence, comment: int
) -> tuple[Strength, ...]:
    """What tenants are proud of as the heads see it, each kind with the clause that speaks most for it."""
    found = []
    for kind, place, cut in heads.strengths:
        if chances[place] >= cut:
            clause = evidence.clause(comment, place)
            words_there, span = _whole(one.said[clause]) if clause is not None else ("", (0, 0))
            found.append(Strength(kind, span, (words_there,)))
    return tuple(found)


def likely_flags(chances: Sequence[float], heads: Heads) -> tuple[str, ...]:
    """The kinds of sensitive data that are likely enough: seldom missed, often needless."""
    return tuple([kind for kind, place, cut in heads.flags if chances[place] >= cut])


def _given(family: str, chances: Sequence[float], heads: Heads, shown: set[str], less: float) -> tuple[str, ...]:
    """The labels of a family that are likely, or likely enough where words show them; always at least the likeliest."""
    ranked = sorted(heads.named(family), key=lambda named: -chances[named[1]])
    given = [
        label
        for label, place in ranked
        if chances[place] >= heads.cut(family + label) or (label in shown and chances[place] >= less)
    ]
    return tuple(given[:MOST_KINDS] or [label for label, _ in ranked[:1]])


def _chance(label: str, chances: Sequence[float], heads: Heads) -> float:
    place = heads.places.get(label)
    return 0.0 if place is None else chances[place]


def _shown(one: Sifted, topic: str, tone: Tone, clause: int | None) -> Mention:
    """A topic that no rule found: shown by a whole clause, spoken of as that clause is."""
    if clause is None:
        return Mention(topic, "neutral")
    value = one.felt[clause].value
    polarity = "negative" if abs(value) < CLEAR or value < 0 else "positive"
    words_there, span = _whole(one.said[clause])
    return Mention(topic, polarity if tone.label == "mixed" else tone.label, (words_there,), (span,))


def _signs(
    one: Sifted, signs: Sequence[Cue], clause: int | None
) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """Places and words of the signs; where there are none, of the clause that speaks most for it."""
    if signs:
        kept = {cue.place: cue.words for cue in signs[:MOST_SIGNS]}
        return tuple(kept), tuple(dict.fromkeys(kept.values()))
    if clause is None:
        return (), ()
    words_there, span = _whole(one.said[clause])
    return (span,), (words_there,)


def _whole(clause: Clause) -> tuple[str, tuple[int, int]]:
    return " ".join(clause.words), clause.span(0, len(clause.words))
