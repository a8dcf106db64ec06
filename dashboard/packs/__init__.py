"""What people do with packs: make one, look at it first, keep it, make it again, check it. Page and command line.

Progress is told to a function handed in. To stop a build, let that function raise ``Cancelled``, or end the process:
everything is made in memory, so there is nothing half-written then.
"""

from dashboard.evidence.asked import PackAsked
from dashboard.evidence.pack import Cancelled, Pack, Progress, build
from dashboard.evidence.verify import Change, Difference, NotAPack
from dashboard.packs.asked import BOTH, asked_for, material_of, most_answers, this_moment
from dashboard.packs.making import (
    Made,
    Rebuilt,
    archive_of,
    generation_of,
    history,
    keep,
    make,
    rebuild,
    remove,
)
from dashboard.packs.telling import told
from dashboard.packs.verifying import Recounted, Verified, verify
from data.generation import NotHeld
from data.packs.kept import KeptPack

__all__ = [
    "BOTH", "Cancelled", "Change", "Difference", "KeptPack", "Made", "NotAPack", "NotHeld", "Pack", "PackAsked",
    "Progress", "Rebuilt", "Recounted", "Verified", "archive_of", "asked_for", "build", "generation_of",
    "history", "keep", "make", "material_of", "most_answers", "rebuild", "remove", "this_moment", "told",
    "verify",
]  # fmt: skip
