"""Weights: weigh a survey to the homes there are, see what it changes, then use the weights or leave it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from analysis.survey.weighting import CannotWeigh
from dashboard import session
from dashboard import weights as weighed
from dashboard.charts.weights import before_and_after, beside_unweighted
from dashboard.how.weights import of_weights
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import download, figures_table
from dashboard.words import british_moment, plain
from dashboard.words.weights import cost, effect, merged, weighed_by
from data import weighing
from data.generation import Generation, NotHeld, StoreError
from data.weighing import Characteristic, Prepared

COUNTED, TYPED = "the homes that are held", "numbers in a file"
TYPED_HELP = "A CSV with the columns variable, level, N: one row for each level, N homes."
WHY = (
    "Where those who answered differ from those who live there, the regulator asks for weights, and for every "
    "characteristic used to be named. Weights make the answers of each level count for as many homes as there are."
)


def weights_of(held: Generation) -> None:
    """Draw the tab."""
    st.header("Weigh a survey to the homes there are")
    st.write(WHY)
    if not held.waves:
        st.write("No survey is held yet.")
        return
    wave = st.selectbox("Survey to weigh", [each.name for each in reversed(held.waves)], key="weigh-wave")
    groups = held.tenure_groups(wave)
    if not groups:
        st.write("This survey has no answers that a measure counts.")
        return
    group = st.radio("Whose answers", groups, key="weigh-group", horizontal=True) or groups[0]
    _in_use(held, wave, group)
    found = weighing.characteristics(held, wave, group)
    prepared = _prepared(held, wave, group, found)
    if prepared is not None:
        _look(held, prepared, found)


def _in_use(held: Generation, wave: str, group: str) -> None:
    """What the wave is weighted by now, and the way back."""
    how = held.weights.weighing(wave, group)
    if how is None:
        st.write("Now: the weights of the file, or none.")
        return
    made = british_moment(held.weights.made(wave, group) or "")
    st.write(plain(f"Now: {weighed_by(weighing.regulators_names(how), how.source)} Made {made}."))
    if held.weights.stale(wave, group):
        st.warning("Answers count now that did not when these weights were made. Weigh the survey again.")
    if st.button("Use the weights of the file again", key="weigh-back"):
        try:
            weighed.go_back(session.settings(), wave, group)
        except StoreError as fault:
            st.error(plain(fault))
            return
        tell(f"{wave}, {group}: the weights of the file are used again.")
        st.rerun()


def _prepared(held: Generation, wave: str, group: str, found: Sequence[Characteristic]) -> Prepared | None:
    """The weights that the choices give; None, with the reason on the page, where they give none."""
    where = st.radio("Weigh to", (COUNTED, TYPED), key="weigh-to", horizontal=True)
    bounds = _bounds()
    try:
        if where == TYPED:
            return _by_file(held, wave, group, bounds)
        keys = _choose(found)
        return weighed.prepare(held, wave, group, keys, bounds=bounds) if keys else None
    except (CannotWeigh, NotHeld) as fault:
        st.error(plain(fault))
        return None


def _choose(found: Sequence[Characteristic]) -> list[str]:
    usable = {each.key: each for each in found if not each.why_not}
    labels = {key: f"{each.named}: {each.label.lower()}" for key, each in usable.items()}
    chosen = st.multiselect(
        "By which characteristics",
        list(usable),
        [key for key in weighed.USUAL if key in usable],
        format_func=labels.__getitem__,
        key="weigh-by",
        help="Named as the regulator names them.",
    )
    with st.expander("Why not the others"):
        for each in found:
            if each.why_not:
                st.write(plain(f"{each.label}: {each.why_not}."))
    if not usable:
        st.write("No characteristic can be used: load a list of homes, or give the numbers in a file.")
    return chosen


def _bounds() -> tuple[float, float] | None:
    if not st.checkbox("Hold every weight between two bounds", value=True, key="weigh-bounded"):
        return None
    low, high = weighed.USUAL_BOUNDS
    least, most = st.columns(2)
    return (
        float(least.number_input("Least, times the mean", 0.0, 0.9, low, 0.1, key="weigh-low")),
        float(most.number_input("Most, times the mean", 1.1, 20.0, high, 0.5, key="weigh-high")),
    )


def _by_file(held: Generation, wave: str, group: str, bounds: tuple[float, float] | None) -> Prepared | None:
    given = st.file_uploader(TYPED_HELP, type="csv", key="weigh-targets")
    if given is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(given.name).name
        path.write_bytes(given.getvalue())
        return weighed.prepare(held, wave, group, targets=path, bounds=bounds)


def _look(held: Generation, prepared: Prepared, found: Sequence[Characteristic]) -> None:
    """What the weights would change and cost, before anything is published."""
    how = prepared.weighing
    st.header("What these weights would do")
    st.write(plain(weighed_by(weighing.regulators_names(how), how.source)))
    for sentence in (*cost(how), *merged(how)):
        st.write(plain(sentence))
    for note in how.notes:
        (st.write if how.converged else st.warning)(plain(note))
    found_effects = weighed.effects(held, prepared, session.settings().smallest_base)
    for each in found_effects[:1]:
        st.write(plain(f"{each.measure.code} {each.measure.title}: {effect(each.prepared)}."))
    figures = beside_unweighted([(each.measure, each.prepared) for each in found_effects])
    title = f"{how.wave}, {how.tenure_group}: every measure, weighted beside unweighted"
    measures = tuple(each.measure for each in found_effects)
    figures_table(figures, title, "weights-measures", how=of_weights(how, measures))
    download(figures, title, "weights-measures")
    with st.expander("The homes, the answers and the weighted answers of each level"):
        levels = before_and_after(prepared, found)
        about = "Each level before and after weighting"
        figures_table(levels, about, "weights-levels", how=of_weights(how))
        download(levels, f"{how.wave}, {how.tenure_group}: each level before and after weighting", "weights-levels")
    if st.button("Use these weights", type="primary", key="weigh-use"):
        _use(prepared)


def _use(prepared: Prepared) -> None:
    try:
        weighed.use(session.settings(), prepared)
    except StoreError as fault:
        st.error(plain(fault))
        return
    how = prepared.weighing
    tell(f"{how.wave}, {how.tenure_group}: these weights are used from now on. Undo takes them back.")
    st.rerun()
