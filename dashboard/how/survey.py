"""How figures of a survey other than the plain shares of its measures were made: changes, answers, drivers, places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Drivers, Findings
from dashboard.how import How
from dashboard.how.measures import of_measures
from dashboard.words.drivers import left_out
from dashboard.words.method import OF_SHARES, OF_SMALL_AREAS
from dashboard.words.weights import cost, weighed_by
from data.weighing import regulators_names

FIVE = (
    "The share of each of the five answers, each with a 95% interval. Net: the share of the two best answers less that "
    "of the two worst, in points, with its own interval."
)
WITHIN_ONE_WAY = (
    "The change among those who were asked in the same way both times, so that the way of asking cannot be what moved "
    "it. Its 95% interval is Newcombe's."
)
GOES_WITH = (
    "How far the answers to each measure go together with overall satisfaction: its part in a regression, averaged "
    "over every order the measures may be added in. Ranges are from 500 samples drawn from the respondents. Which way "
    "it goes is from an ordinal model. Going together is not causing."
)
EVERYTHING_ANSWERED = "Everybody who answered overall satisfaction and every measure set beside it."
IN_GROUP = "In each group, everybody there who gave one of the five answers."
BESIDE_REST = (
    "Each group's share less that of everyone else, with a 95% interval. Groups looked at together are judged together "
    "(Benjamini and Hochberg): over many such looks at most about 1 in 20 of the gaps named is luck."
)
GROUPS_MOVED = (
    "Each group's share less its own share in the earlier survey, with a 95% interval. Groups looked at together are "
    "judged together (Benjamini and Hochberg)."
)
UNWEIGHTED = "Each share twice: every answer counted alike, and every answer counted by its weight."
OF_THE_FILE = "The weights are those of the file, or there are none."


def of_changes(found: Findings) -> How:
    """How the change of each measure since the earlier survey was made."""
    return replace(
        of_measures(found),
        base="In each of the two surveys, everybody who gave one of the five answers.",
        sums=OF_SHARES[2],
    )


def of_one_way(found: Findings, codes: Sequence[str]) -> How:
    """How changes among those asked in the same way both times were made."""
    return replace(of_changes(found), counted=of_measures(found, codes).counted, sums=WITHIN_ONE_WAY)


def of_answers(found: Findings, codes: Sequence[str] = ()) -> How:
    """How the shares of all five answers were made."""
    return replace(of_measures(found, codes), sums=FIVE)


def of_drivers(found: Findings, drivers: Drivers) -> How:
    """How it was worked out what goes with overall satisfaction."""
    titles = {measure.code: measure.title for measure in found.measures}
    return replace(
        of_measures(found),
        base=EVERYTHING_ANSWERED,
        sums=GOES_WITH,
        left_out=(*of_measures(found).left_out, *left_out(drivers, titles)),
    )


def of_groups(found: Findings, code: str) -> How:
    """How shares of the groups of a breakdown were made, those of estates also drawn towards what is usual."""
    drawn = OF_SMALL_AREAS if found.small_areas.get(code) is not None else ()
    return replace(of_measures(found, (code,)), base=IN_GROUP, sums=" ".join((OF_SHARES[1], *drawn)))


def of_gaps(found: Findings, code: str) -> How:
    """How each group was set against everyone else."""
    return replace(of_measures(found, (code,)), base=IN_GROUP, sums=BESIDE_REST)


def of_moves(found: Findings, code: str) -> How:
    """How each group was set against itself in the earlier survey."""
    return replace(of_measures(found, (code,)), base=IN_GROUP, sums=GROUPS_MOVED)


def of_weighting(found: Findings) -> How:
    """How each measure stands weighted and unweighted, and what it was weighted by."""
    how = found.weighing
    made = (weighed_by(regulators_names(how), how.source), *cost(how)) if how else (OF_THE_FILE,)
    return replace(of_measures(found), sums=" ".join((UNWEIGHTED, *made)))
