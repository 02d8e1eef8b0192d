#!/usr/bin/env bash
# Checks that `make uninstall` removes what `make install` has installed, and nothing else, beneath DESTDIR and PREFIX.
#
# usage: test-install.sh FOLDER     the folder that `make programs` has built into, such as .build-install
#
# Also checks deepspool-mpi-worker, if `make programs WITH_MPI=1` has built it.
set -euo pipefail
build=$(cd "${1:?usage: test-install.sh FOLDER}" && pwd)
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

check() {
  if "${@:2}" >"$folder/output" 2>&1; then echo "ok - $1"; else
    echo "not ok - $1"; sed 's/^/#   /' "$folder/output"; failures=$((failures + 1)); fi
}
files() { find "$1" -not -type d -printf '%P\n' | sort; }
same() { diff <(echo "$1") <(echo "$2"); }
only() { [[ $(files "$1") == "$2" ]] || { files "$1"; return 1; }; }

declare -A lists
for prefix in /usr/local /opt/train; do
  root=$folder$prefix.root
  run() { make --no-print-directory "$@" INSTALL_BUILD="$build" DESTDIR="$root" PREFIX="$prefix"; }
  mkdir -p "$root$prefix/bin" "$root$prefix/share/man/man1"
  touch "$root$prefix/bin/neighbour" "$root$prefix/share/man/man1/neighbour.1"
  before=$(files "$root")
  check "installs beneath $prefix" run install-files
  lists[$prefix]=$(files "$root" | sed "s#^${prefix#/}/#PREFIX/#" | sort)
  check "the units name programs and pages that are there" bash -c "
    grep -ohE '^(Exec[A-Za-z]*=|Documentation=file://)[^ ]+' '$root'/usr/lib/systemd/system/* | sed 's#.*=\\(file://\\)\\?##' |
      while read -r path; do [[ \$path == '$prefix'/* && -e '$root'\$path ]] || { echo \"\$path\"; exit 1; }; done"
  check "installs again over itself" run install-files
  check "uninstalls" run uninstall
  check "nothing is left but the files of others" same "$before" "$(files "$root")"
  check "no directory of deepspool is left" bash -c "! find '$root' -name '*deepspool*' | grep ."
  run install-files >/dev/null
  echo "threads_per_job: 3" >> "$root/etc/deepspool/deepspoold.yaml"
  touch "$root/etc/deepspool/hooks.d/mine"
  check "uninstalls beside a changed configuration and a hook" run uninstall
  check "both are kept" only "$root/etc" "$(printf '%s\n' deepspool/deepspoold.yaml deepspool/hooks.d/mine)"
  [[ -e $build/release/deepspool-mpi-worker ]] || { echo "skipped: deepspool-mpi-worker is not built"; continue; }
  rm -r "${root:?}/etc"
  check "installs the worker for MPI, too" run install-files install-mpi-files
  check "it lies beside the programs, with its page" \
    test -x "$root$prefix/bin/deepspool-mpi-worker" -a -e "$root$prefix/share/man/man1/deepspool-mpi-worker.1"
  check "uninstalls both" run uninstall
  check "nothing of both is left" same "$before" "$(files "$root")"
done
check "the same files are installed beneath each prefix" same "${lists[/usr/local]}" "${lists[/opt/train]}"

(( failures == 0 )) || { echo "$failures checks failed"; exit 1; }
echo "all checks passed"
