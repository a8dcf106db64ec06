"""What people made of the readings, from the command line: how often the reader is right, corrections, quotes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from analysis.checking import BetweenPeople, Kappa, Rates, Slice
from analysis.model import Estimate
from dashboard import actions, correcting
from dashboard.cli.command import DONE, PROBLEMS, Failure, add_json, one_line, say, tell, tell_json
from dashboard.correcting import Scores
from dashboard.words.checking import (
    WAY_NAMES,
    ceiling_words,
    correction_words,
    polarity_right,
    progress_words,
    quote_words,
    rate_cells,
    score,
    tone_right,
)
from dashboard.words.shares import COMMENTS, in_words
from data.corrections import choices
from data.generation import Generation
from data.quotes import PURPOSES, Quote
from data.settings import Settings

SEED = 1


# ── How often the reader is right ────────────────────────────────────────────────────────────────


def check_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--draw", type=int, metavar="N", help="first draw so many comments at random to be checked")
    own.add_argument("--seed", type=int, default=SEED, help="the same seed draws the same comments")
    own.add_argument("--by", default="", metavar="NAME", help="who draws them: a name as given")
    add_json(own)


def check(said: argparse.Namespace, settings: Settings) -> int:
    """How right the reader is in the comments that people checked without seeing its labels."""
    with closing(_held(settings)) as held:
        if said.draw is not None:
            drawn = correcting.draw_check(settings, held, said.draw, said.seed, said.by)
            say(f"{drawn.comments:,} of {drawn.of:,} different comments are drawn. Check them under Data and packs.")
        found = correcting.scores(settings, held)
        if said.json:
            tell_json({"generation": held.number, "invented": held.kind == "sample", **_scores(found)})
        else:
            _print(found)
    return DONE


def _print(found: Scores) -> None:
    tell(progress_words(found.progress))
    accuracy, known = found.accuracy, choices()
    if not accuracy.checked:
        return
    tell(tone_right(accuracy))
    tell(polarity_right(accuracy))
    labels = {
        f"Tone {name.lower()}": accuracy.tones[tone] for tone, name in known.tones.items() if tone in accuracy.tones
    }
    labels |= {"A danger": accuracy.danger, "Being judged": accuracy.told, "All topics together": accuracy.topics}
    labels |= {known.topics.get(topic, topic): rates for topic, rates in accuracy.by_topic.items()}
    for name, rates in labels.items():
        precision, recall, f1 = rate_cells(rates)
        tell(f"{name}: of those found right {precision}; of those there found {recall}; both in one (F1) {f1}")
    for way, levels in accuracy.slices.items():
        for level, each in levels.items():
            right = in_words(each.tone, *COMMENTS)
            tell(f"{WAY_NAMES[way]}, {one_line(level)}: tone right {right}; topics (F1) {score(each.topics.f1)}")
    for sentence in ceiling_words(found.people) if found.people else ():
        tell(one_line(sentence))


def _scores(found: Scores) -> dict[str, Any]:
    accuracy = found.accuracy
    return {
        "drawn": found.progress.drawn,
        "checked": accuracy.checked,
        "by": [{"name_as_given": name, "comments": n} for name, n in found.progress.by.items()],
        "unsure": accuracy.unsure,
        "tone": {"right": _estimate(accuracy.tone), "by_tone": _each(accuracy.tones)},
        "topics": {**_rates(accuracy.topics), "polarity": _estimate(accuracy.polarity)},
        "by_topic": _each(accuracy.by_topic),
        "danger": _rates(accuracy.danger),
        "told": _rates(accuracy.told),
        "slices": {
            way: {level: _slice(each) for level, each in levels.items()} for way, levels in accuracy.slices.items()
        },
        "agreement": found.people and _agreement(found.people),
    }


def _agreement(people: BetweenPeople) -> dict[str, Any]:
    return {
        "names_as_given": list(people.people),
        "comments": people.both,
        "tone": {**_kappa(people.tone), "right": _estimate(people.tone_agreed)},
        "topics": {**_kappa(people.topics), "f1": _estimate(people.topics_f1)},
        "by_topic": {topic: _kappa(each) for topic, each in people.by_topic.items()},
    }


def _kappa(found: Kappa) -> dict[str, Any]:
    return {
        "kappa": found.value,
        "low": found.low,
        "high": found.high,
        "base": found.base,
        "agreed": found.agreed,
        "withheld": found.withheld,
    }


def _slice(each: Slice) -> dict[str, Any]:
    return {"checked": each.checked, "tone": _estimate(each.tone), "topics": _rates(each.topics)}


def _each(rates: Mapping[str, Rates]) -> dict[str, Any]:
    return {label: _rates(each) for label, each in rates.items()}


def _rates(rates: Rates) -> dict[str, Any]:
    return {
        "precision": _estimate(rates.precision),
        "recall": _estimate(rates.recall),
        "f1": _estimate(rates.f1),
        "right": rates.score.right,
        "wrong": rates.score.wrong,
        "missed": rates.score.missed,
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "base": found.base,
        "withheld": found.withheld,
    }


# ── Corrections ──────────────────────────────────────────────────────────────────────────────────


def corrections_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--take-back", type=int, metavar="N", help="undo this correction, with --by")
    own.add_argument("--by", default="", metavar="NAME", help="who takes it back: a name as given")
    add_json(own)


def corrections(said: argparse.Namespace, settings: Settings) -> int:
    """Everything people put right in the readings, newest first; never a tenant's words."""
    held = correcting.corrections_in_use(settings)
    if said.take_back is not None:
        held.take_back(said.take_back, said.by)
        say(f"Correction {said.take_back} is taken back.")
    found = held.history()
    if said.json:
        tell_json({"corrections": [vars(one) for one in found]})
        return DONE
    if not found:
        tell("Nothing has been put right yet.")
    for one in found:
        tell(f"{one.n}: {one_line(correction_words(one, choices()))}")
    return DONE


# ── Quotes ───────────────────────────────────────────────────────────────────────────────────────


def quotes_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--for", dest="purpose", choices=PURPOSES, help="only those that may be used for this now")
    add_json(own)


def quotes(said: argparse.Namespace, settings: Settings) -> int:
    """The queue of quotes as it stands, or those that may be used for a purpose; words without personal details."""
    held = correcting.quotes_in_use(settings)
    found = held.approved(said.purpose) if said.purpose else held.queue()
    if said.json:
        tell_json({"quotes": [_quote(one) for one in found]})
        return DONE
    if not found:
        tell(f"No quote may be used for the {said.purpose} now." if said.purpose else "Nothing has been put forward.")
    for one in found:
        tell(f"{one.quote_id}: {one_line(one.words) or '(not shown)'}")
        tell(f"    {one_line(quote_words(one))}")
    return DONE


def _quote(one: Quote) -> dict[str, Any]:
    return {
        "quote": one.quote_id,
        "purpose": one.purpose,
        "state": one.state,
        "reason": one.reason or None,
        "words": one.words,
        "paraphrased": one.paraphrased,
        "approved_by_as_given": list(one.approved_by),
        "put_forward_by_as_given": one.put_forward_by,
        "at": one.at,
        "consent": one.consent or None,
        "place": dict(one.place),
    }


def _held(settings: Settings) -> Generation:
    held = actions.store_in_use(settings).current()
    if held is None:
        raise Failure("Nothing is held yet. Take a file in first.", PROBLEMS)
    return held
