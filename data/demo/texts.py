"""The labelled corpus as a source of invented words: which texts fit where, and how often each may be used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from data.registers import REFERENCE

LABELLED = REFERENCE / "labelled"
# The files the invented landlord was made from: others, written since to teach the reader, would change its stories.
CORPUS = ("development.jsonl", "corpus-complaints.jsonl", "corpus-contacts.jsonl", "corpus-survey.jsonl")
MOST_USES = 2  # of one text in one channel: surveys, complaints, contacts, hazard cases

Text = Mapping[str, Any]

# A shared owner is not asked about repairs and seldom writes of them.
RENTERS_TOPICS = {
    *("repairs_time", "repairs_quality", "appointments", "heating_hot_water", "leaks_plumbing", "damp_mould"),
    *("home_condition", "pests", "adaptations_vulnerability", "allocations_moving", "tenancy_management"),
}


@cache
def corpus() -> tuple[Text, ...]:
    """Every labelled text, each once, in the order of the files' names."""
    once: dict[str, Text] = {}
    for path in (LABELLED / name for name in CORPUS):
        for row in map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines())):
            once.setdefault(row["text"], row)
    return tuple(once.values())


@cache
def texts_of(channels: tuple[str, ...]) -> tuple[Text, ...]:
    """The texts written in these channels."""
    return tuple(text for text in corpus() if text["channel"] in channels)


def topics_of(text: Text) -> list[str]:
    """The topics of a text, the first first."""
    return [topic["topic"] for topic in text["topics"]]


def is_a_renters(text: Text) -> bool:
    """Whether only a renter would write it."""
    return bool(RENTERS_TOPICS & set(topics_of(text)))


def category_of(text: Text, categories: Mapping[str, str], otherwise: str) -> str:
    """The category of the first topic that has one."""
    return next((categories[topic] for topic in topics_of(text) if topic in categories), otherwise)


def chosen(texts: Sequence[Text], most: int, random: np.random.Generator) -> list[Text]:
    """Up to ``most`` texts in any order, each at most twice, and none a second time before all have been used once."""
    order = np.concatenate([random.permutation(len(texts)) for _ in range(MOST_USES)])[:most]
    return [texts[which] for which in random.permutation(order.astype(int))]


def text_keys(prefix: str, texts: pd.Series) -> pd.Series:
    """The keys that readings go by: a digest of the kind of record and the text; missing where there is no text."""
    return texts.map(lambda text: md5(f"{prefix}\x1f{text}"), na_action="ignore")


def md5(text: str) -> str:
    """The digest that DuckDB's md5 gives."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
