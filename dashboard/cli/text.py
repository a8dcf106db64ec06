"""The reader of comments from the command line: any file read, and the reader measured on labelled comments."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.model import Reading
from analysis.text.evaluation import Agreement, Evaluation, Labelled, Score, agreement, as_json, evaluate
from analysis.text.heads import VULNERABLE
from analysis.text.reading import Asked, Language, Meaning, read_many, text_key
from analysis.text.written import details_as_written
from dashboard import correcting
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, say, tell, tell_json
from dashboard.words.checking import lesson_words
from data.columns.faults import UnreadableFile
from data.embedding import WIDTH, NoModel, load_embedder
from data.floor import vader_tones
from data.generation import StoreError
from data.labelled import LabelledFault, read_labelled, unknown_codes, write_labelled
from data.language import load_language
from data.meanings import AtHand, Meanings
from data.retraining import CannotTeach
from data.settings import Settings
from data.sources.tables import NotThere, TableError
from data.sources.weighted import columns_of, headings_of, write_with_columns

Run = Callable[[argparse.Namespace, Settings], int]
AT_ONCE = 500  # comments read between two words about how far it has got


def text_options(own: argparse.ArgumentParser) -> None:
    each = own.add_subparsers(dest="doing", required=True, metavar="evaluate|read|teach|forget")
    one = each.add_parser("evaluate", help="how well the reader agrees with labelled comments")
    one.add_argument("file", type=Path, metavar="FILE.jsonl", help="labelled comments, an object a line")
    one.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="what was read, in the same form")
    one.add_argument("--replace", action="store_true", help="write over --predictions where it is there already")
    _add_words_alone(one)
    add_json(one)
    one.set_defaults(do=_evaluate)
    one = each.add_parser("read", help="read the comments of any CSV: its rows with what was read beside them")
    one.add_argument("file", type=Path, metavar="FILE", help="any CSV file, a row a comment")
    one.add_argument("--column", required=True, metavar="TEXT", help="the column that holds the comments")
    one.add_argument("--question", default="", metavar="TEXT", help="the question asked, or the column that holds it")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the rows go; comments redacted")
    one.add_argument("--replace", action="store_true", help="write over --out where it is there already")
    _add_words_alone(one)
    one.set_defaults(do=_read)
    one = each.add_parser("teach", help="train the reader with what people put right, and say what that changes")
    one.add_argument("--keep", action="store_true", help="read with it from now on")
    one.add_argument("--by", default="", metavar="NAME", help="who keeps it: a name as given")
    add_json(one)
    one.set_defaults(do=_teach)
    one = each.add_parser("forget", help="go back to the reader as it is shipped")
    one.add_argument("--by", default="", metavar="NAME", help="who forgets it: a name as given")
    one.set_defaults(do=_forget)


def text(said: argparse.Namespace, settings: Settings) -> int:
    """Measure the reader or read a file."""
    run: Run = said.do
    return run(said, settings)


def _evaluate(said: argparse.Namespace, settings: Settings) -> int:
    if said.predictions:
        _may_write(said.predictions, said.replace)
    try:
        given = read_labelled(said.file)
    except LabelledFault as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    except OSError as fault:
        raise Failure(
            f"{said.file} cannot be read: {fault.strerror}. Name a file of labelled comments.", USAGE
        ) from fault
    language, meaning = load_language(), _meaning(said, settings)
    for unknown in unknown_codes(given, _codes(language)):
        say(f"{said.file.name}: {unknown}")
    asked = [Asked(text_key(one.question, one.text), one.question, one.text) for one in given]
    read_many(asked[:5], language, meaning)  # what is loaded once is not what a comment takes
    started = time.perf_counter()
    read = _read_all(asked, meaning)
    seconds = time.perf_counter() - started
    found = [
        labelled_from(one, reading, details_as_written(one.text, language.redaction))
        for one, reading in zip(given, read, strict=True)
    ]
    if said.predictions:
        write_labelled(said.predictions, found)
        say(f"What was read in {len(found):,} comments is in {said.predictions.name}.")
    scores, floor = evaluate(given, found), _floor(given)
    if said.json:
        below = {"accuracy": floor.micro.f1, "macro_f1": floor.macro_f1, "n": len(given)}
        tell_json({**as_json(scores, seconds), "vader": {"sentiment": below}})
    else:
        _tell_scores(scores, floor, len(given) / seconds)
    return DONE


def _floor(given: Sequence[Labelled]) -> Agreement:
    """How well VADER alone agrees with the labels of tone."""
    tones = vader_tones(one.text for one in given)
    return agreement(({tone}, {one.tone}) for tone, one in zip(tones, given, strict=True))


def _codes(language: Language) -> dict[str, frozenset[str]]:
    """The codes the reader may give, by what they are of."""
    registers = language.registers
    parts = registers.told.parts
    return {
        "topics": frozenset(registers.topics.topics),
        "sources": frozenset(code for code, part in parts.items() if part == "source"),
        "forms": frozenset(code for code, part in parts.items() if part == "form"),
        "hazards": frozenset(registers.dangers.kinds) - {VULNERABLE},
    }


def _read(said: argparse.Namespace, settings: Settings) -> int:
    _may_write(said.out, said.replace)
    try:
        names = [said.column, *([said.question] if said.question in headings_of(said.file) else [])]
        _, columns = columns_of(said.file, names)
        questions = columns[1] if len(columns) > 1 else [said.question] * len(columns[0])
        if said.question and len(columns) == 1:
            say(f"No column is headed '{said.question}', so it is taken as the question asked.")
        asked = [Asked(text_key(q, words), q, words) for words, q in zip(columns[0], questions, strict=True)]
        read = _read_all(asked, _meaning(said, settings))
        redacted = [reading.redacted.text for reading in read]
        n = write_with_columns(said.file, said.out, _columns(read), said.replace, {said.column: redacted})
    except NotThere as fault:
        raise Failure(str(fault), USAGE) from fault
    except (TableError, UnreadableFile) as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    say(
        f"{n:,} rows are in {said.out.name}. '{said.column}' is redacted there; other columns are as they were, and "
        "may hold personal details."
    )
    return DONE


def _may_write(file: Path, replace: bool) -> None:
    """Raises Failure where a result cannot go there: asked before the work, not after it."""
    if not file.name or file.is_dir():
        raise Failure(f"'{file}' is no file. Name the file to write.", USAGE)
    if file.exists() and not replace:
        raise Failure(f"{file.name} is there already. Name another file, or add --replace.", USAGE)
    if not file.resolve().parent.is_dir():
        raise Failure(f"There is no folder {file.parent} to write {file.name} to.", USAGE)


def _teach(said: argparse.Namespace, settings: Settings) -> int:
    try:
        lesson = correcting.teach(settings, lambda _, doing: say(doing))
        if said.keep:
            correcting.keep_lesson(settings, lesson, said.by)
    except (CannotTeach, StoreError) as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    if said.json:
        tell_json({
            "taught": lesson.taught, "better": lesson.better, "kept": said.keep,
            "tone": {"before": lesson.tone_before.value, "after": lesson.tone_after.value, "n": lesson.tone_after.n},
            "topics": {"before": lesson.topics_before.value, "before_n": lesson.topics_before.n,
                       "after": lesson.topics_after.value, "after_n": lesson.topics_after.n},
        })  # fmt: skip
    else:
        for sentence in lesson_words(lesson):
            tell(sentence)
    if said.keep:
        say("Kept. Read the comments again with `tenant-voice label`, or on the page.")
    return DONE


def _forget(said: argparse.Namespace, settings: Settings) -> int:
    try:
        there = correcting.forget_lesson(settings, said.by)
    except StoreError as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    say("The reader is as shipped." if there else "The reader was as shipped already.")
    return DONE


def labelled_from(one: Labelled, reading: Reading, details: tuple[tuple[str, str], ...]) -> Labelled:
    """What was read in a comment, in the form people label it in."""
    return Labelled(
        text=one.text,
        question=one.question,
        tone=reading.tone.label,
        topics={mention.topic: mention.polarity for mention in reading.mentions},
        details=details,
        comment_id=one.comment_id,
        told=reading.told,
        danger=reading.danger,
        strengths=None if one.strengths is None else tuple(strength.kind for strength in reading.strengths),
        flags=None if one.flags is None else reading.flags,
    )


def _add_words_alone(one: argparse.ArgumentParser) -> None:
    one.add_argument("--words-alone", action="store_true", help="without the sentence model: quicker, and less right")


def _meaning(said: argparse.Namespace, settings: Settings) -> Meaning | None:
    """The sentence model, or none with a word about why."""
    if said.words_alone:
        return None
    found = load_embedder(settings.model_folder)
    if isinstance(found, NoModel):
        say(f"Read by words alone, less right than with the sentence model. {found.why}")
        return None
    return Meanings(AtHand(WIDTH), found)


def _read_all(asked: Sequence[Asked], meaning: Meaning | None) -> list[Reading]:
    language = load_language()
    read: list[Reading] = []
    for start in range(0, len(asked), AT_ONCE):
        read += read_many(asked[start : start + AT_ONCE], language, meaning)
        if len(asked) > AT_ONCE:
            say(f"{len(read):,} of {len(asked):,} comments read")
    return read


def _columns(read: Sequence[Reading]) -> dict[str, list[str]]:
    """What was read, as columns of a table."""
    return {
        "read_tone": [("unsure" if not one.tone.sure else one.tone.label) if not one.set_aside else "" for one in read],
        "read_tone_confidence": [f"{one.tone.confidence:.2f}" for one in read],
        "read_topics": ["; ".join(f"{m.topic}:{m.polarity}" for m in one.mentions) for one in read],
        "read_danger": ["; ".join(one.danger.kinds) if one.danger else "" for one in read],
        "read_danger_severity": [one.danger.severity if one.danger else "" for one in read],
        "read_judged_by": ["; ".join(one.told.sources) if one.told else "" for one in read],
        "read_judged_how": ["; ".join(one.told.forms) if one.told else "" for one in read],
        "read_strengths": ["; ".join(strength.kind for strength in one.strengths) for one in read],
        "read_keep_in_team": ["; ".join(one.flags) for one in read],
        "read_set_aside": [one.set_aside for one in read],
    }


def _tell_scores(found: Evaluation, floor: Agreement, speed: float) -> None:
    tell(f"{found.comments:,} comments, {speed:,.0f} a second")
    tell(f"Sentiment: accuracy {_two(found.tone.micro.f1)}, macro-F1 {_two(found.tone.macro_f1)}")
    tell(f"  VADER alone: accuracy {_two(floor.micro.f1)}, macro-F1 {_two(floor.macro_f1)}")
    tell(
        f"Topics: micro-F1 {_two(found.topics.micro.f1)}, macro-F1 {_two(found.topics.macro_f1)} "
        f"(n {found.topics.micro.n:,}); polarity right {_two(found.polarity.value)} (n {found.polarity.n:,})"
    )
    tell(f"Being judged: {_score(found.told)}")
    tell(
        f"Danger: {_score(found.danger)}; emergencies found {_two(found.emergencies.value)} "
        f"(n {found.emergencies.n:,}); severity right {_two(found.severity.value)} (n {found.severity.n:,})"
    )
    for kind, score in found.redaction.by_label.items():
        if score.n:
            tell(f"Taken out, {kind}: {_two(score.recall)} (n {score.n:,})")
    tell(f"Without personal details and left as they were: {_two(found.clean.value)} (n {found.clean.n:,})")
    tell("This is agreement with whoever labelled the file, not accuracy on real tenants: docs/method/text.md.")


def _score(score: Score) -> str:
    return f"precision {_two(score.precision)}, recall {_two(score.recall)}, F1 {_two(score.f1)} (n {score.n:,})"


def _two(value: float | None) -> str:
    return "none to find" if value is None else f"{value:.3f}"
