"""Fair outcomes: the gaps we are sure of first, how well each group is served, and what nobody holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.model import Audience, Comparison, Estimate, Verdict
from analysis.model.fair import Fairness, FairRow, Outcome
from dashboard import answers, words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.charts.fairness import gaps_of, held_table
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import NO_SURVEY, not_shown, nothing, of_group, once, shown_for, source
from dashboard.evidence.material import Material
from dashboard.fairness import fair_outcomes
from dashboard.how import fair as made
from dashboard.words import fairness as said
from data.selection import NOT_RECORDED

OVERALL = "TP01"
UNKNOWN = "Not known"
NAMED = 12  # gaps in sentences, the largest first; the table has every one
GAP_SHARES = ("share", "low", "high", "all others", "gap", "gap low", "gap high")
OUTCOME_FILE = (
    "characteristic", "group", "share", "low", "high", "base", "all others", "gap", "gap low", "gap high", "verdict",
    "note", "known of",
)  # fmt: skip
SURE = "Gaps beyond chance: each group against all others"
NONE_SURE = "No gap is beyond chance: overall satisfaction, each group against all others"
HELD = "How much is known of each characteristic"
COUNTED_HEADINGS = ("Outcome", "Everyone", "Beyond chance", "Could be chance", "Too few to say")
COUNTED_FILE = ("outcome", "share", "low", "high", "base", "beyond chance", "could be chance", "too few to say", "note")
COUNTED_SHARES = ("share", "low", "high")
EVERY_GAP = "Every gap that was looked at, outcome by outcome"
IN_FILES = (
    "Every gap that was looked at, of every outcome, stands in the workbook and as CSV, with the reason where a group "
    "may not be told."
)
NOBODY_TOLD = "Nothing is held by which outcomes could be looked at."
HOW_TO_READ = f"{said.NOT_WHY} {said.NO_GAP} {said.WITH_RANGES}"
NOT_HELD = "What we do not hold"
PLACES = "places"  # the part in which each measure and way of dividing people is judged on its own
JUDGED_THERE = (
    "The part on places judges each measure and each way of dividing people on its own, and here all gaps are judged "
    "together: the same gap may be beyond chance there and could be chance here."
)
OF_THOSE_DUE = (
    "Complaints answered in time are out of those whose reply was due. CH02 is out of all that were made, so its share "
    "is another."
)
DUE = ("complaints_1", "complaints_2")
OF_EVERY_REPAIR = (
    "Repairs done by their target day are of every repair completed that had one, planned work too, but communal jobs. "
    "RP02 leaves planned work out, so it is of fewer."
)
REPAIRS = "repairs"
TOO_FEW = "too few to judge a gap"
TOLD_ELSEWHERE = (
    "Where complaints are too few to judge a gap, none is looked for; how many there were is no secret: the published "
    "measures count them however few they are."
)
READABLE = 36  # rows of a table that is printed; a longer one stands in the workbook alone


def blocks(material: Material) -> tuple[Block, ...]:
    """Fair outcomes of each tenure group, apart; then what nobody holds, once where it is the same of all."""
    found = {group: _found(material, group) for group in material.groups}
    if not found:
        return nothing(NO_SURVEY)
    told = [block for group, each in found.items() for block in (of_group(group), *_of(material, group, each))]
    return (*once(told, HOW_TO_READ), *_rules(material, found), *_not_held(material, found))


def _found(material: Material, group: str) -> Fairness:
    asked = material.question(group, compared_with=None)
    return fair_outcomes(asked, material.generation, material.smallest_base, material.today)


def _rules(material: Material, found: Mapping[str, Fairness]) -> tuple[Block, ...]:
    """By which rules special categories are told, and where every gap stands; none where no gap was looked at."""
    rows = [row for each in found.values() for row in each.rows]
    strict = dict.fromkeys(row.characteristic.title.lower() for row in rows if row.characteristic.strict)
    fewest = answers.strict_base(material.smallest_base)
    rules = [Note(f"{words.sentence_case(', '.join(strict))}: {said.STRICT.format(fewest)}")] if strict else []
    return (*rules, *_other_figures(material, rows), Paragraph(IN_FILES)) if rows else ()


def _other_figures(material: Material, rows: Sequence[FairRow]) -> tuple[Block, ...]:
    """Why other parts may have another verdict of the same gap, or another share of much the same name.

    The shares are told here only where the table of every outcome, beside which they stand, is not printed.
    """
    told = [JUDGED_THERE] if PLACES in material.asked.sections else []
    told += [] if material.in_full else _other_shares(material, rows)
    return (Note(" ".join(dict.fromkeys(told))),) if told else ()


def _other_shares(material: Material, rows: Sequence[FairRow]) -> list[str]:
    """Why the share of some outcomes is another than that of a measure of much the same name."""
    keys = {row.outcome.key for row in rows}
    told = [OF_EVERY_REPAIR] if REPAIRS in keys else []
    told += [OF_THOSE_DUE] if keys & {*DUE} else []
    return told + ([TOLD_ELSEWHERE] if any(_only_too_few(material, row.outcome, row.everyone) for row in rows) else [])


def _only_too_few(material: Material, outcome: Outcome, whole: Estimate) -> bool:
    """Whether a number is left out because no gap can be judged, and is hidden from nobody: CH01 and CH02 tell it."""
    return outcome.key in DUE and bool(whole.withheld) and not material.asked.filters


def _of(material: Material, group: str, found: Fairness) -> tuple[Block, ...]:
    if found.withheld:
        return (Paragraph(f"Not shown: {found.withheld}."),)
    if not found.rows:
        return (Paragraph(NOBODY_TOLD), *_notes(found))
    return (*_sure_of(material, group, found), *_outcomes(material, group, found), *_notes(found))


def _key(group: str, what: str) -> str:
    return f"fair-{group.lower()}-{what}"


def _about(material: Material, group: str, found: Fairness, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What the figures are of and where they are from; of records the period they are of."""
    asked = material.question(group, compared_with=None)
    records = any(each.key in made.RECORD_FILES for each in outcomes)
    period = words.period(found.begun, min(found.ended, material.today))
    of = f"Records of {period}" if records else ""
    return tuple(filter(None, (shown_for(material, asked), of, source(material.wave))))


# ── What we are sure of ──────────────────────────────────────────────────────────────────────────


def _sure_of(material: Material, group: str, found: Fairness) -> tuple[Block, ...]:
    """The gaps beyond chance, the largest first, how few of those looked at they are, and where there are none."""
    real = sorted(
        ((row, gap) for row in found.rows for gap in row.gaps if gap.verdict is Verdict.REAL),
        key=lambda pair: -abs(pair[1].difference or 0),
    )
    more = len(real) - NAMED
    without = said.outcomes_with(found)
    return (
        Paragraph(f"{said.summary(found)} {said.seen(found)}".strip()),
        *(Paragraph(said.gap_line(row, gap)) for row, gap in real[:NAMED]),
        *([Paragraph(f"And {words.count(more)} more, in the table of every gap.")] if more > 0 else []),
        *([Paragraph(without)] if without else []),
        *_gaps(material, group, found, real),
        Note(HOW_TO_READ),
    )


def _gaps(
    material: Material, group: str, found: Fairness, real: Sequence[tuple[FairRow, Comparison]]
) -> tuple[Block, ...]:
    """The sure gaps drawn; where there are none, those of overall satisfaction. Every gap is in the figures behind."""
    how = made.of_outcomes(material.question(group, compared_with=None), material.wave, found, found.outcomes)
    about = _about(material, group, found, found.outcomes)
    judged = [(row, gap) for row in found.of(OVERALL) for gap in row.gaps if gap.difference is not None]
    drawn, title = (real[:NAMED], SURE) if real else (judged, NONE_SURE)
    if not drawn:
        return ()
    chart = gap_dots(drawn, title, gaps_of(found.rows), about)
    return (Figure(_key(group, "gaps"), chart, GAP_SHARES, how, printed=bool(real)),)


def gap_dots(drawn: Sequence[tuple[FairRow, Comparison]], title: str, every: Table, about: Sequence[str]) -> Chart:
    """Some gaps against all others, in the order given: solid beyond chance; ``every`` gap is in the table behind."""
    marks = tuple(
        Mark(
            _label(row, gap, several=len({row.outcome.key for row, _ in drawn}) > 1),
            gap.difference,
            gap.low,
            gap.high,
            said.gap_words(gap),
            gap.verdict is not Verdict.REAL,
        )
        for row, gap in drawn
    )
    return Chart(
        kind=Kind.CHANGES,
        title=title,
        series=(Series("Gap to all others", "main", marks),),
        alt=f"Dots with intervals either side of no gap: {title}. {extremes(marks)} The table has every gap.",
        caption=about[0],
        source=". ".join(about[1:]),
        table=every,
    )


def _label(row: FairRow, gap: Comparison, several: bool) -> str:
    group = f"{row.characteristic.title} {said.level(gap.after)}"
    return f"{row.outcome.title}: {group[:1].lower()}{group[1:]}" if several else group


# ── Outcome by outcome ───────────────────────────────────────────────────────────────────────────


def _outcomes(material: Material, group: str, found: Fairness) -> tuple[Block, ...]:
    """How many gaps each outcome has, of which verdict; outside, every group of overall satisfaction and the clocks."""
    asked = material.question(group, compared_with=None)
    how = made.of_outcomes(asked, material.wave, found, found.outcomes)
    about = _about(material, group, found, found.outcomes)
    full = [each for each in found.outcomes if each.key == OVERALL or each.key in made.RECORD_FILES]
    full = full if asked.audience is not Audience.INTERNAL else []
    key, printed = _key(group, "counted"), material.in_full
    table, beside = counted_table(material, found), (*about, *_other_shares(material, found.rows))
    return (
        TableBlock(key, EVERY_GAP, table, beside, COUNTED_SHARES, how, printed),
        *(block for each in full for block in _in_full(material, group, found, each)),
    )


def counted_table(material: Material, found: Fairness) -> Table:
    """Each outcome of everyone with its range, and how many gaps are beyond chance, chance, or too few to say."""
    counted = [
        (each, _reworded(material, each, _everyone(found.of(each.key))), _verdicts(found.of(each.key)))
        for each in found.outcomes
    ]
    return Table(
        headings=COUNTED_HEADINGS,
        rows=tuple(
            (each.title, words.in_words(whole, each.one, each.many), *(words.count(n) for n in numbers))
            for each, whole, numbers in counted
        ),
        file_headings=COUNTED_FILE,
        file_rows=tuple(
            (each.title, whole.value, whole.low, whole.high, whole.told_base, *numbers, whole.withheld)
            for each, whole, numbers in counted
        ),
    )


def _reworded(material: Material, outcome: Outcome, whole: Estimate) -> Estimate:
    return replace(whole, withheld=TOO_FEW) if _only_too_few(material, outcome, whole) else whole


def _everyone(rows: Sequence[FairRow]) -> Estimate:
    """The outcome of everyone, told in every row it may be told in."""
    return next((row.everyone for row in rows if not row.withheld), rows[0].everyone)


def _verdicts(rows: Sequence[FairRow]) -> tuple[int, int, int]:
    gaps = [gap.verdict for row in rows for gap in row.gaps]
    return gaps.count(Verdict.REAL), gaps.count(Verdict.CHANCE), gaps.count(Verdict.TOO_FEW)


def _in_full(material: Material, group: str, found: Fairness, outcome: Outcome) -> Iterator[Block]:
    """Every group of one outcome that may be told, each against all others; printed only of overall satisfaction."""
    asked, rows = material.question(group, compared_with=None), found.of(outcome.key)
    table = outcome_table(rows, outcome)
    hidden = [(_name(*line[:2]), line[1].withheld) for row in rows for line in _groups(row) if line[1].withheld]
    if not table.rows:
        yield Paragraph(f"{outcome.title}: no group may be told: {'; '.join(words.counted_reasons(hidden))}.")
        return
    title = f"{outcome.title}, by what people are"
    about = (*_about(material, group, found, (outcome,)), *_other_shares(material, rows))
    how = made.of_outcomes(asked, material.wave, found, (outcome,))
    key = _key(group, outcome.key.lower().replace("_", "-"))
    first = group == material.groups[0]
    printed = material.in_full and first and outcome.key == OVERALL and len(table.rows) <= READABLE
    yield TableBlock(key, title, table, about, GAP_SHARES, how, printed)
    if printed:
        yield from not_shown(hidden)
        yield from (Paragraph(line) for line in said.known_of(rows))


def outcome_table(rows: Sequence[FairRow], outcome: Outcome) -> Table:
    """Every group of every characteristic that may be told with its share, and its gap to all others with the verdict;
    for a file those that may not be told too, with the reason."""
    each = [line for row in rows for line in _groups(row)]
    return Table(
        headings=("Group", "Share (could be)", words.sentence_case(outcome.many), "All others", "Gap", "Verdict"),
        rows=tuple(_row(*line) for line in each if not line[1].withheld),
        file_headings=OUTCOME_FILE,
        file_rows=tuple(_cells(*line) for line in each),
    )


def _groups(row: FairRow) -> list[tuple[FairRow, Estimate, Comparison | None]]:
    """The groups of one characteristic, each with its gap where one is told; those not known last."""
    if row.withheld:
        return [(row, row.everyone, None)]
    gaps = {said.level(gap.after): gap for gap in row.gaps}
    found = [(row, each, gaps.get(said.level(each))) for each in row.groups]
    return [*found, *([(row, row.unknown, None)] if row.unknown else [])]


def _name(row: FairRow, found: Estimate) -> str:
    level = said.level(found)
    return f"{row.characteristic.title}: {UNKNOWN if level == NOT_RECORDED or not level else level}"


def _row(row: FairRow, found: Estimate, gap: Comparison | None) -> tuple[str, ...]:
    return (
        _name(row, found),
        f"{words.share_of(found)} ({words.interval(found.low, found.high)})",
        words.told(found.told_base),
        words.NOTHING if gap is None else words.share_of(gap.before),
        words.NOTHING if gap is None else words.change(gap),
        words.NOTHING if gap is None else words.sentence_case(gap.verdict.value),
    )


def _cells(row: FairRow, found: Estimate, gap: Comparison | None) -> tuple[Cell, ...]:
    level = said.level(found)
    own = (found.value, found.low, found.high, found.told_base)
    beside: tuple[Cell, ...] = (None,) * 5
    if gap is not None:
        beside = (gap.before.value, gap.difference, gap.low, gap.high, gap.verdict.value)
    note = found.withheld or ("" if gap is None else gap.why)
    known = "" if row.known_share is None else words.percent(row.known_share)
    name = UNKNOWN if level == NOT_RECORDED or not level else level
    return (row.characteristic.title, name, *own, *beside, note, known)


# ── What is not held ─────────────────────────────────────────────────────────────────────────────


def _not_held(material: Material, found: dict[str, Fairness]) -> tuple[Block, ...]:
    """What cannot be said because nobody holds it, once where it is the same of all; how much is known of the rest."""
    lines = {group: said.not_held(each.holdings) for group, each in found.items()}
    held = {group: said.held_line(each.holdings) for group, each in found.items()}
    everybody = [line for line in next(iter(lines.values())) if all(line in told for told in lines.values())]
    same = len(set(held.values())) == 1
    policy = [Note(said.NO_POLICY)] if material.settings.policy_document == "" else []
    return (
        Heading(NOT_HELD, 2),
        *(Paragraph(line) for line in everybody),
        *([Paragraph(next(iter(held.values())))] if same else []),
        *(
            Paragraph(f"{words.sentence_case(words.group_of(group))}. {line}")
            for group, told in lines.items()
            for line in (*told, *([] if same else [held[group]]))
            if line not in everybody
        ),
        *policy,
        *(_held(material, group, each) for group, each in found.items()),
    )


def _held(material: Material, group: str, found: Fairness) -> Block:
    """Of how many tenancies and answers each characteristic is known."""
    asked = material.question(group, compared_with=None)
    about, how = (shown_for(material, asked), source(material.wave)), made.of_holdings(asked, found)
    printed = material.in_full and group == material.groups[0]
    return TableBlock(
        _key(group, "held"), f"{HELD}, {words.group_of(group)}", held_table(found), about, how=how, printed=printed
    )


def _notes(found: Fairness) -> tuple[Block, ...]:
    lines = tuple(filter(None, (*found.notes, said.lost_briefly(found))))
    return (Note(" ".join(lines)),) if lines else ()
