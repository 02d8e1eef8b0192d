#!/usr/bin/env bash
# Makes docs/images/report.png, the picture in README.md: trains the sample job, opens its report in a
# headless chromium. Usage: Tests/Support/report-picture.sh FOLDER-WITH-THE-PROGRAMS
set -euo pipefail
readonly maximum_bytes=300000

programs=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$programs/deepspool" run Spool/samples/prostate.yaml --output "$folder/result" >/dev/null 2>&1
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-color-profile=srgb \
  --window-size=900,1000 --screenshot="$folder/report.png" "file://$folder/result/report.html" >/dev/null 2>&1
bytes=$(stat -c %s "$folder/report.png")
if (( bytes > maximum_bytes )); then
  echo "the picture has $bytes bytes, more than $maximum_bytes; make the window smaller" >&2
  exit 1
fi
mv "$folder/report.png" docs/images/report.png
