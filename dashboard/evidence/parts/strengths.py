"""What tenants are proud of and good at: five kinds, place by place, over time; what is there; offers counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.model import Comparison, Question, Theme, Through, Verdict, Voices
from analysis.spoken import STAFF
from dashboard import answers, words
from dashboard.charts.chart import Cell, Table
from dashboard.charts.spoken import strength_dots
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.captions import NO_SURVEY, not_shown, nothing, of_group, once, shown_for
from dashboard.evidence.material import Material
from dashboard.how import strengths as made
from dashboard.strengths import by_estate, by_place, every_strength, may_list, through_time
from dashboard.words import spoken
from dashboard.words import strengths as said
from data import registers
from data.assets import Asset, Assets, asset_kinds
from data.offers import OfferBook

PLACE = "estate"
READABLE = 30  # rows of a table that is printed; a longer one stands in the workbook alone
SHARES = ("share", "low", "high")
CHANGE_FILE = ("change", "change low", "change high", "verdict", "because")
MOVED_SHARES = (*SHARES, "change", "change low", "change high")
KINDS = "Five kinds are told apart."
SINCE = "Each kind of strength, and what moved since the survey before"
BY_PLACE = "Strengths told of, estate by estate, as shares of the comments there"
NOT_BY_PLACE = "Not told place by place: this pack is of part of the landlord already, or answers do not say where."
HOW_TO_READ = f"{spoken.STRENGTHS} {said.NOT_ADDED} {said.BY_TIME}"
HOW_PLACES = f"{said.BY_PLACE} {said.PRAISE}"
MOVED = "Real change since the survey before: {kinds}."
NONE_MOVED = "No kind surely moved since the survey before."
INSIDE_ONLY = "What is in the register of each place, and offers, are for the landlord's own people."
REGISTER_TITLE = "What each place has already, counted by kind"
REGISTER_ABOUT = "The asset register, known on {day}"


def blocks(material: Material) -> tuple[Block, ...]:
    """What each tenure group tells of, apart; then what is there already. How to read it stands once, first."""
    told = [block for group in material.groups for block in (of_group(group), *_of(material, group))]
    kinds = registers.strength_titles()
    about = " ".join(f"{kinds[kind]}: {said.ABOUT[kind][:1].lower()}{said.ABOUT[kind][1:]}" for kind in kinds)
    return (
        Paragraph(f"{KINDS} {about}"),
        Note(HOW_TO_READ),
        *(once(told, HOW_PLACES, said.WHY_OFFERS) or nothing(NO_SURVEY)),
        *_register(material),
    )


def _of(material: Material, group: str) -> tuple[Block, ...]:
    heard, asked = material.voices(group), material.question(group, compared_with=None)
    unread = (Note(words.unread(heard.unread)),) if heard.unread else ()
    if why := _why_withheld(heard, material.smallest_base):
        return (Paragraph(words.heard(heard)), *unread, Paragraph(f"Not shown: {why}."))
    themes = every_strength(asked, heard, material.generation, material.readings, material.smallest_base)
    through = _through(material, asked, themes)
    title, key = "Strengths told of, as a share of comments", f"strengths-{group.lower()}"
    chart = strength_dots(themes, title, shown_for(material, asked))
    how = made.of_strengths(asked, material.wave, _named(themes))
    about, drawn = (chart.caption, chart.source), material.in_full or group == material.groups[0]
    table = moved_table(themes, through)
    lines = [words.heard(heard), *([] if drawn else [_in_words(themes)]), _moved(themes, through)]
    return (
        Paragraph(" ".join(filter(None, lines))),
        *unread,
        *([Figure(f"{key}-kinds", chart, SHARES, how, printed=False)] if chart.labels else []),
        TableBlock(f"{key}-moved", SINCE, table, about, MOVED_SHARES, how, drawn),
        *_places(material, group, themes),
        *_offers(material, group),
    )


def _in_words(themes: Sequence[Theme]) -> str:
    """Each kind that may be told, with its share."""
    told = [f"{theme.title} {_share(theme)}" for theme in themes if theme.share.value is not None]
    hidden = [f"{theme.title} not shown: {theme.share.withheld}" for theme in themes if theme.share.withheld]
    return f"{'; '.join([*told, *hidden])}."


def _share(theme: Theme) -> str:
    return f"{words.share_of(theme.share)} ({words.interval(theme.share.low, theme.share.high)})"


def _moved(themes: Sequence[Theme], through: Mapping[str, Sequence[Through]]) -> str:
    """Which kinds surely moved since the survey before, and that nothing else did; "" where none was compared."""
    steps = {theme.title: (through.get(theme.topic) or (None,))[-1] for theme in themes}
    found = {title: step.change for title, step in steps.items() if step and step.change}
    real = [f"{title} {words.change(each)}" for title, each in found.items() if each.verdict is Verdict.REAL]
    if not found:
        return ""
    return MOVED.format(kinds="; ".join(real)) if real else NONE_MOVED


def _why_withheld(heard: Voices, fewest: int) -> str | None:
    """Why nothing is shown: as on the page, few people behind many comments could be told apart too."""
    if heard.commenters < fewest:
        return f"fewer than {fewest} tenants wrote"
    return heard.withheld


def _named(themes: Sequence[Theme]) -> str:
    return ", ".join(theme.title.lower() for theme in themes)


def _through(material: Material, asked: Question, themes: Sequence[Theme]) -> dict[str, tuple[Through, ...]]:
    """Each kind in every survey, the first one first."""
    base = material.smallest_base
    return {
        theme.topic: through_time(asked, theme.topic, material.generation, material.readings, base, material.listen)
        for theme in themes
        if not theme.share.withheld
    }


def moved_table(themes: Sequence[Theme], through: Mapping[str, Sequence[Through]]) -> Table:
    """Each kind with its share, and how far it moved since the survey before, with the verdict."""
    last = [(theme, (through.get(theme.topic) or (None,))[-1]) for theme in themes]
    return Table(
        headings=("Strength", "Comments that tell of it", "Share", "Could be", "Since the survey before", "Verdict"),
        rows=tuple(_moved_row(theme, step.change if step else None) for theme, step in last),
        file_headings=("strength", "telling of it", *SHARES, "comments", *CHANGE_FILE, "note"),
        file_rows=tuple(_moved_cells(theme, step.change if step else None) for theme, step in last),
    )


def _moved_row(theme: Theme, change: Comparison | None) -> tuple[str, ...]:
    share = theme.share
    return (
        theme.title,
        words.NOTHING if share.withheld else words.count(theme.positive),
        words.share_of(share),
        words.interval(share.low, share.high),
        words.NOTHING if change is None else words.change(change),
        words.sentence_case(share.withheld or (words.NOTHING if change is None else change.verdict.value)),
    )


def _moved_cells(theme: Theme, change: Comparison | None) -> tuple[Cell, ...]:
    moved: tuple[Cell, ...] = (None,) * len(CHANGE_FILE)
    if change is not None:
        moved = (change.difference, change.low, change.high, change.verdict.value, change.why)
    return (*_share_cells(theme), *moved, theme.share.withheld)


def _share_cells(theme: Theme) -> tuple[Cell, ...]:
    share = theme.share
    return (
        theme.title,
        None if share.withheld else theme.positive,
        share.value,
        share.low,
        share.high,
        share.told_base,
    )


# ── Place by place ───────────────────────────────────────────────────────────────────────────────


def _places(material: Material, group: str, themes: Sequence[Theme]) -> tuple[Block, ...]:
    """Each kind in every place that may be told; by name, and no ranking."""
    if PLACE not in {dimension.key for dimension in material.generation.dimensions} or material.asked.filters:
        return (Paragraph(NOT_BY_PLACE),)
    asked = replace(material.question(group, compared_with=None), breakdown=PLACE)
    told = [theme for theme in themes if not theme.share.withheld]
    by_kind = {
        theme.title: by_place(
            asked, theme.topic, material.generation, material.readings, material.smallest_base, material.listen
        )
        for theme in told
    }
    hidden = [(row.title, row.share.withheld or "") for row in _of_the_place(by_kind) if row.share.withheld]
    if not any(row.share.value is not None for rows in by_kind.values() for row in rows):
        why = "; ".join(words.counted_reasons(hidden)) or "nobody told of any"
        return (Paragraph(f"Not shown for any estate: {why}."),)
    strict = answers.strict_base(material.smallest_base)
    about = (
        f"{shown_for(material, asked)} · at least {material.smallest_base} comments, of staff {strict}",
        spoken.SOURCE,
    )
    how = made.of_places(asked, material.wave, _named(told))
    table = places_table(by_kind)
    key, printed = f"strengths-{group.lower()}-places", material.in_full and len(table.rows) <= READABLE
    if not printed:
        return (TableBlock(key, BY_PLACE, table, (*about, HOW_PLACES), SHARES, how, printed=False),)
    return (TableBlock(key, BY_PLACE, table, about, SHARES, how), *not_shown(hidden), Note(HOW_PLACES))


def _of_the_place(by_kind: Mapping[str, Sequence[Theme]]) -> Sequence[Theme]:
    """The places as any kind but praise of staff has them: their reasons are of the place, not of the kind."""
    return next((rows for rows in by_kind.values() if rows and rows[0].topic != STAFF), ())


def places_table(by_kind: Mapping[str, Sequence[Theme]]) -> Table:
    """A row a place that may be told, a column a kind of strength: how many of the comments there, and the range."""
    places = sorted({row.title for rows in by_kind.values() for row in rows if row.share.value is not None})
    of = {kind: {row.title: row for row in rows} for kind, rows in by_kind.items()}
    return Table(
        headings=("Estate", *by_kind),
        rows=tuple((place, *(_cell(of[kind].get(place)) for kind in by_kind)) for place in places),
        file_headings=("estate", "strength", "telling of it", *SHARES, "comments", "note"),
        file_rows=tuple(
            (row.title, kind, *_share_cells(row)[1:], row.share.withheld)
            for kind, rows in by_kind.items()
            for row in rows
        ),
    )


def _cell(row: Theme | None) -> str:
    if row is None or row.share.value is None:
        return words.NOTHING
    return _share(row)


# ── What is there already ────────────────────────────────────────────────────────────────────────


def _offers(material: Material, group: str) -> tuple[Block, ...]:
    """Offers counted, never listed; only for the landlord's own people."""
    asked = material.question(group, compared_with=None)
    if not may_list(asked):
        return ()
    found = OfferBook(material.folder).counted(material.generation, asked, material.readings)
    if not found.found:
        return (Paragraph(f"Offers: {said.NO_OFFERS[:1].lower()}{said.NO_OFFERS[1:]}"),)
    return (Paragraph(f"Offers: {' '.join(said.offers_counted(found))}"), Note(said.WHY_OFFERS))


def _register(material: Material) -> tuple[Block, ...]:
    """The asset register as counts: kinds by place, and no name of anything."""
    begun = Heading("What is there already", 2)
    if not all(may_list(material.question(group)) for group in material.groups):
        return (begun, Paragraph(INSIDE_ONLY))
    assets = _within(Assets(material.folder).standing(), material)
    if not assets:
        return (begun, Paragraph("Nothing is in the register of what each place has."))
    day, table = words.british_date(material.today), register_table(assets)
    return (
        begun,
        TableBlock(
            "strengths-register", REGISTER_TITLE, table, (REGISTER_ABOUT.format(day=day),),
            how=made.of_register(), printed=len(table.rows) <= READABLE,
        ),
    )  # fmt: skip


def _within(assets: Sequence[Asset], material: Material) -> list[Asset]:
    """The assets of the places the pack is of."""
    places = dict(material.asked.filters).get(PLACE)
    return [asset for asset in assets if places is None or asset.words.estate in places]


def register_table(assets: Sequence[Asset]) -> Table:
    """How many of each kind every place has; no name of any."""
    kinds = asset_kinds()
    headings = ("Estate", *(kind.title for kind in kinds.values()), "All")
    counted = {
        estate or said.WHOLE_LANDLORD: Counter(asset.words.kind for asset in held)
        for estate, held in by_estate(assets).items()
    }
    rows = tuple((estate, *(number[kind] for kind in kinds), number.total()) for estate, number in counted.items())
    shown = tuple((str(estate), *(words.count(n) for n in numbers)) for estate, *numbers in rows)
    return Table(headings, shown, tuple(heading.lower() for heading in headings), rows)
