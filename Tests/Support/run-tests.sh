#!/usr/bin/env bash
# Runs all tests of the package and fails if their number has dropped, because a test that no longer runs cannot fail.
# Arguments, such as --filter NAME, select tests.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Raise this number when you add tests; lower it only when you remove tests.
readonly minimum_tests=1300
# Processes that train together wait for each other at every average, so these suites run after the others.
readonly apart='RankTests|RankDaemonTests'

log=$(mktemp)
trap 'rm -f "$log"' EXIT
run() {
  swift test -c release --skip-build "$@" 2>&1 | tee -a "$log" | { grep -v '^◇\|^↳\|started\.$' || true; }
  return "${PIPESTATUS[0]}"
}
if (( $# > 0 )); then
  run --parallel "$@"
  exit
fi
status=0
run --parallel --skip "$apart" || status=$?
run --filter "$apart" || status=$?
count=$(sed -n 's/.*Test run with \([0-9]*\) tests\?.*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
(( status == 0 )) || exit "$status"
if (( count < minimum_tests )); then
  echo "only $count tests ran, at least $minimum_tests are expected" >&2
  exit 1
fi
