"""Who answered the invented surveys, and what they said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.model import NOT_APPLICABLE, NOT_ASKED, REFUSED
from data.demo.judged import with_items
from data.demo.landlord import DemoLandlord, DemoWave
from data.registers import measures

FILTERS = ("repair_12m", "complaint_12m", "communal")


def responses(landlord: DemoLandlord, homes: pd.DataFrame) -> pd.DataFrame:
    """A row per respondent of every wave, as the incoming tables have it, in the order of the file."""
    table = pd.concat([_of_wave(landlord, wave, homes) for wave in landlord.waves], ignore_index=True)
    table.insert(1, "row", np.arange(2, len(table) + 2))
    table.insert(2, "respondent", np.arange(1, len(table) + 1))
    return with_items(landlord, table)


def _of_wave(landlord: DemoLandlord, wave: DemoWave, homes: pd.DataFrame) -> pd.DataFrame:
    parts = [_of_group(landlord, wave, homes[homes["tenure_group"] == group], group) for group in wave.answers]
    return pd.concat(parts, ignore_index=True).sort_values("date", kind="stable", ignore_index=True)


def _of_group(landlord: DemoLandlord, wave: DemoWave, homes: pd.DataFrame, group: str) -> pd.DataFrame:
    chosen = who_answers(landlord, wave, homes, group)
    # Every home has an answer; the survey reads those of the homes it reached. The truth is exact, the sample not.
    said = _answers(landlord, wave, homes.reset_index(drop=True), chosen, group)
    people = homes.iloc[chosen.index].reset_index(drop=True)
    random = landlord.stream("survey facts", wave.name, group)
    may_attribute = random.random(len(people)) < landlord.may_attribute_rate
    estate_missing = random.random(len(people)) < landlord.estate_missing_rate
    date_missing = random.random(len(people)) < landlord.date_missing_rate
    return pd.DataFrame(
        {
            "wave": wave.name,
            "tenure_group": group,
            "tenure": people["tenure"],
            "estate": people["estate"].mask(estate_missing, None),
            "block": people["block"].mask(estate_missing, None),
            "age_band": people["age_band"],
            "method": chosen["method"].to_numpy(),
            "date": _dates(wave, len(people), random).mask(date_missing),
            "stratum": group,
            "weight": _weights(people["age"], homes["age"]),
            "counts": True,
            "may_attribute": may_attribute,
            "household": people["home"].where(may_attribute, None),
            **said,
            "c_region": people["region"].mask(estate_missing, None),
            "c_length_of_tenancy": people["length"],
        }
    )


def who_answers(landlord: DemoLandlord, wave: DemoWave, homes: pd.DataFrame, group: str) -> pd.DataFrame:
    """Positions among the homes of one tenure group of those that answered (the index), and how each was asked."""
    random = landlord.stream("sample", wave.name, group)
    ready = homes["answers"].to_numpy() * homes["estate"].map(wave.replies).fillna(1.0).to_numpy(dtype=float)
    chosen = random.choice(len(homes), size=wave.answers[group], replace=False, p=ready / ready.sum())
    chosen = _none_of(wave.silent, homes["estate"].to_numpy(), chosen)
    methods = wave.methods[group]
    asked = random.choice(list(methods), size=len(chosen), p=list(methods.values()))
    return pd.DataFrame({"method": asked}, index=chosen)


def _none_of(silent: Sequence[str], estates: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The homes chosen, for those on a silent estate the next home elsewhere that was not: nobody else's luck moves.

    Where every home elsewhere answers already, they stay.
    """
    fits = ~np.isin(estates, silent)
    taken = set(chosen.tolist())
    kept = chosen.copy()
    for place in np.flatnonzero(~fits[chosen]):
        order = np.roll(np.arange(len(estates)), -chosen[place])
        kept[place] = next((home for home in order.tolist() if fits[home] and home not in taken), chosen[place])
        taken.add(int(kept[place]))
    return kept


def _answers(
    landlord: DemoLandlord, wave: DemoWave, homes: pd.DataFrame, chosen: pd.DataFrame, group: str
) -> pd.DataFrame:
    """Filter answers and the twelve measures of those who answered, coded as the model has them."""
    random = landlord.stream("answers", wave.name, group)
    mood = random.standard_normal(len(homes))
    passed = _filters(landlord, homes, mood, group, random)
    place = homes["mood"] + homes["estate"].map(wave.moods).fillna(0.0).astype(float)
    shift = _method_shift(landlord, chosen["method"], group)
    said = {name: passed[name].array[chosen.index] for name in FILTERS}
    for measure in measures(wave.reporting_year):
        own = random.standard_normal(len(homes))
        if group not in measure.tenures:
            said[measure.code] = pd.array([pd.NA] * len(chosen), dtype="Int8")
            continue
        asked = passed[measure.filter_field].to_numpy() if measure.filter_field else np.full(len(homes), True)
        feeling = place + landlord.one_mood * mood + np.sqrt(1 - landlord.one_mood**2) * own
        cuts = np.quantile(feeling[asked], _cumulative(landlord, wave, group, measure.code))
        box = np.searchsorted(cuts, feeling.to_numpy()[chosen.index] + shift) + 1
        said[measure.code] = _coded(landlord, measure.code, group, box, asked[chosen.index], random)
    return pd.DataFrame(said)


def _filters(
    landlord: DemoLandlord, homes: pd.DataFrame, mood: np.ndarray, group: str, random: np.random.Generator
) -> pd.DataFrame:
    """Who had a repair, who complained (the less happy more often), who lives with communal areas."""
    rates = landlord.passes_filter[group]
    complained = pd.Series(mood - random.standard_normal(len(homes)) * 2).rank(pct=True) <= rates["complaint_12m"]
    repaired = pd.Series(random.random(len(homes)) < rates.get("repair_12m", 0.0), dtype="boolean")
    if "repair_12m" not in rates:
        repaired[:] = pd.NA
    return pd.DataFrame({"repair_12m": repaired, "complaint_12m": complained, "communal": homes["communal"]})


def _method_shift(landlord: DemoLandlord, method: pd.Series, group: str) -> np.ndarray:
    """What the way of asking does to an answer, nil on average under the usual mix."""
    usual = sum(share * landlord.method_mood[name] for name, share in landlord.usual_methods[group].items())
    return method.map(dict(landlord.method_mood)).to_numpy(dtype=float) - usual


def _cumulative(landlord: DemoLandlord, wave: DemoWave, group: str, code: str) -> np.ndarray:
    """Shares at or below each answer but the best, worst first: the sector's shape at this wave's level."""
    yes = wave.satisfied[group][code] / 100
    return np.cumsum(_five_shares(landlord.five_boxes[group][code], yes)[::-1])[:4]


def _five_shares(shape: Sequence[float], yes: float) -> np.ndarray:
    """A shape of five answers brought to a given share in the top two.

    >>> _five_shares((0.4, 0.4, 0.1, 0.05, 0.05), 0.6).round(3).tolist()
    [0.3, 0.3, 0.2, 0.1, 0.1]
    """
    boxes = np.array(shape)
    top, rest = boxes[:2], boxes[2:]
    return np.concatenate([top / top.sum() * yes, rest / rest.sum() * (1 - yes)])


def _coded(
    landlord: DemoLandlord,
    code: str,
    group: str,
    box: np.ndarray,
    asked: np.ndarray,
    random: np.random.Generator,
) -> pd.Series:
    """Boxes with what else is said: not applicable, refused, left blank, not asked."""
    luck = random.random((3, len(box)))
    answer = pd.Series(box, dtype="Int8")
    answer[luck[0] < landlord.not_applicable[group].get(code, 0.0)] = NOT_APPLICABLE
    answer[luck[1] < landlord.refused_rate] = REFUSED
    answer[luck[2] < landlord.blank_rate] = pd.NA
    answer[~asked] = NOT_ASKED
    return answer


def _dates(wave: DemoWave, n: int, random: np.random.Generator) -> pd.Series:
    """Working days of the fieldwork, the busier ones at random."""
    days = pd.bdate_range(wave.fieldwork_from, wave.fieldwork_to)
    return pd.Series(days[random.integers(len(days), size=n)])


def _weights(answered: pd.Series, homes: pd.Series) -> np.ndarray:
    """Weights that bring the age bands of those who answered to those of all homes; 1 on average."""
    lives = homes.value_counts(normalize=True)
    heard = answered.value_counts(normalize=True)
    return answered.map(lives / heard).to_numpy(dtype=float)
