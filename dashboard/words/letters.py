"""What was found in the landlord's own letters, in words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model.letters import (
    DENIED,
    QUOTED,
    REPLY,
    STATUTORY,
    SUGGESTED,
    TEMPLATE,
    LetterFinding,
    LetterRead,
    ReadingAge,
)
from data.letters.kept import AGREED, OPEN, Decided

TITLE = "Our own letters"
ABOUT = (
    "Wording in our own templates, web pages and replies that blames how people live, dismisses, threatens, talks "
    "down, stigmatises or is hard to read. Each is a question about wording, not a verdict; nobody who wrote a letter "
    "is named."
)
LIMITS = (
    "Found by a list of phrases that you can change, so things said in other words are missed and some that are right "
    "as they stand are found. Personal details and signatures are taken out first. Letters that may be legally "
    "privileged are not read. Reading age is a rough guide from the length of words and sentences."
)
KIND_NAMES = {TEMPLATE: ("template", "templates"), REPLY: ("reply", "replies")}
ASIDE_NAMES = {
    STATUTORY: "prescribed wording of a notice: it stays, look at the letter round it",
    QUOTED: "somebody's words that are quoted",
    DENIED: "denied where it stands",
    SUGGESTED: "no phrase of the list; near in meaning to wording that is",
}
OUTSIDE = "Findings in letters are for the landlord's own people, with the note for staff that goes with them."
WHOLE = "the letter as a whole"


def how_many(n: int, one: str, more: str) -> str:
    """A count with its word.

    >>> how_many(1, "reply", "replies"), how_many(1200, "reply", "replies")
    ('1 reply', '1,200 replies')
    """
    return f"{n:,} {one if n == 1 else more}"


def read_sentence(letters: Sequence[LetterRead]) -> str:
    """How many letters were read, templates before replies, and how many were left out.

    >>> from analysis.model.letters import LetterRead, ReadingAge
    >>> read_sentence([LetterRead("a", "a.docx", "template", None, ReadingAge(None, None, 0, 0))])
    '1 template read.'
    """
    read = [each for each in letters if not each.skipped]
    counts = [
        how_many(n, *names) for kind, names in KIND_NAMES.items() if (n := sum(each.kind == kind for each in read))
    ]
    left_out = len(letters) - len(read)
    said = f"{' and '.join(counts) or 'No letter'} read."
    if left_out:
        said += f" {how_many(left_out, 'letter', 'letters')} not read: may be legally privileged."
    return said


def found_sentence(letters: Sequence[LetterRead]) -> str:
    """How many wordings there are to look at, and in how many letters."""
    found = sum(len(each.findings) for each in letters)
    if not found:
        return "No wording of the list was found. That is not to say that every letter is kind."
    inside = sum(bool(each.findings) for each in letters)
    return f"{how_many(found, 'wording', 'wordings')} to look at, in {how_many(inside, 'letter', 'letters')}."


def sent_sentence(letters: Sequence[LetterRead]) -> str:
    """How often templates with wording to look at went out, as the landlord's own list of templates says.

    >>> from analysis.model.letters import LetterRead, ReadingAge
    >>> sent_sentence([LetterRead("a", "a.docx", "template", None, ReadingAge(None, None, 0, 0))])
    ''
    """
    sent = [each.volume for each in letters if each.findings and each.volume]
    if not sent:
        return ""
    which = how_many(len(sent), "template with wording to look at was", "templates with wording to look at were")
    return f"{which} sent {sum(sent):,} times in 12 months, as your list of templates says."


def age_words(age: ReadingAge) -> str:
    """A reading age, or why there is none.

    >>> from analysis.model.letters import ReadingAge
    >>> age_words(ReadingAge(13.6, 8.6, 210, 14)), age_words(ReadingAge(None, None, 40, 3, "fewer than 100 words"))
    ('14', 'not given: fewer than 100 words')
    """
    return f"not given: {age.withheld}" if age.value is None else f"{age.value:.0f}"


def letter_name(letter: LetterRead) -> str:
    """A letter as it is told of: its file, and its row where it is a cell of a table."""
    return f"{letter.name}, row {letter.row:,}" if letter.row else letter.name


def where(letter: LetterRead, finding: LetterFinding) -> str:
    """The letter and the place in it."""
    return f"{KIND_NAMES[letter.kind][0]} {letter_name(letter)} · {finding.place}"


def is_open(now: Decided) -> bool:
    """Whether a finding still needs somebody: to be decided, or agreed and not changed yet."""
    return now.state in (OPEN, AGREED)


def decided_words(now: Decided) -> str:
    """Whose a finding is, what is to be done, how far it is, and who said so.

    >>> decided_words(Decided("head of repairs", "Take it out", "changed", who="Jo", at="2026-11-29T12:00:00+00:00"))
    'Owner: head of repairs · Take it out · changed, says Jo (name as given)'
    """
    said = f"{now.state}: {now.note}" if now.note else now.state
    by = f", says {now.who} (name as given)" if now.who else ""
    return f"Owner: {now.owner or 'nobody yet'} · {now.action} · {said}{by}"


def shown_of(first: int, last: int, n: int) -> str:
    """Which of a list are shown.

    >>> shown_of(0, 8, 26), shown_of(0, 3, 3)
    ('1 to 8 of 26', 'all 3')
    """
    return f"all {n:,}" if last - first == n else f"{first + 1:,} to {last:,} of {n:,}"
