"""Whether what the regulator published follows from the counts it published beside it.

Each figure is computed anew and held to the precision it was published with: a margin given to one decimal may differ
by 0.05, one given in full by a millionth. What was published with how many decimals is told from the figures
themselves, column by column, since it changes from year to year. Formulas of the margin and the required sample:
docs/method/intervals.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import Disagreement, Headline, Recount, SectorSurvey, SectorYear
from analysis.model.sector import FIVE
from analysis.survey.sampling import margin_of_error, required_sample

EXACT = 1e-6
ROUNDED = range(5)  # decimals the regulator rounds to; the shares that passed a filter have four
MOSTLY = 0.9  # a column is rounded where this share of its figures is: single errors do not hide it
SLACK = 1e-9  # for numbers that lie half-way
WEIGHTED_SLACK = 3.0  # six weighted counts, each rounded by up to a half
PER_THOUSAND = ("CH01", "NM01")
Floats = npt.NDArray[np.float64]
Row = Any  # a row of one of the tables, by the names of its columns
Apart = tuple[Row, float, float]  # a row, the figure published and the figure computed anew
PARTS = ("margin", "required_sample", "percentages", "filters", "unweighted", "management", "counts", "headlines")


def recount(year: SectorYear, headlines: Sequence[Headline] = ()) -> dict[str, Recount]:
    """Every published figure of a year computed anew, by part, in the order of ``PARTS``."""
    return {
        "margin": recount_margins(year),
        "required_sample": recount_required(year),
        "percentages": recount_percentages(year),
        "filters": recount_filters(year),
        "unweighted": recount_unweighted(year),
        "management": recount_management(year),
        "counts": recount_counts(year),
        "headlines": recount_headlines(year, headlines),
    }


def decimals_of(values: Iterable[float]) -> int | None:
    """How many decimals a column was rounded to, or None for figures given in full.

    >>> decimals_of([61.2, 70.0, 58.9]), decimals_of([200 / 3, 70.0]), decimals_of([3.0, 12.0])
    (1, None, 0)
    """
    numbers = np.array(list(values), dtype=float)
    for decimals in ROUNDED:
        if len(numbers) and np.mean(np.abs(numbers - np.round(numbers, decimals)) < SLACK) >= MOSTLY:
            return decimals
    return None


def precision_of(values: Iterable[float]) -> float:
    """How far a figure of this column may lie from the one computed anew."""
    decimals = decimals_of(values)
    return EXACT if decimals is None else 0.5 * 10.0**-decimals + SLACK


def recount_margins(year: SectorYear) -> Recount:
    """The margin of error of every survey, from its sample and population."""
    given = [survey for survey in year.surveys.values() if survey.margin is not None]
    near = precision_of([survey.margin for survey in given if survey.margin is not None])
    found = []
    for survey in given:
        margin = _margin(survey)
        if margin is None or abs(100 * margin - (survey.margin or 0)) > near:
            why = _why_margin(survey, margin)
            found.append(_of(year, "margin", survey, survey.margin, None if margin is None else 100 * margin, why))
    return Recount("margin", len(given), tuple(found))


def recount_required(year: SectorYear) -> Recount:
    """The smallest sample asked of every survey, from its population; rounded up where the year publishes it so."""
    given = [s for s in year.surveys.values() if s.required_sample is not None and s.population is not None]
    whole = decimals_of([s.required_sample for s in given if s.required_sample is not None]) == 0
    found = []
    for survey in given:
        needed = required_sample(survey.population or 0)
        needed = float(np.ceil(needed)) if whole else needed
        if abs(needed - (survey.required_sample or 0)) > EXACT:
            found.append(_of(year, "required_sample", survey, survey.required_sample, needed))
    return Recount("required_sample", len(given), tuple(found))


def recount_percentages(year: SectorYear) -> Recount:
    """Every perception result from its five counts: the best two over all five."""
    table = year.measures
    table = table[table.share.notna() & (table.base > 0)]
    wrong = [
        _row(year, "percentages", row, published, anew, _rounded_counts(year, row))
        for row, published, anew in _apart(table, 100 * table.share, 100 * table.yes / table.base, "tenure_group")
    ]
    return Recount("percentages", len(table), tuple(wrong))


def recount_filters(year: SectorYear) -> Recount:
    """The share that passed each filter question, from its Yes and No."""
    table = year.measures
    table = table[table.filter_share.notna() & (table.filter_yes + table.filter_no > 0)]
    anew = 100 * table.filter_yes / (table.filter_yes + table.filter_no)
    found = _apart(table, 100 * table.filter_share, anew, "tenure_group", "measure")
    return Recount("filters", len(table), tuple(_row(year, "filters", *each) for each in found))


def recount_unweighted(year: SectorYear) -> Recount:
    """TP01 before weighting, from the five counts before weighting."""
    given = [s for s in year.surveys.values() if s.unweighted_share is not None and s.unweighted and sum(s.unweighted)]
    table = pd.DataFrame(
        [(s.landlord, s.tenure_group, "TP01", s.unweighted_share, *(s.unweighted or ())) for s in given],
        columns=["landlord", "tenure_group", "measure", "share", *FIVE],
    )
    anew = 100 * table[list(FIVE[:2])].sum(axis=1) / table[list(FIVE)].sum(axis=1)
    found = _apart(table, 100 * table.share.astype(float), anew, "tenure_group")
    return Recount("unweighted", len(given), tuple(_row(year, "unweighted", *each) for each in found))


def recount_management(year: SectorYear) -> Recount:
    """Every management measure from its numerator and denominator: a percentage, or a rate for every 1,000 homes."""
    table = year.management
    table = table[table.value.notna() & table.numerator.notna() & (table.denominator > 0)]
    scale = table.measure.str[:4].isin(PER_THOUSAND).map({True: 1000.0, False: 100.0})
    found = _apart(table, table.value, scale * table.numerator / table.denominator, "tenure_group", "measure")
    return Recount("management", len(table), tuple(_row(year, "management", *each) for each in found))


def recount_counts(year: SectorYear) -> Recount:
    """Whether counts fit into what they are counts of: answers into surveys, filtered answers into those who passed,
    responses by method into all, homes done into homes that needed it, both kinds of reply into replies in time.
    """
    found = [*_survey_counts(year), *_answer_counts(year), *_management_counts(year)]
    rows = len(year.surveys) + len(year.measures) + len(year.management)
    return Recount("counts", rows, tuple(found))


def recount_headlines(year: SectorYear, headlines: Sequence[Headline]) -> Recount:
    """The regulator's own headlines, rounded to whole numbers as it printed them."""
    held = [headline for headline in headlines if headline.published is not None]
    found = []
    for headline in held:
        anew = headline_of(year, headline)
        if anew is None or abs(anew - (headline.published or 0)) > 0.5 + SLACK:
            said = f"{headline.what} of {headline.of}"
            found.append(Disagreement("headlines", "", said, headline.group, headline.of, headline.published, anew))
    return Recount("headlines", len(held), tuple(found))


def headline_of(year: SectorYear, headline: Headline) -> float | None:
    """A headline from the workbook's own figures, as a percentage; None where it holds nothing of it.

    Raises ValueError for a headline nobody knows how to compute.
    """
    if headline.what == "main method":
        named = [survey.main_method for survey in year.surveys.values() if survey.main_method]
        return 100 * named.count(headline.of) / len(named) if named else None
    table = year.measures
    table = table[(table.tenure_group == headline.group) & (table.measure == headline.of)]
    if headline.what == "median":
        return float(100 * table.share.median()) if table.share.notna().any() else None
    ends = {"satisfied": FIVE[:2], "dissatisfied": FIVE[3:]}
    if headline.what not in ends:
        raise ValueError(f"Unknown headline '{headline.what}'. There are: median, main method, {', '.join(ends)}.")
    base = table.base.sum()
    return float(100 * table[list(ends[headline.what])].to_numpy().sum() / base) if base else None


# ── Counts that do not add up ────────────────────────────────────────────────────────────────────


def _survey_counts(year: SectorYear) -> Iterable[Disagreement]:
    for survey in year.surveys.values():
        by_method = sum(survey.methods.values())
        if survey.methods and survey.sample is not None and by_method != survey.sample:
            why = "Responses by method do not add up to the sample."
            yield _of(year, "counts", survey, survey.sample, by_method, why)


def _answer_counts(year: SectorYear) -> Iterable[Disagreement]:
    table = year.measures
    surveys = [year.surveys[key] for key in zip(table.landlord, table.tenure_group, strict=True)]
    sample = np.array([np.nan if s.sample is None else s.sample for s in surveys], dtype=float)
    slack = np.array([WEIGHTED_SLACK if s.weighted else 0.0 for s in surveys]) + 0.5
    base, asked, passed = (_numbers(c) for c in (table.base, table.filter_yes + table.filter_no, table.filter_yes))
    tests = (
        (base + _numbers(table.na.fillna(0)), sample, "More answers than surveys."),
        (asked, sample, "More answers to the filter question than surveys."),
        (base, passed, "More answers than respondents who passed the filter question."),
    )
    for counted, whole, why in tests:
        for at in np.flatnonzero(counted > whole + slack):
            yield _row(year, "counts", table.iloc[at], float(whole[at]), float(counted[at]), why)


def _management_counts(year: SectorYear) -> Iterable[Disagreement]:
    table = year.management
    part = ~table.measure.str[:4].isin(PER_THOUSAND).to_numpy(dtype=bool)
    done, needed = _numbers(table.numerator), _numbers(table.denominator)
    both = _numbers(table.without_extension + table.with_extension)
    tests = (
        (done, needed, part & (done > needed), "More than the whole."),
        (both, done, np.abs(both - done) > 0.5, "Replies with and without an extension are not all those in time."),
    )
    for counted, whole, wrong, why in tests:
        for at in np.flatnonzero(wrong):
            yield _row(year, "counts", table.iloc[at], float(whole[at]), float(counted[at]), why)


# ── Saying it ────────────────────────────────────────────────────────────────────────────────────


def _margin(survey: SectorSurvey) -> float | None:
    if survey.sample is None or not survey.population:
        return None
    return margin_of_error(survey.sample, survey.population)


def _why_margin(survey: SectorSurvey, margin: float | None) -> str:
    if margin is None:
        return "More answers than households, or none."
    return "Given as a fraction, not in points." if abs(margin - (survey.margin or 0)) < EXACT else ""


def _apart(table: pd.DataFrame, published: pd.Series, anew: pd.Series, *column: str) -> Iterator[Apart]:
    """The rows whose published figure lies further from the one computed anew than its column's precision allows.

    A column of the workbook is one tenure group, or one measure of one tenure group: ``column`` names which.
    """
    given, computed = _numbers(published), _numbers(anew)
    near = np.empty(len(table))
    for found in table.groupby(list(column), sort=False).indices.values():
        places = np.asarray(found)
        near[places] = precision_of(given[places])
    for at in np.flatnonzero(np.abs(given - computed) > near):
        yield table.iloc[at], float(given[at]), float(computed[at])


def _numbers(column: pd.Series) -> Floats:
    return column.to_numpy(dtype=float)


def _rounded_counts(year: SectorYear, row: Row) -> str:
    """Why a weighted share may differ: its counts stand rounded to whole numbers. "" where that cannot be why."""
    survey = year.surveys[(row["landlord"], row["tenure_group"])]
    share = row["yes"] / row["base"]
    # each of five counts is off by up to a half: the best two by 1 together, all five by 2.5
    most = (row["yes"] + 1) / (row["base"] - 0.5) - share
    whole = all(row[answer] % 1 == 0 for answer in FIVE)
    if not (survey.weighted and whole and abs(row["share"] - share) <= most):
        return ""
    return "The survey was weighted and its counts are published as whole numbers."


def _of(
    year: SectorYear,
    part: str,
    survey: SectorSurvey,
    published: float | None,
    anew: float | None,
    why: str = "",
    measure: str = "",
) -> Disagreement:
    name = year.landlords[survey.landlord].name
    return Disagreement(part, survey.landlord, name, survey.tenure_group, measure, published, anew, why)


def _row(
    year: SectorYear, part: str, row: Row, published: float | None, anew: float | None, why: str = ""
) -> Disagreement:
    code = row["landlord"]
    return Disagreement(
        part, code, year.landlords[code].name, row["tenure_group"], row["measure"], published, anew, why
    )
