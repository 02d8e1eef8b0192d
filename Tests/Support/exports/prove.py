"""Verifies exports: trains models with deepspool, scores raw rows with H2O's MOJO reader and with onnxruntime.

    python3 Tests/Support/exports/prove.py DEEPSPOOL_BINARY [NAME...]

Needs `pip install h2o onnx onnxruntime pandas numpy` and Java. Without names on the command
line, it writes proof.json beside this file: for each model the largest difference of H2O and onnxruntime from
`deepspool predict`. Differences are absolute for probabilities; for other numbers they are relative to their range or
size if that exceeds 1. The limits are 1e-6 for H2O and 1e-5 for onnxruntime.
"""

import json, os, pathlib, shutil, subprocess, sys, tempfile
import numpy as np, pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
BASE = {"training_frame": str(GOLDEN / "train.csv"), "hidden": [16, 8], "epochs": 8, "seed": 7,
        "exports": ["mojo", "onnx"], "ignored_columns": ["w", "w01", "o", "f"]}
RESPONSES = {"y2": "enum", "y3": "enum", "yr": "real", "yc": "real", "yp": "real"}
CASES = {}


def case(name, response, **more):
    """Adds a model of `response` (None: an autoencoder); the other responses are not predictors."""
    job = {**BASE, **more}
    job["ignored_columns"] = [c for c in BASE["ignored_columns"] + list(RESPONSES) + more.get("ignored_columns", [])
                              if c not in (response, more.get("offset_column"), more.get("weights_column"))]
    if response:
        job["response_column"] = response
        job["column_types"] = {response: RESPONSES[response]}
    else:
        job["autoencoder"] = True
    CASES[name] = job


DISTRIBUTIONS = {"bernoulli": "y2", "multinomial": "y3", "gaussian": "yr", "laplace": "yr", "quantile": "yr", "huber": "yr",
                 "poisson": "yc", "gamma": "yp", "tweedie": "yc"}
for distribution, response in DISTRIBUTIONS.items():
    for activation in ["Rectifier", "TanhWithDropout", "MaxoutWithDropout", "ExpRectifier"]:
        case(f"{distribution}_{activation}", response, distribution=distribution, activation=activation)
for activation in ["Rectifier", "Tanh", "ExpRectifier"]:
    case(f"autoencoder_{activation}", None, activation=activation)
case("autoencoder_numbers", None, activation="Tanh", ignored_columns=["c1", "c2"])
for response in ["y2", "y3"]:
    case(f"balanced_{response}", response, balance_classes=True)
    case(f"not_all_levels_{response}", response, use_all_factor_levels=False)
    case(f"no_hidden_layer_{response}", response, hidden=[])
    case(f"exact_{response}", response, compatibility="h2o-3.46", activation="Maxout")
case("exact_yr", "yr", compatibility="h2o-3.46", standardize=False)
case("exact_autoencoder", None, compatibility="h2o-3.46", activation="Tanh")
case("not_standardized", "yr", standardize=False, activation="Tanh")
case("sparse", "yr", sparse=True)
case("hashed", "y2", max_categorical_features=5)
case("hashed_exact", "y2", max_categorical_features=5, use_all_factor_levels=False, compatibility="h2o-3.46",
     variable_importances=False)
for encoding in ["Binary", "Eigen", "LabelEncoder", "SortByResponse", "EnumLimited"]:
    case(f"encoding_{encoding}", "y2", categorical_encoding=encoding)
case("weights", "yr", weights_column="w")
case("offset", "yr", offset_column="o")
case("offset_exact", "yr", offset_column="o", compatibility="h2o-3.46")
case("mini_batches", "y3", mini_batch_size=16)


def main(binary, wanted):
    import h2o, onnx, onnxruntime

    os.environ.pop("http_proxy", None)
    h2o.init(nthreads=1, max_mem_size="2g", port=54500, verbose=False)
    h2o.no_progress()
    results = {}
    work = pathlib.Path(tempfile.mkdtemp(prefix="prove"))
    try:
        for name, job in CASES.items():
            if wanted and name not in wanted:
                continue
            results[name] = prove(name, job, work / name, binary, h2o, onnx, onnxruntime)
            print(name, results[name], flush=True)
    finally:
        h2o.cluster().shutdown()
        shutil.rmtree(work, ignore_errors=True)
    if not wanted:
        (HERE / "proof.json").write_text(
            "{\n" + ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in results.items()) + "\n}\n")
    bad = {k: v for k, v in results.items()
           if not (v["mojo"] in ("refused",) or v["mojo"] <= 1e-6) or not (v["onnx"] in ("refused",) or v["onnx"] <= 1e-5)}
    if bad:
        sys.exit(f"above the limits: {bad}")
    print(f"{len(results)} models verified")


def prove(name, job, folder, binary, h2o, onnx, onnxruntime):
    folder.mkdir(parents=True)
    (folder / "job.yaml").write_text(json.dumps(job))
    subprocess.run([binary, "run", str(folder / "job.yaml"), "--output", str(folder / "result")], check=True,
                   capture_output=True)
    test = GOLDEN / "test.csv"
    ours_file = folder / "ours.csv"
    subprocess.run([binary, "predict", "--model", str(folder / "result"), "--frame", str(test), "--output", str(ours_file)],
                   check=True, capture_output=True)
    ours = pd.read_csv(ours_file)
    metrics = json.loads((folder / "result" / "metrics.json").read_text())
    result = {"mojo": "refused", "onnx": "refused"}
    is_classifier = metrics["model"]["category"] in ("Binomial", "Multinomial")
    numbers = ours.drop(columns=["predict"]) if is_classifier else ours
    frame = pd.read_csv(test, dtype=str, keep_default_na=False)

    if "file" in metrics["exports"].get("mojo", {}):
        mojo = folder / "result" / "model.mojo.zip"
        if name.endswith("autoencoder") or (name.startswith("autoencoder") and categorical_columns(mojo)):
            # H2O's cluster allocates one output per column and fails; its MOJO library does not.
            jar = next(pathlib.Path(h2o.__file__).parent.rglob("h2o.jar"))
            subprocess.run(["java", "-cp", str(jar), "hex.genmodel.tools.PredictCsv", "--mojo", str(mojo), "--input",
                            str(test), "--output", str(folder / "theirs.csv"), "--decimal"], check=True,
                           capture_output=True)
            scored = pd.read_csv(folder / "theirs.csv")
        else:
            model = h2o.import_mojo(str(mojo))
            types = {c: "enum" for c in categorical_columns(mojo)}
            scored = model.predict(h2o.import_file(str(test), col_types=types)).as_data_frame(use_multi_thread=False)
        theirs = scored.drop(columns=["predict"]) if is_classifier else scored
        result["mojo"] = difference(numbers.to_numpy(float), theirs.to_numpy(float))
        # The same archive, read back by deepspool.
        again = folder / "again.csv"
        subprocess.run([binary, "predict", "--model", str(mojo), "--frame", str(test), "--output", str(again)], check=True,
                       capture_output=True)
        back = pd.read_csv(again)
        back = back.drop(columns=["predict"]) if is_classifier else back
        result["read back"] = difference(numbers.to_numpy(float), back.to_numpy(float))
        if is_classifier:
            result["other labels"] = int((scored["predict"].astype(str) != ours["predict"].astype(str)).sum())
    if "file" in metrics["exports"].get("onnx", {}):
        path = folder / "result" / "model.onnx"
        onnx.checker.check_model(onnx.load(str(path)), full_check=True)
        session = onnxruntime.InferenceSession(str(path))
        feeds = {}
        for port in session.get_inputs():
            column = frame[port.name].replace(["NA", "NaN", "?"], "")
            feeds[port.name] = (column.to_numpy(object).reshape(-1, 1) if "string" in port.type
                                else pd.to_numeric(column).to_numpy(np.float64).reshape(-1, 1))
        outputs = dict(zip([o.name for o in session.get_outputs()], session.run(None, feeds)))
        key = "probabilities" if is_classifier else "predict" if "predict" in outputs else "reconstruction"
        result["onnx"] = difference(numbers.to_numpy(float), np.asarray(outputs[key], float))
    return result


def difference(ours, theirs):
    assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
    # An autoencoder reconstructs columns in their own units; single precision is relative to their range.
    scale = np.maximum(1, np.maximum(np.abs(ours), np.ptp(ours, axis=0)))
    return float(f"{np.nanmax(np.abs(ours - theirs) / scale):.2g}")


def categorical_columns(mojo):
    import zipfile
    text = zipfile.ZipFile(mojo).read("model.ini").decode()
    columns, domains = text.split("[columns]\n")[1].split("\n[domains]\n")
    names = columns.strip().split("\n")
    return [names[int(line.split(":")[0])] for line in domains.strip().split("\n") if line]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
