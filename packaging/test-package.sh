#!/usr/bin/env bash
# Installs a package into a sandbox with a real systemd as PID 1, uses, upgrades, removes and purges it.
#
# usage: test-package.sh DEB [DEB OF deepspool-mpi]     exit status 77: systemd cannot be booted here
#
# The second package needs openmpi-bin in the sandbox.
# SDSB_ROOT may name the root of another Debian (made with debootstrap, with the dependencies of the package).
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/.." && pwd)
package=$(readlink -f "${1:?usage: test-package.sh DEB [DEB OF deepspool-mpi]}")
ranks=${2:+$(readlink -f "$2")}
export SDSB_NAME=deepspool-deb SDSB_INSTALL=0
sandbox=$project/Tests/Support/systemd-sandbox.sh
failures=0
output=$(mktemp)
folder=$(mktemp -d /tmp/deepspool-package-XXXXXX)

# The next version of the package, with the same files.
next=$folder/next.deb
dpkg-deb -R "$package" "$folder/tree"
# base-files, which every Debian has, contains the licenses that packages link to.
mkdir -p "$folder/base/usr/share"
cp -a "$folder/tree/usr/share/doc" "$folder/base/usr/share/doc"
cp -r /usr/share/common-licenses "$folder/base/usr/share/common-licenses"
if find "$folder/base/usr/share/doc/deepspool" -name '*.md' -exec \
  "$project/Tests/Support/lint/markdown.py" --root "$folder/base/usr/share/doc/deepspool" {} + >"$output"; then
  echo "ok - links of the pages lead to files of the package"
else
  echo "not ok - links of the pages lead to files of the package"; sed 's/^/#   /' "$output"; failures=$((failures + 1))
fi
sed -i 's/^Version: .*/&+next/' "$folder/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$folder/tree" "$next" >/dev/null
rm -rf "$folder/tree" "$folder/base"
chmod 755 "$folder"

"$sandbox" up --bind "$project" --bind "$(dirname "$package")" --bind "$folder" || { echo "skipped: systemd cannot be booted here"; exit 77; }
trap '"$sandbox" down; rm -rf "$output" "$folder"' EXIT

shell() { "$sandbox" exec bash -c "set -e; $1"; }
check() {
  if shell "$2" >"$output" 2>&1; then echo "ok - $1"; else
    echo "not ok - $1"; sed 's/^/#   /' "$output"; failures=$((failures + 1)); fi
}
# The commands run as an ordinary user.
as_ann() { printf 'su ann -c %q' "$1"; }
# shellcheck disable=SC2016  # the shell inside expands it
until_true() { printf 'for _ in $(seq 600); do if %s; then exit 0; fi; sleep 0.5; done; exit 1' "$1"; }

# Images of containers forbid packages to start services.
shell "rm -f /usr/sbin/policy-rc.d"
check "installs" "DEBIAN_FRONTEND=noninteractive dpkg -i '$package'"
check "the service runs and starts at boot" "systemctl is-active deepspoold; systemctl is-enabled deepspoold"
check "the notifier waits" "systemctl is-active deepspool-notify.path; systemctl is-enabled deepspool-notify.path"
check "users and directories are there" "[[ \$(stat -c '%a %U %G' /var/spool/deepspool/notices) == '2770 deepspool deepspool-notify' ]]; \
  [[ \$(stat -c '%a %U %G' /var/spool/deepspool/incoming) == '3730 deepspool deepspool' ]]; test -d /etc/deepspool/hooks.d"
check "both units are restricted" "systemd-analyze security --threshold=4 deepspoold >/dev/null; systemd-analyze security --threshold=4 deepspool-notify >/dev/null"
check "the documentation that the units name is there" "for unit in deepspoold.service deepspool-notify.path deepspool-notify.service; do \
  test -e \$(systemctl show -P Documentation \$unit | sed 's#^file://##'); done"
check "an administrator installs a hook" "printf '#!/bin/sh\necho \"told: \$*\"\n' | install -m 755 /dev/stdin /etc/deepspool/hooks.d/10-tell"
check "the manual pages are found" "man -w deepspool deepspool-run deepspoold deepspoold.yaml"
check "the completions are installed" "test -s /usr/share/bash-completion/completions/deepspool"
check "the catalogue explains an entry of the journal" \
  "journalctl --list-catalog | grep -q deepspool || journalctl --list-catalog | grep -qi 'job'"
check "an ordinary user joins the group" "useradd -m ann; usermod -aG deepspool ann"
if shell "command -v python3" >/dev/null; then
  check "the commands of README and tutorial work for the user" "$(as_ann "cd && DEEPSPOOL_DOCS_PACKAGE=1 \
    '$project/Tests/Support/docs-commands.py' README.md docs/README.md docs/tutorial/first-model.md docs/examples/README.md")"
else
  echo "skipped: the commands of README and tutorial need python3 in the sandbox"
fi
check "the user adds a table" "$(as_ann "cp '$project/Spool/samples/iris.csv' /var/lib/deepspool/data/")"
check "the user submits a job" "$(as_ann "deepspool submit '$project/Spool/samples/iris.yaml'")"
check "the job finishes" "$(until_true 'ls /var/spool/deepspool/results/*-iris/metrics.json')"
check "the user reads the result" "$(as_ann 'cat /var/spool/deepspool/results/*-iris/metrics.json') | grep -q logloss"

check "the hook is told" "$(until_true 'journalctl -u deepspool-notify -o cat | grep -q "told: finished .*-iris"')"

if [[ -n $ranks ]]; then
  check "without deepspool-mpi, a job on two ranks names it" "cp '$project/Spool/samples/iris.csv' /home/ann/; \
    printf '%s\n' 'training_frame: iris.csv' 'response_column: Species' 'epochs: 5' > /home/ann/two.yaml; chown ann /home/ann/*; \
    $(as_ann 'cd && deepspool run two.yaml --ranks 2 --threads 1') 2> /tmp/two && exit 1; grep -q 'install the package deepspool-mpi' /tmp/two"
  check "deepspool-mpi installs" "DEBIAN_FRONTEND=noninteractive dpkg -i '$ranks'; man -w deepspool-mpi-worker"
  check "two ranks train a job" "$(as_ann 'cd && deepspool run two.yaml --ranks 2 --threads 1')"
  check "deepspool-mpi is removed alone" "DEBIAN_FRONTEND=noninteractive dpkg -r deepspool-mpi; \
    [[ ! -e /usr/bin/deepspool-mpi-worker ]]; systemctl is-active deepspoold"
fi

check "a long training starts" "printf '%s\n' 'training_frame: iris.csv' 'response_column: Species' \
  'hidden: [200, 200]' 'epochs: 1000000' 'stopping_rounds: 0' 'classification_stop: -1' > /tmp/long.yaml; chmod 644 /tmp/long.yaml; \
  $(as_ann 'deepspool submit /tmp/long.yaml'); $(until_true 'ls /var/spool/deepspool/running/*-long/checkpoint/*')"
check "an administrator limits the service" "mkdir -p /etc/systemd/system/deepspoold.service.d; \
  printf '[Service]\nMemoryMax=2G\n' > /etc/systemd/system/deepspoold.service.d/limits.conf; \
  sed -i 's/^max_concurrent_jobs:.*/max_concurrent_jobs: 2/' /etc/deepspool/deepspoold.yaml; systemctl daemon-reload"
check "the package is upgraded during the training" "DEBIAN_FRONTEND=noninteractive dpkg -i '$next'; systemctl is-active deepspoold deepspool-notify.path"
check "the upgrade keeps the configuration and the drop-in" "grep -q '^max_concurrent_jobs: 2' /etc/deepspool/deepspoold.yaml; \
  [[ \$(systemctl show -P MemoryMax deepspoold) == 2147483648 ]]; ! ls /etc/deepspool/*.dpkg-*"
check "the training continues from its checkpoint" \
  "$(until_true 'journalctl -u deepspoold -o cat | grep -q "long: resuming from its checkpoint"')"
check "the training is cancelled" "$(as_ann 'deepspool cancel long'); $(until_true 'ls -d /var/spool/deepspool/cancelled/*-long')"

check "a hook waits" "printf '#!/bin/sh\nexec sleep 600\n' | install -m 755 /dev/stdin /etc/deepspool/hooks.d/20-wait; \
  echo 'epochs: 1' > /var/spool/deepspool/incoming/waits.yaml; $(until_true 'pgrep -u deepspool-notify sleep')"
check "removal stops the service" "DEBIAN_FRONTEND=noninteractive dpkg -r deepspool; [[ \$(systemctl is-active deepspoold) == inactive ]]"
check "removal stops the notifier, with its hook" "[[ \$(systemctl is-active deepspool-notify.path) == inactive ]]; \
  [[ \$(systemctl is-active deepspool-notify.service) == inactive ]]; ! pgrep -u deepspool-notify"
check "removal keeps configuration, results and tables" "test -e /etc/deepspool/deepspoold.yaml; \
  ls /var/spool/deepspool/results/*-iris/metrics.json /var/lib/deepspool/data/iris.csv"
check "removal takes the programs" "[[ ! -e /usr/bin/deepspool && ! -e /lib/systemd/system/deepspoold.service ]]"
check "purging removes the configuration, and says what is gone and what stays" "\
  DEBIAN_FRONTEND=noninteractive dpkg -P deepspool 2>&1 | tee /tmp/purge; [[ ! -e /etc/deepspool/deepspoold.yaml ]]; \
  grep -q 'removed the configuration' /tmp/purge; grep -q 'kept /var/lib/deepspool (tables)' /tmp/purge; \
  grep -q 'kept /etc/systemd/system/deepspoold.service.d' /tmp/purge; \
  grep -q 'rm -r /var/spool/deepspool /var/lib/deepspool /etc/deepspool' /tmp/purge"
check "systemd knows none of its units any more" "[[ -z \$(systemctl list-units --all --no-legend 'deepspool*') ]]; \
  ! ls /etc/systemd/system/*.wants/deepspool*"
check "results, tables and hooks stay after purging" "ls /var/spool/deepspool/results/*-iris/metrics.json \
  /var/lib/deepspool/data/iris.csv /etc/deepspool/hooks.d/10-tell"
check "an unused installation leaves nothing" "rm -rf /var/spool/deepspool /var/lib/deepspool /etc/deepspool; \
  DEBIAN_FRONTEND=noninteractive dpkg -i '$package'; systemctl is-active deepspoold; DEBIAN_FRONTEND=noninteractive dpkg -P deepspool; \
  ! ls -d /var/spool/deepspool /var/lib/deepspool /etc/deepspool /usr/share/doc/deepspool /usr/bin/deepspool*"

(( failures == 0 )) || { echo "$failures checks failed"; exit 1; }
