"""A landlord beside its peers: its share with its range, the middle half of them, and the tables behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Compared, Estimate, FunnelPoint, ManagementPlace, Measure, Move, SectorFigures, Standing
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import NOTHING, count, interval, percent
from dashboard.words import standing as said

HALF = "Middle half of landlords"
OURS_FILE = ("measure", "share", "low", "high", "lower quartile", "median", "upper quartile", "landlords", "quarters")
STANDING_FILE = (
    *("measure", "share", "low", "high", "base", "lower quartile", "median", "upper quartile", "landlords"),
    *("rank", "rank from", "rank to", "quarters", "why not told"),
)
MANAGED_FILE = (
    *(
        "measure",
        "value",
        "numerator",
        "denominator",
        "unit",
        "lower quartile",
        "median",
        "upper quartile",
        "landlords",
    ),
    *("rank", "shared by", "quarter", "outstanding", "landlords with none outstanding", "why not told"),
)
MOVES_FILE = ("measure", "before", "after", "difference", "low", "high", "verdict", "because")

Titles = Mapping[str, str]  # by measure code


def beside_peers(found: Compared, titles: Titles, title: str, caption: str, source: str) -> Chart:
    """Two dots for each measure that has a place: the landlord's share, and the median with the middle half."""
    shown = [each for each in found.standings if each.share is not None]
    own = tuple(Mark(_named(e.measure, titles), e.share, e.low, e.high, said.place_short(e)) for e in shown)
    half = tuple(Mark(_named(e.measure, titles), e.median, e.lower, e.upper, _half(e)) for e in shown)
    return Chart(
        kind=Kind.PAIRS,
        title=title,
        series=(Series(found.name, "main", own), Series(HALF, "earlier", half)),
        alt=f"Pairs of dots: {title}. {extremes(own)} The table has every figure.",
        caption=caption,
        source=source,
        table=_standings(found.standings, titles),
    )


def ours_beside(
    rows: Sequence[tuple[Measure, Estimate, SectorFigures]],
    claims: Mapping[str, tuple[int, ...]],
    title: str,
    caption: str,
    source: str,
) -> Chart:
    """Our own share of each measure beside the middle half of landlords, as published."""
    shown = [(m, e, f) for m, e, f in rows if e.value is not None]
    own = tuple(
        Mark(f"{m.code} {m.title}", e.value, e.low, e.high, f"{_ours(e)}: {said.quarters(claims.get(m.code, ()))}")
        for m, e, _ in shown
    )
    half = tuple(
        Mark(f"{m.code} {m.title}", f.median / 100, f.lower / 100, f.upper / 100, _published(f)) for m, _, f in shown
    )
    return Chart(
        kind=Kind.PAIRS,
        title=title,
        series=(Series("This landlord", "main", own), Series(HALF, "earlier", half)),
        alt=f"Pairs of dots: {title}. {extremes(own)} The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=("Measure", "Share", "Lower quartile", "Median", "Upper quartile", "Landlords", "May claim"),
            rows=tuple(_ours_row(m, e, f, claims.get(m.code, ())) for m, e, f in rows),
            file_headings=OURS_FILE,
            file_rows=tuple(_ours_file_row(m, e, f, claims.get(m.code, ())) for m, e, f in rows),
        ),
    )


def funnel_dots(found: Compared, names: Titles, title: str, caption: str, source: str) -> Chart | None:
    """Every landlord's overall satisfaction by its number of answers, this one's apart; None where there is none."""
    if found.funnel is None:
        return None
    marks = {p.name: _point(p, names) for p in found.funnel.points}
    own = tuple(mark for code, mark in marks.items() if code == found.landlord)
    others = tuple(mark for code, mark in marks.items() if code != found.landlord)
    target = found.funnel.target
    said_of_own = " ".join(f"{mark.label}: {mark.words}." for mark in own)
    return Chart(
        kind=Kind.FUNNEL,
        title=title,
        series=(Series("Other landlords", "earlier", others), Series(found.name, "main", own)),
        alt=f"Dots by number of answers, with limits: {title}. {said.outside(found.funnel)} {said_of_own} "
        "The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=("Landlord", "Share", "Answers", "Limits there"),
            rows=tuple(_point_row(p, names) for p in found.funnel.points),
            file_headings=("landlord", "share", "answers", "low", "high", "z", "outside"),
            file_rows=tuple(
                (names.get(p.name, p.name), p.share, p.n, p.low, p.high, p.z, p.outside) for p in found.funnel.points
            ),
        ),
        reference=Mark("All together", target, None, None, percent(target)),
    )


def _point(p: FunnelPoint, names: Titles) -> Mark:
    beyond = {-1: "below the limits", 0: "within the limits", 1: "above the limits"}[p.outside]
    words = f"{percent(p.share)} of {count(round(p.n))}, {beyond}"
    return Mark(names.get(p.name, p.name), p.share, p.low, p.high, words, size=p.n)


def _point_row(p: FunnelPoint, names: Titles) -> tuple[str, ...]:
    return (names.get(p.name, p.name), percent(p.share), count(round(p.n)), interval(p.low, p.high))


def moves_table(found: Sequence[Move], titles: Titles, earlier: str) -> Table:
    """Every measure's move since the year before, with its verdict."""
    return Table(
        headings=("Measure", earlier, "Now", "Move and verdict"),
        rows=tuple(
            (_named(m.measure, titles), _share(m.before), _share(m.after), said.move(m, earlier)) for m in found
        ),
        file_headings=MOVES_FILE,
        file_rows=tuple(
            (m.measure, m.before, m.after, m.difference, m.low, m.high, m.verdict.value, m.why) for m in found
        ),
    )


def managed_table(found: Sequence[ManagementPlace], titles: Titles) -> Table:
    """Every management measure with both its numbers and what stands beside it."""
    return Table(
        headings=("Measure", "Figure and landlords beside it"),
        rows=tuple((_named(each.measure, titles), said.managed(each)) for each in found),
        file_headings=MANAGED_FILE,
        file_rows=tuple(_managed_row(each) for each in found),
    )


def _managed_row(e: ManagementPlace) -> tuple[Cell, ...]:
    own = (e.measure, e.value, e.numerator, e.denominator, e.unit, e.lower, e.median, e.upper, e.among)
    return (*own, e.rank, e.tied, e.quartile, e.outstanding, e.none_outstanding, e.withheld)


def _standings(found: Sequence[Standing], titles: Titles) -> Table:
    return Table(
        headings=("Measure", "Share", "Middle half of landlords", "Place"),
        rows=tuple((_named(e.measure, titles), _share(e.share), _half(e), said.place(e)) for e in found),
        file_headings=STANDING_FILE,
        file_rows=tuple(_standing_file_row(e) for e in found),
    )


def _standing_file_row(e: Standing) -> tuple[Cell, ...]:
    own = (e.measure, e.share, e.low, e.high, e.base, e.lower, e.median, e.upper, e.among)
    return (*own, e.rank, e.rank_low, e.rank_high, said.quarters(e.claim), e.withheld)


def _ours_row(m: Measure, e: Estimate, f: SectorFigures, claim: tuple[int, ...]) -> tuple[str, ...]:
    cuts = (f"{f.lower:.1f}%", f"{f.median:.1f}%", f"{f.upper:.1f}%")
    return (f"{m.code} {m.title}", _ours(e), *cuts, str(f.n), said.quarters(claim))


def _ours_file_row(m: Measure, e: Estimate, f: SectorFigures, claim: tuple[int, ...]) -> tuple[Cell, ...]:
    return (m.code, e.value, e.low, e.high, f.lower / 100, f.median / 100, f.upper / 100, f.n, said.quarters(claim))


def _ours(e: Estimate) -> str:
    if e.value is None or e.low is None or e.high is None:
        return NOTHING
    return f"{percent(e.value)} ({interval(e.low, e.high)})"


def _published(f: SectorFigures) -> str:
    return f"median {f.median:.0f}%, middle half {f.lower:.0f}% to {f.upper:.0f}%"


def _half(e: Standing) -> str:
    if e.median is None or e.lower is None or e.upper is None:
        return NOTHING
    return f"median {percent(e.median)}, middle half {interval(e.lower, e.upper)}"


def _share(share: float | None) -> str:
    return NOTHING if share is None else percent(share)


def _named(code: str, titles: Titles) -> str:
    return f"{code} {titles.get(code, '')}".strip()
