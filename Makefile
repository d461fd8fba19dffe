# Two commands matter: `make app` opens the chat, `make test` runs the tests. Each installs what it needs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= auto
PIP_OPTIONS := --quiet --disable-pip-version-check

ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
PYTHON := python3
endif

.PHONY: app test check eval gate bench model picture tour seal clean

# The lock file names every package, which the check after it proves. Modules are compiled when they are first loaded, most
# never are: that halves the waiting; those of the chat are loaded once here.
$(READY): requirements.lock pyproject.toml
	@echo "Installing into $(VENV) (a few minutes the first time) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed: make PYTHON=/path/to/python3.11 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install $(PIP_OPTIONS) --no-deps --no-compile -r requirements.lock
	@$(BIN)/python -m pip check
	@$(BIN)/python -m pip install $(PIP_OPTIONS) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c "import chromadb, gradio"
	@touch $@

app: $(READY)  ## open the chat at http://127.0.0.1:7860
	@$(BIN)/python app.py

test: $(READY)  ## every test, browser walk included
	@sh tests/browser/install-browser.sh
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(READY)  ## style and types; layers are held by a test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

eval: $(READY)  ## figures on the labelled sets
	@$(BIN)/assistant evaluate

# TASKS="deadlines drafting" holds these alone, which takes seconds; without it every task runs.
gate: $(READY)  ## figures held against the kept ones; fails where one got worse than evals/tolerances.yaml allows
	@$(BIN)/assistant evaluate $(TASKS) --gate evals/results/latest.json --output build/evaluation

bench: $(READY)  ## speed and memory beside a textbook pipeline
	@$(BIN)/assistant bench

# EXTRA=FILE adds lay questions in STARD's form, as the shipped weights were trained with.
model: $(READY)  ## retrain the embedding model, the scope of search and the classifier from committed data
	@$(BIN)/python -m evals.train_embedding $(if $(EXTRA),--extra $(EXTRA))
	@$(BIN)/python -m evals.train_scope $(if $(EXTRA),--extra $(EXTRA))
	@$(BIN)/python -m evals.train_classifier

picture: $(READY)  ## draw the decision graph and its tables from the rules, and the table of letters
	@$(BIN)/python -m assistant.triage.decision_docs
	@$(BIN)/python -m assistant.drafting.letter_docs

tour: $(READY)  ## take the pictures of docs/tour.zh-CN.md anew, by walking its journeys
	@sh tests/browser/install-browser.sh
	@TOUR_PICTURES=docs/screenshots/tour $(BIN)/python -m pytest tests/browser --numprocesses 2 --dist loadfile

seal: $(READY)  ## store the digests of the statute text after a person has proved it
	@$(BIN)/python -m assistant.ingest.statutes

clean:
	rm -rf $(VENV) build dist *.egg-info
