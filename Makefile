# Two commands do everything a newcomer needs: `make run` and `make test`.

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1
REPLICAS ?= 2
BIN := .venv/bin

.PHONY: help run edit serve test explore lint format audit bench load container pictures clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: .venv/run ## Start the lab (PORT=8501, ADDRESS=127.0.0.1; 0.0.0.0 lets others in)
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS) \
		--browser.serverAddress $(ADDRESS) # else it asks a site on the internet for the machine's address

edit: .venv/run ## Start the lab and show every change of the code at once
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS) \
		--server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

serve: .venv/run haproxy ## Start REPLICAS=2 processes of it behind HAProxy (PORT=, ADDRESS=)
	$(BIN)/python deploy/serve.py --replicas $(REPLICAS) --port $(PORT) --address "$(ADDRESS)"

test: lint browser haproxy ## Check everything: style, types, numbers, pages, a real browser
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

explore: browser haproxy ## Let the tests that search for a counterexample search anew, and longer
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: .venv/test ## Check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .

format: .venv/test ## Bring the code into its style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

audit: .venv/run ## Ask PyPI for known vulnerabilities of what is installed; fails if it does not know a package
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.venv/audit/bin/pip-audit --strict --path $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

load: .venv/test haproxy ## Let a class, faults and attackers loose on two processes, on this machine only
	$(BIN)/python -m benchmarks.load

container: .venv/test ## Build the container, run it and check it (installs podman on Debian)
	@./deploy/debian.sh podman runc mmdebstrap slirp4netns
	$(BIN)/python -m deploy.container

bench: .venv/test browser ## Measure the core, the server and the browser beside their yardsticks
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.browser
	$(BIN)/python -m benchmarks.uploads

pictures: .venv/test browser ## Take the moving picture of the README anew
	$(BIN)/python -m docs.pictures

clean: ## Remove what was made
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "This Python cannot make environments; on Debian: apt-get install python3-venv"; exit 1; }

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run

.PHONY: browser
browser: .venv/test
	@./tests/browser.sh $(BIN)/python

.PHONY: haproxy
haproxy:
	@./deploy/debian.sh haproxy
