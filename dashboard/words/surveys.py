"""When and how people were asked, whose answers a figure is made of, and whether they were enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analysis.model import Question, SampleCheck, Voices, Wave
from dashboard.words.shares import count, people

GROUP_NAMES: Mapping[str, str] = {
    "LCRA": "Renters (LCRA)",
    "LCHO": "Shared owners (LCHO)",
    "outside": "Leaseholders and others",
    "": "every tenure",
}
SAMPLE_KINDS: Mapping[str, str] = {
    "census": "everyone was invited",
    "random": "a random sample was invited",
    "quota": "people were asked until quotas were full, so the margin treats this as a random sample",
    "": "how people were chosen is not stated",
}

LANDLORD = "[landlord]"  # where prescribed wording has the landlord's name


def british_date(day: date) -> str:
    """A date as written in Britain.

    >>> british_date(date(2025, 3, 1))
    '1 March 2025'
    """
    return f"{day.day} {day:%B %Y}"


def period(begun: date, ended: date) -> str:
    """Two dates, saying month and year once where they are the same.

    >>> period(date(2025, 3, 1), date(2025, 3, 28)), period(date(2025, 3, 1), date(2025, 5, 2))
    ('1 to 28 March 2025', '1 March to 2 May 2025')
    >>> period(date(2024, 12, 1), date(2025, 1, 9))
    '1 December 2024 to 9 January 2025'
    """
    if begun == ended:
        return british_date(ended)
    if begun.year != ended.year:
        return f"{british_date(begun)} to {british_date(ended)}"
    if begun.month != ended.month:
        return f"{begun.day} {begun:%B} to {british_date(ended)}"
    return f"{begun.day} to {british_date(ended)}"


def margin(share: float) -> str:
    """A margin of error in points.

    >>> margin(0.0312)
    '±3.1 points'
    """
    return f"±{share * 100:.1f} points"


def group_of(tenure_group: str) -> str:
    """A tenure group within a sentence.

    >>> group_of("LCHO"), group_of("LCRA")
    ('shared owners (LCHO)', 'renters (LCRA)')
    """
    name = GROUP_NAMES.get(tenure_group, tenure_group)
    return name[:1].lower() + name[1:]


def sample_sentences(check: SampleCheck) -> tuple[str, ...]:
    """The regulator's margin of error and required minimum sample, met or not, in plain words.

    >>> sample_sentences(SampleCheck("LCRA", 1234, 10500, 0.0262, 0.03, 969, True))[-1]
    'The regulator asks for at least 969 answers: met.'
    >>> sample_sentences(SampleCheck("LCRA", 1234, None, None, None, None, None))[-1]
    'The number of homes is not known, so neither the margin nor the required number can be worked out.'
    """
    who = group_of(check.tenure_group)
    if check.population is None or check.margin is None:
        reason = (
            check.note
            or "The number of homes is not known, so neither the margin nor the required number can be worked out."
        )
        return (f"{count(check.responses)} responses from {who}.", reason)
    found = [
        f"{count(check.responses)} responses from {who} in {count(check.population)} homes.",
        f"The regulator's margin of error is {margin(check.margin)}{_against(check)}.",
    ]
    if check.required is not None:
        met = {True: ": met", False: ": not met", None: ""}[check.met]
        found.append(f"The regulator asks for at least {count(check.required)} answers{met}.")
    return (*found, check.note) if check.note else tuple(found)


def _against(check: SampleCheck) -> str:
    return "" if check.target is None else f"; no more than {margin(check.target)} is asked for"


def methods(wave: Wave) -> str:
    """How people were asked, most used first.

    >>> methods(Wave("2025", date(2025, 4, 1), date(2025, 6, 1), "2025/26", methods={"Telephone": 800, "Online": 200}))
    'Telephone 800, Online 200'
    """
    return ", ".join(f"{name} {count(n)}" for name, n in wave.methods.items()) or "not recorded"


def survey_sentence(wave: Wave) -> str:
    """When a survey was carried out, by whom, and how people were chosen.

    >>> survey_sentence(Wave("2025", date(2025, 4, 1), date(2025, 6, 30), "2025/26", "Agency A", "census"))
    '2025: 1 April to 30 June 2025, collected by Agency A; everyone was invited.'
    """
    by = f", collected by {wave.collector}" if wave.collector else ""
    chosen = SAMPLE_KINDS.get(wave.sample_kind, wave.sample_kind)
    return f"{wave.name}: {period(wave.fieldwork_from, wave.fieldwork_to)}{by}; {chosen}."


def shown_for(question: Question, labels: Mapping[str, str]) -> str:
    """Which answers a figure is made of: printed beside every figure.

    >>> from analysis.model import WHOLE_LANDLORD
    >>> shown_for(Question("2025", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("Ash Court",)),)), {"estate": "Estate"})
    'Shown for: 2025 · Renters (LCRA) · Estate: Ash Court'
    >>> shown_for(Question("2025", "LCHO", WHOLE_LANDLORD), {})
    'Shown for: 2025 · Shared owners (LCHO) · the whole landlord'
    """
    parts = [question.wave]
    if question.tenure_group or "tenure" not in dict(question.filters):
        parts.append(GROUP_NAMES.get(question.tenure_group, question.tenure_group))
    parts += [f"{labels.get(key, key)}: {listed(values)}" for key, values in question.filters]
    if not question.filters:
        parts.append(question.scope.name)
    return "Shown for: " + " · ".join(parts)


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a row, the rest counted.

    >>> listed(("Ash", "Birch")), listed(("a", "b", "c", "d", "e", "f"), most=3)
    ('Ash, Birch', 'a, b, c and 3 more')
    """
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def counted_reasons(reasons: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names gathered under the reason they are withheld, in the order met.

    >>> counted_reasons([("Ash", "no answers"), ("Birch", "no answers")])
    {'no answers': ['Ash', 'Birch']}
    """
    gathered: dict[str, list[str]] = {}
    for name, reason in reasons:
        gathered.setdefault(reason, []).append(name)
    return gathered


def comments(number: int) -> str:
    """How many comments.

    >>> comments(1), comments(2400)
    ('1 comment', '2,400 comments')
    """
    return people(number, "comment", "comments")


def heard(voices: Voices) -> str:
    """How much was said, by how many, in one sentence.

    >>> heard(Voices(1204, 1100, 0, {}, ()))
    '1,204 comments from 1,100 tenants.'
    >>> heard(Voices(0, 0, 0, {}, ()))
    'Nobody in this selection wrote a comment.'
    """
    if not voices.comments:
        return "Nobody in this selection wrote a comment."
    return f"{comments(voices.comments)} from {people(voices.commenters)}."


def worded(text: str, landlord: str) -> str:
    """A text with the landlord's name where prescribed wording has a place for it; as it is where no name is set.

    >>> worded("How satisfied are you with [landlord]’s approach?", "Teapot Homes")
    'How satisfied are you with Teapot Homes’ approach?'
    >>> worded("Has [landlord] carried out a repair?", "")
    'Has [landlord] carried out a repair?'
    """
    if not landlord:
        return text
    ours = f"{landlord}’" if landlord.endswith("s") else f"{landlord}’s"
    return text.replace(f"{LANDLORD}’s", ours).replace(LANDLORD, landlord)
