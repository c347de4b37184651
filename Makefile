# Two commands are all a newcomer needs: `make run` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export DATABASE_URL ELASTICSEARCH_URL

.PHONY: help run test test-services soak check format lock clean

# It says what stands behind ## at each target.
help:
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 16

run: $(VENV)/site ## runs the site, its worker and, with addresses, on real servers
	@PORT=$(PORT) $(BIN)/python -m config.run

# Two processes, each with its own database and files; a file of tests stays in one of them.
test: $(VENV)/tools ## all tests on SQLite and the embedded index
	@$(BIN)/pytest --numprocesses 2 --dist loadfile

test-services: $(VENV)/tools ## all tests on PostgreSQL and Elasticsearch
	@test -n "$(DATABASE_URL)" || { echo "Set DATABASE_URL to a PostgreSQL server, e.g. postgres://user@localhost/adit"; exit 1; }
	@test -n "$(ELASTICSEARCH_URL)" || { echo "Set ELASTICSEARCH_URL to an Elasticsearch 9 server, e.g. http://localhost:9200"; exit 1; }
	@ADIT_TEST_SERVICES=yes $(BIN)/pytest --numprocesses 2 --dist loadfile

# All that takes long, in full: everybody at every address, every kind of rubbish in every form and file.
soak: $(VENV)/tools ## everybody at every address, every kind of rubbish, in full
	@$(BIN)/pytest --soak --numprocesses 2 tests/crawl tests/knowledge/test_import_damaged.py

check: $(VENV)/tools ## style, import contracts, system checks, missing migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py check
	@$(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/tools ## puts the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Locks carry hashes and no address, so they hold wherever packages come from.
lock: $(VENV)/uv ## makes the locks of requirements/ anew
	@for set in uv base dev data; do \
	  $(BIN)/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate \
	    requirements/$$set.in -o requirements/$$set.txt || exit 1; done

$(VENV)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Adit needs Python 3.11 or later as $(PYTHON). Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@mkdir -p $(VENV) 2>/dev/null && test -w $(VENV) || { \
	  echo "This folder cannot be written to: $$(pwd). Copy the project to a place that is yours."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/site: $(VENV)/uv requirements/base.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/tools: $(VENV)/site requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/base.txt -r requirements/dev.txt
	@touch $@

clean: ## removes the environment and all data of this folder
	rm -rf $(VENV) var .pytest_cache .ruff_cache .import_linter_cache
