"""The invented hazard cases: what was reported, how severe, and the clocks of the law."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.draws import days_between, one_of, working_days_later
from data.demo.landlord import DemoLandlord
from data.demo.places import RENTED, Places
from data.demo.stories import rates
from data.demo.texts import Text, chosen, text_keys, texts_of

CHANNELS = ("phone_note", "sms")
DAMP_HAZARD = "Damp and mould growth"
LAST = [
    *("row", "reference", "reported", "kind", "severity", "investigation_due", "inspected", "summary_sent"),
    *("made_safe", "no_access_1", "no_access_2", "no_access_3", "tenancy_ref", "home_ref", "uprn_ref", "address_key"),
    *("estate", "text", "text_key"),
]


def hazards(landlord: DemoLandlord, places: Places) -> pd.DataFrame:
    """Table ``hazards``: a row per case, in the order they were reported."""
    asked, random = landlord.records.hazards, landlord.stream("hazards")
    reported = days_between(asked.starts, landlord.records.taken["hazards"], asked.count, random)
    table = pd.DataFrame({"reported": reported, "kind": one_of(asked.kinds, len(reported), random)})
    table["severity"] = one_of(asked.severities, len(table), random)
    table = _with_words(landlord, table, random)
    damp = (table["kind"] == DAMP_HAZARD).to_numpy()
    at = places.drawn(RENTED, rates(landlord, places.estates, asked.mood, reported, damp, heard=1.0), random)
    named = places.named(at, reported, random).drop(columns=["tenure", "tenure_group"])
    table = pd.concat([_clocks(landlord, table, random), named], axis=1)
    table["reference"] = [f"H{1_000 + n}" for n in range(1, len(table) + 1)]
    table["row"] = np.arange(2, len(table) + 2)
    table["text_key"] = text_keys("hazard", table["text"])
    return table[LAST]


def _with_words(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Some cases have the words they were reported in: of damp where the case is of damp, of that severity."""
    asked, table["text"] = landlord.records.hazards, None
    told = [text for text in texts_of(CHANNELS) if text["hazard"]]
    wanted = {"emergency": table["severity"] == "emergency", "significant": table["severity"] == "significant"}
    for severity, of_severity in wanted.items():
        for damp in (True, False):
            rows = np.flatnonzero(of_severity & ((table["kind"] == DAMP_HAZARD) == damp))
            fitting = [text for text in told if _tells(text, severity, damp)]
            words = chosen(fitting, int(asked.with_text * len(rows)), random)
            table.loc[rows[: len(words)], "text"] = [text["text"] for text in words]
    return table


def _tells(text: Text, severity: str, damp: bool) -> bool:
    return text["hazard"]["severity"] == severity and ("damp_mould" in text["hazard"]["kinds"]) == damp


def _clocks(landlord: DemoLandlord, table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Due, inspected, summary sent, made safe and visits without an answer, up to the day the file was taken."""
    asked, n = landlord.records.hazards, len(table)
    reported, taken = table["reported"], pd.Timestamp(landlord.records.taken["hazards"])
    emergency = (table["severity"] == "emergency").to_numpy()
    due_in = np.where(emergency, 1, asked.investigation_days)
    in_time = random.random(n) < np.where(emergency, asked.emergency_in_time, asked.investigated_in_time)
    usual = np.where(emergency, random.integers(0, 2, n), random.integers(1, asked.investigation_days + 1, n))
    inspected = working_days_later(reported, np.where(in_time, usual, due_in + random.geometric(1 / 6, n)))
    told = random.random(n) < asked.summary_in_time
    summary = working_days_later(
        inspected, np.where(told, random.integers(0, asked.summary_days + 1, n), random.integers(4, 13, n))
    )
    safe_in = np.where(emergency, 1, asked.safe_days)
    made_in_time = random.random(n) < np.where(emergency, asked.emergency_in_time, asked.safe_in_time)
    safe = working_days_later(
        inspected, np.where(made_in_time, random.integers(0, safe_in + 1), safe_in + random.geometric(1 / 9, n))
    )
    visits = np.where(random.random(n) < asked.no_access, random.choice([1, 2, 3], n, p=[0.6, 0.25, 0.15]), 0)
    asked_on, seen_on = (days.to_numpy().astype("datetime64[D]") for days in (reported, inspected))
    gap = np.busday_count(asked_on, seen_on)
    missed = {
        f"no_access_{k}": working_days_later(reported, gap * k // 4).where(visits >= k).mask(lambda days: days > taken)
        for k in (1, 2, 3)
    }
    return table.assign(
        investigation_due=working_days_later(reported, due_in),
        inspected=inspected.mask(inspected > taken),
        summary_sent=summary.mask(summary > taken),
        made_safe=safe.mask(safe > taken),
        **missed,
    )
