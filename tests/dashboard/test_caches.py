"""A cache keyed on a table of rows once gave 0.000 for a true 0.333; so no cached function takes one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHES = {"cache_data", "cache_resource"}
TABLES = ("DataFrame", "Series", "ndarray", "ArrayLike", "Relation", "Table", "Any")


def cached_functions(source: str):
    """Every function under st.cache_data or st.cache_resource in a source text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(map(_is_cache, node.decorator_list)):
            yield node


def _is_cache(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in CACHES


def faults(source: str):
    """Parameters a cache would hash as rows: a table, or of no stated kind, without a leading underscore."""
    for function in cached_functions(source):
        arguments = function.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            kind = ast.unparse(argument.annotation) if argument.annotation else "Any"
            if not argument.arg.startswith("_") and any(table in kind for table in TABLES):
                yield f"{function.name}({argument.arg}: {kind})"


SOURCES = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_cache_is_keyed_on_rows(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


def test_every_cache_is_bounded():
    for path in SOURCES:
        for function in cached_functions(path.read_text(encoding="utf-8")):
            assert "max_entries" in ast.unparse(function.decorator_list[0]), f"{path.name}: {function.name}"


def test_this_test_would_find_such_a_cache():
    bad = "@st.cache_data(max_entries=1)\ndef f(frame: pd.DataFrame, _rows: pd.DataFrame): ..."
    assert list(faults(bad)) == ["f(frame: pd.DataFrame)"]
    assert list(faults("@st.cache_resource\ndef f(x): ...")) == ["f(x: Any)"]
