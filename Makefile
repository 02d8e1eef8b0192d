# Every task of the project is a target here. `make help` lists them.
#
# Targets install missing Debian packages (as root or through sudo) and work from a clean clone.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   := .build/release
SWIFT_FILES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
C_FILES = $(shell find Sources Tests Benchmarks/Sources -name '*.[ch]')
# Tests use the release build: unoptimised arithmetic takes minutes instead of seconds.
SWIFT_BUILD := swift build -c release

.PHONY: help setup hooks build demo test torture fuzz sanitize coverage lint format check docs \
  benchmark benchmark-peers searches scaling programs install install-docs install-files install-mpi-files \
  uninstall deb clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## install the Debian packages that the build, the tests and lint need
	@Tests/Support/install-packages.sh

hooks: setup ## install the git hooks (form of staged files and of subjects) and the commit template
	git config core.hooksPath .githooks
	git config commit.template .gitmessage

build: setup ## build the daemon and the command line
	$(SWIFT_BUILD) --product deepspoold
	$(SWIFT_BUILD) --product deepspool

demo: build ## watch a daemon train a sample job
	@Spool/demo.sh $(BUILD)

test: setup ## run every test
	$(SWIFT_BUILD) --build-tests
	Tests/Support/build-mpi-worker.sh
	Tests/Support/run-tests.sh
	Tests/Support/quality/order.py --short --binary $(BUILD)/deepspool
	Tests/Support/docs-commands.py --programs $(BUILD)
	Tests/Support/examples.py --programs $(BUILD)
	Tests/Support/docs-service-commands.sh $(BUILD)
	Tests/Support/cluster-test.sh $(BUILD)

torture: setup ## kill the daemon and its workers a thousand times, and fail every call (takes twenty minutes)
	$(SWIFT_BUILD) --build-tests
	DEEPSPOOL_KILLS=1000 DEEPSPOOL_EVERY_CALL=1 \
	  swift test -c release --skip-build --filter "TortureTests|FaultTests"

# READERS="csv job" selects readers; SECONDS=60 shortens each run.
fuzz: setup ## run every reader under libFuzzer, ten minutes each
	Tests/Fuzzing/fuzz.py --seconds $(or $(SECONDS),600) $(READERS)

sanitize: ## run tests and small trainings under AddressSanitizer and ThreadSanitizer
	Tests/Support/sanitize.sh address
	Tests/Support/sanitize.sh thread

# FILTER="SuiteA|SuiteB" selects suites. Instrumented code needs a build of its own.
coverage: setup ## print the share of each module that the tests execute, as a Markdown table
	DEEPSPOOL_PROGRAMS=$(CURDIR)/.build-coverage/release \
	  swift test -c release --scratch-path .build-coverage --enable-code-coverage --parallel \
	  $(if $(FILTER),--filter "$(FILTER)")
	Tests/Support/coverage.py .build-coverage/release/codecov/deepspool.json \
	  | tee .build-coverage/summary.md

# CHECKS="markdown spelling" selects checks; Tests/Support/lint.sh lists them.
lint: setup ## check the form of code, scripts, pages, units and commit subjects
	@Tests/Support/lint.sh $(CHECKS)

format: setup ## format the Swift and C sources
	swift format --in-place --recursive $(SWIFT_FILES)
	clang-format-14 -i $(C_FILES)

check: lint test ## everything that CI does

docs: build ## write the parameter page, and DocC of the modules to .build-docs
	$(BUILD)/deepspool explain --markdown > docs/reference/parameters.md
	Tests/Support/docc.sh $(BUILD) .build-docs

# SECTIONS="rows import" selects sections.
benchmark: ## measure speed side by side with the installed peers (takes half an hour or more)
	$(SWIFT_BUILD) --product deepspool
	Tests/Support/build-mpi-worker.sh
	$(SWIFT_BUILD) --package-path Benchmarks --scratch-path .build-benchmark
	mkdir -p /tmp/deepspool-benchmark
	test ! -x .build-peers/bin/python3 || .build-peers/bin/python3 Benchmarks/peers/tables.py \
	  ../shared/data/mnist /tmp/deepspool-benchmark
	.build-benchmark/release/Benchmark $(CURDIR) $(SECTIONS)

searches: build ## compare strategies of searches on public tables, into docs/development/Quality.md (takes 40 minutes)
	Tests/Support/quality/public_tables.py
	python3 Tests/Support/quality/search.py --binary $(BUILD)/deepspool
	Tests/Support/quality/page.py

scaling: setup ## measure training on several ranks, and write docs/development/Scaling.md (takes 20 minutes)
	$(SWIFT_BUILD) --product deepspool
	Tests/Support/build-mpi-worker.sh
	Benchmarks/scaling/measure.py --programs $(BUILD)
	Benchmarks/scaling/page.py

benchmark-peers: ## install H2O, PyTorch and Polars into .build-peers (several gigabytes)
	python3 -m venv .build-peers
	.build-peers/bin/pip install -q -r Benchmarks/peers/requirements.txt

# Statically linked: the programs need no Swift at run time.
INSTALL_BUILD := .build-install
STATIC_BUILD = $(SWIFT_BUILD) --scratch-path $(INSTALL_BUILD) --static-swift-stdlib -Xswiftc -no-toolchain-stdlib-rpath
programs:
	$(STATIC_BUILD) --product deepspoold
	$(STATIC_BUILD) --product deepspool
	$(if $(WITH_MPI),DEEPSPOOL_MPI=1 $(STATIC_BUILD) --product deepspool-mpi-worker)

# WITH_MPI=1 adds deepspool-mpi-worker, for jobs on several processes and hosts; it needs libopenmpi-dev.
WITH_MPI ?=
install: setup programs install-files $(if $(WITH_MPI),install-mpi-files) ## install under PREFIX (and DESTDIR) without starting the service
	@echo "installed; now: systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog &&"
	@echo "                systemctl daemon-reload && systemctl enable --now deepspoold deepspool-notify.path"
	@echo "after an upgrade, also: systemctl restart deepspoold"

SHARE = $(DESTDIR)$(PREFIX)/share
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions
BASH_COMPLETION = $(SHARE)/bash-completion/completions/deepspool
ZSH_COMPLETION = $(DESTDIR)$(ZSH_COMPLETIONS)/_deepspool
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d/deepspool.fish
CONFIGURATION = $(DESTDIR)/etc/deepspool/deepspoold.yaml
UNIT_FOLDER ?= /usr/lib/systemd/system
UNITS = $(DESTDIR)$(UNIT_FOLDER)
UNIT_NAMES = deepspoold.service deepspool-notify.service deepspool-notify.path
HOOKS = $(DESTDIR)/etc/deepspool/hooks.d
SYSUSERS = $(DESTDIR)/usr/lib/sysusers.d/deepspool.conf
TMPFILES = $(DESTDIR)/usr/lib/tmpfiles.d/deepspool.conf
CATALOG = $(DESTDIR)/usr/lib/systemd/catalog/deepspool.catalog

install-files: install-docs
	install -D -s -m 755 $(INSTALL_BUILD)/release/deepspoold $(DESTDIR)$(PREFIX)/bin/deepspoold
	install -D -s -m 755 $(INSTALL_BUILD)/release/deepspool $(DESTDIR)$(PREFIX)/bin/deepspool
	test -e $(CONFIGURATION) || install -D -m 644 Config/deepspoold.yaml $(CONFIGURATION)
	for unit in $(UNIT_NAMES); do \
	  install -D -m 644 systemd/$$unit $(UNITS)/$$unit; sed -i 's#/usr/local/#$(PREFIX)/#' $(UNITS)/$$unit; done
	install -d -m 755 $(HOOKS)
	install -D -m 644 systemd/deepspool.sysusers $(SYSUSERS)
	install -D -m 644 systemd/deepspool.tmpfiles $(TMPFILES)
	install -D -m 644 systemd/deepspool.catalog $(CATALOG)
	packaging/manuals.py $(INSTALL_BUILD)/release $(INSTALL_BUILD)/man $(PREFIX)/share/doc/deepspool
	install -D -m 644 -t $(SHARE)/man/man1 $(INSTALL_BUILD)/man/*.1
	install -D -m 644 -t $(SHARE)/man/man5 $(INSTALL_BUILD)/man/*.5
	install -D -m 644 -t $(SHARE)/man/man8 $(INSTALL_BUILD)/man/*.8
	mkdir -p $(dir $(BASH_COMPLETION)) $(dir $(ZSH_COMPLETION)) $(dir $(FISH_COMPLETION))
	$(INSTALL_BUILD)/release/deepspool --generate-completion-script bash | sed 1d > $(BASH_COMPLETION)
	$(INSTALL_BUILD)/release/deepspool --generate-completion-script zsh > $(ZSH_COMPLETION)
	$(INSTALL_BUILD)/release/deepspool --generate-completion-script fish > $(FISH_COMPLETION)

# Needs no build: Tests/Support/lint.sh checks the links of the installed pages.
DOCUMENTS = $(SHARE)/doc/deepspool
install-docs:
	install -D -m 644 -t $(DOCUMENTS) README.md CHANGELOG.md CONTRIBUTING.md LICENSE SECURITY.md
	find docs Spool/samples Config/deepspoold.yaml -type f -exec install -D -m 644 {} $(DOCUMENTS)/{} \;
	# Pages for developers link to files that only a clone has.
	find $(DOCUMENTS)/docs -name '*.md' -exec sed -Ei 's#\[([^]]*)\]\((\.\./)+(Sources|Tests)/[^)]*\)#\1#g' {} +

# The worker lies beside deepspool and deepspoold, which look for it in their own directory.
install-mpi-files:
	install -D -s -m 755 $(INSTALL_BUILD)/release/deepspool-mpi-worker $(DESTDIR)$(PREFIX)/bin/deepspool-mpi-worker
	packaging/manuals.py --mpi $(INSTALL_BUILD)/release $(INSTALL_BUILD)/man-mpi $(PREFIX)/share/doc/deepspool
	install -D -m 644 -t $(SHARE)/man/man1 $(INSTALL_BUILD)/man-mpi/deepspool-mpi-worker.1

uninstall: ## remove what install put under PREFIX (and DESTDIR); the spool, data and a changed configuration stay
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,deepspoold deepspool deepspool-mpi-worker)
	rm -rf $(DOCUMENTS)
	rm -f $(SHARE)/man/man1/deepspool.1 $(SHARE)/man/man1/deepspool-*.1
	rm -f $(SHARE)/man/man5/deepspoold.yaml.5 $(SHARE)/man/man8/deepspoold.8
	rm -f $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)
	rm -f $(addprefix $(UNITS)/,$(UNIT_NAMES)) $(SYSUSERS) $(TMPFILES) $(CATALOG)
	! cmp -s Config/deepspoold.yaml $(CONFIGURATION) || rm -f $(CONFIGURATION)
	for folder in $(HOOKS) $(dir $(CONFIGURATION)); do \
	  test ! -d $$folder || rmdir --ignore-fail-on-non-empty $$folder; done

# The package is built in a copy, which keeps its build folder, so that a second run is short.
DEB_VERSION = $(shell sed -n 's/.*version = "\(.*\)".*/\1/p' Sources/Wording/Product.swift)
DEB_TREE := .build-deb/deepspool
# WITHOUT_MPI=1 builds only the first package, which needs no MPI.
DEB_PACKAGES = deepspool $(if $(WITHOUT_MPI),,deepspool-mpi)
deb: setup ## build .build-deb/deepspool_VERSION_amd64.deb and deepspool-mpi_VERSION_amd64.deb
	@packaging/install-tools.sh
	mkdir -p $(DEB_TREE)
	git ls-files -z | xargs -0 cp -pu --parents -t $(DEB_TREE)
	rm -rf $(DEB_TREE)/debian && cp -a packaging/debian $(DEB_TREE)/debian
	packaging/debian-changelog.sh $(DEB_VERSION) > $(DEB_TREE)/debian/changelog
	cd $(DEB_TREE) && dpkg-buildpackage --build=binary --no-sign --no-pre-clean \
	  $(if $(WITHOUT_MPI),--build-profiles=pkg.deepspool.nompi)
	lintian --fail-on error,warning --tag-display-limit 0 \
	  $(DEB_PACKAGES:%=.build-deb/%_$(DEB_VERSION)_amd64.deb)

clean: ## remove every build folder
	rm -rf .build .build-*
