# make run    - everything, then the site on http://127.0.0.1:5000
# make setup  - the same without starting
# make check  - the quick checks (SQLite, no browser, nothing long)
# make test   - all of them (PostgreSQL, migrations, Chromium)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: resilience bench-backup prove-migrations prove-erasure bench bench-ledger bench-evidence prove-evidence fuzz-api prove-jobs bench-checker bench-comments run setup lint check test system

run: $(VENV)/.runs
	@$(BIN)/python run.py

setup: $(VENV)/.runs
	@$(BIN)/python -m participation.prepare

$(VENV)/.runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.checks: requirements-dev.txt $(VENV)/.runs
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

lint: $(VENV)/.checks
	@$(BIN)/python -m participation.prepare --translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(BIN)/pytest -n 2 --dist worksteal -m "not browser and not long"

test: system lint
	$(BIN)/python -m tests.everything

bench-comments: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.comments --comments 100,10000,100000

bench-letters: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.letters --letters 1000000

system: $(VENV)/.checks
	@sh tests/system.sh

bench-checker: $(VENV)/.checks
	@$(BIN)/python -m tests.benchmarks.checker

# The open data asked by schemathesis for as long as one likes.
fuzz-api: $(VENV)/.checks
	FUZZ=$${FUZZ:-1000} $(BIN)/pytest -q tests/api/test_fuzzed.py

# The runner killed before and after every single commit of a night (minutes).
prove-jobs: $(VENV)/.checks
	EVERY_STEP=1 $(BIN)/pytest -q tests/test_jobs_killed.py

bench-evidence: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.evidence --entries 1000000
	$(BIN)/python -m tests.benchmarks.evidence --entries 1000000 --postgresql

prove-evidence: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.proving --changes 10000 --clean 1000

# The platform beside two floors, at its size (needs wrk and nginx; an hour). To try it:
# BENCH_LETTERS=10000 BENCH_COMMENTS=1000 BENCH_ROUNDS=1 BENCH_MINUTES=0.2 make bench
bench: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.side_by_side

bench-ledger: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.ledger --duties 1000000

# A thousand citizens with a canary in every field, erased: no trace anywhere, on SQLite and on PostgreSQL.
prove-erasure: $(VENV)/.checks
	CITIZENS=1000 $(BIN)/pytest -q -s -m long tests/privacy/test_erasure.py
	CITIZENS=1000 $(BIN)/python -m tests.privacy.on_postgresql -q -s -m long tests/privacy/test_erasure.py

# A hundred thousand letters up and down through every revision (minutes); on PostgreSQL with TEST_DATABASE_URL.
prove-migrations: $(VENV)/.checks
	LETTERS=100000 $(BIN)/pytest -q -rP -m long tests/migrations/test_many_rows.py

bench-backup: $(VENV)/.checks
	$(BIN)/python -m tests.benchmarks.backing_up
	$(BIN)/python -m tests.benchmarks.backing_up --postgresql

# Killed, filled, flooded and starved on both databases, each trial with its twin (hours; root, for small disks).
resilience: system $(VENV)/.checks
	$(BIN)/python -m tests.resilience
