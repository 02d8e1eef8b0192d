#!/usr/bin/env python3
"""Draws random tables and jobs, trains each in H2O 3.46.0.12 and in deepspool, and prints the differences.

    python3 random_cases.py COUNT [FIRST]      (needs `pip install h2o pandas numpy`, Java 17, and `make build`)
    python3 random_cases.py keep NUMBER...     stores cases as cases/drawn_NUMBER.json.gz for `GoldenCasesTests`

A case number always gives the same case. A case passes if both sides refuse it, or if predictions, weights, metrics,
history and importances agree within the tolerances of the parity tests. For other cases the differences and the job are
printed, and the folder is kept.
"""
import csv, json, math, os, shutil, subprocess, sys, tempfile

import numpy as np, pandas as pd
import make_cases
from make_cases import BASE, add_responses, frame_of, h2o, job_of, outcome, train

DEEPSPOOL = os.environ.get("DEEPSPOOL", f"{make_cases.HERE}/../../../.build/release/deepspool")
TOLERANCES = dict(predictions=1e-6, weights=1e-5, metrics=1e-6, gains_lift=1e-6, hit_ratios=1e-6, history=1e-5, importances=1e-5, held_out=1e-6,
                  summary=1e-6, model_summary=1e-6, anomaly=1e-6, deep_features=1e-6)
METRICS = ["MSE", "RMSE", "nobs", "r2", "logloss", "AUC", "pr_auc", "Gini", "mean_per_class_error", "mae", "rmsle",
           "mean_residual_deviance"]


def tables(random):
    """Returns tables with the columns of make_cases, of random size, and with all faults that H2O tolerates."""
    n = int(random.choice([12, 30, 61, 150, 320, 700]))
    d = pd.DataFrame(dict(n1=random.normal(size=n) * random.choice([1, 1e-3, 1e4]), n2=random.gamma(2, 2, n),
                          n3=np.where(random.uniform(size=n) < .5, 0, random.normal(size=n))))
    d = d.round(int(random.choice([0, 2, 5]))) if random.uniform() < .7 else d
    levels = [f"l{i:02d}" for i in range(int(random.choice([1, 2, 5, 17])))]
    d["c1"] = random.choice(levels, n)
    d["c2"] = random.choice(["low", "mid", "top"], n)
    d["one"] = 7
    eta = .6 * d.n1 / d.n1.std(ddof=0) - .2 * d.n2 + .5 * d.n3 + (d.c1 == "l01") * .9 + (d.c2 == "top") * .7
    eta = eta.fillna(0).clip(-4, 4)
    add_responses(d, eta, eta.median(), random)
    for column in ["n1", "n2", "c1", "c2", "y2", "yr"]:
        if random.uniform() < .3:
            d.loc[random.uniform(size=n) < random.choice([.02, .2]), column] = None
    cut = n * 4 // 5
    test = d.iloc[cut:].copy()
    if random.uniform() < .2:
        test.loc[test.index[0], "c2"] = "new level"
    return d.iloc[:cut], test


def draw(random):
    """Returns a response and many parameters, some of which exclude each other."""
    p = {}

    def maybe(chance, **choices):
        if random.uniform() < chance:
            for key, values in choices.items():
                value = values[int(random.integers(len(values)))]
                p[key] = value
            return True
        return False

    response = [None, "y2", "y3", "yr", "yc", "yp"][int(random.choice(6, p=[.1, .25, .2, .25, .1, .1]))]
    p["activation"] = str(random.choice(make_cases.ACTIVATIONS))
    p["hidden"] = [int(v) for v in random.integers(1, 13, size=int(random.choice([0, 1, 2, 3], p=[.05, .3, .45, .2])))]
    p["epochs"] = float(random.choice([.3, 1, 2.5, 4, 7]))
    p["seed"] = int(random.integers(-2**62, 2**62)) if random.uniform() < .5 else int(random.integers(1, 9999))
    if response is None and "Maxout" in p["activation"]:
        p["activation"] = "Tanh"
    with_dropout = p["activation"].endswith("WithDropout")
    if response in ("yr", "yc", "yp"):
        maybe(.5, distribution=dict(yr=["gaussian", "laplace", "quantile", "huber", "AUTO"],
                                    yc=["poisson", "tweedie", "gaussian"], yp=["gamma", "tweedie", "poisson"])[response])
        if p.get("distribution", "AUTO") == "AUTO":
            maybe(.3, loss=["Quadratic", "Absolute", "Huber", "Quantile"])
        maybe(.3, quantile_alpha=[.1, .7], tweedie_power=[1.1, 1.9], huber_alpha=[.5, .95])
    elif response:
        maybe(.3, loss=["CrossEntropy", "Quadratic"])
    else:
        maybe(.3, loss=["Quadratic", "Absolute", "Huber"])
        maybe(.3, sparsity_beta=[.01, .3], average_activation=[.05, .2])
    maybe(.2, l1=[1e-5, 1e-3])
    maybe(.2, l2=[1e-5, 1e-2])
    maybe(.15, max_w2=[.3, 2., 10.])
    maybe(.2, input_dropout_ratio=[.1, .4])
    if with_dropout and p["hidden"] and maybe(.5, hidden_dropout_ratios=[0]):
        p["hidden_dropout_ratios"] = [float(random.choice([0, .2, .5, .7])) for _ in p["hidden"]]
    if maybe(.35, adaptive_rate=[False], rate=[.001, .01], rate_annealing=[1e-6, 1e-3], rate_decay=[1., .7]):
        maybe(.6, momentum_start=[0., .5], momentum_stable=[0., .5, .9], momentum_ramp=[0., 100., 1e5],
              nesterov_accelerated_gradient=[True, False])
    else:
        maybe(.3, rho=[.9, .999], epsilon=[1e-10, 1e-6])
    maybe(.2, fast_mode=[False])
    maybe(.2, initial_weight_distribution=["Uniform", "Normal"], initial_weight_scale=[.2, 1.])
    maybe(.4, train_samples_per_iteration=[-2, -1, 0, 1, 33, 100, 1000])
    maybe(.15, shuffle_training_data=[True])
    maybe(.2, standardize=[False])
    maybe(.2, use_all_factor_levels=[False])
    maybe(.2, missing_values_handling=["Skip"])
    maybe(.1, ignore_const_cols=[False])
    maybe(.15, ignored_columns=[["n1"], ["c1"], ["c1", "c2"], ["n1", "n2", "n3"]])
    if response:
        maybe(.2, weights_column=["w", "w01", "one"])
        if response in ("yr", "yc", "yp"):
            maybe(.15, offset_column=["o"])
        elif maybe(.2, balance_classes=[True]):
            maybe(.5, max_after_balance_size=[.5, 1., 3.])
            if response == "y2":
                maybe(.4, class_sampling_factors=[[1., 2.], [.5, .5]])
    maybe(.1, sparse=[True])
    maybe(.15, categorical_encoding=["LabelEncoder", "Binary", "OneHotInternal", "EnumLimited"])
    maybe(.1, elastic_averaging=[True], elastic_averaging_moving_rate=[.5, .9])
    maybe(.25, overwrite_with_best_model=[False])
    if maybe(.35, stopping_rounds=[0, 1, 3]):
        maybe(.5, stopping_tolerance=[1e-3, .05])
        maybe(.5, stopping_metric=dict(y2=["AUC", "logloss", "misclassification", "AUCPR", "MSE"],
                                       y3=["logloss", "mean_per_class_error", "misclassification"],
                                       yr=["RMSE", "MAE", "deviance"]).get(response, ["MSE"]))
    maybe(.15, score_training_samples=[20, 100])
    maybe(.15, score_validation_samples=[10])
    maybe(.1, regression_stop=[-1., 5.], classification_stop=[-1., .3])
    maybe(.1, gainslift_bins=[0, 3], auc_type=["MACRO_OVR", "WEIGHTED_OVO"])
    if response and "balance_classes" not in p and maybe(.2, nfolds=[2, 3, 5]):
        maybe(.7, fold_assignment=["Modulo", "Random", "Stratified"])
        p["keep_cross_validation_predictions"] = True
    elif response and maybe(.05, fold_column=["f"]):
        p["keep_cross_validation_predictions"] = True
    return response, p


def with_numbers_as_levels(random, tables):
    """Makes the levels of c1 integers in some cases, which H2O sorts as words or as numbers."""
    if random.uniform() < .3:
        numbers = random.permutation(np.arange(-4, 23))
        for table in tables:
            table["c1"] = [v if not isinstance(v, str) else str(numbers[int(v[1:])]) for v in table["c1"]]


def draw_more(random, response, p):
    """Adds a few more parameters to `p`; returns an earlier training, or None.

    The earlier training is a tuple of the key that names it in the case, its response and its parameters.
    """
    if response in ("y2", "y3") and random.uniform() < .2 and "loss" not in p:
        p["distribution"] = dict(y2="bernoulli", y3="multinomial")[response]
    if random.uniform() < .1 and "categorical_encoding" not in p and response:
        # H2O crashes when it computes importances of hashed columns.
        p.update(max_categorical_features=int(random.choice([3, 6])), variable_importances=False)
    if random.uniform() < .1:
        p["score_duty_cycle"] = 0.
    if random.uniform() < .1 and "hidden_dropout_ratios" not in p:
        p["hidden"] = [int(v) for v in random.integers(20, 70, size=int(random.choice([1, 2])))]
    if p.get("balance_classes") and random.uniform() < .3:
        p.update(nfolds=3, fold_assignment="Modulo", keep_cross_validation_predictions=True)
    chance = random.uniform()
    if p.get("categorical_encoding", "OneHotInternal") != "OneHotInternal":
        # In a job that continues another one, H2O encodes the validation table by that table's own levels.
        return None
    if chance < .12 and not p.get("nfolds") and not p.get("fold_column"):
        return "checkpoint", response, p | dict(epochs=p["epochs"] * .4)
    if chance > .96 and response and p["hidden"] and "Maxout" not in p["activation"]:
        shared = ["activation", "hidden", "hidden_dropout_ratios", "seed", "epochs", "standardize", "use_all_factor_levels",
                  "ignored_columns", "missing_values_handling", "ignore_const_cols", "max_categorical_features", "variable_importances"]
        return "pretrained_autoencoder", None, {key: p[key] for key in shared if key in p}
    return None


def table(path):
    return list(csv.reader(open(path)))


def gap(expected, found, relative=False):
    """Returns the largest difference; missing values on one side and different words count as infinite."""
    if isinstance(expected, (list, tuple)):
        if len(expected) != len(found):
            return math.inf
        return max((gap(a, b, relative) for a, b in zip(expected, found)), default=0)
    if expected is None or isinstance(expected, float) and math.isnan(expected):
        return 0 if found in ("", "NaN", "nan", None) else math.inf
    if isinstance(expected, (int, float)):
        try:
            value = float(found)
        except (TypeError, ValueError):
            return math.inf
        return abs(value - expected) / (max(1, abs(expected)) if relative else 1) if value == value else math.inf
    return 0 if str(expected) == found else math.inf


def differences(golden, result, predictions, test, folder):
    """Returns the differences between H2O and the result folder, by name."""
    gaps = dict(predictions=gap(golden["predictions"]["rows"], table(predictions)[1:], relative=True))
    for index, expected in enumerate(golden.get("weights", [])):
        # H2O's numbers are stored with nine digits, so large ones can only be compared relatively.
        found = gap(expected, table(f"{result}/weights/weights_{index}.csv")[1:], relative=True)
        bias = gap([[b] for b in golden["biases"][index]], table(f"{result}/weights/biases_{index}.csv")[1:], relative=True)
        gaps["weights"] = max(gaps.get("weights", 0), found, bias)
    metrics = json.load(open(f"{result}/metrics.json"))
    for part in ["training", "validation", "cross_validation"]:
        expected = golden[f"{part}_metrics"]
        if expected is None:
            continue
        for name in METRICS:
            if isinstance(expected.get(name), (int, float)):
                found = gap(expected[name], (metrics.get(part) or {}).get(name), relative=True)
                if found > TOLERANCES["metrics"]:
                    gaps[f"metrics of {part}: {name}"] = found
    history = table(f"{result}/scoring_history.csv")
    names = golden["scoring_history"]["columns"]
    timed = {"", "timestamp", "duration", "training_speed"}
    if len(history) - 1 != len(golden["scoring_history"]["data"]):
        gaps["history"] = math.inf
    else:
        for row, expected in zip(history[1:], golden["scoring_history"]["data"]):
            for name, value in zip(names, expected):
                if name not in timed:
                    found = row[history[0].index(name)] if name in history[0] else "missing column"
                    gaps["history"] = max(gaps.get("history", 0), gap(value, found, relative=True))
    if "variable_importances" in golden and golden["variable_importances"]:
        found = {row[0]: row[1:] for row in table(f"{result}/variable_importances.csv")[1:]}
        rows = golden["variable_importances"]
        gaps["importances"] = max(gap(row[1:], found.get(row[0], [])) for row in rows)
    # Rates that have overflowed are not compared.
    pairs = zip(golden.get("model_summary", dict(rows=[]))["rows"], table(f"{result}/model_summary.csv")[1:])
    gaps["model_summary"] = max((gap(a[1:], b, relative=True) for a, b in pairs if -math.inf not in a), default=0)
    if "gains_lift" in golden:
        found = table(f"{result}/gains_lift_training.csv")[1:]
        gaps["gains_lift"] = max((gap(a, b, relative=True) for expected, row in zip(golden["gains_lift"], found)
                                  for a, b in zip(expected, row) if a is not None), default=0)
        if len(found) != len(golden["gains_lift"]):
            gaps["gains_lift"] = math.inf
    if "hit_ratios" in golden:
        gaps["hit_ratios"] = gap(golden["hit_ratios"], [float(v) for v in metrics["training"]["hit_ratios"]])
    if "cv_holdout" in golden:
        gaps["held_out"] = gap(golden["cv_holdout"], table(f"{result}/cross_validation/predictions.csv")[1:], relative=True)
        found = {row[0]: row[1:] for row in table(f"{result}/cross_validation/metrics_summary.csv")[1:]}
        # H2O prints a deviation of 0 for values that it has not computed, and mixes up rows if a fold lacks a class.
        rows = [row for row in golden["cv_summary"] if row[1] is not None]
        if not any("" in row for row in rows):
            gaps["summary"] = max(gap(row[1:], found.get(row[0], []), relative=True) for row in rows)
    if "anomaly" in golden:
        for name, option, key in (("anomaly", ["--anomaly"], "anomaly"), ("deep_features", ["--deep-features", "0"], "deepfeatures0")):
            if key in golden:
                run_deepspool(["predict", "--model", result, "--frame", test, "--output", f"{folder}/{name}.csv"] + option)
                expected = [v if isinstance(v, list) else [v] for v in golden[key]]
                gaps[name] = gap(expected, table(f"{folder}/{name}.csv")[1:], relative=True)
    return {k: v for k, v in gaps.items() if v > TOLERANCES.get(k, 0)}


def run_deepspool(arguments):
    done = subprocess.run([DEEPSPOOL] + arguments, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr.strip() or f"exit status {done.returncode}"


def run(number, keeps):
    random = np.random.default_rng(number)
    folder = tempfile.mkdtemp(prefix=f"case-{number}-")
    train_table, test_table = (table.copy() for table in tables(random))
    response, parameters = draw(random)
    if parameters.get("categorical_encoding", "OneHotInternal") != "OneHotInternal":
        # H2O encodes each table by its own levels (Fidelity), so results agree only if the tables have the same levels.
        # Beyond ten levels EnumLimited uses the ten most frequent ones of each table, so scores may differ.
        for column in ("c1", "c2"):
            test_table[column] = test_table[column].where(test_table[column].isin(train_table[column].unique()), None)
    if train_table["c1"].nunique() < 2 and parameters.get("ignore_const_cols") is False:
        # H2O attributes the importances of such columns to other columns.
        parameters.pop("use_all_factor_levels", None)
    before = draw_more(random, response, parameters)
    with_numbers_as_levels(random, [train_table, test_table])
    train_table.to_csv(f"{folder}/train.csv", index=False)
    test_table.to_csv(f"{folder}/test.csv", index=False)
    crosses = bool(parameters.get("nfolds") or parameters.get("fold_column"))
    job = job_of(response, parameters, response is not None and not crosses)
    jobs, refusal = [job], None
    if before is not None:
        jobs.insert(0, job_of(before[1], before[2], before[1] is not None))
        json.dump(jobs[0], open(f"{folder}/earlier.yaml", "w"), indent=1)
        refusal = run_deepspool(["run", f"{folder}/earlier.yaml", "--output", f"{folder}/earlier"])
        job[before[0]] = f"{folder}/earlier"
    json.dump(job, open(f"{folder}/job.yaml", "w"), indent=1)
    refusal = refusal or run_deepspool(["run", f"{folder}/job.yaml", "--output", f"{folder}/result"])
    try:
        test_frame, train_frame = frame_of(f"{folder}/test.csv"), frame_of(f"{folder}/train.csv")
        earlier = None
        if before is not None:
            earlier = (before[0], train(before[1], dict(before[2]), train_frame, test_frame))
        model = train(response, dict(parameters), train_frame, test_frame, earlier)
        golden = outcome(model, response, parameters, test_frame)
    except Exception as error:
        return folder, refused_by_h2o(error, refusal)
    finally:
        h2o.remove_all()

    def keep():
        files = {name: open(f"{folder}/{name}").read() for name in ("train.csv", "test.csv")}
        if before is not None:
            job[before[0]] = "previous"
        make_cases.keep(f"drawn_{number}", jobs, files, golden)

    return folder, verdict(folder, golden, refusal, keep if keeps else lambda: None)


def refused_by_h2o(error, refusal):
    """Returns the difference for a job that H2O does not train, or None; `refusal` is deepspool's message, if any."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    # A server error, or a failure of an accepted job, is a crash of H2O, which proves nothing.
    crashed = "Server Error" in lines[0] or "failed with an exception" in lines[0]
    return "only H2O refuses: " + " | ".join(lines)[-600:] if refusal is None and not crashed else None


def verdict(folder, golden, refusal, keep):
    """Returns the differences for a job that H2O has trained, or None."""
    if refusal is not None:
        return "only deepspool refuses: " + refusal.replace("\n", " | ")[-300:]
    problem = run_deepspool(["predict", "--model", f"{folder}/result", "--frame", f"{folder}/test.csv", "--output",
                             f"{folder}/predictions.csv"])
    if problem:
        return f"no predictions: {problem}"
    json.dump(golden, open(f"{folder}/golden.json", "w"))
    keep()
    found = differences(golden, f"{folder}/result", f"{folder}/predictions.csv", f"{folder}/test.csv", folder)
    return ", ".join(f"{k} {v:.3g}" for k, v in found.items()) or None


def main(run, port):
    keeps = sys.argv[1] == "keep"
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    numbers = [int(number) for number in sys.argv[2:]] if keeps else range(first, first + int(sys.argv[1]))
    h2o.init(nthreads=1, max_mem_size="3G", port=int(os.environ.get("H2O_PORT", port)), verbose=False)
    h2o.no_progress()
    different = 0
    for number in numbers:
        folder, problem = run(number, keeps)
        if problem is None:
            shutil.rmtree(folder)
            continue
        different += 1
        own = {k: v for k, v in json.load(open(f"{folder}/job.yaml")).items()
               if BASE.get(k) != v and k not in ("column_types", "compatibility", "training_frame", "ignored_columns")}
        print(f"case {number}: {problem}\n  {json.dumps(own)}\n  {folder}", flush=True)
    print(f"{len(numbers) - different} of {len(numbers)} agree")
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main(run, port=54741)
