#!/usr/bin/env python3
"""Computes means and standard deviations of small columns in H2O 3.46.0.12, to the last bit.

    python3 moments.py       (needs `pip install h2o pandas numpy`, Java 17)

Writes moments.json beside this file, with numbers (some missing), weights, and `normsub` and `normmul` (1 / standard
deviation) of a Deep Learning model as hexadecimal floats. `RunningMomentsTests` compares them with ours.
"""
import json, math, os, warnings

warnings.simplefilter("ignore")
import h2o, numpy as np, pandas as pd
from h2o.estimators import H2ODeepLearningEstimator as DL

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = 5


def column(random, kind, n):
    """Returns columns of integers, fractions, mostly zeros, skewed numbers, and numbers with missing values."""
    if kind == 0:
        return random.integers(0, 6, n).astype(float)
    if kind == 1:
        return random.normal(size=n).round(2)
    if kind == 2:
        return np.where(random.uniform(size=n) < .6, 0, random.normal(size=n).round(3))
    values = random.gamma(2, 2, n).round(3)
    if kind == 4:
        values[random.uniform(size=n) < .2] = math.nan
    return values


def main():
    random = np.random.default_rng(5)
    h2o.init(nthreads=1, max_mem_size="2G", port=54732, verbose=False)
    h2o.no_progress()
    cases = []
    for n in (9, 30):
        for weights in ("fractions", "zeros and ones", None):
            table = pd.DataFrame({f"c{k}": column(random, k, n) for k in range(COLUMNS)})
            table["y"] = random.normal(size=n).round(2)
            table["w"] = random.uniform(.2, 3, n).round(3) if weights == "fractions" else (random.uniform(size=n) < .7) * 1
            path = f"/tmp/moments-{os.getpid()}.csv"
            table.to_csv(path, index=False)
            frame = h2o.import_file(path, header=1, col_types={name: "real" for name in table.columns})
            model = DL(hidden=[2], epochs=.1, reproducible=True, seed=1, export_weights_and_biases=True,
                       ignore_const_cols=False, **(dict(weights_column="w") if weights else {}))
            model.train(x=[f"c{k}" for k in range(COLUMNS)], y="y", training_frame=frame)
            read = pd.read_csv(path)
            os.remove(path)
            for k in range(COLUMNS):
                values = [None if math.isnan(v) else float(v) for v in read[f"c{k}"]]
                cases.append(dict(values=values, weights=[float(w) for w in read["w"]] if weights else None,
                                  mean=float(model.normsub()[k]).hex(), scale=float(model.normmul()[k]).hex()))
    h2o.cluster().shutdown()
    with open(f"{HERE}/moments.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
