#!/usr/bin/env python3
"""Runs the jobs in docs/examples, and checks with figures that each shows what its comments say.

    Tests/Support/examples.py [--programs FOLDER] [--keep]

The tables are invented by docs/examples/make_tables.py, so the best possible result of each job is known. Where a job
shows what a key is good for, the same job runs without the key, too. Jobs with `job:` run in a daemon.
"""
import argparse
import contextlib
import csv
import filecmp
import glob
import gzip
import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = os.path.join(ROOT, "docs", "examples")
sys.path.insert(0, EXAMPLES)
sys.dont_write_bytecode = True
import make_tables  # noqa: E402

# The standard deviation of a price about its formula.
NOISE_OF_PRICES = 15000
DAEMON_SECONDS = 60


class Workplace:
    """A copy of the examples in a scratch folder."""

    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs
        for path in glob.glob(os.path.join(EXAMPLES, "*")):
            if os.path.isfile(path):
                shutil.copy(path, folder)
        subprocess.run([sys.executable, "make_tables.py"], cwd=folder, check=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def call(self, *arguments):
        command = [os.path.join(self.programs, arguments[0]), *arguments[1:]]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def run(self, job, *options):
        """Checks and runs a job; returns its metrics, or None for predictions."""
        self.call("deepspool", "check", f"{job}.yaml")
        self.call("deepspool", "run", f"{job}.yaml", *options)
        with contextlib.suppress(FileNotFoundError), open(self.path(f"{job}-result", "metrics.json")) as file:
            return json.load(file)

    def variant(self, job, pattern, replacement):
        """Runs a job with another line in place of the one that begins with `pattern`; returns its metrics."""
        with open(self.path(f"{job}.yaml")) as file:
            text, count = re.subn(rf"^{pattern}.*$", replacement, file.read(), flags=re.M)
        assert count == 1, f"{job}.yaml has {count} lines that begin with {pattern}"
        name = f"{job}-otherwise"
        with open(self.path(f"{name}.yaml"), "w") as file:
            file.write(text)
        return self.run(name)

    def table(self, *parts):
        path = self.path(*parts)
        with gzip.open(path, "rt") if path.endswith(".gz") else open(path) as file:
            return list(csv.DictReader(file))

    def predict(self, result, frame):
        text = self.call("deepspool", "predict", "--model", result, "--frame", frame)
        return list(csv.DictReader(text.splitlines()))


def check(fact, text):
    if not fact:
        raise AssertionError(text)


def below(value, limit, name):
    check(value <= limit, f"{name} is {value:.4g} instead of at most {limit:.4g}")


def above(value, limit, name):
    check(value >= limit, f"{name} is {value:.4g} instead of at least {limit:.4g}")


def area_under_curve(scores, truths):
    """The probability that a row that is true has a higher score than one that is not."""
    yes = [score for score, truth in zip(scores, truths) if truth]
    no = [score for score, truth in zip(scores, truths) if not truth]
    return sum((a > b) + (a == b) / 2 for a in yes for b in no) / (len(yes) * len(no))


def recall(metrics, label):
    matrix = metrics["validation"]["cm"]
    row = matrix["labels"].index(label)
    return matrix["counts"][row][row] / sum(matrix["counts"][row])


def prices_are_learnt(metrics, rows=None):
    # A fifth above the noise: 160 held-out rows scatter by 6 %, and a network is not the formula.
    below(metrics["validation"]["RMSE"], 1.2 * NOISE_OF_PRICES, "RMSE")
    if rows:
        check(metrics["validation"]["nobs"] == rows, f"{metrics['validation']['nobs']} held-out rows")


def two_classes(place):
    metrics = place.run("two-classes")
    # The chances by which the customers were drawn have an AUC of 0.91 on these rows.
    above(metrics["validation"]["AUC"], 0.88, "AUC")
    check(metrics["validation"]["nobs"] == 400, "a fifth of 2,000 rows are 400")


def many_classes(place):
    metrics = place.run("many-classes")
    below(metrics["validation"]["err"], 0.08, "error rate")
    hits = metrics["validation"]["hit_ratios"]
    check(len(hits) == 3 and hits == sorted(hits), f"hit ratios {hits}")
    for file in ("model.mojo.zip", "model.onnx"):
        check(os.path.exists(place.path("many-classes-result", file)), f"no {file}")


def regression(place):
    prices_are_learnt(place.run("regression"), rows=160)


def held_out_table(place):
    metrics = place.run("held-out-table")
    prices_are_learnt(metrics, rows=200)
    check(metrics["training"]["nobs"] == 800, "all rows of the other table train the model")


def cross_validation(place):
    metrics = place.run("cross-validation")
    check(metrics["cross_validation"]["nobs"] == 600, "each of the 600 rows is held out once")
    below(metrics["cross_validation"]["err"], 0.08, "error rate")
    result = place.path("cross-validation-result", "cross_validation")
    check(len(place.table(result, "predictions.csv")) == 600, "a prediction for each row")
    with open(os.path.join(result, "metrics_summary.csv")) as file:
        check("cv_5_valid" in file.readline(), "a column for each fold")


def grid(place):
    place.run("grid")
    board = place.table("grid-result", "leaderboard.csv")
    check(len(board) == 6, f"{len(board)} models")
    check([row["hidden"] for row in board[4:]] == ["[]", "[]"], "models without hidden layer are last")
    losses = [float(row["logloss"]) for row in board]
    check(losses == sorted(losses), "the best model is first")
    below(losses[0], 0.6 * losses[5], "log loss of the best model")


def autoencoder(place):
    metrics = place.run("autoencoder")
    baseline = metrics["baseline"]["training"]["MSE"]
    below(metrics["training"]["MSE"], 0.05 * baseline, "reconstruction error")


def anomalies(place):
    place.run("anomalies")
    errors = [float(row["Reconstruction.MSE"]) for row in place.table("anomalies-result", "predictions.csv")]
    faulty = {number for number, row in enumerate(place.table("machines-today.csv")) if row["faulty"] == "1"}
    worst = sorted(range(len(errors)), key=lambda number: -errors[number])[:len(faulty)]
    check(set(worst) == faulty, f"the largest errors are in rows {sorted(worst)} instead of {sorted(faulty)}")


def predict(place):
    place.run("predict")
    for row, prediction in zip(place.table("houses-new.csv"), place.table("predict-result", "predictions.csv"), strict=True):
        formula = 2000 * int(row["area"]) + 8000 * int(row["rooms"]) + 15000 * (row["garden"] == "yes")
        formula += {"north": 0, "south": 30000, "west": 60000}[row["district"]]
        below(abs(float(prediction["predict"]) - formula), 20000, f"error of house {row['house']}")


def short(place):
    metrics = place.run("short")
    check(metrics["training_run"]["epochs"] == 0.5, "half an epoch")


def continued(place):
    metrics = place.run("continue")
    with open(place.path("short-result", "metrics.json")) as file:
        before = json.load(file)["validation"]["RMSE"]
    below(metrics["validation"]["RMSE"], before - 500, "RMSE after further epochs")
    epochs = [float(row["epochs"]) for row in place.table("continue-result", "scoring_history.csv") if row["epochs"]]
    check(0.5 in epochs and max(epochs) > 10, f"the learning curve has epochs {epochs}")


def rare_classes(place):
    above(recall(place.run("rare-classes"), "fraud"), 0.85, "share of fraud that is found")
    without = place.variant("rare-classes", "class_weight:", "")
    below(recall(without, "fraud"), 0.5, "share of fraud that is found without class_weight")
    below(without["validation"]["err"], 0.03, "error rate without class_weight")


def time_order(place):
    future = place.run("time-order")["validation"]["RMSE"]
    with open(place.path("time-order-result", "events.jsonl")) as file:
        check("the last rows of the table" in file.read(), "the last rows are held out")
    past = place.variant("time-order", "validation_split:", "validation_split: random")["validation"]["RMSE"]
    # The noise of the demand is 8.
    below(past, 10, "RMSE of a random split")
    above(future, 1.5 * past, "RMSE of the future")


def groups(place):
    new = place.run("groups")["validation"]["r2"]
    known = place.variant("groups", "group_column:", "ignored_columns: [patient]")["validation"]["r2"]
    above(known, new + 0.2, "r2 of patients that the model knows")


def offset(place):
    place.run("offset")
    ages = [18, 30, 45, 60]
    with open(place.path("ages.csv"), "w") as file:
        file.write("age,log_years\n" + "".join(f"{age},0\n{age},0.69315\n" for age in ages))
    predictions = [float(row["predict"]) for row in place.predict("offset-result", "ages.csv")]
    for age, one, two in zip(ages, predictions[::2], predictions[1::2], strict=True):
        truth = make_tables.claims_per_year(age)
        below(abs(one / truth - 1), 0.25, f"relative error at {age}")
        below(abs(two / one - 2), 0.001, "claims of two years over those of one")


def weights(place):
    def mean(result):
        predictions = [float(row["predict"]) for row in place.predict(result, "survey.csv")]
        return sum(predictions) / len(predictions)
    place.run("weights")
    below(abs(mean("weights-result") - 60), 3, "distance from the mean of all people")
    place.variant("weights", "weights_column:", "ignored_columns: [weight]")
    below(abs(mean("weights-otherwise-result") - 72), 3, "distance from the mean of the answers")


def custom_metric(place):
    metrics = place.run("custom-metric")
    # Of normal errors with a deviation of 15,000, 18 % are larger than 20,000.
    below(metrics["validation"]["custom"], 0.27, "share of prices that are wrong by more than 20,000")
    predictions = place.predict("custom-metric-result", "houses.csv")
    wrong = [abs(float(row["price"]) - float(prediction["predict"])) > 20000
             for row, prediction in zip(place.table("houses.csv"), predictions, strict=True)]
    tables = [metrics["training"], metrics["validation"]]
    told = sum(table["custom"] * table["nobs"] for table in tables)
    below(abs(sum(wrong) - told), 0.5, "difference between the metric and a recount")


def reproducible(place):
    place.run("reproducible")
    place.call("deepspool", "run", "reproducible.yaml", "--output", "again", "--threads", "1")
    models = [place.path(folder, "model", "model.deepspool") for folder in ("reproducible-result", "again")]
    check(filecmp.cmp(*models, shallow=False), "the models differ")


def as_h2o(place):
    metrics = place.run("as-h2o")
    below(abs(metrics["training"]["logloss"] / H2O_LOGLOSS - 1), 1e-6, "relative difference from H2O's log loss")


def several_files(place):
    metrics = place.run("several-files")
    prices_are_learnt(metrics, rows=160)
    check(metrics["training"]["nobs"] == 640, "the rows of both files")


def parquet(place):
    metrics = place.run("parquet")
    # 60 held-out rows scatter by 9 %.
    below(metrics["validation"]["RMSE"], 1.3 * NOISE_OF_PRICES, "RMSE")


def shown_commands(place, result):
    """Returns the commands of a report that predict in Python."""
    with open(place.path(result, "report.html")) as file:
        blocks = re.findall(r"<pre[^>]*>(.*?)</pre>", file.read(), flags=re.S)
    found = [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks if "onnxruntime" in block]
    check(len(found) == 1, f"the report of {result} shows {len(found)} scripts for onnxruntime")
    return found[0]


def german(row):
    """Returns a row of demand.csv as a German spreadsheet program writes it."""
    year, month, day = row["date"].split("-")
    return row | {"date": f"{day}.{month}.{year}", "temperature": row["temperature"].replace(".", ",")}


def write_table(path, rows, separator):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys(), delimiter=separator)
        table.writeheader()
        table.writerows(rows)


def python_of_reports(place):
    """The scripts that reports show print what `deepspool predict` writes: with categories, times, missing values and
    the tables of a spreadsheet program, which begin with a byte order mark, separate by semicolons and have decimal
    commas and German dates."""
    if not all(importlib.util.find_spec(package) for package in ("numpy", "onnxruntime")):
        print("skipped: the scripts of reports need the Python packages numpy and onnxruntime")
        return
    tables = {
        "two-classes-result": "customers.csv", "many-classes-result": "seeds.csv", "time-order-result": "demand.csv",
        "autoencoder-result": "machines-today.csv", "german-result": "demand.csv",
    }
    write_table(place.path("nachfrage.csv"), [german(row) for row in place.table("demand.csv")], ";")
    with open(place.path("time-order.yaml")) as original, open(place.path("german.yaml"), "w") as job:
        job.write(original.read().replace("demand.csv", "nachfrage.csv"))
    place.run("german")
    for result, name in tables.items():
        rows = place.table(name)[:3]
        if result == "german-result":
            rows = [german(row) for row in rows]
        if name == "customers.csv":
            rows[1]["calls"], rows[1]["plan"], rows[2]["months"] = "", "", "NA"
        write_table(place.path(result, "new.csv"), rows, ";" if "date" in rows[0] else ",")
        environment = {**os.environ, "PATH": os.pathsep.join([place.programs, os.path.dirname(sys.executable), os.environ["PATH"]])}
        done = subprocess.run(
            ["bash", "-e"], input=shown_commands(place, result), cwd=place.path(result), env=environment,
            capture_output=True, text=True)
        check(done.returncode == 0, f"the script of {result}: {done.stderr}")
        last = re.split(r"^(?:predict|probabilities|reconstruction|anomaly) ", done.stdout, flags=re.M)[-1]
        printed = [float(number) for number in re.findall(r"[-+\d.]+(?:e[-+]\d+)?", last)]
        if "anomaly" in done.stdout:
            text = place.call("deepspool", "predict", "--model", result, "--frame", f"{result}/new.csv", "--anomaly")
            rows = list(csv.DictReader(text.splitlines()))
        else:
            rows = place.predict(result, f"{result}/new.csv")
        columns = [column for column in rows[0] if len(rows[0]) == 1 or column != "predict"]
        expected = [float(row[column]) for row in rows for column in columns]
        check(len(printed) == len(expected), f"the script of {result} prints\n{done.stdout}")
        for found, number in zip(printed, expected):
            below(abs(found - number), 1e-5 + 1e-4 * abs(number), f"difference of the script of {result}")


def in_the_daemon(place):
    """The jobs with `job:`. They wait in the spool until the daemon starts, so that the order is its choice."""
    jobs = ["predict-nightly", "train-nightly", "tonight", "urgent"]
    spool = place.path("spool")
    os.makedirs(os.path.join(spool, "incoming"))
    for job in jobs:
        shutil.copy(place.path(f"{job}.yaml"), os.path.join(spool, "incoming"))
    with open(place.path("daemon.log"), "w") as log:
        daemon = subprocess.Popen(
            [os.path.join(place.programs, "deepspoold"), "--spool", spool, "--data", place.folder],
            stdout=log, stderr=log)
    try:
        finished = ["predict-nightly", "train-nightly", "urgent"]
        end = time.monotonic() + DAEMON_SECONDS
        while not all(glob.glob(os.path.join(spool, "finished", f"*-{job}")) for job in finished):
            check(time.monotonic() < end and daemon.poll() is None, "the jobs have not finished")
            time.sleep(0.1)
        waiting = json.loads(place.call("deepspool", "why", "--spool", spool, "--json", "tonight"))
        check(waiting["state"] == "queued" and "2035" in waiting["reason"], f"why tonight: {waiting}")
        with open(place.path("daemon.log")) as file:
            order = re.findall(r"^\d+-(\S+): started$", file.read(), flags=re.M)
        check(order == ["urgent", "train-nightly", "predict-nightly"], f"the jobs started in the order {order}")
        results = glob.glob(os.path.join(spool, "results", "*-predict-nightly", "predictions.csv"))
        check(len(results) == 1 and len(place.table(results[0])) == 5, "predictions for five houses")
    finally:
        daemon.terminate()
        daemon.wait()


# The training log loss of the call that as-h2o.yaml shows, in H2O 3.46.0.12 on seeds.csv.
H2O_LOGLOSS = 0.11675619679792319

# In this order: some jobs need the results of others.
CHECKS = {
    "two-classes": two_classes, "many-classes": many_classes, "regression": regression,
    "held-out-table": held_out_table, "cross-validation": cross_validation, "grid": grid,
    "autoencoder": autoencoder, "anomalies": anomalies, "predict": predict, "short": short, "continue": continued,
    "rare-classes": rare_classes, "time-order": time_order, "groups": groups, "offset": offset, "weights": weights,
    "custom-metric": custom_metric, "reproducible": reproducible, "as-h2o": as_h2o,
    "several-files": several_files, "parquet": parquet,
    "predict-nightly, train-nightly, tonight, urgent": in_the_daemon,
    "reports": python_of_reports,
}


def main():
    parser = argparse.ArgumentParser(description="Runs the jobs in docs/examples.")
    parser.add_argument("--programs", default=os.path.join(ROOT, ".build", "release"), help="folder of the programs")
    parser.add_argument("--keep", action="store_true", help="keep the scratch folder")
    options = parser.parse_args()
    programs = os.path.abspath(options.programs)
    if not os.access(os.path.join(programs, "deepspool"), os.X_OK):
        sys.exit(f"there is no program '{programs}/deepspool': run make build, or give --programs")

    faults = []
    examples = {os.path.basename(path)[:-5] for path in glob.glob(os.path.join(EXAMPLES, "*.yaml"))}
    checked = {job for names in CHECKS for job in names.split(", ") if names != "reports"}
    faults += [f"docs/examples/{job}.yaml: this script does not run it" for job in sorted(examples - checked)]
    with open(os.path.join(EXAMPLES, "README.md")) as file:
        listed = file.read()
    faults += [f"docs/examples/README.md does not list {job}.yaml" for job in sorted(examples) if f"({job}.yaml)" not in listed]

    start = time.monotonic()
    folder = tempfile.mkdtemp(prefix="deepspool-examples.")
    place = Workplace(folder, programs)
    for names, function in CHECKS.items():
        try:
            function(place)
            print(f"{names}: good", flush=True)
        except AssertionError as error:
            faults.append(f"docs/examples/{names}: {error}")
            print(f"{names}: FAILED", flush=True)
    if options.keep:
        print(f"kept {folder}")
    else:
        shutil.rmtree(folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(checked)} jobs in {time.monotonic() - start:.0f} s, {len(faults)} failures")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
