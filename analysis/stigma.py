"""Being judged for being a tenant: what was asked and what was told, each figure on its own, never a score.

No estate is ranked or set against the rest here; places come by name, on a stricter base, and never where so few staff
serve them that it would be about one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import (
    Audience,
    Comparison,
    Dimension,
    Distribution,
    Estimate,
    Findings,
    Measure,
    Overlap,
    Question,
    Survey,
    Through,
    Voices,
    Wave,
)
from analysis.model.stigma import (
    AGREE,
    SEVERAL,
    Agreement,
    Answered,
    Beside,
    Coded,
    Item,
    ItemFound,
    Paradox,
)
from analysis.respect import GIVES_AWAY, TOO_FEW_STAFF
from analysis.survey.comparison import compare, judged_together
from analysis.survey.estimates import distributions, plain_share, plain_shares, shares, too_few, withheld
from analysis.survey.method import method_notes
from analysis.survey.moves import changes_of
from analysis.survey.sampling import sample_check
from analysis.survey.suppression import Rule, withheld_levels

PREVALENCE, FAIR = "ST01", "TP08"
WAYS = ("estate", "tenure", "age_band")
LENGTH_OF_TENANCY = "length of tenancy"
AGREEMENT = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
YES_OR_NO = ("Yes", "", "Not sure", "", "No")
TICKED = ("Named", "", "", "", "Not named")
COMMENTS, TELLING = "comments", "comments that tell of being judged"
OUTSIDE_REASON = "it could give away what a few people said"
NEVER_PUBLIC = "it speaks of health, which is never told to the public"
WHOLE_ONLY = "it speaks of health, which is told of the whole landlord only"


# ── What may be asked ────────────────────────────────────────────────────────────────────────────


def is_way(dimension: Dimension) -> bool:
    """Whether being judged may be told by a way of dividing tenants: never by patch, officer or a special category."""
    usual = dimension.key in WAYS or dimension.label.casefold() == LENGTH_OF_TENANCY
    return usual and not dimension.special_category


def agreement(label: str, agreed: date | None, sees_first: date | None, today: date) -> Agreement:
    """How the questions stand with tenants today. A day of agreement still to come is no agreement yet."""
    settled = agreed if agreed is not None and agreed <= today else None
    return Agreement(label, settled, sees_first, sees_first is not None and sees_first > today)


def measures_of(items: Sequence[Item]) -> tuple[Measure, ...]:
    """The items as measures, an option a measure of its own: those who named it, of those who answered the item."""
    return tuple(_measure(item, code, title) for item in items for code, title in _answers(item))


def _answers(item: Item) -> list[tuple[str, str]]:
    if item.kind == SEVERAL:
        return [(f"{item.code}:{option.key}", option.title) for option in item.options]
    return [(code, item.title) for code in item.codes]


def _measure(item: Item, code: str, title: str) -> Measure:
    scale = AGREEMENT if item.kind == AGREE else TICKED if item.kind == SEVERAL else YES_OR_NO
    return Measure(
        code=code,
        title=title,
        wording=item.wording,
        scale=scale,
        counts_as_yes=scale[:2] if item.kind == AGREE else scale[:1],
        offers_not_applicable=False,
        filter_field=item.follows or None,
        filter_question=None,
        tenures=item.tenures,
        better=item.better,
        year="",
        provisional=False,
        source="locally designed",
    )


# ── What was answered ────────────────────────────────────────────────────────────────────────────


def answers_to(
    question: Question,
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    smallest_base: int,
    overlap: Overlap | None = None,
) -> Findings:
    """Shares, how answers fell, and changes: by the ordinary statistics, and nothing that sets places against another.

    ``survey`` is counted by the question's breakdown where it has one; no rank, no gap to the rest, no drawing towards
    a mean is reckoned at all.
    """
    by = () if question.breakdown is None else (question.breakdown,)
    headline = {each.measure: each for each in shares(survey, measures, (), smallest_base)}
    groups: dict[str, list[Estimate]] = {}
    for each in shares(survey, measures, by, smallest_base) if by else ():
        groups.setdefault(each.measure, []).append(each)
    moved = changes_of(headline.values(), survey, earlier, measures, (), smallest_base, overlap)
    fallen = distributions(survey, measures, (), smallest_base)
    homes = survey.wave.populations.get(survey.tenure_group)
    return Findings(
        question=question,
        wave=survey.wave,
        earlier=None if earlier is None else earlier.wave,
        measures=tuple(measures),
        dimensions=(),
        headline=MappingProxyType(headline),
        distributions=MappingProxyType({each.measure: (each,) for each in fallen}),
        changes=MappingProxyType({code: found[0] for code, found in moved.items()}),
        groups=MappingProxyType({code: tuple(found) for code, found in groups.items()}),
        sample=sample_check(survey.tenure_group, int(survey.strata["n"].sum()), homes),
        notes=method_notes(survey),
    )


def items_found(found: Findings, items: Sequence[Item]) -> tuple[ItemFound, ...]:
    """Every item on its own, in the register's order: each answer with base and interval, its groups by name."""
    return tuple(_item_found(found, item) for item in items if item.codes)


def _item_found(found: Findings, item: Item) -> ItemFound:
    answers = [(code, title) for code, title in _answers(item) if code in found.headline]
    compared = [code for code, _ in answers if code in found.changes]
    # The answers of one question are looked at together: of a dozen, one moves by chance now and then.
    moved = dict(zip(compared, judged_together([found.changes[code] for code in compared]), strict=True))
    told = tuple(
        Answered(code, title, found.headline[code], moved.get(code), _by_name(found.groups.get(code, ())))
        for code, title in answers
    )
    if not told:
        return ItemFound(item, (), withheld=f"not asked in {found.wave.name}")
    fallen = found.distributions[told[0].code][0]
    gone = None if any(each.share.withheld is None for each in told) else told[0].share.withheld
    return ItemFound(item, told, _skipped(fallen), fallen.not_asked, gone)


def _by_name(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    return tuple(sorted(estimates, key=lambda estimate: estimate.group))


def _skipped(fallen: Distribution) -> int | None:
    """Those who were asked and did not answer: blank, or preferred not to say."""
    if fallen.blank is None or fallen.refused is None:
        return None
    return fallen.blank + fallen.refused + (fallen.not_applicable or 0)


def without_few_staffed(items: Sequence[ItemFound], few: Collection[str], fewest: int) -> tuple[ItemFound, ...]:
    """Items by estate without the estates that too few people serve; where the total would tell of one, without the
    next smallest too."""
    return tuple(replace(each, answers=tuple(_staffed(a, few, fewest) for a in each.answers)) for each in items)


def _staffed(answer: Answered, few: Collection[str], fewest: int) -> Answered:
    if not answer.groups:
        return answer
    bases = np.array([[each.base] for each in answer.groups], dtype=np.int64).reshape(-1, 1)
    staff = np.array([each.group[0][1] in few for each in answer.groups], dtype=bool)
    short = np.array([each.withheld is not None for each in answer.groups], dtype=bool)
    hidden = withheld_levels(bases, Rule(fewest, yes=0), also=staff | short)
    groups = [
        _hidden(each, TOO_FEW_STAFF) if alone else _hidden(each, GIVES_AWAY) if gone and each.withheld is None else each
        for each, alone, gone in zip(answer.groups, staff, hidden, strict=True)
    ]
    return replace(answer, groups=tuple(groups))


def without_health(items: Sequence[ItemFound], question: Question, fewest: int) -> tuple[ItemFound, ...]:
    """Items whose options that speak of somebody's health (special category data) are told of the whole landlord only,
    of at least ``fewest`` answers, and never to the public."""
    return tuple(
        replace(each, answers=tuple(_of_health(a, question, fewest) if _special(each.item, a) else a for a in told))
        for each in items
        for told in [each.answers]
    )


def _special(item: Item, answer: Answered) -> bool:
    return any(option.special and answer.code == f"{item.code}:{option.key}" for option in item.options)


def _of_health(answer: Answered, question: Question, fewest: int) -> Answered:
    groups = tuple(withheld(WHOLE_ONLY, 0, each.measure, each.group) for each in answer.groups)
    public = NEVER_PUBLIC if question.audience is Audience.PUBLIC else None
    reason = public or (WHOLE_ONLY if question.filters else too_few(answer.share.base, fewest))
    if reason is None:
        return replace(answer, groups=groups)
    return Answered(answer.code, answer.title, withheld(reason, 0, answer.code), None, groups)


def _hidden(estimate: Estimate, reason: str) -> Estimate:
    return withheld(reason, estimate.base, estimate.measure, estimate.group)


def paradox(
    fair: Survey, judged: Survey, measures: Mapping[str, Measure], everyone: Estimate, fewest: int, audience: Audience
) -> Paradox:
    """Of those who agree that they are treated fairly (``fair``), who felt judged; of the judged, who agree.

    ``fair`` and ``judged`` are the survey counted among each. Outside the landlord withheld where it would tell of a
    few, and wherever the share judged of all (``everyone``) is withheld itself: its numbers would follow.
    """
    (of_fair,) = shares(fair, [measures[PREVALENCE]], (), fewest)
    (of_judged,) = shares(judged, [measures[FAIR]], (), fewest)
    if audience is Audience.INTERNAL:
        return Paradox(of_fair, of_judged)
    rest = everyone.base - of_fair.base
    tells = (
        everyone.withheld is not None
        or 0 < rest < fewest
        or of_fair.yes in (0, of_fair.base)
        or of_judged.yes in (0, of_judged.base)
    )
    if not tells:
        return Paradox(of_fair, of_judged)
    return Paradox(*(withheld(OUTSIDE_REASON, 0, each.measure) for each in (of_fair, of_judged)))


# ── What was told ────────────────────────────────────────────────────────────────────────────────


def telling(counted: pd.DataFrame, heard: Voices, smallest_base: int) -> Estimate:
    """The share of the comments read that tell of being judged (rows of columns what, code, n)."""
    read = heard.comments - heard.unread - heard.set_aside
    if heard.withheld:
        return withheld(heard.withheld, read, TELLING)
    return plain_share(_number(counted, "told"), read, smallest_base, COMMENTS, TELLING)


def coded(
    counted: pd.DataFrame, what: str, heard: Voices, titles: Mapping[str, str], smallest_base: int
) -> tuple[Coded, ...]:
    """Each source or form that is told of, most often first: of all comments read and of those that tell of being
    judged; a code no comment has is left out. None where the comments are withheld."""
    if heard.withheld:
        return ()
    rows = counted[counted["what"] == what]
    codes, said = rows["code"].tolist(), [int(n) for n in rows["n"]]
    read, told = heard.comments - heard.unread - heard.set_aside, _number(counted, "told")
    labels = [(code, ()) for code in codes]
    of_all = plain_shares(labels, said, [read] * len(codes), smallest_base, COMMENTS)
    of_told = plain_shares(labels, said, [told] * len(codes), smallest_base, TELLING)
    return tuple(
        Coded(code, titles.get(code, code), *both)
        for code, *both in zip(codes, of_all, of_told, strict=True)
        if code in titles
    )


def _number(counted: pd.DataFrame, what: str) -> int:
    return int(counted.loc[counted["what"] == what, "n"].sum())


def over_time(found: Sequence[tuple[Wave, Estimate, int | None]]) -> tuple[Through, ...]:
    """A share in each wave or period, against the one it may be compared with (its place in the list, None for none).

    The differences are judged as one family.
    """
    waves, told = [wave for wave, _, _ in found], [share for _, share, _ in found]
    pairs = [(place, against) for place, (_, _, against) in enumerate(found) if against is not None]
    compared = judged_together([compare(told[b], told[a], waves[b], waves[a]) for a, b in pairs])
    changes: dict[int, Comparison] = {place: each for (place, _), each in zip(pairs, compared, strict=True)}
    return tuple(Through(wave, share, changes.get(n)) for n, (wave, share) in enumerate(zip(waves, told, strict=True)))


# ── Side by side ─────────────────────────────────────────────────────────────────────────────────


def side_by_side(
    asked: Sequence[ItemFound],
    code: str,
    told: Sequence[Coded],
    titles: Mapping[str, str],
    pairs: Mapping[str, tuple[str, ...]],
) -> tuple[Beside, ...]:
    """Each source (or form) that was told, beside the options of the item ``code`` that stand for it; then the options
    that stand beside none. Rows where neither has a figure are left out."""
    answers = {a.code.partition(":")[2]: a for each in asked if each.item.code == code for a in each.answers}
    found = {each.code: each for each in told}
    rows = [
        Beside(titles[kind], tuple(answers[key] for key in keys if key in answers), found.get(kind))
        for kind, keys in pairs.items()
    ]
    placed = {key for keys in pairs.values() for key in keys}
    rows += [Beside(answer.title, (answer,), None) for key, answer in answers.items() if key not in placed]
    return tuple(row for row in rows if row.asked or row.told)
