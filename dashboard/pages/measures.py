"""How are we doing: the twelve measures, what moved, and whether enough people were asked."""

from __future__ import annotations

import streamlit as st

from analysis.model import Comparison, Drivers, Estimate, Findings, Measure, Verdict
from dashboard import session, words
from dashboard.charts import intervals
from dashboard.charts.answers import measure_bars
from dashboard.charts.drivers import driver_dots
from dashboard.charts.ways import within_method_table
from dashboard.how import behind
from dashboard.how.measures import of_measures
from dashboard.how.survey import of_answers, of_changes, of_drivers, of_one_way
from dashboard.pages.compare import any_landlord, how_we_compare
from dashboard.pages.twentytwo import all_22
from dashboard.widgets.disclosed import disclosed_note
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, shown_for
from dashboard.widgets.how import how_made
from dashboard.widgets.lineage import where_from
from dashboard.widgets.making import how_this_was_made, provisional_mark, provisional_words
from dashboard.widgets.weighting import what_weighting_changes
from dashboard.words.drivers import left_out, may_come_first, unproven
from dashboard.words.standing import more_needed, own_margins

OVERALL = "TP01"
RENTERS = "LCRA"
PARTS = ("The twelve", "All 22", "How we compare")


def show() -> None:
    """Draw the page."""
    st.title("How are we doing")
    asked = session.question()
    if asked is None:
        nothing_loaded()
        any_landlord(RENTERS)
        return
    found = session.findings(asked)
    provisional_mark(found)
    twelve, every, compare = st.tabs(PARTS, key="measures-part", bind=ADDRESS, on_change="rerun")
    if twelve.open:
        with twelve:
            _the_twelve_alone(found)
    if every.open:
        with every:
            all_22(found)
    if compare.open:
        with compare:
            how_we_compare(found)


def _the_twelve_alone(found: Findings) -> None:
    """The twelve measures of the survey: how they stand, what moved, what goes with what, how all was made."""
    _headline(found)
    _the_twelve(found)
    _what_moved(found)
    _how_the_answers_fell(found)
    _what_goes_with(found)
    _large_enough(found)
    what_weighting_changes(found)
    how_this_was_made(found)
    where_from(*behind(found.question))


def _headline(found: Findings) -> None:
    """One sentence for overall satisfaction, what moved, and what it rests on."""
    measure = next((measure for measure in found.measures if measure.code == OVERALL), None)
    if measure is None:
        return
    estimate, moved = found.headline[OVERALL], found.changes.get(OVERALL)
    st.header(words.plain(words.headline(estimate, moved, words.yes_word(measure))))
    st.write(words.plain(words.since(moved, found.earlier)))
    for each in found.within_method.get(OVERALL, ()):
        st.write(words.plain(words.within_method(each)))
    st.write(words.plain(words.rests_on(estimate)))
    st.caption(words.plain(_caption(found)))
    how_made(f"{measure.code} {measure.title}", of_measures(found, (OVERALL,)), "overall")


def _the_twelve(found: Findings) -> None:
    """Every measure this tenure group is asked, those that cannot be shown with their reason."""
    rows = [(measure, found.headline[measure.code]) for measure in _asked(found)]
    st.header(f"The {words.number_word(len(rows))} measures")
    disclosed_note(found)
    figure(
        intervals.measure_dots(
            rows, "Share satisfied on each measure, and how far each could be off", _caption(found), _source(found)
        ),
        key="measures",
        how=of_measures(found),
    )
    _not_shown(rows)
    _not_asked(found)


def _what_moved(found: Findings) -> None:
    """The change of each measure with the plain verdict and its reason."""
    if found.earlier is None:
        return
    st.header(words.plain(f"What moved since {found.earlier.name}"))
    rows = [(measure, found.changes[measure.code]) for measure in found.measures if measure.code in found.changes]
    st.write(words.plain(words.verdict_count([moved for _, moved in rows])))
    for measure, moved in rows:
        if moved.verdict not in (Verdict.CHANCE, Verdict.DIFFERENTLY):
            st.write(words.plain(f"{measure.code} {measure.title}: {words.since(moved, found.earlier)}"))
    chart = intervals.changes(
        rows,
        found.earlier.name,
        f"Change of each measure since {found.earlier.name}, in percentage points",
        f"{_caption(found)} · compared with {found.earlier.name}",
        _source(found),
    )
    figure(chart, key="changes", how=of_changes(found))
    _within_one_way(found, found.earlier.name)


def _within_one_way(found: Findings, earlier: str) -> None:
    """Where people were asked differently: why that is said, once, and the change within each way of asking."""
    differently = {m.code: m for m in found.measures if _asked_differently(found.changes.get(m.code))}
    for why, names in words.counted_reasons((code, found.changes[code].why) for code in differently).items():
        st.write(words.plain(f"Asked differently ({', '.join(names)}). {why}"))
    rows = [(measure, moved) for code, measure in differently.items() for moved in found.within_method.get(code, ())]
    if rows:
        title = f"Change since {earlier} among those asked in the same way both times"
        st.subheader(words.plain(title))
        figures = within_method_table(rows, earlier)
        figures_table(figures, title, "within-method", how=of_one_way(found, tuple(differently)))
        about = f"{_caption(found)} · compared with {earlier}"
        st.caption(words.plain(about))
        download(figures, f"{title}. {about}. {_source(found)}", "within-method")


def _asked_differently(moved: Comparison | None) -> bool:
    return moved is not None and moved.verdict is Verdict.DIFFERENTLY


def _how_the_answers_fell(found: Findings) -> None:
    """All five answers of each measure with their ranges, and the net score."""
    rows = [(measure, found.distributions[measure.code][0]) for measure in _asked(found)]
    if not rows:
        return
    st.header("How the answers fell")
    st.write(NET)
    title = "The five answers to each measure"
    figure(measure_bars(rows, title, _caption(found), _source(found)), key="answers", how=of_answers(found))


NET = (
    "Net: the share of the two best answers less that of the two worst, in points. Two surveys can have the same share "
    "satisfied and yet differ in how many are dissatisfied; the net score shows it."
)


def _what_goes_with(found: Findings) -> None:
    """Which measures go with overall satisfaction, how sure that is, and what could not be set beside them."""
    if OVERALL not in found.headline or found.headline[OVERALL].withheld:
        return
    st.header("What goes with overall satisfaction")
    drivers = session.drivers(found.question)
    titles = {measure.code: measure.title for measure in found.measures}
    for sentence in (words.goes_with(drivers, titles, "overall satisfaction"), may_come_first(drivers, titles)):
        if sentence:
            st.write(words.plain(sentence))
    if not drivers.withheld:
        st.write(words.plain(words.drivers_rest_on(drivers, found.question.tenure_group)))
        st.write(NO_CAUSE)
        title = "Each measure's part in what goes with overall satisfaction"
        chart = driver_dots(drivers, titles, title, _caption(found), _source(found))
        figure(chart, key="drivers", how=of_drivers(found, drivers))
    _how_drivers_were_made(drivers, titles)


NO_CAUSE = (
    "Going together is not causing: people who are content may answer every question kindly, and something else may "
    "lie behind both. It says where to look, not what would happen if it changed. Hollow dots are not proven."
)


def _how_drivers_were_made(drivers: Drivers, titles: dict[str, str]) -> None:
    sentences = (*left_out(drivers, titles), *unproven(drivers, titles), *drivers.notes)
    if sentences:
        with st.expander("What is left out, what is not proven, and the sums"):
            for sentence in sentences:
                st.write(words.plain(sentence))


def _large_enough(found: Findings) -> None:
    """The regulator's margin of error and required minimum sample, met or not."""
    st.header("Did enough people answer for the regulator?")
    for sentence in words.sample_sentences(found.sample):
        st.write(words.plain(sentence))
    for sentence in own_margins(found):
        st.write(words.plain(sentence))
    needed = session.more_needed(found.question)
    for sentence in more_needed(needed) if needed else ():
        st.write(words.plain(sentence))


def _not_shown(rows: list[tuple[Measure, Estimate]]) -> None:
    hidden = [(f"{m.code} {m.title}", estimate.withheld) for m, estimate in rows if estimate.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(words.plain(f"Not shown ({reason}): {', '.join(names)}."))


def _not_asked(found: Findings) -> None:
    group = found.question.tenure_group
    names = [f"{m.code} {m.title}" for m in found.measures if group not in m.tenures]
    if names:
        st.write(words.plain(f"Not asked of {words.group_of(group)}: {', '.join(names)}."))


def _asked(found: Findings) -> list[Measure]:
    return [m for m in found.measures if m.code in found.headline and found.question.tenure_group in m.tenures]


def _caption(found: Findings) -> str:
    return f"{shown_for()}{provisional_words(found)}"


def _source(found: Findings) -> str:
    return words.survey_sentence(found.wave)
