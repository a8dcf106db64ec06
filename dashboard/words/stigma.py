"""Being judged for being a tenant, in sentences: each figure with its base and range, and never a score."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Estimate, Through, Verdict, Wave
from analysis.model.stigma import (
    AGREE,
    SEVERAL,
    Agreement,
    Answered,
    Asked,
    Beside,
    Coded,
    Item,
    ItemFound,
    Paradox,
    Published,
    ToldFound,
)
from dashboard.words.changes import change, verdict
from dashboard.words.shares import COMMENTS, count, in_words, interval, people, rests_on, sentence_case, share_of
from dashboard.words.surveys import british_date, listed, worded

TELLING = ("comment that tells of being judged", "comments that tell of being judged")
NO_SCORE = (
    "Each question stands on its own. They are never added up to a score, and no estate is ranked or set against "
    "another by them."
)
SOURCES_OF = {"sources": "By whom", "forms": "How"}
TWO_BASES = (
    "Two different things are set side by side. Asked: of the tenants who said yes to being judged, how many chose "
    "each answer from a list. Told: of the comments in which somebody wrote of it unasked, how many name each. The "
    "first is about tenants, the second about comments, and nobody has to write: so the two need not agree, and "
    "neither is the right one."
)
HOW_CODED = (
    "Comments are coded by rules and a model that can be wrong: put them right where they are. A tenant who tells of a "
    "stereotype does not hold it; the code marks what was told, never the teller. The words it was read from stand "
    "between ⟦ and ⟧."
)
ONLY_APPROVED = (
    "Outside the team only quotes that two people have approved, without personal details and without a place."
)
OF_QUARTERS = (
    "A quarter is set only against the same quarter of an earlier year: the season, and who is asked when, move the "
    "answers too."
)
NO_QUOTES = "No approved quote tells of being judged. Put a comment forward where it is read, under *Quote it*."
NONE_TOLD = "No comment in this selection tells of being judged."
NOT_ASKED_YET = (
    "The survey shown did not ask these questions. They are in the register to be put to an agency; the guide, "
    "docs/guide/stigma.md, says how, and what to agree with tenants first."
)


# ── How it stands with tenants ───────────────────────────────────────────────────────────────────


def label(stands: Agreement) -> str:
    """The label that goes on every screen and export.

    >>> from datetime import date
    >>> label(Agreement("locally designed, not a validated scale", date(2026, 5, 14)))
    'locally designed, not a validated scale, agreed with tenants on 14 May 2026'
    >>> label(Agreement("locally designed, not a validated scale"))
    'locally designed, not a validated scale, not yet agreed with tenants'
    """
    agreed = f"agreed with tenants on {british_date(stands.agreed)}" if stands.agreed else "not yet agreed with tenants"
    return f"{stands.label}, {agreed}"


def sees_first(stands: Agreement) -> str:
    """When tenants see results first, and what waits for it.

    >>> from datetime import date
    >>> sees_first(Agreement("", sees_first=date(2026, 12, 1), held_back=True))
    'Tenants see results first on 1 December 2026. Until then no estate is shown and nothing leaves the team.'
    >>> sees_first(Agreement("", sees_first=date(2026, 5, 1)))
    'Tenants saw results first on 1 May 2026.'
    """
    if stands.sees_first is None:
        return "No day is set yet on which tenants see results first: set one in settings.toml."
    day = british_date(stands.sees_first)
    if stands.held_back:
        return f"Tenants see results first on {day}. Until then no estate is shown and nothing leaves the team."
    return f"Tenants saw results first on {day}."


# ── Asked ────────────────────────────────────────────────────────────────────────────────────────


def told_of(answer: Answered, item: Item) -> str:
    """One answer as a sentence with its range and its base.

    >>> item = Item("ST01", "", "Felt judged", "", "felt judged", "yes_no", ("LCRA",))
    >>> told_of(Answered("ST01", "Felt judged", Estimate(0.31, 0.28, 0.35, base=785)), item)
    '31% felt judged (28% to 35%, 785 tenants).'
    """
    share = answer.share
    if share.withheld or share.value is None:
        return f"{answer.title}: {in_words(share)}."
    between = interval(share.low, share.high)
    if item.kind == SEVERAL:
        return f"{answer.title}: {in_words(share)}."
    base = "" if share_of(share).endswith(f"of {share.base}") else f", {people(share.base)}"
    return f"{share_of(share)} {item.says} ({between}{base})."


def moved(answer: Answered, earlier: Wave | None) -> str:
    """What moved since the earlier survey, with its verdict; nothing where there is none."""
    found = answer.change
    if found is None or earlier is None:
        return ""
    points = f"{change(found)} since {earlier.name}: " if found.difference is not None else ""
    return sentence_case(f"{points}{verdict(found)}")


def nothing_moved(answers: Sequence[Answered], earlier: Wave | None) -> str:
    """What moved of several answers without being told one by one, by verdict; "" where nothing was compared.

    >>> from datetime import date
    >>> from analysis.model import Comparison
    >>> share = Estimate(0.3, 0.2, 0.4, base=100)
    >>> chance = Comparison(share, share, 0.01, -0.02, 0.04, Verdict.CHANCE, "")
    >>> wave = Wave("2025", date(2025, 4, 1), date(2025, 6, 30), "2025/26")
    >>> nothing_moved([Answered("ST01", "Felt judged", share, chance)], wave)
    'Since 2025: could be chance.'
    >>> real = Comparison(share, share, 0.1, 0.02, 0.2, Verdict.DIFFERENTLY, "")
    >>> nothing_moved([Answered("ST01", "Felt judged", share, chance), Answered("ST05", "Shame", share, real)], wave)
    'Since 2025, could be chance: Felt judged; asked differently: Shame.'
    """
    if earlier is None:
        return ""
    verdicts: dict[str, list[str]] = {}
    for each in answers:
        if each.change is not None and each.change.verdict is not Verdict.REAL:
            verdicts.setdefault(each.change.verdict.value, []).append(each.title)
    first, titles = next(iter(verdicts.items()), ("", []))
    if titles and len(titles) == len(answers):
        return f"Since {earlier.name}{': ' if len(answers) == 1 else ', all of these: '}{first}."
    told = [f"{name}: {listed(titles, len(titles))}" for name, titles in verdicts.items()]
    return f"Since {earlier.name}, {'; '.join(told)}." if told else ""


def most_chosen(answers: Sequence[Estimate], titles: Sequence[str], most: int = 3) -> str:
    """The answers or codes told of most, each with its range; "" where none may be told.

    >>> most_chosen([Estimate(0.2, 0.1, 0.3, base=90), Estimate(0.4, 0.3, 0.5, base=90)], ["News", "Staff"])
    'Staff 40% (30% to 50%); News 20% (10% to 30%)'
    """
    told = [pair for pair in zip(titles, answers, strict=True) if pair[1].value is not None]
    first = sorted(told, key=lambda pair: (-(pair[1].value or 0), pair[0]))[:most]
    return "; ".join(f"{title} {brief(share)}" for title, share in first)


def moved_briefly(answer: Answered, earlier: Wave | None) -> str:
    """The same without the reason, where several stand one after another."""
    found = answer.change
    if found is None or earlier is None:
        return ""
    points = f"{change(found)} since {earlier.name}: " if found.difference is not None else f"Since {earlier.name}: "
    return f"{points}{found.verdict.value}."


def base_of(found: ItemFound) -> str:
    """Whose answers an item rests on, and who did not answer it.

    >>> share = Estimate(0.31, 0.28, 0.35, base=220)
    >>> item = Item("ST02", "", "From whom", "Who?", "", "several", ("LCRA",), follows="ST01")
    >>> base_of(ItemFound(item, (Answered("ST02:x", "x", share),), skipped=24, not_asked=582))
    'Of the 220 tenants who said yes to ST01 and answered this. Skipped or not said: 24. Not put to: 582.'
    """
    share = next((each.share for each in found.answers if each.share.told_base is not None), None)
    if share is None:
        return ""
    follows = f" who said yes to {found.item.follows} and answered this" if found.item.follows else ""
    of = f"Of the {people(share.base)}{follows}." if follows else rests_on(share)
    skipped = "" if found.skipped is None else f" Skipped or not said: {count(found.skipped)}."
    unasked = f" Not put to: {count(found.not_asked)}." if found.not_asked else ""
    return f"{of}{skipped}{unasked}"


def question_of(item: Item, landlord: str = "") -> str:
    """The question as it was put, with what may be answered; the landlord's name is left open where none is given.

    >>> question_of(Item("ST06", "", "", "[landlord] believes me", "", "agree", ("LCRA",)), "Teapot Homes")
    'ST06: “Teapot Homes believes me” Counted: agree and strongly agree.'
    """
    counted = {AGREE: "agree and strongly agree", SEVERAL: "each answer chosen; several may be"}
    words = sentence_case(worded(item.wording, landlord))
    return f"{item.code}: “{words}” Counted: {counted.get(item.kind, 'yes, of yes, no and not sure')}."


def paradox_lines(found: Paradox) -> tuple[str, ...]:
    """Treated fairly and still judged, both ways round.

    >>> share = Estimate(0.26, 0.23, 0.3, base=605), Estimate(0.66, 0.59, 0.72, base=229)
    >>> paradox_lines(Paradox(*share))[1]
    'Of those who felt judged, 66% agree that they are treated fairly and with respect (59% to 72%, 229 tenants).'
    """
    judged, fair = found.judged_of_fair, found.fair_of_judged
    first = "Of the tenants who agree that they are treated fairly and with respect (TP08), "
    second = "Of those who felt judged, "
    return (
        first + _part(judged, "felt judged in the last year"),
        second + _part(fair, "agree that they are treated fairly and with respect"),
    )


def _part(share: Estimate, says: str) -> str:
    if share.withheld or share.value is None:
        return f"how many {says} is not shown: {share.withheld or 'no answers'}."
    base = "" if share_of(share).endswith(f"of {share.base}") else f", {people(share.base)}"
    return f"{share_of(share)} {says} ({interval(share.low, share.high)}{base})."


ELSEWHERE = "What others have published of this: context, never a target"
NOT_A_CONTRADICTION = (
    "A good score for fairness does not say that nobody is judged: it asks about the landlord, and being judged comes "
    "from elsewhere too. Look at both before saying that all is well."
)


def published_line(figure: Published) -> str:
    """A figure somebody else published, with its day, question, people and source: context, never a target."""
    return (
        f"{figure.study}, {figure.when}. Asked {figure.asked}. Of whom: {figure.sample}. Found: {figure.found}. "
        f"{figure.caution} Source: {figure.source}."
    )


def nothing_asked(found: Asked) -> str:
    """Why no figure of the questions is shown."""
    return f"Not shown: {found.withheld}."


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────


def told_headline(found: ToldFound) -> str:
    """How many of the comments read tell of being judged.

    >>> share = Estimate(0.05, 0.04, 0.07, base=900)
    >>> told_headline(ToldFound(None, share))
    '5% of the comments tell of being judged for being a tenant (4% to 7%, 900 comments)'
    """
    share = found.told
    if found.withheld or share.value is None:
        return f"Not shown: {found.withheld or 'no comments'}"
    said = f"{share_of(share)} of the comments" if "%" in share_of(share) else f"{share_of(share)} comments"
    base = f", {people(share.base, *COMMENTS)}" if "%" in share_of(share) else ""
    return f"{said} tell of being judged for being a tenant ({interval(share.low, share.high)}{base})"


def coded_line(each: Coded) -> str:
    """A source or form with its share of the comments that tell of being judged."""
    return in_words(each.of_told, *TELLING)


def step(each: Through) -> str:
    """One survey or quarter: its share, and its verdict where it is compared with an earlier one."""
    told = in_words(each.share, *COMMENTS)
    if each.change is None:
        return told
    return f"{told}: {each.change.verdict.value}"


def last_step(found: Sequence[Through]) -> str:
    """How its share of the comments moved between the last two surveys, with the verdict; "" where none was told."""
    if len(found) < 2 or found[-1].change is None:
        return ""
    moved = found[-1].change
    points = f"{change(moved)} since" if moved.difference is not None else "Since"
    return f"{points} {found[-2].wave.name}: {moved.verdict.value}."


def beside_rows(rows: Sequence[Beside]) -> tuple[tuple[str, str, str], ...]:
    """What was asked and what was told, a row an answer of the list; what one code tells of several stands once."""
    found: list[tuple[str, str, str]] = []
    for row in rows:
        told = brief(row.told.of_told) if row.told else NOT_APART if row.asked else NOBODY
        if not row.asked:
            found.append((row.title, NOT_LISTED, told))
        elif len(row.asked) == 1:
            found.append((row.title, brief(row.asked[0].share), told))
        else:
            found += [
                (
                    f"{row.title}: {each.title[:1].lower()}{each.title[1:]}",
                    brief(each.share),
                    told if first else AS_ABOVE,
                )
                for first, each in ((place == 0, each) for place, each in enumerate(row.asked))
            ]
    return tuple(found)


NOT_LISTED, NOT_APART, NOBODY, AS_ABOVE = "not on the list", "not coded apart", "nobody told of it", "in the row above"


def brief(share: Estimate) -> str:
    """A share with its range, its base being said elsewhere.

    >>> brief(Estimate(0.31, 0.28, 0.35, base=785)), brief(Estimate(None, None, None, 3, withheld="no answers"))
    ('31% (28% to 35%)', 'Not shown: no answers')
    """
    if share.withheld or share.value is None:
        return in_words(share)
    return f"{share_of(share)} ({interval(share.low, share.high)})"


def beside_bases(rows: Sequence[Beside]) -> tuple[str, str]:
    """What the two columns are shares of: tenants, and comments.

    >>> beside_bases(())
    ('Asked: of tenants who said yes', 'Told: of comments that tell of it')
    """
    asked = next((each.share.told_base for row in rows for each in row.asked), None)
    told = next((row.told.of_told.told_base for row in rows if row.told), None)
    tenants = "tenants" if asked is None else people(asked)
    comments = "comments" if told is None else people(told, *COMMENTS)
    return f"Asked: of {tenants} who said yes", f"Told: of {comments} that tell of it"


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """A comment with the words that were read as telling of it between ⟦ and ⟧: plain text, whatever draws it.

    >>> marked("They talk down to us at the desk", ((5, 17),))
    'They ⟦talk down to⟧ us at the desk'
    >>> marked("nothing", ((5, 3), (90, 99)))
    'nothing'
    """
    kept: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if 0 <= span[0] < span[1] <= len(text)):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    for start, end in reversed(kept):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text
