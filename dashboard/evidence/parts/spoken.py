"""What tenants say: how it sounds, what it is about, what rose, scores beside words, quotes, and how right that is."""

from __future__ import annotations

from dataclasses import replace

from analysis.checking import FEWEST_OF_A_SLICE, Accuracy, accuracy, between_people
from analysis.model import Audience, Verdict, Voices
from analysis.spoken import read_count
from dashboard import actions, answers, words
from dashboard.charts.chart import Table
from dashboard.charts.rates import rates_table, slices_table
from dashboard.charts.score_words import gap_dots
from dashboard.charts.spoken import moved_dots, sided_bars
from dashboard.charts.tones import TONE_NAMES, TONES, tone_bars
from dashboard.evidence.blocks import Block, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.captions import NO_SURVEY, not_shown, nothing, of_group, once, shown_for
from dashboard.evidence.material import Material
from dashboard.evidence.quoted import quoted
from dashboard.how import How
from dashboard.how import spoken as made
from dashboard.how.score_words import of_score_words
from dashboard.score_words import measures_spoken_to, score_words_of, why_untold
from dashboard.words import checking, score_words
from dashboard.words import spoken as said
from data import voices
from data.blind import Blind
from data.corrections import choices
from data.heads import HEADS, head_files
from data.unseen import unseen

EVERYONE = "Everyone who wrote"
READ_BY = (
    "A computer on the landlord's own machine reads each comment, after personal details are taken out, for how it "
    "sounds and what it is about. It is wrong at times; how often stands at the end of this part."
)
MOST = 6  # topics named in a sentence; the figures hold every one
WITHOUT_JUDGED = "Quotes that tell of being judged stand with what was asked of it, under its own rules."
SPOKEN_OF_MOST = "Spoken of most, as shares of comments: {topics}."
SHARES = ("share", "low", "high")
MOVED_SHARES = ("share before", "share now", "change", "change low", "change high")
GAP_SHARES = ("satisfied", "speak well", "gap", "gap low", "gap high")
RATE_SHARES = tuple(f"{rate}{part}" for rate in ("precision", "recall", "f1") for part in ("", "_low", "_high"))
SLICE_SHARES = tuple(f"{rate}{part}" for rate in ("tone", "topics_f1") for part in ("", "_low", "_high"))
TOO_FEW_OF_A_SLICE = "By {way}: not shown, fewer than {fewest} comments checked of each."
HOW_TO_READ = f"{said.NOT_THE_MOST_IMPORTANT} {said.NOT_OF_TENANTS}"
SCORE_BESIDE_WORDS = f"{score_words.NOT_A_FAULT} {score_words.HOW_SURE}"
ONE_WRONG = (
    "So a topic's share is rough: some of what is counted is not there, and some of what is there was missed. The "
    "range beside it is for who happened to write, not for what the reader gets wrong."
)
CHECKED = "Comments of our own, checked unseen"
LABELLED = "Invented comments, labelled by one person"
FILES = (("survey", None), ("contacts", None), ("complaints", None))


def blocks(material: Material) -> tuple[Block, ...]:
    """What each tenure group says, apart; then how right the reader is. How not to misread it stands once, first."""
    if not material.groups:
        return (*nothing(NO_SURVEY), *_how_right(material))
    told = [block for group in material.groups for block in (of_group(group), *_of(material, group))]
    return (
        Note(READ_BY),
        *once(told, HOW_TO_READ, score_words.WHAT, SCORE_BESIDE_WORDS),
        *_quotes(material),
        *_how_right(material),
    )


def _of(material: Material, group: str) -> tuple[Block, ...]:
    heard = material.voices(group)
    begun = _how_many(heard)
    why = _why_withheld(heard, material.smallest_base)
    if not heard.comments:
        return begun
    if why:
        return (*begun, Paragraph(f"Not shown: {why}."))
    return (
        *begun,
        *_tones(material, group, heard),
        *_topics(material, group, heard),
        *_moved(material, group),
        *_beside(material, group),
    )


def _is_drawn(material: Material, group: str) -> bool:
    """Whether the charts of a group are printed: of every group in a long pack, in a short one of the first."""
    return material.in_full or group == material.groups[0]


def _how_many(heard: Voices) -> tuple[Block, ...]:
    """How many comments from how many tenants, and whether they have been read."""
    if heard.unread:
        return (Paragraph(words.heard(heard)), Note(words.unread(heard.unread)))
    return (Paragraph(f"{words.heard(heard)}{' All of them have been read.' if heard.comments else ''}"),)


def _why_withheld(heard: Voices, fewest: int) -> str | None:
    """Why nothing is shown, as on the page: few people behind many comments could be told apart too."""
    if heard.commenters < fewest:
        return f"fewer than {fewest} tenants wrote"
    return heard.withheld


def _key(group: str, what: str) -> str:
    return f"spoken-{group.lower()}-{what}"


# ── How it sounds and what it is about ───────────────────────────────────────────────────────────


def _tones(material: Material, group: str, heard: Voices) -> tuple[Block, ...]:
    asked = material.question(group, compared_with=None)
    besides = answers.to_read_besides(asked, material.generation, material.readings)
    title = "How comments sound"
    names = {TONE_NAMES[tone]: heard.tones[tone] for tone in TONES if tone in heard.tones}
    chart = tone_bars([(EVERYONE, heard.tones)], title, shown_for(material, asked), said.SOURCE, "Group")
    how = made.of_tones(asked, material.wave, _questions(material, group))
    return (
        Paragraph(f"{said.tones_said(names)} {said.not_in_shares(heard, besides)}"),
        Figure(_key(group, "tones"), chart, SHARES, how, printed=False),
    )


def _topics(material: Material, group: str, heard: Voices) -> tuple[Block, ...]:
    asked = material.question(group, compared_with=None)
    title = "Topics as a share of comments, by how they are spoken of"
    caption = f"{shown_for(material, asked)} · {words.comments(read_count(heard))} read"
    if not heard.themes:
        return (Paragraph("No topic was found in the comments read."),)
    chart = sided_bars(heard.themes, title, caption)
    how = made.of_topics(asked, material.wave, _questions(material, group))
    about, drawn = (chart.caption, chart.source), _is_drawn(material, group)
    told = [theme for theme in heard.themes if not theme.share.withheld]
    hidden = [(theme.title, theme.share.withheld) for theme in heard.themes if theme.share.withheld]
    most = "; ".join(f"{theme.title}, {said.of_topic(theme)}" for theme in told[:MOST])
    return (
        *([] if drawn else [Paragraph(SPOKEN_OF_MOST.format(topics=most))]),
        *not_shown(hidden),
        Figure(_key(group, "topics"), chart, SHARES, how, printed=drawn),
        Note(HOW_TO_READ),
        TableBlock(
            _key(group, "topics-table"), "Every topic that was spoken of", chart.table, about, SHARES, how,
            printed=material.in_full and group == material.groups[0],
        ),
    )  # fmt: skip


def _questions(material: Material, group: str) -> tuple[str, ...]:
    asked = material.question(group, compared_with=None)
    return voices.open_questions(material.generation, asked, material.readings)


def _moved(material: Material, group: str) -> tuple[Block, ...]:
    asked = material.question(group)
    if asked.compared_with is None:
        return (Paragraph(said.NOTHING_EARLIER),)
    found = answers.topics_moved(asked, material.generation, material.readings, material.smallest_base)
    sure = any(each.change.verdict is Verdict.REAL for each in found)
    begun = (Paragraph(" ".join([said.rising(found, asked.compared_with), *([said.NO_ARROW] if sure else [])])),)
    title = f"Change of each topic's share of comments since {asked.compared_with}"
    caption = f"{shown_for(material, asked)} · compared with {asked.compared_with}"
    chart = moved_dots(found, asked.compared_with, title, caption)
    if not chart.labels:
        return begun
    how = made.of_moved(asked, material.wave, _questions(material, group))
    return (*begun, Figure(_key(group, "moved"), chart, MOVED_SHARES, how, printed=sure))


# ── Scores beside words ──────────────────────────────────────────────────────────────────────────


def _beside(material: Material, group: str) -> tuple[Block, ...]:
    asked = material.question(group, compared_with=None)
    begun = (Heading("Scores beside words", 3),)
    if why := why_untold(asked, material.generation, False):
        return (*begun, Paragraph(f"Not shown: {why}."))
    found = score_words_of(asked, material.generation, material.readings, material.smallest_base)
    if not found:
        return (*begun, Paragraph(score_words.NONE))
    titles = {each.code: f"{each.code} {each.title}" for each in measures_spoken_to(asked, material.generation)}
    codes = {code: code for code in titles}
    names = [titles[each.measure] for each in found]
    chart = gap_dots(found, names, titles, "Score less words, by measure", shown_for(material, asked))
    hidden = [(titles[each.measure], each.words.withheld or "") for each in found if each.words.withheld]
    table = everyone_table(chart.table, tuple(not each.words.withheld for each in found))
    how = of_score_words(material.findings(group), [each.measure for each in found])
    about, drawn = (chart.caption, chart.source), group == material.groups[0] and not material.in_full
    return (
        *begun,
        Paragraph(score_words.WHAT),
        Paragraph(" ".join(score_words.judged([each for each in found if not each.words.withheld], codes))),
        *not_shown(hidden),
        *([Figure(_key(group, "beside"), chart, GAP_SHARES, how, printed=drawn)] if chart.labels else []),
        TableBlock(
            _key(group, "beside-table"), "Each score beside its words", table, about, GAP_SHARES, how,
            printed=material.in_full and bool(chart.labels),
        ),
        Note(SCORE_BESIDE_WORDS),
    )  # fmt: skip


def everyone_table(every: Table, told: tuple[bool, ...]) -> Table:
    """The table behind the chart as it is read of everyone: without places, and without measures that are not told."""
    columns = (0, 2, 3, 4, 6)  # measure, satisfied, comments speak well, gap, verdict
    rows = [row for row, shown in zip(every.rows, told, strict=True) if shown]
    return replace(
        every,
        headings=tuple(every.headings[at] for at in columns),
        rows=tuple(tuple(row[at] for at in columns) for row in rows),
    )


# ── Quotes ───────────────────────────────────────────────────────────────────────────────────────


def _quotes(material: Material) -> tuple[Block, ...]:
    """Approved quotes of each tenure group's comments, apart; that there are none, once."""
    told = {group: _quotes_of(material, group) for group in material.groups if material.voices(group).comments}
    found = {group: blocks for group, blocks in told.items() if any(isinstance(block, Quote) for block in blocks)}
    several = len(material.groups) > 1
    return (
        Heading("In their own words", 2),
        *(
            block
            for group, blocks in found.items()
            for block in ([Heading(words.sentence_case(words.group_of(group)), 3)] if several else [], blocks)
            for block in block
        ),
        *([] if found else next(iter(told.values()), ())),
        Paragraph(WITHOUT_JUDGED),
    )


def _quotes_of(material: Material, group: str) -> tuple[Block, ...]:
    """Approved quotes of these comments. Outside the landlord those of the whole of it, lest the choice tell where."""
    asked = material.question(group, compared_with=None)
    if asked.audience is not Audience.INTERNAL:
        asked = replace(asked, filters=())
    keys = voices.untold_keys(material.generation, asked, material.readings)
    return quoted(material, asked, keys)


# ── How right the reader is ──────────────────────────────────────────────────────────────────────


def _how_right(material: Material) -> tuple[Block, ...]:
    """From comments people checked unseen; and, whatever they found, from labelled comments the reader had not met."""
    blind = Blind(material.folder, material.read)
    found = accuracy(blind.checked(material.generation))
    begun: tuple[Block, ...] = (Heading("How right the reader is", 2),)
    if found.checked:
        between = between_people(blind.answers())
        begun = (
            *begun,
            Paragraph(checking.checked_by(blind.progress())),
            *_rates("spoken-checked", found, CHECKED, made.of_checked(FILES), material.in_full),
            *(Paragraph(line) for line in (checking.ceiling_unnamed(between) if between else ())),
        )
    else:
        begun = (*begun, Note(checking.NOBODY_CHECKED))
    return (*begun, *_as_shipped(material))


def _as_shipped(material: Material) -> tuple[Block, ...]:
    """How far the reader as it came follows the labels of a writer it had not seen."""
    meaning = not actions.no_model(material.settings)
    found = accuracy(unseen(meaning))
    notes = [
        *([] if meaning else [checking.BY_WORDS_ALONE]),
        *([checking.TAUGHT] if head_files(material.settings.home / HEADS) else []),
    ]
    return (
        Paragraph(checking.ONLY_LABELLED),
        *(Note(note) for note in notes),
        *_rates("spoken-labelled", found, LABELLED, made.of_labelled(), material.in_full),
    )


def _rates(key: str, found: Accuracy, of: str, how: How, printed: bool) -> tuple[Block, ...]:
    """How right each label is, each rate with its range and the comments it rests on; topics and slices as data."""
    known = choices()
    about = (f"{of}: {words.comments(found.checked)}",)
    whole = {f"It sounds {known.tones.get(tone, tone).lower()}": rates for tone, rates in found.tones.items()}
    whole |= {"All topics together": found.topics, "It tells of a danger": found.danger}
    whole |= {"It tells of being judged": found.told}
    topics = {known.topics.get(topic, topic): rates for topic, rates in found.by_topic.items()}
    title, by_topic = f"How often the reader is right: {of.lower()}", f"topic by topic: {of.lower()}"
    return (
        Paragraph(f"{checking.tone_right(found)} {checking.polarity_right(found)}"),
        Paragraph(f"{checking.rate_words('Topics', found.topics)} {ONE_WRONG}"),
        Paragraph(checking.rate_words("Being judged", found.told)),
        TableBlock(key, title, rates_table(whole), about, RATE_SHARES, how, printed),
        *(
            [
                TableBlock(
                    f"{key}-topics",
                    f"How often it is right, {by_topic}",
                    rates_table(topics),
                    about,
                    RATE_SHARES,
                    how,
                    False,
                )
            ]
            if topics
            else []
        ),
        *_slices(key, found, of, how),
    )


def _slices(key: str, found: Accuracy, of: str, how: How) -> tuple[Block, ...]:
    """The same for tenures, age bands, lengths and channels; of a way in which all have too few comments only that."""
    about = (f"{of}: {words.comments(found.checked)}",)
    blocks: list[Block] = []
    for way, name in checking.WAY_NAMES.items():
        told = [each for each in found.slices[way].values() if not each.tone.withheld]
        if not told and found.slices[way]:
            blocks.append(Paragraph(TOO_FEW_OF_A_SLICE.format(way=name.lower(), fewest=FEWEST_OF_A_SLICE)))
        elif told:
            title = f"How often it is right by {name.lower()}: {of.lower()}"
            table = slices_table(name, found.slices[way])
            blocks.append(TableBlock(f"{key}-{way.replace('_', '-')}", title, table, about, SLICE_SHARES, how, False))
    return tuple(blocks)
