"""The invented contacts: calls, messages, visits and posts, in and out; some with words, many with a reason only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.draws import days_between, one_of
from data.demo.landlord import DemoLandlord
from data.demo.places import ANY, RENTED, Places
from data.demo.stories import DAMP, rates
from data.demo.texts import category_of, chosen, is_a_renters, text_keys, texts_of

ARREARS = "Rent arrears"
CAMPAIGN_MONTH = "Rent arrears {:%B %Y}"
LAST = [
    *("row", "reference", "day", "channel", "direction", "reason", "route", "campaign", "outcome", "listening"),
    *("tenancy_ref", "home_ref", "uprn_ref", "address_key", "estate", "tenure", "tenure_group", "text", "text_key"),
]


def contacts(landlord: DemoLandlord, places: Places) -> pd.DataFrame:
    """Table ``contacts``: a row per contact, in the order of the days."""
    asked, random = landlord.records.contacts, landlord.stream("contacts")
    days = days_between(landlord.records.starts, asked.ends, asked.count, random)
    table = _about(landlord, days, random)
    damp = (table["reason"] == DAMP).to_numpy()
    often = rates(landlord, places.estates, asked.mood, days, damp, landlord.records.silent_estate.contacts)
    rented = table["renters"].to_numpy(dtype=bool) | damp | table["campaign"].notna().to_numpy()
    at = np.where(rented, places.drawn(RENTED, often, random), places.drawn(ANY, often, random))
    table = pd.concat([table, places.named(at, days, random)], axis=1)
    table["reference"] = [f"K{100_000 + n}" for n in range(1, len(table) + 1)]
    table["row"] = np.arange(2, len(table) + 2)
    table["text_key"] = text_keys("contact", table["text"])
    return table[LAST]


def _about(landlord: DemoLandlord, days: pd.DatetimeIndex, random: np.random.Generator) -> pd.DataFrame:
    """Which way each contact went, what it was of, and its words where it has any."""
    asked, n = landlord.records.contacts, len(days)
    table = pd.DataFrame({"day": days, "channel": one_of(asked.channels, n, random), "direction": "in"})
    table["reason"] = one_of(asked.reasons, n, random)
    table["route"] = one_of(asked.routes, n, random)
    table["outcome"] = one_of(asked.outcomes, n, random)
    table["campaign"], table["text"], table["renters"] = None, None, False
    luck = random.random(n)
    arrears, out = luck < asked.arrears, luck < asked.arrears + asked.outward
    table.loc[out, "direction"], table.loc[out, "route"] = "out", "normal"
    table.loc[arrears, ["channel", "reason"]] = ["telephone", ARREARS]
    table.loc[arrears, "campaign"] = [CAMPAIGN_MONTH.format(day) for day in days[arrears]]
    wrong = out & (table["channel"] == "telephone") & (random.random(n) < asked.wrong_party)
    table.loc[wrong, "outcome"] = "Wrong party"
    table["listening"] = ~(arrears | wrong)
    return _with_words(landlord, table, random)


def _with_words(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Some contacts in words: each of those came in, by the channel its text was written for, and was listened to."""
    asked, categories = landlord.records.contacts, landlord.records.categories_of_topics
    words = chosen(texts_of(tuple(asked.channel_of_text)), int(asked.with_text * len(table)), random)
    where = random.permutation(len(table))[: len(words)]
    said = [
        (text["text"], is_a_renters(text), category_of(text, categories, "Communication"),
         asked.channel_of_text[text["channel"]], "in", None, True)
        for text in words
    ]  # fmt: skip
    columns = ["text", "renters", "reason", "channel", "direction", "campaign", "listening"]
    table = table.astype(dict.fromkeys(columns, object))
    table.loc[where, columns] = np.array(said, dtype=object).reshape(-1, len(columns))
    table.loc[where, "outcome"] = one_of(asked.outcomes, len(where), random)
    return table
