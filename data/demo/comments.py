"""What the invented tenants wrote: shipped invented comments, each given to someone in the mood to have written it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from data.demo.landlord import DemoLandlord, DemoWave
from data.registers import REFERENCE

LABELLED = REFERENCE / "labelled" / "development.jsonl"

# Only what someone could have written into a survey; call handlers' notes and letters are other files.
QUESTION_OF_CHANNEL = {"web_form": "Is there anything else?"}
# Who could have written it, by the answer to "taking everything into account".
MOODS = {"positive": (4, 5), "mixed": (3, 4), "neutral": (2, 3, 4, 5), "negative": (1, 2)}
# Asked for something to praise, or to mend, most people find something.
MOODS_WHEN_ASKED = {
    ("What do we do well?", "positive"): (3, 4, 5),
    ("What could we do better?", "negative"): (1, 2, 3),
}
# A shared owner is not asked about repairs and seldom writes of them.
RENTERS_TOPICS = {
    *("repairs_time", "repairs_quality", "appointments", "heating_hot_water", "leaks_plumbing", "damp_mould"),
    *("home_condition", "pests", "adaptations_vulnerability", "allocations_moving", "tenancy_management"),
}


def comments(landlord: DemoLandlord, responses: pd.DataFrame) -> pd.DataFrame:
    """A row per comment. In one wave a text is used at most ``comment_uses`` times, never twice on one estate."""
    parts = [_of_wave(landlord, wave, responses[responses["wave"] == wave.name]) for wave in landlord.waves]
    table = pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
    table["text_key"] = [
        hashlib.md5(f"{question}\x1f{text}".encode(), usedforsecurity=False).hexdigest()
        for question, text in zip(table["question"], table["text"], strict=True)
    ]
    return table


def _of_wave(landlord: DemoLandlord, wave: DemoWave, answered: pd.DataFrame) -> pd.DataFrame:
    random = landlord.stream("comments", wave.name)
    people = _People(answered)
    given = []
    for _ in range(landlord.comment_uses):
        for which in random.permutation(len(_texts())):
            text = _texts()[which]
            person = people.someone_for(text, int(which), random)
            if person is not None:
                given.append((wave.name, *people.place(person), text["question"], text["text"]))
    return pd.DataFrame(given, columns=["wave", "respondent", "row", "question", "text"])


class _People:
    """The respondents of a wave, and what each has already written."""

    def __init__(self, answered: pd.DataFrame) -> None:
        self._mood = answered["TP01"].fillna(0).to_numpy(dtype=int)
        self._rents = (answered["tenure_group"] == "LCRA").to_numpy()
        self._estate = answered["estate"].fillna("").to_numpy(dtype=object)
        self._places = list(zip(answered["respondent"], answered["row"], strict=True))
        self._free: dict[str, np.ndarray] = {}
        self._estates_of: dict[int, list[str]] = {}

    def place(self, person: int) -> tuple[int, int]:
        """Respondent and row of a person."""
        return self._places[person]

    def someone_for(self, text: Mapping[str, Any], which: int, random: np.random.Generator) -> int | None:
        """Someone who could have written this text and has not answered its question yet; None when there is no one."""
        question = text["question"]
        free = self._free.setdefault(question, np.full(len(self._mood), True))
        moods = MOODS_WHEN_ASKED.get((question, text["sentiment"]), MOODS[text["sentiment"]])
        fits = free & np.isin(self._mood, moods)
        if RENTERS_TOPICS & {topic["topic"] for topic in text["topics"]}:
            fits &= self._rents
        used_on = self._estates_of.setdefault(which, [])
        fits &= ~np.isin(self._estate, used_on)
        if not fits.any():
            return None
        person = int(random.choice(np.flatnonzero(fits)))
        free[person] = False
        used_on.append(self._estate[person])
        return person


@cache
def _texts() -> tuple[dict[str, Any], ...]:
    """The shipped comments that fit a survey, each with the question it answers."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines() if line]
    asked = [row | {"question": row["question"] or QUESTION_OF_CHANNEL.get(row["channel"], "")} for row in rows]
    return tuple(row for row in asked if row["question"])
