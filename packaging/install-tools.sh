#!/usr/bin/env bash
# Installs the Debian packages that `make deb` needs beside those of `make setup`, as root or through sudo.
set -euo pipefail
packages=(debhelper lintian fakeroot dpkg-dev)
missing=()
for name in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) == ii* ]] || missing+=("$name")
done
(( ${#missing[@]} )) || exit 0
if (( EUID == 0 )); then as_root=(); else as_root=(sudo); fi
echo "installing Debian packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
