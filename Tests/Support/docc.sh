#!/usr/bin/env bash
# Writes one DocC archive of all library modules: docc.sh BUILD OUTPUT
#
# BUILD is the folder of a finished build (.build/release); the symbols come from its compiled modules, so nothing is
# built again. All modules use `package` access, so that is the level of the symbols that are documented.
# The archive is OUTPUT/deepspool.doccarchive.
set -euo pipefail
build=$(realpath "$1")
output=$2
cd "$(dirname "$0")/../.."
target=$(swift -print-target-info)
tools=$(sed -n 's#.*"runtimeResourcePath": "\(.*\)/lib/swift".*#\1/bin#p' <<<"$target")
triple=$(sed -n 's#.*"unversionedTriple": "\(.*\)".*#\1#p' <<<"$target" | head -1)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Module maps of the C targets, of the system libraries and of the dependencies.
maps=()
while IFS= read -r folder; do maps+=(-I "$folder"); done < <(
  find "$build/" -maxdepth 2 -name module.modulemap -printf '%h\n'
  find Sources/ "$build"/../../checkouts/*/Sources -name module.modulemap -printf '%h\n')

archives=()
for folder in Sources/*/; do
  module=$(basename "$folder")
  # C targets have no Swift symbols; the two programs are not libraries.
  [[ -e $build/Modules/$module.swiftmodule && $module != deepspool* ]] || continue
  mkdir "$work/$module"
  "$tools/swift-symbolgraph-extract" -module-name "$module" -target "$triple" \
    -I "$build/Modules" "${maps[@]}" -module-cache-path "$work/cache" -minimum-access-level package \
    -skip-inherited-docs -skip-synthesized-members -output-dir "$work/$module"
  # DocC warns of links to symbols of other modules, and shows these as code.
  "$tools/docc" convert --additional-symbol-graph-dir "$work/$module" --output-path "$work/$module.doccarchive" \
    --fallback-display-name "$module" --fallback-bundle-identifier "deepspool.$module" \
    --fallback-default-module-kind Module --diagnostic-filter error | sed '/^$/d'
  archives+=("$work/$module.doccarchive")
done
(( ${#archives[@]} )) || { echo "docc.sh: no modules in '$build': run 'make build' first" >&2; exit 1; }

mkdir -p "$output"
rm -rf "$output/deepspool.doccarchive"
"$tools/docc" merge "${archives[@]}" --synthesized-landing-page-name deepspool \
  --output-path "$output/deepspool.doccarchive" | sed '/^$/d'
echo "wrote $output/deepspool.doccarchive (${#archives[@]} modules); to read it at http://localhost:8000/documentation:"
echo "  python3 -m http.server --directory $output/deepspool.doccarchive 8000"
