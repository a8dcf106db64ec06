"""Imports point inward: a module knows its own group and lower rungs, never one beside or above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("analysis", "data", "dashboard")
LADDER = (  # bottom first; names on one rung do not know each other
    {"analysis.model"},
    {"analysis.survey", "analysis.text", "analysis.calendar", "analysis.hiding"},
    {
        "analysis.voices",
        "analysis.checking",
        "analysis.handling",
        "analysis.promises",
        "analysis.cases",
        "analysis.recount",
        "analysis.quartiles",
        "analysis.watch",
        "analysis.adequacy",
        "analysis.searching",
        "analysis.themes",
        "analysis.campaign",
        "analysis.letters",
    },
    {"analysis.complaints", "analysis.respect", "analysis.workload", "analysis.sector", "analysis.management"},
    {
        "analysis.findings",
        "analysis.unoffered",
        "analysis.spoken",
        "analysis.stigma",
        "analysis.fairness",
        "analysis.score_words",
        "analysis.returning",
    },
    {"data.settings", "data.selection", "data.periods", "data.notebook"},
    {"data.fieldwork", "data.weights", "data.topics"},
    {"data.merging"},
    {"data.provenance"},
    {"data.registers", "data.generation", "data.confirmed", "data.ledger", "data.heads", "data.labelled", "data.parts"},
    {"data.embedding", "data.stigma", "data.vectors"},
    {"data.language", "data.meanings"},
    {"data.floor"},
    {
        "data.store",
        "data.voices",
        "data.readings",
        "data.clocks",
        "data.hazard_law",
        "data.records",
        "data.answered",
        "data.bases",
        "data.hearing",
        "data.joining",
        "data.estates",
        "data.attribution",
        "data.reader",
        "data.sector",
        "data.sector_matches",
        "data.fairness",
        "data.score_words",
    },
    {"data.corrections"},
    {"data.blind", "data.quotes", "data.contacts_read", "data.assets"},
    {"data.taught", "data.offers"},
    {"data.retraining"},
    {"data.columns"},
    {"data.sources"},
    {
        "data.weighing",
        "data.management",
        "data.unoffered",
        "data.roll",
        "data.searching",
        "data.unseen",
        "data.letters",
        "data.asset_file",
    },
    {"data.checks", "data.owners", "data.post", "data.themes", "data.campaign", "data.packs"},
    {"data.intake", "data.labelling", "data.quality"},
    {"data.demo"},
    {"dashboard.words", "dashboard.look", "dashboard.server"},
    {"dashboard.charts", "dashboard.how"},
    {"dashboard.drawing"},
    {"dashboard.given"},
    {"dashboard.disclosed"},
    {"dashboard.answers", "dashboard.actions", "dashboard.calculator"},
    {
        "dashboard.weights",
        "dashboard.unheard",
        "dashboard.sector",
        "dashboard.management",
        "dashboard.correcting",
        "dashboard.searching",
        "dashboard.campaign",
        "dashboard.letters",
        "dashboard.requests",
        "dashboard.stigma",
        "dashboard.strengths",
        "dashboard.fairness",
        "dashboard.score_words",
    },
    {"dashboard.approach"},
    {"dashboard.evidence"},
    {"dashboard.packs"},
    {"dashboard.building"},
    {"dashboard.session", "dashboard.cli"},
    {"dashboard.widgets"},
    {"dashboard.pages"},
)
RUNGS = {group: rung for rung, groups in enumerate(LADDER) for group in groups}
STREAMLIT_LIVES_IN = {"dashboard.session", "dashboard.widgets", "dashboard.pages"}  # and app.py
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py") if path.parent != ROOT / layer)
MODULES += [path for layer in LAYERS for path in (ROOT / layer).glob("*.py") if path.stem != "__init__"]


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in it stands the import: ``from data import store`` is data.store."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {f"{n.module}.{name.name}" for n in nodes if isinstance(n, ast.ImportFrom) for name in n.names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_inward(path):
    mine = ".".join(path.relative_to(ROOT).with_suffix("").parts[:2])
    assert mine in RUNGS, f"give {mine} a rung of the ladder"
    for name in imported(path):
        layer, group = name.split(".")[0], ".".join(name.split(".")[:2])
        assert layer != "streamlit" or mine in STREAMLIT_LIVES_IN, f"Streamlit does not live in {mine}"
        if layer in LAYERS and group != mine:
            assert RUNGS[group] < RUNGS[mine], f"{mine} may not know {group}"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_itself_holds_nothing(layer):
    assert not imported(ROOT / layer / "__init__.py")
