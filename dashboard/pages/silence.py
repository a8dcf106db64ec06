"""Who we have not heard from: groups without an answer first, every channel, how wrong we could be, whom to call."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.model import Listed, Question, Reach, Unheard, Verdict
from dashboard import session, words
from dashboard.charts.chart import Table
from dashboard.charts.reach import outcomes_table, reach_dots
from dashboard.how import Behind, How
from dashboard.how.unheard import of_outcomes, of_people, of_reach
from dashboard.pages import calls, campaign, heard, how_wrong
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded
from dashboard.widgets.lineage import where_from
from dashboard.words import plain
from dashboard.words.method import OF_SILENCE
from dashboard.words.silence import (
    AGGREGATE,
    COUNTED,
    NO_OTHER_WAY,
    NONE_HELD,
    OF_TENANCIES,
    WAYS,
    divided_by,
    headline,
    list_of,
    of_people_words,
    quiet_group,
    too_small,
    unlisted,
)
from data.generation import Generation

NEEDED = (
    "This page needs a list of homes: the landlord's own reference or UPRN of each home, with estate, tenure and "
    "property type, as your housing system exports it. Bring it in under *Data and packs* as *Homes*; nothing else has "
    "to be loaded again."
)
STILL = (
    "Without it nobody can say how many homes stand behind each answer, nor which are silent. What can still be said "
    "is what became of those who were invited."
)
BRING = "Bring the file in under *Data and packs* as *{}*."
PARTS = (
    "Groups",
    "Every channel",
    "How wrong could the figure be",
    "Where the next calls should go",
    "Campaign",
)
NAMED, FEWER = 12, 5  # groups named one by one, and of those that answered; the table has the others


def show() -> None:
    """Draw the page."""
    st.title("Who we have not heard from")
    asked, held = session.question(), session.generation()
    if asked is None or held is None:
        nothing_loaded()
        return
    if not held.held_rows()["homes"]:
        st.write(NEEDED)
        st.write(STILL)
        _asked(asked, session.outcomes(asked), shown_for(asked, held))
        return
    by = _ways()
    groups, every, wrong, next_calls, contact = st.tabs(PARTS, key="silence-part", bind=ADDRESS, on_change="rerun")
    about = shown_for(asked, held)
    if groups.open:
        with groups:
            _groups(asked, by, about)
    if every.open:
        with every:
            heard.show(asked, by, about)
    if wrong.open:
        with wrong:
            how_wrong.show(asked, by, about)
    if next_calls.open:
        with next_calls:
            calls.show(asked, about)
    if contact.open:
        with contact:
            campaign.show(asked, held)
    _how_this_was_made(session.unheard(asked, by, heard.MONTHS).listed, asked)
    where_from(*_behind(asked))


def _ways() -> tuple[str, ...]:
    """One way of dividing homes, or a crossing of two."""
    first, second = st.columns(2)
    way = first.selectbox("Homes divided by", list(WAYS), format_func=WAYS.__getitem__, key="homes-by", bind=ADDRESS)
    others = {NO_OTHER_WAY: NO_OTHER_WAY, **{dim: label for dim, label in WAYS.items() if dim != way}}
    other = second.selectbox("and by", list(others), format_func=others.__getitem__, key="homes-and-by", bind=ADDRESS)
    return (way, other) if other in WAYS else (way,)


def _groups(asked: Question, by: tuple[str, ...], about: str) -> None:
    """Groups with no answers, those nobody was invited from, and those surely quiet: before any figure."""
    found = session.unheard(asked, by, heard.MONTHS)
    if not found.listed.homes:
        st.write("The list of homes has no home of these tenures and estates.")
        return
    if not found.counted_by:
        st.header(plain(f"Answers do not say the {_unsaid(by)}"))
        st.write(f"Bring in the issued sample with its outcomes to see who answered, {divided_by(by)}.")
    else:
        st.header(plain(headline(found.reach, by)))
        for said in _warnings(found.listed, asked):
            st.write(plain(said))
        _quietest(found)
        title = f"Answers per home, the quietest first, {divided_by(by)}"
        chart = reach_dots(found.reach, title, about, _of_the_survey(found), _of(by))
        figure(chart, key="reach", how=of_reach(found, asked))
    _by_what_people_are(asked, about)
    _asked(asked, dict(found.outcomes), about)


def _by_what_people_are(asked: Question, about: str) -> None:
    """Answers beside tenancies by special category: in aggregate, of everyone, for the landlord's own people only."""
    found = session.reach_of_people(asked)
    fold = st.expander("By ethnicity, disability and the like, in aggregate only", key="people-fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.write(AGGREGATE)
        if not found:
            st.write(NONE_HELD)
            return
        titles = {each.title: each for each in found}
        chosen = titles[st.selectbox("Tenants by", list(titles), key="people-by", bind=ADDRESS)]
        st.write(plain(of_people_words(chosen)))
        if chosen.groups:
            title = f"Answers per tenancy, the quietest first, by {chosen.title.lower()}"
            chart = reach_dots(chosen.groups, title, about, OF_TENANCIES, chosen.title)
            figure(chart, key="reach-of-people", how=of_people(asked))


def _unsaid(by: tuple[str, ...]) -> str:
    return " and the ".join(WAYS[dim].lower() for dim in by)


def _of(by: tuple[str, ...]) -> str:
    return " · ".join(WAYS[dim] for dim in by)


def _quietest(found: Unheard) -> None:
    """Those without an answer, then those quieter than chance allows, then those with too few to show."""
    there = [each for each in found.reach if each.homes]
    named: set[tuple[tuple[str, str], ...]] = set()
    for said, groups in (
        ("No answer", [each for each in there if each.state == "silent"]),
        ("Nobody was invited: not sampled is not silent", [each for each in there if each.state == "not sampled"]),
        ("Quieter than chance allows", [each for each in there if each.answered and each.verdict is Verdict.REAL]),
        ("Too few answers to show what they say", [each for each in there if each.state == "quiet"]),
    ):
        new = [each for each in groups if each.group not in named]
        named |= {each.group for each in new}
        _named_one_by_one(said, new, FEWER if new and new[0].answered else NAMED)
    if found.counted_by == "answers" and not found.outcomes:
        st.write("Whether they were asked cannot be told: no issued sample is loaded for this survey.")
    if unlisted(found.reach):
        st.write(plain(unlisted(found.reach)))


def _named_one_by_one(said: str, groups: list[Reach], most: int) -> None:
    """A heading and a line for each group that has homes enough to be named, at most so many."""
    if not groups:
        return
    st.markdown(f"**{said}**")
    big = [each for each in groups if not each.withheld]
    for each in big[:most]:
        st.write(plain(quiet_group(each)))
    if len(big) > most:
        st.write(plain(f"And {words.people(len(big) - most, 'more', 'more')}: the table below has them."))
    small = [each for each in groups if each.withheld]
    if small:
        st.write(plain(too_small(small)))


def _of_the_survey(found: Unheard) -> str:
    by = "the outcomes of the issued sample" if found.counted_by == "sample" else "the survey's own answers"
    return f"homes from the list of homes; answers by {by}; {COUNTED}"


def _warnings(listed: Listed, asked: Question) -> tuple[str, ...]:
    """What the list of homes cannot say, where it matters before any figure."""
    return list_of(listed, asked.wave)[1:]


def _asked(asked: Question, outcomes: dict[str, int], about: str) -> None:
    st.header("What became of those who were invited")
    if not outcomes:
        st.write(
            "No issued sample is loaded for this survey, so who was invited is not known. "
            + BRING.format("Issued sample")
        )
        return
    tabled(outcomes_table(outcomes), "Outcome of everybody invited", about, "outcomes", of_outcomes(asked))


def tabled(figures: Table, title: str, about: str, key: str, how: How) -> None:
    """A table that no chart stands before, and the same as a file."""
    figures_table(figures, title, key, how=how)
    st.caption(plain(about))
    download(figures, f"{title}. {about}", key)


def _how_this_was_made(listed: Listed, asked: Question) -> None:
    st.header("How this was made")
    with st.expander("What is counted, and what is not"):
        for sentence in list_of(listed, asked.wave):
            st.write(plain(sentence))
        if "tenure" in dict(asked.filters):
            st.write("The tenure filter is not used on this page; estates are.")
        for sentence in OF_SILENCE:
            st.write(plain(sentence))


def _behind(asked: Question) -> tuple[Behind, ...]:
    """The files behind the figures: homes, survey, sample, the records heard through and the people, where held."""
    held = session.held_rows()
    kinds = ("complaints", "contacts", "repairs", "hazards", "people")
    there: list[Behind] = [("homes", None), ("survey", asked.wave), ("sample", asked.wave)]
    return (*there, *((kind, None) for kind in kinds if held[kind]))


def shown_for(asked: Question, held: Generation) -> str:
    """Whose homes the figures are of: the survey, the tenure group and the estates; no other filter is used here."""
    estates = replace(asked, filters=tuple(pair for pair in asked.filters if pair[0] == "estate"))
    labels = {dimension.key: dimension.label for dimension in held.dimensions}
    return words.shown_for(estates, labels) + (" · invented data" if held.kind == "sample" else "")
