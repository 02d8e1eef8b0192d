#!/usr/bin/env python3
"""Compares the quality of deepspool's default mode with H2O's: the test metric over seeds, same data, same settings.

    python3 quality.py h2o       [DATASET...]    trains in a real H2O (pip install h2o pandas; Java 17), writes h2o.json
    python3 quality.py deepspool [DATASET...]    trains with ../../../.build/release/deepspool, writes deepspool.json
    python3 quality.py table                     prints the table of docs/development/Fidelity.md

Ten seeds for the two large data sets, twenty for the small ones, whose metrics spread widely. What h2o.json holds is
kept, and further seeds are added to it. Both sides use their defaults (H2O: unlocked threads, not reproducible). Binomial: AUC; multinomial: share of wrong labels
and log loss; regression: RMSE; autoencoder: mean reconstruction error; always on rows that were not trained on.
"""
import csv, gzip, json, math, os, random, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../../..")
SHARED = os.path.abspath(f"{ROOT}/../shared")
ADULT = ("age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain "
         "capital-loss hours-per-week native-country income").split()


def case(name, response, **settings):
    folder = f"{SHARED}/parity/cases/{name}"
    return dict(train=f"{folder}/train.csv", test=f"{folder}/test.csv", response=response, settings=settings)


DATASETS = {
    "mnist, 3 epochs": dict(train=f"{SHARED}/data/mnist/train.csv.gz", test=f"{SHARED}/data/mnist/test.csv.gz",
                            response="label", settings=dict(epochs=3), metric="err"),
    "adult": dict(train=f"{SHARED}/data/adult/adult-train.csv", test=f"{SHARED}/data/adult/adult-test.csv",
                  response="income", settings={}, adult=True, metric="AUC"),
    "iris": case("default_iris", "Species") | dict(metric="logloss"),
    "prostate": case("default_prostate", "CAPSULE") | dict(metric="AUC"),
    "german": case("l1l2_german", "risk") | dict(metric="AUC"),
    "pima": case("momentum_pima", "onset") | dict(metric="AUC"),
    "sonar, dropout": case("rwd_sonar", "kind", activation="RectifierWithDropout") | dict(metric="AUC"),
    "horse colic": case("missing_horse", "h24") | dict(metric="AUC"),
    "wine quality": case("early_stop", "quality") | dict(metric="RMSE"),
    "counts, poisson": case("poisson", "events", distribution="poisson", ignored_columns=["expo", "wt", "wf"])
    | dict(metric="mean_residual_deviance"),
    "wine, autoencoder": case("ae_tanh", None, activation="Tanh", hidden=[6]) | dict(metric="MSE"),
}
# The test tables of the small data sets have 30 to 240 rows, so a whole point of AUC is a matter of which rows they are.
# Here every seed has a split of its own, the same on both sides.
SPLITS = ", split per seed"
for name in list(DATASETS)[2:]:
    DATASETS[name + SPLITS] = DATASETS[name] | dict(splits=True)
MORE_IS_BETTER = {"AUC"}


def split(entry, seed, folder):
    """The entry with its rows dealt anew: four fifths to learn from, one fifth to be measured on."""
    if not entry.get("splits"):
        return entry
    lines = [open(entry[part]).read().splitlines() for part in ("train", "test")]
    rows = lines[0][1:] + lines[1][1:]
    random.Random(seed).shuffle(rows)
    cut = len(rows) // 5
    for name, part in (("train", rows[cut:]), ("test", rows[:cut])):
        open(f"{folder}/{name}.csv", "w").write("\n".join([lines[0][0]] + part) + "\n")
    return entry | dict(train=f"{folder}/train.csv", test=f"{folder}/test.csv", types=types(entry))


def seeds(name):
    return range(1, 11) if name == "adult" or name.startswith("mnist") else range(1, 21)


def types(entry):
    """The types of the case's columns, as its job file gives them."""
    if "types" in entry:
        return entry["types"]
    path = os.path.join(os.path.dirname(entry["train"]), "job.yaml")
    if not os.path.exists(path):
        return None
    import yaml
    return yaml.safe_load(open(path))["column_types"]


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


def run_h2o(names):
    import h2o
    from h2o.estimators import H2OAutoEncoderEstimator, H2ODeepLearningEstimator
    h2o.init(nthreads=2, max_mem_size="5G", port=54721, verbose=False)
    h2o.no_progress()
    for name in names:
        entry, values = DATASETS[name], known("h2o").get(name, {"values": []})["values"]
        train, test = (None, None) if entry.get("splits") else h2o_frames(h2o, entry)
        for seed in seeds(name)[len(values):]:
            if entry.get("splits"):
                with tempfile.TemporaryDirectory() as folder:
                    train, test = h2o_frames(h2o, split(entry, seed, folder))
            settings = dict(entry["settings"])
            ignored = settings.pop("ignored_columns", [])
            response = entry["response"]
            predictors = [c for c in train.columns if c != response and c not in ignored]
            if response is None:
                model = H2OAutoEncoderEstimator(seed=seed, **settings)
                model.train(x=predictors, training_frame=train)
                values.append(float(model.anomaly(test).mean()[0]))
                store("h2o", {name: dict(metric=entry["metric"], values=values)})
                continue
            model = H2ODeepLearningEstimator(seed=seed, **settings)
            model.train(x=predictors, y=response, training_frame=train)
            metrics = model.model_performance(test)
            if entry["metric"] == "err":
                wrong = (model.predict(test)["predict"] != test[response]).mean()[0]
                values.append(float(wrong))
            else:
                values.append(float(metrics._metric_json[entry["metric"]]))
            store("h2o", {name: dict(metric=entry["metric"], values=values)})
        print(name, entry["metric"], values, flush=True)
    h2o.cluster().shutdown()


def job_text(entry, seed):
    job = {k: v for k, v in entry["settings"].items()} | dict(training_frame=entry["train"], seed=seed)
    # The test table must not steer training, so it is scored afterwards, by `predict`.
    if entry["response"]:
        job["response_column"] = entry["response"]
    else:
        job["autoencoder"] = True
    if entry.get("adult"):
        job |= dict(header=False, column_names=ADULT)
    elif types(entry):
        job["column_types"] = types(entry)
    return json.dumps(job)


def auc(rows):
    """Area under the ROC curve by ranks; rows are (probability, is positive)."""
    rows = sorted(rows)
    rank_sum, index = 0.0, 0
    while index < len(rows):
        end = index
        while end < len(rows) and rows[end][0] == rows[index][0]:
            end += 1
        rank_sum += sum(1 for row in rows[index:end] if row[1]) * (index + 1 + end) / 2
        index = end
    positives = sum(1 for row in rows if row[1])
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(rows) - positives))


def table_of(path, entry):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt") as file:
        rows = list(csv.reader(file, skipinitialspace=True))
    header = ADULT if entry.get("adult") else rows[0]
    body = rows if entry.get("adult") else rows[1:]
    return header, [row for row in body if len(row) == len(header)]


def measure(entry, predictions):
    """The metric of predictions (a list of dictionaries) on the test table."""
    header, rows = table_of(entry["test"], entry)
    column = header.index(entry["response"])
    actual = [row[column].rstrip(".") if entry.get("adult") else row[column] for row in rows]
    names = [n for n in predictions[0] if n != "predict"]
    if entry["metric"] == "AUC":
        return auc([(float(p[names[1]]), a == names[1]) for p, a in zip(predictions, actual)])
    if entry["metric"] == "err":
        return sum(p["predict"] != a for p, a in zip(predictions, actual)) / len(actual)
    if entry["metric"] == "logloss":
        return -sum(math.log(max(1e-15, float(p[a]))) for p, a in zip(predictions, actual)) / len(actual)
    pairs = [(float(a), float(p["predict"])) for p, a in zip(predictions, actual)]
    if entry["metric"] == "RMSE":
        return math.sqrt(sum((a - p) ** 2 for a, p in pairs) / len(pairs))
    # Poisson deviance, as in H2O.
    return sum(2 * ((a * math.log(a / p) if a > 0 else 0) - a + p) for a, p in pairs) / len(pairs)


def run_deepspool(names):
    binary = os.environ.get("DEEPSPOOL", f"{ROOT}/.build/release/deepspool")
    for name in names:
        values = []
        for seed in seeds(name):
            with tempfile.TemporaryDirectory() as folder:
                entry = split(DATASETS[name], seed, folder)
                job = f"{folder}/job.yaml"
                open(job, "w").write(job_text(entry, seed))
                subprocess.run([binary, "run", job, "--output", f"{folder}/result"], check=True, capture_output=True)
                command = [binary, "predict", "--model", f"{folder}/result", "--frame", entry["test"], "--read-like",
                           job, "--output", f"{folder}/out.csv"]
                if entry["response"] is None:
                    command.append("--anomaly")
                subprocess.run(command, check=True, capture_output=True)
                predictions = list(csv.DictReader(open(f"{folder}/out.csv")))
                if entry["response"] is None:
                    values.append(statistics.mean(float(p["Reconstruction.MSE"]) for p in predictions))
                else:
                    values.append(measure(entry, predictions))
        print(name, entry["metric"], values, flush=True)
        store("deepspool", {name: dict(metric=entry["metric"], values=values)})


def show_table():
    ours, theirs = (json.load(open(f"{HERE}/{side}.json")) for side in ("deepspool", "h2o"))
    print("| data | test metric | seeds | H2O 3.46: mean ± standard error | deepspool: mean ± standard error "
          "| better by, pair by pair | no worse |")
    print("|---|---|---|---|---|---|---|")
    for name in DATASETS:
        if name not in ours or name not in theirs:
            continue
        metric = theirs[name]["metric"]
        cells, means, errors = [], [], []
        counts = list(dict.fromkeys(str(len(side[name]["values"])) for side in (theirs, ours)))
        for side in (theirs, ours):
            values = side[name]["values"]
            means.append(statistics.mean(values))
            errors.append(statistics.stdev(values) / math.sqrt(len(values)))
            cells.append(f"{means[-1]:.5f} ± {errors[-1]:.5f}")
        sign = 1 if metric in MORE_IS_BETTER else -1
        pairs = [sign * (b - a) for a, b in zip(theirs[name]["values"], ours[name]["values"])]
        error = statistics.stdev(pairs) / math.sqrt(len(pairs))
        pair_cell = f"{statistics.mean(pairs):+.5f} ± {error:.5f}"
        gap = means[1] - means[0] if metric in MORE_IS_BETTER else means[0] - means[1]
        print(f"| {name} | {metric} | {' and '.join(counts)} | {cells[0]} | {cells[1]} | {pair_cell} | {'yes' if gap >= -errors[0] else 'NO'} |")


if __name__ == "__main__":
    command, names = sys.argv[1], sys.argv[2:] or list(DATASETS)
    if command == "table":
        show_table()
    else:
        {"h2o": run_h2o, "deepspool": run_deepspool}[command](names)
