"""How we compare: our measures beside the sector's, and any landlord of an imported year with how sure its place is."""

from __future__ import annotations

import streamlit as st

from analysis.model import Compared, Findings
from dashboard import sector, session
from dashboard.charts.standing import beside_peers, funnel_dots, managed_table, moves_table, ours_beside
from dashboard.how import sector as ways
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.frame import shown_for
from dashboard.words import plain
from dashboard.words import standing as said
from dashboard.words.surveys import sample_sentences
from data.sector import shipped_figures, shipped_years

CUTS = ("all", "region and type", "region", "type", "size", "main method", "supported housing")
EVERY = "nothing: every landlord"
NO_YEAR = (
    "To see where any landlord in England stands, how sure that is, what moved and what its way of asking did, bring "
    "in the regulator's workbook under Data and packs, The sector."
)

GAPS = (
    "Those who answer one way are not those who answer another: such a gap holds who answers as well as how they are "
    "asked."
)
MANAGED = (
    "Counts of everything, so a place has no margin. Where neither many nor few is good news, and for safety checks, "
    "which most landlords have all done, there is no place."
)


def how_we_compare(found: Findings) -> None:
    """Draw the tab."""
    _ours(found)
    any_landlord(found.question.tenure_group)


def _ours(found: Findings) -> None:
    """Our own figures beside the quartiles that come with the program."""
    st.header("Our measures beside other landlords")
    group = found.question.tenure_group
    year = st.selectbox("Year of the sector's figures", shipped_years(), key="sector-year")
    cut = st.selectbox(
        "Among landlords alike in", CUTS, format_func=lambda cut: EVERY if cut == CUTS[0] else cut, key="sector-cut"
    )
    members = sorted({f.group for f in shipped_figures() if (f.year, f.tenure_group, f.cut) == (year, group, cut)})
    if not members:
        st.write("Too few landlords are alike in this to give quartiles.")
        return
    member = members[0] if len(members) == 1 else st.selectbox("Which", members, key="sector-member")
    rows = sector.beside_sector(found, year, cut, member)
    if not rows:
        st.write("The sector has no figures for these measures.")
        return
    of = "all landlords" if cut == "all" else f"landlords alike in {cut}: {member}"
    figure(
        ours_beside(
            rows,
            sector.claims(rows),
            f"Our measures beside {of}, {year}",
            f"{shown_for()} · beside {of}, {year}, as published",
            said.SOURCE,
        ),
        key="beside-sector",
        how=ways.of_ours_beside(found, year),
    )
    st.caption(plain(said.SOURCE))


def any_landlord(group: str) -> None:
    """Any landlord of an imported year: nothing of our own is needed."""
    st.header("Where a landlord stands")
    years = session.sector_years()
    if not years.years():
        st.write(NO_YEAR)
        return
    year = st.selectbox("Imported year", years.years(), key="standing-year")
    names = session.sector_names(year, group)
    if not names:
        st.write(plain(f"{year} has no {group} results."))
        return
    code = st.selectbox("Landlord", list(names), format_func=names.__getitem__, key="standing-landlord")
    way = st.selectbox("Among landlords", list(sector.WAYS), key="standing-among")
    chosen = st.multiselect(
        "Or among these landlords only", [c for c in names if c != code], format_func=names.__getitem__,
        key="standing-named",
    )  # fmt: skip
    told(session.compared(year, code, group, way, tuple(chosen)), names)


def told(found: Compared, names: dict[str, str]) -> None:
    """Everything about one landlord."""
    titles = session.measure_titles()
    caption = f"{found.name} · {found.tenure_group} · {found.year} · {len(found.peers.landlords)} landlords"
    source = f"{found.source}. {said.SOURCE}"
    st.write(plain(said.sure(found.standings)))
    chart = beside_peers(found, titles, f"{found.name} beside its peers, {found.year}", caption, source)
    figure(chart, key="standing", how=ways.of_landlord(found))
    st.caption(plain(said.peers_named(found, sorted(names[c] for c in found.peers.landlords if c in names))))
    st.caption(ways.RANKED)
    _sample(found)
    _funnel(found, names, source)
    _moves(found, titles, caption)
    _methods(found)
    _managed(found, caption)


def _sample(found: Compared) -> None:
    if found.sample is None:
        st.write("How many of its tenants answered is not published.")
        return
    st.write(plain(" ".join(sample_sentences(found.sample))))


def _funnel(found: Compared, names: dict[str, str], source: str) -> None:
    every = f"{found.tenure_group} · {found.year} · every landlord"
    chart = funnel_dots(found, names, f"Overall satisfaction of every landlord, {found.year}", every, source)
    if chart is None or found.funnel is None:
        return
    st.header("Every landlord by number of answers")
    st.write(plain(said.outside(found.funnel)))
    st.caption(ways.FUNNEL)
    figure(chart, key="funnel", how=ways.of_landlord(found, ways.FUNNEL))


def _moves(found: Compared, titles: dict[str, str], caption: str) -> None:
    st.header("What moved")
    if not found.moves:
        st.write("The year before is not imported, or this landlord has no results in it.")
        return
    if warning := said.shifted(found):
        st.warning(plain(warning))
    st.write(plain(said.moved(found.moves)))
    figures = moves_table(found.moves, titles, found.earlier)
    with st.expander("Every measure"):
        how = ways.of_landlord(found, ways.MOVED)
        figures_table(figures, f"What moved since {found.earlier}", "sector-moves", how=how)
        download(figures, f"{caption}, moves since {found.earlier}", "sector-moves")


def _methods(found: Compared) -> None:
    st.header("What the way of asking did")
    st.write(plain(said.alike(found)))
    for each in found.methods:
        st.write(plain(said.by_method(each)))
    if not found.methods:
        st.write("No result by a single way of asking is published for this landlord.")
    for gap in found.gaps:
        st.write(plain(said.gap(gap)))
    if found.gaps:
        st.caption(GAPS)
    with st.expander("For an analyst: asked as the sector asks"):
        st.warning(said.NOT_FOR_PUBLICATION)
        if found.adjusted is None:
            st.write(plain(f"Not reckoned: {found.untold}."))
            return
        st.write(plain(said.with_sectors_mix(found.adjusted)))
        for assumption in found.adjusted.assumptions:
            st.write(plain(assumption))


def _managed(found: Compared, caption: str) -> None:
    """The management measures: counts of everything, so without a margin."""
    st.header("Management measures")
    if not found.management:
        st.write(plain(f"The workbook of {found.year} holds none of this landlord's."))
        return
    st.write(MANAGED)
    figures = managed_table(found.management, session.management_titles(found.year))
    about = f"Management measures of {found.name}, {found.year}"
    figures_table(figures, about, "sector-management", how=ways.of_landlord(found, ways.MANAGED))
    download(figures, f"{caption}, management measures", "sector-management")
    st.caption(plain(said.SOURCE))
