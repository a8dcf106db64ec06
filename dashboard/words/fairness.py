"""Fair outcomes as sentences: gaps that are more than chance, and what cannot be said because nobody holds it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from analysis.fairness import MOSTLY_NOT, NOT_HELD
from analysis.model import Comparison, Estimate, Verdict
from analysis.model.fair import Fairness, FairRow, Holding, Outcome
from dashboard.words.changes import change
from dashboard.words.shares import count, in_words, percent, share_of
from dashboard.words.surveys import listed

NOT_WHY = (
    "A gap says that outcomes differ between groups, never why. Age, household, length of tenancy and place go "
    "together: read a gap beside the others before acting on it."
)
NO_GAP = "No proven gap is no proof that there is none: a small group needs a large gap to be told from chance."
WITH_RANGES = (
    "Solid: real change, beyond chance. Hollow: could be chance. The range is wide enough for all the gaps looked at "
    "together: over many such looks at most about 1 in 20 of the gaps named is luck, and one named here may be. A gap "
    "smaller than its range cannot be seen."
)
OF_RECORDS = (
    "Records are all there are of the period, not a sample: the range says how far a gap may come from which of many "
    "like cases fell in it. Records of one tenant are counted as going together."
)
STRICT = (
    "Special category data, or near it: for equality monitoring only. Told of the whole landlord, of at least {} "
    "people, never to the public, and never used to choose whom to call."
)
NO_POLICY = (
    "Ethnicity, disability, religion, sexual orientation and gender reassignment are kept only where the landlord "
    "names the policy document that allows it, and none is named."
)
FROM_HOMES = "through the homes of those who let their answers be attributed"


def summary(found: Fairness) -> str:
    """How many gaps were looked at and how many are more than chance.

    >>> from datetime import date
    >>> summary(Fairness(date(2025, 4, 1), date(2026, 3, 31), (), (), (), 0))
    'Too few answers or records to judge any gap between groups.'
    """
    gaps = [gap for row in found.rows for gap in row.gaps]
    real = sum(gap.verdict is Verdict.REAL for gap in gaps)
    chance = sum(gap.verdict is Verdict.CHANCE for gap in gaps)
    few = sum(gap.verdict is Verdict.TOO_FEW for gap in gaps)
    if not real and not chance:
        return "Too few answers or records to judge any gap between groups."
    return (
        f"{count(real + chance)} gaps between a group and all others were judged together: {count(real)} are "
        f"beyond chance, {count(chance)} could be chance. Of {count(few)} more there are too few to say."
    )


def seen(found: Fairness) -> str:
    """How large a gap has to be to be seen with so many answers or records; "" where none could be judged.

    >>> from datetime import date
    >>> seen(Fairness(date(2025, 4, 1), date(2026, 3, 31), (), (), (), 0))
    ''
    """
    wide = [
        (gap.high - gap.low) / 2
        for row in found.rows
        for gap in row.gaps
        if gap.verdict in (Verdict.REAL, Verdict.CHANCE) and gap.low is not None and gap.high is not None
    ]
    return f"Half of their ranges reach {median(wide) * 100:.0f} points or more to either side." if wide else ""


def outcomes_with(found: Fairness) -> str:
    """In which outcomes no gap beyond chance was found, where some have one; and in which none could be judged.

    >>> from datetime import date
    >>> from analysis.model.fair import Characteristic
    >>> tp01 = Outcome("TP01", "TP01 Overall", "tenant", "tenants", "satisfied")
    >>> repairs = Outcome("repairs", "Repairs in time", "repair", "repairs", "in time")
    >>> stage = Outcome("complaints_2", "Stage two in time", "complaint", "complaints", "in time")
    >>> share, age = Estimate(0.7, 0.6, 0.8, base=90), Characteristic("age", "Age", True, False)
    >>> rows = tuple(
    ...     FairRow(each, age, share, (), (Comparison(share, share, 0.1, 0.0, 0.2, verdict, ""),), None, 90, 90)
    ...     for each, verdict in ((tp01, Verdict.REAL), (repairs, Verdict.CHANCE), (stage, Verdict.TOO_FEW))
    ... )
    >>> outcomes_with(Fairness(date(2025, 4, 1), date(2026, 3, 31), (tp01, repairs, stage), rows, (), 3))
    'No gap beyond chance in repairs in time. Too few to judge any gap in stage two in time.'
    """
    real = {row.outcome.key for row in found.rows for gap in row.gaps if gap.verdict is Verdict.REAL}
    chance = {row.outcome.key for row in found.rows for gap in row.gaps if gap.verdict is Verdict.CHANCE}
    none = [_short(each) for each in found.outcomes if each.key in chance - real]
    few = [_short(each) for each in found.outcomes if each.key not in chance | real]
    parts = [f"No gap beyond chance in {listed(none, len(none))}."] if none and real else []
    parts += [f"Too few to judge any gap in {listed(few, len(few))}."] if few else []
    return " ".join(parts)


def _short(outcome: Outcome) -> str:
    """An outcome by its code where it is a measure, else by its title."""
    return outcome.key if outcome.title.startswith(outcome.key) else outcome.title.lower()


def gap_line(row: FairRow, gap: Comparison) -> str:
    """One gap in one sentence.

    >>> from analysis.model.fair import Characteristic, Outcome
    >>> age = Characteristic("age", "Age", True, False)
    >>> tp01 = Outcome("TP01", "TP01 Overall", "tenant", "tenants", "satisfied")
    >>> old = Estimate(0.84, 0.77, 0.89, base=124, yes=104, group=(("age", "75 and over"),))
    >>> rest = Estimate(0.69, 0.65, 0.73, base=700, yes=480)
    >>> row = FairRow(tp01, age, rest, (old,), (), None, 824, 824)
    >>> gap_line(row, Comparison(rest, old, 0.15, 0.05, 0.24, Verdict.REAL, ""))
    'TP01 Overall, Age 75 and over: 84% satisfied, against 69% of all others: +15.0 points (+5.0 to +24.0), \
124 tenants.'
    """
    return (
        f"{row.outcome.title}, {row.characteristic.title} {level(gap.after)}: {share_of(gap.after)} {row.outcome.yes}, "
        f"against {share_of(gap.before)} of all others: {change(gap)}, {number(gap.after, row)}."
    )


def number(found: Estimate, row: FairRow) -> str:
    """How many a figure rests on."""
    return f"{count(found.base)} {row.outcome.one if found.base == 1 else row.outcome.many}"


def level(found: Estimate) -> str:
    """The group a figure is of."""
    return ", ".join(value for _, value in found.group)


def figure_words(found: Estimate, row: FairRow) -> str:
    """A figure with its range and base, or why there is none."""
    return in_words(found, row.outcome.one, row.outcome.many)


def gap_words(gap: Comparison) -> str:
    """A gap beside its mark: points, range and verdict."""
    return f"{change(gap)}: {gap.verdict.value}"


def mostly_unknown(row: FairRow) -> str:
    """That a characteristic is known of few, and what that means; "" where it is known of most.

    >>> from analysis.model.fair import Characteristic, Outcome
    >>> work = Characteristic("work", "Work", False, True)
    >>> tp01 = Outcome("TP01", "TP01", "tenant", "tenants", "satisfied")
    >>> mostly_unknown(FairRow(tp01, work, Estimate(0.7, 0.6, 0.8, base=1000), (), (), None, 373, 1000))
    'Work is known of 37% of the 1,000 tenants. What is said here is of those alone; the others may differ.'
    """
    share = row.known_share
    if share is None or share >= 1 or row.base is None:
        return ""
    return (
        f"{row.characteristic.title} is known of {percent(share)} of the {count(row.base)} {row.outcome.many}. What is "
        "said here is of those alone; the others may differ."
    )


def known_of(rows: Sequence[FairRow]) -> tuple[str, ...]:
    """Of how many each characteristic is known, in one sentence; those known of everybody are left out.

    >>> from analysis.model.fair import Characteristic, Outcome
    >>> work, age = Characteristic("work", "Work", False, True), Characteristic("age", "Age", True, False)
    >>> tp01 = Outcome("TP01", "TP01", "tenant", "tenants", "satisfied")
    >>> whole = Estimate(0.7, 0.6, 0.8, base=1000)
    >>> known_of([FairRow(tp01, of, whole, (), (), None, n, 1000) for of, n in ((work, 373), (age, 900))])
    ('Of the 1,000 tenants it is known: work of 37%, age of 90%. What is said is of those alone; others may differ.',)
    """
    some = [(row, share) for row in rows if (share := row.known_share) is not None and share < 1]
    if not some or some[0][0].base is None:
        return ()
    told = ", ".join(f"{row.characteristic.title.lower()} of {percent(share)}" for row, share in some)
    of = f"Of the {count(some[0][0].base)} {some[0][0].outcome.many} it is known"
    return (f"{of}: {told}. What is said is of those alone; others may differ.",)


def not_held(found: Sequence[Holding]) -> tuple[str, ...]:
    """What nobody holds and what is mostly not known, with what that means; what is held last, in one line."""
    missing = [each for each in found if each.state == NOT_HELD]
    mostly = [each for each in found if each.state == MOSTLY_NOT]
    lines = [f"{each.characteristic.title}: not held. {each.characteristic.unheld}" for each in missing]
    lines += [f"{each.characteristic.title}: mostly not known, {known(each)}. {MOSTLY_MEANS}" for each in mostly]
    return tuple(lines)


MOSTLY_MEANS = "Figures are of those it is known for, who may differ from the others."


def held_line(found: Sequence[Holding]) -> str:
    """What is held, by name."""
    there = [each.characteristic.title.lower() for each in found if each.state not in (NOT_HELD, MOSTLY_NOT)]
    return f"Held of most: {listed(there, len(there)) or 'nothing'}."


def known(found: Holding) -> str:
    """Of how many tenancies and answers a characteristic is known.

    >>> from analysis.model.fair import Characteristic
    >>> age = Characteristic("age", "Age", True, False)
    >>> known(Holding(age, 10000, 9500, 800, 790, False))
    'known of 95% of 10,000 tenancies and 99% of 800 answers'
    >>> known(Holding(age, 0, 0, 800, 400, True))
    'known of 50% of 800 answers, through the homes of those who let their answers be attributed'
    """
    parts = []
    if found.tenancies:
        parts.append(f"{percent(found.tenancies_known / found.tenancies)} of {count(found.tenancies)} tenancies")
    if found.answers:
        through = f", {FROM_HOMES}" if found.from_homes and found.answers_known else ""
        parts.append(f"{percent(found.answers_known / found.answers)} of {count(found.answers)} answers{through}")
    return f"known of {' and '.join(parts)}" if parts else "nothing to know it of is held"


def no_policy() -> str:
    """Why special categories may not be held, whatever a file brings."""
    return (
        "Ethnicity, disability, religion, sexual orientation and gender reassignment are kept only where settings name "
        "the policy document that allows it: see the guide, Data and packs."
    )


def lost_briefly(found: Fairness) -> str:
    """The same of every outcome in one sentence; "" where every record joins to somebody."""
    titles = {outcome.key: outcome.title for outcome in found.outcomes}
    numbers = [f"{titles[key]} {count(n)}" for key, n in found.not_joined.items() if n and key in titles]
    told = listed(numbers, len(numbers))
    return f"Records of which no tenant is known, and so counted among the not known: {told}." if numbers else ""


def lost(found: Fairness) -> tuple[str, ...]:
    """Records that join to nobody, by outcome."""
    titles = {outcome.key: outcome for outcome in found.outcomes}
    return tuple(
        f"{titles[key].title}: of {count(n)} {titles[key].one if n == 1 else titles[key].many} no tenant is known, who "
        "is therefore among the not known."
        for key, n in found.not_joined.items()
        if n and key in titles
    )
