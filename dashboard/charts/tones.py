"""How tenants' words sound, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.model import Estimate, Theme
from dashboard import words
from dashboard.charts.chart import Chart, Kind, Mark, Series, Table, extremes, mark_of

TONES = ("positive", "mixed", "neutral", "negative", "unsure")  # as drawn, left to right
TONE_NAMES: Mapping[str, str] = {
    "positive": "Positive",
    "mixed": "Mixed",
    "neutral": "Neither",
    "negative": "Negative",
    "unsure": "Not sure",
}
DRAWN_TOPICS = 10  # most spoken of; more would not be looked at
Tones = Mapping[str, Estimate]


def tone_bars(rows: Sequence[tuple[str, Tones]], title: str, caption: str, source: str, of: str) -> Chart:
    """The share of comments of each tone, a row for each place that can be shown."""
    shown = [(name, tones) for name, tones in rows if _can_be_shown(tones)]
    series = tuple(_tone(tone, shown) for tone in TONES)
    said = extremes(series[0].marks) if series[0].marks else "Nothing can be shown."
    return Chart(
        kind=Kind.TONES,
        title=title,
        series=series,
        alt=f"Bars of tone: {title}. Positive comments. {said} The table has every figure.",
        caption=caption,
        source=source,
        table=_tone_table(rows, of),
    )


def theme_dots(themes: Sequence[Theme], title: str, caption: str, source: str) -> Chart:
    """What comments are most about: a topic's share of comments with its interval. The table has every topic."""
    shown = [theme for theme in themes if theme.share.value is not None][:DRAWN_TOPICS]
    return _theme_dots(shown, title, caption, source, theme_table(themes))


def topic_dots(rows: Sequence[tuple[str, Theme]], title: str, caption: str, source: str, of: str) -> Chart:
    """One topic place by place: its share of each place's comments, with the interval."""
    places = [replace(theme, title=name) for name, theme in rows]
    shown = [theme for theme in places if theme.share.value is not None]
    return _theme_dots(shown, title, caption, source, theme_table(places, of))


def _theme_dots(shown: Sequence[Theme], title: str, caption: str, source: str, table: Table) -> Chart:
    marks = tuple(_comment_mark(theme.title, theme.share) for theme in shown)
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Share of comments", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=table,
    )


def _comment_mark(label: str, share: Estimate) -> Mark:
    return mark_of(label, share, *words.COMMENTS)


def _can_be_shown(tones: Tones) -> bool:
    return all(tone in tones and tones[tone].value is not None for tone in TONES)


def _tone(tone: str, rows: Sequence[tuple[str, Tones]]) -> Series:
    marks = tuple(
        Mark(name, tones[tone].value, tones[tone].low, tones[tone].high, words.share_of(tones[tone]))
        for name, tones in rows
    )
    return Series(TONE_NAMES[tone], tone, marks)


def _tone_table(rows: Sequence[tuple[str, Tones]], of: str) -> Table:
    listed = [(name, TONE_NAMES[tone], tones[tone]) for name, tones in rows for tone in TONES if tone in tones]
    return Table(
        headings=(of, "Tone", "Share", "Could be", "Comments", "Note"),
        rows=tuple(
            (
                name,
                tone,
                words.share_of(found),
                words.interval(found.low, found.high),
                words.told(found.told_base),
                found.withheld or found.caution or "",
            )
            for name, tone, found in listed
        ),
        file_headings=(of.lower(), "tone", "share", "low", "high", "comments", "note"),
        file_rows=tuple(
            (name, tone, found.value, found.low, found.high, found.told_base, found.withheld or found.caution)
            for name, tone, found in listed
        ),
    )


def theme_table(themes: Sequence[Theme], of: str = "Topic") -> Table:
    """Every topic (or place) with its share, its interval and how it is spoken of."""
    return Table(
        headings=(of, "Share", "Could be", "Comments", "Speaks well", "Speaks ill", "Neither", "Note"),
        rows=tuple(
            (
                theme.title,
                words.share_of(theme.share),
                words.interval(theme.share.low, theme.share.high),
                words.told(theme.share.told_base),
                *_spoken_of(theme),
                theme.share.withheld or theme.share.caution or "",
            )
            for theme in themes
        ),
        file_headings=(of.lower(), "share", "low", "high", "comments", "well", "ill", "neither", "note"),
        file_rows=tuple(
            (
                theme.title,
                theme.share.value,
                theme.share.low,
                theme.share.high,
                theme.share.told_base,
                *((None, None, None) if theme.share.withheld else (theme.positive, theme.negative, theme.neutral)),
                theme.share.withheld or theme.share.caution,
            )
            for theme in themes
        ),
    )


def _spoken_of(theme: Theme) -> tuple[str, str, str]:
    if theme.share.withheld:
        return (words.NOTHING, words.NOTHING, words.NOTHING)
    return (words.count(theme.positive), words.count(theme.negative), words.count(theme.neutral))
