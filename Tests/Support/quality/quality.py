#!/usr/bin/env python3
"""Compares the quality of deepspool's default mode with H2O's: the test metric over seeds, same data, same settings.

    python3 quality.py h2o       [DATASET...]    trains in a real H2O (pip install h2o pandas; Java 17), writes h2o.json
    python3 quality.py deepspool [DATASET...]    trains with ../../../.build/release/deepspool, writes deepspool.json
    python3 quality.py table                     prints the tables of docs/development/Fidelity-measurements.md
    python3 quality.py compare [--before BINARY] [--after BINARY] [DATASET...]
                                                 trains with two builds of deepspool, on the public tables too, writes
                                                 before.json and after.json, prints a table: see comparison.py

What h2o.json holds is kept, and further seeds are added to it. Both sides have the same settings and, but for
those, their defaults (H2O: unlocked threads, unless the job says reproducible). Binomial: AUC; multinomial: error rate or
log loss; regression: RMSE or deviance; autoencoder: mean reconstruction error; on rows that were not
trained on. The runs of deepspool are kept (see runs.py), so that an interrupted script resumes where it was.
"""
import json, math, os, statistics, sys, tempfile, warnings

import comparison
from datasets import DATASETS, MORE_IS_BETTER, SECTIONS, seeds, split, types
from measures import measure
from public_tables import ADULT
from runs import DEFAULT_BINARY, HERE, KeptRuns


def known(name):
    path = f"{HERE}/{name}.json"
    return json.load(open(path)) if os.path.exists(path) else {}


def store(name, results):
    path = f"{HERE}/{name}.json"
    json.dump(known(name) | results, open(path, "w"), indent=1, sort_keys=True)
    open(path, "a").write("\n")


def h2o_frames(h2o, entry):
    options = {}
    if entry.get("adult"):
        options = dict(header=-1, col_names=ADULT)
    elif types(entry):
        options = dict(header=1, col_types=types(entry))
    frames = [h2o.import_file(entry[part], **options) for part in ("train", "test")]
    if entry.get("adult"):
        for frame in frames:
            frame["income"] = frame["income"].gsub("\\.$", "").asfactor()
    return frames


def h2o_metric(entry, seed, train, test):
    """Returns the test metric of a model of H2O."""
    from h2o.estimators import H2OAutoEncoderEstimator, H2ODeepLearningEstimator
    settings, response = dict(entry["settings"]), entry["response"]
    unused = settings.pop("ignored_columns", []) + [response, settings.get("weights_column")]
    predictors = [c for c in train.columns if c not in unused]
    if response is None:
        model = H2OAutoEncoderEstimator(seed=seed, **settings)
        model.train(x=predictors, training_frame=train)
        return float(model.anomaly(test).mean()[0])
    model = H2ODeepLearningEstimator(seed=seed, **settings)
    validation = test if entry.get("validates") else None
    model.train(x=predictors, y=response, training_frame=train, validation_frame=validation)
    predictions = model.predict(test).as_data_frame(use_multi_thread=False)
    return measure(entry, predictions.to_dict("records"))


def run_h2o(names):
    import h2o
    warnings.simplefilter("ignore")  # H2O's advice to install more packages, once per model
    h2o.init(nthreads=2, max_mem_size="5G", port=54721, verbose=False)
    h2o.no_progress()
    for name in names:
        entry, values = DATASETS[name], known("h2o").get(name, {"values": []})["values"]
        train, test = (None, None) if entry.get("splits") else h2o_frames(h2o, entry)
        for seed in seeds(name)[len(values):]:
            if entry.get("splits"):
                with tempfile.TemporaryDirectory() as folder:
                    train, test = h2o_frames(h2o, split(entry, seed, folder))
            values.append(h2o_metric(entry, seed, train, test))
            store("h2o", {name: dict(metric=entry["metric"], values=values)})
        print(name, entry["metric"], values, flush=True)
    h2o.cluster().shutdown()


def run_deepspool(names):
    kept = KeptRuns(DEFAULT_BINARY)
    for name in names:
        values = [comparison.measured(kept, DATASETS[name], seed)["value"] for seed in seeds(name)]
        print(name, DATASETS[name]["metric"], values, flush=True)
        store("deepspool", {name: dict(metric=DATASETS[name]["metric"], values=values)})


def standing(theirs, ours, metric):
    """Returns both means with standard errors, the mean gain per pair, and whether ours is no worse than H2O's."""
    means = [statistics.mean(side) for side in (theirs, ours)]
    errors = [statistics.stdev(side) / math.sqrt(len(side)) for side in (theirs, ours)]
    sign = 1 if metric in MORE_IS_BETTER else -1
    pairs = [sign * (b - a) for a, b in zip(theirs, ours)]
    gain = f"{statistics.mean(pairs):+.5f} ± {statistics.stdev(pairs) / math.sqrt(len(pairs)):.5f}"
    sides = [f"{mean:.5f} ± {error:.5f}" for mean, error in zip(means, errors)]
    return sides, gain, "yes" if sign * (means[1] - means[0]) >= -errors[0] else "NO"


def show_table():
    ours, theirs = known("deepspool"), known("h2o")
    for title, members in SECTIONS.items():
        print(f"\n### {title}\n")
        print("| data | test metric | seeds | H2O 3.46: mean ± standard error | deepspool: mean ± standard error "
              "| better by, pair by pair | no worse | with seeds 1 to 5 |")
        print("|---|---|---|---|---|---|---|---|")
        for name in members:
            metric = theirs[name]["metric"]
            values = [side[name]["values"] for side in (theirs, ours)]
            count = len(values[0])
            assert len(values[1]) == count == len(seeds(name)), f"{name} is incomplete"
            sides, gain, verdict = standing(*values, metric)
            first = standing(*(side[:5] for side in values), metric)[2]
            print(f"| {name} | {metric} | {count} | {sides[0]} | {sides[1]} | {gain} | {verdict} | {first} |")


if __name__ == "__main__":
    command, names = sys.argv[1], sys.argv[2:]
    if command == "compare":
        comparison.main(names)
    elif command == "table":
        show_table()
    else:
        {"h2o": run_h2o, "deepspool": run_deepspool}[command](names or list(DATASETS))
