"""What tenants say: strengths, what rises, what they speak about and how, place by place and over time; their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import streamlit as st

from analysis.model import Besides, Comment, Dimension, Question, Theme, Voices, Wave
from analysis.respect import TOPICS, of_staff
from analysis.spoken import STAFF, rare, read_count, spoken_well_of
from dashboard import actions, session, words
from dashboard.charts.chart import group_name
from dashboard.charts.spoken import moved_dots, sided_bars, strength_dots, through_dots, together_dots
from dashboard.charts.tones import TONE_NAMES, TONES, tone_bars, topic_dots
from dashboard.how import How
from dashboard.how.spoken import of_moved, of_tones, of_topics
from dashboard.how.strengths import of_strengths
from dashboard.pages.places import choose_dimension
from dashboard.pages.respect import NOT_OF_ONE_OFFICER, WAYS
from dashboard.pages.searching import search_comments
from dashboard.pages.strengths import offers_and_assets, strengths_told, what_is_there
from dashboard.pages.themes import themes_found
from dashboard.widgets.comments import comment_card, comment_list
from dashboard.widgets.doing import told
from dashboard.widgets.figures import figure_to_pick
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, shown_for
from dashboard.widgets.lineage import where_from
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from dashboard.words import spoken as said
from data.registers import danger_titles, topic_belongings
from data.voices import Chosen

PATH = "what-tenants-say"
PARTS = ("At a glance", "Strengths", "Offers and assets", "One topic", "Place by place", "Themes", "Read", "Search")
ANY_TOPIC, ANY_TONE, HOWEVER = "any topic", "any tone", "however spoken of"
EVERYONE = "Everyone who wrote"
A_FEW = 5  # comments of a short list
WORTH_READING = 6  # words of a comment to read aloud, if one has as many
LOOKED_THROUGH = 20  # comments of each strength looked through for one to read aloud
PRAISED = 3  # topics spoken well of that are shown beside strengths
SIDES = {name: side for side, name in said.SPOKEN_OF.items()}
TONE_KEYS = {name: tone for tone, name in TONE_NAMES.items()}


def show() -> None:
    """Draw the page."""
    st.title("What tenants say")
    told()
    asked = session.question()
    if asked is None:
        nothing_loaded()
        return
    heard = session.voices(asked)
    st.write(plain(words.heard(heard)))
    read_comments(heard.unread, words.unread(heard.unread))
    if why_not := actions.no_model(session.settings()):
        st.warning(plain(f"Comments are read by their words alone, which is less often right. {why_not}"))
    if not heard.comments:
        what_is_there(asked)
        return
    why = _why_withheld(heard)
    if why:
        st.write(plain(f"Not shown: {why}."))
        what_is_there(asked)
        return
    _parts(asked, heard)
    _how_read()
    where_from(("survey", asked.wave))


def _parts(asked: Question, heard: Voices) -> None:
    besides = session.besides(asked)
    st.write(plain(said.not_in_shares(heard, besides)))
    glance, strong, offers, topic, places, themes, read, search = st.tabs(
        PARTS, key="spoken-part", bind=ADDRESS, on_change="rerun"
    )
    if glance.open:
        with glance:
            _at_a_glance(asked, heard, besides)
    if strong.open:
        with strong:
            strengths_told(asked, heard)
    if offers.open:
        with offers:
            offers_and_assets(asked)
    if topic.open:
        with topic:
            _one_topic(asked, heard)
    if places.open:
        with places:
            _tones(asked, heard)
    if themes.open:
        with themes:
            themes_found(asked)
    if read.open:
        with read:
            _read(asked, heard, besides)
    if search.open:
        with search:
            search_comments(asked)


def _why_withheld(heard: Voices) -> str | None:
    """Why nothing is shown: too few comments, or too few people behind them, who could then be told apart."""
    fewest = session.settings().smallest_base
    if heard.commenters < fewest:
        return f"fewer than {fewest} tenants wrote"
    return heard.withheld


# ── At a glance ──────────────────────────────────────────────────────────────────────────────────


def _at_a_glance(asked: Question, heard: Voices, besides: Besides) -> None:
    _read_first(asked, besides)
    _strengths(asked, heard)
    _rising(asked, heard)
    _topics(asked, heard)


def _read_first(asked: Question, besides: Besides) -> None:
    """Comments that may tell of a danger, emergencies on top."""
    sentence = said.dangers(besides)
    if not sentence:
        return
    st.warning(plain(sentence))
    fold = st.expander("Read these first", key="read-first", on_change="rerun")
    if fold.open:
        with fold:
            st.write(said.DANGER)
            titles = danger_titles()
            comment_list(
                asked,
                Chosen(danger=True),
                key="danger-",
                said=lambda each: said.danger_of(each, titles),
                at_a_time=A_FEW,
            )


def _strengths(asked: Question, heard: Voices) -> None:
    """What tenants are proud of and thankful for comes before what they complain of."""
    st.header("Strengths")
    every = session.strengths(asked)
    told = [theme for theme in sorted(every, key=lambda t: (-t.positive, t.topic)) if theme.positive]
    untold = any(theme.topic == STAFF and theme.share.withheld for theme in every)  # then praise as a topic is not told
    well = [theme for theme in spoken_well_of(heard, session.fewest()) if not (untold and theme.topic in TOPICS)]
    praised = tuple(well[:PRAISED])
    for why in dict.fromkeys(theme.share.withheld for theme in every if theme.share.withheld):
        st.write(plain(f"Not shown: {why}."))
    if not (told or praised):
        st.write(said.NO_STRENGTHS)
        return
    for sentence in said.three(told, praised):
        st.write(plain(sentence))
    by_title = {theme.title: Chosen(topic=theme.topic, polarity="positive") for theme in praised}
    by_title |= {theme.title: Chosen(strength=theme.topic) for theme in told}
    title = "Strengths told of, and topics spoken well of, as a share of comments"
    chart = strength_dots((*told, *praised), title, shown_for())
    how = of_strengths(asked, session.wave_of(asked), words.listed([theme.title for theme in every]))
    picked = figure_to_pick(chart, "strengths", f"{said.STRENGTHS} {said.CLICK}", how=how)
    if picked:
        chosen = by_title[picked[1]]
        _behind(asked, chosen, said.clicked("", picked[1]), "strength-", strict=chosen.strength == STAFF)
    _one_to_read_aloud(asked, [by_title[theme.title] for theme in (*told, *praised)])


def _one_to_read_aloud(asked: Question, strengths: Sequence[Chosen]) -> None:
    """The newest comment, of the first strength that has one, that may be read aloud: no danger, health, accusation."""
    if not session.may_read(asked):
        return
    well = [replace(chosen, tone="positive") for chosen in strengths]
    found = (each for chosen in well for each in session.comments(asked, chosen, LOOKED_THROUGH, 0))
    fit = _worth_reading(each for each in found if _may_be_read_aloud(each))
    if fit is not None:
        st.subheader("One comment to read aloud")
        comment_card(fit)
        st.caption(said.READ_ALOUD)


def _worth_reading(comments: Iterable[Comment]) -> Comment | None:
    """The first comment that says more than a word or two; else the first."""
    first = None
    for comment in comments:
        if len(comment.text.split()) >= WORTH_READING:
            return comment
        first = first or comment
    return first


def _may_be_read_aloud(comment: Comment) -> bool:
    return not comment.sensitive and comment.danger is None and comment.told is None


def _rising(asked: Question, heard: Voices) -> None:
    st.header("What is rising")
    if asked.compared_with is None:
        st.write(said.NOTHING_EARLIER)
        return
    moved = session.topics_moved(asked)
    st.write(plain(said.rising(moved, asked.compared_with)))
    title = f"Change of each topic's share of comments since {asked.compared_with}"
    caption = f"{shown_for()} · compared with {asked.compared_with}"
    chart = moved_dots(moved, asked.compared_with, title, caption)
    picked = figure_to_pick(chart, "rising", f"{said.NO_ARROW} {said.CLICK}", how=_how(of_moved, asked))
    if picked:
        _behind(asked, Chosen(topic=_codes(heard).get(picked[1])), said.clicked("", picked[1]), "rising-")


def _topics(asked: Question, heard: Voices) -> None:
    st.header("What they speak about, and how")
    every = st.toggle("Every topic", key="every-topic", bind=ADDRESS)
    _not_shown([(theme.title, theme.share.withheld) for theme in heard.themes if theme.share.withheld])
    title = "Topics as a share of comments, by how they are spoken of"
    chart = sided_bars(heard.themes, title, f"{shown_for()} · {words.comments(read_count(heard))} read", every)
    beside = f"{said.NOT_THE_MOST_IMPORTANT} {said.NOT_OF_TENANTS} {said.CLICK}"
    picked = figure_to_pick(chart, "topics", beside, how=_how(of_topics, asked))
    if picked:
        side, name = picked
        chosen = Chosen(topic=_codes(heard).get(name), polarity=SIDES[side])
        _behind(asked, chosen, said.clicked(side, name), "topics-")


# ── One topic ────────────────────────────────────────────────────────────────────────────────────


def _one_topic(asked: Question, heard: Voices) -> None:
    """Where one topic is spoken of, since when, and with what else."""
    titles = _codes(heard)
    if not titles:
        st.write("No topic was spoken of.")
        return
    title = st.selectbox("Topic", list(titles), key="topic-place", bind=ADDRESS)
    topic = titles[title]
    st.write(plain(f"{title}: {said.of_topic(next(theme for theme in heard.themes if theme.topic == topic))}."))
    if belongs := said.belongs(*topic_belongings().get(topic, ((), ""))):
        st.caption(plain(belongs))
    _topic_places(asked, topic, title)
    _topic_times(asked, topic, title)
    _topic_with(asked, heard, topic, title)


def _topic_places(asked: Question, topic: str, title: str) -> None:
    st.header("Place by place")
    of_people = topic in TOPICS
    dimension = choose_dimension(WAYS if of_people else _ways())
    if dimension is None:
        return
    rows = _rows_of(asked, topic, dimension)
    hidden = [(theme.title, theme.share.withheld) for theme in rows if theme.share.withheld]
    _not_shown(hidden)
    by = dimension.label.lower()
    chart = topic_dots(
        [(theme.title, theme) for theme in rows],
        f"{title}: share of comments by {by}",
        shown_for(),
        said.SOURCE,
        dimension.label,
    )
    beside = f"{said.BY_PLACE} {NOT_OF_ONE_OFFICER}" if of_people else said.BY_PLACE
    picked = figure_to_pick(chart, "topic-places", f"{beside} {said.CLICK}", how=_how(of_topics, asked))
    if picked:
        there = _within(asked, dimension, picked[1])
        _behind(there, Chosen(topic=topic), said.clicked("", picked[1], title), "place-", strict=of_people)


def _rows_of(asked: Question, topic: str, dimension: Dimension) -> Sequence[Theme]:
    """One topic in each place, the place as its title; what is said of people on the stricter base."""
    if topic in TOPICS:
        return session.respect_by_place(replace(asked, breakdown=dimension.key), topic)
    return [
        replace(theme, title=group_name(group))
        for group, found in sorted(_divided(asked, dimension).groups.items())
        for theme in found.themes
        if theme.topic == topic
    ]


def _topic_times(asked: Question, topic: str, title: str) -> None:
    st.header("Over time")
    found = session.topic_through(asked, topic)
    chart = through_dots(found, f"{title}: share of comments, survey by survey", shown_for())
    picked = figure_to_pick(chart, "topic-times", f"{said.BY_TIME} {said.CLICK}", how=_how(of_moved, asked))
    if picked:
        then = replace(asked, wave=picked[1], compared_with=None)
        _behind(then, Chosen(topic=topic), said.clicked("", picked[1], title), "time-")


def _topic_with(asked: Question, heard: Voices, topic: str, title: str) -> None:
    st.header("Spoken of together")
    found = session.spoken_together(asked, topic)
    if not found:
        st.write(plain(f"No comment about {title} is about anything else."))
        return
    number = words.comments(found[0].share.base)
    chart = together_dots(found, f"What else {number} about {title} are about", f"{shown_for()} · {number} about it")
    picked = figure_to_pick(chart, "together", f"{said.TOGETHER} {said.CLICK}", how=_how(of_topics, asked))
    if picked:
        chosen = Chosen(topic=topic, also=_codes(heard).get(picked[1]))
        _behind(asked, chosen, said.clicked("", picked[1], title), "together-")


# ── Place by place ───────────────────────────────────────────────────────────────────────────────


def _tones(asked: Question, heard: Voices) -> None:
    st.header("How it sounds, place by place")
    dimension = choose_dimension(_ways())
    rows = [(EVERYONE, heard.tones)]
    if dimension is not None:
        divided = _divided(asked, dimension)
        rows += sorted((group_name(group), found.tones) for group, found in divided.groups.items())
        _not_shown([(group_name(group), each.withheld) for group, each in divided.groups.items() if each.withheld])
    of = dimension.label if dimension else "Group"
    chart = tone_bars(rows, f"Tone of comments by {of.lower()}", shown_for(), said.SOURCE, of)
    picked = figure_to_pick(chart, "tones", f"{said.TONE_BY_PLACE} {said.CLICK}", how=_how(of_tones, asked))
    if picked:
        tone, place = picked
        there = asked if dimension is None or place == EVERYONE else _within(asked, dimension, place)
        _behind(there, Chosen(tone=TONE_KEYS[tone]), said.clicked(tone, place), "tones-")


def _ways() -> list[str]:
    """The ways to divide by: never by officer, team or patch."""
    held = session.generation()
    return [way.key for way in held.dimensions if not of_staff(way)] if held else []


def _divided(asked: Question, dimension: Dimension) -> Voices:
    """Voices of each group; of estates without those that one or two people serve."""
    return session.voices(replace(asked, breakdown=dimension.key))


def _within(asked: Question, dimension: Dimension, level: str) -> Question:
    """The question narrowed to one group."""
    others = tuple((key, values) for key, values in asked.filters if key != dimension.key)
    return replace(asked, filters=(*others, (dimension.key, (level,))))


def _not_shown(hidden: Sequence[tuple[str, str | None]]) -> None:
    for reason, names in words.counted_reasons([(name, why or "") for name, why in hidden]).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(sorted(names))}."))


# ── Read ─────────────────────────────────────────────────────────────────────────────────────────


def _read(asked: Question, heard: Voices, besides: Besides) -> None:
    """Short lists of what a count would lose; then the words themselves, as chosen."""
    titles, names = _codes(heard), {TONE_NAMES[tone]: tone for tone in TONES}
    _what_a_count_would_lose(asked, heard, besides)
    st.header("Read what was said")
    topic = st.selectbox("About", [ANY_TOPIC, *titles], key="topic", bind=ADDRESS)
    side = st.selectbox("Spoken of", [HOWEVER, *SIDES], key="spoken-of", bind=ADDRESS) if topic in titles else HOWEVER
    tone = st.selectbox("Tone", [ANY_TONE, *names], key="tone", bind=ADDRESS)
    comment_list(asked, Chosen(topic=titles.get(topic), polarity=SIDES.get(side), tone=names.get(tone)))


def _what_a_count_would_lose(asked: Question, heard: Voices, besides: Besides) -> None:
    """Short lists, each behind a fold."""
    st.header("What a count would lose")
    seldom = rare(heard)
    if besides.unplaced:
        _short_list(
            asked, f"In no topic: {words.comments(besides.unplaced)}", said.UNPLACED, Chosen(unplaced=True), "no-"
        )
    if seldom:
        about = Chosen(among=tuple(theme.topic for theme in seldom))
        _short_list(asked, "Rare topics", f"{said.RAREST} {said.rare_line(seldom)}", about, "rare-")
    _short_list(asked, "The longest comments", said.LONGEST, Chosen(longest=True), "long-")
    if heard.set_aside:
        title = f"Set aside: {words.comments(heard.set_aside)}"
        _short_list(asked, title, said.ASIDE, Chosen(set_aside=True), "aside-")


def _short_list(asked: Question, title: str, about: str, chosen: Chosen, key: str) -> None:
    """A few comments behind a fold, looked up once it is opened."""
    fold = st.expander(plain(title), key=f"{key}list", on_change="rerun")
    if fold.open:
        with fold:
            st.write(plain(about))
            comment_list(asked, chosen, key=key, at_a_time=A_FEW)


def _behind(asked: Question, chosen: Chosen, title: str, key: str, strict: bool = False) -> None:
    """The comments behind a mark that was clicked."""
    st.subheader(plain(title))
    comment_list(asked, chosen, strict, key, at_a_time=A_FEW)


def _how(made: Callable[[Question, Wave, Sequence[str]], How], asked: Question) -> How:
    """How figures of comments were made, with the open questions they answer."""
    return made(asked, session.wave_of(asked), session.open_questions(asked))


def _codes(heard: Voices) -> dict[str, str]:
    """Topics spoken of that may be told, by title."""
    return {theme.title: theme.topic for theme in heard.themes if not theme.share.withheld}


def _how_read() -> None:
    st.header("How this was made")
    with st.expander("How comments are read"):
        for sentence in HOW_READ:
            st.write(plain(sentence))


HOW_READ = (
    "A computer reads each comment with word lists and with what it learnt from labelled comments. It misses irony and "
    "what is only implied. Read the comments themselves before acting on a share.",
    "E-mail addresses, telephone numbers, postcodes, National Insurance numbers and names are taken out. "
    "That is not anonymity: what is left may still tell who wrote it. Do not pass comments on with a place.",
    "Shares are of the comments read, not of tenants: those who write are not those who do not.",
    "What is wrong can be put right beside each comment. It counts at once.",
)
