"""What is asked of a worker, and what it says at its end; both cross from process to process as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MAKE, LOOK, REBUILD, CHECK = "make", "look", "rebuild", "check"
DONE, FAILED, CANCELLED = "done", "failed", "cancelled"


@dataclass(frozen=True)
class Task:
    """One piece of work. ``asked`` is a pack as ``asked_as_json`` has it, to make or look at; ``pack`` a kept one's
    number, to make again or check; ``folder`` where pictures or an archive that is not kept are put."""

    do: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    pack: int = 0
    folder: str = ""

    def as_json(self) -> str:
        """The task on one line."""
        return json.dumps(asdict(self), sort_keys=True)


def task_of(line: str) -> Task:
    """The task a line holds. Raises ValueError or TypeError where it holds none."""
    return Task(**json.loads(line))


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended. ``says``: a sentence where it failed; ``pack``: the number of the pack made;
    ``pages``: how many were drawn; ``same``: whether a pack made again or checked is what it was, and ``differs`` what
    is not, in sentences."""

    how: str
    says: str = ""
    pack: int = 0
    pages: int = 0
    same: bool = False
    differs: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The end on one line."""
        return json.dumps({"ended": asdict(self)})


def ended_of(said: Mapping[str, Any]) -> Ended:
    """The end that a line's ``ended`` holds."""
    return Ended(**{**said, "differs": tuple(said["differs"])})
