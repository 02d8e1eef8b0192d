#!/usr/bin/env python3
"""Measures `preset: tabular` beside the defaults on public tables (see public_tables.py).

    python3 preset.py [--tables A,B] [--splits 1,2,3] [--epochs N] [--core N] [--output preset.json] [--show]

Each model is trained on the training part of a split with one thread, and predicts the test part, which it never sees.
Classes: error rate and log loss. Regressions: root mean squared error over the standard deviation of the test part. The
seconds are those of training and scoring in metrics.json, and those of the processor for the whole job; with --core, the
first are the time that the training takes on one core. Results go to the output file after each table, so that an
interrupted run keeps what it has; tables that it has already are not run again. --show only prints the page of
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
        if len(os.sched_getaffinity(0)) == 1:
            found["training_seconds"] = found["seconds"]
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


NAMES = {"preset": "`preset: tabular`", "best": "`preset: best`", "lightgbm": "LightGBM", "realmlp": "RealMLP-TD-S"}
WORDS = {"error": "error", "logloss": "log loss", "processor_seconds": "processor time", "training_seconds": "training time"}
# Which sides are divided, and by which measures; a search takes the time that it is given.
RATIOS = [("preset", "lightgbm", ("error", "logloss")), ("preset", "realmlp", tuple(WORDS)),
          ("best", "lightgbm", ("error", "logloss")), ("best", "realmlp", ("error", "logloss")),
          ("best", "preset", ("error", "logloss"))]


def value(runs, measure):
    """Returns a mean; the processor time of other programs is that of their training on one core. None if unknown."""
    if measure == "training_seconds" and measure not in runs[0]:
        measure = "processor_seconds"
    return max(1e-6, mean(runs, measure)) if measure in runs[0] else None


def on_splits(runs, others):
    """Returns the runs on the splits of others."""
    return [run for run in runs if run["split"] in {other["split"] for other in others}]


def page(results, peers, best):
    """Returns lines with the measures of the presets beside those of other programs.

    Results and peers have runs by table and side, best by table. Ratios are those of the splits that both sides have.
    """
    sides = {name: {"preset": own["preset"]} | peers.get(name, {}) | ({"best": best[name]} if name in best else {})
             for name, own in results.items()}
    lines = ["| table | `preset: tabular` | `preset: best`, 60 s | LightGBM | RealMLP-TD-S "
             "| `preset: tabular`, training time | RealMLP-TD-S, training time |", "|---|---|---|---|---|---|---|"]
    for name, found in sides.items():
        cells = [text_of(found[side]) if side in found else "" for side in NAMES]
        times = [f"{value(found[side], 'training_seconds'):.1f} s" if side in found else "" for side in ("preset", "realmlp")]
        lines.append("| " + " | ".join([name, *cells, *times]) + " |")
    lines.append("")
    for one, other, measures in RATIOS:
        pairs = [(on_splits(found[one], found[other]), on_splits(found[other], found[one]))
                 for found in sides.values() if one in found and other in found]
        for measure in measures:
            values = [(value(ours, measure), value(theirs, measure)) for ours, theirs in pairs if ours]
            ratios = [one / two for one, two in values if one and two]
            if len(ratios) > 1:
                lines.append(f"- {WORDS[measure]}, {NAMES[one]} : {NAMES[other]}: {bounded(ratios)}")
    return lines


def best_runs():
    """Returns the runs of `preset: best` for each table and split that was searched."""
    path = f"{HERE}/best.json"
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        return {name: sides["best"] for name, sides in json.load(file)["tables"].items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tables", default="")
    parser.add_argument("--splits", default="1,2,3")
    parser.add_argument("--epochs", type=int, help="epochs of the preset, instead of its own")
    parser.add_argument("--set", action="append", default=[], help="KEY=JSON, a further setting of the preset's jobs")
    parser.add_argument("--output", default=f"{HERE}/preset.json")
    parser.add_argument("--binary", default=DEFAULT_BINARY)
    parser.add_argument("--core", type=int, help="the core of all jobs, so that scoring takes the time of training")
    parser.add_argument("--peers", default=f"{HERE}/peers.json")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    if given.show:
        print("\n".join(page(json.load(open(given.output)), json.load(open(given.peers)), best_runs())))
        return
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
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
