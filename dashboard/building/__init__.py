"""Work with packs that takes seconds, done by a process of its own so that nobody else's page waits for it."""

from dashboard.building.task import Ended, Task
from dashboard.building.workshop import Busy, Job, Workshop

__all__ = ["Busy", "Ended", "Job", "Task", "Workshop"]
