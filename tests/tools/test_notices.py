"""Every package that is installed with Tenant Voice is named with its licence."""

from __future__ import annotations

from tools.notices import NOTICES, pinned


def test_every_pinned_package_is_named_with_a_licence():
    rows = [line.split(" | ") for line in NOTICES.read_text(encoding="utf-8").splitlines() if " | " in line]
    licences = {row[0].removeprefix("| "): row[1] for row in rows if len(row) == 3}
    assert set(pinned()) <= set(licences)
    assert all(licences[name].strip() for name in pinned())
    assert not any(word in licences[name] for name in pinned() for word in ("AGPL", "GPL-3", "GPL-2"))
