"""What came of checking a pack, in sentences: the same on the page and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.evidence.verify import Change, Difference, short
from dashboard.packs.verifying import Recounted, Verified
from dashboard.words import people, sentence_case

MOST_CHANGES = 12  # of one figure that are named
MAY_DIFFER = "Otherwise since the pack was made:"
OTHERWISE = "{figures} again, but the pack as a whole does not, made from generation {named} here:"
NOT_MADE_HERE = "No pack with this seal was made from the data held here. It was made elsewhere, or by hand."


def told(verified: Verified) -> list[str]:
    """The verdict first, then what does not fit, every figure that differs with why, and what else has changed."""
    wrong = [f"  {fault}" for fault in (*verified.faults, *verified.otherwise)]
    return [*_verdict(verified), *wrong, *_counted(verified), *_where(verified)]


def _verdict(verified: Verified) -> Iterator[str]:
    counted = verified.now or verified.from_its_own
    if verified.faults:
        yield "The archive does not fit its manifest:"
    elif verified.otherwise:
        yield OTHERWISE.format(figures=sentence_case(_all_come_out(verified.figures)), named=verified.named)
    elif counted is not None and counted.identical:
        yield f"Identical: the archive is whole, and {_all_come_out(verified.figures)} again."
    else:
        yield "The archive is whole and fits its manifest."


def _counted(verified: Verified) -> Iterator[str]:
    for counted in (verified.now, None if verified.now else verified.from_its_own):
        if counted is not None:
            yield from _recounted(counted, verified.figures)
    own = verified.from_its_own
    if verified.now is not None and own is not None:
        if own.identical:
            yield f"From generation {verified.named}, which the pack names, {_all_are(verified.figures)} identical."
        else:
            yield f"From generation {verified.named}, which the pack names, too:"
            yield from _recounted(own, verified.figures)
    elif verified.now is not None and not verified.now.identical and verified.now.generation != verified.named:
        yield f"Generation {verified.named}, which the pack names, is not kept here."


def _all_come_out(figures: int) -> str:
    """That every figure comes out.

    >>> _all_come_out(1), _all_come_out(5)
    ('the one figure comes out', 'all 5 figures come out')
    """
    return "the one figure comes out" if figures == 1 else f"all {figures} figures come out"


def _all_are(figures: int) -> str:
    return "its one figure is" if figures == 1 else f"all {figures} are"


def _recounted(counted: Recounted, figures: int) -> Iterator[str]:
    if counted.cannot:
        yield f"The figures cannot be counted again: {counted.cannot}"
        return
    if counted.differing:
        n = len(counted.differing)
        differ = "differs" if n == 1 else "differ"
        yield f"{n} of {people(figures, 'figure', 'figures')} {differ}, counted from generation {counted.generation}:"
    for each in counted.differing:
        yield from _difference(each)
    for part in counted.words:
        yield f"The sentences of '{part}' read otherwise."
    if counted.since:
        yield MAY_DIFFER
        yield from (f"  {line}" for line in counted.since)


def _difference(each: Difference) -> Iterator[str]:
    yield f"  {each.figure}: {each.title}{f' ({each.what})' if each.what else ''}"
    for change in each.changes[:MOST_CHANGES]:
        yield f"    {_change(change)}"
    if len(each.changes) > MOST_CHANGES:
        yield f"    and {len(each.changes) - MOST_CHANGES} more values"
    if each.files:
        yield f"    stands on {', '.join(each.files)}, which changed"


def _change(change: Change) -> str:
    where = ", ".join(filter(None, (change.row, change.column)))
    return f"{where}: {short(change.before)} then, {short(change.now)} now"


def _where(verified: Verified) -> Iterator[str]:
    if not verified.built_here:
        yield NOT_MADE_HERE
