# Everything a person types. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 8000
JOBS ?= 3
MANAGE := $(BIN)/python manage.py

# Stamps: a requirements file is installed once, and again only after it changed.
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

.PHONY: help run dev test test-postgresql lint check messages compile bench clean packages catalogues deployable

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## Start Highroad with its demo at http://127.0.0.1:8000 (PORT=... for another)
	@export DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=$${DEBUG:-0} LOG_LEVEL=$${LOG_LEVEL:-WARNING}
	echo "Setting up the database ..."
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) sync_roles
	$(MANAGE) load_demo --first
	$(MANAGE) load_demo & rest=$$!
	trap 'kill $$rest 2>/dev/null || true' EXIT
	trap 'exit 130' INT TERM
	echo "Highroad answers at http://127.0.0.1:$(PORT)/ (Ctrl+C ends it). More curricula are on their way in."
	$(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 --log-level warning config.wsgi:application

dev: $(TEST_READY) ## Serve as `run` does, but reload after every change to the code and show errors in full
	@$(MANAGE) migrate --verbosity 0
	$(MANAGE) runserver $(PORT)

test: $(TEST_READY) packages ## Run the tests on SQLite
	@$(BIN)/pytest -n $(JOBS)

# What only reads files or draws screens does nothing that databases do differently: it is tried on SQLite.
ON_SQLITE_ONLY := home interchange users $(addprefix test_,architecture.py catalogues.py docs.py settings.py words.py) \
	$(addprefix curriculum/test_,diff.py richtext.py sanitize.py svg.py) \
	$(addprefix review/test_,answers.py beside.py charter_form.py clocks.py danger_screens.py dashboard.py desk.py \
	editor_talk.py every_address.py figures.py in_spanish.py letting_in.py margins.py permissions_matrix.py policy.py \
	redlines.py room.py timing.py tour.py) \
	$(addprefix courses/test_,answers.py both.py calendar.py cohort_screens.py hearing.py language_of_parts.py media.py \
	missing.py my_skills.py paper.py saved_copy.py skills.py stories.py who_sees_what.py) \
	$(addprefix assessments/test_,credentials.py methods.py policy.py)

# pg_virtualenv makes a PostgreSQL of its own, sets PGHOST and the like, and takes all of it away afterwards.
test-postgresql: $(TEST_READY) packages ## Run the tests on PostgreSQL
	@DATABASE_URL=postgres:///postgres pg_virtualenv -o fsync=off -o synchronous_commit=off -o full_page_writes=off \
		$(BIN)/pytest -n $(JOBS) -m 'not browser' $(addprefix --ignore=tests/,$(ON_SQLITE_ONLY))

lint: $(TEST_READY) ## Look at the code: style, order of imports, floors of the house
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

check: packages ## Everything CI looks at
	@.ci/check

messages: $(TEST_READY) packages ## Collect the words of the interface into locale/, for translators
	@$(MANAGE) makemessages --locale en --locale es --add-location file --no-wrap --no-obsolete \
		--ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'bench/*'

compile: $(TEST_READY) packages ## Compile the translations, after editing locale/*/LC_MESSAGES/django.po
	@for po in locale/*/LC_MESSAGES/django.po; do msgfmt --check-format -o "$${po%.po}.mo" "$$po"; done

catalogues: $(TEST_READY) packages
	@.ci/catalogues

deployable: $(TEST_READY)
	@HIGHROAD_VAR=$$(mktemp -d) HIGHROAD_URL=https://training.example.org \
		SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		CREDENTIAL_KEY=$$($(BIN)/python -c 'from tests.signing import key; print(key("deployable"))') \
		DJANGO_SETTINGS_MODULE=config.settings.production \
		$(MANAGE) check --deploy --fail-level WARNING

bench: $(TEST_READY) packages ## Measure speed against the yardstick, as ratios
	@$(BIN)/python -m bench

packages:
	@.ci/packages

clean: ## Throw away what was made here: the demo's data (var/) and the installed packages (.venv/)
	@rm -rf var $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Highroad needs Python 3.11 or newer. Name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }

$(RUN_READY): requirements.txt | $(BIN)/python
	@echo "Installing what Highroad needs ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(TEST_READY): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing what the tests need ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(RUN_READY)
.ONESHELL:
