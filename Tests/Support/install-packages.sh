#!/usr/bin/env bash
# Installs the missing Debian packages, as root or through sudo, and lists them.
# The Swift 6.3 toolchain is not a Debian package: see README.md.
set -euo pipefail

# The build links these.
required=(
  libsystemd-dev libarchive-dev libexpat1-dev libxxhash-dev
  libbrotli-dev liblz4-dev libsnappy-dev libzstd-dev zlib1g-dev
  pkg-config python3
)
# The systemd test boots the first four packages (see Tests/Support/systemd-sandbox.sh), the report test renders pages
# in chromium, deepspool-mpi-worker links libopenmpi-dev and its tests start mpirun, and Tests/Support/lint.sh runs the
# programs of the last line.
wanted=(
  systemd systemd-container dbus libnss-systemd
  chromium fonts-dejavu-core
  libopenmpi-dev openmpi-bin openssh-client iproute2
  git clang-format-14 shellcheck codespell pyflakes3
)

missing() {
  local name
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) == ii* ]] || echo "$name"
  done
}

command -v swift >/dev/null || { echo "'swift' is missing: install the Swift 6.3 toolchain first (https://swift.org/install)" >&2; exit 1; }
mapfile -t packages < <(missing "${required[@]}" "${wanted[@]}")
(( ${#packages[@]} )) || exit 0

if (( EUID == 0 )); then as_root=(); elif command -v sudo >/dev/null; then as_root=(sudo); else
  mapfile -t packages < <(missing "${required[@]}")
  (( ${#packages[@]} )) || exit 0
  echo "Debian packages are missing; as root, run: apt-get install ${packages[*]}" >&2
  exit 1
fi
echo "installing Debian packages: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null 2>&1 || {
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}
