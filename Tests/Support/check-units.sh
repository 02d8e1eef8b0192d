#!/usr/bin/env bash
# Checks the systemd units: only known keys, and an exposure level of at most 0.4 (0 is best, an empty unit has 9.6).
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v systemd-analyze >/dev/null || { echo "skipped: systemd-analyze is missing"; exit 0; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# `verify` requires an existing program. Only the keys matter here; systemd-test.sh starts the real program.
for unit in deepspoold.service deepspool-notify.service deepspool-notify.path; do
  sed 's#^\(Exec[A-Za-z]*\)=[^ ]*#\1=/bin/true#' "systemd/$unit" >"$folder/$unit"
done
complaints=$(systemd-analyze verify --man=no "$folder"/* 2>&1) || true
[[ -z $complaints ]] || { echo "$complaints" >&2; exit 1; }
# The threshold is ten times the exposure level.
for unit in deepspoold deepspool-notify; do
  systemd-analyze security --offline=true --threshold=4 "systemd/$unit.service" | tail -1
done

# Every message id has an entry in the catalogue, and every entry has an id.
ids() { grep -oE '[0-9a-f]{32}' "$1" | sort; }
diff <(ids Sources/deepspoold/MessageID.swift) <(ids systemd/deepspool.catalog) ||
  { echo "systemd/deepspool.catalog and Sources/deepspoold/MessageID.swift differ" >&2; exit 1; }
