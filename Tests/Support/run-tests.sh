#!/usr/bin/env bash
# Runs all tests of the package and fails if their number has dropped, because a test that no longer runs cannot fail.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Raise this number when you add tests; lower it only when you remove tests.
readonly minimum_tests=1103

log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift test -c release --skip-build --parallel "$@" 2>&1 | tee "$log" | { grep -v '^◇\|^↳\|started\.$' || true; }
status=${PIPESTATUS[0]}
count=$(sed -n 's/.*Test run with \([0-9]*\) tests\?.*/\1/p' "$log" | tail -1)
(( status == 0 )) || exit "$status"
if (( $# == 0 && ${count:-0} < minimum_tests )); then
  echo "only ${count:-0} tests ran, at least $minimum_tests are expected" >&2
  exit 1
fi
