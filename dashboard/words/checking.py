"""How often the reader is right, what was put right and who stands behind a quote, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.checking import Accuracy, BetweenPeople, Kappa, Rates
from analysis.model import Estimate
from dashboard.words.files import british_moment
from dashboard.words.shares import COMMENTS, count, in_words, people, percent, sentence_case
from data.blind import Progress
from data.corrections import DANGER, REDACTION, TOLD, TONE, TOPICS, Choices, Correction
from data.quotes import WITHDRAWN, Quote
from data.retraining import Lesson

AS_GIVEN = "name as given"
PART_NAMES: Mapping[str, str] = {
    TONE: "the tone",
    TOPICS: "the topics",
    DANGER: "the danger",
    TOLD: "being judged",
    REDACTION: "what is taken out",
}
WAY_NAMES: Mapping[str, str] = {
    "tenure": "Tenure",
    "age_band": "Age band",
    "length": "Length of the comment",
    "channel": "Where it was written",
}
PURPOSE_NAMES: Mapping[str, str] = {"team": "for the team", "board": "for the board", "public": "for the public"}
RATE_HEADINGS = ("Of those found, right", "Of those there, found", "Both in one (F1)")


def progress_words(progress: Progress) -> str:
    """How far the check has got and by whom.

    >>> progress_words(Progress(200, 120, {"Ann": 80, "Bo": 60}))
    '120 of 200 comments drawn have been checked: Ann 80, Bo 60 (names as given).'
    >>> progress_words(Progress(0, 0, {}))
    'No comments have been drawn to be checked yet.'
    """
    if not progress.drawn:
        return "No comments have been drawn to be checked yet."
    by = ", ".join(f"{who} {count(n)}" for who, n in progress.by.items())
    told = f": {by} (names as given)" if by else ""
    return f"{count(progress.checked)} of {people(progress.drawn, *COMMENTS)} drawn have been checked{told}."


def tone_right(found: Accuracy) -> str:
    """How often the tone is right, and how often the reader would not say."""
    unsure = f" It was not sure of {people(found.unsure, *COMMENTS)}; they are in no figure." if found.unsure else ""
    return f"Tone right: {in_words(found.tone, *COMMENTS)}.{unsure}"


def rate_words(of: str, rates: Rates) -> str:
    """How much of what was found is right, and how much of what is there was found.

    >>> from analysis.text.evaluation import Score
    >>> right, there = Estimate(0.63, 0.6, 0.66, base=403), Estimate(0.71, 0.67, 0.74, base=431)
    >>> rate_words("Topics", Rates(Score(0, 0, 0), right, there, right))
    'Topics: of those it finds 63% (60% to 66%, 403 comments) are right; of those there are it finds 71% (67% to 74%, \
431 comments).'
    """
    right, there = in_words(rates.precision, *COMMENTS), in_words(rates.recall, *COMMENTS)
    return f"{of}: of those it finds {right} are right; of those there are it finds {there}."


def polarity_right(found: Accuracy) -> str:
    """How often a topic that was found rightly is rightly called praise or criticism."""
    return f"Of topics found rightly, praise and criticism told apart: {in_words(found.polarity, *COMMENTS)}."


def lesson_words(lesson: Lesson) -> tuple[str, ...]:
    """What teaching the reader would change, measured on the corrections themselves.

    >>> from analysis.text.evaluation import Share
    >>> from analysis.text.reading import HeadSet
    >>> heads = HeadSet(None, None)
    >>> lesson_words(Lesson(40, Share(20, 40), Share(30, 40), Share(0, 0), Share(0, 0), heads))[1]
    'Of 40 tones that people put right, it reads 30 (75%) as they do; the reader as shipped 20 (50%).'
    """
    said = [
        f"{lesson.taught:,} comments that people put right were read by a reader taught with others of them and with "
        "the comments that come with the program."
    ]
    for what, before, after in (
        ("tones that people put right, it reads", lesson.tone_before, lesson.tone_after),
        ("topics that it or a person names in them, both name", lesson.topics_before, lesson.topics_after),
    ):
        if before.n and after.n:
            of = f"{before.yes:,} ({percent(before.value)})" + ("" if before.n == after.n else f" of {before.n:,}")
            like = " as they do" if "tones" in what else ""
            said.append(
                f"Of {after.n:,} {what} {after.yes:,} ({percent(after.value)}){like}; the reader as shipped {of}."
            )
    said.append(
        "These are comments that somebody found wrongly read, so both figures are below what all comments would give. "
        "The blind check tells how right the reader is."
    )
    return tuple(said)


def score(estimate: Estimate) -> str:
    """A score between 0 and 1 with its range and base; it is no share of anything.

    >>> score(Estimate(0.6667, 0.41, 0.9, base=12))
    '0.67 (0.41 to 0.90, 12 comments)'
    >>> score(Estimate(None, None, None, base=0, withheld="no comments checked that tell of it"))
    'Not shown: no comments checked that tell of it'
    """
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return f"Not shown: {estimate.withheld}"
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f}, {people(estimate.base, *COMMENTS)})"


def rate_cells(rates: Rates) -> tuple[str, str, str]:
    """Precision, recall and F1 as cells of a table."""
    return in_words(rates.precision, *COMMENTS), in_words(rates.recall, *COMMENTS), score(rates.f1)


def agreement_words(found: Kappa, of: str) -> str:
    """How far two people agree beyond chance.

    >>> agreement_words(Kappa(0.4, 0.21, 0.59, 50, 0.7), "tone")
    'On tone they agree in 70% of the decisions; beyond chance 0.40 (0.21 to 0.59, 50 comments).'
    >>> agreement_words(Kappa(None, None, None, 1, withheld="fewer than two comments checked by both"), "tone")
    'On tone: not shown, fewer than two comments checked by both.'
    """
    if found.value is None or found.low is None or found.high is None or found.agreed is None:
        return f"On {of}: not shown, {found.withheld}."
    return (
        f"On {of} they agree in {percent(found.agreed)} of the decisions; beyond chance {found.value:.2f} "
        f"({found.low:.2f} to {found.high:.2f}, {people(found.base, *COMMENTS)})."
    )


def ceiling_words(found: BetweenPeople) -> tuple[str, ...]:
    """The agreement of two people, and that no reader can be asked for more."""
    one, other = found.people
    both = people(found.both, *COMMENTS)
    return (f"{one} and {other} (names as given) checked the same {both}. {WHERE_PEOPLE_DIFFER}", *_agreed(found))


WHERE_PEOPLE_DIFFER = (
    "Where people differ there is no right answer to find, so this is the most a reader can be asked for."
)


def _agreed(found: BetweenPeople) -> tuple[str, ...]:
    return (
        agreement_words(found.tone, "tone"),
        agreement_words(found.topics, "topics"),
        f"One person's topics set against the other's, as the reader's are: {score(found.topics_f1)}.",
    )


# ── Corrections ──────────────────────────────────────────────────────────────────────────────────


def correction_words(one: Correction, known: Choices) -> str:
    """One correction in a sentence: what, from what to what, by whom and when."""
    before, after = (_value(one.what, value, known) for value in (one.before, one.after))
    back = f" Taken back by {one.taken_back_by} ({AS_GIVEN})." if one.taken_back_by else ""
    when = british_moment(one.at)
    return f"{sentence_case(PART_NAMES[one.what])}: {before} became {after}. {one.who} ({AS_GIVEN}), {when}.{back}"


def _value(what: str, value: Any, known: Choices) -> str:
    if what == TONE:
        return known.tones.get(value, "not sure").lower()
    if what == REDACTION:
        return people(int(value["words"]), "word", "words")
    if not value:
        return "none"
    if what == TOPICS:
        return topics_words(value, known)
    if what == DANGER:
        return f"{_names(value['kinds'], known.dangers)}, {value['severity']}"
    return _names([*value["sources"], *value["forms"]], {**known.sources, **known.forms})


def topics_words(topics: Mapping[str, str], known: Choices) -> str:
    """Topics with how each is spoken of."""
    return ", ".join(
        f"{known.topics.get(topic, topic)} ({known.polarities.get(polarity, polarity)})"
        for topic, polarity in topics.items()
    )


def _names(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)


# ── Quotes ───────────────────────────────────────────────────────────────────────────────────────


def quote_words(quote: Quote) -> str:
    """Where a quote stands: for whom, its state, who stands behind it; names as given."""
    parts = [PURPOSE_NAMES[quote.purpose], _state(quote)]
    if quote.paraphrased:
        parts.append("in other words")
    if quote.approved_by:
        parts.append(f"{' and '.join(quote.approved_by)} stand behind it" if len(quote.approved_by) > 1
                     else f"{quote.approved_by[0]} stands behind it")  # fmt: skip
    if quote.consent:
        parts.append(quote.consent)
    parts += [name for _, name in quote.place]
    when = british_moment(quote.at)
    return sentence_case(" · ".join([*parts, f"put forward by {quote.put_forward_by}, {when} (names as given)"]))


def _state(quote: Quote) -> str:
    if not quote.reason:
        return quote.state
    return f"{quote.state} {quote.reason}" if quote.state == WITHDRAWN else f"{quote.state}: {quote.reason}"


# ── In a document: nobody is named ───────────────────────────────────────────────────────────────

NOBODY_CHECKED = (
    "Nobody has checked any comment of ours without seeing what the reader read, so how right it is on our own "
    "tenants' words is not known. People can: comments are drawn at random under Data and packs, Checking the reader."
)
ONLY_LABELLED = (
    "What is known is how far the reader follows labels on comments invented for testing it, by a writer it had never "
    "met: agreement with one person's labels, not accuracy on tenants."
)
BY_WORDS_ALONE = "The sentence model is not on this computer, so comments are read by their words alone."
TAUGHT = (
    "The reader in use has been taught with what people here put right. These figures are of the reader as it came."
)


def checked_by(progress: Progress) -> str:
    """How far the check has got, without a name.

    >>> checked_by(Progress(200, 120, {"Ann": 80, "Bo": 60}))
    '120 of 200 comments drawn at random have been checked, by 2 people who did not see what the reader read.'
    >>> checked_by(Progress(200, 1, {"Ann": 1}))
    '1 of 200 comments drawn at random has been checked, by 1 person who did not see what the reader read.'
    """
    have = "has" if progress.checked == 1 else "have"
    who = people(len(progress.by), "person", "people")
    return (
        f"{count(progress.checked)} of {people(progress.drawn, *COMMENTS)} drawn at random {have} been checked, by "
        f"{who} who did not see what the reader read."
    )


def ceiling_unnamed(found: BetweenPeople) -> tuple[str, ...]:
    """The agreement of two people who are not named."""
    return (f"Two people checked the same {people(found.both, *COMMENTS)}. {WHERE_PEOPLE_DIFFER}", *_agreed(found))
