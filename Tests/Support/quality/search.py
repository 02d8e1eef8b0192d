#!/usr/bin/env python3
"""Compares strategies of a search in the same time on public tables (see public_tables.py).

    python3 search.py [--tables A,B] [--seeds 1,2,3] [--seconds N] [--sides A,B]
                      [--space recipe|wide] [--output search.json] [--show]

Each side searches the training part of a split for --seconds with one thread, and the best model predicts the test part,
which no search sees. The seed of the search is that of the split. The time is that of the search; reading the table and
writing the result come on top, for every side. Results go to the output file after each search, so that an interrupted
run keeps what it has. --show only prints the table of docs/development/Quality.md.
"""
import argparse, json, os, statistics

import public_tables
from preset import mean, run
from runs import DEFAULT_BINARY, HERE

OUTPUT = f"{HERE}/search.json"
DEFAULT_SECONDS = 15
DEFAULT_SEEDS = "1,2,3"
# The share of the tables on which halving has to be better.
WANTED_SHARE = 2 / 3
# The tables from which the automatic rungs were chosen, on their first split.
TUNED = ("spam", "Satellite", "Vehicle", "Vowel", "attrition", "mlc_churn", "ames", "concrete")


def wide_space(name):
    """Returns ranges as a user writes them who knows neither the recipe nor the table."""
    classes = public_tables.is_classes(name)
    return {
        "hidden": [[32, 32], [64, 64], [128, 128], [256, 256], [512, 512], [64, 64, 64], [256, 256, 256]],
        "activation": ["Rectifier", "Tanh", "SELU", "Mish"],
        "mini_batch_size": {"from": 64, "to": 1024, "log": True, "int": True},
        "input_dropout_ratio": {"from": 0, "to": 0.5},
        "l2": {"from": 0.00001, "to": 0.3, "log": True},
        "rate": {"from": 0.0005, "to": 1, "log": True},
    } | ({"label_smoothing": {"from": 0, "to": 0.3}} if classes else {})


def recipe_space(name):
    """Returns what both strategies vary, around the recipe of `preset: tabular`."""
    classes = public_tables.is_classes(name)
    rate = 0.04 if classes else 0.07
    return {
        "hidden": [[256, 256, 256], [128, 128], [512], [64, 64, 64], [256, 256], [512, 128]],
        "activation": ["SELU", "Mish", "Rectifier"],
        "mini_batch_size": [128, 256, 512],
        "input_dropout_ratio": [0, 0.05, 0.15],
        "l2": [0, 0.001, 0.01, 0.05],
        "rate": {"from": rate / 8, "to": rate * 3, "log": True},
    } | ({"label_smoothing": [0, 0.1]} if classes else {})


SPACES = {"recipe": recipe_space, "wide": wide_space}


def output_of(space):
    """Returns the path of a space's results."""
    return OUTPUT if space == "recipe" else f"{HERE}/search-{space}.json"


def changes(side, space, name, seconds, seed):
    """Returns the settings of a side."""
    if side == "preset":
        return {"preset": "tabular"}
    if side == "best":
        return {"preset": "best", "max_runtime_secs": seconds, "explanations": "none"}
    return {"preset": "tabular", "explanations": "none",
            "grid": {"hyper_params": SPACES[space](name),
                     "search_criteria": {"strategy": side, "max_runtime_secs": seconds, "seed": seed}}}


def sides_of(found):
    """Returns the sides that were measured on every table, in the order of the first."""
    tables = list(found["tables"].values())
    return [side for side in tables[0] if all(side in results for results in tables)] if tables else []


def seeds_of(found):
    """Returns the number of seeds of each side."""
    counts = {len(runs) for results in found["tables"].values() for runs in results.values()}
    return " or ".join(str(count) for count in sorted(counts))


def page(found, sides):
    """Returns the lines of the table, with the means over the seeds, and sentences about the first two sides.

    One sentence is about all tables, others about those that served to choose the rungs, and the rest.
    """
    head = ["table", "measure"] + sides
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    wins = {"error": [], "logloss": []}
    for name, results in found["tables"].items():
        if not all(side in results for side in sides[:2]):
            continue
        for measure in wins:
            if measure not in results[sides[0]][0]:
                continue
            values = [mean(results[side], measure) if side in results else None for side in sides]
            lines.append(f"| {name} | {'log loss' if measure == 'logloss' else 'error'} | "
                         + " | ".join("" if value is None else f"{value:.4f}" for value in values) + " |")
            wins[measure].append((name, values[0], values[1]))
    lines.append("")
    for measure, found in wins.items():
        word = "log loss" if measure == "logloss" else "error"
        for part, chosen in (("all tables", lambda name: True), ("tables of the choice", lambda name: name in TUNED),
                             ("other tables", lambda name: name not in TUNED)):
            pairs = [(one, other) for name, one, other in found if chosen(name)]
            if not pairs:
                continue
            better, equal = sum(one < other for one, other in pairs), sum(one == other for one, other in pairs)
            ratio = statistics.geometric_mean(max(1e-6, one) / max(1e-6, other) for one, other in pairs)
            lines.append(f"- {word}, {part}: {sides[0]} is better than {sides[1]} on {better} of {len(pairs)} "
                         + (f"and equal on {equal} " if equal else "")
                         + f"(wanted: {WANTED_SHARE * len(pairs):.1f}); geometric mean of the ratios {ratio:.3f}.")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tables", default="")
    parser.add_argument("--seeds", default=DEFAULT_SEEDS)
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS)
    parser.add_argument("--sides", default="SuccessiveHalving,RandomDiscrete")
    parser.add_argument("--space", choices=SPACES, default="recipe")
    parser.add_argument("--output")
    parser.add_argument("--binary", default=DEFAULT_BINARY)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    given.output = given.output or output_of(given.space)
    sides, seeds = given.sides.split(","), [int(text) for text in given.seeds.split(",")]
    found = {"seconds": given.seconds, "tables": {}}
    if os.path.exists(given.output):
        with open(given.output) as file:
            found = json.load(file)
    if not given.show and found["seconds"] != given.seconds:
        raise SystemExit(f"{given.output} has searches of {found['seconds']} s; choose another --output")
    for name in [] if given.show else given.tables.split(",") if given.tables else public_tables.available():
        for seed in seeds:
            # The sides take turns, so that a busy machine is busy for both.
            for side in sides:
                runs = found["tables"].setdefault(name, {}).setdefault(side, [])
                if any(each["seed"] == seed for each in runs):
                    continue
                runs.append({"seed": seed} | run(given.binary, name, seed, changes(side, given.space, name, given.seconds, seed)))
                with open(f"{given.output}.part", "w") as file:
                    json.dump(found, file, indent=1)
                os.replace(f"{given.output}.part", given.output)
        shown = [f"{side} {mean(runs, 'error'):.4f}" + (f" / {mean(runs, 'logloss'):.3f}" if "logloss" in runs[0] else "")
                 for side, runs in found["tables"][name].items()]
        print(f"{name}: " + "; ".join(shown), flush=True)
    if len(sides) > 1:
        print("\n".join(page(found, sides)))


if __name__ == "__main__":
    main()
