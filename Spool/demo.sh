#!/usr/bin/env bash
# Starts a daemon on a temporary spool, drops a sample job, follows it, lists its result and stops
# the daemon.
# Usage: Spool/demo.sh FOLDER-OF-THE-PROGRAMS
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
programs=$(cd "$1" && pwd)
spool=$(mktemp -d "${TMPDIR:-/tmp}/deepspool-demo.XXXXXX")

echo "== starting deepspoold with the spool $spool"
"$programs/deepspoold" --spool "$spool" --data "$here/samples" &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true' EXIT
for _ in $(seq 100); do [[ -e $spool/incoming ]] && break; sleep 0.05; done

echo "== dropping Spool/samples/prostate.yaml into incoming/"
cp "$here/samples/prostate.yaml" "$spool/incoming/"

echo "== following the job (deepspool follow prostate)"
"$programs/deepspool" follow --spool "$spool" prostate

echo "== stopping the daemon (SIGTERM)"
kill -TERM "$daemon"
wait "$daemon"
trap - EXIT
echo "== the result folder"
ls "$spool/results/000001-prostate"
echo "== done; the spool remains in $spool"
