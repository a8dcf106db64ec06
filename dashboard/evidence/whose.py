"""Whose document it is."""

from __future__ import annotations

from dashboard.evidence.material import Material
from data.demo import invented_landlord

NAME_NOT_SET = "Landlord's name not set"


def landlord_of(material: Material) -> str:
    """The landlord's name as documents give it."""
    if material.invented:
        return invented_landlord().name
    return material.settings.landlord or NAME_NOT_SET
