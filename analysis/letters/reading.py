"""One letter read: wording that blames, dismisses, threatens, talks down, stigmatises or is hard to read.

Personal details are taken out first, so that nothing found can show one. Nobody who wrote or signed a letter is named:
signatures are left out, and a letter that may be legally privileged is not read at all.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from analysis.letters.aside import Fields, privileged, unsigned, with_fields, with_signs
from analysis.letters.readability import Syllables, reading_age, says_no_doer
from analysis.letters.register import LONG_SENTENCE, PASSIVE, READING_AGE, LetterWords, Rule
from analysis.letters.sentences import sentences, spoken_words
from analysis.letters.suggesting import Suggest
from analysis.model import Problem
from analysis.model.letters import (
    DENIED,
    LETTER_KINDS,
    QUOTED,
    STATUTORY,
    SUGGESTED,
    Letter,
    LetterFinding,
    LetterRead,
    LettersRead,
    Paragraph,
    ReadingAge,
)
from analysis.text.clauses import TURNS, Clause, clauses
from analysis.text.phrases import Match, Phrasebook, longest, matches
from analysis.text.redaction import RedactionRules, details
from analysis.text.tidy import tidy

THREATENS = "threatens"
BEFORE = 4  # words before a sign in which a denial takes it back
OURS = frozenset({"we", "i"})  # "if you are not in we may go to court" denies nothing
JOINS = frozenset({"please", "kindly", "and", "or", "also", "so", "then"})
FEWEST_QUOTED = 3  # words within quotation marks that are somebody's speech; fewer are our own irony
TITLES = 5  # paragraphs at the head of a notice that may hold its title
LONGEST_TITLE = 14  # words
FEWEST_SENTENCES = 4  # for a share of a letter's sentences
_QUOTATION = re.compile(r"\"[^\"\n]{1,600}\"|(?<!\w)'(?=\S)[^'\n]*(?:\w'\w[^'\n]*)*(?<=\S)'(?!\w)")
_SALUTATION = re.compile(r"^(dear\b|our ref\b|your ref\b|ref\b|date\b|tel\b|telephone\b|email\b|www\.)", re.IGNORECASE)
WHOLE_FIRST = -1  # what is said of a letter as a whole stands before what is said of its sentences
IN_OTHER_WORDS = "in_other_words"  # the rule of what is only suggested
FEWEST_SUGGESTED = 4  # words: fewer mean too little by themselves
_SIGNS = re.compile("[\ue000-\uf8ff]")
NOT_READ = ReadingAge(None, None, 0, 0, "not read")


@dataclass(frozen=True)
class _Said:
    """A sentence: where it stands, its words, and what is known of the paragraph it is in."""

    n: int  # which sentence of the letter it is
    place: str
    text: str
    clauses: tuple[Clause, ...]
    quotations: tuple[tuple[int, int], ...]
    quoted: bool
    statutory: bool


def read_letter(
    letter: Letter,
    words: LetterWords,
    redaction: RedactionRules,
    syllables: Syllables,
    owner: str = "",
    volume: int | None = None,
    suggest: Suggest | None = None,
) -> LetterRead:
    """What was read in a letter. ``owner`` is the role that answers for it; without one the register's own. ``suggest``
    finds sentences that may say the same in other words; they are set aside as suggested.

    A letter that may be legally privileged comes back with the reason and nothing else.
    """
    name = redacted_name(letter.name, redaction)
    key = _digest(letter.name, str(letter.row or ""))
    begun = LetterRead(key, name, letter.kind, letter.row, NOT_READ, volume=volume)
    fields: Fields = {}
    tidied = [replace(each, text=tidied_line(each.text, fields)) for each in letter.paragraphs]
    there = [each for each in tidied if each.text]
    if found := privileged(there, words):
        return replace(begun, skipped=f"it may be legally privileged: '{found}'")
    kept = unsigned(there, words)
    signs = list(fields)
    texts = _redacted([*(each.text for each in kept), *fields.values()], redaction)
    fields = dict(zip(signs, texts[len(kept) :], strict=True))  # a letter may have a name in brackets too
    said = list(_said([replace(each, text=text) for each, text in zip(kept, texts, strict=False)], words))
    scored = [each for each in said if not each.quoted and not _SALUTATION.match(each.text)]
    age = reading_age([each.text for each in scored], syllables)
    long_ones = [each for each in scored if len(spoken_words(each.text)) > words.longest_sentence]
    passive = [each for each in scored if _passive(each, words)]
    found_here = [*_phrases(said, words), *_long(long_ones, words), *_whole(scored, passive, age, words)]
    if suggest is not None:
        found_here += _suggested(scored, found_here, suggest, words)
    owned = owner or words.owners.get(letter.kind, "")
    in_order = sorted(found_here, key=lambda each: each[0])
    findings = _keyed([_with_fields(each, fields) for _, each in in_order], key, owned)
    return replace(
        begun,
        age=age,
        long_sentences=len(long_ones),
        passive=len(passive),
        findings=tuple(each for each in findings if not each.aside),
        asides=tuple(each for each in findings if each.aside),
    )


def told_order(read: LetterRead) -> tuple[int, int, str, int]:
    """Templates before replies; those sent most first, then by name and row."""
    return LETTER_KINDS.index(read.kind), -(read.volume or 0), read.name.casefold(), read.row or 0


def gathered(read: Iterable[LetterRead], problems: Sequence[Problem] = (), notes: Sequence[str] = ()) -> LettersRead:
    """Many letters in the order they are told of."""
    letters = sorted(read, key=told_order)
    counts = Counter(finding.kind for letter in letters for finding in letter.findings)
    return LettersRead(tuple(letters), tuple(problems), tuple(notes), dict(counts))


# ── Before it is read ────────────────────────────────────────────────────────────────────────────


def tidied_line(text: str, fields: Fields) -> str:
    """A paragraph on one line in plain signs, with one sign for each merge field."""
    return " ".join(tidy(with_signs(text, fields)).split())


def redacted_name(name: str, redaction: RedactionRules) -> str:
    """A file's name without personal details; underscores and hyphens part words for finding them.

    Its ending is left as it is: "b.docx" would read as an initial and a family name.
    """
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    apart = " ".join(stem.replace("_", " ").replace("-", " ").split())
    redacted = _redacted([apart], redaction)[0]
    return name if redacted == apart else f"{redacted}{dot}{ending}"


def _redacted(lines: Sequence[str], redaction: RedactionRules) -> list[str]:
    """The lines with personal details taken out; a name found in one is found in all, and none moves to another."""
    whole = "\n".join(lines)
    pieces, at = [], 0
    for span in details(whole, redaction):
        pieces += [whole[at : span.start], redaction.brackets[span.kind]]
        pieces.append("\n" * whole.count("\n", span.start, span.end))
        at = span.end
    return "".join([*pieces, whole[at:]]).split("\n")


def _said(paragraphs: Sequence[Paragraph], words: LetterWords) -> Iterator[_Said]:
    number = count()
    titles = [each.text for each in paragraphs[:TITLES] if len(each.text.split()) <= LONGEST_TITLE]
    notice = any(_any(clauses(title), words.statutory) for title in titles)
    for paragraph in paragraphs:
        quotations = [match.span() for match in _QUOTATION.finditer(paragraph.text)]
        statutory = notice or _any(clauses(paragraph.text), words.statutory)
        for start, end in sentences(paragraph.text):
            text = paragraph.text[start:end]
            inside = [(max(0, a - start), b - start) for a, b in quotations if a < end and b > start]
            yield _Said(
                next(number), paragraph.place, text, tuple(clauses(text)), tuple(inside), paragraph.quoted, statutory
            )


def _any(said: Sequence[Clause], book: Phrasebook) -> bool:
    return any(clause.matches(book) for clause in said)


# ── What is found ────────────────────────────────────────────────────────────────────────────────


Placed = tuple[int, LetterFinding]  # the sentence it stands in, and what was found


def _phrases(said: Sequence[_Said], words: LetterWords) -> Iterator[Placed]:
    for each in said:
        reported = False
        told: set[tuple[str, str]] = set()  # a rule is told once a sentence
        for clause in each.clauses:
            if clause.lower[0] in TURNS:
                reported = False
            spoken = [match.last for match in matches(clause.lower, words.attributions)]
            for match, rule in _signs(clause, words):
                start, end = clause.span(match.first, match.last)
                theirs = reported or any(last <= match.first for last in spoken)
                aside = _aside(each, clause, match, rule, theirs, words)
                if (rule.code, aside) not in told:
                    told.add((rule.code, aside))
                    yield each.n, _finding(rule, each, start, end, aside)
            reported = reported or bool(spoken)


def _signs(clause: Clause, words: LetterWords) -> list[tuple[Match, Rule]]:
    """The phrases found in a clause, the longest of each place, less those that mean something else here."""
    found = matches(clause.lower, words.signs)
    if not found:
        return []
    other = {code for match in matches(clause.lower, words.unless) for code in match.phrase.meanings}
    meant = [match for match in found if not other.issuperset(match.phrase.meanings)]
    rules = [next(code for code in match.phrase.meanings if code not in other) for match in longest(meant)]
    return [(match, words.rules[code]) for match, code in zip(longest(meant), rules, strict=True)]


def _aside(each: _Said, clause: Clause, match: Match, rule: Rule, theirs: bool, words: LetterWords) -> str:
    """Why a sign does not count, or ""."""
    start, end = clause.span(match.first, match.last)
    if each.quoted or theirs or any(a <= start and end <= b and _spoken(each.text[a:b]) for a, b in each.quotations):
        return QUOTED
    before = matches(clause.lower[: match.first], words.denials)
    if any(_denies(clause.lower, denial, match.first) for denial in before):
        return DENIED
    return STATUTORY if rule.kind == THREATENS and each.statutory else ""


def _denies(lower: Sequence[str], denial: Match, at: int) -> bool:
    """Whether a denial reaches the sign at ``at``: close enough, no "do not" to the reader, nobody new who acts."""
    between = lower[denial.last : at]
    turned = not denial.phrase.text.endswith("mean") and not OURS.isdisjoint(between)
    return len(between) < BEFORE and not turned and not _instructs(lower, denial.first)


def _instructs(lower: Sequence[str], at: int) -> bool:
    """Whether "do not" or "never" tells somebody to leave something: it begins the clause, or stands after "please"."""
    begins = at - 1 if lower[at - 1 : at] == ("do",) else at
    return lower[begins] in ("do", "dont", "never") and (begins == 0 or lower[begins - 1] in JOINS)


def _spoken(quotation: str) -> bool:
    return len(quotation.split()) >= FEWEST_QUOTED


def _long(long_ones: Sequence[_Said], words: LetterWords) -> Iterator[Placed]:
    rule = words.rules.get(LONG_SENTENCE)
    if rule:
        yield from ((each.n, _finding(rule, each, 0, len(each.text), "")) for each in long_ones)


def _passive(each: _Said, words: LetterWords) -> bool:
    return any(says_no_doer(clause.lower, words.states, words.participles) for clause in each.clauses)


def _whole(scored: Sequence[_Said], passive: Sequence[_Said], age: ReadingAge, words: LetterWords) -> Iterator[Placed]:
    """What is found of the letter as a whole, shown by a sentence of it where one shows it."""
    rule = words.rules.get(PASSIVE)
    if rule and len(scored) >= FEWEST_SENTENCES and len(passive) > words.most_passive * len(scored):
        yield WHOLE_FIRST, _finding(rule, passive[0], 0, len(passive[0].text), "")
    rule = words.rules.get(READING_AGE)
    if rule and age.value is not None and age.value > words.reading_age:
        whole = _Said(WHOLE_FIRST, "whole letter", "", (), (), False, False)
        yield WHOLE_FIRST, _finding(rule, whole, 0, 0, "")


def _suggested(
    scored: Sequence[_Said], found: Sequence[Placed], suggest: Suggest, words: LetterWords
) -> Iterator[Placed]:
    """Sentences that may hold a kind of wording of which no phrase was found in them."""
    known = {(n, finding.kind) for n, finding in found}
    asked = [each for each in scored if len(spoken_words(each.text)) >= FEWEST_SUGGESTED]
    meant = suggest([_SIGNS.sub("", each.text) for each in asked])
    for each, suggestions in zip(asked, meant, strict=True):
        for kind, like in suggestions:
            if (each.n, kind) not in known and kind in words.kinds:
                todo = words.actions.get(kind, "")
                why = f'It reads much like "{like}" Nobody has judged it: read it yourself.'
                rule = Rule(IN_OTHER_WORDS, kind, why, "", todo, "", todo)
                yield each.n, _finding(rule, each, 0, len(each.text), SUGGESTED)


def _finding(rule: Rule, each: _Said, start: int, end: int, aside: str) -> LetterFinding:
    return LetterFinding(
        "", rule.code, rule.kind, each.place, each.text, start, end, rule.why, rule.source, rule.plainer, rule.owner,
        rule.action, aside,
    )  # fmt: skip


def _with_fields(finding: LetterFinding, fields: Fields) -> LetterFinding:
    text, (start, end) = with_fields(finding.sentence, fields, finding.start, finding.end)
    return replace(finding, sentence=text, start=start, end=end)


def _keyed(findings: Sequence[LetterFinding], letter: str, owner: str) -> list[LetterFinding]:
    """Each with a key of its own that stays while its letter, rule and sentence do, and with its owner."""
    seen: Counter[str] = Counter()
    keyed = []
    for each in findings:
        base = _digest(letter, each.rule, " ".join(each.sentence.split()).casefold())
        seen[base] += 1
        keyed.append(replace(each, key=_digest(base, str(seen[base])), owner=each.owner or owner))
    return keyed


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
