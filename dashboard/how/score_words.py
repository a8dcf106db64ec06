"""How scores were set beside words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Findings
from dashboard.how import How
from dashboard.how.measures import of_measures
from dashboard.words import score_words as said

BASE = (
    "The score is out of everybody who gave one of the five answers; the words are out of the comments about the "
    "measure's topics that speak only well or only ill."
)
LEFT_OUT = "Comments that speak both well and ill of a measure, or neither, and comments that are not read yet."


def of_score_words(found: Findings, codes: Sequence[str]) -> How:
    """How the share satisfied was set beside the share of comments that speak well, for some measures."""
    own = of_measures(found, codes)
    return replace(own, base=BASE, sums=f"{said.WHAT} {said.HOW_SURE}", left_out=(*own.left_out, LEFT_OUT))
