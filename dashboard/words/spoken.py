"""What tenants say, as sentences: what rises, what is to be read first, and how not to misread a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.model import Besides, Comment, Estimate, Moved, Theme, Through, Together, Verdict, Voices
from analysis.voices import UNSURE_TONE
from dashboard.words.changes import change
from dashboard.words.shares import COMMENTS, in_words, interval, share_of
from dashboard.words.surveys import comments, listed

SPOKEN_OF: Mapping[str, str] = {"positive": "Speaks well of it", "neutral": "Neither", "negative": "Speaks ill of it"}
SOURCE = "comments of the survey, personal details taken out before anything is shown"
# How not to misread what a chart shows: one beside each.
NOT_THE_MOST_IMPORTANT = (
    "The biggest topic is not the most important: it may only be what the question makes people think of. One comment "
    "can be reason enough to act."
)
NOT_OF_TENANTS = (
    "Shares of comments, not of tenants: those who write are not those who do not. Nobody speaking of a thing does not "
    "mean that nobody has it."
)
NO_ARROW = (
    "A topic rises or falls here only where the test says so, all topics judged together. Solid: real change. Hollow: "
    "could be chance, and no news."
)
BY_PLACE = (
    "A place with a large share may only have had few comments: look at the range. Ranges that overlap are no ranking."
)
BY_TIME = "What was asked, of whom and how moves what people write about: a change of survey is not a change of homes."
TOGETHER = (
    "Spoken of together is not one causing the other. Solid: more, or less, often than in all other comments beyond "
    "chance. Hollow: could be chance."
)
STRENGTHS = (
    "Found by words, so some are missed. Few speak of what goes well unless asked: a small share is no small strength."
)
TONE_BY_PLACE = (
    "Tone is how words sound, not how good the service is: a fair complaint may be polite. A place with a large share "
    "may only have had few comments: the ranges stand in the figures behind this chart. Ranges that overlap are no "
    "ranking."
)
CLICK = "Click a mark to read its comments, or choose them under Read."
# What stands above the lists to read.
DANGER = (
    "A computer found these, so some are none and some are missed: a prompt for a person, never a verdict. This is not "
    "watched out of hours and is not the system of record. Where the person did not agree to be named, ask the agency "
    "to go back to them today."
)
UNPLACED = "No topic was found in these. They may hold what nobody thought to count."
LONGEST = "The longest comments often hold a whole story that a topic cuts into pieces."
RAREST = "Topics spoken of in less than one comment in a hundred. Rare is not unimportant."
ASIDE = "Nothing was read for meaning in these: blank, not in English, or no words. In no share."
NO_STRENGTHS = "No words of pride, thanks or help were found, and no topic is spoken well of."
NOTHING_EARLIER = "There is no earlier survey to compare with, so nothing can be said to rise."
READ_ALOUD = "One to read aloud in the team. It leaves the team only as a quote that two people approved."


def not_in_shares(heard: Voices, found: Besides) -> str:
    """What was not sure, set aside or in no topic: counted, never hidden.

    >>> from analysis.model import Estimate
    >>> heard = Voices(100, 90, 0, {"unsure": Estimate(0.1, 0.05, 0.2, base=95, yes=9)}, (), set_aside=5)
    >>> not_in_shares(heard, Besides(0, 0, 12, {"blank": 4, "not in English": 1}))
    'Not sure how 9 sound; 12 are in no topic; 5 are set aside (blank 4, not in English 1).'
    """
    unsure = heard.tones[UNSURE_TONE].yes if UNSURE_TONE in heard.tones else None
    parts = [f"not sure how {unsure:,} sound" if unsure is not None else ""]
    parts.append(f"{found.unplaced:,} {'is' if found.unplaced == 1 else 'are'} in no topic")
    why = ", ".join(f"{reason} {n:,}" for reason, n in sorted(found.set_aside.items(), key=lambda pair: -pair[1]))
    parts.append(f"{heard.set_aside:,} {'is' if heard.set_aside == 1 else 'are'} set aside{f' ({why})' if why else ''}")
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}."


def tones_said(tones: Mapping[str, Estimate]) -> str:
    """Each tone's share with its range, under the name it is shown by; and of how many comments.

    >>> tones_said({"Positive": Estimate(0.27, 0.23, 0.31, 435), "Not sure": Estimate(0.01, 0.0, 0.03, 435)})
    'Of 435 comments read: positive 27% (23% to 31%), not sure 1% (0% to 3%).'
    """
    told = [
        f"{name[:1].lower()}{name[1:]} {share_of(each)} ({interval(each.low, each.high)})"
        for name, each in tones.items()
    ]
    base = next((each.base for each in tones.values()), 0)
    return f"Of {comments(base)} read: {', '.join(told)}."


def dangers(found: Besides) -> str:
    """How many comments may tell of a danger; "" where none does.

    >>> dangers(Besides(1, 3, 0)), dangers(Besides(0, 1, 0)), dangers(Besides(0, 0, 9))
    ('4 comments may tell of a danger in a home: 1 perhaps an emergency. Read these first.', \
'1 comment may tell of a danger in a home. Read it first.', '')
    """
    if not found.dangers:
        return ""
    tells = f"{comments(found.dangers)} may tell of a danger in a home"
    urgent = f": {found.emergencies:,} perhaps an emergency" if found.emergencies else ""
    return f"{tells}{urgent}. Read {'it' if found.dangers == 1 else 'these'} first."


def of_the_survey(wave: str) -> str:
    """Where those comments come from, and what the count is not.

    >>> of_the_survey("2025")[:40]
    'Comments of the survey 2025, read by a c'
    """
    return (
        f"Comments of the survey {wave}, read by a computer: each is for a person to read, never a verdict. "
        "Not watched out of hours, and not the system of record."
    )


def danger_of(comment: Comment, titles: Mapping[str, str]) -> str:
    """What a comment may tell of, and by which words."""
    told = comment.danger
    if told is None:
        return ""
    first = "Perhaps an emergency" if told.severity == "emergency" else "Perhaps a significant danger"
    kinds = ", ".join(titles.get(kind, kind) for kind in told.kinds)
    who = "; somebody vulnerable in the home" if told.vulnerable else ""
    return f"{first}: {kinds}{who}" if kinds else f"{first}{who}"


def three(told: Sequence[Theme], praised: Sequence[Theme]) -> Iterator[str]:
    """The three strengths told of most, and the three topics most spoken well of, with how many comments do.

    >>> from analysis.model import Estimate
    >>> place = Theme("place", "Love of the place", Estimate(0.05, 0.04, 0.07, base=900, yes=45), 45, 0, 0)
    >>> staff = Theme("staff", "Staff", Estimate(0.1, 0.08, 0.12, base=900, yes=90), 90, 0, 0)
    >>> for line in three([place], [staff]):
    ...     print(line)
    Told of most: Love of the place (45 comments).
    Most spoken well of: Staff (90 comments).
    """
    for name, themes in (("Told of most", told), ("Most spoken well of", praised)):
        if themes:
            yield f"{name}: {', '.join(f'{theme.title} ({comments(theme.positive)})' for theme in themes[:3])}."


def rising(moved: Sequence[Moved], earlier: str) -> str:
    """Which topics surely rose and which surely fell; that none did, and why nothing could be told.

    >>> from analysis.model import Comparison, Estimate
    >>> was, now = Estimate(0.05, 0.04, 0.06, base=900), Estimate(0.09, 0.07, 0.11, base=900)
    >>> real = Comparison(was, now, 0.04, 0.015, 0.065, Verdict.REAL, "")
    >>> rising([Moved("damp_mould", "Damp and mould", real)], "2024")
    'Rising since 2024: Damp and mould. Falling: none.'
    >>> rising([Moved("a", "A", Comparison(was, now, 0.01, -0.01, 0.03, Verdict.CHANCE, ""))], "2024")
    'Since 2024 no topic surely rose or fell: what moved could be chance.'
    >>> rising([Moved("a", "A", Comparison(was, now, 0.01, -0.01, 0.03, Verdict.DIFFERENTLY, "By telephone."))], "2024")
    'Nothing is said to rise or fall since 2024: asked differently. By telephone.'
    """
    real = [each for each in moved if each.change.verdict is Verdict.REAL]
    if not real:
        judged = any(each.change.verdict is Verdict.CHANCE for each in moved)
        if judged or not moved:
            return f"Since {earlier} no topic surely rose or fell: what moved could be chance."
        first = moved[0].change
        return f"Nothing is said to rise or fall since {earlier}: {first.verdict.value}. {first.why}"
    up, down = ([m.title for m in real if ((m.change.difference or 0) > 0) is way] for way in (True, False))
    return f"Rising since {earlier}: {listed(up, 8) or 'none'}. Falling: {listed(down, 8) or 'none'}."


def moved_line(each: Moved) -> str:
    """How far one topic moved, with the verdict."""
    return f"{change(each.change)}: {each.change.verdict.value}"


def belongs(measures: Sequence[str], category: str) -> str:
    """Which of the regulator's measures a topic speaks to, and the Housing Ombudsman's category.

    >>> belongs(("TP02", "TP03"), "Property Condition")
    "Speaks to TP02 and TP03. The Housing Ombudsman's category: Property Condition."
    """
    said = [f"Speaks to {' and '.join(measures)}."] if measures else []
    return " ".join([*said, *([f"The Housing Ombudsman's category: {category}."] if category else [])])


def of_topic(theme: Theme) -> str:
    """One topic's share and how it is spoken of.

    >>> from analysis.model import Estimate
    >>> of_topic(Theme("repairs", "Repairs", Estimate(0.2, 0.17, 0.23, base=900, yes=180), 60, 110, 10))
    '20% (17% to 23%): well 60, ill 110'
    """
    share = theme.share
    return f"{share_of(share)} ({interval(share.low, share.high)}): well {theme.positive:,}, ill {theme.negative:,}"


def together_line(each: Together) -> str:
    """How often another topic stands in the same comments, beside all other comments.

    >>> from analysis.model import Comparison, Estimate
    >>> rest, here = Estimate(0.1, 0.08, 0.12, base=700, yes=70), Estimate(0.3, 0.24, 0.37, base=200, yes=60)
    >>> together_line(Together("damp_mould", "Damp", here, Comparison(rest, here, 0.2, 0.13, 0.27, Verdict.REAL, "")))
    '30% (24% to 37%); of others 10%: real'
    """
    share, verdict = each.share, "real" if each.contrast.verdict is Verdict.REAL else each.contrast.verdict.value
    return (
        f"{share_of(share)} ({interval(share.low, share.high)}); of others {share_of(each.contrast.before)}: {verdict}"
    )


def through_line(each: Through) -> str:
    """A topic in one survey, with the verdict on the step from the one before."""
    said = in_words(each.share, *COMMENTS)
    return said if each.change is None else f"{said}: {each.change.verdict.value}"


def rare_line(themes: Sequence[Theme]) -> str:
    """The rare topics, named with their numbers.

    >>> from analysis.model import Estimate
    >>> rare_line([Theme("pests", "Pests", Estimate(0.003, 0.001, 0.01, base=900, yes=3), 0, 3, 0)])
    'Pests 3.'
    """
    return f"{', '.join(f'{t.title} {t.positive + t.negative + t.neutral:,}' for t in themes)}."


def clicked(series: str, row: str, of: str = "") -> str:
    """What stands above the comments of a mark that was clicked.

    >>> clicked("Speaks ill of it", "Repairs"), clicked("", "Ash Court", "Repairs")
    ('Comments: Repairs, speaks ill of it', 'Comments: Repairs, Ash Court')
    """
    return f"Comments: {', '.join(filter(None, (of, row, series[:1].lower() + series[1:])))}"
