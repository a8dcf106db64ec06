"""Figures as sentences: the only place a number is formatted, so that screen, pack and command line agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from analysis.model import Comparison, Estimate, Measure, Question, SampleCheck, Verdict, Voices, Wave

SMALL_BASE = 30  # under this a share is shown as "7 of 10": USERS.md
NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
WORD_JOINER = "\N{WORD JOINER}"

GROUP_NAMES: Mapping[str, str] = {"LCRA": "Renters (LCRA)", "LCHO": "Shared owners (LCHO)"}
SAMPLE_KINDS: Mapping[str, str] = {
    "census": "everyone was invited",
    "random": "a random sample was invited",
    "quota": "people were asked until quotas were full, so the margin treats this as a random sample",
    "": "how people were chosen is not stated",
}
VERDICT_MEANS: Mapping[Verdict, str] = {
    Verdict.REAL: "larger than chance alone would often give",
    Verdict.CHANCE: "a difference this size often comes about by chance",
    Verdict.TOO_FEW: "too few people answered to tell",
    Verdict.DIFFERENTLY: "people were asked in another way, so the two cannot be set side by side",
}

# ── Shares ───────────────────────────────────────────────────────────────────────────────────────


def percent(share: float) -> str:
    """A share as a whole percentage, never rounded into none or all.

    >>> [percent(x) for x in (0.714, 0.0, 0.002, 0.998, 1.0)]
    ['71%', '0%', 'under 1%', 'over 99%', '100%']
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share:.0%}"


def exact_percent(share: float) -> str:
    """A share with the one decimal the regulator publishes.

    >>> exact_percent(0.7136)
    '71.4%'
    """
    return f"{share:.1%}"


def interval(low: float | None, high: float | None) -> str:
    """How low and how high the true share could well be.

    >>> interval(0.68, 0.742)
    '68% to 74%'
    """
    if low is None or high is None:
        return NOTHING
    return f"{percent(low)} to {percent(high)}"


def count(number: int) -> str:
    """A whole number with its thousands.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def people(number: int, one: str = "tenant", many: str = "tenants") -> str:
    """How many people a figure rests on.

    >>> people(1310), people(1)
    ('1,310 tenants', '1 tenant')
    """
    return f"{count(number)} {one if number == 1 else many}"


def share_of(estimate: Estimate) -> str:
    """The share alone: a percentage, "7 of 10" on a small base, or a dash where it is withheld.

    >>> share_of(Estimate(0.62, 0.58, 0.66, base=310)), share_of(Estimate(0.7, 0.4, 0.9, base=10, yes=7))
    ('62%', '7 of 10')
    >>> share_of(Estimate(None, None, None, base=9, withheld="fewer than 10 answers"))
    '–'
    """
    if estimate.withheld or estimate.value is None:
        return NOTHING
    if estimate.base < SMALL_BASE and estimate.yes is not None:
        return f"{estimate.yes} of {estimate.base}"
    return percent(estimate.value)


def in_words(estimate: Estimate) -> str:
    """A figure with its range and base, or why there is none.

    >>> in_words(Estimate(0.62, 0.58, 0.66, base=310))
    '62% (58% to 66%, 310 tenants)'
    >>> in_words(Estimate(0.7, 0.4, 0.89, base=10, yes=7))
    '7 of 10 (40% to 89%)'
    >>> in_words(Estimate(None, None, None, base=9, withheld="fewer than 10 answers"))
    'Not shown: fewer than 10 answers'
    """
    if estimate.withheld or estimate.value is None:
        return f"Not shown: {estimate.withheld or 'no answers'}"
    between = interval(estimate.low, estimate.high)
    if estimate.base < SMALL_BASE and estimate.yes is not None:
        return f"{share_of(estimate)} ({between})"
    return f"{share_of(estimate)} ({between}, {people(estimate.base)})"


def worth(estimate: Estimate) -> str:
    """What weighted answers are worth, in plain words; nothing where weighting costs little.

    >>> worth(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=843.2))
    'worth about 840 answers'
    >>> worth(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=1000.0))
    ''
    """
    if estimate.effective_base is None or estimate.effective_base > 0.98 * estimate.base:
        return ""
    nearest = 10 if estimate.effective_base >= 100 else 1
    return f"worth about {count(round(estimate.effective_base / nearest) * nearest)} answers"


def rests_on(estimate: Estimate) -> str:
    """What a figure rests on, in one sentence.

    >>> rests_on(Estimate(0.6, 0.5, 0.7, base=1000, effective_base=843.2))
    'From the answers of 1,000 tenants, worth about 840 answers once weighted.'
    """
    value = worth(estimate)
    return f"From the answers of {people(estimate.base)}{f', {value} once weighted' if value else ''}."


def number_word(number: int) -> str:
    """A small number as a word.

    >>> number_word(12), number_word(40)
    ('twelve', '40')
    """
    small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return small[number] if number < len(small) else count(number)


def counting_rule(measure: Measure) -> str:
    """Which answers count as yes, and which are left out."""
    neither = "not applicable or don't know, " if measure.offers_not_applicable else ""
    yes = " and ".join(measure.counts_as_yes).lower()
    return f"Counted: {yes}. Left out: {neither}refused and blank. Source: {measure.source}."


# ── Changes ──────────────────────────────────────────────────────────────────────────────────────


def signed(points: float) -> str:
    """Percentage points with a sign, from a difference of shares.

    >>> signed(0.042), signed(-0.003), signed(0.0001)
    ('+4.2', '−0.3', '0.0')
    """
    text = f"{points * 100:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", MINUS)


def change(comparison: Comparison) -> str:
    """A change in points with its range; a dash where there is none to give.

    >>> before, after = Estimate(0.6, 0.5, 0.7, base=100), Estimate(0.642, 0.6, 0.7, base=100)
    >>> change(Comparison(before, after, 0.042, -0.003, 0.087, Verdict.CHANCE, ""))
    '+4.2 points (−0.3 to +8.7)'
    """
    if comparison.difference is None:
        return NOTHING
    if comparison.low is None or comparison.high is None:
        return f"{signed(comparison.difference)} points"
    return f"{signed(comparison.difference)} points ({signed(comparison.low)} to {signed(comparison.high)})"


def yes_word(measure: Measure) -> str:
    """What a counted answer says: "satisfied", or "agree" where the scale is agreement."""
    return "agree" if measure.counts_as_yes and "agree" in measure.counts_as_yes[0].lower() else "satisfied"


def headline(estimate: Estimate, comparison: Comparison | None, said: str = "satisfied") -> str:
    """The one sentence at the top of a page.

    >>> now = Estimate(0.71, 0.68, 0.74, base=900)
    >>> headline(now, Comparison(now, now, 0.01, -0.03, 0.05, Verdict.CHANCE, ""))
    '71% satisfied (68% to 74%): could be chance'
    >>> headline(now, None)
    '71% satisfied (68% to 74%)'
    >>> headline(Estimate(None, None, None, base=3, withheld="fewer than 10 answers"), None)
    'Not shown: fewer than 10 answers'
    """
    if estimate.withheld or estimate.value is None:
        return in_words(estimate)
    sentence = f"{share_of(estimate)} {said} ({interval(estimate.low, estimate.high)})"
    return sentence if comparison is None else f"{sentence}: {comparison.verdict.value}"


def since(comparison: Comparison | None, earlier: Wave | None) -> str:
    """What moved since the earlier survey, and what may be made of it, in one sentence.

    >>> now = Estimate(0.71, 0.68, 0.74, base=900)
    >>> wave = Wave("2024", date(2024, 4, 1), date(2024, 6, 30), "2024/25")
    >>> since(Comparison(now, now, 0.01, -0.03, 0.05, Verdict.CHANCE, "The range includes no change."), wave)
    '+1.0 points (−3.0 to +5.0) since 2024: could be chance. The range includes no change.'
    >>> since(None, None)
    'There is no earlier survey to compare with.'
    """
    if comparison is None or earlier is None:
        return "There is no earlier survey to compare with."
    moved = f"{change(comparison)} since {earlier.name}: " if comparison.difference is not None else ""
    return f"{moved}{verdict(comparison)}"


def verdict(comparison: Comparison) -> str:
    """The verdict, one of the same four everywhere, and its reason in a sentence of its own.

    >>> few = Estimate(None, None, None, base=4, withheld="fewer than 10 answers")
    >>> verdict(Comparison(few, few, None, None, None, Verdict.TOO_FEW, "2024: fewer than 10 answers."))
    'too few to say. 2024: fewer than 10 answers.'
    """
    return f"{comparison.verdict.value}. {comparison.why}".strip()


def verdict_count(comparisons: Sequence[Comparison]) -> str:
    """How many measures of each verdict there are, in one sentence.

    >>> now = Estimate(0.7, 0.6, 0.8, base=90)
    >>> rows = [Comparison(now, now, 0.1, 0.05, 0.15, Verdict.REAL, "")] * 2
    >>> verdict_count([*rows, Comparison(now, now, 0.0, -0.1, 0.1, Verdict.CHANCE, "")])
    'Real change: 2 measures. Could be chance: 1 measure.'
    """
    told = []
    for word in Verdict:
        number = sum(found.verdict is word for found in comparisons)
        if number:
            told.append(f"{word.value.capitalize()}: {people(number, 'measure', 'measures')}.")
    return " ".join(told)


# ── The survey ───────────────────────────────────────────────────────────────────────────────────


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


def sample_sentences(check: SampleCheck) -> tuple[str, ...]:
    """The regulator's margin of error and required minimum sample, met or not, in plain words.

    >>> sample_sentences(SampleCheck("LCRA", 1234, 10500, 0.0262, 0.03, 969, True))[-1]
    'The regulator asks for at least 969 answers: met.'
    >>> sample_sentences(SampleCheck("LCRA", 1234, None, None, None, None, None))[-1]
    'The number of homes is not known, so neither the margin nor the required number can be worked out.'
    """
    who = GROUP_NAMES.get(check.tenure_group, check.tenure_group).lower().replace("lcra", "LCRA")
    who = who.replace("lcho", "LCHO")
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
    parts = [question.wave, GROUP_NAMES.get(question.tenure_group, question.tenure_group)]
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


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


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


# ── Text from a file, made harmless ──────────────────────────────────────────────────────────────

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_RUNS = ("=", "+", "-", "@", "\t", "\r")  # signs a spreadsheet takes for the start of a formula
_WOULD_LINK = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: object) -> str:
    r"""Text from a file for a place that reads markdown (labels, options, tables): shown as it is, never acted on.

    Every sign markdown could act on is escaped, and a joiner without width is set where an address, an emoji or
    an icon would be recognised even in escaped text.

    >>> print(plain("a_b <i>"))
    a\_b \<i\>
    """
    line = " ".join(str(text).split())
    return _PUNCTUATION.sub(r"\\\1", _WOULD_LINK.sub(WORD_JOINER, line))


def for_chart(text: object) -> str:
    """Text from a file for Plotly, which would act on tags and entities: shown as it is.

    >>> for_chart("<b>Ash & Birch</b>")
    '&lt;b&gt;Ash &amp; Birch&lt;/b&gt;'
    """
    return escape(" ".join(str(text).split()), quote=False)


def for_cell(value: object) -> object:
    """A value for a CSV or spreadsheet: text that a spreadsheet would run as a formula is kept as text.

    >>> for_cell('=HYPERLINK("http://x")'), for_cell(-3.5), for_cell(" +1"), for_cell("Ash")
    ('\\'=HYPERLINK("http://x")', -3.5, "' +1", 'Ash')
    """
    if not isinstance(value, str):
        return value
    first = value.lstrip(" \"'\u00a0")[:1]
    return f"'{value}" if first in _RUNS or value[:1] in _RUNS else value
