"""The regulator's return worked out: every field with its value, both numbers and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from analysis.model import (
    NOT_APPLICABLE,
    NOT_ASKED,
    Audience,
    Findings,
    ManagementFigure,
    Measure,
    SampleCheck,
)
from analysis.returning import Looked, MeasureReturned, records_looked_at, rounded, survey_looked_at
from dashboard import words
from dashboard.approach import WEIGHTS, weighted
from dashboard.evidence.material import Material
from dashboard.management import days_of_year, figures_as_at, responsive_repairs, stock
from data import registers, weighing
from data.generation import METHOD
from data.management import Entries
from data.packs.approach import Approach, approach_item
from data.packs.returned import ReturnField, method_of, record_fields, return_rules, survey_fields

Value = float | int | str | None
FIVE, TWO_BEST = (5, 4, 3, 2, 1), 2
OVERALL = "TP01"
CHOSEN = {"census": "Census", "random": "Sample", "quota": "Sample"}
CHARACTERISTICS = 5  # that the return has a field of its own for; the others stand together
FOR_A_PERSON = "not held here: for the landlord to fill in"
NOT_IN_FILE = "the weights came in the file, which does not say by what they were made"
AS_SAID = f"as said under item {WEIGHTS} of the summary of approach"
COMBINED = "combined"
REPAIRS = {"repairs_raised": "raised", "repairs_completed": "completed"}  # kinds of field, and what they count
OF_REPAIRS = "the repairs held, renters' emergency and routine ones: planned work and other tenures are left out"


@dataclass(frozen=True)
class Filled:
    """One field of the return as far as it can be worked out.

    ``value`` is rounded as asked, ``exact`` the same before rounding; None where ``note`` says why there is none.
    ``numerator`` and ``denominator`` are those of a share, ``answers`` its base unweighted.
    """

    field: ReturnField
    group: str
    label: str
    unit: str
    value: Value
    exact: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    answers: int | None = None
    note: str = ""


@dataclass(frozen=True)
class SurveyReturned:
    """One tenure group's survey as it is returned."""

    found: Findings
    methods: Mapping[str, int]  # as the return calls them
    measures: Mapping[str, MeasureReturned]
    weighted: bool
    weighted_by: tuple[str, ...]
    by_method: Mapping[str, tuple[float, int]]  # TP01 by method: share and base, where it may be told

    @property
    def sample(self) -> SampleCheck:
        """The regulator's own sum on the sample."""
        return self.found.sample


@dataclass(frozen=True)
class Return:
    """The whole return: what was worked out, every field in order, and every check."""

    year: str
    surveys: Mapping[str, SurveyReturned]
    records: tuple[ManagementFigure, ...]
    fields: tuple[Filled, ...]
    checks: tuple[Looked, ...]


def returned(material: Material) -> Return:
    """The return of the material's wave and its reporting year, always of the whole landlord."""
    year = registers.register_year(material.wave.fieldwork_to)
    rules = return_rules()
    surveys = {group: survey_returned(material, group) for group in material.groups}
    records = figures_as_at(Entries(material.folder), material.generation, year, material.today)
    repairs = responsive_repairs(material.generation, year, material.today)
    homes = stock(material.generation)
    fields = [row for group, survey in surveys.items() for row in _survey_rows(material, group, survey)]
    checks = [
        look
        for group, survey in surveys.items()
        for look in survey_looked_at(
            survey.sample, survey.methods, tuple(survey.measures.values()), homes.get(group), rules.decimals
        )
    ]
    return Return(
        year,
        MappingProxyType(surveys),
        records,
        (*fields, *_record_rows(records, material.asked.audience, repairs)),
        (_over(year, material), *checks, *records_looked_at(records, rules.decimals)),
    )


def _over(year: str, material: Material) -> Looked:
    """Whether the year is over, so that nothing can be added to it."""
    ended = days_of_year(year)[1]
    return Looked("over", "", "", material.today > ended, f"{year} runs until {words.british_date(ended)}")


# ── The survey ───────────────────────────────────────────────────────────────────────────────────


def survey_returned(material: Material, group: str) -> SurveyReturned:
    """One tenure group's survey: the Findings of the whole landlord and the numbers behind each share."""
    question = material.question(group, filters=())
    found = material.findings(group, filters=())
    cells = material.generation.survey(question).cells
    measures = {measure.code: _measure(measure, found, cells) for measure in found.measures if group in measure.tenures}
    methods: dict[str, int] = {}
    for name, n in material.generation.methods(found.wave.name, group).items():
        methods[method_of(name)] = methods.get(method_of(name), 0) + n
    how = found.weighing
    return SurveyReturned(
        found,
        MappingProxyType(methods),
        MappingProxyType(measures),
        how is not None or weighted(question, material.generation),
        () if how is None else weighing.regulators_names(how),
        MappingProxyType(_by_method(material, group)),
    )


def _measure(measure: Measure, found: Findings, cells: pd.DataFrame) -> MeasureReturned:
    """The numbers of one measure, or why they are withheld. Weights are scaled to the number of answers."""
    code, estimate = measure.code, found.headline.get(measure.code)
    if estimate is None or estimate.withheld or estimate.value is None:
        return MeasureReturned(code, withheld=(estimate.withheld if estimate else None) or "not asked")
    fell = found.distributions[code][0]
    mine = cells[cells["measure"] == code]
    weight = dict(mine.groupby("answer")["w"].sum())
    scale = mine["n"].sum() / mine["w"].sum()
    of = {int(answer): float(number) * scale for answer, number in weight.items()}
    five = tuple(of.get(answer, 0.0) for answer in FIVE)
    stopped = of.get(NOT_ASKED, 0.0) if measure.filter_field else None
    passed = sum(number for answer, number in of.items() if answer != NOT_ASKED) if measure.filter_field else None
    told = fell.withheld is None
    return MeasureReturned(
        code,
        estimate.value,
        sum(five[:TWO_BEST]),
        sum(five),
        five if told else None,
        of.get(NOT_APPLICABLE, 0.0) if told and measure.offers_not_applicable else None,
        passed if told else None,
        stopped if told else None,
        estimate.base,
        fell.counts if told else None,
    )


def _by_method(material: Material, group: str) -> dict[str, tuple[float, int]]:
    """TP01 by each method that is told, as the return calls it; methods it calls by one name are left out."""
    if METHOD not in {dimension.key for dimension in material.generation.dimensions}:
        return {}
    found = material.findings(group, METHOD, filters=(), compared_with=None)
    shares: dict[str, list[tuple[float, int]]] = {}
    for estimate in found.groups.get(OVERALL, ()):
        if not estimate.withheld and estimate.value is not None:
            name = method_of(dict(estimate.group)[METHOD])
            shares.setdefault(name, []).append((estimate.value, estimate.base))
    return {name: several[0] for name, several in shares.items() if len(several) == 1}


def _survey_rows(material: Material, group: str, survey: SurveyReturned) -> Iterator[Filled]:
    said = Approach(material.folder).of(material.asked.wave)
    for field in survey_fields(group):
        make = partial(Filled, field, group, _label(field, survey.found), field.unit)
        if field.kind == "person":
            known = said.get(field.item)
            item = approach_item(field.item)
            where = f"summary of approach, {item.key}. {item.title}"
            yield make(None, note=f"see {where}: {known.text}" if known else f"{FOR_A_PERSON} ({where})")
        elif field.number == 1 and _weights_unknown(field, survey) and WEIGHTS in said:
            yield make(None, note=f"{AS_SAID}: {said[WEIGHTS].text}")
        else:
            yield _survey_row(make, field, survey)


def _survey_row(make: partial[Filled], field: ReturnField, survey: SurveyReturned) -> Filled:
    if field.measure:
        return _measure_row(make, field, survey)
    sample, wave = survey.sample, survey.found.wave
    unknown = "the number of homes is not known"
    if field.kind == "population":
        return make(sample.population, note="" if sample.population else unknown)
    if field.kind == "required":
        return make(sample.required, note="worked out by the regulator itself" if sample.required else unknown)
    if field.kind == "sample":
        return make(sample.responses)
    if field.kind == "margin":
        return _percent(make, sample.margin, unknown)
    if field.kind == "census":
        kind = CHOSEN.get(wave.sample_kind)
        return make(kind, note="" if kind else FOR_A_PERSON)
    if field.kind == "method":
        known = bool(survey.methods)
        return make(survey.methods.get(field.method, 0) if known else None, note="" if known else "not recorded")
    if field.kind == "main_method":
        return make(_main_method(survey.methods))
    if field.kind == "method_weighted":
        return make("Weighted" if survey.weighted else "Unweighted")
    if field.kind == "weighted":
        return make("Yes" if survey.weighted else "No")
    return _characteristic(make, field, survey)


def _main_method(methods: Mapping[str, int]) -> str | None:
    """The method of more than half of the answers, as the regulator calls it predominant."""
    if not methods:
        return None
    most = max(methods, key=lambda name: methods[name])
    return most if methods[most] * 2 > sum(methods.values()) else "No predominant method"


def _weights_unknown(field: ReturnField, survey: SurveyReturned) -> bool:
    """Whether a field asks by what answers were weighted, and what is held does not say."""
    return field.kind == "characteristic" and survey.weighted and not survey.weighted_by


def _characteristic(make: partial[Filled], field: ReturnField, survey: SurveyReturned) -> Filled:
    if not survey.weighted:
        return make(None, note="not weighted")
    if _weights_unknown(field, survey):
        return make(None, note=f"{NOT_IN_FILE}: {FOR_A_PERSON}" if field.number == 1 else NOT_IN_FILE)
    if field.number > CHARACTERISTICS:
        return make(", ".join(survey.weighted_by[CHARACTERISTICS:]) or None, note="")
    named = survey.weighted_by[field.number - 1 : field.number]
    return make(named[0] if named else None)


def _measure_row(make: partial[Filled], field: ReturnField, survey: SurveyReturned) -> Filled:
    each = survey.measures[field.measure]
    if each.withheld:
        return make(None, note=each.withheld)
    both = {"numerator": each.numerator, "denominator": each.denominator, "answers": each.base}
    if field.kind == "share":
        return _percent(make, each.share, "", **both)
    if field.kind == "method_share":
        share, base = survey.by_method.get(field.method, (None, None))
        used = survey.methods.get(field.method)
        why = "not told: too few answers, or several methods under one name" if used else "no answers by this method"
        return _percent(make, share, why, answers=base)
    if field.kind == "unweighted_share":
        share = survey.found.headline[field.measure].unweighted if survey.weighted else None
        return _percent(make, share, "not weighted", answers=each.base)
    if field.kind == "filter_share":
        return _filter_share(make, each)
    return _count(make, _number_of(field, each, survey.weighted), survey.weighted, field.kind)


def _filter_share(make: partial[Filled], each: MeasureReturned) -> Filled:
    if each.passed is None or each.stopped is None:
        return make(None, note="not told")
    together = each.passed + each.stopped
    share = each.passed / together if together else None
    return _percent(make, share, "nobody was asked", numerator=each.passed, denominator=together)


def _number_of(field: ReturnField, each: MeasureReturned, is_weighted: bool) -> float | None:
    if field.kind == "filter_yes":
        return each.passed
    if field.kind == "filter_no":
        return each.stopped
    if field.kind == "unweighted_answer":
        place = FIVE.index(field.answer or 0)
        return None if each.unweighted is None or not is_weighted else each.unweighted[place]
    if field.answer == NOT_APPLICABLE:
        return each.not_applicable
    return None if each.answers is None else each.answers[FIVE.index(field.answer or 0)]


def _count(make: partial[Filled], number: float | None, is_weighted: bool, kind: str) -> Filled:
    if number is None:
        return make(None, note="not told" if kind != "unweighted_answer" or is_weighted else "not weighted")
    if is_weighted and kind != "unweighted_answer":
        return make(rounded(number, return_rules().decimals), number)
    return make(round(number), float(number))


def _percent(make: partial[Filled], share: float | None, why: str, **more: float | int | None) -> Filled:
    if share is None:
        return make(None, note=why, **more)
    return make(rounded(share * 100, return_rules().decimals), share * 100, **more)


# ── The landlord's own records ───────────────────────────────────────────────────────────────────


def _record_rows(
    records: tuple[ManagementFigure, ...], audience: Audience, repairs: Mapping[str, int]
) -> Iterator[Filled]:
    figures = {(each.measure.code, each.tenure_group): each for each in records}
    for field in record_fields():
        if field.kind == "person":
            yield Filled(field, COMBINED, field.label, "", None, note=FOR_A_PERSON)
            continue
        if field.kind in REPAIRS:
            number = repairs.get(REPAIRS[field.kind])
            yield Filled(field, COMBINED, field.label, "", number, note=FOR_A_PERSON if number is None else OF_REPAIRS)
            continue
        each = next(
            figure for (code, group), figure in figures.items() if code == field.measure and field.group in ("", group)
        )
        yield _record_row(field, each, audience)


def _record_row(field: ReturnField, each: ManagementFigure, audience: Audience) -> Filled:
    make = partial(Filled, field, each.tenure_group, f"{each.measure.code}: {_KINDS[field.kind]}")
    source = from_where(each, audience)
    if field.kind == "applies":
        known = each.denominator is not None
        return make("", ("Yes" if each.denominator else "No") if known else None, note="" if known else FOR_A_PERSON)
    if field.kind == "value":
        if each.value is None:
            return make(each.measure.unit, None, note=each.withheld or "")
        value, both = rounded(each.value, return_rules().decimals), (each.numerator, each.denominator)
        return make(each.measure.unit, value, each.value, *both, note=source)
    number = {
        "numerator": each.numerator,
        "denominator": each.denominator,
        "without": each.parts[0] if each.parts else None,
        "within": each.parts[1] if each.parts else None,
    }[field.kind]
    if number is None:
        return make("", None, note=FOR_A_PERSON)
    return make("", round(number), float(number), note=source)


_KINDS = {
    "applies": "whether any home or case comes under it",
    "value": "figure",
    "numerator": "numerator",
    "denominator": "denominator",
    "without": "answered in time without an extension",
    "within": "answered in time within an extension",
}


def from_where(each: ManagementFigure, audience: Audience) -> str:
    """Where a figure of the records is from; who entered it is told inside only."""
    if audience is not Audience.INTERNAL and each.source.startswith("entered by"):
        return "entered by the landlord"
    return each.source


def measure_of(found: Findings, code: str) -> Measure:
    """The measure of a code in the Findings' register."""
    return next(measure for measure in found.measures if measure.code == code)


def _label(field: ReturnField, found: Findings) -> str:
    if field.kind != "share":
        return field.label
    measure = measure_of(found, field.measure)
    return f"{field.measure} {measure.title}: share who {_SAID[words.yes_word(measure)]}"


_SAID = {"satisfied": "are satisfied", "agree": "agree"}
