#!/usr/bin/env python3
"""Prints how much of each module the tests execute, from what llvm-cov has exported.

    coverage.py EXPORT.json            (`swift test --enable-code-coverage` writes it; `make coverage` calls this)

A line per module of Sources, least covered last, then the files in which most lines are never executed. Figures are
lines and functions as llvm-cov counts them. Programs that tests start count too, unless they are killed.
"""
import collections, json, os, sys

ROOT = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../..")
FILES_SHOWN = 15


def percent(covered, count):
    return 100 * covered / count if count else 100.0


def main():
    with open(sys.argv[1]) as file:
        files = json.load(file)["data"][0]["files"]
    modules = collections.defaultdict(lambda: collections.Counter())
    missed = []
    for entry in files:
        path = os.path.relpath(entry["filename"], ROOT)
        if not path.startswith("Sources/"):
            continue
        module = path.split("/")[1]
        for kind in ("lines", "functions"):
            modules[module][kind] += entry["summary"][kind]["count"]
            modules[module][f"covered {kind}"] += entry["summary"][kind]["covered"]
        lines = entry["summary"]["lines"]
        missed.append((lines["count"] - lines["covered"], lines["count"], path))
    rows = sorted(modules.items(), key=lambda item: -percent(item[1]["covered lines"], item[1]["lines"]))
    total = sum((counts for _, counts in rows), collections.Counter())
    print(f"{'module':<20} {'lines':>8} {'executed':>9} {'functions':>10} {'executed':>9}")
    for name, counts in rows + [("all", total)]:
        print(f"{name:<20} {counts['lines']:>8} {percent(counts['covered lines'], counts['lines']):>8.1f}%"
              f" {counts['functions']:>10} {percent(counts['covered functions'], counts['functions']):>8.1f}%")
    print("\nMost lines never executed:")
    for count, lines, path in sorted(missed, reverse=True)[:FILES_SHOWN]:
        print(f"{count:>6} of {lines:<6} {path}")


if __name__ == "__main__":
    main()
