"""Topics of tenants' words: how they are spoken of, which moved, what is spoken of together, and over time."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, Estimate, Moved, Theme, Through, Together, Verdict
from dashboard import words
from dashboard.charts.chart import Chart, Kind, Mark, Series, Table, extremes
from dashboard.charts.tones import theme_table
from dashboard.words import spoken as said

DRAWN = 10  # topics, where not every one is asked for
CHANGE_FILE = ("change", "change low", "change high", "verdict", "because")


def sided_bars(themes: Sequence[Theme], title: str, caption: str, every: bool = False) -> Chart:
    """A bar for each topic as long as its share of the comments, its sides those that speak well, neither, ill."""
    shown = [theme for theme in themes if theme.share.value is not None][: None if every else DRAWN]
    counts = {"positive": "positive", "neutral": "neutral", "negative": "negative"}
    series = tuple(
        Series(said.SPOKEN_OF[side], "main", tuple(_side(theme, getattr(theme, side)) for theme in shown))
        for side in counts
    )
    return Chart(
        kind=Kind.SIDES,
        title=title,
        series=series,
        alt=f"Bars: {title}. {extremes(_wholes(shown))} The table has every figure.",
        caption=caption,
        source=said.SOURCE,
        table=theme_table(themes),
    )


def _side(theme: Theme, number: int) -> Mark:
    return Mark(theme.title, number / theme.share.base if theme.share.base else None, None, None, said.of_topic(theme))


def _wholes(themes: Sequence[Theme]) -> tuple[Mark, ...]:
    return tuple(Mark(t.title, t.share.value, t.share.low, t.share.high, words.share_of(t.share)) for t in themes)


def strength_dots(themes: Sequence[Theme], title: str, caption: str) -> Chart:
    """A dot for each strength: its share of the comments with its interval."""
    shown = [theme for theme in themes if theme.share.value is not None]
    marks = tuple(
        _dot(t.title, t.share, words.in_words(t.share, *words.COMMENTS), t.share.base < words.SMALL_BASE) for t in shown
    )
    return _dots(
        marks,
        "Share of comments",
        title,
        caption,
        _strength_table(themes),
    )


def _strength_table(themes: Sequence[Theme]) -> Table:
    return Table(
        headings=("Strength", "Comments that tell of it", "Share", "Could be", "Note"),
        rows=tuple(
            (
                t.title,
                words.count(t.positive),
                words.share_of(t.share),
                words.interval(t.share.low, t.share.high),
                t.share.withheld or "",
            )
            for t in themes
        ),
        file_headings=("strength", "telling of it", "share", "low", "high", "comments", "note"),
        file_rows=tuple((t.title, t.positive, *_figures(t.share), t.share.withheld) for t in themes),
    )


def moved_dots(moved: Sequence[Moved], earlier: str, title: str, caption: str) -> Chart:
    """How far topics moved since an earlier survey: what is proven solid, what could be chance hollow."""
    judged = [each for each in moved if each.change.difference is not None]
    most = sorted(judged, key=lambda each: (each.change.verdict is not Verdict.REAL, -abs(each.change.difference or 0)))
    drawn = {each.topic for each in most[:DRAWN]}
    marks = tuple(_moved(each) for each in judged if each.topic in drawn)
    return Chart(
        kind=Kind.CHANGES,
        title=title,
        series=(Series(f"Change since {earlier}", "main", marks),),
        alt=f"Dots with intervals either side of no change: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=said.SOURCE,
        table=Table(
            headings=("Topic", earlier, "Now", f"Change since {earlier}", "Verdict", "Because"),
            rows=tuple(
                (e.title, *_both(e.change), words.change(e.change), e.change.verdict.value, e.change.why) for e in moved
            ),
            file_headings=("topic", "share before", "share now", *CHANGE_FILE),
            file_rows=tuple((e.title, e.change.before.value, e.change.after.value, *_change(e.change)) for e in moved),
        ),
    )


def _moved(each: Moved) -> Mark:
    found = each.change
    hollow = found.verdict is not Verdict.REAL
    return Mark(each.title, found.difference, found.low, found.high, said.moved_line(each), hollow)


def _both(found: Comparison) -> tuple[str, str]:
    return words.share_of(found.before), words.share_of(found.after)


def _change(found: Comparison) -> tuple[float | str | None, ...]:
    return (found.difference, found.low, found.high, found.verdict.value, found.why)


def together_dots(found: Sequence[Together], title: str, caption: str) -> Chart:
    """What else the comments about a topic are about; solid where it is beyond chance that it differs from the rest."""
    shown = [each for each in found if each.share.value is not None][:DRAWN]
    marks = tuple(
        _dot(each.title, each.share, said.together_line(each), each.contrast.verdict is not Verdict.REAL)
        for each in shown
    )
    return _dots(
        marks,
        "Share of the topic's comments",
        title,
        caption,
        Table(
            headings=("Also about", "Share", "Could be", "Of all others", "Verdict", "Because"),
            rows=tuple(_together_row(each) for each in found),
            file_headings=("also about", "share", "low", "high", "comments", "share of others", *CHANGE_FILE),
            file_rows=tuple(
                (e.title, *_figures(e.share), e.contrast.before.value, *_change(e.contrast)) for e in found
            ),
        ),
    )


def _together_row(each: Together) -> tuple[str, ...]:
    share, found = each.share, each.contrast
    return (
        each.title,
        words.share_of(share),
        words.interval(share.low, share.high),
        words.share_of(found.before),
        found.verdict.value,
        found.why,
    )


def through_dots(found: Sequence[Through], title: str, caption: str) -> Chart:
    """One topic survey by survey, the first at the top."""
    marks = tuple(
        _dot(e.wave.name, e.share, said.through_line(e), e.share.base < words.SMALL_BASE)
        for e in found
        if e.share.value is not None
    )
    return _dots(
        marks,
        "Share of comments",
        title,
        caption,
        Table(
            headings=("Survey", "Share", "Could be", "Comments", "Since the one before", "Verdict"),
            rows=tuple(_through_row(each) for each in found),
            file_headings=("survey", "share", "low", "high", "comments", *CHANGE_FILE),
            file_rows=tuple(
                (e.wave.name, *_figures(e.share), *(_change(e.change) if e.change else (None,) * 5)) for e in found
            ),
        ),
    )


def _through_row(each: Through) -> tuple[str, ...]:
    share, step = each.share, each.change
    return (
        each.wave.name,
        words.share_of(share),
        words.interval(share.low, share.high),
        words.told(share.told_base),
        words.NOTHING if step is None else words.change(step),
        share.withheld or (words.NOTHING if step is None else step.verdict.value),
    )


def _dots(marks: tuple[Mark, ...], of: str, title: str, caption: str, table: Table) -> Chart:
    return Chart(
        kind=Kind.SHARED_OUT,
        title=title,
        series=(Series(of, "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=said.SOURCE,
        table=table,
    )


def _dot(label: str, share: Estimate, figure: str, hollow: bool) -> Mark:
    return Mark(label, share.value, share.low, share.high, figure, hollow)


def _figures(share: Estimate) -> tuple[float | int | None, ...]:
    return (share.value, share.low, share.high, share.told_base)
