"""Fair outcomes: satisfaction and timeliness by what people are, the gaps beyond chance, and what is not held."""

from __future__ import annotations

import streamlit as st

from analysis.model import Audience, Question, Verdict
from analysis.model.fair import Fairness, FairRow
from dashboard import session, words
from dashboard.charts.fairness import fair_dots, fair_gaps, gaps_of, held_table
from dashboard.how.fair import of_holdings, of_outcomes
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import records_of, shown_for
from dashboard.words import fairness as said
from dashboard.words import plain

NAMED = 12  # gaps in sentences; the table has every one


def show(asked: Question) -> None:
    """Draw the tab."""
    found = session.fair_outcomes(asked)
    if found.withheld:
        st.write(plain(f"Not shown: {found.withheld}."))
        _not_held(found, asked)
        return
    _sure_of(found)
    _one(asked, found)
    _not_held(found, asked)
    _every(asked, found)


def _sure_of(found: Fairness) -> None:
    st.header("Gaps beyond chance")
    st.write(plain(said.summary(found)))
    real = [(row, gap) for row in found.rows for gap in row.gaps if gap.verdict is Verdict.REAL]
    for row, gap in sorted(real, key=lambda pair: -abs(pair[1].difference or 0))[:NAMED]:
        st.write(plain(said.gap_line(row, gap)))
    if len(real) > NAMED:
        st.write(plain(f"And {words.count(len(real) - NAMED)} more, in the table below."))
    st.caption(f"{said.NOT_WHY} {said.NO_GAP}")


def _one(asked: Question, found: Fairness) -> None:
    """One outcome by one characteristic: shares, gaps, and how many it is known of."""
    st.header("One outcome, by what people are")
    row = _choose(found)
    if row is None:
        st.write("Nothing is held by which outcomes could be looked at.")
        return
    of, outcome = row.characteristic, row.outcome
    if row.withheld:
        st.write(plain(f"Not shown: {row.withheld}."))
        return
    for line in (outcome.means, said.mostly_unknown(row)):
        if line:
            st.write(plain(line))
    if of.strict:
        st.caption(plain(said.STRICT.format(session.fewest(strict=True))))
    hidden = [(said.level(each), each.withheld or "") for each in row.groups if each.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(names)}."))
    caption = _caption(asked, found, row)
    by = of.title.lower()
    how = of_outcomes(asked, session.wave_of(asked), found, (outcome,))
    figure(fair_dots(row, f"{outcome.title} by {by}", caption, ""), "fair", how=how)
    st.subheader(plain(f"Each group against all others, by {by}"))
    beside = said.WITH_RANGES if outcome.many == "tenants" else f"{said.WITH_RANGES} {said.OF_RECORDS}"
    chart = fair_gaps(row, f"{outcome.title}: each group against all others", caption, "")
    figure(chart, "fair-gaps", beside, how=how)


def _choose(found: Fairness) -> FairRow | None:
    outcomes = {outcome.title: outcome for outcome in found.outcomes}
    if not outcomes:
        return None
    title = st.selectbox("Outcome", list(outcomes), key="fair-outcome", bind=ADDRESS)
    rows = {row.characteristic.title: row for row in found.of(outcomes[title].key)}
    return rows[st.selectbox("By", list(rows), key="fair-by", bind=ADDRESS)]


def _caption(asked: Question, found: Fairness, row: FairRow) -> str:
    if row.outcome.many == "tenants":
        return shown_for()
    ended = min(found.ended, session.today())
    return records_of(asked, words.period(found.begun, ended))


def _not_held(found: Fairness, asked: Question) -> None:
    """Which characteristics nobody holds, or holds of few, and what cannot be said without them."""
    st.header("What we do not hold")
    for line in said.not_held(found.holdings):
        st.write(plain(line))
    st.write(plain(said.held_line(found.holdings)))
    if session.settings().policy_document == "":
        st.caption(said.no_policy())
    with st.expander("How much is known of each"):
        figures, about = held_table(found), "How much is known of each characteristic"
        figures_table(figures, about, "held-of", how=of_holdings(asked, found))
        if asked.audience is Audience.INTERNAL:
            download(figures, about, "held-of")


def _every(asked: Question, found: Fairness) -> None:
    """Every gap that was judged, and what else is to be known of them."""
    with st.expander("Every gap that was looked at"):
        figures, about = gaps_of(found.rows), "Every outcome by every characteristic, each group against all others"
        how = of_outcomes(asked, session.wave_of(asked), found, found.outcomes)
        figures_table(figures, about, "fair-outcomes", how=how)
        download(figures, f"{about}. {shown_for()}", "fair-outcomes")
    for note in (*found.notes, *said.lost(found)):
        st.caption(plain(note))
