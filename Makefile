# deepspool: everything starts here. `make help` lists the targets.
#
# make demo and make test install what is missing (Debian packages, as root or through sudo) and work from a clean clone.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   := .build/release
SWIFT_FILES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
# The release build is the one that is tested: unoptimised arithmetic would take minutes where this takes seconds.
SWIFT_BUILD := swift build -c release

.PHONY: help setup build demo test torture fuzz sanitize coverage lint format check docs benchmark benchmark-peers install clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## install the Debian packages that the build and the tests need
	@Tests/Support/install-packages.sh

build: setup ## build the daemon and the command line
	$(SWIFT_BUILD) --product deepspoold
	$(SWIFT_BUILD) --product deepspool

demo: build ## watch a daemon train a sample job
	@Spool/demo.sh $(BUILD)

test: setup ## run every test
	$(SWIFT_BUILD) --build-tests
	Tests/Support/run-tests.sh
	Tests/Support/quality/order.py --short --binary $(BUILD)/deepspool
	Tests/Support/docs-commands.py --programs $(BUILD)

torture: setup ## kill the daemon and its workers a thousand times, at random moments (takes about ten minutes)
	$(SWIFT_BUILD) --build-tests
	DEEPSPOOL_KILLS=1000 swift test -c release --skip-build --filter TortureTests

fuzz: setup ## feed the readers with what libFuzzer thinks of, ten minutes each (READERS="csv job" for some, SECONDS=60)
	Tests/Fuzzing/fuzz.py --seconds $(or $(SECONDS),600) $(READERS)

sanitize: ## run kernels, threads, readers and small trainings under AddressSanitizer and ThreadSanitizer (some minutes each)
	Tests/Support/sanitize.sh address
	Tests/Support/sanitize.sh thread

coverage: setup ## show how much of each module the tests execute (FILTER="SuiteA|SuiteB" for some; takes a second build)
	DEEPSPOOL_PROGRAMS=$(CURDIR)/.build-coverage/release swift test -c release --scratch-path .build-coverage \
	  --enable-code-coverage --parallel $(if $(FILTER),--filter "$(FILTER)")
	Tests/Support/coverage.py .build-coverage/release/codecov/deepspool.json | tee .build-coverage/summary.txt

lint: ## check the form of the code and the systemd units
	swift format lint --strict --recursive $(SWIFT_FILES)
	Tests/Support/check-units.sh

format: ## bring the code into form
	swift format --in-place --recursive $(SWIFT_FILES)

check: lint test ## everything that CI does

docs: build ## write the generated pages anew
	$(BUILD)/deepspool explain --markdown > docs/reference/parameters.md

benchmark: ## measure speed, side by side with the peers that benchmark-peers has installed (takes half an hour and more)
	$(SWIFT_BUILD) --product deepspool
	$(SWIFT_BUILD) --package-path Benchmarks --scratch-path .build-benchmark
	test ! -x .build-peers/bin/python3 || .build-peers/bin/python3 Benchmarks/peers/tables.py ../shared/data/mnist /tmp/deepspool-benchmark
	.build-benchmark/release/Benchmark $(CURDIR) $(SECTIONS)

benchmark-peers: ## install H2O, PyTorch and Polars into .build-peers, for make benchmark (several gigabytes)
	python3 -m venv .build-peers
	.build-peers/bin/pip install -q -r Benchmarks/peers/requirements.txt

install: setup ## install under PREFIX (DESTDIR is honoured); does not start the service
	$(SWIFT_BUILD) --scratch-path .build-install --static-swift-stdlib --product deepspoold
	$(SWIFT_BUILD) --scratch-path .build-install --static-swift-stdlib --product deepspool
	install -D -s -m 755 .build-install/release/deepspoold $(DESTDIR)$(PREFIX)/bin/deepspoold
	install -D -s -m 755 .build-install/release/deepspool $(DESTDIR)$(PREFIX)/bin/deepspool
	test -e $(DESTDIR)/etc/deepspool/deepspoold.yaml || \
	  install -D -m 644 Config/deepspoold.yaml $(DESTDIR)/etc/deepspool/deepspoold.yaml
	install -D -m 644 systemd/deepspoold.service $(DESTDIR)/usr/lib/systemd/system/deepspoold.service
	sed -i 's#/usr/local/bin/#$(PREFIX)/bin/#' $(DESTDIR)/usr/lib/systemd/system/deepspoold.service
	install -D -m 644 systemd/deepspool.sysusers $(DESTDIR)/usr/lib/sysusers.d/deepspool.conf
	install -D -m 644 systemd/deepspool.tmpfiles $(DESTDIR)/usr/lib/tmpfiles.d/deepspool.conf
	install -D -m 644 systemd/deepspool.catalog $(DESTDIR)/usr/lib/systemd/catalog/deepspool.catalog
	@echo "installed; now: systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog &&"
	@echo "                systemctl daemon-reload && systemctl enable --now deepspoold"

clean: ## remove what was built
	rm -rf .build .build-*
