#!/usr/bin/env bash
# Checks the systemd unit: known keys only, and an exposure of at most 0.8 (0 is best, a bare unit has 9.6).
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v systemd-analyze >/dev/null || { echo "skipped: systemd-analyze is not there"; exit 0; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# verify wants the program to exist; the unit is checked for its keys, the program is started by the systemd test.
sed 's#^ExecStart=[^ ]*#ExecStart=/bin/true#' systemd/deepspoold.service >"$folder/deepspoold.service"
complaints=$(systemd-analyze verify --man=no "$folder/deepspoold.service" 2>&1) || true
[[ -z $complaints ]] || { echo "$complaints" >&2; exit 1; }
# the threshold is ten times the level
systemd-analyze security --offline=true --threshold=8 systemd/deepspoold.service | tail -1

# every message id has an explanation, and the other way round
ids() { grep -oE '[0-9a-f]{32}' "$1" | sort; }
diff <(ids Sources/deepspoold/MessageID.swift) <(ids systemd/deepspool.catalog) ||
  { echo "systemd/deepspool.catalog and Sources/deepspoold/MessageID.swift differ" >&2; exit 1; }
