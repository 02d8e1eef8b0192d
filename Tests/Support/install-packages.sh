#!/usr/bin/env bash
# Installs the Debian packages that are missing, as root or through sudo, and says what it does.
# The toolchain itself (Swift 6.3) is not among them: see README.md.
set -euo pipefail

# what the build links; what the systemd test boots (see Tests/Support/systemd-sandbox.sh) and reports are looked at with
required=(libsystemd-dev libarchive-dev libxxhash-dev pkg-config python3)
wanted=(systemd systemd-container dbus libnss-systemd chromium fonts-dejavu-core)

missing() {
  local name
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) == ii* ]] || echo "$name"
  done
}

command -v swift >/dev/null || { echo "swift is not there: install the Swift 6.3 toolchain first (https://swift.org/install)" >&2; exit 1; }
mapfile -t packages < <(missing "${required[@]}" "${wanted[@]}")
(( ${#packages[@]} )) || exit 0

if (( EUID == 0 )); then as_root=(); elif command -v sudo >/dev/null; then as_root=(sudo); else
  mapfile -t packages < <(missing "${required[@]}")
  (( ${#packages[@]} )) || exit 0
  echo "these Debian packages are missing: ${packages[*]}; install them as root: apt-get install ${packages[*]}" >&2
  exit 1
fi
echo "installing Debian packages: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null 2>&1 || {
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}
