"""What a comment tells besides tone and topic: a danger, being judged, something to be proud of."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]  # from, to: places in the redacted text


@dataclass(frozen=True)
class Danger:
    """A danger in the home that a comment tells of: a prompt for a person to read, never a verdict."""

    kinds: tuple[str, ...]
    severity: str  # emergency, significant
    vulnerable: bool  # a child, a pregnancy, old age, a disability or an illness in the household is told of
    spans: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class Told:
    """Being judged, or expecting to be, for being a tenant: by whom (sources) and how (forms)."""

    sources: tuple[str, ...]
    forms: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class Strength:
    """Something tenants are proud of or good at, as told: neighbours helping, skills offered, groups, love of the
    place, staff who made a difference."""

    kind: str
    span: Span = (0, 0)
    reasons: tuple[str, ...] = ()
