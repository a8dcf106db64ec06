"""What the invented tenants wrote in surveys: labelled texts, each given to someone in the mood to have written it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from data.demo.landlord import DemoLandlord
from data.demo.texts import Text, is_a_renters, md5, texts_of

# Only what someone could have written into a survey; call handlers' notes and letters are other files.
CHANNELS = ("survey_open_text", "web_form")
QUESTION_OF_CHANNEL = {"web_form": "Is there anything else?"}
# Who could have written it, by the answer to "taking everything into account".
MOODS = {"positive": (4, 5), "mixed": (3, 4), "neutral": (2, 3, 4, 5), "negative": (1, 2)}
# Asked for something to praise, or to mend, most people find something.
MOODS_WHEN_ASKED = {
    ("What do we do well?", "positive"): (3, 4, 5),
    ("What could we do better?", "negative"): (1, 2, 3),
}


def comments(landlord: DemoLandlord, responses: pd.DataFrame) -> pd.DataFrame:
    """A row per comment. A text stands at most ``comment_uses`` times in all, and never twice in one wave."""
    random = landlord.stream("comments")
    people = [_People(responses[responses["wave"] == wave.name]) for wave in landlord.waves]
    texts, given = _texts(), []
    stands_in: list[set[int]] = [set() for _ in texts]
    for _ in range(landlord.comment_uses):
        for which in random.permutation(len(texts)):
            for wave in random.permutation(len(people)):
                if wave in stands_in[which] or (person := people[wave].someone_for(texts[which], random)) is None:
                    continue
                stands_in[which].add(int(wave))
                place = people[wave].place(person)
                given.append((landlord.waves[wave].name, *place, texts[which]["question"], texts[which]["text"]))
                break
    table = pd.DataFrame(given, columns=["wave", "respondent", "row", "question", "text"])
    table = table.sort_values(["row", "question"], ignore_index=True)
    table["text_key"] = [
        md5(f"{question}\x1f{text}") for question, text in zip(table["question"], table["text"], strict=True)
    ]
    return table


class _People:
    """The respondents of a wave, and which questions each has already answered in words."""

    def __init__(self, answered: pd.DataFrame) -> None:
        self._mood = answered["TP01"].fillna(0).to_numpy(dtype=int)
        self._rents = (answered["tenure_group"] == "LCRA").to_numpy()
        self._places = list(zip(answered["respondent"], answered["row"], strict=True))
        self._free: dict[str, np.ndarray] = {}

    def place(self, person: int) -> tuple[int, int]:
        """Respondent and row of a person."""
        return self._places[person]

    def someone_for(self, text: Text, random: np.random.Generator) -> int | None:
        """Someone who could have written this text and has not answered its question yet; None when there is no one."""
        free = self._free.setdefault(text["question"], np.full(len(self._mood), True))
        moods = MOODS_WHEN_ASKED.get((text["question"], text["sentiment"]), MOODS[text["sentiment"]])
        fits = free & np.isin(self._mood, moods)
        if is_a_renters(text):
            fits &= self._rents
        if not fits.any():
            return None
        person = int(random.choice(np.flatnonzero(fits)))
        free[person] = False
        return person


@cache
def _texts() -> tuple[Text, ...]:
    """The labelled texts that fit a survey, each with the question it answers."""
    rows = texts_of(CHANNELS)
    asked = [{**row, "question": row["question"] or QUESTION_OF_CHANNEL.get(row["channel"], "")} for row in rows]
    return tuple(row for row in asked if row["question"])
