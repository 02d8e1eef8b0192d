#!/usr/bin/env python3
"""Trains small cases in H2O 3.46.0.12 in its reproducible mode and stores all results.

    python3 make_cases.py [NAME...]       (needs `pip install h2o pandas numpy`, Java 17)

Writes the artificial tables train.csv and test.csv beside this file, always with the same content. Writes
cases/NAME.json.gz with the job for deepspool and with H2O's weights, predictions, metrics, scoring history and
importances. `GoldenCasesTests` trains the same jobs under `compatibility: h2o-3.46` and compares the results. The seed
determines initial weights and row order, so no other state is passed on.
"""
import gzip, json, math, os, sys, warnings

warnings.simplefilter("ignore")
import h2o, numpy as np, pandas as pd
from h2o.estimators import H2OAutoEncoderEstimator as AE, H2ODeepLearningEstimator as DL

HERE = os.path.dirname(os.path.abspath(__file__))
PREDICTORS = ["n1", "n2", "n3", "c1", "c2", "one"]
TYPES = dict(n1="real", n2="real", n3="real", c1="enum", c2="enum", one="real", y2="enum", y3="enum", yr="real",
             yc="real", yp="real", w="real", w01="real", o="real", f="real")
BASE = dict(reproducible=True, export_weights_and_biases=True, seed=4711, hidden=[6, 4], epochs=4)


def add_responses(d, eta, threshold, random):
    """Adds one response of each kind, derived from `eta`, with weights, offsets and folds."""
    n = len(d)
    d["y2"] = np.where(eta + random.logistic(size=n) * .5 > threshold, "yes", "no")
    d["y3"] = np.where(eta + random.normal(size=n) * .4 > .5, "x", np.where(d.n3 + random.normal(size=n) > .3, "y", "z"))
    d["yr"] = (3 * eta + random.normal(size=n) + 20).round(4)
    d["yc"] = random.poisson(np.exp(.5 * eta))
    d["yp"] = np.exp(.4 * eta + random.normal(size=n) * .3).round(4)
    d["w"] = random.uniform(.2, 3, n).round(3)
    d["w01"] = (random.uniform(size=n) < .8).astype(int)
    d["o"] = (random.normal(size=n) * .5).round(3)
    d["f"] = random.integers(1, 4, n)


def tables():
    """Returns a table of numbers and levels, both with missing values, responses, weights, offsets and folds."""
    random = np.random.default_rng(11)
    n = 300
    d = pd.DataFrame(dict(n1=random.normal(size=n).round(4), n2=random.gamma(2, 2, n).round(3),
                          n3=np.where(random.uniform(size=n) < .5, 0, random.normal(size=n).round(3))))
    d["c1"] = random.choice(list("abcdefgh"), n, p=[.25, .2, .15, .12, .1, .08, .06, .04])
    d["c2"] = random.choice(["low", "mid", "top"], n)
    d["one"] = 7
    eta = .6 * d.n1 - .2 * d.n2 + .5 * d.n3 + (d.c1 == "b") * .9 + (d.c2 == "top") * .7
    add_responses(d, eta, .2, random)
    d.loc[random.uniform(size=n) < .07, "n2"] = np.nan
    d.loc[random.uniform(size=n) < .07, "c1"] = None
    return d.iloc[:240], d.iloc[240:]


CASES = {}


def case(name, response, **parameters):
    """Adds a case of one training, or of two with `before`."""
    assert name not in CASES, name
    CASES[name] = dict(response=response, parameters=parameters)


DISTRIBUTIONS = dict(bernoulli="y2", multinomial="y3", gaussian="yr", laplace="yr", quantile="yr", huber="yr",
                     poisson="yc", gamma="yp", tweedie="yc")
ACTIVATIONS = ["Tanh", "TanhWithDropout", "Rectifier", "RectifierWithDropout", "Maxout", "MaxoutWithDropout",
               "ExpRectifier", "ExpRectifierWithDropout"]
for distribution, response in DISTRIBUTIONS.items():
    for activation in ACTIVATIONS:
        case(f"{distribution}_{activation}", response, distribution=distribution, activation=activation)
for activation in ["Tanh", "TanhWithDropout", "Rectifier", "RectifierWithDropout", "ExpRectifier"]:
    case(f"autoencoder_{activation}", None, activation=activation)
for loss in ["Quadratic", "Absolute", "Huber", "Quantile"]:
    case(f"autoencoder_loss_{loss}", None, activation="Tanh", loss=loss)
    case(f"regression_loss_{loss}", "yr", loss=loss)
case("autoencoder_denoising", None, activation="Tanh", input_dropout_ratio=.2)
case("autoencoder_sparse", None, activation="Tanh", sparsity_beta=.5, average_activation=.1)
case("autoencoder_sparse_dropout", None, activation="RectifierWithDropout", hidden_dropout_ratios=[.3, .2],
     sparsity_beta=.3, average_activation=.05)
case("autoencoder_sparse_elastic", None, activation="Tanh", sparsity_beta=.3, average_activation=.05,
     elastic_averaging=True)
case("autoencoder_sparse_rectifier", None, activation="Rectifier", sparsity_beta=1e-2, average_activation=.2, epochs=2)
case("classification_quadratic", "y3", loss="Quadratic")
case("quantile_alpha", "yr", distribution="quantile", quantile_alpha=.8)
case("huber_alpha", "yr", distribution="huber", huber_alpha=.6)
case("tweedie_power", "yc", distribution="tweedie", tweedie_power=1.2)
# regularization
case("l1_l2", "y2", l1=1e-3, l2=1e-3)
case("max_w2", "yr", max_w2=.8)
case("max_w2_maxout", "yr", max_w2=.8, activation="Maxout")
case("max_w2_many_inputs", "yr", max_w2=.5, activation="Rectifier", hidden=[12, 9])
case("input_dropout", "y3", input_dropout_ratio=.15)
case("hidden_dropout_ratios", "y2", activation="RectifierWithDropout", hidden_dropout_ratios=[.3, .1])
# update rules
case("rho_epsilon", "yr", rho=.95, epsilon=1e-6)
case("rate", "y2", adaptive_rate=False, rate=.01, rate_annealing=1e-3, rate_decay=.8)
case("momentum", "yr", adaptive_rate=False, rate=.002, momentum_start=.5, momentum_stable=.9, momentum_ramp=500)
case("momentum_without_nesterov", "y3", adaptive_rate=False, rate=.005, momentum_start=.4, momentum_stable=.4,
     nesterov_accelerated_gradient=False)
case("fast_mode_off", "y2", fast_mode=False)
case("fast_mode_off_rate", "y2", fast_mode=False, adaptive_rate=False, rate=.01, l1=1e-4)
case("mini_batch_size", "y2", mini_batch_size=32)
case("elastic_averaging", "yr", elastic_averaging=True)
case("elastic_averaging_rates", "y2", elastic_averaging=True, elastic_averaging_moving_rate=.6,
     elastic_averaging_regularization=.02)
case("elastic_averaging_momentum", "y3", elastic_averaging=True, elastic_averaging_moving_rate=.5, adaptive_rate=False,
     rate=.01, momentum_start=.5, momentum_stable=.9, momentum_ramp=100, epochs=6)
case("elastic_averaging_empty_iterations", "y2", elastic_averaging=True, train_samples_per_iteration=1, epochs=.2,
     variable_importances=False)
# iterations and row order
case("shuffle", "y2", shuffle_training_data=True, train_samples_per_iteration=480)
case("samples_per_iteration_100", "yr", train_samples_per_iteration=100)
case("samples_per_iteration_700", "y3", train_samples_per_iteration=700, epochs=6)
case("samples_per_iteration_0", "y2", train_samples_per_iteration=0)
case("epochs_fraction", "y2", epochs=.4)
case("epochs_0", "y3", epochs=0)
case("cluster_settings", "y2", force_load_balance=False, single_node_mode=True, replicate_training_data=False,
     target_ratio_comm_to_comp=.2)
# network
case("no_hidden_layer", "y3", hidden=[])
case("three_hidden_layers", "yr", hidden=[5, 4, 3], activation="Tanh")
case("uniform_weights", "y2", initial_weight_distribution="Uniform", initial_weight_scale=.4)
case("normal_weights", "yr", initial_weight_distribution="Normal", initial_weight_scale=.3)
case("initial_weights", "y2", hidden=[3], given_weights=[3, 2])
# data
case("skip_missing", "y2", missing_values_handling="Skip")
case("without_first_level", "y2", use_all_factor_levels=False)
case("not_standardized", "yr", standardize=False, epochs=2)
case("constant_columns_kept", "y2", ignore_const_cols=False)
case("ignored_columns", "y2", ignored_columns=["n1", "c2"])
case("weights_01", "yr", weights_column="w01")
# With a gains/lift table H2O never ends here: its quantile of fractional weights loops forever.
case("weights_binomial", "y2", weights_column="w", gainslift_bins=0)
case("weights_01_binomial", "y2", weights_column="w01")
case("weights_skip", "y2", weights_column="w", missing_values_handling="Skip")
case("weights_skip_binary", "y2", weights_column="w", missing_values_handling="Skip", categorical_encoding="Binary")
case("offset", "yr", offset_column="o")
case("offset_poisson", "yc", offset_column="o", distribution="poisson")
case("offset_and_weights", "yr", offset_column="o", weights_column="w")
case("balance_factors", "y3", balance_classes=True, class_sampling_factors=[1., 2., .5])
case("balance_weights_skip", "y3", balance_classes=True, weights_column="w01", missing_values_handling="Skip",
     max_after_balance_size=.5)
case("balance_weights", "y2", balance_classes=True, weights_column="w01", max_after_balance_size=3.)
case("sparse", "y2", sparse=True)
case("sparse_numeric", "yr", sparse=True, ignored_columns=["c1", "c2"])
case("sparse_autoencoder_data", None, sparse=True, activation="Tanh", epochs=2)
# With more than sixteen numbers H2O's sparse rows have spare slots even if no number is zero.
case("sparse_autoencoder_many_inputs", None, tables="nineteen numbers more, hardly one of them zero", sparse=True, activation="Tanh",
     input_dropout_ratio=.1, adaptive_rate=False, rate=.005, rate_annealing=1e-6, rate_decay=.8, overwrite_with_best_model=False)
case("sparse_many_inputs", "y3", tables="nineteen numbers more, hardly one of them zero", sparse=True, ignored_columns=["c1", "c2"])
case("hashing", "y2", max_categorical_features=5, variable_importances=False, export_weights_and_biases=False)
case("hashing_without_first_level", "yr", max_categorical_features=4, variable_importances=False,
     export_weights_and_biases=False, use_all_factor_levels=False)
for encoding in ["LabelEncoder", "Binary", "SortByResponse", "EnumLimited", "OneHotInternal"]:
    case(f"encoding_{encoding}", "y2", categorical_encoding=encoding)
# scoring and stopping
case("stopping_rmse", "yr", epochs=60, stopping_rounds=2, stopping_metric="RMSE", stopping_tolerance=.02)
case("stopping_auc", "y2", epochs=60, stopping_rounds=2, stopping_metric="AUC", stopping_tolerance=.01)
case("stopping_misclassification", "y3", epochs=60, stopping_rounds=3, stopping_metric="misclassification",
     stopping_tolerance=.05)
case("stopping_mean_per_class_error", "y3", epochs=60, stopping_rounds=2, stopping_metric="mean_per_class_error",
     stopping_tolerance=.05)
case("stopping_lift", "y2", epochs=40, stopping_rounds=2, stopping_metric="lift_top_group", stopping_tolerance=.05)
case("stopping_aucpr", "y2", epochs=40, stopping_rounds=2, stopping_metric="AUCPR", stopping_tolerance=.02)
case("stopping_mae", "yr", epochs=40, stopping_rounds=2, stopping_metric="MAE", stopping_tolerance=.05)
case("stopping_rmsle", "yp", epochs=40, stopping_rounds=2, stopping_metric="RMSLE", stopping_tolerance=.02)
case("stopping_mse", "y3", epochs=40, stopping_rounds=2, stopping_metric="MSE", stopping_tolerance=.05)
case("stopping_deviance", "yc", epochs=40, stopping_rounds=2, stopping_metric="deviance", stopping_tolerance=.02,
     distribution="poisson")
case("classification_stop", "y2", epochs=40, classification_stop=.25)
case("regression_stop", "yr", epochs=40, regression_stop=3.)
case("last_model_kept", "y2", epochs=15, overwrite_with_best_model=False)
case("score_samples", "y2", score_training_samples=100, score_validation_samples=40)
case("score_validation_stratified", "y2", balance_classes=True, score_validation_sampling="Stratified")
case("score_validation_stratified_limit", "y3", balance_classes=True, score_validation_sampling="Stratified",
     score_validation_samples=30)
case("score_settings", "y2", score_interval=.1, score_duty_cycle=.5, score_each_iteration=True)
# output
for average in ["MACRO_OVR", "WEIGHTED_OVR", "MACRO_OVO", "WEIGHTED_OVO"]:
    case(f"auc_type_{average}", "y3", auc_type=average)
case("gainslift_bins", "y2", gainslift_bins=5)
case("gainslift_weights", "y2", gainslift_bins=3, weights_column="w", missing_values_handling="Skip")
case("quiet", "yr", quiet_mode=True, diagnostics=False, variable_importances=False, max_confusion_matrix_size=2)
# cross-validation
case("cv_random", "y2", nfolds=3, keep_cross_validation_predictions=True)
case("cv_stratified", "y3", nfolds=3, fold_assignment="Stratified", keep_cross_validation_predictions=True)
case("cv_modulo_regression", "yr", nfolds=4, fold_assignment="Modulo", keep_cross_validation_predictions=True)
case("cv_fold_column", "yr", fold_column="f", keep_cross_validation_predictions=True)
case("cv_weights", "y2", nfolds=3, fold_assignment="Modulo", weights_column="w", gainslift_bins=0,
     keep_cross_validation_predictions=True)
case("cv_weights_01", "y3", nfolds=3, weights_column="w01", keep_cross_validation_predictions=True)
case("cv_stratified_counts", "yc", nfolds=3, fold_assignment="Stratified", keep_cross_validation_predictions=True)
case("cv_poisson_offset", "yc", nfolds=3, fold_assignment="Modulo", distribution="poisson", offset_column="o",
     keep_cross_validation_predictions=True)
case("cv_without_stopping", "y2", nfolds=3, fold_assignment="Modulo", stopping_rounds=0,
     keep_cross_validation_predictions=True, keep_cross_validation_models=False,
     keep_cross_validation_fold_assignment=True)
# restarts
case("checkpoint", "y2", before=dict(epochs=2), epochs=5)
case("checkpoint_last_model", "yr", before=dict(epochs=2, overwrite_with_best_model=False),
     overwrite_with_best_model=False, epochs=5)
case("checkpoint_changed_penalty", "y3", before=dict(epochs=2), epochs=4, l1=1e-4, l2=1e-3, seed=99)
case("checkpoint_elastic", "yr", before=dict(epochs=2), epochs=4, elastic_averaging=True,
     elastic_averaging_moving_rate=.5, train_samples_per_iteration=100)
case("checkpoint_elastic_momentum", "y2", before=dict(epochs=2), epochs=4, elastic_averaging=True,
     elastic_averaging_moving_rate=.7, adaptive_rate=False, rate=.01, momentum_start=.5, momentum_stable=.9)
case("checkpoint_autoencoder", None, before=dict(epochs=2), epochs=4)
# The factors take so few rows that the first draw lacks a class.
case("balance_second_draw", "y3", balance_classes=True, class_sampling_factors=[.02, .02, .02], epochs=20, seed=5)
# One class is never drawn, no matter how often H2O repeats the draw.
case("balance_zero_factor", "y2", balance_classes=True, class_sampling_factors=[0., 1.], gainslift_bins=0)
case("score_sample_of_nobody", "yr", score_training_samples=1, score_validation_samples=1)
case("limited_levels_in_ties", "yr", tables="eighteen equally frequent levels", categorical_encoding="EnumLimited")
case("limited_levels_of_one_row", "y2", tables="four frequent levels and eight of one row", categorical_encoding="EnumLimited")
case("unknown_classes", "y3", tables="y3 with a class that only the test table has", epochs=20, stopping_rounds=2)
case("unknown_classes_weights", "y3", tables="y3 with a class that only the test table has", weights_column="w")
case("hit_ratios_weights", "y3", weights_column="w")
case("pretrained_autoencoder", "y2", before=dict(autoencoder=True, activation="Rectifier"), activation="Rectifier")


def frame_of(path):
    return h2o.import_file(path, header=1, col_types=TYPES)


def nineteen_numbers(table, name):
    random = np.random.default_rng(len(name))
    more = {f"m{i}": random.uniform(-1, 1, len(table)).round(2) for i in range(19)}
    return table.assign(**more)


CHANGES = {
    "nineteen numbers more, hardly one of them zero": nineteen_numbers,
    "eighteen equally frequent levels": lambda table, name: table.assign(
        c1=[f"l{row * 7 % 18:02d}" for row in range(len(table))]),
    "four frequent levels and eight of one row": lambda table, name: table.assign(
        c1=[f"s{row}" if row < 8 else f"l{row % 4}" for row in range(len(table))]),
    "y3 with a class that only the test table has": lambda table, name: table.assign(
        y3=[f"new{row % 2}" if name == "test.csv" and row % 9 == 4 else label for row, label in enumerate(table.y3)]),
}


def changed_tables(change):
    """Returns both tables with a change, as text and as H2O frames."""
    files, frames = {}, []
    for name in ("train.csv", "test.csv"):
        files[name] = CHANGES[change](pd.read_csv(f"{HERE}/{name}", float_precision="round_trip"), name).to_csv(index=False)
        path = f"/tmp/make_cases_{name}"
        open(path, "w").write(files[name])
        frames.append(frame_of(path))
    return files, frames


def given_weights(parameters):
    """Returns initial weights and biases for `hidden: [3]`, as H2O frames and as text."""
    random = np.random.default_rng(5)
    sizes, inputs = parameters.pop("given_weights"), 9 + 4 + 3
    frames, files = dict(initial_weights=[], initial_biases=[]), {}
    for layer, units in enumerate(sizes):
        for key, columns in (("initial_weights", inputs), ("initial_biases", 1)):
            table = pd.DataFrame(random.normal(size=(units, columns)).round(4) * .3,
                                 columns=[f"C{i + 1}" for i in range(columns)])
            files[f"{key}_{layer}.csv"] = table.to_csv(index=False)
            frames[key].append(h2o.H2OFrame(table))
        inputs = units
    return frames, files


def train(response, parameters, train_frame, valid_frame, earlier=None):
    parameters = dict(BASE, **parameters)
    is_autoencoder = parameters.pop("autoencoder", False) or response is None
    ignored = parameters.pop("ignored_columns", [])
    activation = parameters.pop("activation", None)
    predictors = [c for c in PREDICTORS if c not in ignored] + [c for c in train_frame.columns if c[0] == "m"]
    model = (AE if is_autoencoder else DL)(**parameters)
    if activation:
        # The Python client does not support ExpRectifier, but the server does.
        model._parms["activation"] = activation
    if earlier is not None:
        model._parms["checkpoint" if earlier[0] == "checkpoint" else "pretrained_autoencoder"] = earlier[1].model_id
    if is_autoencoder:
        model.train(x=predictors, training_frame=train_frame)
    else:
        crosses = parameters.get("nfolds") or parameters.get("fold_column")
        model.train(x=predictors, y=response, training_frame=train_frame,
                    validation_frame=None if crosses else valid_frame)
    return model


def numbers(metrics):
    if metrics is None:
        return None
    found = metrics._metric_json
    return {k: v for k, v in found.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}


def rounded(value):
    """Rounds to nine digits: more precise than the tolerances, and small files."""
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.9g}")
    if isinstance(value, (list, tuple)):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


def rows(frame):
    return json.loads(frame.as_data_frame(use_multi_thread=False).to_json(orient="values", double_precision=15))


def job_of(response, parameters, uses_validation):
    job = dict(training_frame="train.csv", compatibility="h2o-3.46")
    job["column_types"] = TYPES
    if uses_validation:
        job["validation_frame"] = "test.csv"
    if response:
        job["response_column"] = response
    else:
        job["autoencoder"] = True
    roles = [parameters.get(k) for k in ("weights_column", "offset_column", "fold_column")]
    ignored = [c for c in TYPES if c not in PREDICTORS and c != response and c not in roles]
    merged = dict(BASE, **parameters)
    merged["ignored_columns"] = ignored + merged.get("ignored_columns", [])
    return job | merged


def run(name, train_frame, test_frame):
    response, parameters = CASES[name]["response"], dict(CASES[name]["parameters"])
    files, jobs, earlier = {}, [], None
    frames = {}
    if "tables" in parameters:
        files, (train_frame, test_frame) = changed_tables(parameters.pop("tables"))
    if "given_weights" in parameters:
        frames, files = given_weights(parameters)
    before = parameters.pop("before", None)
    if before is not None:
        is_pretraining = before.pop("autoencoder", False)
        first = dict(parameters, **before)
        model = train(None if is_pretraining else response, first, train_frame, test_frame)
        jobs.append(job_of(None if is_pretraining else response, first, response is not None and not is_pretraining))
        earlier = ("pretrained_autoencoder" if is_pretraining else "checkpoint", model)
    model = train(response, dict(parameters, **frames), train_frame, test_frame, earlier)
    crosses = bool(parameters.get("nfolds") or parameters.get("fold_column"))
    job = job_of(response, parameters, response is not None and not crosses)
    if earlier:
        job[earlier[0]] = "previous"
    for key in frames:
        job[key] = [f"{key}_{layer}.csv" for layer in range(len(frames[key]))]
    jobs.append(job)
    keep(name, jobs, files, outcome(model, response, parameters, test_frame))


def keep(name, jobs, files, golden):
    text = json.dumps(dict(jobs=jobs, files=files, golden=golden), separators=(",", ":"))
    with gzip.GzipFile(f"{HERE}/cases/{name}.json.gz", "wb", mtime=0) as file:
        file.write(text.encode())


def outcome(model, response, parameters, test_frame):
    """Returns all results of a model with nine digits."""
    output = model._model_json["output"]
    golden = dict(training_metrics=numbers(output["training_metrics"]),
                  validation_metrics=numbers(output["validation_metrics"]),
                  cross_validation_metrics=numbers(output["cross_validation_metrics"]),
                  scoring_history=json.loads(model.scoring_history().to_json(orient="split", double_precision=15)))
    summary = output["model_summary"]
    golden["model_summary"] = dict(columns=summary.col_header, rows=summary.cell_values)
    prediction = model.predict(test_frame)
    golden["predictions"] = dict(columns=prediction.columns, rows=rows(prediction))
    merged = dict(BASE, **parameters)
    if merged["export_weights_and_biases"]:
        layers = len(merged["hidden"]) + 1
        golden["weights"] = [rows(model.weights(i)) for i in range(layers)]
        golden["biases"] = [[r[0] for r in rows(model.biases(i))] for i in range(layers)]
    if response == "y2" and merged.get("gainslift_bins") != 0:
        # The value is NaN if a group has less weight than one row.
        golden["gains_lift"] = [[float(v) for v in r] for r in model.gains_lift().cell_values]
    if response == "y3" and hasattr(model, "hit_ratio_table"):
        golden["hit_ratios"] = [row[1] for row in model.hit_ratio_table().cell_values]
    if response is None:
        golden["anomaly"] = [r[0] for r in rows(model.anomaly(test_frame))]
        if merged["hidden"]:
            golden["deepfeatures0"] = rows(model.deepfeatures(test_frame, 0))
    elif parameters.get("variable_importances", True):
        golden["variable_importances"] = model.varimp()
    if parameters.get("keep_cross_validation_predictions"):
        golden["cv_holdout"] = rows(model.cross_validation_holdout_predictions())
        summary = output["cross_validation_metrics_summary"].as_data_frame()
        golden["cv_summary"] = json.loads(summary.to_json(orient="values", double_precision=15))
    return rounded(golden)


def main():
    os.makedirs(f"{HERE}/cases", exist_ok=True)
    for name, table in zip(("train", "test"), tables()):
        table.to_csv(f"{HERE}/{name}.csv", index=False)
    h2o.init(nthreads=1, max_mem_size="3G", port=int(os.environ.get("H2O_PORT", 54731)), verbose=False)
    h2o.no_progress()
    for name in sys.argv[1:] or CASES:
        try:
            # Tables are read again for each case, because H2O sets weights of rows with missing values to 0.
            run(name, frame_of(f"{HERE}/train.csv"), frame_of(f"{HERE}/test.csv"))
            h2o.remove_all()
            print("ok", name, flush=True)
        except Exception as error:
            print("FAILED", name, str(error).strip()[:400].replace("\n", " | "), flush=True)
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
