"""Results by estate, tenure and whatever else the survey divides people by, with what is withheld and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.model import Comparison, Dimension, Estimate, Findings, Group, Measure, SmallAreas, Verdict
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Mark, Table, group_name
from dashboard.charts.intervals import group_dots
from dashboard.charts.places import drawn_dots
from dashboard.evidence.about import about_of, key_of, told_rows
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import once
from dashboard.evidence.material import Material
from dashboard.how.survey import of_gaps, of_groups, of_moves
from dashboard.words import places as said
from dashboard.words.evidence import drawn_of, named, none_told, of_groups_named, with_base
from data.generation import METHOD
from data.selection import NOT_RECORDED

SECTION = "places"
OVERALL, ESTATE = "TP01", "estate"
USUAL = (ESTATE, "tenure", "age_band")  # told first, as on the page
MOST_DRAWN, MOST_DRAWN_IN_SHORT = 25, 12  # rows of a chart; the workbook has every one
MOST_ROWS, MOST_ROWS_IN_SHORT = 30, 15  # of a printed table
TOGETHER = 4  # measures side by side in one table
NO_WAYS = "The survey holds no estate, tenure or other characteristic to divide people by."
NOT_ASKED = "None of the measures was put to this tenure group."
ONE_GROUP = "Everybody is in one group here ({name}), so there is nothing to set beside it."
NONE_APART = "No group surely stands apart from everyone else, on any measure."
APART = (
    "Every group that surely stands apart from everyone else, on any measure and by any way of dividing people. A gap "
    "says where to ask why, not whose fault it is. How people answered is left out: it is how they were asked, not who "
    "they are."
)
MOST_APART = "The table shows {shown} of {there} groups: those that stand apart on most measures. The workbook has all."
WITHIN = "Each measure is judged on its own: over {number} measures a few gaps may still be luck."
GROUP_FILE = ("group", "share", "low", "high", "answers", "worth about", "note")
GAP_FILE = ("everyone else", "difference", "difference low", "difference high", "verdict", "because")
GAP_SHARES = ("share", "low", "high", "everyone else", "difference", "difference low", "difference high")
MOVES_FILE = (
    *("group", "before", "before low", "before high", "answers before", "now", "now low", "now high", "answers now"),
    *("difference", "difference low", "difference high", "verdict", "because"),
)
MOVES_SHARES = tuple(
    name for name in MOVES_FILE if name not in ("group", "verdict", "because") and "answers" not in name
)
APART_FILE = ("by", "group", "measure", "title", *GROUP_FILE[1:5], *GAP_FILE)
DRAWN_SHARES = ("share", "low", "high", "drawn", "drawn low", "drawn high", "weight on the others")


def blocks(material: Material) -> tuple[Block, ...]:
    """Each tenure group apart. A short pack tells of estates and of what surely stands apart; one in full of all."""
    if not ways(material):
        return (Paragraph(NO_WAYS),)
    told = [block for group in material.groups for block in _of_group(material, group)]
    return once(told, said.JUDGED_TOGETHER, APART, *_why_not_compared(told))


def _why_not_compared(told: Sequence[Block]) -> Iterator[str]:
    """Why changes are not judged, which is in the same words of every way of dividing people."""
    begins = f"{words.sentence_case(Verdict.DIFFERENTLY.value)}: "
    yield from (block.text for block in told if isinstance(block, Paragraph) and block.text.startswith(begins))


def ways(material: Material) -> list[Dimension]:
    """How the survey may be divided, estates first; never a special category, nor what the pack is narrowed by."""
    narrowed = {key for key, _ in material.asked.filters}
    every = [each for each in material.generation.dimensions if not each.special_category and each.key not in narrowed]
    return sorted(every, key=lambda each: (USUAL.index(each.key) if each.key in USUAL else len(USUAL), each.label))


def _of_group(material: Material, group: str) -> Iterator[Block]:
    yield Heading(words.sentence_case(words.group_of(group)), 2)
    if not told_rows(material.findings(group)):
        yield Paragraph(NOT_ASKED)
        return
    every = ways(material)
    yield from _apart(material, group, every)
    for dimension in every:
        if material.in_full or dimension.key == ESTATE:
            yield from _divided(material, group, dimension, material.in_full)


# ── One way of dividing people ───────────────────────────────────────────────────────────────────


def _divided(material: Material, group: str, dimension: Dimension, in_full: bool) -> Iterator[Block]:
    """Overall satisfaction by one way of dividing people; ``in_full``: what moved and every other measure too."""
    found = material.findings(group, dimension.key)
    measure = _overall(found)
    yield Heading(f"By {dimension.label[:1].lower()}{dimension.label[1:]}", 3)
    estimates = found.groups.get(measure.code, ())
    if len(estimates) < 2:
        name = group_name(estimates[0].group) if estimates else NOT_RECORDED
        yield Paragraph(ONE_GROUP.format(name=name))
        return
    if not any(each.value is not None for each in estimates if group_name(each.group) != NOT_RECORDED):
        yield from (Paragraph(none_told(reason, len(names))) for reason, names in _hidden(estimates).items())
        return
    yield from (Paragraph(of_groups_named(*each)) for each in _hidden(estimates).items())
    yield from (Paragraph(text) for text in _sure_of(found, measure, dimension))
    yield from (Note(" ".join(found.disclosed)) for _ in found.disclosed[:1])
    yield from _shares(found, measure, dimension, in_full)
    if in_full:
        yield from _moved(found, measure, dimension)
        yield from _every_measure(found, dimension)


def _overall(found: Findings) -> Measure:
    """Overall satisfaction or, where that was not put, the first measure that was."""
    asked = [measure for measure, _ in told_rows(found)]
    return next((measure for measure in asked if measure.code == OVERALL), asked[0])


def _hidden(estimates: Sequence[Estimate]) -> dict[str, list[str]]:
    """The names of groups that are not shown, by why."""
    return words.counted_reasons(sorted((group_name(each.group), each.withheld) for each in estimates if each.withheld))


def _sure_of(found: Findings, measure: Measure, dimension: Dimension) -> Iterator[str]:
    """Whether groups differ at all, those that surely stand apart, and how many could be chance."""
    gaps = _known(found.against_rest.get(measure.code, ()))
    if not gaps:
        return
    told = [said.gap(each, words.yes_word(measure)) for each in gaps if each.verdict is Verdict.REAL]
    at_all = said.differ(found.associations.get(measure.code), dimension.key, bool(told))
    counted, judged, _ = said.gaps_counted(gaps, dimension.key).partition(said.JUDGED_TOGETHER)
    lines = (at_all, *told, counted.strip(), judged, said.too_few_to_say(gaps))
    yield from filter(None, lines)


def _known(found: Sequence[Comparison]) -> list[Comparison]:
    """By name, without those whose group is not recorded: they are no group."""
    known = [each for each in found if group_name(each.after.group) != NOT_RECORDED]
    return sorted(known, key=lambda each: group_name(each.after.group))


def _shares(found: Findings, measure: Measure, dimension: Dimension, in_full: bool) -> Iterator[Block]:
    """Every group's share against everyone else's; of estates also drawn towards what is usual.

    Printed is a chart or, in full and where nothing is drawn towards the others, the table of so many rows; in a short
    pack neither where no group surely stands apart.
    """
    drawn = found.small_areas.get(measure.code)
    told = [each for each in _by_name(found.groups[measure.code]) if each.value is not None]
    if not told:
        return
    towards = drawn is not None and not drawn.withheld
    tabled = in_full and not towards and len(told) <= MOST_ROWS
    apart = any(each.verdict is Verdict.REAL for each in _known(found.against_rest.get(measure.code, ())))
    most, printed = MOST_DRAWN if in_full else MOST_DRAWN_IN_SHORT, not tabled and (in_full or apart)
    if drawn is not None and not drawn.withheld:
        yield from _drawn(found, drawn, measure, dimension, most, printed)
    else:
        yield from (Paragraph(said.how_drawn(drawn)) for _ in [0] if drawn is not None)
        yield from _as_counted(found, told, measure, dimension, most, printed)
    yield TableBlock(
        f"{_key(found, dimension)}-table",
        f"{named(measure)}: each {_one(dimension)} against everyone else",
        _gaps_table(found, measure, dimension),
        about_of(found),
        GAP_SHARES,
        of_gaps(found, measure.code),
        tabled,
    )


def _as_counted(
    found: Findings, told: Sequence[Estimate], measure: Measure, dimension: Dimension, most: int, printed: bool
) -> Iterator[Block]:
    shown = telling([each.group for each in told], found, measure, most)
    rows = [each for each in told if each.group in shown]
    title = f"{named(measure)} by {dimension.label.lower()}"
    chart = group_dots(rows, found.headline.get(measure.code), title, *about_of(found), dimension.label)
    if printed and len(rows) < len(told):
        yield Paragraph(drawn_of(len(rows), len(told), dimension.key))
    key = f"{_key(found, dimension)}-shares"
    yield Figure(key, chart, ("share", "low", "high"), of_groups(found, measure.code), printed)


def _drawn(
    found: Findings, drawn: SmallAreas, measure: Measure, dimension: Dimension, most: int, printed: bool
) -> Iterator[Block]:
    """Places as counted and drawn: the most telling in a chart, every one that is told in the workbook."""
    areas = sorted((a for a in drawn.areas if a.value is not None), key=lambda area: group_name(area.group))
    if not areas:
        return
    shown = telling([area.group for area in areas], found, measure, most)
    title = f"{named(measure)} by {dimension.label.lower()}, as counted and drawn"
    about = (title, *about_of(found), dimension.label)
    every = drawn_dots(drawn, areas, *about).table
    chart = replace(drawn_dots(drawn, [area for area in areas if area.group in shown], *about), table=every)
    if printed:
        yield Paragraph(said.how_drawn(drawn))
        yield from (Paragraph(note) for note in said.more_of(drawn))
    if printed and len(shown) < len(areas):
        yield Paragraph(drawn_of(len(shown), len(areas), dimension.key))
    key, made = _key(found, dimension), of_groups(found, measure.code)
    yield Figure(f"{key}-drawn", _short(chart), DRAWN_SHARES, made, printed)
    yield TableBlock(f"{key}-drawn-table", title, every, about_of(found), DRAWN_SHARES, made, False)


def telling(groups: Sequence[Group], found: Findings, measure: Measure, most: int) -> set[Group]:
    """The groups a chart shows where it cannot show all: those surely apart, then those with most answers."""
    gaps = {each.after.group: each for each in found.against_rest.get(measure.code, ())}
    answers = {each.group: each.base for each in found.groups[measure.code]}

    def weight(group: Group) -> tuple[float, int, str]:
        gap = gaps.get(group)
        apart = abs(gap.difference or 0.0) if gap is not None and gap.verdict is Verdict.REAL else 0.0
        return -apart, -answers.get(group, 0), group_name(group)

    return set(sorted(groups, key=weight)[:most])


def _short(chart: Chart) -> Chart:
    """The chart with its figures alone beside each row, as far as a line on paper holds: the rest is in the table."""
    drawn, *counted = chart.series
    marks = tuple(replace(mark, words=_figures(mark)) for mark in drawn.marks)
    return replace(chart, series=(replace(drawn, marks=marks), *counted))


def _figures(mark: Mark) -> str:
    return (
        words.NOTHING if mark.value is None else f"{words.percent(mark.value)} ({words.interval(mark.low, mark.high)})"
    )


def _gaps_table(found: Findings, measure: Measure, dimension: Dimension) -> Table:
    """Every group that is told, by name, against everyone else; the file has those withheld too, with the reason."""
    gaps = {each.after.group: each for each in found.against_rest.get(measure.code, ())}
    rows = [(each, gaps.get(each.group)) for each in _by_name(found.groups[measure.code])]
    return Table(
        headings=(dimension.label, "Share", "Could be", "Answers", "Everyone else", "Difference", "Verdict"),
        rows=tuple(_gap_row(each, gap) for each, gap in rows if each.value is not None),
        file_headings=(*GROUP_FILE, *GAP_FILE),
        file_rows=tuple((*_group_cells(each), *_gap_cells(gap)) for each, gap in rows),
    )


def _gap_row(each: Estimate, gap: Comparison | None) -> tuple[str, ...]:
    own = (group_name(each.group), words.share_of(each), words.interval(each.low, each.high), words.count(each.base))
    if gap is None or own[0] == NOT_RECORDED:
        return (*own, words.NOTHING, words.NOTHING, words.NOTHING)
    return (*own, words.share_of(gap.before), words.change(gap), gap.verdict.value)


def _group_cells(each: Estimate) -> tuple[Cell, ...]:
    worth = None if each.withheld else each.effective_base
    note = each.withheld or each.caution or ""
    return (group_name(each.group), each.value, each.low, each.high, each.told_base, worth, note)


def _gap_cells(gap: Comparison | None) -> tuple[Cell, ...]:
    if gap is None or group_name(gap.after.group) == NOT_RECORDED:
        return (None,) * 4 + ("", "")
    return (gap.before.value, gap.difference, gap.low, gap.high, gap.verdict.value, gap.why)


# ── What moved, and every other measure ──────────────────────────────────────────────────────────


def _moved(found: Findings, measure: Measure, dimension: Dimension) -> Iterator[Block]:
    """What has changed in each group since the earlier survey, judged together."""
    rows = _known(found.group_changes.get(measure.code, ()))
    if found.earlier is None or not rows:
        return
    since = found.earlier.name
    yield Paragraph(f"{named(measure)} since {since}. {said.moves_counted(rows, dimension.key)}")
    yield from (Paragraph(line) for line in said.moves(rows, found.earlier))
    told = [each for each in rows if each.before.value is not None or each.after.value is not None]
    if not told:
        return
    table = Table(
        headings=(dimension.label, since, found.wave.name, "Difference", "Verdict"),
        rows=tuple(
            (
                group_name(each.after.group),
                words.in_words(each.before),
                words.in_words(each.after),
                words.change(each),
                each.verdict.value,
            )
            for each in told
        ),
        file_headings=MOVES_FILE,
        file_rows=tuple(_move_cells(each) for each in rows),
    )
    about = (f"{about_of(found)[0]} · compared with {since}", about_of(found)[1])
    title = f"{named(measure)}: each {_one(dimension)} since {since}"
    key = f"{_key(found, dimension)}-moved-table"
    yield TableBlock(key, title, table, about, MOVES_SHARES, of_moves(found, measure.code), False)


def _move_cells(each: Comparison) -> tuple[Cell, ...]:
    sides = [(e.value, e.low, e.high, e.told_base) for e in (each.before, each.after)]
    end = (each.difference, each.low, each.high, each.verdict.value, each.why)
    return (group_name(each.after.group), *sides[0], *sides[1], *end)


def _every_measure(found: Findings, dimension: Dimension) -> Iterator[Block]:
    """Every measure by every group, a few measures side by side; rows where nothing may be told are left out."""
    measures = [measure for measure, _ in told_rows(found)]
    for number, start in enumerate(range(0, len(measures), TOGETHER), start=1):
        some = measures[start : start + TOGETHER]
        table = _side_by_side(found, some, dimension)
        if not table.rows:
            continue
        codes = f"{some[0].code} to {some[-1].code}" if len(some) > 1 else some[0].code
        yield TableBlock(
            f"{_key(found, dimension)}-measures-{number}-table",
            f"{codes} by {dimension.label.lower()}",
            table,
            about_of(found),
            GAP_SHARES,
            replace(of_gaps(found, some[0].code), counted=tuple(f"{m.code}: {m.wording}" for m in some)),
            False,
        )


def _side_by_side(found: Findings, measures: Sequence[Measure], dimension: Dimension) -> Table:
    shares = {(code, e.group): e for code, each in found.groups.items() for e in each}
    gaps = {(code, g.after.group): g for code, each in found.against_rest.items() for g in each}
    groups = sorted({group for _, group in shares}, key=group_name)
    told = [g for g in groups if any(_told(shares.get((m.code, g))) for m in measures)]
    return Table(
        headings=(dimension.label, *(named(measure) for measure in measures)),
        rows=tuple(
            (group_name(g), *(_with_verdict(shares.get((m.code, g)), gaps.get((m.code, g))) for m in measures))
            for g in told
        ),
        file_headings=("measure", *GROUP_FILE, *GAP_FILE),
        file_rows=tuple(
            (m.code, *_group_cells(shares[m.code, g]), *_gap_cells(gaps.get((m.code, g))))
            for m in measures
            for g in groups
            if (m.code, g) in shares
        ),
    )


def _told(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.value is not None


def _with_verdict(estimate: Estimate | None, gap: Comparison | None) -> str:
    """A share with its range and base, and that it surely stands apart where it does; a dash where it is not told."""
    if estimate is None or estimate.value is None:
        return words.NOTHING
    figure = with_base(estimate)
    if gap is None or gap.verdict is not Verdict.REAL or gap.difference is None:
        return figure
    return f"{figure}, surely {'higher' if gap.difference > 0 else 'lower'}"


# ── What surely stands apart ─────────────────────────────────────────────────────────────────────

Apart = Sequence[tuple[Dimension, Measure, Comparison]]


def _apart(material: Material, group: str, every: Sequence[Dimension]) -> Iterator[Block]:
    """Every group that surely stands apart, on any measure and by any way of dividing people but how they answered."""
    yield Heading("What surely stands apart", 3)
    rows = [
        (dimension, measure, gap)
        for dimension in every
        if dimension.key != METHOD
        for found in [material.findings(group, dimension.key)]
        for measure, _ in told_rows(found)
        for gap in _known(found.against_rest.get(measure.code, ()))
        if gap.verdict is Verdict.REAL
    ]
    rows.sort(key=lambda row: (every.index(row[0]), group_name(row[2].after.group), row[1].code))
    whole = material.findings(group)
    if not rows:
        yield Paragraph(NONE_APART)
        return
    yield Paragraph(APART)
    yield Paragraph(WITHIN.format(number=words.number_word(len(told_rows(whole)))))
    most = MOST_ROWS if material.in_full else MOST_ROWS_IN_SHORT
    table = _apart_table(rows) if material.in_full and len(rows) <= most else _apart_in_short(rows, most)
    there = len({_group_of(dimension, gap) for dimension, _, gap in rows})
    if len(table.rows) < there:
        yield Paragraph(MOST_APART.format(shown=len(table.rows), there=there))
    yield TableBlock(
        f"{key_of(whole, SECTION)}-apart-table",
        "Groups that surely stand apart from everyone else",
        table,
        about_of(whole),
        GAP_SHARES,
        replace(of_gaps(whole, OVERALL), counted=tuple(f"{m.code}: {m.wording}" for m, _ in told_rows(whole))),
    )


def _apart_table(rows: Apart) -> Table:
    """A row for each group and measure."""
    return Table(
        headings=("Group", "Measure", "Share", "Everyone else", "Difference"),
        rows=tuple(
            (
                _group_of(dimension, gap),
                named(measure),
                words.in_words(gap.after),
                words.in_words(gap.before),
                words.change(gap),
            )
            for dimension, measure, gap in rows
        ),
        file_headings=APART_FILE,
        file_rows=_apart_file(rows),
    )


def _apart_in_short(rows: Apart, most: int) -> Table:
    """A row for each group with the measures it stands apart on, so many at most; the file has every figure."""
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for dimension, measure, gap in rows:
        lower, higher = sides.setdefault(_group_of(dimension, gap), ([], []))
        (higher if (gap.difference or 0.0) > 0 else lower).append(measure.code)
    widest = sorted(sides, key=lambda group: -sum(map(len, sides[group])))[:most]
    return Table(
        headings=("Group", "Surely lower than everyone else on", "Surely higher on"),
        rows=tuple(
            (group, ", ".join(lower) or words.NOTHING, ", ".join(higher) or words.NOTHING)
            for group, (lower, higher) in sides.items()
            if group in widest
        ),
        file_headings=APART_FILE,
        file_rows=_apart_file(rows),
    )


def _group_of(dimension: Dimension, gap: Comparison) -> str:
    return f"{dimension.label}: {group_name(gap.after.group)}"


def _apart_file(rows: Apart) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            dimension.label,
            group_name(gap.after.group),
            measure.code,
            measure.title,
            *_group_cells(gap.after)[1:5],
            *_gap_cells(gap),
        )
        for dimension, measure, gap in rows
    )


def _by_name(estimates: Sequence[Estimate]) -> list[Estimate]:
    return sorted(estimates, key=lambda each: group_name(each.group))


def _one(dimension: Dimension) -> str:
    return said.ONE.get(dimension.key, f"group by {dimension.label.lower()}")


def _key(found: Findings, dimension: Dimension) -> str:
    """How keys of one way of dividing begin: letters, figures and single hyphens only."""
    spelled = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in dimension.key.lower())
    return "-".join(filter(None, (key_of(found, SECTION), *spelled.split("-"))))
