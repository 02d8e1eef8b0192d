#!/usr/bin/env bash
# Installs a package into a sandbox with a real systemd as PID 1, uses, upgrades, removes and purges it.
#
# usage: test-package.sh DEB     exit status 77: systemd cannot be booted here
#
# SDSB_ROOT may name the root of another Debian (made with debootstrap, with the dependencies of the package).
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/.." && pwd)
package=$(readlink -f "${1:?usage: test-package.sh DEB}")
export SDSB_NAME=deepspool-deb SDSB_INSTALL=0
sandbox=$project/Tests/Support/systemd-sandbox.sh
failures=0
output=$(mktemp)

"$sandbox" up --bind "$project" --bind "$(dirname "$package")" || { echo "skipped: systemd cannot be booted here"; exit 77; }
trap '"$sandbox" down; rm -f "$output"' EXIT

shell() { "$sandbox" exec bash -c "set -e; $1"; }
check() {
  if shell "$2" >"$output" 2>&1; then echo "ok - $1"; else
    echo "not ok - $1"; sed 's/^/#   /' "$output"; failures=$((failures + 1)); fi
}
# The commands run as an ordinary user.
as_ann() { printf 'su ann -c %q' "$1"; }
# shellcheck disable=SC2016  # the shell inside expands it
until_true() { printf 'for _ in $(seq 600); do if %s; then exit 0; fi; sleep 0.5; done; exit 1' "$1"; }

check "installs" "DEBIAN_FRONTEND=noninteractive dpkg -i '$package'"
check "the service runs and starts at boot" "systemctl is-active deepspoold; systemctl is-enabled deepspoold"
check "the manual pages are found" "man -w deepspool deepspool-run deepspoold"
check "the completions are installed" "test -s /usr/share/bash-completion/completions/deepspool"
check "the catalogue explains an entry of the journal" \
  "journalctl --list-catalog | grep -q deepspool || journalctl --list-catalog | grep -qi 'job'"
check "an ordinary user joins the group" "useradd -m ann; usermod -aG deepspool ann"
check "the user adds a table" "$(as_ann "cp '$project/Spool/samples/iris.csv' /var/lib/deepspool/data/")"
check "the user submits a job" "$(as_ann "deepspool submit '$project/Spool/samples/iris.yaml'")"
check "the job finishes" "$(until_true 'ls /var/spool/deepspool/results/*-iris/metrics.json')"
check "the user reads the result" "$(as_ann 'cat /var/spool/deepspool/results/*-iris/metrics.json') | grep -q logloss"

check "a long training starts" "printf '%s\n' 'training_frame: iris.csv' 'response_column: Species' \
  'hidden: [200, 200]' 'epochs: 200000' 'stopping_rounds: 0' > /tmp/long.yaml; chmod 644 /tmp/long.yaml; \
  $(as_ann 'deepspool submit /tmp/long.yaml'); $(until_true 'ls /var/spool/deepspool/running/*-long/checkpoint/*')"
check "an administrator limits the service" "mkdir -p /etc/systemd/system/deepspoold.service.d; \
  printf '[Service]\nMemoryMax=2G\n' > /etc/systemd/system/deepspoold.service.d/limits.conf; \
  echo 'max_concurrent_jobs: 2' >> /etc/deepspool/local-note; systemctl daemon-reload"
check "the package is upgraded during the training" "DEBIAN_FRONTEND=noninteractive dpkg -i '$package'; systemctl is-active deepspoold"
check "the training continues from its checkpoint" \
  "$(until_true 'journalctl -u deepspoold -o cat | grep -q "long: resuming from its checkpoint"')"
check "the training is cancelled" "$(as_ann 'deepspool cancel long'); $(until_true 'ls -d /var/spool/deepspool/cancelled/*-long')"

check "removal stops the service" "DEBIAN_FRONTEND=noninteractive dpkg -r deepspool; ! systemctl is-active deepspoold"
check "removal keeps configuration, results and tables" "test -e /etc/deepspool/deepspoold.yaml; \
  ls /var/spool/deepspool/results/*-iris/metrics.json /var/lib/deepspool/data/iris.csv"
check "removal takes the programs" "! command -v deepspool; ! test -e /lib/systemd/system/deepspoold.service"
check "purging removes the configuration and says what stays" "rm -f /etc/deepspool/local-note; \
  DEBIAN_FRONTEND=noninteractive dpkg -P deepspool 2>&1 | tee /tmp/purge; grep -q 'was kept' /tmp/purge; ! test -e /etc/deepspool/deepspoold.yaml"
check "results stay after purging" "ls /var/spool/deepspool/results/*-iris/metrics.json"

(( failures == 0 )) || { echo "$failures checks failed"; exit 1; }
