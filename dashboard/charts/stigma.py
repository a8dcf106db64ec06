"""Being judged: what was asked and what was told, as dots with intervals and tables; the label stands under each."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Estimate, Through
from analysis.model.stigma import Answered, Beside, Coded, ItemFound
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes, mark_of
from dashboard.words import stigma as said

CHANGE_FILE = ("change", "change low", "change high", "verdict", "because")
SHARE_FILE = ("share", "low", "high", "base", "note")
TELLING = ("that tells of it", "that tell of it")  # short: the line stands whole on a telephone


def answer_dots(found: ItemFound, title: str, caption: str, source: str) -> Chart:
    """The answers of an item with several, most chosen first: a dot each, of those who answered it."""
    answers = sorted(found.answers, key=lambda each: (each.share.value is None, -(each.share.value or 0)))
    return _dots([(each.title, each) for each in answers], title, caption, source, "Answer")


def item_dots(found: Sequence[ItemFound], title: str, caption: str, source: str) -> Chart:
    """Items of one answer, a dot each in the register's order: each a question of its own."""
    rows = [(f"{each.item.code} {each.item.title}", answer) for each in found for answer in each.answers]
    return _dots(rows, title, caption, source, "Question")


def _dots(rows: Sequence[tuple[str, Answered]], title: str, caption: str, source: str, of: str) -> Chart:
    marks = tuple(mark_of(name, each.share) for name, each in rows if each.share.value is not None)
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Share", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=(of, "Share", "Could be", "Answers", "Since the earlier survey", "Verdict"),
            rows=tuple(_row(name, each) for name, each in rows),
            file_headings=(of.lower(), *SHARE_FILE, *CHANGE_FILE),
            file_rows=tuple((name, *_figures(each.share), *_changed(each)) for name, each in rows),
        ),
    )


def _row(name: str, each: Answered) -> tuple[str, ...]:
    share, found = each.share, each.change
    return (
        name,
        words.share_of(share),
        words.interval(share.low, share.high),
        words.told(share.told_base),
        words.NOTHING if found is None else words.change(found),
        share.withheld or (words.NOTHING if found is None else found.verdict.value),
    )


def _figures(share: Estimate) -> tuple[Cell, ...]:
    return (share.value, share.low, share.high, share.told_base, share.withheld or share.caution)


def _changed(each: Answered | Through) -> tuple[Cell, ...]:
    found = each.change
    if found is None:
        return (None,) * len(CHANGE_FILE)
    return (found.difference, found.low, found.high, found.verdict.value, found.why)


# ── Told ─────────────────────────────────────────────────────────────────────────────────────────


def coded_dots(found: Sequence[Coded], title: str, caption: str, source: str, of: str) -> Chart:
    """Sources or forms, most told of first: of the comments that tell of being judged; of all comments in the table."""
    marks = tuple(mark_of(each.title, each.of_told, *TELLING) for each in found if each.of_told.value is not None)
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Share of the comments that tell of it", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=(of, "Of those that tell of it", "Could be", "Of all comments", "Of all could be", "Note"),
            rows=tuple(
                (each.title, *_shown(each.of_told), *_shown(each.of_all), each.of_told.withheld or "") for each in found
            ),
            file_headings=(
                of.lower(),
                *(f"{name} of telling" for name in SHARE_FILE),
                *(f"{name} of all" for name in SHARE_FILE),
            ),
            file_rows=tuple((each.title, *_figures(each.of_told), *_figures(each.of_all)) for each in found),
        ),
    )


def _shown(share: Estimate) -> tuple[str, str]:
    return words.share_of(share), words.interval(share.low, share.high)


def over_time_dots(found: Sequence[Through], title: str, caption: str, source: str, of: str) -> Chart:
    """Its share of the comments in each survey or quarter, the first at the top; hollow where the base is small."""
    marks = tuple(
        Mark(each.wave.name, each.share.value, each.share.low, each.share.high, said.step(each), _small(each.share))
        for each in found
        if each.share.value is not None
    )
    return Chart(
        kind=Kind.SHARED_OUT,
        title=title,
        series=(Series("Share of comments", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=(of, "Share", "Could be", "Comments", "Change", "Verdict"),
            rows=tuple(_step_row(each) for each in found),
            file_headings=(of.lower(), *SHARE_FILE, *CHANGE_FILE),
            file_rows=tuple((each.wave.name, *_figures(each.share), *_changed(each)) for each in found),
        ),
    )


def _small(share: Estimate) -> bool:
    return share.base < words.SMALL_BASE


def _step_row(each: Through) -> tuple[str, ...]:
    share, found = each.share, each.change
    return (
        each.wave.name,
        *_shown(share),
        words.told(share.told_base),
        words.NOTHING if found is None else words.change(found),
        share.withheld or (words.NOTHING if found is None else found.verdict.value),
    )


def beside_table(rows: Sequence[Beside], of: str) -> Table:
    """Asked and told side by side, with their different bases: of tenants who said yes, of comments that tell of it."""
    return Table(
        headings=(of, *said.beside_bases(rows)),
        rows=said.beside_rows(rows),
        file_headings=(
            of.lower(),
            "answer asked",
            *(f"{name} asked" for name in SHARE_FILE),
            *(f"{name} told" for name in SHARE_FILE),
        ),
        file_rows=tuple(line for row in rows for line in _beside_lines(row)),
    )


def _beside_lines(row: Beside) -> list[tuple[Cell, ...]]:
    nothing: tuple[Cell, ...] = (None,) * len(SHARE_FILE)
    told = _figures(row.told.of_told) if row.told else nothing
    return [(row.title, each.title, *_figures(each.share), *told) for each in row.asked] or [
        (row.title, None, *nothing, *told)
    ]
