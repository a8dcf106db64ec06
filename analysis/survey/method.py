"""How a figure was made, in plain words: what its reader must know to trust it as far as it goes and no further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.model import Survey, Weighing

WEIGHTS_ALIKE = 1e-12


def method_notes(survey: Survey) -> tuple[str, ...]:
    """Notes on weights, finite population and sampling for one survey, most important first."""
    return tuple(_notes(survey))


def _notes(survey: Survey) -> Iterator[str]:
    if survey.wave.sample_kind == "quota":
        yield "This was a quota sample: the margin treats this as a random sample."
    elif survey.wave.sample_kind == "":
        yield "How people were chosen is not recorded: the margin treats this as a random sample."
    if survey.strata["population"].isna().any():
        yield (
            "The number of households is not known for every part of the sample, so no correction is made there for "
            "having asked a large share of them; ranges are a little wider than they need be."
        )
    homes = pd.to_numeric(survey.strata["population"])
    crowded = survey.strata.loc[survey.strata["n"] > homes, "stratum"].tolist()
    if crowded:
        yield (
            f"More answers than homes are recorded for: {', '.join(map(str, crowded))}. So the number of homes is not "
            "relied on there, and ranges are a little wider than they need be. Put the number of homes right."
        )
    yield from _weights(survey)
    lonely = survey.strata.loc[survey.strata["n"] == 1, "stratum"].tolist()
    if lonely:
        yield (
            f"Only one answer came from: {', '.join(map(str, lonely))}. Its own spread cannot be known; it is measured "
            "about the share of everyone, which errs on the wide side."
        )


def _weights(survey: Survey) -> Iterator[str]:
    """How answers were weighted, and what that costs."""
    if survey.calibration is not None:
        yield from _raked(survey.calibration.weighing)
    elif survey.taken_as_given:
        yield survey.taken_as_given
    elif _weighted(survey):
        yield "Figures are weighted with the weights in the file. The regulator's margin of error ignores weighting."
    else:
        yield "Figures are not weighted: every answer counts the same."


def _raked(weighing: Weighing) -> Iterator[str]:
    names = [margin.label or margin.variable for margin in weighing.margins]
    source = f" ({weighing.source})" if weighing.source else ""
    yield (
        f"Figures are weighted to the number of homes by {_listed(names)}{source}. The {weighing.base:,} answers are "
        f"worth about {weighing.effective_base:,.0f} unweighted ones. The regulator's margin of error ignores "
        "weighting."
    )
    if not (weighing.converged or weighing.notes):
        off = weighing.discrepancy
        yield f"The weights do not fit every number of homes: the largest gap is {off:.2%} of the homes."
    yield from weighing.notes


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence: "tenure, estate and age"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _weighted(survey: Survey) -> bool:
    """Whether any cell's weights differ from one another or from another cell's mean weight."""
    cells = survey.cells
    if not len(cells):
        return False
    mean = cells["w"] / cells["n"]
    spread = (cells["ww"] / cells["n"] - mean**2).abs().max()
    return bool(spread > WEIGHTS_ALIKE or mean.max() - mean.min() > WEIGHTS_ALIKE)
