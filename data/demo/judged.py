"""Answers to the questions about being judged, in the waves that asked them: from streams of their own, so that no
earlier figure moves. Several answers stand in one cell, as systems write them, and are read as any file's are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.model import NOT_ASKED, REFUSED
from analysis.model.stigma import AGREE, NO, NOT_SURE, SEVERAL, YES, Item
from data.columns.items import items_meant
from data.columns.mapping import Mapping
from data.demo.landlord import DemoLandlord
from data.stigma import stigma_module

SEPARATORS = ("; ", ";", " | ", "\n", ", ")
FIRST = "ST01"


def with_items(landlord: DemoLandlord, answered: pd.DataFrame) -> pd.DataFrame:
    """The respondents with a column for each item and option; missing in waves that did not ask."""
    groups = [
        (wave.name, group, answered[answered["wave"].eq(wave.name) & answered["tenure_group"].eq(group)])
        for wave in landlord.waves
        for group in wave.answers
        if wave.name in landlord.judged.waves
    ]
    parts = [
        pd.DataFrame(dict(_of_wave(landlord, wave, group, people)), index=people.index)
        for wave, group, people in groups
    ]
    if not parts:
        return answered
    columns = [code for item in stigma_module().items for code in item.codes]
    found = pd.concat(parts).reindex(index=answered.index, columns=columns)
    return pd.concat([answered, found.astype("Int8")], axis=1)


def _of_wave(landlord: DemoLandlord, wave: str, group: str, people: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Every item's columns; each item draws from a stream of its own."""
    judged = pd.Series(False, index=people.index)
    for item in stigma_module().items:
        random = landlord.stream("being judged", wave, group, item.code)
        if group not in item.tenures:
            continue
        if item.kind == SEVERAL:
            yield from _several(item, _cells(landlord, item, judged, random), judged)
        elif item.kind == AGREE:
            yield item.code, _agreement(landlord, item.code, judged, random)
        elif item.codes:
            said = _yes_no(landlord, item.code, people, judged, random)
            judged = said.eq(YES).fillna(False).astype(bool) if item.code == FIRST else judged
            yield item.code, said


def _yes_no(
    landlord: DemoLandlord, code: str, people: pd.DataFrame, judged: pd.Series, random: np.random.Generator
) -> pd.Series:
    rates = landlord.judged
    if code == FIRST:
        chance = np.where(people["TP08"].ge(4).fillna(False), rates.felt["fair"], rates.felt["unfair"])
    else:
        chance = np.where(judged, rates.yes[code]["judged"], rates.yes[code]["others"])
    luck = random.random(len(people))
    said = pd.Series(np.where(luck < chance, YES, np.where(luck > 1 - rates.not_sure, NOT_SURE, NO)), people.index)
    return _skipped(landlord, said.astype("Int8"), random)


def _agreement(landlord: DemoLandlord, code: str, judged: pd.Series, random: np.random.Generator) -> pd.Series:
    luck = random.random(len(judged))
    shares = landlord.judged.agree[code]
    box = {who: 5 - np.searchsorted(np.cumsum(each)[:4], luck) for who, each in shares.items()}
    said = pd.Series(np.where(judged, box["judged"], box["others"]), judged.index)
    return _skipped(landlord, said.astype("Int8"), random)


def _skipped(landlord: DemoLandlord, said: pd.Series, random: np.random.Generator) -> pd.Series:
    luck = random.random((2, len(said)))
    return said.mask(luck[0] < landlord.judged.refused, REFUSED).mask(luck[1] < landlord.judged.blank, pd.NA)


def _cells(landlord: DemoLandlord, item: Item, judged: pd.Series, random: np.random.Generator) -> pd.Series:
    """What those who said yes to the first item wrote in one cell; missing for everybody else."""
    named = landlord.judged.options[item.code]
    alone = [option.title for option in item.options if option.alone]
    titles = {option.key: option.title for option in item.options}
    luck = random.random((len(judged), len(named))) < np.array(list(named.values()))
    sign = random.integers(len(SEPARATORS), size=len(judged))
    blank = random.random(len(judged)) < landlord.judged.blank
    texts = [
        SEPARATORS[which].join([titles[key] for key, said in zip(named, row, strict=True) if said] or alone)
        for row, which in zip(luck, sign, strict=True)
    ]
    return pd.Series(texts, judged.index).mask(~judged | blank)


def _several(item: Item, cells: pd.Series, judged: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    read = items_meant({item.code: Counter(cells.dropna())}, Mapping(), _called, ()).several[item.code]
    named = cells.map(read.options, na_action="ignore")
    for option in item.options:
        said = named.map(lambda keys, key=option.key: YES if key in keys else NO, na_action="ignore")
        yield f"{item.code}:{option.key}", said.astype("Int8").mask(~judged, NOT_ASKED)


def _called(name: str) -> Sequence[str]:
    return (name,)
