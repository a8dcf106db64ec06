"""The landlord's own letters from the command line: what wording was found, where, why, and what to say instead."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from analysis.model import Problem
from analysis.model.letters import LETTER_KINDS, LetterFinding, LetterRead, LettersRead
from dashboard import letters as ours
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, printable, say, tell, tell_json
from dashboard.words.letters import LIMITS, age_words, found_sentence, letter_name, read_sentence
from data.columns.faults import UnreadableFile, said
from data.embedding import NoModel
from data.generation import StoreError
from data.letters.note import staff_note
from data.letters.reading import Given
from data.settings import Settings


def letters_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("files", nargs="*", type=Path, metavar="FILE", help="DOCX, PDF, TXT, MD, HTML; CSV or XLSX")
    own.add_argument("--kind", choices=LETTER_KINDS, help="what they are; else worked out: merge fields, a web page")
    own.add_argument("--column", default="", metavar="TEXT", help="of a table, the column that holds the letters")
    own.add_argument("--register", type=Path, metavar="FILE", help="your list of templates: owners and numbers sent")
    own.add_argument(
        "--suggest",
        action="store_true",
        help="also sentences that may say the same in other words, by meaning; slower, and often wrong",
    )
    own.add_argument("--keep", action="store_true", help="keep what was found, to be decided on the page")
    own.add_argument("--by", default="", metavar="NAME", help="who keeps it: a name as given")
    own.add_argument("--note", action="store_true", help="print the note for staff that goes with the findings")
    add_json(own)


def letters(asked: argparse.Namespace, settings: Settings) -> int:
    """Read letters; 0 nothing found, 1 wording or problems found, 2 wrong usage."""
    if asked.note:
        tell(staff_note())
        return DONE
    if not asked.files:
        raise Failure("Name the letters to read: tenant-voice letters FILE …", USAGE)
    for file in (*asked.files, *([asked.register] if asked.register else [])):
        if not file.is_file():
            raise Failure(f"There is no file '{file}'.", USAGE)
    register = Given(asked.register) if asked.register else None
    suggest = ours.suggesting(settings) if asked.suggest else None
    if isinstance(suggest, NoModel):
        raise Failure(f"{suggest.why} Without it nothing is suggested.", USAGE)
    try:
        found = ours.read(
            [Given(file) for file in asked.files], asked.kind or "", asked.column, register, suggest=suggest
        )
        if asked.keep:
            n = ours.keep(settings, found, asked.by)
            say(f"What was found in {n:,} letters is kept.")
    except UnreadableFile as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    except StoreError as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    if asked.json:
        tell_json(as_json(found))
    else:
        _tell(found)
    for problem in found.problems:
        say(said(problem))
    return PROBLEMS if found.counts or found.problems else DONE


def as_json(found: LettersRead) -> dict[str, Any]:
    """The document that docs/guide/command-line.md describes. Of letters with nothing to tell only the count."""
    told = [each for each in found.letters if each.findings or each.asides or each.row is None]
    return {
        "read": len(found.letters) - len(found.skipped),
        "privileged": [{"file": each.name, "row": each.row, "why": each.skipped} for each in found.skipped],
        "counts": dict(found.counts),
        "letters": [_letter(each) for each in told if not each.skipped],
        "problems": [_problem(each) for each in found.problems],
        "limits": LIMITS,
    }


def _letter(read: LetterRead) -> dict[str, Any]:
    age = read.age
    return {
        "file": read.name,
        "row": read.row,
        "kind": read.kind,
        "sent_in_12_months": read.volume,
        "reading_age": {"value": age.value, "grade": age.grade, "words": age.words, "sentences": age.sentences,
                        "withheld": age.withheld},
        "long_sentences": read.long_sentences,
        "passive": read.passive,
        "findings": [_finding(each) for each in read.findings],
        "set_aside": [{**_finding(each), "because": each.aside} for each in read.asides],
    }  # fmt: skip


def _finding(each: LetterFinding) -> dict[str, Any]:
    return {
        "id": each.key,
        "kind": each.kind,
        "rule": each.rule,
        "place": each.place,
        "phrase": each.phrase,
        "sentence": each.sentence,
        "span": [each.start, each.end],
        "why": each.why,
        "source": each.source,
        "plainer": each.plainer,
        "owner": each.owner,
        "action": each.action,
    }


def _problem(each: Problem) -> dict[str, Any]:
    return {"file": each.file, "row": each.row, "rule": each.rule, "what": each.what, "value": each.value,
            "remedy": each.remedy}  # fmt: skip


def _tell(found: LettersRead) -> None:
    tell(read_sentence(found.letters))
    titles = ours.kind_titles()
    for letter in found.letters:
        for each in letter.findings:
            what = f"'{each.phrase}'" if each.phrase else each.why
            line = f"{letter_name(letter)}, {each.place}: {titles[each.kind].lower()}: {what}. {each.plainer}"
            tell(printable(f"{line} ({each.owner})"))
        if letter.row is None and not letter.skipped:
            tell(printable(f"{letter_name(letter)}: reading age {age_words(letter.age)}"))
    tell(found_sentence(found.letters))
    say(LIMITS)
