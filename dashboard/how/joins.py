"""How rows found their home."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.how import How

NO_LEAVE = "A survey answer without leave to attribute it: it has no reference any more and names no home."


def of_joins(kinds: Iterable[str]) -> How:
    """How the rows of each kind of file were joined to homes."""
    return How(
        counted=("Rows of each kind of file, by whether their reference names a home, a block, two or more, or none.",),
        who="Every row held of these kinds of file.",
        base="All rows of the kind of file.",
        sums="Each reference is looked for in the list of homes; one that fits two joins neither. A count: no margin.",
        left_out=(NO_LEAVE,),
        behind=tuple((kind, None) for kind in ("homes", *kinds) if kind != "survey"),
    )
