# Everything a newcomer needs: `make run` and `make test`. `make help` lists the rest.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SOURCE ?= ../shared/data
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench accuracy data lock wheel screenshots clean

help:
	@echo "make run          serve the ward finder at http://127.0.0.1:8000/"
	@echo "make test         run every test"
	@echo "make check        ruff, mypy strict, import-linter"
	@echo "make bench        speed, as ratios to peers in the same run"
	@echo "make accuracy     how often the router is right, into docs/accuracy.md"
	@echo "make data         rebuild data/ from SOURCE=$(SOURCE)"
	@echo "make screenshots  take docs/screenshots/ anew"
	@echo "make wheel        build the wheel, data included, into dist/"
	@echo "make lock         pin the dependencies anew"

# An environment is made once for each state of its lock.
$(BIN)/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(BIN)/.run

run: $(BIN)/.run
	@$(BIN)/hanoi-wards serve

test: $(BIN)/.dev
	@tests/install-chromium
	@tests/install-spectral $(VENV)
	@$(BIN)/pytest

check: $(BIN)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BIN)/.dev
	$(BIN)/python -m tests.benchmarks.bench_lookup
	$(BIN)/python -m tests.benchmarks.bench_routing
	$(BIN)/python -m tests.benchmarks.bench_service

accuracy: $(BIN)/.dev
	$(BIN)/python -m tests.accuracy.measure

data: $(BIN)/.run
	$(BIN)/hanoi-wards data build --source $(SOURCE)

screenshots: $(BIN)/.dev
	@tests/install-chromium
	$(BIN)/python -m tests.browser.screenshots

wheel: $(BIN)/.dev
	$(BIN)/python -m hatchling build -t wheel

lock: $(BIN)/.dev
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --upgrade -o requirements-dev.lock

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
