#!/usr/bin/env python3
"""Measures `preset: tabular` beside the defaults on public tables (see public_tables.py).

    python3 preset.py [--tables A,B] [--splits 1,2,3] [--epochs N] [--output preset.json] [--show]

Each model is trained on the training part of a split with one thread, and predicts the test part, which it never sees.
Classes: error rate and log loss. Regressions: root mean squared error over the standard deviation of the test part. The
seconds are those of training and scoring in metrics.json, and those of the processor for the whole job. Results go to the
output file after each table, so that an interrupted run keeps what it has; tables that it has already are not run again. --show only prints the page of
docs/development/Quality.md, with the other programs that peers.py measures.
"""
import argparse, csv, json, math, os, resource, statistics, tempfile

import public_tables
from runs import DEFAULT_BINARY, HERE, checked

SIDES = {"default": {}, "preset": {"preset": "tabular"}}


def measures(rows, name, actuals):
    """Returns the measures of predictions, a dictionary per row."""
    if not public_tables.is_classes(name):
        found = [float(row["predict"]) for row in rows]
        error = math.sqrt(statistics.fmean((a - b) ** 2 for a, b in zip(found, actuals)))
        return {"error": error / statistics.pstdev(actuals)}
    wrong = statistics.fmean(row["predict"] != actual for row, actual in zip(rows, actuals))
    losses = [-math.log(max(1e-15, float(row.get(actual, row.get(f"p{actual}", 0))))) for row, actual
              in zip(rows, actuals)]
    return {"error": wrong, "logloss": statistics.fmean(losses)}


def run(binary, name, split, changes):
    """Trains on one split and returns the measures of its test part, with the seconds of the training."""
    train, test = public_tables.parts(name, split)
    header, rows = public_tables.read(test)
    place = header.index(public_tables.response(name))
    actuals = [row[place] for row in rows]
    if not public_tables.is_classes(name):
        actuals = [float(value) for value in actuals]
    job = public_tables.settings(name) | {"training_frame": train, "seed": split} | changes
    with tempfile.TemporaryDirectory() as folder:
        path, result, output = (f"{folder}/{part}" for part in ("job.yaml", "result", "out.csv"))
        with open(path, "w") as file:
            json.dump(job, file)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        checked([binary, "run", path, "--output", result, "--threads", "1"])
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        checked([binary, "predict", "--model", result, "--frame", test, "--read-like", path, "--output", output])
        with open(output, newline="") as file:
            found = {"split": split} | measures(list(csv.DictReader(file)), name, actuals)
        with open(f"{result}/metrics.json") as file:
            document = json.load(file)
        found["seconds"] = round(document["training_run"]["seconds"], 2)
        found["processor_seconds"] = round(used, 2)
        found["epoch"] = document["best"]["epochs"]
        if document["best"].get("temperature"):
            found["temperature"] = document["best"]["temperature"]
        return found


def mean(runs, key):
    return statistics.fmean(run[key] for run in runs)


def text_of(runs):
    return f"{mean(runs, 'error'):.4f}" + (f" / {mean(runs, 'logloss'):.3f}" if "logloss" in runs[0] else "")


def bounded(ratios):
    """Returns the geometric mean of ratios with its 95 % interval, as text."""
    logarithms = [math.log(ratio) for ratio in ratios]
    center, width = statistics.fmean(logarithms), 1.96 * statistics.stdev(logarithms) / math.sqrt(len(logarithms))
    low, middle, high = (f"{math.exp(center + part * width):.3f}" for part in (-1, 0, 1))
    return f"{middle} ({low} to {high}; {len(ratios)} tables)"


def page(results, peers):
    """Returns lines with the measures of the preset beside those of other programs, on the splits that both have."""
    lines = ["| table | preset | LightGBM | RealMLP-TD-S | preset, processor time | RealMLP-TD-S, processor time |",
             "|---|---|---|---|---|---|"]
    measures = ("error", "logloss", "processor_seconds")
    ratios = {(side, measure): [] for side in ("lightgbm", "realmlp") for measure in measures}
    for name, sides in results.items():
        own, others = sides["preset"], peers.get(name, {})
        for side, runs in others.items():
            same = [run for run in own if run["split"] in {other["split"] for other in runs}]
            for measure in measures:
                if measure in runs[0] and measure in same[0]:
                    ratios[side, measure].append(max(1e-6, mean(same, measure)) / max(1e-6, mean(runs, measure)))
        cells = [text_of(others[side]) if side in others else "" for side in ("lightgbm", "realmlp")]
        times = [f"{mean(runs, 'processor_seconds'):.1f} s" if runs else "" for runs in (own, others.get("realmlp"))]
        lines.append("| " + " | ".join([name, text_of(own), *cells, *times]) + " |")
    names = {"lightgbm": "LightGBM", "realmlp": "RealMLP-TD-S"}
    words = {"error": "error", "logloss": "log loss", "processor_seconds": "processor time"}
    return lines + [""] + [f"- {words[measure]}, preset : {names[side]}: {bounded(found)}"
                           for (side, measure), found in ratios.items() if len(found) > 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tables", default="")
    parser.add_argument("--splits", default="1,2,3")
    parser.add_argument("--epochs", type=int, help="epochs of the preset, instead of its own")
    parser.add_argument("--set", action="append", default=[], help="KEY=JSON, a further setting of the preset's jobs")
    parser.add_argument("--output", default=f"{HERE}/preset.json")
    parser.add_argument("--binary", default=DEFAULT_BINARY)
    parser.add_argument("--peers", default=f"{HERE}/peers.json")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    if given.show:
        print("\n".join(page(json.load(open(given.output)), json.load(open(given.peers)))))
        return
    splits = [int(text) for text in given.splits.split(",")]
    results = json.load(open(given.output)) if os.path.exists(given.output) else {}
    for name in given.tables.split(",") if given.tables else public_tables.available():
        for side, changes in SIDES.items():
            if side == "preset":
                changes = changes | dict((text.split("=", 1)[0], json.loads(text.split("=", 1)[1])) for text in given.set)
                if given.epochs:
                    changes = changes | {"epochs": given.epochs}
            if side in results.get(name, {}):
                continue
            runs = [run(given.binary, name, split, changes) for split in splits]
            results.setdefault(name, {})[side] = runs
            with open(f"{given.output}.part", "w") as file:
                json.dump(results, file, indent=1)
            os.replace(f"{given.output}.part", given.output)
        shown = [f"{side} {mean(runs, 'error'):.4f}" + (f" / {mean(runs, 'logloss'):.3f}" if "logloss" in runs[0] else "")
                 + f" in {mean(runs, 'seconds'):.1f} s" for side, runs in results[name].items()]
        print(f"{name}: " + "; ".join(shown), flush=True)
    ratios = [mean(sides["preset"], "error") / mean(sides["default"], "error") for sides in results.values()]
    print(f"geometric mean of the errors, default = 1: {statistics.geometric_mean(ratios):.3f} ({len(ratios)} tables)")


if __name__ == "__main__":
    main()
