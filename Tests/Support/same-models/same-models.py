#!/usr/bin/env python3
"""Tests whether two builds of deepspool train the same models, byte for byte.

    python3 same-models.py --binary FILE --write       trains every job and writes digests.json
    python3 same-models.py --binary FILE               trains every job and compares with digests.json
    python3 same-models.py --binary FILE --with OTHER  trains every job with both builds and compares them

A change that only moves code must not change a model. The jobs cover the engines (single rows, mini-batches, H2O's
arithmetic, shards, elastic averaging), kinds of tables, distributions, folds, grids and continued training, all with
`reproducible: true`. The script compares model files, `metrics.json`, scoring history and exports. It ignores times and
speeds, which differ between two runs of one build. Digests are valid for one kind of processor, because the order in
which vector kernels sum depends on it; if digests.json comes from another kind, use --with. They are those of model
files of version 3, which hold the notation of the training table. A run takes about a minute.
The exit status is 1 if a result differs.
"""
import argparse, csv, hashlib, io, json, math, os, random, re, subprocess, sys, tempfile, zipfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../../..")
DIGESTS = f"{HERE}/digests.json"
VOLATILE = re.compile(r"time|duration|speed|seconds|version|_ms$|host", re.IGNORECASE)


def write_csv(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_tables(folder):
    """Writes tables of every kind, always the same: numbers, words, dates, missing values, weights, offsets, counts,
    sparse rows."""
    draw = random.Random(20)
    words = ["red", "green", "blue", "black", "white", "amber", "olive"]
    header = ["x1", "x2", "x3", "colour", "shape", "day", "weight", "offset", "fold", "yes", "kind", "y", "count", "size"]
    rows = []
    for index in range(600):
        x = [draw.gauss(0, 1) for _ in range(3)]
        colour, shape = draw.choice(words), draw.choice("abc")
        score = x[0] - 0.5 * x[1] * x[2] + 0.4 * words.index(colour) - 1 + draw.gauss(0, 0.5)
        day = f"2024-{1 + draw.randrange(12):02d}-{1 + draw.randrange(28):02d}"
        cells = [f"{value:.6g}" if draw.random() > 0.05 else "" for value in x]
        rows.append(cells + [
            colour if draw.random() > 0.05 else "", shape, day, f"{draw.choice([0.5, 1, 2])}",
            f"{draw.gauss(0, 0.3):.4g}", index % 4, "yes" if score > 0 else "no", "abcd"[min(3, max(0, int(score + 2)))],
            f"{score * 20 + 100:.6g}", int(math.exp(min(3, max(-2, score)))), f"{math.exp(score / 2):.6g}"])
    write_csv(f"{folder}/mixed.csv", header, rows[:450])
    write_csv(f"{folder}/mixed-test.csv", header, rows[450:])
    with open(f"{folder}/sparse.svm", "w") as file:
        for _ in range(300):
            inputs = sorted(draw.sample(range(1, 200), 12))
            target = sum(1 for index in inputs if index % 3 == 0) > 4
            file.write(f"{int(target)} " + " ".join(f"{index}:{draw.uniform(0.1, 1):.4g}" for index in inputs) + "\n")


def jobs(folder):
    """Returns the jobs by name, as dictionaries of a job file's keys."""
    mixed = dict(training_frame=f"{folder}/mixed.csv", ignored_columns=["weight", "offset", "fold"])

    def job(response, **more):
        others = [name for name in ("yes", "kind", "y", "count", "size") if name != response]
        keys = mixed | dict(response_column=response, hidden=[20, 20], epochs=5, seed=11, reproducible=True) | more
        special = [keys.get(key) for key in ("weights_column", "offset_column", "fold_column")]
        keys["ignored_columns"] = [name for name in mixed["ignored_columns"] if name not in special] + others
        return keys

    test = f"{folder}/mixed-test.csv"
    kinds = dict(column_types={"count": "int"})
    sparse = dict(training_frame=f"{folder}/sparse.svm", response_column="C1", column_types={"C1": "enum"},
                  hidden=[16], epochs=5, seed=3, reproducible=True)
    encoder = job("y", epochs=4, hidden=[8], activation="Tanh", autoencoder=True)
    del encoder["response_column"]
    samples = f"{ROOT}/Spool/samples"
    iris = dict(training_frame=f"{samples}/iris.csv", response_column="Species", hidden=[20, 20], epochs=20, seed=7,
                reproducible=True)
    prostate = dict(training_frame=f"{samples}/prostate.csv", response_column="CAPSULE", ignored_columns=["ID"],
                    column_types={"CAPSULE": "enum"}, hidden=[30], epochs=10, seed=5, reproducible=True)
    return {
        "two classes": job("yes"),
        "four classes": job("kind", validation_frame=test),
        "numbers": job("y", validation_frame=test),
        "batches of 32": job("yes", mini_batch_size=32),
        "batches of 100, three layers": job("y", mini_batch_size=100, hidden=[30, 20, 10]),
        "four shards": job("yes", training_shards=4, train_samples_per_iteration=100),
        "file order": job("yes", shuffle_training_data=False),
        "dropout": job("kind", activation="RectifierWithDropout", hidden_dropout_ratios=[0.3, 0.4],
                       input_dropout_ratio=0.1),
        "maxout": job("kind", activation="Maxout", max_w2=10.0),
        "tanh and momentum": job("y", activation="Tanh", adaptive_rate=False, rate=0.01, momentum_start=0.5,
                                 momentum_ramp=1000, momentum_stable=0.9, rate_annealing=1e-5),
        "exponential rectifier": job("yes", activation="ExpRectifier", adaptive_rate=False, rate=0.005,
                                     nesterov_accelerated_gradient=False),
        "penalties": job("yes", l1=1e-4, l2=1e-3, max_w2=5.0),
        "weights": job("yes", weights_column="weight"),
        "offset": job("y", offset_column="offset"),
        "poisson": job("count", distribution="poisson", **kinds),
        "tweedie": job("size", distribution="tweedie", tweedie_power=1.4),
        "gamma": job("size", distribution="gamma"),
        "laplace": job("y", distribution="laplace"),
        "huber": job("y", distribution="huber", huber_alpha=0.8),
        "quantile": job("y", distribution="quantile", quantile_alpha=0.7),
        "balanced": job("kind", balance_classes=True),
        "class weights": job("yes", class_weight={"yes": 2.0, "no": 1.0}),
        "gaps marked": job("yes", missing_indicators=True),
        "gaps skipped": job("yes", missing_values_handling="Skip"),
        "held-out fraction": job("yes", validation_fraction=0.2, stopping_rounds=2, epochs=20, label_threshold="f1"),
        "levels by response": job("y", categorical_encoding="SortByResponse"),
        "levels limited": job("yes", categorical_encoding="EnumLimited", max_categorical_features=3),
        "levels in binary": job("yes", categorical_encoding="Binary"),
        "three folds": job("yes", nfolds=3, fold_assignment="Stratified", keep_cross_validation_predictions=True),
        "fold column": job("y", fold_column="fold"),
        "grid": {key: iris[key] for key in iris if key != "hidden"} | dict(epochs=5, grid={"hyper_params": {"hidden": [[5], [10, 10]], "l2": [0, 0.001]}}),
        "autoencoder": encoder,
        "sparse rows": sparse,
        "iris": iris,
        "prostate with exports": prostate | dict(export_weights_and_biases=True),
        "H2O's arithmetic": prostate | dict(compatibility="h2o-3.46"),
        "H2O's arithmetic, dropout": iris | dict(compatibility="h2o-3.46", activation="TanhWithDropout", l1=1e-5),
        "H2O's arithmetic, folds": job("yes", compatibility="h2o-3.46", nfolds=3, epochs=2),
    }


def content(path, tables):
    """Returns the content to compare: documents without times and paths of tables, archives unpacked."""
    with open(path, "rb") as file:
        data = file.read().replace(tables.encode(), b"TABLES").replace(ROOT.encode(), b"ROOT")
    if path.endswith(".json"):
        def steady(value):
            if isinstance(value, dict):
                return {key: steady(part) for key, part in value.items() if not VOLATILE.search(key)}
            return [steady(part) for part in value] if isinstance(value, list) else value
        return json.dumps(steady(json.loads(data)), sort_keys=True).encode()
    if path.endswith(("history.csv", "leaderboard.csv")):
        rows = list(csv.reader(io.StringIO(data.decode())))
        kept = [place for place, name in enumerate(rows[0]) if not VOLATILE.search(name)]
        return json.dumps([[row[place] for place in kept] for row in rows]).encode()
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in sorted(archive.namelist())}
        stamps = re.compile(rb"^(timestamp|uuid|h2o_version).*$", re.MULTILINE)
        return b"".join(name.encode() + b"\0" + (stamps.sub(b"", parts[name]) if name.endswith(".ini") else parts[name])
                        for name in parts)
    return data


COUNTED = re.compile(r"(^|/)(model/[^/]+|metrics\.json|scoring_history\.csv|weights/[^/]+|variable_importances\.csv"
                     r"|model\.mojo\.zip|model\.onnx|[a-z_]*predictions[a-z_]*\.csv|leaderboard\.csv)$")


def digests(binary, tables, name, job):
    """Runs the job with a build and returns the digests of its results, by file."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/job.yaml", "w") as file:
            json.dump(job, file)
        done = subprocess.run([binary, "run", f"{folder}/job.yaml", "--output", f"{folder}/result", "--threads", "2"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"'{name}' failed with exit status {done.returncode}: {done.stderr.strip()}")
        found = {}
        for place, _, files in os.walk(f"{folder}/result"):
            for file in files:
                path = os.path.join(place, file)
                short = os.path.relpath(path, f"{folder}/result")
                if COUNTED.search(short) and not short.startswith("checkpoint"):
                    found[short] = hashlib.sha256(content(path, tables)).hexdigest()[:16]
        return found


def all_digests(binary):
    with tempfile.TemporaryDirectory() as folder:
        write_tables(folder)
        listed = jobs(folder)
        with ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda entry: digests(binary, folder, *entry), listed.items())
            return dict(zip(listed, results))


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--binary", default=f"{ROOT}/.build/release/deepspool")
    options.add_argument("--write", action="store_true", help="write digests.json")
    options.add_argument("--with", dest="other", metavar="BINARY", help="compare with this build, not digests.json")
    chosen = options.parse_args()
    ours = all_digests(chosen.binary)
    if chosen.write:
        with open(DIGESTS, "w") as file:
            json.dump(ours, file, indent=1)
            file.write("\n")
        return
    if chosen.other:
        theirs = all_digests(chosen.other)
    else:
        with open(DIGESTS) as file:
            theirs = json.load(file)
    different = [
        f"{name}: {file}" for name in ours for file in sorted(ours[name].keys() | theirs.get(name, {}).keys())
        if ours[name].get(file) != theirs.get(name, {}).get(file)]
    print("\n".join(different) if different else f"{len(ours)} jobs give the same models")
    sys.exit(1 if different else 0)


main()
