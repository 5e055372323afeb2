# Each word below is one thing to do; `make` alone lists them.
.PHONY: help demo test check faults bench shots pin clean

help:
	@echo "make demo    look at Kith with an invented ward (PORT=8001 moves it)"
	@echo "make check   the quick checks, a minute or two"
	@echo "make test    everything, on SQLite, PostgreSQL and in a browser"
	@echo "make faults  the same at full size: kills, attacks, paired worlds (hours)"
	@echo "make bench   how fast it is"
	@echo "make shots   pictures of the pages, into shots/"
	@echo "make pin     write requirements/ anew (UPGRADE=1 takes newer releases)"
	@echo "make clean   remove all that was made here"

demo:
	@scripts/setup core
	@.venv/bin/kith demo $(if $(PORT),--port $(PORT))

test:
	@scripts/setup dev
	@.venv/bin/python scripts/parts.py test

check:
	@scripts/setup dev
	@.venv/bin/python scripts/parts.py check

faults:
	@scripts/setup dev
	@.venv/bin/python scripts/parts.py faults

bench:
	@scripts/setup dev
	@.venv/bin/python -m benches $(ONLY)

shots:
	@scripts/setup dev
	@KITH_SHOTS=shots .venv/bin/python scripts/parts.py shots

pin:
	@scripts/setup dev
	@scripts/pin $(if $(UPGRADE),--upgrade)

clean:
	@scripts/postgres stop
	@CLUSTER=postgres-of-faults scripts/postgres stop
	rm -rf .venv .cache node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis shots
