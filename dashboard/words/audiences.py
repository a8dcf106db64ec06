"""Who will see a figure, in words."""

from __future__ import annotations

from analysis.model import Audience

NAMES = {
    Audience.INTERNAL: "us, inside",
    Audience.REGULATOR: "the regulator",
    Audience.PUBLIC: "the public",
}
WARNED = "Figures that could give away what a few people said are shown, with a warning."
WITHHELD = "Figures that could give away what a few people said are withheld."


def what_it_means(audience: Audience) -> str:
    """What is done about figures that could give people away.

    >>> what_it_means(Audience.PUBLIC)
    'Figures that could give away what a few people said are withheld.'
    """
    return WARNED if audience is Audience.INTERNAL else WITHHELD


def made_for(audience: Audience) -> str:
    """The first line of a file of figures.

    >>> made_for(Audience.INTERNAL)
    'Made for us inside the landlord only. Figures that could give away what a few people said may be in it.'
    >>> made_for(Audience.REGULATOR)
    'Made for the regulator. Figures that could give away what a few people said are withheld.'
    """
    if audience is Audience.INTERNAL:
        return "Made for us inside the landlord only. Figures that could give away what a few people said may be in it."
    return f"Made for {NAMES[audience]}. {WITHHELD}"


def beside(audience: Audience) -> str:
    """What the line beside a figure says of who will see it; nothing inside.

    >>> beside(Audience.PUBLIC), beside(Audience.INTERNAL)
    (' · for the public', '')
    """
    return "" if audience is Audience.INTERNAL else f" · for {NAMES[audience]}"
