"""A small chart of every kind, made by hand, for tests of drawings and documents."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.chart import Chart, Kind, Mark, Series, Table

PLACES = ("Ash Court", "Beech Row", "Cedar Close", "Damson Way")
ANSWERS = ("Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied")
FELL = (0.32, 0.34, 0.12, 0.13, 0.09)


def chart_of(kind: Kind, rows: Sequence[str] = PLACES) -> Chart:
    """A chart of a kind with these rows; figures go down by a point a row and start anew after forty."""
    series = _SERIES[kind](rows) if rows else ()
    told = (Series("Share", "main", tuple(m for one in series for m in one.marks)),) if kind is Kind.FUNNEL else series
    table = Table(
        headings=("Place", *(one.name for one in told)) if series else ("Place", "Share"),
        rows=tuple(zip(rows, *([mark.words for mark in one.marks] for one in told), strict=True)),
        file_headings=("place", *(one.name for one in told)) if series else ("place", "share"),
        file_rows=tuple(zip(rows, *([mark.value for mark in one.marks] for one in told), strict=True)),
    )
    reference = None
    if kind in (Kind.INTERVALS, Kind.PAIRS, Kind.FUNNEL):
        reference = Mark("Everyone asked", 0.66, 0.63, 0.69, "66% (63% to 69%, 900 tenants)")
    return Chart(
        kind=kind,
        title=f"Shown as {kind.value}",
        series=series,
        alt=f"A made-up chart, {kind.value}, of {len(rows)} places.",
        caption="Shown for: 2025 · Renters (LCRA) · the whole landlord",
        source="2025: 1 April to 30 June 2025, collected by An agency; a random sample was invited.",
        table=table,
        reference=reference,
    )


def _share(row: int) -> float:
    return 0.80 - 0.01 * (row % 40)


def _dots(rows: Sequence[str], name: str = "Share", role: str = "main", less: float = 0.0) -> Series:
    return Series(name, role, tuple(
        Mark(label, _share(n) - less, _share(n) - less - 0.04, _share(n) - less + 0.05,
             f"{_share(n) - less:.0%} ({_share(n) - less - 0.04:.0%} to {_share(n) - less + 0.05:.0%}, 310 tenants)",
             small=n % 4 == 3)
        for n, label in enumerate(rows)
    ))  # fmt: skip


def _changes(rows: Sequence[str]) -> tuple[Series, ...]:
    said = ((0.06, "real change"), (-0.02, "could be chance"), (0.11, "real change"), (-0.09, "too few to say"))
    return (Series("Change since 2024", "main", tuple(
        Mark(label, said[n % 4][0], said[n % 4][0] - 0.05, said[n % 4][0] + 0.05,
             f"{100 * said[n % 4][0]:+.1f} points: {said[n % 4][1]}".replace("-", "−"))
        for n, label in enumerate(rows)
    )),)  # fmt: skip


def _bars(names: Sequence[str], shares: Sequence[float]):
    def made(rows: Sequence[str]) -> tuple[Series, ...]:
        return tuple(
            Series(name, f"answer {n + 1}", tuple(Mark(label, share, None, None, f"{share:.0%}") for label in rows))
            for n, (name, share) in enumerate(zip(names, shares, strict=True))
        )

    return made


def _numbers(*names: str):
    def made(rows: Sequence[str]) -> tuple[Series, ...]:
        return tuple(
            Series(name, "main", tuple(
                Mark(label, 48.0 - 7 * (n % 5) - 3 * k, None, None, f"{48 - 7 * (n % 5) - 3 * k} for every 1,000 homes")
                for n, label in enumerate(rows)
            ))
            for k, name in enumerate(names)
        )  # fmt: skip

    return made


def _funnel(rows: Sequence[str]) -> tuple[Series, ...]:
    marks = tuple(
        Mark(label, 0.7 + 0.05 * (-1) ** n, 0.6 + 0.02 * n % 5, 0.8 - 0.02 * n % 5, "70%", size=100.0 * (n + 1))
        for n, label in enumerate(rows)
    )
    return (Series("Other landlords", "earlier", marks[:-1]), Series("This landlord", "main", marks[-1:]))


_SERIES = {
    Kind.INTERVALS: lambda rows: (_dots(rows),),
    Kind.PAIRS: lambda rows: (_dots(rows), _dots(rows, "Everybody else", "earlier", 0.1)),
    Kind.CHANGES: _changes,
    Kind.SHARED_OUT: lambda rows: (_dots(rows, less=0.35),),
    Kind.ANSWERS: _bars(ANSWERS, FELL),
    Kind.TONES: _bars(("Positive", "Mixed", "Neutral", "Negative", "Unsure"), FELL),
    Kind.PARTS: _bars(
        ("In time", "In more time", "Still to come", "Late", "Overdue", "Neither"), (*FELL[:4], 0.06, 0.03)
    ),
    Kind.RATES: _numbers("Complaints for every 1,000 homes"),
    Kind.MONTHS: _numbers("Made", "Answered"),
    Kind.FUNNEL: _funnel,
    Kind.SIDES: _bars(("Well", "Neither", "Ill"), (0.2, 0.06, 0.14)),
}
