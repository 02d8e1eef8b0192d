#!/usr/bin/env bash
# Builds deepspool-mpi-worker beside the other programs of the release build, or says why it cannot.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ! -e $(cc -print-file-name=libmpi.so 2>/dev/null) ]]; then
  echo "deepspool-mpi-worker is not built, and its tests do not run: libopenmpi-dev is missing" >&2
  exit 0
fi
DEEPSPOOL_MPI=1 swift build -c release --product deepspool-mpi-worker "$@"
