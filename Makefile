# `make run` opens the dashboard; `make test` runs every test. Each sets itself up first: only Python 3.11 or newer,
# make and git are needed. `make help` lists the rest.

VENV   := .venv
PYTHON := $(VENV)/bin/python
TESTED := analysis data dashboard tests
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test check static-checks chromium libreoffice bench lock screenshots notices

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/run.installed  ## Install what running needs, and nothing else

run: setup  ## Open the dashboard; the first time, with the invented landlord
	@$(PYTHON) -m tools.first_start || $(PYTHON) -m dashboard.cli demo
	@exec $(PYTHON) -m dashboard.cli show

test: $(VENV)/dev.installed static-checks chromium libreoffice  ## Run everything, the browser tests too (about 25 minutes)
	$(PYTHON) -m pytest --doctest-modules $(TESTED)

check: $(VENV)/dev.installed static-checks  ## Format, lint, types, the ladder and the quick tests (about a minute)
	$(PYTHON) -m pytest --doctest-modules -m "not browser and not slow" $(TESTED)

static-checks: $(VENV)/dev.installed
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest tests/test_architecture.py

# The browser tests look for Chromium. As root on Debian or Ubuntu it is installed; elsewhere they say what is missing.
chromium:
	@for browser in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$browser >/dev/null 2>&1; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing Chromium for the browser tests (once) …"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } || \
	    echo "Chromium could not be installed: the browser tests will say so." >&2; \
	fi

# The round-trip tests of documents look for LibreOffice, without a screen. As root on Debian or Ubuntu it is installed.
libreoffice:
	@if command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing LibreOffice for the tests of documents (once) …"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	    libreoffice-writer-nogui libreoffice-calc-nogui >/dev/null; } || \
	    echo "LibreOffice could not be installed: the tests of documents will say so." >&2; \
	fi

bench: $(VENV)/dev.installed  ## Run the benchmarks: each prints figures and a ratio to a named baseline
	@for bench in $(filter-out bench/timing.py,$(wildcard bench/*.py)); do PYTHONPATH=. $(PYTHON) $$bench || exit 1; done

lock: pyproject.toml  ## Pin every dependency anew, with hashes for every platform (needs uv)
	@command -v uv >/dev/null || { echo "Install uv first: https://docs.astral.sh/uv/" >&2; exit 2; }
	uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.lock

screenshots: $(VENV)/dev.installed chromium  ## Take the README's pictures anew
	$(PYTHON) -m tools.screenshots

notices: $(VENV)/run.installed  ## Write THIRD_PARTY_NOTICES.md from what is installed
	$(PYTHON) -m tools.notices

# ── Setting up ────────────────────────────────────────────────────────────────────────────────────

$(VENV)/run.installed: requirements.lock | $(VENV)/bin/python
	@echo "Installing what Tenant Voice needs (once; a few minutes) …"
	@$(PYTHON) -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/dev.installed: requirements-dev.lock $(VENV)/run.installed
	@echo "Installing what the tests need (once) …"
	@$(PYTHON) -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(VENV)/bin/python:
	@for python in python3.13 python3.12 python3.11 python3 python; do \
	  command -v $$python >/dev/null 2>&1 || continue; \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  $$python -m venv $(VENV) && exit 0; \
	  echo "$$python could not make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	  rm -rf $(VENV); exit 2; \
	done; \
	echo "Tenant Voice needs Python 3.11 or newer, and none was found. See https://www.python.org/downloads/" >&2; exit 2
