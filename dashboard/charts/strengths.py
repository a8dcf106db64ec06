"""Strengths: every kind beside the others, and one kind place by place."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Theme
from dashboard import words
from dashboard.charts.chart import Chart, Kind, Series, Table, extremes, mark_of
from dashboard.words import spoken as said
from data.assets import Asset, AssetKind

ASSET_FILE = ("kind", "name", "estate", "about", "offers linked", "by (name as given)", "day")


def strength_places(themes: Sequence[Theme], title: str, caption: str, of: str) -> Chart:
    """A dot for each place that can be told: the share of its comments that tell of one kind of strength."""
    told = [theme for theme in themes if theme.share.value is not None]
    marks = tuple(mark_of(theme.title, theme.share, *words.COMMENTS) for theme in told)
    return Chart(
        kind=Kind.SHARED_OUT,
        title=title,
        series=(Series("Share of comments", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=said.SOURCE,
        table=_places_table(themes, of),
    )


def _places_table(themes: Sequence[Theme], of: str) -> Table:
    return Table(
        headings=(of, "Comments that tell of it", "Share", "Could be", "Comments", "Note"),
        rows=tuple(
            (
                theme.title,
                words.NOTHING if theme.share.withheld else words.count(theme.positive),
                words.share_of(theme.share),
                words.interval(theme.share.low, theme.share.high),
                words.told(theme.share.told_base),
                theme.share.withheld or theme.share.caution or "",
            )
            for theme in themes
        ),
        file_headings=(of.lower(), "telling of it", "share", "low", "high", "comments", "note"),
        file_rows=tuple(
            (
                theme.title,
                None if theme.share.withheld else theme.positive,
                theme.share.value,
                theme.share.low,
                theme.share.high,
                theme.share.told_base,
                theme.share.withheld or theme.share.caution,
            )
            for theme in themes
        ),
    )


def assets_table(assets: Sequence[Asset], kinds: dict[str, AssetKind], linked: dict[str, int]) -> Table:
    """The asset register as a file, with headings that can be brought in again."""
    rows = tuple(
        (
            kinds[asset.words.kind].title,
            asset.words.name,
            asset.words.estate,
            asset.words.about,
            linked.get(asset.asset_id, 0),
            asset.by,
            asset.at[:10],
        )
        for asset in assets
    )
    return Table(ASSET_FILE, (), ASSET_FILE, rows)
