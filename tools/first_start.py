"""Whether this home has been used before: exit 0 when it has, 1 on the very first start. `make run` asks it."""

from __future__ import annotations

import sys

from data.settings import Settings, read_settings


def used_before(settings: Settings) -> bool:
    """Whether a landlord, invented or real, has ever been loaded here; a removed sample counts."""
    return settings.sample_folder.exists() or settings.landlord_folder.exists()


if __name__ == "__main__":
    sys.exit(0 if used_before(read_settings()) else 1)
