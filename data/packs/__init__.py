"""Evidence packs: which there are, what was said once for all of them, what was asked for, and the packs kept."""

from data.packs.kinds import NoPack, PackKind, pack_kind, pack_kinds

__all__ = ["NoPack", "PackKind", "pack_kind", "pack_kinds"]
