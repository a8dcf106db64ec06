"""Looking for comments by their words or their meaning, from the command line."""

from __future__ import annotations

import argparse
from typing import Any

from analysis.model import WHOLE_LANDLORD
from analysis.searching import QueryError
from analysis.voices import TONES
from dashboard import searching
from dashboard.cli.command import DONE, USAGE, Failure, add_json, day, one_line, say, tell, tell_json
from dashboard.cli.figures import filters_of, held_in
from dashboard.correcting import place_of
from dashboard.words import british_date
from dashboard.words import searching as words
from data.embedding import NoModel
from data.registers import topic_titles
from data.searching import EVERY_CHANNEL, Found, Hit, Search
from data.settings import Settings

MOST = 1_000  # comments printed at once


def search_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("words", metavar="QUERY", help=words.HOW.replace("%", "%%"))
    own.add_argument(
        "--meaning",
        action="store_true",
        help="comments that mean something like QUERY, the nearest first, whatever words",
    )
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    own.add_argument("--channel", action="append", choices=EVERY_CHANNEL, help="only these; may be repeated")
    own.add_argument("--wave", metavar="NAME", help="only surveys of this wave or period")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="only these tenants")
    own.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="from this day on")
    own.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="up to this day")
    own.add_argument("--topic", metavar="CODE", help="only comments about this topic")
    own.add_argument("--tone", choices=TONES, help="only comments that sound so")
    own.add_argument("--limit", type=int, default=20, metavar="N", help=f"how many to print, up to {MOST:,} (20)")
    own.add_argument("--offset", type=int, default=0, metavar="N", help="how many to pass over first (0)")
    add_json(own)


def search(said: argparse.Namespace, settings: Settings) -> int:
    """Comments with the words asked for, redacted, newest first, and what was not looked through."""
    store, generation = held_in(settings)
    if said.topic and said.topic not in topic_titles():
        raise Failure(f"There is no topic '{said.topic}'. There are: {', '.join(topic_titles())}.", USAGE)
    if not 1 <= said.limit <= MOST or said.offset < 0:
        raise Failure(f"--limit is from 1 to {MOST:,}, --offset from 0.", USAGE)
    searcher = searching.searcher_of(settings, generation)
    meaning = searching.meaning_of(said.words, settings) if said.meaning else None
    if isinstance(meaning, NoModel):
        raise Failure(f"{meaning.why} Without it only words can be searched.", USAGE)
    try:
        found = searcher.find(_search(said), settings.smallest_base, said.limit, said.offset, meaning)
    except QueryError as fault:
        raise Failure(str(fault), USAGE) from fault
    if said.json:
        known = {"generation": generation.number, "invented": store.kind == "sample", "by_meaning": said.meaning}
        tell_json({**known, **_as_json(found)})
        return DONE
    tell(words.MEANING if said.meaning else words.matched(found))
    for hit in found.hits:
        tell(_line(hit))
    for line in (*words.limits(found), *(() if said.meaning else (words.NOT_A_MEASURE,))):
        say(line)
    return DONE


def _search(said: argparse.Namespace) -> Search:
    return Search(
        WHOLE_LANDLORD,
        "" if said.meaning else said.words,
        filters=filters_of(said.where),
        channels=tuple(said.channel or EVERY_CHANNEL),
        wave=said.wave,
        tenure_group=said.tenure_group,
        since=said.since,
        until=said.until,
        topic=said.topic,
        tone=said.tone,
    )


def _as_json(found: Found) -> dict[str, Any]:
    return {
        "matched": [
            {"channel": channel, "tenure_group": group, "comments": n} for (channel, group), n in found.matched.items()
        ],
        "searched": found.searched,
        "limits": list(words.limits(found)),
        "comments": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    comment = hit.comment
    return {
        "id": comment.comment_id,
        "channel": comment.channel,
        "question": comment.question,
        "when": comment.when,
        "place": dict(place_of(comment)),
        "text": comment.text,
        "words": [list(place) for place in hit.places],
        "likeness": hit.likeness,
        "tone": comment.tone.label if comment.tone.sure else "unsure",
        "topics": [mention.topic for mention in comment.mentions],
        "sensitive": comment.sensitive,
    }


def _line(hit: Hit) -> str:
    """A comment on one line: when, through what, from where, and its words."""
    comment = hit.comment
    from_where = [level for _, level in place_of(comment)]
    when = [british_date(comment.when)] if comment.when else []
    return f"{', '.join([*when, comment.channel, *from_where])}: {one_line(comment.text)}"
