"""The summary of approach as sentences: what can be counted of each item, and what is still to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.model import Estimate, SampleCheck, StillNeeded, Wave
from dashboard.words.shares import count, percent
from dashboard.words.silence import part
from dashboard.words.surveys import SAMPLE_KINDS, british_date, listed, period
from dashboard.words.weights import effect

NOT_SAID = "Not said yet"
AS_WRITTEN = (
    "What is said seems to hold a telephone number, an e-mail address or the like. It is published as it is written, "
    "so nothing is kept yet."
)
MAY_BE_PUBLISHED = "It may be published with this in it"
NAMES = (
    "What was said seems to hold a name. It is published as it is written: take it back and say it without, if it is a "
    "person's and nobody should read it."
)
WHERE = "Data and packs, Summary of approach"
NO_METHODS = "By which method each answer came is not recorded."
NO_SAMPLE = "How people were chosen is not stated in what is held."
NOT_WEIGHTED = "The answers are not weighted: each counts the same."
WEIGHTED_IN_FILE = "The answers are weighted, with weights that came in the file."
WEIGHTED_BY_UNKNOWN = "By which characteristics they were made is not in what is held."
NOT_COMPARED = "Those who answered cannot be set beside all homes"
NO_EARLIER = "There is no survey before it that is held, so nothing is compared."


@dataclass(frozen=True)
class Beside:
    """One level of a characteristic: its share of the answers and of the homes, both fractions.

    ``withheld`` says why neither is told outside the landlord; "" where they are.
    """

    characteristic: str
    level: str
    answered: float | None
    homes: float | None
    withheld: str = ""

    @property
    def apart(self) -> float:
        """How far the two are apart; 0 where they are not told."""
        return 0.0 if self.answered is None or self.homes is None else self.answered - self.homes


def timing(begun: date, ended: date, surveys: Sequence[str]) -> str:
    """When people were asked, and over how many days.

    >>> timing(date(2026, 4, 1), date(2026, 4, 30), ("Spring 2026",))
    'People were asked from 1 to 30 April 2026 (30 days).'
    >>> timing(date(2026, 4, 1), date(2026, 4, 1), ("Spring 2026",))
    'People were asked on 1 April 2026.'
    """
    made = f", in {len(surveys)} surveys: {listed(surveys)}" if len(surveys) > 1 else ""
    if begun == ended:
        return f"People were asked on {british_date(begun)}{made}."
    return f"People were asked from {period(begun, ended)} ({count((ended - begun).days + 1)} days){made}."


def collected(methods: Mapping[str, int], responses: int) -> str:
    """By which methods answers came, with their numbers.

    >>> collected({"Telephone": 673, "Post": 127}, 826)
    'Telephone 81% (673 of 826), Post 15% (127 of 826). Not recorded: 26.'
    """
    if not methods:
        return NO_METHODS
    said = ", ".join(f"{name} {part(n, responses)}" for name, n in methods.items())
    left = responses - sum(methods.values())
    return f"{said}.{f' Not recorded: {count(left)}.' if left > 0 else ''}"


def chosen(wave: Wave) -> str:
    """How people were chosen, as far as what is held says."""
    known = SAMPLE_KINDS.get(wave.sample_kind, wave.sample_kind)
    return f"{known[:1].upper()}{known[1:]}." if wave.sample_kind else NO_SAMPLE


def compared_by(names: Sequence[str]) -> str:
    """By which characteristics those who answered are compared with all homes.

    >>> compared_by(("Age", "Stock type"))
    'Those who answered are compared with all homes by Age and Stock type.'
    """
    return f"Those who answered are compared with all homes by {_all_of(names)}."


def differs_most(found: Sequence[Beside], most: int = 3) -> str:
    """Where answers and homes are furthest apart.

    >>> differs_most([Beside("Age", "Under 25", 0.02, 0.08), Beside("Age", "65 to 74", 0.25, 0.18)])
    'Furthest apart, before any weights: Age 65 to 74, 25% of the answers and 18% of the homes; Age Under 25, 2% of \
the answers and 8% of the homes.'
    """
    apart = sorted((each for each in found if each.apart), key=lambda each: (-abs(each.apart), each.level))[:most]
    if not apart:
        return ""
    said = "; ".join(
        f"{each.characteristic} {each.level}, {percent(each.answered or 0)} of the answers and "
        f"{percent(each.homes or 0)} of the homes"
        for each in apart
    )
    return f"Furthest apart, before any weights: {said}."


def weights_do(measure: str, estimate: Estimate) -> str:
    """What weighting does to one figure."""
    return f"{measure}: {effect(estimate)}."


def collector(wave: Wave) -> str:
    """Who collected the answers, as far as what is held says; "" where it does not."""
    return f"Collected by {wave.collector}, as given when the file was taken in." if wave.collector else ""


def enough(check: SampleCheck, needed: StillNeeded | None) -> tuple[str, ...]:
    """Whether the required sample was reached and, where it was not, by how much it was missed.

    >>> enough(SampleCheck("LCRA", 1234, 10500, 0.026, 0.03, 969, True), None)
    ('Does not apply: at least 969 answers are required and 1,234 were achieved.',)
    >>> enough(SampleCheck("LCRA", 826, 10500, 0.033, 0.03, 969, False), None)
    ('969 answers are required and 826 were achieved: 143 too few.',)
    """
    if check.required is None or check.met is None:
        return (check.note or "The number of homes is not known, so neither is the required number of answers.",)
    if check.met:
        return (
            f"Does not apply: at least {count(check.required)} answers are required and {count(check.responses)} were "
            "achieved.",
        )
    short = check.required - check.responses
    said = (
        f"{count(check.required)} answers are required and {count(check.responses)} were achieved: {count(short)} too "
        "few."
    )
    where = f"Fewest for their homes: {listed(list(needed.where), 3)}." if needed is not None and needed.where else ""
    return tuple(filter(None, (said, check.note, where)))


def method_change(earlier: str, before: Mapping[str, int], now: Mapping[str, int], differently: bool) -> Iterator[str]:
    """How the mix of methods moved from the survey before, and what that means for a comparison.

    >>> for said in method_change("Autumn 2025", {"Telephone": 60, "Post": 40}, {"Telephone": 75, "Post": 25}, True):
    ...     print(said)
    Against Autumn 2025: Telephone from 60% to 75% of the answers, Post from 40% to 25%.
    The mix moved by more than 10 points, which by our own rule makes a change "asked differently": it is not called a \
real change. That rule is not the regulator's.
    """
    if not before or not now:
        yield f"Against {earlier}: whether people were asked in the same way is not recorded."
        return
    then, today = sum(before.values()), sum(now.values())
    shares = [(name, before.get(name, 0) / then, now.get(name, 0) / today) for name in dict.fromkeys((*now, *before))]
    moved = [(name, percent(was), percent(is_now)) for name, was, is_now in shares if percent(was) != percent(is_now)]
    if moved:
        first = " of the answers"
        told = (f"{name} from {was} to {is_now}{first if not n else ''}" for n, (name, was, is_now) in enumerate(moved))
        yield f"Against {earlier}: {', '.join(told)}."
    else:
        yield f"Against {earlier}: the methods were used in the same mix."
    if differently:
        yield (
            'The mix moved by more than 10 points, which by our own rule makes a change "asked differently": it is not '
            "called a real change. That rule is not the regulator's."
        )


def other_changes(earlier: Wave, now: Wave) -> Iterator[str]:
    """What else of the method is known to be different: how people were chosen, who collected."""
    if earlier.sample_kind and now.sample_kind and earlier.sample_kind != now.sample_kind:
        was, is_now = (SAMPLE_KINDS.get(wave.sample_kind, wave.sample_kind) for wave in (earlier, now))
        yield f"In {earlier.name} {was}; now {is_now}."
    if earlier.collector and now.collector and earlier.collector != now.collector:
        yield f"In {earlier.name} answers were collected by {earlier.collector}, now by {now.collector}."


def weights_changed(earlier: str, before: Sequence[str], now: Sequence[str]) -> str:
    """That the weights were made by other characteristics than the survey before; "" where they were not.

    >>> weights_changed("Autumn 2025", ("Age",), ("Age", "Stock type"))
    'Weights: by Age in Autumn 2025, now by Age and Stock type.'
    """
    if list(before) == list(now):
        return ""
    was, is_now = (f"by {_all_of(names)}" if names else "as in the file, or none" for names in (before, now))
    return f"Weights: {was} in {earlier}, now {is_now}."


def not_said(what: str) -> str:
    """An honest gap: what is not said yet, and where to say it.

    >>> not_said("Say what was offered.")
    'Not said yet. To say it: Data and packs, Summary of approach. Say what was offered.'
    """
    return f"{NOT_SAID}. To say it: {WHERE}. {what}"


def still_to_say(titles: Sequence[str]) -> str:
    """Which items still want the landlord's words.

    >>> still_to_say(("j. Incentives",)), still_to_say(())
    ('1 of the 11 items is not complete: j. Incentives.', 'All eleven items are filled in.')
    """
    if not titles:
        return "All eleven items are filled in."
    verb = "is" if len(titles) == 1 else "are"
    return f"{len(titles)} of the 11 items {verb} not complete: {'; '.join(titles)}."


def _all_of(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
