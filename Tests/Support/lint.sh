#!/usr/bin/env bash
# Checks the form of sources, scripts, pages, units and commit subjects, and names every fault.
#
#   lint.sh [--files LIST] [CHECK...]
#
# CHECK is swift, c, shell, python, spelling, markdown, installed, units or subjects; by default all of them run.
# LIST names files, one per line, relative to the root of the repository; only these are checked.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2

list=
if [[ ${1:-} == --files ]]; then list=$(realpath "$2"); shift 2; fi
checks=("$@")
(( ${#checks[@]} )) || checks=(swift c shell python spelling markdown installed units subjects)

# Prints every file of the repository, or the listed ones. Without git, what a build writes is left out by its folder.
all_files() {
  if [[ -n $list ]]; then cat "$list"
  elif git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git -c core.quotePath=off ls-files --cached --others --exclude-standard
  else find . -type f -not -path './.build*' -not -path './.git/*' -not -path '*/__pycache__/*' -printf '%P\n'; fi |
    while IFS= read -r file; do [[ ! -f $file ]] || printf '%s\n' "$file"; done | sort -u
}
# Sets `files` to those whose path matches a Perl regular expression; fails if there are none.
select_files() {
  mapfile -t files < <(grep -P -- "$1" <<<"$every_file")
  (( ${#files[@]} ))
}
need() {
  command -v "$1" >/dev/null || { echo "'$1' is missing: run 'make setup' as root"; return 1; }
}

check_swift() {
  select_files '\.swift$' || return 0
  swift format lint --strict --parallel "${files[@]}"
}
check_c() {
  select_files '\.[ch]$' || return 0
  need clang-format-14 && clang-format-14 --dry-run --Werror "${files[@]}"
}
check_shell() {
  select_files '\.sh$|^\.githooks/|^\.ci/|^packaging/debian/.*\.(pre|post)(inst|rm)$' || return 0
  need shellcheck && shellcheck --external-sources --source-path=SCRIPTDIR "${files[@]}"
}
check_python() {
  select_files '\.py$' || return 0
  PYTHONPYCACHEPREFIX=$scratch python3 -m py_compile "${files[@]}" || return 1
  need pyflakes3 && pyflakes3 "${files[@]}"
}
# Prints the words of words.txt that count everywhere and those of a folder, separated by commas.
known_words() {
  sed -e 's/ *#.*//' -e '/^$/d' Tests/Support/lint/words.txt |
    awk -v folder="$1" 'NF == 1 || $1 == folder { print $NF }' | paste -sd,
}
spell() { codespell --check-hidden -L "$(known_words "$1")" "${files[@]}"; }
check_spelling() {
  local text='\.(swift|[ch]|sh|py|md|yaml|yml|service|catalog|sysusers|tmpfiles|modulemap)$'
  text+='|(^|/)(Makefile|Containerfile|run)$|^\.(githooks/|gitmessage|editorconfig|clang-format)'
  need codespell || return 1
  local status=0
  if select_files "^Tests/.*($text)"; then spell Tests || status=1; fi
  if select_files "^(?!Tests/).*($text)"; then spell '' || status=1; fi
  return $status
}
check_markdown() {
  select_files '\.md$' || return 0
  Tests/Support/lint/markdown.py "${files[@]}"
}
# Links of the installed pages must not lead to files that only a clone has.
check_installed() {
  make --no-print-directory install-docs DESTDIR="$scratch/installed" PREFIX=/usr >/dev/null || return 1
  local root=$scratch/installed/usr/share/doc/deepspool
  find "$root" -name '*.md' -exec Tests/Support/lint/markdown.py --root "$root" {} +
}
check_units() {
  select_files '^systemd/|MessageID\.swift$' || return 0
  Tests/Support/check-units.sh
}
check_subjects() { Tests/Support/lint/subjects.py; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
every_file=$(all_files)
failed=()
for check in "${checks[@]}"; do
  declare -F "check_$check" >/dev/null || { echo "lint: unknown check '$check'" >&2; exit 2; }
  "check_$check" || failed+=("$check")
done
(( ${#failed[@]} == 0 )) || { echo "lint: failed: ${failed[*]}" >&2; exit 1; }
echo "lint: passed: ${checks[*]}"
