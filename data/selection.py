"""Which rows a question may see: scope and filters as syntax trees, so that no value is ever pasted into SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from analysis.model import Filters, Scope

NOT_RECORDED = "not recorded"


def seen(when: exp.Expr, tenure_group: str, scope: Scope, filters: Filters, counted: bool) -> exp.Expr:
    """The condition on response rows of a wave or period (``when``) and tenure group.

    ``counted`` leaves out household repeats.
    """
    parts = [when, equals("tenure_group", tenure_group), inside(scope)]
    parts += [among(exp.column(key, quoted=True), values) for key, values in filters]
    if counted:
        parts.append(exp.column("counts"))
    return exp.and_(*parts)


def inside(scope: Scope) -> exp.Expr:
    """True for rows a scope may see; a scope that names no estate sees nothing."""
    return exp.true() if scope.estates is None else among(exp.column("estate"), scope.estates)


def among(column: exp.Expr, values: Sequence[str]) -> exp.Expr:
    """True where the column is one of the values; nothing passes an empty list."""
    if not values:
        return exp.false()
    return exp.In(this=named(column), expressions=[exp.Literal.string(value) for value in values])


def equals(column: str, value: str) -> exp.Expr:
    """True where the column, as text, is the value."""
    return exp.EQ(this=as_text(exp.column(column)), expression=exp.Literal.string(value))


def as_text(column: exp.Expr) -> exp.Expr:
    """A column as text, whatever it is stored as."""
    return exp.cast(column, "varchar")


def named(column: exp.Expr) -> exp.Expr:
    """A column as text with its blanks called "not recorded"."""
    return exp.Coalesce(this=as_text(column), expressions=[exp.Literal.string(NOT_RECORDED)])


def quoted(name: str) -> str:
    """A column name made safe for SQL."""
    return exp.to_identifier(name, quoted=True).sql("duckdb")


def literal(text: str) -> str:
    """A text value made safe for SQL."""
    return exp.Literal.string(text).sql("duckdb")
