"""The invented complaints: a row per stage, with their clocks, routes, promises and words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.draws import days_between, one_of, working_days_later
from data.demo.landlord import DemoLandlord
from data.demo.places import ANY, RENTED, Places
from data.demo.stories import DAMP, pace, rates
from data.demo.texts import category_of, chosen, is_a_renters, text_keys, texts_of

CHANNELS = ("complaint_email", "complaint_letter")
ACKNOWLEDGE, ANSWER, EXTENSION = 5, {1: 10, 2: 20}, {1: 10, 2: 20}  # working days: Complaint Handling Code 2024
SERVICE_REQUEST = "service request"
RENTERS = {DAMP, "Heating and hot water", "Missed appointments"}  # shared owners and leaseholders see to these
LAST = [
    *("row", "reference", "complaint", "stage", "made", "acknowledged", "extended_to", "responded", "refused"),
    *("withdrawn", "route", "category", "record_type", "tenancy_ref", "home_ref", "uprn_ref", "address_key", "estate"),
    *("tenure", "tenure_group", "promise", "promise_due", "promise_done", "text", "text_key"),
]


def complaints(landlord: DemoLandlord, places: Places) -> pd.DataFrame:
    """Table ``complaints``: first stages in the order they were made, then the second stages of those escalated."""
    asked, random = landlord.records.complaints, landlord.stream("complaints")
    count = asked.count + asked.service_requests
    made = days_between(landlord.records.starts, landlord.records.as_of, count, random)
    about = _about(landlord, made, random)
    damp = (about["category"] == DAMP).to_numpy()
    often = rates(landlord, places.estates, asked.mood, made, damp, landlord.records.silent_estate.complaints)
    rented = about["category"].isin(RENTERS).to_numpy() | about["renters"].to_numpy(dtype=bool)
    at = np.where(rented, places.drawn(RENTED, often, random), places.drawn(ANY, often, random))
    first = pd.concat([about.drop(columns="renters"), places.named(at, made, random)], axis=1)
    first["record_type"] = "complaint"
    first.loc[random.permutation(count)[: asked.service_requests], "record_type"] = SERVICE_REQUEST
    first["reference"] = [f"C{day:%y}-{n:05d}" for n, day in enumerate(made, start=1)]
    first["complaint"], first["stage"] = first["reference"], 1
    first = _clocks(landlord, first, places.estate(at), random)
    second = _second_stages(landlord, first, places.estate(at), random)
    both = _promises(landlord, pd.concat([first, second], ignore_index=True))
    both["row"] = np.arange(2, len(both) + 2)
    both["text_key"] = text_keys("complaint", both["text"])
    return both[LAST]


def _about(landlord: DemoLandlord, made: pd.DatetimeIndex, random: np.random.Generator) -> pd.DataFrame:
    """What each complaint is of, how it came in, and its words where it has any."""
    asked, categories = landlord.records.complaints, landlord.records.categories_of_topics
    words = chosen(texts_of(CHANNELS), int(asked.with_text * asked.count), random)
    table = pd.DataFrame({"made": made, "text": None, "renters": False})
    table["category"] = one_of(asked.categories, len(made), random)
    table["route"] = one_of(asked.routes, len(made), random)
    where = random.permutation(len(made))[: len(words)]
    said = [(text["text"], is_a_renters(text), category_of(text, categories, "Communication")) for text in words]
    table.loc[where, ["text", "renters", "category"]] = np.array(said, dtype=object).reshape(-1, 3)
    return table


def _clocks(
    landlord: DemoLandlord, table: pd.DataFrame, estates: pd.Series, random: np.random.Generator
) -> pd.DataFrame:
    """Acknowledged, extended, answered, refused, withdrawn: what has happened by the day the sample looks back from."""
    asked, n, as_of = landlord.records.complaints, len(table), pd.Timestamp(landlord.records.as_of)
    made, stage = table["made"], int(table["stage"].iloc[0])
    in_time = random.random(n) < asked.acknowledged_in_time
    acknowledged = working_days_later(
        made, np.where(in_time, random.integers(0, ACKNOWLEDGE + 1, n), random.integers(6, 16, n))
    )
    usual, late = ANSWER[stage], random.random(n) >= asked.answered_in_time
    extended = late & (random.random(n) < asked.extended / (1 - asked.answered_in_time))
    kept = extended & (random.random(n) < asked.extension_kept)
    until = usual + random.integers(3, EXTENSION[stage] + 1, n)  # what an extension is agreed to, in days
    overrun = np.where(extended, until, usual) + random.geometric(1 / 9, n)
    days = np.where(
        late, np.where(kept, random.integers(usual + 1, until + 1), overrun), random.integers(3, usual + 1, n)
    )
    quick = pace(landlord, "complaints", estates, pd.DatetimeIndex(made))
    responded = working_days_later(acknowledged, np.ceil(days * quick).astype(int))
    agreed = working_days_later(acknowledged, random.integers(1, usual, n))
    waits = (made >= pd.Timestamp(asked.backlog_since)) & (
        landlord.stream("backlog", str(stage)).random(n) < asked.backlog_rate
    )
    refused = random.random(n) < asked.refused
    withdrawn = ~refused & (random.random(n) < asked.withdrawn) & (agreed <= as_of).to_numpy()
    return table.assign(
        acknowledged=acknowledged.where(acknowledged <= as_of),
        # Agreed with the tenant before the usual time is up; the new date itself may lie ahead.
        extended_to=working_days_later(acknowledged, until).where(extended & ~refused & ~withdrawn & (agreed <= as_of)),
        responded=responded.where((responded <= as_of) & ~withdrawn & ~waits),
        refused=refused,
        withdrawn=withdrawn,
    )


def _second_stages(
    landlord: DemoLandlord, first: pd.DataFrame, estates: pd.Series, random: np.random.Generator
) -> pd.DataFrame:
    """Child cases of the complaints that went on to the second stage, each about the same home."""
    asked, as_of = landlord.records.complaints, pd.Timestamp(landlord.records.as_of)
    answered = first["responded"].notna() & ~first["refused"] & (first["record_type"] == "complaint")
    taken_on = working_days_later(first["responded"].fillna(as_of), random.integers(1, 25, size=len(first)))
    # Of all answered complaints, whether or not there has been time to go on.
    goes_on = answered & (random.random(len(first)) < asked.escalated) & (taken_on <= as_of)
    table = first[goes_on].assign(made=taken_on[goes_on], stage=2, text=None).reset_index(drop=True)
    table["reference"] = [f"{parent}/2" for parent in table["complaint"]]
    return _clocks(landlord, table, estates[goes_on].reset_index(drop=True), random) if len(table) else table


def _promises(landlord: DemoLandlord, table: pd.DataFrame) -> pd.DataFrame:
    """What some replies said would be done, by when, and when it was; some is overdue."""
    asked, as_of, random = (
        landlord.records.complaints,
        pd.Timestamp(landlord.records.as_of),
        landlord.stream("promises"),
    )
    n = len(table)
    said = (random.random(n) < asked.promise_rate) & table["responded"].notna() & ~table["refused"]
    days = random.integers(*asked.promise_days, size=n, endpoint=True)
    due = working_days_later(table["responded"].fillna(as_of), days)
    luck = random.random(n)
    early = -np.minimum(days, random.integers(0, 10, size=n))
    after = np.where(luck < asked.promise_kept_in_time, early, random.integers(1, 40, size=n))
    done = working_days_later(due, after).where(luck < asked.promise_kept_in_time + asked.promise_kept_late)
    return table.assign(
        promise=table["category"].map(dict(asked.promises)).where(said, None),
        promise_due=due.where(said),
        promise_done=done.where(said & (done <= as_of)),
    )
