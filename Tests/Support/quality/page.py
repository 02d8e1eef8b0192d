#!/usr/bin/env python3
"""Writes the tables of docs/development/Quality.md from the JSON files beside this script.

    python3 page.py            replaces the parts between `<!-- begin: NAME -->` and `<!-- end: NAME -->`
    python3 page.py --check    exits with status 1 if the page and the files differ
"""
import json, math, os, re, statistics, sys, textwrap

import comparison, order, preset, public_tables, search
from runs import HERE, ROOT

PAGE = f"{ROOT}/docs/development/Quality.md"
ORDER_HEAD = ["| table (metric) | epochs | mini_batch_size | before: sorted | before: shuffled | before: ratio "
              "| after: sorted | after: shuffled | after: difference ± standard error | after: ratio | chance (Holm) "
              "| verdict |", "|---|---|---|---|---|---|---|---|---|---|---|---|"]


def order_results(side):
    """Returns the results of one side of the order suite and its binary; empty if the suite has not run."""
    if not os.path.exists(order.file_of(side)):
        return {}, {}
    with open(order.file_of(side)) as file:
        found = json.load(file)
    return found["tables"], found["binary"]


def built_from(binary):
    return f"commit {binary['commit']}, SHA-256 {binary['sha256']}…" if binary else "not measured yet"


def order_cells(entry, detailed):
    """Returns the cells of one side in a row of the order suite's table."""
    if entry is None:
        return [""] * (6 if detailed else 3)
    _, _, pair, logs, chance = entry
    means = [f"{statistics.mean(pair[each]):.4g}" if pair else "" for each in order.ORDERS]
    ratio = f"{math.exp(statistics.mean(logs)):.3f}"
    if not detailed:
        return means + [f"**{ratio}**" if chance is not None and chance < order.SIGNIFICANCE else ratio]
    shift, error, _ = order.paired([a - b for a, b in zip(*pair.values())]) if pair else (0, 0, 0)
    return means + [f"{shift:+.3g} ± {error:.2g}" if pair else "", ratio] + order.verdict(
        chance, order.SIGNIFICANCE)


def order_section():
    """Returns both sides of the order suite in one table."""
    (before, old), (after, new) = order_results("before"), order_results("after")
    sides = [{entry[:2]: entry for entry in order.comparisons(side)} if side else {} for side in (before, after)]
    lines = [f"- before: {built_from(old)}", f"- after: {built_from(new)}", ""] + ORDER_HEAD
    for name, key in sides[1] or sides[0]:
        label = name if name == "all tables" else f"{name} ({order.metric_of(name)})"
        cells = order_cells(sides[0].get((name, key)), False) + order_cells(sides[1].get((name, key)), True)
        lines.append("| " + " | ".join([label] + (key.split("/") if key != "all" else ["all", "all"]) + cells) + " |")
    sentences = [f"- {title}: {order.summary(side, order.SIGNIFICANCE)}"
                 for title, side in (("before", before), ("after", after)) if side]
    missing = [] if after else ["- after: not measured yet: `order.py --side after`"]
    return lines + [""] + sentences + missing


def comparison_section():
    """Returns both builds on every table, or one if the other is not measured."""
    before, after = comparison.known("before"), comparison.known("after")
    lines = [f"- before: {built_from(before['binary'])}", f"- after: {built_from(after['binary'])}", ""]
    if after["tables"]:
        return lines + comparison.markdown(before, after)
    return lines + comparison.one_side(before) + ["", "After: not measured yet: `quality.py compare --after`."]


def search_section():
    """Returns the strategies of a search on every table that was searched, in each space."""
    lines = []
    for space, title in (("recipe", "Around the recipe"), ("wide", "In the wide space")):
        path = search.output_of(space)
        if not os.path.exists(path):
            lines += [f"{title}: not measured yet: `search.py --space {space}`.", ""]
            continue
        with open(path) as file:
            found = json.load(file)
        lines += [f"{title}; seconds per search: {found['seconds']:g}; seeds: {search.seeds_of(found)}.", ""]
        lines += search.page(found, search.sides_of(found)) + [""]
    return lines[:-1]


def preset_section():
    """Returns `preset: tabular` beside other programs on every table."""
    with open(f"{HERE}/preset.json") as own, open(f"{HERE}/peers.json") as peers:
        return preset.page(json.load(own), json.load(peers), preset.best_runs())


SECTIONS = {
    "order": order_section,
    "comparison": comparison_section,
    "preset": preset_section,
    "search": search_section,
}


def wrapped(line):
    """Returns a sentence of a list in lines of at most 100 characters; other lines as they are."""
    return textwrap.fill(line, 100, subsequent_indent="  ", break_on_hyphens=False) if line.startswith("- ") else line


def section(name, body):
    """Returns the text of the page with the section filled in."""
    pattern = re.compile(f"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
    return lambda text: pattern.sub(lambda found: found[1] + "\n" + "\n".join(map(wrapped, body)) + "\n\n" + found[2], text)


def main():
    with open(PAGE) as file:
        old = new = file.read()
    for name, lines in SECTIONS.items():
        new = section(name, lines())(new)
    if "--tables" in sys.argv:  # needs the public tables
        new = section("tables", public_tables.descriptions(public_tables.available()))(new)
    if "--check" in sys.argv:
        sys.exit(0 if new == old else f"{PAGE} differs from the JSON files: run page.py")
    with open(PAGE, "w") as file:
        file.write(new)


if __name__ == "__main__":
    main()
