#!/usr/bin/env python3
"""Prints the test coverage of each module as Markdown tables, from an export of llvm-cov.

    coverage.py EXPORT.json        (`swift test --enable-code-coverage` writes it; `make coverage` calls this)

The first table has a row per module of Sources, sorted by falling coverage. The second lists the files with the most
lines that no test executes. Lines and functions are counted by llvm-cov. Programs started by tests count too, unless
they are killed.
"""
import collections
import json
import os
import sys

ROOT = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../..")
FILES_SHOWN = 15


def percent(covered, count):
    return 100 * covered / count if count else 100.0


def print_table(head, alignment, rows):
    """Prints columns of equal width; `alignment` has a letter per column, l or r."""
    rows = [head] + rows
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    rule = ["-" * (width - 1) + ":" if side == "r" else "-" * width for side, width in zip(alignment, widths)]
    for row in [rows[0], rule] + rows[1:]:
        cells = [cell.rjust(width) if side == "r" else cell.ljust(width)
                 for cell, side, width in zip(row, alignment, widths)]
        print("| " + " | ".join(cells) + " |")


def main():
    with open(sys.argv[1]) as file:
        files = json.load(file)["data"][0]["files"]
    modules = collections.defaultdict(collections.Counter)
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
    modules = sorted(modules.items(), key=lambda item: -percent(item[1]["covered lines"], item[1]["lines"]))
    total = sum((counts for _, counts in modules), collections.Counter())
    rows = [[name if name == "all" else f"`{name}`"]
            + [text for kind in ("lines", "functions")
               for text in (f"{counts[kind]:,}", f"{percent(counts[f'covered {kind}'], counts[kind]):.1f} %")]
            for name, counts in modules + [("all", total)]]
    print_table(["module", "lines", "executed", "functions", "executed"], "lrrrr", rows)
    print("\nThe files with the most lines that no test executes:\n")
    print_table(["lines", "of", "file"], "rrl",
                [[f"{count:,}", f"{lines:,}", f"`{path}`"]
                 for count, lines, path in sorted(missed, reverse=True)[:FILES_SHOWN]])


if __name__ == "__main__":
    main()
