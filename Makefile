# A thin front over scripts/ and Meson, so that a fresh Debian 12 needs nothing but make.
.PHONY: help build run test fresh-test coverage lint bench bench-storm fault fuzz pentest docs clean

help:
	@echo "make run     install what is missing, build, start on port 5000"
	@echo "make build   the server and its screens"
	@echo "make test    install what is missing, run every test (TESTS='unit api' runs some kinds)"
	@echo "make fresh-test   make run and make test on a bare Debian 12, by debootstrap, as root (TESTS='web api')"
	@echo "make coverage   how much of src/ the unit, database and API tests run"
	@echo "make lint    formatting, layers, sizes, types"
	@echo "make bench   measure scans and look-ups against pgbench (BAGS=1800000; BAGS=0: scans on a new database)"
	@echo "make bench-storm   how scans fare while wrong passwords are hashed; writes nothing down"
	@echo "make fault   kill and restart under load (ROUNDS=3)"
	@echo "make fuzz    look for inputs that break a parser, 60 s for each (SECONDS=60)"
	@echo "make pentest wapiti and sqlmap against a server of their own (SECONDS=540)"
	@echo "make docs    write the generated pages of docs/ anew"
	@echo "make clean   remove what was built; var/, the data, stays"

build:
	@scripts/install-deps.sh build
	@scripts/build.sh

run:
	@scripts/run.sh

test:
	@scripts/install-deps.sh test
	@scripts/test.sh $(TESTS)

fresh-test:
	@scripts/fresh-test.sh $(TESTS)

coverage:
	@scripts/install-deps.sh coverage
	@scripts/coverage.sh

lint:
	@scripts/install-deps.sh lint
	@scripts/lint.sh

bench: build
	@scripts/bench.sh

bench-storm: build
	@ROUNDS=$(or $(ROUNDS),1) BAGS=$(or $(BAGS),100000) scripts/bench.sh scans_in_a_storm

fault:
	@scripts/install-deps.sh test
	@ROUNDS=$(or $(ROUNDS),3) MIXED=$(or $(MIXED),100000) IMPORT_ROWS=$(or $(IMPORT_ROWS),100000) KILLS=$(or $(KILLS),10) scripts/test.sh fault

fuzz:
	@scripts/install-deps.sh fuzz
	@scripts/fuzz.sh $(or $(SECONDS),60)

pentest: build
	@scripts/install-deps.sh pentest
	@scripts/pentest.sh $(or $(SECONDS),540)

docs: build
	@scripts/docs.sh

clean:
	rm -rf build build-* web/dist web/node_modules/.built
