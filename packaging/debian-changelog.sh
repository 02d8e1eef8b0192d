#!/usr/bin/env bash
# Prints the Debian changelog of a version: its only entry refers to CHANGELOG.md, which the package contains.
#
# usage: debian-changelog.sh VERSION
set -euo pipefail
version=${1:?usage: debian-changelog.sh VERSION}
# The time of the last commit, so that the same sources make the same package.
when=$(git log -1 --format=%cD 2>/dev/null || date --rfc-2822)
cat <<EOF
deepspool ($version) unstable; urgency=medium

  * Release $version; its changes are listed in
    /usr/share/doc/deepspool/CHANGELOG.md.

 -- deepspool maintainers <deepspool@localhost>  $when
EOF
