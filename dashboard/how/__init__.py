"""How a figure was made, in plain words: what was asked, of whom, what was left out, by which sum, from which file.

One noun for the screen and for every document, so that a figure tells of itself the same way wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.model import Question

Behind = tuple[str, str | None]  # a kind of file ("survey", "complaints" …) and, of a survey or sample, its wave


@dataclass(frozen=True)
class How:
    """How one figure, or the figures of one table, were made.

    ``counted``: the exact question or what was counted; ``who``: whom it was asked of; ``base``: what the share is out
    of; ``left_out``: who or what was not counted, and why; ``sums``: by which method; ``behind``: the files it stands
    on; ``asked``: the Question it answers, where it answers one, with its filters; ``besides``: what else is to be
    known of it, such as that rules are provisional or answers weighted.
    """

    counted: tuple[str, ...]
    who: str
    base: str
    sums: str
    left_out: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    asked: Question | None = field(default=None)
    besides: tuple[str, ...] = ()


def behind(asked: Question) -> tuple[Behind, ...]:
    """What a question's figures stand on: its survey, and the one it is compared with."""
    return tuple(("survey", wave) for wave in (asked.wave, asked.compared_with) if wave)
