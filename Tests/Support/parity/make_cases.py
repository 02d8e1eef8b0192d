#!/usr/bin/env python3
"""Trains on public tables in H2O 3.46.0.12 in its reproducible mode and stores all results.

    python3 make_cases.py FOLDER [NAME...]            (needs `pip install h2o pandas pyyaml`, Java 17)
    python3 make_cases.py FOLDER --tables [NAME...]   writes the tables only (needs pandas)

Writes FOLDER/NAME/{job.yaml,train.csv,test.csv,golden.json.gz}; `cases` beside this file was created this way. The seed
determines initial weights and row order, so an implementation of H2O's generator gets the same numbers without other
state. `ParityTests` trains the same jobs and compares the results. README.md lists the origin of the tables.
"""
import gzip, json, os, sys, warnings

import numpy as np, pandas as pd

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = f"{HERE}/data"
SAMPLES = f"{HERE}/../../../Spool/samples"
VERSION = "3.46.0.12"
COMMON = dict(reproducible=True, variable_importances=True, export_weights_and_biases=True, seed=20260)


def numbered(name, prefix, response, **options):
    """Reads a table without header whose last column is the response."""
    table = pd.read_csv(f"{DATA}/{name}.csv", header=None, **options)
    table.columns = [f"{prefix}{index}" for index in range(table.shape[1] - 1)] + [response]
    return table


def prostate():
    table = pd.read_csv(f"{SAMPLES}/prostate.csv").drop(columns="ID")
    table["CAPSULE"] = table.CAPSULE.map({0: "no", 1: "yes"})
    for column, prefix in (("RACE", "r"), ("DPROS", "d"), ("DCAPS", "c")):
        table[column] = prefix + table[column].astype(str)
    return table


def iris():
    return pd.read_csv(f"{SAMPLES}/iris.csv")


def german():
    table = numbered("german", "a", "risk")
    table.columns = [f"a{index}" for index in range(1, 21)] + ["risk"]
    table["risk"] = table.risk.map({1: "good", 2: "bad"})
    return table


def horse():
    table = pd.read_csv(f"{DATA}/horse-colic.csv", header=None, na_values="?")
    table.columns = [f"h{index}" for index in range(1, 29)]
    table = table[["h1", "h4", "h5", "h6", "h7", "h8", "h11", "h16", "h19", "h20", "h24"]].copy()
    for column in ("h1", "h7", "h8", "h11"):
        table[column] = table[column].map(lambda value: np.nan if pd.isna(value) else "k%d" % value)
    table["h24"] = table.h24.map({1: "yes", 2: "no"})
    return table


def wine():
    return numbered("winequality-white", "w", "quality").iloc[:1200]


def sonar():
    return numbered("sonar", "s", "kind")


def pima():
    table = numbered("pima-indians-diabetes", "p", "onset")
    table["onset"] = table.onset.map({0: "neg", 1: "pos"})
    return table


def counts():
    """Returns artificial Poisson counts with weights and missing values. The order of the draws matters."""
    random, rows = np.random.default_rng(7), 600
    numbers = random.normal(size=(rows, 5))
    group = random.choice(list("abcdefgh"), rows)
    mean = np.exp(0.4 * numbers[:, 0] - 0.3 * numbers[:, 1] + (group == "c") * 0.8)
    table = pd.DataFrame(numbers.round(5), columns=list("uvwxz"))
    table["g"] = group
    table["events"] = random.poisson(mean)
    table["expo"] = random.uniform(0.1, 1.5, rows).round(4)
    table["wt"] = random.choice([1, 1, 1, 2, 3], rows)
    table["wf"] = random.uniform(0.2, 3, rows).round(3)
    table.loc[random.uniform(size=rows) < 0.05, "u"] = np.nan
    table.loc[random.uniform(size=rows) < 0.05, "g"] = None
    return table


# Name, table, response (None for an autoencoder), parameters.
CASES = [
    ("default_iris", iris, "Species", {}),
    ("default_prostate", prostate, "CAPSULE", {}),
    ("rwd_sonar", sonar, "kind",
     dict(activation="rectifier_with_dropout", hidden=[40, 30], input_dropout_ratio=0.2)),
    ("momentum_pima", pima, "onset",
     dict(adaptive_rate=False, rate=0.01, rate_decay=0.9, rate_annealing=1e-5, momentum_start=0.5,
          momentum_stable=0.9, momentum_ramp=2000)),
    ("l1l2_german", german, "risk", dict(l1=1e-4, l2=1e-3, max_w2=5.0, hidden=[25, 15])),
    ("missing_horse", horse, "h24", dict(hidden=[20, 10])),
    ("poisson", counts, "events",
     dict(distribution="poisson", hidden=[15, 10], ignored_columns=["expo", "wt", "wf"])),
    ("weights_fraction", counts, "events",
     dict(weights_column="wf", hidden=[12], ignored_columns=["expo", "wt"])),
    ("balance", prostate, "CAPSULE", dict(balance_classes=True, max_after_balance_size=2.0, hidden=[15])),
    ("early_stop", wine, "quality",
     dict(hidden=[20], epochs=200, stopping_rounds=3, stopping_metric="rmse", stopping_tolerance=0.01)),
    ("cv_modulo", pima, "onset",
     dict(nfolds=3, fold_assignment="modulo", hidden=[10], epochs=5, keep_cross_validation_predictions=True)),
    ("ae_tanh", wine, None, dict(autoencoder=True, activation="tanh", hidden=[6])),
]


def write_tables(table, folder):
    """Writes both tables, with a fifth of the rows, drawn with a fixed seed, for testing; returns the column types."""
    rows = len(table)
    table = table.iloc[np.random.default_rng(5).permutation(rows)].reset_index(drop=True)
    os.makedirs(folder, exist_ok=True)
    table.iloc[: rows - rows // 5].to_csv(f"{folder}/train.csv", index=False)
    table.iloc[rows - rows // 5:].to_csv(f"{folder}/test.csv", index=False)
    return {column: "real" if pd.api.types.is_numeric_dtype(table[column]) else "enum" for column in table.columns}


def frame(table):
    return table.as_data_frame(use_multi_thread=False)


def records(table):
    return json.loads(table.to_json(orient="values"))


def metrics(found):
    """Returns the scalar metrics of H2O, and the confusion matrix as text."""
    if found is None:
        return None
    values = found._metric_json
    kept = {key: value for key, value in values.items()
            if isinstance(value, (int, float)) and not isinstance(value, bool)}
    matrix = values.get("cm")
    kept["cm"] = [list(map(str, row)) for row in matrix["table"].cell_values] if matrix else []
    return kept


def train(response, parameters, types, folder):
    import h2o
    from h2o.estimators import H2OAutoEncoderEstimator, H2ODeepLearningEstimator

    train_table = h2o.import_file(f"{folder}/train.csv", header=1, col_types=types)
    test_table = h2o.import_file(f"{folder}/test.csv", header=1, col_types=types)
    settings = {key: value for key, value in parameters.items() if key not in ("autoencoder", "ignored_columns")}
    left_out = {response, parameters.get("weights_column"), *parameters.get("ignored_columns", [])}
    predictors = [column for column in types if column not in left_out]
    if response is None:
        model = H2OAutoEncoderEstimator(**settings)
        model.train(x=predictors, training_frame=train_table)
    else:
        model = H2ODeepLearningEstimator(**settings)
        model.train(x=predictors, y=response, training_frame=train_table,
                    validation_frame=None if parameters.get("nfolds") else test_table)
    return model, test_table


def golden(model, test_table, response, parameters):
    output = model._model_json["output"]
    layers = range(len(model.actual_params["hidden"] or []) + 1)
    predictions = frame(model.predict(test_table))
    summary, history = output["model_summary"].as_data_frame(), model.scoring_history()
    result = {
        "h2o": VERSION,
        "weights": [frame(model.weights(layer)).values.astype(float).tolist() for layer in layers],
        "biases": [frame(model.biases(layer)).values.ravel().astype(float).tolist() for layer in layers],
        "predictions": {"columns": list(predictions.columns), "rows": records(predictions)},
        "training_metrics": metrics(output["training_metrics"]),
        "validation_metrics": metrics(output["validation_metrics"]),
        "cross_validation_metrics": metrics(output["cross_validation_metrics"]),
        "scoring_history": json.loads(history.to_json(orient="split")) if history is not None else None,
        "variable_importances": model.varimp() if response is not None else None,
        "model_summary": {"columns": list(map(str, summary.columns)), "rows": records(summary)},
        "default_threshold": output.get("default_threshold"),
    }
    if response is None:
        result["anomaly"] = frame(model.anomaly(test_table)).values.ravel().tolist()
        result["deepfeatures0"] = frame(model.deepfeatures(test_table, 0)).values.tolist()
    if parameters.get("keep_cross_validation_predictions"):
        result["cv_holdout"] = records(frame(model.cross_validation_holdout_predictions()))
    return result


def job(response, parameters, types):
    """Returns the job for deepspool."""
    keys = {"training_frame": "train.csv"}
    if response is not None and not parameters.get("nfolds"):
        keys["validation_frame"] = "test.csv"
    if response is not None:
        keys["response_column"] = response
    return keys | parameters | {"compatibility": "h2o-3.46", "column_types": types}


def make(case, folder):
    import yaml

    name, make_table, response, own = case
    parameters = COMMON | own
    types = write_tables(make_table(), folder)
    model, test_table = train(response, parameters, types, folder)
    with gzip.open(f"{folder}/golden.json.gz", "wt") as file:
        json.dump(golden(model, test_table, response, parameters), file)
    with open(f"{folder}/job.yaml", "w") as file:
        yaml.safe_dump(job(response, parameters, types), file, sort_keys=False)
    print("made", name, flush=True)


def main():
    warnings.simplefilter("ignore")
    folder, names = sys.argv[1], [name for name in sys.argv[2:] if name != "--tables"]
    chosen = [case for case in CASES if not names or case[0] in names]
    if "--tables" in sys.argv:
        for name, make_table, _, _ in chosen:
            write_tables(make_table(), f"{folder}/{name}")
        return
    import h2o

    h2o.init(nthreads=1, max_mem_size="4G", port=54701, verbose=False)
    h2o.no_progress()
    for case in chosen:
        make(case, f"{folder}/{case[0]}")
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
