# Needs Python 3.11 or later and make, nothing else. "make help" lists what there is.
# Recipes use exec: make passes a signal to its direct child only, so that child must be the program itself.

export DATA_DIR ?= var
export PORT ?= 8000
export UV_PYTHON_DOWNLOADS = never
export PYTHONUNBUFFERED = 1
PY := .venv/bin/python
MANAGE := $(PY) manage.py
PYTEST := $(PY) -m pytest
SYNC := .venv/bin/uv pip sync -q --python $(PY) --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup run test test-services test-browser check bench audit lock css messages

setup run css: export DEMO = 1
test-services: export TEST_SERVICES = 1
test-browser: export TEST_BROWSER = 1

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | column -t -s '|'

.venv/bin/uv:
	exec python3 -m venv .venv
	exec .venv/bin/pip install -q --disable-pip-version-check uv

.venv/base.stamp: requirements.lock .venv/bin/uv
	exec $(SYNC) requirements.lock
	@rm -f .venv/dev.stamp; touch $@

.venv/dev.stamp: requirements-dev.lock .venv/bin/uv
	exec $(SYNC) requirements-dev.lock
	@touch $@ .venv/base.stamp

setup: .venv/base.stamp ## environment, database, reference data and demo city
	@exec $(MANAGE) prepare

run: setup ## the portal on this machine: web, worker, schedule and broker (PORT=8000, DATA_DIR=var)
	@exec $(MANAGE) portal

test: .venv/dev.stamp ## the tests that need no service
	@exec $(PYTEST)

test-services: .venv/dev.stamp ## all tests on PostgreSQL and Redis, with races and crashes
	@exec $(PYTEST)

test-browser: .venv/dev.stamp ## the journeys in Chromium
	@exec $(PYTEST)

check: .venv/dev.stamp ## format, lint, types, contracts, migrations, templates, translations, deploy
	@exec $(PY) .ci/check.py

bench: .venv/dev.stamp ## the figures of docs/benchmark.md
	@exec $(PY) -m tests.bench

audit: .venv/dev.stamp ## known holes in the locked packages (asks the package index; run it daily)
	@exec .venv/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

lock: .venv/bin/uv ## write both lock files anew from the .in files
	exec .venv/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 requirements.in -o requirements.lock
	exec .venv/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 requirements-dev.in -o requirements-dev.lock

css: .venv/base.stamp ## join and shrink the style sheets
	@exec $(MANAGE) build_css

messages: .venv/dev.stamp ## extract the sentences to translate (needs gettext), compile the catalogue
	@exec $(PY) .ci/translations.py --write
