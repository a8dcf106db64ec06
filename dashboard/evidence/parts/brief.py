"""One estate on two pages, to take to a meeting there: what tenants said, what goes well, what is owed, what is not
known. Every figure is the page's own with that estate chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import (
    WHOLE_LANDLORD,
    Audience,
    Comparison,
    Estimate,
    Findings,
    HeardHomes,
    Measure,
    Question,
    Theme,
    Verdict,
    Voices,
)
from analysis.respect import TOPICS
from analysis.survey.disclosure import OUTSIDE_REASON
from dashboard import answers, unheard, words
from dashboard.charts import intervals
from dashboard.charts.tones import TONE_NAMES, TONES
from dashboard.evidence.about import about_of, told_rows
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph
from dashboard.evidence.blocks import Quote as QuoteBlock
from dashboard.evidence.material import Material
from dashboard.evidence.quoted import FOR, approved, purpose_of, who_said
from dashboard.evidence.quoted import NONE as NO_QUOTE
from dashboard.evidence.recorded import about_a_few, recorded
from dashboard.how.measures import of_measures
from dashboard.strengths import every_strength
from dashboard.words import complaints as counted
from dashboard.words import owed, silence
from dashboard.words import spoken as said
from dashboard.words import strengths as strong
from dashboard.words.evidence import homes_answered, since_short
from data import voices

OVERALL = "TP01"
BY = "estate"
MONTHS = 12  # looked back for being heard from through any channel
MOST = 3  # topics and strengths told of
CHOOSE = "An estate brief is of one estate. Choose one: the same two pages are made for each."
NO_ANSWERS = "Nobody of this estate answered this survey, so nothing of it can be told."
NO_COMMENTS = "Nobody of this estate wrote a comment in this survey."
NO_QUOTES_OUTSIDE = "Tenants' own words are not told with the estate they are from outside the landlord."
QUOTES_TOO_LONG = "The approved quotes of this estate are too long for two pages: the board's pack has them."
MOST_QUOTES, LONGEST_QUOTE = 2, 240  # and letters of one: there are two pages
GOES_WELL = "What goes well"
NO_STRENGTHS = "No strength can be told of here: too few comments tell of one."
NO_HOMES = "No list of homes is held, so how many homes stand behind the answers cannot be told."
NO_HOMES_HERE = "The list of homes has no home of this estate, so who was not heard cannot be told."
NO_RECORDS = "No {what} are held."
NO_HAZARDS = "No hazard case was reported."
NONE_HEARD = "None of the {homes} answered: nothing can be said of what they think."
BEYOND_CHANCE = "beyond chance"  # nothing moved here: a real change would be the wrong word
OF_A_FEW = "Complaints, hazards, repairs and promises of one estate are told inside the landlord only."
SECOND_PAGE = "What is owed, and what is not known"
NOT_ANSWERED = (
    "What those think who did not answer is not known: ranges allow for who happened to be asked, and for nobody who "
    "kept silent."
)
NO_RANK = "Which estate is best is not told: an estate of few answers would head or end any list by chance alone."
FEW_STAFF = (
    "What is said of staff, and praise of them, is not told where fewer than three people serve an estate: it would "
    "tell of one."
)
CHART = "Share satisfied on each measure, and how far each could be off"

NOT_TOLD = f"What was answered here is not told: {OUTSIDE_REASON}."


def blocks(material: Material) -> tuple[Block, ...]:
    """Both pages; that an estate is to be chosen where none is."""
    if len(_estates(material)) != 1:
        return (Paragraph(CHOOSE),)
    return (*_first_page(material), Heading(SECOND_PAGE), *_second_page(material))


def _estates(material: Material) -> tuple[str, ...]:
    return dict(material.asked.filters).get(BY, ())


# ── What tenants said ────────────────────────────────────────────────────────────────────────────


def _first_page(material: Material) -> Iterator[Block]:
    every = [material.findings(group) for group in material.groups]
    found = [each for each in every if any(estimate.told_base for _, estimate in told_rows(each))]
    if not found:
        gone = any(estimate.withheld == OUTSIDE_REASON for each in every for _, estimate in told_rows(each))
        yield Paragraph(NOT_TOLD if gone else NO_ANSWERS)
    for each in found:
        yield Heading(f"{_group(each)}{_headline(each)}", 2)
        yield Paragraph(_joined(*_overall(material, each)))
    fullest = max(found, key=lambda each: each.sample.responses, default=None)
    if fullest is not None:
        yield from _chart(fullest)
    for each in found:
        yield from _in_words(material, each.question.tenure_group, several=len(found) > 1)
    if not _is_told(material):
        yield from _silent(material)


def _silent(material: Material) -> Iterator[Block]:
    """Who was not heard from: on the first page where an estate said nothing that can be told, else on the second."""
    yield Heading("Who we have not heard from", 2)
    yield from (Paragraph(text) for text in _not_heard(material))


def _is_told(material: Material) -> bool:
    """Whether any measure is told, and so stands on the first page."""
    every = [material.findings(group) for group in material.groups]
    return any(not estimate.withheld for each in every for _, estimate in told_rows(each))


def _group(found: Findings) -> str:
    return words.sentence_case(words.group_of(found.question.tenure_group))


def _headline(found: Findings) -> str:
    overall = _of(found, OVERALL)
    return "" if overall is None else f": {words.headline(overall[1], None, words.yes_word(overall[0]))}"


def _of(found: Findings, code: str) -> tuple[Measure, Estimate] | None:
    return next((row for row in told_rows(found) if row[0].code == code), None)


def _overall(material: Material, found: Findings) -> Iterator[str]:
    """How many answers and what they are worth, since the earlier survey, against the rest of the landlord."""
    overall = _of(found, OVERALL)
    if overall is None:
        return
    measure, estimate = overall
    if not estimate.withheld:
        yield words.rests_on(estimate)
    yield since_short(found.changes.get(OVERALL), found.earlier)
    others = tuple(pair for pair in material.asked.filters if pair[0] != BY)
    divided = material.findings(found.question.tenure_group, by=BY, filters=others)
    for gap in divided.against_rest.get(OVERALL, ()):
        if dict(gap.after.group).get(BY) in _estates(material):
            yield _against_the_rest(gap, words.yes_word(measure))


def _against_the_rest(gap: Comparison, yes: str) -> str:
    if gap.difference is None or gap.after.withheld:
        return f"Against everyone else: {gap.verdict.value}."
    here, rest = words.share_of(gap.after), words.share_of(gap.before)
    verdict = BEYOND_CHANCE if gap.verdict is Verdict.REAL else gap.verdict.value
    return f"Here {here} {yes}, against {rest} of everyone else: {words.change(gap)}, {verdict}."


def _chart(found: Findings) -> Iterator[Block]:
    chart = intervals.measure_dots(told_rows(found), CHART, *about_of(found))
    if chart.labels:
        yield Figure("brief-measures", chart, ("share", "low", "high"), of_measures(found))


def _in_words(material: Material, group: str, several: bool) -> Iterator[Block]:
    """Strengths first, then what they speak about and how it sounds, then what is rising."""
    heard, asked = material.voices(group), material.question(group, compared_with=None)
    whose = f", {words.group_of(group)}" if several else ""
    yield Heading(f"In their own words{whose}", 2)
    why = _why_withheld(heard, material.smallest_base)
    if not heard.comments or why:
        unread = words.unread(heard.unread) if heard.unread else ""
        yield Paragraph(_joined(words.heard(heard), unread, f"Not shown: {why}.") if heard.comments else NO_COMMENTS)
        return
    yield Paragraph(_joined(words.heard(heard), *_strengths(material, asked, heard)))
    themes = [
        theme for theme in _told(heard.themes) if theme.topic not in TOPICS or _may_tell_of_staff(material, heard)
    ]
    topics = [f"{theme.title}, {said.of_topic(theme)}" for theme in themes[:MOST]]
    tones = {TONE_NAMES[tone]: heard.tones[tone] for tone in TONES if tone in heard.tones}
    spoken = f"Spoken of most: {'; '.join(topics)}." if topics else ""
    yield Paragraph(_joined(spoken, said.tones_said(tones), _rising(material, group)))
    yield from _quotes(material, asked)


def _may_tell_of_staff(material: Material, heard: Voices) -> bool:
    """Whether what is said of staff and of being judged may be told: on the stricter base, and never of a few staff."""
    few = answers.few_staffed(material.generation, WHOLE_LANDLORD)
    return heard.comments >= answers.strict_base(material.smallest_base) and not few.intersection(_estates(material))


def _told(themes: Sequence[Theme]) -> list[Theme]:
    return [theme for theme in themes if not theme.share.withheld]


def _why_withheld(heard: Voices, fewest: int) -> str | None:
    return f"fewer than {fewest} tenants wrote" if heard.commenters < fewest else heard.withheld


def _strengths(material: Material, asked: Question, heard: Voices) -> Iterator[str]:
    themes = every_strength(asked, heard, material.generation, material.readings, material.smallest_base)
    told = sorted(
        (theme for theme in _told(themes) if theme.positive), key=lambda theme: (-theme.positive, theme.topic)
    )
    lines = [f"{theme.title}, {words.in_words(theme.share, *strong.COMMENTS)}" for theme in told[:MOST]]
    yield f"{GOES_WELL}: {'; '.join(lines)}." if lines else NO_STRENGTHS


def _quotes(material: Material, asked: Question) -> Iterator[Block]:
    """The newest approved quotes that are short enough, or that none is approved; none at all outside."""
    if asked.audience is not Audience.INTERNAL:
        yield Paragraph(NO_QUOTES_OUTSIDE)
        return
    purpose = purpose_of(asked.audience)
    found = approved(material, voices.untold_keys(material.generation, asked, material.readings))
    short = [quote for quote in found if len(quote.words) <= LONGEST_QUOTE][:MOST_QUOTES]
    yield from (QuoteBlock(quote.words, who_said(quote, asked, purpose)) for quote in short)
    if not short:
        yield Paragraph(QUOTES_TOO_LONG if found else NO_QUOTE.format(whom=FOR[purpose]))


def _rising(material: Material, group: str) -> str:
    asked = material.question(group)
    if asked.compared_with is None:
        return said.NOTHING_EARLIER
    moved = answers.topics_moved(asked, material.generation, material.readings, material.smallest_base)
    return said.rising(moved, asked.compared_with)


# ── What is owed, and what is not known ──────────────────────────────────────────────────────────


def _second_page(material: Material) -> Iterator[Block]:
    yield from _records(material)
    if _is_told(material):
        yield from _silent(material)
    yield Heading("What cannot be told, and why", 2)
    yield from (Paragraph(text) for text in _cannot_be_told(material))


def _records(material: Material) -> Iterator[Block]:
    if about_a_few(material):
        yield Heading("Complaints, repairs and hazards", 2)
        yield Paragraph(OF_A_FEW)
        return
    held = material.generation.held_rows()
    of = recorded(material)
    when = f"From {words.period(of.begun, of.ended)}, as known on {words.british_date(material.today)}."
    for heading, kind, told in (
        ("Complaints", "complaints", _complaints),
        ("Repairs", "repairs", _repairs),
        ("Hazards", "hazards", _hazards),
        ("Promises", "complaints", _promises),
    ):
        yield Heading(heading, 2)
        begun = "" if told is _promises else when
        yield Paragraph(_joined(begun, *told(material)) if held[kind] else NO_RECORDS.format(what=kind))
    if held["hazards"]:
        yield Note(owed.NOT_THE_SYSTEM_OF_RECORD)


def _complaints(material: Material) -> Iterator[str]:
    """How many for every 1,000 homes, how many in time, and what is owed now."""
    of, generation = recorded(material), material.generation
    for group in material.groups:
        found = answers.answer_complaints(
            generation, of.period, of.scope, material.today, material.smallest_base, group, of.tenures,
            material.asked.audience,
        )  # fmt: skip
        mine = ("tenure_group", group)
        told = [rate for rate in found.rates if mine in rate.group]
        if not any(rate.homes or rate.count for rate in told):
            continue  # nobody of this tenure group lives here
        rates = [counted.rate_line(rate) for rate in told]
        in_time = [counted.in_time_line(each) for each in found.timeliness if mine in each.group and each.made]
        yield f"{words.sentence_case(words.group_of(group))}. {_joined(*rates, *in_time)}"
    due = answers.complaints_due(generation, of.scope, material.today, tenures=of.tenures)
    overdue = sum(each.overdue for each in due)
    yield owed.complaints_owed(overdue, len(due) - overdue) or "No complaint is overdue."


def _repairs(material: Material) -> Iterator[str]:
    of = recorded(material)
    found = answers.repairs_done(material.generation, of.period, of.scope, material.today, of.tenures)
    yield counted.repairs_counted(found)
    yield from (counted.in_target(each.priority, each.timed, each.in_time) for each in found.targets)


def _hazards(material: Material) -> Iterator[str]:
    of = recorded(material)
    found = answers.hazards_counted(material.generation, of.period, of.scope, of.tenures)
    total = (sum(each.opened for each in found), sum(each.closed for each in found))
    yield counted.hazards_counted(*total) if any(total) else NO_HAZARDS
    is_open = answers.hazards_open(material.generation, of.scope, material.today, of.tenures)
    yield owed.hazards_open(case.severity for case in is_open) or "No hazard case is open."


def _promises(material: Material) -> Iterator[str]:
    of = recorded(material)
    found = answers.promises_made(material.generation, of.scope, material.today, tenures=of.tenures)
    if not found:
        yield "No promise made in a reply to a complaint is held."
        return
    states = [promise.state for promise in found]
    yield owed.promises_owed(states.count("overdue"), states.count("due soon")) or owed.NO_PROMISE_DUE
    yield owed.promises_kept(found)


def _not_heard(material: Material) -> Iterator[str]:
    """How many homes answered, and how many were heard from through any channel."""
    if not material.generation.held_rows()["homes"]:
        yield NO_HOMES
        return
    listed = 0
    for group in material.groups:
        looked = unheard.looked_at(material.question(group), material.roll, material.generation, material.smallest_base)
        seen = unheard.unheard(looked, (BY,), material.today, MONTHS)
        listed += seen.listed.homes
        if not seen.listed.homes:
            continue
        homes = seen.listed.homes
        none = NONE_HEARD.format(homes=words.people(homes, "home", "homes"))
        told = (
            homes_answered(looked.answered, homes, material.asked.audience, material.smallest_base)
            if looked.answered
            else none
        )
        any_way = f"In {MONTHS} months, through any channel: {silence.heard_words(seen.heard[0])}."
        tells = material.asked.audience is Audience.INTERNAL or not _of_a_handful(seen.heard[0], material.smallest_base)
        yield f"{words.sentence_case(words.group_of(group))}. {_joined(told, any_way if tells else '')}".strip()
    if not listed:
        yield NO_HOMES_HERE


def _of_a_handful(found: HeardHomes, fewest: int) -> bool:
    """Whether a handful of homes were heard from, or were not."""
    return any(number is not None and 0 < number < fewest for number in (found.heard, found.silent))


def _cannot_be_told(material: Material) -> Iterator[str]:
    """What the two pages leave out, each with its reason."""
    for group in material.groups:
        found = material.findings(group)
        hidden = [(measure.code, estimate.withheld) for measure, estimate in told_rows(found) if estimate.withheld]
        for why, codes in words.counted_reasons(hidden).items():
            which = "every measure" if len(codes) == len(told_rows(found)) else ", ".join(codes)
            yield f"{words.sentence_case(words.group_of(group))}, {which}: {why}."
        strong_base = answers.strict_base(material.smallest_base)
        if 0 < material.voices(group).comments < strong_base:
            yield f"Comments about staff and about being judged of {words.group_of(group)}: fewer than {strong_base}."
    yield FEW_STAFF
    yield NO_RANK
    yield NOT_ANSWERED
    if material.asked.audience is not Audience.INTERNAL:
        yield "What could tell of a few people is withheld, here and wherever it would follow from other figures."


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
