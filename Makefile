# `make help` lists what there is. Everything runs in .venv, which is made on first use.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
DATA ?= .data
BIN := .venv/bin
# What was installed last; each command installs only when its lock file or pyproject changed.
RUN := .venv/.installed-run
DEV := .venv/.installed-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The checkers of pages come from npm; nothing of it is shipped.
CHECKS := tests/browser/checks/node_modules/.installed
PYTEST := $(BIN)/python -m pytest

# Set on some machines: each of the hundreds of processes here would compile the shop anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(RUN) ## start the shop on http://127.0.0.1:8000 (PORT=, DATA=)
	@PORT="$(PORT)" DATA="$(DATA)" exec $(BIN)/watchstore run

.PHONY: test
test: $(DEV) $(CHECKS) ## every test in its short form
	@code=0; \
	$(MAKE) --no-print-directory test-around || code=1; \
	$(PYTEST) -m serial --ignore tests/crash || code=1; \
	$(BIN)/python -m slipcover -m pytest -n 2 --dist loadfile -m 'not serial' || code=1; \
	$(BIN)/python -m tests.harness.coverage_bar coverage.json || code=1; \
	exit $$code

# What stands around the shop, and processes that die: lanes that mostly wait, so all at once.
.PHONY: test-around
test-around: $(DEV)
	@mkdir -p build; trap 'kill $$infra $$containers $$crash' INT TERM; \
	$(MAKE) --no-print-directory test-infra >build/test-infra.log 2>&1 & infra=$$!; \
	$(MAKE) --no-print-directory test-containers >build/test-containers.log 2>&1 & containers=$$!; \
	$(PYTEST) -n 2 tests/crash >build/test-crash.log 2>&1 & crash=$$!; \
	code=0; \
	wait $$crash || code=1; cat build/test-crash.log; \
	wait $$containers || code=1; cat build/test-containers.log >&2; \
	wait $$infra || code=1; cat build/test-infra.log; \
	exit $$code

.PHONY: test-containers
test-containers: $(DEV) ## the image and docker-compose.yml, really run (Linux, root, podman)
	@deploy/tests/run.sh "$(CURDIR)/$(BIN)/python"

.PHONY: browser
browser: $(DEV) $(CHECKS) ## the browser tests alone (needs Chromium)
	@$(PYTEST) -m browser

.PHONY: check
check: $(DEV) ## lint, types, import contracts and unit tests, under a minute
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PYTEST) -q tests/unit

.PHONY: verify
verify: $(RUN) ## prove that the records of the shop that `make run` opened agree
	@DATA="$(DATA)" $(BIN)/watchstore verify

.PHONY: torture
torture: $(DEV) $(CHECKS) ## what has a long form, in it: repetitions, kills, fuzzing, Lighthouse
	@TORTURE=1 $(PYTEST) -m "long or hypothesis" --durations=40

.PHONY: bench
bench: $(DEV) ## the benchmarks, with a table of ratios
	@$(BIN)/python -m benchmarks

.PHONY: lock
lock: ## pin all dependencies anew (UPGRADE=--upgrade for newer versions)
	@PYTHON="$(PYTHON)" UPGRADE="$(UPGRADE)" sh requirements/lock.sh

.PHONY: clean
clean: ## remove .venv and caches; the shop's data stays
	@rm -rf .venv .venv-lock tests/browser/checks/node_modules infra/.venv infra/node_modules infra/cdk.out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The AWS side has a Python of its own: aws-cdk-lib alone is half a gigabyte.
INFRA := infra/.venv/.installed

.PHONY: test-infra
test-infra: $(INFRA) ## the AWS side: promises and mutants, linters, rehearsed deployments
	@infra/check.sh

.PHONY: templates
templates: $(INFRA) ## write the CloudFormation templates to infra/cdk.out
	@cd infra && PATH="$$PWD/.venv/bin:$$PATH" node_modules/.bin/cdk synth --quiet

$(INFRA): infra/requirements.txt infra/package-lock.json
	@echo 'Installing what the AWS side needs'
	@"$(PYTHON)" -m venv infra/.venv
	@infra/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--require-hashes -r infra/requirements.txt
	@cd infra && PATH="$$PWD/.venv/bin:$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

$(RUN): requirements/run.txt pyproject.toml $(BIN)/python
	@echo 'Installing what the shop needs'
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@echo 'Installing what the tests need'
	@# Uncompiled: most of what testing needs is never imported, and the rest once.
	@$(INSTALL) --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

$(CHECKS): tests/browser/checks/package-lock.json
	@echo 'Installing what checks the pages'
	@# Not `npm ci`: the lock names the linter's binary for Linux alone, others get theirs as well.
	@cd tests/browser/checks && npm install --no-save --silent --no-audit --no-fund
	@touch $@

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv
