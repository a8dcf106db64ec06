"""Strengths: five kinds told apart, place by place and over time; then what to do with them: offers and assets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.model import Comment, Dimension, Question, Theme, Voices
from analysis.respect import of_staff
from analysis.spoken import STAFF
from dashboard import session, words
from dashboard import strengths as strong
from dashboard.charts.spoken import strength_dots, through_dots
from dashboard.charts.strengths import assets_table, strength_places
from dashboard.how.strengths import of_places, of_strengths
from dashboard.pages.places import choose_dimension
from dashboard.widgets.comments import INSIDE_ONLY, comment_card, comment_list
from dashboard.widgets.correcting import your_name
from dashboard.widgets.doing import do, tell
from dashboard.widgets.figures import download, figure, figure_to_pick
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import shown_for
from dashboard.widgets.problems import problem_list
from dashboard.words import plain
from dashboard.words import spoken as spoken_words
from dashboard.words import strengths as said
from data.assets import WHY_WITHDRAWN, Asset, Words, asset_kinds
from data.generation import StoreError
from data.offers import AGREED, DECLINED, HOW, Recorded
from data.voices import Chosen

A_FEW = 5  # comments of a short list
FOLLOWED = 20  # offers on the page at once


def strengths_told(asked: Question, heard: Voices) -> None:
    """Draw the tab of strengths."""
    themes = session.strengths(asked)
    st.header("Five kinds of strength")
    for theme in themes:
        st.write(plain(said.strength_line(theme)))
    title = "Strengths told of, as a share of comments"
    how = of_strengths(asked, session.wave_of(asked), words.listed([theme.title for theme in themes]))
    beside = f"{spoken_words.STRENGTHS} {said.NOT_ADDED}"
    figure(strength_dots(themes, title, shown_for()), "each-strength", beside, how=how)
    if not themes:
        return
    titles = {theme.title: theme for theme in themes}
    most = max(range(len(themes)), key=lambda at: themes[at].positive)
    chosen = titles[st.selectbox("Strength", list(titles), most, key="strength", bind=ADDRESS)]
    if chosen.share.withheld:
        st.write(plain(f"Not shown: {chosen.share.withheld}."))
        return
    _places(asked, chosen)
    _times(asked, chosen)
    st.header("Read the words")
    comment_list(asked, Chosen(strength=chosen.topic), chosen.topic == STAFF, "strength-words-", at_a_time=A_FEW)


def _places(asked: Question, chosen: Theme) -> None:
    st.header("Place by place")
    dimension = choose_dimension(strong.WAYS if chosen.topic == STAFF else _ways())
    if dimension is None:
        return
    rows = session.strength_by_place(replace(asked, breakdown=dimension.key), chosen.topic)
    hidden = [(theme.title, theme.share.withheld or "") for theme in rows if theme.share.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(sorted(names))}."))
    title = f"{chosen.title}: share of comments by {dimension.label.lower()}"
    beside = f"{said.BY_PLACE} {said.PRAISE}" if chosen.topic == STAFF else said.BY_PLACE
    chart = strength_places(rows, title, shown_for(), dimension.label)
    picked = figure_to_pick(
        chart,
        "strength-places",
        f"{beside} {spoken_words.CLICK}",
        how=of_places(asked, session.wave_of(asked), chosen.title),
    )
    if picked:
        _behind(asked, chosen, dimension, picked[1])


def _behind(asked: Question, chosen: Theme, dimension: Dimension, place: str) -> None:
    """The comments of one place that was clicked."""
    st.subheader(plain(spoken_words.clicked("", place, chosen.title)))
    others = tuple((key, values) for key, values in asked.filters if key != dimension.key)
    there = replace(asked, filters=(*others, (dimension.key, (place,))))
    about = Chosen(strength=chosen.topic)
    comment_list(there, about, chosen.topic == STAFF, "strength-place-", at_a_time=A_FEW)


def _times(asked: Question, chosen: Theme) -> None:
    st.header("Over time")
    found = session.strength_through(asked, chosen.topic)
    st.write(plain(said.steps(found)))
    title = f"{chosen.title}: share of comments, survey by survey"
    how = of_strengths(asked, session.wave_of(asked), chosen.title)
    figure(through_dots(found, title, shown_for()), "strength-times", said.BY_TIME, how=how)


def _ways() -> list[str]:
    held = session.generation()
    return [way.key for way in held.dimensions if not of_staff(way)] if held else []


# ── Offers ───────────────────────────────────────────────────────────────────────────────────────


def offers_and_assets(asked: Question) -> None:
    """Draw the tab of offers to follow up and of the asset register."""
    if not strong.may_list(asked):
        st.write(INSIDE_ONLY)
        return
    who = your_name("strengths-who")
    _offers(asked, who)
    _register(who)


def what_is_there(asked: Question) -> None:
    """The asset register alone, where there are no comments that could tell of an offer."""
    if strong.may_list(asked):
        _register(your_name("strengths-who"))


def _offers(asked: Question, who: str) -> None:
    st.header("Offers to follow up")
    found = session.offers(asked)
    if not found.found:
        st.write(said.NO_OFFERS)
        return
    for line in said.offers_counted(found):
        st.write(plain(line))
    st.caption(said.WHY_OFFERS)
    seen = session.offers_to_see(asked)
    if not seen.to_follow_up:
        st.write(said.NOBODY_YET)
    _agreed_to(asked, {each.comment_id: each.home for each in seen.to_follow_up}, who)
    _folded(asked, "Offers that may be asked about", seen.to_ask, partial(_consent, who=who), "ask-")
    _folded(asked, "Every offer: link it to what is there", seen.every, partial(_link, who=who), "link-")


def _agreed_to(asked: Question, homes: dict[str, str], who: str) -> None:
    """The offers with a home, each with what was recorded of it."""
    recorded, assets = _recorded(), _assets()
    for comment in session.comments(asked, Chosen(ids=tuple(homes)), FOLLOWED, 0) if homes else ():
        about = recorded.get(comment.comment_id, Recorded())
        comment_card(comment, said.recorded_words(about, assets, homes[comment.comment_id]))
        _back(about.consent_entry, "Take the consent back", who, f"back-{comment.comment_id}")


def _folded(asked: Question, title: str, ids: Sequence[str], beside: Callable[[Comment], None], key: str) -> None:
    """A list behind a fold, each comment with something to be done beside it."""
    if not ids:
        return
    fold = st.expander(plain(f"{title}: {words.count(len(ids))}"), key=f"{key}list", on_change="rerun")
    if not fold.open:
        return
    with fold:
        recorded, assets = _recorded(), _assets()
        found = session.comments(asked, Chosen(ids=tuple(ids)), FOLLOWED, 0)
        for comment in found:
            comment_card(comment, said.recorded_words(recorded.get(comment.comment_id, Recorded()), assets))
            beside(comment)
        if len(ids) > len(found):
            st.caption(plain(f"The newest {words.count(len(found))} of {words.count(len(ids))}."))


def _consent(comment: Comment, who: str) -> None:
    key = f"consent-{comment.comment_id}"
    how = st.selectbox("How it is known", HOW, key=f"{key}-how")
    held = session.generation()
    book = strong.offers_in_use(session.settings())
    left, right = st.columns(2)
    for column, answer, label in ((left, AGREED, "Agreed to be asked about it"), (right, DECLINED, "Would rather not")):
        if column.button(label, key=f"{key}-{answer == AGREED}") and held:
            do(partial(book.record_consent, held, comment.comment_id, answer, how, who), "It is recorded.")


def _link(comment: Comment, who: str) -> None:
    recorded, assets = _recorded().get(comment.comment_id, Recorded()), _assets()
    key = f"link-{comment.comment_id}"
    if recorded.asset:
        _back(recorded.link_entry, "Unlink it", who, f"{key}-back")
        return
    if not assets:
        st.caption(said.NO_ASSETS)
        return
    names = {f"{asset.words.name} ({asset.words.estate or said.WHOLE_LANDLORD})": asset for asset in _likely(assets)}
    chosen = st.selectbox("Belongs to", list(names), key=f"{key}-asset")
    book = strong.offers_in_use(session.settings())
    if st.button("Link it", key=key):
        do(partial(book.link, comment.comment_id, names[chosen].asset_id, who), "Linked.")


def _likely(assets: dict[str, Asset]) -> list[Asset]:
    """The kinds that offers most often belong to first."""
    kinds = asset_kinds()
    return sorted(assets.values(), key=lambda a: (kinds[a.words.kind].strength != "skills", a.words.name))


def _back(entry: int, label: str, who: str, key: str) -> None:
    book = strong.offers_in_use(session.settings())
    if entry and st.button(label, key=key):
        do(partial(book.take_back, entry, who), "Taken back.")


def _recorded() -> dict[str, Recorded]:
    return dict(strong.offers_in_use(session.settings()).recorded())


def _assets() -> dict[str, Asset]:
    return {asset.asset_id: asset for asset in strong.assets_in_use(session.settings()).standing()}


# ── The asset register ───────────────────────────────────────────────────────────────────────────


def _register(who: str) -> None:
    st.header("What is there already")
    st.write(said.REGISTER)
    register = strong.assets_in_use(session.settings())
    assets, linked = register.standing(), dict(strong.offers_in_use(session.settings()).linked())
    if not assets:
        st.write(said.NO_ASSETS)
    for estate, held in strong.by_estate(assets).items():
        st.subheader(plain(estate or said.WHOLE_LANDLORD))
        for asset in held:
            _asset(asset, linked.get(asset.asset_id, 0), who)
    if assets:
        figures = assets_table(assets, dict(asset_kinds()), linked)
        download(figures, "The asset register", "assets", "Download the register (CSV)")
    _add(who)
    _by_file(who)
    _withdrawn([asset for asset in register.every() if asset.withdrawn], who)


def _asset(asset: Asset, offers: int, who: str) -> None:
    key = f"asset-{asset.asset_id}"
    with st.container(border=True):
        st.markdown(f"**{plain(asset.words.name)}**")
        st.write(plain(said.asset_line(asset, asset_kinds(), offers)))
        fold = st.expander("Change it", key=f"{key}-fold", on_change="rerun")
        if not fold.open:
            return
        with fold:
            st.caption(plain(said.asset_said(asset)))
            with st.form(f"{key}-form"):
                given = _asked_words(key, asset.words)
                if st.form_submit_button("Keep this"):
                    change = partial(strong.change_asset, session.settings(), asset, given, who)
                    do(change, f"{given.name} is changed.")
            register = strong.assets_in_use(session.settings())
            why = st.selectbox("Why take it out", WHY_WITHDRAWN, key=f"{key}-why")
            if st.button("Take it out of the register", key=f"{key}-out"):
                do(partial(register.withdraw, asset.asset_id, who, why), f"{asset.words.name} is taken out.")
            if st.button("Undo the last change", key=f"{key}-undo"):
                do(partial(register.undo, asset.asset_id, who), "Undone.")


def _add(who: str) -> None:
    fold = st.expander("Add something", key="add-asset", on_change="rerun")
    if not fold.open:
        return
    with fold, st.form("new-asset", clear_on_submit=False):
        given = _asked_words("new-asset", Words(next(iter(asset_kinds())), "", ""))
        if st.form_submit_button("Add it"):
            do(partial(strong.keep_asset, session.settings(), given, who), f"{given.name} is in the register.")


def _asked_words(key: str, now: Words) -> Words:
    """What a person says of an asset, what is said now being offered."""
    kinds = asset_kinds()
    estates = ["", *strong.estates(session.settings())]
    kind = st.selectbox(
        "Kind", list(kinds), list(kinds).index(now.kind), format_func=lambda k: kinds[k].title, key=f"{key}-kind"
    )
    name = st.text_input("Name", now.name, key=f"{key}-name", max_chars=80)
    estate = st.selectbox(
        "Estate",
        estates,
        estates.index(now.estate) if now.estate in estates else 0,
        format_func=lambda e: e or said.WHOLE_LANDLORD,
        key=f"{key}-estate",
    )
    about = st.text_area("What it is, with nobody named", now.about, key=f"{key}-about", max_chars=400)
    return Words(kind, name, estate, about)


def _by_file(who: str) -> None:
    fold = st.expander("Bring in a list", key="assets-by-file", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.write(said.FILE)
        given = st.file_uploader("The list (CSV)", type="csv", key="assets-file")
        if given is None or not st.button("Bring it in", key="assets-take-in"):
            return
        try:
            number, problems = strong.take_in_given(session.settings(), given.getvalue(), given.name, who)
        except StoreError as fault:
            st.error(plain(fault))
            return
        if problems:
            problem_list(problems, "assets")
            return
    tell(f"{words.count(number)} are in the register.")
    st.rerun()


def _withdrawn(assets: Sequence[Asset], who: str) -> None:
    if not assets:
        return
    fold = st.expander(plain(f"Taken out: {words.count(len(assets))}"), key="assets-gone", on_change="rerun")
    if fold.open:
        with fold:
            register = strong.assets_in_use(session.settings())
            for asset in assets:
                st.write(plain(f"{asset.words.name}: {asset.withdrawn} ({said.asset_said(asset)})."))
                if st.button("Put it back", key=f"asset-{asset.asset_id}-back"):
                    do(partial(register.undo, asset.asset_id, who), f"{asset.words.name} is back.")
