# Everything a newcomer types. Both commands set up what they need in .venv; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench fuzz docs sbom wheel clean

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"onrecord needs Python 3.11 to 3.13, this is {v[0]}.{v[1]}: name another one with make PYTHON=python3.12")'
	@echo "Setting up $(VENV): some minutes at the first time, 2.7 GB"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/python -m tools.demo

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

bench: $(STAMP)
	$(BIN)/python -m pytest -m long
	$(BIN)/python -m evals.floors --all

fuzz: $(STAMP)
	@mkdir -p build
	$(BIN)/python -m tools.fuzz --state build/fuzz.json

docs: $(STAMP)
	$(BIN)/python -m tools.reference --check
	$(BIN)/python -m mkdocs build --strict

sbom: $(STAMP)
	@mkdir -p build
	$(BIN)/cyclonedx-py environment $(VENV) --pyproject pyproject.toml --of JSON -o build/sbom.json

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis

wheel: $(STAMP)
	$(BIN)/python -m tools.wheel
