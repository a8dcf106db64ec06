"""Labelled comments as JSON lines: read with every fault named by its line, and written in the same form.

The form is that of data/reference/labelled/README.md. A file of predictions is one too.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.model import Danger, Told
from analysis.text.evaluation import Labelled
from analysis.text.features import TONES

POLARITIES = ("positive", "negative", "neutral")
SEVERITIES = ("emergency", "significant")


class LabelledFault(ValueError):
    """A line that is no labelled comment; the message names the file, the line, what was expected and the remedy."""


def read_labelled(file: Path) -> tuple[Labelled, ...]:
    """The labelled comments of a JSONL file, in order; empty lines are passed over.

    Raises LabelledFault where a line cannot be followed, or the file holds none; OSError where it cannot be read.
    """
    found = []
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LabelledFault(
            f"{file.name} is not in UTF-8 (byte {error.start}). Save it as UTF-8 and try again."
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_comment(_Line(file.name, number), line))
    if not found:
        raise LabelledFault(f"{file.name} holds no comments. One JSON object a line is expected.")
    return tuple(found)


def write_labelled(file: Path, comments: Iterable[Labelled]) -> int:
    """Write comments in the same form; the file appears whole or not at all. Returns how many."""
    rows = [as_row(one) for one in comments]
    unfinished = file.with_name(file.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(rows)


def as_row(one: Labelled) -> dict[str, Any]:
    """A labelled comment as the fields of a line."""
    return {
        "id": one.comment_id,
        "question": one.question,
        "text": one.text,
        "sentiment": one.tone,
        "topics": [{"topic": topic, "polarity": polarity} for topic, polarity in one.topics.items()],
        "stigma": one.told and {"source": list(one.told.sources), "form": list(one.told.forms)},
        "hazard": one.danger
        and {"kinds": list(one.danger.kinds), "severity": one.danger.severity, "vulnerable": one.danger.vulnerable},
        "pii": [{"kind": kind, "text": text} for kind, text in one.details],
        **({} if one.strengths is None else {"strengths": list(one.strengths)}),
        **({} if one.flags is None else {"flags": list(one.flags)}),
    }


def unknown_codes(comments: Iterable[Labelled], known: Mapping[str, Collection[str]]) -> Iterator[str]:
    """A sentence for each code in the labels that the registers do not know: such a label can only count as missed.

    ``known`` has the codes of topics, sources, forms and hazards, under those names.
    """
    first: dict[tuple[str, str], str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for place, one in enumerate(comments, 1):
        for named in _codes(one):
            if named[1] not in known[named[0]]:
                first.setdefault(named, one.comment_id or f"number {place}")
                times[named] += 1
    for (what, code), n in times.items():
        near = get_close_matches(code, known[what], n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"Expected one of {', '.join(sorted(known[what]))}."
        yield (
            f"{_short(code)} is no code of {what} here ({n}×, first in comment {first[what, code]}) and can only count "
            f"as missed: {remedy}"
        )


def _codes(one: Labelled) -> Iterator[tuple[str, str]]:
    yield from (("topics", topic) for topic in one.topics)
    if one.told:
        yield from (("sources", source) for source in one.told.sources)
        yield from (("forms", form) for form in one.told.forms)
    if one.danger:
        yield from (("hazards", kind) for kind in one.danger.kinds)


class _Line:
    """A line of a file, to complain of."""

    def __init__(self, name: str, number: int) -> None:
        self.where = f"{name}, line {number}"

    def fault(self, what: str) -> LabelledFault:
        return LabelledFault(f"{self.where}: {what}")

    def one_of(self, value: Any, name: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise self.fault(f"{name} is {_short(value)}. Expected one of {', '.join(allowed)}.")
        return str(value)

    def text(self, row: Mapping[str, Any], name: str) -> str:
        if not isinstance(row.get(name), str):
            raise self.fault(f"'{name}' is {_short(row.get(name))}. Expected text in quotation marks.")
        return _whole(row[name])

    def texts(self, row: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = row.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault(f"'{name}' is {_short(value)}. Expected a list of codes.")
        return tuple(value)

    def objects(self, row: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        value = row.get(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(f"'{name}' is {_short(value)}. Expected a list of objects, [] where there is none.")
        return value


def _comment(line: _Line, text: str) -> Labelled:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise line.fault("this is not JSON. Each line holds one object, {…}, and nothing else.") from error
    if not isinstance(row, dict):
        raise line.fault(f"this is {_short(row)}. Expected an object, {{…}}.")
    topics = {line.text(t, "topic"): line.one_of(t.get("polarity"), "a topic's 'polarity'", POLARITIES)
              for t in line.objects(row, "topics")}  # fmt: skip
    words = line.text(row, "text")
    details = tuple((line.text(d, "kind"), line.text(d, "text")) for d in line.objects(row, "pii"))
    for kind, detail in details:
        if detail not in words:
            raise line.fault(f"a {kind} under 'pii' does not stand in 'text' as written. Give it letter for letter.")
    return Labelled(
        text=words,
        question=line.text(row, "question") if "question" in row else "",
        tone=line.one_of(row.get("sentiment"), "'sentiment'", TONES),
        topics=topics,
        details=details,
        comment_id=str(row.get("id", "")),
        told=_told(line, row.get("stigma")),
        danger=_danger(line, row.get("hazard")),
        strengths=line.texts(row, "strengths") if "strengths" in row else None,
        flags=line.texts(row, "flags") if "flags" in row else None,
    )


def _told(line: _Line, row: Any) -> Told | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        raise line.fault(f"'stigma' is {_short(row)}. Expected null, or an object with 'source' and 'form'.")
    return Told(line.texts(row, "source"), line.texts(row, "form"))


def _danger(line: _Line, row: Any) -> Danger | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        raise line.fault(f"'hazard' is {_short(row)}. Expected null, or an object with 'kinds' and 'severity'.")
    severity = line.one_of(row.get("severity"), "a hazard's 'severity'", SEVERITIES)
    return Danger(line.texts(row, "kinds"), severity, bool(row.get("vulnerable")))


def _whole(text: str) -> str:
    """A text without halves of signs, which JSON may hold and no file."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _short(value: Any) -> str:
    """A value short enough to say; never a whole comment."""
    said = "missing" if value is None else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= 30 else said[:30] + "…"
