#!/usr/bin/env bash
# Runs the command blocks of the docs that need the installed service (needs: service), in a sandbox with
# a real systemd as PID 1. Skips, and says so, where none can be booted.
# Usage: Tests/Support/docs-service-commands.sh FOLDER-WITH-THE-PROGRAMS
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
programs=$(cd "$1" && pwd)
export SDSB_NAME=${SDSB_NAME:-deepspool-docs} SDSB_INSTALL=0
sandbox=$here/systemd-sandbox.sh

"$sandbox" up --bind "$project" --bind "$programs" || { echo "skipped: no systemd can be booted here"; exit 0; }
trap '"$sandbox" down' EXIT

# The files of `make install`, which would build first. The page about the installation is the last one:
# it ends with the removal.
"$sandbox" exec bash -c "
  set -e
  cd '$project'
  install -D -m 755 -t /usr/local/bin '$programs/deepspoold' '$programs/deepspool'
  install -D -m 644 -t /usr/local/share/doc/deepspool README.md
  install -D -m 644 Config/deepspoold.yaml /etc/deepspool/deepspoold.yaml
  install -D -m 644 -t /usr/lib/systemd/system systemd/deepspoold.service systemd/deepspool-notify.path systemd/deepspool-notify.service
  install -d /etc/deepspool/hooks.d
  install -D -m 644 systemd/deepspool.sysusers /usr/lib/sysusers.d/deepspool.conf
  install -D -m 644 systemd/deepspool.tmpfiles /usr/lib/tmpfiles.d/deepspool.conf
  install -D -m 644 systemd/deepspool.catalog /usr/lib/systemd/catalog/deepspool.catalog
  systemd-sysusers; systemd-tmpfiles --create deepspool.conf
  systemctl daemon-reload; systemctl start deepspoold deepspool-notify.path
  useradd alice
  command -v sudo >/dev/null || install -m 755 /dev/stdin /usr/local/bin/sudo <<< \$'#!/bin/sh\nif [ \"\$1\" = -u ]; then user=\$2; shift 2; exec runuser -u \"\$user\" -- \"\$@\"; fi\nexec \"\$@\"'
  command -v adduser >/dev/null || install -m 755 /dev/stdin /usr/local/bin/adduser <<< \$'#!/bin/sh\nexec usermod -aG \"\$2\" \"\$1\"'
  export DEEPSPOOL_DOCS_SERVICE=1
  Tests/Support/docs-commands.py --programs '$programs' docs/how-to/configure-the-service.md \
    docs/how-to/watch-and-control-jobs.md docs/how-to/be-notified.md docs/how-to/monitor-the-service.md \
    docs/how-to/run-every-night.md docs/how-to/secure-the-service.md docs/how-to/upgrade-the-service.md \
    docs/how-to/recover.md docs/how-to/install-the-service.md
"
