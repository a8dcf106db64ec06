"""Treated with respect, asked: the questions about being judged, each on its own, beside what others have published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from analysis.model import Dimension, Question
from analysis.model.stigma import SEVERAL, Agreement, Answered, Asked, ItemFound
from analysis.stigma import PREVALENCE
from dashboard import session, words
from dashboard.charts.intervals import group_dots
from dashboard.charts.stigma import answer_dots, item_dots
from dashboard.how.respect import of_items, of_paradox
from dashboard.pages.places import choose_dimension, too_quiet
from dashboard.widgets.figures import figure
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import shown_for
from dashboard.widgets.how import how_made
from dashboard.words import plain
from dashboard.words import stigma as said
from data.generation import NotHeld
from data.stigma import stigma_module


def show(asked: Question) -> Asked | None:
    """Draw what was answered, and give it; None where the survey did not ask, or where it waits for tenants."""
    stands = session.agreed_with_tenants()
    agreed_note(stands)
    found = asked_of(asked)
    if found is None:
        return None
    if found.withheld:
        st.write(plain(said.nothing_asked(found)))
        if found.withheld.startswith("not asked"):
            st.write(said.NOT_ASKED_YET)
            _published(found, [item.aspect for item in stigma_module().items])
        return None
    _paradox(found)
    _prevalence(found)
    _several(found)
    _others(found)
    _how(found)
    return found


def agreed_note(stands: Agreement) -> None:
    """The label that stands on every screen, when tenants see results first, and where somebody may turn."""
    module = stigma_module()
    st.info(plain(f"{words.sentence_case(said.label(stands))}. {said.sees_first(stands)}"))
    st.caption(plain(f"{module.skippable} {said.NO_SCORE}"))
    with st.expander("What is said to tenants beside the questions", key="judged-support"):
        st.write(plain(module.support))
        st.caption(plain(module.before_printing))
        for item in module.items:
            st.write(plain(f"{said.question_of(item, session.landlord())} {_who(item.tenures)}"))


def _who(tenures: tuple[str, ...]) -> str:
    return f"Asked of: {' and '.join(words.group_of(group) for group in tenures)}."


def asked_of(asked: Question) -> Asked | None:
    """What was answered; None, said why, where it is not told by a filter that is on."""
    try:
        return session.judged_asked(asked)
    except NotHeld as fault:
        st.write(plain(fault))
        return None


def caption(stands: Agreement) -> str:
    """Whose answers a figure shows, and the label, which so goes into every export too."""
    return f"{shown_for()} · {said.label(stands)}"


def not_yet(stands: Agreement) -> str:
    """Why a figure may not be saved as a file now; "" where it may."""
    return said.sees_first(stands) if stands.held_back else ""


# ── Each question on its own ─────────────────────────────────────────────────────────────────────


PARADOX = "Treated fairly, and still judged"


def _paradox(found: Asked) -> None:
    if found.paradox is None:
        return
    st.header(PARADOX)
    for line in said.paradox_lines(found.paradox):
        st.write(plain(line))
    st.caption(plain(f"{said.NOT_A_CONTRADICTION} {words.sentence_case(said.label(found.agreement))}."))
    how_made(PARADOX, of_paradox(found), "judged-paradox")


def _prevalence(found: Asked) -> None:
    item = _of(found, PREVALENCE)
    if item is None or not item.answers:
        return
    st.header(plain(said.told_of(item.answers[0], item.item).rstrip(".")))
    if moved := said.moved(item.answers[0], found.earlier):
        st.write(plain(moved))
    st.write(plain(said.base_of(item)))
    st.caption(plain(said.question_of(item.item, session.landlord())))
    how_made(f"{item.item.code} {item.item.title}", of_items(found, (item,)), "judged-first")
    _published(found, [item.item.aspect])


def _several(found: Asked) -> None:
    """Questions with several answers: from whom, what happened, what it has affected."""
    titles = {item.item.title: item for item in found.items if item.item.kind == SEVERAL and item.answers}
    if not titles:
        return
    st.header("From whom, what happened, what it has affected")
    item = titles[
        st.radio("Show", list(titles), key="judged-several", bind=ADDRESS, horizontal=True) or next(iter(titles))
    ]
    st.write(plain(said.base_of(item)))
    title, stands = f"{item.item.code} {item.item.title}", found.agreement
    chart = answer_dots(item, title, caption(stands), words.survey_sentence(found.wave))
    figure(
        chart,
        "judged-several",
        said.question_of(item.item, session.landlord()),
        not_yet(stands),
        how=of_items(found, (item,)),
    )
    _published(found, [item.item.aspect])


def _others(found: Asked) -> None:
    """Questions with one answer, beside the first."""
    others = [
        item for item in found.items if item.item.kind != SEVERAL and item.item.code != PREVALENCE and item.answers
    ]
    if not others:
        return
    st.header("Each other question")
    for item in others:
        answer = item.answers[0]
        st.write(plain(f"{said.told_of(answer, item.item)} {said.moved_briefly(answer, found.earlier)}".strip()))
    stands = found.agreement
    chart = item_dots(others, "Each question on its own", caption(stands), words.survey_sentence(found.wave))
    figure(chart, "judged-others", not_yet=not_yet(stands), how=of_items(found, others))
    with st.expander("How each was asked, and who did not answer", key="judged-how"):
        for item in others:
            st.write(plain(f"{said.question_of(item.item, session.landlord())} {said.base_of(item)}"))
    _published(found, [item.item.aspect for item in others])


def _of(found: Asked, code: str) -> ItemFound | None:
    return next((item for item in found.items if item.item.code == code), None)


def _published(found: Asked, aspects: Iterable[str]) -> None:
    """What others have published of the same: context, behind a heading of its own, never a target."""
    wanted = dict.fromkeys(aspects)
    lines = [each for each in found.published if each.aspect in wanted]
    if not lines:
        return
    with st.expander(said.ELSEWHERE, key=f"judged-published-{next(iter(wanted))}"):
        for each in lines:
            st.write(plain(said.published_line(each)))


# ── By estate, tenure, age band or length of tenancy ─────────────────────────────────────────────


def among_whom(found: Asked | None, fairness: str, fair: Callable[[Dimension], None]) -> None:
    """One answer by a way of dividing tenants, by name; estates on the stricter base, and never ranked.

    ``fairness`` names the regulator's measure, which ``fair`` draws.
    """
    st.header("Among whom")
    named = (
        {f"{answer.code} {answer.title}": answer.code for item in found.items for answer in item.answers}
        if found
        else {}
    )
    chosen = fairness
    if named:
        chosen = st.selectbox("Question or answer", [fairness, *named], key="judged-answer", bind=ADDRESS)
    dimension = choose_dimension([way.key for way in session.judged_ways()])
    if dimension is None:
        return
    if found is None or chosen == fairness:
        fair(dimension)
    else:
        _divided(found, named[chosen], dimension)


def _divided(found: Asked, code: str, dimension: Dimension) -> None:
    divided = asked_of(replace(found.question, breakdown=dimension.key, measures=(code,)))
    if divided is None:
        return
    answer = _answer(divided, code)
    if divided.withheld or answer is None:
        st.write(plain(said.nothing_asked(divided)))
        return
    too_quiet(answer.groups, dimension)
    title = f"{code} {answer.title} by {dimension.label.lower()}"
    stands, source = found.agreement, words.survey_sentence(found.wave)
    figure(
        group_dots(answer.groups, answer.share, title, caption(stands), source, dimension.label),
        "judged-groups",
        PLACES_BY_NAME if dimension.key == "estate" else "",
        not_yet(stands),
        how=of_items(divided, [item for item in divided.items if answer in item.answers]),
    )


PLACES_BY_NAME = (
    "Estates stand in the order of their names. Each rests on enough answers that nobody can be told apart, and none "
    "is shown that fewer than three staff serve, as far as the file of teams says."
)


def _answer(found: Asked, code: str) -> Answered | None:
    return next((answer for item in found.items for answer in item.answers if answer.code == code), None)


def _how(found: Asked) -> None:
    with st.expander("How these figures were made", key="judged-made"):
        for note in found.notes:
            st.write(plain(note))
