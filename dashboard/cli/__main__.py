"""``python -m dashboard.cli``: the same as the ``tenant-voice`` command, from a checkout."""

import sys

from dashboard.cli import main

sys.exit(main())
