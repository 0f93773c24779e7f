# Two commands: `make run` and `make test`. Everything they need is installed by themselves into .venv and build/.
SHELL := /bin/bash
.DEFAULT_GOAL := run
PYTHON ?= python3
BIN := .venv/bin
export LMP_DATA ?= instance

.PHONY: run test check races bench pictures statement translations assets pins clean

run: .venv/run.stamp assets
	@LMP_DEMO=1 $(BIN)/lmp serve

test: .venv/test.stamp assets browser
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n 2 --dist worksteal --show-capture=no

check: .venv/test.stamp
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry lmp
	@$(BIN)/vulture
	@$(BIN)/djlint --lint --quiet lmp
	@$(BIN)/python translations/update.py --check

races: .venv/test.stamp assets
	@LMP_RACES=20 $(BIN)/pytest -n 2 tests/races

# ALL=1 takes both languages, widths and schemes; ROLE=koordinator and PAGE=enrolment narrow it.
pictures: .venv/test.stamp assets browser
	@$(BIN)/python -m tests.browser.pictures

# Examines every page and writes what was found into the accessibility statement.
statement: .venv/test.stamp assets browser
	@$(BIN)/python -m tests.browser.statement

# What the main pages cost; logs of requests are not part of the table.
bench: .venv/test.stamp assets
	@$(BIN)/python -m tests.bench 2>/dev/null

translations: .venv/test.stamp
	@$(BIN)/python translations/update.py

assets: .venv/run.stamp
	@$(BIN)/python lmp/web/assets/build.py

# A virtual environment from hashed pins; the sentence names what is missing.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv && touch $@

.venv/run.stamp: .venv/made.stamp requirements/run.txt requirements/build.txt pyproject.toml
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# Chromium: what is there, else Debian's when we may install it (without a screen it is quicker), else Playwright's own.
.PHONY: browser
browser: .venv/test.stamp
	@if [ -n "$$LMP_CHROMIUM" ] || [ -x /usr/bin/chromium-headless-shell ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing chromium-headless-shell"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell) >/dev/null 2>&1 && exit 0; \
	fi; \
	[ -x /usr/bin/chromium ] || $(BIN)/playwright install chromium

# Pins with hashes and without addresses; needs uv.
pins:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links requirements/build.in -o requirements/build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --extra test -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf .venv build lmp/web/static/build node_modules .mypy_cache .ruff_cache .pytest_cache
